//! Where one word may end and the next begin.
//!
//! Frequent words are what a phrase often begins with, and to look for `the` in order to find `the end` means to stop at
//! every other line. So for two words that are short, what is looked for is the place between them: the last two
//! letters of the one, something that is no letter, the first letter of the other. Many positions are compared at once,
//! with the widest vectors that the processor has.
//!
//! It may stop at a place that is none, and never passes one that is.

use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, mask8x64, u8x64};

/// Positions that are compared at once.
const STRIDE: usize = 64;

/// Bytes that are looked at for it.
const BLOCK: usize = STRIDE + 3;

/// A byte that no text has.
const NONE: u8 = 0xff;

/// The letters on both sides of the place, each in small and as it may be written else, by the byte that is next to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    last: [Letter; 2],
    first: Letter,
    level: Level,
}

#[derive(Clone, Copy, Debug)]
struct Letter {
    byte: u8,
    other: u8,
}

impl Letter {
    /// A letter in front of the place, if it is an ASCII one.
    fn before(c: char) -> Option<Self> {
        Self::new(c, [0xbf, 0xaa, 0x99])
    }

    /// A letter behind the place.
    fn behind(c: char) -> Option<Self> {
        Self::new(c, [0xc5, 0xe2, 0xe2])
    }

    /// What else a letter may be, without regard to case: ſ, K (the sign for Kelvin) and the curly apostrophe.
    fn new(c: char, others: [u8; 3]) -> Option<Self> {
        let byte = u8::try_from(c).ok().filter(u8::is_ascii)? | 0x20;
        let other = match c {
            's' | 'S' => others[0],
            'k' | 'K' => others[1],
            '\'' => others[2],
            _ => NONE,
        };
        Some(Letter { byte, other })
    }

    #[inline(always)]
    fn is<S: Simd>(self, bytes: u8x64<S>) -> mask8x64<S> {
        (bytes | 0x20).simd_eq(self.byte) | bytes.simd_eq(self.other)
    }
}

impl Pair {
    /// The place between two words; of words in other letters than those of ASCII there is none, nor of a single letter.
    pub(super) fn new(word: &str, next: &str) -> Option<Self> {
        let mut backwards = word.chars().rev();
        let last = Letter::before(backwards.next()?)?;
        let last = [Letter::before(backwards.next()?)?, last];
        Some(Pair { last, first: Letter::behind(next.chars().next()?)?, level: Level::new() })
    }

    /// The next such place in a text, from a byte on: where the letters before it are. It is none if the letters behind it
    /// are not in the text.
    pub(super) fn find_from(self, text: &str, from: usize) -> Option<Range<usize>> {
        let text = text.as_bytes();
        let at =
            dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || self.find(simd, text, from)))?;
        Some(at..at + 2)
    }

    #[inline(always)]
    fn find<S: Simd>(self, simd: S, text: &[u8], from: usize) -> Option<usize> {
        let mut at = from;
        while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk()) {
            match self.places(simd, block) {
                0 => at += STRIDE,
                places => return Some(at + places.trailing_zeros() as usize),
            }
        }
        // What is left is looked at in a block of its own.
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        let mut block = [0; BLOCK];
        block[..rest.len()].copy_from_slice(rest);
        let places = self.places(simd, &block) & !(u64::MAX << rest.len().saturating_sub(3));
        (places > 0).then(|| at + places.trailing_zeros() as usize)
    }

    /// Which positions of a block are such places: a bit for each.
    #[inline(always)]
    fn places<S: Simd>(self, simd: S, block: &[u8; BLOCK]) -> u64 {
        let from = |offset: usize| u8x64::from_slice(simd, &block[offset..offset + STRIDE]);
        let (before, last, gap, first) = (from(0), from(1), from(2), from(3));
        // A letter of two bytes is where one of a single byte would have the letter before it.
        let is_word = (self.last[1].is(last) & self.last[0].is(before)) | last.simd_eq(self.last[1].other);
        let places = is_word & may_part(gap) & (self.first.is(first) | may_part(first));
        places.to_bitmask()
    }
}

/// Whether a byte may be of what parts two words: all but ASCII letters may. Digits may not, but to let them through is
/// quicker than to tell them apart.
#[inline(always)]
fn may_part<S: Simd>(bytes: u8x64<S>) -> mask8x64<S> {
    ((bytes | 0x20) - b'a').simd_gt(b'z' - b'a')
}
