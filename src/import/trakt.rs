//! The `comments-….json` of Trakt's export: a flag for each comment, and marks inside of it.

use serde_json::Value;

use super::imported::{ImportedReview, Work};
use super::{Batch, Options, archive, json};

pub(super) fn is_it(sample: &Value) -> bool {
    sample.pointer("/comment/comment").is_some_and(Value::is_string)
        && ["movie", "show", "season", "episode", "list"].iter().any(|key| sample.get(key).is_some())
}

/// Reads the comments, or all of them in the archive of a whole export.
pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    if !archive::is_zip(bytes) {
        return read_comments(bytes, options);
    }
    let mut names = archive::names(bytes)?;
    names.retain(|name| archive::is_comments(name));
    let mut batch = Batch::default();
    for (name, comments) in names.iter().zip(archive::read(bytes, &names)?) {
        match read_comments(&comments, options) {
            Ok(read) => batch.add(read, name),
            Err(reason) => batch.add_warning(format!("{name}: {reason}")),
        }
    }
    Ok(batch)
}

fn read_comments(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    for (row, value) in json::records(bytes, &mut batch)? {
        let is_film = value.get("movie").is_some();
        let season = json::first(&value, &["/episode/season", "/season/number"]);
        let episode =
            json::episode(json::number(&value, "/episode/season"), json::number(&value, "/episode/number"));
        let has_spoilers = json::says_spoilers(&value);
        let mut review = ImportedReview {
            id: json::text(&value, "/comment/id").unwrap_or_default(),
            title: episode.clone().or_else(|| season.map(|season| format!("Season {season}"))),
            reviewer: json::first(&value, &["/comment/user/name", "/comment/user/username"]),
            // Whoever has seen the episode knows what is told of it.
            spoilers: has_spoilers && episode.is_none(),
            seen: episode.clone(),
            gate: episode.filter(|_| has_spoilers),
            work: Work {
                title: json::first(&value, &["/movie/title", "/show/title", "/list/name"])
                    .unwrap_or_default(),
                kind: Some(if is_film { "film" } else { "series" }.to_owned()),
                year: json::number(&value, if is_film { "/movie/year" } else { "/show/year" })
                    .map(|y| y as i16),
                by: Vec::new(),
            },
            text: json::text(&value, "/comment/comment").unwrap_or_default(),
            ..ImportedReview::default()
        };
        review.points(
            json::first(&value, &["/comment/user_stats/rating", "/comment/user_rating"])
                .and_then(|r| r.parse().ok()),
            10.0,
        );
        let day = json::text(&value, "/comment/created_at").unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}
