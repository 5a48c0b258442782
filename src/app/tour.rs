//! A short tour of the program: one lesson after the other, each completed by doing what it says.

use super::{App, Overlay, Pane, Subject};
use crate::keymap::{Action, Scope, Step};

/// Something to learn.
struct Lesson {
    action: Action,
    /// What its key does, in words.
    words: &'static str,
    /// Whether the state shows that it was completed.
    is_done: fn(&App) -> bool,
}

/// The lessons, in order. The first review of the tour is found by its title.
const LESSONS: &[Lesson] = &[
    Lesson {
        action: Action::Move(Step::Down),
        words: "goes down the list",
        is_done: |app| app.front.overlay.is_none(),
    },
    Lesson {
        action: Action::Filter,
        words: "finds a review as you type: dark, then Enter",
        is_done: |app| app.front.overlay.is_none() && !app.list.filter.text().is_empty(),
    },
    Lesson { action: Action::Open, words: "reads it", is_done: |app| app.screen.pane == Pane::Text },
    Lesson {
        action: Action::NextCurtain,
        words: "goes to the next spoiler",
        is_done: |app| app.reader.focus().is_some(),
    },
    Lesson {
        action: Action::ToggleCurtain,
        words: "reveals it by hand, after asking if it is for later; again, it is hidden",
        is_done: |app| app.curtains.are_some_lifted_by_hand(),
    },
    Lesson {
        action: Action::Progress,
        words: "says how far you have got: s1e3, then Enter",
        is_done: |app| app.front.overlay.is_none() && app.curtains.has_progress(),
    },
    Lesson {
        action: Action::StepOn,
        words: "goes one episode on: what you are then past is open",
        is_done: |app| app.curtains.has_progress(),
    },
    Lesson {
        action: Action::Room,
        words: "puts all reviews of the work side by side",
        is_done: |app| app.front.room.is_some(),
    },
    Lesson { action: Action::Back, words: "leads back", is_done: |app| app.front.room.is_none() },
    Lesson {
        action: Action::Help,
        words: "shows all keys",
        is_done: |app| matches!(&app.front.overlay, Some(Overlay::Sheet(sheet)) if sheet.subject() == Subject::Help),
    },
];

/// The closing words.
const END: &str = "that is all: `unspoiled FOLDER` reads your own reviews";

/// The scopes that a lesson's key is looked up in.
const SCOPES: &[Scope] = &[Scope::Text, Scope::List, Scope::Panes];

/// How far the reader has got in the tour.
#[derive(Debug, Default)]
pub(super) struct Tour {
    /// The number of completed lessons.
    done: usize,
    /// Whether the key of the current one was pressed.
    is_pressed: bool,
}

impl App {
    /// Records that an action was carried out.
    pub(super) fn note_lesson(&mut self, action: Action) {
        if let Some(tour) = &mut self.front.tour {
            tour.is_pressed |= LESSONS.get(tour.done).is_some_and(|lesson| lesson.action == action);
        }
    }

    /// Moves on to the next lesson once the current one is completed.
    pub(super) fn settle_tour(&mut self) {
        let lesson =
            self.front.tour.as_ref().and_then(|tour| LESSONS.get(tour.done).filter(|_| tour.is_pressed));
        if lesson.is_some_and(|lesson| (lesson.is_done)(self))
            && let Some(tour) = &mut self.front.tour
        {
            *tour = Tour { done: tour.done + 1, is_pressed: false };
        }
    }

    /// The current lesson of the tour, if it is running: its number, and what to do.
    #[must_use]
    pub fn lesson(&self) -> Option<(String, String)> {
        let tour = self.front.tour.as_ref()?;
        Some(match LESSONS.get(tour.done) {
            Some(lesson) => {
                let key = self.settings.keys.key_for(SCOPES, lesson.action);
                let key = key.unwrap_or_else(|| lesson.action.name().to_owned());
                (format!("tour {}/{}", tour.done + 1, LESSONS.len()), format!("{key} {}", lesson.words))
            }
            None => ("tour".to_owned(), END.to_owned()),
        })
    }
}
