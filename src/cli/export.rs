//! `unspoiled export`: writes reviews in other formats, without hidden text.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::reviews;
use super::{Failure, Outcome, display_path, error_words, print};
use crate::curtain::Curtains;
use crate::export::{Exported, Format};
use crate::files;
use crate::find::Order;
use crate::library::{Entry, Source};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) query: reviews::QueryArgs,
    /// One file for all reviews, or a folder (existing, or with a / at the end) for a file per review; - is standard
    /// output
    #[arg(long, value_name = "PATH", default_value = "-")]
    to: PathBuf,
    /// The output format
    #[arg(long, value_name = "NAME")]
    format: Format,
    /// Overwrite existing files
    #[arg(long)]
    force: bool,
    /// Include spoilers, folded or in the place's own marks. Anyone who gets the file can read them
    #[arg(long)]
    with_curtains: bool,
}

pub(super) fn run(args: &Args, sources: &[Source]) -> Outcome {
    let library = reviews::load_all(sources);
    let chosen = reviews::chosen(&library, &args.query, Order::default())?;
    if chosen.is_empty() {
        return Err(Failure::Failed("no reviews found, nothing written".to_owned()));
    }
    let mut curtains = Curtains::default();
    if args.with_curtains {
        curtains.toggle_always_show();
    }
    let visible = |entry: &Entry| library.visible(&curtains, entry.id());
    let exported: Vec<_> = chosen
        .into_iter()
        .filter_map(|entry| Some(Exported { visible: visible(entry)?, name: entry.name() }))
        .collect();
    if matches!(args.to.to_str(), Some("-" | "/dev/stdout")) {
        return print(args.format.written(&exported).as_bytes());
    }
    let is_folder = args.to.is_dir() || args.to.as_os_str().as_encoded_bytes().ends_with(b"/");
    let texts: Vec<_> = match is_folder {
        false => vec![(args.to.clone(), args.format.written(&exported))],
        true => {
            let files = args.format.files(&exported).into_iter();
            files.map(|(path, text)| (args.to.join(path), text)).collect()
        }
    };
    // Check before writing anything: half an export is worse than none.
    if !args.force
        && let Some((path, _)) = texts.iter().find(|(path, _)| path.is_file())
    {
        return Err(there_already(path));
    }
    texts.iter().try_for_each(|(path, text)| write(path, text, args.force))
}

fn there_already(path: &Path) -> Failure {
    Failure::Failed(format!(
        "{} exists already, nothing written; use --force to overwrite it",
        display_path(path)
    ))
}

/// Writes a file. A device or a pipe is written to, not replaced.
fn write(path: &Path, text: &str, force: bool) -> Outcome {
    let is_plain = fs::metadata(path).map_or(true, |there| there.is_file());
    let written = match (is_plain, force) {
        (false, _) => {
            OpenOptions::new().write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()))
        }
        (true, true) => files::replace(path, text.as_bytes()),
        (true, false) if path.is_symlink() => files::replace(path, text.as_bytes()),
        (true, false) => files::create(path, text.as_bytes()),
    };
    match written {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(there_already(path)),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::Failed(format!(
            "{} could not be written: {}",
            display_path(path),
            error_words(&error)
        ))),
        Ok(()) => Ok(()),
    }
}
