//! What one's progress opens: going back restores every output byte for byte, a later point never shows less, the order in which
//! works are told of does not matter, and what has opened since is known until it is read.

mod opened;
mod preview;
mod room;
mod rules;
#[path = "../support/mod.rs"]
mod support;
mod together;
mod tour;

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
