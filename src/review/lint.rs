//! Warnings for the author of a review file whose form is correct.
//!
//! This reads hidden text to compare it with what is always shown. A warning names only a key and its position, never a
//! word of the text. But that a comparison found something already says a little, and so does a position after hidden
//! text: a reader is told neither.

use std::collections::HashSet;

use super::fault::Fault;
use super::marks::{self, Piece};
use super::raw::{At, RawPassage, RawReview, Spoiler};
use super::schema;
use super::suspicious::{self, About};

/// Who the warnings are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// The author of the file, who knows all of it.
    Author,
    /// Someone who has not read it yet.
    Reader,
}

/// A warning with the offset that it is about.
struct Warning {
    at: usize,
    about: About,
    reason: &'static str,
}

/// The warnings for a file that parses as a review; none if it does not.
#[must_use]
pub fn lint(source: &str, audience: Audience) -> Vec<Fault> {
    let Ok(raw) = schema::read(source) else { return Vec::new() };
    let mut warnings = Vec::new();
    let whole = raw.spoilers.as_ref().is_some_and(|spoilers| spoilers.value);
    // Where the first hidden text begins.
    let mut hidden = if whole { 0 } else { source.len() };
    for passage in &raw.passages {
        let Some(text) = &passage.text else { continue };
        // A suspicious mark can be located only if the text has no escapes. Otherwise, use the position of the text.
        let start = source[text.at..].find(&*text.value).map(|start| text.at + start);
        let place = |at| start.map_or(text.at, |start| start + at);
        hidden = hidden.min(match is_curtained(passage) {
            true => text.at,
            false => marks::places(&text.value).next().map_or(source.len(), |(open, _)| place(open)),
        });
        let found = suspicious::find(&text.value, whole || is_curtained(passage));
        let warning = |found: suspicious::Suspicion| Warning {
            at: place(found.at),
            about: found.about,
            reason: found.reason,
        };
        warnings.extend(found.into_iter().map(warning));
    }
    if let (false, Some(first)) = (whole, raw.passages.first())
        && raw.passages.iter().all(is_curtained)
    {
        let reason = "every passage is a spoiler: write `spoilers = true` if the whole review is one";
        warnings.push(Warning { at: first.at, about: About::Open, reason });
    }
    warnings.extend(repeats(&raw, whole));
    warnings.sort_by_key(|warning| warning.at);
    match audience {
        Audience::Author => located(source, warnings),
        Audience::Reader => {
            warnings.retain(|warning| warning.about == About::Open);
            let behind = warnings.split_off(warnings.partition_point(|warning| warning.at < hidden));
            let mut faults = located(source, warnings);
            faults.extend(behind.into_iter().map(|warning| Fault::whole(warning.reason)));
            faults.dedup();
            faults
        }
    }
}

/// Gives warnings their lines and columns. They are in order, so the text is read only once.
fn located(source: &str, warnings: Vec<Warning>) -> Vec<Fault> {
    let (mut line, mut column, mut from) = (1, 1, 0);
    let fault = |warning: Warning| {
        let between = &source[from..source.floor_char_boundary(warning.at).max(from)];
        from += between.len();
        line += memchr::memchr_iter(b'\n', between.as_bytes()).count();
        column = match between.rsplit_once('\n') {
            Some((_, last)) => last.chars().count() + 1,
            None => column + between.chars().count(),
        };
        Fault { position: Some((line, column)), reason: warning.reason.to_owned() }
    };
    warnings.into_iter().map(fault).collect()
}

fn is_curtained(passage: &RawPassage<'_>) -> bool {
    let is_marked = passage.spoiler.as_ref().is_some_and(|spoiler| spoiler.value != Spoiler::Flag(false));
    is_marked || passage.after.is_some()
}

/// Finds labels and titles with a word that open text does not contain.
fn repeats(raw: &RawReview<'_>, whole: bool) -> Vec<Warning> {
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
            warnings.push(Warning { at: *at, about: About::Hidden, reason });
        }
    }
    if let Some(title) = raw.title.as_ref().filter(|title| gives_away(&title.value, &behind_all)) {
        let reason = "the title repeats a word that is otherwise hidden";
        warnings.push(Warning { at: title.at, about: About::Hidden, reason });
    }
    warnings
}

/// Words that can give something away; short and very common ones cannot.
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
            let found = lint(&format!("{head}{body}"), Audience::Author);
            assert_eq!(found.len(), warnings.len(), "{body:?}: {found:?}");
            for (fault, expected) in found.iter().zip(warnings) {
                let (line, column) = fault.position.expect("it is at a place");
                let said = format!("{line}:{column} {}", fault.reason);
                assert!(said.starts_with(expected), "{said} for {body:?}");
                assert!(!said.to_lowercase().contains("zqx"), "nothing is quoted: {said}");
            }
        }
    }

    #[test]
    fn a_reader_is_told_nothing_that_depends_on_what_is_hidden() {
        let head = "[work]\ntitle = 'Zqxy'\n";
        for (body, warnings) in [
            ("[[passage]]\ntext = 'a [spoiler]b[/spoiler] ||$||'", &["4:11 this spoiler mark"][..]),
            ("[[passage]]\ntext = 'a ||$|| [spoiler]b[/spoiler]'", &["- this spoiler mark"]),
            (
                "[[passage]]\nspoiler = '$'\ntext = '$ ||$'\n[[passage]]\ntext = '>!a!<'",
                &["- this spoiler mark"],
            ),
            ("[[passage]]\nspoiler = true\ntext = '$ ||$'", &["3:1 every passage"]),
            ("[[passage]]\ntext = 'a ||$ ||b|| ||'", &[]),
            ("[[passage]]\ntext = 'a'\n[[passage]]\nspoiler = 'of $'\ntext = '$'", &[]),
        ] {
            for hidden in ["x", "[spoiler] | some more words"] {
                let found = lint(&format!("{head}{}", body.replace('$', hidden)), Audience::Reader);
                assert_eq!(found.len(), warnings.len(), "{body:?}: {found:?}");
                for (fault, expected) in found.iter().zip(warnings) {
                    let place =
                        fault.position.map_or("-".to_owned(), |(line, column)| format!("{line}:{column}"));
                    let said = format!("{place} {}", fault.reason);
                    assert!(said.starts_with(expected), "{said} for {body:?}");
                }
            }
        }
    }

    #[test]
    fn any_number_of_doubts_is_told_in_time() {
        let text = "é ||a ||b|| c|| [spoiler] ".repeat(40_000);
        let found = lint(&format!("[work]\ntitle = 'W'\n[[passage]]\ntext = '{text}'"), Audience::Author);
        assert!(found.len() >= 40_000, "each is told: {}", found.len());
        assert_eq!(found[0].position, Some((4, 15)));
    }
}
