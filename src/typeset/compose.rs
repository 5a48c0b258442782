//! Turns a review into the blocks of its page: the head, the lines of curtains, and the paragraphs that may be seen.

use super::hyphens::BELOW;
use super::line::{By, Edge, Line, Place, Role};
use super::paragraph::{Paragraph, Span, is_address};
use super::words;
use super::{Block, Format, Source};
use crate::markup::{self, Style};
use crate::review::{
    RatingStyle, Review, VEIL, Visible, VisibleCurtain, VisiblePassage, VisibleSpan, VisibleText,
};

/// Reading speed in bytes per minute: about 230 words of English, or 500 characters of Chinese.
const BYTES_A_MINUTE: usize = 1400;

/// Separates two tags.
const BETWEEN_TAGS: &str = " · ";

pub(super) struct Composer<'r> {
    visible: Visible<'r>,
    format: Format,
    blocks: Vec<Block>,
}

pub(super) fn compose(visible: Visible<'_>, format: Format) -> Vec<Block> {
    let mut composer = Composer { visible, format, blocks: Vec::new() };
    composer.body();
    composer.head();
    composer.blocks
}

impl Composer<'_> {
    fn body(&mut self) {
        if let Some(cover) = self.visible.cover() {
            self.curtain(&cover);
            if cover.is_lifted {
                self.about(by(&cover));
            }
        }
        for passage in self.visible.passages() {
            self.passage(&passage);
        }
    }

    /// Adds the tags and link of a review that is hidden as a whole.
    fn about(&mut self, by: By) {
        let mut lines = vec![Line::default()];
        lines.extend(self.tags_and_link());
        if lines.len() == 1 {
            return;
        }
        for (line, within) in lines.iter_mut().zip(0..) {
            (line.place, line.edge) = (Place { within, ..ABOUT }, Some(Edge::Side(by)));
        }
        let weight = lines.iter().map(|line| line.text.len()).sum();
        self.blocks.push(Block::set(ABOUT, lines, weight));
    }

    fn tags_and_link(&self) -> Vec<Line> {
        let tags = self.visible.tags().collect::<Vec<_>>().join(BETWEEN_TAGS);
        let mut lines = self.wrapped(&tags, Role::Meta);
        let link = self.visible.link().unwrap_or_default();
        let mut address = self.wrapped(link, Role::Meta);
        for line in address.iter_mut().filter(|_| is_address(link)) {
            line.links.push((0..line.text.len(), link.to_owned()));
        }
        lines.extend(address);
        lines
    }

    fn passage(&mut self, passage: &VisiblePassage<'_>) {
        if let Some(curtain) = &passage.curtain {
            self.curtain(curtain);
        }
        let Some(text) = passage.text else { return };
        let edge = passage.curtain.or(self.visible.cover()).map(|curtain| Edge::Side(by(&curtain)));
        self.paragraphs(passage.number, text, edge, passage.curtain.is_some());
    }

    /// Adds the paragraphs of a passage. `is_framed` is set if the passage has a curtain of its own, whose edge shows
    /// where it ends.
    fn paragraphs(&mut self, number: u32, text: VisibleText<'_>, edge: Option<Edge>, is_framed: bool) {
        let role = if edge.is_some() { Role::Revealed } else { Role::Body };
        let mut spans = text.spans();
        let ranges: Vec<_> = markup::paragraphs(text.veiled()).collect();
        let last = ranges.len().saturating_sub(1);
        for (index, range) in ranges.into_iter().enumerate() {
            let offset = u32::try_from(range.start).unwrap_or(u32::MAX).saturating_add(1);
            let text = &text.veiled()[range];
            let veils = text.matches(VEIL).count();
            let paragraph = Paragraph {
                place: Place { section: number + 1, offset, within: 0 },
                text: text.to_owned(),
                spans: spans.by_ref().take(veils).map(span).collect(),
                role,
                edge,
                is_last: is_framed && index == last,
                language: self.format.hyphenation.filter(|_| self.format.measure < BELOW),
                links: self.format.links,
            };
            self.blocks.push(Block::of(paragraph));
        }
    }

    /// Adds the line of a curtain: always one line, whatever is behind it.
    fn curtain(&mut self, curtain: &VisibleCurtain<'_>) {
        let edge = if curtain.is_lifted { Edge::Top(by(curtain)) } else { Edge::Down };
        let region = curtain.region;
        let place = match region.passage_number() {
            Some(number) => Place { section: number + 1, offset: 0, within: 0 },
            None => COVER,
        };
        let mut line = Line { place, edge: Some(edge), curtain: Some(region), ..Line::default() };
        if curtain.is_lifted || !self.close(curtain, &mut line) {
            self.label(curtain, &mut line);
        }
        let gap = Line { place, ..Line::default() };
        self.blocks.push(Block::set(place, vec![gap, line], CURTAIN_WEIGHT));
    }

    /// Fills the line of a curtain that is down from edge to edge, with its label on the left and its gate on the
    /// right. Returns whether there was room.
    fn close(&self, curtain: &VisibleCurtain<'_>, line: &mut Line) -> bool {
        let end = if self.format.measure < NARROW { "░" } else { "░░" };
        let gate = curtain.condition().map(|words| format!(" {words} ")).unwrap_or_default();
        let taken = 2 * words::columns(end) + words::columns(&gate) + 2;
        let title =
            words::shorten(&curtain.title(), self.format.measure.saturating_sub(taken).max(MIN_TITLE));
        let Some(room) = self.format.measure.checked_sub(taken + words::columns(&title)) else {
            return false;
        };
        let mut push = |text: &str, role| line.push(text, role, Style::PLAIN, None);
        push(end, Role::Texture);
        push(&format!(" {title} "), Role::Label);
        push(&"░".repeat(room), Role::Texture);
        push(&gate, Role::Label);
        push(end, Role::Texture);
        true
    }

    /// Label and gate by themselves. If space is short, the label is shortened but never the point after which the text
    /// is safe.
    fn label(&self, curtain: &VisibleCurtain<'_>, line: &mut Line) {
        let condition = curtain.condition().map(|words| format!(" · {words}")).unwrap_or_default();
        let room = self.format.measure.saturating_sub(words::columns(&condition));
        let text = words::shorten(&curtain.title(), room.max(MIN_TITLE)) + &condition;
        line.push(&words::shorten(&text, self.format.measure), Role::Label, Style::PLAIN, None);
    }

    /// Adds the head of the page. This is done last because it includes the reading time of the open text.
    fn head(&mut self) {
        let review = self.visible.review();
        let mut lines = self.wrapped(review.headline(), Role::Headline);
        lines.extend(self.wrapped(&work_line(review), Role::Work));
        lines.push(Line::default());
        lines.extend(self.facts());
        lines.extend(self.progress());
        if self.visible.cover().is_none() {
            lines.extend(self.tags_and_link());
        }
        for (line, offset) in lines.iter_mut().zip(0..) {
            line.place.offset = offset;
        }
        self.blocks.insert(0, Block::set(Place::default(), lines, 0));
    }

    /// How far the reader has got in the work, and how many of the visible spoilers are open.
    fn progress(&self) -> Vec<Line> {
        let Some(progress) = self.visible.progress() else { return Vec::new() };
        let spoilers = match self.visible.open_count() {
            (_, 0) => String::new(),
            (open, 1) => format!(" · {open} of 1 spoiler open"),
            (open, all) => format!(" · {open} of {all} spoilers open"),
        };
        self.wrapped(&format!("you: {progress}{spoilers}"), Role::Meta)
    }

    /// Wraps a text of one role; an empty text has no lines.
    fn wrapped(&self, text: &str, role: Role) -> Vec<Line> {
        let ranges = words::lines(text, self.format.measure).into_iter().filter(|range| !range.is_empty());
        ranges.map(|range| Line::of(&text[range], role)).collect()
    }

    /// Stars and the other facts, as many per line as fit.
    fn facts(&self) -> Vec<Line> {
        let review = self.visible.review();
        let mut facts = Vec::new();
        if let Some(rating) = review.rating() {
            match self.format.ratings {
                RatingStyle::Stars => facts.push((rating.stars().to_owned(), Role::Stars)),
                RatingStyle::Numbers => facts.push((rating.to_string(), Role::Stars)),
                RatingStyle::Hidden => {}
            }
            if self.format.ratings == RatingStyle::Stars && !rating.is_in_stars() {
                facts.push((rating.to_string(), Role::Meta));
            }
        }
        facts.extend(review.reviewer().map(|name| (name.to_owned(), Role::Meta)));
        facts.extend(review.date().map(|date| (date.written(self.format.dates), Role::Meta)));
        facts.extend(review.seen().map(|seen| (format!("seen: {seen}"), Role::Meta)));
        let bytes: usize = self.blocks.iter().map(Block::reading_bytes).sum();
        if bytes > 0 {
            facts.push((format!("{} min", bytes.div_ceil(BYTES_A_MINUTE)), Role::Meta));
        }
        let (mut lines, mut width) = (Vec::<Line>::new(), 0);
        for (fact, role) in facts {
            let fact = words::shorten(&fact, self.format.measure);
            let columns = words::columns(&fact);
            match lines.last_mut() {
                Some(line) if width + 3 + columns <= self.format.measure => {
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

/// What has lifted a curtain.
fn by(curtain: &VisibleCurtain<'_>) -> By {
    if curtain.is_lifted_by_progress { By::Progress } else { By::Hand }
}

fn span(span: VisibleSpan<'_>) -> Span {
    Span { region: span.region, lifted: span.text.map(str::to_owned) }
}

/// The measure below which the ends of a closed curtain are short.
const NARROW: usize = 50;

/// Columns reserved for a curtain's title, however long its gate is.
const MIN_TITLE: usize = 8;

/// The curtain over the whole review, and its tags and link, go between the head and the first passage.
const COVER: Place = Place { section: 0, offset: u32::MAX - 1, within: 0 };
const ABOUT: Place = Place { section: 0, offset: u32::MAX, within: 0 };

/// The weight of a curtain for the reading position, in bytes: one line, whatever is behind it.
const CURTAIN_WEIGHT: usize = 72;

/// The work below the headline: `Middlemarch (1871), a book by George Eliot`, without the title if that is the
/// headline.
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

impl Block {
    fn reading_bytes(&self) -> usize {
        match &self.source {
            Source::Paragraph(paragraph) => paragraph.text.len(),
            Source::Set => 0,
        }
    }
}
