//! Letterboxd's `reviews.csv`, alone or in the ZIP of a whole export.
//!
//! Its CSV files carry no spoiler flag at all. Deleted and orphaned entries, and everything private, are never opened.

use std::io::{Cursor, Read};

use super::body::Dialect;
use super::html::Newline;
use super::sheet::Sheet;
use super::table::Table;
use super::{Batch, MAX_BYTES, Options};

const SHEET: Sheet = Sheet {
    id: &["letterboxd uri"],
    review: "review",
    dialect: Dialect::Html(Newline::Paragraph),
    title: "name",
    kind: "film",
    by: "",
    year: &["year"],
    date: &["watched date", "date"],
    rating: "rating",
    tags: "tags",
    own: |row, draft| draft.link = Some(row.get("letterboxd uri").into_owned()),
};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    if !bytes.starts_with(b"PK\x03\x04") {
        return read_csv(bytes, options);
    }
    match unpack(bytes) {
        Ok(csv) => read_csv(&csv, options),
        Err(reason) => Batch::failed(reason),
    }
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| "the ZIP file is damaged")?;
    let file = archive.by_name("reviews.csv").map_err(|_| "the ZIP file holds no reviews.csv at its top")?;
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

fn read_csv(bytes: &[u8], options: Options) -> Batch {
    let table = Table::csv(bytes);
    match table.has(SHEET.review) {
        true => SHEET.read(&table, options),
        false => {
            Batch::failed("this file of the export holds no reviews; import reviews.csv or the whole ZIP")
        }
    }
}
