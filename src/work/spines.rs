//! How the works of a library are divided, according to all of its files.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::spine::Spine;
use super::{WorkId, WorkKey};

/// The divisions of works that reviews share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spines(HashMap<WorkKey, Shared, RandomState>);

/// What the files say about a work.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Shared {
    /// A work file says it, for every review.
    ByWorkFile(Arc<Spine>),
    /// Reviews say it, for those that say nothing themselves.
    ByReviews(Arc<Spine>),
    /// Two work files disagree: nothing that either says may open anything.
    Disputed,
    /// Two reviews disagree: each is right only for itself.
    DisputedByReviews,
}

impl Spines {
    /// Adds what a work file says.
    pub fn add_work_file(&mut self, work: &WorkId, spine: &Arc<Spine>) {
        let shared = match self.0.get(&work.key()) {
            Some(Shared::ByWorkFile(other)) if other != spine => Shared::Disputed,
            Some(Shared::Disputed) => Shared::Disputed,
            _ => Shared::ByWorkFile(spine.clone()),
        };
        self.0.insert(work.key(), shared);
    }

    /// Adds what a review says about its work. Work files take precedence.
    pub fn add_review(&mut self, work: WorkKey, spine: &Arc<Spine>) {
        let shared = match self.0.get(&work) {
            None => Shared::ByReviews(spine.clone()),
            Some(Shared::ByReviews(other)) if other != spine => Shared::DisputedByReviews,
            Some(_) => return,
        };
        self.0.insert(work, shared);
    }

    /// What applies to a review that says `own` about its work.
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
