//! The reviews that a command works on: loaded whole, chosen by a query, in an order, or one by its id.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{Failure, shown, warn};
use crate::curtain::Curtains;
use crate::find::{self, Arrangement, Order};
use crate::library::{Content, Entry, Library, Source, load};
use crate::query::{self, Query};
use crate::shell;

/// The path of a file, as it can be shown.
pub(super) fn path(entry: &Entry) -> String {
    shown(entry.path())
}

/// What is wrong with a file, each as `path:line:column: reason`, as editors read it.
pub(super) fn faults(entry: &Entry) -> impl Iterator<Item = String> {
    let faults = match entry.content() {
        Content::Problem(faults) => &faults[..],
        Content::Review(_) => &[],
    };
    faults.iter().map(|fault| match fault.position {
        Some((line, column)) => format!("{}:{line}:{column}: {}", path(entry), fault.reason),
        None => format!("{}: {}", path(entry), fault.reason),
    })
}

/// Loads everything; if there is nothing, it says so.
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

/// Where there is nothing to print, it should not look as if something were broken.
pub(super) fn tell_if_empty(library: &Library, sources: &[Source]) {
    if library.is_empty() {
        let names: Vec<_> = sources.iter().map(Source::name).collect();
        warn(&format!("there are no reviews in {}", names.join(", ")));
    }
}

/// All files, in the order of their names.
pub(super) fn entries(library: &Library) -> Vec<&Entry> {
    let mut entries: Vec<_> = library.entries().map(|entry| &**entry).collect();
    entries.sort_by_key(|entry| (entry.folder(), entry.name()));
    entries
}

/// What is looked for.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// What to look for, as in the program: words, "words in quotes", kind:film year:>1990 rating:>=4 is:unread; or the path
    /// of a folder or file of reviews, with a slash in it
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    // Only one argument may begin with a minus, else no option could follow it.
    #[arg(hide = true)]
    more: Vec<String>,
}

impl Asked {
    /// What was typed as a path, and is there: a word without a slash is a word to look for, whatever there is.
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
        // A slip in an option is not a word to look for.
        if let Some(slip) = self.query.as_deref().filter(|query| query.starts_with("--")) {
            return Err(Failure::Usage(format!("there is no option {}", crate::review::clean_line(slip))));
        }
        let parts: Vec<_> = self.query.iter().chain(&self.more).map(String::as_str).collect();
        Ok(parts.join(" "))
    }
}

/// The sources that a command works on: those that are asked for in place of a query, or those of the program.
pub(super) fn sources(asked: &Asked, args: &super::Args) -> Result<Vec<Source>, Failure> {
    match &asked.paths()[..] {
        [] => super::sources(args),
        paths => super::sources_at(paths),
    }
}

/// The reviews that a query finds, in order; files that are no reviews are named on standard error.
pub(super) fn chosen<'l>(
    library: &'l Library,
    asked: &Asked,
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
    let (found, suggestion) = find::select(library, &Curtains::default(), &query, arrangement, last_read);
    if let Some(suggestion) = suggestion {
        warn(&suggestion.to_string());
    }
    if found.is_empty() && !typed.is_empty() && Path::new(&typed).exists() {
        warn(&format!("nothing is found; the reviews at this path are opened as ./{typed}"));
    }
    let reviews = found.into_iter().filter_map(|id| library.get(id)).filter(|entry| entry.review().is_some());
    Ok(reviews.map(|entry| &**entry).collect())
}

/// The review with this name, or with the one name that ends in it. Where two libraries have the same name, the folder in
/// front of it tells them apart.
pub(super) fn named<'l>(library: &'l Library, name: &str) -> Result<&'l Entry, Failure> {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let part = format!("/{name}");
    let rules: [&dyn Fn(&Entry) -> bool; 4] = [
        &|entry| entry.name() == name,
        &|entry| entry.name().ends_with(&part),
        &|entry| entry.full_name() == name || entry.full_name().ends_with(&part),
        &|entry| entry.name().ends_with(name),
    ];
    let all = entries(library);
    let with = |is_it: &dyn Fn(&Entry) -> bool| all.iter().filter(|entry| is_it(entry)).collect::<Vec<_>>();
    let found = rules.into_iter().map(with).find(|found| !found.is_empty()).unwrap_or_default();
    let asked = crate::review::clean_line(name);
    match found[..] {
        [one] => Ok(one),
        [] => Err(Failure::Failed(match &nearest(library, name)[..] {
            [] => format!("no review is called {asked}; unspoiled list shows what there is"),
            near => format!("no review is called {asked}; there is {}", near.join(", ")),
        })),
        [first, ref others @ ..] => {
            let is_one_name = others.iter().all(|entry| entry.name() == first.name());
            let name = |entry: &&&Entry| match is_one_name {
                true => path(entry),
                false => entry.name().to_owned(),
            };
            let names: Vec<_> = found.iter().take(5).map(name).collect();
            Err(Failure::Failed(format!("{asked} can be any of {}; say more of it", names.join(", "))))
        }
    }
}

/// How like each other two names are that may have been meant for one, from 0 to 1; and how many are told.
const LIKENESS: f64 = 0.75;
const SUGGESTIONS: usize = 3;

/// The ids that are most like what was asked for, in whole or from the last slash on.
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
