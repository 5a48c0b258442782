//! A review as Markdown with front matter, which [`crate::import`] reads again.

use super::{Exported, closed_cover, marked};
use crate::import::exported::{self, Cover, parted};
use crate::review::{Visible, VisiblePassage};

/// Writes a review. Revealed text is in a closed `<details>`. If all curtains are lifted, the front matter records how
/// the text is divided, so that an import hides exactly the same text again.
#[must_use]
pub fn review(exported: Exported<'_>) -> String {
    let visible = exported.visible;
    let front = front_matter(visible);
    if closed_cover(visible).is_some() {
        return front + FENCE + "\n▐ behind a curtain: the whole review\n";
    }
    let blocks: Vec<_> = visible.passages().map(|passage| block(visible, passage)).collect();
    let (parted, body) = parted(&blocks);
    match visible.shows_everything() {
        true => front + &parted + FENCE + &body,
        false => front + FENCE + &body,
    }
}

const FENCE: &str = "---\n";

fn block(visible: Visible<'_>, passage: VisiblePassage<'_>) -> (Cover, String) {
    let words = passage.curtain.or(visible.cover()).map(|curtain| curtain.words()).unwrap_or_default();
    let Some(text) = passage.text.map(marked) else {
        let label = words.strip_prefix("Spoiler").unwrap_or_default();
        return (Cover::None, format!("▐ behind a curtain{label}"));
    };
    let cover = match passage.curtain {
        Some(curtain) => Cover::Own(curtain.label.map(str::to_owned)),
        None if visible.cover().is_some() => Cover::Review,
        None => Cover::None,
    };
    let block = exported::block(&cover, &words, &text);
    (cover, block)
}

/// The facts of a review as YAML, including the fence above them but not the one below.
pub(super) fn front_matter(visible: Visible<'_>) -> String {
    let review = visible.review();
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
    add("tags", list(visible.tags().map(quoted).collect()));
    add("link", visible.link().map(quoted));
    add("spoilers", review.is_curtained().then(|| "true".to_owned()));
    lines.join("\n") + "\n"
}

/// Text as a quoted YAML string.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
