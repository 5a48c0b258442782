//! Suggests values when no review has the one in a query: otherwise a typo such as `kind:flim` would find nothing and
//! not say why.
//!
//! Only values that are always visible are suggested, so never a tag behind a curtain.

use std::fmt;

use super::answers::Answers;
use super::index::Index;
use super::search::Job;
use crate::parallel::map_chunks;
use crate::query::{Field, SIMILAR, Term, similarity};
use crate::review::{Review, clean_line};
use crate::work::fold;

/// The maximum number of suggestions.
const MOST: usize = 5;

/// A value that no review has, and those that may have been meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The key and the value, as written in the query.
    missing: String,
    /// The most similar value first.
    others: Vec<String>,
}

impl Suggestion {
    /// Makes suggestions for the first value of a query that no review has, if there is one.
    pub(super) fn of(job: &Job, index: &Index, answers: &Answers) -> Option<Self> {
        job.query.wanted().into_iter().find_map(|term| {
            let Term::Field(field, value) = term else { return None };
            let answer = answers.get(term).filter(|_| *field != Field::Title)?;
            let is_missing = (0..index.keys.len()).all(|row| answer.best(index, row, Some(*field)).is_none());
            is_missing.then(|| Suggestion {
                missing: clean_line(&term.to_string()).into_owned(),
                others: similar(job, index, *field, &fold(value.as_str())),
            })
        })
    }
}

/// The values of a field that are similar to one that is missing. Kinds are few, so all are suggested.
fn similar(job: &Job, index: &Index, field: Field, value: &str) -> Vec<String> {
    // Each value, and a review to take its spelling from.
    let mut rows: Vec<Option<usize>> = vec![None; index.text_count()];
    for row in 0..index.keys.len() {
        for one in index.values(row).iter().filter(|value| value.field == field) {
            rows[one.text as usize].get_or_insert(row);
        }
    }
    let values: Vec<_> = rows.into_iter().enumerate().filter_map(|(text, row)| Some((text, row?))).collect();
    // Comparing a hundred thousand names would be slow enough to notice.
    let rated = map_chunks(&values, |values| {
        let rate = |(text, row): &(usize, usize)| (most_similar(index.text(*text), value), *text, *row);
        values.iter().map(rate).collect::<Vec<_>>()
    });
    let mut rated = rated.concat();
    rated.retain(|(similarity, ..)| field == Field::Kind || *similarity > SIMILAR);
    rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let written = |(_, text, row): (f64, usize, usize)| {
        let folded = index.text(text);
        let review = job.review(index.keys[row])?;
        values_of(field, review).into_iter().find(|value| fold(value) == folded).map(str::to_owned)
    };
    rated.into_iter().take(MOST).filter_map(written).collect()
}

/// The values of a review for a field. There are too many titles to suggest any.
fn values_of(field: Field, review: &Review) -> Vec<&str> {
    match field {
        Field::Title => Vec::new(),
        Field::Kind => review.kind().into_iter().collect(),
        Field::By => review.by().collect(),
        Field::Tag => review.open_tags().lines().collect(),
        Field::Reviewer => review.reviewer().into_iter().collect(),
    }
}

/// The similarity of a value to a name or to one of its words.
fn most_similar(name: &str, value: &str) -> f64 {
    let parts = std::iter::once(name).chain(name.split_whitespace());
    parts.map(|part| similarity(part, value)).fold(0.0, f64::max)
}

impl fmt::Display for Suggestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no review has {}", self.missing)?;
        if !self.others.is_empty() {
            write!(f, "; try {}", self.others.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::curtain::Curtains;
    use crate::find::{Arrangement, select};
    use crate::library::{Change, Library, Loaded};
    use crate::query::parse;

    fn library(sources: &[&str]) -> Library {
        let mut library = Library::default();
        let file = |(number, source): (usize, &&str)| {
            let source = format!("{source}\n[[passage]]\ntext = 'x'\n");
            Change::Upsert(Loaded::from_text("f", &number.to_string(), &source))
        };
        library.apply(sources.iter().enumerate().map(file).collect());
        library
    }

    #[test]
    fn a_missing_value_is_reported_with_what_there_is() {
        let library = library(&[
            "reviewer = 'Ada'\ntags = ['science fiction', 'slow']\n[work]\ntitle = 'A'\nkind = 'film'\nby = ['Mark Romanek']",
            "[work]\ntitle = 'B'\nkind = 'book'",
            "spoilers = true\ntags = ['sunken']\n[work]\ntitle = 'C'\nkind = 'game'",
        ]);
        for (query, told) in [
            ("kind:flim", "no review has kind:flim; try film, game, book"),
            ("joy kind:flim", "no review has kind:flim; try film, game, book"),
            ("tag:\"science fction\"", "no review has tag:\"science fction\"; try science fiction"),
            ("by:romnek", "no review has by:romnek; try Mark Romanek"),
            ("reviewer:bob", "no review has reviewer:bob"),
            ("tag:sunken", "no review has tag:sunken"),
            ("tag:fiction", ""),
            ("kind:film tag:slow zzz", ""),
            ("-kind:flim", ""),
            ("title:zzz", ""),
        ] {
            let query = parse(query).query;
            let (_, suggestion) = select(
                &library,
                &Curtains::default(),
                &query,
                Arrangement::default(),
                |_| 0,
                crate::find::Standing::default(),
            );
            let suggestion = suggestion.map(|suggestion| suggestion.to_string());
            assert_eq!(suggestion.unwrap_or_default(), told, "{query}");
        }
    }
}
