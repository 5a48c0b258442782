//! Marks in brackets: BBCode, attribute spans, directives, Reddit's old links, Goodreads' words in parentheses, fences
//! of colons.

use std::ops::Range;

use super::super::html;
use super::Hide;
use super::announce::announces;
use super::label::{attributes, holds_words, is_spoiler_name, says_spoiler, title};
use super::pair::{Colons, Kind, Scanner};

/// The longest tag in brackets, in bytes.
pub(super) const LONGEST: usize = 1000;

impl Scanner<'_, '_> {
    /// `[spoiler]`, `[spoiler=label]`, `[/spoiler]` and similar tags; any other bracket waits for its end.
    pub(super) fn bracket(&mut self, at: usize) -> usize {
        let near = &self.text[at..self.text.floor_char_boundary(at + LONGEST)];
        let end = near[1..].find([']', '[', '\n']).filter(|end| near.as_bytes()[end + 1] == b']');
        let Some(end) = end else {
            self.brackets.push(at);
            return 1;
        };
        let inside = &near[1..=end];
        let length = end + 2;
        if let Some(name) = closing_name(inside) {
            let kind = Kind::Bracket(name);
            if kind == Kind::Bracket("spoiler".into()) || self.is_open(&kind) {
                self.close(&kind, at, at + length);
                return length;
            }
            return 1;
        }
        if self.draft.taken.contains(&at) {
            return length;
        }
        if let Some(length) = self.role_of_asciidoc(at, inside) {
            return length;
        }
        match self.opening(inside, at, length) {
            Some((name, label)) => {
                self.open(Kind::Bracket(name), at, at + length, label, false);
                length
            }
            None => {
                if let Some(name) = name_of(inside) {
                    self.nest(&Kind::Bracket(name));
                }
                self.brackets.push(at);
                1
            }
        }
    }

    /// The name and the label of a tag that opens a spoiler.
    fn opening(&self, inside: &str, at: usize, length: usize) -> Option<(String, Option<Range<usize>>)> {
        let name = name_of(inside)?;
        let rest = inside.trim_start();
        let name_length = rest.find(|c: char| !is_name(c)).unwrap_or(rest.len());
        let rest = &rest[name_length..];
        let place = |part: &str| {
            let start = part.as_ptr() as usize - self.text.as_ptr() as usize;
            Some(start..start + part.len())
        };
        let after = &self.text[at + length..];
        if name == "spoiler" && announces(inside) == Some(false) {
            return None;
        }
        if name != "spoiler" {
            let is_hiding = matches!(&*name, "hide" | "hidden" | "hider") && is_tag_like(rest);
            let is_list = || rest.starts_with(' ') && attributes(rest).all(|(_, value)| value.is_some());
            let says = !matches!(&*name, "url" | "img" | "link" | "a" | "email")
                && (rest.starts_with('=') || is_list())
                && announces(rest) == Some(true);
            let label = rest.strip_prefix('=').or_else(|| title(rest));
            let label = label.and_then(place).filter(|_| says);
            return (is_hiding || says).then_some((name, label));
        }
        // A link that shows the word is not a mark.
        if is_link(after) {
            return None;
        }
        let trimmed = rest.trim_start();
        if rest.trim().is_empty() {
            return Some((name, None));
        }
        if let Some(label) = trimmed.strip_prefix('=') {
            return Some((name, place(label)));
        }
        if rest.contains('=') {
            return Some((name, title(rest).and_then(place)));
        }
        // "[Spoiler: …]" and "[spoilers ahead]" are marks only where the next tag is the end of one.
        let label = trimmed.strip_prefix(':').unwrap_or(trimmed);
        self.is_closed_next(at + length).then(|| (name, place(label)))
    }

    /// Whether the next spoiler tag in brackets, from a place on, is one that closes.
    pub(super) fn is_closed_next(&self, from: usize) -> bool {
        let near = &self.text[from..self.text.floor_char_boundary(from + 20 * LONGEST)];
        memchr::memchr_iter(b'[', near.as_bytes())
            .find_map(|at| {
                let tag = near[at + 1..].get(..near[at + 1..].find(']')?.min(40))?;
                match closing_name(tag) {
                    Some(name) => (name == "spoiler").then_some(true),
                    None => name_of(tag).filter(|name| name == "spoiler").map(|_| false),
                }
            })
            .unwrap_or(false)
    }

    /// `]{.spoiler}` and `](/s "…")`, which turn the bracket before them into a mark.
    pub(super) fn bracket_end(&mut self, at: usize) -> usize {
        let open = self.brackets.pop();
        let after = &self.text[at + 1..];
        let near = &after[..after.floor_char_boundary(LONGEST)];
        if let Some((open, start)) = open.and_then(|open| self.directives.remove_entry(&open)) {
            let end = at + 1 + attribute_list(near).unwrap_or_default();
            self.draft.drops.extend([start..open + 1, at..end]);
            self.draft.hides.push(Hide { start, end, label: None, is_block: false });
            return end - at;
        }
        if after.starts_with('{') {
            let Some(length) = attribute_list(near).filter(|end| says_class(&near[..*end])) else { return 1 };
            let end = at + 1 + length;
            let start = open.unwrap_or_else(|| self.line_start(at));
            if open.is_some() {
                self.draft.drops.push(start..start + 1);
            }
            self.draft.drops.push(at..end);
            self.draft.hides.push(Hide { start, end, label: None, is_block: false });
            return end - at;
        }
        let target = near.strip_prefix('(').map(str::trim_start);
        let Some(target) = target.and_then(|target| target.strip_prefix(['/', '#'])) else { return 1 };
        let name_end = target.find(|c: char| !c.is_alphanumeric()).unwrap_or(target.len());
        let is_mark = name_end == 1 && target.starts_with(['s', 'S']) || is_spoiler_name(&target[..name_end]);
        if !is_mark || !target[name_end..].starts_with([' ', ')', '\n']) {
            return 1;
        }
        self.reddit_link(open, at, self.text.len() - (after.len() - near.len()) - target.len() + name_end)
    }

    /// The text of Reddit's old spoiler links, which is in their titles. `from` is where the target ends.
    fn reddit_link(&mut self, open: Option<usize>, at: usize, from: usize) -> usize {
        let start = open.unwrap_or_else(|| self.line_start(at));
        let near = &self.text[from..self.text.floor_char_boundary(from + 20 * LONGEST)];
        let quote = near.find(|c: char| !c.is_whitespace()).filter(|at| near[*at..].starts_with(['"', '\'']));
        let (inside, sign) = match quote {
            Some(quote) if near[quote..].starts_with('"') => (quote + 1, "\")"),
            Some(quote) => (quote + 1, "')"),
            None => (0, ")"),
        };
        let close = self
            .link_end(from + inside, from + near.len(), sign)
            .map(|end| (inside, end - from, end - from + sign.len()));
        if open.is_some() {
            self.draft.drops.push(start..start + 1);
        }
        match close {
            Some((inside, end, after)) => {
                self.draft.drops.push(at..from + inside);
                self.draft.drops.push(from + end..from + after);
                self.draft.hides.push(Hide { start, end: from + after, label: None, is_block: false });
                from + after - at
            }
            None => {
                self.draft.drops.push(at..from + quote.map_or(0, |quote| quote + 1));
                self.draft.unclosed(Hide { start, end: self.text.len(), label: None, is_block: false });
                from - at
            }
        }
    }

    /// Where a link ends between two places. What was searched for one link is not searched again for the next.
    pub(super) fn link_end(&mut self, from: usize, to: usize, sign: &'static str) -> Option<usize> {
        let searched = self.link_ends.entry(sign).or_default();
        // The sign may stand across the place up to which nothing was found.
        let from = from.max(self.text.floor_char_boundary(searched.saturating_sub(1)));
        let found = self.text.get(from..to)?.find(sign).map(|end| from + end);
        if found.is_none() {
            *searched = to;
        }
        found
    }

    /// The start of the line that contains a place.
    pub(super) fn line_start(&mut self, at: usize) -> usize {
        self.line_at(at).map_or(0, |line| line.start)
    }

    /// `(view spoiler)[` and `(hide spoiler)]`, as Goodreads prints them, with tags in between.
    pub(super) fn view(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let Some(word) = rest.get(..14).map(str::to_ascii_lowercase) else { return 1 };
        let opens = matches!(&*word, "(view spoiler)" | "(show spoiler)");
        if !opens && word != "(hide spoiler)" {
            return 1;
        }
        let (mut length, sign) = (14, if opens { '[' } else { ']' });
        for _ in 0..4 {
            let spaces = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
            let Some(tag) = html::tag(&rest[length + spaces..]).filter(|tag| {
                html::known_tag(&rest[length + spaces..]).is_some() && tag.name == "a" && tag.is_closing
            }) else {
                break;
            };
            // The words may stand in an element that hides by its own name.
            let kind = Kind::Element(tag.name.to_string());
            let start = at + length + spaces;
            if self.is_open(&kind) {
                self.close(&kind, start, start + tag.length);
            }
            length += spaces + tag.length;
        }
        let spaces = rest[length..].len() - rest[length..].trim_start_matches(' ').len();
        let has_sign = rest[length + spaces..].starts_with(sign);
        let end = at + if has_sign { length + spaces + 1 } else { 14 };
        match opens {
            true => self.open(Kind::View, at, end, None, false),
            false => self.close(&Kind::View, at, end),
        }
        end - at
    }

    /// Fences of colons, with or without a name.
    pub(super) fn colons(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = rest.bytes().take_while(|b| *b == b':').count();
        if length < 3 {
            return self.directive(at, length);
        }
        let starts_line = self.begins_line(at).is_some();
        let line_end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = &rest[..line_end];
        let info_end = line[length..].find(":::").map_or(line_end, |end| length + end);
        let info = &line[length..info_end];
        let word = info.split_whitespace().next().unwrap_or_default();
        let said = announces(&info.replace(['{', '}', '.', '#'], " "));
        let hides = match starts_line {
            true => said == Some(true) || (said.is_none() && says_class(info)),
            false => is_spoiler_name(word.trim_matches(['{', '}', '.'])) && !word.is_empty(),
        };
        if hides {
            // The rest of its line is its label, unless the fence is closed there.
            let word_start = at + length + info.len() - info.trim_start().len();
            let is_short = !starts_line || info_end < line_end;
            let (label, end) = match is_short {
                true => (None, word_start + word.len()),
                false => (super::label::label_of(info.trim_matches([' ', '{', '}', '.'])), at + line_end),
            };
            let kept = if label.is_none() && holds_words(info) { word_start + word.len() } else { end };
            self.draft.drops.push(at..kept.min(end));
            self.colons.push(Colons { length, start: at, label, hides });
            return kept.min(end) - at;
        }
        let is_named = starts_line && !info.trim().is_empty();
        match is_named {
            true if self.colons.first().is_some_and(|fence| fence.hides) => {
                self.colons.push(Colons { length, start: at, label: None, hides: false });
                // Its name is dropped, and its title is text.
                let name = match info.find('}').filter(|_| word.starts_with('{')) {
                    Some(end) => end + 1,
                    None => info.len() - info.trim_start().len() + word.len(),
                };
                self.draft.drops.push(at..at + length + name);
            }
            true => {}
            false => self.close_colons(at, length),
        }
        length
    }

    /// `:spoiler[…]`, a directive inside a line. Its end is that of the bracket.
    fn directive(&mut self, at: usize, length: usize) -> usize {
        let rest = &self.text[at + length..];
        let name = &rest[..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())];
        if rest[name.len()..].starts_with('[') && name.len() < LONGEST && is_spoiler_name(name) {
            let open = at + length + name.len();
            self.directives.insert(open, at);
            self.brackets.push(open);
            return open + 1 - at;
        }
        if rest[name.len()..].starts_with(":`") && name.len() < LONGEST && is_spoiler_name(name) {
            return self.role_of_docutils(at, at + length + name.len() + 1);
        }
        length
    }

    /// ``:spoiler:`…` ``, a role of reStructuredText, whose text is written as code is in Markdown.
    fn role_of_docutils(&mut self, at: usize, from: usize) -> usize {
        let code = &self.blocks.code;
        let span = code.binary_search_by_key(&from, |code| code.start).ok().map(|found| code[found].clone());
        let ticks = self.text[from..].bytes().take_while(|b| *b == b'`').count();
        self.draft.drops.push(at..from + ticks);
        let Some(span) = span else {
            self.draft.unclosed(Hide { start: at, end: self.text.len(), label: None, is_block: false });
            return from + ticks - at;
        };
        self.draft.drops.push(span.end - ticks..span.end);
        self.draft.hides.push(Hide { start: at, end: span.end, label: None, is_block: false });
        span.end - at
    }

    fn close_colons(&mut self, at: usize, length: usize) {
        // Nobody nests deeper than this, and a text that does must not take long.
        let top = self.colons.len().saturating_sub(50);
        let alike =
            self.colons[top..].iter().rposition(|fence| fence.length == length).map(|index| top + index);
        let index = match alike {
            // Fences that hide and are passed over are never closed.
            Some(index) if !self.colons[index + 1..].iter().any(|fence| fence.hides) => {
                self.colons.truncate(index + 1);
                Some(index)
            }
            Some(index) => Some(index),
            None => self.colons.len().checked_sub(1).filter(|last| self.colons[*last].length < length),
        };
        let Some(index) = index else { return };
        let fence = self.colons.remove(index);
        self.draft.drops.push(at..at + length);
        if fence.hides {
            let Colons { start, label, .. } = fence;
            self.draft.hides.push(Hide { start, end: at + length, label, is_block: true });
            // What is left inside a fence that has ended is over with it.
            if !self.colons.iter().any(|fence| fence.hides) {
                self.colons.clear();
            }
        }
    }
}

pub(super) fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// The name of a tag in brackets; all names for spoilers are treated as one.
pub(super) fn name_of(inside: &str) -> Option<String> {
    let own = inside.trim_start();
    let end = own.find(|c: char| !is_name(c)).unwrap_or(own.len());
    let name = own[..end].to_lowercase();
    if name.is_empty() || name.len() > 40 {
        return None;
    }
    Some(if is_spoiler_name(&name) || name == "spoil" { "spoiler".to_owned() } else { name })
}

/// The name of what a tag in brackets closes: `/spoiler`, `end spoiler`.
fn closing_name(inside: &str) -> Option<String> {
    let own = inside.trim();
    if let Some(name) = own.strip_prefix(['/', '\\']) {
        return name_of(name);
    }
    let lower = own.to_lowercase();
    let ended = lower.strip_prefix("end")?.trim_start_matches([' ', '-', '_']);
    let name = ended.strip_prefix("of ").unwrap_or(ended).trim_start_matches("the ");
    name_of(name).filter(|name| name == "spoiler")
}

/// Whether the rest of a tag follows its name, and not the rest of a sentence.
fn is_tag_like(rest: &str) -> bool {
    rest.trim().is_empty() || rest.starts_with('=') || rest.contains('=')
}

/// Whether the address of a link follows.
fn is_link(after: &str) -> bool {
    let Some(inside) = after.strip_prefix('(') else { return false };
    ["http", "www.", "mailto:", "./", "../"].iter().any(|start| inside.starts_with(start))
        || (inside.starts_with(['/', '#']) && !inside.starts_with("//"))
}

/// The length of the attributes in braces that a text begins with. Of those that never end, only the first is one.
fn attribute_list(near: &str) -> Option<usize> {
    let end = near.find(['}', '\n']).unwrap_or(near.len());
    let (inside, length) = match near[end..].starts_with('}') {
        true => (near.strip_prefix('{')?.get(..end - 1)?, end + 1),
        false => {
            let end = near[..end].find(char::is_whitespace).unwrap_or(end);
            let inside = near.strip_prefix('{')?.get(..end - 1)?;
            (Some(inside).filter(|inside| inside.starts_with(['.', '#', ':']))?, end)
        }
    };
    let is_one = |(name, value): (String, Option<&str>)| {
        value.is_some() || name.starts_with(['.', '#', ':']) || name.eq_ignore_ascii_case(inside.trim())
    };
    (attributes(inside).all(is_one) && !inside.contains(['{', '[', ']', '<', '|'])).then_some(length)
}

/// Whether attributes in braces hold a class or a name for spoilers: `.spoiler`, `#spoiler`, `class=spoiler`.
pub(super) fn says_class(inside: &str) -> bool {
    let bare = inside.replace(['.', '#', '{', '}', ':'], " ");
    says_spoiler(&bare) || bare.split_whitespace().any(is_spoiler_name)
}
