//! What lines and sentences say of spoilers: that the whole review holds some, that some follow, or nothing of the kind.
//!
//! It knows words only, no marks.

use super::html;

/// What a line or sentence says of spoilers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Announcement {
    /// That the whole review holds some.
    Review,
    /// That some follow, and nothing else.
    Bare,
    /// That some follow, and more, which may be one.
    Alert,
}

/// Whether the word stands in a text, in any case. Its rarest letter is looked for.
pub(super) fn mentions(text: &str) -> bool {
    let text = text.as_bytes();
    let is_it = |at: usize| {
        let word = at.checked_sub(1).and_then(|start| text.get(start..start + 7));
        word.is_some_and(|word| word.eq_ignore_ascii_case(b"spoiler"))
    };
    memchr::memchr2_iter(b'p', b'P', text).any(is_it)
}

pub(super) fn words(text: &str) -> Vec<String> {
    words_of(&without_tags(text))
}

/// The words of a text that mentions spoilers in words, and not only in its tags; none of another.
fn words_that_mention(text: &str) -> Vec<String> {
    if !mentions(text) {
        return Vec::new();
    }
    let plain = without_tags(text);
    if mentions(&plain) { words_of(&plain) } else { Vec::new() }
}

fn words_of(plain: &str) -> Vec<String> {
    let text = plain.replace("&ast;", " ").replace('\u{2019}', "'").to_lowercase();
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

fn without_tags(mut text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    while let Some(at) = text.find('<') {
        plain.push_str(&text[..at]);
        plain.push(' ');
        text = &text[at + html::tag(&text[at..]).map_or(1, |tag| tag.length)..];
    }
    plain + text
}

/// Words that a line may hold besides and still say nothing but "spoilers follow".
const FILLER: &[&str] = &[
    "a",
    "ahead",
    "alert",
    "alerts",
    "and",
    "are",
    "as",
    "be",
    "been",
    "below",
    "beware",
    "beyond",
    "big",
    "careful",
    "caution",
    "come",
    "coming",
    "contain",
    "contains",
    "danger",
    "discussion",
    "ending",
    "for",
    "following",
    "follow",
    "follows",
    "from",
    "full",
    "has",
    "have",
    "heavy",
    "here",
    "huge",
    "i",
    "in",
    "incoming",
    "is",
    "it",
    "light",
    "major",
    "many",
    "massive",
    "may",
    "might",
    "mild",
    "minor",
    "now",
    "of",
    "on",
    "past",
    "plot",
    "point",
    "possible",
    "potential",
    "proceed",
    "section",
    "slight",
    "some",
    "start",
    "starts",
    "the",
    "there",
    "this",
    "to",
    "warned",
    "warning",
    "warnings",
    "will",
    "with",
    "you",
    "your",
    "zone",
    "review",
    "post",
    "text",
    "thoughts",
    "talk",
    "territory",
    "time",
    "part",
    "all",
    "ye",
    "beginning",
    "begin",
    "begins",
    "out",
    "watch",
];

pub(super) fn announcement(text: &str) -> Option<Announcement> {
    let words = words_that_mention(text);
    let at = words.iter().position(|word| word == "spoiler" || word == "spoilers")?;
    if is_negated(&words) {
        return None;
    }
    if speaks_of_review(&words, at) {
        return Some(Announcement::Review);
    }
    let is_filler = |word: &String| word.starts_with("spoiler") || FILLER.contains(&word.as_str());
    if words.iter().all(is_filler) {
        return Some(Announcement::Bare);
    }
    // "Spoiler alert: …", "Warning, spoilers …", "Spoilers: …".
    let follows = words.get(at + 1).map_or("", String::as_str);
    let is_signal = at == 0
        && matches!(follows, "alert" | "alerts" | "warning" | "ahead" | "below" | "follow" | "incoming")
        || at > 0 && words[0] == "warning" && at <= 3
        || at == 0
            && text
                .to_lowercase()
                .trim_start_matches(|c: char| !c.is_alphanumeric())
                .starts_with("spoilers:")
        || at == 0
            && text.to_lowercase().trim_start_matches(|c: char| !c.is_alphanumeric()).starts_with("spoiler:");
    is_signal.then_some(Announcement::Alert)
}

/// "This review may contain spoilers": a word for the text, then one for holding, before the spoilers.
fn speaks_of_review(words: &[String], at: usize) -> bool {
    let before = &words[..at];
    let texts = ["review", "post", "article", "piece", "entry", "text", "page", "essay"];
    let holds = ["contain", "contains", "have", "has", "include", "includes", "spoil", "is", "hold", "holds"];
    let text = before.iter().position(|word| texts.contains(&word.as_str()));
    text.is_some_and(|text| {
        text <= 4 && at - text <= 8 && before[text..].iter().any(|word| holds.contains(&word.as_str()))
    })
}

/// "Not a spoiler", "no spoilers", "spoiler-free": the announcement says the opposite.
pub(super) fn is_negated(words: &[String]) -> bool {
    let negates = |word: &String| {
        word.ends_with("n't")
            || matches!(
                word.as_str(),
                "no" | "not"
                    | "without"
                    | "non"
                    | "never"
                    | "zero"
                    | "nothing"
                    | "avoid"
                    | "avoiding"
                    | "avoids"
                    | "free"
                    | "minus"
                    | "isnt"
                    | "dont"
                    | "wont"
                    | "doesnt"
                    | "cannot"
                    | "nor"
                    | "neither"
                    | "hardly"
            )
    };
    words.iter().enumerate().filter(|(_, word)| word.starts_with("spoiler")).all(|(at, _)| {
        words[at.saturating_sub(5)..at].iter().any(negates)
            || words.get(at + 1).is_some_and(|next| next == "free")
    })
}

/// "End of spoilers".
pub(super) fn is_end_of_spoilers(line: &str) -> bool {
    let words = words_that_mention(line);
    let is_end =
        |word: &String| matches!(word.as_str(), "end" | "ends" | "over" | "done" | "of" | "the" | "here");
    words.iter().any(|word| matches!(word.as_str(), "end" | "ends" | "over" | "done"))
        && words.iter().all(|word| word.starts_with("spoiler") || is_end(word))
}

/// Whether a line of a header says that the whole review may hold spoilers.
pub(super) fn is_warning_line(line: &str) -> bool {
    matches!(announcement(line), Some(Announcement::Review | Announcement::Bare))
}
