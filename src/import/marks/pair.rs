//! Marks that come in pairs: what opens, what closes, and what is between them.
//!
//! Each kind nests by itself, as its own syntax nests, and kinds may overlap: what is hidden is everything that any of
//! them hides, so that it ends where the last of them is closed. One that is never closed hides to the end of the text.
//! It knows no sentences.

use std::collections::HashMap;

use super::super::body::Dialect;
use super::block::{Blocks, Line, is_escaped};
use super::label::{holds_words, label_of};
use super::{Draft, Hide, bars};

/// A kind of mark, which only closes marks of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    /// An element of this name.
    Element(String),
    /// A tag in square brackets of this name.
    Bracket(String),
    /// `~!…!~`
    Tilde,
    /// `(view spoiler)[…(hide spoiler)]`
    View,
    /// A shortcode, a template's tag or a macro of this name.
    Shortcode(String),
    /// `{{spoiler|…}}`
    Template,
    /// A comment of HTML or of Obsidian.
    Comment,
    /// An environment of LaTeX.
    Environment,
}

/// An open mark, and how often it was opened again inside.
struct Open {
    depth: usize,
    start: usize,
    label: Option<String>,
    is_block: bool,
}

/// An open fence of colons.
pub(super) struct Colons {
    pub(super) length: usize,
    pub(super) start: usize,
    pub(super) label: Option<String>,
    pub(super) hides: bool,
}

/// Reads a text mark by mark.
pub(super) struct Scanner<'t, 'd> {
    pub(super) text: &'t str,
    pub(super) blocks: &'t Blocks,
    pub(super) dialect: Dialect,
    pub(super) draft: &'d mut Draft,
    open: HashMap<Kind, Open>,
    /// Where code of HTML ends that was entered: there only elements are marks.
    pub(super) code_end: usize,
    /// Where the end tag of each code element is looked for next, or that there is none.
    pub(super) code_ends: HashMap<String, Option<usize>>,
    pub(super) colons: Vec<Colons>,
    pub(super) bars: Vec<bars::Run>,
    pub(super) angles: Vec<Angle>,
    /// Results for attributes that occurred before.
    pub(super) verdicts: HashMap<&'t str, bool>,
    /// Open square brackets that are not marks.
    pub(super) brackets: Vec<usize>,
    /// The open brackets of directives, and where these begin.
    pub(super) directives: HashMap<usize, usize>,
    /// Up to which place no end of a link stands, by what ends it.
    pub(super) link_ends: HashMap<&'static str, usize>,
    /// Where each brace is closed, once a command of LaTeX asks for it.
    pub(super) braces: Option<HashMap<usize, usize>>,
    /// The current line.
    line: usize,
}

/// A `>!`, or a `!<`.
#[derive(Clone, Copy)]
pub(super) struct Angle {
    pub(super) at: usize,
    pub(super) opens: bool,
    /// The line that it begins, if it begins one.
    pub(super) line: Option<usize>,
}

/// Finds all pairs of a text.
pub(super) fn find(text: &str, blocks: &Blocks, dialect: Dialect, draft: &mut Draft) {
    let mut scanner = Scanner {
        text,
        blocks,
        dialect,
        draft,
        open: HashMap::new(),
        code_end: 0,
        code_ends: HashMap::new(),
        colons: Vec::new(),
        bars: Vec::new(),
        angles: Vec::new(),
        verdicts: HashMap::new(),
        brackets: Vec::new(),
        directives: HashMap::new(),
        link_ends: HashMap::new(),
        braces: None,
        line: 0,
    };
    scanner.run();
    scanner.finish();
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut code = self.blocks.code.iter().peekable();
        let mut at = 0;
        while let Some(sign) = bytes.get(at) {
            while code.next_if(|code| code.end <= at).is_some() {}
            if let Some(code) = code.peek().filter(|code| code.start <= at) {
                at = code.end;
                continue;
            }
            if !matches!(
                sign,
                b'<' | b'[' | b']' | b'(' | b'|' | b'>' | b'!' | b'~' | b':' | b'{' | b'}' | b'%'
            ) {
                at += 1;
                continue;
            }
            let is_text = self.dialect == Dialect::Markdown && is_escaped(self.text, at);
            at += match sign {
                b'|' => bars::run(self, at, is_text),
                _ if is_text => 1,
                b'<' => self.angle_bracket(at),
                _ if at < self.code_end => 1,
                b'[' => self.bracket(at),
                b']' => self.bracket_end(at),
                b'(' => self.view(at),
                b'{' => self.brace(at),
                b'}' => self.brace_end(at),
                b':' => self.colons(at),
                b'%' => self.comment_of_obsidian(at),
                _ => self.signs(at),
            };
        }
    }

    /// `>!`, `!<`, `~!`, `!~`.
    fn signs(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if rest.starts_with(">!") {
            let line = self.begins_line(at);
            self.angles.push(Angle { at, opens: true, line });
            return 2;
        }
        if rest.starts_with("!<") && super::super::html::known_tag(&rest[1..]).is_none() {
            self.angles.push(Angle { at, opens: false, line: None });
            return 2;
        }
        if rest.starts_with("~!") {
            self.open(Kind::Tilde, at, at + 2, None, false);
            return 2;
        }
        // Three signs may be the end of struck words; four are an end and a beginning.
        let ends = !rest.starts_with("!~~") || rest.starts_with("!~~!");
        if rest.starts_with("!~") && ends && self.is_open(&Kind::Tilde) {
            self.close(&Kind::Tilde, at, at + 2);
            return 2;
        }
        1
    }

    /// The line that this place begins, with nothing but quotes, bullets and tags before it.
    pub(super) fn begins_line(&mut self, at: usize) -> Option<usize> {
        let line = self.line_at(at)?;
        let is_first = self.text.get(line.text..at).is_some_and(|before| before.trim().is_empty());
        (line.text <= at && is_first).then_some(self.line)
    }

    /// The line that contains this place. Places are given in order.
    pub(super) fn line_at(&mut self, at: usize) -> Option<Line> {
        let blocks = self.blocks;
        while blocks.lines.get(self.line + 1).is_some_and(|next| next.start <= at) {
            self.line += 1;
        }
        blocks.lines.get(self.line).copied()
    }

    pub(super) fn is_open(&self, kind: &Kind) -> bool {
        self.open.contains_key(kind)
    }

    /// Opens a mark. `label` is where it says what it hides; words that cannot stand on a curtain are hidden with the rest.
    pub(super) fn open(
        &mut self,
        kind: Kind,
        at: usize,
        end: usize,
        label: Option<std::ops::Range<usize>>,
        is_block: bool,
    ) {
        let said = label.clone().and_then(|label| label_of(&self.text[label]));
        let is_nested = self.open.contains_key(&kind);
        match label.filter(|label| (said.is_none() || is_nested) && holds_words(&self.text[label.clone()])) {
            Some(kept) => self.draft.drops.extend([at..kept.start, kept.end..end]),
            None => self.draft.drops.push(at..end),
        }
        let open = self.open.entry(kind).or_insert(Open { depth: 0, start: at, label: said, is_block });
        open.depth += 1;
    }

    /// Counts what nests inside an open mark and hides nothing itself.
    pub(super) fn nest(&mut self, kind: &Kind) {
        if let Some(open) = self.open.get_mut(kind) {
            open.depth += 1;
        }
    }

    /// Closes a mark, if one is open. The mark itself is removed in any case.
    pub(super) fn close(&mut self, kind: &Kind, at: usize, end: usize) {
        let Some(open) = self.open.get_mut(kind) else {
            self.draft.drops.push(at..end);
            self.draft.strays.push(at);
            return;
        };
        open.depth -= 1;
        if open.depth > 0 {
            // What ends something else inside is no mark, and what follows it is not lost.
            if !matches!(kind, Kind::Element(name) if name != "spoiler") {
                self.draft.drops.push(at..end);
            }
            return;
        }
        self.draft.drops.push(at..end);
        if let Some(Open { start, label, is_block, .. }) = self.open.remove(kind) {
            self.draft.hides.push(Hide { start, end, label, is_block });
        }
    }

    fn finish(mut self) {
        let end = self.text.len();
        let left: Vec<_> = self.open.drain().map(|(_, open)| open).collect();
        for Open { start, label, is_block, .. } in left {
            self.draft.unclosed(Hide { start, end, label, is_block });
        }
        for Colons { start, label, .. } in
            std::mem::take(&mut self.colons).into_iter().filter(|fence| fence.hides)
        {
            self.draft.unclosed(Hide { start, end, label, is_block: true });
        }
        for start in std::mem::take(&mut self.directives).into_values() {
            self.draft.unclosed(Hide { start, end, label: None, is_block: false });
        }
        bars::pair(&self.bars, self.text, self.draft);
        super::angles::pair(&self.angles, self.text, self.blocks, self.draft);
    }
}
