//! A review as text: with front matter, or as it stood on a blog (a title, a date, perhaps a warning, paragraphs).

use super::dates::{Dates, is_day};
use super::draft::{Draft, Work};
use super::front::{self, Front};
use super::html::{self, Newline};
use super::{Batch, Options, Warning, is_warning_line, table};

pub(super) fn read(name: &str, bytes: &[u8], options: Options) -> Batch {
    let text = table::decode(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    let mut batch = Batch::default();
    let mut draft = match front::split(text.trim_start()) {
        Some(front) => with_front(&front, options, &mut batch),
        None => plain(&text, options, &mut batch),
    };
    draft.id = name.to_owned();
    batch.drafts.push(draft);
    batch
}

const WORKS: &[&str] = &["film", "movie", "book", "series", "show", "game", "album", "play"];

fn with_front(front: &Front<'_>, options: Options, batch: &mut Batch) -> Draft {
    let titled = |key: &str| front.first(&[key]).map(plain_text);
    let named = WORKS.iter().find_map(|kind| Some((*kind, titled(kind)?)));
    let work = titled("work").or_else(|| named.clone().map(|(_, title)| title));
    let title = titled("title");
    let is_book = front.first(&["isbn", "isbn13", "isbn_13"]).is_some();
    let kind = titled("kind").or_else(|| titled("type")).or_else(|| match named {
        Some(("movie", _)) => Some("film".to_owned()),
        Some(("show", _)) => Some("series".to_owned()),
        Some((kind, _)) => Some(kind.to_owned()),
        None => is_book.then(|| "book".to_owned()),
    });
    let by = ["author", "authors", "by", "creator", "director", "directors", "artist"];
    let mut draft = Draft {
        title: work.is_some().then(|| title.clone()).flatten(),
        reviewer: front.first(&["reviewer", "reviewed_by", "reviewed-by"]).map(plain_text),
        tags: front
            .all(&["tags", "tag", "categories", "keywords"])
            .into_iter()
            .flat_map(|tags| tags.split(','))
            .map(plain_text)
            .collect(),
        link: front.first(&["link", "url", "permalink"]).map(str::to_owned),
        work: Work {
            title: work.or(title).unwrap_or_else(|| "Untitled".to_owned()),
            kind,
            year: front.all(&["year", "released"]).into_iter().find_map(|year| year.parse().ok()),
            by: front.all(&by).into_iter().map(plain_text).collect(),
        },
        ..Draft::default()
    };
    if let Some(rating) = front.first(&["rating", "stars", "score"]) {
        rate(&mut draft, rating);
    }
    let days = ["date", "finished", "stop", "read", "watched", "published", "start"];
    // The first that is a day: `read: yes` is none.
    let day = front.all(&days).into_iter().find(|day| is_day(day));
    dated(&mut draft, day.unwrap_or_default(), options, batch);
    draft.text = front.text.to_owned();
    let flags = ["spoiler", "spoilers", "contains_spoilers", "contains-spoilers", "has_spoilers"];
    // Whatever is not a clear "no" is a spoiler.
    draft.spoilers = front
        .all(&flags)
        .into_iter()
        .any(|flag| !matches!(flag.to_lowercase().as_str(), "false" | "no" | "none" | "0" | "free" | "off"));
    draft
}

/// A blog's page: a title line, then lines that are a day, a rating or a warning, then the text.
fn plain(text: &str, options: Options, batch: &mut Batch) -> Draft {
    let mut draft = Draft::default();
    let mut lines = text.split_inclusive('\n').skip_while(|line| line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let title = plain_text(first.trim_start_matches(['#', ' ']));
    let quoted = quoted(&title);
    draft.title = quoted.is_some().then(|| title.clone());
    draft.work.title = quoted.unwrap_or(title);
    let mut rest = &text[text.find(first).unwrap_or_default() + first.len()..];
    let mut day = String::new();
    loop {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let said = line.trim().trim_matches(['*', '_', '#', ' ']);
        if line.is_empty() {
            break;
        } else if is_warning_line(said) {
            draft.spoilers = true;
        } else if is_day(said) && day.is_empty() {
            day = said.to_owned();
        } else if let Some(rating) = rating_line(said) {
            rate(&mut draft, rating);
        } else if !said.is_empty() {
            break;
        }
        rest = &rest[line.len()..];
    }
    dated(&mut draft, &day, options, batch);
    let is_loose = rest.trim().contains("\n\n");
    let is_long = rest.lines().any(|line| line.len() > 120);
    draft.text = if !is_loose && is_long { rest.replace('\n', "\n\n") } else { rest.to_owned() };
    draft
}

fn dated(draft: &mut Draft, day: &str, options: Options, batch: &mut Batch) {
    match Dates::settle(options.order, std::iter::once(day)).read(day) {
        Ok(day) => draft.date = day,
        Err(reason) => batch.warnings.push(Warning::of_file(reason)),
    }
}

fn rating_line(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    let named = ["rating:", "score:", "stars:"]
        .iter()
        .find_map(|name| lower.starts_with(name).then(|| line[name.len()..].trim()));
    let is_stars = !line.is_empty() && line.chars().all(|c| "★☆½ ".contains(c));
    named.or_else(|| is_stars.then_some(line))
}

/// `4`, `3.5/5`, `7 / 10`, `★★★½`.
fn rate(draft: &mut Draft, text: &str) {
    if text.contains('★') {
        let stars = text.chars().filter(|c| *c == '★').count();
        let half = if text.contains('½') { 0.5 } else { 0.0 };
        draft.rating = u8::try_from(stars).ok().map(|stars| f64::from(stars) + half);
        return;
    }
    let (points, scale) = match text.split_once('/') {
        Some((points, scale)) => (points, scale.trim().parse().ok()),
        None => (text, None),
    };
    draft.rating = points.trim().parse().ok();
    draft.scale = scale.filter(|scale| *scale != 5.0);
}

/// A value without the markup that people put in one: a link's text, a title's tags.
fn plain_text(value: &str) -> String {
    let value = html_escape::decode_html_entities(value.trim());
    let value = match value.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        Some((shown, _)) => shown.to_owned(),
        None => value.into_owned(),
    };
    let plain = html::to_markdown(&value, Newline::Break).replace('\\', "");
    plain.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// What is between quotes in a title: the work.
fn quoted(title: &str) -> Option<String> {
    for (open, close) in [('\u{201c}', '\u{201d}'), ('"', '"'), ('\u{ab}', '\u{bb}')] {
        if let Some((_, rest)) = title.split_once(open)
            && let Some((work, _)) = rest.split_once(close)
            && !work.trim().is_empty()
        {
            return Some(work.trim().trim_end_matches(',').to_owned());
        }
    }
    None
}
