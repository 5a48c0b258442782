//! Searches for a phrase in a long text, much faster than a regular expression.
//!
//! It looks for the rarest letter of the phrase in both cases and compares the rest only there, in both directions. A
//! regular expression would stop at every `the`.

use memchr::memchr2_iter;

/// A phrase of ASCII words, and the position of its rarest letter.
#[derive(Clone, Debug)]
pub(super) struct Phrase {
    letter: u8,
    /// The part before that letter, backwards.
    before: Box<[Element]>,
    after: Box<[Element]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Element {
    /// An ASCII character, in either case.
    Character(u8),
    /// A straight or curly apostrophe.
    Apostrophe,
    /// What separates two words.
    Gap,
}

/// Whether a character may separate two words: white space, punctuation and emphasis marks, which nobody remembers.
/// Characters that stand for a hidden span or end a passage never do.
pub(super) fn is_gap(c: char) -> bool {
    match c {
        '\0' | '\u{7f}' => false,
        c if c.is_ascii() => !c.is_ascii_alphanumeric(),
        // Latin-1, the Ogham space, general and CJK punctuation, and the wide forms of ASCII punctuation.
        _ => matches!(
            c,
            '\u{a0}'..='\u{bf}' | '\u{1680}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}'
                | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}'
        ),
    }
}

/// Letters from rarest to most common in English; all other characters are rarer.
const LETTERS: &[u8] = b"zqjxkvbpygwfmculdrhsnioate";

impl Phrase {
    /// Prepares a phrase. `None` if it has non-ASCII letters, or if a gap is next to a character that may be part of
    /// it.
    pub(super) fn new(text: &str) -> Option<Self> {
        let words = || text.split_whitespace();
        let last = words().count().checked_sub(1)?;
        let is_plain = |(at, word): (usize, &str)| {
            let word = word.replace('’', "'");
            word.is_ascii()
                && (at == 0 || !word.starts_with(is_gap))
                && (at == last || !word.ends_with(is_gap))
        };
        if !words().enumerate().all(is_plain) {
            return None;
        }
        let elements = words().map(|word| word.chars().map(Element::of).collect()).collect::<Vec<Vec<_>>>();
        let elements = elements.join(&Element::Gap);
        let rarity = |element: &Element| match element {
            Element::Character(c) => LETTERS.iter().position(|letter| letter == c).map_or(0, |at| at + 1),
            _ => usize::MAX,
        };
        let (at, _) = elements.iter().enumerate().min_by_key(|(_, element)| rarity(element))?;
        let Element::Character(letter) = elements[at] else { return None };
        let before = elements[..at].iter().rev().copied().collect();
        Some(Phrase { letter, before, after: elements[at + 1..].into() })
    }

    /// Whether a text contains the phrase.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let mut places = memchr2_iter(self.letter, self.letter.to_ascii_uppercase(), text.as_bytes());
        places.any(|at| {
            let begins = self.before.iter().try_fold(at, |at, element| element.start(text, at));
            begins.is_some()
                && self.after.iter().try_fold(at + 1, |at, element| element.end(text, at)).is_some()
        })
    }
}

impl Element {
    fn of(c: char) -> Self {
        match c {
            '\'' | '’' => Element::Apostrophe,
            c => Element::Character(u8::try_from(c).unwrap_or_default().to_ascii_lowercase()),
        }
    }

    /// Where the phrase ends, if it starts at this position.
    fn end(self, text: &str, at: usize) -> Option<usize> {
        match self {
            Element::Character(letter) => {
                (text.as_bytes().get(at)?.to_ascii_lowercase() == letter).then_some(at + 1)
            }
            Element::Apostrophe => Some(text.len() - text[at..].strip_prefix(['\'', '’'])?.len()),
            Element::Gap => {
                let end = text.len() - text[at..].trim_start_matches(is_gap).len();
                (end > at).then_some(end)
            }
        }
    }

    /// Where the phrase starts, if it ends at this position.
    fn start(self, text: &str, at: usize) -> Option<usize> {
        match self {
            Element::Character(letter) => {
                let before = at.checked_sub(1)?;
                (text.as_bytes()[before].to_ascii_lowercase() == letter).then_some(before)
            }
            Element::Apostrophe => Some(text[..at].strip_suffix(['\'', '’'])?.len()),
            Element::Gap => Some(text[..at].trim_end_matches(is_gap).len()).filter(|start| *start < at),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::find::Pattern;
    use crate::query::Text;

    #[test]
    fn what_parts_words_is_what_parts_them_in_the_regular_expression() {
        let words = Text::new("a b").expect("it is text");
        let pattern = Pattern::new(&words).expect("it is short");
        for c in '\0'..=char::MAX {
            let is_parted = pattern.find_in(&format!("a{c}b")).next().is_some();
            assert_eq!(is_gap(c), is_parted, "{c:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_phrase_is_where_its_regular_expression_is(
            words in "[abE'’-]{1,3}( [abe'’é.]{1,2}){0,3}",
            text in "([abeABE]{1,2}|[ .*,'’\n—\u{0}\u{fffc}é雪-]){0,24}",
        ) {
            let Some(words) = Text::new(&words) else { return Ok(()) };
            let pattern = Pattern::new(&words).expect("it is short");
            if let Some(phrase) = Phrase::new(words.as_str()) {
                prop_assert_eq!(phrase.is_in(&text), pattern.find_in(&text).next().is_some());
            }
        }
    }
}
