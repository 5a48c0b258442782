use super::*;
use crate::curtain::Curtains;

pub(super) fn parse(source: &str) -> Result<Review, Vec<Fault>> {
    Parser::default().parse(source.as_bytes())
}

/// A passage's text, with a veil in place of each span, if it may be seen.
pub(super) fn passage<'r>(review: &'r Review, curtains: &'r Curtains, number: usize) -> Option<&'r str> {
    Visible::new(review, curtains).passages().nth(number)?.text.map(VisibleText::veiled)
}

fn faults(source: &str) -> Vec<String> {
    let faults = parse(source).expect_err("the file has faults");
    faults.iter().map(ToString::to_string).collect()
}

const WHOLE: &str = r#"
title = "The Weight of Small Choices"   # a comment
reviewer = "Ada"
date = 2012-02-05
rating = "7/10"
tags = ["slow", "classic"]
link = "https://example.org/m"

[work]
title = "Middlemarch"
kind = "book"
year = 1871
by = ["George Eliot"]
unit = "chapter"

[[passage]]
text = '''
Open ||one|| and ||two||.

Second.
'''

[[passage]]
spoiler = "whom Dorothea marries"
after = 9
text = "Behind."

[[passage]]
spoiler = true
text = "Nested ||deep||."
"#;

#[test]
fn a_file_is_parsed_into_all_its_parts() {
    let review = parse(WHOLE).expect("the file is right");
    let curtains = Curtains::default();
    assert_eq!(review.headline(), "The Weight of Small Choices");
    assert_eq!(review.work_title(), "Middlemarch");
    assert_eq!(review.by().collect::<Vec<_>>(), ["George Eliot"]);
    let visible = Visible::new(&review, &curtains);
    assert_eq!(visible.tags().collect::<Vec<_>>(), ["slow", "classic"]);
    assert_eq!((review.kind(), review.year(), review.unit()), (Some("book"), Some(1871), Some("chapter")));
    assert_eq!((review.reviewer(), visible.link()), (Some("Ada"), Some("https://example.org/m")));
    assert_eq!(review.date().map(|d| d.written(DateStyle::DayFirst)), Some("5 Feb 2012".into()));
    assert_eq!(review.rating().map(|r| r.to_string()), Some("7/10".into()));
    assert_eq!(
        passage(&review, &curtains, 0),
        Some(&*format!("Open {VEIL} and {VEIL}.\n\nSecond.")),
        "open text is there, with veils"
    );
    assert_eq!(passage(&review, &curtains, 1), None, "hidden text is not");
    assert_eq!(review.label(1), Some("whom Dorothea marries"));
    let regions: Vec<_> = review.curtain_list().iter().map(|c| c.region).collect();
    assert_eq!(
        regions,
        [Region::span(0, 0), Region::span(0, 1), Region::passage(1), Region::passage(2), Region::span(2, 0)],
        "the curtains hang in reading order"
    );
    assert_eq!(
        review.curtain_list().at(Region::passage(1)).and_then(|c| c.gate.clone()),
        Some(Box::new("9".parse().expect("a point")))
    );
}

#[test]
fn text_behind_a_curtain_is_returned_only_with_its_proof() {
    let review = parse(WHOLE).expect("the file is right");
    let mut curtains = Curtains::default();
    let span = |curtains: &Curtains, number: usize, span: usize| {
        let passage = Visible::new(&review, curtains).passages().nth(number)?;
        passage.text?.spans().nth(span)?.text.map(str::to_owned)
    };
    curtains.toggle(review.curtain_list(), Region::span(0, 1));
    assert_eq!(span(&curtains, 0, 0), None);
    assert_eq!(span(&curtains, 0, 1), Some("two".into()));
    curtains.toggle(review.curtain_list(), Region::passage(2));
    assert_eq!(passage(&review, &curtains, 2), Some(&*format!("Nested {VEIL}.")));
    assert_eq!(span(&curtains, 2, 0), None, "a span inside a lifted passage has its own curtain");
}

#[test]
fn a_review_hidden_as_a_whole_shows_only_title_work_rating_and_date() {
    let source = WHOLE.replace("reviewer =", "spoilers = true\nreviewer =");
    let review = parse(&source).expect("the file is right");
    let mut curtains = Curtains::default();
    assert!(review.is_curtained());
    let visible = Visible::new(&review, &curtains);
    assert_eq!((visible.tags().count(), visible.link()), (0, None), "tags and link are behind the curtain");
    assert_eq!(passage(&review, &curtains, 0), None, "and so is every passage");
    curtains.toggle(review.curtain_list(), Region::REVIEW);
    assert!(passage(&review, &curtains, 0).is_some(), "a plain passage follows the review's curtain");
    assert_eq!(passage(&review, &curtains, 1), None, "a passage with its own curtain does not");
    let visible = Visible::new(&review, &curtains);
    assert_eq!(visible.tags().collect::<Vec<_>>(), ["slow", "classic"], "tags come with it");
    assert_eq!(visible.link(), Some("https://example.org/m"), "and so does the link");
}

#[test]
fn all_forms_of_toml_give_the_same_review() {
    let inline = r#"
        work = { title = "W", by = ["A"] }
        passage = [{ spoiler = true, text = "Hidden" }, { text = "Open" }]
    "#;
    let dotted = "work.title = 'W'\n[[passage]]\ntext = 'Open'\n";
    for source in [inline, dotted] {
        let review = parse(source).expect("the file is right");
        assert_eq!(review.work_title(), "W", "{source}");
    }
    let review = parse(inline).expect("the file is right");
    assert_eq!(passage(&review, &Curtains::default(), 0), None, "a spoiler is one in any form");
}

#[test]
fn after_alone_implies_a_spoiler_and_so_does_after_with_false() {
    for extra in ["after = 3", "after = \"S01E02\"", "spoiler = false\nafter = 3", "spoiler = \"\""] {
        let source = format!("[work]\ntitle = 'W'\n[[passage]]\n{extra}\ntext = 'x'\n");
        let review = parse(&source).expect("the file is right");
        assert_eq!(passage(&review, &Curtains::default(), 0), None, "{extra}");
    }
}

#[test]
fn faults_name_the_position_and_the_fix() {
    let file = |top: &str, work: &str, passage: &str| {
        format!("{top}\n[work]\ntitle = 'W'\n{work}\n[[passage]]\n{passage}\ntext = 'x'\n")
    };
    for (source, expected) in [
        (
            file("", "", "spoilr = true"),
            "line 6, column 1: unknown key in [[passage]]; the nearest known one is `spoiler`",
        ),
        (
            file("tag = []", "", ""),
            "line 1, column 1: unknown key `tag` here; the nearest known one is `tags`",
        ),
        (
            file("", "author = 'x'", ""),
            "line 4, column 1: unknown key `author` in [work]; the keys known here are title, kind, year, by, unit, episodes, length, part, numbering, edition",
        ),
        (
            file("rating = 'B+'", "", ""),
            "line 1, column 10: a rating in quotes must be a number and a scale, as in \"7/10\"; letter grades are not supported",
        ),
        (
            file("rating = 6", "", ""),
            "line 1, column 10: a rating without a scale is a number from 0 to 5; write \"7/10\" for another scale",
        ),
        (file("rating = true", "", ""), "line 1, column 10: `rating` must be a number or text"),
        (
            file("date = '5/2/2012'", "", ""),
            "line 1, column 8: `date` must be a date without quotes, as in 2012-02-05",
        ),
        (file("date = 10:00:00", "", ""), "line 1, column 8: `date` must have a day, as in 2012-02-05"),
        (
            file("link = 'ftp://x'", "", ""),
            "line 1, column 8: `link` must be an address that begins with http:// or https://",
        ),
        (
            file("title = 'Why ||he|| did it'", "", ""),
            "line 1, column 9: `title` is always shown: spoiler marks belong in a passage",
        ),
        (
            file("", "", "spoiler = 'that ||he|| did'"),
            "line 6, column 11: `spoiler` is always shown: spoiler marks belong in a passage",
        ),
        (
            file("", "", "after = 1.5"),
            "line 6, column 9: `after` must be 9, \"S02E05\", \"40%\", \"p. 212\", \"part: NAME\" or \"finished\"",
        ),
        (file("", "year = 'MDCCC'", ""), "line 4, column 8: `year` must be a whole number without quotes"),
        (
            file("tags = 'a'", "", ""),
            "line 1, column 8: `tags` must be a list of strings, as in [\"one\", \"two\"]",
        ),
        ("[work]\nkind = 'film'\n[[passage]]\ntext = 'x'".into(), "line 1, column 1: [work] needs a title"),
        ("[[passage]]\ntext = 'x'".into(), "the work is missing: add [work] with a title"),
        ("[work]\ntitle = 'W'".into(), "there is nothing to read: add a [[passage]] with text"),
        (
            "[work]\ntitle = 'W'\n[[passage]]\ntext = ' '".into(),
            "line 3, column 1: this passage needs a `text` that is not empty",
        ),
        (
            "[work]\ntitle = 'W'\n[passage]\ntext = 'x'".into(),
            "line 3, column 1: `passage` must be a list of tables: write [[passage]], with two brackets",
        ),
    ] {
        assert_eq!(faults(&source), [expected], "{source}");
    }
}

#[test]
fn unknown_keys_that_may_be_spilled_hidden_text_are_not_quoted() {
    let hidden = "[work]\ntitle = 'W'\n[[passage]]\nspoiler = true\ntext = 'x'\n";
    for source in [
        format!("{hidden}Rosebud = 1\n"),
        format!("{hidden}[Rosebud]\n"),
        format!("{hidden}[[Rosebud]]\n"),
        format!("{hidden}[work.Rosebud]\n"),
        format!("spoilers = true\ntags = ['a']\nRosebud = 1\n{hidden}"),
    ] {
        let told = faults(&source).join("\n");
        assert!(told.contains("unknown key"), "it is a fault: {told}");
        assert!(!told.contains("Rosebud"), "a hidden word may have become a key: {told}");
    }
}

#[test]
fn fields_that_are_always_shown_have_a_maximum_length() {
    let long = "a\u{301}".repeat(2000);
    for (name, source) in [
        ("title", format!("title = '{long}'")),
        ("tags", format!("tags = ['{long}']")),
        ("spoiler", format!("[[passage]]\nspoiler = '{long}'\ntext = 'x'")),
    ] {
        let told = faults(&format!("{source}\n[work]\ntitle = 'W'\n"));
        let expected = format!("`{name}` is longer than 4096 bytes: long text belongs in a passage");
        assert!(told.iter().any(|fault| fault.ends_with(&expected)), "{told:?}");
    }
}

#[test]
fn all_faults_are_reported_at_once() {
    assert_eq!(faults("titel = 1\nrating = true\n[work]\nyer = 3\n").len(), 3, "one for each");
    assert_eq!(faults("rating = 9\nlink = 'x'\n[work]\n").len(), 4, "of meaning too");
}

#[test]
fn only_the_first_of_many_faults_are_reported_in_full() {
    let many: String = (0..100_000).map(|n| format!("key{n} = 1\n")).collect();
    let told = faults(&many);
    assert_eq!((told.len(), told.last().map(String::as_str)), (13, Some("and 99988 more faults")));
}

#[test]
fn a_fault_never_quotes_the_file() {
    for source in [
        "[[passage]]\nspoiler = true\ntext = 'Rosebud is the sled",
        "[[passage]]\nspoiler = true\ntext = '''Rosebud is\n",
        "[[passage]]\nspoiler = true\ntext = Rosebud",
        "[[passage]]\nspoiler = Rosebud\ntext = ''",
        "[[passage]]\ntext = '''a ''' b ''' Rosebud'''",
        "spoilers = 'Rosebud'",
        "rating = 'Rosebud'",
        "date = 'Rosebud'",
        "passage = 'Rosebud'",
        "\"Rosebud is the sled of Charles Foster Kane\" = 1",
        "[[passage]]\ntext = \"\\Rosebud\"",
        "[[passage]]\nafter = 'Rosebud'\ntext = 'Rosebud'",
        &format!("text = {}'Rosebud'", "[".repeat(100_000)),
    ] {
        let told = faults(source).join("\n");
        assert!(!told.contains("Rosebud"), "{source:?} is told without its text: {told}");
    }
}

#[test]
fn bytes_that_are_not_a_review_are_refused_with_a_reason() {
    let parse = |bytes: &[u8]| match Parser::default().parse(bytes) {
        Ok(_) => panic!("this is no review"),
        Err(faults) => faults[0].to_string(),
    };
    assert_eq!(parse(b"title = 'a'\n\xff"), "line 2, column 1: not UTF-8 text; save the file as UTF-8");
    assert_eq!(parse(&vec![b' '; MAX_BYTES + 1]), "larger than 8 MiB, the limit for a review");
    for line in ["a\n", "a\\n"] {
        let text = line.repeat(MAX_LINES + 1);
        let file = format!("[work]\ntitle = 'a'\n[[passage]]\ntext = \"\"\"\n{text}\"\"\"\n");
        assert_eq!(parse(file.as_bytes()), "more than 262144 lines of text, the limit for a review");
    }
    assert!(parse(&[0; 208]).contains("not valid TOML"), "a file of NUL bytes is no TOML");
    assert!(parse(b"").contains("the work is missing"), "nor is an empty one a review");
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let crlf = format!("\u{feff}{}", WHOLE.replace('\n', "\r\n"));
    let of_file = |source: &str| {
        let review = parse(source).expect("the file is right");
        passage(&review, &Curtains::default(), 0).map(str::to_owned)
    };
    assert_eq!(of_file(WHOLE), of_file(&crlf));
}

#[test]
fn reviews_parsed_together_keep_their_own_texts() {
    let file = |word: &str| {
        format!(
            "[work]\ntitle = '{word}'\n[[passage]]\ntext = 'open {word}'\n[[passage]]\nspoiler = true\ntext = 'hidden {word}'\n"
        )
    };
    let mut parser = Parser::default();
    let mut unbound = vec![parser.parse_unbound(file("one").as_bytes()).expect("right")];
    parser.parse_unbound(b"[work]\ntitle = 'bad'\n").expect_err("it has no passage");
    unbound.push(parser.parse_unbound(file("two").as_bytes()).expect("right"));
    let mut curtains = Curtains::default();
    curtains.toggle_always_show();
    let unbound = unbound.into_iter().map(|parsed| match parsed {
        Parsed::Review(unbound) => unbound,
        Parsed::Work(_) => panic!("it is a review"),
    });
    for (review, word) in parser.finish(unbound.collect()).zip(["one", "two"]) {
        assert_eq!(review.work_title(), word);
        assert_eq!(passage(&review, &curtains, 0), Some(&*format!("open {word}")));
        assert_eq!(passage(&review, &curtains, 1), Some(&*format!("hidden {word}")));
    }
}

#[test]
fn debug_output_contains_no_hidden_text() {
    let review = parse(WHOLE).expect("the file is right");
    let shown = format!("{review:?}");
    for word in ["Behind", "Nested", "deep", "two"] {
        assert!(!shown.contains(word), "{word:?} is in the debug output: {shown}");
    }
}
