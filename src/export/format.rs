//! The formats, and how each of them represents several reviews.

use super::dialect::{self, Dialect};
use super::{Exported, html, json, markdown, post, site};

/// What reviews are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Markdown with front matter
    Markdown,
    /// A self-contained HTML page; in a folder, a site with an index
    Html,
    /// One JSON object per line
    Json,
    /// Text for Goodreads
    Goodreads,
    /// Text for Letterboxd: what is open, and what needs its spoiler flag
    Letterboxd,
    /// A post for Reddit
    Reddit,
    /// A message for Discord
    Discord,
    /// A post for Lemmy
    Lemmy,
    /// Posts for Mastodon, with content warnings
    Mastodon,
    /// Text for BookWyrm: what is open, and what needs a content warning
    Bookwyrm,
    /// Text for NeoDB
    Neodb,
    /// BBCode for forums and Steam
    Bbcode,
    /// A note for Obsidian
    Obsidian,
    /// A page for Hugo, 0.140 or later
    Hugo,
}

impl Format {
    /// Writes reviews, one after another.
    #[must_use]
    pub fn written(self, reviews: &[Exported<'_>]) -> String {
        let each = |write: &dyn Fn(Exported<'_>) -> String, between: &str| {
            reviews.iter().map(|review| write(*review)).collect::<Vec<_>>().join(between)
        };
        match (self, self.dialect()) {
            (_, Some(dialect)) => each(&|review| post::write(dialect, review), "\n* * *\n\n"),
            (Format::Html, _) => html(reviews.iter().copied()),
            (Format::Json, _) => each(&|review| json(review) + "\n", ""),
            _ => each(&markdown, "\n"),
        }
    }

    /// The files of a folder of reviews, one for each, with their paths in it; as HTML, a site with an index.
    #[must_use]
    pub fn files(self, reviews: &[Exported<'_>]) -> Vec<(String, String)> {
        let file = |review: &Exported<'_>| {
            (format!("{}.{}", review.name, self.ending()), self.written(std::slice::from_ref(review)))
        };
        match self {
            Format::Html => site(reviews),
            _ => reviews.iter().map(file).collect(),
        }
    }

    /// The file extension.
    fn ending(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Json => "json",
            Format::Goodreads | Format::Letterboxd | Format::Mastodon | Format::Bbcode => "txt",
            _ => "md",
        }
    }

    fn dialect(self) -> Option<&'static Dialect> {
        Some(match self {
            Format::Markdown | Format::Html | Format::Json => return None,
            Format::Goodreads => &dialect::GOODREADS,
            Format::Letterboxd => &dialect::LETTERBOXD,
            Format::Reddit => &dialect::REDDIT,
            Format::Discord => &dialect::DISCORD,
            Format::Lemmy => &dialect::LEMMY,
            Format::Mastodon => &dialect::MASTODON,
            Format::Bookwyrm => &dialect::BOOKWYRM,
            Format::Neodb => &dialect::NEODB,
            Format::Bbcode => &dialect::BBCODE_FORUM,
            Format::Obsidian => &dialect::OBSIDIAN,
            Format::Hugo => &dialect::HUGO,
        })
    }
}
