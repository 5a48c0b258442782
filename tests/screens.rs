//! Keys in, screen out. The keys go through the real table and the real loop.

mod support;

use ratatui::style::Color;
use support::{Program, keys};
use unspoiled::app::{Effect, Event, Pane};

/// The program on its own reviews, at Never Let Me Go.
fn at_hailsham(columns: u16, rows: u16) -> Program {
    let mut program = Program::bundled(columns, rows);
    program.keys("Gkk");
    program
}

#[test]
fn wide_list_and_text_stand_side_by_side() {
    insta::assert_snapshot!(at_hailsham(120, 40).screen());
}

#[test]
fn wide_a_curtain_is_focused_and_lifted_and_the_text_stays_where_it_is() {
    let mut program = at_hailsham(120, 40);
    program.keys("<enter>]]");
    insta::assert_snapshot!("focused", program.screen());
    program.keys("<enter>");
    insta::assert_snapshot!("lifted", program.screen());
    let lifted = program.screen();
    program.keys("<enter>");
    insta::assert_snapshot!("focused", program.screen());
    program.keys("<enter>");
    assert_eq!(program.screen(), lifted, "lifting again shows the same");
}

#[test]
fn styles_tell_what_is_selected_focused_and_revealed() {
    let mut program = at_hailsham(80, 16);
    insta::assert_snapshot!("styles_of_a_selected_row", program.screen_and_styles());
    program.keys("<enter>]]");
    insta::assert_snapshot!("styles_of_a_focused_spoiler", program.screen_and_styles());
    program.keys("<enter>");
    insta::assert_snapshot!("styles_of_a_revealed_passage", program.screen_and_styles());
    program.keys("g/hailsham<enter>");
    insta::assert_snapshot!("styles_of_hits_in_a_text", program.screen_and_styles());
}

#[test]
fn narrow_one_pane_at_a_time() {
    let mut program = at_hailsham(80, 24);
    insta::assert_snapshot!("narrow_list", program.screen());
    program.keys("<enter>");
    insta::assert_snapshot!("narrow_text", program.screen());
    program.keys("<esc>");
    insta::assert_snapshot!("narrow_list_again", program.screen());
}

#[test]
fn tiny_is_usable() {
    let mut program = at_hailsham(40, 12);
    insta::assert_snapshot!("tiny_list", program.screen());
    program.keys("<enter>");
    insta::assert_snapshot!("tiny_text", program.screen());
    program.keys("]]");
    insta::assert_snapshot!("tiny_curtain", program.screen());
}

#[test]
fn a_filter_is_in_sight_at_every_size() {
    for (name, columns, rows) in [("wide", 120, 12), ("narrow", 80, 12), ("tiny", 40, 12)] {
        let mut program = Program::bundled(columns, rows);
        program.keys("/kind:film or kind:book year:>1950 -tag:slow<enter>ww");
        insta::assert_snapshot!(format!("filter_{name}"), program.screen());
        program.keys("f the war");
        insta::assert_snapshot!(format!("texts_{name}"), program.screen());
        program.keys("<esc>/ year:abc<enter>");
        insta::assert_snapshot!(format!("refused_{name}"), program.screen());
    }
}

#[test]
fn a_filter_with_a_value_that_no_review_has_tells_what_there_is() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let screen = at_hailsham(columns, rows).keys("/kind:flim").screen();
        let told = screen.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains("no review has kind:flim; try"), "{screen}");
        let screen = at_hailsham(columns, rows).keys("/kind:fi").screen();
        assert!(!screen.contains("no review has"), "{screen}");
    }
}

#[test]
fn below_the_minimum_it_says_what_it_needs() {
    assert_eq!(Program::bundled(20, 5).screen().trim_end(), "needs 24×6");
}

#[test]
fn the_help_page_is_the_table_of_keys() {
    let mut program = Program::bundled(100, 50);
    program.keys("?");
    insta::assert_snapshot!(program.screen());
    program.keys("?");
    assert!(program.screen().contains("Kind of Blue"), "the same key leaves it");
}

#[test]
fn a_review_that_is_one_spoiler_is_one_line_until_it_is_lifted() {
    let mut program = Program::bundled(100, 24);
    program.keys("jjjj<enter>");
    insta::assert_snapshot!("whole_down", program.screen());
    program.keys("]<enter>");
    insta::assert_snapshot!("whole_lifted", program.screen());
}

#[test]
fn groups_begin_with_their_heading() {
    let mut program = Program::bundled(80, 12);
    program.keys("jkw");
    assert!(
        program.screen().lines().nth(1).is_some_and(|row| row.contains("▾ Kind of Blue")),
        "{}",
        program.screen()
    );
    program.keys("w");
    assert!(program.screen().contains("by kind"), "the next grouping is by kind: {}", program.screen());
}

#[test]
fn a_bad_file_is_a_row_with_its_position_and_reason_and_none_of_its_text() {
    let bad = "[work]\ntitle = 'W'\n[[passage]]\nspoilr = true\ntext = 'Rosebud is his sled'\n";
    let mut program = Program::with(&[("films/kane", bad)], 100, 12);
    program.keys("<enter>");
    insta::assert_snapshot!(program.screen());
    assert!(!program.screen().contains("Rosebud"));
}

#[test]
fn an_empty_library_says_so() {
    assert!(Program::with(&[], 100, 12).screen().contains("no reviews here"));
}

#[test]
fn while_loading_the_first_frame_is_there_and_the_count_grows() {
    let mut program = Program::new(100, 12);
    program.events([]);
    assert!(program.screen().contains("reading…"));
    let text = "[work]\ntitle = 'W'\n[[passage]]\ntext = 'x'\n";
    program.events([Event::Changed(support::changes(&[("a", text), ("b", text)]))]);
    assert!(program.screen().contains("2 so far"), "{}", program.screen());
    program.events([Event::Complete]);
    assert!(program.screen().contains("1/2"));
}

#[test]
fn always_show_is_said_in_the_status_line_and_no_passage_stays_hidden() {
    let mut program = at_hailsham(120, 40);
    program.keys("<enter>S<down>");
    assert!(program.screen().contains("▐spoiler▌"), "pressed once it only asks");
    program.keys("SS<down>");
    let screen = program.screen();
    assert!(screen.contains("SPOILERS SHOWN") && !screen.contains("▐spoiler▌"), "{screen}");
    program.keys("S<down>");
    let screen = program.screen();
    assert!(!screen.contains("SPOILERS SHOWN") && screen.contains("▐spoiler▌"), "{screen}");
}

#[test]
fn telling_how_far_one_has_got_lifts_the_curtains_that_are_passed() {
    let mut program = Program::bundled(100, 40);
    let at_middlemarch = "j".repeat(10);
    program.keys(&at_middlemarch).keys("<enter>]");
    assert!(program.screen().contains("after chapter"), "{}", program.screen());
    program.keys("pnine<enter>");
    assert!(program.screen().contains("write a number"), "what is no point is told: {}", program.screen());
    program.keys("<ctrl-u>86<enter>");
    assert!(program.screen().contains("reveals the last spoiler"), "it is asked about: {}", program.screen());
    program.keys("<enter>");
    let screen = program.screen();
    assert!(!screen.contains("░ Spoiler"), "every gate is passed: {screen}");
    program.keys("p<ctrl-u><enter>g");
    program.keys("]");
    assert!(
        program.screen().contains("▶ ░░ Spoiler"),
        "forgotten, they are down again: {}",
        program.screen()
    );
}

#[test]
fn the_place_is_kept_over_resize_reveal_and_return() {
    let mut program = at_hailsham(120, 20);
    program.keys("<enter><pagedown>");
    let first = |program: &Program| program.screen().lines().nth(2).unwrap_or_default().to_owned();
    let before = first(&program);
    program.resize(70, 20).resize(150, 50).resize(120, 20);
    assert_eq!(first(&program), before, "resized and back, the same line is at the top");
    program.keys("<esc>jk<enter>");
    assert_eq!(first(&program), before, "after another review, too");
}

#[test]
fn a_click_selects_a_row_or_lifts_the_curtain_it_hits() {
    let mut program = at_hailsham(120, 40);
    let row = |program: &Program, text: &str| {
        let screen = program.screen();
        let row = screen.lines().position(|line| line.contains(text)).expect("it is on the screen");
        u16::try_from(row).expect("screens are small")
    };
    let y = row(&program, "Spoiler: what the children are");
    program.events([Event::Click(60, y)]);
    assert!(program.screen().contains("▶ ░░ Spoiler: what the children are"), "the first click only focuses");
    program.events([Event::Click(60, y)]);
    assert!(program.screen().contains("▼ Spoiler: what the children are"), "{}", program.screen());
    program.events([Event::Click(60, y)]);
    assert!(program.screen().contains("▶ ░░ Spoiler: what the children are"));
    let y = row(&program, "Amélie");
    program.events([Event::Click(10, y)]);
    assert!(program.screen().contains("▌● Amélie"), "{}", program.screen());
    program.keys("jj");
    let before = program.screen();
    program.events([Event::Wheel(80, 10, 3)]);
    let after = program.screen();
    assert!(!after.contains("The Quietest School"), "the wheel scrolls the pane under the pointer: {after}");
    assert!(before.contains("▌● Never") && after.contains("▌● Never"), "and no other");
}

#[test]
fn only_the_keys_of_the_covenant_lift_a_curtain() {
    let mut program = at_hailsham(120, 40);
    program.keys("<enter>");
    for key in
        ["j", "k", " ", "b", "g", "G", "<ctrl-d>", "<ctrl-u>", "]", "[", "z", "z", "<enter>", "?", "x", "1"]
    {
        program.keys(key);
        assert!(!program.screen().contains('┌'), "{key} lifted something: {}", program.screen());
        if key == "?" {
            program.keys("?");
        }
        // Enter may lift what ] has focused; nothing is focused after a jump to the other end.
        program.keys("Gg");
    }
}

#[test]
fn quitting_suspending_and_redrawing_are_asked_of_the_shell() {
    for (key, effect) in [
        ("q", Effect::Quit),
        ("<ctrl-c>", Effect::Quit),
        ("<ctrl-z>", Effect::Suspend),
        ("<ctrl-l>", Effect::Redraw),
    ] {
        let mut program = Program::bundled(80, 24);
        program.keys(key);
        assert_eq!(program.effects, [effect], "{key}");
    }
}

#[test]
fn reading_to_the_end_marks_a_review_as_read_and_m_unmarks_it() {
    let mut program = at_hailsham(120, 40);
    assert!(program.screen().contains("▌● Never"));
    program.keys("<enter>G");
    assert!(program.screen().contains("▏  Never"), "{}", program.screen());
    program.keys("m");
    assert!(program.screen().contains("▌● Never"), "{}", program.screen());
}

#[test]
fn keys_are_read_as_they_are_written() {
    assert_eq!(keys("jj<enter><ctrl-d><x").len(), 6);
}

#[test]
fn in_ascii_nothing_is_drawn_but_ascii() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12), (24, 6)] {
        let mut program = Program::configured("[screen]\nascii = true", columns, rows);
        for keys in ["Gkk", "<enter>]]", "<enter>", "<esc>wwG", "?", "?:", "<esc>/kind:flim"] {
            let screen = program.keys(keys).screen();
            let sign =
                screen.chars().find(|c| !c.is_ascii() && !c.is_alphanumeric() && !"’“”–—".contains(*c));
            assert_eq!(sign, None, "after {keys} at {columns}×{rows}: {screen}");
        }
    }
    let mut program = Program::configured("[screen]\nascii = true", 80, 24);
    program.keys("Gkk");
    insta::assert_snapshot!("ascii_list", program.screen());
    program.keys("<enter>]]<enter>");
    insta::assert_snapshot!("ascii_text", program.screen());
}

#[test]
fn without_colours_a_screen_says_the_same() {
    for (columns, rows) in [(200, 50), (120, 40), (80, 24), (40, 12)] {
        let mut plain = Program::configured("[screen]\ncolour = false", columns, rows);
        let mut coloured = Program::configured("", columns, rows);
        for keys in ["Gkk", "<enter>]]", "<enter>"] {
            assert_eq!(
                plain.keys(keys).screen(),
                coloured.keys(keys).screen(),
                "{columns}×{rows} after {keys}"
            );
            let buffer = plain.buffer();
            let is_plain = |cell: &ratatui::buffer::Cell| cell.fg == Color::Reset && cell.bg == Color::Reset;
            assert!(buffer.content.iter().all(is_plain), "no cell has a colour at {columns}×{rows}");
        }
    }
}

#[test]
fn the_title_of_the_selected_row_is_seen_in_full() {
    let film = |title: &str, date: &str| {
        format!(
            "date = {date}\n[work]\ntitle = '{title}'\nkind = 'film'\nyear = 1964\n[[passage]]\ntext = 'x'\n"
        )
    };
    let long = "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb";
    for (columns, rows) in [(200, 50), (120, 40), (120, 20), (80, 24), (40, 12)] {
        for (dates, keys) in [(["2020-01-01", "2019-01-01"], "jk"), (["2019-01-01", "2020-01-01"], "j")] {
            let (long, short) = (film(long, dates[0]), film("Brazil", dates[1]));
            let mut program = Program::with(&[("a", &long), ("b", &short)], columns, rows);
            let screen = program.keys(keys).screen();
            let selected: Vec<_> = screen.lines().filter(|line| line.starts_with('▌')).collect();
            let in_list = |line: &&str| {
                line.split('│').next().unwrap_or_default().trim_matches(['▌', '●', '┃', ' ']).to_owned()
            };
            let title = selected.iter().map(in_list).collect::<Vec<_>>().join(" ");
            assert!(
                title.contains("Love the Bomb") && !title.contains('…'),
                "{columns}×{rows}: {title}\n{screen}"
            );
        }
    }
}

#[test]
fn how_many_are_unread_is_told_until_the_list_is_narrowed() {
    for (columns, told) in [(200, "3/17  17 unread"), (120, "3/17  ●17"), (40, "3/17  ●17")] {
        let mut program = Program::bundled(columns, 24);
        program.keys("jj");
        assert!(program.screen().contains(told), "{}", program.screen());
        program.keys("m");
        assert!(
            program.screen().contains(&told.replace("17 u", "16 u").replace("●17", "●16")),
            "{}",
            program.screen()
        );
        program.keys("/kind:film<enter>");
        assert!(
            !program.screen().lines().next().is_some_and(|top| top.contains("16")),
            "{}",
            program.screen()
        );
    }
}

#[test]
fn arrows_in_a_filter_go_through_its_history_and_below_its_last_line_through_the_list() {
    let mut program = Program::bundled(80, 24);
    program.keys("/kind:film<enter>/kind:book<enter>/");
    let line = |program: &Program| program.screen().lines().last().unwrap_or_default().trim().to_owned();
    let row = |program: &Program| {
        program
            .screen()
            .lines()
            .find(|line| line.starts_with('▌'))
            .map(|line| line.trim_matches(['▌', '●', ' ']).to_owned())
    };
    let first = row(&program);
    for (key, filter, is_first) in [
        ("<up>", "kind:book", true),
        ("<up>", "kind:film", true),
        ("<down>", "kind:book", true),
        ("<down>", "kind:book", true),
        ("<down>", "kind:book", false),
        ("<up>", "kind:book", true),
        ("<up>", "kind:book", true),
        ("<up>", "kind:film", true),
        ("<ctrl-n>", "kind:book", true),
    ] {
        program.keys(key);
        assert!(line(&program).starts_with(&format!("filter: {filter}")), "{key}: {}", program.screen());
        if filter == "kind:book" {
            assert_eq!(row(&program) == first, is_first, "{key}: {}", program.screen());
        }
    }
}

#[test]
fn the_rule_between_the_panes_is_dragged() {
    let mut program = Program::bundled(120, 20);
    let rule = |program: &Program| program.app.layout().and_then(|layout| layout.rule).map(|rule| rule.x);
    assert_eq!(rule(&program), Some(41));
    program.events([Event::Click(41, 9), Event::Drag(50), Event::Drag(55)]);
    assert_eq!(rule(&program), Some(55), "it goes along");
    program.events([Event::Release, Event::Drag(70)]);
    assert_eq!(rule(&program), Some(55), "until it is let go");
    assert!(program.screen().contains("width = 55 under [list]"), "{}", program.screen());
    program.events([Event::Click(55, 9), Event::Drag(2), Event::Drag(119)]);
    assert_eq!(rule(&program), Some(85), "the text keeps some room");
    program.events([Event::Click(10, 9), Event::Drag(60)]);
    assert_eq!(rule(&program), Some(85), "nothing else is dragged");
}

#[test]
fn a_click_on_a_hint_or_a_heading_does_what_it_says() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut program = at_hailsham(columns, rows);
        let click = |program: &mut Program, line: usize, word: &str| {
            let screen = program.screen();
            let line = if line == 0 { 0 } else { usize::from(rows) - 1 };
            let text = screen.lines().nth(line).unwrap_or_default();
            let at = text.find(word).unwrap_or_else(|| panic!("{word} is there: {screen}"));
            let x = u16::try_from(unspoiled::typeset::columns(&text[..at])).expect("screens are small");
            let y = u16::try_from(line).expect("screens are small");
            program.events([Event::Click(x, y)]);
        };
        click(&mut program, 0, "newest");
        assert!(program.screen().contains("best rated first"), "{}", program.screen());
        click(&mut program, 1, "help");
        assert!(program.screen().contains("In the list"), "{}", program.screen());
        click(&mut program, 1, "back");
        click(&mut program, 1, "Enter");
        assert_eq!(program.app.pane(), Pane::Text, "{}", program.screen());
        program.keys("<esc>:reload<enter>");
        let before = program.screen();
        program.events([Event::Click(2, rows - 1)]);
        assert_ne!(program.screen(), before, "the notice goes");
        assert!(
            program.screen().lines().last().is_some_and(|line| line.contains("read")),
            "and nothing else happens"
        );
    }
}

#[test]
fn a_page_step_keeps_a_line_in_sight_and_marks_where_the_reader_was() {
    for (columns, rows) in [(120, 24), (80, 24), (40, 12)] {
        let mut program = at_hailsham(columns, rows);
        program.keys("<enter>");
        let body = |program: &Program| {
            let screen = program.screen();
            let text = |line: &str| {
                line.split(['│', '┃'])
                    .find(|part| part.chars().any(char::is_alphabetic))
                    .map(|text| text.trim().to_owned())
            };
            let head = if rows >= 16 { 2 } else { 1 };
            screen
                .lines()
                .skip(head)
                .take(usize::from(rows) - head - 1)
                .filter_map(|line| text(line.get(..).unwrap_or(line)))
                .collect::<Vec<_>>()
        };
        program.keys("zz");
        let before = if columns < 100 { body(&program).last().cloned() } else { None };
        program.keys("<pagedown>");
        let marked: Vec<_> =
            program.screen().lines().filter(|line| line.contains('›')).map(str::to_owned).collect();
        assert_eq!(marked.len(), 1, "one line is marked: {}", program.screen());
        if let Some(before) = before {
            let shown = body(&program);
            let at = shown
                .iter()
                .position(|line| line.trim_start_matches("› ") == before.trim_start_matches("› "));
            assert!(at.is_some_and(|at| at < 3), "{before} is still in sight: {}", program.screen());
        }
        program.keys("j");
        assert!(!program.screen().contains('›'), "the mark goes with the next step: {}", program.screen());
    }
}

#[test]
fn what_is_copied_has_no_hyphens_of_ours_and_the_sentence_of_a_hit_is_copied_whole() {
    let text = "First, an incomprehensible characteristic. Then a considerable consequence of misunderstanding; and so on. The end.";
    let file = format!("[work]\ntitle = 'W'\n[[passage]]\ntext = '{text}'\n");
    let is_hyphenated =
        |program: &Program| program.screen().lines().any(|line| line.trim_end().ends_with('-'));
    let mut programs = (24..60).map(|columns| {
        let mut program = Program::with(&[("a", &file)], columns, 20);
        program.keys("j<enter>");
        program
    });
    let mut program = programs.find(is_hyphenated).expect("a word is hyphenated at some width");
    let copied = |program: &mut Program| {
        program.effects.clear();
        program.keys("y");
        program.effects.iter().find_map(|effect| match effect {
            Effect::Copy(text) => Some(text.clone()),
            _ => None,
        })
    };
    let all = copied(&mut program).expect("the review is copied");
    assert!(all.split_whitespace().collect::<Vec<_>>().join(" ").contains(text), "{all}");
    for word in ["misunderstanding", "consequence", "considerable"] {
        program.keys("/").keys(word).keys("<enter>");
        let sentence = copied(&mut program).expect("the sentence is copied");
        assert_eq!(sentence, "Then a considerable consequence of misunderstanding; and so on.");
    }
    program.keys("<esc>");
}
