//! Tables with a header row: CSV and similar formats, with any columns and encoding.

use std::borrow::Cow;
use std::collections::HashMap;

use csv::{ByteRecord, ReaderBuilder};

use super::Warning;
use super::encoding::decode;
use super::fields;

/// The maximum number of rows: each takes memory, however little it contains.
const MOST: usize = 1_000_000;

/// A whole table. Columns are found by name, so additional ones do not matter.
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
    /// How many columns the table has.
    width: usize,
    columns: &'t HashMap<String, usize>,
    record: &'t ByteRecord,
}

impl Table {
    /// Parses a comma-separated table.
    pub(super) fn csv(bytes: &[u8]) -> Self {
        Self::read(ReaderBuilder::new().flexible(true).has_headers(false), bytes)
    }

    /// Parses a tab-separated table, in which quotes have no meaning.
    pub(super) fn tsv(bytes: &[u8]) -> Self {
        Self::read(
            ReaderBuilder::new().flexible(true).has_headers(false).delimiter(b'\t').quoting(false),
            bytes,
        )
    }

    /// Names the columns of a table without a header.
    pub(super) fn with_header(mut self, names: &[&str]) -> Self {
        self.rows.insert(0, std::mem::take(&mut self.header));
        self.header = ByteRecord::from(names.to_vec());
        self.columns = names.iter().enumerate().map(|(at, name)| (name.to_lowercase(), at)).collect();
        self
    }

    fn read(builder: &ReaderBuilder, bytes: &[u8]) -> Self {
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

    /// Whether there is a column with this name, in any case.
    pub(super) fn has(&self, name: &str) -> bool {
        self.columns.contains_key(&name.to_lowercase())
    }

    /// The names of the columns that are about spoilers, whatever the site calls them.
    pub(super) fn spoiler_columns(&self) -> Vec<&str> {
        let names = self.columns.keys().map(String::as_str);
        names.filter(|name| fields::mentions_spoilers(name)).collect()
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let width = self.header.len();
        let row = move |(record, number)| Row { number, width, columns: &self.columns, record };
        self.rows.iter().zip(1..).map(row)
    }

    /// The first row of a table, which is its header if it has one.
    pub(super) fn first(&self) -> &ByteRecord {
        &self.header
    }
}

impl<'t> Row<'t> {
    /// The field of a column, trimmed; empty if there is none.
    pub(super) fn get(&self, name: &str) -> Cow<'t, str> {
        let field = self.columns.get(name).and_then(|at| self.record.get(*at)).unwrap_or_default();
        match decode(field) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        }
    }

    /// The first field that is not empty among several columns.
    pub(super) fn first_of(&self, names: &[&str]) -> Cow<'t, str> {
        names.iter().map(|name| self.get(name)).find(|field| !field.is_empty()).unwrap_or_default()
    }

    /// A comma-separated list.
    pub(super) fn list(&self, name: &str) -> Vec<String> {
        self.get(name).split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
    }

    /// Whether the number of fields differs from that of the columns: then their names say nothing about the fields.
    pub(super) fn is_ragged(&self) -> bool {
        self.record.len() != self.width
    }
}
