//! Reviews among the records of an ATProto repository, as `com.atproto.repo.listRecords` delivers them: Popfeed, BookHive
//! and whatever else calls itself a review.

use serde_json::Value;

use super::imported::{ImportedReview, Work};
use super::{Batch, Options, json};

pub(super) fn is_it(sample: &Value) -> bool {
    let is_listed = sample.pointer("/records/0").is_some_and(is_record);
    is_listed || is_record(sample)
}

fn is_record(value: &Value) -> bool {
    let own = value.get("value").unwrap_or(value);
    own.get("$type").and_then(Value::as_str).is_some_and(|kind| kind.contains('.'))
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    for (row, record) in json::unpacked(json::records(bytes, &mut batch)?, "records") {
        let value = record.get("value").unwrap_or(&record);
        let number = |name: &str| json::number(value, &format!("/identifiers/{name}"));
        let episode = json::episode(number("seasonNumber"), number("episodeNumber"));
        let has_spoilers = json::says_spoilers(value);
        let released = json::text(value, "/releaseDate").unwrap_or_default();
        let by = json::first(value, &["/mainCredit", "/authors", "/author"]);
        let mut review = ImportedReview {
            id: json::text(&record, "/uri").unwrap_or_else(|| format!("record {row}")),
            tags: json::texts(value, "/tags"),
            spoilers: has_spoilers && episode.is_none(),
            seen: episode.clone(),
            gate: episode.filter(|_| has_spoilers),
            work: Work {
                title: episode_apart(json::first(value, &["/title", "/subject/title"]).unwrap_or_default()),
                kind: kind(value).map(str::to_owned),
                year: released.get(..4).and_then(|year| year.parse().ok()),
                by: by.into_iter().collect(),
            },
            text: json::first(value, &["/text", "/review", "/reviewText", "/body"]).unwrap_or_default(),
            ..ImportedReview::default()
        };
        let points = json::first(value, &["/rating", "/stars"]).and_then(|points| points.parse().ok());
        review.points(points, 10.0);
        let day = json::first(value, &["/createdAt", "/finishedAt"]).unwrap_or_default();
        batch.take(row, review, &day, options);
    }
    Ok(batch)
}

/// The title of the series, where an episode has one such as `Dark - S1E02 - Lies`: the rest of it is told by the number.
fn episode_apart(title: String) -> String {
    let is_episode = |part: &str| {
        let (season, episode) =
            part.strip_prefix('S').and_then(|part| part.split_once('E')).unwrap_or_default();
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        is_number(season) && is_number(episode)
    };
    let at = title.match_indices(" - ").map(|(at, _)| at);
    let series = at.filter(|at| title[at + 3..].split(" - ").next().is_some_and(is_episode)).min();
    series.map_or_else(|| title.clone(), |end| title[..end].to_owned())
}

fn kind(value: &Value) -> Option<&'static str> {
    let own = value.get("creativeWorkType").or_else(|| value.get("$type"))?.as_str()?;
    const KINDS: [(&str, &str); 7] = [
        ("movie", "film"),
        ("tv", "series"),
        ("game", "game"),
        ("book", "book"),
        ("album", "album"),
        ("music", "album"),
        ("podcast", "podcast"),
    ];
    KINDS.iter().find(|(sign, _)| own.contains(sign)).map(|(_, kind)| *kind)
}
