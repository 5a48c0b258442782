//! Marks as people write them, and what is open and what is hidden after them.

use super::*;

/// Open parts as they are, hidden ones in braces with their label.
fn shown(text: &str) -> String {
    let cut = cut(text, Escapes::Honoured);
    let parts = cut.parts.iter().map(|part| match &part.veil {
        None => part.text.to_owned(),
        Some(Veil { label, .. }) => {
            format!(
                "{{{}{}}}",
                label.as_ref().map(|label| format!("{label}= ")).unwrap_or_default(),
                part.text
            )
        }
    });
    format!("{}{}", if cut.whole { "ALL " } else { "" }, parts.collect::<String>())
}

#[test]
fn every_mark_becomes_a_curtain() {
    for (text, expected) in [
        ("plain", "plain"),
        ("a <spoiler>b</spoiler> c", "a {b} c"),
        ("a <SPOILER>b</Spoiler> c", "a {b} c"),
        ("a <spoiler title=\"who\">b</spoiler>", "a {who= b}"),
        ("a [spoiler]b[/spoiler] c", "a {b} c"),
        ("a [spoiler=the end]b[/spoiler] c", "a {the end= b} c"),
        ("a [Spoiler: the end]b[/SPOILER] c", "a {the end= b} c"),
        ("a >!b!< c", "a {b} c"),
        ("a ||b|| c", "a {b} c"),
        ("a ~!b!~ c", "a {b} c"),
        ("a (view spoiler)[b (hide spoiler)] c", "a {b } c"),
        (
            "a <a href='#'>(view spoiler)</a>[<i>b</i> <a>(hide spoiler)</a>] c",
            "a <a href='#'>{<i>b</i> <a>} c",
        ),
        ("a <details><summary>Spoiler: who</summary>b</details> c", "a {who= b} c"),
        (
            "a <details><summary>More</summary>b</details> c",
            "a <details><summary>More</summary>b</details> c",
        ),
        ("a <span class=\"spoiler\">b <span>c</span> d</span> e", "a {b <span>c</span> d} e"),
        ("a\n::: spoiler who\nb\n:::\nc", "a\n{who= \nb\n}\nc"),
        ("a\n\n## Spoilers\n\nb\n\n## Verdict\n\nc", "a\n\n{\n\nb\n\n}## Verdict\n\nc"),
        ("a<h2>Spoilers</h2>b<h2>Verdict</h2>c", "a{b}<h2>Verdict</h2>c"),
        ("a\n\n## Spoilers: Ann dies\n\nb", "a\n\n{## Spoilers: Ann dies\n\nb}"),
        ("a\n\n*** SPOILER ALERT ***\n\nb\n\n# Next\nc", "a\n\n{\n\nb\n\n}# Next\nc"),
        ("a\n\nSpoilers ahead!\n\nb\n\nEnd of spoilers\n\nc", "a\n\n{\n\nb\n\n}End of spoilers\n\nc"),
        ("a. Spoiler alert: b", "a. {Spoiler alert: b}"),
        ("a. Mild spoilers ahead. b", "a. {Mild spoilers ahead. b}"),
        ("*This review may contain spoilers, and is gluten free*\n\na", "ALL \n\na"),
        ("<p><em>This review may contain spoilers.</em></p> <p>a</p>", "ALL </p> <p>a</p>"),
        ("SPOILERS\n\na", "ALL \n\na"),
        ("I must say this review contains spoilers. a", "ALL I must say this review contains spoilers. a"),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_not_closed_hides_to_the_end() {
    for (text, expected) in [
        ("a <spoiler>b\n\nc", "a {b\n\nc}"),
        ("a <spoiler b\n\nc", "a { b\n\nc}"),
        ("a [spoiler]b\n\n## c", "a {b\n\n## c}"),
        ("a ||b\n\nc", "a {b\n\nc}"),
        ("a >!b\n\nc", "a {b\n\nc}"),
        ("a <spoiler>b <spoiler>c</spoiler> d", "a {b <spoiler>c</spoiler> d}"),
        ("a <spoiler>b ||c</spoiler> d|| e", "a {b ||c</spoiler> d|| e}"),
        ("a >!b <i>c!</i> d!< e", "a {b <i>c!</i> d} e"),
        ("a ~!b!~~c~~ d!~ e", "a {b!~~c~~ d} e"),
        ("a ||||b|||| c", "a {||b}{ c}"),
        ("a\n\n## Spoilers\n<spoiler>b\n## Next\nc</spoiler>d", "a\n\n{\n<spoiler>b\n## Next\nc}d"),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn words_that_mention_spoilers_hide_nothing() {
    for text in [
        "It is not a spoiler to say that it rains.",
        "I can say without getting spoilery that it rains.",
        "He was spoiled by his executor.",
        "No spoilers here.",
        "Spoiler-free thoughts\n\na",
        "## No spoilers\n\na",
        "This review is spoiler free.",
        "This review contains no spoilers.",
        "This post does not contain any spoilers.",
        "I won't give spoilers. Worth a read.",
        "The spoiler of the car came off in the third race.",
        "How <i>odd</i>! And <b>so</b>!<br>",
        "a | b and 1 > 2 and [sic] (view)",
        r"a \|| b",
    ] {
        assert_eq!(shown(text), text, "{text:?}");
    }
}
