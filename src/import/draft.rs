//! A review on its way into a file of ours.

use std::fmt;

use serde::Serialize;
use toml::value::Datetime;

use super::body::{Body, Dialect, Passage, Spoiler};
use super::{Warning, body};
use crate::review::{Parser, clean_line};

/// A review that was read from somewhere else.
///
/// It holds text that belongs behind curtains, and its one way out is the file that it becomes, where that text is behind
/// them. `Debug` says nothing of it.
#[derive(Clone, Default)]
pub struct Draft {
    /// What the source calls it, to find it again.
    pub(super) id: String,
    pub(super) title: Option<String>,
    pub(super) reviewer: Option<String>,
    /// A day as TOML writes it.
    pub(super) date: Option<Datetime>,
    pub(super) rating: Option<f64>,
    pub(super) scale: Option<f64>,
    pub(super) tags: Vec<String>,
    pub(super) link: Option<String>,
    pub(super) spoilers: bool,
    pub(super) work: Work,
    pub(super) passages: Vec<Passage>,
}

/// The work, in the order in which it is written.
#[derive(Clone, Default, Serialize)]
pub(super) struct Work {
    pub(super) title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) year: Option<i16>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) by: Vec<String>,
}

/// The file, in the order in which it is written.
#[derive(Serialize)]
struct File<'d> {
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<Datetime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rating: Option<Rating>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    link: Option<&'d str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    spoilers: bool,
    work: Work,
    passage: &'d [Passage],
}

#[derive(Serialize)]
#[serde(untagged)]
enum Rating {
    Whole(i64),
    Number(f64),
    Text(String),
}

impl Draft {
    /// What the source calls the review.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// A name for its file, without an ending.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.work.title)
    }

    /// The file, and how many curtains hang in it.
    ///
    /// # Errors
    /// If what was read does not make a review, with the reason in words that do not quote it.
    pub fn to_toml(&self) -> Result<(String, usize), String> {
        let file = File {
            title: open_line(self.title.as_deref()),
            reviewer: open_line(self.reviewer.as_deref()),
            date: self.date,
            rating: self.rating(),
            tags: self.tags.iter().filter_map(|tag| open_line(Some(tag))).collect(),
            link: self.link.as_deref().filter(|link| is_address(link)),
            spoilers: self.spoilers,
            work: Work {
                title: open_line(Some(&self.work.title)).unwrap_or_else(|| "Untitled".to_owned()),
                kind: open_line(self.work.kind.as_deref()),
                by: self.work.by.iter().filter_map(|name| open_line(Some(name))).collect(),
                year: self.work.year.filter(|year| (-5000..=9999).contains(year)),
            },
            passage: &self.passages,
        };
        let text = toml::to_string_pretty(&file).map_err(|_| "it cannot be written as TOML".to_owned())?;
        let review = Parser::default().parse(text.as_bytes()).map_err(|faults| {
            faults.first().map_or_else(|| "it is no review".to_owned(), |fault| fault.reason.clone())
        })?;
        Ok((text, review.rail().iter().count()))
    }

    fn rating(&self) -> Option<Rating> {
        let points = self.rating.filter(|points| points.is_finite() && *points >= 0.0)?;
        match self.scale {
            Some(scale) if points <= scale => Some(Rating::Text(format!("{points}/{scale}"))),
            #[expect(clippy::cast_possible_truncation, reason = "it is from 0 to 5")]
            None if points <= 5.0 && points.fract() == 0.0 => Some(Rating::Whole(points as i64)),
            None if points <= 5.0 => Some(Rating::Number(points)),
            _ => None,
        }
    }

    /// Takes the text of the review. Where it says that it is a spoiler as a whole, so it is.
    pub(super) fn take(&mut self, text: &str, dialect: Dialect) {
        let Body { whole, passages } = body::read(text, dialect);
        self.spoilers |= whole;
        self.passages = passages;
    }

    /// Puts all passages behind one curtain each, with this label.
    pub(super) fn hide_all(&mut self, label: &str) {
        let label = clean_line(label).into_owned();
        let is_fit = !label.is_empty() && !label.contains("||") && !super::is_warning_line(&label);
        let spoiler = Spoiler::labelled(is_fit.then_some(label));
        for passage in &mut self.passages {
            if passage.spoiler.is_none() {
                passage.spoiler = Some(spoiler.clone());
            }
        }
    }

    /// Warns of a date that could not be told, and takes one that could.
    pub(super) fn take_date(
        &mut self,
        date: Result<Option<Datetime>, &'static str>,
        row: usize,
        warnings: &mut Vec<Warning>,
    ) {
        match date {
            Ok(date) => self.date = date,
            Err(reason) => warnings.push(Warning { row: Some(row), reason: reason.to_owned() }),
        }
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft")
    }
}

/// A line that is always shown. Spoiler marks mean nothing in one, and are not let in.
fn open_line(text: Option<&str>) -> Option<String> {
    let line = clean_line(text?).into_owned();
    let line = match line.find("||") {
        // What a mark hides must not be shown because it is in a title.
        Some(mark) => line[..mark].trim_end_matches(['\\', ' ']).to_owned(),
        None => line,
    };
    (!line.is_empty()).then_some(line)
}

fn is_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let is_plain = |c: char| (c.is_ascii_graphic() && c != '|') || (!c.is_ascii() && c.is_alphanumeric());
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}

/// A file's name for a work, without an ending: its title in letters that every file system takes.
#[must_use]
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in clean_line(title).chars() {
        match c {
            c if c.is_alphanumeric() => name.extend(c.to_lowercase()),
            '\'' | '\u{2019}' => {}
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
        if name.len() >= 60 {
            break;
        }
    }
    let name = name.trim_end_matches('-');
    if name.is_empty() { "review".to_owned() } else { name.to_owned() }
}
