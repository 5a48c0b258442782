//! The CSV export of Hardcover, which says of each review whether it contains spoilers.

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

const COLUMNS: Columns = Columns {
    id: &["hardcover book id", "isbn 13", "isbn 10"],
    own_day: "date added",
    review: "review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "author",
    year: &[],
    date: "date finished",
    other_dates: &["review date", "date added"],
    rating: "rating",
    tags: "",
    own: |_, _| {},
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    COLUMNS.read(&Table::csv(bytes), options)
}
