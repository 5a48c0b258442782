//! A review as text: with front matter, or as on a blog (a title, a date, perhaps a warning, paragraphs).

use std::borrow::Cow;

use super::dates::{Dates, is_day};
use super::exported::{self, Parts};
use super::fields::{holds_mark, is_words, mentions_spoilers, says_spoilers};
use super::front::{self, Front};
use super::html::{self, Newline};
use super::imported::{ImportedReview, Work};
use super::rating::{self, Rating};
use super::{Batch, MAX_REVIEWS, Options, encoding, wiki};

/// Parses a text. `name` is what it is found again by: a path, whose last part replaces a missing title.
pub(super) fn read(name: &str, bytes: &[u8], options: Options) -> Result<Batch, String> {
    let decoded = encoding::decode(bytes);
    let text = match decoded.contains('\r') {
        true => decoded.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => decoded,
    };
    let mut batch = Batch::default();
    let (mut rest, mut above): (&str, usize) = (&text, 0);
    while !rest.trim_start().is_empty() {
        if batch.reviews.len() == MAX_REVIEWS {
            return Err(format!("it holds more than {MAX_REVIEWS} reviews, more than anybody has written"));
        }
        let (mut review, behind) = one(rest, name, options, &mut batch);
        review.lines_above += above;
        name.clone_into(&mut review.id);
        batch.push(None, review);
        above += rest[..rest.len() - behind.len()].matches('\n').count();
        rest = behind;
    }
    let has_text = |review: &ImportedReview| review.passages.is_some() || !review.text.trim().is_empty();
    match batch.reviews.iter().any(has_text) {
        true => Ok(batch),
        false => Err("the file holds no text of a review".to_owned()),
    }
}

/// The first review of a text, and what comes after it: nothing, except in an export from this program.
fn one<'t>(text: &'t str, name: &str, options: Options, batch: &mut Batch) -> (ImportedReview, &'t str) {
    let start = text.trim_start();
    let Some(front) = front::split(start) else {
        let mut review = plain(text, name, options, batch);
        unlink(&mut review);
        return (review, "");
    };
    let mut review = with_front(&front, name, options, batch);
    review.lines_above = text[..text.len() - front.text.len()].matches('\n').count();
    match exported::read(&front) {
        Parts::Known { passages, is_whole, behind } => {
            review.spoilers = is_whole || front.first(&["spoilers"]).is_some();
            review.passages = Some(passages);
            return (review, behind);
        }
        Parts::Changed(hidden) => hide_if_less(&mut review, hidden, batch),
        Parts::Unknown => {}
    }
    unlink(&mut review);
    (review, "")
}

fn unlink(review: &mut ImportedReview) {
    if let Cow::Owned(text) = wiki::without_links(&review.text) {
        review.text = text;
    }
}

/// A text that has changed since it was exported is read like any other. If that would hide less than before, or
/// another review follows, nobody can tell what belongs where.
fn hide_if_less(review: &mut ImportedReview, hidden: usize, batch: &mut Batch) {
    let curtains = review.to_toml().ok().flatten().map_or(0, |made| made.curtains);
    let key = format!("{}:", exported::KEY);
    let is_followed = review.text.lines().any(|line| line.trim_end() == key);
    if !review.spoilers && (curtains < hidden || is_followed) {
        review.spoilers = true;
        batch.warn_of_file(
            "it was exported by this program and changed since, and where its spoilers end cannot be told; all of it is hidden",
        );
    }
}

const WORKS: &[&str] = &["film", "movie", "book", "series", "show", "game", "album", "play"];

fn with_front(front: &Front<'_>, name: &str, options: Options, batch: &mut Batch) -> ImportedReview {
    let titled = |key: &str| front.first(&[key]).map(plain_text);
    // `film: Emma`, or a title below it.
    let named = WORKS.iter().find_map(|kind| {
        let below = || front.below(kind, &["title", "name"]).map(plain_text);
        Some((*kind, titled(kind).or_else(below)?))
    });
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
    let mut review = ImportedReview {
        title: work.is_some().then(|| title.clone()).flatten(),
        reviewer: front.first(&["reviewer", "reviewed_by"]).map(plain_text),
        tags: front
            .all(&["tags", "tag", "categories", "keywords"])
            .into_iter()
            .flat_map(|tags| tags.split(','))
            .map(plain_text)
            .collect(),
        link: front.first(&["link", "url", "permalink"]).map(str::to_owned),
        work: Work {
            title: work.or(title).unwrap_or_else(|| stem(name)),
            kind,
            year: front.all(&["year", "released"]).into_iter().find_map(|year| year.parse().ok()),
            by: front.all(&by).into_iter().map(plain_text).collect(),
        },
        text: front.text.to_owned(),
        spoilers: front.has_spoilers(),
        ..ImportedReview::default()
    };
    let scale = front.first(&["rating_scale", "scale", "max_rating", "best_rating", "out_of"]);
    if let Some(rating) = front.first(&["rating", "stars", "score", "grade"]) {
        let full =
            scale.map(|scale| Cow::Owned(format!("{rating}/{scale}"))).filter(|_| !rating.contains('/'));
        rate(&mut review, &full.unwrap_or(Cow::Borrowed(rating)), batch);
    }
    let days = ["date", "finished", "stop", "read", "watched", "published", "start"];
    // The first value that is a day: `read: yes` is not.
    let day = front.all(&days).into_iter().find(|day| is_day(day)).or_else(|| front.first(&["date"]));
    dated(&mut review, day.unwrap_or_default(), options, batch);
    if front.is_broken {
        let hidden = if review.spoilers { " and mentions spoilers, so all of it is hidden" } else { "" };
        batch.warn_of_file(format!("its front matter cannot be read as such{hidden}"));
    }
    review
}

/// A page of a blog: a title line, then lines with a day, a rating or a warning, then the text.
fn plain(text: &str, name: &str, options: Options, batch: &mut Batch) -> ImportedReview {
    let mut review = ImportedReview::default();
    review.work.title = stem(name);
    let mut rest = skip_blank(text);
    let first = rest.split_inclusive('\n').next().unwrap_or_default();
    let has_more = !rest[first.len()..].trim().is_empty();
    if has_more && is_title(first) {
        let title = plain_text(first.trim_start_matches(['#', ' ']).trim_end_matches(['#', ' ', '\n']));
        let quoted = quoted(&title);
        review.title = quoted.is_some().then(|| title.clone());
        review.work.title = quoted.unwrap_or(title);
        rest = &rest[first.len()..];
        // The rule under a title marks it as one, and is not part of the text.
        let under = rest.split_inclusive('\n').next().unwrap_or_default();
        if is_rule(under) {
            rest = &rest[under.len()..];
        }
    } else if is_short(first)
        && !first.trim_start().starts_with('#')
        && !holds_mark(first)
        && says_spoilers(first)
    {
        // A title that says so itself; if it is a mark, the grammar of marks knows how far it reaches.
        review.spoilers = true;
    }
    let (mut day, mut warnings) = (String::new(), String::new());
    for _ in 0..MOST_LINES_ABOVE {
        let line = rest.split_inclusive('\n').next().unwrap_or_default();
        let said = line.trim().trim_matches(['*', '_', '#', ' ']);
        if line.is_empty() {
            break;
        } else if is_day(said) && day.is_empty() {
            day = said.to_owned();
        } else if let Some(rating) = rating_line(said) {
            rate(&mut review, rating, batch);
        } else if is_warning(line) {
            // What it warns of is left to the search for marks.
            warnings.extend([line, "\n"]);
        } else if !said.is_empty() {
            break;
        }
        rest = &rest[line.len()..];
    }
    dated(&mut review, &day, options, batch);
    let is_loose = rest.trim().contains("\n\n");
    let is_long = rest.lines().any(|line| line.len() > 120);
    let spread = !is_loose && is_long;
    let above = text[..text.len() - rest.len()].matches('\n').count();
    review.lines_above = above.saturating_sub(warnings.matches('\n').count());
    review.lines_each = if spread { 2 } else { 1 };
    let rest = if spread { rest.replace('\n', "\n\n") } else { rest.to_owned() };
    review.text = warnings + &rest;
    review
}

/// The maximum number of lines between a title and a text that may describe the review.
const MOST_LINES_ABOVE: usize = 40;

/// A text without leading blank lines and rules.
fn skip_blank(text: &str) -> &str {
    let is_skipped = |line: &&str| line.trim().is_empty() || is_rule(line);
    let length = text.split_inclusive('\n').take_while(is_skipped).map(str::len).sum();
    &text[length..]
}

/// A line of `---` or `===`.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 3 && (line.chars().all(|c| c == '-') || line.chars().all(|c| c == '='))
}

/// The maximum length of a title, in characters: longer lines are paragraphs.
const LONGEST_TITLE: usize = 150;

fn is_short(line: &str) -> bool {
    line.chars().count() <= LONGEST_TITLE
}

/// Whether a first line is a title. If it mentions spoilers, it is text, so that what it hides is hidden.
fn is_title(line: &str) -> bool {
    let line = line.trim();
    let is_block = line.starts_with(['>', '|', '`', '~'])
        || ["- ", "* ", "+ "].iter().any(|sign| line.starts_with(sign));
    is_short(line) && !is_block && !mentions_spoilers(line) && !holds_mark(line)
}

/// A short line that mentions spoilers, and does not begin a section or a block.
fn is_warning(line: &str) -> bool {
    let line = line.trim();
    is_short(line)
        && !line.starts_with(['#', '>', '<', '[', ':', '{', '|', '~', '!', '?', '-', '+', '('])
        && says_spoilers(line)
        && !line.trim_end_matches(['*', '_', ' ']).ends_with(':')
}

/// The name of a file without its folder and extension, unless it contains a mark. The text of a bundle is named after
/// its folder.
pub(super) fn stem(name: &str) -> String {
    let mut parts = name.rsplit('/');
    let file = parts.next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let stem = if stem == "index" { parts.next().unwrap_or(stem) } else { stem };
    let stem = stem.replace(['_', '-'], " ");
    let is_nameless = stem.trim().is_empty() || stem.starts_with('.');
    if (!is_words(&stem) && holds_mark(&stem)) || is_nameless {
        "Untitled".to_owned()
    } else {
        stem.trim().to_owned()
    }
}

fn dated(review: &mut ImportedReview, day: &str, options: Options, batch: &mut Batch) {
    match Dates::settle(options.order, std::iter::once(day)).read(day) {
        Ok(day) => review.date = day,
        Err(reason) => batch.warn_of_file(reason),
    }
}

fn rating_line(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    let named = ["rating:", "score:", "stars:", "grade:"]
        .iter()
        .find_map(|name| lower.starts_with(name).then(|| line.get(name.len()..)).flatten());
    let is_stars = !line.is_empty() && line.chars().all(|c| "★☆⭐½\u{fe0f} ".contains(c));
    named.map(|rating| rating.trim_matches(['*', '_', ' '])).or_else(|| is_stars.then_some(line))
}

fn rate(review: &mut ImportedReview, text: &str, batch: &mut Batch) {
    let Some(rating) = rating::read(text) else { return };
    let scale = rating::settle(std::iter::once(&rating));
    if matches!(rating, Rating::Points { scale: None, .. }) && scale != rating::FIVE {
        batch.warn_of_file(format!("its rating has no scale; it is taken to be out of {scale}"));
    }
    if let Err(reason) = review.rate(rating, scale) {
        batch.warn_of_file(reason);
    }
}

/// A value without common markup: the text of a link, a title without tags.
fn plain_text(value: &str) -> String {
    let value = html_escape::decode_html_entities(value.trim());
    // Left unchanged, so that it is left out: a mark without its tags would be text.
    if holds_mark(&value) {
        return value.into_owned();
    }
    let value = wiki::without_links(&value);
    let value = match value.strip_prefix('[').and_then(|rest| rest.split_once("](")) {
        Some((shown, _)) => shown.to_owned(),
        None => value.into_owned(),
    };
    let plain = html::to_markdown(&value, Newline::Break).replace('\\', "");
    plain.trim().trim_matches(['*', '_']).trim().to_owned()
}

/// The text between quotes in a title: the work.
pub(super) fn quoted(title: &str) -> Option<String> {
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
