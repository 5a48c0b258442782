//! Where the configuration is, and reading it: the file, the reader's own themes, variables, and the command line.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use super::{Args, display_path, error_words};
use crate::review::{Fault, clean_line};
use crate::settings::{Configured, Given, Place, Problem, SETTINGS, configure};
use crate::theme::{Colours, Themes};

/// More than a configuration or a theme takes. A larger file is something else.
const MAX_BYTES: u64 = 1 << 20;

/// Where the configuration comes from.
#[derive(Debug)]
pub(super) struct Configuration {
    /// The folder of the file and of themes, if there is a home.
    folder: Option<PathBuf>,
    /// What was given on the command line.
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

    /// The file, which need not be there.
    pub(super) fn file(&self) -> Option<PathBuf> {
        Some(self.folder.as_ref()?.join("config.toml"))
    }

    /// The folder of the file, which need not be there.
    pub(super) fn folder(&self) -> Option<PathBuf> {
        self.folder.clone()
    }

    /// The folder of the reader's own themes, which need not be there.
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

    /// The reader's own themes and the bundled ones. A file that cannot be read is as good as none.
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

    /// A folder as it is written in the configuration: below the home folder with `~/`, and otherwise, if it is relative,
    /// below that of the configuration.
    pub(super) fn folder_of(&self, written: &str) -> PathBuf {
        match (written.strip_prefix("~/"), etcetera::home_dir(), &self.folder) {
            (Some(below), Ok(home), _) => home.join(below),
            (_, _, Some(folder)) => folder.join(written),
            _ => PathBuf::from(written),
        }
    }

    /// A problem in a line, with its place.
    pub(super) fn told(&self, problem: &Problem) -> String {
        let path = |path: Option<PathBuf>| path.map(|path| display_path(&path)).unwrap_or_default();
        let place = match &problem.place {
            Place::File => path(self.file()),
            Place::Theme(name) => path(self.themes().map(|folder| folder.join(format!("{name}.toml")))),
            Place::Variable(name) | Place::Flag(name) => (*name).to_owned(),
        };
        let at = problem.fault.position.map(|(line, column)| format!(":{line}:{column}"));
        format!("{place}{}: {}", at.unwrap_or_default(), problem.fault.reason)
    }

    /// What is wrong with an option, if something is: a command line that is wrong is not run.
    pub(super) fn refused_flag(&self) -> Option<String> {
        if self.flags.is_empty() {
            return None;
        }
        let configured = self.read();
        let mut problems = configured.problems.iter();
        problems.find(|problem| matches!(problem.place, Place::Flag(_))).map(|problem| self.told(problem))
    }

    /// What is wrong, in a line.
    pub(super) fn warning(&self, configured: &Configured) -> Option<String> {
        let first = self.told(configured.problems.first()?);
        Some(match configured.problems.len() {
            1 => first,
            all => format!("{first} (and {} more: unspoiled config check)", all - 1),
        })
    }
}

/// The colours that the terminal says that it has.
pub(super) fn colours() -> Colours {
    Colours::of(|name| std::env::var(name).ok())
}

/// The variables that decide something, with what they say.
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
