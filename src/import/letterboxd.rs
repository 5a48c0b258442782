//! Letterboxd's `reviews.csv`, alone or in the ZIP of a whole export.
//!
//! Its CSV files carry no spoiler flag at all. Deleted and orphaned entries, and everything private, are never opened.

use std::io::{Cursor, Read};

use super::body::Dialect;
use super::columns::Columns;
use super::html::Newline;
use super::table::Table;
use super::{Batch, MAX_BYTES, Options, encoding};

/// The most entries of an archive that are looked at: a whole export has a file for each list, and no other.
const MOST_ENTRIES: usize = 10_000;

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
    match is_zip(bytes) {
        true => read_csv(&encoding::utf8(&unpack(bytes)?), options),
        false => read_csv(bytes, options),
    }
}

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    if entries(bytes).is_none_or(|count| count > MOST_ENTRIES) {
        return Err("the ZIP file is damaged, or holds more files than any export");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "the ZIP file is damaged")?;
    let names: Vec<_> =
        archive.file_names().flatten().filter(|name| is_reviews(name)).map(String::from).collect();
    // One at the top is meant before one in a folder.
    let top = names.iter().position(|name| !name.contains('/'));
    let name = match (&names[..], top) {
        ([], _) => return Err("the ZIP file holds no reviews.csv of Letterboxd"),
        ([name], _) => name,
        (names, Some(top)) => &names[top],
        (_, None) => {
            return Err("the ZIP file holds several reviews.csv; unpack it and import the one that is meant");
        }
    };
    let file = archive.by_name(name).map_err(|_| "reviews.csv in the ZIP file is damaged")?;
    let mut csv = Vec::new();
    let read = file
        .take(MAX_BYTES + 1)
        .read_to_end(&mut csv)
        .map_err(|_| "reviews.csv in the ZIP file is damaged")?;
    if read as u64 > MAX_BYTES {
        Err("reviews.csv in the ZIP file is larger than any real one")
    } else {
        Ok(csv)
    }
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

/// How many entries an archive says that it has, which is written at its end, perhaps with a comment behind. To list them all
/// before they are counted would take memory for each.
fn entries(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    const COUNT: usize = 10;
    let last = &bytes[bytes.len().saturating_sub(22 + usize::from(u16::MAX))..];
    let end = &last[memchr::memmem::rfind(last, END)?..];
    let count = end.get(COUNT..COUNT + 2)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
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
