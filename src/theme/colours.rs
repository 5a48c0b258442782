//! How many colours a terminal has, and which of them is nearest to one that it does not have.

use ratatui::style::{Color, Style};

/// The colours that a terminal has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Colours {
    /// The sixteen that its user has chosen.
    Sixteen,
    /// Those, a cube of six shades each of red, green and blue, and shades of grey.
    Indexed,
    /// All.
    #[default]
    All,
}

/// Terminals that have all colours, by a part of `TERM`.
const TERMS: [&str; 8] =
    ["direct", "truecolor", "kitty", "alacritty", "foot", "ghostty", "wezterm", "contour"];

/// The same, by `TERM_PROGRAM`.
const PROGRAMS: [&str; 4] = ["iTerm.app", "WezTerm", "ghostty", "vscode"];

impl Colours {
    /// The colours according to the environment variables.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let term = variable("TERM").unwrap_or_default();
        let is_one_of =
            |name: &str, values: &[&str]| variable(name).is_some_and(|value| values.contains(&&*value));
        let has_all = is_one_of("COLORTERM", &["truecolor", "24bit"])
            || is_one_of("TERM_PROGRAM", &PROGRAMS)
            || variable("WT_SESSION").is_some()
            || TERMS.iter().any(|known| term.contains(known));
        match term.contains("256color") {
            _ if has_all => Colours::All,
            true => Colours::Indexed,
            false => Colours::Sixteen,
        }
    }

    /// A style in these colours.
    pub(super) fn style(self, style: Style) -> Style {
        Style {
            fg: style.fg.map(|colour| self.nearest(colour)),
            bg: style.bg.map(|colour| self.nearest(colour)),
            ..style
        }
    }

    fn nearest(self, colour: Color) -> Color {
        match (self, colour) {
            (Colours::All, _) => colour,
            (Colours::Indexed, Color::Rgb(red, green, blue)) => {
                let number = nearest((16..=255).map(|number| (number, indexed(number))), (red, green, blue));
                Color::Indexed(number)
            }
            (Colours::Sixteen, Color::Rgb(red, green, blue)) => sixteen((red, green, blue)),
            (Colours::Sixteen, Color::Indexed(number @ 16..)) => sixteen(indexed(number)),
            _ => colour,
        }
    }
}

type Rgb = (u8, u8, u8);

/// The shades of the cube.
const SHADES: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The red, green and blue of a colour in the cube or among the greys.
pub(super) fn indexed(number: u8) -> Rgb {
    match number.checked_sub(232) {
        Some(grey) => (8 + 10 * grey, 8 + 10 * grey, 8 + 10 * grey),
        None => {
            let of_cube = usize::from(number.saturating_sub(16));
            (SHADES[of_cube / 36], SHADES[of_cube / 6 % 6], SHADES[of_cube % 6])
        }
    }
}

/// The usual red, green and blue of the sixteen colours.
const USUAL: [(Color, Rgb); 16] = [
    (Color::Black, (0, 0, 0)),
    (Color::Red, (205, 0, 0)),
    (Color::Green, (0, 205, 0)),
    (Color::Yellow, (205, 205, 0)),
    (Color::Blue, (0, 0, 238)),
    (Color::Magenta, (205, 0, 205)),
    (Color::Cyan, (0, 205, 205)),
    (Color::Gray, (229, 229, 229)),
    (Color::DarkGray, (127, 127, 127)),
    (Color::LightRed, (255, 0, 0)),
    (Color::LightGreen, (0, 255, 0)),
    (Color::LightYellow, (255, 255, 0)),
    (Color::LightBlue, (92, 92, 255)),
    (Color::LightMagenta, (255, 0, 255)),
    (Color::LightCyan, (0, 255, 255)),
    (Color::White, (255, 255, 255)),
];

fn sixteen(wanted: Rgb) -> Color {
    nearest(USUAL.into_iter(), wanted)
}

/// The nearest of some colours. The eye is most sensitive to differences in green, and least to those in red.
fn nearest<T: Default>(colours: impl Iterator<Item = (T, Rgb)>, wanted: Rgb) -> T {
    let square = |one: u8, other: u8| u32::from(one.abs_diff(other)).pow(2);
    let distance = |(red, green, blue): Rgb| {
        2 * square(red, wanted.0) + 4 * square(green, wanted.1) + 3 * square(blue, wanted.2)
    };
    colours.min_by_key(|(_, colour)| distance(*colour)).map(|(known, _)| known).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_say_how_many_colours_there_are() {
        for (variables, colours) in [
            (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")][..], Colours::All),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "24bit")], Colours::All),
            (&[("TERM", "xterm-direct")], Colours::All),
            (&[("TERM", "xterm-kitty")], Colours::All),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")], Colours::All),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "Apple_Terminal")], Colours::Indexed),
            (&[("TERM", "tmux-256color")], Colours::Indexed),
            (&[("TERM", "xterm-256color"), ("COLORTERM", "yes")], Colours::Indexed),
            (&[("TERM", "xterm")], Colours::Sixteen),
            (&[("TERM", "linux")], Colours::Sixteen),
            (&[], Colours::Sixteen),
        ] {
            let variable = |name: &str| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(Colours::of(variable), colours, "{variables:?}");
        }
    }

    #[test]
    fn what_is_near_takes_the_place_of_what_is_not_there() {
        let pink = Color::Rgb(255, 121, 198);
        for (colours, colour, expected) in [
            (Colours::All, pink, pink),
            (Colours::Indexed, pink, Color::Indexed(212)),
            (Colours::Indexed, Color::Rgb(40, 42, 54), Color::Indexed(236)),
            (Colours::Indexed, Color::Blue, Color::Blue),
            (Colours::Sixteen, Color::Rgb(250, 10, 10), Color::LightRed),
            (Colours::Sixteen, Color::Indexed(16), Color::Black),
            (Colours::Sixteen, Color::Indexed(3), Color::Indexed(3)),
            (Colours::Sixteen, Color::Reset, Color::Reset),
        ] {
            assert_eq!(colours.nearest(colour), expected, "{colour} in {colours:?}");
        }
    }
}
