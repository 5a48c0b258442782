//! The preview of an author, and what Tab offers to whoever says how far they are.

use super::support::Program;
use super::{BOOK, library, outputs, say, words};

#[test]
fn tab_offers_the_points_of_the_work_that_are_in_sight_and_the_next_one_first() {
    let files = [
        (
            "a",
            "[work]\ntitle = 'Book'\nkind = 'book'\nunit = 'chapter'\n[[passage]]\nafter = 'ch 7'\ntext = 'x'\n[[passage]]\nafter = 3\ntext = 'x'\n",
        ),
        (
            "b",
            "spoilers = true\n[work]\ntitle = 'Book'\nkind = 'book'\nunit = 'chapter'\n[[passage]]\nafter = 'ch 5'\ntext = 'x'\n",
        ),
        ("work", BOOK),
    ];
    let mut program = Program::with(&files, 120, 30);
    let mut offered = |keys: &str| {
        program.keys("p<ctrl-u>");
        let line = |program: &Program| match program.app.overlay() {
            Some(unspoiled::app::Overlay::Prompt(prompt)) => prompt.line.value().to_owned(),
            _ => String::new(),
        };
        let mut all: Vec<String> = Vec::new();
        program.keys(keys);
        loop {
            let next = line(program.keys("<tab>"));
            if all.contains(&next) || all.len() > 20 {
                program.keys("<esc>");
                return all;
            }
            all.push(next);
        }
    };
    let all = ["3", "chapter 7", "chapter ", "page ", "Thaw", "Winter", "done", "none"];
    assert_eq!(offered(""), all, "the fifth is behind a curtain and is not told of");
    assert_eq!(offered("wi"), ["Winter"]);
    assert_eq!(offered("CH"), ["chapter 7", "chapter "]);
    assert_eq!(offered("zz"), ["zz"], "nothing becomes of this");
    say(&mut program, "a", "3");
    program.keys("p<tab>");
    assert!(
        program.screen().contains("chapter 7"),
        "what is there already is no beginning: {}",
        program.screen()
    );
}

#[test]
fn a_preview_shows_what_progress_to_each_gate_shows_and_leaves_nothing_behind() {
    let mut program = library();
    let shut = outputs(&program);
    program.keys("g");
    while program.app.selected().is_none_or(|entry| entry.name() != "a") {
        program.keys("j");
    }
    let asked = program.keys("V").app.notice().map(str::to_owned).unwrap_or_default();
    assert!(asked.contains("again begins") && program.app.preview().is_none(), "it asks once: {asked}");
    for point in ["chapter 2", "chapter 5", "part: Winter", "chapter 12", "finished"] {
        program.keys("V");
        assert_eq!(program.app.preview(), Some(point));
        assert!(
            program.screen().contains(&format!("AS OF {}", point.to_uppercase())),
            "{}",
            program.screen()
        );
        let mut other = library();
        say(&mut other, "a", point.trim_start_matches("part: "));
        let here = |program: &Program| {
            words(&outputs(program)).into_iter().filter(|word| word.starts_with("ada")).collect::<Vec<_>>()
        };
        assert_eq!(here(&program), here(&other), "as of {point}");
    }
    program.keys("V");
    assert_eq!((program.app.preview(), outputs(&program)), (None, shut.clone()), "after the last it is over");
    for ending in ["<esc>", "<tab>", "J", "p<esc>", "W"] {
        program.keys("gVVV");
        assert!(program.app.preview().is_some());
        program.keys(ending);
        assert_eq!((program.app.preview(), outputs(&program)), (None, shut.clone()), "{ending} ends it");
        program.keys("<esc><esc>");
    }
    assert!(!program.saved().contains("chapter"), "and it is nobody's progress");
}
