//! A post hides the same words when it is imported again, and contains no hidden words unless asked to.

use clap::ValueEnum;
use proptest::prelude::*;

use super::*;
use crate::curtain::Curtains;
use crate::import;
use crate::review::{Parser, Review};

const PLACES: [Format; 11] = [
    Format::Goodreads,
    Format::Letterboxd,
    Format::Reddit,
    Format::Discord,
    Format::Lemmy,
    Format::Mastodon,
    Format::Bookwyrm,
    Format::Neodb,
    Format::Bbcode,
    Format::Obsidian,
    Format::Hugo,
];

fn review(file: &str) -> Review {
    Parser::default().parse(file.as_bytes()).unwrap_or_else(|faults| panic!("{file}: {faults:?}"))
}

fn written(format: Format, review: &Review, curtains: &Curtains) -> String {
    format.written(&[Exported { visible: Visible::new(review, curtains), name: "id" }])
}

fn lifted() -> Curtains {
    let mut curtains = Curtains::default();
    curtains.toggle_always_show();
    curtains
}

/// A post as it is after an import: the visible text, and all text.
fn imported(format: Format, text: &str) -> (String, String) {
    let quoted = text.replace('"', "\"\"");
    let (from, file) = match format {
        Format::Goodreads => {
            (import::Format::Goodreads, format!("Book Id,Title,My Rating,My Review\n1,T,3,\"{quoted}\"\n"))
        }
        Format::Obsidian | Format::Hugo => (import::Format::Text, text.to_owned()),
        _ => (import::Format::Text, format!("---\ntitle: T\n---\n\n{text}")),
    };
    let batch = import::read(from, "n", file.as_bytes(), import::Options::default()).expect("it is read");
    let made = batch.reviews.iter().filter_map(|review| review.to_toml().expect("it is a review"));
    let reviews: Vec<_> = made.map(|made| review(&made.text)).collect();
    let json = |curtains: &Curtains| {
        reviews.iter().map(|review| written(Format::Json, review, curtains)).collect::<String>()
    };
    (json(&Curtains::default()), json(&lifted()))
}

const EXAMPLE: &str = "rating = 3.5\ntitle = 'On choices'\n[work]\ntitle = 'Middlemarch'\nkind = 'book'\nyear = 1871\n\
    by = ['George Eliot']\nunit = 'chapter'\n\
    [[passage]]\ntext = '''\nOpen *and* so on, and ||the will|| is [here](https://example.org/a_b).\n\n- one\n- two\n\n> quoted\n> too\n'''\n\
    [[passage]]\nspoiler = 'whom she marries'\nafter = 84\ntext = '''\nLadislaw, in the ||very|| end.\n\nThey are happy.\n'''\n\
    [[passage]]\ntext = 'Last.'\n";

#[test]
fn each_place_gets_its_own_marks() {
    let middlemarch = review(EXAMPLE);
    for (format, wanted) in [
        (
            Format::Goodreads,
            "so on, and <spoiler>the will</spoiler> is <a href=\"https://example.org/a_b\">here</a>.",
        ),
        (
            Format::Goodreads,
            "whom she marries, after chapter 84: <spoiler>Ladislaw, in the very end.\n\nThey are happy.</spoiler>",
        ),
        (Format::Goodreads, "<blockquote>quoted too</blockquote>"),
        (Format::Reddit, "**Middlemarch** (1871, book, George Eliot) ★★★½\n\n**On choices**"),
        (
            Format::Reddit,
            "and >!the will!< is [here](https://example.org/a_b).\n\n- one\n\n- two\n\n> quoted too",
        ),
        (
            Format::Reddit,
            "whom she marries, after chapter 84: >!Ladislaw, in the very end.!<\n\n>!They are happy.!<",
        ),
        (Format::Discord, "and ||the will|| is"),
        (Format::Lemmy, "and ▐hidden▌ is"),
        (Format::Lemmy, "\n\n::: spoiler Spoiler\nthe will\n:::\n\n"),
        (Format::Lemmy, "::: spoiler whom she marries, after chapter 84\nLadislaw"),
        (Format::Neodb, ">!Ladislaw, in the very end.!<"),
        (
            Format::Bbcode,
            "Open [i]and[/i] so on, and [spoiler]the will[/spoiler] is [url=https://example.org/a_b]here[/url].",
        ),
        (Format::Bbcode, "[spoiler=whom she marries, after chapter 84]Ladislaw"),
        (
            Format::Obsidian,
            "> [!spoiler]- whom she marries, after chapter 84\n> Ladislaw, in the very end.\n>\n> They are happy.",
        ),
        (Format::Obsidian, "title: \"On choices\"\nwork: \"Middlemarch\""),
        (Format::Hugo, "{{< details summary=\"Spoiler: whom she marries, after chapter 84\" >}}\nLadislaw"),
        (Format::Mastodon, "(1 of 5)\n\nMiddlemarch (1871, book, George Eliot) ★★★½"),
        (
            Format::Mastodon,
            "::: spoiler 4 of 5, content warning: Spoiler, whom she marries, after chapter 84\n\nLadislaw",
        ),
        (
            Format::Letterboxd,
            "::: spoiler 2 of 2, contains spoilers: Spoiler\n\nthe will\n\nwhom she marries, after chapter 84:\n\nLadislaw",
        ),
        (Format::Bookwyrm, "(1 of 2)\n\n**On choices**\n\nOpen *and* so on, and ▐hidden▌ is"),
    ] {
        let text = written(format, &middlemarch, &lifted());
        assert!(text.contains(wanted), "{format:?} has no {wanted:?}:\n{text}");
    }
}

#[test]
fn what_is_hidden_is_left_out_with_its_label_unless_it_is_asked_for() {
    let reviews = [
        review(EXAMPLE),
        review("spoilers = true\n[work]\ntitle = 'T'\n[[passage]]\ntext = 'They are happy.'\n"),
    ];
    for format in PLACES {
        let [first, whole] = reviews.each_ref().map(|review| written(format, review, &Curtains::default()));
        assert!(first.contains("▐ hidden: whom she marries, after chapter 84"), "{format:?}: {first}");
        assert!(whole.contains("▐ hidden: the whole review"), "{format:?}: {whole}");
        for text in [first, whole] {
            let shows = ["Ladislaw", "will", "happy", "very"].iter().any(|word| text.contains(word));
            assert!(!shows, "{format:?}: {text}");
        }
    }
}

#[test]
fn a_page_asks_how_far_one_has_got_unless_all_of_the_review_is_hidden() {
    let file = "[work]\ntitle = 'T'\nunit = 'chapter'\n[[passage]]\nafter = 3\ntext = 'x'\n";
    for (whole, asks) in [("", true), ("spoilers = true\n", false)] {
        let page = written(Format::Html, &review(&format!("{whole}{file}")), &lifted());
        assert_eq!(page.contains("<select"), asks, "{page}");
    }
}

#[test]
fn a_post_is_no_longer_than_its_place_allows() {
    let long = "A sentence of some words. ".repeat(60);
    let file = format!(
        "[work]\ntitle = 'T'\n[[passage]]\ntext = '{long}'\n[[passage]]\nspoiler = '{}'\ntext = '{}'\n",
        "label ".repeat(90),
        "wolf".repeat(900)
    );
    let text = written(Format::Mastodon, &review(&file), &lifted());
    let posts: Vec<_> = text.split("\n\n").filter(|part| !part.starts_with([':', '('])).collect();
    assert!(posts.len() > 8, "{} posts", posts.len());
    assert!(posts.iter().all(|post| post.trim().chars().count() <= 500), "each fits");
    assert_eq!(posts.concat().matches("wolf").count(), 900, "and none is lost");
}

#[test]
fn the_places_are_all_formats_but_three() {
    assert_eq!(Format::value_variants().len(), PLACES.len() + 3);
}

/// Text that looks like the end of any mark, or like the beginning of one.
fn pieces(word: &'static str) -> impl Strategy<Value = String> {
    let hostile = prop::sample::select(vec![
        "</spoiler>",
        "<spoiler>",
        "!<",
        ">!",
        "[/spoiler]",
        "[spoiler]",
        "\n:::\n",
        "\n::: x\n",
        "`",
        "```\n",
        "~~~\n",
        "\n\n",
        "\n",
        "\\",
        "|",
        "{{< /details >}}",
        "{{< details >}}",
        "{% endspoiler %}",
        "# ",
        "\n# X\n",
        "\n---\n",
        "> ",
        "- ",
        "    ",
        "&lt;/spoiler&gt;",
        "*",
        "**",
        "_",
        "[a](https://e.org/x)",
        "<https://e.org>",
        "]",
        "[",
        "(",
        ")",
        "(hide spoiler)]",
        "(view spoiler)[",
        "~!",
        "!~",
        "1. ",
        "</details>",
        "<details><summary>Spoiler</summary>",
        "<!-- /spoiler -->",
        "!",
        ":",
        "é",
        " ",
        "\u{200b}",
        "]{.spoiler}",
        "](/s \"",
    ]);
    let piece = prop_oneof![Just(word), hostile];
    prop::collection::vec(piece, 1..9).prop_map(move |pieces| format!("{word}{}{word}", pieces.concat()))
}

/// An open stretch, a span or a passage of such text.
fn passages() -> impl Strategy<Value = Vec<(bool, String)>> {
    let open = pieces("opn").prop_map(|text| text.replace("||", ""));
    let span = pieces("zqx").prop_map(|text| format!("||{}||", text.replace(['|', '\\'], "")));
    let open = (open, span, any::<bool>()).prop_map(|(open, span, has)| {
        (false, if has { open.replace('|', "") + &span + " opn" } else { open })
    });
    let hidden = pieces("zqx").prop_map(|text| (true, text));
    prop::collection::vec(prop_oneof![open, hidden], 1..4)
}

fn file(passages: &[(bool, String)], is_whole: bool) -> String {
    let whole = if is_whole { "spoilers = true\n" } else { "" };
    let mut file = format!("{whole}[work]\ntitle = 'T'\n");
    for (is_hidden, text) in passages {
        let spoiler = if *is_hidden { "spoiler = 'why'\n" } else { "" };
        file += &format!("[[passage]]\n{spoiler}text = {}\n", toml::Value::String(text.clone()));
    }
    file
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_out_of_the_marks_of_any_place(passages in passages(), is_whole: bool) {
        let review = review(&file(&passages, is_whole));
        for format in PLACES {
            let text = written(format, &review, &lifted());
            let (shown, all) = imported(format, &text);
            prop_assert!(!shown.contains("zqx"), "{:?}:\n{}\n{}", format, text, shown);
            let (_, wanted) = (0, written(Format::Json, &review, &lifted()).matches("zqx").count());
            prop_assert_eq!(all.matches("zqx").count(), wanted, "{:?}:\n{}\n{}", format, text, all);
            let closed = written(format, &review, &Curtains::default());
            prop_assert!(!closed.contains("zqx"), "{:?}:\n{}", format, closed);
        }
    }

    #[test]
    fn what_goes_out_and_comes_in_again_hides_the_same_words(
        passages in prop::collection::vec((any::<bool>(), "opn( (opn|zqx|\\*opn\\*|opn,|opn\\.|opn\n\n|zqx,)){0,9} opn"), 1..5)
    ) {
        // In an open passage, each occurrence of the word is a span; in a hidden one, it is ordinary text.
        let marked = |(is_hidden, text): &(bool, String)| match is_hidden {
            true => (true, text.replace("opn", "zqx")),
            false => (false, text.replace("zqx", "||zqx||")),
        };
        let passages: Vec<_> = passages.iter().map(marked).collect();
        let review = review(&file(&passages, false));
        let count = |text: &str| (text.matches("opn").count(), text.matches("zqx").count());
        let (open, hidden) = (written(Format::Json, &review, &Curtains::default()), written(Format::Json, &review, &lifted()));
        for format in PLACES {
            let text = written(format, &review, &lifted());
            let (shown, all) = imported(format, &text);
            prop_assert_eq!(count(&shown), count(&open), "{:?}:\n{}\n{}", format, text, shown);
            prop_assert_eq!(count(&all), count(&hidden), "{:?}:\n{}\n{}", format, text, all);
        }
    }
}
