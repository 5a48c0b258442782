//! A phrase in the texts of many reviews at once.
//!
//! Reviews that were read together share one memory for what is open in them, one behind the other. So the longest word of a
//! phrase is looked for in that memory from end to end, as in one long text, and only where it stands is asked which review
//! and which passage that is. What curtains hide is in another memory; it is asked for review by review, against
//! [`Curtains`], and only of reviews in which something may be lifted.

use std::ops::Range;
use std::sync::Arc;

use super::query::Text;
use super::text::Pattern;
use crate::curtain::{Curtains, ReviewKey};
use crate::review::Review;

/// Bytes between the open texts of two reviews that are worth reading over: the titles and names of the second.
const GAP: usize = 4096;

/// A phrase made ready to be looked for in many reviews.
#[derive(Debug)]
pub(super) struct Scan {
    pattern: Pattern,
    /// The longest word of the phrase, if it has several.
    anchor: Option<Pattern>,
}

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
        let words = || text.as_str().split_whitespace();
        let longest = words().max_by_key(|word| word.len()).filter(|_| words().nth(1).is_some());
        let anchor = longest.and_then(Text::new).and_then(|word| Pattern::new(&word));
        Some(Scan { pattern, anchor })
    }

    /// Looks for the phrase in what may be seen of some reviews, and takes down in which it was found.
    pub(super) fn look<'r>(
        &self,
        reviews: impl Iterator<Item = (ReviewKey, &'r Review, &'r mut bool)>,
        curtains: &Curtains,
    ) {
        // Most often nothing is lifted, and most reviews hide nothing; to know that, no text has to be touched.
        let may_be_lifted =
            |review: &Review, key| !review.rail().is_empty() && curtains.may_be_lifted(review.hung(key));
        let is_untouched = curtains.is_untouched();
        let mut opens = Vec::new();
        for (key, review, found) in reviews {
            if !is_untouched && may_be_lifted(review, key) {
                *found = self.pattern.is_in(review, key, curtains);
                continue;
            }
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
        while let Some(hit) = self.anchor.as_ref().unwrap_or(&self.pattern).find_from(text, at) {
            let passed = run.iter().take_while(|open| open.range.end <= hit.start).count();
            run = &mut run[passed..];
            let Some(open) = run.first_mut() else { return };
            at = match open.review.open_passage_from(hit.start) {
                Some(passage) if passage.start > hit.start => passage.start,
                Some(passage) if self.is_in_passage(&text[passage.clone()], &hit, &passage) => {
                    *open.found = true;
                    open.range.end
                }
                Some(passage) => passage.end,
                None => open.range.end,
            };
        }
    }

    /// Whether the phrase is in a passage in which the longest word was found.
    fn is_in_passage(&self, text: &str, hit: &Range<usize>, passage: &Range<usize>) -> bool {
        (self.anchor.is_none() && hit.end <= passage.end) || self.pattern.is_match(text)
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
    use crate::curtain::Spot;
    use crate::review::Parser;

    /// Reviews that share one memory, each from its passages' TOML.
    fn reviews(sources: &[String]) -> Vec<Review> {
        let mut parser = Parser::default();
        let whole = |passages: &String| format!("tags = ['ab']\n[work]\ntitle = 'ab'\n{passages}");
        let drafts =
            sources.iter().map(|source| parser.draft(whole(source).as_bytes()).expect("it is a review"));
        let drafts = drafts.collect();
        parser.finish(drafts).collect()
    }

    fn passage() -> impl Strategy<Value = String> {
        let words = "[ab]{1,2}( [ab]{1,2}|\n\n[ab]{1,2}|\\*[ab]|\\|\\|[ab]\\|\\|){0,4}";
        let spoiler = prop::option::weighted(0.3, prop::sample::select(vec!["true", "'ab'"]));
        (words, spoiler).prop_map(|(text, spoiler)| {
            let spoiler = spoiler.map(|label| format!("spoiler = {label}\n")).unwrap_or_default();
            format!("[[passage]]\n{spoiler}text = '''{text}'''\n")
        })
    }

    proptest! {
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
                if let Some(hung) = reviews.get(review as usize).map(|one| one.hung(ReviewKey(review))) {
                    curtains.flip(hung, Spot::passage(passage));
                }
            }
            let text = Text::new(&words.join(" ")).expect("it is text");
            let (scan, pattern) = (Scan::new(&text).expect("it is short"), Pattern::new(&text).expect("it is short"));
            let mut found = vec![false; reviews.len()];
            let keyed = || reviews.iter().zip((0..).map(ReviewKey));
            scan.look(keyed().zip(&mut found).map(|((review, key), found)| (key, review, found)), &curtains);
            let one_by_one: Vec<_> =
                keyed().map(|(review, key)| pattern.first(review, key, &curtains).is_some()).collect();
            prop_assert_eq!(found, one_by_one);
        }
    }
}
