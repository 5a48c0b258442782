//! Finding, as the reader does it: keys in, list out.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::library::Loaded;

pub(super) fn file(name: &str, source: &str) -> Change {
    Change::Upsert(Loaded::from_text("f", name, source))
}

pub(super) fn review(id: &str, year: u16, title: &str, kind: &str, passages: &str) -> Change {
    let source =
        format!("date = {year}-01-01\nrating = 4\n[work]\ntitle = \"{title}\"\nkind = '{kind}'\n{passages}");
    file(id, &source)
}

pub(super) const OPEN: &str =
    "[[passage]]\ntext = '''\nThe end is not the end.\n\nAn end ||of Rosebud|| comes.\n'''\n";
pub(super) const HIDDEN: &str =
    "[[passage]]\ntext = 'Quiet.'\n[[passage]]\nspoiler = true\ntext = 'The sled is burnt.'\n";

pub(super) fn app() -> App {
    let mut app = App::new(Settings::new("f/"), (120, 20));
    send(
        &mut app,
        Event::Changed(vec![
            review("kane", 2024, "Citizen Kane", "film", OPEN),
            review("amelie", 2023, "Amélie", "film", HIDDEN),
            review("dune-1", 2022, "Dune", "book", "[[passage]]\ntext = 'Sand.'"),
            review("dune-2", 2021, "Dune", "book", "[[passage]]\ntext = 'More sand.'"),
            review("the-end", 2020, "The End", "play", "[[passage]]\ntext = 'Nothing.'"),
        ]),
    );
    send(&mut app, Event::Complete);
    app
}

pub(super) fn send(app: &mut App, event: Event) {
    let Effects(effects) = app.handle(event);
    let is_aside = |effect: &Effect| matches!(effect, Effect::Save(_) | Effect::Title(_));
    assert!(effects.iter().all(is_aside), "a small library is searched at once: {effects:?}");
}

pub(super) fn press(app: &mut App, code: KeyCode) {
    send(app, Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

pub(super) fn keys(app: &mut App, text: &str) {
    for c in text.chars() {
        match c {
            '⏎' => press(app, KeyCode::Enter),
            '␛' => press(app, KeyCode::Esc),
            '→' => press(app, KeyCode::Right),
            c => press(app, KeyCode::Char(c)),
        }
    }
}

pub(super) fn rows(app: &App) -> Vec<String> {
    let shown = |row| match row {
        Row::File(key) => app.library.get(key).map(|entry| entry.name().to_owned()),
        Row::Head(number) => {
            app.list.group(number).map(|group| format!("[{} {}]", group.heading, group.keys.len()))
        }
    };
    app.list.visible(99).filter_map(|(row, _)| shown(row)).collect()
}

pub(super) fn selected(app: &App) -> String {
    app.selected().map(|entry| entry.name().to_owned()).unwrap_or_default()
}

#[test]
fn the_list_narrows_as_it_is_typed_and_esc_brings_all_back() {
    let mut app = app();
    keys(&mut app, "jj");
    keys(&mut app, "/am");
    assert_eq!(rows(&app)[0], "amelie", "the best comes first");
    keys(&mut app, "elie");
    assert_eq!((rows(&app), selected(&app)), (vec!["amelie".to_owned()], "amelie".to_owned()));
    keys(&mut app, "␛");
    assert_eq!(
        (rows(&app).len(), selected(&app).as_str()),
        (5, "dune-1"),
        "the list and the selection are as before"
    );
    keys(&mut app, "/kind:book⏎");
    assert_eq!(rows(&app), ["dune-1", "dune-2"]);
    keys(&mut app, "j⏎");
    assert_eq!((selected(&app).as_str(), app.pane()), ("dune-2", Pane::Text), "Enter keeps the filter");
    keys(&mut app, "␛␛");
    assert_eq!((rows(&app).len(), selected(&app).as_str()), (5, "dune-2"), "Esc in the list drops it");
}

#[test]
fn a_wrong_filter_is_told_when_it_is_to_be_kept() {
    let mut app = app();
    keys(&mut app, "/knd:film⏎");
    assert!(app.notice().is_some_and(|notice| notice.contains("kind:")), "{:?}", app.notice());
    assert!(app.overlay().is_some(), "and the line stays");
}

#[test]
fn sorting_turns_round_and_keeps_the_selection() {
    let mut app = app();
    keys(&mut app, "jrr");
    assert_eq!(rows(&app), ["amelie", "kane", "dune-1", "dune-2", "the-end"], "by title, without articles");
    assert_eq!(selected(&app), "amelie");
    keys(&mut app, "R");
    assert_eq!(rows(&app), ["the-end", "dune-1", "dune-2", "kane", "amelie"]);
    assert_eq!(selected(&app), "amelie", "the selection goes with its review");
}

#[test]
fn groups_fold() {
    let mut app = app();
    keys(&mut app, "w");
    let all = [
        "[Citizen Kane 1]",
        "kane",
        "[Amélie 1]",
        "amelie",
        "[Dune 2]",
        "dune-1",
        "dune-2",
        "[The End 1]",
        "the-end",
    ];
    assert_eq!(rows(&app), all);
    keys(&mut app, "gjjjjj");
    assert_eq!(selected(&app), "dune-1");
    keys(&mut app, "h");
    assert_eq!(rows(&app).len(), 7, "two rows are folded");
    keys(&mut app, "h");
    assert_eq!(rows(&app), all, "and unfolded");
}

#[test]
fn a_search_in_the_text_counts_goes_round_and_says_so() {
    let mut app = app();
    keys(&mut app, "⏎/end⏎");
    let count = |app: &App| app.reader().search().map(PageSearch::count);
    assert_eq!(count(&app), Some((1, 3)));
    keys(&mut app, "nn");
    assert_eq!((count(&app), app.notice()), (Some((3, 3)), None));
    keys(&mut app, "n");
    assert_eq!((count(&app), app.notice()), (Some((1, 3)), Some("continued from the beginning")));
    keys(&mut app, "/The⏎");
    assert_eq!(count(&app), Some((1, 1)), "a capital letter means itself");
    keys(&mut app, "/rosebud⏎");
    assert_eq!(count(&app), Some((0, 0)), "what is hidden is not found");
    keys(&mut app, "s");
    assert_eq!(count(&app), Some((1, 1)), "what is lifted is found at once");
    keys(&mut app, "s");
    assert_eq!(count(&app), Some((0, 0)), "and dropped again it is gone");
}

#[test]
fn words_in_texts_are_found_and_opened_where_they_stand() {
    let mut app = app();
    keys(&mut app, "fan end⏎");
    assert_eq!(rows(&app), ["kane"], "without a closing quote");
    keys(&mut app, "⏎");
    assert_eq!(app.pane(), Pane::Text);
    assert_eq!(app.reader().search().map(PageSearch::count), Some((1, 1)));
}

#[test]
fn what_is_lifted_is_found_and_leaves_the_list_when_it_is_dropped() {
    let mut app = app();
    keys(&mut app, "fthe sled⏎");
    assert_eq!(rows(&app), [""; 0]);
    keys(&mut app, "␛jlsh/\"the sled\"⏎");
    assert_eq!(rows(&app), ["amelie"]);
    keys(&mut app, "ls");
    assert_eq!(rows(&app), [""; 0], "dropped, it is gone from the list");
}

#[test]
fn a_list_that_became_empty_leaves_no_count_of_what_was_lifted() {
    let mut app = app();
    keys(&mut app, "jlsh/\"the sled\"⏎⏎");
    assert_eq!(app.reader().search().map(PageSearch::count), Some((1, 1)));
    keys(&mut app, "s");
    assert_eq!((rows(&app).len(), app.reader().search().map(PageSearch::count)), (0, Some((0, 0))));
}

#[test]
fn what_is_read_stays_in_the_list_while_it_is_read() {
    let mut app = app();
    keys(&mut app, "/is:unread⏎⏎");
    assert_eq!(rows(&app).len(), 5, "the one that is open is read to its end now, and still there");
    keys(&mut app, "␛/→ ");
    assert_eq!(rows(&app).len(), 4, "the next time it is asked for, it is not");
}

#[test]
fn the_line_has_a_history_and_takes_what_is_pasted() {
    let mut app = app();
    keys(&mut app, "/dune⏎/");
    let control = |c| Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL));
    send(&mut app, control('u'));
    send(&mut app, Event::Paste("kind:\nfilm".into()));
    assert_eq!(app.list().filter().text(), "kind: film", "it is one line");
    send(&mut app, control('p'));
    assert_eq!(app.list().filter().text(), "dune");
    send(&mut app, control('n'));
    assert_eq!(app.list().filter().text(), "kind: film", "what was being typed is not lost");
}

#[test]
fn enter_takes_no_filter_that_is_not_understood_but_needs_no_closing_quotes() {
    for (typed, is_taken) in [
        ("year:abc", false),
        ("kind:film year:1972-74", false),
        ("rating:6", false),
        ("is:new", false),
        ("foo:bar", false),
        ("dune or", false),
        ("\"the end", true),
        ("(kind:film", true),
        ("dune year:2022", true),
        ("", true),
    ] {
        let mut app = app();
        keys(&mut app, &format!("/{typed}⏎"));
        assert_eq!(app.overlay().is_none(), is_taken, "{typed}");
        assert_eq!(app.notice().is_none(), is_taken, "{typed}: {:?}", app.notice());
    }
}

#[test]
fn words_that_are_not_found_are_taken_along_into_the_texts() {
    let mut app = app();
    keys(&mut app, "/sand⏎");
    assert_eq!(rows(&app), [""; 0], "no title has it");
    keys(&mut app, "f");
    assert_eq!(app.list().filter().text(), "\"sand");
    assert_eq!(rows(&app), ["dune-1", "dune-2"]);
    keys(&mut app, "⏎f");
    assert_eq!(app.list().filter().text(), "\"", "what is no word stays behind");
}

#[test]
fn who_reads_what_is_not_found_any_more_is_put_before_the_list() {
    let mut app = app();
    keys(&mut app, "lshfrosebud⏎⏎");
    assert_eq!((app.pane(), selected(&app).as_str()), (Pane::Text, "kane"));
    keys(&mut app, "s");
    assert_eq!(rows(&app), [""; 0]);
    assert_eq!(app.pane(), Pane::List);
    assert!(app.notice().is_some(), "and told why");
    keys(&mut app, "⏎l\t");
    assert_eq!(app.pane(), Pane::List, "there is nothing to go to");
}

#[test]
fn a_filter_that_found_nothing_gives_the_place_back() {
    let mut app = app();
    keys(&mut app, "jj/zzzz⏎␛");
    assert_eq!(selected(&app), "dune-1");
}

#[test]
fn groups_that_are_no_works_stand_in_their_own_order() {
    let mut app = app();
    let headings = |app: &App| rows(app).into_iter().filter(|row| row.starts_with('[')).collect::<Vec<_>>();
    keys(&mut app, "ww");
    assert_eq!(headings(&app), ["[book 2]", "[film 2]", "[play 1]"]);
    keys(&mut app, "R");
    assert_eq!(headings(&app), ["[play 1]", "[film 2]", "[book 2]"]);
}

#[test]
fn the_best_match_comes_first_inside_groups_too() {
    let mut app = app();
    let number = |id, year, title| review(id, year, title, "film", "[[passage]]\ntext = 'x'");
    let more = vec![
        number("weak", 2026, "A damned nest"),
        number("best", 2000, "Damned"),
        number("good", 2001, "The Undamned"),
    ];
    send(&mut app, Event::Changed(more));
    keys(&mut app, "/damned");
    let plain = rows(&app);
    assert_eq!(
        plain.last().map(String::as_str),
        Some("good"),
        "the middle of a word is worse than its beginning"
    );
    keys(&mut app, "⏎ww");
    assert_eq!(rows(&app)[1..], plain, "in the one group that there is, the order is the same");
    keys(&mut app, "/→ a⏎");
    assert_eq!(app.list().filter().text(), "damned a", "an arrow keeps what was there");
    assert!(app.list().filter().arrangement().is_best_first);
}

#[test]
fn a_broken_term_is_told_while_it_is_typed() {
    for (typed, is_told) in
        [("rating:>>4", true), ("rating>", false), ("kind:film and", false), ("knd:f", true)]
    {
        let mut app = app();
        keys(&mut app, &format!("/{typed}"));
        assert_eq!(app.list().filter().parsed().error().is_some(), is_told, "{typed}");
    }
}

#[test]
fn a_megabyte_pasted_into_a_line_is_cut() {
    for open in ["/", "f", "⏎/"] {
        let mut app = app();
        keys(&mut app, open);
        send(&mut app, Event::Paste("\"a (".repeat(1 << 18)));
        let Some(Overlay::Prompt(Prompt { line, .. })) = app.overlay() else { panic!("a line is open") };
        assert!(line.value().len() <= 4096, "{open}");
        press(&mut app, KeyCode::Enter);
    }
}
