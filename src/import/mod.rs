//! Other people's formats to review files.
//!
//! A format is recognised by its header names or its shape, never by the name of its file. Each reader is a function of
//! bytes, and one bad row never stops the rest. Whatever a source marks as a spoiler is behind a curtain in the file that
//! [`Draft::to_toml`] writes, and a warning never quotes a row. This module knows neither folders nor terminals.

mod body;
mod bookwyrm;
mod dates;
mod draft;
mod elements;
mod front;
mod goodreads;
mod html;
mod letterboxd;
mod librarything;
mod marks;
mod rss;
mod sheet;
mod storygraph;
mod table;
mod text;

use std::fmt;

pub use dates::Order;
pub use draft::{Draft, Made, file_name};
use marks::is_warning_line;

/// Where a file comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The CSV export of Goodreads
    Goodreads,
    /// reviews.csv of Letterboxd, or its whole export as a ZIP
    Letterboxd,
    /// The RSS feed of a Letterboxd member
    LetterboxdRss,
    /// The CSV export of StoryGraph
    Storygraph,
    /// The CSV export of BookWyrm
    Bookwyrm,
    /// The tab-separated export of LibraryThing
    Librarything,
    /// Text or Markdown, with front matter or without
    Text,
}

impl Format {
    /// Its name, which stays the same: what is imported is found again by it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Goodreads => "goodreads",
            Format::Letterboxd => "letterboxd",
            Format::LetterboxdRss => "letterboxd-rss",
            Format::Storygraph => "storygraph",
            Format::Bookwyrm => "bookwyrm",
            Format::Librarything => "librarything",
            Format::Text => "text",
        }
    }

    /// What a source cannot say, where its reviews may hold spoilers that nothing marks.
    #[must_use]
    pub fn caveat(self) -> Option<&'static str> {
        (self == Format::Letterboxd).then_some(
            "Letterboxd leaves its spoiler flag out of this export, so unmarked spoilers are open; \
             --curtain all puts every review behind a curtain",
        )
    }
}

/// The largest file that is read, in bytes, and the most that is unpacked of one: nobody has written more reviews than that.
pub const MAX_BYTES: u64 = 64 << 20;

/// How to read a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether 2/5/2012 is in February or in May, where the file itself does not say.
    pub order: Option<Order>,
    /// Puts every review behind a curtain as a whole.
    pub curtain_all: bool,
}

/// Something that a person should know about one row, in words that do not quote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The row of a table, from 1 and without its header, or nothing for the file as a whole.
    pub row: Option<usize>,
    /// What is the matter.
    pub reason: String,
}

impl Warning {
    fn of_file(reason: impl Into<String>) -> Self {
        Warning { row: None, reason: reason.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// What was in a file.
#[derive(Debug, Default)]
pub struct Batch {
    /// The reviews, in the order of the file.
    pub drafts: Vec<Draft>,
    /// Rows without a review, such as books that were only rated.
    pub without_text: usize,
    /// What went wrong, or was left out.
    pub warnings: Vec<Warning>,
}

impl Batch {
    fn failed(reason: impl Into<String>) -> Self {
        Batch { warnings: vec![Warning::of_file(reason)], ..Batch::default() }
    }

    fn warn(&mut self, row: usize, reason: impl Into<String>) {
        self.warnings.push(Warning { row: Some(row), reason: reason.into() });
    }

    /// Gives each review an id of its own, whatever the file says.
    fn tell_apart(mut self) -> Self {
        let mut seen = std::collections::HashMap::<String, usize>::new();
        for draft in &mut self.drafts {
            let times = seen.entry(draft.id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                draft.id = format!("{}#{times}", draft.id);
            }
        }
        self
    }
}

/// The format of a file, told by what is in it.
///
/// # Errors
/// If it cannot be told, with the reason in words.
pub fn recognise(bytes: &[u8]) -> Result<Format, String> {
    if bytes.iter().all(|b| *b == 0 || b.is_ascii_whitespace()) {
        return Err(match bytes.contains(&0) {
            true => {
                "the file holds nothing but NUL bytes: its download went wrong; export it again".to_owned()
            }
            false => "the file is empty".to_owned(),
        });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Format::Letterboxd);
    }
    if rss::is_rss(bytes) {
        return Ok(Format::LetterboxdRss);
    }
    if let Some(format) = table::format(bytes) {
        return Ok(format);
    }
    if bytes.contains(&0) {
        return Err("the file holds binary data, and is no export that is known".to_owned());
    }
    if table::is_table(bytes) {
        return Err("the file is a table with unknown columns; name its format with --from".to_owned());
    }
    Ok(Format::Text)
}

/// Reads a file. `name` is what the review of a text file is found again by.
#[must_use]
pub fn read(format: Format, name: &str, bytes: &[u8], options: Options) -> Batch {
    let mut batch = match format {
        Format::Goodreads => goodreads::read(bytes, options),
        Format::Letterboxd => letterboxd::read(bytes, options),
        Format::LetterboxdRss => rss::read(bytes, options),
        Format::Storygraph => storygraph::read(bytes, options),
        Format::Bookwyrm => bookwyrm::read(bytes, options),
        Format::Librarything => librarything::read(bytes, options),
        Format::Text => text::read(name, bytes, options),
    }
    .tell_apart();
    if options.curtain_all {
        for draft in &mut batch.drafts {
            draft.spoilers = true;
        }
    }
    batch
}

#[cfg(test)]
mod tests;
