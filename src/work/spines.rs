//! How the works of a library are divided, by all that its files say of them.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::spine::Spine;
use super::{WorkId, WorkKey};

/// The divisions of works that reviews share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spines(HashMap<WorkKey, Shared, RandomState>);

/// What the files say of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shared {
    /// A work file says it, for every review.
    ByWorkFile(Arc<Spine>),
    /// Reviews say it, for those that say nothing themselves.
    ByReviews(Arc<Spine>),
    /// Two work files disagree: nothing that either says may open anything.
    Disputed,
    /// Two reviews disagree: each is right for itself alone.
    DisputedByReviews,
}

impl Spines {
    /// Takes in what a work file says.
    pub fn add_work_file(&mut self, work: &WorkId, spine: &Arc<Spine>) {
        let shared = match self.0.get(&work.key()) {
            Some(Shared::ByWorkFile(other)) if other != spine => Shared::Disputed,
            Some(Shared::Disputed) => Shared::Disputed,
            _ => Shared::ByWorkFile(spine.clone()),
        };
        self.0.insert(work.key(), shared);
    }

    /// Takes in what a review says of its work. Work files come first.
    pub fn add_review(&mut self, work: WorkKey, spine: &Arc<Spine>) {
        let shared = match self.0.get(&work) {
            None => Shared::ByReviews(spine.clone()),
            Some(Shared::ByReviews(other)) if other != spine => Shared::DisputedByReviews,
            Some(_) => return,
        };
        self.0.insert(work, shared);
    }

    /// What holds for a review that says `own` of its work.
    #[must_use]
    pub fn of<'s>(&'s self, work: WorkKey, own: Option<&'s Spine>) -> Option<&'s Spine> {
        match self.0.get(&work) {
            Some(Shared::ByWorkFile(spine)) => Some(spine),
            Some(Shared::ByReviews(spine)) => own.or(Some(spine)),
            Some(Shared::Disputed) => None,
            Some(Shared::DisputedByReviews) | None => own,
        }
    }
}
