//! Keys and the mouse: from what was pressed to what it means here.

use crossterm::event::{self, KeyCode, KeyEvent, KeyModifiers};
use ratatui::layout::Position;
use tui_input::Input;
use tui_input::backend::crossterm::to_input_request;

use super::{App, Effect, Effects, Help, Overlay, Pane, column};
use crate::keymap::{self, Action, Step};
use crate::review::Visible;
use crate::work::{Point, Progress};

impl App {
    pub(super) fn key(&mut self, key: KeyEvent) -> Effects {
        if let Some(Overlay::Progress(input)) = &mut self.front.overlay {
            match key.code {
                KeyCode::Enter => self.accept(),
                KeyCode::Esc => self.dismiss(),
                KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => self.dismiss(),
                _ => {
                    to_input_request(&event::Event::Key(key)).and_then(|request| input.handle(request));
                }
            }
            return Effects::default();
        }
        if let Some(Overlay::Filter(_) | Overlay::Search(_)) = &self.front.overlay {
            self.type_key(key);
            return Effects::default();
        }
        match keymap::action(self.scopes(), key.into()) {
            Some(action) => self.act(action),
            None => Effects::default(),
        }
    }

    fn act(&mut self, action: Action) -> Effects {
        self.front.notice = None;
        if self.screen.pane == Pane::List {
            self.list.choose();
        }
        match action {
            Action::Quit => return Effect::Quit.into(),
            Action::Suspend => return Effect::Suspend.into(),
            Action::Redraw => return Effect::Redraw.into(),
            Action::Move(step) => self.go(step),
            Action::Help => self.front.overlay = Some(Overlay::Help(Help::default())),
            Action::Back if self.front.overlay.is_some() => self.front.overlay = None,
            Action::Back if self.drop_what_was_found() => {}
            Action::Back | Action::ToList => self.go_to_list(),
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
            Action::ToggleAlwaysShow => {
                self.curtains.toggle_always_show();
                self.notify(match (self.curtains.always_show(), self.curtains.are_some_lifted_by_hand()) {
                    (true, _) => "spoilers are shown",
                    (false, false) => "spoilers are behind their curtains again",
                    (false, true) => "spoilers are behind their curtains again, but for those you lifted",
                });
            }
            Action::TellProgress => self.ask_progress(),
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
        }
        Effects::default()
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
        let height = usize::from(layout.body.height);
        match (&mut self.front.overlay, self.screen.pane) {
            (Some(Overlay::Help(help)), _) => help.go(step, height),
            (_, Pane::List) => self.list.go(step, height),
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

    fn ask_progress(&mut self) {
        let Some(visible) = self.visible() else { return };
        let known = self.curtains.progress(&visible.review().work().id());
        let input = Input::new(known.map(|progress| progress.point().to_string()).unwrap_or_default());
        self.front.overlay = Some(Overlay::Progress(input));
    }

    /// Takes the line that was edited. What cannot be understood is told, and the line stays.
    fn accept(&mut self) {
        let Some(Overlay::Progress(input)) = &self.front.overlay else { return };
        let text = input.value().trim().to_owned();
        let Some(id) = self.list.selected() else { return };
        let Some(review) = self.library.get(id).and_then(|entry| entry.review()) else { return };
        let point = match text.parse::<Point>() {
            Ok(point) => Some(point),
            Err(_) if text.is_empty() => None,
            Err(_) => return self.notify("9, or an episode as S02E05"),
        };
        let waits = |point: Point| {
            let visible = self.library.visible(&self.curtains, id);
            let mut gates =
                visible.into_iter().flat_map(Visible::curtains).filter_map(|curtain| curtain.gate);
            gates.any(|gate| point.counts_like(gate))
        };
        let notice = match point {
            None => "your progress is forgotten".to_owned(),
            Some(point) if waits(point) => format!("finished up to {point}"),
            Some(point) => format!("finished up to {point}, for which no spoiler here waits"),
        };
        let (work, progress) = (review.work().id(), point.map(|point| Progress::new(point, review.unit())));
        self.curtains.follow_progress(review.curtain_list());
        self.curtains.set_progress(work.clone(), progress.clone());
        self.memory.set_progress(work, progress);
        self.dismiss();
        self.notify(&notice);
    }

    /// Leaves the line that was edited as if it had not been there.
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
            if self.list.select_visible(usize::from(y - list.y)) {
                self.list.choose();
                self.screen.pane = Pane::List;
            }
        } else if let Some(text) = layout.text.filter(|text| text.contains(at)) {
            self.list.choose();
            self.screen.pane = Pane::Text;
            let set = column(text, self.screen.measure);
            let row = usize::from(y - text.y);
            // The marks at the edge belong to their lines.
            let is_on_text = x + 2 >= set.x && x < set.right();
            let column = usize::from(x.saturating_sub(set.x));
            let hit = self.reader.region_at(row, column, usize::from(text.height)).filter(|_| is_on_text);
            if let Some(region) = hit {
                self.reader.show(region, usize::from(text.height));
                self.toggle_focused();
            }
        }
        Effects::default()
    }

    pub(super) fn wheel(&mut self, x: u16, y: u16, lines: isize) -> Effects {
        let at = Position { x, y };
        let Some(layout) = self.layout() else { return Effects::default() };
        let height = usize::from(layout.body.height);
        let step = if lines < 0 { Step::Up } else { Step::Down };
        if let Some(Overlay::Help(help)) = &mut self.front.overlay {
            (0..lines.unsigned_abs()).for_each(|_| help.go(step, height));
        } else if layout.list.is_some_and(|list| list.contains(at)) {
            self.list.choose();
            self.list.scroll(lines, height);
        } else if layout.text.is_some_and(|text| text.contains(at)) {
            (0..lines.unsigned_abs()).for_each(|_| self.reader.go(step, height));
        }
        Effects::default()
    }
}
