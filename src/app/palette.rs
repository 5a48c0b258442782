//! The palette: all actions by name, with their keys and what they do, and all themes.
//!
//! The choices follow from the bindings in force and from what was typed; only the number of the selected one is
//! stored. A choice that may reveal a spoiler must be typed in full.

use super::{App, Appearance, Effects, Line, Overlay, Pane, Prompt, Purpose};
use crate::find::Fuzzy;
use crate::keymap::{Action, Binding, Row, Scope, Step};
use crate::settings::Look;
use crate::theme::Theme;

/// Something to choose in the palette.
#[derive(Clone, Copy, Debug)]
pub enum Choice<'a> {
    /// An action, with its keys.
    Action(Row<'a>),
    /// A theme.
    Theme(&'a str),
}

impl Choice<'_> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Choice::Action(row) => row.binding.action.name().to_owned(),
            Choice::Theme(name) => format!("theme {name}"),
        }
    }

    /// What it does.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Choice::Action(row) => row.binding.help,
            Choice::Theme(_) => "look like this until you quit",
        }
    }

    fn is_revealing(&self) -> bool {
        matches!(self, Choice::Action(row) if row.binding.action.is_revealing())
    }
}

/// A theme being previewed: the one that is selected in the palette.
#[derive(Debug)]
pub(super) struct Trial {
    name: String,
    theme: Theme,
}

impl App {
    /// Opens the palette. What was asked about stays so, and can be confirmed in it.
    pub(super) fn begin_palette(&mut self, pending: Option<Action>) {
        let purpose = Purpose::Palette { selected: 0, pending };
        self.front.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new("", &[]) }));
    }

    /// The choices for what was typed, best first, and the number of the selected one; `None` unless the palette is
    /// open.
    #[must_use]
    pub fn palette(&self) -> Option<(Vec<Choice<'_>>, usize)> {
        let Some(Overlay::Prompt(Prompt { purpose: Purpose::Palette { selected, .. }, line })) =
            self.overlay()
        else {
            return None;
        };
        let typed = line.value().trim().to_lowercase();
        let mut fuzzy = Fuzzy::default();
        let choices = self.choices();
        let scored = choices.into_iter().filter_map(|choice| {
            let score = score(&mut fuzzy, &choice, &typed)?;
            Some((score, choice))
        });
        let mut scored: Vec<_> = scored.collect();
        // Among equals, those of this pane come first, and those that may reveal something come last.
        scored.sort_by_key(|(score, choice)| (std::cmp::Reverse(*score), choice.is_revealing()));
        let choices: Vec<_> = scored.into_iter().map(|(_, choice)| choice).collect();
        let selected = (*selected).min(choices.len().saturating_sub(1));
        Some((choices, selected))
    }

    /// All choices: the actions of this pane, those of the other one, themes.
    fn choices(&self) -> Vec<Choice<'_>> {
        let here = self.pane_scopes();
        let scopes = here.iter().copied().chain([Scope::List, Scope::Text]);
        let rows = scopes.flat_map(|scope| self.settings.keys.rows_of(scope));
        let mut choices: Vec<Choice<'_>> = Vec::new();
        for row in rows.filter(|row| row.binding.action != Action::Palette) {
            let is_known = |choice: &Choice<'_>| matches!(choice, Choice::Action(known) if known.binding.action == row.binding.action);
            if !choices.iter().any(is_known) {
                choices.push(Choice::Action(row));
            }
        }
        let themes = self.settings.screen.has_colour.then(|| self.settings.themes.names());
        choices.extend(themes.into_iter().flatten().map(Choice::Theme));
        choices
    }

    /// What an action would change at the moment, in words.
    #[must_use]
    pub fn now(&self, action: Action) -> Option<String> {
        let arrangement = self.list.filter().arrangement();
        Some(match action {
            Action::NextSort | Action::ReverseSort => arrangement.order.to_string(),
            Action::NextGroup => match arrangement.group {
                Some(group) => format!("by {}", group.name()),
                None => "not grouped".to_owned(),
            },
            Action::ToggleAlwaysShow => match self.curtains.always_show() {
                true => "shown".to_owned(),
                false => "hidden".to_owned(),
            },
            Action::ToggleRead => match self.memory.is_read(&self.selected()?.full_name()) {
                true => "read".to_owned(),
                false => "unread".to_owned(),
            },
            _ => return None,
        })
    }

    /// Selects another choice.
    pub(super) fn go_in_palette(&mut self, step: Step, page: usize) {
        let Some((choices, now)) = self.palette() else { return };
        let last = choices.len().saturating_sub(1);
        let next = match step {
            Step::Down => now + 1,
            Step::Up => now.saturating_sub(1),
            Step::HalfDown | Step::PageDown => now + page,
            Step::HalfUp | Step::PageUp => now.saturating_sub(page),
            Step::Start => 0,
            Step::End => last,
        };
        self.select_choice(next.min(last));
    }

    /// Selects the choice with this number, if the palette is open.
    pub(super) fn select_choice(&mut self, number: usize) {
        if let Some(Overlay::Prompt(Prompt { purpose: Purpose::Palette { selected, .. }, .. })) =
            &mut self.front.overlay
        {
            *selected = number;
        }
    }

    /// Performs the selected choice. One that may reveal a spoiler is performed only if its name was typed in full;
    /// otherwise, the name is put into the line.
    pub(super) fn choose(&mut self) -> Effects {
        let Some((choices, selected)) = self.palette() else { return Effects::default() };
        let Some(choice) = choices.get(selected) else { return Effects::default() };
        let name = choice.name();
        if choice.is_revealing() && !self.is_typed(&name) {
            if let Some(Overlay::Prompt(prompt)) = &mut self.front.overlay {
                prompt.line.restart(&name, "");
            }
            self.select_choice(0);
            self.notify("it may reveal spoilers");
            return Effects::default();
        }
        match choice {
            Choice::Action(row) => {
                let binding = row.binding;
                let pending = match self.overlay() {
                    Some(Overlay::Prompt(Prompt { purpose: Purpose::Palette { pending, .. }, .. })) => {
                        *pending
                    }
                    _ => None,
                };
                self.dismiss();
                self.go_where(binding);
                self.front.pending = pending;
                self.act(binding.action)
            }
            Choice::Theme(name) => {
                let name = (*name).to_owned();
                if let Some(trial) = self.front.trial.take().filter(|trial| trial.name == name) {
                    self.settings.look = Look::of(trial.name, trial.theme);
                }
                self.dismiss();
                Effects::default()
            }
        }
    }

    fn is_typed(&self, name: &str) -> bool {
        matches!(self.overlay(), Some(Overlay::Prompt(prompt)) if prompt.line.value().trim() == name)
    }

    /// Goes to the pane that has an action.
    fn go_where(&mut self, binding: &Binding) {
        match binding.scope {
            Scope::List => self.go_to_list(),
            Scope::Text if self.list.selected().is_some() => self.screen.pane = Pane::Text,
            _ => {}
        }
    }

    /// Previews the theme that is selected in the palette.
    pub(super) fn settle_trial(&mut self) {
        let selected = self.palette().and_then(|(choices, selected)| match choices.get(selected)? {
            Choice::Theme(name) => Some((*name).to_owned()),
            Choice::Action(_) => None,
        });
        let Some(name) = selected else {
            self.front.trial = None;
            return;
        };
        if self.front.trial.as_ref().is_none_or(|trial| trial.name != name) {
            let theme = self.settings.themes.read(&name).map(|read| read.theme);
            self.front.trial = theme.map(|theme| Trial { name, theme });
        }
    }

    /// The theme in use.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        let Look { usual, dark, light } = &self.settings.look;
        let chosen = match self.screen.appearance {
            Some(Appearance::Dark) => dark.as_ref(),
            Some(Appearance::Light) => light.as_ref(),
            None => None,
        };
        self.front.trial.as_ref().map_or(&chosen.unwrap_or(usual).theme, |trial| &trial.theme)
    }
}

/// How well a choice matches what was typed: a name counts more than its help.
fn score(fuzzy: &mut Fuzzy, choice: &Choice<'_>, typed: &str) -> Option<u32> {
    let name = choice.name();
    if typed.is_empty() {
        return Some(0);
    }
    let by_name = fuzzy.score_words(&name.replace('-', " "), &typed.replace('-', " "));
    match by_name {
        // Of two equally good matches, the shorter name is the one that was meant.
        Some(score) => Some(10_000 + 100 * score - u32::try_from(name.len()).unwrap_or(99).min(99)),
        None => fuzzy.score_close_words(choice.help(), typed),
    }
}
