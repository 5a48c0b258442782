//! The values of settings that are words, and how they are read and written.

use super::{Align, Column, Value};
use crate::curtain::Labels;
use crate::find::{Group, Sort};
use crate::review::{DateStyle, RatingStyle};

/// The words of a type with a few values, each with its value.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const ALIGNS: Words<Align> = &[("centre", Align::Centre), ("left", Align::Left)];
pub(super) const DATES: Words<DateStyle> =
    &[("day", DateStyle::DayFirst), ("month", DateStyle::MonthFirst), ("iso", DateStyle::Iso)];
pub(super) const RATINGS: Words<RatingStyle> =
    &[("stars", RatingStyle::Stars), ("numbers", RatingStyle::Numbers), ("hidden", RatingStyle::Hidden)];
pub(super) const COLUMNS: Words<Column> = &[
    ("rating", Column::Rating),
    ("kind", Column::Kind),
    ("year", Column::Year),
    ("reviewer", Column::Reviewer),
    ("date", Column::Date),
    ("open", Column::Open),
];
pub(super) const LABELS: Words<Labels> =
    &[("all", Labels::All), ("next", Labels::Next), ("none", Labels::None)];
pub(super) const GROUPS: Words<Option<Group>> = &[
    ("none", None),
    ("work", Some(Group::Work)),
    ("kind", Some(Group::Kind)),
    ("year", Some(Group::Year)),
    ("reviewer", Some(Group::Reviewer)),
];

pub(super) fn names<T>(words: Words<T>) -> Vec<String> {
    words.iter().map(|(name, _)| (*name).to_owned()).collect()
}

pub(super) fn orders() -> Vec<String> {
    let of = |(name, _): (&str, Sort)| [name.to_owned(), format!("-{name}")];
    Sort::ALL.into_iter().flat_map(of).collect()
}

/// The word for a value.
pub(super) fn word<T: PartialEq>(words: Words<T>, value: &T) -> Value {
    let name = words.iter().find(|(_, known)| known == value).map_or("", |(name, _)| *name);
    Value::Word(name.to_owned())
}

/// Takes in the value of a word.
pub(super) fn take<T: Copy>(place: &mut T, words: Words<T>, value: &Value) {
    if let Value::Word(word) = value
        && let Some((_, value)) = words.iter().find(|(name, _)| name == word)
    {
        *place = *value;
    }
}

pub(super) fn take_flag(place: &mut bool, value: &Value) {
    if let Value::Flag(flag) = value {
        *place = *flag;
    }
}
