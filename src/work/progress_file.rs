//! The format of a progress file: how far somebody has got, with one line per work, so that people can read, edit and
//! merge it. It does not know where such a file is, or what a review is.

use std::collections::BTreeMap;

use super::{Progress, WorkId};

/// The version of the format.
const VERSION: i64 = 1;

const HEADER: &str = "\
# How far you have got, one line for each work. Edit it as you like: 12, \"chapter 9\", \"S02E05\", \"40%\", \"p. 212\",
# \"part: NAME\" or \"finished\". Specials are added as in \"S02E05 + S00E01\".
version = 1

[progress]
";

/// The table that the lines are in.
const TABLE: &str = "progress";

/// The progress to record for each work, or `None` to forget it.
pub type ProgressChanges = BTreeMap<WorkId, Option<Progress>>;

/// Why a text cannot be used as a file that the program maintains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// It has a later version of the format.
    Newer,
    /// It has an entirely different format.
    Damaged,
}

/// The contents of a progress file. Anything else in it is left unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgressFile {
    text: String,
    lines: BTreeMap<WorkId, Progress>,
}

impl Default for ProgressFile {
    fn default() -> Self {
        ProgressFile { text: HEADER.to_owned(), lines: BTreeMap::new() }
    }
}

impl ProgressFile {
    /// Reads the text of a file.
    ///
    /// # Errors
    /// If it has a later version, or is not a progress file. The text is not quoted.
    pub fn parse(text: &str) -> Result<Self, Unusable> {
        let table: toml::Table = text.parse().map_err(|_| Unusable::Damaged)?;
        match table.get("version").map(toml::Value::as_integer) {
            Some(Some(version)) if version > VERSION => return Err(Unusable::Newer),
            Some(None) => return Err(Unusable::Damaged),
            None | Some(Some(_)) => {}
        }
        match table.get(TABLE) {
            None => Ok(ProgressFile { text: text.to_owned(), lines: BTreeMap::new() }),
            Some(toml::Value::Table(lines)) => {
                Ok(ProgressFile { text: text.to_owned(), lines: understood(lines) })
            }
            Some(_) => Err(Unusable::Damaged),
        }
    }

    /// Whether it has a table of progress, which no other file has.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.text.parse::<toml::Table>().is_ok_and(|table| table.contains_key(TABLE))
    }

    /// The text to write.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How far its reader has got in each work, for all lines that can be understood.
    pub fn lines(&self) -> impl Iterator<Item = (&WorkId, &Progress)> {
        self.lines.iter()
    }

    /// Applies changes, each to the line of its work.
    pub fn apply(&mut self, changes: &ProgressChanges) {
        for (work, to) in changes {
            match to {
                Some(progress) => self.lines.insert(work.clone(), progress.clone()),
                None => self.lines.remove(work),
            };
        }
        let edited = edited(&self.text, changes);
        // People can write TOML that cannot be edited line by line: a table inside a line, or a text over several.
        let is_right = ProgressFile::parse(&edited).is_ok_and(|file| file.lines == self.lines);
        self.text = if is_right { edited } else { rewritten(&self.text, changes) };
    }
}

/// A text with the changes, as any TOML can be written: only its comments and its layout are lost.
fn rewritten(text: &str, changes: &ProgressChanges) -> String {
    let mut table: toml::Table = text.parse().unwrap_or_default();
    let lines = table.entry(TABLE).or_insert_with(|| toml::Table::new().into());
    if let Some(lines) = lines.as_table_mut() {
        lines.retain(|work, _| !changes.contains_key(&WorkId::read(work)));
        for (work, progress) in changes {
            let line = progress.as_ref().map(|progress| (work.to_string(), progress.to_string().into()));
            lines.extend(line);
        }
    }
    table.to_string()
}

/// What can be understood of the lines. If a work has two spellings, the line that is less far counts.
fn understood(lines: &toml::Table) -> BTreeMap<WorkId, Progress> {
    let mut understood: BTreeMap<_, Option<Progress>> = BTreeMap::new();
    for (work, value) in lines {
        let Some(progress) = progress(value).filter(|_| is_printable(work)) else { continue };
        let known = understood.entry(WorkId::read(work)).or_insert_with(|| Some(progress.clone()));
        // If two lines cannot be compared, no third one decides between them.
        *known = known.take().and_then(|other| progress.least(other));
    }
    understood.into_iter().filter_map(|(work, least)| Some((work, least?))).collect()
}

/// A text with the changed lines of a progress file.
fn edited(text: &str, changes: &ProgressChanges) -> String {
    let mut left: BTreeMap<_, _> = changes.iter().collect();
    let mut lines: Vec<String> = Vec::new();
    let (mut is_inside, mut end) = (false, None);
    for old in text.lines() {
        if old.trim_start().starts_with('[') {
            is_inside = old.trim() == "[progress]";
        }
        match work_of(old).filter(|work| is_inside && changes.contains_key(work)) {
            // A second line about the same work goes.
            Some(work) => {
                lines.extend(left.remove(&work).and_then(|to| Some(line(&work, to.as_ref()?))));
            }
            None => lines.push(old.to_owned()),
        }
        if is_inside && !old.trim().is_empty() {
            end = Some(lines.len());
        }
    }
    let end = end.unwrap_or_else(|| {
        lines.push(format!("[{TABLE}]"));
        lines.len()
    });
    let new = left.into_iter().filter_map(|(work, to)| Some(line(work, to.as_ref()?)));
    lines.splice(end..end, new.collect::<Vec<_>>());
    lines.join("\n") + "\n"
}

/// The work that a line is about, if any.
fn work_of(line: &str) -> Option<WorkId> {
    let table: toml::Table = line.parse().ok()?;
    table.keys().next().map(|work| WorkId::read(work))
}

fn line(work: &WorkId, progress: &Progress) -> String {
    let quoted = |text: &str| toml::Value::from(text).to_string();
    format!("{} = {}", quoted(work.as_str()), quoted(&progress.to_string()))
}

fn progress(value: &toml::Value) -> Option<Progress> {
    match value {
        toml::Value::String(text) if is_printable(text) => text.parse().ok(),
        toml::Value::Integer(number) => number.to_string().parse().ok(),
        _ => None,
    }
}

/// Whether a text that is shown unchanged contains nothing that controls a terminal or reorders what follows.
fn is_printable(text: &str) -> bool {
    let is_bidirectional = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text.chars().any(|c| c.is_control() || is_bidirectional(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(of: &[(&str, Option<&str>)]) -> ProgressChanges {
        let one = |(work, to): &(&str, Option<&str>)| {
            (WorkId::read(work), to.map(|to| to.parse().expect("it is a point")))
        };
        of.iter().map(one).collect()
    }

    fn lines(text: &str) -> Vec<String> {
        let file = ProgressFile::parse(text).expect("it is one");
        file.lines().map(|(work, progress)| format!("{work}: {progress}")).collect()
    }

    #[test]
    fn a_change_touches_its_own_line_and_no_other() {
        let text = "# mine\n[progress]\n\"Dark (series, 2017)\" = 'S01E02' # with Ida\n\
                    \"middlemarch (book, 1871)\" = 12\nodd = true\n\n[other]\nx = 1\n";
        let mut file = ProgressFile::parse(text).expect("it is one");
        assert_eq!(lines(text), ["dark (series, 2017): S01E02", "middlemarch (book, 1871): 12"]);
        file.apply(&changes(&[
            ("dark (series, 2017)", Some("S01E03")),
            ("dracula (book, 1897)", Some("chapter 3")),
        ]));
        assert_eq!(
            file.text(),
            "# mine\n[progress]\n\"dark (series, 2017)\" = \"S01E03\"\n\"middlemarch (book, 1871)\" = 12\n\
             odd = true\n\"dracula (book, 1897)\" = \"chapter 3\"\n\n[other]\nx = 1\n"
        );
        file.apply(&changes(&[("middlemarch (book, 1871)", None)]));
        assert_eq!(lines(file.text()), ["dark (series, 2017): S01E03", "dracula (book, 1897): chapter 3"]);
    }

    #[test]
    fn a_new_file_says_what_it_is_and_reads_back() {
        let mut file = ProgressFile::default();
        file.apply(&changes(&[
            ("the \"x\" 'y' (?, ?)", Some("S01E02 + S00E01")),
            ("a\\b (?, ?)", Some("9")),
        ]));
        assert!(file.text().starts_with("# How far you have got"), "{}", file.text());
        assert_eq!(ProgressFile::parse(file.text()), Ok(file));
    }

    #[test]
    fn a_form_that_cannot_be_edited_line_by_line_is_rewritten_and_loses_nothing() {
        for text in [
            "progress = { dark = 'S01E02', odd = true }\n[other]\nx = 1\n",
            "[progress]\nodd = true\n'dark' = '''\nS01E02'''\n[other]\nx = 1\n",
        ] {
            let mut file = ProgressFile::parse(text).expect("it is one");
            file.apply(&changes(&[("dark", Some("S01E03")), ("dracula", Some("3"))]));
            assert_eq!(lines(file.text()), ["dark (?, ?): S01E03", "dracula (?, ?): 3"], "{text}");
            let whole: toml::Table = file.text().parse().expect("it is TOML");
            assert!(
                whole["progress"].get("odd").is_some(),
                "what is not understood is kept: {}",
                file.text()
            );
            assert!(whole["other"].get("x").is_some(), "and so are other tables: {}", file.text());
        }
    }

    #[test]
    fn a_work_that_was_merged_from_two_machines_is_where_it_was_least_far() {
        for (one, other, least) in [
            ("'S01E02'", "'S02E01'", &["dark (?, ?): S01E02"][..]),
            ("9", "'3'", &["dark (?, ?): 3"]),
            ("'finished'", "'S02E01'", &["dark (?, ?): S02E01"]),
            // Nobody can tell which is less.
            ("'S01E02'", "'40%'", &[]),
            ("'S01E02'", "'S01E02'", &["dark (?, ?): S01E02"]),
        ] {
            let three = format!("[progress]\nDARK = 'finished'\ndark = {one}\nDark = {other}\n");
            assert_eq!(lines(&three), least, "a third line does not decide");
            assert_eq!(
                lines(&format!("[progress]\ndark = {one}\nDark = {other}\n")),
                least,
                "{one} and {other}"
            );
            assert_eq!(
                lines(&format!("[progress]\ndark = {other}\nDark = {one}\n")),
                least,
                "{other} and {one}"
            );
        }
    }

    #[test]
    fn what_a_terminal_would_obey_is_not_understood() {
        let text = "[progress]\n\"\\u001b[\" = 3\n'Dark' = \"part: \\u001b[31mx\"\nDracula = \"part: \\u202ex\"\nDune = 4\n";
        assert_eq!(lines(text), ["dune (?, ?): 4"]);
    }

    #[test]
    fn a_file_of_another_form_is_told_from_a_newer_one() {
        for (text, read) in [
            ("version = 2\n[progress]\n", Some(Unusable::Newer)),
            ("version = 'x'", Some(Unusable::Damaged)),
            ("progress = 3", Some(Unusable::Damaged)),
            ("[[[", Some(Unusable::Damaged)),
            ("", None),
        ] {
            assert_eq!(ProgressFile::parse(text).err(), read, "{text}");
        }
    }
}
