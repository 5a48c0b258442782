//! How a work is divided: seasons, chapters, parts, other numberings, editions. It knows nothing about progress.

use super::fold;
use super::point::unit_name;

/// What a file says about how a work is divided, unchecked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpineFacts {
    /// What numbers count.
    pub unit: Option<String>,
    /// How many episodes each season has.
    pub episodes: Vec<u32>,
    /// How many units there are.
    pub length: Option<u32>,
    /// The parts: their names, and the number of units at their ends.
    pub parts: Vec<(String, PartEnd)>,
    /// Other numberings.
    pub numberings: Vec<NumberingFacts>,
    /// Editions with pages.
    pub editions: Vec<EditionFacts>,
}

/// Where a part ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartEnd {
    /// After this many units, or episodes counted across seasons.
    Number(u32),
    /// After an episode.
    Episode(u16, u16),
}

/// Another numbering of the same units, such as that of a DVD.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberingFacts {
    /// Its name.
    pub name: String,
    /// How many episodes each of its seasons has; empty if it has no seasons.
    pub episodes: Vec<u32>,
    /// Which unit of the work each of its entries is; empty if it has them in the same order.
    pub order: Vec<u32>,
}

/// An edition of a book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EditionFacts {
    /// Its name.
    pub name: String,
    /// The number of its last page.
    pub pages: u32,
    /// The page on which each unit begins, as in its table of contents; may be empty.
    pub starts: Vec<u32>,
}

/// How a work is divided, checked for consistency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spine {
    /// The name of its units; never empty.
    pub(super) unit: Box<str>,
    /// Empty if the work has no seasons.
    pub(super) seasons: Box<[u32]>,
    pub(super) length: Option<u32>,
    pub(super) parts: Box<[Part]>,
    pub(super) numberings: Box<[Numbering]>,
    pub(super) editions: Box<[Edition]>,
}

/// A part of a work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) name: Box<str>,
    pub(super) end: u32,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbering {
    /// Folded.
    pub(super) name: Box<str>,
    pub(super) seasons: Box<[u32]>,
    pub(super) order: Box<[u32]>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edition {
    /// Folded.
    pub(super) name: Box<str>,
    pub(super) pages: u32,
    pub(super) starts: Box<[u32]>,
}

/// The largest number of units, so that no sum overflows.
const MAX: u32 = 1_000_000;

/// The most seasons, parts, numberings or editions.
const MAX_ITEMS: usize = 10_000;

impl Spine {
    /// Checks what a file says; `None` if it says nothing about a division.
    ///
    /// # Errors
    /// The key that is wrong, and why.
    pub fn new(facts: SpineFacts) -> Result<Option<Self>, (&'static str, &'static str)> {
        let SpineFacts { unit, episodes, length, parts, numberings, editions } = facts;
        let has_more = !(parts.is_empty() && numberings.is_empty() && editions.is_empty());
        if episodes.is_empty() && length.is_none() && !has_more {
            return Ok(None);
        }
        let seasons = seasons(&episodes).ok_or(("episodes", "`episodes` must be whole numbers from 1"))?;
        let unit = match (unit.as_deref().map(unit_name), seasons.is_empty()) {
            (_, false) => "episode".into(),
            (Some(unit), true) if !unit.is_empty() => unit,
            // Editions alone are only compared with each other, and need no unit.
            (_, true) if length.is_none() && parts.is_empty() && numberings.is_empty() => "unit".into(),
            (_, true) => return Err(("unit", "`length` and parts count in the work's `unit`: add one")),
        };
        let all: u32 = seasons.iter().sum();
        let length = match (seasons.is_empty(), length) {
            (false, Some(length)) if length != all => {
                return Err(("length", "`length` differs from the number of `episodes`; leave it out"));
            }
            (false, _) => Some(all),
            (true, Some(0)) => return Err(("length", "`length` must be a whole number from 1")),
            (true, length) => length,
        };
        if all > MAX || length.is_some_and(|length| length > MAX) {
            return Err(("length", "this work is longer than a million units"));
        }
        let mut spine = Spine {
            unit,
            seasons,
            length,
            parts: Box::default(),
            numberings: Box::default(),
            editions: Box::default(),
        };
        spine.parts = spine.checked_parts(parts)?;
        spine.numberings = spine.checked_numberings(numberings)?;
        spine.editions = spine.checked_editions(editions)?;
        Ok(Some(spine))
    }

    fn checked_parts(
        &self,
        parts: Vec<(String, PartEnd)>,
    ) -> Result<Box<[Part]>, (&'static str, &'static str)> {
        let mut checked: Vec<Part> = Vec::new();
        for (name, end) in parts.into_iter().take(MAX_ITEMS) {
            let end = match end {
                PartEnd::Number(end) => Some(end),
                PartEnd::Episode(season, episode) => counted_through(&self.seasons, season, episode),
            };
            let end = end.ok_or(("part", "a part ends with an episode that `episodes` does not have"))?;
            let is_after = checked.last().is_none_or(|before| before.end < end);
            if end == 0 || !is_after || self.length.is_some_and(|length| end > length) {
                return Err(("part", "parts must follow each other, and end within the work"));
            }
            if name.trim().is_empty() || checked.iter().any(|part| fold(&part.name) == fold(&name)) {
                return Err(("part", "each part needs a `name` of its own"));
            }
            checked.push(Part { name: name.trim().into(), end });
        }
        Ok(checked.into())
    }

    fn checked_numberings(
        &self,
        numberings: Vec<NumberingFacts>,
    ) -> Result<Box<[Numbering]>, (&'static str, &'static str)> {
        let mut checked: Vec<Numbering> = Vec::new();
        for numbering in numberings.into_iter().take(MAX_ITEMS) {
            let name = unit_name(&numbering.name);
            if name.is_empty() || *name == *self.unit || checked.iter().any(|other| other.name == name) {
                return Err(("numbering", "each numbering needs a `name` of its own"));
            }
            let seasons = seasons(&numbering.episodes)
                .ok_or(("numbering", "`episodes` must be whole numbers from 1"))?;
            let mut order = numbering.order.clone();
            order.sort_unstable();
            order.dedup();
            let is_within = order.iter().all(|one| *one > 0 && self.length.is_none_or(|all| *one <= all));
            if order.len() != numbering.order.len() || !is_within {
                return Err(("numbering", "`order` must name every unit once, counted from 1"));
            }
            let entries = seasons.iter().sum::<u32>();
            if !order.is_empty() && !seasons.is_empty() && order.len() != entries as usize {
                return Err(("numbering", "`order` must be as long as its `episodes` together"));
            }
            checked.push(Numbering { name, seasons, order: numbering.order.into() });
        }
        Ok(checked.into())
    }

    fn checked_editions(
        &self,
        editions: Vec<EditionFacts>,
    ) -> Result<Box<[Edition]>, (&'static str, &'static str)> {
        let mut checked: Vec<Edition> = Vec::new();
        for edition in editions.into_iter().take(MAX_ITEMS) {
            let name: Box<str> = fold(edition.name.trim()).into();
            if name.is_empty() || checked.iter().any(|other| other.name == name) {
                return Err(("edition", "each edition needs a `name` of its own"));
            }
            let is_rising = edition.starts.is_sorted_by(|one, next| one <= next);
            let is_within = edition.starts.iter().all(|start| (1..=edition.pages).contains(start));
            if edition.pages == 0 || edition.pages > MAX || !is_rising || !is_within {
                return Err(("edition", "`starts` must rise, and end within the `pages` of the edition"));
            }
            let is_whole = self.length.is_some_and(|all| all as usize == edition.starts.len());
            if !edition.starts.is_empty() && !is_whole {
                return Err(("edition", "`starts` must have a page for each unit of the work's `length`"));
            }
            checked.push(Edition { name, pages: edition.pages, starts: edition.starts.into() });
        }
        Ok(checked.into())
    }

    /// What its numbers count.
    #[must_use]
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// How many units there are, if known.
    #[must_use]
    pub fn length(&self) -> Option<u32> {
        self.length
    }

    /// Whether it is divided into seasons.
    #[must_use]
    pub fn has_seasons(&self) -> bool {
        !self.seasons.is_empty()
    }

    /// The names of its parts, in order.
    pub fn part_names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| &*part.name)
    }
}

fn seasons(episodes: &[u32]) -> Option<Box<[u32]>> {
    let is_right =
        episodes.len() <= MAX_ITEMS && episodes.iter().all(|count| (1..=MAX / 100).contains(count));
    is_right.then(|| episodes.into())
}

/// How many episodes there are up to this one, without specials; `None` if there is no such episode.
pub(super) fn counted_through(seasons: &[u32], season: u16, episode: u16) -> Option<u32> {
    let at = usize::from(season).checked_sub(1)?;
    let here = *seasons.get(at)?;
    let before: u32 = seasons[..at].iter().sum();
    (u32::from(episode) <= here).then(|| before + u32::from(episode))
}
