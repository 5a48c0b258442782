//! Keys and the mouse: from what was pressed to what it means here.

use crossterm::event::KeyEvent;
use ratatui::layout::Position;

use super::{App, Effect, Effects, Help, Line, Overlay, Pane, Prompt, Purpose, column};
use crate::keymap::{self, Action, Scope, Step};

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Effects {
        match (keymap::action(self.scopes(), key.into()), &mut self.front.overlay) {
            (Some(action), _) => self.act(action),
            (None, Some(Overlay::Prompt(prompt))) => {
                prompt.line.key(key);
                self.front.notice = None;
                self.follow();
                Effects::default()
            }
            (None, _) => {
                let works_in_text = keymap::action(&[Scope::Text], key.into()).is_some();
                if works_in_text && self.screen.pane == Pane::List && self.front.overlay.is_none() {
                    self.notify("that key works in the text: Enter reads the review");
                }
                Effects::default()
            }
        }
    }

    fn act(&mut self, action: Action) -> Effects {
        self.front.notice = None;
        let pending = self.front.pending.take();
        if self.screen.pane == Pane::List && self.front.overlay.is_none() {
            self.list.choose();
        }
        match action {
            Action::Quit => return Effect::Quit.into(),
            Action::Suspend => return Effect::Suspend.into(),
            Action::Redraw => return Effect::Redraw.into(),
            Action::Reload => {
                self.notify("reading all files again");
                return Effect::Reload.into();
            }
            Action::Move(step) => self.go(step),
            Action::Help => self.front.overlay = Some(Overlay::Help(Help::default())),
            Action::Back if self.front.overlay.is_some() => self.front.overlay = None,
            Action::Back => self.back(),
            Action::ToList => self.go_to_list(),
            Action::Open if self.list.is_head_selected() => self.toggle_group(),
            Action::Open => self.open(),
            Action::ToText if self.list.selected().is_none() => {}
            Action::ToText => self.screen.pane = Pane::Text,
            Action::OtherPane => match self.screen.pane {
                Pane::List if self.list.selected().is_none() => {}
                Pane::List => self.screen.pane = Pane::Text,
                Pane::Text => self.go_to_list(),
            },
            Action::ToggleList => {
                self.screen.is_list_hidden = !self.screen.is_list_hidden;
                self.screen.pane = Pane::Text;
            }
            Action::NextCurtain => self.seek(false),
            Action::PreviousCurtain => self.seek(true),
            Action::ToggleCurtain => self.toggle_focused(),
            Action::ToggleAll => self.toggle_all(),
            Action::ToggleAlwaysShow if !self.curtains.always_show() && pending != Some(action) => {
                self.front.pending = Some(action);
                self.notify("S again shows every spoiler until you quit");
            }
            Action::ToggleAlwaysShow => self.toggle_always_show(),
            Action::Progress => self.ask_progress(),
            Action::ToggleRead => self.toggle_read(),
            Action::Filter => return self.begin_filter(),
            Action::FilterTexts => return self.begin_texts(),
            Action::Search => self.begin_search(),
            Action::NextHit => self.step_hit(false),
            Action::PreviousHit => self.step_hit(true),
            Action::NextSort => self.list.filter.next_sort(),
            Action::ReverseSort => self.list.filter.reverse(),
            Action::NextGroup => self.list.filter.next_group(),
            Action::ToggleGroup => self.toggle_group(),
            Action::Accept => self.accept(),
            Action::Cancel => self.cancel(),
            Action::OlderLine => self.recall_line(Line::older),
            Action::NewerLine => self.recall_line(Line::newer),
        }
        Effects::default()
    }

    fn toggle_always_show(&mut self) {
        self.curtains.toggle_always_show();
        self.notify(match (self.curtains.always_show(), self.curtains.are_some_lifted_by_hand()) {
            (true, _) => "every spoiler is shown until you quit",
            (false, false) => "spoilers are hidden again",
            (false, true) => "spoilers are hidden again, except those you revealed",
        });
    }

    fn accept(&mut self) {
        let Some(Overlay::Prompt(prompt)) = &self.front.overlay else { return };
        match prompt.purpose {
            Purpose::Filter => self.keep_filter(),
            Purpose::Search => self.keep_search(),
            Purpose::Progress { review, confirms } => self.accept_progress(review, confirms),
            Purpose::Nothing(_) => self.dismiss(),
        }
    }

    fn recall_line(&mut self, recall: fn(&mut Line)) {
        if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
            recall(&mut prompt.line);
            self.follow();
        }
    }

    /// From the text to the list, from the list to all of it.
    fn back(&mut self) {
        self.clear_what_was_found();
        self.go_to_list();
    }

    pub(super) fn notify(&mut self, notice: &str) {
        self.front.notice = Some(notice.to_owned());
    }

    pub(super) fn go_to_list(&mut self) {
        self.screen.pane = Pane::List;
        self.screen.is_list_hidden = false;
    }

    pub(super) fn go(&mut self, step: Step) {
        let Some(layout) = self.layout() else { return };
        let (height, rows) = (usize::from(layout.body.height), layout.list_rows());
        match (&mut self.front.overlay, self.screen.pane) {
            (Some(Overlay::Help(help)), _) => help.go(step, height),
            (Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, .. })), _) => self.list.go(step, rows),
            (Some(Overlay::Prompt(_)), _) => {}
            (_, Pane::List) => self.list.go(step, rows),
            (_, Pane::Text) => self.reader.go(step, height),
        }
    }

    pub(super) fn height(&self) -> usize {
        self.layout().map_or(1, |layout| usize::from(layout.body.height))
    }

    fn seek(&mut self, back: bool) {
        let height = self.height();
        let Some(id) = self.list.selected() else { return };
        let Some(visible) = self.library.visible(&self.curtains, id) else { return };
        if self.reader.seek(visible, back, height) {
            return;
        }
        let notice = match (visible.review().has_spoilers(), back) {
            (false, _) => "this review has no spoilers",
            (true, false) => "no spoiler further down",
            (true, true) => "no spoiler further up",
        };
        self.notify(notice);
    }

    fn toggle_focused(&mut self) {
        let review = self.list.selected().and_then(|id| self.library.get(id)?.review());
        match (review, self.reader.focus()) {
            (Some(review), Some(region)) => self.curtains.toggle(review.curtain_list(), region),
            _ => self.notify("no spoiler is focused: ] goes to the next"),
        }
    }

    fn toggle_all(&mut self) {
        match self.list.selected().and_then(|id| self.library.get(id)?.review()) {
            Some(review) if review.has_spoilers() => self.curtains.toggle_all(review.curtain_list()),
            _ => self.notify("this review has no spoilers"),
        }
    }

    fn toggle_read(&mut self) {
        let Some(entry) = self.selected() else { return };
        let name = entry.full_name();
        let is_read = self.memory.is_read(&name);
        self.memory.set_read(name, !is_read);
        // A review that is open at its end is read; so that it can be marked as unread, leave it.
        if is_read {
            self.go_to_list();
        }
    }

    /// Takes the prompt away.
    pub(super) fn dismiss(&mut self) {
        (self.front.overlay, self.front.notice) = (None, None);
    }

    pub(super) fn click(&mut self, x: u16, y: u16) -> Effects {
        let at = Position { x, y };
        if self.front.overlay.is_some() {
            return Effects::default();
        }
        self.front.notice = None;
        let Some(layout) = self.layout() else { return Effects::default() };
        if let Some(list) = layout.list.filter(|list| list.contains(at)) {
            if self.list.select_visible(usize::from((y - list.y) / layout.row_lines)) {
                self.list.choose();
                self.screen.pane = Pane::List;
            }
        } else if let Some(text) = layout.text.filter(|text| text.contains(at)) {
            self.list.choose();
            let was_text = std::mem::replace(&mut self.screen.pane, Pane::Text) == Pane::Text;
            let set = column(text, self.settings.measure);
            let row = usize::from(y - text.y);
            // The marks at the edge belong to their lines.
            let is_on_text = x + 2 >= set.x && x < set.right();
            let column = usize::from(x.saturating_sub(set.x));
            let hit = self.reader.region_at(row, column, usize::from(text.height)).filter(|_| is_on_text);
            // The first click says which spoiler is meant, and only the second one reveals it.
            match hit {
                Some(region) if was_text && self.reader.focus() == hit => {
                    self.reader.show(region, usize::from(text.height));
                    self.toggle_focused();
                }
                Some(region) => self.reader.show(region, usize::from(text.height)),
                None => {}
            }
        }
        Effects::default()
    }

    pub(super) fn wheel(&mut self, x: u16, y: u16, lines: isize) -> Effects {
        let at = Position { x, y };
        if matches!(&self.front.overlay, Some(Overlay::Prompt(prompt)) if prompt.purpose != Purpose::Filter) {
            return Effects::default();
        }
        let Some(layout) = self.layout() else { return Effects::default() };
        let height = usize::from(layout.body.height);
        let step = if lines < 0 { Step::Up } else { Step::Down };
        if let Some(Overlay::Help(help)) = &mut self.front.overlay {
            (0..lines.unsigned_abs()).for_each(|_| help.go(step, height));
        } else if layout.list.is_some_and(|list| list.contains(at)) {
            self.list.choose();
            self.list.scroll(lines, layout.list_rows());
        } else if layout.text.is_some_and(|text| text.contains(at)) {
            (0..lines.unsigned_abs()).for_each(|_| self.reader.go(step, height));
        }
        Effects::default()
    }
}
