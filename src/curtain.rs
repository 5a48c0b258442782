//! Which curtains are lifted.
//!
//! This module owns the one rule of the covenant: [`Curtains`] alone decides whether a spot of a review may be seen,
//! and [`Lifted`], the proof that it may, cannot be made anywhere else. It knows nothing of text, widths or terminals:
//! a review tells it where its curtains hang ([`Rail`]) and on which work, and that is all it needs.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::str::FromStr;

/// A review's name within one run of the program: its position in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewKey(pub u32);

/// A spot of a review where a curtain can hang, and also the address of the text behind it.
///
/// The order is the reading order: the whole review, then each passage followed by the spans inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// 0 for the whole review, else the passage's number plus 1.
    section: u32,
    /// 0 for the whole section, else the span's number plus 1.
    span: u32,
}

impl Spot {
    /// The whole review. The text at this spot is what is hidden besides the passages: tags and link.
    pub const REVIEW: Spot = Spot { section: 0, span: 0 };

    /// The passage with this number, counted from 0.
    #[must_use]
    pub fn passage(passage: u32) -> Spot {
        Spot { section: passage + 1, span: 0 }
    }

    /// A span inside a passage, both counted from 0.
    #[must_use]
    pub fn span(passage: u32, span: u32) -> Spot {
        Spot { section: passage + 1, span: span + 1 }
    }

    /// Whether this is a span inside a passage.
    #[must_use]
    pub fn is_span(self) -> bool {
        self.span > 0
    }

    /// The passage that this spot is in, or nothing for the whole review.
    #[must_use]
    pub fn passage_number(self) -> Option<u32> {
        self.section.checked_sub(1)
    }

    /// The spots that lie over this one, itself included, outermost first.
    fn over(self) -> impl Iterator<Item = Spot> {
        let section = Spot { section: self.section, span: 0 };
        let levels = [Some(Spot::REVIEW), Some(section), Some(self)];
        let mut last = None;
        levels.into_iter().flatten().filter(move |spot| last.replace(*spot) != Some(*spot))
    }
}

/// A point in a work, as its readers count: the ninth chapter, or the fifth episode of the second season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// A chapter, page, act, level or percentage, whatever the work's unit is.
    Number(u32),
    /// An episode of a season.
    Episode {
        /// The season, from 0 (specials).
        season: u16,
        /// The episode within it.
        episode: u16,
    },
}

impl Point {
    /// Whether both are counted the same way.
    #[must_use]
    pub fn counts_like(self, other: Point) -> bool {
        matches!(self, Point::Number(_)) == matches!(other, Point::Number(_))
    }

    /// Whether somebody who has finished `self` is past `gate`. Points that are counted differently never are: a gate
    /// fails closed.
    #[must_use]
    pub fn is_past(self, gate: Point) -> bool {
        match (self, gate) {
            (Point::Number(reached), Point::Number(gate)) => reached >= gate,
            (
                Point::Episode { season, episode },
                Point::Episode { season: gate_season, episode: gate_episode },
            ) => (season, episode) >= (gate_season, gate_episode),
            _ => false,
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Number(number) => write!(f, "{number}"),
            Point::Episode { season, episode } => write!(f, "S{season:02}E{episode:02}"),
        }
    }
}

/// What was given is neither a whole number nor an episode such as `S02E05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPoint;

impl FromStr for Point {
    type Err = NotAPoint;

    /// Reads `9`, `S02E05`, `s2e5` or `2x05`.
    fn from_str(text: &str) -> Result<Self, NotAPoint> {
        let text = text.trim().to_ascii_lowercase();
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if digits(&text) {
            return text.parse().map(Point::Number).map_err(|_| NotAPoint);
        }
        let (season, episode) = match text.strip_prefix('s') {
            Some(rest) => rest.split_once('e'),
            None => text.split_once('x'),
        }
        .filter(|(season, episode)| digits(season) && digits(episode))
        .ok_or(NotAPoint)?;
        Ok(Point::Episode {
            season: season.parse().map_err(|_| NotAPoint)?,
            episode: episode.parse().map_err(|_| NotAPoint)?,
        })
    }
}

/// One curtain of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Curtain {
    /// Where it hangs.
    pub spot: Spot,
    /// The point in the work after which it lifts by itself.
    pub gate: Option<Point>,
}

/// All curtains of one review, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rail(Box<[Curtain]>);

impl Rail {
    /// The curtains given, put into reading order.
    #[must_use]
    pub fn new(mut curtains: Vec<Curtain>) -> Self {
        curtains.sort_by_key(|curtain| curtain.spot);
        Rail(curtains.into())
    }

    /// Every curtain, in reading order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Curtain> {
        self.0.iter()
    }

    /// The curtain that hangs exactly at this spot, if there is one.
    #[must_use]
    pub fn at(&self, spot: Spot) -> Option<&Curtain> {
        self.0.binary_search_by_key(&spot, |curtain| curtain.spot).ok().map(|found| &self.0[found])
    }

    /// The curtains that hang over this spot, outermost first.
    pub fn over(&self, spot: Spot) -> impl Iterator<Item = &Curtain> {
        spot.over().filter_map(|over| self.at(over))
    }

    /// Whether there are no curtains.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A review as its curtains see it: which one it is, on which work, and where its curtains hang.
#[derive(Clone, Copy, Debug)]
pub struct Hung<'a> {
    /// The review.
    pub review: ReviewKey,
    /// The title of the work, its kind, and what its gates count. Progress is told per work, and every review of the work
    /// follows it; a film and a book of one title are two works, and chapters are no pages.
    pub work: [&'a str; 3],
    /// Its curtains.
    pub rail: &'a Rail,
}

impl Hung<'_> {
    /// The name that progress in the work goes by.
    #[must_use]
    pub fn work_name(&self) -> String {
        self.work.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

/// What a reader did to a curtain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// What is behind it may be seen.
    Lifted,
    /// What is behind it may not be seen.
    Down,
}

/// The proof that a spot may be seen. Only [`Curtains::lifted`] makes one.
#[derive(Debug)]
pub struct Lifted {
    spot: Spot,
}

impl Lifted {
    /// The spot that may be seen.
    #[must_use]
    pub fn spot(&self) -> Spot {
        self.spot
    }
}

/// Which curtains are lifted, for every review of this run.
#[derive(Clone, Debug, Default)]
pub struct Curtains {
    /// Grows with every change, so that what was made from an older state can be told.
    revision: u64,
    always_show: bool,
    moved: HashMap<ReviewKey, BTreeMap<Spot, Position>>,
    progress: HashMap<String, Point>,
}

impl Curtains {
    /// A number that every change makes larger.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nothing has been done that could have lifted a curtain.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        !self.always_show && self.moved.is_empty() && self.progress.is_empty()
    }

    /// Whether the reader has done something, other than going on in the work, that may have lifted a curtain of the review.
    #[must_use]
    pub fn may_be_moved(&self, review: ReviewKey) -> bool {
        self.always_show || self.moved.contains_key(&review)
    }

    /// Whether anything has been done that may have lifted a curtain of this review.
    #[must_use]
    pub fn may_be_lifted(&self, hung: Hung<'_>) -> bool {
        !hung.rail.is_empty()
            && (self.may_be_moved(hung.review)
                || (!self.progress.is_empty() && self.progress.contains_key(&hung.work_name())))
    }

    /// The proof that the text at `spot` may be seen: every curtain over it is lifted.
    #[must_use]
    pub fn lifted(&self, hung: Hung<'_>, spot: Spot) -> Option<Lifted> {
        hung.rail
            .over(spot)
            .all(|curtain| self.position(hung, curtain) == Position::Lifted)
            .then_some(Lifted { spot })
    }

    /// Whether the curtain at this spot can be seen, lifted or down: one behind another is not there yet.
    #[must_use]
    pub fn is_in_sight(&self, hung: Hung<'_>, spot: Spot) -> bool {
        let mut over = hung.rail.over(spot).filter(|curtain| curtain.spot != spot);
        over.all(|curtain| self.lifted(hung, curtain.spot).is_some())
    }

    /// The points that the curtains in sight wait for.
    pub fn gates(&self, hung: Hung<'_>) -> impl Iterator<Item = Point> {
        let in_sight = hung.rail.iter().filter(move |curtain| self.is_in_sight(hung, curtain.spot));
        in_sight.filter_map(|curtain| curtain.gate)
    }

    /// Whether this one curtain is lifted, whatever hangs over it. What the reader did to it comes first, then
    /// always-show, then how far the reader has got.
    #[must_use]
    pub fn position(&self, hung: Hung<'_>, curtain: &Curtain) -> Position {
        let moved = self.moved.get(&hung.review).and_then(|moved| moved.get(&curtain.spot));
        if let Some(position) = moved {
            return *position;
        }
        let past = || {
            let gate = curtain.gate?;
            Some(self.progress(&hung.work_name())?.is_past(gate))
        };
        if self.always_show || past() == Some(true) { Position::Lifted } else { Position::Down }
    }

    /// Lifts the curtain at `spot` if it is down, else drops it. Without a curtain there, nothing happens.
    pub fn flip(&mut self, hung: Hung<'_>, spot: Spot) {
        let Some(curtain) = hung.rail.at(spot) else {
            return;
        };
        let position = match self.position(hung, curtain) {
            Position::Lifted => Position::Down,
            Position::Down => Position::Lifted,
        };
        self.moved.entry(hung.review).or_default().insert(spot, position);
        self.revision += 1;
    }

    /// Lifts all curtains of a review, or drops all of them when all are lifted.
    pub fn flip_all(&mut self, hung: Hung<'_>) {
        let all_lifted = hung.rail.iter().all(|c| self.position(hung, c) == Position::Lifted);
        let position = if all_lifted { Position::Down } else { Position::Lifted };
        let moved = self.moved.entry(hung.review).or_default();
        moved.extend(hung.rail.iter().map(|curtain| (curtain.spot, position)));
        self.revision += 1;
    }

    /// Whether every curtain is lifted that the reader has not dropped by hand.
    #[must_use]
    pub fn always_show(&self) -> bool {
        self.always_show
    }

    /// Whether the reader has lifted a curtain by hand that is lifted still.
    #[must_use]
    pub fn are_some_lifted_by_hand(&self) -> bool {
        self.moved.values().flat_map(BTreeMap::values).any(|position| *position == Position::Lifted)
    }

    /// Turns always-show on, or off again. On, what was dropped by hand before is shown too; off, what was lifted by hand
    /// stays lifted.
    pub fn flip_always_show(&mut self) {
        self.always_show = !self.always_show;
        if self.always_show {
            self.moved
                .values_mut()
                .for_each(|moved| moved.retain(|_, position| *position == Position::Lifted));
        }
        self.revision += 1;
    }

    /// How far the reader has got in a work.
    #[must_use]
    pub fn progress(&self, work: &str) -> Option<Point> {
        self.progress.get(work).copied()
    }

    /// Forgets that the reader has dropped curtains of a review that wait for a point: they follow how far the reader has
    /// got again.
    pub fn follow_progress(&mut self, hung: Hung<'_>) {
        if let Some(moved) = self.moved.get_mut(&hung.review) {
            let waits = |spot: Spot| hung.rail.at(spot).is_some_and(|curtain| curtain.gate.is_some());
            moved.retain(|spot, position| *position == Position::Lifted || !waits(*spot));
            self.revision += 1;
        }
    }

    /// Takes down how far the reader has got in a work, or with `None` forgets it.
    pub fn set_progress(&mut self, work: &str, reached: Option<Point>) {
        match reached {
            Some(point) => self.progress.insert(work.to_owned(), point),
            None => self.progress.remove(work),
        };
        self.revision += 1;
    }
}

#[cfg(test)]
mod tests;
