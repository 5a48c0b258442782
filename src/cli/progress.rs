//! `unspoiled progress`: shows and records how far the reader has got.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use serde::Serialize;

use super::configuration::Configuration;
use super::{Failure, Outcome, display_path, error_words, print, reviews, warn};
use crate::app::Memory;
use crate::curtain::Curtains;
use crate::import::positions::{Position, positions};
use crate::library::{Library, Source};
use crate::review::{Review, Visible, clean_line};
use crate::shell;
use crate::work::{Point, Progress, ProgressChanges, Scale, Work, WorkId, WorkKey, fold};

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Args {
    #[command(subcommand)]
    import: Option<Command>,
    /// The work: its title or a beginning of it, or as the list has it: "middlemarch (book, 1871)"
    work: Option<String>,
    /// How far you have got: 12, S02E05, 40%, "p. 212", the name of a part, +1, -1, done or none
    #[arg(allow_hyphen_values = true)]
    point: Option<String>,
    /// Print one JSON object per line (its schema is in docs/json.md)
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import positions from Goodreads, StoryGraph, BookWyrm, NeoDB, MyAnimeList, or from the folder of books of KOReader
    Import {
        /// Exported files, or folders that hold metadata files of KOReader
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        /// Also go back where the source is behind
        #[arg(long)]
        force: bool,
    },
}

pub(super) fn run(args: &Args, all: &super::Args) -> Outcome {
    let sources = super::sources(all)?;
    let library = reviews::load_all(&sources);
    let memory = shell::recalled();
    let reader = Configuration::new(all).read().settings.reader;
    let known = Known::new(&library, &memory, shell::shared_file(&sources, &reader));
    match (&args.import, &args.work, &args.point) {
        (Some(Command::Import { files, force }), ..) => {
            let positions = files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
            take(&known, positions.into_iter().flatten(), *force)
        }
        (None, None, _) => list(&known, &memory, args.json),
        (None, Some(work), None) => show(&known, &known.named(work)?, args.json),
        (None, Some(work), Some(point)) => set(&known, &known.named(work)?, point),
    }
}

/// What is known about works: the library, and the reader's progress.
struct Known<'l> {
    library: &'l Library,
    curtains: Curtains,
    /// The file in which the progress is shared, if it is.
    shared: Option<PathBuf>,
}

/// A work with a review, where there is one.
struct Named<'l> {
    id: WorkId,
    review: Option<Visible<'l>>,
}

impl<'l> Known<'l> {
    fn new(library: &'l Library, memory: &Memory, shared: Option<PathBuf>) -> Self {
        let mut curtains = reviews::curtains(library);
        for (work, progress) in memory.recalled_progress() {
            curtains.set_progress(work.key(), Some(progress));
        }
        Known { library, curtains, shared }
    }

    fn reviews(&self) -> impl Iterator<Item = Visible<'_>> {
        let entries = reviews::entries(self.library).into_iter();
        entries.filter_map(|entry| self.library.visible(&self.curtains, entry.id()))
    }

    /// A work with one of its reviews.
    fn of(&self, id: WorkId) -> Named<'_> {
        let review = self.reviews().find(|visible| visible.review().work_key() == id.key());
        Named { id, review }
    }

    /// The work with this title, or with the only title that begins like this.
    fn named(&self, name: &str) -> Result<Named<'_>, Failure> {
        let whole = WorkId::read(name);
        if self.curtains.progress(whole.key()).is_some() {
            return Ok(self.of(whole));
        }
        let wanted = fold(name.trim());
        let title = |visible: &Visible<'_>| fold(visible.review().work_title());
        let rules: [&dyn Fn(&Visible<'_>) -> bool; 3] = [
            &|visible| visible.review().work_key() == whole.key(),
            &|visible| title(visible) == wanted,
            &|visible| title(visible).starts_with(&wanted),
        ];
        let with = |rule: &dyn Fn(&Visible<'_>) -> bool| {
            let mut found: Vec<_> =
                self.reviews().filter(rule).map(|visible| visible.review().work().id()).collect();
            found.sort();
            found.dedup();
            found
        };
        let found = rules.into_iter().map(with).find(|found| !found.is_empty()).unwrap_or_default();
        match &found[..] {
            [one] => Ok(self.of(one.clone())),
            [] => Err(Failure::Failed(format!("no work is called {}; see unspoiled list", clean_line(name)))),
            several => {
                let names: Vec<_> = several.iter().take(5).map(|id| format!("\"{id}\"")).collect();
                Err(Failure::Failed(format!("{} may be {}", clean_line(name), names.join(" or "))))
            }
        }
    }

    /// The work that an imported position names, if it is unambiguous in the library.
    fn claimed(&self, position: &Position) -> Option<Named<'_>> {
        let title = |title: &str| Work { title, kind: None, year: None }.id();
        let wanted = title(&position.title);
        let is_it = |review: &Review| {
            let is_kind = position.kind.is_none() || review.kind() == position.kind;
            is_kind && title(review.work_title()) == wanted
        };
        let mut found: Vec<_> = self
            .reviews()
            .map(Visible::review)
            .filter(|review| is_it(review))
            .map(|r| r.work().id())
            .collect();
        found.sort();
        found.dedup();
        match &found[..] {
            [one] => Some(self.of(one.clone())),
            _ => None,
        }
    }

    fn gates(&self, work: WorkKey) -> Vec<&Point> {
        let reviews = self.reviews().filter(|visible| visible.review().work_key() == work);
        let visible: Vec<_> = reviews.collect();
        visible.into_iter().flat_map(Visible::curtains).filter_map(|curtain| curtain.gate).collect()
    }
}

impl Named<'_> {
    fn scale(&self) -> Scale<'_> {
        self.review.map_or(Scale::default(), Visible::scale)
    }

    /// Title, kind and year as a review has them, else the identity.
    fn words(&self) -> String {
        let Some(review) = self.review.map(Visible::review) else { return self.id.to_string() };
        let year = review.year().map(|year| year.to_string());
        let facts: Vec<_> = [review.kind().map(str::to_owned), year].into_iter().flatten().collect();
        match facts.is_empty() {
            true => review.work_title().to_owned(),
            false => format!("{} ({})", review.work_title(), facts.join(", ")),
        }
    }
}

#[derive(Serialize)]
struct Line<'p> {
    version: u32,
    work: &'p str,
    title: Option<&'p str>,
    progress: Option<String>,
    finished: bool,
}

fn written(named: &Named<'_>, progress: Option<&Progress>, is_json: bool) -> String {
    if !is_json {
        let progress = progress.map_or_else(|| "nothing yet".to_owned(), ToString::to_string);
        return format!("{}: {progress}\n", named.words());
    }
    let line = Line {
        version: 1,
        work: named.id.as_str(),
        title: named.review.map(|visible| visible.review().work_title()),
        progress: progress.map(ToString::to_string),
        finished: progress.is_some_and(|progress| progress.is_finished(named.scale())),
    };
    serde_json::to_string(&line).expect("it holds text and numbers only") + "\n"
}

/// Every work with recorded progress.
fn list(known: &Known<'_>, memory: &Memory, is_json: bool) -> Outcome {
    let mut all: Vec<_> = memory.recalled_progress().collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let line = |(id, progress): (WorkId, Progress)| written(&known.of(id), Some(&progress), is_json);
    print(all.into_iter().map(line).collect::<String>().as_bytes())
}

fn show(known: &Known<'_>, named: &Named<'_>, is_json: bool) -> Outcome {
    print(written(named, known.curtains.progress(named.id.key()), is_json).as_bytes())
}

/// Records the progress, and prints how it was understood.
fn set(known: &Known<'_>, named: &Named<'_>, typed: &str) -> Outcome {
    let before = known.curtains.progress(named.id.key());
    let gates = known.gates(named.id.key());
    let progress = named.scale().answer(typed, before, &gates);
    let progress = progress.map_err(|reason| Failure::Usage(format!("{}: {reason}", clean_line(typed))))?;
    shell::save_progress([(named.id.clone(), progress.clone())].into(), known.shared.as_deref())?;
    print(written(named, progress.as_ref(), false).as_bytes())
}

/// Records positions in works of the library, and in works of a folder that reviews were imported into.
pub(super) fn take_with_reviews(positions: Vec<Position>, into: &Path, all: &super::Args) -> Outcome {
    let mut sources = super::sources(all)?;
    let reader = Configuration::new(all).read().settings.reader;
    let shared = shell::shared_file(&sources, &reader);
    sources.extend(Source::at(into));
    take(&Known::new(&reviews::load_all(&sources), &shell::recalled(), shared), positions, false)
}

/// Records positions. One that is behind the reader's progress is skipped, unless forced.
fn take(known: &Known<'_>, positions: impl IntoIterator<Item = Position>, is_forced: bool) -> Outcome {
    let mut changes = ProgressChanges::new();
    let (mut unknown, mut behind) = (0, 0);
    for position in positions {
        let Some(named) = known.claimed(&position) else {
            unknown += 1;
            continue;
        };
        let scale = named.scale();
        let before = changes.get(&named.id).and_then(Option::as_ref);
        let before = before.or_else(|| known.curtains.progress(named.id.key()));
        let typed =
            if position.point == Point::Finished { "done".to_owned() } else { position.point.to_string() };
        let Ok(Some(progress)) = scale.answer(&typed, before, &[]) else {
            unknown += 1;
            continue;
        };
        let is_on = before.and_then(Progress::point).is_none_or(|point| progress.is_past(point, scale));
        match is_on || is_forced {
            true if before == Some(&progress) => {}
            true => drop(changes.insert(named.id.clone(), Some(progress))),
            false => behind += 1,
        }
    }
    let said: String =
        changes.iter().map(|(id, to)| written(&known.of(id.clone()), to.as_ref(), false)).collect();
    if !changes.is_empty() {
        shell::save_progress(changes, known.shared.as_deref())?;
    }
    if behind > 0 {
        warn(&format!(
            "{behind} left as they are, since you are further, or it cannot be told; --force takes them"
        ));
    }
    if unknown > 0 {
        warn(&format!(
            "{unknown} left out: no work of the library has that title, kind and unit, or several have"
        ));
    }
    print(said.as_bytes())
}

/// The maximum size of a file with positions, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The positions in a file, or in the metadata files in a folder and those below it.
pub(super) fn read(path: &Path) -> Result<Vec<Position>, Failure> {
    let failed = |path: &Path, reason: &str| Failure::Failed(format!("{}: {reason}", display_path(path)));
    let metadata = fs::metadata(path).map_err(|error| failed(path, &error_words(&error)))?;
    if metadata.is_dir() {
        let entries = fs::read_dir(path).map_err(|error| failed(path, &error_words(&error)))?;
        let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
        paths.sort();
        let is_wanted = |path: &PathBuf| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_metadata = name.starts_with("metadata.") && name.ends_with(".lua");
            // A link may form a cycle.
            !path.is_symlink() && (path.is_dir() || is_metadata)
        };
        let all = paths.into_iter().filter(is_wanted).map(|path| read(&path));
        return Ok(all.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect());
    }
    if !metadata.is_file() || metadata.len() > MAX_BYTES {
        return Err(failed(path, "not a plain file of at most 64 MiB"));
    }
    let bytes = fs::read(path).map_err(|error| failed(path, &error_words(&error)))?;
    positions(&bytes).map_err(|reason| failed(path, &reason))
}
