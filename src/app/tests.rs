//! The state by itself: events in, invariants checked.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use proptest::prelude::*;

use super::*;
use crate::library::Loaded;

fn file(name: &str, source: &str) -> Change {
    Change::Upsert(Loaded::from_text("f", name, source))
}

fn app(sources: &[&str], size: (u16, u16)) -> App {
    let mut app = App::new(Settings::new("f/"), size);
    let items = sources.iter().enumerate().map(|(n, source)| file(&n.to_string(), source)).collect();
    let _ = app.handle(Event::Changed(items));
    let _ = app.handle(Event::Complete);
    app
}

fn press(app: &mut App, code: KeyCode) {
    let _ = app.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

fn text(app: &App) -> Vec<String> {
    let height = app.layout().map_or(0, |layout| usize::from(layout.body.height));
    app.reader().visible(height).map(|line| line.text.clone()).collect()
}

/// The state file after these changes.
fn saved(app: &mut App) -> String {
    let mut saved = Saved::default();
    app.remember().apply(&mut saved);
    toml::to_string(&saved).expect("it is written")
}

fn long(paragraphs: usize) -> String {
    let text: Vec<_> =
        (0..paragraphs).map(|n| format!("Paragraph {n} {}", "goes on for a while ".repeat(9))).collect();
    format!(
        "[work]\ntitle='W'\n[[passage]]\ntext='''\n{}\n'''\n[[passage]]\nspoiler=true\ntext='''\n{}\n'''\n[[passage]]\ntext='''\n{}'''\n",
        text.join("\n\n"),
        text.join("\n\n"),
        text.join("\n\n")
    )
}

#[test]
fn lifting_keeps_the_line_being_read_where_it_is() {
    let mut app = app(&[&long(12)], (120, 20));
    for key in [KeyCode::Enter, KeyCode::Char(']')] {
        press(&mut app, key);
    }
    let row = |app: &App| {
        let text = text(app);
        text.iter().position(|line| line.contains("Spoiler")).expect("the curtain is on the screen")
    };
    let before = row(&app);
    press(&mut app, KeyCode::Enter);
    assert_eq!(row(&app), before, "lifted, its line is where it was");
    press(&mut app, KeyCode::Enter);
    assert_eq!(row(&app), before, "and dropped");
    press(&mut app, KeyCode::Char('G'));
    let below = text(&app);
    press(&mut app, KeyCode::Char('s'));
    assert_eq!(text(&app), below, "what is lifted above the screen moves nothing on it");
    press(&mut app, KeyCode::Char('s'));
    assert_eq!(text(&app), below);
}

#[test]
fn dropping_a_curtain_over_what_is_read_leads_to_its_line() {
    let mut app = app(&[&long(12)], (120, 20));
    for key in "s".chars().chain(std::iter::repeat_n(' ', 4)) {
        press(&mut app, KeyCode::Tab);
        press(&mut app, KeyCode::Tab);
        press(&mut app, KeyCode::Enter);
        press(&mut app, KeyCode::Char(key));
    }
    assert!(text(&app).iter().any(|line| line.starts_with("Paragraph")));
    press(&mut app, KeyCode::Char('s'));
    assert!(!text(&app).is_empty(), "the screen is not empty after the text under it went");
}

#[test]
fn a_place_in_hidden_text_is_remembered_as_its_curtain() {
    let mut app = app(&[&long(12)], (120, 20));
    press(&mut app, KeyCode::Enter);
    press(&mut app, KeyCode::Char('s'));
    for _ in 0..40 {
        press(&mut app, KeyCode::PageDown);
        if app.reader().open().is_some_and(|(_, place)| place.section == 2 && place.offset > 100) {
            break;
        }
    }
    assert!(
        app.reader().open().is_some_and(|(_, place)| place.section == 2 && place.offset > 100),
        "deep in the passage"
    );
    let text = saved(&mut app);
    assert!(text.contains("2,\n    0,\n") || text.contains("[2, 0]"), "only the passage is told: {text}");
}

#[test]
fn of_a_review_that_is_all_hidden_no_place_is_remembered() {
    let mut app = app(&[&format!("spoilers = true\n{}", long(12))], (120, 20));
    for key in [KeyCode::Enter, KeyCode::Char('s'), KeyCode::Char('G')] {
        press(&mut app, key);
    }
    let text = saved(&mut app);
    assert!(!text.contains("f/0\" = ["), "the number of its passages would be told: {text}");
}

#[test]
fn progress_in_a_film_lifts_nothing_in_the_book_of_its_name() {
    let of = |kind: &str, unit: &str| {
        format!("[work]\ntitle='Same'\nkind='{kind}'\nunit='{unit}'\n[[passage]]\nafter=84\ntext='x'\n")
    };
    let mut app = app(&[&of("film", "minute"), &of("book", "chapter")], (120, 20));
    for key in "p90".chars() {
        press(&mut app, KeyCode::Char(key));
    }
    press(&mut app, KeyCode::Enter);
    press(&mut app, KeyCode::Enter);
    let is_open = |app: &App| text(app).iter().any(|line| line == "x");
    assert!(is_open(&app), "the film's gate is passed");
    press(&mut app, KeyCode::Char('j'));
    assert!(!is_open(&app), "the book's is not");
}

#[test]
fn lifted_text_of_doubtful_width_is_wiped_off_the_whole_screen() {
    let mut app = app(&["[work]\ntitle='W'\n[[passage]]\nspoiler=true\ntext='🇩🇪🇫🇷'\n"], (120, 20));
    for key in [KeyCode::Char('l'), KeyCode::Char('s')] {
        press(&mut app, key);
    }
    let dropped = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::NONE)));
    assert!(dropped.0.contains(&Effect::Redraw), "dropped, nothing of it may stay behind");
    let after = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::NONE)));
    assert!(!after.0.contains(&Effect::Redraw), "and then the screen is left alone");
}

#[test]
fn a_key_with_alt_is_another_key() {
    let mut app = app(&["[work]\ntitle='W'\n[[passage]]\nspoiler=true\ntext='x'\n"], (120, 20));
    let _ = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::ALT)));
    assert!(!text(&app).iter().any(|line| line == "x"), "Alt-s lifts nothing");
}

#[test]
fn a_review_behind_its_curtain_is_not_read() {
    let source = "spoilers = true\n[work]\ntitle='W'\n[[passage]]\ntext='x'\n";
    let mut app = app(&[source], (120, 20));
    press(&mut app, KeyCode::Enter);
    assert!(!app.memory().is_read("f/0"), "there was nothing to read");
    press(&mut app, KeyCode::Char('s'));
    assert!(app.memory().is_read("f/0"));
}

#[test]
fn an_event_that_is_nobodys_changes_nothing() {
    let mut app = app(&[], (80, 24));
    for key in "jkgGsSpm][z? \u{7}".chars() {
        press(&mut app, KeyCode::Char(key));
    }
    press(&mut app, KeyCode::Esc);
    let _ = app.handle(Event::Click(200, 200));
    let _ = app.handle(Event::Wheel(0, 0, -3));
    assert_eq!(app.list().len(), 0);
}

/// The state file as it would be saved after a key.
fn saved_by(app: &mut App, code: KeyCode) -> Option<String> {
    let Effects(effects) = app.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    let save = effects.iter().position(|effect| matches!(effect, Effect::Save(_)))?;
    assert_eq!(save, 0, "saving comes before what may be the end: {effects:?}");
    let Effect::Save(changes) = &effects[save] else { return None };
    let mut saved = Saved::default();
    changes.apply(&mut saved);
    Some(toml::to_string(&saved).expect("it is written"))
}

#[test]
fn a_place_is_saved_when_its_review_is_left_and_only_if_it_has_changed() {
    let mut app = app(&[&long(12), &long(11)], (120, 20));
    press(&mut app, KeyCode::Enter);
    assert_eq!(saved_by(&mut app, KeyCode::PageDown), None, "not while it is read");
    let saved = saved_by(&mut app, KeyCode::Esc);
    assert!(saved.is_some_and(|saved| saved.contains("\"f/0\" = [")), "the place is saved");
    press(&mut app, KeyCode::Enter);
    assert_eq!(saved_by(&mut app, KeyCode::Esc), None, "it is where it was");
    assert_eq!(saved_by(&mut app, KeyCode::Char('j')), None, "to look at reviews changes nothing");
}

#[test]
fn progress_and_read_marks_are_saved_at_once() {
    let mut app = app(&["[work]\ntitle='W'\n[[passage]]\nafter=9\ntext='x'\n"], (120, 20));
    assert!(saved_by(&mut app, KeyCode::Char('m')).is_some_and(|saved| saved.contains("f/0")));
    for key in [KeyCode::Char('p'), KeyCode::Char('9')] {
        assert_eq!(saved_by(&mut app, key), None);
    }
    assert_eq!(saved_by(&mut app, KeyCode::Enter), None, "it opens all there is, and that is asked about");
    let saved = saved_by(&mut app, KeyCode::Enter).unwrap_or_default();
    assert!(saved.contains("\"9\""), "{saved}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn scrolling_stays_in_bounds_for_any_keys_and_sizes(
        keys in prop::collection::vec(prop::sample::select("jkgG b\u{4}\u{15}][shlz".chars().collect::<Vec<_>>()), 0..60),
        sizes in prop::collection::vec((0u16..160, 0u16..50), 1..8),
        paragraphs in 1usize..9,
    ) {
        let mut app = app(&[&long(paragraphs), "[work]\ntitle='V'\n[[passage]]\ntext='||x||'\n", "bad"], sizes[0]);
        for (n, key) in keys.into_iter().enumerate() {
            let code = match key {
                '\u{4}' => KeyCode::PageDown,
                '\u{15}' => KeyCode::PageUp,
                key => KeyCode::Char(key),
            };
            press(&mut app, code);
            if n % 5 == 0 {
                let (columns, rows) = sizes[n % sizes.len()];
                let _ = app.handle(Event::Resize(columns, rows));
            }
            let Some(layout) = app.layout() else { continue };
            let height = usize::from(layout.body.height);
            prop_assert_eq!(app.list().visible(layout.list_rows()).filter(|(_, is_selected)| *is_selected).count(), 1);
            let lines = app.reader().visible(height).count();
            prop_assert!(lines > 0, "something is always on the screen");
            prop_assert!(app.reader().fraction(height).is_none_or(|_| lines == height), "no room is wasted");
            if let Some(focus) = app.reader().focus() {
                let is_in_sight = app.reader().visible(height).any(|line| line.regions().any(|region| region == focus));
                prop_assert!(is_in_sight, "the focused curtain is on the screen");
            }
        }
    }
}
