//! What comes in by none of the doors: shapes that are not known, fields, flags, feeds, numbers.

use super::tests::{GOODREADS, lifted, open, reviews, written};
use super::*;
use crate::review::Review;

#[test]
fn a_zip_is_read_in_its_folder_and_up_to_a_limit() {
    use std::io::Write as _;
    const CSV: &str = "Name,Letterboxd URI,Review\nHeat,u,Text\n";
    let zip = |names: &[&str]| {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("it is begun");
            zip.write_all(CSV.as_bytes()).expect("it is written");
        }
        zip.finish().expect("it is closed").into_inner()
    };
    let count = |bytes: &[u8]| {
        read(Format::Letterboxd, "n", bytes, Options::default()).map(|batch| batch.reviews.len())
    };
    assert_eq!(count(&zip(&["letterboxd-ann/reviews.csv", "letterboxd-ann/diary.csv"])), Ok(1));
    assert_eq!(count(&zip(&["a/reviews.csv", "reviews.csv"])), Ok(1), "the one at the top is meant");
    assert!(count(&zip(&["deleted/reviews.csv", "a/b/reviews.csv"])).is_err(), "others are not opened");
    assert!(count(&zip(&["a/reviews.csv", "b/reviews.csv"])).is_err(), "of two, none is guessed");
    let names: Vec<_> = (0..10_001).map(|n| format!("{n}.csv")).collect();
    let many = zip(&names.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(
        count(&many).is_err_and(|reason| reason.contains("more files")),
        "too many files are not looked at"
    );
    let rows = format!("Name,Letterboxd URI,Review\n{}", "a,u,x\n".repeat(MAX_REVIEWS + 1));
    let told = count(rows.as_bytes()).expect_err("it is refused");
    assert!(told.contains("100000"), "the limit is said: {told}");
}

#[test]
fn a_format_is_what_the_columns_say() {
    const FEED: &str = "<?xml version='1.0'?><rss xmlns:letterboxd='x'></rss>";
    for (format, text, is_read) in [
        (Format::Goodreads, GOODREADS, true),
        (Format::Storygraph, GOODREADS, false),
        (Format::Text, GOODREADS, false),
        (Format::Text, "a,b\nc,d\n", false),
        (Format::Goodreads, "a,b\nc,d\n", false),
        (Format::Goodreads, "Some prose, as it stands.\n", false),
        (Format::Storygraph, "Title,Review\nEmma,Good\n", true),
        (Format::Letterboxd, "Date,Content,Comment\n2020-01-01,x,zqx\n", false),
        (Format::Letterboxd, "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,1995,u\n", false),
        (Format::LetterboxdRss, FEED, true),
        (Format::Text, FEED, false),
        (Format::LetterboxdRss, "Some prose, as it stands.", false),
        (Format::Text, "{\"text\": \"zqx\"}", false),
        (Format::Text, "Emma\n\nSome prose, as it stands.", true),
        (Format::Text, "---\ntitle: T\n---\n", false),
    ] {
        let read = read(format, "n.txt", text.as_bytes(), Options::default());
        assert_eq!(read.is_ok(), is_read, "{} as {}: {:?}", text, format.name(), read.err());
    }
}

#[test]
fn goodreads_without_a_header_is_never_read_shifted() {
    let row = |average: &str, end: &str| {
        format!(
            "1234,Emma,Jane Austen,\"Austen, Jane\",,\"=\"\"1\"\"\",\"=\"\"2\"\"\",4,{average}P,B,9,1815,1815,2014/04/05,\
             2014/01/01,,,read,zqx,true,PRIVATE,1,{end}\n"
        )
    };
    for (text, is_read) in [
        (row("4.2,", "0"), true),
        (row("", "0"), true),
        (row("4.2,", ",,0,,,,,"), true),
        (row("4.2,x,", "0"), false),
        (row("4.2,", "0,,,,"), false),
        (row("4.2,", "0") + &row("", "0,"), false),
    ] {
        let batch = read(Format::Goodreads, "n", text.as_bytes(), Options::default());
        assert_eq!(batch.is_ok(), is_read, "{text}: {:?}", batch.as_ref().err());
        for review in batch.iter().flat_map(written) {
            assert!(review.is_curtained() && !open(&review).contains("zqx"), "{text}");
            assert!(!lifted(&review).contains("PRIVATE"), "{text}");
        }
    }
}

#[test]
fn a_row_whose_fields_are_not_those_of_the_columns_is_hidden() {
    for row in ["7,Emma,4,zqx,and more,,", "7,Emma,4,zqx", "7,Emma,4,\"zqx"] {
        let csv = format!("Book Id,Title,My Rating,My Review,Spoiler\n{row}\n");
        let batch = read(Format::Goodreads, "n", csv.as_bytes(), Options::default()).expect("it is read");
        assert!(written(&batch).iter().all(Review::is_curtained), "{row}");
        assert!(batch.warnings.iter().any(|warning| warning.reason.contains("as many fields")), "{row}");
    }
}

#[test]
fn a_column_about_spoilers_is_heeded_whatever_it_is_called() {
    for (column, value, is_hidden) in [
        ("Spoiler", "true", true),
        ("Contains spoilers?", "Yes", true),
        ("spoilers", "a few", true),
        ("Spoiler", "false", false),
        ("Spoiler", "", false),
        ("Spoiler-free", "no", true),
    ] {
        let csv = format!("Name,Letterboxd URI,Review,{column}\nHeat,u,zqx,{value}\n");
        let reviews = reviews(csv.as_bytes());
        assert_eq!(reviews[0].is_curtained(), is_hidden, "{column}: {value}");
    }
}

/// Marks around a secret, each on one line.
const MARKED: &[&str] = &[
    "||zqx||",
    "a ||zqx",
    "[spoiler]zqx[/spoiler]",
    "[spoiler=x]zqx",
    "<spoiler>zqx</spoiler>",
    "&lt;spoiler&gt;zqx&lt;/spoiler&gt;",
    "<span class='spoiler'>zqx</span>",
    "<details><summary>Spoiler</summary>zqx</details>",
    ">!zqx!<",
    "~!zqx!~",
    "(view spoiler)[zqx(hide spoiler)]",
    "{{< spoiler >}}zqx{{< /spoiler >}}",
    "{% spoiler %}zqx{% endspoiler %}",
    "[zqx]{.spoiler}",
    "::: spoiler zqx",
];

#[test]
fn no_field_shows_what_a_mark_holds() {
    for marked in MARKED {
        let quoted = marked.replace('"', "\"\"");
        let yaml = format!("\"{}\"", marked.replace('\\', "\\\\").replace('"', "\\\""));
        let texts = [
            format!(
                "Book Id,Title,Author,My Rating,Bookshelves,My Review\n\
                 \"{quoted}\",\"{quoted}\",\"{quoted}\",4,\"{quoted}\",open\n"
            ),
            format!("Title,Author,My Rating,My Review\n\"E {quoted}\",x,4,open\n"),
            format!(
                "title,author_text,remote_id,review_name,review_cw,review_content\n\
                 E,x,1,\"{quoted}\",\"{quoted}\",open\n"
            ),
            format!(
                "---\ntitle: {yaml}\nwork: {yaml}\nauthor: [{yaml}]\ntags: [{yaml}]\nreviewer: {yaml}\nkind: {yaml}\n\
                 link: {yaml}\nrating: {yaml}\ndate: {yaml}\n---\nopen\n"
            ),
            format!("title: {marked}\nauthor: {marked}\n\nopen\n"),
            format!("+++\ntitle = '''{marked}'''\n[book]\ntitle = '''{marked}'''\n+++\nopen\n"),
        ];
        for text in texts {
            let format = recognise(text.as_bytes()).expect("the format is told");
            let batch = read(format, "n.md", text.as_bytes(), Options::default()).expect("it is read");
            assert!(!batch.warnings.is_empty(), "what is left out is told: {text}");
            for review in &batch.reviews {
                let is_clean = !review.id().contains("zqx") && !review.file_name().contains("zqx");
                assert!(is_clean, "no name is made of it: {text}");
            }
            for warning in &batch.warnings {
                assert!(!warning.to_string().contains("zqx"), "a warning quotes nothing: {text}");
            }
            for review in written(&batch) {
                assert!(!open(&review).contains("zqx"), "{text}");
            }
        }
    }
}

#[test]
fn the_first_line_of_a_text_is_no_title_if_it_is_a_mark() {
    let lines = [
        "[spoiler]",
        "<spoiler>",
        "::: spoiler",
        "## Spoilers",
        "This review contains spoilers.",
        "SPOILERS BELOW",
    ];
    let own = lines.iter().map(|line| format!("{line}\n\nzqx\n"));
    let marked = MARKED.iter().map(|marked| format!("{marked}\n\nmore\n"));
    for text in own.chain(marked) {
        // What hides what in a text is for the grammar of marks; that it gets all of it is tested here.
        let batch =
            read(Format::Text, "blog/Emma.md", text.as_bytes(), Options::default()).expect("it is read");
        assert_eq!(batch.reviews[0].file_name(), "emma", "{text}");
        let first = text.lines().next().expect("there is one");
        assert!(batch.reviews[0].text.contains(first), "nothing is lost: {text}");
    }
    for text in [
        "[spoiler]\n\nzqx\n",
        "## Spoilers\n\nzqx\n",
        "This review contains spoilers.\n\nzqx\n",
        ">!zqx!<\n\nmore\n",
    ] {
        for review in reviews(text.as_bytes()) {
            assert!(!open(&review).contains("zqx"), "{text}");
            assert!(lifted(&review).contains("zqx"), "{text}");
        }
    }
}

#[test]
fn a_feed_without_a_mark_is_hidden_unless_somebody_says_otherwise() {
    let item = |title: &str| {
        format!(
            "<item><title>{title}</title><guid>{title}</guid><letterboxd:filmTitle>Heat</letterboxd:filmTitle>\
             <description><![CDATA[<p>zqx</p>]]></description></item>"
        )
    };
    let feed = |items: &str| format!("<?xml version='1.0'?><rss><channel>{items}</channel></rss>");
    let unmarked = feed(&(item("a") + &item("b")));
    let marked = feed(&(item("a") + &item("b (contains spoilers)")));
    for (text, curtain, hidden) in [
        (&unmarked, None, 2),
        (&unmarked, Some(Curtain::None), 0),
        (&unmarked, Some(Curtain::All), 2),
        (&marked, None, 1),
        (&marked, Some(Curtain::None), 1),
        (&marked, Some(Curtain::All), 2),
    ] {
        let options = Options { curtain, ..Options::default() };
        let batch = read(Format::LetterboxdRss, "n", text.as_bytes(), options).expect("it is read");
        let count = written(&batch).iter().filter(|review| review.is_curtained()).count();
        assert_eq!(count, hidden, "{curtain:?}: {text}");
    }
}

#[test]
fn ratings_and_days_are_read_as_people_write_them_and_what_is_left_out_is_told() {
    for (front, rating, date, is_told) in [
        ("rating: 7/10\ndate: 04.03.2023", Some("7/10"), Some("2023-03-04"), false),
        ("rating: 9.2", Some("9.2/10"), None, true),
        ("rating: 4 stars", Some("4/5"), None, false),
        ("rating: ⭐⭐⭐⭐", Some("4/5"), None, false),
        ("rating: 4 out of 5", Some("4/5"), None, false),
        ("rating: \"4,5\"", Some("4.5/5"), None, false),
        ("rating: 3½", Some("3.5/5"), None, false),
        ("rating: 7\nscale: 10", Some("7/10"), None, false),
        ("rating: B+", None, None, true),
        ("rating: splendid", None, None, true),
        ("date: 2012", None, None, true),
        ("date: 2/5/2012", None, None, true),
    ] {
        let text = format!("---\ntitle: T\n{front}\n---\nopen\n");
        let batch = read(Format::Text, "n", text.as_bytes(), Options::default()).expect("it is read");
        let review = &written(&batch)[0];
        assert_eq!(review.rating().map(|rating| rating.to_string()).as_deref(), rating, "{front}");
        assert_eq!(review.date().map(|day| day.iso()).as_deref(), date, "{front}");
        assert_eq!(!batch.warnings.is_empty(), is_told, "{front}: {:?}", batch.warnings);
        assert_eq!(review.open_tags().lines().any(|tag| tag == "B+"), front.contains("B+"), "{front}");
    }
}

#[test]
fn the_ratings_of_a_table_tell_their_scale_and_another_day_is_told() {
    let csv = "Book Id,Title,My Rating,Date Read,Date Added,My Review\n\
        1,A,7,,2020/01/02,x\n2,B,9.5,2020/01/03,2020/01/02,x\n3,C,good,,,x\n";
    let batch = read(Format::Goodreads, "n", csv.as_bytes(), Options::default()).expect("it is read");
    let reviews = written(&batch);
    let ratings: Vec<_> =
        reviews.iter().map(|review| review.rating().map(|rating| rating.to_string())).collect();
    assert_eq!(ratings, [Some("7/10".to_owned()), Some("9.5/10".to_owned()), None]);
    let told: Vec<_> = batch.warnings.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|told| told.starts_with("row 3: its rating")), "{told:?}");
    assert!(told.iter().any(|told| told.starts_with("1 review has no \"date read\"")), "{told:?}");
}

#[test]
fn utf16_is_read_like_any_other_text() {
    for text in [GOODREADS, "Emma\n\nIt is [spoiler]zqx[/spoiler] good.\n"] {
        let bytes: Vec<_> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let (found, expected) = (reviews(&bytes), reviews(text.as_bytes()));
        let texts = |reviews: &[Review]| reviews.iter().map(lifted).collect::<Vec<_>>();
        assert_eq!(texts(&found), texts(&expected));
        assert!(found.iter().all(|review| !open(review).contains("zqx")));
    }
}

/// A small export of each site, whose last row or item holds a secret that is marked.
const EXPORTS: &[(Format, &str)] = &[
    (Format::Goodreads, GOODREADS),
    (
        Format::Letterboxd,
        "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n\
         2018-01-17,Heat,1995,u,3.5,,\"Open <spoiler>zqx</spoiler>\",,2018-01-16\n",
    ),
    (
        Format::LetterboxdRss,
        "<rss><channel><item><letterboxd:filmTitle>Heat</letterboxd:filmTitle><title>Heat (contains spoilers)</title>\
         <description>&lt;p>zqx&lt;/p></description></item></channel></rss>",
    ),
    (
        Format::Storygraph,
        "Title,Authors,ISBN/UID,Read Status,Last Date Read,Star Rating,Review,Tags\n\
         Emma,Jane Austen,1,read,2020/01/02,4.25,<spoiler>zqx</spoiler>,\n",
    ),
    (
        Format::Bookwyrm,
        "title,author_text,remote_id,rating,review_name,review_cw,review_content,review_published\n\
         Emma,Jane Austen,u,4,Well,the end,zqx,2020-01-02\n",
    ),
    (
        Format::Librarything,
        "Book Id\tTitle\tPrimary Author\tDate\tReview\tRating\tDate Read\tTags\n\
         1\tEmma\tAusten, Jane\t1815\t<spoiler>zqx</spoiler>\t4\t[2007-05-08]\ta\n",
    ),
    (Format::Text, "---\ntitle: Emma\nspoilers: true\n---\n\nzqx\n"),
];

#[test]
fn an_export_that_breaks_off_anywhere_shows_nothing_that_is_marked() {
    for (format, text) in EXPORTS {
        assert_eq!(recognise(text.as_bytes()), Ok(*format));
        assert!(!reviews(text.as_bytes()).is_empty(), "{} is read", format.name());
        for (end, _) in text.char_indices() {
            let read = read(*format, "n", &text.as_bytes()[..end], Options::default());
            for review in read.iter().flat_map(written) {
                assert!(!open(&review).contains("zqx"), "{} up to {end}", format.name());
            }
        }
    }
}
