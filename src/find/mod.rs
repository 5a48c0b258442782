//! Matching, full-text search, sorting and grouping.
//!
//! Everything here is pure: large libraries are searched on all cores, but no thread outlives the call. This module
//! knows nothing of terminals or clocks and never looks behind a curtain. Words are matched against what is always
//! visible, and text is read as the [`Curtains`] allow, as on the screen. Hidden text matches nothing, counts for
//! nothing and changes no order.

use std::collections::HashMap;
use std::sync::Arc;

mod alphabet;
mod answers;
mod check;
mod fuzzy;
mod group;
mod index;
mod phrase;
mod search;
mod sort;
mod standing;
mod suggestion;
mod text;

pub use alphabet::Alphabet;
pub use fuzzy::Fuzzy;
pub use group::{Gathered, Group};
pub use search::{Arrangement, Found, Job, Rows, Searcher, misses};
pub use sort::{NotASort, Order, Rank, Sort, newest_first, rank};
pub use standing::{Standing, asks_standing};
pub use suggestion::Suggestion;
pub use text::{Hit, Pattern, Phrases, first_hit};

use crate::curtain::{Curtains, ReviewId};
use crate::library::{Entry, Library};
use crate::query::Query;

/// Selects and sorts the files that match a query, for output other than the screen. If there are none, it may suggest
/// other values. `last_read` returns when a file was last read: larger is later, and 0 means never. `standing` is what the
/// query may ask about the reader's own progress.
#[must_use]
pub fn select(
    library: &Library,
    curtains: &Curtains,
    query: &Query,
    arrangement: Arrangement,
    last_read: impl Fn(&Entry) -> u32,
    standing: Standing,
) -> (Vec<ReviewId>, Option<Suggestion>) {
    let read = |entry: &Arc<Entry>| Some((entry.id(), Some(last_read(entry)).filter(|read| *read > 0)?));
    let reads: Arc<HashMap<_, _>> = Arc::new(library.entries().filter_map(read).collect());
    if query.is_empty() {
        // Preparation only pays off for words.
        let ids: Vec<_> = library.entries().map(|entry| entry.id()).collect();
        let rows = sort::in_order(library, &ids, arrangement.order, arrangement.alphabet, &reads);
        return (rows.into_iter().map(|row| ids[row as usize]).collect(), None);
    }
    let job = Job {
        generation: 0,
        library: library.clone(),
        curtains: curtains.clone(),
        reads,
        standing,
        query: query.clone(),
        arrangement,
    };
    match Searcher::default().run(&job, || true) {
        Some(Found { rows: Rows::Plain(keys), suggestion, .. }) => (keys, suggestion),
        _ => (Vec::new(), None),
    }
}

#[cfg(test)]
mod tests;
