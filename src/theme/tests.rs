use std::fs;
use std::path::Path;

use ratatui::style::Color;

use super::*;

#[test]
fn every_theme_in_the_folder_is_bundled_and_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/theme/themes");
    let files = fs::read_dir(folder).expect("the folder is there").flatten();
    let mut names: Vec<_> =
        files.filter_map(|file| Some(file.path().file_stem()?.to_string_lossy().into_owned())).collect();
    names.sort();
    let themes = Themes::default();
    assert_eq!(themes.names(), names, "the list of bundled themes is that of the folder");
    for name in names {
        let read = themes.read(&name).expect("it is there");
        assert!(read.faults.is_empty(), "{name}: {:?}", read.faults);
    }
}

#[test]
fn the_table_of_parts_is_in_the_order_of_its_type() {
    for (at, (name, part, _)) in Part::ALL.into_iter().enumerate() {
        assert_eq!(part as usize, at, "{name}");
    }
}

/// The contrast ratio of two colours, as WCAG 2 defines it.
fn contrast(one: Color, other: Color) -> f64 {
    let luminance = |colour: Color| {
        let (red, green, blue) = match colour {
            Color::Rgb(red, green, blue) => (red, green, blue),
            Color::Indexed(number @ 16..) => colours::indexed(number),
            _ => panic!("{colour} is no colour of its own"),
        };
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    };
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Nothing drawn with these contains words.
const WORDLESS: [Part; 3] = [Part::Rule, Part::Texture, Part::Bar];

#[test]
fn every_theme_can_be_read() {
    check_contrast(&Themes::default(), 4.5, 3.0);
}

#[test]
fn every_theme_can_be_read_in_256_colours() {
    check_contrast(&Themes::default().within(Colours::Indexed), 3.8, 2.5);
}

#[test]
fn in_sixteen_colours_a_theme_with_a_background_is_the_default_one() {
    let themes = Themes::default().within(Colours::Sixteen);
    for name in themes.names() {
        assert_eq!(themes.read(name).expect("it is there").theme, Theme::terminal(), "{name}");
    }
    let mut own = own(&[("mine", "[styles]\nspoiler = '#ff0000'\n")]);
    own = own.within(Colours::Sixteen);
    let mine = own.read("mine").expect("it is there").theme;
    assert_eq!(mine.style(Part::Spoiler), Style::new().fg(Color::LightRed), "one without has the nearest");
}

fn check_contrast(themes: &Themes, least: f64, least_in_row: f64) {
    let names = themes.names();
    let (mut dark, mut light) = (0, 0);
    for name in names.into_iter().filter(|name| *name != "terminal") {
        let theme = themes.read(name).expect("it is there").theme;
        let text = theme.style(Part::Text);
        let (foreground, background) =
            (text.fg.expect("text has a colour"), text.bg.expect("and a background"));
        match contrast(background, Color::Rgb(0, 0, 0)) < contrast(background, Color::Rgb(255, 255, 255)) {
            true => dark += 1,
            false => light += 1,
        }
        let row = theme.style(Part::SelectedRow).bg.unwrap_or(background);
        for (part_name, part, _) in Part::ALL.into_iter().filter(|(_, part, _)| !WORDLESS.contains(part)) {
            let style = theme.style(part);
            let (fg, bg) = (style.fg.unwrap_or(foreground), style.bg.unwrap_or(background));
            let found = contrast(fg, bg);
            assert!(
                found >= least || part == Part::SelectedRow,
                "{part_name} of {name} has a contrast of {found:.2}"
            );
            if part != Part::Badge {
                let found = contrast(fg, row);
                assert!(
                    found >= least_in_row,
                    "{part_name} of {name} in the selected row has a contrast of {found:.2}"
                );
            }
        }
    }
    assert!(dark >= 6 && light >= 4, "there are {dark} dark and {light} light themes");
}

fn own(files: &[(&str, &str)]) -> Themes {
    Themes::with(files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn a_theme_has_what_its_parent_has_where_it_says_nothing() {
    let themes = own(&[
        (
            "mine",
            "parent = 'dracula'\n[palette]\nsea = '#004466'\n[styles]\nspoiler = 'bold sea'\nstrong = 'underline'\n",
        ),
        ("plain", "[styles]\nspoiler = 'blue'\n"),
    ]);
    let mine = themes.read("mine").expect("it is there");
    assert_eq!(mine.faults, []);
    let dracula = themes.read("dracula").expect("it is there").theme;
    assert_eq!(mine.theme.style(Part::Text), dracula.style(Part::Text));
    assert_eq!(
        mine.theme.style(Part::Spoiler),
        Style::new().fg(Color::Rgb(0, 0x44, 0x66)).add_modifier(Modifier::BOLD)
    );
    let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
    assert_eq!(mine.theme.style(Part::Headline), underlined, "what has no style of its own follows another");
    let plain = themes.read("plain").expect("it is there").theme;
    assert_eq!(plain.style(Part::Problem), Theme::terminal().style(Part::Problem));
}

#[test]
fn what_is_wrong_in_a_theme_is_told_and_the_rest_holds() {
    let themes = own(&[
        (
            "wrong",
            "parent = 'nothing'\ncolour = 5\n[palette]\nsea = 'wet'\n[styles]\nspoiler = 'blue'\nspoil = 'red'\nhit = 5\n",
        ),
        ("one", "parent = 'other'\n"),
        ("other", "parent = 'one'\n[styles]\nspoiler = 'blue'\n"),
        ("self", "parent = 'self'"),
    ]);
    let wrong = themes.read("wrong").expect("it is there");
    let lines: Vec<_> = wrong.faults.iter().filter_map(|fault| Some(fault.position?.0)).collect();
    assert_eq!(lines, [1, 2, 4, 7, 8], "{:?}", wrong.faults);
    assert_eq!(wrong.theme.style(Part::Spoiler), Style::new().fg(Color::Blue));
    for circle in ["one", "other", "self"] {
        themes.read(circle).expect("a circle of parents has an end");
    }
    assert!(themes.read("nothing").is_none());
}

#[test]
fn without_colours_the_parts_are_still_told_apart() {
    let theme = Theme::without_colours();
    for (name, part, _) in Part::ALL {
        let style = theme.style(part);
        assert!(style.fg.is_none() && style.bg.is_none(), "{name} has a colour");
    }
    let parts = [Part::Text, Part::Quiet, Part::Strong, Part::Hit, Part::Selected, Part::Link];
    for (at, one) in parts.iter().enumerate() {
        for other in &parts[at + 1..] {
            assert_ne!(theme.style(*one), theme.style(*other), "{one:?} and {other:?}");
        }
    }
}
