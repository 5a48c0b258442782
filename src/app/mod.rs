//! The program's state, and what happens to it.
//!
//! An [`Action`] is what the reader wants, an [`Event`] is what happened, an [`Effect`] is what must be done outside.
//! [`App::handle`] turns events into changes and effects; it reads no clock, owns no channel and writes nothing. After
//! every event, `settle` restores the invariants, so that drawing never has to.

pub(crate) mod bars;
mod bookmarks;
mod completion;
mod event;
mod filter;
mod finding;
mod going;
mod help;
mod hits;
mod input;
mod jumps;
mod layout;
mod line;
mod list;
mod memory;
mod mouse;
mod opened;
mod outside;
mod page_search;
mod palette;
mod preview;
mod progress;
mod prompt;
mod reader;
mod recall;
mod reconfigure;
mod room;
mod rows;
mod saved;
mod scroll;
mod sheet;
mod shown;
mod statistics;
mod tour;
mod typed;
mod undo;
mod unread;

pub use event::{Appearance, Effect, Effects, Event};
pub use filter::Filter;
pub use layout::{Layout, MINIMUM, column};
pub use line::Line;
pub use list::List;
pub use memory::{History, Memory};
pub use outside::EditStart;
pub use page_search::PageSearch;
pub use palette::Choice;
pub use prompt::{Opening, Prompt, Purpose};
pub use reader::Reader;
pub use reconfigure::Reconfigured;
pub use room::{Column, Room};
pub use rows::Row;
pub use saved::{ListState, Saved, StateChanges};
pub use sheet::{Sheet, Subject};
pub use typed::Typed;

use std::collections::HashSet;

use finding::BeforeSearch;
use jumps::Jumps;
use mouse::Drag;
use reader::Stamp;
use undo::Undo;
use unread::Unread;

use crate::curtain::{Curtains, ReviewId};
use crate::keymap::Action;
use crate::library::{Change, Entry, Library};
use crate::review::{Review, Visible};
use crate::settings::Settings;
use crate::typeset::{Format, Page, Place};
use crate::work::WorkKey;

/// The pane that has the focus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The list.
    #[default]
    List,
    /// The text.
    Text,
}

/// What is drawn over the panes and takes the keys.
#[derive(Debug)]
pub enum Overlay {
    /// A page of the program's own.
    Sheet(Sheet),
    /// A line to type in.
    Prompt(Prompt),
}

/// The screen, and which parts of it are in use.
#[derive(Debug)]
pub struct Screen {
    size: (u16, u16),
    pane: Pane,
    is_list_hidden: bool,
    /// What the terminal reported about its background.
    appearance: Option<Appearance>,
    /// The rule between the panes, while the mouse holds it.
    drag: Option<Drag>,
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
    undo: Undo,
    jumps: Jumps,
    /// The name of the file to select once it appears: the one that was selected when the program last ended.
    awaited: Option<String>,
    /// The current title of the window.
    title: String,
    unread: Unread,
    settings: Settings,
}

/// What is in front of everything else: an overlay, or a notice.
#[derive(Debug, Default)]
struct Front {
    overlay: Option<Overlay>,
    /// The search in the text, and where the reader was before they began to type it.
    before_search: Option<BeforeSearch>,
    /// The commands that texts were piped to, the latest last.
    commands: Vec<String>,
    notice: Option<String>,
    typed: Typed,
    /// A theme that is being previewed.
    trial: Option<palette::Trial>,
    /// An action that was asked for once and must be confirmed by asking again.
    pending: Option<Action>,
    /// The works for which the reader has agreed, in this run, to reveal what lies ahead of them.
    crossed: HashSet<WorkKey>,
    /// The reviews of a work side by side, in place of the panes.
    room: Option<Room>,
    /// The tour, if this run is one.
    tour: Option<tour::Tour>,
    /// A review as of one of its gates, in place of what its reader has revealed.
    preview: Option<preview::Preview>,
    /// The passages that progress has opened and that were read in this run.
    seen: HashSet<(ReviewId, u32)>,
}

impl App {
    /// A program that has read nothing yet, on a screen with this many columns and rows.
    #[must_use]
    pub fn new(settings: Settings, size: (u16, u16)) -> Self {
        let screen = Screen { size, pane: Pane::List, is_list_hidden: false, appearance: None, drag: None };
        let mut app = App {
            library: Library::default(),
            curtains: Curtains::default(),
            memory: Memory::default(),
            list: List::default(),
            reader: Reader::default(),
            screen,
            front: Front::default(),
            undo: Undo::default(),
            jumps: Jumps::default(),
            awaited: None,
            title: String::new(),
            unread: Unread::default(),
            settings,
        };
        app.list.filter.set_alphabet(app.settings.alphabet);
        app.curtains.set_rules(app.settings.reading.rules);
        app.front.tour = app.settings.is_tour.then(tour::Tour::default);
        app.arrange();
        // There is nothing to search yet.
        let _ = app.settle();
        app.title = app.title();
        app
    }

    /// Handles an event.
    pub fn handle(&mut self, event: Event) -> Effects {
        let height = self.layout().map_or(0, |layout| usize::from(layout.body.height));
        let is_doubtful = match &self.front.room {
            Some(room) => room.shows_doubtful_reveal(height),
            None => self.reader.shows_doubtful_reveal(height),
        };
        let open = self.reader.open();
        let pane = self.screen.pane;
        if matches!(event, Event::Changed(_) | Event::Recalled(_) | Event::Configured(_) | Event::Click(..)) {
            self.end_preview();
        }
        let mut effects = match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.paste(&text),
            Event::Found(found) => self.take(found),
            Event::Click(column, row) => self.click(column, row),
            Event::Drag(column) => self.drag(column),
            Event::Release => self.release(),
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
                let word = format!("changes to files are not noticed ({reason})");
                self.tell_with_key(&word, Action::Reload, "reads them again");
                Effects::default()
            }
            Event::Recalled(saved) => self.recall(saved),
            Event::Failed(reason) => {
                self.front.notice = Some(reason);
                Effects::default()
            }
            Event::Appearance(appearance) => {
                self.screen.appearance = Some(appearance);
                Effects::default()
            }
            Event::Configured(configured) => self.reconfigure(*configured),
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
            if self.settings.reading.hides_again {
                self.curtains.forget(key);
                effects.0.extend(self.settle().0);
            }
        }
        let title = self.title();
        if title != self.title && self.settings.screen.has_title {
            self.title.clone_from(&title);
            effects.0.push(Effect::Title(title));
        }
        if self.memory.has_changes() {
            // The list's state alone is not worth saving on every key.
            self.note_list();
            let changes = self.memory.take_changes();
            // This comes first, because what follows may be the end.
            effects.0.insert(0, Effect::Save(Box::new(changes)));
        }
        effects
    }

    /// Restores all invariants after a change.
    fn settle(&mut self) -> Effects {
        let effects = self.settle_list();
        self.settle_panes();
        self.unread.settle(&self.library, &self.memory);
        self.settle_trial();
        self.settle_tour();
        effects
    }

    fn settle_panes(&mut self) {
        let Some(layout) = self.layout() else {
            self.front.room.iter_mut().for_each(Room::put_away);
            return self.reader.put_away();
        };
        self.settle_room(&layout);
        let list_rows = layout.list_rows();
        self.list.settle(list_rows);
        self.list.settle_hits(&self.library, &self.curtains, list_rows);
        self.settle_sheet();
        let Some(entry) = self.list.selected().and_then(|id| self.library.get(id)) else {
            self.reader.leave();
            return;
        };
        let format = self.format(entry, layout.text_measure(&self.settings.reading));
        let height = usize::from(layout.body.height);
        let stamp = Stamp::new(entry, &self.curtains, format);
        let visible = self.library.visible(&self.curtains, entry.id());
        let page = || page(entry, visible, format);
        let recalled = || self.memory.place(&entry.full_name());
        self.reader.settle(stamp, height, page, recalled);
        if let (Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, .. })), Some(hit)) =
            (&self.front.overlay, self.list.hit(entry.id()))
            && let Some(search) = self.list.filter.phrase().map(PageSearch::of)
        {
            self.reader.peek(search, hit.place, height);
        }
        let is_open =
            self.screen.pane == Pane::Text && self.front.overlay.is_none() && self.front.room.is_none();
        let is_shown = visible.is_some_and(Visible::is_open);
        if is_open && is_shown && self.front.preview.is_none() && self.reader.is_at_end(height) {
            self.memory.set_read(entry.full_name(), true);
        }
    }

    /// Handles changes to files. A revealed spoiler in a changed file stays revealed only if it is the same as before.
    fn take_changes(&mut self, changes: Vec<Change>) -> Effects {
        let applied = self.library.apply(changes);
        self.curtains.set_spines(self.library.spines());
        for before in &applied.replaced {
            // A passage of this number may be another one now.
            self.front.seen.retain(|(id, _)| *id != before.id());
            let now = self.library.get(before.id()).and_then(|entry| entry.review());
            match (before.review(), now) {
                (Some(before), Some(now)) => self.curtains.replace(before.curtain_list(), now.curtain_list()),
                _ => self.curtains.forget(before.id()),
            }
        }
        for gone in &applied.removed {
            self.curtains.forget(gone.id());
            self.front.seen.retain(|(id, _)| *id != gone.id());
            self.reader.forget(gone.id());
        }
        let open = self.list.selected().filter(|_| self.screen.pane == Pane::Text);
        self.list.apply(&self.library, &applied);
        self.select_awaited(&applied.added);
        if open.is_some_and(|open| self.library.get(open).is_none()) {
            self.go_to_list();
            self.notify("the file of this review is gone");
        }
        Effects::default()
    }

    /// How a file is set to so many columns.
    fn format(&self, entry: &Entry, measure: usize) -> Format {
        let reading = &self.settings.reading;
        Format {
            measure,
            dates: reading.dates,
            ratings: self.rating_style(entry),
            hyphenation: reading.hyphenation,
            links: reading.links,
        }
    }

    /// Records where the reader is, and returns all changes that have not been saved.
    pub fn remember(&mut self) -> StateChanges {
        if let Some((id, _)) = self.reader.open() {
            self.note_place(id);
        }
        self.note_list();
        self.memory.take_changes()
    }

    /// Records where the reader is in a review.
    fn note_place(&mut self, id: ReviewId) {
        if let Some(place) = self.reader.place_in(id)
            && let Some(entry) = self.library.get(id)
            && let Some(review) = entry.review()
        {
            self.memory.set_place(entry.full_name(), without_measure(review, place));
        }
    }
}

/// The page of a file: its review as far as it may be seen, or what is wrong with it.
fn page(entry: &Entry, visible: Option<Visible<'_>>, format: Format) -> Page {
    match visible {
        Some(visible) if entry.is_outdated() => Page::outdated(visible, entry.faults(), format),
        Some(visible) => Page::review(visible, format),
        None => Page::problem(entry.name(), entry.faults(), format.measure),
    }
}

/// A place that does not say how much is hidden: in text from behind a curtain, it is the curtain.
fn without_measure(review: &Review, place: Place) -> Place {
    let passage = place.section.checked_sub(1);
    match passage {
        Some(passage) if !review.is_curtained() => {
            // Where lines break around a lifted span depends on its length.
            let mut curtains = review.curtain_list().iter();
            let hides = curtains.any(|curtain| curtain.region.passage_number() == Some(passage));
            Place { section: place.section, offset: if hides { 0 } else { place.offset }, within: 0 }
        }
        // Above the text, or in a review that is all hidden: even a passage's number would say how many there are.
        _ => Place::default(),
    }
}

#[cfg(test)]
mod finding_tests;
#[cfg(test)]
mod searching_tests;
#[cfg(test)]
mod tests;
