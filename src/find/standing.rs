//! How far the reader has got in the works of a library, for queries that ask about it. It does not decide what may be
//! shown: the search's own curtains do.

use std::collections::HashMap;
use std::sync::Arc;

use crate::curtain::{Curtains, ReviewId};
use crate::library::Library;
use crate::query::{State, Term};
use crate::work::Progress;

/// How far the reader has got.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// These hold the reader's progress in each work.
    pub curtains: Curtains,
    /// By the full name of a review, the point up to which everything open in it has been read.
    pub caught_up: Arc<HashMap<String, Progress>>,
}

impl Standing {
    /// Whether a term that asks about the reader's progress is true of a review.
    pub(super) fn is_true(&self, term: &Term, library: &Library, id: ReviewId) -> bool {
        let Some(visible) = library.visible(&self.curtains, id) else { return false };
        let Some(progress) = visible.progress() else { return false };
        let scale = visible.scale();
        match term {
            Term::Is(State::Opened) => {
                // The name is only worth making if anything is known by a name.
                let name =
                    library.get(id).filter(|_| !self.caught_up.is_empty()).map(|entry| entry.full_name());
                let before = name.and_then(|name| self.caught_up.get(&name));
                visible.opened_since(before).next().is_some()
            }
            Term::Is(State::Started) => !progress.is_finished(scale),
            Term::Is(State::Finished) => progress.is_finished(scale),
            Term::Progress(span) => {
                let units = scale.units_of(progress);
                units.is_some_and(|units| span.holds(i32::try_from(units).unwrap_or(i32::MAX)))
            }
            Term::At(point) => progress.is_at(point, scale),
            _ => false,
        }
    }
}

/// Whether a term asks about the reader's progress.
#[must_use]
pub fn asks_standing(term: &Term) -> bool {
    let is_state = matches!(term, Term::Is(State::Opened | State::Started | State::Finished));
    is_state || matches!(term, Term::Progress(_) | Term::At(_))
}
