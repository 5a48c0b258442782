//! Points in a work, and how far someone has got.

use std::fmt;
use std::str::FromStr;

use super::fold;

/// A point in a work: the ninth chapter, or the fifth episode of the second season. The work's unit says what a number
/// counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// A chapter, page, act, level or percentage, depending on the work's unit.
    Number(u32),
    /// An episode of a season.
    Episode {
        /// The season, from 0 (specials).
        season: u16,
        /// The episode within the season.
        episode: u16,
    },
}

impl Point {
    /// Whether both points are counted the same way.
    #[must_use]
    pub fn counts_like(self, other: Point) -> bool {
        matches!(self, Point::Number(_)) == matches!(other, Point::Number(_))
    }

    /// Whether someone who has finished `self` is past `gate`. The answer is no for points that are counted
    /// differently: a gate fails closed.
    fn is_past(self, gate: Point) -> bool {
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

/// The error for text that is neither a whole number nor an episode such as `S02E05`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPoint;

impl fmt::Display for NotAPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is neither a whole number nor an episode such as S02E05")
    }
}

impl std::error::Error for NotAPoint {}

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

/// How far someone has got in a work: a point, and what its number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    point: Point,
    /// Folded. Empty for an episode, and for a number if the work names no unit.
    unit: Box<str>,
}

impl Progress {
    /// Creates progress to a point, counted in a work's unit.
    #[must_use]
    pub fn new(point: Point, unit: Option<&str>) -> Self {
        let unit = match point {
            Point::Number(_) => fold(unit.unwrap_or_default().trim()),
            Point::Episode { .. } => String::new(),
        };
        Progress { point, unit: unit.into() }
    }

    /// The point reached.
    #[must_use]
    pub fn point(&self) -> Point {
        self.point
    }

    /// Whether it is past a gate that counts in `unit`. Pages are not chapters: if the units differ, the answer is no.
    #[must_use]
    pub fn is_past(&self, gate: Point, unit: Option<&str>) -> bool {
        Progress::new(gate, unit).unit == self.unit && self.point.is_past(gate)
    }
}

/// Written as people write it: `chapter 9`, `9`, `S02E05`.
impl fmt::Display for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.unit.is_empty() {
            write!(f, "{} ", self.unit)?;
        }
        write!(f, "{}", self.point)
    }
}

impl FromStr for Progress {
    type Err = NotAPoint;

    fn from_str(text: &str) -> Result<Self, NotAPoint> {
        let (unit, point) = text.trim().rsplit_once(' ').unwrap_or(("", text));
        Ok(Progress::new(point.parse()?, Some(unit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_write_them() {
        for (text, expected) in [
            ("9", Ok(Point::Number(9))),
            (" 12 ", Ok(Point::Number(12))),
            ("S02E05", Ok(Point::Episode { season: 2, episode: 5 })),
            ("s2e5", Ok(Point::Episode { season: 2, episode: 5 })),
            ("2x05", Ok(Point::Episode { season: 2, episode: 5 })),
            ("", Err(NotAPoint)),
            ("-1", Err(NotAPoint)),
            ("+1", Err(NotAPoint)),
            ("S02", Err(NotAPoint)),
            ("SxE", Err(NotAPoint)),
            ("chapter 9", Err(NotAPoint)),
            ("99999999999", Err(NotAPoint)),
        ] {
            assert_eq!(text.parse::<Point>(), expected, "{text:?} is read as the point it names");
        }
    }

    #[test]
    fn a_gate_opens_only_to_a_point_counted_the_same_way() {
        for (reached, gate, unit, past) in [
            ("chapter 9", "9", "chapter", true),
            ("Chapter 9", "9", "chapter", true),
            ("chapter 8", "9", "chapter", false),
            ("page 300", "9", "chapter", false),
            ("300", "9", "chapter", false),
            ("300", "9", "", true),
            ("S03E01", "S02E05", "", true),
            ("S03E01", "S02E05", "chapter", true),
            ("S02E04", "S02E05", "", false),
            ("900", "S02E05", "", false),
            ("S09E09", "1", "", false),
        ] {
            let progress: Progress = reached.parse().expect("it is a point");
            let gate = gate.parse().expect("it is a point");
            assert_eq!(progress.is_past(gate, Some(unit)), past, "{reached} past {unit} {gate}");
        }
    }

    #[test]
    fn progress_is_read_as_it_is_written() {
        for text in ["chapter 9", "9", "S02E05", "short story 3"] {
            let progress: Progress = text.parse().expect("it is a point");
            assert_eq!(progress.to_string(), text);
        }
        for text in ["", "chapter", "chapter nine"] {
            assert_eq!(text.parse::<Progress>(), Err(NotAPoint), "{text:?} is no progress");
        }
    }
}
