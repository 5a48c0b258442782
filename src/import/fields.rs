//! Fields: what accompanies a review and is always shown, such as titles, names and tags.
//!
//! Spoilers can come in through them as well as through the text. A field that contains a spoiler mark is left out, and
//! one that says that there are spoilers hides the review.

use super::body;
use super::marks::is_warning_line;

/// Whether a line that is always shown contains a spoiler mark of any kind.
pub(super) fn holds_mark(text: &str) -> bool {
    const SIGNS: [&str; 6] = ["||", ">!", "!<", "~!", "!~", "[hide"];
    const SIGNS_WITH_THE_WORD: [&str; 6] = ["<", "[", "{", ":::", "!!!", "???"];
    let mentions = mentions_spoilers(text);
    // Nearly all fields consist of words only.
    if !mentions && is_words(text) {
        return false;
    }
    SIGNS.iter().any(|sign| text.contains(sign))
        || (mentions && SIGNS_WITH_THE_WORD.iter().any(|sign| text.contains(sign)))
        || is_warning_line(text)
        || body::holds_mark(text)
}

/// Whether a title consists of words only, which hide nothing even if they announce spoilers: works have such titles.
pub(super) fn is_words(text: &str) -> bool {
    let is_of_words =
        |c: char| c.is_alphanumeric() || c.is_whitespace() || ".,:;'\u{2019}\"-&?!#+".contains(c);
    text.chars().all(is_of_words) && ![":::", "!!!", "???"].iter().any(|sign| text.contains(sign))
}

/// The beginnings of the word, in the languages where it has one.
const STEMS: [&str; 9] =
    ["spoil", "spojler", "спойлер", "ネタバレ", "ねたばれ", "剧透", "劇透", "스포일러", "divulgâch"];

/// Whether a text mentions spoilers in any language and any form.
pub(super) fn mentions_spoilers(text: &str) -> bool {
    if text.is_ascii() && !text.as_bytes().windows(3).any(|letters| letters.eq_ignore_ascii_case(b"spo")) {
        return false;
    }
    let lower = text.to_lowercase();
    STEMS.iter().any(|stem| lower.contains(stem))
}

/// What a flag says about the whole review.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flag {
    /// There are spoilers, or it is not clearly a no.
    Spoilers,
    /// There are none.
    None,
}

/// The meaning of a column or key, if it is about spoilers. Anything but a clear no is taken for a yes.
pub(super) fn flag(key: &str, value: &str) -> Option<Flag> {
    if !mentions_spoilers(key) {
        return None;
    }
    const NO: [&str; 24] = [
        "false",
        "no",
        "n",
        "f",
        "none",
        "0",
        "off",
        "free",
        "never",
        "nope",
        "nein",
        "non",
        "nee",
        "nie",
        "não",
        "нет",
        "いいえ",
        "なし",
        "无",
        "無",
        "否",
        "아니요",
        "nej",
        "ei",
    ];
    const YES: [&str; 8] = ["true", "yes", "y", "t", "1", "on", "ja", "oui"];
    let value = value.trim().trim_matches(['"', '\'']).trim().to_lowercase();
    let is_free = {
        let key = key.to_lowercase().replace(['_', '-', ' '], "");
        ["free", "no", "non", "without"].iter().any(|word| {
            key.contains(&format!("spoiler{word}"))
                || key.contains(&format!("spoilers{word}"))
                || key.starts_with(&format!("{word}spoil"))
        })
    };
    let is_none = match is_free {
        true => YES.contains(&&*value),
        false => NO.contains(&&*value) || (mentions_spoilers(&value) && !says_spoilers(&value)),
    };
    Some(if is_none { Flag::None } else { Flag::Spoilers })
}

/// Whether a title, a tag or a value says that the review has spoilers: "Emma (with spoilers)", `spoilers`.
pub(super) fn says_spoilers(text: &str) -> bool {
    if !mentions_spoilers(text) {
        return false;
    }
    let text = text.to_lowercase();
    let words: Vec<_> = text
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'))
        .filter(|word| !word.is_empty())
        .collect();
    let mentions = (0..words.len()).filter(|at| mentions_spoilers(words[*at]));
    let mut is_said = false;
    for at in mentions {
        is_said |= !is_negated(&words, at);
    }
    is_said
}

/// "No spoilers", "spoiler-free", "not a spoiler", "ネタバレなし": the word beside it negates it.
fn is_negated(words: &[&str], at: usize) -> bool {
    const BEFORE: [&str; 20] = [
        "no", "not", "non", "without", "zero", "never", "avoids", "avoiding", "minus", "isn't", "ohne",
        "keine", "sans", "sin", "sem", "senza", "zonder", "geen", "bez", "без",
    ];
    const BEHIND: [&str; 3] = ["free", "frei", "vrij"];
    const INSIDE: [&str; 7] = ["なし", "無し", "无剧透", "不剧透", "無劇透", "없", "spoilerfree"];
    words[at.saturating_sub(2)..at].iter().any(|word| BEFORE.contains(word))
        || words.get(at + 1).is_some_and(|word| BEHIND.contains(word))
        || INSIDE.iter().any(|sign| words[at].contains(sign))
        || words[at].ends_with("frei")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_any_kind_are_seen_in_a_line() {
        for text in [
            "a ||b|| c",
            "a ||b",
            "[spoiler]a[/spoiler]",
            "[spoiler=x]a",
            "<spoiler>a",
            "<Spoiler title='x'>a",
            "<span class=\"spoiler\">a</span>",
            "<details><summary>Spoiler</summary>a",
            ">!a!<",
            ">! a",
            "~!a!~",
            "(view spoiler)[a]",
            "::: spoiler",
            "{{< spoiler >}}a",
            "{% spoiler %}a",
            "!!! spoiler",
            "??? spoiler",
            "[a]{.spoiler}",
            "> [!spoiler] a",
            "[hide spoiler]a",
        ] {
            assert!(holds_mark(text), "{text}");
        }
        for text in [
            "Emma",
            "Emma: A Novel (1815)",
            "M*A*S*H",
            "What? No!",
            "Wham!!! ???",
            "{{ x }}",
            "<3",
            "[REC]",
            "10,000 BC",
            "I | II",
        ] {
            assert!(!holds_mark(text), "{text}");
        }
    }

    #[test]
    fn a_flag_is_whatever_is_not_a_clear_no() {
        for (key, value, flag_says) in [
            ("spoilers", "true", Some(Flag::Spoilers)),
            ("Spoiler", "yes", Some(Flag::Spoilers)),
            ("contains-spoilers", "the ending", Some(Flag::Spoilers)),
            ("hasSpoilers", "", Some(Flag::Spoilers)),
            ("spoilers", "False", Some(Flag::None)),
            ("spoilers", "\"no\"", Some(Flag::None)),
            ("spoiler_free", "true", Some(Flag::None)),
            ("spoilerFree", "false", Some(Flag::Spoilers)),
            ("no_spoilers", "yes", Some(Flag::None)),
            ("спойлеры", "да", Some(Flag::Spoilers)),
            ("ネタバレ", "あり", Some(Flag::Spoilers)),
            ("title", "true", None),
        ] {
            assert_eq!(flag(key, value), flag_says, "{key}: {value}");
        }
    }

    #[test]
    fn a_title_says_that_there_are_spoilers_or_that_there_are_none() {
        for (text, says) in [
            ("Emma (with spoilers)", true),
            ("SPOILERS", true),
            ("Emma: a spoiler-free review", false),
            ("Emma, no spoilers", false),
            ("No Country for Old Men (spoilers)", true),
            ("spoilerfrei", false),
            ("ネタバレ", true),
            ("ネタバレなし", false),
            ("con spoiler", true),
            ("sin spoilers", false),
            ("Emma", false),
        ] {
            assert_eq!(says_spoilers(text), says, "{text}");
        }
    }
}
