//! Marks in braces: shortcodes and tags of templates, macros, wiki templates, and attributes after what they apply to.

use super::Hide;
use super::announce::announces;
use super::bracket::{LONGEST, is_name, name_of, says_class};
use super::label::{is_spoiler_name, title};
use super::pair::{Kind, Scanner};

/// Shortcodes that contain a text, and whose arguments say what it is.
const HOLDERS: &[&str] = &[
    "accordion",
    "admonition",
    "alert",
    "box",
    "callout",
    "collapse",
    "collapsible",
    "cut",
    "details",
    "expand",
    "expandable",
    "fold",
    "hint",
    "note",
    "notice",
    "panel",
    "toggle",
    "warning",
];

/// How far back the beginning of emphasis is looked for, in bytes.
const REACH: usize = 2000;

impl Scanner<'_, '_> {
    /// `{{< spoiler >}}`, `{% spoiler %}`, `{spoiler}`, `{{spoiler|…}}` and what closes them.
    pub(super) fn brace(&mut self, at: usize) -> usize {
        if let Some(length) = self.command(at) {
            return length;
        }
        let near = &self.text[at..self.text.floor_char_boundary(at + LONGEST)];
        let from = near.find(|c: char| !"{%<#-~".contains(c)).unwrap_or(near.len());
        let end = near[from..].find('}').map(|end| from + end);
        let inside = near[from..end.unwrap_or(near.len())].trim_end_matches(['%', '>', '#', '-', '~']).trim();
        // `{::spoiler}…{:/spoiler}`
        let inside =
            inside.strip_prefix(':').filter(|inside| inside.starts_with([':', '/'])).unwrap_or(inside);
        let inside = inside.strip_prefix(':').filter(|_| near.starts_with("{::")).unwrap_or(inside);
        let slashed = inside.strip_prefix('/').map(str::trim_start);
        let lower = slashed.unwrap_or(inside).to_lowercase();
        let name = lower.split(|c: char| !is_name(c)).next().unwrap_or_default();
        let is_spoiler = is_spoiler_name(name.trim_start_matches("end"));
        let is_double = near.starts_with("{{");
        if is_spoiler && slashed.is_none() && inside[name.len()..].trim_start().starts_with(['|', ':']) {
            let name_end = at + near.find(inside).unwrap_or(from) + name.len();
            return self.filled(at, name_end, end.map(|end| at + end), is_double);
        }
        if is_double && !is_spoiler {
            self.nest(&Kind::Template);
        }
        let Some(end) = end else { return from.max(1) };
        let length = end + near[end..].bytes().take_while(|b| *b == b'}').count().min(2);
        if inside.starts_with(['.', ':']) {
            return self.attributes(at, end + 1, inside).unwrap_or(from.max(1));
        }
        // `{#spoilers}` names the heading that it stands in.
        let is_id = near.starts_with("{#") && self.is_in_heading(at);
        if is_id || !(is_spoiler || self.is_holder(name, inside)) {
            return from.max(1);
        }
        let bare = match is_spoiler {
            true => "spoiler",
            false => name.strip_prefix("end").unwrap_or(name).trim_start_matches('_'),
        };
        let kind = Kind::Shortcode(bare.to_owned());
        let is_end =
            slashed.is_some() || lower.starts_with("end") || lower.split_whitespace().nth(1) == Some("end");
        // Jira's braces open and close with the same tag.
        let is_plain = near.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic);
        if is_end || (is_plain && self.is_open(&kind)) {
            self.close(&kind, at, at + length);
            return length;
        }
        let name_at = at + near.find(inside).unwrap_or(from);
        let arguments = name_at + name.len()..name_at + inside.len();
        let label = match title(&self.text[arguments.clone()]) {
            Some(title) => {
                let start = title.as_ptr() as usize - self.text.as_ptr() as usize;
                start..start + title.len()
            }
            None => arguments,
        };
        self.open(kind, at, at + length, Some(label), false);
        length
    }

    /// Whether a shortcode holds spoilers by what its arguments say, or ends one that does, or nests in one.
    fn is_holder(&mut self, name: &str, inside: &str) -> bool {
        let bare = name.strip_prefix("end").unwrap_or(name).trim_start_matches('_');
        if !HOLDERS.contains(&bare) {
            return false;
        }
        let kind = Kind::Shortcode(bare.to_owned());
        let is_end = bare != name || inside.starts_with('/');
        if is_end {
            return self.is_open(&kind);
        }
        let hides = announces(inside) == Some(true);
        if !hides {
            self.nest(&kind);
        }
        hides
    }

    /// `{{spoiler|…}}` and `{spoiler: …}`, which hold the text themselves, unless an end of their own follows: then it is
    /// their label.
    fn filled(&mut self, at: usize, name_end: usize, end: Option<usize>, is_double: bool) -> usize {
        let text = &self.text[name_end..];
        let sign = name_end + text.len() - text.trim_start().len();
        if is_double {
            self.open(Kind::Template, at, sign + 1, None, false);
            return sign + 1 - at;
        }
        self.draft.drops.push(at..sign + 1);
        let Some(end) = end else {
            self.draft.unclosed(Hide { start: at, end: self.text.len(), label: None, is_block: false });
            return sign + 1 - at;
        };
        if self.is_ended_next(end + 1) {
            self.draft.drops.pop();
            self.open(Kind::Shortcode("spoiler".to_owned()), at, end + 1, Some(sign + 1..end), false);
            return end + 1 - at;
        }
        self.draft.drops.push(end..end + 1);
        self.draft.hides.push(Hide { start: at, end: end + 1, label: None, is_block: false });
        end + 1 - at
    }

    /// Whether the next macro for spoilers after a place ends one.
    fn is_ended_next(&self, from: usize) -> bool {
        let near = &self.text[from..self.text.floor_char_boundary(from + 20 * LONGEST)];
        let next = memchr::memchr_iter(b'{', near.as_bytes()).find_map(|at| {
            let tag = near[at + 1..].get(..near[at + 1..].find('}')?.min(40))?;
            let bare = tag.trim_start_matches('/').trim_start_matches("end");
            (name_of(bare)? == "spoiler").then_some(!bare.contains([':', '|']))
        });
        next == Some(true)
    }

    /// The end of a wiki template.
    pub(super) fn brace_end(&mut self, at: usize) -> usize {
        if self.text[at..].starts_with("}}") && self.is_open(&Kind::Template) {
            self.close(&Kind::Template, at, at + 2);
            return 2;
        }
        1
    }

    /// `*…*{: .spoiler}`, `==…=={.spoiler}` and `[…](…){.spoiler}`: attributes of what stands right before them. Where that begins is looked for
    /// on its line, and where it is not found, all of the line before them is hidden.
    fn attributes(&mut self, at: usize, length: usize, inside: &str) -> Option<usize> {
        let sign = self.text[..at].chars().next_back().filter(|sign| "*_~`=)".contains(*sign))?;
        if !says_class(inside) {
            return None;
        }
        let from = self.line_start(at).max(self.text.floor_char_boundary(at.saturating_sub(REACH)));
        let before = &self.text[from..at];
        let run = &before[before.trim_end_matches(sign).len()..];
        let start = match sign {
            ')' => before.rfind("](").and_then(|middle| before[..middle].rfind('[')),
            _ => before[..before.len() - run.len()].rfind(run),
        };
        let start = from + start.unwrap_or_default();
        self.draft.drops.push(at..at + length);
        self.draft.hides.push(Hide { start, end: at + length, label: None, is_block: false });
        Some(length)
    }

    fn is_in_heading(&mut self, at: usize) -> bool {
        self.line_at(at).is_some_and(|line| matches!(line.kind, super::block::Kind::Heading(_)))
    }
}
