//! The reviews that a command works on: loaded whole, chosen by a query, in an order, or one by its id.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Mutex;

use super::{Failure, shown};
use crate::curtain::{Curtains, ReviewKey};
use crate::find::{self, Arrangement, Order};
use crate::library::{Content, Item, Library, Source, load};
use crate::query::{self, Query};
use crate::review::Review;
use crate::shell;

/// The path of a file, as it can be shown.
pub(super) fn path(item: &Item) -> String {
    let path = Path::new(&*item.folder).join(&*item.id);
    // What is told of a folder, its own name is enough for.
    let file = path.with_added_extension("toml");
    shown(if path.is_dir() && !file.exists() { &path } else { &file })
}

/// What is wrong with a file, each as `path:line:column: reason`, as editors read it.
pub(super) fn faults(item: &Item) -> impl Iterator<Item = String> {
    let faults = match &item.content {
        Content::Problem(faults) => &faults[..],
        Content::Review(_) => &[],
    };
    faults.iter().map(|fault| match fault.position {
        Some((line, column)) => format!("{}:{line}:{column}: {}", path(item), fault.reason),
        None => format!("{}: {}", path(item), fault.reason),
    })
}

/// Loads everything; if there is nothing, it says so.
pub(super) fn load_all(sources: &[Source]) -> Library {
    let items = Mutex::new(Vec::new());
    load(sources, |more| {
        items.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(more);
        true
    });
    let mut items = items.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    items.sort_by(|a: &Item, b: &Item| (&a.folder, &a.id).cmp(&(&b.folder, &b.id)));
    let mut library = Library::default();
    let _ = library.add(items);
    library.complete();
    tell_if_empty(&library, sources);
    library
}

/// Where there is nothing to print, it should not look as if something were broken.
pub(super) fn tell_if_empty(library: &Library, sources: &[Source]) {
    if library.is_empty() {
        let names: Vec<_> = sources.iter().map(Source::name).collect();
        let _ = writeln!(io::stderr(), "unspoiled: there are no reviews in {}", names.join(", "));
    }
}

/// All files with their keys.
pub(super) fn items(library: &Library) -> impl Iterator<Item = (ReviewKey, &Item)> {
    let count = library.review_count() + library.problem_count();
    (0..u32::try_from(count).unwrap_or(u32::MAX))
        .filter_map(|n| Some((ReviewKey(n), library.get(ReviewKey(n))?)))
}

/// What is looked for.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// What to look for, as in the program: words, "words in quotes", kind:film year:>1990 rating:>=4 is:unread
    #[arg(allow_hyphen_values = true)]
    query: Option<String>,
    // Only one argument may begin with a minus, else no option could follow it.
    #[arg(hide = true)]
    more: Vec<String>,
}

impl Asked {
    fn query(&self) -> Result<String, Failure> {
        // A slip in an option is not a word to look for.
        if let Some(slip) = self.query.as_deref().filter(|query| query.starts_with("--")) {
            return Err(Failure::Usage(format!("there is no option {}", crate::review::clean_line(slip))));
        }
        let parts: Vec<_> = self.query.iter().chain(&self.more).map(String::as_str).collect();
        Ok(parts.join(" "))
    }
}

/// The reviews that a query finds, in order; files that are no reviews are named on standard error.
pub(super) fn chosen<'l>(
    library: &'l Library,
    asked: &Asked,
    order: Order,
) -> Result<Vec<(ReviewKey, &'l str, &'l Review)>, Failure> {
    let typed = asked.query()?;
    let query: Query = typed.parse().map_err(|error: query::Error| {
        Failure::Usage(format!("the query cannot be understood\n{}", error.with_caret(&typed)))
    })?;
    items(library).flat_map(|(_, item)| faults(item)).for_each(|fault| {
        let _ = writeln!(io::stderr(), "unspoiled: {fault}");
    });
    let memory = shell::recalled();
    let arrangement = Arrangement { order, alphabet: shell::alphabet(), ..Arrangement::default() };
    let last_read = |item: &Item| memory.last_read(&item.name());
    let (keys, suggestion) = find::select(library, &Curtains::default(), &query, arrangement, last_read);
    if let Some(suggestion) = suggestion {
        let _ = writeln!(io::stderr(), "unspoiled: {suggestion}");
    }
    let review = |key| library.get(key).and_then(|item| Some((key, &*item.id, item.review()?)));
    Ok(keys.into_iter().filter_map(review).collect())
}

/// The review with this id, or with the one id that ends in it.
pub(super) fn named<'l>(library: &'l Library, id: &str) -> Result<(ReviewKey, &'l Item), Failure> {
    let id = id.strip_suffix(".toml").unwrap_or(id);
    let with =
        |is_it: &dyn Fn(&str) -> bool| items(library).filter(|(_, item)| is_it(&item.id)).collect::<Vec<_>>();
    let part = format!("/{id}");
    let rules: [&dyn Fn(&str) -> bool; 3] =
        [&|name| name == id, &|name| name.ends_with(&part), &|name| name.ends_with(id)];
    let found = rules.into_iter().map(with).find(|found| !found.is_empty()).unwrap_or_default();
    let asked = crate::review::clean_line(id);
    match found[..] {
        [one] => Ok(one),
        [] => {
            Err(Failure::Failed(format!("no review is called {asked}; unspoiled list shows what there is")))
        }
        _ => {
            let names: Vec<_> = found.iter().take(5).map(|(_, item)| &*item.id).collect();
            Err(Failure::Failed(format!("{asked} can be any of {}; say more of it", names.join(", "))))
        }
    }
}
