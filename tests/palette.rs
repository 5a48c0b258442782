//! The palette does every action by its name, reveals nothing that was not asked for in full, and tries themes on.

mod support;

use ratatui::style::Color;
use support::Program;
use unspoiled::app::{Appearance, Effect, Event};

fn program(file: &str) -> Program {
    let mut program = Program::configured(file, 100, 24);
    program.keys("Gkk");
    program
}

/// The lines of the palette that is open.
fn palette(program: &Program) -> Vec<String> {
    let screen = program.screen();
    let lines: Vec<_> = screen.lines().map(str::to_owned).collect();
    let rule = lines.iter().rposition(|line| line.starts_with("──")).expect("the palette is open");
    lines[rule + 1..lines.len() - 1].to_vec()
}

#[test]
fn it_shows_every_action_with_its_key_and_what_it_does_now() {
    let mut program = program("[keys.both]\nmark-read = 'space m'");
    program.keys(":");
    insta::assert_snapshot!("open", program.screen());
    program.keys("mark");
    let first = palette(&program).remove(0);
    assert!(first.starts_with("▌ mark-read") && first.contains("now unread: mark"), "{first}");
    assert!(first.ends_with("Space m"), "{first}");
    program.keys("<enter>");
    assert!(program.keys(":mark").screen().contains("now read: mark"), "{}", program.screen());
}

#[test]
fn what_is_typed_finds_names_before_words_of_the_help() {
    for (typed, first) in [
        ("quit", "quit"),
        ("qit", "quit"),
        ("page d", "page-down"),
        ("page-down", "page-down"),
        ("NEXT SP", "next-spoiler"),
        ("history", "there is no such action"),
        ("cancel", "there is no such action"),
        ("folds", "there is no such action"),
        ("alphabet", "there is no such action"),
        ("unread", "next-unread"),
        ("drac", "theme dracula"),
        ("theme", "theme "),
    ] {
        let mut program = program("");
        program.keys(":").keys(typed);
        let shown = palette(&program).remove(0);
        let shown = shown.trim_start_matches(['▌', ' ']);
        assert!(shown.starts_with(first), "{typed} finds {shown}");
    }
}

#[test]
fn it_does_what_is_chosen_in_the_pane_that_has_it() {
    let mut program = program("");
    program.keys(":quit<enter>");
    assert_eq!(program.effects, [Effect::Quit]);
    program.keys(":next-spoiler<enter>");
    assert!(program.screen().contains("all spoilers"), "it is in the text now: {}", program.screen());
    program.keys(":filter<enter>arrival<enter>");
    assert!(program.screen().contains("1/1"), "{}", program.screen());
    program.keys(":<down><up><down><esc>");
    assert!(program.screen().contains("1/1"), "Esc does nothing: {}", program.screen());
    program.keys(":help<enter>");
    assert!(program.screen().contains("In the list"), "{}", program.screen());
}

#[test]
fn what_reveals_is_done_only_by_its_full_name() {
    for (typed, name) in [
        (":reveal-al", "reveal-all"),
        (":revea", "reveal"),
        (":always", "always-show"),
        (":all spoilers", ""),
    ] {
        let mut program = program("");
        program.keys("<enter>]]").keys(typed).keys("<enter>");
        assert!(!program.screen().contains('┌'), "{typed} reveals nothing: {}", program.screen());
        assert!(program.screen().contains(&format!(":{name}")), "{typed}: {}", program.screen());
        program.keys("<esc>");
        assert!(!program.screen().contains('┌'), "nor does Esc: {}", program.screen());
    }
    let mut program = program("");
    program.keys("<enter>:reveal-all<enter>");
    program.keys("]]");
    assert!(program.screen().contains('▼'), "it is revealed: {}", program.screen());
    let mut program = self::program("");
    program.keys(":").keys("<enter>");
    assert!(!program.screen().contains("SPOILERS SHOWN"), "the first choice reveals nothing");
    let mut program = self::program("[keys.both]\nalways-show = []");
    program.keys(":always-show<enter>");
    assert!(!program.screen().contains("SPOILERS SHOWN"), "it asks first: {}", program.screen());
    program.keys(":always-show<esc>:always-show<enter>");
    assert!(
        !program.screen().contains("SPOILERS SHOWN"),
        "and anew after something else: {}",
        program.screen()
    );
    program.keys(":always-show<enter>");
    assert!(
        program.screen().contains("SPOILERS SHOWN"),
        "what has no key is confirmed by its name: {}",
        program.screen()
    );
}

#[test]
fn a_theme_is_tried_on_while_it_is_selected_and_kept_when_chosen() {
    let background = |program: &Program| program.buffer()[(5, 5)].bg;
    let dracula = Color::Rgb(0x28, 0x2a, 0x36);
    let mut program = program("");
    assert_eq!(background(&program), Color::Reset);
    program.keys(":dracula");
    assert_eq!(background(&program), dracula, "it is tried on");
    program.keys("<esc>");
    assert_eq!(background(&program), Color::Reset, "and taken off");
    program.keys(":dracula<enter>");
    assert_eq!(background(&program), dracula, "or kept");
    let mut program = self::program("[screen]\ncolour = false");
    program.keys(":dracula");
    assert!(palette(&program).remove(0).contains("no such action"), "without colours there are no themes");
}

#[test]
fn a_theme_for_dark_and_one_for_light_follow_the_terminal() {
    let background = |program: &Program| program.buffer()[(5, 5)].bg;
    let mut program = program("[theme]\nname = 'nord'\ndark = 'dracula'\nlight = 'github-light'");
    assert_eq!(background(&program), Color::Rgb(0x2e, 0x34, 0x40), "it has not said anything yet");
    program.events([Event::Appearance(Appearance::Light)]);
    assert_eq!(background(&program), Color::Rgb(255, 255, 255));
    program.events([Event::Appearance(Appearance::Dark)]);
    assert_eq!(background(&program), Color::Rgb(0x28, 0x2a, 0x36));
    program.keys(":github<enter>");
    program.events([Event::Appearance(Appearance::Dark)]);
    assert_eq!(background(&program), Color::Rgb(255, 255, 255), "what was chosen by hand stays");
}

#[test]
fn it_fits_on_every_screen() {
    for (columns, rows) in [(200, 50), (80, 24), (40, 12), (24, 6)] {
        let mut program = Program::configured("", columns, rows);
        program.keys(":");
        assert!(program.screen().contains("▌ open"), "{}", program.screen());
        program.keys("<pageup><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown>");
        program.keys("<pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown><pagedown>");
        assert!(program.screen().contains('▌'), "the selected choice is in sight: {}", program.screen());
    }
}

#[test]
fn it_opens_over_a_page_of_the_programs_own_too() {
    // Otherwise the letters of a name would be keys, and some keys reveal.
    for page in ["?", "t"] {
        let mut program = program("");
        program.keys("<enter>").keys(page).keys(":next-sp");
        let shown = palette(&program).remove(0);
        assert!(shown.contains("next-spoiler"), "{page}: {shown}");
    }
}
