//! LaTeX commands and environments whose names say spoiler.

use std::collections::HashMap;

use super::Hide;
use super::bracket::LONGEST;
use super::label::is_spoiler_name;
use super::pair::{Kind, Scanner};

impl Scanner<'_, '_> {
    /// Handles a brace that belongs to a command for spoilers; returns how much of the text it takes.
    pub(super) fn command(&mut self, at: usize) -> Option<usize> {
        let name = command_before(&self.text[..at])?;
        let start = at - name.len() - 1;
        if matches!(name, "begin" | "end") {
            return self.environment(start, at, name == "begin");
        }
        if !is_spoiler_name(name) {
            return None;
        }
        self.draft.drops.push(start..at + 1);
        let end = self.braces.get_or_insert_with(|| matching_braces(self.text)).get(&at).copied();
        match end {
            Some(end) => {
                self.draft.drops.push(end..end + 1);
                self.draft.hides.push(Hide { start, end: end + 1, label: None, is_block: false });
            }
            None => self.draft.unclosed(Hide { start, end: self.text.len(), label: None, is_block: false }),
        }
        Some(1)
    }

    /// `\begin{spoiler}[label]…\end{spoiler}`
    fn environment(&mut self, start: usize, at: usize, opens: bool) -> Option<usize> {
        let near = &self.text[at..self.text.floor_char_boundary(at + LONGEST)];
        let close = near.find(['}', '\n']).filter(|close| near[*close..].starts_with('}'))?;
        if !is_spoiler_name(&near[1..close]) {
            return None;
        }
        let end = at + close + 1;
        if !opens {
            self.close(&Kind::Environment, start, end);
            return Some(end - at);
        }
        let behind = &near[close + 1..];
        let title_end = match behind.bytes().next() {
            Some(b'[') => behind.find([']', '\n']).filter(|end| behind[*end..].starts_with(']')),
            Some(b'{') => behind.find(['}', '\n']).filter(|end| behind[*end..].starts_with('}')),
            _ => None,
        };
        let label = title_end.map(|title_end| end + 1..end + title_end);
        let end = title_end.map_or(end, |title_end| end + title_end + 1);
        self.open(Kind::Environment, start, end, label, true);
        Some(end - at)
    }
}

/// The name of the command at the end of a text.
fn command_before(text: &str) -> Option<&str> {
    const LONGEST_NAME: usize = 40;
    let from = text.floor_char_boundary(text.len().saturating_sub(LONGEST_NAME));
    let (before, name) = text[from..].rsplit_once('\\')?;
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'*');
    (is_name && !before.ends_with('\\')).then_some(name)
}

/// The closing brace for each opening one that has one.
fn matching_braces(text: &str) -> HashMap<usize, usize> {
    let (mut open, mut pairs) = (Vec::new(), HashMap::new());
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => {}
            b'{' => open.push(at),
            b'}' => {
                if let Some(start) = open.pop() {
                    pairs.insert(start, at);
                }
            }
            _ => {}
        }
        is_escaped = byte == b'\\' && !is_escaped;
    }
    pairs
}
