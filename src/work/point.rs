//! Points in a work, as reviewers and readers name them.

use std::fmt;
use std::str::FromStr;

use super::fold;

/// A point in a work: what somebody has finished when they are there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Point {
    /// A number of units: chapter 9, page 212, 40 percent. The unit is empty if it is the work's own; a page of a named
    /// edition has the unit `page NAME`, and a number in another numbering has that numbering's name.
    Number {
        /// Folded, in the singular.
        unit: Box<str>,
        /// How many.
        number: u32,
    },
    /// An episode of a season.
    Episode {
        /// The folded name of another numbering (such as `dvd`); empty for the work's own.
        numbering: Box<str>,
        /// The season, from 0 (specials).
        season: u16,
        /// The episode within the season.
        episode: u16,
    },
    /// The end of a named part.
    Part(Box<str>),
    /// The end of the work.
    Finished,
}

/// The unit of percentages.
pub(super) const PERCENT: &str = "percent";

/// The unit of pages, alone or before the name of an edition.
pub(super) const PAGE: &str = "page";

/// Short forms and plurals of units.
const UNITS: [(&str, &str); 19] = [
    ("ch", "chapter"),
    ("chap", "chapter"),
    ("chapters", "chapter"),
    ("p", PAGE),
    ("pp", PAGE),
    ("pg", PAGE),
    ("pages", PAGE),
    ("ep", "episode"),
    ("eps", "episode"),
    ("episodes", "episode"),
    ("%", PERCENT),
    ("per cent", PERCENT),
    ("abs", "absolute"),
    ("acts", "act"),
    ("levels", "level"),
    ("vol", "volume"),
    ("volumes", "volume"),
    ("book", "book"),
    ("books", "book"),
];

/// The canonical name of a unit, however it is written.
#[must_use]
pub(crate) fn unit_name(written: &str) -> Box<str> {
    let folded = fold(written.trim());
    let word = folded.trim_end_matches('.');
    let known = UNITS.iter().find(|(short, _)| *short == word).map(|(_, unit)| *unit);
    known.unwrap_or(word).into()
}

impl Point {
    /// A number in a unit; empty for the work's own.
    #[must_use]
    pub fn number(number: u32, unit: &str) -> Self {
        Point::Number { unit: unit_name(unit), number }
    }

    /// An episode in the work's own numbering.
    #[must_use]
    pub fn episode(season: u16, episode: u16) -> Self {
        Point::Episode { numbering: Box::default(), season, episode }
    }

    /// The number of a special, an episode of season 0.
    #[must_use]
    pub fn special(&self) -> Option<u16> {
        match self {
            Point::Episode { numbering, season: 0, episode } if numbering.is_empty() => Some(*episode),
            _ => None,
        }
    }

    /// The same point, with the work's unit if a number has none.
    #[must_use]
    pub fn counted_in(self, own: Option<&str>) -> Self {
        match (self, own) {
            (Point::Number { unit, number }, Some(own)) if unit.is_empty() => Point::number(number, own),
            (point, _) => point,
        }
    }
}

/// Formatted so that it can be parsed again: `9`, `chapter 9`, `40%`, `p. 212`, `S02E05`, `part: NAME`, `finished`.
impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Number { unit, number } if unit.is_empty() => write!(f, "{number}"),
            Point::Number { unit, number } if **unit == *PERCENT => write!(f, "{number}%"),
            Point::Number { unit, number } => match unit.strip_prefix("page ") {
                Some(edition) => write!(f, "p. {number} {edition}"),
                None => write!(f, "{unit} {number}"),
            },
            Point::Episode { numbering, season, episode } => {
                if !numbering.is_empty() {
                    write!(f, "{numbering} ")?;
                }
                write!(f, "S{season:02}E{episode:02}")
            }
            Point::Part(name) => write!(f, "part: {name}"),
            Point::Finished => f.write_str("finished"),
        }
    }
}

/// The error for text that is not a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPoint;

impl fmt::Display for NotAPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write a number, S02E05, 40%, p. 212, a part or done")
    }
}

impl std::error::Error for NotAPoint {}

impl FromStr for Point {
    type Err = NotAPoint;

    /// Parses a point as people write it.
    fn from_str(text: &str) -> Result<Self, NotAPoint> {
        let text = text.trim();
        let folded = fold(text);
        if matches!(&*folded, "finished" | "done") {
            return Ok(Point::Finished);
        }
        if folded.starts_with("part:") {
            // Folding keeps ASCII, so the name begins at the same byte.
            let name = text["part:".len()..].trim();
            return if name.is_empty() { Err(NotAPoint) } else { Ok(Point::Part(name.into())) };
        }
        if let Some(number) = folded.strip_suffix('%').or_else(|| folded.strip_suffix(PERCENT)) {
            let number = digits(number.trim()).filter(|number| *number <= 100).ok_or(NotAPoint)?;
            return Ok(Point::Number { unit: PERCENT.into(), number });
        }
        let (numbering, last) = folded.rsplit_once(' ').unwrap_or(("", &folded));
        if let Some((season, episode)) = episode(last) {
            return Ok(Point::Episode { numbering: numbering.trim().into(), season, episode });
        }
        counted(&folded).ok_or(NotAPoint)
    }
}

/// `s2e5` or `2x05`.
fn episode(text: &str) -> Option<(u16, u16)> {
    let (season, episode) = match text.strip_prefix('s') {
        Some(rest) => rest.split_once('e'),
        None => text.split_once('x'),
    }?;
    Some((digits(season)?.try_into().ok()?, digits(episode)?.try_into().ok()?))
}

/// `12`, `chapter 12`, `ch12`, `p. 212`, `p212 penguin`, `p. 212 of Penguin Classics`.
fn counted(folded: &str) -> Option<Point> {
    let start = folded.find(|c: char| c.is_ascii_digit())?;
    let (word, rest) = folded.split_at(start);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    let (number, after) = (digits(number)?, after.trim());
    let unit = unit_name(word);
    // Without a space in between, only known short forms are units.
    let is_apart = word.is_empty() || word.ends_with([' ', '.']) || *unit != *word;
    let is_word = unit.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-' || c == '\'');
    if !is_apart || !is_word || (unit.chars().count() == 1 && unit.is_ascii()) {
        return None;
    }
    let edition = after.strip_prefix("of ").unwrap_or(after).trim_matches(['(', ')']).trim();
    match (edition.is_empty(), &*unit) {
        (true, _) if after.is_empty() => Some(Point::Number { unit, number }),
        (false, PAGE) => Some(Point::Number { unit: format!("{PAGE} {edition}").into(), number }),
        _ => None,
    }
}

fn digits(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_people_write_them() {
        let number = |unit: &str, number| Ok(Point::Number { unit: unit.into(), number });
        let episode =
            |of: &str, season, episode| Ok(Point::Episode { numbering: of.into(), season, episode });
        for (text, expected) in [
            ("9", number("", 9)),
            (" 12 ", number("", 12)),
            ("ch 12", number("chapter", 12)),
            ("ch. 12", number("chapter", 12)),
            ("ch12", number("chapter", 12)),
            ("Chapter 9", number("chapter", 9)),
            ("short story 3", number("short story", 3)),
            ("40%", number("percent", 40)),
            ("40 %", number("percent", 40)),
            ("40 percent", number("percent", 40)),
            ("p. 212", number("page", 212)),
            ("p212", number("page", 212)),
            ("page 212", number("page", 212)),
            ("p. 212 of Penguin Classics", number("page penguin classics", 212)),
            ("p212 (Penguin)", number("page penguin", 212)),
            ("absolute 17", number("absolute", 17)),
            ("S02E05", episode("", 2, 5)),
            ("s2e5", episode("", 2, 5)),
            ("2x05", episode("", 2, 5)),
            ("DVD S01E03", episode("dvd", 1, 3)),
            ("part: The Long Winter", Ok(Point::Part("The Long Winter".into()))),
            ("Finished", Ok(Point::Finished)),
            ("", Err(NotAPoint)),
            ("-1", Err(NotAPoint)),
            ("+1", Err(NotAPoint)),
            ("S02", Err(NotAPoint)),
            ("SxE", Err(NotAPoint)),
            ("s 2", Err(NotAPoint)),
            ("chapter nine", Err(NotAPoint)),
            ("ch 9 or 10", Err(NotAPoint)),
            ("140%", Err(NotAPoint)),
            ("part:", Err(NotAPoint)),
            ("99999999999", Err(NotAPoint)),
        ] {
            assert_eq!(text.parse::<Point>(), expected, "{text:?} is read as the point it names");
        }
    }

    #[test]
    fn points_read_back_as_they_are_written() {
        for text in
            ["9", "chapter 9", "40%", "page 212", "p. 212 penguin", "S02E05", "dvd S01E03", "finished"]
        {
            let point: Point = text.parse().expect("it is a point");
            assert_eq!(point.to_string(), text);
        }
    }
}
