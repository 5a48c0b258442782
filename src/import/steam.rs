//! Reviews of Steam, as its public interface delivers those of a game and as tools save them: BBCode in JSON.
//!
//! The interface says which game it is about in its address only. Where a record does not say it, the name of the file does.

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json, text};

pub(super) fn is_it(sample: &Value) -> bool {
    let is_review = |value: &Value| {
        value.get("recommendationid").is_some() && value.get("review").is_some_and(Value::is_string)
    };
    is_review(sample) || sample.pointer("/reviews/0").is_some_and(is_review)
}

pub(super) fn read(name: &str, bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    for (row, value) in json::unpacked(json::records(bytes, &mut batch)?, "reviews") {
        let title = json::first(&value, &["/app_name", "/game", "/title", "/appid", "/app_id"]);
        let recommended = match value.get("voted_up").and_then(Value::as_bool) {
            Some(true) => vec!["recommended".to_owned()],
            Some(false) => vec!["not recommended".to_owned()],
            None => Vec::new(),
        };
        let review = ImportedReview {
            id: json::text(&value, "/recommendationid").unwrap_or_default(),
            reviewer: json::first(&value, &["/author/personaname", "/author/steamid"]),
            tags: recommended,
            spoilers: json::says_spoilers(&value),
            work: Work {
                title: title.unwrap_or_else(|| text::stem(name)),
                kind: Some("game".to_owned()),
                ..Work::default()
            },
            text: in_html(&json::text(&value, "/review").unwrap_or_default()),
            dialect: Dialect::Html(Newline::Paragraph),
            ..ImportedReview::default()
        };
        let day = json::number(&value, "/timestamp_created").map(day).unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}

/// The day of a number of seconds since 1970, in UTC.
#[expect(clippy::cast_possible_truncation, reason = "jiff refuses what is no time")]
pub(super) fn day(seconds: f64) -> String {
    jiff::Timestamp::from_second(seconds as i64).map(|time| time.to_string()).unwrap_or_default()
}

/// Steam's tags for emphasis and headings as those of HTML. What it marks as a spoiler is left for those who look for marks.
fn in_html(bbcode: &str) -> String {
    const TAGS: [(&str, &str); 6] =
        [("b", "b"), ("i", "i"), ("h1", "h2"), ("h2", "h3"), ("h3", "h4"), ("quote", "blockquote")];
    let mut text = bbcode.replace('<', "&lt;").replace("[*]", "• ");
    for (tag, element) in TAGS {
        text = text.replace(&format!("[{tag}]"), &format!("<{element}>"));
        text = text.replace(&format!("[/{tag}]"), &format!("</{element}>"));
    }
    text
}
