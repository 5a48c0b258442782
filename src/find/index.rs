//! What words are matched against: of each file its titles, names and tags, folded once.
//!
//! Folding takes accents and case away, so that `amelie` finds Amélie. Only what is always visible is here; the text of
//! reviews is not.

use super::dictionary::{Dictionary, Entry, List};
use super::query::Field;
use crate::library::{self, Content, Library, Revision};
use crate::parallel::share;
use crate::work::fold_char;

/// How many files share a segment, which is also how much one thread takes at a time.
pub(super) const SEGMENT: usize = 1024;

/// Segments whose texts are folded before any of them comes into the dictionary.
const BATCH: usize = 64;

/// The folded values of a library, as far as it was read when they were made.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) dictionary: Dictionary,
    segments: Vec<Segment>,
    revision: Revision,
}

impl Index {
    /// Takes in what has come to the library since the last time; where a file was edited or went, everything anew.
    pub(super) fn extend(&mut self, library: &Library) {
        if !library.revision().extends(self.revision) {
            *self = Index::default();
        }
        self.revision = library.revision();
        if self.segments.last().is_some_and(|last| last.ends.len() < SEGMENT) {
            self.segments.pop();
        }
        while self.segments.len() * SEGMENT < library.slots() {
            let known = self.segments.len();
            let new = library.slots().div_ceil(SEGMENT) - known;
            let segment = |(): &mut (), number: usize| {
                let first = (known + number) * SEGMENT;
                Some(Draft::of(library.range(first..first + SEGMENT), &self.dictionary))
            };
            let drafts = share(new.min(BATCH), || (), segment).unwrap_or_default();
            self.segments.extend(Draft::settle(drafts, &mut self.dictionary));
        }
    }

    /// The segment with this number.
    pub(super) fn segment(&self, number: usize) -> Option<&Segment> {
        self.segments.get(number)
    }

    /// Bytes that it takes.
    #[must_use]
    pub(super) fn bytes(&self) -> usize {
        let segment =
            |segment: &Segment| (segment.values.capacity() + segment.ends.capacity()) * size_of::<u32>();
        self.dictionary.bytes() + self.segments.iter().map(segment).sum::<usize>()
    }
}

/// A folded value of a file: its field, and its text in the dictionary. Both in one number, of which there are many.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value(u32);

impl Value {
    fn new(field: Field, entry: Entry) -> Self {
        let number =
            Field::ALL.iter().zip(0..).find_map(|((_, one), number)| (*one == field).then_some(number));
        Value(number.unwrap_or_default() * Entry::END + entry.number())
    }

    /// Where it stands.
    #[must_use]
    pub(super) fn field(self) -> Field {
        Field::ALL[(self.0 / Entry::END) as usize].1
    }

    /// Its text.
    #[must_use]
    pub(super) fn entry(self) -> Entry {
        Entry::from_number(self.0 % Entry::END)
    }
}

/// The values of some files.
#[derive(Debug, Default)]
pub(super) struct Segment {
    values: Vec<Value>,
    /// Where each file's values end.
    ends: Vec<u32>,
}

/// The values of some files, before they are in the dictionary.
#[derive(Debug, Default)]
pub(super) struct Draft {
    texts: List,
    fields: Vec<Field>,
    ends: Vec<usize>,
}

impl Draft {
    pub(super) fn of<'e>(
        files: impl Iterator<Item = Option<&'e library::Entry>>,
        dictionary: &Dictionary,
    ) -> Self {
        let mut draft = Draft::default();
        for file in files {
            for_each_value(file, |field, text| {
                if dictionary.list(&mut draft.texts, |folded| fold_into(text, folded)) {
                    draft.fields.push(field);
                }
            });
            draft.ends.push(draft.fields.len());
        }
        draft
    }

    /// Puts the values of some drafts into the dictionary.
    pub(super) fn settle(
        drafts: Vec<Draft>,
        dictionary: &mut Dictionary,
    ) -> impl Iterator<Item = Segment> + use<> {
        let (lists, others): (Vec<_>, Vec<_>) =
            drafts.into_iter().map(|draft| (draft.texts, (draft.fields, draft.ends))).unzip();
        let entries = dictionary.add(&lists);
        others.into_iter().zip(entries).map(|((fields, ends), entries)| Segment::of(&fields, &entries, &ends))
    }
}

/// Calls something for every value of a file that words are matched against.
fn for_each_value(file: Option<&library::Entry>, mut value: impl FnMut(Field, &str)) {
    let Some(file) = file else { return };
    let review = match file.content() {
        Content::Review(review) => review,
        Content::Problem(_) => return value(Field::Title, file.name()),
    };
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

impl Segment {
    fn of(fields: &[Field], entries: &[Option<Entry>], file_ends: &[usize]) -> Self {
        let mut values = Vec::with_capacity(fields.len());
        let mut ends = Vec::with_capacity(file_ends.len());
        let mut start = 0;
        for end in file_ends {
            let of_file = fields[start..*end].iter().zip(&entries[start..*end]);
            values.extend(of_file.filter_map(|(field, entry)| Some(Value::new(*field, (*entry)?))));
            ends.push(u32::try_from(values.len()).unwrap_or(u32::MAX));
            start = *end;
        }
        Segment { values, ends }
    }

    /// The values of its file with this number: first the kind, if it has one.
    #[must_use]
    pub(super) fn get(&self, number: usize) -> &[Value] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]) as usize;
        let end = self.ends.get(number).map_or(start, |end| *end as usize);
        self.values.get(start..end).unwrap_or_default()
    }
}

/// Whether a word of a folded text begins like another.
pub(super) fn begins_a_word(field: &str, text: &str) -> bool {
    let begins = |at: usize| field[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
    field.match_indices(text).any(|(at, _)| begins(at))
}

/// Adds a text without accents and case.
fn fold_into(text: &str, folded: &mut String) {
    if text.is_ascii() {
        let start = folded.len();
        folded.push_str(text);
        folded[start..].make_ascii_lowercase();
        return;
    }
    text.chars().for_each(|c| folded.push_str(&fold_char(c)));
}
