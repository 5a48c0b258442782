//! The reviews that a command works on: all of them, those that a query finds, or one by its id.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::{Failure, display_path, warn};
use crate::app::Memory;
use crate::curtain::{Curtains, ReviewId};
use crate::find::{self, Arrangement, Order, Standing};
use crate::library::{Entry, Library, Source, load};
use crate::query::{self, Query};
use crate::review::clean_line;
use crate::shell;

/// The path of a file, safe to display.
pub(super) fn path(entry: &Entry) -> String {
    display_path(entry.path())
}

/// The faults of a file as `path:line:column: reason`, which editors can parse.
pub(super) fn faults(entry: &Entry) -> impl Iterator<Item = String> {
    entry.faults().iter().map(|fault| match fault.position {
        Some((line, column)) => format!("{}:{line}:{column}: {}", path(entry), fault.reason),
        None => format!("{}: {}", path(entry), fault.reason),
    })
}

/// Loads everything, and warns if there are no reviews.
pub(super) fn load_all(sources: &[Source]) -> Library {
    let library = Mutex::new(Library::default());
    load(sources, |changes| {
        library.lock().unwrap_or_else(std::sync::PoisonError::into_inner).apply(changes);
        true
    });
    let mut library = library.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    library.complete();
    tell_if_empty(&library, sources);
    library
}

/// Warns if there is nothing to print, so that it does not look like a failure.
pub(super) fn tell_if_empty(library: &Library, sources: &[Source]) {
    if library.is_empty() {
        let names: Vec<_> = sources.iter().map(Source::name).collect();
        warn(&format!("there are no reviews in {}", names.join(", ")));
    }
}

/// All files, sorted by name.
pub(super) fn entries(library: &Library) -> Vec<&Entry> {
    let mut entries: Vec<_> = library.entries().map(|entry| &**entry).collect();
    entries.sort_by_key(|entry| (entry.folder(), entry.name()));
    entries
}

/// The names of files on the command line: the path below the library folder, preceded by the folder itself if several
/// libraries have a file of that name. [`named`] finds a file by its name.
pub(super) struct Names(HashMap<ReviewId, String>);

impl Names {
    pub(super) fn of(library: &Library) -> Self {
        let mut folders = library.entries().map(|entry| entry.folder());
        let first = folders.next();
        if folders.all(|folder| Some(folder) == first) {
            return Names(HashMap::new());
        }
        let mut count: HashMap<&str, usize> = HashMap::new();
        library.entries().for_each(|entry| *count.entry(entry.name()).or_default() += 1);
        let shared = library.entries().filter(|entry| count[entry.name()] > 1);
        Names(shared.map(|entry| (entry.id(), with_folder(entry))).collect())
    }

    pub(super) fn get<'n>(&'n self, entry: &'n Entry) -> &'n str {
        self.0.get(&entry.id()).map_or(entry.name(), String::as_str)
    }

    /// Whether several libraries have a file of this name.
    pub(super) fn is_shared(&self, entry: &Entry) -> bool {
        self.0.contains_key(&entry.id())
    }
}

/// The name preceded by the path of the library folder, which is unique.
fn with_folder(entry: &Entry) -> String {
    format!("{}/{}", entry.folder(), entry.name())
}

/// The arguments that choose reviews.
#[derive(Debug, Default, clap::Args)]
pub(super) struct QueryArgs {
    /// A query, as in the program: words, "words in quotes", kind:film year:>1990 rating:>=4 is:unread; or the path of
    /// a folder or file of reviews, which must contain a slash
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    // Only the first argument may start with a minus, or no option could follow.
    #[arg(hide = true)]
    more: Vec<String>,
}

impl QueryArgs {
    /// The arguments as paths, if all of them exist. A word without a slash is always a search word.
    fn paths(&self) -> Vec<PathBuf> {
        let all: Vec<_> = self.query.iter().chain(&self.more).map(PathBuf::from).collect();
        let is_path = |path: &PathBuf| {
            let name = path.as_os_str().as_encoded_bytes();
            (name.contains(&b'/') || matches!(name, b"." | b"..")) && path.exists()
        };
        if all.iter().all(is_path) { all } else { Vec::new() }
    }

    fn query(&self) -> Result<String, Failure> {
        if !self.paths().is_empty() {
            return Ok(String::new());
        }
        // A mistyped option is not a search word.
        if let Some(slip) = self.query.as_deref().filter(|query| query.starts_with("--")) {
            return Err(Failure::Usage(format!("there is no option {}", crate::review::clean_line(slip))));
        }
        let parts: Vec<_> = self.query.iter().chain(&self.more).map(String::as_str).collect();
        Ok(parts.join(" "))
    }
}

/// The sources to read: the paths given in place of a query, or else those of the program.
pub(super) fn sources(asked: &QueryArgs, args: &super::Args) -> Result<Vec<Source>, Failure> {
    match &asked.paths()[..] {
        [] => super::sources(args),
        paths => super::sources_at(paths),
    }
}

/// The reviews that match a query, in order. Files that are not reviews are reported on standard error.
pub(super) fn chosen<'l>(
    library: &'l Library,
    curtains: &Curtains,
    asked: &QueryArgs,
    order: Order,
) -> Result<Vec<&'l Entry>, Failure> {
    let typed = asked.query()?;
    let query: Query = typed.parse().map_err(|error: query::Error| {
        Failure::Usage(format!("the query cannot be understood\n{}", error.with_caret(&typed)))
    })?;
    let mut problems: Vec<_> = library.entries().filter(|entry| entry.review().is_none()).collect();
    problems.sort_by_key(|entry| (entry.folder(), entry.name()));
    problems.into_iter().flat_map(|entry| faults(entry)).for_each(|fault| warn(&fault));
    let memory = shell::recalled();
    let arrangement = Arrangement { order, alphabet: shell::alphabet(), ..Arrangement::default() };
    let last_read = |entry: &Entry| if memory.is_blank() { 0 } else { memory.last_read(&entry.full_name()) };
    let standing = standing(library, &memory);
    let (found, suggestion) = find::select(library, curtains, &query, arrangement, last_read, standing);
    if let Some(suggestion) = suggestion {
        warn(&suggestion.to_string());
    }
    if found.is_empty() && !typed.is_empty() && Path::new(&typed).exists() {
        warn(&format!("nothing found; to open the reviews at this path, write ./{typed}"));
    }
    let reviews = found.into_iter().filter_map(|id| library.get(id)).filter(|entry| entry.review().is_some());
    Ok(reviews.map(|entry| &**entry).collect())
}

/// Where the reader stands, which a query may ask about. It reveals nothing.
fn standing(library: &Library, memory: &Memory) -> Standing {
    let mut curtains = self::curtains(library);
    for (work, progress) in memory.recalled_progress() {
        curtains.set_progress(work.key(), Some(progress));
    }
    Standing { curtains, caught_up: Arc::new(memory.all_caught_up()) }
}

/// Curtains that are all down, for the reviews of a library.
pub(super) fn curtains(library: &Library) -> Curtains {
    let mut curtains = Curtains::default();
    curtains.set_spines(library.spines());
    curtains
}

/// How far somebody else has got, for whom a command prints what is safe to read.
#[derive(Debug, Default, clap::Args)]
pub(super) struct AsOfArgs {
    /// Reveal what is safe after this point in the work: 9, S02E05, 40%, "p. 212", the name of a part, done. Saved
    /// progress is not used
    #[arg(long, value_name = "POINT")]
    as_of: Option<String>,
}

impl AsOfArgs {
    /// Curtains that are lifted as far as is safe at that point. Also returns the reviews of works without such a
    /// point, in which nothing is lifted, and the reason for each.
    pub(super) fn curtains<'l>(
        &self,
        library: &'l Library,
        entries: impl FnOnce() -> Vec<&'l Entry>,
    ) -> (Curtains, Vec<(ReviewId, String)>) {
        let down = self::curtains(library);
        let (mut curtains, mut misfits) = (down.clone(), Vec::new());
        let Some(as_of) = &self.as_of else { return (curtains, misfits) };
        for entry in entries() {
            let Some(visible) = library.visible(&down, entry.id()) else { continue };
            let gates: Vec<_> = visible.curtains().filter_map(|curtain| curtain.gate).collect();
            match visible.scale().answer(as_of, None, &gates) {
                // If two reviews of a work count it differently, the first by name decides what is meant.
                Ok(_) if curtains.progress(visible.review().work_key()).is_some() => {}
                Ok(progress) => curtains.set_progress(visible.review().work_key(), progress),
                Err(reason) => {
                    let reason = format!("{}: --as-of {}: {reason}", entry.name(), clean_line(as_of));
                    misfits.push((entry.id(), reason));
                }
            }
        }
        (curtains, misfits)
    }
}

/// Reports which of the chosen reviews know no such point.
pub(super) fn report_misfits(misfits: &[(ReviewId, String)], chosen: &[&Entry]) {
    let is_chosen = |id| chosen.iter().any(|entry| entry.id() == id);
    misfits.iter().filter(|(id, _)| is_chosen(*id)).for_each(|(_, reason)| warn(reason));
}

/// The review with this name, or the only one whose name ends in it. If two libraries have a review of the same name, a
/// prefix with the folder tells them apart.
pub(super) fn named<'l>(library: &'l Library, name: &str) -> Result<&'l Entry, Failure> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let part = format!("/{name}");
    let rules: [&dyn Fn(&Entry) -> bool; 4] = [
        &|entry| entry.name() == name,
        &|entry| entry.name().ends_with(&part),
        &|entry| {
            let whole = with_folder(entry);
            whole == name || whole.ends_with(&part)
        },
        &|entry| entry.name().ends_with(name),
    ];
    let all = entries(library);
    let with = |is_it: &dyn Fn(&Entry) -> bool| all.iter().filter(|entry| is_it(entry)).collect::<Vec<_>>();
    let found = rules.into_iter().map(with).find(|found| !found.is_empty()).unwrap_or_default();
    let asked = crate::review::clean_line(name);
    match found[..] {
        [one] => Ok(one),
        [] => Err(Failure::Failed(match &nearest(library, name)[..] {
            [] => format!("no review is called {asked}; see unspoiled list"),
            near => format!("no review is called {asked}; did you mean {}?", near.join(", ")),
        })),
        _ => {
            let all = Names::of(library);
            let names: Vec<_> = found.iter().take(5).map(|entry| all.get(entry)).collect();
            Err(Failure::Failed(format!("{asked} is ambiguous: {}", names.join(", "))))
        }
    }
}

/// How similar two names must be for a suggestion, from 0 to 1, and how many suggestions to make.
const LIKENESS: f64 = 0.75;
const SUGGESTIONS: usize = 3;

/// The ids most similar to the one given, compared as a whole or after the last slash.
fn nearest<'l>(library: &'l Library, asked: &str) -> Vec<&'l str> {
    let last = |id: &str| id.rsplit('/').next().unwrap_or_default().to_lowercase();
    let likeness = |id: &str| {
        let whole = strsim::jaro_winkler(&asked.to_lowercase(), &id.to_lowercase());
        whole.max(strsim::jaro_winkler(&last(asked), &last(id)))
    };
    let mut near: Vec<_> = library.entries().map(|entry| (likeness(entry.name()), entry.name())).collect();
    near.retain(|(likeness, _)| *likeness >= LIKENESS);
    near.sort_by(|(one, id), (other, other_id)| other.total_cmp(one).then(id.cmp(other_id)));
    near.into_iter().take(SUGGESTIONS).map(|(_, id)| id).collect()
}
