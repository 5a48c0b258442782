//! Finds and reads the configuration: the file, the reader's own themes, variables, and the command line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use super::{Args, display_path, error_words};
use crate::review::{Fault, clean_line};
use crate::settings::{Configured, Given, Place, Problem, SETTINGS, configure};
use crate::theme::{Colours, Themes};

/// The limit for a configuration or a theme. A larger file is something else.
const MAX_BYTES: u64 = 1 << 20;

/// The sources of the configuration.
#[derive(Debug)]
pub(super) struct Configuration {
    /// The folder of the configuration file and themes, if there is a home folder.
    folder: Option<PathBuf>,
    /// The settings on the command line.
    flags: Vec<(&'static str, String)>,
}

impl Configuration {
    pub(super) fn new(args: &Args) -> Self {
        let flags = [
            ("--measure", args.measure.clone()),
            ("--theme", args.theme.clone()),
            ("--no-memory", args.no_memory.then(|| "false".to_owned())),
            ("--ascii", args.ascii.then(|| "true".to_owned())),
        ];
        let flags = flags.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        let folder = Xdg::new().ok().map(|folders| folders.config_dir().join("unspoiled"));
        Configuration { folder, flags }
    }

    /// The configuration file, which may not exist.
    pub(super) fn file(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("config.toml"))
    }

    /// The folder of the configuration file, which may not exist.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// The folder of the reader's own themes, which may not exist.
    pub(super) fn themes(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("themes"))
    }

    /// Reads everything.
    pub(super) fn read(&self) -> Configured {
        let (file, trouble) = match self.file().map(|path| read_text(&path)).transpose() {
            Ok(text) => (text.flatten(), None),
            Err(error) => (None, Some(error_words(&error))),
        };
        let given =
            Given { file, variables: variables(), flags: self.flags.clone(), themes: self.own_themes() };
        let mut configured = configure(&given);
        if let Some(reason) = trouble {
            let fault = Fault::whole(format!("could not be read: {reason}"));
            configured.problems.insert(0, Problem { place: Place::File, fault });
        }
        configured
    }

    /// The reader's own themes and the bundled ones. A file that cannot be read counts as missing.
    pub(super) fn own_themes(&self) -> Themes {
        let mut own = BTreeMap::new();
        let files = self.themes().and_then(|folder| fs::read_dir(folder).ok());
        for path in files.into_iter().flatten().flatten().map(|file| file.path()) {
            let name = path
                .file_stem()
                .and_then(|stem| stem.to_str())
                .filter(|_| path.extension().is_some_and(|ending| ending == "toml"));
            if let Some(name) = name
                && let Ok(Some(text)) = read_text(&path)
            {
                own.insert(name.to_owned(), text);
            }
        }
        Themes::with(own).within(colours())
    }

    /// Resolves a folder in the configuration: `~/` is the home folder, and a relative path starts at the folder of the
    /// configuration.
    pub(super) fn folder_of(&self, written: &str) -> PathBuf {
        match (written.strip_prefix("~/"), etcetera::home_dir(), &self.folder) {
            (Some(below), Ok(home), _) => home.join(below),
            (_, _, Some(folder)) => folder.join(written),
            _ => PathBuf::from(written),
        }
    }

    /// A problem as one line, with its place.
    pub(super) fn line_of(&self, problem: &Problem) -> String {
        let path = |path: Option<PathBuf>| path.map(|path| display_path(&path)).unwrap_or_default();
        let place = match &problem.place {
            Place::File => path(self.file()),
            Place::Theme(name) => path(self.themes().map(|folder| folder.join(format!("{name}.toml")))),
            Place::Variable(name) | Place::Flag(name) => (*name).to_owned(),
        };
        let at = problem.fault.position.map(|(line, column)| format!(":{line}:{column}"));
        format!("{place}{}: {}", at.unwrap_or_default(), problem.fault.reason)
    }

    /// What is wrong with the options, if anything: an invalid command line is not run.
    pub(super) fn refused_flag(&self) -> Option<String> {
        if self.flags.is_empty() {
            return None;
        }
        let configured = self.read();
        let mut problems = configured.problems.iter();
        problems.find(|problem| matches!(problem.place, Place::Flag(_))).map(|problem| self.line_of(problem))
    }

    /// A one-line summary of what is wrong.
    pub(super) fn warning(&self, configured: &Configured) -> Option<String> {
        let first = self.line_of(configured.problems.first()?);
        Some(match configured.problems.len() {
            1 => first,
            all => format!("{first} (and {} more: unspoiled config check)", all - 1),
        })
    }
}

/// The colours that the terminal claims to have.
pub(super) fn colours() -> Colours {
    Colours::of(|name| std::env::var(name).ok())
}

/// The variables that are set, as settings.
fn variables() -> Vec<(&'static str, String)> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let value = |name: &'static str| match name {
        // Any value means no colours: <https://no-color.org>.
        NO_COLOR => set(name).map(|_| "false".to_owned()),
        _ => set(name).map(|value| clean_line(&value.to_string_lossy()).into_owned()),
    };
    let names = SETTINGS.iter().filter_map(|setting| setting.variable);
    names.filter_map(|name| Some((name, value(name)?))).collect()
}

const NO_COLOR: &str = "NO_COLOR";

/// The text of a plain file, if there is one. A pipe could block, and a device may never end.
fn read_text(path: &Path) -> io::Result<Option<String>> {
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(metadata) if !metadata.is_file() => return Err(io::Error::other("it is not a plain file")),
        Ok(metadata) if metadata.len() > MAX_BYTES => return Err(io::Error::other("it is too large")),
        Ok(_) => {}
    }
    let mut text = String::new();
    fs::File::open(path)?.take(MAX_BYTES).read_to_string(&mut text)?;
    Ok(Some(text))
}
