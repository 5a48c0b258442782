//! A review to the blocks of its page: what stands above the text, the lines of curtains, and the paragraphs that may be
//! seen.

use super::line::{Edge, Line, Place, Role};
use super::paragraph::{Paragraph, Span};
use super::words;
use super::{Block, Source};
use crate::curtain::{Curtains, Point, Position, ReviewKey, Spot};
use crate::markup::{self, Style};
use crate::review::{Review, VEIL};

/// Bytes of text that are read in a minute: about 230 words of English, or 500 characters of Chinese.
const BYTES_A_MINUTE: usize = 1400;

pub(super) struct Composer<'r> {
    review: &'r Review,
    key: ReviewKey,
    curtains: &'r Curtains,
    measure: usize,
    blocks: Vec<Block>,
}

pub(super) fn compose(review: &Review, key: ReviewKey, curtains: &Curtains, measure: usize) -> Vec<Block> {
    let mut composer = Composer { review, key, curtains, measure, blocks: Vec::new() };
    composer.body();
    composer.head();
    composer.blocks
}

impl Composer<'_> {
    fn body(&mut self) {
        if self.review.is_curtained() {
            self.curtain(Spot::REVIEW, None);
            match self.curtains.lifted(self.review.hung(self.key), Spot::REVIEW) {
                Some(lifted) => self.about(self.review.behind(&lifted)),
                None => return,
            }
        }
        for number in 0..self.review.passage_count() {
            self.passage(number);
        }
    }

    /// Tags and link of a review that was all behind a curtain.
    fn about(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let mut lines = vec![Line::default()];
        lines.extend(self.wrapped(text, Role::Meta));
        for (line, within) in lines.iter_mut().zip(0..) {
            (line.place, line.edge) = (Place { within, ..ABOUT }, Some(Edge::Side));
        }
        self.blocks.push(Block::set(ABOUT, lines, text.len()));
    }

    fn passage(&mut self, number: u32) {
        let spot = Spot::passage(number);
        let is_curtained = self.review.rail().at(spot).is_some();
        if is_curtained {
            self.curtain(spot, self.review.label(number));
        }
        let Some(text) = self.review.passage(self.key, self.curtains, number) else {
            return;
        };
        let edge = (is_curtained || self.review.is_curtained()).then_some(Edge::Side);
        let role = if edge.is_some() { Role::Revealed } else { Role::Body };
        let mut spans = 0;
        let ranges: Vec<_> = markup::paragraphs(text).collect();
        let last = ranges.len().saturating_sub(1);
        for (index, range) in ranges.into_iter().enumerate() {
            let offset = u32::try_from(range.start).unwrap_or(u32::MAX).saturating_add(1);
            let text = &text[range];
            let veils = u32::try_from(text.matches(VEIL).count()).unwrap_or(0);
            let paragraph = Paragraph {
                place: Place { section: number + 1, offset, within: 0 },
                text: text.to_owned(),
                spans: (spans..spans + veils).map(|span| self.span(Spot::span(number, span))).collect(),
                role,
                edge,
                is_last: is_curtained && index == last,
            };
            spans += veils;
            self.blocks.push(Block::of(paragraph));
        }
    }

    fn span(&self, spot: Spot) -> Span {
        let lifted = self.curtains.lifted(self.review.hung(self.key), spot);
        Span { spot, lifted: lifted.map(|lifted| self.review.behind(&lifted).to_owned()) }
    }

    /// The line of a curtain: one line, whatever is behind it.
    fn curtain(&mut self, spot: Spot, label: Option<&str>) {
        let hung = self.review.hung(self.key);
        let Some(curtain) = self.review.rail().at(spot) else {
            return;
        };
        let mut text = match (spot, label) {
            (Spot::REVIEW, _) => "Spoiler: the whole review".to_owned(),
            (_, Some(label)) => format!("Spoiler: {label}"),
            (_, None) => "Spoiler".to_owned(),
        };
        if let Some(gate) = curtain.gate {
            text += &format!(" · after {}", gate_words(gate, self.review.unit()));
        }
        let edge = match self.curtains.position(hung, curtain) {
            Position::Down => Edge::Down,
            Position::Lifted => Edge::Top,
        };
        let section = spot.passage_number().map_or(0, |number| number + 1);
        let place = if section == 0 { CURTAIN_OF_ALL } else { Place { section, offset: 0, within: 0 } };
        let mut line = Line { place, edge: Some(edge), curtain: Some(spot), ..Line::default() };
        line.push(&words::shorten(&text, self.measure), Role::Label, Style::PLAIN, None);
        let gap = Line { place, ..Line::default() };
        self.blocks.push(Block::set(place, vec![gap, line], CURTAIN_WEIGHT));
    }

    /// What stands above the text. It comes last, since it tells how long the open text takes to read.
    fn head(&mut self) {
        let review = self.review;
        let mut lines = self.wrapped(review.headline(), Role::Headline);
        lines.extend(self.wrapped(&work_line(review), Role::Work));
        lines.push(Line::default());
        lines.extend(self.facts());
        lines.extend(self.wrapped(&review.tags().collect::<Vec<_>>().join(" · "), Role::Meta));
        lines.extend(self.wrapped(review.link().unwrap_or_default(), Role::Meta));
        for (line, offset) in lines.iter_mut().zip(0..) {
            line.place.offset = offset;
        }
        self.blocks.insert(0, Block::set(Place::default(), lines, 0));
    }

    /// A text of one role as lines; none for an empty one.
    fn wrapped(&self, text: &str, role: Role) -> Vec<Line> {
        let ranges = words::lines(text, self.measure).into_iter().filter(|range| !range.is_empty());
        ranges.map(|range| Line::of(&text[range], role)).collect()
    }

    /// Stars and the other facts, as many to a line as fit.
    fn facts(&self) -> Vec<Line> {
        let review = self.review;
        let mut facts = Vec::new();
        if let Some(rating) = review.rating() {
            facts.push((rating.stars(), Role::Stars));
            if !rating.is_in_stars() {
                facts.push((rating.to_string(), Role::Meta));
            }
        }
        facts.extend(review.reviewer().map(|name| (name.to_owned(), Role::Meta)));
        facts.extend(review.date().map(|date| (date.to_string(), Role::Meta)));
        let bytes: usize = self.blocks.iter().map(Block::reading_bytes).sum();
        if bytes > 0 {
            facts.push((format!("{} min", bytes.div_ceil(BYTES_A_MINUTE)), Role::Meta));
        }
        let (mut lines, mut width) = (Vec::<Line>::new(), 0);
        for (fact, role) in facts {
            let fact = words::shorten(&fact, self.measure);
            let columns = words::columns(&fact);
            match lines.last_mut() {
                Some(line) if width + 3 + columns <= self.measure => {
                    line.push("   ", Role::Meta, Style::PLAIN, None);
                    line.push(&fact, role, Style::PLAIN, None);
                    width += 3 + columns;
                }
                _ => {
                    lines.push(Line::of(&fact, role));
                    width = columns;
                }
            }
        }
        lines
    }
}

/// The curtain over the whole review, and what it hides besides the passages, stand between the head and the first.
const CURTAIN_OF_ALL: Place = Place { section: 0, offset: u32::MAX - 1, within: 0 };
const ABOUT: Place = Place { section: 0, offset: u32::MAX, within: 0 };

/// What a curtain counts for in "how far down", in bytes: a line, whatever is behind it.
const CURTAIN_WEIGHT: usize = 72;

/// The work below the headline: `Middlemarch (1871), a book by George Eliot`, or without the title where the headline is
/// the title already.
fn work_line(review: &Review) -> String {
    let by = review.by().collect::<Vec<_>>().join(", ");
    let year = review.year().map(|year| if year < 0 { format!("{} BC", -year) } else { year.to_string() });
    let mut made = String::new();
    if let Some(kind) = review.kind() {
        let vowel = kind.chars().next().is_some_and(|c| "aeiouAEIOU".contains(c));
        made += if vowel { "an " } else { "a " };
        made += kind;
    }
    if !by.is_empty() {
        made += if made.is_empty() { "by " } else { " by " };
        made += &by;
    }
    if review.has_title() {
        let year = year.map(|year| format!(" ({year})")).unwrap_or_default();
        let comma = if made.is_empty() { "" } else { ", " };
        return format!("{}{year}{comma}{made}", review.work_title());
    }
    let parts = [Some(made).filter(|made| !made.is_empty()), year];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// A gate in words: `chapter 9`, `S02E05`, `40 %`.
#[must_use]
pub fn gate_words(gate: Point, unit: Option<&str>) -> String {
    match (gate, unit) {
        (Point::Number(number), Some("percent" | "%")) => format!("{number} %"),
        (Point::Number(_), Some(unit)) => format!("{unit} {gate}"),
        _ => gate.to_string(),
    }
}

impl Block {
    fn reading_bytes(&self) -> usize {
        match &self.source {
            Source::Paragraph(paragraph) => paragraph.text.len(),
            Source::Set => 0,
        }
    }
}
