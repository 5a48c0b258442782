//! The possible values of settings: words and numbers, and how they are read and written.

use super::{Align, Chosen, Column, Value};
use crate::curtain::Labels;
use crate::find::{Group, Sort};
use crate::review::{DateStyle, RatingStyle};
use crate::theme::Theme;
use crate::typeset::{Language, Links};

/// The narrowest and the widest measure of text, in columns.
pub(super) const MEASURES: (u16, u16) = (20, 200);

/// The words for the values of an enum.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const ALIGNS: Words<Align> = &[("centre", Align::Centre), ("left", Align::Left)];
pub(super) const HYPHENATIONS: Words<Option<Language>> = &[
    ("none", None),
    ("en", Some(Language::English)),
    ("es", Some(Language::Spanish)),
    ("fr", Some(Language::French)),
    ("it", Some(Language::Italian)),
    ("pt", Some(Language::Portuguese)),
];
pub(super) const LINKS: Words<Links> = &[("inline", Links::Inline), ("numbered", Links::Numbered)];
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

/// Sets a field to the value of a word.
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

/// The name of a theme, empty for none.
pub(super) fn name_of(chosen: Option<&Chosen>) -> Value {
    Value::Word(chosen.map(|chosen| chosen.name.clone()).unwrap_or_default())
}

/// A theme by name, which is read once all settings are known.
pub(super) fn chosen(value: Value) -> Option<Chosen> {
    match value {
        Value::Word(name) if !name.is_empty() => Some(Chosen { name, theme: Theme::terminal() }),
        _ => None,
    }
}
