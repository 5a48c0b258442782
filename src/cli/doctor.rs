//! `unspoiled doctor`: information for a bug report. It opens no review, and prints no word of one.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use super::configuration::{Configuration, colours};
use super::{Outcome, display_path, print, usual};
use crate::app::Appearance;
use crate::review::clean_line;
use crate::settings::{Origin, SETTINGS, Value};
use crate::shell;
use crate::theme::Colours;

/// The variables that describe the terminal and the language.
const VARIABLES: [&str; 10] = [
    "TERM",
    "COLORTERM",
    "TERM_PROGRAM",
    "TERM_PROGRAM_VERSION",
    "TMUX",
    "NO_COLOR",
    "LC_ALL",
    "LC_CTYPE",
    "LC_COLLATE",
    "LANG",
];

pub(super) fn run(args: &super::Args) -> Outcome {
    let configuration = Configuration::new(args);
    let mut report = Report::default();
    report.program();
    report.terminal();
    report.configuration(&configuration);
    report.folders(args);
    print(report.0.as_bytes())
}

#[derive(Default)]
struct Report(String);

impl Report {
    fn heading(&mut self, heading: &str) {
        if !self.0.is_empty() {
            self.0.push('\n');
        }
        self.0 += heading;
        self.0.push('\n');
    }

    fn line(&mut self, name: &str, value: &str) {
        self.0 += &format!("  {name:40} {}\n", clean_line(value));
    }

    fn program(&mut self) {
        self.heading("unspoiled");
        self.line("version", env!("CARGO_PKG_VERSION"));
        self.line("system", &format!("{} {}", std::env::consts::OS, std::env::consts::ARCH));
    }

    fn terminal(&mut self) {
        self.heading("terminal");
        let yes = |is_so: bool| if is_so { "yes" } else { "no" };
        self.line("input is a terminal", yes(io::stdin().is_terminal()));
        self.line("output is a terminal", yes(io::stdout().is_terminal()));
        if let Ok((columns, rows)) = crossterm::terminal::size() {
            self.line("size", &format!("{columns}×{rows}"));
        }
        self.line(
            "colours, by its variables",
            match colours() {
                Colours::All => "16 million",
                Colours::Indexed => "256",
                Colours::Sixteen => "16",
            },
        );
        self.line(
            "can show the reader",
            match super::terminal::unfit() {
                None => "yes",
                Some(super::terminal::Unfit::CannotDraw(_)) => "no: it can only print",
                Some(super::terminal::Unfit::OtherCharset(_)) => "no: its charset is not UTF-8",
            },
        );
        self.answers();
        for name in VARIABLES {
            if let Some(value) = std::env::var_os(name) {
                self.line(name, &value.to_string_lossy());
            }
        }
    }

    /// What the terminal answers when it is asked what it can do.
    fn answers(&mut self) {
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) {
            return self.line("was asked what it can do", "no: input and output must be terminals for that");
        }
        let Ok(Some(abilities)) = shell::ask_terminal() else {
            return self.line("was asked what it can do", "yes, but it has not answered");
        };
        let yes = |is_so: bool| if is_so { "yes" } else { "not that it says" };
        for (what, can) in &abilities.modes {
            self.line(what, yes(*can));
        }
        self.line("takes texts for the clipboard", yes(abilities.has_clipboard));
        self.line(
            "background",
            match abilities.appearance {
                Some(Appearance::Dark) => "dark",
                Some(Appearance::Light) => "light",
                None => "not told",
            },
        );
    }

    fn configuration(&mut self, configuration: &Configuration) {
        self.heading("configuration");
        let configured = configuration.read();
        self.path("file", configuration.file().as_deref());
        self.path("themes", configuration.themes().as_deref());
        self.path("state", shell::state_file().ok().as_deref());
        self.path("progress", shell::progress_file().ok().as_deref());
        match configured.problems.len() {
            0 => self.line("problems", "none"),
            n => self.line("problems", &format!("{n}: see unspoiled config check")),
        }
        for (setting, origin) in SETTINGS.iter().zip(&configured.origins) {
            let value = (setting.get)(&configured.settings);
            let origin = match origin {
                Origin::Default if value != Value::Flag(false) => continue,
                Origin::Default => "off by default".to_owned(),
                Origin::File(line) => format!("file, line {line}"),
                Origin::Variable(name) => format!("variable {name}"),
                Origin::Flag(name) => format!("option {name}"),
            };
            // A filter may contain words from a review.
            let value = if setting.key == "filter" { "set".to_owned() } else { value.to_string() };
            self.line(&setting.name(), &format!("{value} ({origin})"));
        }
    }

    fn folders(&mut self, args: &super::Args) {
        self.heading("folders of reviews");
        let folders = usual(args);
        if folders.is_empty() {
            self.line("none", "opens the bundled reviews");
        }
        for folder in folders {
            self.path("folder", Some(&folder));
        }
    }

    fn path(&mut self, name: &str, path: Option<&Path>) {
        let Some(path) = path else { return self.line(name, "no home folder") };
        let state = match fs::metadata(path) {
            Ok(found) if found.is_dir() => "a folder",
            Ok(found) if found.is_file() => "a file",
            Ok(_) => "neither a file nor a folder",
            Err(error) if error.kind() == io::ErrorKind::NotFound => "not there",
            Err(_) => "cannot be read",
        };
        self.line(name, &format!("{} ({state})", display_path(path)));
    }
}
