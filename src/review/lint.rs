//! Warnings for the author of a review file whose form is correct.
//!
//! This reads hidden text to compare it with what is always shown. A warning names only a key and its position, never a
//! word of the text.

use std::collections::HashSet;

use super::fault::Fault;
use super::marks::{self, Piece};
use super::raw::{At, RawPassage, RawReview, Spoiler};
use super::schema;
use super::suspicious;

/// The warnings for a file that parses as a review; none if it does not.
#[must_use]
pub fn lint(source: &str) -> Vec<Fault> {
    let Ok(raw) = schema::read(source) else { return Vec::new() };
    let mut warnings = Vec::new();
    let whole = raw.spoilers.as_ref().is_some_and(|spoilers| spoilers.value);
    for passage in &raw.passages {
        let Some(text) = &passage.text else { continue };
        let found = suspicious::find(&text.value, whole || is_curtained(passage));
        // A suspicious mark can be located only if the text has no escapes. Otherwise use the position of the text.
        let start = source[text.at..].find(&*text.value).map(|start| text.at + start);
        warnings.extend(found.into_iter().map(|suspicion| {
            let at = start.map_or(text.at, |start| start + suspicion.at);
            Fault::at(source, at, suspicion.reason)
        }));
    }
    if let (false, Some(first)) = (whole, raw.passages.first())
        && raw.passages.iter().all(is_curtained)
    {
        let reason = "every passage is a spoiler: write `spoilers = true` if the whole review is one";
        warnings.push(Fault::at(source, first.at, reason));
    }
    warnings.extend(repeats(source, &raw, whole));
    warnings.sort_by_key(|warning| warning.position);
    warnings
}

fn is_curtained(passage: &RawPassage<'_>) -> bool {
    let is_marked = passage.spoiler.as_ref().is_some_and(|spoiler| spoiler.value != Spoiler::Flag(false));
    is_marked || passage.after.is_some()
}

/// Finds labels and titles with a word that occurs nowhere else in the open.
fn repeats(source: &str, raw: &RawReview<'_>, whole: bool) -> Vec<Fault> {
    let mut open = HashSet::new();
    let (mut behind_all, mut behind_each) = (HashSet::new(), Vec::new());
    let work = raw.work.as_ref();
    open.extend(words(work.and_then(|work| work.title.as_ref()).map_or("", |title| &title.value)));
    let by = work.and_then(|work| work.by.as_ref()).map_or(&[][..], |by| &by.value);
    by.iter().for_each(|name| open.extend(words(name)));
    if let (false, Some(tags)) = (whole, &raw.tags) {
        tags.value.iter().for_each(|tag| open.extend(words(tag)));
    }
    for passage in &raw.passages {
        let mut behind = HashSet::new();
        for piece in marks::cut(passage.text.as_ref().map_or("", |text| &text.value)) {
            match piece {
                Piece::Open(text) if !whole && !is_curtained(passage) => open.extend(words(text)),
                Piece::Open(text) | Piece::Hidden(text) => behind.extend(words(text)),
            }
        }
        behind_all.extend(behind.iter().cloned());
        behind_each.push(behind);
    }
    let gives_away = |text: &str, behind: &HashSet<String>| {
        words(text).any(|word| behind.contains(&word) && !open.contains(&word))
    };
    let mut warnings = Vec::new();
    for (passage, behind) in raw.passages.iter().zip(&behind_each) {
        if let Some(At { value: Spoiler::Label(label), at }) = &passage.spoiler
            && gives_away(label, behind)
        {
            let reason = "this label repeats a word that is otherwise hidden by its spoiler";
            warnings.push(Fault::at(source, *at, reason));
        }
    }
    if let Some(title) = raw.title.as_ref().filter(|title| gives_away(&title.value, &behind_all)) {
        let reason = "the title repeats a word that is otherwise hidden";
        warnings.push(Fault::at(source, title.at, reason));
    }
    warnings
}

/// The words that can give something away, which short and very common ones cannot.
fn words(text: &str) -> impl Iterator<Item = String> {
    const COMMON: &[&str] = &[
        "about", "after", "again", "also", "another", "away", "back", "because", "been", "before", "being",
        "between", "come", "comes", "could", "does", "done", "down", "each", "end", "ending", "ends", "even",
        "ever", "every", "film", "first", "from", "gets", "goes", "going", "have", "here", "into", "just",
        "know", "last", "like", "made", "make", "makes", "many", "more", "most", "much", "never", "next",
        "only", "other", "over", "part", "really", "same", "scene", "should", "some", "still", "story",
        "such", "than", "that", "their", "them", "then", "there", "these", "they", "thing", "things", "this",
        "those", "through", "time", "turns", "twist", "until", "upon", "very", "want", "well", "were",
        "what", "when", "where", "whether", "which", "while", "whom", "whose", "will", "with", "would",
        "year", "years", "your",
    ];
    let split = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    split
        .filter(|word| word.chars().count() >= 4 && !COMMON.contains(&word.as_str()))
        .collect::<Vec<_>>()
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_is_told_what_may_be_wrong_and_never_a_word_of_it() {
        let head = "[work]\ntitle = 'Middlemarch'\n";
        for (body, warnings) in [
            ("[[passage]]\ntext = 'Open and ||hidden||.'", &[][..]),
            ("[[passage]]\ntext = 'Open and ||zqx.'", &["4:18 this || mark"][..]),
            (
                "[[passage]]\ntext = 'Open'\n[[passage]]\nspoiler = 'whom Zqx marries'\ntext = 'Zqx it is.'",
                &["6:11 this label"],
            ),
            (
                "[[passage]]\ntext = 'Zqxy.'\n[[passage]]\nspoiler = 'whom Zqxy marries'\ntext = 'Zqxy it is.'",
                &[],
            ),
            ("[[passage]]\nspoiler = true\ntext = 'a'", &["3:1 every passage"]),
            (
                "[[passage]]\ntext = '''\nOpen.\nOpen ||and ||zqx|| and|| open ||zqx\n'''",
                &["6:12 this || mark closes", "6:31 this || mark is never"],
            ),
            ("[[passage]]\ntext = \"a\\n｜｜zqx｜｜\"", &["4:8 this looks like"]),
            ("not toml", &[]),
        ] {
            let body = body.replace("Zqx ", "Zqxy ").replace("Zqx.", "Zqxy.");
            let found = lint(&format!("{head}{body}"));
            assert_eq!(found.len(), warnings.len(), "{body:?}: {found:?}");
            for (fault, expected) in found.iter().zip(warnings) {
                let (line, column) = fault.position.expect("it is at a place");
                let said = format!("{line}:{column} {}", fault.reason);
                assert!(said.starts_with(expected), "{said} for {body:?}");
                assert!(!said.to_lowercase().contains("zqx"), "nothing is quoted: {said}");
            }
        }
    }
}
