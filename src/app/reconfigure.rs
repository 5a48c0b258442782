//! The configuration of a running program: the settings at startup, and changes to the file.

use super::{App, Effect, Effects, Overlay, Sheet, Subject};
use crate::settings::Settings;

/// The current configuration.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconfigured {
    /// The settings. The library's name and alphabet stay the same.
    pub settings: Settings,
    /// What is wrong with the file, in one line.
    pub warning: Option<String>,
}

impl App {
    /// Applies the order, the grouping and the filter in the settings.
    pub(super) fn arrange(&mut self) {
        let list = &self.settings.list;
        self.list.filter.arrange(list.order, list.group, &list.filter);
    }

    /// Handles a change of the configuration.
    pub(super) fn reconfigure(&mut self, new: Reconfigured) -> Effects {
        let Reconfigured { settings, warning } = new;
        let name = std::mem::take(&mut self.settings.name);
        let alphabet = self.settings.alphabet;
        let old = std::mem::replace(&mut self.settings, Settings { name, alphabet, ..settings });
        let (list, before) = (&self.settings.list, &old.list);
        if (list.order, list.group, &list.filter) != (before.order, before.group, &before.filter) {
            self.arrange();
        }
        self.curtains.set_rules(self.settings.reading.rules);
        if matches!(&self.front.overlay, Some(Overlay::Sheet(sheet)) if sheet.subject() == Subject::Help) {
            self.front.overlay = Some(Overlay::Sheet(Sheet::help()));
        }
        self.front.notice = Some(warning.unwrap_or_else(|| "the configuration was reread".to_owned()));
        let has_mouse = self.settings.screen.has_mouse;
        if has_mouse == old.screen.has_mouse { Effects::default() } else { Effect::Mouse(has_mouse).into() }
    }

    /// Shows a warning about the configuration at startup.
    pub fn warn(&mut self, warning: &str) {
        self.notify(warning);
    }
}
