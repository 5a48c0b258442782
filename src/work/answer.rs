//! Parses what the reader types to say how far they have got.

use super::fold;
use super::point::{Point, unit_name};
use super::progress::Progress;
use super::scale::Scale;
use super::spine::Spine;

/// The words for having nothing finished yet.
const NONE: [&str; 2] = ["none", "nothing"];

impl Scale<'_> {
    /// Parses an answer: a point in words, `+1` or `-1`, the name of a part or its beginning, `done`, or `none`, which
    /// is no progress. `gates` are those of the work that the reader can see. An answer that none of them can be
    /// compared with is refused, since it would open nothing in any case.
    ///
    /// # Errors
    /// What is wrong with the answer, in words for the reader.
    pub fn answer(
        self,
        typed: &str,
        before: Option<&Progress>,
        gates: &[&Point],
    ) -> Result<Option<Progress>, String> {
        let typed = typed.trim();
        if typed.is_empty() || NONE.contains(&&*fold(typed)) {
            return Ok(None);
        }
        if let Some(step) = typed.strip_prefix('+').or_else(|| typed.strip_prefix('-')) {
            let many = step.trim().parse().map_err(|_| "write +1, or -1".to_owned())?;
            return self.stepped(before, many, typed.starts_with('-'), gates.first().copied());
        }
        let point = self.point(typed)?.counted_in(self.unit);
        if let Some(objection) = self.objection(&point) {
            return Err(objection);
        }
        if point == Point::Finished {
            return Ok(Some(Progress::finished(self.spine).after(before)));
        }
        let measured = gates.iter().filter(|gate| ***gate != Point::Finished && gate.special().is_none());
        let mut measured = measured.peekable();
        if point.special().is_none()
            && let Some(first) = measured.peek().copied()
            && measured.all(|gate| self.compare(&point, gate).is_none())
        {
            return Err(format!("this work is counted by {}", self.counted_by(first)));
        }
        let own = self.own_unit();
        Ok(Some(Progress::new(self.named(point), own).after(before)))
    }

    /// This many steps forward or back.
    fn stepped(
        self,
        before: Option<&Progress>,
        many: u16,
        is_back: bool,
        begins: Option<&Point>,
    ) -> Result<Option<Progress>, String> {
        let mut now = before.cloned();
        for _ in 0..many {
            let next = match (is_back, &now) {
                (false, now) => {
                    let next = self.next(now.as_ref(), begins);
                    Some(next.ok_or_else(|| "this is the end of the work".to_owned())?)
                }
                (true, None) => return Err("you are at the beginning".to_owned()),
                (true, Some(now)) => self.previous(now),
            };
            let is_unknown = next.is_none() && !now.as_ref().is_some_and(|now| self.is_first(now));
            if is_unknown {
                return Err("what comes before is not known: say where you are".to_owned());
            }
            now = next.map(|point| Progress::new(point, self.unit).after(now.as_ref()));
        }
        Ok(now)
    }

    /// Whether only the beginning of the work comes before.
    fn is_first(self, progress: &Progress) -> bool {
        match progress.point() {
            None | Some(Point::Number { number: 0 | 1, .. }) => true,
            Some(Point::Episode { season: 1, episode: 0 | 1, .. }) => true,
            Some(Point::Part(name)) => {
                let first = self.spine.and_then(|spine| spine.part_names().next());
                first.is_some_and(|first| fold(first) == fold(name))
            }
            Some(_) => false,
        }
    }

    fn point(self, typed: &str) -> Result<Point, String> {
        let parsed = typed.parse::<Point>();
        if let Ok(point) = &parsed
            && !matches!(point, Point::Number { unit, .. } if self.is_strange(unit))
        {
            return Ok(point.clone());
        }
        let wanted = fold(typed);
        let parts: Vec<_> = self.spine.into_iter().flat_map(Spine::part_names).collect();
        let exact = parts.iter().find(|name| fold(name) == wanted);
        let mut begin = parts.iter().filter(|name| fold(name).starts_with(&wanted));
        match (exact, begin.next(), begin.next()) {
            (Some(name), ..) | (None, Some(name), None) => Ok(Point::Part((*name).into())),
            (None, Some(one), Some(other)) => Err(format!("{one} or {other}?")),
            (None, None, _) => parsed.map_err(|error| error.to_string()),
        }
    }

    /// Whether the work is not known to have this unit, so that the words may be the name of a part.
    fn is_strange(self, unit: &str) -> bool {
        let own = self.own_unit().map(unit_name);
        !unit.is_empty()
            && own.as_deref() != Some(unit)
            && self
                .spine
                .is_some_and(|spine| spine.parts.iter().any(|part| fold(&part.name).starts_with(unit)))
    }

    /// A number that counts episodes across seasons, as a season and an episode.
    fn named(self, point: Point) -> Point {
        let Some(spine) = self.spine.filter(|spine| spine.has_seasons()) else { return point };
        let Point::Number { unit, number } = &point else { return point };
        let is_own = unit.is_empty() && self.unit.is_none_or(|unit| unit == spine.unit());
        match is_own || **unit == *spine.unit() {
            true => spine.episode(*number).unwrap_or(point),
            false => point,
        }
    }

    /// The unit that a gate counts in, in words.
    fn counted_by(self, gate: &Point) -> String {
        match gate {
            Point::Number { unit, .. } if !unit.is_empty() => unit.to_string(),
            Point::Number { .. } => self.own_unit().unwrap_or("number").to_owned(),
            Point::Episode { .. } => "episode: S02E05".to_owned(),
            Point::Part(_) | Point::Finished => "part".to_owned(),
        }
    }
}

impl Spine {
    /// The episode with this number, counted across seasons.
    fn episode(&self, number: u32) -> Option<Point> {
        let mut left = number;
        for (season, count) in (1..).zip(&self.seasons) {
            if (1..=*count).contains(&left) {
                return Some(Point::episode(season, u16::try_from(left).ok()?));
            }
            left = left.checked_sub(*count)?;
        }
        None
    }
}
