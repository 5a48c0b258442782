//! `unspoiled show`: one review, as the reader would see it.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::{Failure, Outcome, print, reviews};
use crate::curtain::{Curtains, Point, ReviewKey, Spot};
use crate::export::{self, Exported};
use crate::library::Content;
use crate::markup::Style;
use crate::review::Review;
use crate::typeset::{Cursor, Edge, Line, Page, Role};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The review's id, or any end of it that no other id has; or the path of a review file, which ends in .toml
    id: String,
    /// The width of the text, in columns
    #[arg(long, value_name = "N", default_value_t = 72, value_parser = clap::value_parser!(u16).range(20..=1000))]
    width: u16,
    /// Print Markdown
    #[arg(long, conflicts_with = "json")]
    markdown: bool,
    /// Print JSON (its schema is in docs/json.md)
    #[arg(long)]
    json: bool,
    /// Lift all curtains, or those with this label
    #[arg(long, value_name = "LABEL", num_args = 0..=1)]
    reveal: Option<Option<String>>,
    /// Show what is safe for who has got this far in the work: 9, or S02E05. Progress that was saved is not used
    #[arg(long, value_name = "POINT", value_parser = point)]
    as_of: Option<Point>,
}

fn point(text: &str) -> Result<Point, String> {
    text.parse().map_err(|_| "9, or an episode as S02E05".to_owned())
}

pub(super) fn run(args: &Args, all: &super::Args) -> Outcome {
    let path = PathBuf::from(&args.id);
    let is_file = path.extension().is_some_and(|ending| ending == "toml") && path.exists();
    let sources = if is_file { super::sources_at(&[path])? } else { super::sources(all)? };
    let library = reviews::load_all(&sources);
    let found = match is_file {
        true => reviews::items(&library).next(),
        false => Some(reviews::named(&library, &args.id)?),
    };
    let Some((key, item)) = found else { return Ok(()) };
    let review = match &item.content {
        Content::Review(review) => review,
        Content::Problem(_) => {
            return Err(Failure::Failed(reviews::faults(item).collect::<Vec<_>>().join("\n")));
        }
    };
    let mut curtains = Curtains::default();
    if args.as_of.is_some() {
        curtains.set_progress(&review.hung(key).work_name(), args.as_of);
    }
    match &args.reveal {
        Some(Some(label)) => reveal(review, key, &mut curtains, label)?,
        Some(None) if !review.rail().is_empty() => curtains.flip_all(review.hung(key)),
        _ => {}
    }
    let exported = Exported { review, id: &item.id, key, curtains: &curtains };
    let text = if args.json {
        export::json(exported) + "\n"
    } else if args.markdown {
        export::markdown(exported)
    } else {
        let page = Page::review(review, key, &curtains, usize::from(args.width));
        let is_styled = io::stdout().is_terminal();
        page.lines_from(Cursor::default()).map(|(_, line)| printed(line, is_styled) + "\n").collect()
    };
    print(text.as_bytes())
}

/// Lifts the curtains with this label. The labels behind a curtain over the whole review are not to be seen, so that they
/// cannot be asked for either.
fn reveal(review: &Review, key: ReviewKey, curtains: &mut Curtains, label: &str) -> Outcome {
    let is_it = |text: &str| text.to_lowercase() == label.trim().to_lowercase();
    if review.is_curtained() {
        if !is_it("the whole review") {
            return Err(Failure::Failed("no curtain that can be seen has this label".to_owned()));
        }
        curtains.flip(review.hung(key), Spot::REVIEW);
        return Ok(());
    }
    let mut spots = (0..review.passage_count()).filter(|n| review.label(*n).is_some_and(is_it)).peekable();
    if spots.peek().is_none() {
        return Err(Failure::Failed("no curtain that can be seen has this label".to_owned()));
    }
    spots.for_each(|number| curtains.flip(review.hung(key), Spot::passage(number)));
    Ok(())
}

/// A line with the mark at its edge; with styles only where a terminal shows them.
fn printed(line: &Line, is_styled: bool) -> String {
    let mut out = match line.edge {
        Some(Edge::Down) => "▐ ",
        Some(Edge::Top) => "┌ ",
        Some(Edge::Side) => "│ ",
        Some(Edge::Bottom) => "└ ",
        None => "  ",
    }
    .to_owned();
    for (text, run) in line.runs() {
        match look(run.role, run.style).filter(|_| is_styled) {
            Some(codes) => out.push_str(&format!("\u{1b}[{codes}m{text}\u{1b}[0m")),
            None => out.push_str(text),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The code of a look that needs no colour.
fn look(role: Role, style: Style) -> Option<&'static str> {
    match role {
        Role::Headline => Some("1"),
        Role::Label | Role::SpanMark => Some("7"),
        Role::Meta => Some("2"),
        _ if style.has(Style::STRONG) => Some("1"),
        _ if style.has(Style::EMPHASIS) => Some("3"),
        _ => None,
    }
}
