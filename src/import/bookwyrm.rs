//! The CSV export of BookWyrm, whose content warnings hide a whole review.

use super::body::Dialect;
use super::columns::Columns;
use super::table::Table;
use super::{Batch, Options};

const COLUMNS: Columns = Columns {
    id: &["remote_id", "openlibrary_key", "isbn_13", "isbn_10"],
    own_day: "review_published",
    review: "review_content",
    dialect: Dialect::Markdown,
    title: "title",
    kind: "book",
    by: "author_text",
    year: &[],
    date: "review_published",
    other_dates: &["finish_date", "start_date"],
    rating: "rating",
    tags: "",
    own: |row, review| {
        review.title = Some(row.get("review_name").into_owned());
        review.cover = Some(row.get("review_cw").into_owned()).filter(|warning| !warning.is_empty());
    },
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    COLUMNS.read(&Table::csv(bytes), options)
}
