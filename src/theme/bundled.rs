//! The themes that come with the program.

macro_rules! bundle {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("themes/", $name, ".toml")))),*]
    };
}

/// The names and texts of the files. A test compares the list with the folder.
pub(super) const THEMES: &[(&str, &str)] = bundle! {
    "catppuccin-latte"
    "catppuccin-mocha"
    "dracula"
    "everforest-dark"
    "github-light"
    "gruvbox-dark"
    "gruvbox-light"
    "nord"
    "one-dark"
    "rose-pine"
    "rose-pine-dawn"
    "solarized-dark"
    "solarized-light"
    "terminal"
    "tokyo-night"
};
