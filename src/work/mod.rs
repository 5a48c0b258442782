//! Works: what a review is about, when two of them are the same, and how far someone has got in one.
//!
//! [`WorkId`] is the only rule for when two reviews are about the same work. Progress, grouping, checks and imports all
//! use it. A [`Spine`] is how a work is divided, and a [`Scale`] tells whether a reader's [`Progress`] is past a gate. This
//! module knows nothing of reviews or files.

mod answer;
mod fold;
mod point;
mod progress;
mod progress_file;
mod scale;
mod spine;
mod spines;
mod steps;

use std::fmt;
use std::hash::BuildHasher;

pub(crate) use fold::{fold, fold_char};
pub(crate) use point::unit_name;
pub use point::{NotAPoint, Point};
pub use progress::Progress;
pub use progress_file::{ProgressChanges, ProgressFile, Unusable};
pub use scale::{Knowledge, Scale};
pub use spine::{EditionFacts, NumberingFacts, PartEnd, Spine, SpineFacts};
pub use spines::Spines;

/// A work, as named by a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work<'w> {
    /// The title; never empty.
    pub title: &'w str,
    /// Film, book, or any other word.
    pub kind: Option<&'w str>,
    /// The year it came out; negative for BCE.
    pub year: Option<i16>,
}

impl Work<'_> {
    /// The identity that it shares with every other mention of the same work.
    #[must_use]
    pub fn id(self) -> WorkId {
        let title = plain(self.title);
        // Nothing of a title such as "!!!" survives `plain`.
        let title = if title.is_empty() { fold(self.title) } else { title };
        let kind = self.kind.map(plain).filter(|kind| !kind.is_empty());
        let year = self.year.map(|year| year.to_string());
        let unknown = || "?".to_owned();
        WorkId(format!("{title} ({}, {})", kind.unwrap_or_else(unknown), year.unwrap_or_else(unknown)).into())
    }
}

/// Reduces a text to folded letters and digits, with one space between words. An apostrophe does not split a word.
fn plain(text: &str) -> String {
    if text.is_ascii() {
        return plain_ascii(text);
    }
    let folded = fold(text).replace('\'', "");
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The same for the usual case, in one pass: every review of a library comes through here.
fn plain_ascii(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for byte in text.bytes().filter(|byte| *byte != b'\'') {
        if byte.is_ascii_alphanumeric() {
            plain.push(char::from(byte.to_ascii_lowercase()));
        } else if !plain.is_empty() && !plain.ends_with(' ') {
            plain.push(' ');
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

/// The identity of a work: its kind, its year, and its title without case, accents and punctuation. A film and a book
/// with the same title are two works, and so are two series with the same title from different years.
///
/// It prints as `middlemarch (book, 1871)`, with `?` for an unknown part, so that people can read it in files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(Box<str>);

impl WorkId {
    /// Reads an identity from a file, where a person may have written it: `Middlemarch (book, 1871)`.
    #[must_use]
    pub fn read(name: &str) -> Self {
        let name = name.trim();
        let facts = name.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        let facts = facts.and_then(|(title, facts)| Some((title, facts.rsplit_once(", ")?)));
        let known = |text: &'_ str| text != "?";
        match facts {
            Some((title, (kind, year))) if year == "?" || year.parse::<i16>().is_ok() => {
                Work { title, kind: Some(kind).filter(|kind| known(kind)), year: year.parse().ok() }.id()
            }
            _ => Work { title: name, kind: None, year: None }.id(),
        }
    }

    /// The name to write to files.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A short form for looking things up in this run.
    #[must_use]
    pub fn key(&self) -> WorkKey {
        WorkKey(foldhash::quality::FixedState::default().hash_one(self.as_str()))
    }
}

/// A hash of a [`WorkId`]: what a review keeps of it, since a library has a hundred thousand of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkKey(u64);

impl fmt::Display for WorkId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod identity_tests {
    use super::*;

    fn id(title: &str, kind: &str, year: i16) -> String {
        let work = Work {
            title,
            kind: Some(kind).filter(|kind| !kind.is_empty()),
            year: Some(year).filter(|y| *y != 0),
        };
        work.id().to_string()
    }

    #[test]
    fn a_work_has_one_name_however_it_is_written() {
        for (title, kind, year, expected) in [
            ("Middlemarch", "book", 1871, "middlemarch (book, 1871)"),
            ("MIDDLEMARCH ", "Book", 1871, "middlemarch (book, 1871)"),
            ("Amélie", "film", 2001, "amelie (film, 2001)"),
            ("Amélie", "", 0, "amelie (?, ?)"),
            ("Schindler’s List", "film", 1993, "schindlers list (film, 1993)"),
            ("Schindler's  List", "film", 1993, "schindlers list (film, 1993)"),
            ("Mission: Impossible", "film", 1996, "mission impossible (film, 1996)"),
            ("!!!", "album", 2000, "!!! (album, 2000)"),
            ("雪国", "book", 1948, "雪国 (book, 1948)"),
        ] {
            assert_eq!(id(title, kind, year), expected, "{title:?} has its one name");
        }
    }

    #[test]
    fn a_name_in_a_file_is_read_as_the_work_it_names() {
        for (name, expected) in [
            ("middlemarch (book, 1871)", "middlemarch (book, 1871)"),
            ("Middlemarch (Book, 1871)", "middlemarch (book, 1871)"),
            ("amelie (?, ?)", "amelie (?, ?)"),
            ("!!! (album, 2000)", "!!! (album, 2000)"),
            ("the odyssey (poem, -700)", "the odyssey (poem, -700)"),
            ("Mother (and Child)", "mother and child (?, ?)"),
            ("Dark", "dark (?, ?)"),
        ] {
            assert_eq!(WorkId::read(name).as_str(), expected);
        }
    }

    #[test]
    fn works_that_differ_in_kind_or_year_are_two() {
        let all = [
            id("Battlestar Galactica", "series", 1978),
            id("Battlestar Galactica", "series", 2004),
            id("Battlestar Galactica", "series", 0),
            id("Battlestar Galactica", "", 1978),
            id("Battlestar Galactica", "1978", 0),
            id("Battlestar Galactica (series, 1978)", "", 0),
        ];
        for (at, one) in all.iter().enumerate() {
            assert!(!all[at + 1..].contains(one), "{one} is the name of one work");
        }
    }
}
