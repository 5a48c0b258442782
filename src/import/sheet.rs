//! What the tables of all sites have in common: a row is a review, and its columns are known by name.

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::table::{Row, Table};
use super::{Batch, Options};

/// How one site lays out its table. Where several columns are named, the first one that is filled counts.
pub(super) struct Sheet {
    /// What the site calls the review; a row without it is known by its title and its makers.
    pub(super) id: &'static [&'static str],
    pub(super) review: &'static str,
    pub(super) dialect: Dialect,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) by: &'static str,
    pub(super) year: &'static [&'static str],
    pub(super) date: &'static [&'static str],
    pub(super) rating: &'static str,
    pub(super) tags: &'static str,
    /// What only this site has.
    pub(super) own: fn(Row<'_>, &mut Draft),
}

impl Sheet {
    /// The reviews of a table that is laid out like this.
    pub(super) fn read(&self, table: &Table, options: Options) -> Batch {
        let days: Vec<_> =
            table.rows().flat_map(|row| self.date.iter().map(move |name| row.get(name))).collect();
        let dates = Dates::settle(options.order, days.iter().map(|day| day.trim_matches(['[', ']'])));
        let mut batch = Batch { warnings: table.warnings.clone(), ..Batch::default() };
        for row in table.rows() {
            let text = row.get(self.review);
            if text.is_empty() {
                batch.without_text += 1;
            } else if row.get(self.title).is_empty() {
                batch.warn(row.number, "its work has no title, and it was left out");
            } else {
                let mut draft = self.draft(row, &text);
                let day = dates.read(&row.first_of(self.date));
                draft.date = day.unwrap_or_else(|reason| {
                    batch.warn(row.number, reason);
                    None
                });
                batch.drafts.push(draft);
            }
        }
        batch
    }

    fn draft(&self, row: Row<'_>, text: &str) -> Draft {
        let title = row.get(self.title).into_owned();
        let mut draft = Draft {
            id: match row.first_of(self.id) {
                id if id.is_empty() => format!("{title}/{}", row.get(self.by)),
                id => id.into_owned(),
            },
            rating: row.rating(self.rating),
            tags: row.list(self.tags),
            work: Work {
                title,
                kind: Some(self.kind.to_owned()),
                year: row.first_of(self.year).parse().ok(),
                by: row.list(self.by),
            },
            text: text.to_owned(),
            dialect: self.dialect,
            ..Draft::default()
        };
        (self.own)(row, &mut draft);
        draft
    }
}
