//! A review on its way into a file of ours.

use std::fmt::{self, Write};

use toml::Value;
use toml::value::Datetime;

use super::body::{self, Body, Dialect, Passage, Spoiler};
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
    /// The review as the source has it.
    pub(super) text: String,
    pub(super) dialect: Dialect,
    /// The label of the curtain over all of it, which may be empty.
    pub(super) cover: Option<String>,
}

/// The file that a draft becomes. It has no `Debug`: it holds hidden text.
pub struct Made {
    /// What is in the file.
    pub text: String,
    /// How many curtains hang in it.
    pub curtains: usize,
}

/// The work that it is about.
#[derive(Clone, Default)]
pub(super) struct Work {
    pub(super) title: String,
    pub(super) kind: Option<String>,
    pub(super) year: Option<i16>,
    pub(super) by: Vec<String>,
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

    /// The file, or nothing where there is nothing to read.
    ///
    /// # Errors
    /// If what was read does not make a review, with the reason in words that do not quote it.
    pub fn to_toml(&self) -> Result<Option<Made>, String> {
        let Body { whole, mut passages, .. } = body::read(&self.text, self.dialect);
        if passages.is_empty() {
            return Ok(None);
        }
        if let Some(label) = &self.cover {
            cover(&mut passages, label);
        }
        let text = self.written(&passages, self.spoilers || whole);
        let review = Parser::default().parse(text.as_bytes()).map_err(|faults| {
            faults.first().map_or_else(|| "it is no review".to_owned(), |fault| fault.reason.clone())
        })?;
        Ok(Some(Made { text, curtains: review.rail().iter().count() }))
    }

    fn written(&self, passages: &[Passage], is_whole: bool) -> String {
        let mut file = File(String::with_capacity(self.text.len() + 400));
        file.line("title", open_line(self.title.as_deref()));
        file.line("reviewer", open_line(self.reviewer.as_deref()));
        file.line("date", self.date);
        file.line("rating", self.rating());
        file.list("tags", &self.tags);
        file.line("link", self.link.as_deref().filter(|link| is_address(link)));
        file.line("spoilers", is_whole.then_some(true));
        file.table("[work]");
        file.line("title", open_line(Some(&self.work.title)).or_else(|| Some("Untitled".to_owned())));
        file.line("kind", open_line(self.work.kind.as_deref()));
        file.line("year", self.work.year.map(i64::from).filter(|year| (-5000..=9999).contains(year)));
        file.list("by", &self.work.by);
        for passage in passages {
            file.table("[[passage]]");
            match &passage.spoiler {
                None => {}
                Some(Spoiler::Flag) => file.line("spoiler", Some(true)),
                Some(Spoiler::Label(label)) => file.line("spoiler", Some(label.as_str())),
            }
            file.text(&passage.text);
        }
        file.0
    }

    fn rating(&self) -> Option<Value> {
        let points = self.rating.filter(|points| points.is_finite() && *points >= 0.0)?;
        match self.scale {
            Some(scale) if points <= scale => Some(format!("{points}/{scale}").into()),
            #[expect(clippy::cast_possible_truncation, reason = "it is from 0 to 5")]
            None if points <= 5.0 && points.fract() == 0.0 => Some((points as i64).into()),
            None if points <= 5.0 => Some(points.into()),
            _ => None,
        }
    }
}

/// Whether a text can stand between quotes as it is.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| b == b'"' || b == b'\\' || b.is_ascii_control())
}

/// A file that is being written, as a person would write it.
struct File(String);

impl File {
    fn table(&mut self, header: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        self.0.extend([gap, header, "\n"]);
    }

    fn line(&mut self, key: &str, value: Option<impl Into<Value>>) {
        let _ = match value.map(Into::into) {
            None => Ok(()),
            // Nearly all texts need no escapes, and are not looked at letter by letter.
            Some(Value::String(text)) if is_plain(&text) => writeln!(self.0, "{key} = \"{text}\""),
            Some(value) => writeln!(self.0, "{key} = {value}"),
        };
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        let texts: Vec<_> = texts.iter().filter_map(|text| open_line(Some(text))).collect();
        self.line(key, Some(texts).filter(|texts| !texts.is_empty()));
    }

    /// Between three quotes everything stands for itself; what holds them is written with escapes.
    fn text(&mut self, text: &str) {
        match memchr::memmem::find(text.as_bytes(), b"'''").is_some() {
            true => self.line("text", Some(text)),
            false => self.0.extend(["text = '''\n", text, "'''\n"]),
        }
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Draft")
    }
}

/// Puts all passages behind one curtain each, with this label if it can stand on one.
fn cover(passages: &mut [Passage], label: &str) {
    let label = clean_line(label).into_owned();
    let is_fit = !label.is_empty() && !label.contains("||") && !super::is_warning_line(&label);
    let spoiler = Spoiler::labelled(is_fit.then_some(label));
    for passage in passages {
        passage.spoiler.get_or_insert_with(|| spoiler.clone());
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
