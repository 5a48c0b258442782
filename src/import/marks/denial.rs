//! Recognises statements that there are no spoilers, or that they are over.
//!
//! It considers the words of one sentence, and nothing beyond it.

use super::announce::is_spoiler;
use super::sentence::Word;
use super::words::{ALL, FREE};

/// Whether something denies these spoilers: "no", "not a", "-free".
pub(super) fn is_denied(said: &[Word], index: usize) -> bool {
    let word = &said[index];
    let next = said.get(index + 1).filter(|next| next.parted.is_none()).map(|next| &*next.text);
    let is_free = |word: &str| FREE.contains(&word);
    if FREE.iter().any(|end| word.text.ends_with(end) && !word.text.ends_with("rs"))
        || next.is_some_and(is_free)
    {
        return !is_not(said, index);
    }
    // "Spoiler alerts are not needed".
    let after: Vec<&str> =
        said[index + 1..].iter().take_while(|w| w.parted.is_none()).take(5).map(|w| &*w.text).collect();
    let is_unneeded = |pair: &[&str]| {
        (is_negation(pair[0]) && matches!(pair[1], "needed" | "necessary" | "required" | "included"))
            || pair[1] == "unnecessary"
    };
    if after.windows(2).any(is_unneeded) {
        return true;
    }
    let mut parted = word.parted;
    for before in said[..index].iter().rev().take(7) {
        if parted.is_some_and(|sign| sign != '"') {
            return false;
        }
        if is_negation(&before.text) {
            return true;
        }
        if !ALL.between.contains(&*before.text) {
            return false;
        }
        parted = before.parted;
    }
    false
}

/// "Not spoiler-free": this says that there are some.
pub(super) fn is_not_free(said: &[Word], index: usize) -> bool {
    let next = said.get(index + 1).filter(|next| next.parted.is_none());
    let is_free = FREE.iter().any(|end| said[index].text.ends_with(end) && !said[index].text.ends_with("rs"))
        || next.is_some_and(|next| FREE.contains(&&*next.text));
    is_free && is_not(said, index)
}

/// Whether a "not" comes shortly before a word. "No" and "non" do not count: "a no-spoiler, spoiler-free review".
fn is_not(said: &[Word], index: usize) -> bool {
    let mut before = said[..index].iter().rev().take(4);
    said[index].parted.is_none()
        && before.any(|word| {
            matches!(&*word.text, "not" | "longer" | "isnt" | "hardly" | "nicht" | "niet" | "pas" | "не")
                || word.text.ends_with("n't")
        })
}

/// "No spoilers from here on", "spoiler-free again": words of announcements that deny what follows.
pub(super) fn is_denial_of_rest(said: &[Word]) -> bool {
    let turns =
        ["from", "again", "onward", "onwards", "below", "now", "back", "ab", "wieder", "nouveau", "nuevo"];
    let opens = ["safe", "back", "again", "return", "we", "okay", "ok", "hope"];
    let Some(index) = said.iter().position(|word| is_spoiler(&word.text)) else { return false };
    let fits = |word: &Word| {
        let text = &*word.text;
        ALL.fillers.contains(text) || is_negation(text) || FREE.contains(&text) || opens.contains(&text)
    };
    said.len() <= 10
        && is_denied(said, index)
        && said.iter().any(|word| turns.contains(&&*word.text))
        && said.iter().enumerate().all(|(at, word)| at == index || fits(word))
}

fn is_negation(word: &str) -> bool {
    word.ends_with("n't") || ALL.negations.contains(word)
}

/// "End of spoilers", "spoilers over", "Spoiler Ende".
pub(super) fn is_end(said: &[Word]) -> bool {
    let ends = |word: &Word| ALL.ends.contains(&*word.text);
    let links = [
        "of", "the", "der", "des", "de", "los", "dos", "degli", "dei", "van", "d", "my", "all", "here",
        "hier", "major", "du", "del", "do", "dello", "della", "delle",
    ];
    let opens = [
        "okay", "ok", "and", "now", "so", "here", "this", "is", "the", "that's", "hier", "no", "more",
        "section",
    ];
    let Some(index) = said.iter().position(|word| is_spoiler(&word.text)) else { return false };
    if said.len() > 9 || said[1..].iter().any(|word| matches!(word.parted, Some(':' | ';' | '?' | '(' | '[')))
    {
        return false;
    }
    let before: Vec<&Word> = said[..index].iter().skip_while(|word| opens.contains(&&*word.text)).collect();
    let after: Vec<&Word> = said[index + 1..].iter().collect();
    let is_link = |word: &&Word| links.contains(&&*word.text) || is_spoiler(&word.text);
    let rest = ["section", "part", "zone", "talk", "discussion", "alert", "warning", "here", "teil", "now"];
    let tail =
        |words: &[&Word]| words.iter().all(|word| rest.contains(&&*word.text) || is_link(word) || ends(word));
    let ends_before = match before.split_first() {
        Some((first, others)) => ends(first) && others.iter().all(is_link) && tail(&after),
        None => false,
    };
    let is_linked = said[index + 1..].iter().take(3).find(|word| ends(word));
    let copula = |word: &&&Word| {
        matches!(&*word.text, "are" | "is" | "section" | "part" | "sind" | "ist" | "here" | "now")
    };
    let ends_after = before.is_empty()
        && is_linked.is_some()
        && after.iter().skip_while(copula).all(|word| ends(word) || rest.contains(&&*word.text));
    let no_more = index == 2 && said[0].text == "no" && said[1].text == "more" && tail(&after);
    ends_before || ends_after || no_more
}

/// `/SPOILERS`
pub(super) fn is_slashed(line: &str) -> bool {
    let own =
        line.trim().trim_matches(['*', '_', '-', '[', ']', '(', ')', '<', '>', ' ', '~', '=', '{', '}', '%']);
    let word = own.strip_prefix(['/', '\\']).map(str::trim_start);
    word.is_some_and(|word| word.chars().all(char::is_alphanumeric) && is_spoiler(&word.to_lowercase()))
}
