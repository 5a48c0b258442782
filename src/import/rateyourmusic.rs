//! The CSV export of RateYourMusic. Its ratings count half stars, and it has no day and no flag.

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::{Row, Table};
use super::{Batch, Options};

const COLUMNS: Columns = Columns {
    id: &["rym album"],
    own_day: "",
    review: "review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "album",
    by: "last name",
    year: &["release_date"],
    date: "",
    other_dates: &[],
    rating: "rating",
    tags: "",
    own: |row, review| {
        review.scale = review.rating.and(Some(10.0));
        review.work.title = plain(&review.work.title);
        review.work.by = vec![artist(row)];
    },
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    COLUMNS.read(&Table::csv(bytes), options)
}

/// Bands have a last name only. The site writes signs as references of HTML.
fn artist(row: Row<'_>) -> String {
    plain(format!("{} {}", row.get("first name"), row.get("last name")).trim())
}

fn plain(text: &str) -> String {
    html_escape::decode_html_entities(text).into_owned()
}
