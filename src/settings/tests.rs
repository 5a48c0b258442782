use super::*;
use crate::keymap::Action;
use crate::theme::Themes;

fn configured(file: &str) -> Configured {
    configure(&Given { file: Some(file.to_owned()), ..Given::default() })
}

#[test]
fn the_default_file_says_all_there_is_and_changes_nothing() {
    let default = configured(DEFAULT_FILE);
    assert_eq!(default.problems, []);
    assert_eq!(default.settings, Settings::default());
    for (setting, origin) in SETTINGS.iter().zip(&default.origins) {
        assert!(matches!(origin, Origin::File(_)), "{} is not in the default file", setting.name());
    }
    let mut tables = configure::tables();
    tables.retain(|table| !DEFAULT_FILE.contains(&format!("\n[{table}]\n")));
    assert!(tables.is_empty(), "tables that the default file does not have: {tables:?}");
}

#[test]
fn a_file_to_edit_decides_nothing_yet() {
    let edited = configured(&file_to_edit());
    assert_eq!(edited.problems, []);
    assert!(edited.origins.iter().all(|origin| *origin == Origin::Default), "{:?}", edited.origins);
    let uncommented = file_to_edit().replace("#measure = 72", "measure = 60");
    assert_eq!(configured(&uncommented).settings.reading.measure, 60, "a line needs only its # taken away");
}

#[test]
fn options_come_before_variables_before_the_file_before_the_default() {
    let file = "[reading]\nmeasure = 50\n".to_owned();
    let given = |has_file: bool, variable: Option<&str>, flag: Option<&str>| {
        let of =
            |name, value: Option<&str>| value.map(|value| (name, value.to_owned())).into_iter().collect();
        let given = Given {
            file: has_file.then(|| file.clone()),
            variables: of("UNSPOILED_MEASURE", variable),
            flags: of("--measure", flag),
            themes: Themes::default(),
        };
        let configured = configure(&given);
        (configured.settings.reading.measure, configured.origins[0], configured.problems.len())
    };
    for (has_file, variable, flag, expected) in [
        (false, None, None, (72, Origin::Default, 0)),
        (true, None, None, (50, Origin::File(2), 0)),
        (true, Some("60"), None, (60, Origin::Variable("UNSPOILED_MEASURE"), 0)),
        (true, Some("60"), Some("70"), (70, Origin::Flag("--measure"), 0)),
        // A wrong value changes nothing.
        (true, Some("6"), None, (50, Origin::File(2), 1)),
        (true, Some("wide"), Some("7"), (50, Origin::File(2), 2)),
    ] {
        assert_eq!(given(has_file, variable, flag), expected, "{has_file} {variable:?} {flag:?}");
    }
}

#[test]
fn what_is_right_holds_beside_what_is_wrong() {
    let Configured { settings, problems, .. } = configured(
        "[libraries]\nfilms = '~/films'\n[reading]\nmeasure = 5\ndates = 'iso'\n[list]\ncolumns = ['year', 'rating']\nsort = \
         '-title'\ngroup = 'kind'\nfilter = 'is:unread'\n[keys]\nset = 'less'\n[keys.both]\nhelp = 'F1'\nhlep = 'F2'\n[theme.styles]\nspoiler = \
         'blue'\n",
    );
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert_eq!(settings.libraries, [("films".to_owned(), "~/films".to_owned())]);
    assert_eq!((settings.reading.measure, settings.reading.dates), (72, DateStyle::Iso));
    assert_eq!(settings.list.columns, [Column::Year, Column::Rating]);
    assert!(settings.list.order.is_reversed && settings.list.group == Some(Group::Kind));
    assert_eq!(settings.list.filter, "is:unread");
    let scopes = [crate::keymap::Scope::List, crate::keymap::Scope::Panes];
    assert_eq!(settings.keys.key_for(&scopes, Action::Help).as_deref(), Some("F1"));
    let spoiler = settings.look.usual.theme.style(crate::theme::Part::Spoiler);
    assert_eq!(spoiler.fg, Some(ratatui::style::Color::Blue));
}

#[test]
fn every_value_is_printed_as_it_is_read() {
    let settings = Settings::default();
    for setting in SETTINGS {
        let file = format!("[{}]\n{} = {}\n", setting.table, setting.key, (setting.get)(&settings));
        let again = configured(&file);
        assert_eq!(again.problems, [], "{file}");
        assert_eq!(again.settings, settings, "{file}");
    }
}

#[test]
fn the_schema_has_every_setting_with_its_default() {
    let schema = schema();
    for setting in SETTINGS {
        let of_schema = &schema["properties"][setting.table]["properties"][setting.key];
        assert!(!of_schema["default"].is_null(), "{}: {of_schema}", setting.name());
    }
    assert!(schema["properties"]["keys"]["properties"]["both"]["properties"]["quit"].is_object(), "{schema}");
}
