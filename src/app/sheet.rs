//! A page of the program's own, shown over the panes and read like any other text: the help, or statistics.

use super::statistics::Stamp;
use super::{App, Overlay, column, help, scroll, statistics};
use crate::keymap::Step;
use crate::typeset::{Cursor, Line, Page};

/// The page and the line at its top.
#[derive(Debug)]
pub struct Sheet {
    subject: Subject,
    page: Page,
    /// What the statistics were made from.
    stamp: Option<Stamp>,
    top: Cursor,
}

/// What a sheet is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The keys.
    Help,
    /// What is in the list.
    Statistics,
}

impl Sheet {
    fn new(subject: Subject) -> Self {
        Sheet { subject, page: Page::default(), stamp: None, top: Cursor::default() }
    }

    /// The help page.
    #[must_use]
    pub fn help() -> Self {
        Sheet::new(Subject::Help)
    }

    /// The statistics.
    #[must_use]
    pub fn statistics() -> Self {
        Sheet::new(Subject::Statistics)
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> Subject {
        self.subject
    }

    /// Scrolls.
    pub fn go(&mut self, step: Step, height: usize) {
        self.top = scroll::after(step, &self.page, self.first(height), height);
    }

    fn first(&self, height: usize) -> Cursor {
        self.top.min(self.page.last_top(height))
    }

    /// The lines on a pane of this height.
    pub fn visible(&self, height: usize) -> impl Iterator<Item = &Line> {
        self.page.lines_from(self.first(height)).take(height).map(|(_, line)| line)
    }
}

impl App {
    /// Typesets the sheet over the panes again if it is stale.
    pub(super) fn settle_sheet(&mut self) {
        let (Some(Overlay::Sheet(sheet)), Some(layout)) = (&self.front.overlay, self.layout()) else {
            return;
        };
        let measure = usize::from(column(layout.body, &self.settings.reading).width);
        let stamp = (sheet.subject == Subject::Statistics).then(|| self.statistics_stamp());
        if sheet.page.measure() == measure && sheet.stamp == stamp {
            return;
        }
        let lines = match sheet.subject {
            Subject::Help => help::lines(measure, self.screen.pane, &self.settings.keys),
            Subject::Statistics => statistics::lines(&self.counts(), self.narrowed_to().as_deref(), measure),
        };
        let page = Page::document(lines.iter().map(|(text, role)| (text.as_str(), *role)), measure);
        if let Some(Overlay::Sheet(sheet)) = &mut self.front.overlay {
            (sheet.page, sheet.stamp, sheet.top) = (page, stamp, Cursor::default());
        }
    }
}
