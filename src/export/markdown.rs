//! A review as Markdown with front matter, which [`crate::import`] reads again.

use super::{Exported, closed_cover, marked};

/// Writes a review. What was behind a lifted curtain is in a closed `<details>`.
#[must_use]
pub fn review(exported: Exported<'_>) -> String {
    let mut out = front_matter(exported);
    let visible = exported.visible;
    if closed_cover(visible).is_some() {
        out.push_str("\n▐ behind a curtain: the whole review\n");
        return out;
    }
    for passage in visible.passages() {
        let words = passage.curtain.or(visible.cover()).map(|curtain| curtain.words());
        out.push('\n');
        match (passage.text.map(marked), words) {
            (Some(text), None) => out.extend([&text, "\n"]),
            (Some(text), Some(words)) => {
                out.push_str(&format!(
                    "<details><summary>{}</summary>\n\n{text}\n\n</details>\n",
                    escaped(&words)
                ));
            }
            (None, words) => {
                let words = words.unwrap_or_default();
                let label = words.strip_prefix("Spoiler").unwrap_or_default();
                out.push_str(&format!("▐ behind a curtain{label}\n"));
            }
        }
    }
    out
}

fn front_matter(exported: Exported<'_>) -> String {
    let visible = exported.visible;
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
    lines.push("---\n".to_owned());
    lines.join("\n")
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
