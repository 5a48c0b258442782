//! Letterboxd's `reviews.csv`, alone or in the ZIP of a whole export.
//!
//! Its CSV files carry no spoiler flag at all. Deleted and orphaned entries, and everything private, are never opened.

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options, archive, encoding};

const COLUMNS: Columns = Columns {
    id: &["letterboxd uri"],
    own_day: "",
    review: "review",
    dialect: Dialect::Html(Newline::Paragraph),
    title: "name",
    kind: "film",
    by: "",
    year: &["year"],
    date: "watched date",
    other_dates: &["date"],
    rating: "rating",
    tags: "tags",
    own: |row, review| review.link = Some(row.get("letterboxd uri").into_owned()),
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    match archive::is_zip(bytes) {
        true => read_csv(&encoding::utf8(&unpack(bytes)?), options),
        false => read_csv(bytes, options),
    }
}

/// The `reviews.csv` of an archive; one at the top is meant before one in a folder.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut names = archive::names(bytes)?;
    names.retain(|name| is_reviews(name));
    let top = names.iter().position(|name| !name.contains('/'));
    let name = match (&names[..], top) {
        ([], _) => return Err("the ZIP file holds no reviews.csv of Letterboxd"),
        ([name], _) => name,
        (names, Some(top)) => &names[top],
        (_, None) => {
            return Err("the ZIP file holds several reviews.csv; unpack it and import the one that is meant");
        }
    };
    Ok(archive::read(bytes, &[name])?.concat())
}

/// `reviews.csv`, at the top or in the folder of the export; not that of deleted entries, of orphaned ones, or of likes.
fn is_reviews(name: &str) -> bool {
    match name.rsplit_once('/') {
        None => name == "reviews.csv",
        Some((folder, name)) => {
            let is_other = matches!(folder, "deleted" | "orphaned" | "likes" | "lists" | "__MACOSX");
            name == "reviews.csv" && !folder.contains('/') && !is_other
        }
    }
}

fn read_csv(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let table = Table::csv(bytes);
    match table.has(COLUMNS.review) {
        true => COLUMNS.read(&table, options),
        false => {
            Err("this file of the export holds no reviews; import reviews.csv or the whole ZIP".to_owned())
        }
    }
}
