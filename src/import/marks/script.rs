//! Announcements in scripts without spaces between words: a sentence is searched for what surrounds the spoilers.

use super::announce::{Place, Says};
use super::words::{SCRIPTS, Script};

/// The longest line, in characters, that says nothing but that spoilers follow.
const SHORT: usize = 14;

fn script_at(text: &str, at: usize) -> Option<(&'static Script, &'static str)> {
    let rest = &text[at..];
    SCRIPTS.iter().find_map(|script| {
        script.spoilers.iter().find(|word| rest.starts_with(**word)).map(|word| (script, *word))
    })
}

/// What the word says, if it belongs to such a script.
pub(super) fn judge(place: &Place<'_>) -> Option<Says> {
    let Place { text, line, at, .. } = place;
    let (script, word) = script_at(text, *at)?;
    let (before, after) = sides(text, line.start, *at, *at + word.len(), line.end, 30);
    if is_negated(script, word, before, after) {
        return Some(Says::Nothing);
    }
    let has = |words: &[&str], side: &str| words.iter().any(|word| side.contains(word));
    if has(script.ends, first(after, 6)) || has(&["以上", "여기까지", "ここまで"], before) {
        return Some(Says::End(line.start));
    }
    let sentence_start = *at - before.len();
    let sentence_end = *at + word.len() + after.len();
    if has(script.texts, before)
        && has(script.signals, after) | has(script.signals, before)
        && !has(script.parts, before)
    {
        return Some(Says::Review);
    }
    let behind =
        text[*at + word.len()..line.end].trim_start_matches([' ', '*', '_', '】', '）', ')', ']', '」']);
    let is_set_off = text[line.start..*at].ends_with(['*', '_', '【', '（', '(', '[', '「'])
        && behind.len() < line.end - *at - word.len()
        && !behind.is_empty();
    if is_set_off {
        return Some(Says::Paragraph(
            text[..*at].trim_end_matches(['*', '_', '【', '（', '(', '[', '「']).len(),
        ));
    }
    if behind.starts_with([':', '：']) {
        let follows = !text[*at + word.len()..line.end].trim_matches([':', '：', ' ', '*', '_']).is_empty();
        return Some(if follows { Says::Paragraph(sentence_start) } else { Says::Rest(line.end) });
    }
    let near = last(before, 8);
    let is_line = is_short(&text[line.start..line.end]);
    let signalled = has(script.signals, near) || has(script.signals, first(after, 8));
    Some(match () {
        () if is_line => Says::Rest(line.end),
        () if signalled => Says::Rest(sentence_end),
        () => Says::Nothing,
    })
}

/// Whether the spoilers at a place are denied; `None` if there is no word of such a script.
pub(super) fn is_denied(text: &str, at: usize) -> Option<bool> {
    let (script, word) = script_at(text, at)?;
    let (before, after) = sides(text, 0, at, at + word.len(), text.len(), 30);
    Some(is_negated(script, word, before, after))
}

/// Whether a line is too short to say anything more.
pub(super) fn is_short(line: &str) -> bool {
    let signs = || line.chars().filter(|c| c.is_alphanumeric());
    signs().take(SHORT + 1).count() <= SHORT
        && !signs().any(|c| c.is_ascii())
        && SCRIPTS.iter().flat_map(|script| script.spoilers).any(|word| line.contains(word))
}

fn is_negated(script: &Script, word: &str, before: &str, after: &str) -> bool {
    let links = ["有", "含", "会", "會", "要", "是", "任何", "包含", "涉及", "に", "は", "的"];
    let mut near = before.trim_end();
    for _ in 0..2 {
        near = links.iter().find_map(|link| near.strip_suffix(link)).unwrap_or(near);
    }
    let denies = |word: &&&str| near.ends_with(**word) || before.trim_end().ends_with(**word);
    word.starts_with('無')
        || script.negations.iter().any(|no| first(after, script.reach).contains(no))
        || script.negations.iter().any(|no| denies(&no))
        || ["노", "무"].iter().any(|no| word.starts_with("스포") && before.ends_with(no))
}

/// What stands before and behind a word in its sentence, up to so many characters.
fn sides(text: &str, from: usize, at: usize, end: usize, to: usize, most: usize) -> (&str, &str) {
    let stops = |c: char| "。！？、，!?,.\n（）()：:【】[]「」".contains(c);
    let before = last(&text[from..at], most);
    let start =
        before.rfind(stops).map_or(0, |stop| stop + before[stop..].chars().next().map_or(1, char::len_utf8));
    let after = first(&text[end..to], most);
    (&before[start..], &after[..after.find(stops).unwrap_or(after.len())])
}

fn first(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

fn last(text: &str, most: usize) -> &str {
    text.char_indices().rev().nth(most.saturating_sub(1)).map_or(text, |(start, _)| &text[start..])
}
