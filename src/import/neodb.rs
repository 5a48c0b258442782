//! The export of NeoDB, a ZIP: `journal.ndjson`, whose reviews name their works by address, and `catalog.ndjson`, which has
//! the titles. Both in one stream are read together too.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::letterboxd::is_zip;
use super::{Batch, MAX_BYTES, Options, activitypub, json};

pub(super) fn is_it(sample: &Value) -> bool {
    sample.get("neodb_version").is_some() || object(sample).get("withRegardTo").is_some()
}

/// Whether an archive is the export: the names of what is in it stand at its end.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    is_zip(bytes) && memchr::memmem::find(bytes, JOURNAL.as_bytes()).is_some()
}

const JOURNAL: &str = "journal.ndjson";

/// The catalogue and then the journal of an archive.
fn unpack(bytes: &[u8]) -> Result<Vec<u8>, &'static str> {
    const DAMAGED: &str = "the ZIP file is damaged";
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    let mut all = Vec::new();
    for name in ["catalog.ndjson", JOURNAL] {
        let Ok(file) = archive.by_name(name) else { continue };
        let room = (MAX_BYTES + 1).saturating_sub(all.len() as u64);
        file.take(room).read_to_end(&mut all).map_err(|_| DAMAGED)?;
        all.push(b'\n');
    }
    if all.len() as u64 > MAX_BYTES {
        Err("what is in the ZIP file is larger than any real export")
    } else {
        Ok(all)
    }
}

/// A review as it is, or inside of the record that exports have around it.
fn object(value: &Value) -> &Value {
    value.get("content").filter(|content| content.is_object()).unwrap_or(value)
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let unpacked = if is_zip(bytes) { unpack(bytes)? } else { Vec::new() };
    let records = json::records(if unpacked.is_empty() { bytes } else { &unpacked }, &mut batch)?;
    let (mut works, mut ratings) = (HashMap::new(), HashMap::new());
    for (_, value) in &records {
        let own = object(value);
        if let (Some(address), Some(points)) = (json::text(own, "/withRegardTo"), json::number(own, "/value"))
        {
            let best = json::number(own, "/best").filter(|best| *best > 0.0).unwrap_or(10.0);
            ratings.insert(address, (points, best));
        }
        let title = json::first(value, &["/display_title", "/title", "/localized_title/0/text"]);
        if let (Some(id), Some(title)) = (json::first(value, &["/id", "/url"]), title) {
            works.insert(id, (title, json::text(value, "/type")));
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
