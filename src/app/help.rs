//! The help page: the table of keys as a page, read like any other text.

use crate::keymap::{BINDINGS, Scope, Step};
use crate::typeset::{Cursor, Line, Page, Role, columns};

/// The help page and the line at its top.
#[derive(Debug, Default)]
pub struct Help {
    page: Page,
    top: Cursor,
}

impl Help {
    /// Sets the page anew if the measure changed.
    pub fn settle(&mut self, measure: usize) {
        if self.page.measure() != measure {
            let lines = lines();
            self.page = Page::document(lines.iter().map(|(text, role)| (text.as_str(), *role)), measure);
            self.top = Cursor::default();
        }
    }

    /// Scrolls.
    pub fn go(&mut self, step: Step, height: usize) {
        let page = height.saturating_sub(2).max(1);
        let top = match step {
            Step::Down => self.page.down(self.top, 1),
            Step::Up => self.page.up(self.top, 1),
            Step::PageDown | Step::HalfDown => self.page.down(self.top, page),
            Step::PageUp | Step::HalfUp => self.page.up(self.top, page),
            Step::Start => Cursor::default(),
            Step::End => self.page.last_top(height),
        };
        self.top = top.min(self.page.last_top(height));
    }

    /// The lines on a pane of this height.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = &Line> {
        let first = self.top.min(self.page.last_top(height));
        self.page.lines_from(first).take(height).map(|(_, line)| line)
    }
}

fn lines() -> Vec<(String, Role)> {
    let mut lines = vec![("Keys".to_owned(), Role::Headline)];
    for (scope, heading) in Scope::ALL {
        lines.push((String::new(), Role::Body));
        lines.push((heading.to_owned(), Role::Work));
        for binding in BINDINGS.iter().filter(|binding| binding.scope == scope) {
            let keys = binding.key_names();
            let pad = " ".repeat(16usize.saturating_sub(columns(&keys)).max(2));
            lines.push((format!("{keys}{pad}{}", binding.help), Role::Body));
        }
    }
    lines
}
