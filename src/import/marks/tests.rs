//! What the table of cases cannot say: labels, guesses, and which fields hold marks.

use super::super::body::{self, Spoiler};
use super::*;

#[test]
fn labels_stand_on_curtains() {
    for (text, label) in [
        ("<spoiler title=\"who\">b</spoiler>", Some("who")),
        ("[spoiler=the end]b[/spoiler]", Some("the end")),
        ("[Spoiler: the end]b[/spoiler]", Some("the end")),
        ("<details><summary>Spoiler: who</summary>b</details>", Some("who")),
        ("<details><summary>Click for spoilers</summary>b</details>", None),
        ("::: spoiler who\nb\n:::", Some("who")),
        ("> [!spoiler]- who\n> b", Some("who")),
        ("??? spoiler \"who\"\n    b", Some("who")),
        ("[spoiler=||x||]b[/spoiler]", None),
        (
            "{{< details summary=\"Spoiler: who\" >}}{{< details >}}b{{< /details >}}c{{< /details >}}",
            Some("who"),
        ),
    ] {
        let labels: Vec<_> =
            cut(text, Dialect::Markdown).parts.into_iter().filter_map(|part| part.mark?.label).collect();
        assert_eq!(labels.first().map(String::as_str), label, "{text:?}");
    }
}

#[test]
fn guesses_tell_their_lines() {
    for (text, lines) in [
        ("a\n\n## Spoilers\n\nb", &[3][..]),
        ("a\n\nSpoilers ahead!\n\nb", &[3]),
        ("a\n[spoiler]b", &[2]),
        ("a ||b|| c", &[]),
        ("a\n\nSpoiler: b\n\nc (spoiler: d)", &[3, 5]),
    ] {
        let found: Vec<_> = cut(text, Dialect::Markdown).guesses.iter().map(|guess| guess.line).collect();
        assert_eq!(found, lines, "{text:?}");
    }
}

#[test]
fn a_field_holds_a_mark_or_none() {
    for text in [
        "||a||",
        "[spoiler]a",
        "<spoiler>a</spoiler>",
        "## Spoilers",
        "This review contains spoilers.",
        ">!a!<",
        "x (spoiler: a)",
    ] {
        assert!(body::holds_mark(text), "{text:?} holds a mark");
    }
    for text in
        ["Emma", "Spoiler-free thoughts", "The Spoiler", "a | b", "1 > 2", "Spoiled Rotten", "Spoiler Alert"]
    {
        assert!(!body::holds_mark(text), "{text:?} holds none");
    }
}

#[test]
fn what_is_hidden_stays_hidden_in_html_and_in_markdown() {
    let passages = body::read("a <i>b <spoiler>c</spoiler></i> d", Dialect::Markdown).passages;
    let shown: Vec<_> =
        passages.iter().map(|p| (p.spoiler == Some(Spoiler::Flag), p.text.as_str())).collect();
    assert_eq!(shown, [(false, "a *b* ||c|| d\n")]);
}
