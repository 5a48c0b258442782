//! The values of keys: words, numbers, days and ranges.

use std::ops::RangeInclusive;

use super::tree::{Day, Feature, Field, LAST_DAY, LAST_MONTH, Span, State, Term, Text};

/// All keys.
pub(super) const KEYS: [&str; 12] =
    ["title", "kind", "by", "tag", "reviewer", "year", "rating", "date", "progress", "at", "is", "has"];

/// An error in a key or its value.
pub(super) enum Wrong {
    /// The key is unknown.
    Key,
    /// The value is invalid for this key; this says what would be valid.
    Value(String),
}

/// Parses a key and its value.
pub(super) fn term(key: &str, value: &str) -> Result<Term, Wrong> {
    let wrong = |reason: &str| Wrong::Value(reason.to_owned());
    if let Some((_, field)) = Field::ALL.iter().find(|(name, _)| *name == key) {
        if value.starts_with(['<', '>', '=']) {
            return Err(Wrong::Value(format!(
                "only numbers and days can be compared; write {key}: and a word"
            )));
        }
        let text = Text::new(value).ok_or_else(|| wrong("say what to look for, as in by:eliot"))?;
        return Ok(Term::Field(*field, text));
    }
    match key {
        "year" => span(value, -9999..=9999, year)
            .map(Term::Year)
            .ok_or_else(|| wrong("write a year, a decade or a range: 1972, 1970s, 1970..1979, >1990")),
        "rating" => span(value, 0..=500, rating)
            .map(Term::Rating)
            .ok_or_else(|| wrong("write stars out of five or another scale: 4, >=3.5, 8/10, 3..4")),
        "date" => days(value)
            .map(Term::Date)
            .ok_or_else(|| wrong("write a year, month or day, or a range: 2012, 2012-02.., <2012-02-05")),
        "progress" => span(value, 0..=MAX_UNITS, units)
            .map(Term::Progress)
            .ok_or_else(|| wrong("write how many chapters or episodes, or a range: 9, >=9, 3..12")),
        "at" => {
            let point = Text::new(value).and_then(|text| text.as_str().parse().ok());
            point.map(Term::At).ok_or_else(|| wrong("write a point of the work: 9, S02E05, \"part: NAME\""))
        }
        "is" => choice(&State::ALL, value).map(Term::Is),
        "has" => choice(&Feature::ALL, value).map(Term::Has),
        _ => Err(Wrong::Key),
    }
}

/// Whether typing more can make a value of this key valid.
pub(super) fn can_become_right(key: &str, value: &str) -> bool {
    /// Enough suffixes to complete any prefix of a year, rating, day or range.
    const ENDINGS: [&str; 35] = [
        "", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "00", "05", "12", "31", "99", "000", "012",
        "999", "0000", "9999", "s", "0s", ".", "..", ".9999", "5/5", "/5", "/10", "/100", "/1000", "0/10",
        "-31", "12-31", "-12-31",
    ];
    let begins = |name: &str| name.get(..value.len()).is_some_and(|start| start.eq_ignore_ascii_case(value));
    match key {
        "is" => State::ALL.iter().any(|(name, _)| begins(name)),
        "has" => Feature::ALL.iter().any(|(name, _)| begins(name)),
        // Nearly anything can become the name of a unit, an edition or a part.
        "at" => true,
        _ => {
            let is_value = |part: &str| term(key, part).is_ok();
            let can_end = |part: &str| ENDINGS.iter().any(|ending| is_value(&format!("{part}{ending}")));
            match value.split_once("..") {
                // The order of the ends cannot be checked before the second one is complete.
                Some((from, to)) => {
                    let is_range =
                        !value.starts_with(['<', '>', '=']) && !to.starts_with(['<', '>', '=', '.']);
                    is_range && (from.is_empty() || is_value(from)) && can_end(to)
                }
                None => can_end(value),
            }
        }
    }
}

fn choice<T: Copy>(table: &[(&'static str, T)], value: &str) -> Result<T, Wrong> {
    let found = table.iter().find(|(name, _)| name.eq_ignore_ascii_case(value));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        Wrong::Value(format!("write one of: {}", names.join(", ")))
    })
}

/// The message for an unknown key, with the key that was probably meant.
pub(super) fn unknown_key(key: &str) -> String {
    match nearest_key(key) {
        Some(near) => {
            format!("there is no key `{key}:`; did you mean {near}:? A word with a colon goes in quotes")
        }
        None => format!("there is no key `{key}:`; the keys are {}:", KEYS.join(": ")),
    }
}

/// The most similar key, if one is similar enough.
pub(super) fn nearest_key(key: &str) -> Option<&'static str> {
    let key = key.to_ascii_lowercase();
    let rated = KEYS.iter().map(|name| (similarity(name, &key), *name));
    rated
        .filter(|(similarity, _)| *similarity > SIMILAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The least similarity at which a name is suggested for another; one extra or missing letter gives about 0.9.
pub(crate) const SIMILAR: f64 = 0.75;

/// How similar two names are, from 0 to 1, as Jaro and Winkler measure it.
pub(crate) fn similarity(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

/// Parses a range in any form: `a`, `a..b`, `a..`, `..b`, `>a`, `>=a`, `<a`, `<=a`, `=a`. `ends` parses one value into
/// the first and last number that it covers; `all` is the range of valid numbers.
fn span(text: &str, all: RangeInclusive<i32>, ends: impl Fn(&str) -> Option<(i32, i32)>) -> Option<Span> {
    let (from, to) = bounds(text, ends)?;
    let is_on = |end: Option<i32>| end.is_none_or(|end| all.contains(&end));
    Span::new(from, to).filter(|_| is_on(from) && is_on(to))
}

type Bounds = (Option<i32>, Option<i32>);

fn bounds(text: &str, ends: impl Fn(&str) -> Option<(i32, i32)>) -> Option<Bounds> {
    let ends = |text: &str| ends(text.trim());
    if let Some(rest) = text.strip_prefix(">=") {
        return Some((Some(ends(rest)?.0), None));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Some((None, Some(ends(rest)?.1)));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some((Some(ends(rest)?.1 + 1), None));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some((None, Some(ends(rest)?.0 - 1)));
    }
    let Some((from, to)) = text.split_once("..") else {
        let (from, to) = ends(text.strip_prefix('=').unwrap_or(text))?;
        return Some((Some(from), Some(to)));
    };
    let end = |text: &str| if text.is_empty() { Some(None) } else { ends(text).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    Some((from.map(|ends| ends.0), to.map(|ends| ends.1)))
}

/// Parses a range of days. An end that leaves its month or year moves to the neighbouring one.
fn days(text: &str) -> Option<Span> {
    let (from, to) = bounds(text, date)?;
    let from = from.map(|from| match Day(from).parts() {
        (year, month, _) if month > 12 => Day::new(year + 1, 0, 0).0,
        _ => from,
    });
    let to = to.map(|to| match Day(to).parts() {
        (year, 0, _) | (year, 1, 0) => Day::new(year - 1, LAST_MONTH, LAST_DAY).0,
        (_, _, 0) => to - 1,
        _ => to,
    });
    let is_on = |end: Option<i32>| end.is_none_or(|end| (0..=9999).contains(&Day(end).parts().0));
    Span::new(from, to).filter(|_| is_on(from) && is_on(to))
}

fn digits(text: &str, most: usize) -> Option<i32> {
    let is_number = (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn year(text: &str) -> Option<(i32, i32)> {
    if let Some(decade) = text.strip_suffix(['s', 'S']) {
        let of_a_century = |decade| if decade < 30 { 2000 + decade } else { 1900 + decade };
        let decade =
            digits(decade, 4).map(|number| if decade.len() == 2 { of_a_century(number) } else { number })?;
        return (decade % 10 == 0).then_some((decade, decade + 9));
    }
    let year = match text.strip_prefix('-') {
        Some(text) => -digits(text, 4)?,
        None => digits(text, 4)?,
    };
    Some((year, year))
}

/// The most units that can be asked for.
const MAX_UNITS: i32 = 999_999_999;

fn units(text: &str) -> Option<(i32, i32)> {
    let number = digits(text, 9)?;
    Some((number, number))
}

fn rating(text: &str) -> Option<(i32, i32)> {
    let (points, scale) = text.split_once('/').unwrap_or((text, "5"));
    let stars = hundredths(decimal(points)?, decimal(scale)?)?;
    Some((stars, stars))
}

/// Parses a number without sign or exponent.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    text.parse().ok().filter(|_| is_plain)
}

/// Converts points on a scale to hundredths of a star out of five, with the same precision and steps as for a review's
/// rating, so that both round alike.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a fraction is from 0 to 1, and needs far less precision than f32 has"
)]
fn hundredths(points: f64, scale: f64) -> Option<i32> {
    let is_on = scale > 0.0 && scale <= 1e6 && (0.0..=scale).contains(&points);
    let fraction = f64::from(points as f32 / scale as f32);
    is_on.then_some((fraction * 500.0).round() as i32)
}

fn date(text: &str) -> Option<(i32, i32)> {
    let mut parts = text.split('-');
    let year = parts.next().filter(|year| year.len() == 4).and_then(|year| digits(year, 4))?;
    let month = parts.next().map(|month| digits(month, 2).filter(|month| (1..=12).contains(month)));
    let day = parts.next().map(|day| digits(day, 2).filter(|day| (1..=31).contains(day)));
    if parts.next().is_some() {
        return None;
    }
    let days = match (month, day) {
        (None, _) => (Day::new(year, 0, 0), Day::new(year, LAST_MONTH, LAST_DAY)),
        (Some(month), None) => (Day::new(year, month?, 0), Day::new(year, month?, LAST_DAY)),
        (Some(month), Some(day)) => (Day::new(year, month?, day?), Day::new(year, month?, day?)),
    };
    Some((days.0.0, days.1.0))
}
