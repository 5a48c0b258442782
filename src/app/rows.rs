//! The rows of a list: files, and headings of groups. It does not know which row is selected.

use super::Filter;
use crate::curtain::ReviewId;
use crate::find::{Gathered, Rows};

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The heading of the group with this number.
    Head(usize),
    /// A file.
    File(ReviewId),
}

/// Search results as rows.
#[derive(Debug)]
pub(super) enum Results {
    /// A row for each file.
    Plain(Vec<ReviewId>),
    /// Headings, with the files of each group that is not folded, and the rows of the headings.
    Gathered { groups: Vec<Gathered>, rows: Vec<Row>, heads: Vec<usize> },
}

impl Results {
    pub(super) fn new(found: Rows, filter: &Filter) -> Self {
        let groups = match found {
            Rows::Plain(keys) => return Results::Plain(keys),
            Rows::Gathered(groups) => groups,
        };
        let (mut rows, mut heads) = (Vec::new(), Vec::new());
        for (number, group) in groups.iter().enumerate() {
            heads.push(rows.len());
            rows.push(Row::Head(number));
            if !filter.is_folded(&group.heading) {
                rows.extend(group.keys.iter().copied().map(Row::File));
            }
        }
        Results::Gathered { groups, rows, heads }
    }

    pub(super) fn into_found(self) -> Rows {
        match self {
            Results::Plain(keys) => Rows::Plain(keys),
            Results::Gathered { groups, .. } => Rows::Gathered(groups),
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Results::Plain(keys) => keys.len(),
            Results::Gathered { rows, .. } => rows.len(),
        }
    }

    pub(super) fn row(&self, at: usize) -> Option<Row> {
        match self {
            Results::Plain(keys) => keys.get(at).copied().map(Row::File),
            Results::Gathered { rows, .. } => rows.get(at).copied(),
        }
    }

    /// The number of a row's file among all files, from 1, unless groups are folded.
    pub(super) fn position(&self, row: usize) -> Option<usize> {
        match self {
            Results::Plain(_) => Some(row + 1),
            Results::Gathered { rows, heads, .. } => {
                let is_folded = rows.len() != heads.len() + self.files();
                (!is_folded).then(|| row + 1 - heads.partition_point(|head| *head <= row))
            }
        }
    }

    /// The group that a row belongs to, if the row is not its heading.
    pub(super) fn heading_above(&self, row: usize) -> Option<usize> {
        match self {
            Results::Plain(_) => None,
            Results::Gathered { heads, .. } => {
                let group = heads.partition_point(|head| *head <= row).checked_sub(1)?;
                (heads[group] != row).then_some(group)
            }
        }
    }

    pub(super) fn files(&self) -> usize {
        match self {
            Results::Plain(keys) => keys.len(),
            Results::Gathered { groups, .. } => groups.iter().map(|group| group.keys.len()).sum(),
        }
    }

    pub(super) fn keys(&self) -> Vec<ReviewId> {
        match self {
            Results::Plain(keys) => keys.clone(),
            Results::Gathered { groups, .. } => {
                groups.iter().flat_map(|group| &group.keys).copied().collect()
            }
        }
    }

    pub(super) fn group(&self, number: usize) -> Option<&Gathered> {
        match self {
            Results::Plain(_) => None,
            Results::Gathered { groups, .. } => groups.get(number),
        }
    }
}
