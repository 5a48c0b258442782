//! A review as Markdown with front matter, which [`crate::import`] reads again.

use super::{Exported, curtain_words, is_shown, passage_text};
use crate::import::exported::{self, Cover, parted};

/// Writes a review. What was behind a lifted curtain is in a closed `<details>`. Where all curtains are lifted, the front
/// matter says how the text is parted, so that an import hides just the same again.
#[must_use]
pub fn review(exported: Exported<'_>) -> String {
    let front = front_matter(exported);
    if !is_shown(exported) {
        return front + FENCE + "\n▐ behind a curtain: the whole review\n";
    }
    let blocks: Vec<_> = (0..exported.review.passage_count()).map(|number| block(exported, number)).collect();
    let (parted, body) = parted(&blocks);
    match exported.curtains.always_show() {
        true => front + &parted + FENCE + &body,
        false => front + FENCE + &body,
    }
}

const FENCE: &str = "---\n";

fn block(exported: Exported<'_>, number: u32) -> (Cover, String) {
    let words = curtain_words(exported, number);
    let Some(text) = passage_text(exported, number) else {
        let words = words.unwrap_or_default();
        let label = words.strip_prefix("Spoiler").unwrap_or_default();
        return (Cover::None, format!("▐ behind a curtain{label}"));
    };
    let (cover, words) = match words {
        Some(words) => (Cover::Own(exported.review.label(number).map(str::to_owned)), words),
        None if exported.review.is_curtained() => (Cover::Review, "Spoiler: the whole review".to_owned()),
        None => (Cover::None, String::new()),
    };
    let block = exported::block(&cover, &words, &text);
    (cover, block)
}

fn front_matter(exported: Exported<'_>) -> String {
    let review = exported.review;
    let mut lines = vec!["---".to_owned()];
    let mut add = |key: &str, value: Option<String>| {
        lines.extend(value.map(|value| format!("{key}: {value}")));
    };
    let list = |items: Vec<String>| {
        (!items.is_empty()).then(|| items.iter().map(|item| format!("\n  - {item}")).collect())
    };
    add("title", review.has_title().then(|| quoted(review.headline())));
    add("work", Some(quoted(review.work_title())));
    add("kind", review.kind().map(quoted));
    add("year", review.year().map(|year| year.to_string()));
    add("by", list(review.by().map(quoted).collect()));
    add("reviewer", review.reviewer().map(quoted));
    add("date", review.date().map(|date| date.iso()));
    add("rating", review.rating().map(|rating| rating.to_string()));
    add("tags", list(review.tags().map(quoted).collect()));
    add("link", review.link().map(quoted));
    add("spoilers", review.is_curtained().then(|| "true".to_owned()));
    lines.join("\n") + "\n"
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
