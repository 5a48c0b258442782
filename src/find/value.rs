//! What stands behind a key and its colon: words, numbers, days and spans of them.

use std::ops::RangeInclusive;

use super::query::{Day, Feature, Field, LAST_DAY, LAST_MONTH, Span, State, Term, Text};

/// What a value can be asked of.
pub(super) const KEYS: [&str; 10] =
    ["title", "kind", "by", "tag", "reviewer", "year", "rating", "date", "is", "has"];

/// What is wrong with a key and its value.
pub(super) enum Wrong {
    /// There is no such key.
    Key,
    /// The value is none for this key; what would be right.
    Value(String),
}

/// A key and its value as a condition.
pub(super) fn term(key: &str, value: &str) -> Result<Term, Wrong> {
    let told = |reason: &str| Wrong::Value(reason.to_owned());
    if let Some((_, field)) = Field::ALL.iter().find(|(name, _)| *name == key) {
        let text = Text::new(value).ok_or_else(|| told("say what to look for, as in by:eliot"))?;
        return Ok(Term::Field(*field, text));
    }
    match key {
        "year" => span(value, -9999..=9999, year)
            .map(Term::Year)
            .ok_or_else(|| told("write a year, a decade or a range: 1972, 1970s, 1970..1979, >1990")),
        "rating" => span(value, 0..=500, rating)
            .map(Term::Rating)
            .ok_or_else(|| told("write stars out of five or another scale: 4, >=3.5, 8/10, 3..4")),
        "date" => days(value)
            .map(Term::Date)
            .ok_or_else(|| told("write a year, month or day, or a range: 2012, 2012-02.., <2012-02-05")),
        "is" => choice(&State::ALL, value).map(Term::Is),
        "has" => choice(&Feature::ALL, value).map(Term::Has),
        _ => Err(Wrong::Key),
    }
}

fn choice<T: Copy>(table: &[(&'static str, T)], value: &str) -> Result<T, Wrong> {
    let found = table.iter().find(|(name, _)| name.eq_ignore_ascii_case(value));
    found.map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
        Wrong::Value(format!("write one of: {}", names.join(", ")))
    })
}

/// That a key is none, and which is, if one is like it.
pub(super) fn no_key(key: &str) -> String {
    let like = |name: &str| likeness(name, &key.to_ascii_lowercase());
    let near = KEYS.iter().max_by(|a, b| like(a).total_cmp(&like(b))).filter(|near| like(near) > ALIKE);
    match near {
        Some(near) => {
            format!("nothing is called `{key}:`; {near}: is, and a word with a colon goes in quotes")
        }
        None => format!("nothing is called `{key}:`, but {}:", KEYS.join(": ")),
    }
}

/// From here on a name is one that was meant; a letter less or more gives about 0.9.
pub(super) const ALIKE: f64 = 0.75;

/// How much two names are alike, from 0 to 1, by Jaro and Winkler's measure.
pub(super) fn likeness(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

/// A span in any of its forms: `a`, `a..b`, `a..`, `..b`, `>a`, `>=a`, `<a`, `<=a`. `ends` reads one value, as the first and
/// the last number that it means; `all` is what numbers there are.
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
        let (from, to) = ends(text)?;
        return Some((Some(from), Some(to)));
    };
    let end = |text: &str| if text.is_empty() { Some(None) } else { ends(text).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    Some((from.map(|ends| ends.0), to.map(|ends| ends.1)))
}

/// A span of days. An end that fell out of its month or year goes to the one beside it.
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

fn rating(text: &str) -> Option<(i32, i32)> {
    let rating = match text.contains('/') {
        true => crate::review::Rating::parse(text).ok()?,
        false => {
            let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
            crate::review::Rating::out_of_five(text.parse().ok().filter(|_| plain)?).ok()?
        }
    };
    let hundredths = super::sort::hundredths(rating);
    Some((hundredths, hundredths))
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
