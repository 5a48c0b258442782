//! A review from another source, on its way into one of our files.

use std::fmt::{self, Write};

use toml::Value;
use toml::value::Datetime;
use unicode_width::UnicodeWidthChar;

use super::Guess;
use super::body::{self, Body, Dialect, Passage, Spoiler};
use super::fields::{holds_mark, is_words, says_spoilers};
use crate::review::{Parser, clean_line};

/// A review that was read from another source.
///
/// It contains text that belongs behind curtains, and can only leave as the file that it becomes, where that text is
/// behind them. `Debug` says nothing about it.
#[derive(Clone, Default)]
pub struct ImportedReview {
    /// The source's id for it, to find it again.
    pub(super) id: String,
    /// The day that distinguishes it from another member's review of the same work.
    pub(super) own_day: Option<String>,
    /// Its row in a table.
    pub(super) row: Option<usize>,
    pub(super) title: Option<String>,
    pub(super) reviewer: Option<String>,
    /// A day as TOML writes it.
    pub(super) date: Option<Datetime>,
    pub(super) rating: Option<f64>,
    pub(super) scale: Option<f64>,
    pub(super) tags: Vec<String>,
    pub(super) link: Option<String>,
    pub(super) spoilers: bool,
    /// The episode after which all of it may be read.
    pub(super) gate: Option<String>,
    /// How far the reviewer had got.
    pub(super) seen: Option<String>,
    pub(super) work: Work,
    /// The review in the form of the source.
    pub(super) text: String,
    pub(super) dialect: Dialect,
    /// The label of the curtain over all of it, which may be empty.
    pub(super) cover: Option<String>,
    /// The passages of a review that this program exported, whose marks are known and not searched for.
    pub(super) passages: Option<Vec<Passage>>,
    /// How many lines come before the text in the source.
    pub(super) lines_above: usize,
    /// How many lines of the text each line of the source has become, if more than one.
    pub(super) lines_each: usize,
}

/// The file that a review becomes. It has no `Debug`: it holds hidden text.
pub struct Made {
    /// What is in the file.
    pub text: String,
    /// How many curtains it has.
    pub curtains: usize,
    /// Where in the source something is hidden without a pair of marks, by line.
    pub guesses: Vec<Guess>,
}

/// The work that it is about.
#[derive(Clone, Default)]
pub(super) struct Work {
    pub(super) title: String,
    pub(super) kind: Option<String>,
    pub(super) year: Option<i16>,
    pub(super) by: Vec<String>,
}

impl ImportedReview {
    /// The source's id for the review.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its row, if it is from a table.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.row
    }

    /// The name for its file, without an extension.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.work.title)
    }

    /// Leaves out fields that contain a spoiler mark and would be shown, and hides the whole review if its title or a
    /// tag says that it has spoilers. Returns what was done, without quoting anything.
    pub(super) fn close_fields(&mut self) -> Vec<String> {
        let mut told = Vec::new();
        // In exports from this program, only its own flag says whether the whole review is hidden.
        let is_flagged = self.spoilers || self.passages.is_some();
        if !is_flagged && self.title.iter().chain(&self.tags).any(|text| says_spoilers(text)) {
            self.spoilers = true;
            told.push("its title or a tag says that it has spoilers; all of it is hidden".to_owned());
        }
        let mut is_left_out = |name: &str, text: &str| {
            let is_marked = holds_mark(text);
            if is_marked {
                told.push(format!("its {name} holds a spoiler mark, and was left out"));
            }
            is_marked
        };
        self.title.take_if(|text| is_left_out("title", text));
        self.reviewer.take_if(|text| is_left_out("reviewer", text));
        self.tags.retain(|text| !is_left_out("tag", text));
        self.link.take_if(|text| is_left_out("link", text));
        if !is_words(&self.work.title) && is_left_out("work's title", &self.work.title) {
            self.work.title.clear();
        }
        self.work.kind.take_if(|text| is_left_out("kind", text));
        self.work.by.retain(|text| !is_left_out("maker", text));
        told
    }

    /// The file, or `None` if there is nothing to read.
    ///
    /// # Errors
    /// If the contents do not make a valid review, with a reason that does not quote them.
    pub fn to_toml(&self) -> Result<Option<Made>, String> {
        let (mut passages, is_whole, guesses) = match &self.passages {
            Some(passages) => (passages.clone(), false, Vec::new()),
            None => {
                let Body { whole, passages, guesses } = body::read(&self.text, self.dialect);
                (passages, whole, guesses)
            }
        };
        if passages.is_empty() {
            return Ok(None);
        }
        if let Some(label) = &self.cover {
            cover(&mut passages, label);
        }
        let text = self.written(&passages, self.spoilers || is_whole);
        let review = Parser::default().parse(text.as_bytes()).map_err(|faults| {
            faults.first().map_or_else(|| "it is no review".to_owned(), |fault| fault.reason.clone())
        })?;
        Ok(Some(Made { text, curtains: review.curtain_count(), guesses: self.in_source(guesses) }))
    }

    /// Converts guesses from lines of the text to lines of the source.
    fn in_source(&self, guesses: Vec<Guess>) -> Vec<Guess> {
        let line = |line: usize| self.lines_above + line.saturating_sub(1) / self.lines_each.max(1) + 1;
        guesses.into_iter().map(|guess| Guess { line: line(guess.line), ..guess }).collect()
    }

    fn written(&self, passages: &[Passage], is_whole: bool) -> String {
        let mut file = File(String::with_capacity(self.text.len() + 400));
        file.line("title", open_line(self.title.as_deref()));
        file.line("reviewer", open_line(self.reviewer.as_deref()));
        file.line("date", self.date);
        file.line("rating", self.rating());
        file.list("tags", &self.tags);
        file.line("link", self.link.as_deref().filter(|link| is_address(link)));
        file.line("seen", self.seen.as_deref());
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
            file.line("after", self.gate.as_deref());
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

/// Whether a text can be put between quotes unchanged.
fn is_plain(text: &str) -> bool {
    !text.bytes().any(|b| b == b'"' || b == b'\\' || b.is_ascii_control())
}

/// A file being written, in the way a person would write it.
struct File(String);

impl File {
    fn table(&mut self, header: &str) {
        let gap = if self.0.is_empty() { "" } else { "\n" };
        self.0.extend([gap, header, "\n"]);
    }

    fn line(&mut self, key: &str, value: Option<impl Into<Value>>) {
        let _ = match value.map(Into::into) {
            None => Ok(()),
            // Nearly all texts need no escapes, and are not searched letter by letter.
            Some(Value::String(text)) if is_plain(&text) => writeln!(self.0, "{key} = \"{text}\""),
            Some(value) => writeln!(self.0, "{key} = {value}"),
        };
    }

    fn list(&mut self, key: &str, texts: &[String]) {
        let texts: Vec<_> = texts.iter().filter_map(|text| open_line(Some(text))).collect();
        self.line(key, Some(texts).filter(|texts| !texts.is_empty()));
    }

    /// Between three quotes, everything stands for itself; text that contains three quotes is escaped.
    fn text(&mut self, text: &str) {
        match memchr::memmem::find(text.as_bytes(), b"'''").is_some() {
            true => self.line("text", Some(text)),
            false => self.0.extend(["text = '''\n", text, "'''\n"]),
        }
    }
}

impl fmt::Debug for ImportedReview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ImportedReview")
    }
}

/// Puts each passage behind a curtain, with this label if it can be one.
fn cover(passages: &mut [Passage], label: &str) {
    let label = clean_line(label).into_owned();
    let is_fit = !label.is_empty() && !holds_mark(&label) && !says_spoilers(&label);
    let spoiler = Spoiler::labelled(is_fit.then_some(label));
    for passage in passages {
        passage.spoiler.get_or_insert_with(|| spoiler.clone());
    }
}

/// A line that is always shown. [`ImportedReview::close_fields`] has searched it for marks.
fn open_line(text: Option<&str>) -> Option<String> {
    let line = clean_line(text?).into_owned();
    (!line.is_empty() && !line.contains("||")).then_some(line)
}

fn is_address(link: &str) -> bool {
    let rest = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
    let is_plain = |c: char| (c.is_ascii_graphic() && c != '|') || (!c.is_ascii() && c.is_alphanumeric());
    rest.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain))
}

/// The maximum length of a file name in bytes, without number and extension.
const LONGEST_NAME: usize = 60;

/// A file name for a work, without an extension: its title in letters that every file system accepts, truncated at the
/// end of a word.
#[must_use]
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for c in clean_line(title).chars() {
        match c {
            c if c.is_alphanumeric() => name.extend(c.to_lowercase()),
            // An accent belongs to the letter before it.
            c if is_accent(c) && name.ends_with(|c: char| c.is_alphanumeric() || is_accent(c)) => {
                name.push(c)
            }
            '\'' | '\u{2019}' => {}
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
        // Enough to see where the last word that fits ends.
        if name.len() > 2 * LONGEST_NAME {
            break;
        }
    }
    let name = cut(&name).trim_end_matches('-');
    if name.is_empty() { "review".to_owned() } else { name.to_owned() }
}

/// As much of a name as fits: whole words, or whole letters of one long word.
fn cut(name: &str) -> &str {
    if name.len() <= LONGEST_NAME {
        return name;
    }
    let end = name.floor_char_boundary(LONGEST_NAME + 1);
    match name[..end].rfind('-') {
        Some(end) if end > 0 => &name[..end],
        _ => {
            let letters = name.char_indices().filter(|(_, c)| !is_accent(*c)).map(|(at, _)| at);
            &name[..letters.take_while(|at| *at <= LONGEST_NAME).last().unwrap_or(LONGEST_NAME)]
        }
    }
}

/// Whether a character is drawn on the one before it, and does not merely control how that looks.
fn is_accent(c: char) -> bool {
    let is_control = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}');
    !c.is_ascii() && !c.is_control() && !is_control && c.width() == Some(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_the_end_of_a_word() {
        for (title, name) in [
            ("Emma", "emma"),
            ("Ame\u{301}lie's  Café!", "ame\u{301}lies-café"),
            ("...", "review"),
            ("\u{301}x", "x"),
            ("../../etc/passwd", "etc-passwd"),
            (
                "The Assassination of Jesse James by the Coward Robert Ford and More",
                "the-assassination-of-jesse-james-by-the-coward-robert-ford",
            ),
            ("किताब", "किताब"),
        ] {
            assert_eq!(file_name(title), name, "{title}");
        }
        let long = file_name(&"漢".repeat(100));
        assert_eq!(long, "漢".repeat(20), "a word without end is cut between letters");
        let accented = file_name(&"e\u{301}".repeat(100));
        assert!(
            accented.len() <= LONGEST_NAME && accented.ends_with('\u{301}'),
            "no letter loses its accent"
        );
    }

    #[test]
    fn guesses_are_told_by_the_lines_of_the_source() {
        let guesses = |lines_above, lines_each, line| {
            let review = ImportedReview { lines_above, lines_each, ..ImportedReview::default() };
            review.in_source(vec![Guess { line, reason: "" }])[0].line
        };
        assert_eq!(guesses(0, 0, 3), 3, "a review of a table begins with its text");
        assert_eq!(guesses(4, 1, 3), 7, "lines above the text count");
        assert_eq!(guesses(4, 2, 3), 6, "a line that became two is one");
    }
}
