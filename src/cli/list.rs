//! `unspoiled list`: prints one line per review.

use std::fmt::Write as _;

use super::reviews;
use super::{Failure, Outcome, print};
use crate::export::{self, Exported};
use crate::find::Order;
use crate::library::Source;
use crate::typeset::{columns, shorten};

#[derive(Debug, clap::Args)]
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

pub(super) fn run(args: &Args, sources: &[Source]) -> Outcome {
    let parts = args.format.as_deref().map(parts).transpose().map_err(Failure::Usage)?;
    let library = reviews::load_all(sources);
    let (curtains, misfits) = args.as_of.curtains(&library, reviews::entries(&library));
    let mut out = String::new();
    let chosen = reviews::chosen(&library, &curtains, &args.query, args.sort)?;
    reviews::tell_misfits(&misfits, &chosen);
    for entry in chosen {
        let Some(visible) = library.visible(&curtains, entry.id()) else { continue };
        let review = Exported { visible, name: entry.name() };
        match &parts {
            _ if args.json => out += &export::facts(review),
            Some(parts) => parts.iter().for_each(|part| match part {
                Part::Text(text) => out.push_str(text),
                Part::Field(field) => out.push_str(&field.of(review)),
            }),
            None => aligned(&mut out, review),
        }
        out.push('\n');
    }
    // The process is about to end, and freeing a hundred thousand reviews would only delay it.
    std::mem::forget(library);
    print(out.as_bytes())
}

/// Date, stars, kind, year, work, id.
fn aligned(out: &mut String, review: Exported<'_>) {
    let widths =
        [(Field::Date, 10), (Field::Stars, 5), (Field::Kind, 6), (Field::Year, 4), (Field::Work, 40)];
    for (field, width) in widths {
        let text = shorten(&field.of(review), width);
        let _ = write!(out, "{text}{} ", " ".repeat(width.saturating_sub(columns(&text))));
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
    fn of(self, exported: Exported<'_>) -> String {
        let Exported { visible, name } = exported;
        let review = visible.review();
        let some = |text: Option<&str>| text.unwrap_or_default().to_owned();
        match self {
            Field::Id => name.to_owned(),
            Field::Title => review.headline().to_owned(),
            Field::Work => review.work_title().to_owned(),
            Field::Kind => some(review.kind()),
            Field::Year => review.year().map(|year| year.to_string()).unwrap_or_default(),
            Field::By => review.by().collect::<Vec<_>>().join(", "),
            Field::Reviewer => some(review.reviewer()),
            Field::Date => review.date().map(|date| date.iso()).unwrap_or_default(),
            Field::Rating => review.rating().map(|rating| rating.to_string()).unwrap_or_default(),
            Field::Stars => review.rating().map(|rating| rating.stars()).unwrap_or_default(),
            Field::Tags => visible.tags().collect::<Vec<_>>().join(", "),
            Field::Link => some(visible.link()),
        }
    }
}

enum Part {
    Text(String),
    Field(Field),
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
