//! The query language: grammar, values, error messages and printing.
//!
//! It knows nothing of reviews, files or terminals; [`find`](crate::find) decides what a query matches.
//!
//! # The language
//!
//! ```text
//! query  = all ("or" all)*
//! all    = item ("and"? item)*           all of them must match
//! item   = ("-" | "not") item | "(" query ")" | '"' text '"' | key ":" value | key compare value | word
//! value  = '"' text '"' | word
//!
//! word                 its letters in this order in headline, work, a creator, reviewer or a tag; accents are ignored
//! "words"              exactly these words in a row, whatever separates them, there or in any visible text
//! title: kind: by: tag: reviewer:     one of its words starts like this
//! year: rating: date:  a, a..b, a.., ..b, >a, >=a, <a, <=a; the colon before a comparison can be left out
//!                      years as 1972, 1970s or 70s; ratings in stars of five, or on a scale as 8/10;
//!                      days as 2012, 2012-02 or 2012-02-05
//! progress:            as year:, how many chapters or episodes the reader has finished
//! at:                  the point that the reader is at: 9, S02E05, "part: NAME"
//! is:                  read, unread, problem; opened (by progress, and not read yet), started, finished (the work)
//! has:                 spoilers, rating
//! ```
//!
//! `or` binds looser than `and`, which may be left out. Case is ignored.

mod complete;
mod error;
mod parse;
mod tree;
mod value;

pub use complete::complete;
pub use error::Error;
pub use parse::{Parsed, parse};
pub use tree::{Feature, Field, Query, Span, State, Term, Text};

pub(crate) use value::{SIMILAR, similarity};

#[cfg(test)]
mod tests;
