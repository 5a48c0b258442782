//! AsciiDoc: attributes and titles above a block, and words with a role.

use super::block::{Kind, Line};
use super::bracket::{LONGEST, name_of, says_class};
use super::label::{holds_words, label_of};
use super::pair::Scanner;
use super::{Draft, Hide, announce::announces};

/// What is written above a block.
#[derive(Default)]
struct Head<'t> {
    lines: usize,
    title: Option<&'t str>,
    has_attributes: bool,
    /// Whether a role says spoiler, or only the kind of a block that must be there.
    has_role: bool,
    has_kind: bool,
}

/// `[.spoiler]` above a paragraph, `.Spoilers` above a block between two lines of signs. Returns the number of its lines.
pub(super) fn block(text: &str, lines: &[Line], draft: &mut Draft) -> usize {
    let own = |line: &Line| text[line.text.min(line.end)..line.end].trim();
    let head = head(lines.iter().map(own));
    let below = lines.get(head.lines).map(own).unwrap_or_default();
    let is_parted = is_delimiter(below);
    let is_titled = head.title.is_some_and(|title| announces(title) == Some(true));
    let says = head.has_role
        || (is_parted && head.has_kind)
        || ((is_parted || head.has_attributes && !below.is_empty()) && is_titled);
    if !says || below.is_empty() {
        return 0;
    }
    draft.taken.extend(lines[..head.lines].iter().map(|line| line.text));
    let label = head.title.and_then(label_of);
    for line in &lines[..head.lines] {
        let is_lost = own(line).starts_with('.') && label.is_none() && head.title.is_some_and(holds_words);
        let end = if is_lost { line.text + 1 } else { line.end };
        draft.drops.push(line.start..end);
    }
    let start = lines[0].start;
    let hide = |end| Hide { start, end, label, is_block: true };
    if !is_parted {
        let rest = lines[head.lines..].iter().take_while(|line| line.kind != Kind::Blank).count();
        draft.hides.push(hide(lines[head.lines + rest - 1].end));
        return head.lines + rest;
    }
    let top = lines[head.lines];
    draft.drops.push(top.start..top.end);
    match lines[head.lines + 1..].iter().position(|line| own(line) == below) {
        Some(inside) => {
            let bottom = lines[head.lines + 1 + inside];
            draft.drops.push(bottom.start..bottom.end);
            draft.hides.push(hide(bottom.end));
            head.lines + inside + 2
        }
        None => {
            draft.unclosed(hide(text.len()));
            lines.len()
        }
    }
}

/// Whether a line can be one of attributes, or a title.
pub(super) fn may_begin(line: &str) -> bool {
    let title = || line.strip_prefix('.').is_some_and(|title| title.starts_with(char::is_alphanumeric));
    (line.starts_with('[') && !line.starts_with("[!")) || title()
}

/// The lines of attributes and the title at the beginning of a text.
fn head<'t>(lines: impl Iterator<Item = &'t str>) -> Head<'t> {
    const MOST: usize = 8;
    let mut head = Head::default();
    for line in lines.take(MOST) {
        let inside = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        if let Some(inside) = inside.filter(|inside| !inside.contains(['[', ']']) && inside.len() < LONGEST) {
            head.has_attributes = true;
            let is_role = inside.contains(['.', '#', '%']) || inside.contains("role");
            let says = says_class(&inside.replace(',', " "));
            head.has_role |= says && is_role;
            head.has_kind |= says;
        } else if let Some(title) =
            line.strip_prefix('.').filter(|title| title.starts_with(char::is_alphanumeric))
        {
            head.title = Some(title);
        } else {
            break;
        }
        head.lines += 1;
    }
    head
}

/// Whether a line delimits a block.
fn is_delimiter(line: &str) -> bool {
    let sign = line.bytes().next().filter(|sign| b"=*_-+.".contains(sign));
    sign.is_some_and(|sign| line.bytes().all(|b| b == sign) && (line.len() >= 4 || line == "--"))
}

impl Scanner<'_, '_> {
    /// `[.spoiler]#…#` and `[.spoiler]##…##`, but not `[spoiler]#1 …[/spoiler]`.
    pub(super) fn role_of_asciidoc(&mut self, at: usize, inside: &str) -> Option<usize> {
        let from = at + inside.len() + 2;
        let signs = self.text[from..].bytes().take_while(|b| *b == b'#').count();
        let sign = match signs {
            0 => return None,
            1 => "#",
            _ => "##",
        };
        let is_tag = || name_of(inside).is_some_and(|name| name == "spoiler") && self.is_closed_next(from);
        if !says_class(&inside.replace(',', " ")) || is_tag() {
            return None;
        }
        let from = from + sign.len();
        self.draft.drops.push(at..from);
        let end = self.link_end(from, self.text.floor_char_boundary(from + 20 * LONGEST), sign);
        // A role without contents is not one: what follows may have been meant by it.
        match end.filter(|end| !self.text[from..*end].trim().is_empty()) {
            Some(end) => {
                self.draft.drops.push(end..end + sign.len());
                self.draft.hides.push(Hide {
                    start: at,
                    end: end + sign.len(),
                    label: None,
                    is_block: false,
                });
            }
            None => {
                self.draft.unclosed(Hide { start: at, end: self.text.len(), label: None, is_block: false });
            }
        }
        Some(from - at)
    }
}
