//! What happens to the program, and what it wants done outside. Neither knows how.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::{EditStart, Reconfigured, Saved, StateChanges};
use crate::find::{Found, Job};
use crate::library::Change;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// A search has finished.
    Found(Found),
    /// The left button was pressed at this column and row.
    Click(u16, u16),
    /// The mouse was dragged to this column with the left button down.
    Drag(u16),
    /// The left button was released.
    Release,
    /// The wheel was turned at this column and row, by this many lines downwards.
    Wheel(u16, u16, isize),
    /// The screen now has this many columns and rows.
    Resize(u16, u16),
    /// Files were added, changed or removed.
    Changed(Vec<Change>),
    /// All files have been read.
    Complete,
    /// Changes to files will not be noticed, for this reason.
    Unwatched(String),
    /// What was remembered from earlier runs was read.
    Recalled(Saved),
    /// Something could not be done outside, for this reason.
    Failed(String),
    /// The terminal reported its background.
    Appearance(Appearance),
    /// The configuration was reread.
    Configured(Box<Reconfigured>),
    /// The system wants the program to end.
    Terminate,
    /// The system wants the program to suspend itself.
    Suspend,
    /// The process has been continued.
    Resume,
}

/// Something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Save what has changed, for the next run.
    Save(Box<StateChanges>),
    /// Prepare for searches in this library: the reader is about to type.
    Prepare(Box<Job>),
    /// Start a search, replacing any earlier one.
    Search(Box<Job>),
    /// Suspend the program and return to the shell.
    Suspend,
    /// Take the terminal again, as another program may have changed it.
    Resume,
    /// Reread all files.
    Reload,
    /// Open a file in the reader's editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// Where to begin in it.
        start: EditStart,
    },
    /// Open an address in a browser.
    Open(String),
    /// Put a text into the clipboard.
    Copy(String),
    /// Pipe a text to a shell command, which has the terminal in the meantime.
    Pipe {
        /// The command.
        command: String,
        /// Its input.
        text: String,
    },
    /// Set the window's title.
    Title(String),
    /// Redraw everything.
    Redraw,
    /// Reread the configuration.
    Configure,
    /// Listen to the mouse, or stop listening.
    Mouse(bool),
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

/// The background of a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}
