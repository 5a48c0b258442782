//! The configuration in a running program: what holds at the start, and what a change of the file changes.

use super::{App, Effect, Effects, Overlay, Sheet, Subject};
use crate::settings::Settings;

/// The configuration as it is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconfigured {
    /// The settings. The name and the alphabet of the library stay what they are.
    pub settings: Settings,
    /// What is wrong in the file, in a line.
    pub warning: Option<String>,
}

impl App {
    /// Takes the order, the grouping and the filter that the settings begin with.
    pub(super) fn arrange(&mut self) {
        let list = &self.settings.list;
        self.list.filter.arrange(list.order, list.group, &list.filter);
    }

    /// Takes in the configuration after it has changed.
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
        self.front.notice = Some(warning.unwrap_or_else(|| "the configuration was read again".to_owned()));
        let has_mouse = self.settings.screen.has_mouse;
        if has_mouse == old.screen.has_mouse { Effects::default() } else { Effect::Mouse(has_mouse).into() }
    }

    /// Shows a warning about the configuration that the program was started with.
    pub fn warn(&mut self, warning: &str) {
        self.notify(warning);
    }
}
