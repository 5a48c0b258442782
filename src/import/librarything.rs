//! The tab-separated export of LibraryThing, which is not always UTF-8.

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    let table = Table::tsv(bytes);
    let days: Vec<_> = table.rows().map(|row| row.first_of(&["date read", "entry date"])).collect();
    let dates = Dates::settle(options.order, days.iter().map(|day| day.trim_matches(['[', ']'])));
    let mut batch = Batch { warnings: table.warnings.clone(), ..Batch::default() };
    for row in table.rows() {
        let text = row.get("review");
        if text.is_empty() {
            batch.without_text += 1;
            continue;
        }
        let title = row.get("title").into_owned();
        if title.is_empty() {
            batch.warn(row.number, "it has no title, and was left out");
            continue;
        }
        let mut draft = Draft {
            id: row.first_of(&["book id", "title"]).into_owned(),
            rating: row.rating("rating"),
            tags: row.list("tags"),
            work: Work {
                title,
                kind: Some("book".to_owned()),
                year: row.year(&["date"]),
                by: vec![in_reading_order(&row.get("primary author"))],
            },
            ..Draft::default()
        };
        draft.take_date(
            dates.read(&row.first_of(&["date read", "entry date"])),
            row.number,
            &mut batch.warnings,
        );
        draft.take(&text, Dialect::Html(Newline::Break));
        if draft.passages.is_empty() {
            batch.without_text += 1;
        } else {
            batch.drafts.push(draft);
        }
    }
    batch
}

/// `Cather, Willa` as `Willa Cather`.
fn in_reading_order(name: &str) -> String {
    match name.split_once(", ") {
        Some((last, first)) if !first.contains(',') => format!("{first} {last}"),
        _ => name.to_owned(),
    }
}
