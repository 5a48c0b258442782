//! A review as plain data, and the TOML file that it is read from.
//!
//! [`Parser`] reads a file once, into types that cannot be wrong later: open paragraphs are in the open text, and
//! anything that a mark hides is in [`Hidden`], which requires proof that its curtains are lifted. This module knows
//! the format. It knows nothing of files, widths or terminals.

mod build;
mod clean;
mod date;
mod division;
mod fault;
mod gates;
mod hidden;
mod keys;
mod lines;
mod lint;
mod marks;
mod plain;
mod rating;
mod raw;
mod reached;
mod schema;
mod store;
mod suspicious;
mod visible;

use std::fmt;
use std::sync::Arc;

use store::Slice;

pub(crate) use build::fingerprint;
pub use clean::{line as clean_line, text as clean_text};
pub use date::{Date, DateStyle};
pub use fault::Fault;
pub use gates::lint_gates;
pub use hidden::Hidden;
pub use keys::{json_schema, work_schema};
pub(crate) use lines::passage_line;
pub use lint::{Audience, lint};
pub use rating::{Rating, RatingError, RatingStyle};
pub use reached::OpenedPassage;
pub(crate) use visible::WHOLE_REVIEW;
pub use visible::{Visible, VisibleCurtain, VisiblePassage, VisibleSpan, VisibleText};

use crate::curtain::{CurtainList, Region, ReviewId};
use crate::work::{Point, Scale, Spine, Spines, Work, WorkId, WorkKey};

/// Separates the tags from the link of a review that is hidden as a whole. Text from a file never contains it.
const TAGS_END: char = '\0';

/// The largest review file that is accepted, in bytes.
pub const MAX_BYTES: usize = 8 << 20;

/// The most lines that the passages of a review may have in all. A page keeps some hundred bytes for each, so that a file of
/// nothing but line breaks would take a gigabyte.
pub const MAX_LINES: usize = 1 << 18;

/// The placeholder for a hidden span in a passage's text: U+FFFC, the object replacement character. Text from a file
/// never contains it.
pub const VEIL: char = '\u{fffc}';

/// One review. It gives access to what everyone may know; [`Visible`] gives access to the rest.
pub struct Review {
    /// Shared by reviews that were read together.
    open: Arc<str>,
    hidden: Hidden,
    curtains: CurtainList,
    title: Slice,
    reviewer: Slice,
    tags: Slice,
    link: Slice,
    rating: Option<Rating>,
    date: Option<Date>,
    work: WorkSlices,
    passages: Box<[Passage]>,
    /// From the first to the last open passage. It is stored here because a search looks at it in every review, and
    /// fetching the passages first would cost a cache miss each.
    readable: Slice,
}

/// The work that a review is about, as slices of the review's open text.
#[derive(Debug, Default)]
struct WorkSlices {
    title: Slice,
    kind: Slice,
    year: Option<i16>,
    by: Slice,
    unit: Slice,
}

impl WorkSlices {
    fn of<'o>(&self, open: &'o str) -> Work<'o> {
        Work { title: self.title.of(open), kind: self.kind.some_of(open), year: self.year }
    }
}

/// One or more paragraphs that share one curtain or none.
#[derive(Debug)]
struct Passage {
    label: Slice,
    /// Empty if the text is hidden. The slices are in the order of the passages.
    text: Slice,
}

impl Review {
    /// The review's own title, or the title of the work.
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

    /// Film, book, or any other word.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.work.kind.some_of(&self.open)
    }

    /// The year the work came out; negative for BCE.
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

    /// The reviewer's rating.
    #[must_use]
    pub fn rating(&self) -> Option<Rating> {
        self.rating
    }

    /// The work that it is about.
    #[must_use]
    pub fn work(&self) -> Work<'_> {
        self.work.of(&self.open)
    }

    /// Whether anything in it is hidden until the reader reveals it.
    #[must_use]
    pub fn has_spoilers(&self) -> bool {
        !self.curtains.is_empty()
    }

    /// Whether the whole review is behind a curtain.
    #[must_use]
    pub fn is_curtained(&self) -> bool {
        self.curtains.at(Region::REVIEW).is_some()
    }

    /// Its curtains, for code that lifts and drops them. Ask [`Visible`] what may be seen.
    pub(crate) fn curtain_list(&self) -> &CurtainList {
        &self.curtains
    }

    /// The work that it is about, in short.
    #[must_use]
    pub fn work_key(&self) -> WorkKey {
        self.curtains.work()
    }

    /// How far its reviewer had got in the work.
    #[must_use]
    pub fn seen(&self) -> Option<&Point> {
        self.curtains.seen()
    }

    /// What its gates are measured with, given what the library knows about its work.
    #[must_use]
    pub fn scale<'s>(&'s self, spines: &'s Spines) -> Scale<'s> {
        self.curtains.scale(spines)
    }

    /// What the review itself says about how its work is divided.
    pub(crate) fn own_spine(&self) -> Option<&Arc<Spine>> {
        self.curtains.own_spine()
    }

    /// Sets its identity for this run.
    pub(crate) fn name(&mut self, id: ReviewId) {
        self.curtains.belong_to(id);
    }

    /// How many curtains it has, for the report on an import.
    pub(crate) fn curtain_count(&self) -> usize {
        self.curtains.iter().count()
    }

    /// Its tags, one per line; empty if the whole review is behind a curtain.
    pub(crate) fn open_tags(&self) -> &str {
        self.tags.of(&self.open)
    }

    fn open_link(&self) -> Option<&str> {
        self.link.some_of(&self.open)
    }

    fn open_passage(&self, number: u32) -> &str {
        self.passages.get(number as usize).map_or("", |passage| passage.text.of(&self.open))
    }

    fn passage_count(&self) -> u32 {
        u32::try_from(self.passages.len()).expect("a file of 8 MiB has fewer passages than that")
    }

    fn label(&self, passage: u32) -> Option<&str> {
        self.passages.get(passage as usize)?.label.some_of(&self.open)
    }

    /// All of its text, one passage after another, if nothing is hidden. No match can span two passages.
    pub(crate) fn open_text(&self) -> Option<&str> {
        self.curtains.is_empty().then(|| self.readable.of(&self.open))
    }
}

/// What a work file says about its work, which applies to all reviews of it.
#[derive(Clone, Debug)]
pub struct WorkFile {
    /// The work.
    pub id: WorkId,
    /// How the work is divided.
    pub spine: Option<Arc<Spine>>,
}

/// What a file of a library holds.
#[derive(Debug)]
pub enum Parsed {
    /// A review.
    Review(Unbound),
    /// Facts about a work, for every review of it.
    Work(WorkFile),
}

/// Reads review files, and keeps its buffers from one file to the next.
#[derive(Default)]
pub struct Parser {
    stores: build::Stores,
}

impl Parser {
    /// Parses one file.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in words that do not quote it.
    pub fn parse(&mut self, bytes: &[u8]) -> Result<Review, Vec<Fault>> {
        match self.parse_unbound(bytes)? {
            Parsed::Review(unbound) => {
                let mut review = unbound.0;
                self.stores.bind(&mut [&mut review]);
                Ok(review)
            }
            Parsed::Work(_) => Err(vec![Fault::whole(build::NOTHING_TO_READ)]),
        }
    }

    /// Completes the reviews parsed since the last call, in the order given.
    pub fn finish(&mut self, unbound: Vec<Unbound>) -> impl Iterator<Item = Review> + use<> {
        let mut reviews: Vec<_> = unbound.into_iter().map(|Unbound(review)| review).collect();
        self.stores.bind(&mut reviews.iter_mut().collect::<Vec<_>>());
        reviews.into_iter()
    }

    /// Parses one of several files, whose reviews will share one allocation for their texts.
    ///
    /// # Errors
    /// Everything that is wrong with the file, in words that do not quote it.
    pub fn parse_unbound(&mut self, bytes: &[u8]) -> Result<Parsed, Vec<Fault>> {
        if bytes.len() > MAX_BYTES {
            let reason = format!("larger than {} MiB, the limit for a review", MAX_BYTES >> 20);
            return Err(vec![Fault::whole(reason)]);
        }
        let source = simdutf8::basic::from_utf8(bytes).map_err(|_| vec![not_utf8(bytes)])?;
        let source = source.strip_prefix('\u{feff}').unwrap_or(source);
        let raw = match plain::read(source) {
            Some(raw) => raw,
            None => schema::read(source)?,
        };
        if raw.is_work_alone() {
            return build::build_work(source, raw).map(Parsed::Work);
        }
        build::build(source, raw, &mut self.stores).map(Unbound).map(Parsed::Review)
    }
}

/// A review whose texts are still with its [`Parser`].
#[derive(Debug)]
pub struct Unbound(Review);

impl fmt::Debug for Review {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Review").field(&self.hidden).finish()
    }
}

fn not_utf8(bytes: &[u8]) -> Fault {
    let valid = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    Fault::at(valid, valid.len(), "not UTF-8 text; save the file as UTF-8")
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
