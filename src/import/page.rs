//! A saved web page that marks up its reviews, as `Review` in JSON-LD or as `h-review`.
//!
//! JSON-LD contains plain text, without the marks that the page shows. If anything on the page mentions spoilers, what
//! comes from JSON-LD is hidden as a whole, unless marks in its own text say more.

use serde_json::Value;

use super::body::{self, Dialect};
use super::fields::mentions_spoilers;
use super::html::{self, Newline};
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json};

/// Whether a page says that it contains a review.
pub(super) fn is_it(text: &str) -> bool {
    (text.contains("ld+json") && text.contains("Review")) || H_REVIEW.iter().any(|class| text.contains(class))
}

const H_REVIEW: [&str; 2] = ["h-review", "hreview"];

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let page = String::from_utf8_lossy(bytes);
    let mut batch = Batch::default();
    // Markup takes precedence, since it has the marks.
    let mut found = of_classes(&page);
    if found.is_empty() {
        found = of_json_ld(&page);
        let outside = without_scripts(&page);
        // If a page is incomplete, nobody knows what else it says.
        let is_whole = html::find_tag(&page, "</html").is_some();
        if mentions_spoilers(&outside) || !is_whole {
            let marked = |text: &str| {
                body::read(text, Dialect::Html(Newline::Break))
                    .passages
                    .iter()
                    .any(|p| p.spoiler.is_some() || p.text.contains("||"))
            };
            for (review, _) in found.iter_mut().filter(|(review, _)| !marked(&review.text)) {
                review.spoilers = true;
            }
            batch.warn_of_file(
                "the page speaks of spoilers; what is not marked in its data is hidden as a whole",
            );
        }
    }
    if found.is_empty() {
        return Err("the page holds no review that it says to be one".to_owned());
    }
    for ((review, day), row) in found.into_iter().zip(1..) {
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}

/// The contents of all JSON-LD scripts, and the page without any scripts.
fn scripts(page: &str) -> Vec<&str> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(start) = html::find_tag(&page[at..], "<script") {
        let start = at + start;
        let Some(tag) = html::tag(&page[start..]) else {
            at = start + 1;
            continue;
        };
        let inside = start + tag.length;
        let end = html::find_tag(&page[inside..], "</script").map_or(page.len(), |end| inside + end);
        if tag.attributes.contains("ld+json") {
            found.push(&page[inside..end]);
        }
        at = end;
    }
    found
}

fn without_scripts(page: &str) -> String {
    scripts(page).into_iter().fold(page.to_owned(), |page, script| page.replace(script, ""))
}

fn of_json_ld(page: &str) -> Vec<(ImportedReview, String)> {
    let mut found = Vec::new();
    for script in scripts(page) {
        if let Ok(value) = serde_json::from_str::<Value>(script.trim()) {
            collect(&value, None, &mut found);
        }
    }
    found
}

/// Reviews at any depth. One that is inside the thing it reviews does not name it.
fn collect(value: &Value, about: Option<&Value>, found: &mut Vec<(ImportedReview, String)>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, about, found)),
        Value::Object(fields) => {
            let is_review = is_of_type(value, &["Review", "UserReview", "CriticReview"]);
            if is_review && value.get("reviewBody").or(value.get("description")).is_some() {
                found.push(of_review(value, about));
                return;
            }
            fields.values().for_each(|inner| collect(inner, Some(value), found));
        }
        _ => {}
    }
}

fn is_of_type(value: &Value, types: &[&str]) -> bool {
    let is_one = |kind: &Value| kind.as_str().is_some_and(|kind| types.contains(&kind));
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is_one),
        Some(kind) => is_one(kind),
        None => false,
    }
}

fn of_review(value: &Value, about: Option<&Value>) -> (ImportedReview, String) {
    let item = value.get("itemReviewed").or(about).unwrap_or(&Value::Null);
    let year = json::first(item, &["/datePublished", "/dateCreated"]).unwrap_or_default();
    let name = json::first(value, &["/name", "/headline"]);
    let mut review = ImportedReview {
        id: json::first(value, &["/@id", "/url"]).unwrap_or_default(),
        reviewer: json::first(value, &["/author/name", "/author/0/name", "/author"]),
        link: json::text(value, "/url"),
        spoilers: json::says_spoilers(value),
        work: Work {
            title: json::text(item, "/name").or_else(|| name.clone()).unwrap_or_default(),
            kind: kind(item).map(str::to_owned),
            year: year.get(..4).and_then(|year| year.parse().ok()),
            by: json::first(
                item,
                &[
                    "/director/name",
                    "/director/0/name",
                    "/author/name",
                    "/author/0/name",
                    "/creator/name",
                    "/byArtist/name",
                ],
            )
            .into_iter()
            .collect(),
        },
        text: json::first(value, &["/reviewBody", "/description"]).unwrap_or_default(),
        dialect: Dialect::Html(Newline::Break),
        title: name,
        ..ImportedReview::default()
    };
    let best = json::number(value, "/reviewRating/bestRating").filter(|best| *best > 0.0).unwrap_or(5.0);
    review.points(json::number(value, "/reviewRating/ratingValue"), best);
    (review, json::first(value, &["/datePublished", "/dateCreated"]).unwrap_or_default())
}

fn kind(item: &Value) -> Option<&'static str> {
    const KINDS: [(&str, &str); 9] = [
        ("Movie", "film"),
        ("Book", "book"),
        ("TVSeries", "series"),
        ("TVSeason", "series"),
        ("TVEpisode", "series"),
        ("VideoGame", "game"),
        ("MusicAlbum", "album"),
        ("PodcastSeries", "podcast"),
        ("TheaterEvent", "play"),
    ];
    KINDS.iter().find(|(name, _)| is_of_type(item, &[name])).map(|(_, kind)| *kind)
}

fn of_classes(page: &str) -> Vec<(ImportedReview, String)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((inside, end)) = element(&page[at..], &H_REVIEW) {
        let own = &page[at + inside..at + end];
        found.push(of_h_review(own));
        at += end;
    }
    found
}

fn of_h_review(own: &str) -> (ImportedReview, String) {
    let inner = |classes: &[&str]| element(own, classes).map(|(inside, end)| &own[inside..end]);
    let plain = |classes: &[&str]| {
        let text = html_escape::decode_html_entities(inner(classes)?);
        // Text that is hidden on the page must not become a title.
        let text = html::to_markdown(&text, Newline::Break).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let item = plain(&["p-item", "h-item", "item"]);
    let name = plain(&["p-name", "summary"]);
    let rating = plain(&["p-rating", "rating"]);
    let best = plain(&["p-best", "best"]).and_then(|best| best.parse().ok()).filter(|best: &f64| *best > 0.0);
    let text = inner(&["e-content", "e-description", "description"]).or_else(|| inner(&["p-summary"]));
    let mut review = ImportedReview {
        title: name.clone().filter(|_| item.is_some()),
        reviewer: plain(&["p-author", "p-reviewer", "reviewer"]),
        work: Work { title: item.or(name).unwrap_or_default(), ..Work::default() },
        // If its text is not separate from the rest, all of it is the text.
        text: text.unwrap_or(own).to_owned(),
        dialect: Dialect::Html(Newline::Break),
        ..ImportedReview::default()
    };
    review.id.clone_from(&review.work.title);
    review.points(rating.and_then(|rating| rating.replace(',', ".").parse().ok()), best.unwrap_or(5.0));
    (review, plain(&["dt-reviewed", "dt-published", "dtreviewed"]).unwrap_or_default())
}

/// Where the contents of the first element with one of these classes begin and end.
fn element(page: &str, classes: &[&str]) -> Option<(usize, usize)> {
    let has_class = |tag: &html::Tag<'_>| {
        html::attribute(tag, "class")
            .is_some_and(|own| own.split_whitespace().any(|class| classes.contains(&class)))
    };
    let tags =
        || memchr::memchr_iter(b'<', page.as_bytes()).filter_map(|at| Some((at, html::tag(&page[at..])?)));
    let (start, first) = tags().find(|(_, tag)| !tag.is_closing && has_class(tag))?;
    let mut depth = 0_usize;
    for (at, tag) in tags().skip_while(|(at, _)| *at < start).filter(|(_, tag)| tag.name == first.name) {
        match tag.is_closing {
            false => depth += 1,
            true => depth -= 1,
        }
        if depth == 0 {
            return Some((start + first.length, at));
        }
    }
    // One that is never closed contains the rest.
    Some((start + first.length, page.len()))
}
