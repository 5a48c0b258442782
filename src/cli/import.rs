//! `unspoiled import`: the arguments and the report. The import itself is in [`crate::import`].

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::inputs::{self, Input, Stream};
use super::{Failure, display_path, error_words, print, progress, progress_bar};
use crate::import::folder::{Error, Folder, Outcome};
use crate::import::{self, Batch, Curtain, Format, Options, Order, Warning};
use crate::parallel::both;
use crate::review::clean_line;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Exports from sites, feeds, saved pages, texts, or folders of texts; - is standard input
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
    /// Which reviews to hide as a whole, regardless of their marks
    #[arg(long, value_name = "WHAT")]
    curtain: Option<Curtain>,
    /// Also take how far you have got from the files, as `unspoiled progress import` does
    #[arg(long, conflicts_with = "dry_run")]
    progress: bool,
    /// Report what would happen without writing anything
    #[arg(long)]
    dry_run: bool,
}

/// What one file or folder contained, and what became of it.
struct Summary {
    format: Format,
    /// How many reviews there were.
    reviews: usize,
    without_text: usize,
    warnings: Vec<Warning>,
    outcome: Outcome,
}

pub(super) fn run(args: &Args, all: &super::Args) -> super::Outcome {
    let mut folder = Folder::open(&args.into, args.dry_run).map_err(failure)?;
    let mut total = Outcome::default();
    let (mut read_files, mut are_all_read) = (0, true);
    let mut positions = Vec::new();
    for path in &args.files {
        // A list of finished works may not contain any reviews.
        let found = if args.progress { progress::read(path).unwrap_or_default() } else { Vec::new() };
        let has_positions = !found.is_empty();
        positions.extend(found);
        let summary = match inputs::open(path) {
            Ok(Input::Stream(stream)) => stream_in(path, stream, args, &mut folder)?,
            Ok(Input::Texts(texts)) => texts_in(path, &texts, args, &mut folder)?,
            Err(reason) => Err(reason),
        };
        match summary {
            Ok(summary) => {
                print(report(path, &summary, args).as_bytes())?;
                are_all_read &= summary.reviews > 0 || summary.without_text > 0 || has_positions;
                total.without_text += summary.without_text;
                total.add(summary.outcome);
                read_files += 1;
            }
            Err(_) if has_positions => print(format!("{}\n  no reviews\n", display_path(path)).as_bytes())?,
            Err(reason) => {
                let _ = writeln!(io::stderr(), "unspoiled: {}: {}", display_path(path), clean_line(&reason));
                are_all_read = false;
            }
        }
    }
    folder.finish().map_err(failure)?;
    if read_files > 1 {
        let counts = counts(&total, args.dry_run);
        print(format!("{} in all\n{}\n", counted(read_files, "file"), counts.join("\n")).as_bytes())?;
    }
    if args.progress {
        progress::take_with_reviews(positions, &args.into, all)?;
    }
    if are_all_read { Ok(()) } else { Err(Failure::Reported) }
}

/// Imports one file, as a whole or, if each line is a record, part by part.
fn stream_in(
    path: &Path,
    mut stream: Stream,
    args: &Args,
    folder: &mut Folder<'_>,
) -> Result<Result<Summary, String>, Failure> {
    let source_name = folder.source_name(path);
    let (format, first) = match first_part(&mut stream, args) {
        Ok(first) => first,
        Err(reason) => return Ok(Err(reason)),
    };
    let name = match path == Path::new("-") {
        // Standard input has no name. The same text is the same review.
        true => format!("-/{}", import::checksum(&first)),
        false => source_name,
    };
    let batch = match import::read(format, &name, &first, args.options()) {
        Ok(batch) => batch,
        Err(reason) => return Ok(Err(reason)),
    };
    if !format.is_by_line() {
        let outcome = folder.take(format, &batch.reviews, &progress_bar::draw).map_err(failure)?;
        return Ok(Ok(Summary::of(format, batch, outcome)));
    }
    let mut summary: Option<Summary> = None;
    let (mut batch, mut rows) = (batch, lines(&first));
    loop {
        let part = match stream.part() {
            Ok(part) => part,
            Err(reason) => return Ok(Err(reason)),
        };
        let next = || import::read(format, &name, &part, args.options());
        // While these are written, the next lines are read.
        let (outcome, next) = both(|| folder.take(format, &batch.reviews, &progress_bar::draw), next);
        let outcome = outcome.map_err(failure)?;
        summary = Some(match summary {
            Some(summary) => summary.and(batch, outcome),
            None => Summary::of(format, batch, outcome),
        });
        if part.is_empty() {
            break;
        }
        batch = next.unwrap_or_else(|reason| {
            let mut batch = Batch::default();
            batch.add_warning(format!("the {} lines after line {rows}: {reason}", lines(&part)));
            batch
        });
        batch.move_down(rows);
        rows += lines(&part);
    }
    Ok(summary.ok_or_else(|| "the file is empty".to_owned()))
}

/// The first part of a file with a record on each line, or all of any other file.
fn first_part(stream: &mut Stream, args: &Args) -> Result<(Format, Vec<u8>), String> {
    let part = stream.part()?;
    let recognised = args.from.map_or_else(|| import::recognise(&part), Ok);
    if let Ok(format) = recognised
        && format.is_by_line()
    {
        return Ok((format, part));
    }
    let whole = stream.whole(part)?;
    // The first part of a large file may not be enough to recognise it.
    let format = recognised.or_else(|_| import::recognise(&whole))?;
    Ok((format, whole))
}

fn lines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}

/// Imports the texts below a folder, each identified by its path.
fn texts_in(
    path: &Path,
    texts: &[PathBuf],
    args: &Args,
    folder: &mut Folder<'_>,
) -> Result<Result<Summary, String>, Failure> {
    let mut all = Batch::default();
    for text in texts {
        let name = folder.source_name(text);
        let read = fs::read(text).map_err(|error| error_words(&error));
        let batch = read.and_then(|bytes| import::read(Format::Text, &name, &bytes, args.options()));
        let below = display_path(text.strip_prefix(path).unwrap_or(text));
        match batch {
            Ok(batch) => all.add(batch, &below),
            Err(reason) => all.add_warning(format!("{below}: {reason}")),
        }
    }
    let outcome = folder.take(Format::Text, &all.reviews, &progress_bar::draw).map_err(failure)?;
    Ok(Ok(Summary::of(Format::Text, all, outcome)))
}

impl Args {
    fn options(&self) -> Options {
        Options { order: self.dates, curtain: self.curtain }
    }
}

impl Summary {
    fn of(format: Format, batch: Batch, outcome: Outcome) -> Self {
        let Batch { reviews, without_text, warnings } = batch;
        Summary { format, reviews: reviews.len(), without_text, warnings, outcome }
    }

    fn and(mut self, batch: Batch, outcome: Outcome) -> Self {
        self.reviews += batch.reviews.len();
        self.without_text += batch.without_text;
        self.warnings.extend(batch.warnings);
        self.outcome.add(outcome);
        self
    }
}

/// The report on one file.
fn report(path: &Path, summary: &Summary, args: &Args) -> String {
    let Summary { format, reviews, without_text, warnings, outcome } = summary;
    let mut lines = vec![format!("{} ({})", display_path(path), format.name())];
    lines.extend(counts(outcome, args.dry_run));
    let without_text = without_text + outcome.without_text;
    if without_text > 0 {
        lines.push(format!("  {without_text} skipped: no review text"));
    }
    lines.extend(
        outcome
            .kept
            .iter()
            .map(|name| format!("  kept because you have edited it: {}", display_path(Path::new(name)))),
    );
    lines.extend(outcome.refused.iter().map(|reason| format!("  skipped: {}", clean_line(reason))));
    if !outcome.guesses.is_empty() {
        let count = outcome.guesses.len();
        let places = if count == 1 { "1 place".to_owned() } else { format!("{count} places") };
        lines.push(format!("  hidden from {places} on to be safe; please check:"));
    }
    lines.extend(outcome.guesses.iter().map(|(row, guess)| {
        let row = row.map(|row| format!("row {row}, ")).unwrap_or_default();
        format!("    {row}line {}: {}", guess.line, guess.reason)
    }));
    if !warnings.is_empty() {
        lines.push(format!("  {}", counted(warnings.len(), "warning")));
        lines.extend(warnings.iter().map(|warning| format!("    {}", clean_line(&warning.to_string()))));
    }
    let caveat = format.caveat().filter(|_| args.curtain.is_none() && *reviews > 0);
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
            format!("{} names a file outside its folder; nothing was imported", display_path(&path))
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
