//! Finding: the query language, matching, full text, orders and groups.
//!
//! All of it is pure: large libraries are searched on all cores, which are done before the answer is given. It knows
//! nothing of terminals or clocks, and it never looks behind a curtain: words are matched against what is always visible,
//! and text is asked of [`Review`](crate::review::Review) against the state of the [`Curtains`], as the screen asks. What is
//! hidden matches nothing, adds to no count and changes no order.
//!
//! # The language
//!
//! ```text
//! query  = all ("or" all)*
//! all    = item*                         every one of them must hold
//! item   = ("-" | "not") item | "(" query ")" | '"' text '"' | key ":" value | word
//! value  = '"' text '"' | word
//!
//! word                 its letters in this order in headline, work, a creator, reviewer or a tag; accents do not count
//! "words"              as they are written, one after another whatever stands between them, there or in all text that
//!                      may be seen
//! title: kind: by: tag: reviewer:     a word of it begins like this
//! year: rating: date:  a, a..b, a.., ..b, >a, >=a, <a, <=a
//!                      years as 1972, 1970s or 70s; ratings in stars of five, or on a scale as 8/10;
//!                      days as 2012, 2012-02 or 2012-02-05
//! is:                  read, unread, problem
//! has:                 spoilers, rating
//! ```
//!
//! `or` binds looser than standing side by side. Case does not count.

mod alphabet;
mod check;
mod dictionary;
mod fuzzy;
mod group;
mod index;
mod instead;
mod pair;
mod parse;
mod points;
mod query;
mod scan;
mod score;
mod search;
mod sort;
mod text;
mod value;

pub use alphabet::Alphabet;
pub use fuzzy::Fuzzy;
pub use group::{Gathered, Group};
pub use instead::Instead;
pub use parse::{Error, Typed, typed};
pub use query::{Feature, Field, Query, Span, State, Term, Text};
pub use search::{Arrangement, Found, Job, Rows, Searcher, misses};
pub use sort::{NotASort, Order, Rank, Sort, newest_first, rank};
pub use text::{Hit, Pattern, Phrases, first_hit};

use crate::curtain::{Curtains, ReviewId};
use crate::library::{Entry, Library};

/// The files that answer a query, in an order, as a list outside of the program wants them. `last_read` tells when a file
/// was last read: larger is later, 0 is not yet.
#[must_use]
pub fn select(
    library: &Library,
    curtains: &Curtains,
    query: &Query,
    arrangement: Arrangement,
    last_read: impl Fn(&Entry) -> u32,
) -> Vec<ReviewId> {
    let mut reads = vec![0; library.slots()];
    for entry in library.entries() {
        reads[entry.id().index()] = last_read(entry);
    }
    let job = Job {
        generation: 0,
        library: library.clone(),
        curtains: curtains.clone(),
        reads: reads.into(),
        query: query.clone(),
        arrangement,
    };
    match Searcher::default().run(&job, || true).map(|found| found.rows) {
        Some(Rows::Plain(keys)) => keys,
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
