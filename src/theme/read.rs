//! Theme files: reading them, reporting what is wrong with them, and listing them.

use std::collections::BTreeMap;

use ratatui::style::Style;
use toml::de::DeTable;

use super::bundled::THEMES;
use super::style::{Palette, colour, style};
use super::{Colours, Part, Theme};
use crate::document::{Faults, Value, no_such};
use crate::review::Fault;

/// The theme that all others are based on, unless they name a parent.
pub(super) const ROOT: &str = "terminal";

/// The maximum number of parents to follow.
const MAX_PARENTS: usize = 8;

/// The available themes: the bundled ones, and the reader's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Themes {
    own: BTreeMap<String, String>,
    colours: Colours,
}

/// A theme, and what is wrong with its file.
#[derive(Debug)]
pub struct Read {
    /// The theme, as far as it could be read.
    pub theme: Theme,
    /// What is wrong.
    pub faults: Vec<Fault>,
}

impl Themes {
    /// The bundled themes and these, given as names and texts of files. One of the reader's own replaces a bundled one
    /// with the same name.
    #[must_use]
    pub fn with(own: BTreeMap<String, String>) -> Self {
        Themes { own, colours: Colours::All }
    }

    /// The same on a terminal with these colours.
    #[must_use]
    pub fn within(self, colours: Colours) -> Self {
        Themes { colours, ..self }
    }

    /// The colours of the terminal.
    #[must_use]
    pub fn colours(&self) -> Colours {
        self.colours
    }

    /// All names in order.
    pub fn names(&self) -> Vec<&str> {
        let mut names: Vec<_> = THEMES.iter().map(|(name, _)| *name).collect();
        names.extend(self.own.keys().map(String::as_str));
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Whether a theme is the reader's own.
    #[must_use]
    pub fn is_own(&self, name: &str) -> bool {
        self.own.contains_key(name)
    }

    /// Reads the theme with this name, if there is one. A theme with a background of its own would come to little in sixteen
    /// colours, and the default one takes its place.
    #[must_use]
    pub fn read(&self, name: &str) -> Option<Read> {
        let Read { theme, faults } = self.read_below(name, MAX_PARENTS)?;
        let theme = match self.colours {
            Colours::Sixteen if theme.has_ground() => self.read_below(ROOT, 0)?.theme,
            _ => theme,
        };
        Some(Read { theme: theme.within(self.colours), faults })
    }

    fn read_below(&self, name: &str, parents: usize) -> Option<Read> {
        let bundled = || THEMES.iter().find(|(known, _)| *known == name).map(|(_, text)| *text);
        let text = self.own.get(name).map(String::as_str).or_else(bundled)?;
        let (table, mut faults) = Faults::parse(text);
        let mut reader =
            Reader { faults: &mut faults, palette: Palette::new(), styles: [None; Part::ALL.len()] };
        let parent = reader.table(table);
        let mut styles = reader.styles;
        let (parent, at) = parent.unwrap_or_else(|| (ROOT.to_owned(), 0));
        let is_root = name == ROOT && !self.is_own(name);
        let parent = match parents.checked_sub(1).filter(|_| !is_root) {
            Some(left) => self.read_below(&parent, left),
            None => None,
        };
        if parent.is_none() && !is_root {
            faults.add(at, "its parent is not a theme that there is, or the theme is its own parent");
        }
        let parent = parent.map_or([None; Part::ALL.len()], |parent| parent.theme.styles);
        for (style, of_parent) in styles.iter_mut().zip(parent) {
            *style = style.or(of_parent);
        }
        Some(Read { theme: Theme { styles }, faults: faults.into_found() })
    }
}

impl Theme {
    /// The theme, changed by the tables `palette` and `styles`.
    pub(crate) fn with(self, table: DeTable<'_>, faults: &mut Faults<'_>) -> Theme {
        let mut reader = Reader { faults, palette: Palette::new(), styles: self.styles };
        reader.table(table);
        Theme { styles: reader.styles }
    }
}

struct Reader<'f, 's> {
    faults: &'f mut Faults<'s>,
    palette: Palette,
    styles: [Option<Style>; Part::ALL.len()],
}

impl Reader<'_, '_> {
    /// Reads a file, and returns the name of its parent and where that is.
    fn table(&mut self, mut table: DeTable<'_>) -> Option<(String, usize)> {
        // Styles may use colours that are defined below them.
        for (key, value) in table
            .remove("palette")
            .and_then(|value| self.faults.table("palette", value))
            .into_iter()
            .flatten()
        {
            let at = value.span().start;
            match self.faults.text(key.get_ref(), &value).map(|text| colour(&text, &Palette::new())) {
                Some(Ok(colour)) => {
                    self.palette.insert(key.get_ref().to_string(), colour);
                }
                Some(Err(reason)) => self.faults.add(at, reason),
                None => {}
            }
        }
        let mut parent = None;
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "parent" => {
                    let at = value.span().start;
                    parent = self.faults.text("parent", &value).map(|name| (name, at));
                }
                "styles" => self.styles(value),
                other => {
                    let reason = no_such("key", other, ["parent", "palette", "styles"]);
                    self.faults.add(key.span().start, reason);
                }
            }
        }
        parent
    }

    fn styles(&mut self, value: Value<'_>) {
        for (key, value) in self.faults.table("styles", value).into_iter().flatten() {
            let name = key.get_ref().as_ref();
            let Some((_, part, _)) = Part::ALL.iter().find(|(known, ..)| *known == name) else {
                let reason = no_such("style", name, Part::ALL.iter().map(|(known, ..)| *known));
                self.faults.add(key.span().start, reason);
                continue;
            };
            match self.faults.text(name, &value).map(|text| style(&text, &self.palette)) {
                Some(Ok(style)) => self.styles[*part as usize] = Some(style),
                Some(Err(reason)) => self.faults.add(value.span().start, reason),
                None => {}
            }
        }
    }
}
