//! Letterboxd's `reviews.csv`, alone or in the ZIP of a whole export.
//!
//! Its CSV files carry no spoiler flag at all. Deleted and orphaned entries, and everything private, are never opened.

use std::io::{Cursor, Read};

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

/// The most that is unpacked: no member's reviews are larger, and a file made to burst stops here.
const LARGEST: u64 = 256 << 20;

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
    let read =
        file.take(LARGEST + 1).read_to_end(&mut csv).map_err(|_| "reviews.csv in the ZIP file is damaged")?;
    if read as u64 > LARGEST {
        Err("reviews.csv in the ZIP file is larger than any real one")
    } else {
        Ok(csv)
    }
}

fn read_csv(bytes: &[u8], options: Options) -> Batch {
    let table = Table::csv(bytes);
    if !table.has("Review") {
        return Batch::failed(
            "this file of the export holds no reviews; import reviews.csv or the whole ZIP",
        );
    }
    let days: Vec<_> = table.rows().flat_map(|row| [row.get("watched date"), row.get("date")]).collect();
    let dates = Dates::settle(options.order, days.iter().map(|day| &**day));
    let mut batch = Batch { warnings: table.warnings.clone(), ..Batch::default() };
    for row in table.rows() {
        let text = row.get("review");
        if text.is_empty() {
            batch.without_text += 1;
            continue;
        }
        if row.get("name").is_empty() {
            batch.warn(row.number, "it has no film, and was left out");
            continue;
        }
        let mut draft = Draft {
            id: row.first_of(&["letterboxd uri", "name"]).into_owned(),
            rating: row.rating("rating"),
            tags: row.list("tags"),
            link: Some(row.get("letterboxd uri").into_owned()),
            work: Work {
                title: row.get("name").into_owned(),
                kind: Some("film".to_owned()),
                year: row.year(&["year"]),
                by: Vec::new(),
            },
            ..Draft::default()
        };
        draft.take_date(
            dates.read(&row.first_of(&["watched date", "date"])),
            row.number,
            &mut batch.warnings,
        );
        draft.take(&text, Dialect::Html(Newline::Paragraph));
        if draft.passages.is_empty() {
            batch.without_text += 1;
        } else {
            batch.drafts.push(draft);
        }
    }
    batch
}
