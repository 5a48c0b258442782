//! `unspoiled export`: writes reviews in other formats, without hidden text.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::reviews::{self, Names};
use super::{Failure, Outcome, display_path, error_words, print};
use crate::export::{Exported, Format};
use crate::files;
use crate::find::Order;
use crate::library::{Entry, Source};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) query: reviews::QueryArgs,
    /// A file for all reviews, or a folder (an existing one, or with a / at the end) with a file for each; - is
    /// standard output
    #[arg(long, value_name = "PATH", default_value = "-")]
    to: PathBuf,
    /// The output format
    #[arg(long, value_name = "NAME")]
    format: Format,
    /// Overwrite existing files
    #[arg(long)]
    force: bool,
    /// Include spoilers, folded or with the spoiler marks of that place. Anyone who has the file can read them
    #[arg(long)]
    with_curtains: bool,
    #[command(flatten)]
    as_of: reviews::AsOfArgs,
}

pub(super) fn run(args: &Args, sources: &[Source]) -> Outcome {
    let library = reviews::load_all(sources);
    let (mut curtains, misfits) = args.as_of.curtains(&library, || reviews::entries(&library));
    let chosen = reviews::chosen(&library, &curtains, &args.query, Order::default())?;
    reviews::report_misfits(&misfits, &chosen);
    if chosen.is_empty() {
        return Err(Failure::Failed("no reviews found, nothing written".to_owned()));
    }
    if args.with_curtains {
        curtains.toggle_always_show();
    }
    let is_folder = args.to.is_dir() || args.to.as_os_str().as_encoded_bytes().ends_with(b"/");
    let (names, mut files) = (Names::of(&library), FileNames::default());
    let name = |entry: &&Entry| match is_folder {
        true => files.next(entry, names.is_shared(entry)),
        false => names.get(entry).to_owned(),
    };
    let given: Vec<_> = chosen.iter().map(name).collect();
    let exported = chosen.iter().zip(&given).filter_map(|(entry, name)| {
        Some(Exported { visible: library.visible(&curtains, entry.id())?, name })
    });
    let exported: Vec<_> = exported.collect();
    if matches!(args.to.to_str(), Some("-" | "/dev/stdout")) {
        return print(args.format.written(&exported).as_bytes());
    }
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

/// The names of the files of an export, each given once.
#[derive(Default)]
struct FileNames(HashSet<String>);

impl FileNames {
    /// The name for a review: its own, or if another library has a review of that name, one below the last part of its
    /// library's folder.
    fn next(&mut self, entry: &Entry, is_shared: bool) -> String {
        let folder = Path::new(entry.folder()).file_name().map(|name| name.to_string_lossy().into_owned());
        // The root of the file system has no name, and a path that begins with a slash would leave the folder of the
        // export.
        let folder = folder.unwrap_or_else(|| "library".to_owned());
        let named = |number: usize| match (is_shared, number) {
            (false, 1) => entry.name().to_owned(),
            (true, 1) => format!("{folder}/{}", entry.name()),
            _ => format!("{folder}-{number}/{}", entry.name()),
        };
        let name = (1..).map(named).find(|name| !self.0.contains(name)).unwrap_or_default();
        self.0.insert(name.clone());
        name
    }
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
