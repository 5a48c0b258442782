//! What people of BookWyrm, NeoDB and Mastodon have written, as their servers deliver it: outboxes, collections and single
//! objects of ActivityPub. A content warning is the label of a curtain over all of it.

use std::borrow::Cow;

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, archive, json};

pub(super) fn is_it(sample: &Value) -> bool {
    let is_of = |value: &Value| value.as_str().is_some_and(|text| text.ends_with("activitystreams"));
    let context = sample.get("@context");
    let has_context = context.is_some_and(is_of)
        || context.and_then(Value::as_array).is_some_and(|all| all.iter().any(is_of));
    let type_is =
        |types: &[&str]| sample.get("type").and_then(Value::as_str).is_some_and(|t| types.contains(&t));
    (has_context && !type_is(&["Person", "Service", "Application", "Group"]))
        || (type_is(&["Create", "Announce", "Update"]) && sample.get("object").is_some())
        || (type_is(&OBJECTS) && sample.get("attributedTo").is_some())
}

const OBJECTS: [&str; 6] = ["Note", "Article", "Review", "Comment", "Quotation", "Page"];

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let mut records = json::records(&outbox(bytes)?, &mut batch)?;
    for key in ["first", "orderedItems", "items"] {
        records = records.into_iter().map(|(row, value)| (row, page(value, key))).collect();
        records = json::unpacked(records, key);
    }
    if let [(_, Value::Object(only))] = &records[..]
        && only.contains_key("totalItems")
    {
        return Err(
            "it is a collection without its pages; fetch the address that it has under \"first\"".to_owned()
        );
    }
    let mut passed_over = 0;
    for (row, value) in records {
        let is_activity = matches!(value.get("type").and_then(Value::as_str), Some("Create" | "Update"));
        let object = if is_activity { &value["object"] } else { &value };
        let is_text = object.get("type").and_then(Value::as_str).is_some_and(|kind| OBJECTS.contains(&kind));
        // What others wrote and answers to others are nothing that anybody would look for here.
        let is_answer = object.get("inReplyTo").is_some_and(|to| !to.is_null() && to != "");
        match is_text && !is_answer {
            true => {
                let day = json::text(object, "/published").unwrap_or_default();
                batch.take(row, review(object), &day, options);
            }
            false => passed_over += 1,
        }
    }
    if passed_over > 0 {
        batch.warn_of_file(format!("{passed_over} answers, boosts and other activities were left out"));
    }
    Ok(batch)
}

/// The outbox of an archive, or the bytes as they are.
fn outbox(bytes: &[u8]) -> Result<Cow<'_, [u8]>, &'static str> {
    if !archive::is_zip(bytes) {
        return Ok(bytes.into());
    }
    let mut names = archive::names(bytes)?;
    names.retain(|name| archive::is_outbox(name));
    Ok(archive::read(bytes, &names[..names.len().min(1)])?.concat().into())
}

/// The page that a collection holds inside of it, in its place.
fn page(mut value: Value, key: &str) -> Value {
    match value.get_mut(key) {
        Some(page) if page.is_object() => page.take(),
        _ => value,
    }
}

fn review(object: &Value) -> ImportedReview {
    let related = |kind: &str| {
        let all = object.get("relatedWith").and_then(Value::as_array).into_iter().flatten();
        all.into_iter().find(|value| value.get("type").is_some_and(|found| found == kind))
    };
    let own =
        related("Review").or_else(|| related("Comment")).filter(|own| json::text(own, "/content").is_some());
    let is_markdown = own.is_some_and(|own| own.get("mediaType").is_some_and(|kind| kind == "text/markdown"));
    let name = json::first(own.unwrap_or(object), &["/name"]).or_else(|| json::text(object, "/name"));
    let stars = name.as_deref().and_then(stars);
    let (work, title) = work(object, name);
    let is_sensitive = object.get("sensitive") == Some(&Value::Bool(true));
    // An article's summary may be one; anything else has none but a warning.
    let is_article = object.get("type").is_some_and(|kind| kind == "Article");
    let warning = json::text(object, "/summary").filter(|_| is_sensitive || !is_article);
    let mut review = ImportedReview {
        id: json::first(object, &["/id", "/url"]).unwrap_or_default(),
        title,
        reviewer: json::text(object, "/attributedTo").as_deref().map(self::name),
        tags: tags(object, "Hashtag").map(|tag| tag.trim_start_matches('#').to_owned()).collect(),
        link: json::first(object, &["/url", "/id"]),
        spoilers: (is_sensitive && warning.is_none()) || json::says_spoilers(object),
        cover: warning,
        work,
        text: own
            .and_then(|own| json::text(own, "/content"))
            .or_else(|| json::text(object, "/content"))
            .unwrap_or_default(),
        dialect: if is_markdown { Dialect::Markdown } else { Dialect::Html(Newline::Break) },
        ..ImportedReview::default()
    };
    match related("Rating") {
        Some(rating) => {
            let best = json::number(rating, "/best").filter(|best| *best > 0.0).unwrap_or(10.0);
            review.points(json::number(rating, "/value"), best);
        }
        None => review.points(json::number(object, "/rating").or(stars), 5.0),
    }
    review
}

/// The names of the tags of a kind.
fn tags<'v>(object: &'v Value, kind: &'v str) -> impl Iterator<Item = &'v str> {
    let all = object.get("tag").and_then(Value::as_array).into_iter().flatten();
    let of_kind = all.filter(move |tag| tag.get("type").and_then(Value::as_str) == Some(kind));
    of_kind.filter_map(|tag| tag.get("name").and_then(Value::as_str))
}

/// The work, and the title of the review itself. No part of a text is taken for either: it may be hidden.
fn work(object: &Value, name: Option<String>) -> (Work, Option<String>) {
    let of =
        |title: String, kind: Option<&str>| Work { title, kind: kind.map(str::to_owned), ..Work::default() };
    for (tag, kind) in KINDS {
        if let Some(title) = tags(object, tag).next() {
            return (of(title.to_owned(), Some(kind)), name);
        }
    }
    let is_book = object.get("inReplyToBook").is_some();
    // BookWyrm tells others: Review of "Emma" (4 stars): A title
    let quoted = name.as_deref().and_then(|name| name.strip_prefix("Review of \"")?.split_once('"'));
    if let Some((title, rest)) = quoted {
        let own = rest.split_once(": ").map(|(_, own)| own.to_owned());
        return (of(title.to_owned(), Some("book")), own);
    }
    let day = json::text(object, "/published").unwrap_or_default();
    let day = day.get(..10).unwrap_or_default();
    let title = name.unwrap_or_else(|| format!("A post of {day}"));
    (of(title, is_book.then_some("book")), None)
}

/// The stars that BookWyrm tells others of in the name of a review.
fn stars(name: &str) -> Option<f64> {
    let (_, rest) = name.strip_prefix("Review of \"")?.split_once("\" (")?;
    rest.split_once(" star")?.0.parse().ok()
}

const KINDS: [(&str, &str); 11] = [
    ("Movie", "film"),
    ("Edition", "book"),
    ("Work", "book"),
    ("TVShow", "series"),
    ("TVSeason", "series"),
    ("TVEpisode", "series"),
    ("Album", "album"),
    ("Game", "game"),
    ("Podcast", "podcast"),
    ("Performance", "play"),
    ("PerformanceProduction", "play"),
];

/// What NeoDB calls a kind of work, as a word of ours.
pub(super) fn kind(name: &str) -> Option<&'static str> {
    KINDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

/// `ann@example.org` for the address of an actor.
pub(super) fn name(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let mut parts = rest.trim_end_matches('/').split('/');
    match (parts.next(), parts.next_back()) {
        (Some(_), Some(name)) if name.trim_start_matches('@').contains('@') => {
            name.trim_start_matches('@').to_owned()
        }
        (Some(host), Some(name)) => format!("{}@{host}", name.trim_start_matches('@')),
        _ => rest.to_owned(),
    }
}
