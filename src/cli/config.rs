//! `unspoiled config`: what is configured, where, and what is wrong with it.

use std::io::ErrorKind;

use super::configuration::Configuration;
use super::{Failure, Outcome, display_path, error_words, print};
use crate::files;
use crate::settings::{Configured, Origin, SETTINGS, file_to_edit};

#[derive(Debug, clap::Subcommand)]
pub(super) enum Args {
    /// Print each setting with its value and where it comes from
    Show,
    /// Report everything that is wrong in the configuration
    Check,
    /// Write the default configuration, with comments, unless the file exists
    Init,
    /// Print the path of the configuration file
    Path,
}

pub(super) fn run(args: &Args, configuration: &Configuration) -> Outcome {
    match args {
        Args::Show => show(&configuration.read()),
        Args::Check => check(configuration, &configuration.read()),
        Args::Init => init(configuration),
        Args::Path => {
            let path = configuration.file().ok_or_else(no_home)?;
            print(format!("{}\n", display_path(&path)).as_bytes())
        }
    }
}

fn no_home() -> Failure {
    Failure::Failed("there is no home folder for a configuration".to_owned())
}

fn show(configured: &Configured) -> Outcome {
    let Configured { settings, origins, .. } = configured;
    let mut lines = Vec::new();
    for (name, folder) in &settings.libraries {
        lines
            .push((format!("libraries.{name} = {}", toml::Value::String(folder.clone())), "file".to_owned()));
    }
    for (setting, origin) in SETTINGS.iter().zip(origins) {
        let origin = match origin {
            Origin::Default => "default".to_owned(),
            Origin::File(line) => format!("file, line {line}"),
            Origin::Variable(name) => format!("variable {name}"),
            Origin::Flag(name) => format!("option {name}"),
        };
        lines.push((format!("{} = {}", setting.name(), (setting.get)(settings)), origin));
    }
    let width = lines.iter().map(|(line, _)| line.chars().count()).max().unwrap_or(0);
    let text: String = lines.iter().map(|(line, origin)| format!("{line:width$}  # {origin}\n")).collect();
    print(crate::review::clean_text(text.into()).as_bytes())
}

/// Prints every problem. The exit code is the one for an invalid command line, so that scripts can tell it from other
/// failures.
fn check(configuration: &Configuration, configured: &Configured) -> Outcome {
    let problems: String =
        configured.problems.iter().map(|problem| configuration.line_of(problem) + "\n").collect();
    print(problems.as_bytes())?;
    if configured.problems.is_empty() { Ok(()) } else { Err(Failure::Misconfigured) }
}

fn init(configuration: &Configuration) -> Outcome {
    let path = configuration.file().ok_or_else(no_home)?;
    match files::create(&path, file_to_edit().as_bytes()) {
        Ok(()) => print(format!("{}\n", display_path(&path)).as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(Failure::Failed(format!("{} exists already and was left as it is", display_path(&path))))
        }
        Err(error) => Err(Failure::Failed(format!(
            "{} could not be written: {}",
            display_path(&path),
            error_words(&error)
        ))),
    }
}
