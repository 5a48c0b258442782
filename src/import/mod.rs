//! Converts other people's formats to review files.
//!
//! A format is recognised by its header names or its structure, never by the name of the file. Each reader is a
//! function of bytes, and one bad row never stops the rest. Whatever a source marks as a spoiler is behind a curtain in
//! the file that [`ImportedReview::to_toml`] writes, and warnings never quote a row. This module knows neither folders
//! nor terminals.

mod activitypub;
mod archive;
mod atproto;
mod body;
mod book_graph;
mod bookwyrm;
mod boxes;
mod checksum;
mod columns;
mod comments;
mod dates;
mod elements;
mod encoding;
pub(crate) mod exported;
mod feed;
mod fields;
pub mod folder;
mod front;
mod goodreads;
mod hardcover;
mod headings;
mod html;
mod imdb;
mod imported;
mod json;
mod letterboxd;
mod librarything;
mod marks;
mod neodb;
mod page;
pub mod positions;
mod rateyourmusic;
mod rating;
mod rss;
mod serializd;
mod shape;
mod steam;
mod storygraph;
mod table;
mod text;
mod trakt;
mod wiki;

use std::fmt;

pub(crate) use checksum::checksum;
pub use dates::Order;
pub use imported::{ImportedReview, Made, file_name};
use shape::Shape;

/// The source of a file.
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
    /// The CSV export of Hardcover
    Hardcover,
    /// The CSV export of RateYourMusic
    Rateyourmusic,
    /// Reviews of Steam as JSON
    Steam,
    /// comments-….json of Trakt's export, or the whole export as a ZIP
    Trakt,
    /// A diary of Serializd as JSON
    Serializd,
    /// The spoiler records of the UCSD Book Graph
    BookGraph,
    /// The set of IMDb reviews with a flag for spoilers
    ImdbSpoilers,
    /// The NDJSON export of NeoDB, a ZIP, or journal.ndjson of it
    Neodb,
    /// An outbox or a collection of BookWyrm, NeoDB or Mastodon, or the ZIP that Mastodon exports
    Activitypub,
    /// Records of an ATProto repository, such as those of Popfeed
    Atproto,
    /// The feed of any blog: RSS, Atom or JSON Feed
    Feed,
    /// A saved web page with a Review in JSON-LD, or with an h-review
    Page,
    /// Text or Markdown, with front matter or without
    Text,
}

impl Format {
    /// Its stable name, which is part of how an imported review is found again.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Goodreads => "goodreads",
            Format::Letterboxd => "letterboxd",
            Format::LetterboxdRss => "letterboxd-rss",
            Format::Storygraph => "storygraph",
            Format::Bookwyrm => "bookwyrm",
            Format::Librarything => "librarything",
            Format::Hardcover => "hardcover",
            Format::Rateyourmusic => "rateyourmusic",
            Format::Steam => "steam",
            Format::Trakt => "trakt",
            Format::Serializd => "serializd",
            Format::BookGraph => "book-graph",
            Format::ImdbSpoilers => "imdb-spoilers",
            Format::Neodb => "neodb",
            Format::Activitypub => "activitypub",
            Format::Atproto => "atproto",
            Format::Feed => "feed",
            Format::Page => "page",
            Format::Text => "text",
        }
    }

    /// Whether its id for a review is that of the work, which is the same in every member's export.
    fn has_shared_ids(self) -> bool {
        matches!(
            self,
            Format::Goodreads
                | Format::Storygraph
                | Format::Bookwyrm
                | Format::Hardcover
                | Format::Rateyourmusic
        )
    }

    /// Whether each line of a file is a separate record, so that a file can be read in parts.
    #[must_use]
    pub fn is_by_line(self) -> bool {
        matches!(self, Format::BookGraph | Format::ImdbSpoilers)
    }

    /// What a source cannot say, if its reviews may contain spoilers that nothing marks.
    #[must_use]
    pub fn caveat(self) -> Option<&'static str> {
        (self == Format::Letterboxd).then_some(
            "Letterboxd leaves its spoiler flag out of this export, so unmarked spoilers are open; \
             --curtain all puts every review behind a curtain",
        )
    }
}

/// The maximum size of a file in bytes, and of its unpacked contents: nobody has written more reviews than that.
pub const MAX_BYTES: u64 = 64 << 20;

/// The maximum number of reviews in one file: an archive of a few bytes could contain millions.
pub const MAX_REVIEWS: usize = 100_000;

/// Which reviews are hidden as a whole, regardless of their marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Curtain {
    /// Every review
    All,
    /// None but those that are marked
    None,
}

/// How to read a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// Whether 2/5/2012 is in February or in May, if the file itself does not say.
    pub order: Option<Order>,
    /// What is hidden besides what is marked; by default, the reviews of a feed without any marks.
    pub curtain: Option<Curtain>,
}

/// Something a person should know about a row, in words that do not quote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The row of a table, from 1 and without its header, or `None` for the file as a whole.
    pub row: Option<usize>,
    /// What is the matter.
    pub reason: String,
}

impl Warning {
    fn of_file(reason: impl Into<String>) -> Self {
        Warning { row: None, reason: reason.into() }
    }
}

/// A line of the source from which something is hidden without a pair of marks, which somebody should check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    /// The line, from 1: in a text, its own; in a table, that of the row's review.
    pub line: usize,
    /// The reason, in words that quote nothing.
    pub reason: &'static str,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.row {
            Some(row) => write!(f, "row {row}: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// The contents of a file.
#[derive(Debug, Default)]
pub struct Batch {
    /// The reviews, in the order of the file.
    pub reviews: Vec<ImportedReview>,
    /// Rows without a review, such as books that were only rated.
    pub without_text: usize,
    /// What went wrong, or was left out.
    pub warnings: Vec<Warning>,
}

impl Batch {
    /// Adds a review, without fields that must not be shown.
    fn push(&mut self, row: Option<usize>, mut review: ImportedReview) {
        let told = review.close_fields();
        self.warnings.extend(told.into_iter().map(|reason| Warning { row, reason }));
        // It goes into the manifest, which everybody can read.
        if let Some(row) = row.filter(|_| fields::holds_mark(&review.id)) {
            review.id = format!("row {row}");
        }
        review.row = row;
        self.reviews.push(review);
    }

    fn warn(&mut self, row: usize, reason: impl Into<String>) {
        self.warnings.push(Warning { row: Some(row), reason: reason.into() });
    }

    fn warn_of_file(&mut self, reason: impl Into<String>) {
        self.warnings.push(Warning::of_file(reason));
    }

    /// Distinguishes the reviews of one member from those of others: by a day that is theirs, or else by their file.
    fn tell_members_apart(&mut self, name: &str) {
        for review in &mut self.reviews {
            let own = review.own_day.as_deref().unwrap_or(name);
            review.id = format!("{}@{own}", review.id);
        }
    }

    /// Renumbers the rows, because this is a later part of a file.
    pub fn move_down(&mut self, rows: usize) {
        let numbers = self.warnings.iter_mut().map(|warning| &mut warning.row);
        let numbers = numbers.chain(self.reviews.iter_mut().map(|review| &mut review.row));
        numbers.flatten().for_each(|row| *row += rows);
    }

    /// Adds the contents of a file in a folder. Its warnings name the file.
    pub fn add(&mut self, other: Batch, file: &str) {
        self.reviews.extend(other.reviews);
        self.without_text += other.without_text;
        self.warnings.extend(
            other
                .warnings
                .into_iter()
                .map(|Warning { row, reason }| Warning { row, reason: format!("{file}: {reason}") }),
        );
    }

    /// Adds a warning about a file of a folder.
    pub fn add_warning(&mut self, reason: String) {
        self.warnings.push(Warning::of_file(reason));
    }

    /// Gives each review a unique id, whatever the file says.
    fn tell_apart(mut self) -> Self {
        let mut seen = std::collections::HashMap::<String, usize>::new();
        for review in &mut self.reviews {
            let times = seen.entry(review.id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                review.id = format!("{}#{times}", review.id);
            }
        }
        self
    }
}

/// Recognises the format of a file by its contents.
///
/// # Errors
/// If it is not recognised, with the reason in words.
pub fn recognise(bytes: &[u8]) -> Result<Format, String> {
    match shape::of(&encoding::utf8(bytes)) {
        Shape::Export(format) => Ok(format),
        Shape::Prose => Ok(Format::Text),
        Shape::Table => Err("the file is a table whose columns are not known".to_owned()),
        Shape::Other(what) => Err(what.to_owned()),
    }
}

/// Reads a file. `name` is what a review is found again by where its file says nothing better.
///
/// # Errors
/// If the file is of another format or of none, or holds nothing that could be read, with the reason in words.
pub fn read(format: Format, name: &str, bytes: &[u8], options: Options) -> Result<Batch, String> {
    let bytes = encoding::utf8(bytes);
    admit(format, shape::of(&bytes))?;
    let mut batch = match format {
        Format::Goodreads => goodreads::read(&bytes, options),
        Format::Letterboxd => letterboxd::read(&bytes, options),
        Format::LetterboxdRss => rss::read(&bytes, options),
        Format::Storygraph => storygraph::read(&bytes, options),
        Format::Bookwyrm => bookwyrm::read(&bytes, options),
        Format::Librarything => librarything::read(&bytes, options),
        Format::Hardcover => hardcover::read(&bytes, options),
        Format::Rateyourmusic => rateyourmusic::read(&bytes, options),
        Format::Steam => steam::read(name, &bytes, options),
        Format::Trakt => trakt::read(&bytes, options),
        Format::Serializd => serializd::read(&bytes, options),
        Format::BookGraph => book_graph::read(&bytes, options),
        Format::ImdbSpoilers => imdb::read(&bytes, options),
        Format::Neodb => neodb::read(&bytes, options),
        Format::Activitypub => activitypub::read(&bytes, options),
        Format::Atproto => atproto::read(&bytes, options),
        Format::Feed => feed::read(&bytes, options),
        Format::Page => page::read(&bytes, options),
        Format::Text => text::read(name, &bytes, options),
    }?;
    if format.has_shared_ids() {
        batch.tell_members_apart(name);
    }
    let mut batch = batch.tell_apart();
    if options.curtain == Some(Curtain::All) {
        batch.reviews.iter_mut().for_each(|review| review.spoilers = true);
    }
    Ok(batch)
}

/// Lets a file in that may be of this format. A table may have other columns than are known of its site.
fn admit(format: Format, shape: Shape) -> Result<(), String> {
    let is_table = matches!(
        format,
        Format::Goodreads
            | Format::Letterboxd
            | Format::Storygraph
            | Format::Bookwyrm
            | Format::Librarything
            | Format::Hardcover
            | Format::Rateyourmusic
    );
    match shape {
        Shape::Export(found) if found != format => {
            Err(format!("it is not what --from says, but an export of another kind: {}", found.name()))
        }
        Shape::Other(what) => Err(what.to_owned()),
        Shape::Table if !is_table => Err("the file is a table, and not what --from says".to_owned()),
        Shape::Prose if format != Format::Text => {
            Err(format!("it is text, and not what --from says: {}", format.name()))
        }
        Shape::Export(_) | Shape::Table | Shape::Prose => Ok(()),
    }
}

#[cfg(test)]
mod door_tests;
#[cfg(test)]
mod exported_tests;
#[cfg(test)]
mod sources_tests;
#[cfg(test)]
mod tests;
