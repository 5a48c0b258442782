//! `unspoiled import`: files from elsewhere into a folder of reviews.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::importer::{Importer, Tally};
use super::{Failure, Outcome, print, shown, told};
use crate::import::{self, Batch, Format, Options, Order};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The files: exports of Goodreads, Letterboxd, StoryGraph, BookWyrm, LibraryThing, feeds, or texts
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The folder that the reviews go into
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// What the files are, where the program cannot tell
    #[arg(long, value_name = "NAME")]
    from: Option<Format>,
    /// Whether the month or the day comes first in dates such as 2/5/2012
    #[arg(long, value_name = "ORDER")]
    dates: Option<Order>,
    /// Put every review behind a curtain as a whole
    #[arg(long, value_name = "WHAT")]
    curtain: Option<Curtain>,
    /// Say what would happen, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Curtain {
    /// Every review
    All,
}

pub(super) fn run(args: &Args) -> Outcome {
    let options = Options { order: args.dates, curtain_all: args.curtain.is_some() };
    let mut importer = Importer::new(&args.into, args.dry_run)?;
    let mut all_read = true;
    for path in &args.files {
        match read(path, args.from, options) {
            Ok((format, batch)) => {
                let is_read = !batch.drafts.is_empty() || batch.without_text > 0;
                let tally = importer.take(format, &batch.drafts)?;
                print(tally.report(path, format, &batch, args).as_bytes())?;
                all_read &= is_read;
            }
            Err(reason) => {
                let _ = writeln!(io::stderr(), "unspoiled: {}: {reason}", shown(path));
                all_read = false;
            }
        }
    }
    if all_read { Ok(()) } else { Err(Failure::Told) }
}

fn read(path: &Path, from: Option<Format>, options: Options) -> Result<(Format, Batch), String> {
    let metadata = fs::metadata(path).map_err(|error| told(&error))?;
    if !metadata.is_file() {
        return Err("not a file".to_owned());
    }
    if metadata.len() > import::MAX_BYTES {
        return Err("larger than any export".to_owned());
    }
    let bytes = fs::read(path).map_err(|error| told(&error))?;
    let format = match from {
        Some(format) => format,
        None => import::recognise(&bytes)?,
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Ok((format, import::read(format, &name, &bytes, options)))
}

impl Tally {
    /// What is said at the end.
    fn report(&self, path: &Path, format: Format, batch: &Batch, args: &Args) -> String {
        let would = if args.dry_run { "would be " } else { "" };
        let mut lines = vec![format!("{} ({})", shown(path), format.name())];
        let counts = [
            (self.imported, "imported"),
            (self.updated, "updated"),
            (self.unchanged, "unchanged"),
            (self.kept.len(), "kept, since you have edited them"),
        ];
        lines.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| match *what {
            "imported" | "updated" => format!("  {n} {would}{what}"),
            what => format!("  {n} {what}"),
        }));
        lines.extend(self.kept.iter().map(|name| format!("    {name}")));
        let without_text = batch.without_text + self.without_text;
        if without_text > 0 {
            lines.push(format!("  {without_text} skipped: no review text"));
        }
        if !self.refused.is_empty() {
            lines.push(format!("  {} skipped: they make no review", self.refused.len()));
            lines.extend(self.refused.iter().map(|reason| format!("    {reason}")));
        }
        lines.push(format!("  {} curtains, in {} reviews", self.curtains, self.with_curtains));
        if !batch.warnings.is_empty() {
            lines.push(format!("  {} warnings", batch.warnings.len()));
            lines.extend(batch.warnings.iter().map(|warning| format!("    {warning}")));
        }
        let caveat = format.caveat().filter(|_| args.curtain.is_none() && !batch.drafts.is_empty());
        lines.extend(caveat.map(|caveat| format!("  note: {caveat}")));
        lines.join("\n") + "\n"
    }
}
