//! The export of NeoDB, a ZIP: `journal.ndjson`, whose reviews name their works by address, and `catalog.ndjson`, which has
//! the titles. Both in one stream are read together too.

use std::collections::HashMap;

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::positions::Position;
use super::{Batch, Options, activitypub, archive, json};
use crate::work::Point;

pub(super) fn is_it(sample: &Value) -> bool {
    sample.get("neodb_version").is_some() || object(sample).get("withRegardTo").is_some()
}

/// The catalogue and then the journal of an archive.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    let names = archive::names(bytes)?;
    let wanted = ["catalog.ndjson", "journal.ndjson"];
    let is_it = |wanted: &str| names.iter().find(|name| name.rsplit('/').next() == Some(wanted));
    let files: Vec<_> = wanted.into_iter().filter_map(is_it).collect();
    Ok(archive::read(bytes, &files)?.join(&b'\n'))
}

/// A review as it is, or inside of the record that exports have around it.
fn object(value: &Value) -> &Value {
    value.get("content").filter(|content| content.is_object()).unwrap_or(value)
}

fn records(bytes: &[u8], batch: &mut Batch) -> Result<Vec<(usize, Value)>, String> {
    let unpacked = if archive::is_zip(bytes) { unpack(bytes)? } else { Vec::new() };
    json::records(if unpacked.is_empty() { bytes } else { &unpacked }, batch)
}

/// The titles and the types of works, by what the journal calls them.
fn works(records: &[(usize, Value)]) -> HashMap<String, (String, Option<String>)> {
    let work = |(_, value): &(usize, Value)| {
        let title = json::first(value, &["/display_title", "/title", "/localized_title/0/text"])?;
        Some((json::first(value, &["/id", "/url"])?, (title, json::text(value, "/type"))))
    };
    records.iter().filter_map(work).collect()
}

/// What somebody has finished, and how far they were when they wrote a note; nothing where this is not the export.
pub(super) fn positions(bytes: &[u8]) -> Option<Vec<Position>> {
    if !archive::is_zip(bytes) && !bytes.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let records = records(bytes, &mut Batch::default()).ok()?;
    let works = works(&records);
    records.iter().any(|(_, value)| object(value).get("withRegardTo").is_some()).then_some(())?;
    let position = |(_, value): &(usize, Value)| {
        let object = object(value);
        let (title, kind) = works.get(&json::text(object, "/withRegardTo")?)?;
        let is_finished = json::text(object, "/status").is_some_and(|status| status == "complete");
        let point = if is_finished { Point::Finished } else { note(object)? };
        Some(Position { title: title.clone(), kind: activitypub::kind(kind.as_deref()?), point })
    };
    Some(records.iter().filter_map(position).collect())
}

/// The progress of a note.
fn note(object: &Value) -> Option<Point> {
    let unit = match json::text(object, "/progress/type")?.as_str() {
        "percentage" => "percent".to_owned(),
        unit @ ("page" | "chapter" | "episode") => unit.to_owned(),
        _ => return None,
    };
    let number = json::text(object, "/progress/value")?.parse().ok().filter(|number| *number > 0)?;
    Some(Point::number(number, &unit))
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let records = records(bytes, &mut batch)?;
    let (works, mut ratings) = (works(&records), HashMap::new());
    for (_, value) in &records {
        let own = object(value);
        if let (Some(address), Some(points)) = (json::text(own, "/withRegardTo"), json::number(own, "/value"))
        {
            let best = json::number(own, "/best").filter(|best| *best > 0.0).unwrap_or(10.0);
            ratings.insert(address, (points, best));
        }
    }
    let mut nameless = 0;
    for (row, value) in &records {
        let object = object(value);
        let is_review =
            ["Review", "Comment"].iter().any(|kind| object.get("type").is_some_and(|found| found == kind));
        let Some(address) = json::text(object, "/withRegardTo").filter(|_| is_review) else { continue };
        let Some(text) = json::text(object, "/content") else {
            batch.without_text += 1;
            continue;
        };
        let known = works.get(&address);
        nameless += usize::from(known.is_none());
        let name = json::text(object, "/name");
        let is_html = json::text(object, "/mediaType").is_some_and(|kind| kind == "text/html");
        let mut review = ImportedReview {
            id: json::text(object, "/id").unwrap_or_else(|| address.clone()),
            title: name.clone().filter(|_| known.is_some()),
            reviewer: json::text(object, "/attributedTo").as_deref().map(activitypub::name),
            tags: json::texts(value, "/tags"),
            link: json::text(object, "/href"),
            spoilers: json::says_spoilers(value)
                || value.pointer("/metadata/sensitive") == Some(&Value::Bool(true)),
            work: Work {
                title: known
                    .map(|(title, _)| title.clone())
                    .or(name)
                    .unwrap_or_else(|| "Untitled".to_owned()),
                kind: known.and_then(|(_, kind)| activitypub::kind(kind.as_deref()?)).map(str::to_owned),
                ..Work::default()
            },
            text,
            dialect: if is_html { Dialect::Html(Newline::Break) } else { Dialect::Markdown },
            ..ImportedReview::default()
        };
        if let Some((points, best)) = ratings.get(&address) {
            review.points(Some(*points), *best);
        }
        batch.take(*row, review, &json::text(object, "/published").unwrap_or_default(), options);
    }
    if nameless > 0 {
        batch.warn_of_file(format!(
            "the titles of the works of {nameless} reviews are in catalog.ndjson; import the whole ZIP"
        ));
    }
    Ok(batch)
}
