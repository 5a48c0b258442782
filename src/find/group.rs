//! Groups files under headings.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::search::Arrangement;
use crate::curtain::ReviewId;
use crate::library::{Entry, Library};
use crate::review::Rating;
use crate::work::fold;

/// A way to group files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// By work.
    Work,
    /// By the kind of work.
    Kind,
    /// By the work's year.
    Year,
    /// By the author of the review.
    Reviewer,
}

impl Group {
    /// The next grouping in the cycle, which ends with none.
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

    /// The name on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Group::Work => "work",
            Group::Kind => "kind",
            Group::Year => "year",
            Group::Reviewer => "reviewer",
        }
    }

    /// The grouping with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Group> {
        [Group::Work, Group::Kind, Group::Year, Group::Reviewer]
            .into_iter()
            .find(|group| group.name() == name)
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

    /// The key of a file's group. This cannot be the heading, since two works may share a title.
    fn identity(self, entry: &Entry, heading: &str) -> String {
        match (self, entry.review()) {
            (Group::Work, Some(review)) => review.work().id().to_string(),
            _ => fold(heading),
        }
    }
}

/// A group of files.
#[derive(Clone, Debug, PartialEq)]
pub struct Gathered {
    /// The heading.
    pub heading: String,
    /// The files, in their original order.
    pub keys: Vec<ReviewId>,
    /// The mean of the ratings in the group, if there are any.
    pub rating: Option<Rating>,
}

/// Groups files. Works are ordered by their first file, other groups by heading, with the newest year first. Files
/// without a group come last.
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
