//! The table of settings. A new one is a field of [`Settings`], a row here, and an entry in `default.toml`.

use super::words::{
    ALIGNS, COLUMNS, DATES, GROUPS, HYPHENATIONS, LABELS, LINKS, MEASURES, RATINGS, chosen, name_of, names,
    orders, take, take_flag, word,
};
use super::{Kind, Settings, Value};
use crate::find::{Order, Sort};

/// A row of the table.
#[derive(Debug)]
pub struct Setting {
    /// The name of its table in the file.
    pub table: &'static str,
    /// Its key in that table.
    pub key: &'static str,
    /// The values that it may have.
    pub kind: Kind,
    /// What it controls, in words.
    pub help: &'static str,
    /// The variable that overrides it.
    pub variable: Option<&'static str>,
    /// The option that overrides it.
    pub flag: Option<&'static str>,
    /// Its value.
    pub get: fn(&Settings) -> Value,
    /// Sets it to a value that its kind allows.
    pub(super) set: fn(&mut Settings, Value),
}

impl Setting {
    /// Its full name: `reading.measure`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.table, self.key)
    }
}

/// All settings, in the order of the default file. Libraries, keys and styles are handled separately.
pub const SETTINGS: &[Setting] = &[
    Setting {
        table: "reading",
        key: "measure",
        kind: Kind::Number(MEASURES.0, MEASURES.1),
        help: "the maximum width of text, in columns",
        variable: Some("UNSPOILED_MEASURE"),
        flag: Some("--measure"),
        get: |settings| Value::Number(settings.reading.measure),
        set: |settings, value| {
            if let Value::Number(measure) = value {
                settings.reading.measure = measure;
            }
        },
    },
    Setting {
        table: "reading",
        key: "align",
        kind: Kind::OneOf(|| names(ALIGNS)),
        help: "the alignment of text in a wider pane",
        variable: None,
        flag: None,
        get: |settings| word(ALIGNS, &settings.reading.align),
        set: |settings, value| take(&mut settings.reading.align, ALIGNS, &value),
    },
    Setting {
        table: "reading",
        key: "hyphenation",
        kind: Kind::OneOf(|| names(HYPHENATIONS)),
        help: "the language whose words are hyphenated in lines of fewer than 60 columns",
        variable: None,
        flag: None,
        get: |settings| word(HYPHENATIONS, &settings.reading.hyphenation),
        set: |settings, value| take(&mut settings.reading.hyphenation, HYPHENATIONS, &value),
    },
    Setting {
        table: "reading",
        key: "links",
        kind: Kind::OneOf(|| names(LINKS)),
        help: "where the addresses of links are shown: after their texts, or numbered below the paragraph",
        variable: None,
        flag: None,
        get: |settings| word(LINKS, &settings.reading.links),
        set: |settings, value| take(&mut settings.reading.links, LINKS, &value),
    },
    Setting {
        table: "reading",
        key: "dates",
        kind: Kind::OneOf(|| names(DATES)),
        help: "how dates are written: 5 Feb 2012, Feb 5, 2012 or 2012-02-05",
        variable: None,
        flag: None,
        get: |settings| word(DATES, &settings.reading.dates),
        set: |settings, value| take(&mut settings.reading.dates, DATES, &value),
    },
    Setting {
        table: "reading",
        key: "ratings",
        kind: Kind::OneOf(|| names(RATINGS)),
        help: "how ratings are written, if at all",
        variable: None,
        flag: None,
        get: |settings| word(RATINGS, &settings.reading.ratings),
        set: |settings, value| take(&mut settings.reading.ratings, RATINGS, &value),
    },
    Setting {
        table: "reading",
        key: "hide_ratings_until_read",
        kind: Kind::Flag,
        help: "whether a rating is hidden until its review has been read",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.reading.hides_ratings_until_read),
        set: |settings, value| take_flag(&mut settings.reading.hides_ratings_until_read, &value),
    },
    Setting {
        table: "reading",
        key: "hide_again",
        kind: Kind::Flag,
        help: "whether what was revealed by hand is hidden again when the review is left",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.reading.hides_again),
        set: |settings, value| take_flag(&mut settings.reading.hides_again, &value),
    },
    Setting {
        table: "reading",
        key: "labels",
        kind: Kind::OneOf(|| names(LABELS)),
        help: "whose labels are shown: of all hidden spoilers, of those that your next step reveals, or of none",
        variable: None,
        flag: None,
        get: |settings| word(LABELS, &settings.reading.rules.labels),
        set: |settings, value| take(&mut settings.reading.rules.labels, LABELS, &value),
    },
    Setting {
        table: "reading",
        key: "open_once_finished",
        kind: Kind::Flag,
        help: "whether a spoiler that does not say when it is safe is revealed once you have finished the work",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.reading.rules.opens_once_finished),
        set: |settings, value| take_flag(&mut settings.reading.rules.opens_once_finished, &value),
    },
    Setting {
        table: "reading",
        key: "go_by_seen",
        kind: Kind::Flag,
        help: "whether it is revealed once you are where its reviewer was when writing, if the review says so",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.reading.rules.goes_by_seen),
        set: |settings, value| take_flag(&mut settings.reading.rules.goes_by_seen, &value),
    },
    Setting {
        table: "list",
        key: "width",
        kind: Kind::NumberOr(20, 200, "auto"),
        help: "the width of the list beside the text, in columns",
        variable: None,
        flag: None,
        get: |settings| settings.list.width.map_or(Value::Word("auto".to_owned()), Value::Number),
        set: |settings, value| {
            settings.list.width = match value {
                Value::Number(width) => Some(width),
                _ => None,
            };
        },
    },
    Setting {
        table: "list",
        key: "lines",
        kind: Kind::NumberOr(1, 2, "auto"),
        help: "how many lines a row has",
        variable: None,
        flag: None,
        get: |settings| settings.list.lines.map_or(Value::Word("auto".to_owned()), Value::Number),
        set: |settings, value| {
            settings.list.lines = match value {
                Value::Number(lines) => Some(lines),
                _ => None,
            };
        },
    },
    Setting {
        table: "list",
        key: "columns",
        kind: Kind::SomeOf(|| names(COLUMNS)),
        help: "the columns beside the titles or in the second line, in order",
        variable: None,
        flag: None,
        get: |settings| {
            let name = |column| match word(COLUMNS, column) {
                Value::Word(name) => name,
                _ => String::new(),
            };
            Value::Words(settings.list.columns.iter().map(name).collect())
        },
        set: |settings, value| {
            let Value::Words(words) = value else { return };
            let column =
                |word: &String| COLUMNS.iter().find(|(name, _)| name == word).map(|(_, column)| *column);
            settings.list.columns = words.iter().filter_map(column).collect();
        },
    },
    Setting {
        table: "list",
        key: "sort",
        kind: Kind::OneOf(orders),
        help: "the order at startup; a minus in front reverses it",
        variable: None,
        flag: None,
        get: |settings| {
            let Order { sort, is_reversed } = settings.list.order;
            let name = Sort::ALL.iter().find(|(_, known)| *known == sort).map_or("", |(name, _)| *name);
            Value::Word(format!("{}{name}", if is_reversed { "-" } else { "" }))
        },
        set: |settings, value| {
            if let Value::Word(word) = value
                && let Ok(order) = word.parse()
            {
                settings.list.order = order;
            }
        },
    },
    Setting {
        table: "list",
        key: "group",
        kind: Kind::OneOf(|| names(GROUPS)),
        help: "the grouping at startup",
        variable: None,
        flag: None,
        get: |settings| word(GROUPS, &settings.list.group),
        set: |settings, value| take(&mut settings.list.group, GROUPS, &value),
    },
    Setting {
        table: "list",
        key: "filter",
        kind: Kind::Query,
        help: "the filter at the start, as it is typed",
        variable: None,
        flag: None,
        get: |settings| Value::Word(settings.list.filter.clone()),
        set: |settings, value| {
            if let Value::Word(filter) = value {
                settings.list.filter = filter;
            }
        },
    },
    Setting {
        table: "screen",
        key: "mouse",
        kind: Kind::Flag,
        help: "whether the mouse is listened to",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_mouse),
        set: |settings, value| take_flag(&mut settings.screen.has_mouse, &value),
    },
    Setting {
        table: "screen",
        key: "colour",
        kind: Kind::Flag,
        help: "whether there are colours",
        variable: Some("NO_COLOR"),
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_colour),
        set: |settings, value| take_flag(&mut settings.screen.has_colour, &value),
    },
    Setting {
        table: "screen",
        key: "ascii",
        kind: Kind::Flag,
        help: "whether stars, rules and signs are drawn in ASCII",
        variable: None,
        flag: Some("--ascii"),
        get: |settings| Value::Flag(settings.screen.is_ascii),
        set: |settings, value| take_flag(&mut settings.screen.is_ascii, &value),
    },
    Setting {
        table: "screen",
        key: "title",
        kind: Kind::Flag,
        help: "whether the window's title names the library and the review",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_title),
        set: |settings, value| take_flag(&mut settings.screen.has_title, &value),
    },
    Setting {
        table: "screen",
        key: "clipboard",
        kind: Kind::Flag,
        help: "whether texts may be copied to the clipboard",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_clipboard),
        set: |settings, value| take_flag(&mut settings.screen.has_clipboard, &value),
    },
    Setting {
        table: "screen",
        key: "links",
        kind: Kind::Flag,
        help: "whether links may be opened in a browser",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_links),
        set: |settings, value| take_flag(&mut settings.screen.has_links, &value),
    },
    Setting {
        table: "screen",
        key: "hyperlinks",
        kind: Kind::Flag,
        help: "whether links can be clicked in terminals that support hyperlinks",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.has_hyperlinks),
        set: |settings, value| take_flag(&mut settings.screen.has_hyperlinks, &value),
    },
    Setting {
        table: "screen",
        key: "synchronised",
        kind: Kind::Flag,
        help: "whether frames are synchronised in terminals that support it",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.is_synchronised),
        set: |settings, value| take_flag(&mut settings.screen.is_synchronised, &value),
    },
    Setting {
        table: "screen",
        key: "appearance",
        kind: Kind::Flag,
        help: "whether the terminal is asked if it is light or dark",
        variable: None,
        flag: None,
        get: |settings| Value::Flag(settings.screen.asks_appearance),
        set: |settings, value| take_flag(&mut settings.screen.asks_appearance, &value),
    },
    Setting {
        table: "memory",
        key: "remember",
        kind: Kind::Flag,
        help: "whether anything is remembered from run to run",
        variable: None,
        flag: Some("--no-memory"),
        get: |settings| Value::Flag(settings.remembers),
        set: |settings, value| take_flag(&mut settings.remembers, &value),
    },
    Setting {
        table: "memory",
        key: "reader",
        kind: Kind::Name,
        help: "your name in a library that several share: your progress is written to progress/NAME.toml there",
        variable: None,
        flag: None,
        get: |settings| Value::Word(settings.reader.clone()),
        set: |settings, value| {
            if let Value::Word(name) = value {
                settings.reader = name.trim().to_owned();
            }
        },
    },
    Setting {
        table: "theme",
        key: "name",
        kind: Kind::Theme,
        help: "what everything looks like",
        variable: Some("UNSPOILED_THEME"),
        flag: Some("--theme"),
        get: |settings| Value::Word(settings.look.usual.name.clone()),
        set: |settings, value| {
            if let Value::Word(name) = value {
                settings.look.usual.name = name;
            }
        },
    },
    Setting {
        table: "theme",
        key: "dark",
        kind: Kind::Theme,
        help: "the theme for dark terminals; empty for the default",
        variable: None,
        flag: None,
        get: |settings| name_of(settings.look.dark.as_ref()),
        set: |settings, value| settings.look.dark = chosen(value),
    },
    Setting {
        table: "theme",
        key: "light",
        kind: Kind::Theme,
        help: "the theme for light terminals; empty for the default",
        variable: None,
        flag: None,
        get: |settings| name_of(settings.look.light.as_ref()),
        set: |settings, value| settings.look.light = chosen(value),
    },
];
