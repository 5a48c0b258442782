//! How far the others are who share a library.

use super::room::on_screen;
use super::support::Program;

const REVIEW: &str = "reviewer = 'ada'\n[work]\ntitle = 'Series'\nkind = 'series'\n[[passage]]\nafter = 'S01E02'\ntext = 'ada after S01E02'\n";

#[test]
fn others_are_told_of_in_the_room_and_open_nothing() {
    let files = [
        ("a", REVIEW),
        ("progress/Ida", "[progress]\n'Series (series, ?)' = 'finished'\n"),
        ("progress/ben", "[progress]\n'series (series, ?)' = 'S02E03'\n'Other' = 3\n"),
        ("progress/nobody", "[progress]\n'Other' = 3\n"),
    ];
    for (configuration, told) in
        [("", "Ida: finished · ben: S02E03 · you"), ("[memory]\nreader = 'ida'\n", "  ben: S02E03 · you")]
    {
        let mut program = Program::configured_with(configuration, &files, 120, 30);
        assert_eq!(program.app.library().len(), 1, "they are no reviews, and no problems");
        let screen = program.keys("W").screen();
        assert!(screen.contains(told), "{screen}");
        assert!(on_screen(&program).is_empty(), "by nobody else's progress: {screen}");
    }
}

#[test]
fn a_review_may_be_in_a_folder_of_that_name() {
    let program =
        Program::with(&[("progress/a", REVIEW), ("deep/progress/b", "[progress]\nx = 3\n")], 120, 30);
    assert_eq!((program.app.library().review_count(), program.app.library().problem_count()), (1, 1));
}

#[test]
fn who_leaves_is_gone_and_who_reads_on_is_further() {
    use unspoiled::app::Event;
    use unspoiled::library::{Change, Loaded};
    let shared = |point: &str| {
        let text = format!("[progress]\n'series (series, ?)' = '{point}'\n");
        Change::Upsert(Loaded::from_text("/library", "progress/ben", &text))
    };
    let mut program = Program::with(&[("a", REVIEW)], 120, 30);
    program.keys("W");
    for (change, told) in [
        (shared("S01E01"), Some("ben: S01E01")),
        (shared("S01E02"), Some("ben: S01E02")),
        (Change::Remove("/library/progress/ben.toml".into()), None),
    ] {
        program.events([Event::Changed(vec![change])]);
        let screen = program.screen();
        assert!(told.is_none_or(|told| screen.contains(told)), "{screen}");
        assert_eq!(screen.contains("ben"), told.is_some(), "{screen}");
    }
}
