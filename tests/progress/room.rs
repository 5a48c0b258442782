//! The room of a work: all its reviews side by side.

use super::SERIES;
use super::support::Program;
use unspoiled::app::Event;

/// A series by three reviewers, with a gate after each of these episodes.
pub(super) fn side_by_side(columns: u16, rows: u16) -> Program {
    side_by_side_with("", columns, rows)
}

fn side_by_side_with(config: &str, columns: u16, rows: u16) -> Program {
    let work = "[work]\ntitle = 'Series'\nkind = 'series'\n";
    let passage =
        |name: &str, gate: &str| format!("[[passage]]\nafter = '{gate}'\ntext = '{name} after {gate}'\n");
    let review = |name: &str, rating: u8, gates: &[&str]| {
        let passages: String = gates.iter().map(|gate| passage(name, gate)).collect();
        format!(
            "reviewer = '{name}'\nrating = {rating}\n{work}[[passage]]\ntext = '{name} begins'\n{passages}"
        )
    };
    let files = [
        ("a", review("ada", 3, &["S01E01", "S01E03"])),
        ("b", review("bob", 5, &["S01E02", "S02E01"])),
        ("c", review("cleo", 1, &["S01E02", "S01E03"])),
        ("work", SERIES.to_owned()),
    ];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Program::configured_with(config, &files, columns, rows)
}

/// The passages on the screen that were hidden: `ada S01E01`.
pub(super) fn on_screen(program: &Program) -> Vec<String> {
    let screen = program.screen();
    let mut found: Vec<_> = screen
        .match_indices(" after S0")
        .filter_map(|(at, _)| {
            let name = screen[..at].rsplit([' ', '\n']).next().filter(|name| !name.is_empty())?;
            Some(format!("{name} {}", screen[at + 7..].split_whitespace().next()?))
        })
        .filter(|found| ["ada", "bob", "cleo"].iter().any(|name| found.starts_with(name)))
        .collect();
    found.sort();
    found
}

#[test]
fn the_order_in_the_room_does_not_tell_a_hidden_rating() {
    let mut program = side_by_side_with("[reading]\nhide_ratings_until_read = true", 150, 40);
    let screen = program.keys("W").screen();
    let heads: Vec<_> =
        ["ada", "bob", "cleo"].iter().filter_map(|name| screen.find(&format!("{name} "))).collect();
    assert!(heads.len() == 3 && heads.is_sorted(), "unrated, they are in the order of their names: {screen}");
    assert!(!screen.contains('★'), "{screen}");
}

#[test]
fn in_the_room_of_a_work_all_reviews_are_open_exactly_so_far_best_first() {
    let mut program = side_by_side(150, 40);
    let screen = program.keys("W").screen();
    let heads: Vec<_> =
        ["bob", "ada", "cleo"].iter().filter_map(|name| screen.find(&format!("{name} "))).collect();
    assert!(heads.len() == 3 && heads.is_sorted(), "{screen}");
    assert!(screen.contains("3 reviews · ★ to ★★★★★") && screen.contains("you: nothing yet"), "{screen}");
    assert!(on_screen(&program).is_empty(), "{screen}");
    program.keys("pS01E02<enter>");
    assert_eq!(on_screen(&program), ["ada S01E01", "bob S01E02", "cleo S01E02"]);
    program.keys("+");
    assert_eq!(
        on_screen(&program),
        ["ada S01E01", "ada S01E03", "bob S01E02", "cleo S01E02", "cleo S01E03"],
        "a step on opens just what waited for it"
    );
    program.keys("--");
    assert_eq!(on_screen(&program), ["ada S01E01"], "and a step back hides it again");
    let screen = program.keys("<esc>").screen();
    assert!(program.app.room().is_none() && screen.contains("reviews/"), "{screen}");
}

#[test]
fn from_one_review_to_the_next_one_stays_at_the_same_point_of_the_work() {
    // So low that a passage is all there is to see of a text.
    let mut program = side_by_side(60, 9);
    program.keys("WhpS01E03<enter>");
    assert_eq!(on_screen(&program), ["bob S01E02"], "the place in the work: {}", program.screen());
    program.keys("l");
    assert_eq!(on_screen(&program), ["ada S01E01"], "ada says nothing of the second, so what is before it");
    program.keys("jjjj");
    assert_eq!(on_screen(&program), ["ada S01E03"]);
    program.keys("l");
    assert_eq!(on_screen(&program), ["cleo S01E03"]);
    program.keys("<enter>");
    assert_eq!(program.app.selected().map(|entry| entry.name()), Some("c"));
    assert!(program.app.room().is_none());
    assert!(on_screen(&program).contains(&"cleo S01E03".to_owned()), "and reads on there");
}

#[test]
fn what_is_too_narrow_for_all_is_walked_through() {
    let mut program = side_by_side(80, 24);
    let screen = program.keys("W").screen();
    assert!(screen.contains("reviews 1 to 2 of 3") && !screen.contains("cleo"), "{screen}");
    let screen = program.keys("ll").screen();
    assert!(screen.contains("reviews 2 to 3 of 3") && screen.contains("cleo"), "{screen}");
    assert!(program.keys("l").app.notice().is_some_and(|notice| notice.contains("last")));
    program.resize(23, 5).resize(150, 40);
    assert!(program.screen().contains("3 reviews"), "a screen that was too small for a moment loses nothing");
}

#[test]
fn a_click_selects_a_review_and_the_wheel_scrolls_it() {
    let mut program = side_by_side(150, 12);
    program.keys("W");
    let selected = |program: &Program| {
        let id = program.app.room().and_then(|room| room.selected()).expect("the room is open");
        program.app.library().get(id).map(|entry| entry.name().to_owned())
    };
    for (x, name) in [(10, "b"), (140, "c"), (60, "a"), (149, "c")] {
        program.events([Event::Click(x, 8)]);
        assert_eq!(selected(&program).as_deref(), Some(name), "at column {x}");
    }
    let before = program.screen();
    program.events([Event::Wheel(140, 8, 3)]);
    assert_ne!(program.screen(), before, "the text under the wheel has moved");
    assert!(program.app.room().is_some(), "and nothing else has happened");
}
