//! A phrase in the texts of many reviews at once.
//!
//! Reviews that were read together share one memory for what is open in them, one behind the other. So that part of a
//! phrase which is the rarest is looked for in that memory from end to end, as in one long text, and only where it stands is
//! asked which review and which passage that is. What curtains hide is in another memory; it is asked for review by review, through
//! [`Visible`], and only of reviews in which something may be lifted.

use std::ops::Range;
use std::sync::Arc;

use super::pair::Pair;
use super::query::Text;
use super::text::Pattern;
use crate::review::{Review, Visible};

/// Bytes between the open texts of two reviews that are worth reading over: the titles and names of the second.
const GAP: usize = 4096;

/// A phrase made ready to be looked for in many reviews.
#[derive(Clone, Debug)]
pub(super) struct Scan {
    pattern: Pattern,
    anchor: Anchor,
}

/// What is looked for first.
#[derive(Clone, Debug)]
enum Anchor {
    /// All of a phrase of one word.
    Phrase,
    /// The longest word.
    Word(Pattern),
    /// The place between the first two words, where all are short; with what is before it, and what is behind.
    Pair(Pair, Pattern, Pattern),
}

/// Letters from which on a word is rare enough to be looked for by itself.
const RARE: usize = 5;

/// The most bytes that a word takes which is not rare.
const LONGEST: usize = RARE * 4;

/// A review's open text, where it is in its memory, and where to take down that the phrase is in it.
struct Open<'r> {
    review: &'r Review,
    range: Range<usize>,
    found: &'r mut bool,
}

impl Scan {
    /// Makes a phrase ready, unless it is more than any sentence.
    pub(super) fn new(text: &Text) -> Option<Self> {
        let pattern = Pattern::new(text)?;
        let anchor = Anchor::of(text).unwrap_or(Anchor::Phrase);
        Some(Scan { pattern, anchor })
    }

    /// Looks for the phrase in what may be seen of some reviews, and takes down in which it was found.
    pub(super) fn look<'r>(&self, reviews: impl Iterator<Item = (Visible<'r>, &'r mut bool)>) {
        let mut opens = Vec::new();
        for (visible, found) in reviews {
            // Most often nothing is lifted, and most reviews hide nothing; to know that, no text has to be touched.
            if visible.may_show_hidden() {
                *found = self.pattern.is_in(visible);
                continue;
            }
            let review = visible.review();
            let range = review.open_range();
            if !range.is_empty() {
                opens.push(Open { review, range, found });
            }
        }
        opens.chunk_by_mut(Open::is_followed_by).for_each(|run| self.look_in_one_memory(run));
    }

    fn look_in_one_memory(&self, mut run: &mut [Open<'_>]) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return };
        let text = &first.review.open_memory()[..last.range.end];
        let mut at = first.range.start;
        while let Some(hit) = self.find_from(text, at) {
            let passed = run.iter().take_while(|open| open.range.end <= hit.start).count();
            run = &mut run[passed..];
            let Some(open) = run.first_mut() else { return };
            at = match open.review.open_from(hit.start) {
                Some(open_text) if open_text.start > hit.start => open_text.start,
                Some(open_text) => match self.look_at(text, &hit, &open_text) {
                    Ok(()) => {
                        *open.found = true;
                        open.range.end
                    }
                    Err(next) => next,
                },
                None => open.range.end,
            };
        }
    }

    fn find_from(&self, text: &str, at: usize) -> Option<Range<usize>> {
        match &self.anchor {
            Anchor::Phrase => self.pattern.find_from(text, at),
            Anchor::Word(word) => word.find_from(text, at),
            Anchor::Pair(pair, ..) => pair.find_from(text, at),
        }
    }

    /// Whether the phrase is in the open text in which its anchor was found; if not, where to look on.
    fn look_at(&self, text: &str, hit: &Range<usize>, open: &Range<usize>) -> Result<(), usize> {
        // As bytes: whether a text ends between two characters is asked of what is behind its end, which may be far away.
        let bytes = text.as_bytes();
        let (is_here, next) = match &self.anchor {
            Anchor::Phrase if hit.end <= open.end => (true, open.end),
            Anchor::Phrase | Anchor::Word(_) => (self.pattern.is_match(&bytes[open.clone()]), open.end),
            Anchor::Pair(_, first, others) => {
                let is_here = open.contains(&hit.end) && {
                    let start = hit.end.saturating_sub(LONGEST).max(open.start);
                    others.is_match(&bytes[hit.end..open.end]) && first.is_match(&bytes[start..hit.end])
                };
                (is_here, hit.start + 1)
            }
        };
        if is_here { Ok(()) } else { Err(next) }
    }
}

impl Anchor {
    /// That of several words.
    fn of(text: &Text) -> Option<Self> {
        let words: Vec<_> = text.as_str().split_whitespace().collect();
        let longest = words.iter().max_by_key(|word| word.len()).filter(|_| words.len() > 1)?;
        let pair = Pair::new(words[0], words[1]).filter(|_| longest.len() < RARE);
        if let Some((pair, (first, others))) = pair.zip(Pattern::parted(text)) {
            return Some(Anchor::Pair(pair, first, others));
        }
        Text::new(longest).and_then(|word| Pattern::new(&word)).map(Anchor::Word)
    }
}

impl Open<'_> {
    fn is_followed_by(&self, next: &Open<'_>) -> bool {
        let gap = next.range.start.checked_sub(self.range.end);
        gap.is_some_and(|gap| gap <= GAP) && Arc::ptr_eq(self.review.open_memory(), next.review.open_memory())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::curtain::{Curtains, Region, ReviewId};
    use crate::review::Parser;

    /// Reviews that share one memory, each from its passages' TOML.
    fn reviews(sources: &[String]) -> Vec<Review> {
        let mut parser = Parser::default();
        let whole = |passages: &String| format!("tags = ['ab']\n[work]\ntitle = 'ab'\n{passages}");
        let drafts =
            sources.iter().map(|source| parser.draft(whole(source).as_bytes()).expect("it is a review"));
        let drafts = drafts.collect();
        let reviews = parser.finish(drafts).zip(0..);
        reviews
            .map(|(mut review, number)| {
                review.name(ReviewId::new(number));
                review
            })
            .collect()
    }

    fn passage() -> impl Strategy<Value = String> {
        let words = "[ab]{1,2}( [ab]{1,2}|\n\n[ab]{1,2}|\\*[ab]|\\|\\|[ab]\\|\\|){0,4}";
        let spoiler = prop::option::weighted(0.3, prop::sample::select(vec!["true", "'ab'"]));
        (words, spoiler).prop_map(|(text, spoiler)| {
            let spoiler = spoiler.map(|label| format!("spoiler = {label}\n")).unwrap_or_default();
            format!("[[passage]]\n{spoiler}text = '''{text}'''\n")
        })
    }

    /// Words of letters that have more than one form, written in any of these and parted in any way.
    fn written(words: &[&'static str]) -> impl Strategy<Value = String> + use<> {
        let word = prop::sample::select(words.to_vec());
        let forms = prop::collection::vec(prop::sample::select(vec![0, 1, 2]), 3);
        let gap = vec![" ", "\n", ", ", ".”\n", "*", " _", "—", "\u{a0}", "。", "！", "🎈", "\u{fffc}", ""];
        let part = (word, forms, prop::sample::select(gap)).prop_map(|(word, forms, gap)| {
            let letters = word.chars().zip(forms).map(|(letter, form)| match (letter, form) {
                ('s', 1) => 'ſ',
                ('k', 1) => '\u{212a}',
                ('\'', _) if form > 0 => '’',
                (letter, 0) => letter,
                (letter, _) => letter.to_ascii_uppercase(),
            });
            letters.collect::<String>() + gap
        });
        prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
    }

    proptest! {
        /// The place between two words is never passed.
        #[test]
        fn a_pair_stands_wherever_its_phrase_does(
            (word, next, text) in prop::sample::select(vec![["as", "ka"], ["s'", "'s"], ["kk", "s"], ["aa", "é"]])
                .prop_flat_map(|[word, next]| (Just(word), Just(next), written(&[word, next]))),
        ) {
            let phrase = Text::new(&format!("{word} {next}")).expect("it is text");
            let Some(pair) = Pair::new(word, next) else {
                prop_assert_eq!(next, "é");
                return Ok(());
            };
            for found in Pattern::new(&phrase).expect("it is short").find_in(&text) {
                let place = pair.find_from(&text, found.start);
                let is_inside = place.as_ref().is_some_and(|place| place.end < found.end);
                prop_assert!(is_inside, "{found:?} of {text:?}: {place:?}");
            }
        }

        /// Many reviews at once, or one after another: the same are found, whatever is lifted.
        #[test]
        fn one_memory_is_searched_as_its_reviews_are(
            sources in prop::collection::vec(prop::collection::vec(passage(), 1..4).prop_map(|p| p.concat()), 1..6),
            words in prop::collection::vec("[ab]{1,2}", 1..3),
            lifted in prop::collection::vec((0u32..6, 0u32..3), 0..4),
        ) {
            let reviews = reviews(&sources);
            let mut curtains = Curtains::default();
            for (review, passage) in lifted {
                if let Some(review) = reviews.get(review as usize) {
                    curtains.toggle(review.curtain_list(), Region::passage(passage));
                }
            }
            let text = Text::new(&words.join(" ")).expect("it is text");
            let (scan, pattern) = (Scan::new(&text).expect("it is short"), Pattern::new(&text).expect("it is short"));
            let mut found = vec![false; reviews.len()];
            let visible = || reviews.iter().map(|review| Visible::new(review, &curtains));
            scan.look(visible().zip(&mut found));
            let one_by_one: Vec<_> = visible().map(|visible| pattern.first(visible).is_some()).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }
}
