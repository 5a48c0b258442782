//! Recognises a file by its contents and never by its name. Unknown formats are refused: only prose is read as prose.

use csv::{ByteRecord, ReaderBuilder};

use super::{
    Format, activitypub, archive, atproto, book_graph, encoding, feed, front, goodreads, html, imdb, json,
    neodb, page, rss, serializd, steam, trakt,
};

/// The kind of a file.
pub(super) enum Shape {
    /// A known export.
    Export(Format),
    /// A table with unknown columns.
    Table,
    /// Text that a person wrote for readers.
    Prose,
    /// Something without reviews that could be read, and what it is.
    Other(&'static str),
}

/// The kind of a file, whose bytes are UTF-8 if they are text.
pub(super) fn of(bytes: &[u8]) -> Shape {
    if bytes.iter().all(|b| *b == 0 || b.is_ascii_whitespace()) {
        return Shape::Other(match bytes.contains(&0) {
            true => "the file holds nothing but NUL bytes: its download went wrong; export it again",
            false => "the file is empty",
        });
    }
    if archive::is_zip(bytes) {
        return archive::format(bytes).map_or_else(Shape::Other, Shape::Export);
    }
    let text = encoding::decode(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    // An export is recognised even if something in it is damaged.
    if let Some(format) = export(text) {
        return Shape::Export(format);
    }
    if is_binary(bytes) {
        return Shape::Other("the file holds binary data, and is no export that is known");
    }
    if !encoding::is_western(bytes) {
        return Shape::Other("the encoding of the file is not known; save it as UTF-8");
    }
    of_text(text)
}

fn of_text(text: &str) -> Shape {
    if feed::is_feed(text) {
        let is_letterboxd = rss::is_letterboxd(text);
        return Shape::Export(if is_letterboxd { Format::LetterboxdRss } else { Format::Feed });
    }
    if is_json(text) {
        return of_json(text);
    }
    if is_markup(text) && page::is_it(text) {
        return Shape::Export(Format::Page);
    }
    if text.starts_with("Letterboxd list export") {
        return Shape::Other("the file is a list of Letterboxd's and holds no reviews");
    }
    if let Some(other) = data(text) {
        return Shape::Other(other);
    }
    // A text with front matter was written for readers, whatever commas it contains.
    if front::split(text).is_some() {
        return Shape::Prose;
    }
    if is_table(text) {
        return Shape::Table;
    }
    match text.chars().any(char::is_alphabetic) {
        true => Shape::Prose,
        false => Shape::Other("the file holds no text"),
    }
}

fn is_binary(bytes: &[u8]) -> bool {
    const SIGNS: [&[u8]; 9] = [
        b"%PDF",
        b"\x1f\x8b",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\xd0\xcf\x11\xe0",
        b"{\\rtf",
        b"7z\xbc\xaf",
        b"PK\x05\x06",
    ];
    let is_control = |b: &&u8| **b < 0x20 && !matches!(**b, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b);
    SIGNS.iter().any(|sign| bytes.starts_with(sign))
        || bytes.contains(&0)
        || bytes.iter().filter(is_control).count() * 50 > bytes.len()
}

/// Recognises JSON by the keys of its first record.
fn of_json(text: &str) -> Shape {
    type IsIt = fn(&serde_json::Value) -> bool;
    const KNOWN: [(IsIt, Format); 9] = [
        (steam::is_it, Format::Steam),
        (trakt::is_it, Format::Trakt),
        (serializd::is_it, Format::Serializd),
        (book_graph::is_it, Format::BookGraph),
        (imdb::is_it, Format::ImdbSpoilers),
        (neodb::is_it, Format::Neodb),
        (feed::is_json_feed, Format::Feed),
        (atproto::is_it, Format::Atproto),
        (activitypub::is_it, Format::Activitypub),
    ];
    let found = json::sample(text).and_then(|sample| KNOWN.iter().find(|(is_it, _)| is_it(&sample)));
    match found {
        Some((_, format)) => Shape::Export(*format),
        None => Shape::Other("the file is JSON, and no export that is known, or it breaks off"),
    }
}

/// Describes some kind of data.
fn data(text: &str) -> Option<&'static str> {
    if is_markup(text) {
        return Some("the file is HTML or XML, and no export that is known");
    }
    if is_toml(text) {
        return Some("the file is TOML; a review file needs no import");
    }
    is_yaml_list(text).then_some("the file is YAML, and no export that is known")
}

/// JSON, complete or not, or with one record per line.
fn is_json(text: &str) -> bool {
    let (first, rest) = text.split_at_checked(1).unwrap_or_default();
    let begins = |text: &str, signs: &[char]| text.trim_start().starts_with(signs);
    match first {
        "{" => begins(rest, &['"', '}']),
        "[" => {
            (begins(rest, &['{']) && begins(rest.trim_start().get(1..).unwrap_or_default(), &['"', '}']))
                || serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
        }
        _ => false,
    }
}

/// An HTML page, or XML. Prose may begin with a tag too, but not with one of these.
fn is_markup(text: &str) -> bool {
    let start = text.get(..text.floor_char_boundary(2000)).unwrap_or_default().to_ascii_lowercase();
    let is_page = ["<!doctype", "<html", "<head>", "<body"].iter().any(|tag| start.contains(tag));
    if start.starts_with("<?xml") || (is_page && start.starts_with('<')) {
        return true;
    }
    let Some(tag) = html::tag(text).filter(|tag| !tag.is_closing) else { return false };
    let is_of_prose = html::known_tag(text).is_some() || tag.name.contains("spoil");
    // The name as written: XML names may contain characters that HTML names cannot.
    let name = text[1..].split([' ', '>', '/', '\n', '\t']).next().unwrap_or_default();
    !is_of_prose && text.trim_end().ends_with(&format!("</{name}>"))
}

fn is_toml(text: &str) -> bool {
    /// Longer TOML has passages, or was not written by anybody.
    const LONGEST: usize = 1 << 20;
    let first =
        text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let may_be = text.len() <= LONGEST && (first.contains('=') || first.starts_with('['));
    text.lines().any(|line| line.trim() == "[[passage]]")
        || (may_be && text.parse::<toml::Table>().is_ok_and(|table| !table.is_empty()))
}

/// A list of records, which are items with several keys each.
fn is_yaml_list(text: &str) -> bool {
    let key = |line: &str| {
        line.split_once(':').is_some_and(|(key, value)| {
            let is_key = key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'"' | b'\''));
            is_key && !key.is_empty() && (value.is_empty() || value.starts_with(' '))
        })
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().and_then(|line| line.strip_prefix("- ")).is_some_and(|line| key(line.trim()));
    first && lines.next().and_then(|line| line.strip_prefix("  ")).is_some_and(|line| key(line.trim_end()))
}

/// The format of a table with known columns.
fn export(text: &str) -> Option<Format> {
    let header = |delimiter| {
        let first = records(text, delimiter, 1).into_iter().next().unwrap_or_default();
        let names = first.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase());
        (names.collect::<Vec<_>>(), first)
    };
    let ((commas, first), (tabs, _)) = (header(b','), header(b'\t'));
    let has =
        |fields: &[String], names: &[&str]| names.iter().all(|name| fields.iter().any(|field| field == name));
    let known: &[(bool, Format)] = &[
        (has(&tabs, &["title", "primary author"]), Format::Librarything),
        (has(&commas, &["review_content"]), Format::Bookwyrm),
        (has(&commas, &["title", "my rating"]), Format::Goodreads),
        (has(&commas, &["title", "my review"]), Format::Goodreads),
        (has(&commas, &["title", "star rating", "read status"]), Format::Storygraph),
        (has(&commas, &["name", "letterboxd uri"]), Format::Letterboxd),
        (has(&commas, &["date", "content", "comment"]), Format::Letterboxd),
        (has(&commas, &["title", "hardcover book id"]), Format::Hardcover),
        (has(&commas, &["rym album", "title"]), Format::Rateyourmusic),
        (goodreads::is_headless(&first), Format::Goodreads),
    ];
    known.iter().find(|(is_it, _)| *is_it).map(|(_, format)| *format)
}

/// The first records of a text as a table, quotes included.
fn records(text: &str, delimiter: u8, most: usize) -> Vec<ByteRecord> {
    let mut builder = ReaderBuilder::new();
    builder.flexible(true).has_headers(false).delimiter(delimiter);
    builder.from_reader(text.as_bytes()).into_byte_records().take(most).flatten().collect()
}

/// Tells lines of prose from those of a table: prose has a space after its commas.
#[derive(Clone, Copy)]
struct Separators {
    tight: usize,
    loose: usize,
}

fn is_table(text: &str) -> bool {
    b",;\t|".iter().any(|delimiter| is_table_of(text, *delimiter))
}

fn is_table_of(text: &str, delimiter: u8) -> bool {
    const LOOKED_AT: usize = 60;
    let first = text.lines().next().unwrap_or_default();
    // A Markdown table is prose, and so are doubled bars.
    if delimiter == b'|' && (first.contains("||") || first.starts_with('|') || is_markdown_table(text)) {
        return false;
    }
    let records = records(text, delimiter, LOOKED_AT);
    let Some((header, rows)) = records.split_first() else { return false };
    let names: Vec<_> = header.iter().map(|field| String::from_utf8_lossy(field).into_owned()).collect();
    let parted = separators(header, delimiter);
    // "Dear Ann," ends with a comma, and a header does not.
    let is_open = names.last().is_some_and(String::is_empty);
    let most_rows = |is_it: &dyn Fn(Separators) -> bool| {
        let fit = rows.iter().filter(|row| is_it(separators(row, delimiter))).count();
        fit * 10 >= rows.len() * 8
    };
    let is_sentence = names.iter().any(|name| name.contains(['。', '！', '？']));
    if parted.tight > 0 && parted.loose == 0 && !is_sentence && !is_open {
        return most_rows(&|row| row.tight >= parted.tight);
    }
    let all = parted.tight + parted.loose;
    let is_short = names.iter().all(|name| name.chars().count() <= 30 && !name.contains(['.', '!', '?']));
    let known = names.iter().filter(|name| COLUMNS.contains(&name.trim().to_lowercase().as_str())).count();
    let is_named = known >= 2 && known * 2 >= names.len();
    let is_even = all >= 3 && rows.len() >= 2 && most_rows(&|row| row.tight + row.loose == all);
    all > 0 && is_short && (is_even || (is_named && most_rows(&|row| row.tight + row.loose >= all)))
}

/// Names of columns that occur in any table of reviews.
const COLUMNS: [&str; 28] = [
    "title", "name", "movie", "film", "book", "game", "show", "series", "author", "director", "artist",
    "year", "date", "rating", "stars", "score", "review", "text", "comment", "content", "notes", "spoiler",
    "spoilers", "body", "user", "reviewer", "url", "id",
];

fn separators(record: &ByteRecord, delimiter: u8) -> Separators {
    let mut separators = Separators { tight: 0, loose: 0 };
    let fields: Vec<_> = record.iter().map(String::from_utf8_lossy).collect();
    // A tab at the beginning indents a paragraph.
    let fields = if delimiter == b'\t' && fields.first().is_some_and(|field| field.is_empty()) {
        &[]
    } else {
        &fields[..]
    };
    for pair in fields.windows(2) {
        let (before, behind) = (&*pair[0], &*pair[1]);
        if is_of_a_word(before, behind, delimiter) {
            continue;
        }
        match behind.starts_with([' ', '\n']) {
            true => separators.loose += 1,
            false => separators.tight += 1,
        }
    }
    separators
}

/// Whether this separator does not separate fields: in `10,000`, in `&amp;`, in `4,5`.
fn is_of_a_word(before: &str, behind: &str, delimiter: u8) -> bool {
    let is_figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match delimiter {
        b',' => {
            let is_inside = is_figure(before.chars().next_back()) && is_figure(behind.chars().next());
            is_inside && !(is_number(before) && is_number(behind))
        }
        b';' => before.rsplit_once('&').is_some_and(|(_, name)| {
            !name.is_empty()
                && name.len() <= 10
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        }),
        _ => false,
    }
}

/// Whether the second line is the rule under the header of a Markdown table.
fn is_markdown_table(text: &str) -> bool {
    let second = text.lines().nth(1).unwrap_or_default();
    second.contains('-') && second.chars().all(|c| matches!(c, '-' | '|' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_prose_is_taken_for_prose() {
        let texts = [
            "I liked it, mostly.\nThe end, however, dragged.",
            "Good Night, and Good Luck\n\nWell, it is short.",
            "10,000 BC\n\nMammoths, mostly, and 1,000 of them.",
            "Roses, violets,\nlilies, tulips,\nand so on, and so forth.",
            "- one, two\n- three, four\n- five, six",
            "* Plot: thin, but fine\n* Cast: good",
            "1. First, this\n2. Then, that",
            "Emma\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "a | b\n--|--\n1 | 2",
            "|a|b|\n|-|-|\n|1|2|",
            "||hidden|| and open\n",
            "\tAn indented paragraph, of old.\n\tAnother.",
            "[a link](https://e.org) first",
            "[spoiler]x[/spoiler]",
            "{{< spoiler >}}x{{< /spoiler >}}",
            "<spoiler>x</spoiler>",
            "<details><summary>x</summary>y</details>",
            "<p>One.</p>\n<p>Two, three.</p>",
            "\"Hello,\" she said, \"is it you?\"\nIt was, of course.",
            "R&eacute;sum&eacute;, mostly;\nand more &amp; more;",
            "这部电影很好,我喜欢。\n真的。",
            "---\ntitle: T\n---\na,b\nc,d",
            "title: Emma\nauthor: A\n\na,b",
            "I have one comma, here",
            "word",
            "# Title\n\nfoo = bar is no TOML",
            "Dear Ann,\nit was good.",
            "It rained; we left; nobody cared.\nStill; fine.",
        ];
        let wrong: Vec<_> =
            texts.iter().filter(|text| !matches!(of(text.as_bytes()), Shape::Prose)).collect();
        assert!(wrong.is_empty(), "these are prose: {wrong:#?}");
    }

    #[test]
    fn what_is_no_prose_is_not_taken_for_it() {
        let texts = [
            "a,b\nx,y",
            "a,b\n1,2",
            "a,b",
            "title,review\nHeat,\"It is good, and long.\nVery long, even.\"\n",
            "title,review\nHeat,Good, and long\n",
            "Heat,It is good.\nEmma,\"It is, too.\"",
            "Heat,1995,Good\nEmma,1996,Bad",
            "\"Heat\",\"It is good.\"",
            "title, review\nHeat, Good\n",
            "title, rating, review\nHeat, 4, Good, really\n",
            "one, two, three, four\na, b, c, d\ne, f, g, h",
            "title;review\nHeat;Good, yes\n",
            "title\treview\nHeat\tGood\n",
            "title|review\nHeat|Good\n",
            "a\tb",
            "[{\"text\": \"x\"}]",
            "{\"text\": \"x\"}\n{\"text\": \"y\"}",
            "{\n  \"text\": ",
            "[]",
            "<?xml version='1.0'?><a/>",
            "<reviews><review>x</review></reviews>",
            "<my-list><x/></my-list>",
            "<!DOCTYPE html><p>x",
            "<html><body>x</body></html>",
            "<!-- x --><html>x</html>",
            "%PDF-1.7\n",
            "{\\rtf1 x}",
            "a\0b",
            "\u{1}\u{2}\u{3}\u{4}text",
            "title = \"x\"\n[work]\ntitle = \"y\"\n",
            "broken = \n[[passage]]\ntext = 'x'\n",
            "- title: Heat\n  text: x\n- title: Emma\n  text: y\n",
            "Letterboxd list export v7\nDate,Name\n",
            "123 456",
        ];
        let wrong: Vec<_> = texts
            .iter()
            .filter(|text| !matches!(of(text.as_bytes()), Shape::Other(_) | Shape::Table))
            .collect();
        assert!(wrong.is_empty(), "these are refused: {wrong:#?}");
        let russian = b"\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0";
        assert!(matches!(of(russian), Shape::Other(_)), "an unknown encoding is refused");
    }
}
