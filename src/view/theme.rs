//! Roles to looks. Nothing outside `view` knows a colour; here only the terminal's own sixteen are used, which its owner
//! has chosen to be readable, and every state that a colour tells is told by a character too.

use ratatui::style::{Color, Modifier, Style};

use crate::markup;
use crate::typeset::Role;

/// The looks of everything.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    has_colour: bool,
}

impl Theme {
    /// A theme with colours, or with bold, dim and reversed only.
    #[must_use]
    pub fn new(has_colour: bool) -> Self {
        Theme { has_colour }
    }

    fn colour(self, colour: Color) -> Style {
        if self.has_colour { Style::new().fg(colour) } else { Style::new() }
    }

    /// The look of a run of text.
    #[must_use]
    pub fn run(self, role: Role, style: markup::Style) -> Style {
        let mut look = match role {
            Role::Body | Role::Revealed | Role::Work => Style::new(),
            Role::Headline => Style::new().add_modifier(Modifier::BOLD),
            Role::Stars => self.stars(),
            Role::Meta => self.quiet(),
            Role::Texture => self.curtain().add_modifier(Modifier::DIM),
            Role::Label | Role::SpanMark => self.curtain(),
            Role::Fault => self.problem(),
        };
        for (part, modifier) in [
            (markup::Style::EMPHASIS, Modifier::ITALIC),
            (markup::Style::STRONG, Modifier::BOLD),
            (markup::Style::LINK, Modifier::UNDERLINED),
            (markup::Style::ASIDE, Modifier::DIM),
        ] {
            if style.has(part) {
                look = look.add_modifier(modifier);
            }
        }
        if style.has(markup::Style::CODE) { look.patch(self.colour(Color::Cyan)) } else { look }
    }

    /// What is there but should not be in the way.
    #[must_use]
    pub fn quiet(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// The name of the program, the keys in the footer.
    #[must_use]
    pub fn strong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Stars.
    #[must_use]
    pub fn stars(self) -> Style {
        self.colour(Color::Yellow)
    }

    /// Curtains and their edges.
    #[must_use]
    pub fn curtain(self) -> Style {
        self.colour(Color::Magenta)
    }

    /// Files that could not be read.
    #[must_use]
    pub fn problem(self) -> Style {
        self.colour(Color::Red)
    }

    /// What was looked for, where it was found.
    #[must_use]
    pub fn hit(self) -> Style {
        self.colour(Color::Yellow).add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// What the keys act on, in the pane that has them.
    #[must_use]
    pub fn selected(self) -> Style {
        Style::new().add_modifier(Modifier::REVERSED)
    }

    /// The selected row of the list. It keeps its colours, so that all of it can be read.
    #[must_use]
    pub fn selected_row(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The bar at the edge of the selected row, and the line under the heading of the pane that has the keys.
    #[must_use]
    pub fn bar(self) -> Style {
        self.colour(Color::Cyan)
    }

    /// What is selected in a line that is typed.
    #[must_use]
    pub fn selected_elsewhere(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }
}
