//! How far somebody has got in a work.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use super::point::{NotAPoint, Point};
use super::scale::Scale;
use super::spine::Spine;

/// How far somebody has got in a work: the point up to which they know everything, and the specials they have seen,
/// which no point of a series includes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    mark: Option<Point>,
    /// For a finished work, the last point that it had then: a work that has grown since is no longer finished.
    finished_at: Option<Point>,
    specials: BTreeSet<u16>,
}

impl Progress {
    /// Creates progress to a point. `unit` is what a number without one counts.
    #[must_use]
    pub fn new(point: Point, unit: Option<&str>) -> Self {
        let point = point.counted_in(unit);
        match point.special() {
            Some(special) => Progress { mark: None, finished_at: None, specials: [special].into() },
            None => Progress { mark: Some(point), finished_at: None, specials: BTreeSet::new() },
        }
    }

    /// The end of a work as it is today.
    #[must_use]
    pub fn finished(spine: Option<&Spine>) -> Self {
        let finished_at = spine.and_then(Spine::last_point);
        Progress { mark: Some(Point::Finished), finished_at, specials: BTreeSet::new() }
    }

    /// The same, with the specials of an earlier one: they stay seen whatever comes next.
    #[must_use]
    pub fn after(mut self, earlier: Option<&Progress>) -> Self {
        let Some(earlier) = earlier else { return self };
        if self.mark.is_none() {
            (self.mark, self.finished_at) = (earlier.mark.clone(), earlier.finished_at.clone());
        }
        self.specials.extend(&earlier.specials);
        self
    }

    /// The lesser of two records for the same work; `None` if they cannot be compared.
    pub(super) fn least(self, other: Progress) -> Option<Self> {
        let is_past = |one: &Progress, other: &Progress| {
            let reaches = other.mark.as_ref().is_none_or(|mark| one.is_past(mark, Scale::default()));
            reaches && other.specials.is_subset(&one.specials)
        };
        match (is_past(&other, &self), is_past(&self, &other)) {
            (true, _) => Some(self),
            (false, true) => Some(other),
            (false, false) => None,
        }
    }

    /// The point reached, without specials.
    #[must_use]
    pub fn point(&self) -> Option<&Point> {
        self.mark.as_ref()
    }

    /// The point that counts: if the work has grown since it was finished, the one that was last then.
    pub(super) fn reached(&self, scale: Scale<'_>) -> Option<&Point> {
        let last = scale.spine.and_then(Spine::last_point);
        match (&self.mark, &self.finished_at, last) {
            (Some(Point::Finished), Some(at), Some(last)) if !scale.is_past(at, &last) => Some(at),
            (mark, ..) => mark.as_ref(),
        }
    }

    /// Whether it is past a gate; if that cannot be determined, it is not.
    #[must_use]
    pub fn is_past(&self, gate: &Point, scale: Scale<'_>) -> bool {
        match gate.special() {
            Some(special) => self.specials.contains(&special),
            // Whoever has finished is past everything, even points that cannot be measured.
            None => self.reached(scale).is_some_and(|reached| {
                scale.is_past(reached, gate) || scale.is_past(reached, &Point::Finished)
            }),
        }
    }

    /// Whether a point is equally far.
    #[must_use]
    pub fn is_at(&self, point: &Point, scale: Scale<'_>) -> bool {
        let is_past_own = |own: &Point| {
            let there = Progress::new(point.clone(), scale.unit);
            there.is_past(own, scale)
        };
        self.is_past(point, scale) && self.reached(scale).is_some_and(is_past_own)
    }

    /// Whether the end of the work is reached.
    #[must_use]
    pub fn is_finished(&self, scale: Scale<'_>) -> bool {
        self.is_past(&Point::Finished, scale)
    }
}

/// Formatted so that it can be parsed again: `chapter 9`, `S02E05 + S00E01`, `finished (S03E08)`.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plus = "";
        if let Some(mark) = &self.mark {
            write!(f, "{mark}")?;
            plus = " + ";
        }
        if let Some(at) = &self.finished_at {
            write!(f, " ({at})")?;
        }
        for special in &self.specials {
            write!(f, "{plus}{}", Point::episode(0, *special))?;
            plus = " + ";
        }
        Ok(())
    }
}

impl FromStr for Progress {
    type Err = NotAPoint;

    fn from_str(text: &str) -> Result<Self, NotAPoint> {
        let mut whole: Option<Progress> = None;
        for part in text.split(" + ") {
            let finished = part.strip_prefix("finished (").and_then(|rest| rest.strip_suffix(')'));
            let one = match finished {
                Some(at) => Progress {
                    mark: Some(Point::Finished),
                    finished_at: Some(at.parse()?),
                    specials: BTreeSet::new(),
                },
                None => Progress::new(part.parse()?, None),
            };
            whole = Some(one.after(whole.as_ref()));
        }
        whole.ok_or(NotAPoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_is_read_as_it_is_written() {
        for text in [
            "chapter 9",
            "9",
            "S02E05",
            "short story 3",
            "40%",
            "p. 212 penguin",
            "part: The Long Winter",
            "finished",
            "finished (S03E08)",
            "S02E05 + S00E01 + S00E03",
            "S00E02",
            "finished (S03E08) + S00E01",
        ] {
            let progress: Progress = text.parse().expect("it is a point");
            assert_eq!(progress.to_string(), text);
        }
        for text in ["", "chapter", "chapter nine", "S01E01 +", "finished (soon)"] {
            assert_eq!(text.parse::<Progress>(), Err(NotAPoint), "{text:?} is no progress");
        }
    }
}
