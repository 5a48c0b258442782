//! How far somebody has got, according to the shelves and lists of other programs. No reviews are read here.
//!
//! Only what the source is sure of is used: a shelf of finished books, a number of episodes watched, the position of an
//! e-reader.

use quick_xml::Reader;
use quick_xml::events::Event;

use super::encoding::decode;
use super::neodb;
use super::table::Table;
use crate::work::Point;

/// A work as the source names it, and somebody's progress in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// The title, as it stands there.
    pub title: String,
    /// Book or series, if the source is about only one of them.
    pub kind: Option<&'static str>,
    /// The point reached.
    pub point: Point,
}

/// Reads the positions of an export: Goodreads, StoryGraph, BookWyrm or NeoDB as a table, NeoDB as NDJSON or a ZIP, MyAnimeList
/// as XML, or the metadata file of a book in KOReader.
///
/// # Errors
/// If the file is none of them.
pub fn positions(bytes: &[u8]) -> Result<Vec<Position>, String> {
    let text = decode(bytes);
    if text.contains("<myanimelist>") {
        return Ok(my_anime_list(&text));
    }
    if text.contains("[\"percent_finished\"]") || text.contains("[\"doc_props\"]") {
        return Ok(ko_reader(&text).into_iter().collect());
    }
    if let Some(positions) = neodb::positions(bytes) {
        return Ok(positions);
    }
    table(bytes).ok_or_else(|| "this is no list that positions can be taken from".to_owned())
}

/// The columns of a table that say what somebody has finished: the title, the state, and the states that mean finished.
const TABLES: [(&str, &str, &[&str], Option<&str>); 4] = [
    ("title", "exclusive shelf", &["read"], Some("book")),
    ("title", "read status", &["read"], Some("book")),
    ("title", "shelf", &["read"], Some("book")),
    ("title", "status", &["complete"], None),
];

fn table(bytes: &[u8]) -> Option<Vec<Position>> {
    let table = Table::csv(bytes);
    let known = TABLES.iter().find(|(title, state, ..)| table.has(title) && table.has(state));
    let (title, state, finished, kind) = known?;
    let rows = table.rows().filter(|row| !row.is_ragged() && finished.contains(&&*row.get(state)));
    let position = |row: super::table::Row<'_>| Position {
        title: series_apart(&row.get(title)),
        kind: *kind,
        point: Point::Finished,
    };
    Some(rows.map(position).filter(|position| !position.title.is_empty()).collect())
}

/// A title without the series that Goodreads adds: `A Wizard of Earthsea (Earthsea Cycle, #1)`.
fn series_apart(title: &str) -> String {
    let series = title.rsplit_once(" (").filter(|(_, rest)| rest.ends_with(')') && rest.contains('#'));
    series.map_or(title, |(title, _)| title).trim().to_owned()
}

/// For each entry, how many episodes were watched or chapters read, or that it is completed.
fn my_anime_list(text: &str) -> Vec<Position> {
    let mut reader = Reader::from_str(text);
    let (mut positions, mut name) = (Vec::new(), String::new());
    let (mut title, mut episodes, mut chapters, mut status) = Default::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => name = start.name().as_ref().to_owned(),
            Ok(Event::Text(text)) => {
                add(&name, &text, (&mut title, &mut episodes, &mut chapters, &mut status))
            }
            Ok(Event::CData(text)) => {
                add(&name, &text, (&mut title, &mut episodes, &mut chapters, &mut status))
            }
            Ok(Event::End(end)) => {
                name.clear();
                if matches!(end.name().as_ref(), "anime" | "manga") {
                    let (title, status) = (std::mem::take(&mut title), std::mem::take(&mut status));
                    let episodes: String = std::mem::take(&mut episodes);
                    let chapters: String = std::mem::take(&mut chapters);
                    let count =
                        |text: &str, unit| Some(Point::number(text.parse().ok().filter(|n| *n > 0)?, unit));
                    let watched = || count(&episodes, "episode").or_else(|| count(&chapters, "chapter"));
                    let is_done = status == "Completed" || status == "2";
                    let point = if is_done { Some(Point::Finished) } else { watched() };
                    positions.extend(point.map(|point| Position { title, kind: None, point }));
                }
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    positions.retain(|position: &Position| !position.title.is_empty());
    positions
}

type Fields<'f> = (&'f mut String, &'f mut String, &'f mut String, &'f mut String);

fn add(name: &str, text: &str, (title, episodes, chapters, status): Fields<'_>) {
    match name {
        "series_title" | "manga_title" => title.push_str(text.trim()),
        "my_watched_episodes" => episodes.push_str(text.trim()),
        "my_read_chapters" => chapters.push_str(text.trim()),
        "my_status" => status.push_str(text.trim()),
        _ => {}
    }
}

/// What KOReader writes next to a book: `["percent_finished"] = 0.43` and `["title"] = "Middlemarch"`.
fn ko_reader(text: &str) -> Option<Position> {
    let value = |key: &str| {
        let (_, rest) = text.split_once(&format!("[\"{key}\"] = "))?;
        Some(rest.lines().next()?.trim().trim_end_matches(','))
    };
    let quoted =
        |key: &str| value(key)?.strip_prefix('"')?.strip_suffix('"').map(|text| text.replace("\\\"", "\""));
    let title = quoted("title").filter(|title| !title.is_empty())?;
    let fraction: f64 = value("percent_finished")?.parse().ok().filter(|part| (0.0..=1.0).contains(part))?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a fraction is from 0 to 1")]
    let percent = (fraction * 100.0).floor() as u32;
    let point = match quoted("status").as_deref() {
        Some("complete") => Point::Finished,
        _ if percent == 0 => return None,
        _ => Point::number(percent, "percent"),
    };
    Some(Position { title, kind: Some("book"), point })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_sure_is_taken() {
        let mal = "<?xml version=\"1.0\"?><myanimelist><anime><series_title><![CDATA[Mushishi]]></series_title>\
                   <my_watched_episodes>12</my_watched_episodes><my_status>Watching</my_status></anime>\
                   <anime><series_title>Kaiba</series_title><my_watched_episodes>12</my_watched_episodes>\
                   <my_status>Completed</my_status></anime><anime><series_title>Later</series_title>\
                   <my_watched_episodes>0</my_watched_episodes><my_status>Plan to Watch</my_status></anime></myanimelist>";
        let lua = "return {\n    [\"doc_props\"] = {\n        [\"title\"] = \"Middlemarch\",\n    },\n    \
                   [\"percent_finished\"] = 0.4399,\n}\n";
        for (source, expected) in [
            (
                "Book Id,Title,Author,My Rating,Exclusive Shelf\n1,\"The Tombs of Atuan (Earthsea Cycle, #2)\",U,5,read\n\
                 2,Dracula,B,0,currently-reading\n3,Emma,J,0,to-read\n",
                &["The Tombs of Atuan: finished"][..],
            ),
            ("Title,Authors,Read Status\nDracula,B,read\nEmma,J,did-not-finish\n", &["Dracula: finished"]),
            (
                "title,author_text,shelf,shelf_name\nDracula,B,read,Read\nEmma,J,reading,Reading\n",
                &["Dracula: finished"],
            ),
            (
                "title,info,links,timestamp,status\nDark,,,x,complete\nWire,,,x,progress\n",
                &["Dark: finished"],
            ),
            (mal, &["Mushishi: episode 12", "Kaiba: finished"]),
            (lua, &["Middlemarch: 43%"]),
        ] {
            let found = positions(source.as_bytes()).expect("it is known");
            let said: Vec<_> = found.iter().map(|p| format!("{}: {}", p.title, p.point)).collect();
            assert_eq!(said, expected);
        }
        let neodb = r#"{"id":"/1","type":"Edition","display_title":"Emma"}
            {"id":"/2","type":"TVShow","display_title":"Dark"}
            {"type":"ShelfMember","content":{"type":"Status","status":"complete","withRegardTo":"/1"}}
            {"type":"ShelfMember","content":{"type":"Status","status":"progress","withRegardTo":"/2"}}
            {"type":"Note","content":{"type":"Note","progress":{"type":"episode","value":"12"},"withRegardTo":"/2"}}
            {"type":"Note","content":{"type":"Note","progress":{"type":"timestamp","value":"12"},"withRegardTo":"/2"}}"#;
        let found = positions(neodb.as_bytes()).expect("it is known");
        let said: Vec<_> = found.iter().map(|p| format!("{} {:?} {}", p.title, p.kind, p.point)).collect();
        assert_eq!(said, ["Emma Some(\"book\") finished", "Dark Some(\"series\") episode 12"]);
        assert!(positions(b"Dear diary").is_err(), "prose says nothing of positions");
        assert!(positions(b"title,rating\nDark,5\n").is_err(), "nor does a table without states");
    }
}
