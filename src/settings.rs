//! What its reader has decided about the program, as one type.
//!
//! It knows nothing of where a decision was made: the command line, a variable or, one day, a file.

use crate::find::Alphabet;
use crate::theme::Theme;

/// The reader's decisions.
#[derive(Clone, Debug)]
pub struct Settings {
    /// What the library is called on the screen.
    pub name: String,
    /// The greatest width of text, in columns.
    pub measure: u16,
    /// The order of letters in titles and names.
    pub alphabet: Alphabet,
    /// What everything looks like.
    pub theme: Theme,
    /// Whether anything is remembered from run to run.
    pub remembers: bool,
}

impl Settings {
    /// The usual settings of a library of this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Settings {
            name: name.into(),
            measure: DEFAULT_MEASURE,
            alphabet: Alphabet::default(),
            theme: Theme::terminal(),
            remembers: true,
        }
    }
}

/// The measure of text that is not told otherwise, in columns: that of a well-set page.
pub const DEFAULT_MEASURE: u16 = 72;
