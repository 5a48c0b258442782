//! The export of NeoDB: `journal.ndjson`, whose reviews name their works by address, and `catalog.ndjson`, which has the
//! titles. Both in one stream are read together.

use std::collections::HashMap;

use serde_json::Value;

use super::body::Dialect;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::{Batch, Options, activitypub, json};

pub(super) fn is_it(sample: &Value) -> bool {
    sample.get("neodb_version").is_some() || object(sample).get("withRegardTo").is_some()
}

/// A review as it is, or inside of the record that exports have around it.
fn object(value: &Value) -> &Value {
    value.get("content").filter(|content| content.is_object()).unwrap_or(value)
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let records = json::records(bytes, &mut batch)?;
    let mut works = HashMap::new();
    for (_, value) in &records {
        let title = json::first(value, &["/display_title", "/title", "/localized_title/0/text"]);
        if let (Some(id), Some(title)) = (json::first(value, &["/id", "/url"]), title) {
            works.insert(id, (title, json::text(value, "/type")));
        }
    }
    let mut nameless = 0;
    for (row, value) in &records {
        let object = object(value);
        let Some(address) = json::text(object, "/withRegardTo") else { continue };
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
        review.points(json::first(value, &["/rating", "/content/rating"]).and_then(|r| r.parse().ok()), 10.0);
        batch.take(*row, review, &json::text(object, "/published").unwrap_or_default(), options);
    }
    if nameless > 0 {
        batch.warn_of_file(format!(
            "the titles of the works of {nameless} reviews are in catalog.ndjson; import both files as one: \
             cat catalog.ndjson journal.ndjson | unspoiled import - …"
        ));
    }
    Ok(batch)
}
