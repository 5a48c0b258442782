//! What the tables of all sites have in common: each row is a review, and columns are identified by name.

use super::body::Dialect;
use super::dates::{Dates, is_day};
use super::fields::{self, Flag};
use super::imported::{ImportedReview, Work};
use super::rating::{self, Rating};
use super::table::{Row, Table};
use super::{Batch, MAX_REVIEWS, Options};

/// How a site lays out its table. If several columns are named, the first one that is filled counts.
pub(super) struct Columns {
    /// The site's id for the review; a row without one is identified by its title and creators.
    pub(super) id: &'static [&'static str],
    /// The day that distinguishes one member's review from another's if the id is that of the work.
    pub(super) own_day: &'static str,
    pub(super) review: &'static str,
    pub(super) dialect: Dialect,
    pub(super) title: &'static str,
    pub(super) kind: &'static str,
    pub(super) by: &'static str,
    pub(super) year: &'static [&'static str],
    pub(super) date: &'static str,
    /// Columns with another day, which is better than none but must be reported.
    pub(super) other_dates: &'static [&'static str],
    pub(super) rating: &'static str,
    pub(super) tags: &'static str,
    /// Whatever is specific to this site.
    pub(super) own: fn(Row<'_>, &mut ImportedReview),
}

/// What the whole table says about each of its rows.
struct Settled<'t> {
    dates: Dates,
    scale: f64,
    spoilers: Vec<&'t str>,
}

impl Columns {
    /// The reviews of a table with this layout.
    pub(super) fn read(&self, table: &Table, options: Options) -> Result<Batch, String> {
        if let Some(missing) = [self.title, self.review].iter().find(|name| !table.has(name)) {
            return Err(format!("it has no column {missing:?}, and holds no reviews of this format"));
        }
        let settled = self.settle(table, options);
        let mut batch = Batch { warnings: table.warnings.clone(), ..Batch::default() };
        let mut other_days = vec![0; self.other_dates.len()];
        for row in table.rows() {
            let text = row.get(self.review);
            if text.is_empty() {
                batch.without_text += 1;
                continue;
            }
            if row.get(self.title).is_empty() {
                batch.warn(row.number, "its work has no title, and it was left out");
                continue;
            }
            if batch.reviews.len() == MAX_REVIEWS {
                return Err(format!(
                    "it holds more than {MAX_REVIEWS} reviews, more than anybody has written"
                ));
            }
            let mut review = self.review(row, &text, &settled, &mut batch);
            review.date = self.day(row, settled.dates, &mut other_days, &mut batch);
            batch.push(Some(row.number), review);
        }
        for (name, count) in self.other_dates.iter().zip(other_days).filter(|(_, count)| *count > 0) {
            let reviews = if count == 1 { "review has" } else { "reviews have" };
            batch.warn_of_file(format!(
                "{count} {reviews} no {:?}; {name:?} is taken in its place",
                self.date
            ));
        }
        Ok(batch)
    }

    fn settle<'t>(&self, table: &'t Table, options: Options) -> Settled<'t> {
        let names = || std::iter::once(&self.date).chain(self.other_dates);
        let days: Vec<_> = table.rows().flat_map(|row| names().map(move |name| row.get(name))).collect();
        let ratings: Vec<_> = table.rows().filter_map(|row| rating::read(&row.get(self.rating))).collect();
        Settled {
            dates: Dates::settle(options.order, days.iter().map(|day| day.trim_matches(['[', ']']))),
            scale: rating::settle(ratings.iter()),
            spoilers: table.spoiler_columns(),
        }
    }

    fn day(
        &self,
        row: Row<'_>,
        dates: Dates,
        other_days: &mut [usize],
        batch: &mut Batch,
    ) -> Option<toml::value::Datetime> {
        let day = match row.get(self.date) {
            day if day.is_empty() => {
                let filled = self.other_dates.iter().position(|name| !row.get(name).is_empty())?;
                other_days[filled] += 1;
                row.get(self.other_dates[filled])
            }
            day => day,
        };
        dates.read(&day).unwrap_or_else(|reason| {
            batch.warn(row.number, reason);
            None
        })
    }

    fn review(&self, row: Row<'_>, text: &str, settled: &Settled<'_>, batch: &mut Batch) -> ImportedReview {
        let title = row.get(self.title).into_owned();
        let mut review = ImportedReview {
            id: match row.first_of(self.id) {
                id if id.is_empty() => format!("{title}/{}", row.get(self.by)),
                id => id.into_owned(),
            },
            own_day: Some(row.get(self.own_day).into_owned()).filter(|day| is_day(day)),
            tags: row.list(self.tags),
            work: Work {
                title,
                kind: Some(self.kind.to_owned()),
                year: row.first_of(self.year).parse().ok(),
                by: row.list(self.by),
            },
            text: text.to_owned(),
            dialect: self.dialect,
            ..ImportedReview::default()
        };
        if let Some(rating) = rating::read(&row.get(self.rating))
            && let Err(reason) = review.rate(rating, settled.scale)
        {
            batch.warn(row.number, reason);
        }
        (self.own)(row, &mut review);
        let is_flagged = |name: &&str| match row.get(name) {
            // Sites leave the column empty for "no".
            value if value.is_empty() => false,
            value => fields::flag(name, &value) == Some(Flag::Spoilers),
        };
        review.spoilers |= settled.spoilers.iter().any(is_flagged);
        if row.is_ragged() {
            review.spoilers = true;
            batch.warn(row.number, "it has not as many fields as there are columns; all of it is hidden");
        }
        review
    }
}

/// What happens to a rating without a scale of its own.
impl ImportedReview {
    /// Converts a rating.
    ///
    /// # Errors
    /// If it cannot be kept as it is, with what became of it.
    pub(super) fn rate(&mut self, rating: Rating, scale: f64) -> Result<(), &'static str> {
        match rating {
            Rating::Points { points, scale: own } => {
                self.rating = Some(points);
                self.scale = Some(own.unwrap_or(scale)).filter(|scale| *scale != rating::FIVE);
                Ok(())
            }
            Rating::Letter(letter) => {
                self.tags.push(letter);
                Err("its rating is a letter, and became a tag")
            }
            Rating::Unknown => Err("its rating is not understood, and was left out"),
        }
    }
}
