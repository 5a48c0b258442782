//! What this program exports with its curtains, it imports unchanged.

use proptest::prelude::*;

use super::tests::{lifted, open, reviews};
use crate::curtain::Curtains;
use crate::export::{self, Exported};
use crate::review::{Parser, Review, Visible};

fn markdown(review: &Review) -> String {
    let mut curtains = Curtains::default();
    curtains.toggle_always_show();
    export::markdown(Exported { visible: Visible::new(review, &curtains), name: "id" })
}

#[test]
fn several_exported_reviews_in_one_file_are_several_again() {
    let review = |title: &str, spoilers: &str, text: &str| {
        let file = format!(
            "{spoilers}[work]\ntitle = '{title}'\n[[passage]]\nspoiler = 'the end'\ntext = '''\n{text}\n'''\n"
        );
        Parser::default().parse(file.as_bytes()).expect("it is a review")
    };
    let first = review("A", "", "zqx\n\n</details>\n\n---\n\nunspoiled:\n\nzqx");
    let second = review("B", "spoilers = true\n", "zqx");
    let both = format!("{}\n{}", markdown(&first), markdown(&second));
    let again = reviews(both.as_bytes());
    assert_eq!(again.iter().map(open).collect::<Vec<_>>(), [open(&first), open(&second)]);
    // After an edit, nobody can tell any more what belongs where.
    for (from, to) in [("zqx", "zqx zqx"), ("checksum", "checksam"), ("own", "open"), ("<details>", "")] {
        let edited = both.replacen(from, to, 1);
        for review in reviews(edited.as_bytes()) {
            assert!(!open(&review).contains("zqx"), "{edited}");
        }
    }
}

/// A review, without the white space at the ends of its passages.
fn words(json: &str) -> String {
    json.replace("\\n", " ").split_whitespace().collect::<Vec<_>>().join(" ").replace(" \"", "\"")
}

/// Passages that look like many things, including their own ends.
fn passage() -> impl Strategy<Value = (Option<&'static str>, String)> {
    let pieces = prop::sample::select(vec![
        "zqx",
        "\n",
        "\n\n",
        "# ",
        "## Spoilers",
        "</details>",
        "<details>",
        "&lt;/details>",
        "||",
        "||zqx||",
        "```\n",
        "~~~\n",
        ":::\n",
        "::: spoiler\n",
        "[spoiler]",
        "[/spoiler]",
        ">!",
        "!<",
        "<spoiler>",
        "    ",
        "'''",
        "---\n",
        "+++\n",
        "unspoiled:\n",
        "\\",
        "> ",
        "- ",
        "<!--",
        "{{< spoiler >}}",
        "Spoilers ahead!",
        " ",
        "é",
        "<p>",
        "</summary>\n\n",
    ]);
    let label = prop::option::of(prop::sample::select(vec!["true", "'the end'", "'a: \"b\" \\'"]));
    (label, prop::collection::vec(pieces, 1..8).prop_map(|pieces| format!("x{}", pieces.concat())))
}

proptest! {
    #[test]
    fn whatever_is_exported_with_its_curtains_is_imported_as_the_same(
        passages in prop::collection::vec(passage(), 1..4), whole: bool
    ) {
        let whole = if whole { "spoilers = true\n" } else { "" };
        let mut file = format!("{whole}[work]\ntitle = 'T'\n");
        for (spoiler, text) in &passages {
            let spoiler = spoiler.map(|spoiler| format!("spoiler = {spoiler}\n")).unwrap_or_default();
            file += &format!("[[passage]]\n{spoiler}text = {}\n", toml::Value::String(text.clone()));
        }
        if let Ok(first) = Parser::default().parse(file.as_bytes()) {
            let markdown = markdown(&first);
            let again = reviews(markdown.as_bytes());
            prop_assert_eq!(again.len(), 1, "{}", &markdown);
            prop_assert_eq!(words(&open(&again[0])), words(&open(&first)), "{}", &markdown);
            prop_assert_eq!(words(&lifted(&again[0])), words(&lifted(&first)), "{}", &markdown);
        }
    }
}
