//! Many short texts in one string, so that a review takes one allocation instead of twenty.

use std::ops::Range;

/// A byte range of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    end: u32,
}

impl Slice {
    /// The slice's part of `text`, which must be the text that the slice was made for.
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The byte range.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of the first non-empty slice to the end of the last.
    pub(super) fn around(slices: impl Iterator<Item = Slice>) -> Slice {
        let whole =
            |all: Slice, one: Slice| Slice { start: all.start.min(one.start), end: all.end.max(one.end) };
        slices.filter(|slice| slice.start < slice.end).reduce(whole).unwrap_or_default()
    }

    /// Like [`Slice::of`], but `None` if the slice is empty.
    pub(super) fn some_of(self, text: &str) -> Option<&str> {
        Some(self.of(text)).filter(|text| !text.is_empty())
    }
}

/// Appends a text to a store.
///
/// Offsets are 32 bits, which is far more than a store needs: it is never longer than its files, limited by
/// [`super::MAX_BYTES`].
pub(super) fn add(store: &mut String, text: &str) -> Slice {
    let start = store.len();
    store.push_str(text);
    Slice { start: offset(start), end: offset(store.len()) }
}

/// Appends one-line texts as one slice, one per line.
pub(super) fn add_lines<'t>(store: &mut String, texts: impl Iterator<Item = &'t str>) -> Slice {
    let start = store.len();
    for text in texts {
        if store.len() > start {
            store.push('\n');
        }
        store.push_str(text);
    }
    Slice { start: offset(start), end: offset(store.len()) }
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).expect("a store is shorter than its file, and files over 8 MiB are refused")
}
