//! The CSV export of Goodreads, in each of its generations.

use super::body::Dialect;
use super::draft::Draft;
use super::html::Newline;
use super::sheet::Sheet;
use super::table::{Row, Table};
use super::{Batch, Options};

/// The columns of the oldest export; newer ones have fewer at the end, and some exports have no header.
const COLUMNS: &[&str] = &[
    "Book Id",
    "Title",
    "Author",
    "Author l-f",
    "Additional Authors",
    "ISBN",
    "ISBN13",
    "My Rating",
    "Average Rating",
    "Publisher",
    "Binding",
    "Number of Pages",
    "Year Published",
    "Original Publication Year",
    "Date Read",
    "Date Added",
    "Bookshelves",
    "Bookshelves with positions",
    "Exclusive Shelf",
    "My Review",
    "Spoiler",
    "Private Notes",
    "Read Count",
    "Recommended For",
    "Recommended By",
    "Owned Copies",
];

/// Shelves that say where a book is and not what it is.
const EXCLUSIVE: &[&str] = &["read", "to-read", "currently-reading"];

const SHEET: Sheet = Sheet {
    id: &["book id"],
    review: "my review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "author",
    year: &["original publication year", "year published"],
    date: &["date read", "date added"],
    rating: "my rating",
    tags: "bookshelves",
    own,
};

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    let table = match Table::csv(bytes) {
        table if table.has(SHEET.title) => table,
        _ => Table::with_header(bytes, COLUMNS),
    };
    SHEET.read(&table, options)
}

fn own(row: Row<'_>, draft: &mut Draft) {
    // Whatever is not a clear "no" is a spoiler.
    draft.spoilers = !matches!(row.get("spoiler").to_lowercase().as_str(), "" | "false" | "no" | "0");
    if draft.text.contains('[') {
        draft.text = without_links(&draft.text);
    }
    draft.tags.retain(|shelf| !EXCLUSIVE.contains(&shelf.as_str()));
    let book = row.get("book id");
    draft.link = (!book.is_empty()).then(|| format!("https://www.goodreads.com/book/show/{book}"));
    // One author is in this column, and a comma in it is a part of the name.
    let authors = std::iter::once(row.get("author").into_owned()).chain(row.list("additional authors"));
    draft.work.by = authors.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
}

/// Goodreads' own links, `[b:Title|123]`, as what they show.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match link(rest) {
            Some((shown, length)) => {
                out.push_str(shown);
                rest = &rest[length..];
            }
            None => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

fn link(text: &str) -> Option<(&str, usize)> {
    let end = text.find(']')?;
    let (kind, target) = text[1..end].split_once(':')?;
    let is_kind = matches!(kind, "b" | "bc" | "a" | "book" | "author" | "g" | "group" | "c" | "s" | "w");
    let mut parts = target.split('|');
    let (name, rest) = (parts.next()?, parts.next()?);
    // Anything that could be a spoiler mark is left for those who look for them.
    let is_plain = !target.contains("||")
        && !target.contains(['<', '[', '\n'])
        && !target.contains("(view")
        && !target.contains(">!");
    let is_number = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    (is_kind && is_plain && is_number && !name.is_empty()).then_some((name, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_what_they_show() {
        for (text, shown) in [
            ("see [b:Emma|6969|Emma|Jane Austen|https://e.org/x.jpg|3360164] too", "see Emma too"),
            ("[b:Emma|6969|Emma (Austen, #4)|Jane Austen]", "Emma"),
            ("by [a:Jane Austen|1265]", "by Jane Austen"),
            ("[sic] [b:unclosed", "[sic] [b:unclosed"),
            ("[b:a||b|1]", "[b:a||b|1]"),
        ] {
            assert_eq!(without_links(text), shown, "{text}");
        }
    }
}
