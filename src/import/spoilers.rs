//! Every spoiler mark that people write, cut out of a text.
//!
//! It fails closed: what is opened and not closed hides to the end of the review, marks that overlap hide until the last
//! of them is closed, and a sentence that announces spoilers without saying where they end hides up to the next heading.
//! Words that merely mention spoilers hide nothing.

use super::html::{self, Tag};

/// A text without its marks.
#[derive(Default)]
pub(super) struct Cut<'t> {
    /// Whether the text says that all of it is a spoiler.
    pub(super) whole: bool,
    pub(super) parts: Vec<Part<'t>>,
}

/// A stretch of a text, behind one curtain or none.
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    pub(super) veil: Option<Veil>,
}

/// How a part is hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Veil {
    /// What the mark says of itself.
    pub(super) label: Option<String>,
    /// Whether the mark is one for blocks: it never becomes a span of a sentence.
    pub(super) is_block: bool,
}

/// A mark that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Mark {
    /// An HTML element, up to its end tag.
    Element(String),
    /// `[spoiler]`
    Bracket,
    /// `||`
    Bars,
    /// `>!`
    Angle,
    /// `~!`
    Tilde,
    /// `(view spoiler)[`
    View,
    /// `::: spoiler`
    Fence,
    /// A heading or an alert, up to the next heading.
    Section,
    /// Marks that overlap so that nobody can say where they end: nothing is open behind them.
    Tangle,
}

/// What stands at a place of the text.
enum Found {
    /// A mark that opens, with its label.
    Open(Mark, Option<String>),
    /// A mark that closes.
    Close(Mark),
    /// A heading or an end-of-spoilers line, which ends a section and is itself text.
    EndOfSection,
    /// A line that warns of the whole review, and is no part of it.
    Warning,
}

/// Whether a backslash keeps `||` from being a mark, as it does in our own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escapes {
    Honoured,
    None,
}

/// Cuts a text at its marks.
pub(super) fn cut(text: &str, escapes: Escapes) -> Cut<'_> {
    let mut cutter = Cutter {
        text,
        escapes,
        open: Vec::new(),
        veil: None,
        from: 0,
        tag_end: 0,
        bars_at: 0,
        out: Cut::default(),
    };
    cutter.run();
    cutter.out
}

struct Cutter<'t> {
    text: &'t str,
    escapes: Escapes,
    /// The marks that are open, and nothing is shown while there is one.
    open: Vec<Mark>,
    veil: Option<Veil>,
    /// Where the part begins that is being read.
    from: usize,
    /// Where the last tag ends: its `>` is no part of a mark.
    tag_end: usize,
    /// Where the text behind the last `||` begins.
    bars_at: usize,
    out: Cut<'t>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.text.len() {
            let found = match self.is_line_start(at) {
                true => self.at_line(at).or_else(|| self.at(at)),
                false => self.at(at),
            };
            match found {
                Some((found, length)) => {
                    self.take(found, at, at + length);
                    // A mark of no length is an announcement whose words belong to what it hides.
                    at += length.max(1);
                }
                None => at += 1,
            }
            at = self.text.ceil_char_boundary(at);
        }
        self.part(self.text.len());
    }

    fn is_line_start(&self, at: usize) -> bool {
        let rest = &self.text.as_bytes()[at..];
        at == 0
            || matches!(self.text.as_bytes()[at - 1], b'\n' | b'>')
            || matches!(rest, [b'<', b'h' | b'H', b'1'..=b'6', ..])
    }

    fn take(&mut self, found: Found, at: usize, end: usize) {
        match found {
            // Inside another mark the end is given, and a sentence that announces spoilers changes nothing.
            Found::Open(Mark::Section, _) if !self.open.is_empty() => {}
            Found::Open(mark, label) => {
                if self.open.is_empty() {
                    self.part(at);
                    self.from = end;
                    let is_block = match &mark {
                        Mark::Element(name) => name == "details" || name == "div" || name == "blockquote",
                        Mark::Fence | Mark::Section => true,
                        _ => false,
                    };
                    self.veil = Some(Veil { label, is_block });
                }
                self.open.push(mark);
            }
            Found::Warning if self.open.is_empty() => {
                self.part(at);
                self.from = end;
            }
            Found::Warning => {}
            Found::Close(mark) => {
                let Some(index) = self.open.iter().rposition(|open| *open == mark) else { return };
                // The next bars might close those that are open inside this mark, or open some of their own.
                if self.open[index + 1..].contains(&Mark::Bars) {
                    self.open.push(Mark::Tangle);
                }
                self.open.remove(index);
                if self.open.is_empty() {
                    self.part(at);
                    (self.from, self.veil) = (end, None);
                }
            }
            Found::EndOfSection => {
                let Some(index) = self.open.iter().position(|open| *open == Mark::Section) else { return };
                self.open.remove(index);
                if self.open.is_empty() {
                    self.part(at);
                    (self.from, self.veil) = (at, None);
                }
            }
        }
    }

    /// Ends the part that is being read.
    fn part(&mut self, end: usize) {
        if self.from < end {
            let part = Part { text: &self.text[self.from..end], veil: self.veil.clone() };
            self.out.parts.push(part);
        }
    }

    /// A mark that takes a line: a heading, an alert, a fence.
    fn at_line(&mut self, at: usize) -> Option<(Found, usize)> {
        let rest = &self.text[at..];
        let line_end = rest.find('\n').unwrap_or(rest.len());
        let line = &rest[..line_end];
        let fence = line.trim().strip_prefix(":::").map(str::trim);
        if let Some(fence) = fence {
            if fence.is_empty() {
                return Some((Found::Close(Mark::Fence), line_end));
            }
            if fence.to_ascii_lowercase().contains("spoiler") {
                return Some((Found::Open(Mark::Fence, label_of(fence)), line_end));
            }
        }
        if let Some(heading) = heading(line) {
            let heading_end = end_of_heading(rest).unwrap_or(line_end);
            return match announcement(heading) {
                // A section is over, and the next one opens before a word of it is shown.
                Some(_) if self.open.contains(&Mark::Section) => None,
                Some(Announcement::Bare) => Some((Found::Open(Mark::Section, None), heading_end)),
                Some(_) => Some((Found::Open(Mark::Section, None), 0)),
                None => Some((Found::EndOfSection, 0)),
            };
        }
        // What an element or a `<br>` begins may be a line of its own as well.
        let own = ["<br", "</p", "</h", "</d", "</l", "<p", "<h"].iter().fold(line, |own, tag| {
            // The tag that the line begins with is its own.
            let from = own.ceil_char_boundary(1);
            own[from..].find(tag).map_or(own, |end| &own[..from + end])
        });
        if is_end_of_spoilers(own) {
            return Some((Found::EndOfSection, 0));
        }
        match announcement(own)? {
            Announcement::Review => {
                self.out.whole = true;
                let said = html::to_markdown(own, html::Newline::Break);
                let said = said.trim_matches(|c: char| !c.is_alphanumeric());
                (!said.contains(['.', '!', '?'])).then_some((Found::Warning, own.len()))
            }
            // An alert above everything is meant for everything.
            Announcement::Bare if words(&self.text[..at]).is_empty() => {
                self.out.whole = true;
                Some((Found::Warning, own.len()))
            }
            Announcement::Bare => Some((Found::Open(Mark::Section, None), own.len())),
            Announcement::Alert => Some((Found::Open(Mark::Section, None), 0)),
        }
    }

    /// A mark at any place of a line.
    fn at(&mut self, at: usize) -> Option<(Found, usize)> {
        let rest = &self.text[at..];
        let is_tag_end = at + 1 == self.tag_end;
        match rest.as_bytes()[0] {
            b'<' => {
                self.tag_end = html::known_tag(rest).map_or(self.tag_end, |tag| at + tag.length);
                element(rest, &self.open)
            }
            b'[' => bracket(rest),
            b'(' => view(rest),
            b'|' if rest.starts_with("||") => self.bars(at),
            b'>' if rest.starts_with(">!") && !is_tag_end => Some((Found::Open(Mark::Angle, None), 2)),
            b'!' if rest.starts_with("!<") && html::known_tag(&rest[1..]).is_none() => {
                Some((Found::Close(Mark::Angle), 2))
            }
            b'~' if rest.starts_with("~!") => Some((Found::Open(Mark::Tilde, None), 2)),
            b'!' if rest.starts_with("!~") && !rest.starts_with("!~~") => {
                Some((Found::Close(Mark::Tilde), 2))
            }
            first if first.is_ascii_alphabetic() => self.sentence(at),
            _ => None,
        }
    }

    /// Bars open and close with the same sign. As in our own files, a mark closes only if there is something to close on,
    /// so that doubled marks hide more and never less.
    fn bars(&mut self, at: usize) -> Option<(Found, usize)> {
        if self.open.contains(&Mark::Bars) {
            let inside = self.text.get(self.bars_at..at).unwrap_or_default();
            let is_filled = inside.chars().any(|c| !c.is_whitespace() && c != '|');
            return is_filled.then_some((Found::Close(Mark::Bars), 2));
        }
        let slashes = self.text.as_bytes()[..at].iter().rev().take_while(|b| **b == b'\\').count();
        if self.escapes == Escapes::Honoured && self.open.is_empty() && slashes % 2 == 1 {
            return None;
        }
        self.bars_at = at + 2;
        Some((Found::Open(Mark::Bars, None), 2))
    }

    /// A sentence inside a line that announces spoilers.
    fn sentence(&mut self, at: usize) -> Option<(Found, usize)> {
        let before = self.text[..at].trim_end_matches([' ', '*', '_', '(', '"', '\u{201c}', '[']);
        let is_start =
            before.is_empty() || before.ends_with(['.', '!', '?', '\n', '>', ':', ';', ')', '-', '—', '…']);
        if !is_start {
            return None;
        }
        let rest = &self.text[at..];
        let end = rest.find(['.', '!', '?', '\n', '<']).unwrap_or(rest.len());
        match announcement(&rest[..end])? {
            Announcement::Review => {
                self.out.whole = true;
                None
            }
            Announcement::Bare if rest[..end].trim().contains(' ') => {
                Some((Found::Open(Mark::Section, None), 0))
            }
            Announcement::Bare => None,
            Announcement::Alert => Some((Found::Open(Mark::Section, None), 0)),
        }
    }
}

/// A tag that hides: `<spoiler>`, `<details>` that says so, an element of a class that says so.
fn element(rest: &str, open: &[Mark]) -> Option<(Found, usize)> {
    let tag = html::tag(rest).or_else(|| broken_tag(rest))?;
    let name = if tag.name.starts_with("spoiler") { "spoiler" } else { &tag.name };
    let mark = Mark::Element(name.to_owned());
    let is_open = open.contains(&mark);
    if tag.is_closing {
        return is_open.then_some((Found::Close(mark), tag.length));
    }
    if name == "spoiler" {
        let label = html::attribute(&tag, "title").or_else(|| html::attribute(&tag, "label"));
        return Some((Found::Open(mark, label.and_then(label_of)), tag.length));
    }
    if name == "details" {
        let (summary, length) = summary(&rest[tag.length..]);
        if mentions(summary) && !is_negated(&words(summary)) {
            return Some((Found::Open(mark, label_of(summary)), tag.length + length));
        }
    }
    let class = html::attribute(&tag, "class").unwrap_or_default();
    let is_hidden = mentions(class) && !class.to_ascii_lowercase().contains("spoiler-free");
    // Elements of the same name inside a hidden one are counted, so that the right end tag ends it.
    let is_void = matches!(name, "br" | "img" | "hr" | "input") || tag.attributes.ends_with('/');
    ((is_hidden || is_open) && !is_void).then_some((Found::Open(mark, None), tag.length))
}

/// `<spoiler` that is never closed with a `>`.
fn broken_tag(rest: &str) -> Option<Tag<'_>> {
    let is_spoiler = rest.get(1..8).is_some_and(|name| name.eq_ignore_ascii_case("spoiler"));
    is_spoiler.then(|| Tag { name: "spoiler".to_owned(), is_closing: false, attributes: "", length: 8 })
}

/// The summary that a `<details>` begins with, and how much of the text it takes.
fn summary(rest: &str) -> (&str, usize) {
    let lower = rest.to_ascii_lowercase();
    let start = rest.len() - rest.trim_start().len();
    let Some(tag) = html::tag(&rest[start..]).filter(|tag| tag.name == "summary" && !tag.is_closing) else {
        return ("", 0);
    };
    let from = start + tag.length;
    match lower[from..].find("</summary>") {
        Some(end) => (&rest[from..from + end], from + end + "</summary>".len()),
        None => ("", 0),
    }
}

/// `[spoiler]`, `[spoiler=label]`, `[/spoiler]`, and their kin.
fn bracket(rest: &str) -> Option<(Found, usize)> {
    let inner = &rest[1..];
    let end = inner.find([']', '[', '\n'])?;
    let inside = inner[..end].to_lowercase();
    let length = end + 2;
    let inside = inside.trim();
    if inside.starts_with("/spoiler")
        || inside.starts_with("end spoiler")
        || inside.starts_with("end of spoiler")
    {
        return Some((Found::Close(Mark::Bracket), length));
    }
    let after = inside.strip_prefix("spoiler")?;
    let after = after.strip_prefix('s').unwrap_or(after);
    let is_mark = after.is_empty() || after.starts_with([' ', '=', ':']);
    if !is_mark || is_negated(&words(inside)) || inner.as_bytes().get(end) != Some(&b']') {
        return None;
    }
    let label = inner[..end].find(['=', ':']).and_then(|at| label_of(&inner[at + 1..end]));
    Some((Found::Open(Mark::Bracket, label), length))
}

/// `(view spoiler)[` and `(hide spoiler)]`, as Goodreads prints them, with tags between.
fn view(rest: &str) -> Option<(Found, usize)> {
    let lower = rest.get(..14)?.to_ascii_lowercase();
    let after = &rest[14..];
    let skipped = |sign: char| {
        let mut at = 0;
        while let Some(tag) = html::tag(&after[at..]) {
            at += tag.length;
        }
        if after[at..].starts_with(sign) { at + 1 } else { 0 }
    };
    match lower.as_str() {
        "(view spoiler)" => Some((Found::Open(Mark::View, None), 14 + skipped('['))),
        "(hide spoiler)" => Some((Found::Close(Mark::View), 14 + skipped(']'))),
        _ => None,
    }
}

/// What a label says, if it can stand on a curtain.
fn label_of(text: &str) -> Option<String> {
    let plain = html::to_markdown(text, html::Newline::Break).replace(['*', '\\'], "");
    let plain = crate::review::clean_line(&plain).into_owned();
    let mut label = plain.trim_matches(['"', '\'', ' ', '=', ':']);
    for word in ["spoilers", "spoiler"] {
        if label.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) {
            label = label[word.len()..].trim_matches(['"', '\'', ' ', '=', ':']);
        }
    }
    let is_fit =
        !label.is_empty() && !label.contains("||") && label.len() <= 200 && announcement(label).is_none();
    is_fit.then(|| label.to_owned())
}

/// The text of a heading line, in Markdown or HTML.
fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with('#') {
        let text = line.trim_start_matches('#');
        return (text.is_empty() || text.starts_with(' ')).then_some(text);
    }
    let tag = html::tag(line).filter(|tag| is_heading(&tag.name) && !tag.is_closing)?;
    let text = &line[tag.length..];
    Some(text.split("</").next().unwrap_or_default())
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Where an HTML heading is over.
fn end_of_heading(rest: &str) -> Option<usize> {
    let tag = html::tag(rest).filter(|tag| is_heading(&tag.name))?;
    let close = rest[tag.length..].find("</").map(|at| at + tag.length)?;
    html::tag(&rest[close..]).map(|tag| close + tag.length)
}

/// What a line or sentence says of spoilers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Announcement {
    /// That the whole review holds some.
    Review,
    /// That some follow, and nothing else.
    Bare,
    /// That some follow, and more, which may be one.
    Alert,
}

fn mentions(text: &str) -> bool {
    text.to_ascii_lowercase().contains("spoiler")
}

fn words(text: &str) -> Vec<String> {
    let text = without_tags(text).replace("&ast;", " ").replace('\u{2019}', "'").to_lowercase();
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_tags(mut text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    while let Some(at) = text.find('<') {
        plain.push_str(&text[..at]);
        plain.push(' ');
        text = &text[at + html::tag(&text[at..]).map_or(1, |tag| tag.length)..];
    }
    plain + text
}

/// Words that a line may hold besides and still say nothing but "spoilers follow".
const FILLER: &[&str] = &[
    "a",
    "ahead",
    "alert",
    "alerts",
    "and",
    "are",
    "as",
    "be",
    "been",
    "below",
    "beware",
    "beyond",
    "big",
    "careful",
    "caution",
    "come",
    "coming",
    "contain",
    "contains",
    "danger",
    "discussion",
    "ending",
    "for",
    "following",
    "follow",
    "follows",
    "from",
    "full",
    "has",
    "have",
    "heavy",
    "here",
    "huge",
    "i",
    "in",
    "incoming",
    "is",
    "it",
    "light",
    "major",
    "many",
    "massive",
    "may",
    "might",
    "mild",
    "minor",
    "now",
    "of",
    "on",
    "past",
    "plot",
    "point",
    "possible",
    "potential",
    "proceed",
    "section",
    "slight",
    "some",
    "start",
    "starts",
    "the",
    "there",
    "this",
    "to",
    "warned",
    "warning",
    "warnings",
    "will",
    "with",
    "you",
    "your",
    "zone",
    "review",
    "post",
    "text",
    "thoughts",
    "talk",
    "territory",
    "time",
    "part",
    "all",
    "ye",
    "beginning",
    "begin",
    "begins",
    "out",
    "watch",
];

fn announcement(text: &str) -> Option<Announcement> {
    if !mentions(text) {
        return None;
    }
    let words = words(text);
    let at = words.iter().position(|word| word == "spoiler" || word == "spoilers")?;
    if is_negated(&words) {
        return None;
    }
    if speaks_of_review(&words, at) {
        return Some(Announcement::Review);
    }
    let is_filler = |word: &String| word.starts_with("spoiler") || FILLER.contains(&word.as_str());
    if words.iter().all(is_filler) {
        return Some(Announcement::Bare);
    }
    // "Spoiler alert: …", "Warning, spoilers …", "Spoilers: …".
    let follows = words.get(at + 1).map_or("", String::as_str);
    let is_signal = at == 0
        && matches!(follows, "alert" | "alerts" | "warning" | "ahead" | "below" | "follow" | "incoming")
        || at > 0 && words[0] == "warning" && at <= 3
        || at == 0
            && text
                .to_lowercase()
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with("spoilers:")
        || at == 0
            && text.to_lowercase().trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("spoiler:");
    is_signal.then_some(Announcement::Alert)
}

/// "This review may contain spoilers": a word for the text, then one for holding, before the spoilers.
fn speaks_of_review(words: &[String], at: usize) -> bool {
    let before = &words[..at];
    let texts = ["review", "post", "article", "piece", "entry", "text", "page", "essay"];
    let holds = ["contain", "contains", "have", "has", "include", "includes", "spoil", "is", "hold", "holds"];
    let text = before.iter().position(|word| texts.contains(&word.as_str()));
    text.is_some_and(|text| {
        text <= 4 && at - text <= 8 && before[text..].iter().any(|word| holds.contains(&word.as_str()))
    })
}

/// "Not a spoiler", "no spoilers", "spoiler-free": the announcement says the opposite.
fn is_negated(words: &[String]) -> bool {
    let negates = |word: &String| {
        word.ends_with("n't")
            || matches!(
                word.as_str(),
                "no" | "not"
                    | "without"
                    | "non"
                    | "never"
                    | "zero"
                    | "nothing"
                    | "avoid"
                    | "avoiding"
                    | "avoids"
                    | "free"
                    | "minus"
                    | "isnt"
                    | "dont"
                    | "wont"
                    | "doesnt"
                    | "cannot"
                    | "nor"
                    | "neither"
                    | "hardly"
            )
    };
    words.iter().enumerate().filter(|(_, word)| word.starts_with("spoiler")).all(|(at, _)| {
        words[at.saturating_sub(5)..at].iter().any(negates)
            || words.get(at + 1).is_some_and(|next| next == "free")
    })
}

/// "End of spoilers".
fn is_end_of_spoilers(line: &str) -> bool {
    let words = words(line);
    let is_end =
        |word: &String| matches!(word.as_str(), "end" | "ends" | "over" | "done" | "of" | "the" | "here");
    mentions(line)
        && words.iter().any(|word| matches!(word.as_str(), "end" | "ends" | "over" | "done"))
        && words.iter().all(|word| word.starts_with("spoiler") || is_end(word))
}

/// Whether a line of a header says that the whole review may hold spoilers.
pub(crate) fn is_warning_line(line: &str) -> bool {
    matches!(announcement(line), Some(Announcement::Review | Announcement::Bare))
}

#[cfg(test)]
#[path = "spoilers_tests.rs"]
mod tests;
