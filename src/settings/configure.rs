//! Builds settings from files, variables and options, and reports everything that is wrong with them.

use toml::de::{DeTable, DeValue};

use super::{Look, SETTINGS, Setting, Settings, Value};
use crate::document::{self, Faults, no_such};
use crate::keymap::Keymap;
use crate::review::{Fault, clean_line};
use crate::theme::{Theme, Themes};

/// The sources of settings.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The text of the configuration file, if it exists.
    pub file: Option<String>,
    /// The values of variables, by name.
    pub variables: Vec<(&'static str, String)>,
    /// The values on the command line, by the name of the option.
    pub flags: Vec<(&'static str, String)>,
    /// The available themes.
    pub themes: Themes,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// In the default file.
    Default,
    /// In the reader's file, on this line.
    File(usize),
    /// In this variable.
    Variable(&'static str),
    /// In this option.
    Flag(&'static str),
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the configuration file.
    File,
    /// In the file of a theme.
    Theme(String),
    /// In a variable.
    Variable(&'static str),
    /// In an option.
    Flag(&'static str),
}

/// A problem. It does not affect anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub fault: Fault,
}

/// Settings, where they come from, and what is wrong.
#[derive(Debug)]
pub struct Configured {
    /// The settings.
    pub settings: Settings,
    /// Where each value comes from, in the order of the table.
    pub origins: Vec<Origin>,
    /// Everything that is wrong.
    pub problems: Vec<Problem>,
}

/// Builds settings from their sources.
#[must_use]
pub fn configure(given: &Given) -> Configured {
    let mut made = Configured {
        settings: Settings::default(),
        origins: vec![Origin::Default; SETTINGS.len()],
        problems: Vec::new(),
    };
    let (mut table, mut faults) = Faults::parse(given.file.as_deref().unwrap_or_default());
    let styles = theme_parts(&mut table);
    made.take_file(table, &mut faults);
    for (name, text) in &given.variables {
        made.take_text(|setting| setting.variable, text, (Origin::Variable(name), Place::Variable(name)));
    }
    for (name, text) in &given.flags {
        made.take_text(|setting| setting.flag, text, (Origin::Flag(name), Place::Flag(name)));
    }
    made.settings.themes = given.themes.clone();
    made.find_themes(&given.themes, &styles, &mut faults);
    let in_file = faults.into_found().into_iter().map(|fault| Problem { place: Place::File, fault });
    made.problems.splice(0..0, in_file);
    made
}

/// Removes the changes to the theme from its table: the theme is known only once its name is.
fn theme_parts<'s>(table: &mut DeTable<'s>) -> DeTable<'s> {
    let mut parts = DeTable::new();
    if let Some(theme) = table.get_mut("theme")
        && let DeValue::Table(theme) = theme.get_mut()
    {
        let (own, others) = std::mem::take(theme)
            .into_iter()
            .partition(|(key, _)| THEME_PARTS.contains(&key.get_ref().as_ref()));
        (parts, *theme) = (own, others);
    }
    parts
}

/// The tables of a theme that may be in the configuration.
const THEME_PARTS: [&str; 2] = ["palette", "styles"];

impl Configured {
    fn take_file(&mut self, table: DeTable<'_>, faults: &mut Faults<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "libraries" => self.take_libraries(value, faults),
                "keys" => {
                    if let Some(table) = faults.table("keys", value) {
                        self.settings.keys = Keymap::read(table, faults);
                    }
                }
                name if SETTINGS.iter().any(|setting| setting.table == name) => {
                    self.take_table(name, value, faults)
                }
                name => faults.add(key.span().start, no_such("table", name, tables())),
            }
        }
    }

    fn take_table(&mut self, table: &str, value: document::Value<'_>, faults: &mut Faults<'_>) {
        for (key, value) in faults.table(table, value).into_iter().flatten() {
            let name = key.get_ref().as_ref();
            let of_table = || SETTINGS.iter().enumerate().filter(|(_, setting)| setting.table == table);
            let Some((row, setting)) = of_table().find(|(_, setting)| setting.key == name) else {
                faults.add(
                    key.span().start,
                    elsewhere(table, name).unwrap_or_else(|| {
                        no_such(
                            &format!("setting in [{table}]"),
                            name,
                            of_table().map(|(_, setting)| setting.key),
                        )
                    }),
                );
                continue;
            };
            let at = value.span().start;
            match setting.kind.read(value.get_ref()) {
                Ok(value) => self.set(row, setting, value, Origin::File(faults.line(at))),
                Err(reason) => faults.add(at, format!("`{name}`: {reason}")),
            }
        }
    }

    fn take_libraries(&mut self, value: document::Value<'_>, faults: &mut Faults<'_>) {
        for (key, value) in faults.table("libraries", value).into_iter().flatten() {
            if let Some(folder) = faults.text(key.get_ref(), &value) {
                self.settings.libraries.push((key.get_ref().to_string(), folder));
            }
        }
    }

    /// Applies the value of a variable or an option.
    fn take_text(
        &mut self,
        names: impl Fn(&Setting) -> Option<&'static str>,
        text: &str,
        (origin, place): (Origin, Place),
    ) {
        let name = match origin {
            Origin::Variable(name) | Origin::Flag(name) => name,
            Origin::Default | Origin::File(_) => return,
        };
        let Some(row) = SETTINGS.iter().position(|setting| names(setting) == Some(name)) else { return };
        match SETTINGS[row].kind.parse(text) {
            Ok(value) => self.set(row, &SETTINGS[row], value, origin),
            Err(reason) => self.problems.push(Problem { place, fault: Fault::whole(reason) }),
        }
    }

    fn set(&mut self, row: usize, setting: &Setting, value: Value, origin: Origin) {
        (setting.set)(&mut self.settings, value);
        self.origins[row] = origin;
    }

    /// Reads the chosen themes, with the changes to them; the default one for a name that does not exist.
    fn find_themes(&mut self, themes: &Themes, styles: &DeTable<'_>, faults: &mut Faults<'_>) {
        let mut look = std::mem::replace(&mut self.settings.look, Look::of("", Theme::terminal()));
        for (chosen, key) in look.chosen().zip(["name", "dark", "light"]) {
            if !self.settings.screen.has_colour {
                chosen.theme = Theme::without_colours();
                continue;
            }
            match themes.read(&chosen.name) {
                Some(read) => {
                    let place = Place::Theme(chosen.name.clone());
                    let faults = read.faults.into_iter().map(|fault| Problem { place: place.clone(), fault });
                    self.problems.extend(faults);
                    chosen.theme = read.theme;
                }
                None => {
                    self.tell_no_theme(themes, &chosen.name, key);
                    *chosen = Look::of("terminal", Theme::terminal()).usual;
                }
            }
            chosen.theme =
                std::mem::replace(&mut chosen.theme, Theme::terminal()).with(styles.clone(), faults);
            chosen.theme = chosen.theme.clone().within(themes.colours());
        }
        self.settings.look = look;
    }

    fn tell_no_theme(&mut self, themes: &Themes, name: &str, key: &str) {
        let row = SETTINGS.iter().position(|setting| setting.table == "theme" && setting.key == key);
        let origin = row.map_or(Origin::Default, |row| self.origins[row]);
        let mut fault = Fault::whole(clean_line(&no_such("theme", name, themes.names())));
        let place = match origin {
            Origin::Variable(name) => Place::Variable(name),
            Origin::Flag(name) => Place::Flag(name),
            Origin::File(line) => {
                fault.position = Some((line, 1));
                Place::File
            }
            Origin::Default => Place::File,
        };
        self.problems.push(Problem { place, fault });
    }
}

/// Reports which table a misplaced setting belongs to.
fn elsewhere(table: &str, key: &str) -> Option<String> {
    let setting = SETTINGS.iter().find(|setting| setting.key == key && setting.table != table)?;
    Some(format!("`{key}` is a setting of [{}]", setting.table))
}

/// The names of all tables.
pub(super) fn tables() -> Vec<&'static str> {
    let mut tables: Vec<_> = SETTINGS.iter().map(|setting| setting.table).collect();
    tables.dedup();
    tables.extend(["libraries", "keys"]);
    tables
}
