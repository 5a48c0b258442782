//! JSON from other sites, whole or with one record per line: finding the records, and reading their values.
//!
//! It knows no particular site. The parser's messages are never shown, since they may quote a text.

use serde_json::{Deserializer, Value};

use super::dates::Dates;
use super::fields::{self, Flag};
use super::imported::ImportedReview;
use super::rating;
use super::{Batch, MAX_REVIEWS, Options};

/// The first record of a file, which shows what kind of file it is.
pub(super) fn sample(text: &str) -> Option<Value> {
    let first = Deserializer::from_str(text).into_iter::<Value>().next()?.ok()?;
    match first {
        Value::Array(items) => items.into_iter().next(),
        value => Some(value),
    }
}

/// All records of a file: its lines if each is a record, the items of a list, or the single value.
///
/// # Errors
/// If it cannot be read, or has more records than anybody could have written.
pub(super) fn records(bytes: &[u8], batch: &mut Batch) -> Result<Vec<(usize, Value)>, String> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<_> = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty()).collect();
    let is_by_line = lines.len() > 1 && lines.first().is_some_and(|(line, _)| parse(line).is_some());
    let records: Vec<_> = match is_by_line {
        true => {
            let record = |(line, row): &(&str, usize)| match parse(line) {
                Some(value) => Some((*row, value)),
                None => {
                    batch.warn(*row, "it could not be read as JSON");
                    None
                }
            };
            lines.iter().filter_map(record).collect()
        }
        false => match parse(&text).ok_or("the file breaks off, or is no JSON")? {
            Value::Array(items) => (1..).zip(items).collect(),
            value => vec![(1, value)],
        },
    };
    if records.len() > MAX_REVIEWS {
        return Err(format!("it holds more than {MAX_REVIEWS} reviews, more than anybody has written"));
    }
    Ok(records)
}

fn parse(text: &str) -> Option<Value> {
    serde_json::from_str(text).ok()
}

/// The records in a list below a key, or the values themselves if there is no such list.
pub(super) fn unpacked(records: Vec<(usize, Value)>, key: &str) -> Vec<(usize, Value)> {
    let items = |value: &mut Value| value.get_mut(key).and_then(Value::as_array_mut).map(std::mem::take);
    let of_record = |(row, mut value): (usize, Value)| match items(&mut value) {
        Some(items) => (1..).zip(items).collect(),
        None => vec![(row, value)],
    };
    records.into_iter().flat_map(of_record).collect()
}

/// The text or the number at a place; `None` if that is empty.
pub(super) fn text(value: &Value, place: &str) -> Option<String> {
    let text = match value.pointer(place)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// The value at the first of several places that is filled.
pub(super) fn first(value: &Value, places: &[&str]) -> Option<String> {
    places.iter().find_map(|place| text(value, place))
}

/// The texts of a list at a place.
pub(super) fn texts(value: &Value, place: &str) -> Vec<String> {
    let items = value.pointer(place).and_then(Value::as_array).into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

pub(super) fn number(value: &Value, place: &str) -> Option<f64> {
    match value.pointer(place)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// Whether any key at any depth says that there are spoilers, whatever a later version calls it.
pub(super) fn says_spoilers(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(says_spoilers),
        Value::Object(fields) => fields.iter().any(|(key, value)| {
            let said = match value {
                Value::Null => return false,
                Value::Bool(flag) => fields::flag(key, if *flag { "true" } else { "false" }),
                Value::Number(number) => fields::flag(key, &number.to_string()),
                Value::String(text) => fields::flag(key, text),
                Value::Array(items) if items.is_empty() => return false,
                _ => fields::flag(key, ""),
            };
            said == Some(Flag::Spoilers) || says_spoilers(value)
        }),
        _ => false,
    }
}

/// An episode in the notation of our own files.
pub(super) fn episode(season: Option<f64>, episode: Option<f64>) -> Option<String> {
    let whole = |number: Option<f64>| number.filter(|n| n.fract() == 0.0 && (1.0..10_000.0).contains(n));
    Some(format!("S{:02}E{:02}", whole(season)?, whole(episode)?))
}

impl ImportedReview {
    /// Converts a numeric rating. Sites write zero for none.
    pub(super) fn points(&mut self, points: Option<f64>, scale: f64) {
        self.rating = points.filter(|points| *points > 0.0 && *points <= scale);
        self.scale = self.rating.and(Some(scale)).filter(|scale| *scale != rating::FIVE);
    }
}

impl Batch {
    /// Adds a review that has a text and a work, with its day.
    pub(super) fn take(&mut self, row: usize, mut review: ImportedReview, day: &str, options: Options) {
        if review.text.trim().is_empty() {
            self.without_text += 1;
            return;
        }
        if review.work.title.trim().is_empty() {
            return self.warn(row, "its work has no title, and it was left out");
        }
        match Dates::settle(options.order, std::iter::empty()).read(day) {
            Ok(day) => review.date = day,
            Err(reason) => self.warn(row, reason),
        }
        self.push(Some(row), review);
    }
}
