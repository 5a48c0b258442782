//! The appearance of the screen: a style for each of its parts.
//!
//! A theme is a TOML file: one of those in `theme/themes`, or the reader's own. The default uses the terminal's sixteen
//! colours, which its owner has chosen to be readable. Whatever a colour says, a character says too. This module does
//! not know what is on the screen, or where files are.

mod bundled;
mod colours;
mod read;
mod style;

use ratatui::style::{Color, Modifier, Style};

pub use colours::Colours;
pub use read::{Read, Themes};

use crate::markup;
use crate::typeset::Role;

/// A part of the screen with its own style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The text of reviews, and the background of everything.
    Text,
    /// Secondary information, which should not be in the way.
    Quiet,
    /// The name of the program, keys, questions.
    Strong,
    /// The headline of a review.
    Headline,
    /// Stars.
    Rating,
    /// Spoilers and their edges, and the marks of what is unread.
    Spoiler,
    /// Text that was behind a spoiler.
    Revealed,
    /// Files that could not be read, and errors in a line.
    Problem,
    /// Hits of a search.
    Hit,
    /// The selection in the focused pane.
    Selected,
    /// The selected part of a line being typed.
    SelectedElsewhere,
    /// The selected row of the list. It keeps its colours, so that all of it can be read.
    SelectedRow,
    /// The bar at the edge of the selected row, and the line under the heading of the focused pane.
    Bar,
    /// The fill of a hidden spoiler's line.
    Texture,
    /// A state that must not be overlooked.
    Badge,
    /// The rule between the panes.
    Rule,
    /// The background of what is drawn over the panes.
    Panel,
    /// Code in a text.
    Code,
    /// Links in a text.
    Link,
}

impl Part {
    /// All parts, with their names in theme files, and the part whose style is used if a theme has none.
    pub const ALL: [(&'static str, Part, Option<Part>); 19] = [
        ("text", Part::Text, None),
        ("quiet", Part::Quiet, None),
        ("strong", Part::Strong, None),
        ("headline", Part::Headline, Some(Part::Strong)),
        ("rating", Part::Rating, None),
        ("spoiler", Part::Spoiler, None),
        ("revealed", Part::Revealed, Some(Part::Text)),
        ("problem", Part::Problem, None),
        ("hit", Part::Hit, None),
        ("selected", Part::Selected, None),
        ("selected-elsewhere", Part::SelectedElsewhere, Some(Part::Strong)),
        ("selected-row", Part::SelectedRow, Some(Part::Strong)),
        ("bar", Part::Bar, Some(Part::Strong)),
        ("texture", Part::Texture, Some(Part::Spoiler)),
        ("badge", Part::Badge, Some(Part::Selected)),
        ("rule", Part::Rule, Some(Part::Quiet)),
        ("panel", Part::Panel, Some(Part::Text)),
        ("code", Part::Code, None),
        ("link", Part::Link, None),
    ];
}

/// The styles of all parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    styles: [Option<Style>; Part::ALL.len()],
}

impl Theme {
    /// The theme that uses the terminal's own colours.
    #[must_use]
    pub fn terminal() -> Self {
        Themes::default()
            .read(read::ROOT)
            .map_or(Theme { styles: [None; Part::ALL.len()] }, |read| read.theme)
    }

    /// The same without colours: bold, dim, underlined and reversed text say what colours would.
    #[must_use]
    pub fn without_colours() -> Self {
        let mut theme = Theme::terminal();
        for style in theme.styles.iter_mut().flatten() {
            (style.fg, style.bg) = (None, None);
        }
        theme
    }

    /// The same in the colours that a terminal has.
    #[must_use]
    pub(crate) fn within(mut self, colours: Colours) -> Self {
        self.styles.iter_mut().flatten().for_each(|style| *style = colours.style(*style));
        self
    }

    /// Whether it has a background of its own, and so colours that were made for that.
    fn has_ground(&self) -> bool {
        matches!(self.style(Part::Text).bg, Some(Color::Rgb(..) | Color::Indexed(_)))
    }

    /// The style of a part.
    #[must_use]
    pub fn style(&self, part: Part) -> Style {
        let (_, _, fallback) = Part::ALL[part as usize];
        self.styles[part as usize].or_else(|| fallback.map(|part| self.style(part))).unwrap_or_default()
    }

    /// The style of a run of text.
    #[must_use]
    pub fn run(&self, role: Role, style: markup::Style) -> Style {
        let part = match role {
            Role::Body | Role::Work => Part::Text,
            Role::Revealed => Part::Revealed,
            Role::Headline => Part::Headline,
            Role::Stars => Part::Rating,
            Role::Meta => Part::Quiet,
            Role::Texture => Part::Texture,
            Role::Label | Role::SpanMark => Part::Spoiler,
            Role::Fault => Part::Problem,
        };
        let mut look = self.style(part);
        for (markup, part) in [(markup::Style::CODE, Part::Code), (markup::Style::LINK, Part::Link)] {
            if style.has(markup) {
                look = look.patch(self.style(part));
            }
        }
        for (markup, modifier) in [
            (markup::Style::EMPHASIS, Modifier::ITALIC),
            (markup::Style::STRONG, Modifier::BOLD),
            (markup::Style::ASIDE, Modifier::DIM),
        ] {
            if style.has(markup) {
                look = look.add_modifier(modifier);
            }
        }
        look
    }
}

#[cfg(test)]
mod tests;
