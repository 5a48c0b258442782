//! Keys: from what was pressed to what it means here.

use crossterm::event::{KeyCode, KeyEvent};

use super::undo::Done;
use super::{App, Effect, Effects, Line, Overlay, Pane, Prompt, Purpose, Sheet, Typed};
use crate::keymap::{Action, Key, Meaning, Scope, Step};

impl App {
    pub(super) fn key(&mut self, event: KeyEvent) -> Effects {
        let key = Key::from(event);
        let mut typed = self.front.typed.take();
        if !typed.is_empty() && key == Key::plain(KeyCode::Esc) {
            return Effects::default();
        }
        // A digit is a count unless it is bound.
        if let Some(digit) = key.digit().filter(|_| self.front.overlay.is_none())
            && (typed.count().is_some() || self.meaning(&[key]) == Meaning::Nothing)
            && typed.add_digit(digit)
        {
            (self.front.notice, self.front.typed) = (None, typed);
            return Effects::default();
        }
        typed.push(key);
        match self.meaning(typed.keys()) {
            Meaning::Action(action) => self.repeat(action, typed.count()),
            Meaning::Beginning => {
                (self.front.notice, self.front.typed) = (None, typed);
                Effects::default()
            }
            Meaning::Nothing => {
                self.take_other_key(event, &typed);
                Effects::default()
            }
        }
    }

    fn meaning(&self, keys: &[Key]) -> Meaning {
        self.settings.keys.meaning(self.scopes(), keys)
    }

    /// Handles a key that is not bound, or that ends an unknown sequence.
    fn take_other_key(&mut self, event: KeyEvent, typed: &Typed) {
        let is_alone = typed.keys().len() == 1;
        if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
            if is_alone {
                prompt.line.key(event);
                self.front.notice = None;
                self.follow();
            }
            return;
        }
        self.front.pending = None;
        if typed.keys().iter().any(|key| !key.is_known()) {
            return;
        }
        let in_text = self.settings.keys.meaning(&[Scope::Text], typed.keys());
        if self.screen.pane == Pane::List && in_text != Meaning::Nothing {
            return self.tell_with_key("that key works in the text", Action::Open, "reads the review");
        }
        let keys = typed.keys().iter().map(Key::to_string).collect::<Vec<_>>().join(" ");
        let help = self.settings.keys.key_for(self.scopes(), Action::Help);
        let help = help.map(|key| format!("; {key} shows the keys")).unwrap_or_default();
        self.notify(&format!("{keys} does nothing here{help}"));
    }

    /// Performs an action, a movement as often as its count says. With a count, going to the beginning or the end goes
    /// to that line.
    fn repeat(&mut self, action: Action, count: Option<u16>) -> Effects {
        self.note_seen(action);
        match (action, count) {
            (Action::Move(Step::Start | Step::End), Some(line)) => {
                let mut effects = self.act(Action::Move(Step::Start));
                (1..line).for_each(|_| effects.0.extend(self.act(Action::Move(Step::Down)).0));
                effects
            }
            (_, Some(count)) if action.is_motion() => {
                let mut effects = Effects::default();
                (0..count).for_each(|_| effects.0.extend(self.act(action).0));
                effects
            }
            _ => self.act(action),
        }
    }

    pub(super) fn act(&mut self, action: Action) -> Effects {
        self.front.notice = None;
        self.note_lesson(action);
        let pending = self.front.pending.take();
        if self.end_preview_before(action) && action == Action::Back {
            self.notify("the preview is over: this is as far as you are");
            return Effects::default();
        }
        if self.screen.pane == Pane::List && self.front.overlay.is_none() {
            self.list.choose();
        }
        match action {
            Action::Quit => return Effect::Quit.into(),
            Action::Suspend => return Effect::Suspend.into(),
            Action::Redraw => return Effect::Redraw.into(),
            Action::Reload => {
                self.notify("reading all files again");
                return Effects(vec![Effect::Configure, Effect::Reload]);
            }
            Action::Edit => return self.edit(pending == Some(action)),
            Action::OpenLink => return self.open_link(pending == Some(action)),
            Action::Copy => return self.copy(),
            Action::CopyAddress => return self.copy_address(),
            Action::Pipe => return self.begin_pipe(),
            Action::ToggleBookmark => self.toggle_bookmark(),
            Action::NextBookmark => self.go_to_bookmark(),
            Action::JumpBack => self.jump(false),
            Action::JumpForward => self.jump(true),
            Action::Undo => self.undo(),
            Action::NextReview => self.go_to_neighbour(false),
            Action::PreviousReview => self.go_to_neighbour(true),
            Action::NextUnread => self.go_to_unread(),
            Action::NextGroupHead => self.go_to_group(false),
            Action::PreviousGroupHead => self.go_to_group(true),
            Action::ToggleAllGroups => self.toggle_all_groups(),
            Action::ToggleUnreadOnly => self.toggle_unread_only(),
            Action::Move(step) => {
                if self.screen.pane == Pane::Text && matches!(step, Step::Start | Step::End) {
                    self.jumps.leave(self.here());
                }
                self.go(step);
            }
            Action::Statistics => self.open_statistics(),
            Action::Palette => self.begin_palette(pending),
            Action::Help => self.front.overlay = Some(Overlay::Sheet(Sheet::help())),
            Action::Back if self.front.overlay.is_some() => self.front.overlay = None,
            Action::Back if self.is_in_room() => self.front.room = None,
            Action::Back => self.back(),
            Action::ToList => self.go_to_list(),
            Action::Open if self.is_in_room() => self.read_on(),
            Action::Open if self.list.is_head_selected() => self.open_group(),
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
            Action::ToggleCurtain => self.toggle_focused(pending),
            Action::ToggleAll => self.toggle_all(pending),
            Action::ToggleAlwaysShow if !self.curtains.always_show() && pending != Some(action) => {
                self.front.pending = Some(action);
                let key = self.key_for(action).unwrap_or_else(|| "asking".to_owned());
                self.notify(&format!("{key} again shows every spoiler until you quit"));
            }
            Action::ToggleAlwaysShow => self.toggle_always_show(),
            Action::Progress => self.ask_progress(),
            Action::Preview => self.step_preview(pending == Some(action)),
            Action::Room => self.open_room(),
            Action::RightColumn => self.turn(false),
            Action::LeftColumn => self.turn(true),
            Action::NextOpened => self.go_to_opened(),
            Action::StepOn => self.step_progress(false),
            Action::StepBack => self.step_progress(true),
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
            Action::Accept => return self.accept(),
            Action::Cancel => self.cancel(),
            Action::Complete => self.complete_line(),
            Action::OlderLine => self.recall_line(Line::older),
            Action::NewerLine => self.recall_line(Line::newer),
        }
        Effects::default()
    }

    fn toggle_always_show(&mut self) {
        self.curtains.toggle_always_show();
        if self.curtains.always_show() {
            self.undo.push(Done::AlwaysShown);
        }
        self.notify(match (self.curtains.always_show(), self.curtains.are_some_lifted_by_hand()) {
            (true, _) => "every spoiler is shown until you quit",
            (false, false) => "spoilers are hidden again",
            (false, true) => "spoilers are hidden again, except those you revealed",
        });
    }

    fn accept(&mut self) -> Effects {
        let Some(Overlay::Prompt(prompt)) = &self.front.overlay else { return Effects::default() };
        match prompt.purpose.clone() {
            Purpose::Pipe => return self.accept_pipe(),
            Purpose::Filter => self.keep_filter(),
            Purpose::Palette { .. } => return self.choose(),
            Purpose::Search => self.keep_search(),
            Purpose::Progress { review, confirms } => self.accept_progress(review, confirms),
            Purpose::Nothing(_) => self.dismiss(),
        }
        Effects::default()
    }

    fn recall_line(&mut self, recall: fn(&mut Line)) {
        if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
            recall(&mut prompt.line);
            self.follow();
        }
    }

    /// Goes back from the text to the list, or clears the list's filter.
    fn back(&mut self) {
        self.clear_what_was_found();
        self.go_to_list();
    }

    pub(super) fn notify(&mut self, notice: &str) {
        self.front.notice = Some(notice.to_owned());
    }

    /// A notice with the key of a useful action, if it has one.
    pub(super) fn tell_with_key(&mut self, word: &str, action: Action, does: &str) {
        let key = self.key_for(action).map(|key| format!(": {key} {does}"));
        self.notify(&format!("{word}{}", key.unwrap_or_default()));
    }

    pub(super) fn go_to_list(&mut self) {
        self.screen.pane = Pane::List;
        self.screen.is_list_hidden = false;
    }

    pub(super) fn go(&mut self, step: Step) {
        let Some(layout) = self.layout() else { return };
        let (height, rows) = (usize::from(layout.body.height), layout.list_rows());
        match (&mut self.front.overlay, self.screen.pane) {
            (Some(Overlay::Sheet(sheet)), _) => sheet.go(step, height),
            (Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, line })), _) => {
                let (is_past, is_first) = (line.is_in_the_past(), self.list.is_where_typing_began());
                match step {
                    Step::Up if is_past || is_first => self.recall_line(Line::older),
                    Step::Down if is_past => self.recall_line(Line::newer),
                    _ => self.list.go(step, rows),
                }
            }
            (Some(Overlay::Prompt(Prompt { purpose: Purpose::Palette { .. }, .. })), _) => {
                self.go_in_palette(step, height / 2);
            }
            (Some(Overlay::Prompt(_)), _) => match step {
                Step::Up => self.recall_line(Line::older),
                Step::Down => self.recall_line(Line::newer),
                _ => {}
            },
            _ if self.front.room.is_some() => self.scroll_room(step),
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

    pub(super) fn toggle_focused(&mut self, pending: Option<Action>) {
        let (Some(id), Some(visible), Some(region)) =
            (self.list.selected(), self.visible(), self.reader.focus())
        else {
            return self.tell_with_key("no spoiler is focused", Action::NextCurtain, "goes to the next");
        };
        let ahead = visible.curtain(region).filter(|curtain| visible.is_ahead(curtain));
        let condition = ahead.and_then(|curtain| curtain.condition());
        let question = condition.map(|condition| self.crossing(&condition, Action::ToggleCurtain));
        if self.may_cross(question, Action::ToggleCurtain, pending) {
            self.with_curtains(id, |app, list| app.curtains.toggle(list, region));
        }
    }

    fn toggle_all(&mut self, pending: Option<Action>) {
        let visible = self.visible().filter(|visible| visible.review().has_spoilers());
        let (Some(id), Some(visible)) = (self.list.selected(), visible) else {
            return self.notify("this review has no spoilers");
        };
        let is_ahead = visible.curtains().any(|curtain| visible.is_ahead(&curtain));
        let question = is_ahead.then(|| self.crossing("later than you are", Action::ToggleAll));
        if self.may_cross(question, Action::ToggleAll, pending) {
            self.with_curtains(id, |app, list| app.curtains.toggle_all(list));
        }
    }

    /// The question whether to reveal what waits for a point that the reader has not reached.
    fn crossing(&self, condition: &str, action: Action) -> String {
        let key = self.key_for(action).unwrap_or_else(|| "asking".to_owned());
        format!("this is for {condition}: {key} again reveals it")
    }

    fn toggle_read(&mut self) {
        let Some(entry) = self.selected() else { return };
        let name = entry.full_name();
        let is_read = self.memory.is_read(&name);
        self.undo.push(Done::Marked { name: name.clone(), was_read: is_read });
        self.memory.set_read(name, !is_read);
        // A review that is open at its end counts as read, so leave it to be able to mark it as unread.
        if is_read {
            self.go_to_list();
        }
    }

    /// Closes the prompt.
    pub(super) fn dismiss(&mut self) {
        (self.front.overlay, self.front.notice) = (None, None);
    }
}
