//! Searches in the background, as in a large library.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

use super::finding_tests::{HIDDEN, review, rows, selected, send};
use super::*;
use crate::find::Searcher;

#[test]
fn a_large_library_is_searched_beside_the_loop_and_old_findings_are_dropped() {
    let (mut app, mut searcher) = large();
    let mut jobs = Vec::new();
    for c in "/number 19999".chars() {
        let Effects(effects) = app.handle(Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
        jobs.extend(effects.into_iter().filter_map(|effect| match effect {
            Effect::Search(job) => Some(*job),
            _ => None,
        }));
    }
    assert_eq!(app.list().len(), 20_000, "nothing has been found yet");
    let mut found: Vec<_> = jobs.iter().filter_map(|job| searcher.run(job, || true)).collect();
    let last = found.pop().expect("each was searched");
    for older in found {
        send(&mut app, Event::Found(older));
    }
    assert_eq!(app.list().len(), 20_000, "what nobody asks for any more changes nothing");
    send(&mut app, Event::Found(last));
    assert_eq!(rows(&app)[0], "19999");
}

/// A large library of reviews that all hide one sentence, and the results of searches, one key after another.
fn large() -> (App, Searcher) {
    let mut app = App::new(Settings::new("f/"), (120, 20));
    let many =
        (0..20_000).map(|n| review(&n.to_string(), 2000, &format!("Number {n}"), "book", HIDDEN)).collect();
    send(&mut app, Event::Changed(many));
    send(&mut app, Event::Complete);
    (app, Searcher::default())
}

/// Presses keys, and lets each search finish.
fn press_and_wait(app: &mut App, searcher: &mut Searcher, text: &str) {
    for c in text.chars() {
        let code = if c == '⏎' { KeyCode::Enter } else { KeyCode::Char(c) };
        for effect in app.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))).0 {
            if let Effect::Search(job) = effect {
                let found = searcher.run(&job, || true).expect("somebody wants to know");
                send(app, Event::Found(found));
            }
        }
    }
}

#[test]
fn in_a_large_library_too_a_curtain_that_drops_takes_its_hit_away_at_once() {
    let (mut app, mut searcher) = large();
    press_and_wait(&mut app, &mut searcher, "jjlsh");
    let lifted = selected(&app);
    press_and_wait(&mut app, &mut searcher, "fsled is burnt");
    assert_eq!(
        rows(&app),
        [lifted.as_str()],
        "of all that hide the sentence, the one that was lifted is found"
    );
    press_and_wait(&mut app, &mut searcher, "⏎l");
    let Effects(effects) = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('s'), KeyModifiers::NONE)));
    assert!(matches!(effects[..], [Effect::Search(_), ..]), "the search runs again");
    assert_eq!(rows(&app), [""; 0], "and what is hidden meanwhile does not wait for it");
}

#[test]
fn hits_that_are_all_hidden_again_go_at_once_and_none_is_lost_for_good() {
    let (mut app, mut searcher) = large();
    press_and_wait(&mut app, &mut searcher, "SS/\"burnt\" or \"quiet\"");
    assert_eq!(app.list().len(), 20_000);
    press_and_wait(&mut app, &mut searcher, "⏎");
    let before = selected(&app);
    let Effects(effects) = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('S'), KeyModifiers::NONE)));
    assert!(app.list().len() <= 50, "few are looked at before the search comes back");
    assert_eq!(selected(&app), before, "what still answers and is selected stays");
    for effect in effects {
        if let Effect::Search(job) = effect {
            send(&mut app, Event::Found(searcher.run(&job, || true).expect("somebody wants to know")));
        }
    }
    assert_eq!(app.list().len(), 20_000, "all of them say something quiet in the open");
}

#[test]
fn in_a_large_library_what_searches_need_is_made_ready_when_the_line_opens() {
    let (mut app, mut searcher) = large();
    let Effects(effects) = app.handle(Event::Key(KeyEvent::new(KeyCode::Char('/'), KeyModifiers::NONE)));
    let [Effect::Prepare(job)] = &effects[..] else { panic!("{effects:?}") };
    searcher.prepare(job);
    assert!(searcher.bytes() > 0, "it takes memory only now");
}

#[test]
fn the_statistics_follow_a_search_that_ends_while_they_are_shown() {
    let (mut app, mut searcher) = large();
    let mut jobs = Vec::new();
    for c in "/number 19999⏎t".chars() {
        let code = if c == '⏎' { KeyCode::Enter } else { KeyCode::Char(c) };
        jobs.extend(app.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE))).0);
    }
    let counted = |app: &App| match &app.front.overlay {
        Some(Overlay::Sheet(sheet)) => sheet.visible(20).nth(1).map(|line| line.words().to_owned()),
        _ => None,
    };
    assert!(counted(&app).is_some_and(|line| line.starts_with("20,000 reviews")), "{:?}", counted(&app));
    let last = jobs.into_iter().rev().find_map(|effect| match effect {
        Effect::Search(job) => Some(*job),
        _ => None,
    });
    let found = searcher.run(&last.expect("it is searched for"), || true).expect("somebody wants to know");
    send(&mut app, Event::Found(found));
    assert_eq!(counted(&app).as_deref(), Some("1 review of 1 work · number 19999"));
}
