//! Continues where an earlier run ended: the list's order and filter, the selected review, progress.

use super::{App, Effects, ListState, Saved};
use crate::curtain::ReviewId;
use crate::find::Group;
use crate::library::Entry;

impl App {
    /// Takes in what was remembered.
    pub(super) fn recall(&mut self, saved: Saved) -> Effects {
        self.memory.recall(saved);
        for (work, progress) in self.memory.recalled_progress() {
            if self.curtains.progress(work.key()).is_none() {
                self.curtains.set_progress(work.key(), Some(progress));
            }
        }
        self.recall_list();
        Effects::default()
    }

    /// Restores the list, unless the reader has already changed it.
    fn recall_list(&mut self) {
        let Some(list) = self.memory.list(&self.settings.name).cloned() else { return };
        if self.list.is_chosen() {
            return;
        }
        let order = list.sort.and_then(|sort| sort.parse().ok()).unwrap_or_default();
        let group = list.group.and_then(|group| Group::named(&group));
        self.list.filter.arrange(order, group, &list.filter.unwrap_or_default());
        self.awaited = list.selected;
    }

    /// Selects the file that was selected when the program last ended, if it is among these.
    pub(super) fn select_awaited(&mut self, added: &[ReviewId]) {
        let Some(name) = self.awaited.as_deref().filter(|_| !self.list.is_chosen()) else { return };
        let is_it = |id: &&ReviewId| {
            let entry = self.library.get(**id);
            entry.is_some_and(|entry| name.ends_with(entry.name()) && entry.full_name() == name)
        };
        if let Some(id) = added.iter().find(is_it).copied() {
            self.awaited = None;
            if !self.list.return_to(id) {
                // It appears once the search has finished.
                self.list.want(Some(id), 0);
            }
        }
    }

    /// Records the state of the list.
    pub(super) fn note_list(&mut self) {
        let arrangement = self.list.filter.arrangement();
        let text = self.list.filter.text().trim();
        let list = ListState {
            selected: self.selected().map(Entry::full_name),
            sort: Some(arrangement.order.written()),
            group: arrangement.group.map(|group| group.name().to_owned()),
            filter: (!text.is_empty()).then(|| text.to_owned()),
        };
        self.memory.set_list(&self.settings.name.clone(), list);
    }
}
