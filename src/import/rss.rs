//! The RSS feed of a Letterboxd member, the one place where the site says which reviews are spoilers.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::body::Dialect;
use super::dates::Dates;
use super::html::Newline;
use super::imported::{ImportedReview, Work};
use super::rating;
use super::{Batch, Options};

/// How a flagged item's title ends.
const FLAG: &str = "(contains spoilers)";

/// Whether a feed has what only that of Letterboxd has.
pub(super) fn is_letterboxd(text: &str) -> bool {
    text.contains("letterboxd:") || text.contains("xmlns:letterboxd") || text.contains("://letterboxd.com")
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

pub(super) fn read(bytes: &[u8], options: Options) -> Result<Batch, String> {
    let text = String::from_utf8_lossy(bytes);
    if !is_letterboxd(&text) {
        return Err("it is no feed of Letterboxd, and no other is read".to_owned());
    }
    let mut batch = Batch::default();
    let (items, is_whole) = items(&text);
    if !is_whole {
        batch.warn_of_file("the feed is not whole; what could be read of it was");
    }
    for (item, row) in items.into_iter().zip(1..) {
        // A feed holds lists too, and entries that say no more than that a film was watched.
        let text = without_poster(&item.description);
        if item.film.is_empty() || text.trim().is_empty() || text.trim_start().starts_with("<p>Watched on ") {
            batch.without_text += 1;
            continue;
        }
        let text = text.to_owned();
        let mut review = item.review(text);
        let day = if item.watched.is_empty() { &item.published } else { &item.watched };
        match Dates::settle(options.order, std::iter::empty()).read(day) {
            Ok(day) => review.date = day,
            Err(reason) => batch.warn(row, reason),
        }
        if let Some(rating) = rating::read(&item.rating)
            && let Err(reason) = review.rate(rating, rating::FIVE)
        {
            batch.warn(row, reason);
        }
        batch.push(Some(row), review);
    }
    if options.curtain.is_none() {
        hide_the_unmarked(&mut batch);
    }
    Ok(batch)
}

/// A feed is mostly somebody else's. Where nothing in it is marked, nobody can know whether its writer marks spoilers at all.
pub(super) fn hide_the_unmarked(batch: &mut Batch) {
    let is_marked = |review: &ImportedReview| {
        review.spoilers || review.to_toml().ok().flatten().is_some_and(|made| made.curtains > 0)
    };
    if !batch.reviews.is_empty() && !batch.reviews.iter().any(is_marked) {
        batch.reviews.iter_mut().for_each(|review| review.spoilers = true);
        batch.warn_of_file(
            "nothing in this feed is marked as a spoiler, so each of its reviews is hidden as a whole; \
             --curtain none leaves them open",
        );
    }
}

impl Item {
    fn review(&self, text: String) -> ImportedReview {
        ImportedReview {
            id: if self.guid.is_empty() { self.link.clone() } else { self.guid.clone() },
            reviewer: Some(self.creator.clone()),
            link: Some(self.link.clone()),
            work: Work {
                title: self.film.clone(),
                kind: Some("film".to_owned()),
                year: self.year.parse().ok(),
                by: Vec::new(),
            },
            text,
            dialect: Dialect::Html(Newline::Break),
            spoilers: self.title.trim_end().to_lowercase().ends_with(FLAG),
            ..ImportedReview::default()
        }
    }
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
