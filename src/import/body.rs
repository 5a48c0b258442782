//! Converts the text of a review, as a site or a person wrote it, to our own passages.
//!
//! Everything that could be a mark is turned into one before the text is cut: character references are resolved, and
//! characters that reading drops are dropped now, so that none of our marks can appear later.

use std::borrow::Cow;

use super::Guess;
use super::html::{self, Newline};
use super::marks::{self, Mark, Part};
use super::{
    boxes::{self, Ends},
    headings,
};
use crate::review::clean_text;

/// The markup of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Dialect {
    /// HTML; the meaning of line breaks varies.
    Html(Newline),
    /// Markdown or plain text, as in our own files.
    #[default]
    Markdown,
}

/// The contents of a review.
#[derive(Default)]
pub(super) struct Body {
    /// Whether the text says that all of it is a spoiler.
    pub(super) whole: bool,
    pub(super) passages: Vec<Passage>,
    /// Where a curtain was guessed rather than marked by an explicit pair.
    pub(super) guesses: Vec<Guess>,
}

/// A passage of the file that will be written. It has no `Debug`: it may be hidden text.
#[derive(Clone)]
pub(super) struct Passage {
    pub(super) spoiler: Option<Spoiler>,
    pub(super) text: String,
}

/// What a passage says about its curtain.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Spoiler {
    Flag,
    Label(String),
}

impl Spoiler {
    /// A curtain with this label or none.
    pub(super) fn labelled(label: Option<String>) -> Self {
        label.map_or(Spoiler::Flag, Spoiler::Label)
    }
}

/// Splits a text into passages.
pub(super) fn read(text: &str, dialect: Dialect) -> Body {
    let text: Cow<'_, str> = match dialect {
        Dialect::Html(_) if text.contains('&') => html_escape::decode_html_entities(text),
        Dialect::Html(_) => text.into(),
        Dialect::Markdown => marks::resolve_references(headings::with_hashes(text)),
    };
    let text = clean_text(text);
    let cut = marks::cut(&text, dialect);
    let mut composer = Composer { dialect, passages: Vec::new(), open: String::new() };
    let ends_open = |part: Option<&Part<'_>>| part.is_none_or(|part| part.mark.is_some());
    let mut below = Ends::default();
    let mut written = Vec::with_capacity(cut.parts.len());
    for part in cut.parts.iter().rev() {
        written.push(composer.written(&part.text, below));
        below = below.above(&part.text);
    }
    written.reverse();
    for (index, (part, text)) in cut.parts.iter().zip(&written).enumerate() {
        match &part.mark {
            None => composer.push_open(text),
            Some(mark) => {
                let is_followed = !ends_open(cut.parts.get(index + 1)) && !begins_apart(&written[index + 1]);
                composer.push_hidden(text, mark, is_followed);
            }
        }
    }
    composer.flush();
    Body { whole: cut.whole, passages: composer.passages, guesses: cut.guesses }
}

/// Whether a line that is always shown (a title, a name, a tag) contains a spoiler mark of any dialect or a spoiler
/// heading, or says that the review contains spoilers. The bare words of an announcement do not count: they occur in
/// titles.
pub(super) fn holds_mark(text: &str) -> bool {
    let hides = |dialect| {
        let body = read(text, dialect);
        let is_hidden = |passage: &Passage| passage.spoiler.is_some() || passage.text.contains("||");
        body.whole || !body.guesses.is_empty() || body.passages.iter().any(is_hidden)
    };
    !marks::only_announces(text) && (hides(Dialect::Markdown) || hides(Dialect::Html(Newline::Break)))
}

/// What the previous character was, to tell whether a bar completes a mark.
#[derive(Clone, Copy)]
enum Bar {
    /// Not a bar, or the second of an escaped pair.
    None,
    /// A bar, which a second one would turn into a mark.
    Bare,
    /// A bar after a backslash.
    Escaped,
}

struct Composer {
    dialect: Dialect,
    passages: Vec<Passage>,
    /// The open passage being written, including its spans.
    open: String,
}

impl Composer {
    fn written<'t>(&self, text: &'t str, below: Ends) -> Cow<'t, str> {
        match self.dialect {
            Dialect::Html(newline) => html::to_markdown(text, newline).into(),
            Dialect::Markdown => {
                let text = boxes::opened(text, below);
                match text.contains('<') {
                    true => html::inside_markdown(&text, &marks::code(&text)).into(),
                    false => text,
                }
            }
        }
    }

    /// Adds open text, none of which may be taken for a mark: removing tags may have joined what they separated.
    fn push_open(&mut self, text: &str) {
        if self.open.ends_with('|') && text.starts_with('|') {
            self.open.push(' ');
        }
        if !text.contains('|') {
            self.open.push_str(text);
            return;
        }
        let mut slashes = self.open.bytes().rev().take_while(|b| *b == b'\\').count();
        let mut bar = Bar::None;
        for c in text.chars() {
            if c == '|' {
                bar = match bar {
                    Bar::None if slashes % 2 == 0 => Bar::Bare,
                    Bar::None => Bar::Escaped,
                    Bar::Escaped => Bar::None,
                    Bar::Bare => {
                        self.open.push('\\');
                        Bar::Escaped
                    }
                };
            } else {
                bar = Bar::None;
            }
            slashes = if c == '\\' { slashes + 1 } else { 0 };
            self.open.push(c);
        }
    }

    /// Adds hidden text: a few words of a sentence become a span, anything else a passage.
    fn push_hidden(&mut self, text: &str, mark: &Mark, is_followed: bool) {
        let inner = text.trim();
        if inner.is_empty() {
            // If nothing is left once boxes are opened, the label is all that there is to hide.
            return match &mark.label {
                Some(label) => {
                    self.push_hidden(label, &Mark { label: None, is_block: mark.is_block }, is_followed)
                }
                None => self.push_open(text),
            };
        }
        let is_in_sentence = is_followed || !ends_apart(&self.open);
        let is_words = !mark.is_block && mark.label.is_none() && !has_paragraphs(inner);
        let is_plain = !inner.contains("||") && !inner.starts_with('|') && !inner.ends_with('|');
        if !(is_words && is_plain && is_in_sentence) {
            self.flush();
            let spoiler = Some(Spoiler::labelled(mark.label.clone()));
            self.passages.push(Passage { spoiler, text: lines(inner) });
            return;
        }
        let (before, after) = (text.len() - text.trim_start().len(), text.trim_end().len());
        self.push_open(&text[..before]);
        // A backslash would turn our mark into text, and a bar would become part of it.
        if self.open.bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1 {
            self.open.push('\\');
        }
        if self.open.ends_with('|') {
            self.open.push(' ');
        }
        self.open.push_str("||");
        self.open.push_str(inner);
        self.open.push_str("||");
        self.push_open(&text[after..]);
    }

    fn flush(&mut self) {
        let text = lines(&std::mem::take(&mut self.open));
        if text.trim().is_empty() {
            return;
        }
        match self.passages.last_mut() {
            Some(Passage { spoiler: None, text: last }) => {
                last.push('\n');
                last.push_str(&text);
            }
            _ => self.passages.push(Passage { spoiler: None, text }),
        }
    }
}

/// A text with one blank line between paragraphs, and a line end at its end.
fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut blank = true;
    for line in text.lines() {
        let is_blank = line.trim().is_empty();
        if !(is_blank && blank) {
            out.push_str(if is_blank { "" } else { line });
            out.push('\n');
        }
        blank = is_blank;
    }
    let end = out.trim_end().len();
    out.truncate(end);
    out.push('\n');
    out
}

fn has_paragraphs(text: &str) -> bool {
    crate::markup::paragraphs(text).nth(1).is_some() || text.contains("  \n")
}

/// Whether a text ends where a paragraph may begin.
fn ends_apart(text: &str) -> bool {
    let ends = &text[text.trim_end().len()..];
    text.trim().is_empty() || ends.matches('\n').count() > 1
}

/// Whether a text begins where a paragraph may end.
fn begins_apart(text: &str) -> bool {
    let begins = &text[..text.len() - text.trim_start().len()];
    text.trim().is_empty() || begins.matches('\n').count() > 1
}
