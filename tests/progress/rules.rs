//! What the reader decides about gates: whose labels are shown, what opens what has no gate.

use super::say;
use super::support::Program;

const REVIEW: &str = "seen = 'S01E03'\n[work]\ntitle = 'Series'\nkind = 'series'\nepisodes = [3, 2]\n\
    [[passage]]\nspoiler = 'one'\nafter = 'S01E01'\ntext = 'alpha'\n\
    [[passage]]\nspoiler = 'two'\nafter = 'S01E02'\ntext = 'second'\n\
    [[passage]]\nspoiler = 'five'\nafter = 'S02E02'\ntext = 'fifth'\n\
    [[passage]]\nspoiler = 'whenever'\ntext = 'sometime'\n";

fn program(configuration: &str) -> Program {
    Program::configured_with(&format!("[reading]\n{configuration}\n"), &[("a", REVIEW)], 120, 40)
}

#[test]
fn labels_of_what_lies_beyond_the_next_step_are_shown_as_the_reader_wants() {
    for (labels, at, shown) in [
        ("all", "none", &["one", "two", "five", "whenever"][..]),
        ("next", "none", &["one", "whenever"]),
        ("next", "S01E01", &["one", "two", "whenever"]),
        ("next", "S02E01", &["one", "two", "five", "whenever"]),
        ("none", "none", &[]),
        ("none", "S01E01", &["one"]),
    ] {
        let mut program = program(&format!("labels = '{labels}'"));
        say(&mut program, "a", at);
        let screen = program.keys("<enter>").screen();
        let seen: Vec<_> = ["one", "two", "five", "whenever"]
            .into_iter()
            .filter(|label| screen.contains(&format!("Spoiler: {label}")))
            .collect();
        assert_eq!(seen, shown, "{labels} at {at}: {screen}");
        assert_eq!(screen.contains("later"), !shown.contains(&"five"), "{labels} at {at}: {screen}");
        // Nor does the line that asks how far one is.
        program.keys("p<ctrl-u><tab>");
        assert_eq!(program.screen().contains("S02E02"), shown.contains(&"five"), "{}", program.screen());
    }
}

#[test]
fn a_hand_is_asked_before_it_reveals_what_is_later() {
    let mut program = program("labels = 'none'");
    let notice = program.keys("<enter>]<enter>").app.notice().map(str::to_owned);
    assert!(notice.is_some_and(|notice| notice.contains("later")), "{}", program.screen());
    assert!(!program.screen().contains("alpha"));
    assert!(program.keys("<enter>").screen().contains("alpha"));
}

#[test]
fn what_has_no_gate_opens_when_the_reader_wants() {
    for (configuration, at, is_open) in [
        ("", "S02E01", false),
        ("", "done", true),
        ("open_once_finished = false", "done", false),
        ("go_by_seen = true", "S01E02", false),
        ("go_by_seen = true", "S01E03", true),
        ("go_by_seen = true\nopen_once_finished = false", "S01E03", true),
    ] {
        let mut program = program(configuration);
        say(&mut program, "a", at);
        let screen = program.keys("<enter>G").screen();
        assert_eq!(screen.contains("sometime"), is_open, "{configuration} at {at}: {screen}");
        program.keys("gG<esc>");
        let id = program.app.selected().map(|entry| entry.id()).expect("it is there");
        assert!(program.app.opened_in(id).is_empty(), "what was read is not news: {configuration} at {at}");
    }
}
