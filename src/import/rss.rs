//! The RSS feed of a Letterboxd member, the one place where the site says which reviews are spoilers.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::body::Dialect;
use super::dates::Dates;
use super::draft::{Draft, Work};
use super::html::Newline;
use super::{Batch, Options};

/// How a flagged item's title ends.
const FLAG: &str = "(contains spoilers)";

/// Whether a file begins as a feed does.
pub(super) fn is_rss(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1000)]).into_owned();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    start.starts_with("<rss") || (start.starts_with("<?xml") && start.contains("<rss"))
}

/// What is taken of an item. It has no `Debug`: it may be hidden text.
#[derive(Default)]
struct Item {
    title: String,
    link: String,
    guid: String,
    film: String,
    year: String,
    rating: String,
    watched: String,
    published: String,
    description: String,
    creator: String,
}

impl Item {
    fn field(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "title" => &mut self.title,
            "link" => &mut self.link,
            "guid" => &mut self.guid,
            "letterboxd:filmTitle" => &mut self.film,
            "letterboxd:filmYear" => &mut self.year,
            "letterboxd:memberRating" => &mut self.rating,
            "letterboxd:watchedDate" => &mut self.watched,
            "pubDate" => &mut self.published,
            "description" => &mut self.description,
            "dc:creator" => &mut self.creator,
            _ => return None,
        })
    }
}

pub(super) fn read(bytes: &[u8], options: Options) -> Batch {
    let mut batch = Batch::default();
    let (items, is_whole) = items(&String::from_utf8_lossy(bytes));
    if !is_whole {
        batch.warnings.push(super::Warning::of_file("the feed is not whole; what could be read of it was"));
    }
    for (item, row) in items.into_iter().zip(1..) {
        // A feed holds lists too, and entries that say no more than that a film was watched.
        let text = without_poster(&item.description);
        if item.film.is_empty() || text.trim().is_empty() || text.trim_start().starts_with("<p>Watched on ") {
            batch.without_text += 1;
            continue;
        }
        let mut draft = Draft {
            id: if item.guid.is_empty() { item.link.clone() } else { item.guid },
            reviewer: Some(item.creator),
            rating: item.rating.parse().ok().filter(|points| *points > 0.0),
            link: Some(item.link),
            work: Work {
                title: item.film,
                kind: Some("film".to_owned()),
                year: item.year.parse().ok(),
                by: Vec::new(),
            },
            text: text.to_owned(),
            dialect: Dialect::Html(Newline::Break),
            spoilers: item.title.trim_end().to_lowercase().ends_with(FLAG),
            ..Draft::default()
        };
        let day = if item.watched.is_empty() { &item.published } else { &item.watched };
        match Dates::settle(options.order, std::iter::empty()).read(day) {
            Ok(day) => draft.date = day,
            Err(reason) => batch.warn(row, reason),
        }
        batch.drafts.push(draft);
    }
    batch
}

/// The items of a feed, and whether it could be read to its end.
fn items(xml: &str) -> (Vec<Item>, bool) {
    let mut reader = Reader::from_str(xml);
    let (mut items, mut item, mut name) = (Vec::new(), None::<Item>, String::new());
    loop {
        let event = reader.read_event();
        let text = match &event {
            Ok(Event::Start(tag)) if tag.name().as_ref() == "item" => {
                item = Some(Item::default());
                continue;
            }
            Ok(Event::End(tag)) if tag.name().as_ref() == "item" => {
                items.extend(item.take());
                continue;
            }
            Ok(Event::Start(tag)) => {
                name = tag.name().as_ref().to_owned();
                continue;
            }
            Ok(Event::End(_)) => {
                name.clear();
                continue;
            }
            Ok(Event::Text(text)) => text.to_string(),
            Ok(Event::CData(text)) => text.to_string(),
            Ok(Event::GeneralRef(name)) => {
                let reference = format!("&{};", &**name);
                html_escape::decode_html_entities(&reference).into_owned()
            }
            Ok(Event::Eof) => return (items, item.is_none()),
            Err(_) => return (items, false),
            Ok(_) => continue,
        };
        if let Some(field) = item.as_mut().and_then(|item| item.field(&name)) {
            field.push_str(&text);
        }
    }
}

/// The text of an item without the picture of the film that it begins with.
fn without_poster(html: &str) -> &str {
    let html = html.trim_start();
    match html.find("</p>") {
        Some(end) if html[..end].contains("<img ") => &html[end + 4..],
        _ => html,
    }
}
