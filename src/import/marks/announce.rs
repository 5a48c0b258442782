//! What a sentence says about spoilers: that the whole review contains some, that some follow, that they are over, or
//! nothing.
//!
//! It knows words ([`super::words`]) and sentences, but neither marks nor sections. A word for a spoiler alone says
//! nothing: something must make it an announcement, and nothing may deny it.

use std::ops::Range;

use super::denial::{is_denial_of_rest, is_denied, is_end, is_not_free, is_slashed};
use super::script;
use super::sentence::{Word, around, full_end, words};
use super::signal::{
    colon, departs, emphasis_start, holds, introduces, is_emphasised, is_hashtag, is_of, is_opinion,
    is_order, is_set_off, is_shouted, leads_to, signals,
};
use super::words::{ALL, EACH, Lexicon, stems};

/// What a place in a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// Nothing that hides.
    Nothing,
    /// The whole review contains spoilers.
    Review,
    /// Spoilers follow from here on.
    Rest(usize),
    /// Spoilers follow from here to the end of the review.
    ToEnd(usize),
    /// The rest of the paragraph is a spoiler.
    Paragraph(usize),
    /// This remark is a spoiler.
    Aside(Range<usize>),
    /// The spoilers before this place are over.
    End(usize),
}

/// The position of a word for a spoiler.
pub(super) struct Place<'t> {
    pub(super) text: &'t str,
    pub(super) paragraph: Range<usize>,
    pub(super) line: Range<usize>,
    pub(super) at: usize,
}

/// The longest line that is considered as a whole.
const LONGEST_LINE: usize = 400;

/// What the words around a place say.
pub(super) fn judge(place: &Place<'_>) -> Says {
    let Place { text, paragraph, line, at } = place;
    if let Some(said) = script::judge(place) {
        return match (said, aside(text, *at, paragraph)) {
            (Says::Paragraph(from), Some(range)) if range.start < from => Says::Aside(range),
            (said, _) => said,
        };
    }
    if line.len() <= LONGEST_LINE {
        let said = words(text, line.clone());
        if is_end(&said) || is_slashed(&text[line.clone()]) || is_denial_of_rest(&said) {
            return Says::End(line.start);
        }
        if let Some(index) = mention_at(&said, *at)
            && is_bare(&said)
            && !is_denied(&said, index)
            && !text[line.clone()].trim_end().ends_with('?')
        {
            return bare_line(place, &said, index);
        }
    }
    if let Some(aside) = aside(text, *at, paragraph) {
        return in_aside(place, &aside);
    }
    let range = around(text, *at, paragraph);
    in_sentence(place, &range)
}

/// Whether a line says that the whole review may contain spoilers, and nothing else.
pub(in crate::import) fn is_warning(line: &str) -> bool {
    let all = 0..line.len();
    super::mentions(line).any(|at| {
        let said = judge(&Place { text: line, paragraph: all.clone(), line: all.clone(), at });
        match said {
            Says::Review => true,
            Says::Rest(from) | Says::ToEnd(from) => line[from..].trim().is_empty(),
            _ => false,
        }
    })
}

/// Whether a line consists only of the words of an announcement, without a mark: "Spoiler Alert" is also the title of a
/// work.
pub(in crate::import) fn only_announces(line: &str) -> bool {
    let said = words(line, 0..line.len());
    let is_plain = |c: char| c.is_alphanumeric() || c.is_whitespace() || "!.,:'\u{2019}-–—".contains(c);
    let spoiler = said.iter().position(|word| is_spoiler(&word.text));
    line.chars().all(is_plain)
        && is_bare(&said)
        && spoiler.is_some_and(|index| !speaks_of_review(&said, index))
}

/// Whether a heading, a summary, a label or an attribute says that spoilers follow: it mentions them and denies none.
/// `None` if it does not mention them.
pub(super) fn announces(text: &str) -> Option<bool> {
    let said = words(text, 0..text.len());
    let mut found = None;
    for at in super::mentions(text) {
        let denied = match script::is_denied(text, at) {
            Some(denied) => denied,
            None => match mention_at(&said, at) {
                Some(index) if is_spoiler(&said[index].text) => is_denied(&said, index),
                _ => continue,
            },
        };
        found = Some(found.unwrap_or(false) | !denied);
    }
    found
}

/// Whether a heading does no more than mention spoilers: "On spoilers", "Spoiler policy".
pub(super) fn only_mentions(text: &str) -> bool {
    let said = words(text, 0..text.len());
    let is = |index: Option<usize>, list: &[&str]| {
        index.and_then(|index| said.get(index)).is_some_and(|word| list.contains(&&*word.text))
    };
    let speaks = |(index, word): (usize, &Word)| {
        is_spoiler(&word.text)
            && !is(index.checked_sub(1), &["about", "on", "regarding", "hate", "love", "über", "sobre"])
            && !is(Some(index + 1), &["policy", "culture", "rules", "etiquette", "debate"])
    };
    let is_script = || super::mentions(text).any(|at| script::is_denied(text, at).is_some());
    !said.is_empty() && !said.iter().enumerate().any(speaks) && !is_script()
}

/// Whether a text contains only words of announcements.
pub(super) fn is_bare_text(text: &str) -> bool {
    is_bare(&words(text, 0..text.len())) || script::is_short(text)
}

/// Whether a text can be dropped without losing a word.
pub(super) fn can_go(text: &str) -> bool {
    is_bare(&words(text, 0..text.len()))
}

/// "End of spoilers", as a text of its own.
pub(super) fn is_end_text(text: &str) -> bool {
    is_end(&words(text, 0..text.len()))
}

pub(super) fn is_spoiler(word: &str) -> bool {
    // "Spoiled" and "spoiling" are other words; "je spoile" is French.
    match word.strip_prefix("spoil") {
        Some(rest) if !rest.starts_with("er") => matches!(rest, "" | "s" | "e" | "es"),
        _ => stems().any(|stem| word.starts_with(stem)),
    }
}

pub(super) fn is_plural(word: &str) -> bool {
    word.ends_with(['s', 'n', 'y', 'ы', 'i'])
}

/// The word that stands at a place, or holds it.
fn mention_at(said: &[Word], at: usize) -> Option<usize> {
    said.iter().position(|word| word.at <= at && at < word.end).filter(|index| is_spoiler(&said[*index].text))
}

/// Whether all words are typical of announcements, in one language and English.
fn is_bare(said: &[Word]) -> bool {
    let fits = |language: &Lexicon| {
        said.iter().all(|word| {
            let word = &*word.text;
            is_spoiler(word) || language.fillers.contains(word) || EACH[0].after.contains(word)
        })
    };
    said.len() <= 30 && said.iter().any(|word| is_spoiler(&word.text)) && EACH.iter().any(fits)
}

/// A line that says nothing but that spoilers follow. One that ends in a colon, with more of the paragraph behind it, says
/// it of that paragraph, if it speaks of one spoiler only.
fn bare_line(place: &Place<'_>, said: &[Word], index: usize) -> Says {
    let Place { text, paragraph, line, .. } = place;
    if speaks_of_review(said, index) {
        return Says::Review;
    }
    let is_followed = !text[line.end..paragraph.end.max(line.end)].trim().is_empty();
    let introduces = text[line.clone()].trim_end_matches([' ', '*', '_']).ends_with(':');
    if is_followed && introduces && !is_plural(&said[index].text) && said.len() <= index + 1 {
        return Says::Paragraph(line.start);
    }
    Says::Rest(line.end)
}

/// "This review may contain spoilers": a word for the text, then one for containing, and no word for a part of it.
fn speaks_of_review(said: &[Word], index: usize) -> bool {
    let is_part = said.iter().any(|word| ALL.parts.contains(&*word.text));
    EACH.iter().any(|language| {
        let before = &said[..index];
        let text = before.iter().position(|word| language.texts.contains(&*word.text));
        text.is_some_and(|text| {
            text <= 5
                && index - text <= 8
                && before[text..].iter().any(|word| language.holds.contains(&*word.text))
        })
    }) && !is_part
}

/// The brackets around a place, within its paragraph.
fn aside(text: &str, at: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
    const REACH: usize = 200;
    let from = text.floor_char_boundary(at.saturating_sub(REACH)).max(bounds.start);
    let mut depth = 0;
    let open = text[from..at].char_indices().rev().find(|(_, c)| match c {
        ')' | ']' | '）' | '】' => {
            depth += 1;
            false
        }
        '(' | '[' | '（' | '【' if depth == 0 => true,
        '(' | '[' | '（' | '【' => {
            depth -= 1;
            false
        }
        _ => false,
    })?;
    let mut depth = 0;
    let close = text[at..bounds.end].char_indices().take(4000).find(|(_, c)| match c {
        '(' | '[' | '（' | '【' => {
            depth += 1;
            false
        }
        ')' | ']' | '）' | '】' if depth == 0 => true,
        ')' | ']' | '）' | '】' => {
            depth -= 1;
            false
        }
        _ => false,
    });
    // The text of a link is no remark, and a bracket behind a backslash is none.
    let is_link = close.is_some_and(|(place, c)| c == ']' && text[at + place + 1..].starts_with('('));
    if is_link || text[..from + open.0].ends_with('\\') {
        return None;
    }
    // One that is never closed extends to the end of its paragraph.
    Some(from + open.0..close.map_or(bounds.end, |(place, c)| at + place + c.len_utf8()))
}

/// What a remark in brackets says: one that contains more than the announcement is itself what is hidden.
fn in_aside(place: &Place<'_>, aside: &Range<usize>) -> Says {
    let Place { text, paragraph, at, .. } = place;
    let said = words(text, aside.clone());
    let Some(index) = mention_at(&said, *at) else { return Says::Nothing };
    if is_denied(&said, index) || text[aside.clone()].trim_end_matches([')', ']']).ends_with('?') {
        return Says::Nothing;
    }
    if is_end(&said) || is_slashed(&text[aside.clone()]) {
        return Says::End(aside.start);
    }
    if speaks_of_review(&said, index) {
        return Says::Review;
    }
    if is_bare(&said) {
        let end = full_end(text, aside.end, paragraph.end.max(aside.end));
        let is_one = said.len() == 1
            && !is_plural(&said[0].text)
            && !text[end..paragraph.end.max(end)].trim().is_empty();
        return if is_one { Says::Paragraph(aside.start) } else { Says::Rest(end) };
    }
    let leads = said[..index].iter().all(|word| ALL.fillers.contains(&*word.text));
    if leads && introduces(&said, index) {
        return Says::Aside(aside.clone());
    }
    match signals(&said, index) {
        true => Says::Rest(aside.start),
        // "(spoiler he dies)"
        false if leads => Says::Aside(aside.clone()),
        false => Says::Nothing,
    }
}

fn in_sentence(place: &Place<'_>, range: &Range<usize>) -> Says {
    let Place { text, paragraph, at, .. } = place;
    let said = words(text, range.clone());
    let Some(index) = mention_at(&said, *at) else { return Says::Nothing };
    let sentence = &text[range.clone()];
    if departs(sentence) {
        return Says::Rest(range.start);
    }
    if is_end(&said) && said.iter().all(|word| word.parted != Some(',')) {
        return Says::End(range.start);
    }
    if is_denied(&said, index) {
        return Says::Nothing;
    }
    let names_text = || said.iter().any(|word| ALL.texts.contains(&*word.text));
    if speaks_of_review(&said, index) || (is_not_free(&said, index) && names_text()) {
        return Says::Review;
    }
    if let Some(said) = shouted(text, &said, index) {
        return said;
    }
    if is_order(&text[..said[index].at], paragraph) {
        return Says::Paragraph(paragraph.start);
    }
    if is_hashtag(text, said[index].at) {
        let is_tag = |word: &Word| is_hashtag(text, word.at);
        return match words(text, paragraph.clone()).iter().all(is_tag) {
            true => Says::Review,
            false => Says::Paragraph(paragraph.start),
        };
    }
    if is_opinion(&said, index) {
        return Says::Nothing;
    }
    let is_question = sentence.trim_end().ends_with('?');
    if is_bare(&said) {
        if is_question {
            return Says::Nothing;
        }
        return Says::Rest(full_end(text, range.end, paragraph.end.max(range.end)));
    }
    let is_of_rest = said[..index]
        .iter()
        .any(|word| matches!(&*word.text, "rest" | "remainder" | "suite" | "resto" | "reszta"));
    if is_of_rest && (signals(&said, index) || holds(&said, index)) {
        return Says::ToEnd(range.start);
    }
    if introduces(&said, index) || is_emphasised(text, range, &said, index) {
        let core = &said[index..(index + 2).min(said.len())];
        let is_one = !is_plural(&core[0].text)
            && core.get(1).is_none_or(|next| next.parted.is_some() || !ALL.after.contains(&*next.text));
        let from = start_of_remark(range, &said, index);
        return if is_one { Says::Paragraph(from) } else { Says::Rest(from) };
    }
    if is_set_off(text, range, &said, index) {
        return Says::Paragraph(emphasis_start(text, said[index].at));
    }
    if let Some(from) = colon(text, &said[index]) {
        return if is_plural(&said[index].text) { Says::Rest(from) } else { Says::Paragraph(from) };
    }
    let announces = || signals(&said, index) || holds(&said, index) || is_of(place, &said, index);
    let leads = || is_not_free(&said, index) || leads_to(sentence, &said, index);
    if !is_question && (announces() || leads()) {
        return Says::Rest(range.start);
    }
    Says::Nothing
}

/// "… SPOILER he dies", "… SPOILERS START … SPOILERS END": capitals among other words act as a mark.
fn shouted(text: &str, said: &[Word], index: usize) -> Option<Says> {
    if !is_shouted(text, said, index) {
        return None;
    }
    let ends = |word: Option<&Word>| word.is_some_and(|word| ALL.ends.contains(&*word.text));
    let before = index.checked_sub(1).and_then(|before| said.get(before));
    let after = said.get(index + 1);
    Some(match () {
        () if ends(before) && is_shouted(text, said, index - 1) => Says::End(said[index - 1].at),
        () if ends(after) && is_shouted(text, said, index + 1) => Says::End(said[index].at),
        () if is_plural(&said[index].text) || after.is_some_and(|_| is_shouted(text, said, index + 1)) => {
            Says::Rest(emphasis_start(text, said[index].at))
        }
        () => Says::Paragraph(emphasis_start(text, said[index].at)),
    })
}

/// Where a remark begins that a sentence leads up to: "and then, spoiler: …" begins after the comma.
fn start_of_remark(range: &Range<usize>, said: &[Word], index: usize) -> usize {
    let leads = said[..index].iter().all(|word| ALL.fillers.contains(&*word.text));
    if leads {
        return range.start;
    }
    let first = said[..=index].iter().rposition(|word| word.parted.is_some()).unwrap_or(0);
    said[first].at
}
