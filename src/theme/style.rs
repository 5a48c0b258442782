//! Styles in their written form: `bold #ff79c6 on #282a36`.

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

/// The names that a theme file gives to colours.
pub(super) type Palette = BTreeMap<String, Color>;

const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Parses a style: modifiers and a colour in any order, and `on` with the colour of the background.
///
/// # Errors
/// What is wrong with it.
pub(super) fn style(text: &str, palette: &Palette) -> Result<Style, String> {
    let mut style = Style::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        let modifier = MODIFIERS.iter().find(|(name, _)| *name == word);
        style = match (modifier, word) {
            (Some((_, modifier)), _) => style.add_modifier(*modifier),
            (None, "on") => {
                let word = words.next().ok_or("a colour must follow `on`")?;
                style.bg(colour(word, palette)?)
            }
            (None, _) if style.fg.is_some() => {
                return Err(format!(
                    "there are two colours, and `{word}` is the second; `on` comes before a background"
                ));
            }
            (None, _) => style.fg(colour(word, palette)?),
        };
    }
    Ok(style)
}

/// Parses a colour: one from the palette, one of the terminal's sixteen, a number up to 255, or `#rrggbb`.
///
/// # Errors
/// What is wrong with it.
pub(super) fn colour(text: &str, palette: &Palette) -> Result<Color, String> {
    if let Some(colour) = palette.get(text) {
        return Ok(*colour);
    }
    match text {
        "default" => Ok(Color::Reset),
        _ => text.parse().map_err(|_| {
            format!("`{text}` is not a colour: write yellow, bright-yellow, a number up to 255, #ffcc00, default, or a name from [palette]")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_are_read_as_they_are_written() {
        let palette = Palette::from([("pink".to_owned(), Color::Rgb(255, 121, 198))]);
        for (text, expected) in [
            ("", Ok(Style::new())),
            ("bold", Ok(Style::new().add_modifier(Modifier::BOLD))),
            (
                "bold pink on #282a36",
                Ok(Style::new()
                    .fg(Color::Rgb(255, 121, 198))
                    .bg(Color::Rgb(40, 42, 54))
                    .add_modifier(Modifier::BOLD)),
            ),
            (
                "on bright-blue 7 dim",
                Ok(Style::new().fg(Color::Indexed(7)).bg(Color::LightBlue).add_modifier(Modifier::DIM)),
            ),
            ("default on default", Ok(Style::new().fg(Color::Reset).bg(Color::Reset))),
            ("on", Err("a colour must follow")),
            ("red green", Err("`green` is the second")),
            ("blod", Err("`blod` is not a colour")),
            ("#12", Err("`#12` is not a colour")),
        ] {
            match (style(text, &palette), expected) {
                (Ok(style), Ok(expected)) => assert_eq!(style, expected, "{text}"),
                (Err(error), Err(expected)) => assert!(error.contains(expected), "{text}: {error}"),
                (found, _) => panic!("{text} is read as {found:?}"),
            }
        }
    }
}
