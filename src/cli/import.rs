//! `unspoiled import`: the arguments and the report. The import itself is in [`crate::import`].

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Failure, display_path, error_words, print, progress};
use crate::import::folder::{Error, Folder, Outcome};
use crate::import::{self, Batch, Curtain, Format, Options, Order};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Exports from Goodreads, Letterboxd, StoryGraph, BookWyrm or LibraryThing, feeds, or text files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder to put the reviews in
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// The format of the files, if it cannot be detected
    #[arg(long, value_name = "NAME")]
    from: Option<Format>,
    /// Whether the month or the day comes first in dates such as 2/5/2012
    #[arg(long, value_name = "ORDER")]
    dates: Option<Order>,
    /// Which reviews to hide as a whole, whatever is marked in them
    #[arg(long, value_name = "WHAT")]
    curtain: Option<Curtain>,
    /// Report what would happen without writing anything
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args) -> super::Outcome {
    let mut folder = Folder::open(&args.into, args.dry_run).map_err(failure)?;
    let mut total = Outcome::default();
    let (mut read_files, mut are_all_read) = (0, true);
    for path in &args.files {
        match read(path, args, &folder) {
            Ok((format, batch)) => {
                let outcome = folder.take(format, &batch.reviews, &progress::draw).map_err(failure)?;
                print(report(path, format, &batch, &outcome, args).as_bytes())?;
                are_all_read &= !batch.reviews.is_empty() || batch.without_text > 0;
                total.without_text += batch.without_text;
                total.add(outcome);
                read_files += 1;
            }
            Err(reason) => {
                let _ = writeln!(io::stderr(), "unspoiled: {}: {reason}", display_path(path));
                are_all_read = false;
            }
        }
    }
    if read_files > 1 {
        let counts = counts(&total, args.dry_run);
        print(format!("{} in all\n{}\n", counted(read_files, "file"), counts.join("\n")).as_bytes())?;
    }
    if are_all_read { Ok(()) } else { Err(Failure::Reported) }
}

fn read(path: &Path, args: &Args, folder: &Folder<'_>) -> Result<(Format, Batch), String> {
    let metadata = fs::metadata(path).map_err(|error| error_words(&error))?;
    if !metadata.is_file() {
        return Err("not a file".to_owned());
    }
    if metadata.len() > import::MAX_BYTES {
        return Err("larger than any export".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| error_words(&error))?;
    let format = match args.from {
        Some(format) => format,
        None => import::recognise(&bytes)?,
    };
    let options = Options { order: args.dates, curtain: args.curtain };
    let batch = import::read(format, &folder.source_name(path), &bytes, options)?;
    Ok((format, batch))
}

/// The report on one file.
fn report(path: &Path, format: Format, batch: &Batch, outcome: &Outcome, args: &Args) -> String {
    let mut lines = vec![format!("{} ({})", display_path(path), format.name())];
    lines.extend(counts(outcome, args.dry_run));
    let without_text = batch.without_text + outcome.without_text;
    if without_text > 0 {
        lines.push(format!("  {without_text} skipped: no review text"));
    }
    lines.extend(
        outcome
            .kept
            .iter()
            .map(|name| format!("  kept as you have edited it: {}", display_path(Path::new(name)))),
    );
    lines.extend(outcome.refused.iter().map(|reason| format!("  skipped: {reason}")));
    if !outcome.guesses.is_empty() {
        let count = outcome.guesses.len();
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        lines.push(format!("  hidden from {places} on as a guess; please check:"));
    }
    lines.extend(outcome.guesses.iter().map(|(row, guess)| {
        let row = row.map(|row| format!("row {row}, ")).unwrap_or_default();
        format!("    {row}line {}: {}", guess.line, guess.reason)
    }));
    if !batch.warnings.is_empty() {
        lines.push(format!("  {}", counted(batch.warnings.len(), "warning")));
        lines.extend(batch.warnings.iter().map(|warning| format!("    {warning}")));
    }
    let caveat = format.caveat().filter(|_| args.curtain.is_none() && !batch.reviews.is_empty());
    lines.extend(caveat.map(|caveat| format!("  note: {caveat}")));
    lines.join("\n") + "\n"
}

fn counts(outcome: &Outcome, is_dry: bool) -> Vec<String> {
    let would = if is_dry { "would be " } else { "" };
    let counts = [
        (outcome.imported, format!("{would}imported")),
        (outcome.updated, format!("{would}updated")),
        (outcome.unchanged, "unchanged".to_owned()),
        (outcome.kept.len(), "kept because you have edited them".to_owned()),
        (outcome.refused.len(), "skipped: not valid reviews".to_owned()),
    ];
    let mut lines: Vec<_> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("  {count} {what}"))
        .collect();
    lines.push(match outcome.curtains {
        0 => "  no spoilers".to_owned(),
        curtains => {
            format!("  {} in {}", counted(curtains, "spoiler"), counted(outcome.with_curtains, "review"))
        }
    });
    lines
}

/// `1 spoiler`, `2 spoilers`.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn failure(error: Error) -> Failure {
    Failure::Failed(match error {
        Error::Read(path, error) => {
            format!("{} could not be read: {}", display_path(&path), error_words(&error))
        }
        Error::Foreign(path) => {
            format!("{} was not written by this program; nothing was imported", display_path(&path))
        }
        Error::Outside(path) => {
            format!("{} names a file outside of its folder; nothing is imported", display_path(&path))
        }
        Error::Write(path, error) => {
            format!("{} could not be written: {}", display_path(&path), error_words(&error))
        }
        Error::Note(path, error) => {
            format!(
                "the imported files could not be recorded in {}: {}",
                display_path(&path),
                error_words(&error)
            )
        }
    })
}
