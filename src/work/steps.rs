//! One step forward or back in a work.

use super::point::{PAGE, PERCENT, Point};
use super::progress::Progress;
use super::scale::Scale;
use super::spine::{Spine, counted_through};

impl Scale<'_> {
    /// The point after this one, continuing in the next season; `None` at the end of the work. `begins` is a point of
    /// the kind that the work counts in, for somebody who has not begun.
    #[must_use]
    pub fn next(self, progress: Option<&Progress>, begins: Option<&Point>) -> Option<Point> {
        let Some(mark) = progress.and_then(|progress| progress.reached(self)) else {
            return Some(self.first(begins));
        };
        if *mark != Point::Finished && self.is_past(mark, &Point::Finished) {
            return None;
        }
        match mark {
            Point::Finished => None,
            Point::Number { unit, number } => {
                let most = if **unit == *PERCENT { 100 } else { u32::MAX };
                (*number < most).then(|| Point::Number { unit: unit.clone(), number: number + 1 })
            }
            Point::Episode { numbering, season, episode } => {
                let seasons = self.spine.map_or(&[][..], |spine| spine.seasons_of(numbering));
                let here = usize::from(*season).checked_sub(1).and_then(|at| seasons.get(at));
                let (season, episode) = match here {
                    Some(here) if u32::from(*episode) >= *here => {
                        let next =
                            season.checked_add(1).filter(|next| usize::from(*next) <= seasons.len())?;
                        (next, 1)
                    }
                    _ => (*season, episode.checked_add(1)?),
                };
                Some(Point::Episode { numbering: numbering.clone(), season, episode })
            }
            Point::Part(name) => self.part(name, 1),
        }
    }

    /// Whether there is such an episode, as far as the seasons are known.
    fn has_episode(self, numbering: &str, season: u16, episode: u16) -> bool {
        let seasons = self.spine.map_or(&[][..], |spine| spine.seasons_of(numbering));
        seasons.is_empty() || counted_through(seasons, season, episode).is_some()
    }

    /// The point before this one; `None` if there is none, or if it is not known.
    #[must_use]
    pub fn previous(self, progress: &Progress) -> Option<Point> {
        match progress.reached(self)? {
            Point::Finished => self.spine?.point_before_last(),
            Point::Number { unit, number } => {
                (*number > 1).then(|| Point::Number { unit: unit.clone(), number: number - 1 })
            }
            // Before an episode that a season does not have may be one that it has, and a step back opens nothing.
            Point::Episode { numbering, season, episode }
                if !self.has_episode(numbering, *season, *episode) =>
            {
                None
            }
            Point::Episode { numbering, season, episode } if *episode > 1 => {
                Some(Point::Episode { numbering: numbering.clone(), season: *season, episode: episode - 1 })
            }
            Point::Episode { numbering, season, .. } => {
                let season = season.checked_sub(1).filter(|before| *before > 0)?;
                let last = *self.spine?.seasons_of(numbering).get(usize::from(season) - 1)?;
                let episode = u16::try_from(last).ok()?;
                Some(Point::Episode { numbering: numbering.clone(), season, episode })
            }
            Point::Part(name) => self.part(name, -1),
        }
    }

    fn first(self, begins: Option<&Point>) -> Point {
        match (self.spine, begins) {
            (Some(spine), _) if spine.has_seasons() => Point::episode(1, 1),
            (Some(spine), _) if self.unit.is_none() => Point::number(1, &spine.unit),
            (None, Some(Point::Episode { .. })) => Point::episode(1, 1),
            (None, Some(Point::Number { unit, .. })) if !unit.is_empty() && self.unit.is_none() => {
                Point::number(1, unit)
            }
            _ => Point::number(1, self.unit.unwrap_or_default()),
        }
    }

    fn part(self, name: &str, by: isize) -> Option<Point> {
        let parts = &self.spine?.parts;
        let here = parts.iter().position(|part| super::fold(&part.name) == super::fold(name))?;
        let other = parts.get(here.checked_add_signed(by)?)?;
        Some(Point::Part(other.name.clone()))
    }

    /// What is wrong with a point as somebody's progress, in words for them; `None` if it is valid.
    #[must_use]
    pub fn objection(self, point: &Point) -> Option<String> {
        let spine = self.spine?;
        match point {
            Point::Finished | Point::Episode { season: 0, .. } => None,
            Point::Part(_) if self.rank(point).is_none() => {
                let names: Vec<_> = spine.part_names().take(6).collect();
                Some(match names.is_empty() {
                    true => "this work has no named parts".to_owned(),
                    false => format!("the parts are {}", names.join(", ")),
                })
            }
            Point::Part(_) => None,
            Point::Episode { numbering, season, episode } if numbering.is_empty() && spine.has_seasons() => {
                let known = counted_through(&spine.seasons, *season, *episode).is_some() && *episode > 0;
                let count = usize::from(*season).checked_sub(1).and_then(|at| spine.seasons.get(at));
                match (known, count) {
                    (true, _) => None,
                    (false, Some(count)) => Some(format!("season {season} has {count} episodes")),
                    (false, None) => Some(format!("there are {} seasons", spine.seasons.len())),
                }
            }
            Point::Number { unit, number } => {
                let unit = if unit.is_empty() { self.unit.unwrap_or(&spine.unit) } else { unit };
                let length = spine.length.filter(|_| *unit == *spine.unit)?;
                (*number > length).then(|| format!("there are {length} {unit}s"))
            }
            Point::Episode { .. } => None,
        }
    }
}

impl Spine {
    /// How many episodes each season of a numbering has; for the work's own numbering, the name is empty.
    fn seasons_of(&self, numbering: &str) -> &[u32] {
        let other = self.numberings.iter().find(|other| *other.name == *numbering);
        if numbering.is_empty() { &self.seasons } else { other.map_or(&[], |other| &other.seasons) }
    }

    /// Its last point; `None` if its length is not known.
    pub(super) fn last_point(&self) -> Option<Point> {
        match self.seasons.split_last() {
            Some((last, before)) => {
                Some(Point::episode(u16::try_from(before.len() + 1).ok()?, u16::try_from(*last).ok()?))
            }
            None => self.length.map(|length| Point::number(length, &self.unit)),
        }
    }

    fn point_before_last(&self) -> Option<Point> {
        let last = Progress::new(self.last_point()?, None);
        Scale { unit: None, spine: Some(self) }.previous(&last)
    }

    /// The points that can be completed: its parts, and the ways in which it is counted.
    pub fn ways(&self) -> impl Iterator<Item = String> {
        let episode = self.has_seasons().then(|| "S01E01".to_owned());
        let number = (!self.has_seasons() && self.length.is_some()).then(|| format!("{} ", self.unit));
        let page = (!self.editions.is_empty()).then(|| format!("{PAGE} "));
        let parts = self.parts.iter().map(|part| part.name.to_string());
        episode.into_iter().chain(number).chain(page).chain(parts)
    }
}
