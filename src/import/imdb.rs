//! The set of reviews with a flag for spoilers that was collected from IMDb, a record a line.

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json};

pub(super) fn is_it(sample: &Value) -> bool {
    sample.get("is_spoiler").is_some() && sample.get("review_text").is_some()
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let mut left_out = 0;
    for (row, value) in json::records(bytes, &mut batch)? {
        let film = json::text(&value, "/movie_id").unwrap_or_default();
        let user = json::text(&value, "/user_id").unwrap_or_default();
        let spoilers = json::says_spoilers(&value);
        let summary = json::text(&value, "/review_summary");
        // It was written under the same flag, and a title is always shown.
        left_out += usize::from(spoilers && summary.is_some());
        let mut review = ImportedReview {
            id: format!("{film}/{user}"),
            title: summary.filter(|_| !spoilers),
            reviewer: Some(user),
            link: Some(format!("https://www.imdb.com/title/{film}/")),
            spoilers,
            work: Work {
                title: json::text(&value, "/title").unwrap_or(film),
                kind: Some("film".to_owned()),
                ..Work::default()
            },
            text: json::text(&value, "/review_text").unwrap_or_default(),
            dialect: Dialect::Html(Newline::Break),
            ..ImportedReview::default()
        };
        review.points(json::number(&value, "/rating"), 10.0);
        let day = json::text(&value, "/review_date").unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    if left_out > 0 {
        batch.warn_of_file(format!("the summaries of {left_out} reviews with spoilers were left out"));
    }
    Ok(batch)
}
