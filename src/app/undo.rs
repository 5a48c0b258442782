//! What the reader can undo. Undoing never reveals anything: whatever would is refused.

use std::collections::VecDeque;

use super::{App, Pane};
use crate::curtain::{CurtainList, ReviewId};
use crate::keymap::Action;
use crate::work::{Progress, WorkId};

/// The number of steps that are kept.
const MOST: usize = 100;

/// Something the reader did, with what it takes to undo it.
#[derive(Debug)]
pub(super) enum Done {
    /// A review was marked as read or unread.
    Marked { name: String, was_read: bool },
    /// Progress was set; this is the progress before.
    Progress { work: WorkId, before: Option<Progress> },
    /// The list was filtered; this is the filter before.
    Filtered { before: String },
    /// Curtains of a review were lifted: their fingerprints.
    Revealed { review: ReviewId, curtains: Vec<u64> },
    /// All curtains were lifted.
    AlwaysShown,
}

/// The last things that the reader did.
#[derive(Debug, Default)]
pub(super) struct Undo {
    done: VecDeque<Done>,
}

impl Undo {
    pub(super) fn push(&mut self, done: Done) {
        if self.done.len() == MOST {
            self.done.pop_front();
        }
        self.done.push_back(done);
    }

    fn pop(&mut self) -> Option<Done> {
        self.done.pop_back()
    }
}

impl App {
    /// Undoes the last step, and says so.
    pub(super) fn undo(&mut self) {
        let Some(done) = self.undo.pop() else { return self.notify("nothing to undo") };
        let word = match done {
            Done::Marked { name, was_read } => {
                self.memory.set_read(name, was_read);
                // A review that is open at its end counts as read, so leave it to be able to mark it as unread.
                if !was_read && self.screen.pane == Pane::Text {
                    self.go_to_list();
                }
                if was_read { "undone: marked as read again" } else { "undone: marked as unread again" }
            }
            Done::Progress { work, before } => {
                if self.would_reveal(&work, before.as_ref()) {
                    let word = "undoing this would reveal spoilers";
                    return self.tell_with_key(word, Action::Progress, "sets your progress");
                }
                self.curtains.set_progress(work.key(), before.clone());
                self.memory.set_progress(work, before.clone());
                return self.notify(&match before {
                    Some(before) => format!("undone: your progress is {before} again"),
                    None => "undone: your progress is unset again".to_owned(),
                });
            }
            Done::Filtered { before } => {
                self.list.filter.replace(&before);
                if before.is_empty() {
                    "undone: the list is not filtered"
                } else {
                    "undone: the filter is restored"
                }
            }
            Done::Revealed { review, curtains } => {
                if let Some(review) = self.library.get(review).and_then(|entry| entry.review()) {
                    self.curtains.hide(review.curtain_list(), &curtains);
                }
                "undone: hidden again"
            }
            Done::AlwaysShown => {
                if self.curtains.always_show() {
                    self.curtains.toggle_always_show();
                }
                "undone: spoilers are hidden again"
            }
        };
        self.notify(word);
    }

    /// Whether progress would lift a curtain that is down now.
    fn would_reveal(&self, work: &WorkId, progress: Option<&Progress>) -> bool {
        let mut then = self.curtains.clone();
        then.set_progress(work.key(), progress.cloned());
        let reviews = self.library.entries().filter_map(|entry| entry.review());
        reviews.filter(|review| review.has_spoilers() && review.work_key() == work.key()).any(|review| {
            let list = review.curtain_list();
            let now = self.curtains.lifted_fingerprints(list);
            then.lifted_fingerprints(list).iter().any(|lifted| !now.contains(lifted))
        })
    }

    /// Does something to the curtains of the selected review, and records what it reveals.
    pub(super) fn with_curtains(&mut self, id: ReviewId, change: impl FnOnce(&mut App, &CurtainList)) {
        let Some(entry) = self.library.get(id).cloned() else { return };
        let Some(review) = entry.review() else { return };
        let list = review.curtain_list();
        let before = self.curtains.lifted_fingerprints(list);
        change(self, list);
        let mut revealed = self.curtains.lifted_fingerprints(list);
        revealed.retain(|fingerprint| !before.contains(fingerprint));
        if !revealed.is_empty() {
            self.undo.push(Done::Revealed { review: id, curtains: revealed });
        }
    }
}
