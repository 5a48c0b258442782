//! What one's progress opens: going back restores every output byte for byte, a later point never shows less, the order in which
//! works are told of does not matter, and what has opened since is known until it is read.

mod support;

use std::collections::BTreeSet;

use clap::ValueEnum;
use proptest::prelude::*;
use support::Program;
use unspoiled::export::{Exported, Format};

const BOOK: &str = "[work]\ntitle = 'Book'\nkind = 'book'\nunit = 'chapter'\nlength = 12\n\
    [[work.part]]\nname = 'Thaw'\nends = 4\n[[work.part]]\nname = 'Winter'\nends = 9\n\
    [[work.edition]]\nname = 'Penguin'\npages = 120\nstarts = [1, 11, 21, 31, 41, 51, 61, 71, 81, 91, 101, 111]\n";

const SERIES: &str = "[work]\ntitle = 'Series'\nkind = 'series'\nepisodes = [3, 2]\n";

/// A review with a hidden word behind each of these gates, one behind none, and one inside a sentence.
fn review(work: &str, name: &str, gates: &[&str]) -> String {
    let mut text = format!("reviewer = '{name}'\n{work}");
    for (number, gate) in gates.iter().enumerate() {
        text +=
            &format!("[[passage]]\nafter = {gate}\ntext = 'then {name}{number}x and ||{name}{number}y||'\n");
    }
    text + &format!("[[passage]]\nspoiler = true\ntext = 'last {name}z'\n")
}

fn library() -> Program {
    let book = "[work]\ntitle = 'Book'\nkind = 'book'\nunit = 'chapter'\n";
    let series = "[work]\ntitle = 'Series'\nkind = 'series'\n";
    let whole = format!("spoilers = true\n{}", review(book, "whole", &["2", "'finished'"]));
    Program::with(
        &[
            ("a", &review(book, "ada", &["2", "5", "'part: Winter'", "12"])),
            ("b", &review(book, "bob", &["'p. 35 penguin'", "'40%'", "'finished'", "'canto 1'"])),
            ("c", &whole),
            ("d", &review(series, "dan", &["'S01E02'", "'S02E01'", "'S00E01'", "'absolute 4'"])),
            ("work-book", BOOK),
            ("work-series", SERIES),
        ],
        120,
        40,
    )
}

/// Selects a review and says how far one is in its work.
fn say(program: &mut Program, name: &str, typed: &str) {
    program.keys("<esc><esc>g");
    for _ in 0..9 {
        if program.app.selected().is_some_and(|entry| entry.name() == name) {
            break;
        }
        program.keys("j");
    }
    program.keys(&format!("p<ctrl-u>{typed}<enter>"));
    if program.app.overlay().is_some() {
        program.keys("<enter>");
    }
    assert!(program.app.overlay().is_none(), "{typed} is taken");
}

/// Every output of every review.
fn outputs(program: &Program) -> Vec<String> {
    let app = &program.app;
    let written = |entry: &std::sync::Arc<unspoiled::library::Entry>| {
        let visible = app.library().visible(app.curtains(), entry.id())?;
        let exported = Exported { visible, name: entry.name() };
        Some(Format::value_variants().iter().map(|format| format.written(&[exported])).collect::<Vec<_>>())
    };
    app.library().entries().filter_map(written).flatten().collect()
}

/// The hidden words that an output shows.
fn words(outputs: &[String]) -> BTreeSet<String> {
    let is_word = |word: &&str| {
        ["ada", "bob", "whole", "dan"]
            .iter()
            .any(|name| word.strip_prefix(name).is_some_and(|rest| !rest.is_empty()))
    };
    let split = outputs.iter().flat_map(|output| output.split(|c: char| !c.is_alphanumeric()));
    split.filter(is_word).map(str::to_owned).collect()
}

const IN_BOOK: [&str; 12] = [
    "1",
    "2",
    "ch 5",
    "9",
    "12",
    "part: Thaw",
    "winter",
    "40%",
    "p. 35 penguin",
    "p. 101 penguin",
    "done",
    "none",
];
const IN_SERIES: [&str; 6] = ["1", "S01E02", "S02E01", "s0e1", "done", "none"];

#[test]
fn every_gate_opens_where_it_says_and_no_earlier() {
    for (typed, expected) in [
        ("1", &[][..]),
        ("2", &["ada0x"]),
        ("4", &["ada0x", "bob0x"]),
        ("5", &["ada0x", "ada1x", "bob0x"]),
        ("6", &["ada0x", "ada1x", "bob0x", "bob1x"]),
        ("winter", &["ada0x", "ada1x", "ada2x", "bob0x", "bob1x"]),
        ("p. 35 penguin", &["ada0x", "bob0x"]),
        ("p. 34 penguin", &["ada0x"]),
        ("40%", &["ada0x", "bob0x", "bob1x"]),
        (
            "12",
            &[
                "ada0x", "ada0y", "ada1x", "ada1y", "ada2x", "ada2y", "ada3x", "ada3y", "adaz", "bob0x",
                "bob0y", "bob1x", "bob1y", "bob2x", "bob2y", "bob3x", "bob3y", "bobz", "whole0x", "whole0y",
                "whole1x", "whole1y", "wholez",
            ],
        ),
    ] {
        let mut program = library();
        say(&mut program, "a", typed);
        assert_eq!(words(&outputs(&program)), expected.iter().map(|w| (*w).to_owned()).collect(), "{typed}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn going_back_restores_every_output(one in prop::sample::select(IN_BOOK.to_vec()), other in prop::sample::select(IN_BOOK.to_vec())) {
        let mut program = library();
        let shut = outputs(&program);
        say(&mut program, "a", one);
        let before = outputs(&program);
        say(&mut program, "b", other);
        say(&mut program, "a", one);
        prop_assert_eq!(outputs(&program), before, "{} after {}", one, other);
        say(&mut program, "a", "none");
        prop_assert_eq!(outputs(&program), shut, "nothing of it stays");
    }

    #[test]
    fn the_order_in_which_works_are_told_of_does_not_matter(book in prop::sample::select(IN_BOOK.to_vec()), series in prop::sample::select(IN_SERIES.to_vec())) {
        let (mut one, mut other) = (library(), library());
        say(&mut one, "a", book);
        say(&mut one, "d", series);
        say(&mut other, "d", series);
        say(&mut other, "b", book);
        prop_assert_eq!(outputs(&one), outputs(&other));
    }
}

#[test]
fn step_by_step_nothing_that_was_open_is_hidden_and_back_again_all_is() {
    for (name, steps) in [("a", 12), ("d", 5)] {
        let mut program = library();
        say(&mut program, name, "none");
        let mut past = vec![outputs(&program)];
        for _ in 0..steps {
            program.keys("+");
            let now = outputs(&program);
            assert!(words(&past[past.len() - 1]).is_subset(&words(&now)), "a step on never shows less");
            past.push(now);
        }
        let there = program.keys("+").screen();
        assert!(there.contains("the end of the work"), "{there}");
        for before in past.iter().rev().skip(1) {
            program.keys("-");
            assert_eq!(outputs(&program), *before, "a step back restores what was");
        }
    }
}

/// A series by three reviewers, with a gate after each of these episodes.
fn side_by_side(columns: u16, rows: u16) -> Program {
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
    Program::with(&files, columns, rows)
}

/// The passages on the screen that were hidden: `ada S01E01`.
fn on_screen(program: &Program) -> Vec<String> {
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

/// The names of the reviews that a filter finds.
fn found(program: &mut Program, filter: &str) -> Vec<String> {
    program.keys(&format!("<esc><esc>/<ctrl-u>{filter}<enter>"));
    let rows = program.app.list().visible(99).filter_map(|(row, _)| match row {
        unspoiled::app::Row::File(id) => Some(program.app.library().get(id)?.name().to_owned()),
        unspoiled::app::Row::Head(_) => None,
    });
    let mut names: Vec<_> = rows.collect();
    names.sort();
    program.keys("/<ctrl-u><enter>g");
    names
}

#[test]
fn what_has_opened_since_is_known_until_it_is_read() {
    let mut program = side_by_side(80, 12);
    assert_eq!(found(&mut program, "is:opened"), [""; 0]);
    assert!(program.keys("O").app.notice().is_some_and(|notice| notice.contains("nothing has opened")));
    say(&mut program, "a", "S01E02");
    assert_eq!(found(&mut program, "is:opened"), ["a", "b", "c"]);
    assert!(program.screen().contains('◆'), "{}", program.screen());
    // In the order of the work through all reviews.
    for expected in ["ada S01E01", "bob S01E02", "cleo S01E02"] {
        program.keys("O");
        assert!(on_screen(&program).contains(&expected.to_owned()), "{expected}: {}", program.screen());
    }
    assert!(program.keys("O").app.notice().is_some_and(|notice| notice.contains("nothing has opened")));
    assert_eq!(found(&mut program, "is:opened"), [""; 0], "what was read is not news");
    say(&mut program, "a", "S01E03");
    assert_eq!(found(&mut program, "is:opened"), ["a", "c"]);
    // It is remembered from run to run.
    let saved = program.saved();
    let mut next = side_by_side(80, 12);
    next.recall(&saved);
    assert_eq!(found(&mut next, "is:opened"), ["a", "c"]);
    next.keys("O<esc>");
    assert_eq!(found(&mut next, "is:opened"), ["c"]);
    say(&mut next, "a", "S01E01");
    say(&mut next, "a", "S01E03");
    assert_eq!(found(&mut next, "is:opened"), ["c"], "who goes back and on again has read it");
}

#[test]
fn a_step_on_is_not_yet_to_have_read_what_it_opened() {
    let mut program = side_by_side(80, 24);
    say(&mut program, "a", "S01E01");
    program.keys("<enter>++");
    let app = &program.app;
    let unread: Vec<_> = app.library().entries().map(|entry| app.opened_in(entry.id()).len()).collect();
    assert_eq!(unread, [2, 1, 2], "three points in a hurry");
}

#[test]
fn a_query_knows_how_far_one_is() {
    let mut program = library();
    say(&mut program, "a", "5");
    say(&mut program, "d", "S01E02");
    for (filter, names) in [
        ("is:started", &["a", "b", "c", "d"][..]),
        ("is:finished", &[]),
        ("progress:>=5", &["a", "b", "c"]),
        ("progress:2", &["d"]),
        ("at:S01E02", &["d"]),
        ("at:\"absolute 2\"", &["d"]),
        ("at:5", &["a", "b", "c"]),
        ("at:4", &[]),
        ("at:\"canto 1\"", &[]),
        ("not is:started", &[]),
    ] {
        assert_eq!(found(&mut program, filter), names, "{filter}");
    }
    say(&mut program, "d", "done");
    assert_eq!(found(&mut program, "is:finished"), ["d"]);
    say(&mut program, "d", "none");
    assert_eq!(found(&mut program, "not is:started"), ["d"]);
}
