//! The command line. Without a command it starts the reader, or prints a plain list if there is no terminal to draw on.
//! No command has its own rules about what may be seen.

mod check;
mod config;
mod configuration;
mod doctor;
mod export;
mod gates;
mod import;
mod inputs;
mod list;
mod manual;
mod new;
mod progress;
mod progress_bar;
mod reviews;
mod schema;
mod show;
mod state;
mod terminal;

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use self::configuration::Configuration;
use self::terminal::Unfit;
use crate::app::Reconfigured;
use crate::library::Source;
use crate::review::clean_text;
use crate::settings::Settings;
use crate::shell;

/// Read reviews in a terminal without spoilers
#[derive(Debug, Parser)]
#[command(
    version,
    name = "unspoiled",
    after_help = "Without a path, the folders given by --library, UNSPOILED_LIBRARY or the configuration are opened, or else \
                  the reviews that come with the program. Press ? in the program for its keys. To open a folder that has the name of \
                  a command, write ./NAME.\n\n\
                  Exit codes: 0 success, 1 failure or problems were found, 2 the command line is invalid."
)]
struct Args {
    /// Folders of reviews, or single files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A folder of reviews to use if no path is given, or its name in the configuration; may be repeated [env:
    /// UNSPOILED_LIBRARY, folders separated by colons]
    #[arg(long, value_name = "DIR", global = true)]
    library: Vec<PathBuf>,
    /// The maximum width of text, in columns [env: UNSPOILED_MEASURE]
    #[arg(long, value_name = "COLUMNS", global = true)]
    measure: Option<String>,
    /// The theme: a bundled one, or one of your own [env: UNSPOILED_THEME]
    #[arg(long, value_name = "NAME", global = true)]
    theme: Option<String>,
    /// Draw stars, rules and symbols in ASCII
    #[arg(long, global = true)]
    ascii: bool,
    /// Save nothing from this run, and ignore what earlier ones saved
    #[arg(long)]
    no_memory: bool,
    /// Take a short tour of the program, on the reviews that come with it; nothing is remembered
    #[arg(long, conflicts_with_all = ["paths", "library"])]
    demo: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Turn reviews from elsewhere into review files, with everything marked as a spoiler hidden
    Import(import::Args),
    /// Print one review, with its spoilers hidden
    Show(show::Args),
    /// List reviews
    List(list::Args),
    /// Check a collection of reviews for problems
    Check(check::Args),
    /// Create a review file in the first folder of the library, and open it in $VISUAL or $EDITOR
    New(new::Args),
    /// Write reviews in another format, or for another site, without what is hidden
    Export(export::Args),
    /// Show what is remembered from earlier runs, or forget it
    State(state::Args),
    /// Show, check or create the configuration
    #[command(subcommand)]
    Config(config::Args),
    /// Print information for a bug report: the terminal, the configuration, folders; no word of a review
    Doctor,
    /// Print the JSON Schema of a file format
    #[command(subcommand)]
    Schema(schema::Args),
    /// Set or show how far you have got in a work, or import that from lists of other programs
    Progress(progress::Args),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// How a command failed.
enum Failure {
    /// The command line is invalid.
    Usage(String),
    /// Something is wrong or could not be done.
    Failed(String),
    /// The problem has been reported already.
    Reported,
    /// The problems of the configuration have been reported.
    Misconfigured,
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Failed(error_words(&error))
    }
}

type Outcome = Result<(), Failure>;

/// The exit code for failures, and for problems that were found.
const FAILED: u8 = 1;

/// The exit code for an invalid command line.
const USAGE: u8 = 2;

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    shell::give_back_on_panic();
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // The message quotes what was typed, which may contain control characters. A closed pipe is not an error.
            let text = clean_text(error.render().to_string().into()).into_owned();
            let _ = match error.use_stderr() {
                true => io::stderr().write_all(text.as_bytes()),
                false => io::stdout().write_all(text.as_bytes()),
            };
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    match perform(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => fail(&message, USAGE),
        Err(Failure::Failed(message)) => fail(&message, FAILED),
        Err(Failure::Reported) => ExitCode::from(FAILED),
        Err(Failure::Misconfigured) => ExitCode::from(USAGE),
    }
}

fn perform(args: &Args) -> Outcome {
    let configuration = Configuration::new(args);
    if let Some(refused) = configuration.refused_flag() {
        return Err(Failure::Usage(refused));
    }
    let Some(command) = &args.command else {
        return read(args);
    };
    if !args.paths.is_empty() {
        return Err(Failure::Usage("put paths after the command; see unspoiled help".to_owned()));
    }
    match command {
        Command::Import(import) => import::run(import, args),
        Command::Show(show) => show::run(show, args),
        Command::List(list) => list::run(list, args, &reviews::sources(&list.query, args)?),
        Command::Check(check) => check::run(check, args),
        Command::New(new) => new::run(new, args),
        Command::Export(export) => export::run(export, &reviews::sources(&export.query, args)?),
        Command::State(state) => state::run(state),
        Command::Config(config) => config::run(config, &configuration),
        Command::Doctor => doctor::run(args),
        Command::Schema(schema) => schema::run(schema),
        Command::Progress(progress) => progress::run(progress, args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Args::command(), "unspoiled", &mut script);
            print(&script)
        }
        Command::Man => print(&manual::page(Args::command(), &configuration.read().settings.keys)?),
    }
}

/// Opens the reader.
fn read(args: &Args) -> Outcome {
    let sources = if args.demo { vec![Source::Bundled] } else { sources(args)? };
    let name = sources.iter().map(Source::name).collect::<Vec<_>>().join(" ");
    if !io::stdout().is_terminal() {
        return list::run(&list::Args::default(), args, &sources);
    }
    match terminal::unfit() {
        None => read_on_terminal(args, sources, name),
        Some(Unfit::CannotDraw(term)) => {
            warn(&format!("this terminal cannot draw ({term}), so the reviews are listed instead"));
            list::run(&list::Args::default(), args, &sources)
        }
        Some(Unfit::OtherCharset(variable)) => Err(Failure::Usage(format!(
            "the reader needs UTF-8, but {variable} names another charset; try LC_ALL=C.UTF-8"
        ))),
    }
}

fn read_on_terminal(args: &Args, sources: Vec<Source>, name: String) -> Outcome {
    let configuration = Configuration::new(args);
    let folders = [configuration.folder(), configuration.themes()].into_iter().flatten().collect();
    let is_tour = args.demo;
    let read = move || {
        let configured = configuration.read();
        let warning = configuration.warning(&configured);
        let remembers = configured.settings.remembers && !is_tour;
        let (name, alphabet) = (name.clone(), shell::alphabet());
        let mut settings = Settings { name, alphabet, remembers, is_tour, ..configured.settings };
        if std::env::var_os("TERM").is_some_and(|term| term == "linux") {
            // The console of Linux shows what it does not understand of these.
            let screen = &mut settings.screen;
            (screen.has_title, screen.has_hyperlinks, screen.asks_appearance) = (false, false, false);
        }
        Reconfigured { settings, warning }
    };
    piped(shell::read(sources, shell::Configuration { folders, read: Box::new(read) }))
}

/// Treats a closed pipe as success: whoever was reading has seen enough.
fn piped(done: io::Result<()>) -> Outcome {
    match done {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|error| Failure::Failed(error.to_string())),
    }
}

/// Prints to standard output.
fn print(text: &[u8]) -> Outcome {
    let mut out = io::stdout().lock();
    piped(out.write_all(text).and_then(|()| out.flush()))
}

/// An error message of the system without its number.
fn error_words(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

/// A path, safe to display.
fn display_path(path: &Path) -> String {
    crate::review::clean_line(&path.to_string_lossy()).into_owned()
}

fn fail(message: &str, code: u8) -> ExitCode {
    warn(message);
    ExitCode::from(code)
}

/// Prints a message to standard error. It may quote what was typed, so it is cleaned first.
fn warn(message: &str) {
    let _ = writeln!(io::stderr(), "unspoiled: {}", clean_text(message.into()));
}

/// The folders in `UNSPOILED_LIBRARY`.
fn in_environment() -> Vec<PathBuf> {
    let variable = std::env::var_os("UNSPOILED_LIBRARY").unwrap_or_default();
    std::env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty()).collect()
}

/// The folders to open if none is named: those in the environment, or else those in the configuration.
fn usual(args: &Args) -> Vec<PathBuf> {
    let folders = in_environment();
    if !folders.is_empty() {
        return folders;
    }
    let configuration = Configuration::new(args);
    let libraries = configuration.read().settings.libraries;
    libraries.iter().map(|(_, folder)| configuration.folder_of(folder)).collect()
}

/// The folders that `--library` names. Some may be names from the configuration.
fn libraries(args: &Args) -> Vec<PathBuf> {
    if args.library.iter().all(|folder| folder.exists()) {
        return args.library.clone();
    }
    let configuration = Configuration::new(args);
    let known = configuration.read().settings.libraries;
    let named = |folder: &PathBuf| {
        let found = known.iter().find(|(name, _)| folder.to_str() == Some(name)).filter(|_| !folder.exists());
        found.map_or_else(|| folder.clone(), |(_, written)| configuration.folder_of(written))
    };
    args.library.iter().map(named).collect()
}

/// The folders named on the command line, or else the usual ones.
fn named(args: &Args) -> Vec<PathBuf> {
    [args.paths.clone(), libraries(args)].into_iter().find(|p| !p.is_empty()).unwrap_or_else(|| usual(args))
}

/// The sources named on the command line, or else the usual ones.
fn sources(args: &Args) -> Result<Vec<Source>, Failure> {
    let named = [args.paths.clone(), libraries(args)].concat();
    if !named.is_empty() {
        return sources_at(&named);
    }
    // A missing folder that was not named on this command line (on a disk that is not connected, say) does not keep the
    // others from being read.
    let all = usual(args);
    let (there, missing): (Vec<_>, Vec<_>) = all.into_iter().partition(|path| Source::at(path).is_ok());
    match (there.is_empty(), missing.is_empty()) {
        (true, false) => sources_at(&missing),
        _ => {
            missing.iter().filter_map(|path| no_source(path)).for_each(|reason| warn(&reason));
            sources_at(&there)
        }
    }
}

/// Why no reviews can be read from this path.
fn no_source(path: &Path) -> Option<String> {
    let error = Source::at(path).err()?;
    Some(format!(
        "{}: {}; name a folder of reviews or a review file",
        display_path(path),
        error_words(&error)
    ))
}

fn sources_at(named: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    if named.is_empty() {
        return Ok(vec![Source::Bundled]);
    }
    let at =
        |path: &PathBuf| Source::at(path).map_err(|_| Failure::Usage(no_source(path).unwrap_or_default()));
    named.iter().map(at).collect()
}
