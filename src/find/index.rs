//! The index that words are matched against: the titles, names and tags of each file, folded once.
//!
//! Folding strips accents and case, so that `amelie` finds Amélie. A text that many files share, such as a tag, is
//! stored and searched only once. The index contains only what is always visible, and no text of reviews.

use std::collections::HashMap;
use std::num::NonZeroU32;

use super::sort::hundredths;
use crate::curtain::ReviewId;
use crate::library::{Entry, Library};
use crate::parallel::map_chunks;
use crate::query::Field;
use crate::review::Review;
use crate::work::fold_char;

/// The folded values of some files, with one row per file in the order given.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) keys: Vec<ReviewId>,
    values: Vec<Value>,
    /// The end of each file's values.
    ends: Vec<u32>,
    facts: Vec<Facts>,
    texts: Texts,
    letters: Vec<Letters>,
}

/// What else a search tests in every file. It is kept here because fetching the reviews would cost two cache misses
/// each.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    pub(super) year: Option<i16>,
    /// In hundredths of a star of five.
    pub(super) rating: Option<i16>,
    /// The day of the review, as a number that grows with time.
    pub(super) day: Option<NonZeroU32>,
    pub(super) is_review: bool,
    pub(super) has_spoilers: bool,
    /// Whether the whole review is behind a curtain.
    pub(super) is_curtained: bool,
}

impl Facts {
    fn of(review: &Review) -> Self {
        Facts {
            year: review.year(),
            rating: review.rating().and_then(|rating| i16::try_from(hundredths(rating)).ok()),
            day: review.date().and_then(|date| NonZeroU32::new(date.day_number())),
            is_review: true,
            has_spoilers: review.has_spoilers(),
            is_curtained: review.is_curtained(),
        }
    }
}

/// A value of a file: its field, and the number of its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub(super) field: Field,
    pub(super) text: u32,
}

/// Texts in one contiguous buffer, which is much faster to read than separate strings.
#[derive(Debug, Default)]
struct Texts {
    all: String,
    ends: Vec<u32>,
}

/// The bytes that a text contains, as a 32-bit set in which several bytes share a bit. It rules out most texts unread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters(u32);

/// Collects the values of some files, storing each text once.
#[derive(Default)]
struct Part {
    texts: Texts,
    values: Vec<Value>,
    ends: Vec<u32>,
    facts: Vec<Facts>,
}

impl Index {
    /// Builds the index of some files of a library.
    pub(super) fn new(library: &Library, keys: Vec<ReviewId>) -> Self {
        let parts =
            map_chunks(&keys, |keys| Part::of(keys.iter().map(|id| library.get(*id).map(|entry| &**entry))));
        let mut known = HashMap::with_capacity(parts.iter().map(|part| part.texts.ends.len()).sum());
        let mut index = Index::default();
        for part in &parts {
            let mut number = |text| {
                *known.entry(text).or_insert_with(|| {
                    index.letters.push(Letters::of(text));
                    index.texts.push(text)
                })
            };
            let numbers: Vec<_> =
                (0..part.texts.ends.len()).map(|text| number(part.texts.get(text))).collect();
            let first = small(index.values.len());
            index.values.extend(
                part.values.iter().map(|value| Value { text: numbers[value.text as usize], ..*value }),
            );
            index.ends.extend(part.ends.iter().map(|end| first + end));
            index.facts.extend_from_slice(&part.facts);
        }
        Index { keys, ..index }
    }

    /// The values of the file in this row.
    pub(super) fn values(&self, row: usize) -> &[Value] {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.values[start as usize..self.ends[row] as usize]
    }

    /// The facts of the file in this row.
    pub(super) fn facts(&self, row: usize) -> Facts {
        self.facts[row]
    }

    /// The number of distinct texts.
    pub(super) fn text_count(&self) -> usize {
        self.letters.len()
    }

    /// The text with this number.
    pub(super) fn text(&self, number: usize) -> &str {
        self.texts.get(number)
    }

    /// Whether the text with this number may contain these letters.
    pub(super) fn may_have(&self, number: usize, letters: Letters) -> bool {
        self.letters[number].0 & letters.0 == letters.0
    }

    /// Memory use in bytes.
    pub(super) fn bytes(&self) -> usize {
        let numbers = self.ends.capacity() + self.texts.ends.capacity() + self.letters.capacity();
        self.texts.all.capacity()
            + numbers * size_of::<u32>()
            + self.values.capacity() * size_of::<Value>()
            + self.keys.capacity() * size_of::<ReviewId>()
            + self.facts.capacity() * size_of::<Facts>()
    }
}

impl Part {
    fn of<'i>(files: impl Iterator<Item = Option<&'i Entry>>) -> Self {
        let (mut part, mut known, mut folded) = (Part::default(), HashMap::new(), String::new());
        for file in files {
            if let Some(file) = file {
                for_each_value(file, |field, text| {
                    folded.clear();
                    fold_into(text, &mut folded);
                    let text = match known.get(&folded) {
                        Some(text) => *text,
                        None => {
                            let number = part.texts.push(&folded);
                            known.insert(folded.clone(), number);
                            number
                        }
                    };
                    part.values.push(Value { field, text });
                });
            }
            part.ends.push(small(part.values.len()));
            part.facts.push(file.and_then(Entry::review).map(Facts::of).unwrap_or_default());
        }
        part
    }
}

impl Texts {
    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start as usize..self.ends[number] as usize]
    }

    /// Adds a text and returns its number.
    fn push(&mut self, text: &str) -> u32 {
        self.all.push_str(text);
        self.ends.push(small(self.all.len()));
        small(self.ends.len() - 1)
    }
}

impl Letters {
    /// The letters of a text.
    pub(super) fn of(text: &str) -> Self {
        Letters(text.bytes().fold(0, |letters, byte| letters | (1 << (byte % 32))))
    }
}

fn small(number: usize) -> u32 {
    u32::try_from(number).expect("names of four thousand million letters are more than memory holds")
}

/// Visits every value of a file that words are matched against.
fn for_each_value(file: &Entry, mut value: impl FnMut(Field, &str)) {
    let Some(review) = file.review() else { return value(Field::Title, file.name()) };
    if let Some(kind) = review.kind() {
        value(Field::Kind, kind);
    }
    if review.has_title() {
        value(Field::Title, review.headline());
    }
    value(Field::Title, review.work_title());
    review.by().for_each(|by| value(Field::By, by));
    if let Some(reviewer) = review.reviewer() {
        value(Field::Reviewer, reviewer);
    }
    review.open_tags().lines().for_each(|tag| value(Field::Tag, tag));
}

/// Whether a word of a folded text starts with another text.
pub(super) fn begins_a_word(field: &str, text: &str) -> bool {
    let begins = |at: usize| field[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    field.match_indices(text).any(|(at, _)| begins(at))
}

/// Appends a text without accents and case.
fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    text.chars().for_each(|c| folded.push_str(&fold_char(c)));
}
