//! What words are matched against: of each file one short text, folded once.
//!
//! Folding takes accents and case away, so that `amelie` finds Amélie. Only what is always visible is here; the text of
//! reviews is not.

use std::borrow::Cow;

use memchr::memchr;
use nucleo_matcher::chars;

use super::query::Field;
use crate::library::{Content, Item, Library};
use crate::parallel::share;

/// Parts a folded text into its fields, in the order of [`Fields`].
const FIELD_END: char = '\n';

/// Parts what a field has several of.
const VALUE_END: char = '\t';

/// How many files share a segment, which is also how much one thread takes at a time: some megabytes of text.
pub(super) const SEGMENT: usize = 1024;

/// The folded texts of a library, as far as it was read when they were made.
#[derive(Debug, Default)]
pub(super) struct Index {
    segments: Vec<Segment>,
}

impl Index {
    /// Takes in what has come to the library since the last time.
    pub(super) fn extend(&mut self, library: &Library) {
        if self.segments.last().is_some_and(|last| last.ends.len() < SEGMENT) {
            self.segments.pop();
        }
        let known = self.segments.len();
        let new = library.len().div_ceil(SEGMENT) - known;
        let segment = |(): &mut (), number: usize| {
            let first = (known + number) * SEGMENT;
            let keys = library.keys().skip(first).take(SEGMENT);
            Some(Segment::of(keys.filter_map(|key| library.get(key))))
        };
        self.segments.extend(share(new, || (), segment).into_iter().flatten());
    }

    /// The segment with this number.
    pub(super) fn segment(&self, number: usize) -> Option<&Segment> {
        self.segments.get(number)
    }

    /// Bytes that it takes.
    #[must_use]
    pub(super) fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.text.capacity() + segment.ends.capacity() * 4).sum()
    }
}

/// The folded texts of some files.
#[derive(Debug, Default)]
pub(super) struct Segment {
    text: String,
    /// Where each file's text ends.
    ends: Vec<u32>,
}

impl Segment {
    pub(super) fn of<'i>(items: impl Iterator<Item = &'i Item>) -> Self {
        let mut segment = Segment::default();
        for item in items {
            let before = segment.text.len();
            segment.add(item);
            // Should some files ever hold more than 4 GiB of titles and names, the rest is found by other ways than words.
            let end = u32::try_from(segment.text.len()).unwrap_or_else(|_| {
                segment.text.truncate(before);
                u32::MAX
            });
            segment.ends.push(end);
        }
        segment.text.shrink_to_fit();
        segment.ends.shrink_to_fit();
        segment
    }

    /// The folded text of its file with this number.
    #[must_use]
    pub(super) fn get(&self, number: usize) -> Folded<'_> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let end = self.ends.get(number).map_or(start, |end| *end as usize);
        Folded(self.text.get(start..end).unwrap_or_default())
    }

    fn add(&mut self, item: &Item) {
        let review = match &item.content {
            Content::Review(review) => review,
            Content::Problem(_) => {
                self.text.push(FIELD_END);
                return fold_into(&item.id, &mut self.text);
            }
        };
        fold_into(review.kind().unwrap_or_default(), &mut self.text);
        self.text.push(FIELD_END);
        if review.has_title() {
            fold_into(review.headline(), &mut self.text);
        }
        self.text.push(FIELD_END);
        fold_into(review.work_title(), &mut self.text);
        self.text.push(FIELD_END);
        self.add_several(review.by());
        self.text.push(FIELD_END);
        fold_into(review.reviewer().unwrap_or_default(), &mut self.text);
        self.text.push(FIELD_END);
        self.add_several(review.tags());
    }

    fn add_several<'t>(&mut self, values: impl Iterator<Item = &'t str>) {
        for value in values {
            fold_into(value, &mut self.text);
            self.text.push(VALUE_END);
        }
    }
}

/// The folded text of one file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Folded<'i>(&'i str);

impl<'i> Folded<'i> {
    /// The texts that a word may be in, each ended by a control character: headline, work, each creator, reviewer, each tag.
    #[must_use]
    pub(super) fn words(self) -> &'i str {
        memchr(FIELD_END as u8, self.0.as_bytes()).map_or(self.0, |kind| &self.0[kind + 1..])
    }

    /// Whether a word of the field begins like this folded text.
    #[must_use]
    pub(super) fn has(self, field: Field, text: &str) -> bool {
        let mut fields = self.0.split(FIELD_END);
        match field {
            Field::Kind => fields.next().is_some_and(|field| begins_a_word(field, text)),
            Field::Title => fields.skip(1).take(2).any(|field| begins_a_word(field, text)),
            Field::By => fields.nth(3).is_some_and(|field| begins_a_word(field, text)),
            Field::Reviewer => fields.nth(4).is_some_and(|field| begins_a_word(field, text)),
            Field::Tag => fields.nth(5).is_some_and(|field| begins_a_word(field, text)),
        }
    }
}

/// Whether a word of a folded text begins like another.
pub(super) fn begins_a_word(field: &str, text: &str) -> bool {
    let begins = |at: usize| field[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    field.match_indices(text).any(|(at, _)| begins(at))
}

/// A text without accents and case.
#[must_use]
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    text.chars().for_each(|c| folded.push_str(&fold_char(c)));
}

/// A character without accent and case: one or two characters, or none for an accent that stands by itself.
pub(super) fn fold_char(c: char) -> Cow<'static, str> {
    if c.is_ascii() {
        return c.to_ascii_lowercase().to_string().into();
    }
    match c {
        '\u{300}'..='\u{36f}' => "".into(),
        'ß' | 'ẞ' => "ss".into(),
        'æ' | 'Æ' => "ae".into(),
        'œ' | 'Œ' => "oe".into(),
        'þ' | 'Þ' => "th".into(),
        '’' | '‘' => "'".into(),
        '–' | '—' => "-".into(),
        _ => chars::normalize(chars::to_lower_case(c)).to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_case_fold_away() {
        for (text, folded) in [
            ("Amélie", "amelie"),
            ("AME\u{301}LIE", "amelie"),
            ("Straße", "strasse"),
            ("Ōkami", "okami"),
            ("Łódź", "lodz"),
            ("Smørrebrød", "smorrebrod"),
            ("Сталкер", "сталкер"),
            ("雪国", "雪国"),
            ("Don’t", "don't"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
