//! The grammar of spoiler marks: finds every way in which people mark spoilers, and cuts it out of a text.
//!
//! A text is read in four steps, and each knows nothing of the later ones.
//!
//! 1. **Blocks** ([`block`]). Lines, quotes, lists, headings with their levels, code. Code holds no marks.
//! 2. **Pairs** ([`container`], [`pair`]). A pair hides what is between its marks, wherever these stand.
//!
//!    ```text
//!    element   = "<" NAME ATTRIBUTES ">" … "</" NAME ">"      the name, a class, an id, a name or a data attribute says
//!                                                              spoiler; or <details> with a <summary> that says so
//!    comment   = "<!-- spoiler -->" … "<!-- /spoiler -->"  ;  "%% spoiler %%" … "%% /spoiler %%"
//!    bracket   = "[" NAME [ "=" LABEL | ATTRIBUTES ] "]" … "[/" NAME "]"
//!    bars      = "||" … "||"
//!    angles    = ">!" … "!<"        at the start of a line and without an end: up to the end of the paragraph
//!    tildes    = "~!" … "!~"
//!    view      = "(view spoiler)[" … "(hide spoiler)]"
//!    shortcode = "{{<" NAME ">}}" … ;  "{%" NAME "%}" … "{%" "end" NAME "%}" ;  "{" NAME "}" … "{/" NAME "}"
//!               or one such as `details` whose arguments say so
//!    template  = "{{" NAME "|" … "}}"  ;  "{" NAME ":" … "}"
//!    directive = ":" NAME "[" … "]"
//!    colons    = ":::" NAME [ LABEL ] … ":::"                  of any length, counted
//!    span      = "[" … "]{." NAME "}"  ;  "*" … "*{: ." NAME "}"
//!    link      = "[" … "](/s" QUOTED ")"
//!    callout   = "> [!" NAME "]" [ "+" | "-" ] [ LABEL ]       up to the end of the quote
//!    admonition = ( "???" | "!!!" ) NAME [ QUOTED ]            the lines below that are indented
//!    fence     = "```" NAME … "```"
//!    command   = "\\" NAME "{" … "}"  ;  "\\begin{" NAME "}" … "\\end{" NAME "}"
//!    role      = "[." NAME "]#" … "#"  ;  ":" NAME ":`" … "`"
//!    block     = "[." NAME "]" or ".Title" that says so, above a paragraph or between two lines such as "===="
//!    ```
//!
//!    Each kind nests by itself. Kinds may overlap: hidden is what any of them hides. What is never closed hides to the end.
//! 3. **Sections** ([`section`]). A heading that says spoilers hides up to the next heading of its level or a higher one;
//!    one that says that there are none ends a hidden section.
//! 4. **Announcements** ([`announce`], [`words`]). A sentence that announces spoilers hides the rest of its section, or of
//!    the text where there is none, until an end is said. "Spoiler: …" hides its paragraph, "(spoiler: …)" the brackets.
//!    A sentence that says it of the whole review hides the whole review.
//!
//! Marks are taken out of the text, and no other word is. Everything takes linear time.

mod angles;
mod announce;
mod asciidoc;
mod bars;
mod block;
mod brace;
mod bracket;
mod code;
mod container;
mod denial;
mod element;
mod label;
mod latex;
mod pair;
mod reference;
mod script;
mod section;
mod sentence;
mod signal;
mod words;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

pub(super) use announce::{is_warning as is_warning_line, only_announces};
pub(super) use reference::resolve as resolve_references;

use super::Guess;
use super::body::Dialect;

/// A text without its marks.
#[derive(Default)]
pub(super) struct Cut<'t> {
    /// Whether the text says that all of it is a spoiler.
    pub(super) whole: bool,
    pub(super) parts: Vec<Part<'t>>,
    pub(super) guesses: Vec<Guess>,
}

/// A part of a text, behind one curtain or none.
pub(super) struct Part<'t> {
    pub(super) text: Cow<'t, str>,
    pub(super) mark: Option<Mark>,
}

/// The mark that hides a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// What the mark says about itself.
    pub(super) label: Option<String>,
    /// Whether the mark is a block mark: it never becomes a span in a sentence.
    pub(super) is_block: bool,
}

/// A hidden range, including its marks.
#[derive(Clone, Debug)]
struct Hide {
    start: usize,
    end: usize,
    label: Option<String>,
    is_block: bool,
}

/// What the steps have found so far.
#[derive(Default)]
struct Draft {
    hides: Vec<Hide>,
    /// Marks, which are not part of the text.
    drops: Vec<Range<usize>>,
    /// Closing marks that close nothing.
    strays: Vec<usize>,
    /// Where sentences are not considered: code in HTML elements, and comments.
    code: Vec<Range<usize>>,
    /// Brackets that already belong to a mark.
    taken: HashSet<usize>,
    whole: bool,
    guesses: Vec<(usize, &'static str)>,
}

impl Draft {
    fn guess(&mut self, at: usize, reason: &'static str) {
        self.guesses.push((at, reason));
    }

    /// Hides everything to the end of the text, for lack of a closing mark.
    fn unclosed(&mut self, hide: Hide) {
        self.guess(hide.start, "a mark that is never closed");
        self.hides.push(hide);
    }
}

/// Anything that may begin a mark or an announcement. A text without any of it needs no closer look.
static SIGNS: LazyLock<Regex> =
    LazyLock::new(|| regex(&format!(r"\|\||>!|~!|\]\([/#]s|\[/?hid|{}", alternatives())));

static MENTIONS: LazyLock<Regex> = LazyLock::new(|| regex(&alternatives()));

fn regex(pattern: &str) -> Regex {
    Regex::new(&format!("(?i){pattern}")).expect("the tables hold no signs that mean something")
}

fn alternatives() -> String {
    // "S P O I L E R S"
    const SPACED: &str = r"\bs[ .·_*-]p[ .·_*-]o[ .·_*-]i[ .·_*-]l[ .·_*-]e[ .·_*-]r\b|";
    SPACED.to_owned()
        + &words::stems().collect::<std::collections::BTreeSet<_>>().into_iter().collect::<Vec<_>>().join("|")
}

/// The positions of the words for spoilers.
fn mentions(text: &str) -> impl Iterator<Item = usize> {
    MENTIONS.find_iter(text).map(|found| found.start())
}

/// Whether a text may contain a mark or an announcement.
fn may_hold_sign(text: &str) -> bool {
    SIGNS.is_match(text)
}

/// Cuts a text at its marks.
pub(super) fn cut(text: &str, dialect: Dialect) -> Cut<'_> {
    if !may_hold_sign(text) {
        let parts = if text.is_empty() { Vec::new() } else { vec![Part { text: text.into(), mark: None }] };
        return Cut { parts, ..Cut::default() };
    }
    let blocks = block::read(text, dialect);
    let mut draft = Draft::default();
    container::find(text, &blocks, &mut draft);
    pair::find(text, &blocks, dialect, &mut draft);
    section::find(text, &blocks, &mut draft);
    let parts = parts(text, &mut draft);
    Cut { whole: draft.whole, parts, guesses: lines(text, draft.guesses) }
}

/// The code in a Markdown text.
pub(super) fn code(text: &str) -> Vec<Range<usize>> {
    block::read(text, Dialect::Markdown).code
}

/// Merges overlapping ranges.
struct Stretch {
    hide: Hide,
    /// The labels of marks inside it, which are hidden with the rest.
    inner: String,
}

/// The hidden ranges, in order.
fn merged(hides: &[Hide]) -> Vec<Stretch> {
    let mut hides = hides.to_vec();
    hides.sort_by_key(|hide| (hide.start, std::cmp::Reverse(hide.end)));
    let mut merged: Vec<Stretch> = Vec::with_capacity(hides.len());
    for hide in hides {
        match merged.last_mut().filter(|last| hide.start < last.hide.end) {
            Some(Stretch { hide: last, inner }) => {
                last.is_block |= hide.is_block;
                last.end = last.end.max(hide.end);
                if let Some(label) = hide.label {
                    inner.extend([" ", &label]);
                }
            }
            None => merged.push(Stretch { hide, inner: String::new() }),
        }
    }
    merged
}

/// The parts of a text, without the marks.
fn parts<'t>(text: &'t str, draft: &mut Draft) -> Vec<Part<'t>> {
    let mut drops = std::mem::take(&mut draft.drops);
    drops.retain(|range| range.start < range.end);
    drops.sort_by_key(|range| range.start);
    let mut drops = drops.into_iter().peekable();
    let mut parts = Vec::new();
    let mut from = 0;
    let mut push = |range: Range<usize>, mark: Option<Mark>, inner: &str| {
        let mut kept: Cow<'t, str> = "".into();
        let mut at = range.start;
        while let Some(drop) = drops.next_if(|drop| drop.start < range.end) {
            add(&mut kept, text.get(at..drop.start).unwrap_or_default());
            at = at.max(drop.end);
        }
        add(&mut kept, text.get(at..range.end).unwrap_or_default());
        if !inner.is_empty() {
            kept.to_mut().push_str(inner);
        }
        // A label without contents is all that there is to hide.
        let (kept, mark) = match mark {
            Some(Mark { label: Some(label), is_block }) if kept.trim().is_empty() => {
                (label.into(), Some(Mark { label: None, is_block }))
            }
            mark => (kept, mark),
        };
        if !kept.is_empty() {
            parts.push(Part { text: kept, mark });
        }
    };
    for Stretch { hide, inner } in merged(&draft.hides) {
        push(from..hide.start, None, "");
        push(hide.start..hide.end, Some(Mark { label: hide.label, is_block: hide.is_block }), &inner);
        from = hide.end;
    }
    push(from..text.len(), None, "");
    parts
}

/// Adds the text after a mark. Words that only the mark separated stay separate.
fn add<'t>(kept: &mut Cow<'t, str>, text: &'t str) {
    match kept.is_empty() {
        true => *kept = text.into(),
        false if text.is_empty() => {}
        false => {
            if kept.ends_with(char::is_alphanumeric) && text.starts_with(char::is_alphanumeric) {
                kept.to_mut().push(' ');
            }
            kept.to_mut().push_str(text);
        }
    }
}

/// The lines that places are on, from 1.
fn lines(text: &str, mut places: Vec<(usize, &'static str)>) -> Vec<Guess> {
    places.sort_unstable_by_key(|(at, _)| *at);
    places.dedup_by_key(|(at, _)| *at);
    let (mut line, mut from) = (1, 0);
    let guess = |(at, reason)| {
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[from..at]).count();
        from = at;
        Guess { line, reason }
    };
    places.into_iter().map(guess).collect()
}

#[cfg(test)]
mod tests;
