//! The CSV export of StoryGraph.

use super::body::Dialect;
use super::html::Newline;
use super::sheet::Sheet;
use super::table::Table;
use super::{Batch, Options};

const SHEET: Sheet = Sheet {
    id: &["isbn/uid"],
    review: "review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "authors",
    year: &[],
    date: &["last date read"],
    rating: "star rating",
    tags: "tags",
    own: |_, _| {},
};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    SHEET.read(&Table::csv(bytes), options)
}
