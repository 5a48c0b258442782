//! The CSV export of BookWyrm, whose content warnings hide a whole review.

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::table::Table;
use super::{Batch, Options};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    let table = Table::csv(bytes);
    let columns = ["review_published", "finish_date", "start_date"];
    let days: Vec<_> = table.rows().flat_map(|row| columns.map(|name| row.get(name))).collect();
    let dates = Dates::settle(options.order, days.iter().map(|day| &**day));
    let mut batch = Batch { warnings: table.warnings.clone(), ..Batch::default() };
    for row in table.rows() {
        let text = row.get("review_content");
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
            id: match row.first_of(&["remote_id", "openlibrary_key", "isbn_13", "isbn_10"]) {
                id if id.is_empty() => format!("{title}/{}", row.get("author_text")),
                id => id.into_owned(),
            },
            title: Some(row.get("review_name").into_owned()),
            rating: row.rating("rating"),
            work: Work { title, kind: Some("book".to_owned()), year: None, by: row.list("author_text") },
            ..Draft::default()
        };
        draft.take_date(dates.read(&row.first_of(&columns)), row.number, &mut batch.warnings);
        draft.take(&text, Dialect::Markdown);
        if !row.get("review_cw").is_empty() {
            draft.hide_all(&row.get("review_cw"));
        }
        if draft.passages.is_empty() {
            batch.without_text += 1;
        } else {
            batch.drafts.push(draft);
        }
    }
    batch
}
