//! What turns a sentence that mentions spoilers into an announcement: a signal nearby, a verb for containing, a colon.
//!
//! It considers the words of one sentence, and nothing beyond it.

use std::ops::Range;

use super::announce::{Place, is_plural};
use super::sentence::Word;
use super::words::{ALL, DEPARTURES, EACH, LEADS};

pub(super) fn departs(sentence: &str) -> bool {
    let lower = sentence.replace('\u{2019}', "'").to_lowercase();
    DEPARTURES.iter().any(|phrase| lower.contains(phrase))
}

/// "This is where I get into spoilers", "Let's talk spoilers", unless something denies it or puts it off.
pub(super) fn leads_to(sentence: &str, said: &[Word], index: usize) -> bool {
    let lower = sentence.replace('\u{2019}', "'").to_lowercase();
    let puts_off = |word: &Word| {
        let text = &*word.text;
        ALL.negations.contains(text)
            || text.ends_with("n't")
            || matches!(
                text,
                "if" | "before"
                    | "unless"
                    | "try"
                    | "trying"
                    | "tried"
                    | "could"
                    | "would"
                    | "trailer"
                    | "trailers"
            )
    };
    let stands = |phrase: &&str| {
        let starts_word = |(at, _)| !lower[..at].ends_with(char::is_alphanumeric);
        lower.match_indices(*phrase).any(starts_word)
    };
    LEADS.iter().any(stands) && !said[..index].iter().any(puts_off)
}

/// Whether a word is in capitals, in a sentence that is not.
pub(super) fn is_shouted(text: &str, said: &[Word], index: usize) -> bool {
    let is_small = |word: &Word| text[word.at..word.end].chars().any(char::is_lowercase);
    said.get(index).is_some_and(|word| !is_small(word) && word.end - word.at > 2)
        && said.iter().any(|word| word.end - word.at > 3 && is_small(word))
}

/// "Spoiler: …", "mild spoilers – …", "spoiler alert, …": words of an announcement from the start of its clause on, and
/// then a sign that parts them from what they introduce.
pub(super) fn introduces(said: &[Word], index: usize) -> bool {
    let clause = said[..=index].iter().rposition(|word| word.parted.is_some()).unwrap_or(0);
    if said[clause..index].iter().any(|word| !ALL.fillers.contains(&*word.text)) {
        return false;
    }
    let core = said[index + 1..]
        .iter()
        .take_while(|word| word.parted.is_none() && ALL.fillers.contains(&*word.text));
    let mut next = said.get(index + 1 + core.count());
    // "Spoiler (highlight to read): …"
    if next.is_some_and(|next| next.parted == Some('(')) {
        next = said[index + 1..].iter().take(8).find(|word| word.parted == Some(':'));
    }
    // A comma parts much; it introduces only where the sentence, or its clause, is no more than the announcement.
    matches!(next.and_then(|next| next.parted), Some(':' | '–' | '—' | '…' | '：' | '.' | '!' | ','))
}

/// Where a remark begins whose word for a spoiler has a colon behind it, wherever in its sentence that stands: with the
/// emphasis that the word is set in.
pub(super) fn colon(text: &str, word: &Word) -> Option<usize> {
    let closing = ["**", "__", "*", "_", "</b>", "</strong>", "</i>", "</em>", "</u>"];
    let behind = &text[word.end..];
    let behind = closing.iter().find_map(|close| behind.strip_prefix(close)).unwrap_or(behind);
    let is_followed = behind.strip_prefix([':', '：']).is_some_and(|rest| !rest.starts_with(['/', ':']));
    is_followed.then(|| emphasis_start(text, word.at))
}

/// Where a word begins, including its emphasis.
pub(super) fn emphasis_start(text: &str, at: usize) -> usize {
    let opening = ["**", "__", "*", "_", "<b>", "<strong>", "<i>", "<em>", "<u>"];
    opening.iter().find_map(|open| text[..at].strip_suffix(open)).map_or(at, str::len)
}

/// `#spoiler`, but not the end of an address.
pub(super) fn is_hashtag(text: &str, at: usize) -> bool {
    text[..at]
        .strip_suffix('#')
        .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
}

/// `/spoiler he dies`, `!spoiler he dies`: typed into a chat to hide the rest of a message.
pub(super) fn is_order(before: &str, paragraph: &Range<usize>) -> bool {
    let start = before.strip_suffix(['/', '!']);
    start.is_some_and(|start| start.get(paragraph.start..).is_some_and(|before| before.trim().is_empty()))
}

/// "Spoiler alerts are overrated": a short sentence about warnings, which gives none.
pub(super) fn is_opinion(said: &[Word], index: usize) -> bool {
    let [warnings, verb, what @ ..] = &said[index + 1..] else { return false };
    let is_said =
        |word: &Word| ALL.fillers.contains(&*word.text) || matches!(&*word.text, "effect" | "order");
    index == 0
        && matches!(&*warnings.text, "alerts" | "warnings")
        && matches!(&*verb.text, "are" | "were" | "seem" | "feel" | "have" | "should")
        && (1..=3).contains(&what.len())
        && said[1..].iter().all(|word| word.parted.is_none())
        && !what.iter().all(is_said)
}

/// What makes somebody's of the spoilers behind it.
const OWNERS: &[&str] = &[
    "the", "his", "her", "their", "its", "that", "those", "these", "any", "every", "hate", "of", "ignored",
    "ignore", "der", "die", "le", "la", "el", "il",
];

/// A signal nearby: "warning, spoilers", "spoilers for the second book follow".
pub(super) fn signals(said: &[Word], index: usize) -> bool {
    let before = said[..index].iter().rev().take(4);
    let mut after = said[index + 1..].iter().take_while(|word| word.parted.is_none()).take(2);
    let compound = ["warnung", "alarm", "waarschuwing", "alert", "varning"];
    let is_compound = compound.iter().any(|end| said[index].text.ends_with(end));
    let is_after = after.any(|word| ALL.after.contains(&*word.text));
    let last = said
        .iter()
        .rev()
        .take(2)
        .any(|word| matches!(&*word.text, "follow" | "ahead" | "below" | "folgen" | "voraus"));
    let previous = index.checked_sub(1).map(|at| &said[at]).filter(|_| said[index].parted.is_none());
    // "The spoiler alert came late" speaks of one, and gives none.
    let is_owned = previous.is_some_and(|word| OWNERS.contains(&&*word.text));
    before.into_iter().any(|word| ALL.before.contains(&*word.text))
        || ((is_after || is_compound || last) && !is_owned)
}

/// "What follows contains spoilers for both books", "Contains spoilers for all of it", "there are some spoilers in here".
pub(super) fn holds(said: &[Word], index: usize) -> bool {
    EACH.iter().any(|language| {
        let before = &said[..index];
        let Some(verb) = before.iter().rposition(|word| {
            language.holds.contains(&*word.text)
                || matches!(
                    &*word.text,
                    "are" | "be" | "spoil" | "folgen" | "hay" | "há" | "sono" | "zijn" | "są"
                )
        }) else {
            return false;
        };
        let near = before[verb + 1..]
            .iter()
            .all(|word| language.fillers.contains(&*word.text) || word.text == "any");
        let subject =
            ["this", "here", "there", "it", "i", "we", "what", "dies", "hier", "hay", "há", "ci", "er", "ce"];
        let is_meant = |word: &Word| {
            subject.contains(&&*word.text)
                || language.parts.contains(&*word.text)
                || language.texts.contains(&*word.text)
        };
        let short =
            verb <= 5 && (verb == 0 || before[..verb].iter().any(is_meant) || is_meant(&before[verb]));
        let modal = |word: &Word| {
            matches!(
                &*word.text,
                "may" | "might" | "kann" | "puede" | "peut" | "pode" | "può" | "kan" | "может"
            )
        };
        near && (short || before.first().is_some_and(modal))
    })
}

/// "Spoilers for the last season", alone in its paragraph or line.
pub(super) fn is_of(place: &Place<'_>, said: &[Word], index: usize) -> bool {
    let links = [
        "for",
        "from",
        "through",
        "about",
        "regarding",
        "für",
        "pour",
        "para",
        "per",
        "voor",
        "do",
        "для",
        "up",
    ];
    let leads = said[..index].iter().all(|word| ALL.fillers.contains(&*word.text));
    let linked =
        said.get(index + 1).is_some_and(|next| next.parted.is_none() && links.contains(&&*next.text));
    let outside = |range: &Range<usize>| {
        let (first, last) = (said[0].at, said[said.len() - 1].end);
        let is_word = |text: &str| text.chars().any(char::is_alphanumeric);
        let text = place.text;
        range.start <= first
            && last <= range.end
            && !is_word(&text[range.start..first])
            && !is_word(&text[last..range.end])
    };
    leads && linked && said.len() <= 16 && (outside(&place.paragraph) || outside(&place.line))
}

/// "**Spoiler** …": the word alone in emphasis, at the start of its sentence.
pub(super) fn is_emphasised(text: &str, range: &Range<usize>, said: &[Word], index: usize) -> bool {
    let leads = said[..index].iter().all(|word| ALL.fillers.contains(&*word.text));
    leads && wraps(text, range.start..said[0].at, range.end, said, index)
}

/// "… *spoiler* he dies": the word alone in emphasis inside a sentence, where nothing says whose it is.
pub(super) fn is_set_off(text: &str, range: &Range<usize>, said: &[Word], index: usize) -> bool {
    let previous = index.checked_sub(1).map(|at| &*said[at].text);
    let is_free =
        previous.is_some_and(|word| !OWNERS.contains(&word) && !matches!(word, "a" | "one" | "no" | "this"));
    is_free && wraps(text, range.start..said[index].at, range.end, said, index)
}

/// Whether emphasis ends with the words of an announcement at this place, and begins before them.
fn wraps(text: &str, before: Range<usize>, end: usize, said: &[Word], index: usize) -> bool {
    let core = said[index + 1..]
        .iter()
        .take_while(|word| word.parted.is_none() && EACH[0].after.contains(&*word.text));
    let last = &said[index + core.count()];
    let (lead, tail) = (&text[before], text[last.end..end].trim_start_matches(['!', ':', '.']));
    let strong = [("**", "**"), ("__", "__"), ("<b>", "</b>"), ("<strong>", "</strong>")];
    let light = [("*", "*"), ("_", "_"), ("<i>", "</i>"), ("<em>", "</em>"), ("<u>", "</u>"), ("~", "~")];
    let wraps = |(open, close): &(&str, &str)| {
        lead.get(lead.len().saturating_sub(open.len())..).is_some_and(|end| end.eq_ignore_ascii_case(open))
            && tail.get(..close.len()).is_some_and(|start| start.eq_ignore_ascii_case(close))
    };
    strong.iter().any(wraps) || (!is_plural(&said[index].text) && light.iter().any(wraps))
}
