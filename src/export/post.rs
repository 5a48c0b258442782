//! Writes a review as text to post elsewhere, with the spoiler marks used there.
//!
//! First the review is split into [`Piece`]s, which are hidden or not, and in which every character of a mark is
//! escaped. Then the pieces are put together in the form used there, which is defined in [`super::dialect`].

use super::dialect::{Block, Dialect, Head, Marks, Quote};
use super::markdown::front_matter;
use super::{Exported, closed_cover};
use crate::markup::{self, Flow, Style};
use crate::review::{Visible, VisiblePassage, VisibleText};

/// The placeholder for a span. Its word must not announce spoilers to programs that look for such words.
const SPAN_MARK: &str = "▐hidden▌";

/// Paragraphs that are hidden together, or that are open.
struct Piece {
    /// Why they are hidden, in words that are safe to show; may be empty.
    hidden: Option<String>,
    paragraphs: Vec<String>,
}

/// Writes a review in a dialect.
pub(super) fn write(dialect: &Dialect, exported: Exported<'_>) -> String {
    let visible = exported.visible;
    let mut pieces = match closed_cover(visible) {
        Some(_) => vec![Piece { hidden: None, paragraphs: vec![left_out("the whole review")] }],
        None => visible.passages().flat_map(|passage| of_passage(dialect, visible, passage)).collect(),
    };
    let (front, head) = head(dialect, visible);
    if let Some(head) = head {
        pieces.insert(0, Piece { hidden: None, paragraphs: vec![head] });
    }
    pieces.dedup_by(|later, earlier| {
        let are_open = later.hidden.is_none() && earlier.hidden.is_none();
        if are_open {
            earlier.paragraphs.append(&mut later.paragraphs);
        }
        are_open
    });
    let text = match dialect.block {
        Block::Apart { warning, longest } => apart(pieces, warning, longest),
        _ => pieces.iter().map(|piece| together(dialect, piece)).collect::<Vec<_>>().join("\n\n"),
    };
    front + &text + "\n"
}

/// The front matter, and the first paragraph if there are no separate fields for its contents.
fn head(dialect: &Dialect, visible: Visible<'_>) -> (String, Option<String>) {
    let review = visible.review();
    let title = || review.has_title().then(|| strong(dialect, review.headline()));
    match dialect.head {
        Head::Title => (String::new(), title()),
        Head::Line => {
            let kind_and_by = review.kind().into_iter().chain(review.by()).map(str::to_owned);
            let facts: Vec<_> = review.year().map(|y| y.to_string()).into_iter().chain(kind_and_by).collect();
            let facts = if facts.is_empty() { String::new() } else { format!(" ({})", facts.join(", ")) };
            let stars = review.rating().map(|rating| format!(" {}", rating.stars())).unwrap_or_default();
            let line = strong(dialect, review.work_title()) + &escaped(dialect, &(facts + &stars));
            (
                String::new(),
                Some([Some(line), title()].into_iter().flatten().collect::<Vec<_>>().join("\n\n")),
            )
        }
        Head::FrontMatter => {
            let mut front = front_matter(visible);
            // These show nothing else as the title of a page.
            if !review.has_title() {
                let title = super::markdown::quoted(review.headline());
                front = front.replacen("---\n", &format!("---\ntitle: {title}\n"), 1);
            }
            (front + "---\n\n", None)
        }
    }
}

fn of_passage(dialect: &Dialect, visible: Visible<'_>, passage: VisiblePassage<'_>) -> Vec<Piece> {
    let label = match (passage.curtain, visible.cover()) {
        (Some(curtain), _) => Some(label(&[curtain.label.map(str::to_owned), curtain.condition()])),
        (None, Some(_)) => Some(label(&[Some("the whole review".to_owned())])),
        (None, None) => None,
    };
    match (passage.text, label) {
        (None, label) => vec![Piece { hidden: None, paragraphs: vec![left_out(&label.unwrap_or_default())] }],
        (Some(text), None) => open(dialect, text),
        (Some(text), Some(label)) => vec![Piece { hidden: Some(label), paragraphs: hidden(dialect, text) }],
    }
}

/// The label of a curtain, without any character that could have a meaning in a mark.
fn label(parts: &[Option<String>]) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || ",.;'’–—()&".contains(c);
    let safe = |c: char| if is_safe(c) { c } else { ' ' };
    let label = parts.iter().flatten().cloned().collect::<Vec<_>>().join(", ");
    let label = label.chars().map(safe).collect::<String>();
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    label[..label.floor_char_boundary(LONGEST_LABEL)].trim_end().to_owned()
}

/// The maximum length of a label, in bytes: it counts as part of a post.
const LONGEST_LABEL: usize = 200;

fn left_out(label: &str) -> String {
    if label.is_empty() { "▐ hidden".to_owned() } else { format!("▐ hidden: {label}") }
}

/// An open passage: spans between marks, or as placeholders, with their text after the paragraph.
fn open(dialect: &Dialect, text: VisibleText<'_>) -> Vec<Piece> {
    let mut spans = text.spans().map(|span| span.text);
    let mut pieces: Vec<Piece> = Vec::new();
    for flow in markup::parse(text.veiled()) {
        let mut notes = Vec::new();
        let lines = Lines::of(dialect, &flow, |line| {
            let Some(Some(hidden)) = spans.next() else { return line.push_str(SPAN_MARK) };
            match dialect.span {
                Some([open, close]) => {
                    let parts: Vec<_> = words(dialect, hidden);
                    let marked = parts.iter().map(|part| format!("{open}{part}{close}"));
                    line.push_str(&around(hidden, &marked.collect::<Vec<_>>().join(" ")));
                }
                None => {
                    line.push_str(SPAN_MARK);
                    notes.extend(words(dialect, hidden));
                }
            }
        });
        let paragraph = lines.paragraph(dialect, None);
        match pieces.last_mut().filter(|last| last.hidden.is_none()) {
            Some(last) => last.paragraphs.push(paragraph),
            None => pieces.push(Piece { hidden: None, paragraphs: vec![paragraph] }),
        }
        if !notes.is_empty() {
            pieces.push(Piece { hidden: Some(String::new()), paragraphs: notes });
        }
    }
    pieces
}

/// A hidden passage. Spans inside it are hidden along with the rest, so that no mark ends the one around it.
fn hidden(dialect: &Dialect, text: VisibleText<'_>) -> Vec<String> {
    let mut spans = text.spans().map(|span| span.text);
    let marks = dialect.span.filter(|_| matches!(dialect.block, Block::EachLine));
    let of_flow = |flow: Flow| {
        let lines = Lines::of(dialect, &flow, |line| match spans.next() {
            Some(Some(hidden)) => line.push_str(&around(hidden, &words(dialect, hidden).join(" "))),
            _ => line.push_str(SPAN_MARK),
        });
        lines.paragraph(dialect, marks)
    };
    markup::parse(text.veiled()).into_iter().map(of_flow).collect()
}

/// A span's words, paragraph by paragraph and each on one line.
fn words(dialect: &Dialect, hidden: &str) -> Vec<String> {
    let line = |flow: Flow| Lines::of(dialect, &flow, |_| ()).lines.join(" ");
    markup::parse(hidden).into_iter().map(line).filter(|line| !line.is_empty()).collect()
}

/// Marks are put next to words, so that spaces at the ends of a span are outside them.
fn around(hidden: &str, marked: &str) -> String {
    let space = |is_any| if is_any { " " } else { "" };
    let (before, after) = (hidden.starts_with(char::is_whitespace), hidden.ends_with(char::is_whitespace));
    format!("{}{marked}{}", space(before), space(after))
}

/// The lines of one paragraph, escaped, without their prefixes.
struct Lines {
    lines: Vec<String>,
    first: String,
    rest: String,
}

impl Lines {
    /// Writes a flow. `veil` adds the replacement for each span.
    fn of(dialect: &Dialect, flow: &Flow, mut veil: impl FnMut(&mut String)) -> Self {
        let mut lines = vec![String::new()];
        let (mut start, mut link) = (0, None);
        for run in &flow.runs {
            let text = &flow.text[start..run.end];
            start = run.end;
            let last = lines.last_mut().expect("there is one from the start");
            if run.veil.is_some() {
                veil(last);
            } else if let Some((at, address)) = link.take().zip(address(text, run.style)) {
                let shown = last.split_off(at);
                last.push_str(&(dialect.markup.link)(&shown, address));
            } else {
                let at = last.len();
                add(dialect, &mut lines, text, run.style, &flow.text[start..]);
                // A link that continues on the next line is written as text, followed by its address.
                link = (run.style.has(Style::LINK) && !text.contains('\n')).then_some(at);
            }
        }
        lines.retain(|line| !line.trim().is_empty());
        Lines { lines, first: flow.first.clone(), rest: flow.rest.clone() }
    }

    /// The paragraph, with marks around each line if there are any.
    fn paragraph(self, dialect: &Dialect, marks: Option<Marks>) -> String {
        let [open, close] = marks.unwrap_or_default();
        let quotes = self.rest.matches('│').count();
        let prefix = |text: &str| match dialect.markup.quote {
            Quote::Prefix(quote) => text.replace("│ ", quote).replace("• ", dialect.markup.bullet),
            Quote::Around(_) => text.replace("│ ", "").replace("• ", dialect.markup.bullet),
        };
        let prefixes = std::iter::once(prefix(&self.first)).chain(std::iter::repeat(prefix(&self.rest)));
        let lines =
            self.lines.iter().zip(prefixes).map(|(line, prefix)| format!("{prefix}{open}{line}{close}"));
        let text = lines.collect::<Vec<_>>().join(dialect.markup.line_break);
        match dialect.markup.quote {
            Quote::Around([open, close]) => open.repeat(quotes) + &text + &close.repeat(quotes),
            Quote::Prefix(_) => text,
        }
    }
}

/// The address after a link's text, if it is one that can be inside any mark.
fn address(text: &str, style: Style) -> Option<&str> {
    let address = text.strip_prefix(" <")?.strip_suffix('>').filter(|_| style.has(Style::ASIDE))?;
    is_web_address(address).then_some(address)
}

fn is_web_address(address: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._/?#&=%+,@:;".contains(c);
    ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme))
        && address.chars().all(is_plain)
        && !address.contains("::")
}

/// Adds a run of text, which may contain line ends. A character may have a meaning together with what follows the run.
fn add(dialect: &Dialect, lines: &mut Vec<String>, text: &str, style: Style, behind: &str) {
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            lines.push(String::new());
        }
        let line = lines.last_mut().expect("there is one from the start");
        let inner = part.trim();
        let (before, after) = (part.starts_with(char::is_whitespace), part.len() > part.trim_end().len());
        if before && !line.is_empty() {
            line.push(' ');
        }
        if !inner.is_empty() {
            let behind = if part.ends_with(inner) { behind } else { " " };
            line.push_str(&styled(dialect, inner, style, line, behind));
            if after {
                line.push(' ');
            }
        }
    }
}

fn styled(dialect: &Dialect, text: &str, style: Style, line: &str, behind: &str) -> String {
    let markup = dialect.markup;
    if style.has(Style::CODE) && markup.has_code {
        return code(text);
    }
    if is_web_address(text) {
        return text.to_owned();
    }
    let tags = [(Style::EMPHASIS, markup.emphasis), (Style::STRONG, markup.strong)];
    let tags: Vec<_> = tags.iter().filter(|(has, _)| style.has(*has)).map(|(_, tag)| *tag).collect();
    // Characters at the start of a line have more meanings, so escaping must know what comes before.
    let mut own = if tags.is_empty() { line.to_owned() } else { String::new() };
    let from = own.len();
    for (at, c) in text.char_indices() {
        let next = &text[at + c.len_utf8()..];
        let next = if next.is_empty() { behind } else { next };
        (markup.escape)(&mut own, c, next);
    }
    let escaped = own.split_off(from);
    let opened: String = tags.iter().map(|[open, _]| *open).collect();
    let closed: String = tags.iter().rev().map(|[_, close]| *close).collect();
    format!("{opened}{escaped}{closed}")
}

fn escaped(dialect: &Dialect, text: &str) -> String {
    // After a title, so never at the start of a line.
    styled(dialect, text, Style::PLAIN, "x", "")
}

fn strong(dialect: &Dialect, text: &str) -> String {
    styled(dialect, text, Style::STRONG, "", "")
}

/// Code between more backticks than it contains.
fn code(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

fn together(dialect: &Dialect, piece: &Piece) -> String {
    let text = piece.paragraphs.join("\n\n");
    let Some(label) = &piece.hidden else { return text };
    match dialect.block {
        Block::Between { open, close } => format!("{}{text}{close}", open(label)),
        Block::EachLine if label.is_empty() => text,
        Block::EachLine => format!("{label}: {text}"),
        Block::Callout => {
            let lines = text.lines().map(|line| format!("\n> {line}").trim_end().to_owned());
            format!("> [!spoiler]- {label}").trim_end().to_owned()
                + &lines.map(|line| "\n".to_owned() + line.trim_start()).collect::<String>()
        }
        Block::Apart { .. } => text,
    }
}

/// Texts to be posted one by one: the open ones, and those that need a warning. Without a limit, there are at most two.
fn apart(pieces: Vec<Piece>, warning: &str, longest: usize) -> String {
    let pieces = if longest == usize::MAX { two(pieces) } else { pieces };
    let mut posts = Vec::new();
    for piece in pieces {
        let words = piece.hidden.map(|label| match &*label {
            "" => format!("{warning}: Spoiler"),
            label => format!("{warning}: Spoiler, {label}"),
        });
        let room = longest.saturating_sub(words.as_ref().map_or(0, |words| words.chars().count()));
        posts.extend(filled(&piece.paragraphs, room).into_iter().map(|text| (words.clone(), text)));
    }
    if let [(None, text)] = &posts[..] {
        return text.clone();
    }
    let count = posts.len();
    let post = |((words, text), number): ((Option<String>, String), usize)| match words {
        None => format!("({number} of {count})\n\n{text}"),
        Some(words) => format!("::: spoiler {number} of {count}, {words}\n\n{text}\n\n:::"),
    };
    posts.into_iter().zip(1..).map(post).collect::<Vec<_>>().join("\n\n")
}

/// The open text as one piece, and the hidden text as another, with each passage below its label.
fn two(pieces: Vec<Piece>) -> Vec<Piece> {
    let (hidden, open): (Vec<_>, Vec<_>) = pieces.into_iter().partition(|piece| piece.hidden.is_some());
    let labels: Vec<_> = hidden.iter().filter_map(|piece| piece.hidden.clone()).collect();
    let is_one = labels.windows(2).all(|pair| pair[0] == pair[1]);
    let below = |piece: Piece| {
        let label = piece.hidden.filter(|label| !is_one && !label.is_empty()).map(|label| label + ":");
        label.into_iter().chain(piece.paragraphs)
    };
    let open: Vec<_> = open.into_iter().flat_map(|piece| piece.paragraphs).collect();
    let label = if is_one { labels.into_iter().next().unwrap_or_default() } else { String::new() };
    let hidden: Vec<_> = hidden.into_iter().flat_map(below).collect();
    let pieces =
        [Piece { hidden: None, paragraphs: open }, Piece { hidden: Some(label), paragraphs: hidden }];
    pieces.into_iter().filter(|piece| !piece.paragraphs.is_empty()).collect()
}

/// Paragraphs in texts of limited length in characters, split between words if necessary.
fn filled(paragraphs: &[String], room: usize) -> Vec<String> {
    let mut posts: Vec<String> = Vec::new();
    let length = |text: &str| text.chars().count();
    for paragraph in paragraphs {
        let mut rest = &**paragraph;
        if let Some(last) = posts.last_mut().filter(|last| length(last) + 2 + length(rest) <= room) {
            last.push_str("\n\n");
            last.push_str(rest);
            continue;
        }
        while length(rest) > room {
            let end = rest.char_indices().nth(room).map_or(rest.len(), |(end, _)| end);
            let cut = [". ", " "].iter().find_map(|sign| Some(rest[..end].rfind(sign)? + sign.len()));
            let (post, behind) = rest.split_at(cut.filter(|cut| *cut > 0).unwrap_or(end));
            posts.push(post.trim_end().to_owned());
            rest = behind.trim_start();
        }
        if !rest.is_empty() {
            posts.push(rest.to_owned());
        }
    }
    posts
}
