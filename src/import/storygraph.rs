//! The CSV export of StoryGraph.

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

const COLUMNS: Columns = Columns {
    id: &["isbn/uid"],
    own_day: "date added",
    review: "review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "authors",
    year: &[],
    date: "last date read",
    other_dates: &[],
    rating: "star rating",
    tags: "tags",
    own: |_, _| {},
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    COLUMNS.read(&Table::csv(bytes), options)
}
