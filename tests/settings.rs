//! Every setting does what it says, in the real loop, and a change of the file is taken in while the program runs.

mod support;

use support::{Program, settings};
use unspoiled::app::{Effect, Event, Reconfigured};

/// The row of a screen that holds a text.
fn row<'s>(screen: &'s str, text: &str) -> &'s str {
    screen.lines().find(|line| line.contains(text)).unwrap_or_else(|| panic!("{text} is not on {screen}"))
}

fn reconfigured(file: &str) -> Event {
    Event::Configured(Box::new(Reconfigured { settings: settings(file), warning: None }))
}

const AT_HAILSHAM: &str = "Gkk<enter>";

#[test]
fn dates_and_ratings_are_written_as_they_are_wanted() {
    for (file, in_text, in_list) in [
        ("", "★★★½   Marguerite Osei   5 Feb 2012", "★★★½☆"),
        ("[reading]\ndates = 'month'", "★★★½   Marguerite Osei   Feb 5, 2012", "★★★½☆"),
        ("[reading]\ndates = 'iso'\nratings = 'numbers'", "3.5/5   Marguerite Osei   2012-02-05", " 3.5 "),
        ("[reading]\nratings = 'hidden'", "  Marguerite Osei   5 Feb 2012", "film   2010"),
    ] {
        let mut program = Program::configured(&format!("{file}\n[list]\nlines = 1"), 120, 40);
        let screen = program.keys(AT_HAILSHAM).screen();
        assert!(screen.contains(in_text), "{file}: {screen}");
        assert!(row(&screen, "● Never Let Me Go").contains(in_list), "{file}: {screen}");
        let stars = screen.matches('★').count();
        assert!((stars > 0) == in_text.contains('★'), "{file}: stars are all or nothing: {screen}");
    }
}

#[test]
fn a_rating_can_be_hidden_until_its_review_has_been_read() {
    let mut program =
        Program::configured("[reading]\nhide_ratings_until_read = true\n[list]\nlines = 1", 120, 40);
    assert!(!program.keys("ww").screen().contains('★'), "no rating of a review or group is shown");
    program.keys("www");
    let unread = program.keys(AT_HAILSHAM).screen();
    assert!(!unread.contains('★'), "{unread}");
    let read = program.keys("G").keys("g").screen();
    assert!(read.contains("★★★½   Marguerite Osei"), "{read}");
    assert!(row(&read, "▏  Never Let Me Go").contains("★★★½☆"), "{read}");
}

#[test]
fn the_text_stands_where_it_is_wanted() {
    let column = |file: &str| {
        let mut program = Program::configured(file, 160, 40);
        let screen = program.keys(AT_HAILSHAM).screen();
        let text = row(&screen, "5 Feb 2012   ").split('│').nth(1);
        text.map(|text| text.len() - text.trim_start().len())
    };
    assert_eq!(column("[reading]\nalign = 'left'"), Some(3));
    assert!(column("") > Some(3));
}

#[test]
fn what_was_revealed_can_be_hidden_again_when_the_review_is_left() {
    for (file, is_hidden) in [("", false), ("[reading]\nhide_again = true", true)] {
        for leave in ["<esc>", "<tab>"] {
            let mut program = Program::configured(file, 120, 40);
            program.keys(AT_HAILSHAM).keys("s");
            assert!(program.screen().contains('┌'), "it is revealed: {}", program.screen());
            let screen = program.keys(leave).screen();
            assert_eq!(!screen.contains('┌'), is_hidden, "{file:?} after {leave}: {screen}");
        }
    }
}

#[test]
fn the_list_begins_as_it_is_wanted() {
    let file = "[list]\nwidth = 100\nlines = 1\ncolumns = ['reviewer', 'date']\nsort = 'title'\ngroup = 'kind'\nfilter = 'kind:film'";
    let screen = Program::configured(file, 180, 40).screen();
    assert!(row(&screen, "unspoiled").contains("/5  "), "{screen}");
    assert!(row(&screen, "unspoiled").contains("by title   grouped by kind   kind:film"), "{screen}");
    let never = row(&screen, "● Never Let Me Go").split('│').next().unwrap_or_default();
    assert!(never.ends_with("Marguerite Osei     5 Feb 2012 "), "{never:?}");
    assert_eq!(never.chars().count(), 100, "{never:?}");
    assert!(!never.contains('★'), "{never:?}");
}

#[test]
fn a_change_of_the_file_is_taken_in_while_the_program_runs() {
    let mut program = Program::configured("", 120, 40);
    program.keys("<f5>");
    assert_eq!(program.effects, [Effect::Configure, Effect::Reload], "it is read when that is asked for");
    program.keys(AT_HAILSHAM).keys("]]");
    program.events([reconfigured(
        "[reading]\nmeasure = 40\ndates = 'iso'\n[screen]\nmouse = false\n[keys.both]\nquit = 'x'",
    )]);
    let after = program.screen();
    assert!(after.contains("▶ ░ Spoiler: what the children are"), "the reader is where they were: {after}");
    assert_eq!(program.effects.pop(), Some(Effect::Mouse(false)));
    assert!(program.keys("g").screen().contains("2012-02-05"), "{}", program.screen());
    program.effects.clear();
    program.keys("q");
    assert!(
        program.effects.is_empty() && program.screen().contains("q does nothing here"),
        "{}",
        program.screen()
    );
    program.keys("x");
    assert_eq!(program.effects, [Effect::Quit]);
}

#[test]
fn a_change_of_keys_alone_leaves_the_filter_that_was_typed() {
    let mut program = Program::configured("[list]\nfilter = 'kind:book'", 120, 40);
    program.keys("/<ctrl-u>kind:film<enter>");
    program.events([reconfigured("[list]\nfilter = 'kind:book'\n[keys.both]\nquit = 'x'")]);
    assert!(row(&program.screen(), "/5  ").contains("kind:film"), "{}", program.screen());
    program.events([reconfigured("[list]\nfilter = 'kind:play'")]);
    assert!(row(&program.screen(), "/1  ").contains("kind:play"), "{}", program.screen());
}

#[test]
fn the_first_key_of_a_sequence_shows_what_may_follow() {
    let file = "[keys.both]\nstart = ['g g', 'home']\nend = ['g e', 'G']\nmark-read = 'space m'\n[keys.list]\nsort = 'g s'";
    let mut program = Program::configured(file, 80, 12);
    program.keys("jjjg");
    insta::assert_snapshot!("sequence_begun", program.screen());
    program.keys("g");
    assert!(program.screen().contains("▌● Kind of Blue"), "{}", program.screen());
    program.keys("gx");
    assert!(program.screen().contains("g x does nothing here; ? shows the keys"), "{}", program.screen());
    program.keys("g<esc>");
    assert!(!program.screen().contains("does nothing"), "Esc gives a sequence up: {}", program.screen());
    program.keys("gs");
    assert!(row(&program.screen(), "unspoiled").contains("best rated first"), "{}", program.screen());
}

#[test]
fn a_count_repeats_a_motion_and_nothing_else() {
    let selected = |keys: &str| {
        let mut program = Program::configured("[list]\nlines = 1", 80, 40);
        let screen = program.keys(keys).screen();
        let row = screen.lines().skip(2).position(|line| line.starts_with('▌'));
        row.expect("a row is selected") + 1
    };
    for (keys, row) in [
        ("12j", 13),
        ("3j2k", 2),
        ("10j", 11),
        ("999j", 26),
        ("99999999999999999999j", 26),
        ("5G", 5),
        ("3jg", 1),
        ("3<esc>j", 2),
        ("0j", 2),
        // A count is for the next key only.
        ("2mj", 2),
    ] {
        assert_eq!(selected(keys), row, "{keys}");
    }
    let mut program = Program::configured("", 80, 40);
    let screen = program.keys("j2m").screen();
    assert!(!row(&screen, "▌").contains('●'), "marked as read once: {screen}");
    assert!(program.keys("12").screen().ends_with("12…"), "{}", program.screen());
}

#[test]
fn unknown_keys_say_so() {
    let mut program = Program::configured("", 80, 12);
    assert!(
        program.keys("x").screen().contains("x does nothing here; ? shows the keys"),
        "{}",
        program.screen()
    );
    assert!(program.keys("<alt-x>").screen().contains("Alt-x does nothing here"), "{}", program.screen());
    program.keys("Sx");
    program.keys("S");
    assert!(
        !program.screen().contains("SPOILERS SHOWN"),
        "what was asked for is asked again: {}",
        program.screen()
    );
}

#[test]
fn help_begins_where_the_reader_is_and_has_the_keys_in_force() {
    let mut program =
        Program::configured("[keys.both]\nquit = ['x', 'ctrl-x ctrl-c']\nmark-read = []", 100, 90);
    let help = program.keys("?").screen();
    assert!(help.lines().nth(4).is_some_and(|line| line.contains("In the list")), "{help}");
    assert!(row(&help, "Ctrl-X Ctrl-C").ends_with("x / Ctrl-X Ctrl-C       quit"), "{help}");
    assert!(!help.contains("mark as read"), "{help}");
    program.keys("?<enter>");
    let help = program.keys("?").screen();
    assert!(help.lines().nth(4).is_some_and(|line| line.contains("In the text")), "{help}");
}
