//! Files gathered under headings.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::search::Arrangement;
use crate::curtain::ReviewId;
use crate::library::{Entry, Library};
use crate::review::Rating;
use crate::work::fold;

/// What files are gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// The work: reviews of one work stand together.
    Work,
    /// What the work is.
    Kind,
    /// The work's year.
    Year,
    /// Who wrote the review.
    Reviewer,
}

impl Group {
    /// The one whose turn is next: every way of gathering, and then none.
    #[must_use]
    pub fn next(group: Option<Group>) -> Option<Group> {
        match group {
            None => Some(Group::Work),
            Some(Group::Work) => Some(Group::Kind),
            Some(Group::Kind) => Some(Group::Year),
            Some(Group::Year) => Some(Group::Reviewer),
            Some(Group::Reviewer) => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Work => "work",
            Group::Kind => "kind",
            Group::Year => "year",
            Group::Reviewer => "reviewer",
        }
    }

    fn heading(self, entry: &Entry) -> Option<String> {
        let review = entry.review()?;
        match self {
            Group::Work => Some(review.work_title().to_owned()),
            Group::Kind => review.kind().map(str::to_owned),
            Group::Year => review.year().map(|year| year.to_string()),
            Group::Reviewer => review.reviewer().map(str::to_owned),
        }
    }

    /// What makes two files belong together. Two works may share a title.
    fn identity(self, entry: &Entry, heading: &str) -> String {
        match (self, entry.review()) {
            (Group::Work, Some(review)) => review.work().id().to_string(),
            _ => fold(heading),
        }
    }
}

/// Files under one heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathered {
    /// The heading.
    pub heading: String,
    /// The files, in the order that they were given.
    pub keys: Vec<ReviewId>,
    /// The mean of the ratings that there are.
    pub rating: Option<Rating>,
}

/// Gathers files. Works stand in the order of their first files, other groups in the order of their headings, the newest
/// year first; what belongs to none comes last.
#[must_use]
pub(super) fn gather(
    library: &Library,
    keys: &[ReviewId],
    group: Group,
    arrangement: Arrangement,
) -> Vec<Gathered> {
    let mut groups: Vec<Gathered> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut others = Vec::new();
    for &key in keys {
        let named = library.get(key).and_then(|entry| Some((entry, group.heading(entry)?)));
        let Some((entry, heading)) = named else {
            others.push(key);
            continue;
        };
        let at = *known.entry(group.identity(entry, &heading)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(gathered) => gathered.keys.push(key),
            None => groups.push(Gathered { heading, keys: vec![key], rating: None }),
        }
    }
    match group {
        Group::Work => {}
        Group::Kind | Group::Reviewer => {
            groups.sort_by_cached_key(|group| arrangement.alphabet.sort_key(&group.heading));
        }
        Group::Year => groups.sort_by_cached_key(|group| Reverse(group.heading.parse::<i16>().ok())),
    }
    if group != Group::Work && arrangement.order.is_reversed {
        groups.reverse();
    }
    if !others.is_empty() {
        groups.push(Gathered { heading: format!("no {}", group.name()), keys: others, rating: None });
    }
    for gathered in &mut groups {
        gathered.rating = mean(library, &gathered.keys);
    }
    groups
}

fn mean(library: &Library, keys: &[ReviewId]) -> Option<Rating> {
    let ratings = keys.iter().filter_map(|key| library.get(*key)?.review()?.rating());
    let (count, sum) =
        ratings.fold((0u32, 0.0), |(count, sum), rating| (count + 1, sum + f64::from(rating.fraction())));
    let mean = (count > 0).then(|| sum / f64::from(count) * 5.0)?;
    Rating::out_of_five(mean.clamp(0.0, 5.0)).ok()
}
