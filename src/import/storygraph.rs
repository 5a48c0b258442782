//! The CSV export of StoryGraph.

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::html::Newline;
use super::table::Table;
use super::{Batch, Options};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    let table = Table::csv(bytes);
    let days: Vec<_> = table.rows().map(|row| row.get("last date read")).collect();
    let dates = Dates::settle(options.order, days.iter().map(|day| &**day));
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
            id: match row.get("isbn/uid") {
                id if id.is_empty() => format!("{title}/{}", row.get("authors")),
                id => id.into_owned(),
            },
            rating: row.rating("star rating"),
            tags: row.list("tags"),
            work: Work { title, kind: Some("book".to_owned()), year: None, by: row.list("authors") },
            ..Draft::default()
        };
        draft.take_date(dates.read(&row.get("last date read")), row.number, &mut batch.warnings);
        draft.take(&text, Dialect::Html(Newline::Break));
        if draft.passages.is_empty() {
            batch.without_text += 1;
        } else {
            batch.drafts.push(draft);
        }
    }
    batch
}
