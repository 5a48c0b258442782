//! `unspoiled import`: files from elsewhere into a folder of reviews.

use std::collections::HashSet;
use std::fs;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::manifest::{Known, Manifest, hash};
use super::{Failure, Outcome, print, shown, told, write_whole};
use crate::import::{self, Batch, Draft, Format, Options, Order};

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

/// The largest file that is read.
const LARGEST: u64 = 1 << 30;

pub(super) fn run(args: &Args) -> Outcome {
    let options = Options { order: args.dates, curtain_all: args.curtain.is_some() };
    let manifest = Manifest::load(&args.into)
        .map_err(|error| Failure::Failed(format!("{}: {}", shown(&args.into), told(&error))))?;
    let taken = manifest.names().map(str::to_owned).collect();
    let mut importer = Importer { folder: &args.into, is_dry: args.dry_run, manifest, taken };
    let mut all_read = true;
    for path in &args.files {
        match read(path, args.from, options) {
            Ok((format, batch)) => {
                let is_read = !batch.drafts.is_empty() || batch.without_text > 0;
                let done = importer.take(format, &batch);
                // What is written is remembered, also when the disk is full after it.
                let saved = importer.save();
                let tally = done?;
                saved?;
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
    if metadata.len() > LARGEST {
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

struct Importer<'i> {
    folder: &'i Path,
    is_dry: bool,
    manifest: Manifest,
    /// Names that are a review's already.
    taken: HashSet<String>,
}

/// What became of the reviews of one file.
#[derive(Default)]
struct Tally {
    imported: usize,
    updated: usize,
    unchanged: usize,
    kept: Vec<String>,
    refused: Vec<String>,
    curtains: usize,
    with_curtains: usize,
}

/// What is to be done with one review.
enum Step {
    Write(String),
    Update(String),
    Leave(String),
    Keep(String),
}

impl Importer<'_> {
    fn take(&mut self, format: Format, batch: &Batch) -> Result<Tally, Failure> {
        let mut tally = Tally::default();
        let is_watched = io::stderr().is_terminal() && batch.drafts.len() > 500;
        for (draft, number) in batch.drafts.iter().zip(1..) {
            if is_watched && number % 100 == 0 {
                let _ = write!(io::stderr(), "\r{}", bar(number, batch.drafts.len()));
            }
            let (text, curtains) = match draft.to_toml() {
                Ok(written) => written,
                Err(reason) => {
                    tally.refused.push(format!("review {number}: {reason}"));
                    continue;
                }
            };
            tally.curtains += curtains;
            tally.with_curtains += usize::from(curtains > 0);
            self.write(format, draft, &text, &mut tally)?;
        }
        if is_watched {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
        Ok(tally)
    }

    fn write(&mut self, format: Format, draft: &Draft, text: &str, tally: &mut Tally) -> Result<(), Failure> {
        let hash = hash(text.as_bytes());
        let name = match self.step(format, draft, text, &hash) {
            Step::Leave(name) => {
                tally.unchanged += 1;
                name
            }
            Step::Keep(name) => {
                tally.kept.push(name);
                return Ok(());
            }
            Step::Write(name) => {
                tally.imported += 1;
                self.put(&name, text)?;
                name
            }
            Step::Update(name) => {
                tally.updated += 1;
                self.put(&name, text)?;
                name
            }
        };
        self.taken.insert(name.clone());
        self.manifest.set(format.name(), draft.id(), Known { name, hash });
        Ok(())
    }

    fn put(&self, name: &str, text: &str) -> Result<(), Failure> {
        if self.is_dry {
            return Ok(());
        }
        let path = self.folder.join(name);
        write_whole(&path, text.as_bytes()).map_err(|error| {
            Failure::Failed(format!("{} could not be written: {}", shown(&path), told(&error)))
        })
    }

    /// What is known of the review, against what is on the disk now.
    fn step(&self, format: Format, draft: &Draft, text: &str, new: &str) -> Step {
        let Some(known) = self.manifest.find(format.name(), draft.id()) else {
            return self.name(draft, text);
        };
        let name = known.name.clone();
        match fs::read(self.folder.join(&name)) {
            Ok(bytes) if bytes == text.as_bytes() => Step::Leave(name),
            // Edited since, while the source stayed as it was.
            Ok(_) if known.hash == new => Step::Leave(name),
            Ok(bytes) if hash(&bytes) == known.hash => Step::Update(name),
            Ok(_) => Step::Keep(name),
            Err(error) if error.kind() == ErrorKind::NotFound => Step::Write(name),
            Err(_) => Step::Keep(name),
        }
    }

    /// A name that no other review has. A file that holds just this was written by a run that was interrupted.
    fn name(&self, draft: &Draft, text: &str) -> Step {
        let stem = draft.file_name();
        for number in 1u32.. {
            let name = if number == 1 { format!("{stem}.toml") } else { format!("{stem}-{number}.toml") };
            if self.taken.contains(&name) {
                continue;
            }
            match fs::read(self.folder.join(&name)) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Step::Write(name),
                Ok(bytes) if bytes == text.as_bytes() => return Step::Leave(name),
                _ => {}
            }
        }
        Step::Keep(stem)
    }

    fn save(&self) -> Outcome {
        if self.is_dry || self.taken.is_empty() {
            return Ok(());
        }
        self.manifest.save(self.folder).map_err(|error| {
            Failure::Failed(format!(
                "what was imported into {} could not be noted: {}",
                shown(self.folder),
                told(&error)
            ))
        })
    }
}

impl Tally {
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
        if batch.without_text > 0 {
            lines.push(format!("  {} skipped: no review text", batch.without_text));
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

fn bar(done: usize, all: usize) -> String {
    let filled = done * 30 / all.max(1);
    format!("[{}{}] {done} of {all}", "=".repeat(filled), " ".repeat(30 - filled))
}
