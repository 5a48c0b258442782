//! What there is in place of a value that nothing has: a slip in `kind:flim` finds nothing, and would not tell why.
//!
//! Only what is always visible is named: tags behind a curtain are none here.

use std::collections::BTreeSet;
use std::fmt;

use super::index::begins_a_word;
use super::query::{Field, Query, Term};
use super::value::{ALIKE, likeness};
use crate::library::Library;
use crate::review::{Review, clean_line};
use crate::work::fold;

/// Values that are named at most.
const MOST: usize = 5;

/// A value that no review has, and those that it may have been meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// The key and the value, as they are asked for.
    asked: String,
    /// The most alike first.
    others: Vec<String>,
}

impl Instead {
    /// The first value of a query that no review of a library has; nothing if each has one.
    #[must_use]
    pub fn of(query: &Query, library: &Library) -> Option<Self> {
        let reviews = || library.entries().filter_map(|entry| entry.review());
        query.wanted().into_iter().find_map(|term| {
            let Term::Field(field, value) = term else { return None };
            let folded = fold(value.as_str());
            let all: BTreeSet<&str> = reviews().flat_map(|review| values(*field, review)).collect();
            let is_missing =
                *field != Field::Title && !all.iter().any(|one| begins_a_word(&fold(one), &folded));
            is_missing.then(|| {
                let asked = clean_line(&term.to_string()).into_owned();
                Instead { asked, others: alike(*field, &all, &folded) }
            })
        })
    }
}

/// The values of a review for a field; of titles none, since nobody chooses from all titles.
fn values(field: Field, review: &Review) -> Vec<&str> {
    match field {
        Field::Title => Vec::new(),
        Field::Kind => review.kind().into_iter().collect(),
        Field::By => review.by().collect(),
        Field::Tag => review.open_tags().lines().collect(),
        Field::Reviewer => review.reviewer().into_iter().collect(),
    }
}

/// Those that are like a value; of kinds, which are few, any.
fn alike(field: Field, all: &BTreeSet<&str>, value: &str) -> Vec<String> {
    let mut others: Vec<_> = all.iter().map(|one| (most_alike(&fold(one), value), *one)).collect();
    others.retain(|(likeness, _)| field == Field::Kind || *likeness > ALIKE);
    others.sort_by(|a, b| b.0.total_cmp(&a.0));
    others.into_iter().take(MOST).map(|(_, one)| one.to_owned()).collect()
}

/// How much a value is like a name, or like one of its words.
fn most_alike(name: &str, value: &str) -> f64 {
    let parts = std::iter::once(name).chain(name.split_whitespace());
    parts.map(|part| likeness(part, value)).fold(0.0, f64::max)
}

impl fmt::Display for Instead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no review has {}", self.asked)?;
        if !self.others.is_empty() {
            write!(f, "; there is {}", self.others.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find::typed;
    use crate::library::{Change, Loaded};

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
    fn what_nothing_has_is_told_with_what_there_is() {
        let library = library(&[
            "reviewer = 'Ada'\ntags = ['science fiction', 'slow']\n[work]\ntitle = 'A'\nkind = 'film'\nby = ['Mark Romanek']",
            "[work]\ntitle = 'B'\nkind = 'book'",
            "spoilers = true\ntags = ['sunken']\n[work]\ntitle = 'C'\nkind = 'game'",
        ]);
        for (query, told) in [
            ("kind:flim", "no review has kind:flim; there is film, game, book"),
            ("joy kind:flim", "no review has kind:flim; there is film, game, book"),
            ("tag:\"science fction\"", "no review has tag:\"science fction\"; there is science fiction"),
            ("by:romnek", "no review has by:romnek; there is Mark Romanek"),
            ("reviewer:bob", "no review has reviewer:bob"),
            ("tag:sunken", "no review has tag:sunken"),
            ("tag:fiction", ""),
            ("kind:film tag:slow zzz", ""),
            ("-kind:flim", ""),
            ("title:zzz", ""),
        ] {
            let instead = Instead::of(&typed(query).query, &library);
            assert_eq!(instead.map(|instead| instead.to_string()).unwrap_or_default(), told, "{query}");
        }
    }
}
