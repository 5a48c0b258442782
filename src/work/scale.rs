//! Whether somebody is past a gate, whatever units the two are counted in.
//!
//! Every conversion errs on the side of hiding: what somebody has finished is rounded down, and what a gate asks for is
//! rounded up. If something cannot be converted, the gate is not passed.

use super::fold;
use super::point::{PAGE, PERCENT, Point};
use super::progress::Progress;
use super::spine::{Edition, Numbering, Spine, counted_through};

/// What the points of a review are measured with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scale<'s> {
    /// What a number without a unit counts.
    pub unit: Option<&'s str>,
    /// How the work is divided, if that is known.
    pub spine: Option<&'s Spine>,
}

/// The direction in which a conversion is rounded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// What somebody has finished: down.
    Reached,
    /// What a gate asks for: up.
    Gate,
}

/// What percentages and pages are converted to in a work of unknown length.
const SHARES: u32 = 10_000;

/// The margin of an estimate, as a part of the whole: chapters differ in length, and neither percentages nor bare page
/// counts say where they end.
const MARGIN: f64 = 0.05;

impl<'s> Scale<'s> {
    /// Whether somebody who has finished `reached` is past `gate`, neither of which is a special.
    pub(super) fn is_past(self, reached: &Point, gate: &Point) -> bool {
        self.compare(reached, gate) == Some(true)
    }

    /// The same; `None` if the two cannot be compared.
    pub(super) fn compare(self, reached: &Point, gate: &Point) -> Option<bool> {
        let (own, gate_unit) = (self.unit_of(reached, None), self.unit_of(gate, self.unit));
        match (reached, gate) {
            (Point::Finished, _) => return Some(true),
            (Point::Episode { season: 0, .. }, _) | (_, Point::Episode { season: 0, .. }) => return None,
            (
                Point::Episode { season, episode, .. },
                Point::Episode { season: gate_season, episode: gate_episode, .. },
            ) if own == gate_unit => return Some((season, episode) >= (gate_season, gate_episode)),
            (Point::Number { number, .. }, Point::Number { number: gate_number, .. })
                if own == gate_unit && !self.is_any_edition(own) =>
            {
                return Some(number >= gate_number);
            }
            (Point::Part(name), Point::Part(other)) if fold(name) == fold(other) => return Some(true),
            _ => {}
        }
        let spine = self.spine?;
        let units = spine.units(own, reached, Side::Reached).zip(spine.units(gate_unit, gate, Side::Gate));
        let shares =
            || spine.shares(own, reached, Side::Reached).zip(spine.shares(gate_unit, gate, Side::Gate));
        units.or_else(shares).map(|(reached, gate)| reached >= gate)
    }

    /// What a number without a unit counts, according to the review or else the work.
    #[must_use]
    pub fn own_unit(self) -> Option<&'s str> {
        self.unit.or(self.spine.map(Spine::unit))
    }

    /// Whether a point can be measured at all: a gate that cannot is open only once the work is finished.
    #[must_use]
    pub fn knows(self, gate: &Point) -> Knowledge {
        let Some(spine) = self.spine else {
            return match gate {
                Point::Part(_) => Knowledge::UnknownPart,
                Point::Number { unit, .. } if unit.starts_with("page ") => Knowledge::UnknownUnit,
                _ => Knowledge::Known,
            };
        };
        match gate {
            Point::Finished | Point::Episode { season: 0, .. } => return Knowledge::Known,
            Point::Part(_) if spine.units("", gate, Side::Gate).is_none() => return Knowledge::UnknownPart,
            _ => {}
        }
        let unit = self.unit_of(gate, self.unit);
        match (spine.units(unit, gate, Side::Gate), spine.length) {
            (Some(units), Some(length)) if units > length => Knowledge::PastTheEnd,
            (Some(_), _) => Knowledge::Known,
            (None, _) if spine.shares(unit, gate, Side::Gate).is_some() => Knowledge::Known,
            (None, _) if spine.has_entries(unit, gate) => Knowledge::PastTheEnd,
            (None, _) => Knowledge::UnknownUnit,
        }
    }

    /// How far into the work a gate is, to put gates in order; `None` if that is unknown.
    #[must_use]
    pub fn rank(self, gate: &Point) -> Option<u32> {
        match (self.spine, gate) {
            (_, Point::Finished) => Some(u32::MAX),
            (Some(spine), _) => spine.units(self.unit_of(gate, self.unit), gate, Side::Gate),
            (None, Point::Number { number, .. }) => Some(*number),
            (None, Point::Episode { season, episode, .. }) => {
                Some(u32::from(*season) << 16 | u32::from(*episode))
            }
            (None, Point::Part(_)) => None,
        }
    }

    /// How many units of the work somebody has finished; `None` if that is unknown.
    #[must_use]
    pub fn units_of(self, progress: &Progress) -> Option<u32> {
        match (progress.reached(self)?, self.spine) {
            (Point::Finished, None) => Some(u32::MAX),
            (reached, Some(spine)) => spine.units(self.unit_of(reached, None), reached, Side::Reached),
            (Point::Number { unit, number }, None) => {
                let is_estimate = **unit == *PERCENT || unit.starts_with(PAGE);
                (!is_estimate || self.unit == Some(&**unit)).then_some(*number)
            }
            (Point::Episode { .. } | Point::Part(_), None) => None,
        }
    }

    /// What a number counts: its own unit, or else that of its review, or else the work's. For an episode, its
    /// numbering.
    fn unit_of<'p>(self, point: &'p Point, of_review: Option<&'p str>) -> &'p str
    where
        's: 'p,
    {
        match point {
            Point::Number { unit, .. } if unit.is_empty() => {
                of_review.unwrap_or(self.spine.map_or("", |spine| &spine.unit))
            }
            Point::Number { unit, .. } => unit,
            Point::Episode { numbering, .. } => numbering,
            Point::Part(_) | Point::Finished => "",
        }
    }

    /// Whether a page may be of one of several editions.
    fn is_any_edition(self, unit: &str) -> bool {
        unit == PAGE && self.spine.is_some_and(|spine| spine.editions.len() > 1)
    }
}

/// What is known about a gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// It is a point of the work.
    Known,
    /// It lies past the end of the work, or of a season.
    PastTheEnd,
    /// No part has this name.
    UnknownPart,
    /// It counts in something that the work is not divided into.
    UnknownUnit,
}

impl Spine {
    /// A point in units of the work.
    fn units(&self, unit: &str, point: &Point, side: Side) -> Option<u32> {
        match point {
            Point::Finished => self.length,
            Point::Part(name) => {
                let wanted = fold(name);
                self.parts.iter().find(|part| fold(&part.name) == wanted).map(|part| part.end)
            }
            Point::Episode { numbering, season, episode } if numbering.is_empty() => {
                counted_through(&self.seasons, *season, *episode)
            }
            Point::Episode { numbering, season, episode } => {
                let numbering = self.numbering(numbering)?;
                let entries = counted_through(&numbering.seasons, *season, *episode)?;
                numbering.units(entries, side)
            }
            Point::Number { number, .. } => self.units_of_number(unit, *number, side),
        }
    }

    fn units_of_number(&self, unit: &str, number: u32, side: Side) -> Option<u32> {
        if unit == &*self.unit {
            return Some(number);
        }
        if let Some(numbering) = self.numbering(unit) {
            return numbering.units(number, side);
        }
        if unit == "absolute" && self.has_seasons() {
            return Some(number);
        }
        let length = self.length?;
        if unit == PERCENT {
            return Some(share(f64::from(number) / 100.0, length, side));
        }
        let editions = self.editions_of(unit).map(|edition| edition.units(number, length, side));
        worst(editions, side)
    }

    /// A percentage or a page as a fraction of the whole, for works of unknown length.
    fn shares(&self, unit: &str, point: &Point, side: Side) -> Option<u32> {
        let Point::Number { number, .. } = point else { return None };
        if unit == PERCENT {
            return Some(share(f64::from(*number) / 100.0, SHARES, side));
        }
        let shares = self.editions_of(unit);
        let share_of = |edition: &Edition| Some(share(edition.fraction(*number)?, SHARES, side));
        worst(shares.map(share_of), side)
    }

    fn numbering(&self, name: &str) -> Option<&Numbering> {
        self.numberings.iter().find(|numbering| *numbering.name == *name)
    }

    /// The editions that a unit may mean: the one with its name, the only one whose name begins like that, or all for a
    /// bare page.
    fn editions_of(&self, unit: &str) -> impl Iterator<Item = &Edition> {
        let name = unit.strip_prefix("page ");
        let is_page = unit == PAGE;
        let exact = self.editions.iter().find(|edition| name == Some(&*edition.name));
        let begins = |edition: &&Edition| {
            is_page || name.is_some_and(|name| exact.is_none() && edition.name.starts_with(name))
        };
        exact.into_iter().chain(self.editions.iter().filter(begins).collect::<Vec<_>>())
    }

    /// Whether the unit is one of the work's, so that a point that cannot be converted is past an end.
    fn has_entries(&self, unit: &str, point: &Point) -> bool {
        match point {
            Point::Episode { numbering, .. } if numbering.is_empty() => self.has_seasons(),
            Point::Episode { .. } => self.numbering(unit).is_some(),
            _ => self.numbering(unit).is_some() || self.editions_of(unit).next().is_some(),
        }
    }
}

impl Numbering {
    /// The units of the work that its first entries stand for: those without a gap, or all up to the last one.
    fn units(&self, entries: u32, side: Side) -> Option<u32> {
        if self.order.is_empty() {
            return Some(entries);
        }
        let first = match side {
            Side::Reached => &self.order[..self.order.len().min(entries as usize)],
            Side::Gate => self.order.get(..entries as usize)?,
        };
        match side {
            Side::Gate => Some(first.iter().copied().max().unwrap_or(0)),
            Side::Reached => {
                let mut seen = first.to_vec();
                seen.sort_unstable();
                let whole = seen.iter().zip(1..).take_while(|(unit, expected)| **unit == *expected).count();
                u32::try_from(whole).ok()
            }
        }
    }
}

impl Edition {
    /// How far into the book a page is. A page that it does not have belongs to another edition, and says nothing here.
    fn fraction(&self, page: u32) -> Option<f64> {
        (page <= self.pages).then(|| f64::from(page) / f64::from(self.pages))
    }

    /// Units that end before a page is turned, or that must have ended for the whole page to be read.
    fn units(&self, page: u32, length: u32, side: Side) -> Option<u32> {
        let fraction = self.fraction(page)?;
        if self.starts.is_empty() || page == self.pages {
            return Some(share(fraction, length, side));
        }
        let begun = u32::try_from(self.starts.partition_point(|start| *start <= page)).unwrap_or(u32::MAX);
        Some(match side {
            // The last page of a unit may be the first of the next: only what began after it is sure to come after its
            // end.
            Side::Reached => begun.saturating_sub(1),
            Side::Gate => begun,
        })
    }
}

/// A fraction of the whole in units, with a margin towards hiding. The beginning and the end are exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a fraction of `whole` is within it"
)]
fn share(fraction: f64, whole: u32, side: Side) -> u32 {
    if fraction >= 1.0 {
        return whole;
    }
    let units = |fraction: f64| fraction.clamp(0.0, 1.0) * f64::from(whole);
    match side {
        Side::Gate if fraction <= 0.0 => 0,
        Side::Reached => units(fraction - MARGIN).floor() as u32,
        Side::Gate => units(fraction + MARGIN).ceil() as u32,
    }
}

/// Of several things that a point may mean, the one that opens least.
fn worst(meanings: impl Iterator<Item = Option<u32>>, side: Side) -> Option<u32> {
    let meanings: Vec<_> = meanings.collect::<Option<_>>()?;
    match side {
        Side::Reached => meanings.into_iter().min(),
        Side::Gate => meanings.into_iter().max(),
    }
}
