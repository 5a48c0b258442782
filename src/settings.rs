//! The reader's settings, as one type, and where each of them was made.
//!
//! The table in `settings/table.rs` lists the settings: parsing, `config show`, the schema and the check that the
//! default file is complete are all based on it. A value is looked for on the command line, in variables, in the file,
//! and then in the default file. This module does not know where files are, and knows nothing of terminals.

mod configure;
mod kind;
mod schema;
mod table;
mod words;

use crate::curtain::Rules;
use crate::find::{Alphabet, Group, Order};
use crate::keymap::Keymap;
use crate::review::{DateStyle, RatingStyle};
use crate::theme::{Theme, Themes};
use crate::typeset::{Language, Links};

pub use configure::{Configured, Given, Origin, Place, Problem, configure};
pub use kind::{Kind, Value};
pub use schema::schema;
pub use table::{SETTINGS, Setting};

/// The default file, with a comment for everything in it.
pub const DEFAULT_FILE: &str = include_str!("settings/default.toml");

/// The default file for somebody to edit: everything in it is commented out, so that a later version can still change a
/// default.
#[must_use]
pub fn file_to_edit() -> String {
    let is_setting = |line: &str| !line.is_empty() && !line.starts_with(['#', '[']);
    let edit = |line: &str| if is_setting(line) { format!("#{line}\n") } else { format!("{line}\n") };
    DEFAULT_FILE.lines().map(edit).collect()
}

/// The reader's settings.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The name of the library on the screen.
    pub name: String,
    /// The order of letters in titles and names.
    pub alphabet: Alphabet,
    /// The folders of reviews by name, as written in the file.
    pub libraries: Vec<(String, String)>,
    /// How a review is typeset and read.
    pub reading: Reading,
    /// The appearance of the list.
    pub list: ListSettings,
    /// What the terminal is used for.
    pub screen: ScreenSettings,
    /// The keys in force.
    pub keys: Keymap,
    /// The themes in use.
    pub look: Look,
    /// Whether anything is remembered between runs.
    pub remembers: bool,
    /// The reader's name where a library is shared; empty if they share nothing.
    pub reader: String,
    /// Whether this run is a tour of the program.
    pub is_tour: bool,
    /// The available themes.
    pub themes: Themes,
}

/// The themes in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// For a terminal that does not report its background, or if there is no theme for that.
    pub usual: Chosen,
    /// For a dark terminal.
    pub dark: Option<Chosen>,
    /// For a light terminal.
    pub light: Option<Chosen>,
}

/// A theme that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// The theme itself.
    pub theme: Theme,
}

impl Look {
    /// This theme for every terminal.
    #[must_use]
    pub fn of(name: impl Into<String>, theme: Theme) -> Self {
        Look { usual: Chosen { name: name.into(), theme }, dark: None, light: None }
    }

    /// The themes that were chosen.
    pub(super) fn chosen(&mut self) -> impl Iterator<Item = &mut Chosen> {
        std::iter::once(&mut self.usual).chain(&mut self.dark).chain(&mut self.light)
    }
}

/// How a review is typeset and read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The maximum width of text, in columns.
    pub measure: u16,
    /// The alignment of the text in a wider pane.
    pub align: Align,
    /// The language whose words are hyphenated where lines are short, if any are.
    pub hyphenation: Option<Language>,
    /// How the addresses of links are shown.
    pub links: Links,
    /// How dates are written.
    pub dates: DateStyle,
    /// How ratings are written.
    pub ratings: RatingStyle,
    /// Whether ratings are hidden until their review has been read.
    pub hides_ratings_until_read: bool,
    /// Whether spoilers that the reader revealed are hidden again when they leave the review.
    pub hides_again: bool,
    /// What opens by progress, and what is told of it before.
    pub rules: Rules,
}

/// The alignment of text in a wider pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Centred.
    Centre,
    /// On the left.
    Left,
}

/// The appearance of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListSettings {
    /// Its width beside the text, unless it depends on the screen's.
    pub width: Option<u16>,
    /// The number of lines in a row, unless it depends on the screen's height.
    pub lines: Option<u16>,
    /// The columns beside the titles.
    pub columns: Vec<Column>,
    /// The order at the start.
    pub order: Order,
    /// The grouping at the start.
    pub group: Option<Group>,
    /// The filter at the start.
    pub filter: String,
}

/// A column of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The rating.
    Rating,
    /// The kind of work.
    Kind,
    /// The year of the work.
    Year,
    /// Who wrote the review.
    Reviewer,
    /// When it was written.
    Date,
    /// How many of its spoilers are open.
    Open,
}

/// What the terminal is used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScreenSettings {
    /// Whether the mouse is listened to.
    pub has_mouse: bool,
    /// Whether there are colours; without them, bold, dim and reversed text say the same.
    pub has_colour: bool,
    /// Whether only ASCII is drawn.
    pub is_ascii: bool,
    /// Whether the window's title names the library and the review.
    pub has_title: bool,
    /// Whether texts may be copied to the clipboard.
    pub has_clipboard: bool,
    /// Whether links may be opened.
    pub has_links: bool,
    /// Whether the terminal is told where links lead.
    pub has_hyperlinks: bool,
    /// Whether the terminal is told to show each frame at once.
    pub is_synchronised: bool,
    /// Whether the terminal is asked if it is light or dark.
    pub asks_appearance: bool,
}

impl Default for Settings {
    /// The same as the default file, as a test checks.
    fn default() -> Self {
        Settings {
            name: String::new(),
            alphabet: Alphabet::default(),
            libraries: Vec::new(),
            reading: Reading {
                measure: 72,
                align: Align::Centre,
                hyphenation: Some(Language::English),
                links: Links::Inline,
                dates: DateStyle::DayFirst,
                ratings: RatingStyle::Stars,
                hides_ratings_until_read: false,
                hides_again: false,
                rules: Rules::default(),
            },
            list: ListSettings {
                width: None,
                lines: None,
                columns: vec![Column::Rating, Column::Reviewer, Column::Kind, Column::Year],
                order: Order::default(),
                group: None,
                filter: String::new(),
            },
            screen: ScreenSettings {
                has_mouse: true,
                has_colour: true,
                is_ascii: false,
                has_title: true,
                has_clipboard: true,
                has_links: true,
                has_hyperlinks: true,
                is_synchronised: true,
                asks_appearance: true,
            },
            keys: Keymap::default(),
            look: Look::of("terminal", Theme::terminal()),
            remembers: true,
            reader: String::new(),
            is_tour: false,
            themes: Themes::default(),
        }
    }
}

impl Settings {
    /// The default settings of a library with this name.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Settings { name: name.into(), ..Settings::default() }
    }
}

#[cfg(test)]
mod tests;
