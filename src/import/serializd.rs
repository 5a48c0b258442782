//! Diaries of Serializd. A review of an episode that contains spoilers waits for that episode.

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json};

pub(super) fn is_it(sample: &Value) -> bool {
    let is_review = |value: &Value| value.get("showName").is_some() && value.get("reviewText").is_some();
    is_review(sample) || sample.pointer("/reviews/0").is_some_and(is_review)
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    for (row, value) in json::unpacked(json::records(bytes, &mut batch)?, "reviews") {
        let season = season(&value);
        let episode = json::episode(season, json::number(&value, "/episodeNumber"));
        let has_spoilers = json::says_spoilers(&value);
        let premiere = json::text(&value, "/showPremiereDate").unwrap_or_default();
        let mut review = ImportedReview {
            id: json::text(&value, "/id").unwrap_or_default(),
            title: episode.clone().or_else(|| json::text(&value, "/seasonName")),
            reviewer: json::text(&value, "/author"),
            spoilers: has_spoilers && episode.is_none(),
            seen: episode.clone(),
            gate: episode.filter(|_| has_spoilers),
            work: Work {
                title: json::text(&value, "/showName").unwrap_or_default(),
                kind: Some("series".to_owned()),
                year: premiere.get(..4).and_then(|year| year.parse().ok()),
                by: Vec::new(),
            },
            text: json::text(&value, "/reviewText").unwrap_or_default(),
            dialect: Dialect::Html(Newline::Paragraph),
            ..ImportedReview::default()
        };
        review.points(json::number(&value, "/rating"), 10.0);
        let day = json::first(&value, &["/backdate", "/dateAdded"]).unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}

/// The number of the season, which a review knows by another one.
fn season(value: &Value) -> Option<f64> {
    let id = value.get("seasonId")?;
    let seasons = value.get("showSeasons").and_then(Value::as_array).into_iter().flatten();
    let known = seasons.into_iter().find(|season| season.get("id") == Some(id));
    let named = || json::text(value, "/seasonName")?.rsplit(' ').next()?.parse().ok();
    known.and_then(|season| json::number(season, "/seasonNumber")).or_else(named)
}
