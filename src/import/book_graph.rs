//! The spoiler records of the UCSD Book Graph: Goodreads reviews sentence by sentence, a record a line, each sentence flagged.

use serde_json::Value;

use super::body::Dialect;
use super::fields::mentions_spoilers;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json};

pub(super) fn is_it(sample: &Value) -> bool {
    sample.get("review_sentences").is_some_and(Value::is_array) && sample.get("book_id").is_some()
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    for (row, value) in json::records(bytes, &mut batch)? {
        let book = json::text(&value, "/book_id").unwrap_or_default();
        let (text, has_marked) = text(&value);
        // A flag without a flagged sentence leaves open which it is, and so does a sentence that looks like a mark's end.
        let is_flagged = value.get("has_spoiler").is_some_and(|flag| flag != &Value::Bool(false));
        let mut review = ImportedReview {
            id: json::text(&value, "/review_id").unwrap_or_default(),
            reviewer: json::text(&value, "/user_id"),
            link: Some(format!("https://www.goodreads.com/book/show/{book}")),
            spoilers: text.is_none() || (is_flagged && !has_marked),
            work: Work {
                title: json::text(&value, "/title").unwrap_or_else(|| format!("Book {book}")),
                kind: Some("book".to_owned()),
                ..Work::default()
            },
            text: text.unwrap_or_else(|| plain(&value)),
            dialect: Dialect::Html(Newline::Break),
            ..ImportedReview::default()
        };
        review.points(json::number(&value, "/rating"), 5.0);
        let day = json::text(&value, "/timestamp").unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}

/// A sentence, and whether it is flagged. What is not a clear zero is.
fn sentences(value: &Value) -> impl Iterator<Item = (bool, &str)> {
    let all = value.get("review_sentences").and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|pair| {
        let flag = pair.get(0)?;
        Some((flag.as_f64() != Some(0.0) && flag != &Value::Bool(false), pair.get(1)?.as_str()?))
    })
}

/// The text with a mark around each run of flagged sentences, and whether there is one; no text where a sentence could end
/// a mark.
fn text(value: &Value) -> (Option<String>, bool) {
    let (mut text, mut is_marked, mut has_marked) = (String::new(), false, false);
    for (is_flagged, sentence) in sentences(value) {
        if is_flagged && mentions_spoilers(sentence) && sentence.contains(['<', '&']) {
            return (None, true);
        }
        if is_marked && !is_flagged {
            text.push_str("</spoiler>");
        }
        if !text.is_empty() {
            text.push(' ');
        }
        if is_flagged && !is_marked {
            text.push_str("<spoiler>");
        }
        text.push_str(sentence.trim());
        is_marked = is_flagged;
        has_marked |= is_flagged;
    }
    if is_marked {
        text.push_str("</spoiler>");
    }
    (Some(text), has_marked)
}

fn plain(value: &Value) -> String {
    sentences(value).map(|(_, sentence)| sentence).collect::<Vec<_>>().join(" ")
}
