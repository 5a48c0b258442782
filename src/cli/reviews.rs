//! The reviews that a command works on: loaded whole, chosen by a query, in an order, or one by its id.

use std::cmp::Ordering;
use std::io::{self, Write};
use std::sync::Mutex;

use clap::ValueEnum;

use super::Failure;
use crate::curtain::ReviewKey;
use crate::library::{Content, Item, Library, Source, load};
use crate::review::Review;

/// What reviews are put in order by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Sort {
    /// Newest first
    Date,
    /// Best first
    Rating,
    /// By the title of the work
    Title,
    /// By the year of the work
    Year,
    /// By who wrote them
    Reviewer,
}

/// Loads everything.
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
    library
}

/// All files with their keys.
pub(super) fn items(library: &Library) -> impl Iterator<Item = (ReviewKey, &Item)> {
    let count = library.review_count() + library.problem_count();
    (0..u32::try_from(count).unwrap_or(u32::MAX))
        .filter_map(|n| Some((ReviewKey(n), library.get(ReviewKey(n))?)))
}

/// The reviews that a query finds, in order; files that are no reviews are named on standard error.
pub(super) fn chosen<'l>(
    library: &'l Library,
    query: Option<&str>,
    sort: Sort,
) -> Vec<(ReviewKey, &'l str, &'l Review)> {
    let query: Vec<_> = query.unwrap_or_default().split_whitespace().map(str::to_lowercase).collect();
    let mut chosen = Vec::new();
    for (key, item) in items(library) {
        match &item.content {
            Content::Review(review) if finds(&query, review) => chosen.push((key, &*item.id, review)),
            Content::Review(_) => {}
            Content::Problem(faults) => {
                for fault in faults {
                    let _ = writeln!(io::stderr(), "unspoiled: {}: {fault}", item.id);
                }
            }
        }
    }
    chosen.sort_by(|a, b| order(sort, a.2, b.2).then_with(|| a.1.cmp(b.1)));
    chosen
}

/// Whether every word of a query is in what is always shown of a review: titles, makers, tags, reviewer, kind. It does not
/// look behind curtains.
fn finds(query: &[String], review: &Review) -> bool {
    let fields = [Some(review.headline()), Some(review.work_title()), review.kind(), review.reviewer()];
    let fields =
        || fields.into_iter().flatten().chain(review.by()).chain(review.tags()).map(str::to_lowercase);
    query.iter().all(|word| fields().any(|field| field.contains(word)))
}

fn order(sort: Sort, a: &Review, b: &Review) -> Ordering {
    let title = |review: &Review| review.work_title().to_lowercase();
    // What has none comes last, whichever way the rest goes.
    let last = |a: bool, b: bool| a.cmp(&b);
    match sort {
        Sort::Date => b.date().cmp(&a.date()),
        Sort::Rating => {
            let of = |review: &Review| review.rating().map(|rating| rating.fraction());
            of(b).partial_cmp(&of(a)).unwrap_or(Ordering::Equal)
        }
        Sort::Title => Ordering::Equal,
        Sort::Year => last(a.year().is_none(), b.year().is_none()).then(a.year().cmp(&b.year())),
        Sort::Reviewer => {
            last(a.reviewer().is_none(), b.reviewer().is_none()).then(a.reviewer().cmp(&b.reviewer()))
        }
    }
    .then_with(|| title(a).cmp(&title(b)))
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
