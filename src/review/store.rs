//! Many short texts in one string: a review is one allocation of open text instead of twenty.

use std::ops::Range;

/// A part of a text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Slice {
    start: u32,
    end: u32,
}

impl Slice {
    /// The part of `text` that this slice means. `text` must be the one that it was made for.
    pub(super) fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Where it is, in bytes.
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the beginning of the first of these that holds something to the end of the last one.
    pub(super) fn around(slices: impl Iterator<Item = Slice>) -> Slice {
        let whole =
            |all: Slice, one: Slice| Slice { start: all.start.min(one.start), end: all.end.max(one.end) };
        slices.filter(|slice| slice.start < slice.end).reduce(whole).unwrap_or_default()
    }

    /// The same, or nothing where the slice is empty.
    pub(super) fn some_of(self, text: &str) -> Option<&str> {
        Some(self.of(text)).filter(|text| !text.is_empty())
    }
}

/// Adds a text to the end of a store and says where it is.
///
/// Offsets are 32 bits: a store is never longer than its file, which [`super::MAX_BYTES`] keeps far below that.
pub(super) fn add(store: &mut String, text: &str) -> Slice {
    let start = store.len();
    store.push_str(text);
    Slice { start: offset(start), end: offset(store.len()) }
}

/// Adds several one-line texts as one slice, a line each.
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
