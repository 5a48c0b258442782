//! Where the filter's quoted words occur in the listed reviews: searched for once for each row, not on every frame.

use std::collections::HashMap;

use crate::curtain::{Curtains, ReviewId};
use crate::find::{Hit, Phrases};
use crate::library::{Library, Revision};
use crate::query::Query;

/// The maximum number of hits to keep; beyond it, all are dropped and found again as they are shown.
const MOST: usize = 4096;

/// The hits of the rows that were shown since the query, the library or the curtains changed.
#[derive(Debug, Default)]
pub(super) struct Hits {
    of: Option<Of>,
    found: HashMap<ReviewId, Option<Hit>>,
}

/// Everything that the hits depend on.
#[derive(Debug)]
struct Of {
    query: Query,
    phrases: Phrases,
    library: Revision,
    curtains: u64,
}

impl Hits {
    /// Makes sure that the hits of these rows are available, and none that was found behind a curtain that has moved.
    pub(super) fn settle(
        &mut self,
        query: &Query,
        library: &Library,
        curtains: &Curtains,
        rows: impl Iterator<Item = ReviewId>,
    ) {
        let revisions = (library.revision(), curtains.revision());
        let is_fresh = |of: &Of| of.query == *query && (of.library, of.curtains) == revisions;
        if !self.of.as_ref().is_some_and(is_fresh) || self.found.len() > MOST {
            let (library, curtains) = revisions;
            self.of = Some(Of { query: query.clone(), phrases: Phrases::of(query), library, curtains });
            self.found.clear();
        }
        let Some(Of { phrases, .. }) = self.of.as_ref().filter(|of| !of.phrases.is_empty()) else { return };
        for key in rows {
            self.found.entry(key).or_insert_with(|| phrases.first(library.visible(curtains, key)?));
        }
    }

    /// The first hit in a review that is on the screen.
    pub(super) fn get(&self, key: ReviewId) -> Option<&Hit> {
        self.found.get(&key)?.as_ref()
    }
}
