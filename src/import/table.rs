//! Tables with a header row: CSV and its kin, whatever their columns and their encoding.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use super::{Format, Warning};

/// The most rows that are read: each takes memory of its own, however little is in it.
const MOST: usize = 1_000_000;

/// A table, read whole. Columns are found by their names, so that others between them change nothing.
pub(super) struct Table {
    columns: HashMap<String, usize>,
    header: ByteRecord,
    rows: Vec<ByteRecord>,
    /// Rows that could not be read.
    pub(super) warnings: Vec<Warning>,
}

/// One row of a table.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    /// From 1, without the header.
    pub(super) number: usize,
    columns: &'t HashMap<String, usize>,
    record: &'t ByteRecord,
}

impl Table {
    /// Reads a comma-separated table.
    pub(super) fn csv(bytes: &[u8]) -> Self {
        Self::read(ReaderBuilder::new().flexible(true).has_headers(false), bytes)
    }

    /// Reads a tab-separated table, in which quotes mean nothing.
    pub(super) fn tsv(bytes: &[u8]) -> Self {
        Self::read(
            ReaderBuilder::new().flexible(true).has_headers(false).delimiter(b'\t').quoting(false),
            bytes,
        )
    }

    /// Gives a table that came without a header these column names.
    pub(super) fn with_header(bytes: &[u8], names: &[&str]) -> Self {
        let mut table = Self::csv(bytes);
        if !table.columns.contains_key(&names[0].to_lowercase()) {
            table.rows.insert(0, std::mem::take(&mut table.header));
            table.columns = names.iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect();
        }
        table
    }

    fn read(builder: &ReaderBuilder, bytes: &[u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut table = Table {
            columns: HashMap::new(),
            header: ByteRecord::new(),
            rows: Vec::new(),
            warnings: Vec::new(),
        };
        let mut is_header = true;
        for record in builder.from_reader(bytes).into_byte_records() {
            if table.rows.len() == MOST {
                table
                    .warnings
                    .push(Warning::of_file("it has more than a million rows; the others were left out"));
                break;
            }
            match record {
                Ok(record) if is_header => {
                    let name = |field| decode(field).trim().to_lowercase();
                    let named = record.iter().map(name).zip(0..);
                    table.columns = named.filter(|(name, _)| !name.is_empty()).collect();
                    table.header = record;
                    is_header = false;
                }
                Ok(record) => table.rows.push(record),
                Err(_) => table.warnings.push(Warning {
                    row: Some(table.rows.len() + 1),
                    reason: "it could not be read as a row of the table".to_owned(),
                }),
            }
        }
        table
    }

    /// Whether there is a column of this name, in any case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&name.to_lowercase())
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().zip(1..).map(|(record, number)| Row { number, columns: &self.columns, record })
    }
}

impl<'t> Row<'t> {
    /// The field of a column, trimmed; empty where there is none.
    pub(super) fn get(&self, name: &str) -> Cow<'t, str> {
        let field = self.columns.get(name).and_then(|at| self.record.get(*at)).unwrap_or_default();
        match decode(field) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }

    /// The field of the first of several columns that has something in it.
    pub(super) fn first_of(&self, names: &[&str]) -> Cow<'t, str> {
        names.iter().map(|name| self.get(name)).find(|field| !field.is_empty()).unwrap_or_default()
    }

    /// A list with commas.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.get(name).split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }

    /// A number; none for 0, which the sites write for "not rated".
    pub(super) fn rating(&self, name: &str) -> Option<f64> {
        self.get(name).parse().ok().filter(|points| *points > 0.0)
    }
}

/// Text that is not UTF-8 was written on Windows: each byte is a character of code page 1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes
            .iter()
            .map(|byte| match byte {
                0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
                byte => char::from(*byte),
            })
            .collect::<String>()
            .into(),
    }
}

/// The format of a table whose columns are known.
pub(super) fn format(bytes: &[u8]) -> Option<Format> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line).to_lowercase();
    let fields =
        |sign| line.split(sign).map(|name| name.trim().trim_matches('"').to_owned()).collect::<Vec<_>>();
    let (commas, tabs) = (fields(','), fields('\t'));
    let has =
        |fields: &[String], names: &[&str]| names.iter().all(|name| fields.iter().any(|field| field == name));
    let first_is_number = commas[0].len() > 1 && commas[0].bytes().all(|b| b.is_ascii_digit());
    let known: &[(bool, Format)] = &[
        (has(&tabs, &["title", "primary author"]), Format::Librarything),
        (has(&commas, &["review_content"]), Format::Bookwyrm),
        (has(&commas, &["title", "my rating"]), Format::Goodreads),
        (has(&commas, &["title", "my review"]), Format::Goodreads),
        (has(&commas, &["title", "star rating", "read status"]), Format::Storygraph),
        (has(&commas, &["name", "letterboxd uri"]), Format::Letterboxd),
        // A Goodreads table without its header begins with a number, and holds ISBNs as formulas.
        (first_is_number && line.contains("=\"\""), Format::Goodreads),
    ];
    known.iter().find(|(is_it, _)| *is_it).map(|(_, format)| *format)
}

/// Whether a file is some table: two first lines with the same separators, and several of them.
pub(super) fn is_table(bytes: &[u8]) -> bool {
    let lines: Vec<_> = bytes.split(|b| *b == b'\n').take(2).collect();
    let [first, second] = lines[..] else { return false };
    let count = |line: &[u8], sign| line.iter().filter(|b| **b == sign).count();
    let is_parted = |sign| count(first, sign) >= 3 && count(second, sign) >= 3;
    is_parted(b'\t') || (is_parted(b',') && !first.contains(&b'.'))
}
