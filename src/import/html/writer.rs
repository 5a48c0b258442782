//! Writes the Markdown for a sequence of HTML tags and text.

use super::{Newline, Tag, attribute, find_tag, tag};
use crate::import::elements::{heading_level, is_block};

/// The Markdown written so far, and the elements that are open in it.
pub(super) struct Writer {
    out: String,
    /// The emphasis that is open, and where it began.
    open: Vec<(&'static str, usize)>,
    quotes: usize,
    /// The number of `</blockquote>` still to come. If there are too few, a second `<blockquote>` closes the first.
    quote_ends: usize,
    /// Whether there was a `<style>` or `<script>` that is never closed. It hides nothing, and neither does a later one.
    has_open_raw: bool,
    newline: Newline,
}

impl Writer {
    pub(super) fn new(source: &str, newline: Newline) -> Self {
        let quote_ends = memchr::memmem::find_iter(source.as_bytes(), b"</")
            .filter(|at| tag(&source[*at..]).is_some_and(|tag| tag.name == "blockquote"))
            .count();
        Writer {
            out: String::with_capacity(source.len()),
            open: Vec::new(),
            quotes: 0,
            quote_ends,
            has_open_raw: false,
            newline,
        }
    }

    /// Closes what is still open, and returns the Markdown.
    pub(super) fn finish(mut self) -> String {
        self.close_all();
        self.out
    }

    fn close_all(&mut self) {
        while let Some((mark, start)) = self.open.last().copied() {
            match mark {
                "](" => self.close_link(),
                mark => {
                    self.open.pop();
                    self.emphasise(mark, start, usize::MAX);
                }
            }
        }
    }

    /// Writes a tag, and returns the length of what follows it that is not text.
    pub(super) fn element(&mut self, tag: &Tag<'_>, behind: &str) -> usize {
        let is_raw = matches!(&*tag.name, "style" | "script") && !tag.is_closing && !self.has_open_raw;
        let end = if is_raw { find_tag(behind, &format!("</{}", tag.name)) } else { None };
        self.has_open_raw |= is_raw && end.is_none();
        self.tag(tag);
        end.unwrap_or_default()
    }

    pub(super) fn verbatim(&mut self, text: &str) {
        if !text.is_empty() {
            self.begin_line();
            self.out.push_str(text);
        }
    }

    /// Begins or ends a quote. Some sites close one with a second `<blockquote>`.
    fn quote(&mut self, is_closing: bool) {
        self.quote_ends -= usize::from(is_closing && self.quote_ends > 0);
        let ends = is_closing || (self.quotes > 0 && self.quote_ends <= self.quotes);
        self.quotes = if ends { self.quotes.saturating_sub(1) } else { self.quotes + 1 };
        self.paragraph();
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "b" | "strong" => self.toggle("**", tag.is_closing),
            "i" | "em" | "cite" => self.toggle("*", tag.is_closing),
            "br" => self.line_break(),
            "hr" => {
                self.paragraph();
                self.out.push_str("* * *");
                self.paragraph();
            }
            "li" if !tag.is_closing => {
                self.end_line();
                self.out.push_str("- ");
            }
            "blockquote" => self.quote(tag.is_closing),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.paragraph();
                if let Some(level) = heading_level(&tag.name).filter(|_| !tag.is_closing) {
                    self.out.extend(std::iter::repeat_n('#', usize::from(level)));
                    self.out.push(' ');
                }
            }
            "a" if !tag.is_closing => {
                if let Some(address) = attribute(tag, "href").and_then(web_address) {
                    self.open.push(("](", self.out.len()));
                    self.out.push('[');
                    self.out.push_str(&address.replace(']', "%5D"));
                    self.out.push(']');
                }
            }
            "a" => self.close_link(),
            "tr" | "dt" | "dd" | "li" => self.end_line(),
            "td" | "th" => self.out.push(' '),
            name if is_block(name) => self.paragraph(),
            _ => {}
        }
    }

    pub(super) fn character(&mut self, c: char) {
        match c {
            '\n' if self.newline == Newline::Paragraph => self.paragraph(),
            '\n' => {
                trim_spaces(&mut self.out);
                self.out.push('\n');
            }
            ' ' | '\t' | '\u{a0}' if self.out.ends_with(['\n', ' ']) => {}
            ' ' | '\t' | '\u{a0}' => self.out.push(' '),
            // Asterisks and underscores are text in HTML but syntax in Markdown, and so is a backslash before them.
            '*' | '_' | '\\' | '`' => {
                self.begin_line();
                self.out.push('\\');
                self.out.push(c);
            }
            c => {
                self.begin_line();
                self.out.push(c);
            }
        }
    }

    /// Writes the mark of the quote at the start of a line within one.
    fn begin_line(&mut self) {
        if self.quotes > 0 && (self.out.is_empty() || self.out.ends_with('\n')) {
            self.out.push_str("> ");
        }
    }

    fn end_line(&mut self) {
        trim_spaces(&mut self.out);
        if !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes a hard line break; a second one starts a paragraph.
    fn line_break(&mut self) {
        if self.out.ends_with("  \n") || self.out.ends_with('\n') || self.out.is_empty() {
            self.paragraph();
        } else {
            trim_spaces(&mut self.out);
            self.out.push_str("  \n");
        }
    }

    fn paragraph(&mut self) {
        self.close_all();
        let end = self.out.trim_end_matches([' ', '\n']).len();
        self.out.truncate(end);
        self.out.push_str("\n\n");
    }

    /// Opens or closes emphasis. Many sites close it with a second `<i>`.
    fn toggle(&mut self, mark: &'static str, is_closing: bool) {
        match self.open.iter().rposition(|(open, _)| *open == mark) {
            Some(found) => {
                let (_, start) = self.open.remove(found);
                self.emphasise(mark, start, found);
            }
            None if !is_closing => self.open.push((mark, self.out.len())),
            None => {}
        }
    }

    /// Puts marks around what was written since `start`, next to its words, as Markdown requires. Elements from number
    /// `later` on were opened after it and move along.
    fn emphasise(&mut self, mark: &str, start: usize, later: usize) {
        let Some(text) = self.out.get(start..) else { return };
        let (from, to) = (text.len() - text.trim_start().len(), text.trim_end().len());
        if from < to {
            self.out.insert_str(start + to, mark);
            self.out.insert_str(start + from, mark);
            for (_, open) in self.open.iter_mut().skip(later) {
                if *open >= start + from {
                    *open += mark.len();
                }
            }
        }
    }

    /// Moves the address, which was written first, to the end of the link.
    fn close_link(&mut self) {
        let Some(found) = self.open.iter().rposition(|(mark, _)| *mark == "](") else { return };
        let (_, start) = self.open.remove(found);
        let link = self.out.split_off(start);
        let (address, text) = link[1..].split_once(']').unwrap_or((&link[1..], ""));
        let written = match text.trim() {
            "" => String::new(),
            shown if shown.replace('\\', "") == address => format!("<{address}>"),
            shown => format!("[{shown}]({address})"),
        };
        self.out.push_str(&written);
        self.open.retain(|(_, open)| *open <= start);
    }
}

fn trim_spaces(out: &mut String) {
    let end = out.trim_end_matches(' ').len();
    out.truncate(end);
}

/// An address that can stand in a Markdown link.
fn web_address(address: &str) -> Option<&str> {
    let address = address.trim();
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    let is_plain = address.chars().all(|c| !c.is_whitespace() && !"()<>|\\".contains(c));
    (is_web && is_plain).then_some(address)
}
