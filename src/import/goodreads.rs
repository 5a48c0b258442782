//! The CSV export of Goodreads, in each of its generations.

use super::body::Dialect;
use super::columns::Columns;
use super::dates::is_day;
use super::html::Newline;
use super::imported::ImportedReview;
use super::table::{Row, Table};
use super::{Batch, Options};

/// The columns of the export since 2022; an older one has more at the end, and one of 2026 no average rating.
const NAMES: [&str; 24] = [
    "Book Id",
    "Title",
    "Author",
    "Author l-f",
    "Additional Authors",
    "ISBN",
    "ISBN13",
    "My Rating",
    AVERAGE,
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
    "Owned Copies",
];
const AVERAGE: &str = "Average Rating";

/// What the export had in place of the last column until 2022.
const OLD_END: [&str; 8] = [
    "Recommended For",
    "Recommended By",
    "Owned Copies",
    "Original Purchase Date",
    "Original Purchase Location",
    "Condition",
    "Condition Description",
    "BCID",
];

/// Shelves that say where a book is and not what it is.
const EXCLUSIVE: &[&str] = &["read", "to-read", "currently-reading"];

const COLUMNS: Columns = Columns {
    id: &["book id"],
    own_day: "date added",
    review: "my review",
    dialect: Dialect::Html(Newline::Break),
    title: "title",
    kind: "book",
    by: "author",
    year: &["original publication year", "year published"],
    date: "date read",
    other_dates: &["date added"],
    rating: "my rating",
    tags: "bookshelves",
    own,
};

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let table = Table::csv(bytes);
    if table.has(COLUMNS.title) {
        return COLUMNS.read(&table, options);
    }
    let names = names(table.first().len()).filter(|_| is_headless(table.first()));
    let names = names.ok_or("it has no header, and not the columns that Goodreads writes")?;
    let table = table.with_header(&names);
    match table.rows().all(is_unshifted) {
        true => COLUMNS.read(&table, options),
        false => Err("it has no header, and its columns are not where Goodreads has them".to_owned()),
    }
}

/// The names of an export's columns, by how many there are.
fn names(count: usize) -> Option<Vec<&'static str>> {
    match count {
        23 => Some(NAMES.into_iter().filter(|name| *name != AVERAGE).collect()),
        24 => Some(NAMES.to_vec()),
        26 => Some(NAMES[..23].iter().chain(&OLD_END[..3]).copied().collect()),
        31 => Some(NAMES[..23].iter().chain(&OLD_END).copied().collect()),
        _ => None,
    }
}

/// Whether a first row is a book of Goodreads and no header: it begins with a number, and its ISBNs are formulas.
pub(super) fn is_headless(first: &csv::ByteRecord) -> bool {
    let is_number = |field: &[u8]| !field.is_empty() && field.iter().all(u8::is_ascii_digit);
    first.get(0).is_some_and(is_number)
        && [5, 6].iter().all(|at| first.get(*at).is_some_and(|field| field.starts_with(b"=\"")))
}

/// Whether what can be told by its look stands in the columns that it belongs to.
fn is_unshifted(row: Row<'_>) -> bool {
    let is_figure = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let is_day = |name| matches!(&*row.get(name), day if day.is_empty() || is_day(day));
    is_figure(&row.get("book id"))
        && matches!(&*row.get("my rating"), "" | "0" | "1" | "2" | "3" | "4" | "5")
        && is_day("date read")
        && is_day("date added")
        && matches!(&*row.get("spoiler").to_lowercase(), "" | "true" | "false")
        && is_figure(&row.get("read count"))
}

fn own(row: Row<'_>, review: &mut ImportedReview) {
    if review.text.contains('[') {
        review.text = without_links(&review.text);
    }
    review.tags.retain(|shelf| !EXCLUSIVE.contains(&shelf.as_str()));
    let book = row.get("book id");
    review.link = (!book.is_empty()).then(|| format!("https://www.goodreads.com/book/show/{book}"));
    // One author is in this column, and a comma in it is a part of the name.
    let authors = std::iter::once(row.get("author").into_owned()).chain(row.list("additional authors"));
    review.work.by = authors.map(|name| name.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
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
    // A bracket or a line end before that means that it is none: what never closes is not searched to its end each time.
    let end = 1 + text[1..].find([']', '[', '\n']).filter(|end| text.as_bytes()[end + 1] == b']')?;
    let (kind, target) = text[1..end].split_once(':')?;
    let is_kind = matches!(kind, "b" | "bc" | "a" | "book" | "author" | "g" | "group" | "c" | "s" | "w");
    let mut parts = target.split('|');
    let (name, rest) = (parts.next()?, parts.next()?);
    // Anything that could be a spoiler mark is left for those who look for them.
    let is_plain = !target.contains("||")
        && !target.contains('<')
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
            ("[b:a [b:Emma|1]", "[b:a Emma"),
            ("[b:a\n|1]", "[b:a\n|1]"),
        ] {
            assert_eq!(without_links(text), shown, "{text}");
        }
    }
}
