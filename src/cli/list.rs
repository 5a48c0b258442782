//! `unspoiled list`: prints one line per review.

use std::borrow::Cow;
use std::iter::repeat_n;

use super::configuration::Configuration;
use super::reviews::{self, Names};
use super::{Failure, Outcome, print};
use crate::export::{self, Exported};
use crate::find::Order;
use crate::library::{Entry, Source};
use crate::parallel;
use crate::typeset::{fit, in_ascii};

#[derive(Debug, Default, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) query: reviews::QueryArgs,
    /// Sort by date, rating, title, year, reviewer or read; -KEY reverses the order
    #[arg(long, value_name = "KEY", default_value = "date", allow_hyphen_values = true)]
    sort: Order,
    /// Print one JSON object per line (its schema is in docs/json.md)
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Print these fields of each review: {id} {title} {work} {kind} {year} {by} {reviewer} {date} {rating} {stars}
    /// {tags} {link}
    #[arg(long, value_name = "TEXT")]
    format: Option<String>,
    #[command(flatten)]
    as_of: reviews::AsOfArgs,
}

pub(super) fn run(args: &Args, all: &super::Args, sources: &[Source]) -> Outcome {
    let parts = args.format.as_deref().map(parts).transpose().map_err(Failure::Usage)?;
    let library = reviews::load_all(sources);
    let names = Names::of(&library);
    let (curtains, misfits) = args.as_of.curtains(&library, || reviews::entries(&library));
    let chosen = reviews::chosen(&library, &curtains, &args.query, args.sort)?;
    reviews::report_misfits(&misfits, &chosen);
    let is_ascii = parts.is_none() && !args.json && Configuration::new(all).read().settings.screen.is_ascii;
    let line = |out: &mut String, entry: &Entry| {
        let Some(visible) = library.visible(&curtains, entry.id()) else { return };
        let review = Exported { visible, name: names.get(entry) };
        match &parts {
            _ if args.json => *out += &export::facts(review),
            Some(parts) => parts.iter().for_each(|part| part.print(out, review)),
            None => aligned(out, review),
        }
        out.push('\n');
    };
    let lines = parallel::map_chunks(&chosen, |chunk| {
        let mut out = String::new();
        chunk.iter().for_each(|entry| line(&mut out, entry));
        if is_ascii { in_ascii(&out) } else { out }
    });
    let printed = print(lines.concat().as_bytes());
    // The process is about to end, and freeing a hundred thousand reviews would only delay it.
    std::mem::forget(library);
    printed
}

/// Date, stars, kind, year, work, id.
fn aligned(out: &mut String, review: Exported<'_>) {
    let widths =
        [(Field::Date, 10), (Field::Stars, 5), (Field::Kind, 6), (Field::Year, 4), (Field::Work, 40)];
    for (field, width) in widths {
        let text = field.of(review);
        let (text, columns) = fit(&text, width);
        out.push_str(&text);
        out.extend(repeat_n(' ', width - columns + 1));
    }
    out.push_str(review.name);
}

/// A field that can be used in a format.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Title,
    Work,
    Kind,
    Year,
    By,
    Reviewer,
    Date,
    Rating,
    Stars,
    Tags,
    Link,
}

const FIELDS: [(&str, Field); 12] = [
    ("id", Field::Id),
    ("title", Field::Title),
    ("work", Field::Work),
    ("kind", Field::Kind),
    ("year", Field::Year),
    ("by", Field::By),
    ("reviewer", Field::Reviewer),
    ("date", Field::Date),
    ("rating", Field::Rating),
    ("stars", Field::Stars),
    ("tags", Field::Tags),
    ("link", Field::Link),
];

impl Field {
    fn of(self, exported: Exported<'_>) -> Cow<'_, str> {
        let Exported { visible, name } = exported;
        let review = visible.review();
        match self {
            Field::Id => name.into(),
            Field::Title => review.headline().into(),
            Field::Work => review.work_title().into(),
            Field::Kind => review.kind().unwrap_or_default().into(),
            Field::Year => review.year().map(|year| year.to_string()).unwrap_or_default().into(),
            Field::By => review.by().collect::<Vec<_>>().join(", ").into(),
            Field::Reviewer => review.reviewer().unwrap_or_default().into(),
            Field::Date => review.date().map(|date| date.iso()).unwrap_or_default().into(),
            Field::Rating => review.rating().map(|rating| rating.to_string()).unwrap_or_default().into(),
            Field::Stars => review.rating().map(|rating| rating.stars()).unwrap_or_default().into(),
            Field::Tags => visible.tags().collect::<Vec<_>>().join(", ").into(),
            Field::Link => visible.link().unwrap_or_default().into(),
        }
    }
}

enum Part {
    Text(String),
    Field(Field),
}

impl Part {
    fn print(&self, out: &mut String, review: Exported<'_>) {
        match self {
            Part::Text(text) => out.push_str(text),
            Part::Field(field) => out.push_str(&field.of(review)),
        }
    }
}

/// Parses a format. `\t` and `\n` stand for a tab and a newline.
fn parts(format: &str) -> Result<Vec<Part>, String> {
    let text = |text: &str| Part::Text(text.replace("\\t", "\t").replace("\\n", "\n"));
    let mut parts = Vec::new();
    let mut rest = format;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or("--format has a { without a }")?;
        let field = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
        let known = || FIELDS.map(|(name, _)| name).join(", ");
        parts.push(text(before));
        parts.push(Part::Field(field.ok_or_else(|| format!("--format knows these fields: {}", known()))?));
        rest = after;
    }
    parts.push(text(rest));
    Ok(parts)
}
