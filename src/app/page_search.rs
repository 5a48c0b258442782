//! Searches the text on the screen. It reads the page, so it knows only what may be seen.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::find::Pattern;
use crate::query::Text;
use crate::typeset::{Cursor, Joined, Page};

/// A search in a text, and its hits.
#[derive(Debug, Default)]
pub struct PageSearch {
    text: String,
    pattern: Option<Pattern>,
    hits: Vec<Vec<Part>>,
    at: usize,
}

/// A part of a hit: a line, and a byte range in it. A hit that is broken across lines has several.
type Part = (Cursor, Range<usize>);

impl PageSearch {
    /// Searches for what was typed: a capital letter matches only itself, a small letter matches both cases.
    #[must_use]
    pub fn smart(text: &str) -> Self {
        let pattern = Text::new(text).and_then(|text| Pattern::smart(&text));
        PageSearch { text: text.to_owned(), pattern, ..PageSearch::default() }
    }

    /// Searches for what was found in the list.
    #[must_use]
    pub fn of(text: &Text) -> Self {
        PageSearch { text: text.as_str().to_owned(), pattern: Pattern::new(text), ..PageSearch::default() }
    }

    /// The text that is searched for.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Searches a page.
    pub fn look(&mut self, page: &Page) {
        self.hits.clear();
        let Some(pattern) = &self.pattern else { return };
        let joined = Joined::of(page.lines_from(Cursor::default()));
        self.hits.extend(pattern.find_in(joined.text()).map(|found| joined.on_lines(found)));
        self.at = self.at.min(self.hits.len().saturating_sub(1));
    }

    /// The sentence that the hit stands in which the reader is at.
    #[must_use]
    pub(super) fn sentence(&self, page: &Page) -> Option<String> {
        let (line, range) = self.hits.get(self.at)?.first()?;
        let paragraph = page.paragraph(*line);
        let hit = paragraph.offset(*line, range.start)?;
        let text = paragraph.text().replace('\n', " ");
        let mut sentences = text.split_sentence_bound_indices();
        let sentence = sentences.find(|(start, sentence)| start + sentence.len() > hit)?.1;
        Some(sentence.trim().to_owned())
    }

    /// The number of the current hit, from 1, and how many there are.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        ((self.at + 1).min(self.hits.len()), self.hits.len())
    }

    /// Goes to the first hit on or below this line, or else to the first of all.
    pub fn start(&mut self, from: Cursor) -> Option<Cursor> {
        let line = |hit: &Vec<Part>| hit.first().map(|part| part.0);
        self.at = self.hits.iter().position(|hit| line(hit) >= Some(from)).unwrap_or(0);
        self.cursor()
    }

    /// Goes to the next hit, or with `back` to the previous one. Returns its line, and whether the search wrapped
    /// around.
    pub fn step(&mut self, back: bool) -> Option<(Cursor, bool)> {
        let last = self.hits.len().checked_sub(1)?;
        let is_round = if back { self.at == 0 } else { self.at >= last };
        self.at = match (back, is_round) {
            (false, true) => 0,
            (true, true) => last,
            (false, false) => self.at + 1,
            (true, false) => self.at - 1,
        };
        Some((self.cursor()?, is_round))
    }

    fn cursor(&self) -> Option<Cursor> {
        self.hits.get(self.at)?.first().map(|part| part.0)
    }

    /// The parts of hits on a line, and whether each belongs to the current hit.
    pub fn on_line(&self, line: Cursor) -> impl Iterator<Item = (Range<usize>, bool)> {
        let first = self.hits.partition_point(|hit| hit.last().is_some_and(|part| part.0 < line));
        let hits = self.hits.iter().enumerate().skip(first);
        hits.take_while(move |(_, hit)| hit.first().is_some_and(|part| part.0 <= line))
            .flat_map(|(number, hit)| hit.iter().map(move |part| (number, part)))
            .filter(move |(_, part)| part.0 == line)
            .map(|(number, part)| (part.1.clone(), number == self.at))
    }
}
