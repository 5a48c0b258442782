//! The contents of the help page: the table of keys, the query language and the signs.

use super::Pane;
use crate::keymap::{Keymap, Scope};
use crate::typeset::{Role, columns};

/// What the table of keys does not cover: editing a line, the query language, and the signs in the list.
const MORE: [(&str, &[(&str, &str)]); 3] = [
    (
        "Editing a line",
        &[
            ("Ctrl-W Ctrl-U", "delete the word, or everything before the cursor"),
            ("Alt-B Alt-F", "a word back, a word forward"),
            ("Ctrl-A Ctrl-E", "to the beginning, to the end"),
        ],
    ),
    (
        "In a filter",
        &[
            ("words", "letters in this order in title, work, creators, reviewer, tags"),
            ("\"words\"", "as they are written, in all texts too"),
            ("kind:film", "and title: by: tag: reviewer: (by: is the creators)"),
            ("year:1970s", "and 1972, 1968..1972, >1990"),
            ("rating:>=4", "of five stars, and 8/10, 3..4"),
            ("date:2012-02..", "of the review: a year, month or day"),
            ("is:unread", "and read, problem"),
            ("is:opened", "opened by your progress and not read yet; and started, finished"),
            ("progress:>=9", "how far you are, in chapters or episodes; at:S02E05"),
            ("has:spoilers", "and rating"),
            ("-x", "not that; not x is the same"),
            ("a b or c", "a and b, or c; (b or c) in parentheses"),
        ],
    ),
    (
        "Signs",
        &[
            ("●", "not read yet"),
            ("◆", "more of it has opened since you read it"),
            ("⊘", "the whole review is a spoiler"),
            ("✗", "cannot be read as a review, or not any more"),
            ("░", "a spoiler that is hidden"),
            ("┌ │ └", "one that is revealed"),
        ],
    ),
];

/// The page in columns: keys or syntax on the left, and what they do on the right if there is room.
pub(super) fn lines(measure: usize, pane: Pane, keys: &Keymap) -> Vec<(String, Role)> {
    let mut lines = vec![("Keys".to_owned(), Role::Headline)];
    let mut section = |heading: &str, rows: &mut dyn Iterator<Item = (String, &str)>| {
        lines.push((String::new(), Role::Body));
        lines.push((heading.to_owned(), Role::Work));
        for (left, right) in rows {
            let indent = if measure < NARROW { 15 } else { 24 };
            let pad = " ".repeat(indent.max(columns(&left) + 1) - columns(&left));
            let first = textwrap::Options::new(measure).subsequent_indent(&SPACES[..indent]);
            let row = format!("{left}{pad}{right}");
            lines.extend(textwrap::wrap(&row, first).into_iter().map(|line| (line.into_owned(), Role::Body)));
        }
    };
    let here = pane.scopes();
    let elsewhere = Scope::ALL.into_iter().filter(|scope| !here.contains(scope));
    for scope in here.iter().copied().chain(elsewhere) {
        let rows = keys.rows_of(scope).filter(|row| !row.keys.is_empty());
        section(scope.heading(), &mut rows.map(|row| (row.key_names(), row.binding.help)));
    }
    for (heading, rows) in MORE {
        section(heading, &mut rows.iter().map(|(left, right)| ((*left).to_owned(), *right)));
    }
    lines
}

/// With fewer columns than this, the left column is narrow.
const NARROW: usize = 60;

const SPACES: &str = "                        ";
