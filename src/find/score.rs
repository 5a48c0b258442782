//! How well a word's letters are in a text, in their order: the points that nucleo's matcher gives, several times as
//! quickly for the short words that most of a library matches.
//!
//! Each letter brings points, more at the beginning of a word or next to the letter before it, and gaps cost some. Nucleo
//! fills a table for that, a row for each letter of the word and a column for each of the text. Here a first look at whole
//! blocks of text tells most of what does not have the letters, and what has the word as well as can be; what is left is
//! passed once, from one letter of the word to the next.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

/// Bytes of a text that are looked at together.
const STRIDE: usize = 64;

/// What a letter brings.
const LETTER: i32 = 16;

/// What a gap costs, and each letter of it after the first.
const GAP: i32 = 3;
const LONGER_GAP: i32 = 1;

/// What a letter brings more by what is before it, if that begins a word.
const AFTER_SPACE: u8 = 10;
const AFTER_DELIMITER: u8 = 9;
const AFTER_SIGN: i32 = 8;

/// What a number brings more that other letters are in front of.
const NUMBER: u8 = 5;

/// What a letter brings more at least that stands next to the one before it.
const NEXT: i32 = GAP + LONGER_GAP;

/// How many times the first letter's bonus counts.
const FIRST: i32 = 2;

/// Letters that a word may have.
const LONGEST: usize = 64;

/// A folded word of ASCII letters, ready to be matched.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    word: Box<[u8]>,
    /// For each byte, at which of the word's letters it is: a bit for each.
    at: Box<[u64; 256]>,
    level: Level,
}

impl Letters {
    /// Makes a word ready, if it is short and of ASCII letters.
    pub(super) fn new(word: &str) -> Option<Self> {
        if word.is_empty() || word.len() > LONGEST || !word.is_ascii() {
            return None;
        }
        let mut at = Box::new([0; 256]);
        for (number, byte) in word.bytes().enumerate() {
            at[usize::from(byte)] |= 1 << number;
        }
        Some(Letters { word: word.as_bytes().into(), at, level: Level::new() })
    }
}

/// What is known of one of the word's letters, at a place in the text: how well the word matches up to that letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// Where it was last, and the points up to there.
    at: i32,
    points: i32,
    /// What that place brought, which the letters next to it bring too.
    bonus: i32,
    /// The most of points and place together, of the places before that: the points that are left after a gap are less by
    /// one for each letter of it, so this does not change.
    reach: i32,
}

impl Row {
    const NONE: Row = Row { at: -2, points: i32::MIN / 4, bonus: 0, reach: i32::MIN / 4 };

    fn set(&mut self, at: i32, points: i32, bonus: i32) {
        *self = Row { at, points, bonus, reach: self.reach.max(self.points + self.at) };
    }

    /// Points and bonus of the next letter of the word at this place, which brings `bonus` by itself.
    fn next(self, at: i32, bonus: i32) -> (i32, i32) {
        let is_next = self.at + 1 == at;
        let reach = if is_next { self.reach } else { self.reach.max(self.points + self.at) };
        let over_gap = (reach - at - (GAP - LONGER_GAP - 1)).max(0) + bonus;
        let least = self.bonus.max(NEXT);
        let carried = if bonus >= AFTER_SIGN { least.max(bonus) } else { least };
        let side_by_side = self.points + carried.max(bonus);
        match is_next && side_by_side > over_gap {
            true => (side_by_side + LETTER, carried),
            false => (over_gap + LETTER, bonus),
        }
    }
}

impl Letters {
    /// The most points that a folded text can have; nothing if it does not have the letters. `rows` is only kept to be used
    /// again.
    pub(super) fn points(&self, text: &str, rows: &mut Vec<Row>) -> Option<u16> {
        let text = text.as_bytes();
        let points =
            dispatch!(self.level, simd => simd.vectorize(#[inline(always)] || self.pass(simd, text, rows)));
        points.map(|points| u16::try_from(points).unwrap_or(u16::MAX))
    }

    #[inline(always)]
    fn pass<S: Simd>(&self, simd: S, text: &[u8], rows: &mut Vec<Row>) -> Option<i32> {
        let (first, rest) = text.as_chunks::<STRIDE>();
        let mut last = [0; STRIDE];
        last[..rest.len()].copy_from_slice(rest);
        let blocks = || first.iter().chain((!rest.is_empty()).then_some(&last));
        let mut look = Look { letters: self, found: 0, is_after_space: true };
        for block in blocks() {
            if look.begins_a_word(simd, block) {
                return Some(self.most());
            }
        }
        if look.found < self.word.len() {
            return None;
        }
        rows.clear();
        rows.resize(self.word.len(), Row::NONE);
        let mut pass = Pass { letters: self, rows, seen: 0, best: None };
        for (block, first) in blocks().zip((0..).step_by(STRIDE)) {
            pass.look_at(text, first, self.places(simd, block));
        }
        pass.best
    }

    /// Which positions of a block have a letter of the word: a bit for each.
    #[inline(always)]
    fn places<S: Simd>(&self, simd: S, block: &[u8; STRIDE]) -> u64 {
        let bytes = u8x64::from_slice(simd, block);
        let places = |letter: &u8| bytes.simd_eq(*letter).to_bitmask();
        self.word.iter().fold(0, |all, letter| all | places(letter))
    }

    /// The points of a word that stands where another begins: there are no better ones.
    fn most(&self) -> i32 {
        let all = self.word.len() as i32 * (LETTER + i32::from(AFTER_SPACE));
        all + (FIRST - 1) * i32::from(AFTER_SPACE)
    }
}

/// A first look at a text, which settles what is to be said of most.
struct Look<'l> {
    letters: &'l Letters,
    /// How many of the word's letters were found, each behind the one before it.
    found: usize,
    /// Whether a space is in front of the next block.
    is_after_space: bool,
}

impl Look<'_> {
    /// Whether the word stands in this block as it is written, after a space.
    #[inline(always)]
    fn begins_a_word<S: Simd>(&mut self, simd: S, block: &[u8; STRIDE]) -> bool {
        let bytes = u8x64::from_slice(simd, block);
        let spaces = bytes.simd_le(b' ').to_bitmask();
        let mut begin = (spaces << 1) | u64::from(self.is_after_space);
        if !self.letters.word[0].is_ascii_alphanumeric() {
            begin = 0;
        }
        // Places behind the last letter that was found.
        let mut behind = u64::MAX;
        for (letter, number) in self.letters.word.iter().zip(0u32..) {
            let places = bytes.simd_eq(*letter).to_bitmask();
            begin &= places >> number;
            if self.found == number as usize && places & behind > 0 {
                let lowest = (places & behind).trailing_zeros();
                behind = (u64::MAX << lowest) << 1;
                self.found += 1;
            }
        }
        self.is_after_space = spaces >> (STRIDE - 1) > 0;
        begin > 0
    }
}

/// One way through a text.
struct Pass<'l> {
    letters: &'l Letters,
    rows: &'l mut [Row],
    /// How many of the word's letters were seen.
    seen: usize,
    best: Option<i32>,
}

impl Pass<'_> {
    #[inline(always)]
    fn look_at(&mut self, text: &[u8], first: usize, mut places: u64) {
        while places > 0 {
            let at = first + places.trailing_zeros() as usize;
            places &= places - 1;
            let Some(byte) = text.get(at).copied() else { return };
            let before = at.checked_sub(1).map_or(b' ', |before| text[before]);
            self.match_letter(byte, bonus(before, byte), at as i32);
        }
    }

    fn match_letter(&mut self, byte: u8, bonus: i32, place: i32) {
        let last = self.rows.len() - 1;
        // From the last letter on, so that no place counts for two letters.
        let mut left = self.letters.at[usize::from(byte)] & (u64::MAX >> (63 - self.seen));
        while left > 0 {
            let row = left.ilog2() as usize;
            left &= !(1 << row);
            let (points, carried) = match row.checked_sub(1) {
                None => (LETTER + FIRST * bonus, bonus),
                Some(before) => self.rows[before].next(place, bonus),
            };
            if row == last {
                self.best = self.best.max(Some(points));
            } else {
                self.rows[row].set(place, points, carried);
                self.seen = self.seen.max(row + 1);
            }
        }
    }
}

/// What a letter of a word brings more, by what is before it. Letters of other scripts begin no word of ASCII ones.
#[inline(always)]
fn bonus(before: u8, byte: u8) -> i32 {
    let table = match byte {
        b'0'..=b'9' => &NUMBERS,
        b'a'..=b'z' | b'A'..=b'Z' => &LETTERS,
        b'/' | b',' | b':' | b';' | b'|' => return 0,
        _ => return AFTER_SIGN,
    };
    i32::from(table[usize::from(before)])
}

/// What letters and numbers bring more, by the byte before them.
static LETTERS: [u8; 256] = bonuses(0);
static NUMBERS: [u8; 256] = {
    let mut bonuses = bonuses(NUMBER);
    let mut digit = b'0';
    while digit <= b'9' {
        bonuses[digit as usize] = 0;
        digit += 1;
    }
    bonuses
};

const fn bonuses(after_letter: u8) -> [u8; 256] {
    let mut bonuses = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        bonuses[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | 0x80.. => after_letter,
            b' ' | b'\t' | b'\n' => AFTER_SPACE,
            b'/' | b',' | b':' | b';' | b'|' => AFTER_DELIMITER,
            _ => AFTER_SIGN as u8,
        };
        byte += 1;
    }
    bonuses
}

#[cfg(test)]
mod tests {
    use nucleo_matcher::{Config, Matcher, Utf32Str};
    use proptest::prelude::*;

    use super::*;

    fn by_nucleo(text: &str, word: &str) -> Option<u16> {
        let mut config = Config::DEFAULT;
        (config.normalize, config.ignore_case) = (false, false);
        let (text, word) = (Utf32Str::Ascii(text.as_bytes()), Utf32Str::Ascii(word.as_bytes()));
        Matcher::new(config).fuzzy_match(text, word)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        /// The points are those that nucleo gives.
        #[test]
        fn points_are_those_of_nucleo(text in "[abc1 ,'-]{0,24}|[abc1 ]{50,150}", word in "[abc1,'-]{1,5}") {
            let letters = Letters::new(&word).expect("it is short");
            prop_assert_eq!(letters.points(&text, &mut Vec::new()), by_nucleo(&text, &word));
        }
    }

    #[test]
    fn what_is_long_or_of_other_letters_is_left_to_others() {
        for (word, is_ready) in
            [("a", true), ("", false), ("é", false), (&"a".repeat(64), true), (&"a".repeat(65), false)]
        {
            assert_eq!(Letters::new(word).is_some(), is_ready, "{word}");
        }
        let long = Letters::new(&"a".repeat(64)).expect("it has no more letters than that");
        assert_eq!(long.points(&"a".repeat(63), &mut Vec::new()), None);
        assert_eq!(
            long.points(&"a".repeat(70), &mut Vec::new()),
            by_nucleo(&"a".repeat(70), &"a".repeat(64))
        );
    }
}
