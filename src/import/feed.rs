//! Feeds of any blog: RSS, Atom and JSON Feed. Every entry is taken for a review, since feeds do not say which entries
//! are.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::body::Dialect;
use super::fields::mentions_spoilers;
use super::html::{self, Newline};
use super::imported::{ImportedReview, Work};
use super::rss::hide_the_unmarked;
use super::{Batch, MAX_REVIEWS, Options, json, text};

/// Whether a text begins like an XML feed.
pub(super) fn is_feed(text: &str) -> bool {
    let start = text.get(..text.floor_char_boundary(1000)).unwrap_or_default().trim_start();
    let begins = |sign: &str| start.starts_with(sign) || (start.starts_with("<?xml") && start.contains(sign));
    begins("<rss") || begins("<feed") || begins("<rdf:RDF")
}

/// Whether a JSON value is a feed.
pub(super) fn is_json_feed(sample: &Value) -> bool {
    sample
        .get("version")
        .and_then(Value::as_str)
        .is_some_and(|version| version.contains("jsonfeed.org/version/"))
}

/// What is used of an entry. It has no `Debug`: it may be hidden text.
#[derive(Default)]
struct Entry {
    id: String,
    title: String,
    link: String,
    author: String,
    day: String,
    tags: Vec<String>,
    /// The whole text, or the summary if there is nothing else.
    content: String,
    summary: String,
    is_plain: bool,
    has_flag: bool,
}

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let mut batch = Batch::default();
    let source = String::from_utf8_lossy(bytes);
    let entries = match is_feed(&source) {
        true => {
            let (entries, is_whole) = of_xml(&source);
            if !is_whole {
                batch.warn_of_file("the feed is not whole; what could be read of it was");
            }
            entries
        }
        false => of_json(&json::records(bytes, &mut batch)?),
    };
    if entries.len() > MAX_REVIEWS {
        return Err(format!("it holds more than {MAX_REVIEWS} reviews, more than anybody has written"));
    }
    for (entry, row) in entries.into_iter().zip(1..) {
        let day = entry.day.clone();
        batch.take(row, entry.review(), &day, options);
    }
    if options.curtain.is_none() {
        hide_the_unmarked(&mut batch);
    }
    Ok(batch)
}

impl Entry {
    fn review(self) -> ImportedReview {
        let content = if self.content.trim().is_empty() { self.summary } else { self.content };
        let (cover, content) = match warning(&content).filter(|_| !self.is_plain) {
            Some((label, rest)) => (Some(label), rest.to_owned()),
            None => (None, content),
        };
        let title = html_escape::decode_html_entities(self.title.trim()).into_owned();
        let work = text::quoted(&title).unwrap_or_else(|| reviewed(&title).to_owned());
        let day = self.day.get(..10).unwrap_or_default();
        ImportedReview {
            id: if self.id.is_empty() { self.link.clone() } else { self.id },
            title: (work != title).then_some(title),
            reviewer: Some(self.author).filter(|author| !author.is_empty()),
            link: Some(self.link),
            tags: self.tags,
            spoilers: self.has_flag,
            cover,
            work: Work {
                title: if work.is_empty() { format!("A post of {day}") } else { work },
                ..Work::default()
            },
            text: content,
            dialect: if self.is_plain { Dialect::Markdown } else { Dialect::Html(Newline::Break) },
            ..ImportedReview::default()
        }
    }
}

/// "Review: Emma" without the part that all titles of the blog begin with.
fn reviewed(title: &str) -> &str {
    const BEGINNINGS: [&str; 6] =
        ["review:", "book review:", "film review:", "movie review:", "game review:", "review of "];
    let is_it = |start: &&&str| title.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    BEGINNINGS.iter().find(is_it).map_or(title, |start| title[start.len()..].trim())
}

/// What Mastodon puts above a post with a warning: a paragraph that begins in bold, and a rule. Returns the warning,
/// and what follows it.
fn warning(content: &str) -> Option<(String, &str)> {
    let rest = content.trim_start().strip_prefix("<p><strong>")?;
    let (said, behind) = rest.split_once("</p>")?;
    let (name, label) = said.split_once("</strong>")?;
    let behind = behind.trim_start();
    let rule = html::tag(behind).filter(|tag| tag.name == "hr")?;
    let is_warning = name.trim_end().ends_with([':', '：']);
    let label = html::to_markdown(&html_escape::decode_html_entities(label), Newline::Break);
    is_warning.then(|| (label.trim().to_owned(), &behind[rule.length..]))
}

/// The entries of a feed, and whether it could be read to the end.
fn of_xml(xml: &str) -> (Vec<Entry>, bool) {
    let mut reader = Reader::from_str(xml);
    let (mut entries, mut entry, mut author) = (Vec::new(), None::<Entry>, String::new());
    let mut in_author = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => match tag.name().as_ref() {
                "item" | "entry" => entry = Some(Entry::default()),
                "author" => in_author = true,
                "rss" | "feed" | "rdf:RDF" | "channel" => {}
                name => {
                    let name = name.to_owned();
                    let attributes = attributes(&tag);
                    let Ok(inner) = reader.read_text(tag.name()) else { return (entries, false) };
                    let inner = inner.to_string();
                    match &mut entry {
                        Some(entry) => entry.field(&name, &attributes, &inner, in_author),
                        None if in_author && name == "name" => author = resolved(&inner),
                        None => {}
                    }
                }
            },
            Ok(Event::Empty(tag)) => {
                if let Some(entry) = &mut entry {
                    entry.field(tag.name().as_ref(), &attributes(&tag), "", in_author);
                }
            }
            Ok(Event::End(tag)) => match tag.name().as_ref() {
                "item" | "entry" => entries.extend(entry.take().map(|mut entry| {
                    if entry.author.is_empty() {
                        entry.author.clone_from(&author);
                    }
                    entry
                })),
                "author" => in_author = false,
                _ => {}
            },
            // The author of an RSS item is text without elements.
            Ok(Event::Text(text)) if in_author => {
                if let Some(entry) = entry.as_mut().filter(|entry| entry.author.is_empty()) {
                    entry.author = text.trim().to_owned();
                }
            }
            Ok(Event::Eof) => return (entries, entry.is_none()),
            Err(_) => return (entries, false),
            Ok(_) => {}
        }
    }
}

fn attributes(tag: &BytesStart<'_>) -> Vec<(String, String)> {
    let mut attributes = tag.attributes();
    let all = attributes.with_checks(false).flatten();
    all.map(|attribute| (attribute.key.as_ref().to_owned(), resolved(&attribute.value))).collect()
}

impl Entry {
    fn field(&mut self, name: &str, attributes: &[(String, String)], inner: &str, in_author: bool) {
        let attribute =
            |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, value)| &**value);
        let text = || resolved(inner).trim().to_owned();
        // Whatever a later version calls it.
        if mentions_spoilers(name) && super::fields::flag(name, inner) == Some(super::fields::Flag::Spoilers)
        {
            self.has_flag = true;
        }
        match name {
            "title" => self.title = text(),
            "name" if in_author => self.author = text(),
            "dc:creator" => self.author = text(),
            "guid" | "id" => self.id = text(),
            "link" => match attribute("href") {
                Some(href) if matches!(attribute("rel"), None | Some("alternate")) => {
                    self.link = href.to_owned()
                }
                Some(_) => {}
                None => self.link = text(),
            },
            "pubDate" | "published" | "dc:date" => self.day = text(),
            "updated" if self.day.is_empty() => self.day = text(),
            "category" => self.tags.push(attribute("term").map_or_else(text, str::to_owned)),
            "content:encoded" => self.content = resolved(inner),
            // XHTML in Atom is part of the feed's own markup.
            "content" | "summary" | "description" => {
                let is_xhtml = attribute("type") == Some("xhtml");
                let value = if is_xhtml { inner.to_owned() } else { resolved(inner) };
                match name {
                    "content" if attribute("src").is_none() => {
                        self.is_plain =
                            attribute("type").is_none_or(|kind| kind == "text") && !value.contains('<');
                        self.content = value;
                    }
                    "content" => {}
                    _ => self.summary = value,
                }
            }
            _ => {}
        }
    }
}

/// Decoded character data: without the surrounding marks, and with its references resolved once.
fn resolved(inner: &str) -> String {
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some((before, behind)) = rest.split_once("<![CDATA[") {
        out.push_str(&html_escape::decode_html_entities(before));
        let (data, after) = behind.split_once("]]>").unwrap_or((behind, ""));
        out.push_str(data);
        rest = after;
    }
    out + &html_escape::decode_html_entities(rest)
}

fn of_json(records: &[(usize, Value)]) -> Vec<Entry> {
    let items = |value: &Value| value.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let of_feed = |(_, feed): &(usize, Value)| {
        let author = json::first(feed, &["/authors/0/name", "/author/name"]);
        let entry = move |item: Value| {
            let content = json::text(&item, "/content_html");
            let own = json::first(&item, &["/authors/0/name", "/author/name"]);
            Entry {
                id: json::text(&item, "/id").unwrap_or_default(),
                title: json::text(&item, "/title").unwrap_or_default(),
                link: json::first(&item, &["/url", "/external_url"]).unwrap_or_default(),
                author: own.or_else(|| author.clone()).unwrap_or_default(),
                day: json::first(&item, &["/date_published", "/date_modified"]).unwrap_or_default(),
                tags: json::texts(&item, "/tags"),
                is_plain: content.is_none(),
                content: content.or_else(|| json::text(&item, "/content_text")).unwrap_or_default(),
                summary: json::text(&item, "/summary").unwrap_or_default(),
                has_flag: json::says_spoilers(&item),
            }
        };
        items(feed).into_iter().map(entry)
    };
    records.iter().flat_map(of_feed).collect()
}
