//! A review: plain data, and the TOML file that it is read from.
//!
//! [`Parser`] takes a file apart once, into types that cannot say wrong things: paragraphs that anybody may read are in
//! the open text, and whatever a mark hides is in [`Hidden`], which gives it out only against a proof that its curtains
//! are lifted. This module knows the format. It knows nothing of files, widths or terminals.

mod build;
mod clean;
mod date;
mod doubts;
mod fault;
mod hidden;
mod lint;
mod marks;
mod plain;
mod rating;
mod raw;
mod schema;
mod store;

use std::fmt;
use std::sync::Arc;

use store::Slice;

pub use clean::{line as clean_line, text as clean_text};
pub use date::Date;
pub use fault::Fault;
pub use hidden::Hidden;
pub use lint::lint;
pub use rating::{Rating, RatingError};

use crate::curtain::{Curtains, Hung, Lifted, Rail, ReviewKey, Spot};

/// What stands between the tags of a review that is all behind a curtain, as they are read once it is lifted.
pub(crate) const BETWEEN_TAGS: &str = " · ";

/// The largest file that is read, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// The character that stands for a hidden span in a passage's text: U+FFFC, the object replacement character. Text from
/// a file never holds it.
pub const VEIL: char = '\u{fffc}';

/// One review.
pub struct Review {
    /// Shared with reviews that were read together.
    open: Arc<str>,
    hidden: Hidden,
    rail: Rail,
    title: Slice,
    reviewer: Slice,
    tags: Slice,
    link: Slice,
    rating: Option<Rating>,
    date: Option<Date>,
    work: Work,
    passages: Box<[Passage]>,
    /// From the first to the last passage that no curtain hangs over. It is kept since a search asks it of every review,
    /// and would else wait for the memory of all their passages.
    readable: Slice,
}

/// The work that a review is about, as places in the review's open text.
#[derive(Debug, Default)]
struct Work {
    title: Slice,
    kind: Slice,
    year: Option<i16>,
    by: Slice,
    unit: Slice,
}

/// One or more paragraphs that share one curtain or none.
#[derive(Debug)]
struct Passage {
    label: Slice,
    /// Empty where the text is hidden. The slices stand in their memory in the order of the passages.
    text: Slice,
}

impl Review {
    /// The headline: the review's own title, else the title of the work.
    #[must_use]
    pub fn headline(&self) -> &str {
        self.title.some_of(&self.open).unwrap_or_else(|| self.work_title())
    }

    /// Whether the review has a title of its own.
    #[must_use]
    pub fn has_title(&self) -> bool {
        self.title.some_of(&self.open).is_some()
    }

    /// The title of the work; never empty.
    #[must_use]
    pub fn work_title(&self) -> &str {
        self.work.title.of(&self.open)
    }

    /// What the work is: film, book, or any other word.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.work.kind.some_of(&self.open)
    }

    /// The year the work came out; negative before our era.
    #[must_use]
    pub fn year(&self) -> Option<i16> {
        self.work.year
    }

    /// Who made the work.
    pub fn by(&self) -> impl Iterator<Item = &str> {
        self.work.by.of(&self.open).lines()
    }

    /// What the work's gates count: chapter, act, level.
    #[must_use]
    pub fn unit(&self) -> Option<&str> {
        self.work.unit.some_of(&self.open)
    }

    /// Who wrote the review.
    #[must_use]
    pub fn reviewer(&self) -> Option<&str> {
        self.reviewer.some_of(&self.open)
    }

    /// When it was written.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// What the reviewer gave.
    #[must_use]
    pub fn rating(&self) -> Option<Rating> {
        self.rating
    }

    /// Its tags; none where the whole review is behind a curtain.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.tags.of(&self.open).lines()
    }

    /// Its web address; none where the whole review is behind a curtain.
    #[must_use]
    pub fn link(&self) -> Option<&str> {
        self.link.some_of(&self.open)
    }

    /// How many passages it has.
    #[must_use]
    pub fn passage_count(&self) -> u32 {
        u32::try_from(self.passages.len()).expect("a file of 8 MiB has fewer passages than that")
    }

    /// The label on a passage's curtain, safe to read.
    #[must_use]
    pub fn label(&self, passage: u32) -> Option<&str> {
        self.passages.get(passage as usize)?.label.some_of(&self.open)
    }

    /// Its curtains.
    #[must_use]
    pub fn rail(&self) -> &Rail {
        &self.rail
    }

    /// Whether the whole review is behind a curtain.
    #[must_use]
    pub fn is_curtained(&self) -> bool {
        self.rail.at(Spot::REVIEW).is_some()
    }

    /// The review as its curtains see it, under the name it goes by in this run.
    #[must_use]
    pub fn hung(&self, key: ReviewKey) -> Hung<'_> {
        let work = [self.work_title(), self.kind().unwrap_or_default(), self.unit().unwrap_or_default()];
        Hung { review: key, work, rail: &self.rail }
    }

    /// A passage's text, if it may be seen, with a [`VEIL`] in place of each span.
    #[must_use]
    pub fn passage(&self, key: ReviewKey, curtains: &Curtains, number: u32) -> Option<&str> {
        let spot = Spot::passage(number);
        let lifted = curtains.lifted(self.hung(key), spot)?;
        match self.hidden.holds(spot) {
            true => Some(self.hidden.text(&lifted)),
            false => Some(self.passages.get(number as usize)?.text.of(&self.open)),
        }
    }

    /// All of its text at once, one passage after another, if it hides nothing. No words reach from one into the next.
    pub(crate) fn open_text(&self) -> Option<&str> {
        self.rail.is_empty().then(|| self.readable.of(&self.open))
    }

    /// The text behind a curtain, against the proof that it is lifted.
    #[must_use]
    pub fn behind(&self, lifted: &Lifted) -> &str {
        self.hidden.text(lifted)
    }
}

/// Reads review files, one after another, with scratch space that it keeps.
#[derive(Default)]
pub struct Parser {
    tokens: Vec<toml_parser::lexer::Token>,
    stores: build::Stores,
}

impl Parser {
    /// Reads the bytes of one file.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in words that do not quote it.
    pub fn parse(&mut self, bytes: &[u8]) -> Result<Review, Vec<Fault>> {
        let mut draft = self.draft(bytes)?;
        self.stores.bind(&mut [&mut draft.0]);
        Ok(draft.0)
    }

    /// The reviews that were drafted since the last time, in the order given.
    pub fn finish(&mut self, drafts: Vec<Draft>) -> impl Iterator<Item = Review> + use<> {
        let mut reviews: Vec<_> = drafts.into_iter().map(|draft| draft.0).collect();
        self.stores.bind(&mut reviews.iter_mut().collect::<Vec<_>>());
        reviews.into_iter()
    }

    /// Reads the bytes of one of several files, whose reviews will share the memory that their texts take.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in words that do not quote it.
    pub fn draft(&mut self, bytes: &[u8]) -> Result<Draft, Vec<Fault>> {
        if bytes.len() > MAX_BYTES {
            let reason = format!("larger than {} MiB, which no review is", MAX_BYTES >> 20);
            return Err(vec![Fault::whole(reason)]);
        }
        let source = std::str::from_utf8(bytes).map_err(|error| vec![not_utf8(bytes, error)])?;
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let raw = match plain::read(source, &mut self.tokens) {
            Some(raw) => raw,
            None => schema::read(source)?,
        };
        build::build(source, raw, &mut self.stores).map(Draft)
    }
}

/// A review whose texts are still with its [`Parser`].
#[derive(Debug)]
pub struct Draft(Review);

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Review").field(&self.hidden).finish()
    }
}

fn not_utf8(bytes: &[u8], error: std::str::Utf8Error) -> Fault {
    let valid = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
    Fault::at(valid, valid.len(), "not UTF-8 text; save the file as UTF-8")
}

#[cfg(test)]
mod tests;
