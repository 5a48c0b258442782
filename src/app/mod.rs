//! The program's state, and what happens to it.
//!
//! An [`Action`] is what the reader wants, an [`Event`] is what happened, an [`Effect`] is what must be done outside.
//! [`App::handle`] turns events into changes and effects; it reads no clock, owns no channel and writes nothing. After
//! every event `settle` restores what must hold, so that drawing never has to.

mod filter;
mod finding;
mod help;
mod hits;
mod input;
mod layout;
mod line;
mod list;
mod memory;
mod page_search;
mod progress;
mod prompt;
mod reader;
mod rows;

pub use filter::Filter;
pub use help::Help;
pub use layout::{Layout, MINIMUM, column};
pub use line::Line;
pub use list::List;
pub use memory::{Memory, Saved, StateChanges, Unusable};
pub use page_search::PageSearch;
pub use prompt::{Opening, Prompt, Purpose};
pub use reader::Reader;
pub use rows::Row;

use crossterm::event::KeyEvent;
use layout::Wanted;
use reader::Stamp;

use crate::curtain::{Curtains, ReviewId};
use crate::find::{Found, Job};
use crate::keymap::{Action, Hint, Scope};
use crate::library::{Change, Entry, Library};
use crate::review::{Review, Visible};
use crate::settings::Settings;
use crate::theme::Theme;
use crate::typeset::{Page, Place};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// A search came to its end.
    Found(Found),
    /// The left button was pressed at a column and row.
    Click(u16, u16),
    /// The wheel was turned at a column and row, by so many lines downwards.
    Wheel(u16, u16, isize),
    /// The screen now has so many columns and rows.
    Resize(u16, u16),
    /// Files came, were edited or went.
    Changed(Vec<Change>),
    /// All files were read.
    Complete,
    /// Changes to files will not be noticed, and why.
    Unwatched(String),
    /// What was remembered from earlier runs was read, or could not be and why.
    Recalled(Result<Saved, String>),
    /// What was to be remembered could not be saved, and why.
    Unsaved(String),
    /// The system wants the program to end.
    Terminate,
    /// The system wants the program to suspend itself.
    Suspend,
    /// The system has let the program go on.
    Resume,
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Save what has changed, for the next run.
    Save(Box<StateChanges>),
    /// Make ready what searches in this library need: the reader is about to type.
    Prepare(Box<Job>),
    /// Search, in place of any search before.
    Search(Box<Job>),
    /// Give the terminal back to the shell until it is called for.
    Suspend,
    /// Take the terminal anew, as somebody else may have had it.
    Resume,
    /// Read all files again.
    Reload,
    /// Draw everything anew.
    Redraw,
}

/// The effects of an event, in order.
#[must_use = "an effect that nobody performs does not happen"]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Effects(pub Vec<Effect>);

impl From<Effect> for Effects {
    fn from(effect: Effect) -> Self {
        Effects(vec![effect])
    }
}

/// Which pane the keys go to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The text.
    Text,
}

/// What lies over the panes and takes the keys.
#[derive(Debug)]
pub enum Overlay {
    /// The help page.
    Help(Help),
    /// A line to type in.
    Prompt(Prompt),
}

/// The screen and what of it is in use.
#[derive(Debug)]
pub struct Screen {
    size: (u16, u16),
    pane: Pane,
    is_list_hidden: bool,
}

/// The whole state.
#[derive(Debug)]
pub struct App {
    library: Library,
    curtains: Curtains,
    memory: Memory,
    list: List,
    reader: Reader,
    screen: Screen,
    front: Front,
    settings: Settings,
}

/// What is in front of everything: an overlay, or a word to the reader.
#[derive(Debug, Default)]
struct Front {
    overlay: Option<Overlay>,
    /// What was looked for in texts, the latest last.
    searches: Vec<String>,
    notice: Option<String>,
    /// An action that was asked for once and must be confirmed by asking again.
    pending: Option<Action>,
}

impl App {
    /// A program that has read nothing yet, on a screen of so many columns and rows.
    #[must_use]
    pub fn new(settings: Settings, size: (u16, u16)) -> Self {
        let screen = Screen { size, pane: Pane::List, is_list_hidden: false };
        let mut app = App {
            library: Library::default(),
            curtains: Curtains::default(),
            memory: Memory::default(),
            list: List::default(),
            reader: Reader::default(),
            screen,
            front: Front::default(),
            settings,
        };
        app.list.filter.set_alphabet(app.settings.alphabet);
        // There is nothing yet that could be searched.
        let _ = app.settle();
        app
    }

    /// Takes in an event.
    pub fn handle(&mut self, event: Event) -> Effects {
        let height = self.layout().map_or(0, |layout| usize::from(layout.body.height));
        let is_doubtful = self.reader.shows_doubtful_reveal(height);
        let open = self.reader.open();
        let pane = self.screen.pane;
        let mut effects = match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.paste(&text),
            Event::Found(found) => self.take(found),
            Event::Click(column, row) => self.click(column, row),
            Event::Wheel(column, row, lines) => self.wheel(column, row, lines),
            Event::Resize(columns, rows) => {
                self.screen.size = (columns, rows);
                Effects::default()
            }
            Event::Changed(changes) => self.take_changes(changes),
            Event::Complete => {
                self.library.complete();
                Effects::default()
            }
            Event::Unwatched(reason) => {
                self.notify(&format!("changes to files are not noticed ({reason}): F5 reads them again"));
                Effects::default()
            }
            Event::Recalled(saved) => self.recall(saved),
            Event::Unsaved(reason) => {
                self.front.notice = Some(reason);
                Effects::default()
            }
            Event::Terminate => Effect::Quit.into(),
            Event::Suspend => Effect::Suspend.into(),
            Event::Resume => Effect::Resume.into(),
        };
        effects.0.extend(self.settle().0);
        if is_doubtful {
            effects.0.push(Effect::Redraw);
        }
        if let Some((key, _)) = open
            && (self.reader.open().map(|(key, _)| key), self.screen.pane) != (Some(key), pane)
        {
            self.note_place(key);
        }
        let changes = self.memory.take_changes();
        if !changes.is_empty() {
            // Before everything else: what follows may be the end.
            effects.0.insert(0, Effect::Save(Box::new(changes)));
        }
        effects
    }

    /// Restores what must hold after any change.
    fn settle(&mut self) -> Effects {
        let effects = self.settle_list();
        self.settle_panes();
        effects
    }

    fn settle_panes(&mut self) {
        let Some(layout) = self.layout() else { return self.reader.put_away() };
        let list_rows = layout.list_rows();
        self.list.settle(list_rows);
        self.list.settle_hits(&self.library, &self.curtains, list_rows);
        if let Some(Overlay::Help(help)) = &mut self.front.overlay {
            help.settle(usize::from(column(layout.body, self.settings.measure).width));
        }
        let Some(entry) = self.list.selected().and_then(|id| self.library.get(id)) else {
            self.reader.leave();
            return;
        };
        let measure = layout.text_measure(self.settings.measure);
        let height = usize::from(layout.body.height);
        let stamp = Stamp::new(entry, &self.curtains, measure);
        let visible = self.library.visible(&self.curtains, entry.id());
        let page = || match visible {
            Some(visible) if entry.is_outdated() => Page::outdated(visible, entry.faults(), measure),
            Some(visible) => Page::review(visible, measure),
            None => Page::problem(entry.name(), entry.faults(), measure),
        };
        let recalled = || self.memory.place(&entry.full_name());
        self.reader.settle(stamp, height, page, recalled);
        let is_open = self.screen.pane == Pane::Text && self.front.overlay.is_none();
        let is_shown = visible.is_some_and(Visible::is_open);
        if is_open && is_shown && self.reader.is_at_end(height) {
            self.memory.set_read(entry.full_name(), true);
        }
    }

    /// Takes in what happened to files. What was revealed in one that was edited stays so only where it is what it was.
    fn take_changes(&mut self, changes: Vec<Change>) -> Effects {
        let applied = self.library.apply(changes);
        for before in &applied.replaced {
            let now = self.library.get(before.id()).and_then(|entry| entry.review());
            match (before.review(), now) {
                (Some(before), Some(now)) => self.curtains.replace(before.curtain_list(), now.curtain_list()),
                _ => self.curtains.forget(before.id()),
            }
        }
        for gone in &applied.removed {
            self.curtains.forget(gone.id());
            self.reader.forget(gone.id());
        }
        let open = self.list.selected().filter(|_| self.screen.pane == Pane::Text);
        self.list.apply(&self.library, &applied);
        if open.is_some_and(|open| self.library.get(open).is_none()) {
            self.go_to_list();
            self.notify("the file of this review is gone");
        }
        Effects::default()
    }

    fn recall(&mut self, saved: Result<Saved, String>) -> Effects {
        match saved {
            Ok(saved) => self.memory.recall(saved),
            Err(reason) => self.front.notice = Some(reason),
        }
        for (work, progress) in self.memory.recalled_progress() {
            if self.curtains.progress(&work).is_none() {
                self.curtains.set_progress(work, Some(progress));
            }
        }
        Effects::default()
    }

    /// Where things are on the screen, or nothing if it is too small.
    #[must_use]
    pub fn layout(&self) -> Option<Layout> {
        let wanted = match (self.screen.pane, self.screen.is_list_hidden) {
            (_, true) => Wanted::TextAlone,
            (Pane::List, false) => Wanted::List,
            (Pane::Text, false) => Wanted::Text,
        };
        Layout::new(self.screen.size, wanted, self.settings.measure)
    }

    /// The scopes whose keys hold now, the first deciding.
    #[must_use]
    pub fn scopes(&self) -> &'static [Scope] {
        match (&self.front.overlay, self.screen.pane) {
            (Some(Overlay::Help(_)), _) => &[Scope::Help],
            (Some(Overlay::Prompt(_)), _) => &[Scope::Prompt],
            (None, Pane::List) => &[Scope::List, Scope::Panes],
            (None, Pane::Text) => &[Scope::Text, Scope::Panes],
        }
    }

    /// Whether an action would do something for what is selected: what is not of use is not offered.
    #[must_use]
    pub fn is_of_use(&self, action: Action) -> bool {
        let has_curtains = self.selected().and_then(Entry::review).is_some_and(Review::has_spoilers);
        match action {
            Action::Open => self.selected().is_some() && !self.list.is_head_selected(),
            Action::NextCurtain | Action::ToggleAll => has_curtains,
            Action::ToggleCurtain => has_curtains && self.reader.focus().is_some(),
            _ => true,
        }
    }

    /// The word for what a key does here: what is revealed can be hidden.
    #[must_use]
    pub fn hint_word(&self, hint: &Hint) -> &'static str {
        let is_lifted = |region| self.visible()?.curtain(region).map(|curtain| curtain.is_lifted);
        match hint.action {
            Action::ToggleCurtain if self.reader.focus().and_then(is_lifted) == Some(true) => "hide",
            _ => hint.word,
        }
    }

    /// All files.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// What the library is called.
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

    /// The greatest width of text, in columns.
    #[must_use]
    pub fn measure(&self) -> u16 {
        self.settings.measure
    }

    /// What everything looks like.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.settings.theme
    }

    /// Which pane the keys go to.
    #[must_use]
    pub fn pane(&self) -> Pane {
        self.screen.pane
    }

    /// What lies over the panes.
    #[must_use]
    pub fn overlay(&self) -> Option<&Overlay> {
        self.front.overlay.as_ref()
    }

    /// A word to the reader about the last thing they did.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.front.notice.as_deref()
    }

    /// The selected file.
    #[must_use]
    pub fn selected(&self) -> Option<&Entry> {
        self.library.get(self.list.selected()?).map(|entry| &**entry)
    }

    /// The selected review as far as it may be seen.
    #[must_use]
    pub fn visible(&self) -> Option<Visible<'_>> {
        self.library.visible(&self.curtains, self.list.selected()?)
    }

    /// Notes where the reader is, and returns what of that and of all before has yet to be saved.
    pub fn remember(&mut self) -> StateChanges {
        if let Some((id, _)) = self.reader.open() {
            self.note_place(id);
        }
        self.memory.take_changes()
    }

    /// Notes where the reader is in a review.
    fn note_place(&mut self, id: ReviewId) {
        if let Some(place) = self.reader.place_in(id)
            && let Some(entry) = self.library.get(id)
            && let Some(review) = entry.review()
        {
            self.memory.set_place(entry.full_name(), without_measure(review, place));
        }
    }
}

/// A place that says nothing of how much is hidden: in text from behind a curtain it is the curtain.
fn without_measure(review: &Review, place: Place) -> Place {
    let passage = place.section.checked_sub(1);
    match passage {
        Some(passage) if !review.is_curtained() => {
            // Where lines break around a lifted span depends on its length.
            let mut curtains = review.curtain_list().iter();
            let hides = curtains.any(|curtain| curtain.region.passage_number() == Some(passage));
            Place { section: place.section, offset: if hides { 0 } else { place.offset }, within: 0 }
        }
        // Above the text, or in a review that is all hidden: even the number of a passage would tell how many there are.
        _ => Place::default(),
    }
}

#[cfg(test)]
mod finding_tests;
#[cfg(test)]
mod tests;
