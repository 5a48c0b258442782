//! What drawing reads from the state. Nothing here changes it.

use super::layout::Wanted;
use super::{App, Layout, List, Memory, Overlay, Pane, Reader, Typed};
use crate::curtain::{Curtains, ReviewId};
use crate::find::Gathered;
use crate::keymap::{Action, Binding, Hint, Scope};
use crate::library::{Entry, Library};
use crate::review::{RatingStyle, Review, Visible};
use crate::settings::Settings;

impl Pane {
    /// The scopes of its keys; the first one takes precedence.
    #[must_use]
    pub fn scopes(self) -> &'static [Scope] {
        match self {
            Pane::List => &[Scope::List, Scope::Panes],
            Pane::Text => &[Scope::Text, Scope::Panes],
        }
    }
}

impl App {
    /// The layout of the screen, or `None` if it is too small.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        let wanted = match (self.screen.pane, self.screen.is_list_hidden) {
            (_, true) => Wanted::TextAlone,
            (Pane::List, false) => Wanted::List,
            (Pane::Text, false) => Wanted::Text,
        };
        Layout::new(self.screen.size, wanted, &self.settings)
    }

    /// The current scopes; the first one takes precedence.
    #[must_use]
    pub fn scopes(&self) -> &'static [Scope] {
        match &self.front.overlay {
            Some(Overlay::Sheet(_)) => &[Scope::Help],
            Some(Overlay::Prompt(_)) => &[Scope::Prompt],
            None if self.front.room.is_some() => &[Scope::Room],
            None => self.pane_scopes(),
        }
    }

    /// The scopes of the focused pane when nothing is drawn over it.
    pub(super) fn pane_scopes(&self) -> &'static [Scope] {
        self.screen.pane.scopes()
    }

    /// Whether an action would have any effect on what is selected: only useful actions are offered.
    #[must_use]
    pub fn is_of_use(&self, action: Action) -> bool {
        let has_curtains = self.selected().and_then(Entry::review).is_some_and(Review::has_spoilers);
        match action {
            Action::Open if self.front.room.is_some() => true,
            Action::Open => self.selected().is_some() && !self.list.is_head_selected(),
            Action::NextReview => self.screen.pane == Pane::Text,
            Action::NextCurtain | Action::ToggleAll => has_curtains,
            Action::ToggleCurtain => has_curtains && self.reader.focus().is_some(),
            _ => true,
        }
    }

    /// The hints of the footer, in order, limited to useful actions.
    pub fn hints(&self) -> impl Iterator<Item = Hint> {
        let is_lifted = |region| self.visible()?.curtain(region).map(|curtain| curtain.is_lifted);
        let is_focus_lifted = self.reader.focus().and_then(is_lifted) == Some(true);
        let of_use = self.settings.keys.hints(self.scopes()).filter(|hint| self.is_of_use(hint.action));
        of_use.map(move |hint| match hint.action {
            Action::ToggleCurtain if is_focus_lifted => Hint { word: "hide", ..hint },
            _ => hint,
        })
    }

    /// The usual key of an action in this pane, for a notice.
    #[must_use]
    pub fn key_for(&self, action: Action) -> Option<String> {
        let scopes = if self.front.room.is_some() { &[Scope::Room] } else { self.pane_scopes() };
        self.settings.keys.key_for(scopes, action)
    }

    /// The keys that have been pressed and wait for more.
    #[must_use]
    pub fn typed(&self) -> &Typed {
        &self.front.typed
    }

    /// The keys that may follow, and what they would do.
    #[must_use]
    pub fn following(&self) -> Vec<(String, &'static Binding)> {
        match self.front.typed.keys() {
            [] => Vec::new(),
            keys => self.settings.keys.following(self.scopes(), keys),
        }
    }

    /// All files.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The name of the library.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.settings.name
    }

    /// Which curtains are lifted.
    #[must_use]
    pub fn curtains(&self) -> &Curtains {
        &self.curtains
    }

    /// What is remembered.
    #[must_use]
    pub fn memory(&self) -> &Memory {
        &self.memory
    }

    /// The list.
    #[must_use]
    pub fn list(&self) -> &List {
        &self.list
    }

    /// The text.
    #[must_use]
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// How to write the rating of a file: for some readers, a rating is a spoiler.
    #[must_use]
    pub fn rating_style(&self, entry: &Entry) -> RatingStyle {
        let reading = &self.settings.reading;
        match reading.hides_ratings_until_read && !self.memory.is_read(&entry.full_name()) {
            true => RatingStyle::Hidden,
            false => reading.ratings,
        }
    }

    /// How to write the average rating of a group: hidden if one of its ratings is.
    #[must_use]
    pub fn average_style(&self, group: &Gathered) -> RatingStyle {
        let style = |id: &ReviewId| self.library.get(*id).map(|entry| self.rating_style(entry));
        let is_hidden = || group.keys.iter().any(|id| style(id) == Some(RatingStyle::Hidden));
        match self.settings.reading.hides_ratings_until_read && is_hidden() {
            true => RatingStyle::Hidden,
            false => self.settings.reading.ratings,
        }
    }

    /// The focused pane.
    #[must_use]
    pub fn pane(&self) -> Pane {
        self.screen.pane
    }

    /// What is drawn over the panes.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.front.overlay.as_ref()
    }

    /// A notice about the last thing that the reader did.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.front.notice.as_deref()
    }

    /// The selected file.
    #[must_use]
    pub fn selected(&self) -> Option<&Entry> {
        self.library.get(self.list.selected()?).map(|entry| &**entry)
    }

    /// The selected review, as far as it may be seen.
    #[must_use]
    pub fn visible(&self) -> Option<Visible<'_>> {
        self.library.visible(&self.curtains, self.list.selected()?)
    }
}
