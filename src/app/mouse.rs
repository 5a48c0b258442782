//! The mouse: what a click, a drag or a turn of the wheel means at its position.

use ratatui::layout::Position;

use super::layout::list_widths;
use super::{App, Effects, Overlay, Pane, Prompt, Purpose, column};
use crate::keymap::{Action, Step};

impl App {
    /// The left button was pressed.
    pub(super) fn click(&mut self, x: u16, y: u16) -> Effects {
        let at = Position { x, y };
        if let Some(action) = self.action_at(at) {
            return self.act(action);
        }
        if self.front.overlay.is_some() {
            return Effects::default();
        }
        (self.front.notice, self.screen.drag) = (None, None);
        let Some(layout) = self.layout() else { return Effects::default() };
        self.note_seen(Action::Open);
        if self.front.room.is_some() {
            self.turn_to_column(x, layout.body.width);
        } else if layout.rule.is_some_and(|rule| rule.contains(at)) {
            self.screen.drag = Some(Drag::default());
        } else if layout.list.is_some_and(|list| list.contains(at)) {
            self.click_in_list(usize::from((y - layout.body.y) / layout.row_lines));
        } else if layout.text.is_some_and(|text| text.contains(at)) {
            self.click_in_text(at);
        }
        Effects::default()
    }

    /// What a click on a hint in the footer or on part of a heading does.
    fn action_at(&self, at: Position) -> Option<Action> {
        let layout = self.layout()?;
        if at.y == layout.footer.y && self.front.notice.is_none() {
            let hints = self.footer(layout.footer);
            return hints
                .into_iter()
                .find(|(columns, _)| columns.contains(&at.x))
                .map(|(_, hint)| hint.action);
        }
        let is_free = self.front.overlay.is_none() && self.front.room.is_none();
        let list = layout.list.filter(|_| at.y == layout.top.y && is_free)?;
        let parts = self.list_heading(list.x, list.right());
        parts.into_iter().find(|part| part.columns.contains(&at.x))?.action
    }

    fn click_in_list(&mut self, row: usize) {
        if self.list.select_visible(row) {
            self.list.choose();
            self.screen.pane = Pane::List;
            if self.list.is_head_selected() {
                self.toggle_group();
            }
        }
    }

    fn click_in_text(&mut self, at: Position) {
        let Some(text) = self.layout().and_then(|layout| layout.text) else { return };
        self.list.choose();
        let pending = self.front.pending.take();
        let was_text = std::mem::replace(&mut self.screen.pane, Pane::Text) == Pane::Text;
        let set = column(text, &self.settings.reading);
        let row = usize::from(at.y - text.y);
        // The marks at the edge belong to their lines.
        let is_on_text = at.x + 2 >= set.x && at.x < set.right();
        let column = usize::from(at.x.saturating_sub(set.x));
        let hit = self.reader.region_at(row, column, usize::from(text.height)).filter(|_| is_on_text);
        // The first click says which spoiler is meant, and only the second one reveals it.
        match hit {
            Some(region) if was_text && self.reader.focus() == hit => {
                self.reader.show(region, usize::from(text.height));
                self.toggle_focused(pending);
            }
            Some(region) => self.reader.show(region, usize::from(text.height)),
            None => {}
        }
    }

    /// The mouse was dragged to this column: the rule between the panes follows.
    pub(super) fn drag(&mut self, x: u16) -> Effects {
        if let Some(drag) = &mut self.screen.drag {
            let (least, most) = list_widths(self.screen.size.0);
            self.settings.list.width = Some(x.clamp(least, most));
            drag.has_moved = true;
        }
        Effects::default()
    }

    /// The button was released.
    pub(super) fn release(&mut self) -> Effects {
        if let (Some(Drag { has_moved: true }), Some(width)) =
            (self.screen.drag.take(), self.settings.list.width)
        {
            self.notify(&format!("width = {width} under [list] in the configuration keeps this width"));
        }
        Effects::default()
    }

    /// The wheel was turned.
    pub(super) fn wheel(&mut self, x: u16, y: u16, lines: isize) -> Effects {
        let at = Position { x, y };
        if matches!(&self.front.overlay, Some(Overlay::Prompt(Prompt { purpose, .. })) if *purpose != Purpose::Filter)
        {
            return Effects::default();
        }
        let Some(layout) = self.layout() else { return Effects::default() };
        let height = usize::from(layout.body.height);
        let step = if lines < 0 { Step::Up } else { Step::Down };
        if let Some(Overlay::Sheet(sheet)) = &mut self.front.overlay {
            (0..lines.unsigned_abs()).for_each(|_| sheet.go(step, height));
        } else if self.front.room.is_some() {
            self.note_seen(Action::Move(step));
            (0..lines.unsigned_abs()).for_each(|_| self.scroll_room(step));
        } else if layout.list.is_some_and(|list| list.contains(at)) {
            self.list.choose();
            self.list.scroll(lines, layout.list_rows());
        } else if layout.text.is_some_and(|text| text.contains(at)) {
            self.note_seen(Action::Move(step));
            (0..lines.unsigned_abs()).for_each(|_| self.reader.go(step, height));
        }
        Effects::default()
    }
}

/// The rule between the panes, while it is being dragged.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Drag {
    has_moved: bool,
}
