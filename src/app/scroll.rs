//! Scrolling a typeset page, the same for a review, a column of the room and a page of the program's own.

use crate::keymap::Step;
use crate::typeset::{Cursor, Page};

/// The line at the top of a pane of this height after a step from the line that is there now.
pub(super) fn after(step: Step, page: &Page, first: Cursor, height: usize) -> Cursor {
    let half = (height / 2).max(1);
    let top = match step {
        Step::Down => page.down(first, 1),
        Step::Up => page.up(first, 1),
        Step::HalfDown => page.down(first, half),
        Step::HalfUp => page.up(first, half),
        // A page of one line, or one that begins with a long heading, goes on all the same.
        Step::PageDown => page.page_down(first, height).max(page.down(first, 1)),
        Step::PageUp => page.page_up(first, height).min(page.up(first, 1)),
        Step::Start => Cursor::default(),
        Step::End => page.last_top(height),
    };
    top.min(page.last_top(height))
}
