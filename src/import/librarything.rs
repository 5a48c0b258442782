//! The tab-separated export of LibraryThing, which is not always UTF-8.

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

const COLUMNS: Columns = Columns {
    id: &["book id"],
    own_day: "",
    review: "review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "primary author",
    year: &["date"],
    date: "date read",
    other_dates: &["entry date"],
    rating: "rating",
    tags: "tags",
    own: |row, review| review.work.by = vec![in_reading_order(&row.get("primary author"))],
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    COLUMNS.read(&Table::tsv(bytes), options)
}

/// `Cather, Willa` as `Willa Cather`.
fn in_reading_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}
