//! What happens to the program, and what it wants done outside. Neither knows how.

use std::path::PathBuf;

use crossterm::event::KeyEvent;

use super::{Reconfigured, Saved, Spot, StateChanges};
use crate::find::{Found, Job};
use crate::library::Change;

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
    /// The mouse was moved to a column with the left button down.
    Drag(u16),
    /// The left button was let go.
    Release,
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
    /// What was remembered from earlier runs was read.
    Recalled(Saved),
    /// Something could not be done outside, and why.
    Failed(String),
    /// The terminal said what its background is like.
    Appearance(Appearance),
    /// The configuration was read again.
    Configured(Box<Reconfigured>),
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
    /// Open a file in the reader's editor.
    Edit {
        /// The file.
        path: PathBuf,
        /// Where in it to begin.
        spot: Spot,
    },
    /// Open an address in a browser.
    Open(String),
    /// Put a text into the clipboard.
    Copy(String),
    /// Hand a text to a command of the shell, which has the terminal meanwhile.
    Pipe {
        /// The command.
        command: String,
        /// What it reads.
        text: String,
    },
    /// Call the window so.
    Title(String),
    /// Draw everything anew.
    Redraw,
    /// Read the configuration again.
    Configure,
    /// Listen to the mouse, or stop that.
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

/// What a terminal's background is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appearance {
    /// Light text on a dark background.
    Dark,
    /// Dark text on a light background.
    Light,
}
