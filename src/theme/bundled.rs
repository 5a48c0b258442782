//! The themes that come with the program.

macro_rules! bundle {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("themes/", $name, ".toml")))),*]
    };
}

/// Names with the texts of their files. A test compares the list with the folder.
pub(super) const THEMES: &[(&str, &str)] = bundle! {
    "terminal"
};
