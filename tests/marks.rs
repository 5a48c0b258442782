//! Spoiler marks as people write them, through the import: the table of cases beside this file, and properties of any text.

use std::collections::BTreeSet;

use proptest::prelude::*;
use unspoiled::import::{Format, Options, read, recognise};

/// What comes of a text.
#[derive(Debug, Default)]
struct Read {
    open: String,
    hidden: String,
    labels: String,
}

/// Reads files as they are written: whatever has no curtain is open. A file may be refused for want of text, which shows
/// nothing, but never one that has any of the words that the tests look for.
fn import(format: Format, bytes: &[u8]) -> Read {
    let mut all = Read::default();
    let batch = match read(format, "name", bytes, Options::default()) {
        Ok(batch) => batch,
        Err(reason) => {
            let text = String::from_utf8_lossy(bytes);
            let has_words = ["opn", "hid"].iter().any(|start| !words(&text, start).is_empty());
            assert!(!has_words, "a text with words is never refused: {reason}");
            return all;
        }
    };
    for review in &batch.reviews {
        let Some(made) = review.to_toml().expect("what is read makes a review") else { continue };
        let file: toml::Table = made.text.parse().expect("what is written is TOML");
        let is_whole = file.contains_key("spoilers");
        for passage in file["passage"].as_array().expect("there are passages") {
            let text = passage["text"].as_str().expect("a passage has a text");
            all.labels.extend(
                passage
                    .get("spoiler")
                    .and_then(toml::Value::as_str)
                    .into_iter()
                    .flat_map(|label| [label, "\n"]),
            );
            match is_whole || passage.get("spoiler").is_some() {
                true => all.hidden.extend([text, "\n"]),
                false => spans(text, &mut all),
            }
        }
    }
    all
}

/// Parts open text from spans between bars, as the format of files has it.
fn spans(text: &str, all: &mut Read) {
    let (mut is_hidden, mut is_escaped, mut bars) = (false, false, 0);
    for c in text.chars() {
        bars = if c == '|' && !is_escaped { bars + 1 } else { 0 };
        is_escaped = c == '\\' && !is_escaped;
        let side = if is_hidden { &mut all.hidden } else { &mut all.open };
        side.push(c);
        if bars == 2 {
            side.truncate(side.len() - 2);
            side.push(' ');
            (is_hidden, bars) = (!is_hidden, 0);
        }
    }
    all.open.push('\n');
}

fn words<'t>(text: &'t str, start: &'t str) -> BTreeSet<&'t str> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| word.starts_with(start) && word.len() > 3 && !["hide", "hidden"].contains(word))
        .collect()
}

/// The file that a case stands in.
fn file(kind: &str, text: &str) -> Vec<u8> {
    match kind {
        "md" if !text.starts_with("---") && !text.starts_with("+++") => format!("---\ntitle: T\n---\n\n{text}"),
        "html" => format!("Book Id,Title,Author,My Rating,My Review,Spoiler\n1,T,A,4,\"{}\",\n", text.replace('"', "\"\"")),
        "letterboxd" => format!(
            "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Review,Tags,Watched Date\n2020-01-01,T,2000,u,4,,\"{}\",,\n",
            text.replace('"', "\"\"")
        ),
        _ => text.to_owned(),
    }
    .into_bytes()
}

#[test]
fn every_case_of_the_table_comes_out_right() {
    let table: toml::Table = include_str!("marks/cases.toml").parse().expect("the table is TOML");
    let leftovers = regex::Regex::new(
        r"(?i)\[/?spoiler[\]=]|</?[a-z]|\|\||>!|!<|~!|!~|:::|\((?:view|hide) spoiler|\{\{|\{%|\[!|\]\{|\]\([/#]s|\[/?hide|\{/?spoiler|\?\?\?|%% |\[\.spoiler|\\(?:spoiler|begin)|\n/// ",
    )
    .expect("it is one");
    let mut wrong = Vec::new();
    for case in table["case"].as_array().expect("there are cases") {
        let said =
            |key: &str| case.get(key).and_then(toml::Value::as_str).expect("every case says what it is");
        let is = |key: &str| case.get(key).and_then(toml::Value::as_bool).unwrap_or(false);
        let (name, text) = (said("name"), said("text"));
        let bytes = file(said("as"), text);
        let format = recognise(&bytes);
        if is("refused") {
            if format.is_ok() {
                wrong.push(format!("{name}: it is refused"));
            }
            continue;
        }
        let found = import(format.expect("the format is told"), &bytes);
        let mut claim = |is_so: bool, what: &str| {
            if !is_so {
                wrong.push(format!("{name}: {what}\n    {text:?}\n    {found:?}"));
            }
        };
        claim(
            words(text, "hid").is_subset(&words(&found.hidden, "hid")),
            "every hidden word is behind a curtain",
        );
        claim(words(&found.open, "hid").is_empty(), "no hidden word is open");
        claim(words(text, "opn").is_subset(&words(&found.open, "opn")), "every open word is open");
        let is_clean = !leftovers.is_match(&found.open) && !leftovers.is_match(&found.hidden);
        claim(is("code") || is_clean, "no mark is left over");
    }
    assert!(wrong.is_empty(), "{} cases are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// The lists of phrases, each with the texts that its phrases are put into.
const FRAMES: &[(&str, &[&str])] = &[
    ("headings", &["opna\n\n## $\n\nhida\n\n### hidb\n\nhidc\n\n## In short\n\nopnb\n"]),
    ("open-headings", &["## $\n\nopna\n\n### opnb\n\nopnc\n"]),
    ("announcements", &["opna\n\n$\n\nhida\n\nhidb\n", "opna\n\n# opnb\n\n$\n\nhida\n\n## hidb\n"]),
    ("ends", &["opna\n\nSPOILERS BELOW\n\nhida\n\n$\n\nopnb\n"]),
    ("introductions", &["opna\n\n$\n"]),
    ("remarks", &["opna $"]),
    ("whole", &["$\n\nhida\n\n## hidb\n\nhidc\n"]),
    ("flags", &["---\ntitle: T\n$\n---\n\nhida\n"]),
    ("no-flags", &["---\ntitle: T\n$\n---\n\nopna\n"]),
    ("mentions", &["opna\n\n$\n\nopnb\n\n## opnc\n\nopnd\n"]),
];

#[test]
fn what_people_write_of_spoilers_hides_what_they_mean() {
    let lists: toml::Table = include_str!("marks/phrases.toml").parse().expect("the lists are TOML");
    let mut wrong = Vec::new();
    for (list, frames) in FRAMES {
        for phrase in lists[*list].as_array().expect("it is a list") {
            for frame in *frames {
                let text = frame.replace('$', phrase.as_str().expect("a phrase is a text"));
                let found = import(Format::Text, &file("md", &text));
                let is_hidden = words(&text, "hid").is_subset(&words(&found.hidden, "hid"))
                    && words(&found.open, "hid").is_empty();
                if !is_hidden || !words(&text, "opn").is_subset(&words(&found.open, "opn")) {
                    wrong.push(format!("{list}: {text:?}\n    {found:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} phrases come out wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Where a pair stands: `«` is the mark that opens, `»` the one that closes.
const PLACES: &[&str] = &[
    "opnc **«hida»** opnd",
    "opnc «**hida** and *hidb*» opnd",
    "## opnc «hida» opnd\n\nopne",
    "- opnc «hida»\n- opnd\n  - «hidb»\n- opne",
    "> opnc «hida» opnd\n> opne",
    "opnc («hida»), \"«hidb»\" opnd.",
    "opnc «hida [hidb](https://example.org/x) hidc» opnd",
    "opnc [opne «hida»](https://example.org/x) opnd",
    "opnc «hida `hidb` hidc» opnd",
    "opnc «hida»«hidb» opnd «hidc»",
    "opnc «hida.», opnd «hidb?»! opne",
    "opnc «hida\nhidb\nhidc» opnd",
    "opnc «hida\n\nhidb\n\n- hidc\n- hidd\n\n> hidf» opnd",
    "«\n\n## hida\n\nhidb\n\n»\n\nopnc",
    "| x | y |\n|---|---|\n| opnc | «hida» |\n| opnd | opne |",
    "opnc -- «hida» -- opnd, opné «hidb é ü 漢字»",
];

#[test]
fn a_pair_hides_wherever_it_stands_and_inside_every_other() {
    let wrapped = |(open, close): &(&str, &str), place: &str| place.replace('«', open).replace('»', close);
    let mut texts = Vec::new();
    for pair in PAIRS.iter().chain(OTHER_PAIRS) {
        texts.extend(PLACES.iter().map(|place| wrapped(pair, place)));
        for (open, close) in PAIRS.iter().chain(OTHER_PAIRS).filter(|other| *other != pair) {
            texts.push(wrapped(pair, &format!("opnc «hida {open}hidb{close} hidc» opnd")));
        }
    }
    for text in texts {
        let text = format!("opna\n\n{text}\n\nopnb\n");
        let found = import(Format::Text, &file("md", &text));
        assert_eq!(words(&found.hidden, "hid"), words(&text, "hid"), "all is hidden of {text:?}");
        assert!(words(&found.open, "hid").is_empty(), "nothing hidden is open of {text:?}");
        assert_eq!(words(&found.open, "opn"), words(&text, "opn"), "no more is hidden of {text:?}");
    }
}

/// Pairs that end with a sign that others may end with.
const OTHER_PAIRS: &[(&str, &str)] = &[
    ("[", "]{.spoiler}"),
    (":spoiler[", "]"),
    ("{{spoiler|", "}}"),
    ("{% details Spoilers %}", "{% enddetails %}"),
    ("&gt;!", "!&lt;"),
    ("\\spoiler{", "}"),
    ("%% spoiler %%", "%% /spoiler %%"),
    ("\\begin{spoiler}", "\\end{spoiler}"),
];

/// Pairs that stand anywhere in a text.
const PAIRS: &[(&str, &str)] = &[
    ("<spoiler>", "</spoiler>"),
    ("<SPOILER title=\"x\">", "</Spoiler>"),
    ("<span class=\"spoiler\">", "</span>"),
    ("<div data-spoiler=\"true\">", "</div>"),
    ("<details><summary>Spoilers</summary>", "</details>"),
    ("[spoiler]", "[/spoiler]"),
    ("[SPOILER=x]", "[/SPOILER]"),
    ("[hide]", "[/hide]"),
    ("||", "||"),
    (">!", "!<"),
    ("~!", "!~"),
    ("(view spoiler)[", "(hide spoiler)]"),
    ("{{< spoiler >}}", "{{< /spoiler >}}"),
    ("{% spoiler %}", "{% endspoiler %}"),
    ("<!-- spoiler -->", "<!-- /spoiler -->"),
];

fn pair() -> impl Strategy<Value = (&'static str, &'static str)> {
    prop::sample::select(PAIRS)
}

/// Plain paragraphs of numbered words.
fn prose() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(vec![" ", " ", " ", ". ", ", ", "\n", "\n\n"]), 1..12)
        .prop_map(|gaps| {
            let words = gaps.iter().enumerate().map(|(number, gap)| format!("hid{number}{gap}"));
            words.collect::<String>().trim_end_matches([' ', '\n', ',']).to_owned()
        })
}

/// Anything that people write: words that are numbered, marks whole and broken, lines.
fn anything() -> impl Strategy<Value = Vec<String>> {
    let marks = PAIRS.iter().flat_map(|(open, close)| [*open, *close]);
    let others = [
        "\n",
        "\n\n",
        "\n\n",
        "\n## Spoilers\n",
        "\n# Next\n",
        "\n### No spoilers\n",
        "Spoilers ahead! ",
        "Spoiler: ",
        "(spoiler: ",
        ")",
        "\n::: spoiler\n",
        "\n:::\n",
        "\n> [!spoiler] x\n> ",
        "\n>! ",
        "\n```\n",
        "`",
        "\n    ",
        "\n??? spoiler\n    ",
        "<p>",
        "<br>",
        "<i>",
        "</i>",
        "]{.spoiler}",
        ":spoiler[",
        "]",
        "{{spoiler|",
        "}}",
        "{spoiler: ",
        "*{: .spoiler}",
        "&gt;!",
        "!&lt;",
        "\\spoiler{",
        "[.spoiler]#",
        "[.spoiler]##",
        "##",
        "\n[.spoiler]\n",
        "\n.Spoilers\n[%collapsible]\n",
        "\n====\n",
        "\n--\n",
        "\\begin{spoiler}",
        "\\end{spoiler}",
        "\n.. class:: spoiler\n",
        ":spoiler:`",
        "S P O I L E R S ",
        "#spoiler ",
        "\n== Spoilers ==\n",
        "\n::: tip\n",
        "\n::: tip ",
        "\n:::note[",
        "\n> [!note] ",
        "\n!!! note \"",
        "\n/// note | ",
        "\n.. note:: ",
        "\n== ",
        "\nh2. ",
        "{{< note >}}",
        "\n> [!note]\n> ",
        "%% spoiler %%",
        "\n/// spoiler | x\n",
        "\n///\n",
        "{% details spoiler %}",
        "{% enddetails %}",
        "<spoiler: ",
        "SPOILER ",
        "\n> ## Spoilers\n",
        "[",
        "](/s \"",
        "\")",
        "\nEnd of spoilers\n",
        "|",
        "*",
        "> ",
        "- ",
        "<blockquote>",
        "\n---\n",
        "ネタバレ",
        "spoiler",
        "\\",
        "<",
        "é",
    ];
    let token = prop::sample::select(marks.chain(others).collect::<Vec<_>>()).prop_map(str::to_owned);
    let token = prop_oneof![2 => Just(" word ".to_owned()), 1 => token];
    prop::collection::vec(token, 0..24).prop_map(|tokens| {
        let number = |(number, token): (usize, String)| token.replace("word", &format!("opn{number}"));
        tokens.into_iter().enumerate().map(number).collect()
    })
}

fn both(text: &str) -> [Read; 2] {
    let html = import(Format::Goodreads, &file("html", &format!("x {text}")));
    [import(Format::Text, &file("md", text)), html]
}

proptest! {
    #[test]
    fn every_word_comes_out(tokens in anything()) {
        let text = tokens.concat();
        for found in both(&text) {
            let mut out = words(&found.open, "opn");
            out.extend(words(&found.hidden, "opn"));
            out.extend(words(&found.labels, "opn"));
            prop_assert_eq!(out, words(&text, "opn"), "{:?}", text);
        }
    }

    #[test]
    fn a_mark_that_is_added_and_never_closed_shows_no_more(
        before in prop::collection::vec((pair(), prose()), 0..4), at in any::<prop::sample::Index>(), mark in pair(),
    ) {
        let mut number = 0;
        let mut tokens = Vec::new();
        for ((open, close), prose) in before {
            for token in [open, &prose, close, " and then "] {
                number += 1;
                tokens.push(token.replace("hid", &format!("opn{number}x")).replace("then", &format!("opn{number}")));
            }
        }
        let place = at.index(tokens.len() + 1);
        let with = [&tokens[..place], &[format!(" {}", mark.0)], &tokens[place..]].concat().concat();
        for (without, with) in both(&tokens.concat()).iter().zip(both(&with)) {
            let (shown, allowed) = (words(&with.open, "opn"), words(&without.open, "opn"));
            prop_assert!(shown.is_subset(&allowed), "{:?} {:?} {:?}", tokens.concat(), mark, place);
        }
    }

    #[test]
    fn a_pair_hides_exactly_what_is_in_it((open, close) in pair(), prose in prose(), gap in prop::sample::select(vec!["", "\n\n"])) {
        let text = format!("opna {gap}{open}{gap}{prose}{gap}{close}{gap} opnb");
        for found in both(&text) {
            prop_assert_eq!(words(&found.hidden, "hid"), words(&text, "hid"), "{:?}", &text);
            prop_assert_eq!(words(&found.open, "hid"), BTreeSet::new(), "{:?}", &text);
            prop_assert_eq!(words(&found.open, "opn").len(), 2, "{:?}: {:?}", &text, found);
        }
    }
}

#[test]
fn the_corpus_of_the_fuzzer_is_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/marks/corpus");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus is there").flatten() {
        let bytes = std::fs::read(entry.path()).expect("it is a file");
        let found = import(Format::Text, &bytes);
        assert!(!found.open.contains("secret"), "{} hides its secret", entry.path().display());
        assert!(found.hidden.contains("secret"), "{} keeps its secret", entry.path().display());
        count += 1;
    }
    assert!(count > 30, "there is a file for each form");
}
