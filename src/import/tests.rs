//! Small made-up files of the real shapes, and properties of any.

use proptest::prelude::*;

use super::*;
use crate::curtain::Curtains;
use crate::export::{self, Exported};
use crate::review::{Parser, Review, Visible};

pub(super) fn reviews(bytes: &[u8]) -> Vec<Review> {
    let format = recognise(bytes).expect("the format is told");
    written(&read(format, "name.txt", bytes, Options::default()).expect("it is read"))
}

pub(super) fn written(batch: &Batch) -> Vec<Review> {
    let made = batch.reviews.iter().filter_map(|review| review.to_toml().expect("it is a review"));
    made.map(|made| Parser::default().parse(made.text.as_bytes()).expect("it is read again")).collect()
}

fn json(review: &Review, curtains: &Curtains) -> String {
    export::json(Exported { visible: Visible::new(review, curtains), name: "id" })
}

pub(super) fn open(review: &Review) -> String {
    json(review, &Curtains::default())
}

pub(super) fn lifted(review: &Review) -> String {
    let mut curtains = Curtains::default();
    curtains.toggle_always_show();
    json(review, &curtains)
}

pub(super) const GOODREADS: &str = "Book Id,Title,Author,Additional Authors,My Rating,Original Publication Year,Date Read,Bookshelves,My Review,Spoiler,Private Notes\n\
7,Emma,Jane  Austen,,4,1815,2014/04/05,\"read, classics\",\"Open<br/><br/>and <spoiler>zqx</spoiler> in [b:Persuasion|2156]\",,PRIVATE\n\
8,Silas Marner,George Eliot,,0,1861,,,zqx all,true,\n\
9,Rated only,Nobody,,5,,,,,,\n";

#[test]
fn goodreads_is_read_with_its_marks() {
    let reviews = reviews(GOODREADS.as_bytes());
    assert_eq!(reviews.len(), 2, "a book that is only rated has no review");
    let first = open(&reviews[0]);
    assert_eq!(reviews[0].work_title(), "Emma");
    assert_eq!(reviews[0].date().map(|day| day.iso()), Some("2014-04-05".into()));
    assert_eq!(reviews[0].open_tags(), "classics");
    assert!(first.contains("Open\\n\\nand ") && first.contains("Persuasion"), "{first}");
    for review in &reviews {
        assert!(!open(review).contains("zqx"), "what is marked is hidden");
        assert!(lifted(review).contains("zqx"), "and there when it is lifted");
        assert!(!lifted(review).contains("PRIVATE"), "private notes stay out");
    }
}

#[test]
fn a_table_without_end_is_read_as_far_as_there_is_memory_for() {
    let csv = "Title,Review\n".to_owned() + &"a,\n".repeat(1_000_001);
    let batch = read(Format::Storygraph, "n", csv.as_bytes(), Options::default()).expect("it is read");
    assert_eq!(batch.without_text, 1_000_000);
    assert!(batch.warnings.iter().any(|warning| warning.reason.contains("more than a million")));
}

#[test]
fn goodreads_is_known_without_its_header() {
    let row = "1234,Emma,Jane Austen,\"Austen, Jane\",,\"=\"\"1\"\"\",\"=\"\"2\"\"\",4,4.2,P,B,9,1815,1815,2014/04/05,2014/01/01,,,read,Fine,,,1,,,0\n";
    let reviews = reviews(row.as_bytes());
    assert_eq!(reviews.len(), 1);
    assert_eq!(reviews[0].work_title(), "Emma");
}

#[test]
fn letterboxd_has_paragraphs_in_bare_newlines() {
    let csv = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\r\n\
        2018-01-17,Heat,1995,https://boxd.it/a,3.5,,\"One <i>two<i>.\nThree.\n\nFour.\",\"a, b\",2018-01-16\r\n\
        2018-02-17,Heat,1995,https://boxd.it/b,,Yes,Again,,\r\n";
    let reviews = reviews(csv.as_bytes());
    assert_eq!(reviews.len(), 2, "the same film twice is two reviews");
    assert!(open(&reviews[0]).contains(r"One *two*.\n\nThree.\n\nFour."), "{}", open(&reviews[0]));
    assert_eq!(
        reviews[1].date().map(|day| day.iso()),
        Some("2018-02-17".into()),
        "the day of the entry, without another"
    );
}

#[test]
fn a_letterboxd_zip_is_opened_for_its_reviews_only() {
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["profile.csv", "deleted/reviews.csv", "reviews.csv"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("it is begun");
        let csv = format!(
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n,{name},,x,,,Text,,\n"
        );
        zip.write_all(csv.as_bytes()).expect("it is written");
    }
    let reviews = reviews(zip.finish().expect("it is closed").get_ref());
    assert_eq!(reviews.iter().map(Review::work_title).collect::<Vec<_>>(), ["reviews.csv"]);
}

#[test]
fn the_feed_of_letterboxd_says_which_are_spoilers() {
    let rss = "<?xml version='1.0'?><rss><channel><title>C</title><item><title>Heat, 1995 - ★★★★ (contains spoilers)</title>\
        <link>https://letterboxd.com/x/</link><guid>g1</guid><letterboxd:watchedDate>2020-01-02</letterboxd:watchedDate>\
        <letterboxd:filmTitle>Heat &amp; Dust</letterboxd:filmTitle><letterboxd:filmYear>1983</letterboxd:filmYear>\
        <letterboxd:memberRating>4.0</letterboxd:memberRating><dc:creator>ann</dc:creator>\
        <description><![CDATA[<p><img src=\"p\"/></p> <p><em>This review may contain spoilers.</em></p> <p>zqx</p>]]></description></item>\
        <item><title>A list</title><description>Films</description></item></channel></rss>";
    let reviews = reviews(rss.as_bytes());
    assert_eq!(reviews.len(), 1);
    assert_eq!((reviews[0].work_title(), reviews[0].reviewer()), ("Heat & Dust", Some("ann")));
    assert!(reviews[0].is_curtained() && !open(&reviews[0]).contains("zqx"));
    assert!(!lifted(&reviews[0]).contains("may contain"), "the warning is a curtain now and no text");
}

#[test]
fn bookwyrm_hides_behind_its_warning() {
    let csv = "title,author_text,remote_id,rating,review_name,review_cw,review_content,review_published\n\
        Emma,Jane Austen,https://e.org/1,4,Well,who marries,zqx and ||more||,2020-01-02\n";
    let reviews = reviews(csv.as_bytes());
    assert!(open(&reviews[0]).contains("who marries"), "the warning is the label of the curtain");
    assert!(!open(&reviews[0]).contains("zqx"));
}

#[test]
fn librarything_and_storygraph_are_known() {
    let tsv = b"Book Id\tTitle\tPrimary Author\tDate\tReview\tRating\tPrivate Comment\tDate Read\tTags\n\
        1\tLes Mis\xe9rables\tHugo, Victor\t1862\tun \"chef\n2\tB\tC\t\tbien\t4\tPRIVATE\t[2007-05-08]\ta, b\n";
    let found = reviews(tsv);
    assert_eq!(found[0].work_title(), "Les Misérables", "bytes that are not UTF-8 are those of Windows");
    assert_eq!(found[0].by().collect::<Vec<_>>(), ["Victor Hugo"]);
    let csv = "Title,Authors,ISBN/UID,Read Status,Last Date Read,Star Rating,Review,Tags\nEmma,Jane Austen,1,read,2020/01/02,4.25,<div>Good</div>,\n";
    let found = reviews(csv.as_bytes());
    assert_eq!(found[0].rating().map(|rating| rating.to_string()), Some("4.25/5".into()));
}

#[test]
fn text_is_read_with_front_matter_or_without() {
    let blog = "The Long Walk of \"Never Mind\"\n\n\n13/5/2012\n*This Review may contain spoilers, and is short*\n\nzqx\n\nend";
    let table = [
        (blog, "Never Mind", Some("2012-05-13"), true),
        (
            "---\ntitle: \"Emma: a novel\"\nauthor: [Jane Austen]\ndate: 2012-05-13\nspoilers: yes\n---\nzqx",
            "Emma: a novel",
            Some("2012-05-13"),
            true,
        ),
        ("+++\ntitle = 'Emma'\ndate = 2012-05-13\n+++\nGood.", "Emma", Some("2012-05-13"), false),
        (
            "title: [Emma](http://e.org)\nauthor: A\nauthor: B\nstop: 2012-05-13\n\nGood.\n\nSpoiler alert\n\nzqx\n\n# Next\n\nOpen.",
            "Emma",
            Some("2012-05-13"),
            false,
        ),
        ("Emma\n\n2/5/2012\n\nGood.", "Emma", None, false),
    ];
    for (text, work, date, whole) in table {
        let reviews = reviews(text.as_bytes());
        assert_eq!(reviews[0].work_title(), work, "{text:?}");
        assert_eq!(reviews[0].date().map(|day| day.iso()).as_deref(), date, "{text:?}");
        assert_eq!(reviews[0].is_curtained(), whole, "{text:?}");
        assert!(!open(&reviews[0]).contains("zqx"), "{text:?}");
    }
}

#[test]
fn what_is_no_export_is_refused() {
    for (bytes, reason) in [
        (&b"\0\0\0\0"[..], "NUL"),
        (b"", "empty"),
        (b"a\0b", "binary"),
        (b"a,b,c,d,e\n1,2,3,4,5\n", "columns"),
    ] {
        let told = recognise(bytes).expect_err("it is refused");
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn text_that_is_hostile_to_toml_or_to_marks_survives() {
    for text in [
        "'''",
        "\"\"\"",
        "a\\",
        "a\\||b",
        "a|<i></i>|b",
        "a|\u{ad}|b",
        "\u{1b}[31m",
        "a\r\nb",
        "|||",
        "&#124;&#124;b",
    ] {
        for (before, after) in [("", ""), ("x", "y"), ("|", "|"), ("\\", "\\")] {
            let review =
                format!("{before}{text}<spoiler>zqx {text} zqx</spoiler>{after} {text}").replace('"', "\"\"");
            let csv = format!("Name,Letterboxd URI,Review\nHeat,u,\"{review}\"\n");
            for review in reviews(csv.as_bytes()) {
                assert!(!open(&review).contains("zqx"), "{text:?} between {before:?} and {after:?}");
            }
        }
    }
}

/// A stretch of a review as somebody writes it: a mark around a secret, or noise.
fn stretch() -> impl Strategy<Value = String> {
    let secret = "zqx( [a-z*<>\\\\]{0,3})?( zqx)?";
    let marks = prop::sample::select(vec![
        ("<spoiler>", "</spoiler>"),
        ("[spoiler]", "[/spoiler]"),
        ("[spoiler=x]", "[/spoiler]"),
        (">!", "!<"),
        ("||", "||"),
        ("~!", "!~"),
        ("(view spoiler)[", "(hide spoiler)]"),
        ("<details><summary>Spoiler</summary>", "</details>"),
        ("\n\n## Spoilers\n\n", "\n\n## Next\n\n"),
        ("\n::: spoiler\n", "\n:::\n"),
    ]);
    let hidden = (marks, secret).prop_map(|((open, close), secret)| format!("{open}{secret}{close}"));
    // Of bars single ones only: a stray pair would turn what is open and what is hidden around, as it does everywhere.
    let noise = "([a-z .*_\\\\'\"&;#-]|[|] |<i>|</i>|<br>|<p>|\n|\n\n|</a>|&amp;|&#124; |\u{ad}){0,6}";
    prop_oneof![hidden, noise]
}

proptest! {
    #[test]
    fn what_a_mark_holds_is_never_open(stretches in prop::collection::vec(stretch(), 1..8), markdown: bool) {
        let text = stretches.concat();
        // A mark behind a backslash is text in Markdown, as in our own files.
        let is_escaped = |mark: &str| text.contains(&format!("\\{mark}"));
        prop_assume!(!markdown || !["||", "<", "[", ">!", "~!", "(", ":"].into_iter().any(is_escaped));
        let batch = if markdown {
            read(Format::Text, "n", format!("---\ntitle: T\n---\nx {text}").as_bytes(), Options::default())
        } else {
            let csv = format!("Book Id,Title,My Rating,My Review\n1,T,1,\"x {}\"\n", text.replace('"', "\"\""));
            read(Format::Goodreads, "n", csv.as_bytes(), Options::default())
        };
        for review in written(&batch.expect("it is read")) {
            prop_assert!(!open(&review).contains("zqx"), "{text:?}");
            prop_assert_eq!(lifted(&review).matches("zqx").count(), text.matches("zqx").count());
        }
    }

    #[test]
    fn what_is_exported_is_imported_as_the_same_review(stretches in prop::collection::vec(stretch(), 1..6)) {
        let text = format!("x {}", stretches.concat());
        let csv = format!("Book Id,Title,My Rating,My Review\n1,T,3,\"{}\"\n", text.replace('"', "\"\""));
        for first in written(&read(Format::Goodreads, "n", csv.as_bytes(), Options::default()).expect("it is read")) {
            let mut curtains = Curtains::default();
            curtains.toggle_always_show();
            let markdown = export::markdown(Exported { visible: Visible::new(&first, &curtains), name: "id" });
            let again = written(&read(Format::Text, "n", markdown.as_bytes(), Options::default()).expect("it is read"));
            prop_assert_eq!(again.len(), 1, "{}", &markdown);
            prop_assert!(!open(&again[0]).contains("zqx"), "{}", &markdown);
            prop_assert_eq!(again[0].work_title(), first.work_title());
            prop_assert_eq!(again[0].rating(), first.rating());
            prop_assert_eq!(lifted(&again[0]).matches("zqx").count(), lifted(&first).matches("zqx").count());
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), format in 0..<Format as clap::ValueEnum>::value_variants().len()) {
        let _ = recognise(&bytes);
        let formats = <Format as clap::ValueEnum>::value_variants();
        for review in read(formats[format], "n", &bytes, Options::default()).into_iter().flat_map(|batch| batch.reviews) {
            let _ = review.to_toml();
        }
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "([a-zé|<>/\\[\\]()!~\\\\ \n:#é]|<spoiler>|<i>|<b>|<a href='https://e.org'>|</a>|<td>|<li>|<br>|spoilers? ){0,40}") {
        let csv = format!("Book Id,Title,My Rating,My Review\n1,T,3,\"{text}\"\n");
        for review in read(Format::Goodreads, "n", csv.as_bytes(), Options::default()).expect("it is read").reviews {
            prop_assert!(review.to_toml().is_ok());
        }
        let _ = read(Format::Text, "n", text.as_bytes(), Options::default());
    }
}
