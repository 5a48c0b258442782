//! Where one word may end and the next begin.
//!
//! Frequent words are what a phrase often begins with, and to look for `the` in order to find `the end` means to stop at
//! every other line. So for two words that are short, what is looked for is the place between them: the last two
//! letters of the one, something that is no letter, the first letter of the other. All positions of a stretch are
//! compared at once, which a compiler turns into vector instructions.
//!
//! It may stop at a place that is none, and never passes one that is.

use std::ops::Range;

/// Positions that are compared at once.
const STRIDE: usize = 64;

/// A byte that no text has.
const NONE: u8 = 0xff;

/// The letters on both sides of the place, each in small and as it may be written else, by the byte that is next to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    last: [Letter; 2],
    first: Letter,
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

    fn is(self, byte: u8) -> bool {
        (byte | 0x20 == self.byte) | (byte == self.other)
    }
}

impl Pair {
    /// The place between two words; of words in other letters than those of ASCII there is none, nor of a single letter.
    pub(super) fn new(word: &str, next: &str) -> Option<Self> {
        let mut backwards = word.chars().rev();
        let last = Letter::before(backwards.next()?)?;
        let last = [Letter::before(backwards.next()?)?, last];
        Some(Pair { last, first: Letter::behind(next.chars().next()?)? })
    }

    /// The next such place in a text, from a byte on: where the letters before it are. It is none if the letters behind it
    /// are not in the text.
    pub(super) fn find_from(self, text: &str, from: usize) -> Option<Range<usize>> {
        let text = text.as_bytes();
        let mut at = from;
        while let Some(block) = text.get(at..).and_then(|rest| rest.first_chunk::<{ STRIDE + 3 }>()) {
            let is_here = |i: usize| self.is_at(block[i], block[i + 1], block[i + 2], block[i + 3]);
            // Without a way out of the loop, all positions are compared at once.
            if (0..STRIDE).fold(0, |any, i| any | u8::from(is_here(i))) > 0 {
                return (0..STRIDE).find(|i| is_here(*i)).map(|i| at + i..at + i + 2);
            }
            at += STRIDE;
        }
        let rest = text.get(at..)?;
        let mut places = rest.windows(4).map(|four| self.is_at(four[0], four[1], four[2], four[3]));
        places.position(|is_here| is_here).map(|i| at + i..at + i + 2)
    }

    fn is_at(self, before: u8, last: u8, gap: u8, first: u8) -> bool {
        // A letter of two bytes is where one of a single byte would have the letter before it.
        let is_word = (self.last[1].is(last) & self.last[0].is(before)) | (last == self.last[1].other);
        is_word & may_part(gap) & (self.first.is(first) | may_part(first))
    }
}

/// Whether a byte may be of what parts two words: all but ASCII letters may. Digits may not, but to let them through is
/// quicker than to tell them apart.
fn may_part(byte: u8) -> bool {
    (byte | 0x20).wrapping_sub(b'a') > b'z' - b'a'
}
