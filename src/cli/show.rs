//! `unspoiled show`: one review, as the reader would see it.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use ratatui::style::Style;

use super::configuration::Configuration;
use super::reviews::{self, Names};
use super::{Failure, Outcome, print};
use crate::curtain::{Curtains, Region};
use crate::export::{self, Exported};
use crate::library::{Entry, Library};
use crate::review::{Visible, VisibleCurtain, WHOLE_REVIEW};
use crate::shell;
use crate::theme::{Part, Theme};
use crate::typeset::{Cursor, Line, Page, in_ascii};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The review's id, or any unique ending of it; or the path of a review file, which ends in .toml
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
    /// Reveal all spoilers, or those with this label
    #[arg(long, value_name = "LABEL", num_args = 0..=1)]
    reveal: Option<Option<String>>,
    #[command(flatten)]
    as_of: reviews::AsOfArgs,
}

pub(super) fn run(args: &Args, all: &super::Args) -> Outcome {
    let path = PathBuf::from(&args.id);
    let is_file = path.extension().is_some_and(|ending| ending == "toml") && path.exists();
    let sources = if is_file { super::sources_at(&[path])? } else { super::sources(all)? };
    let library = reviews::load_all(&sources);
    let found = match is_file {
        true => library.entries().next().map(|entry| &**entry),
        false => Some(reviews::named(&library, &args.id)?),
    };
    let Some(entry) = found else { return Ok(()) };
    let Some(review) = entry.review() else {
        return Err(Failure::Failed(reviews::faults(entry).collect::<Vec<_>>().join("\n")));
    };
    let (mut curtains, misfits) = args.as_of.curtains(&library, || vec![entry]);
    if let Some((_, reason)) = misfits.into_iter().next() {
        return Err(Failure::Usage(reason));
    }
    match &args.reveal {
        Some(Some(label)) => reveal(&library, entry, &mut curtains, label)?,
        Some(None) if review.has_spoilers() => curtains.toggle_all(review.curtain_list()),
        _ => {}
    }
    let Some(visible) = library.visible(&curtains, entry.id()) else { return Ok(()) };
    let names = Names::of(&library);
    let exported = Exported { visible, name: names.get(entry) };
    let text = if args.json {
        export::json(exported) + "\n"
    } else if args.markdown {
        export::markdown(exported)
    } else {
        let page = Page::review(visible, usize::from(args.width));
        let settings = Configuration::new(all).read().settings;
        let theme = io::stdout().is_terminal().then_some(&settings.look.usual.theme);
        let lines = page.lines_from(Cursor::default()).map(|(_, line)| printed(line, theme) + "\n");
        match settings.screen.is_ascii {
            true => lines.map(|line| in_ascii(&line)).collect(),
            false => lines.collect(),
        }
    };
    print(text.as_bytes())
}

/// Lifts the curtains with this label. While the whole review is hidden, so are its labels, and they cannot be used.
fn reveal(library: &Library, entry: &Entry, curtains: &mut Curtains, label: &str) -> Outcome {
    let wanted = label.trim().to_lowercase();
    let is_it = |curtain: &VisibleCurtain<'_>| match curtain.region {
        Region::REVIEW => wanted == WHOLE_REVIEW,
        _ => curtain.label.is_some_and(|label| label.to_lowercase() == wanted),
    };
    let down = Curtains::default();
    let visible = library.visible(&down, entry.id());
    let found = visible.into_iter().flat_map(Visible::curtains).filter(is_it);
    let regions: Vec<_> = found.map(|curtain| curtain.region).collect();
    if regions.is_empty() {
        return Err(Failure::Failed("no visible spoiler has this label".to_owned()));
    }
    if let Some(review) = entry.review() {
        regions.into_iter().for_each(|region| curtains.toggle(review.curtain_list(), region));
    }
    Ok(())
}

/// A line with the mark at its edge, in the styles of a theme.
fn printed(line: &Line, theme: Option<&Theme>) -> String {
    let styled = |text: &str, style: &dyn Fn(&Theme) -> Style| match theme {
        Some(theme) => shell::styled(text, style(theme)),
        None => text.to_owned(),
    };
    let mut out = match line.edge {
        Some(edge) => styled(edge.mark(), &|theme| theme.style(Part::Spoiler)) + " ",
        None => "  ".to_owned(),
    };
    for (text, run) in line.runs() {
        out += &styled(text, &|theme| theme.run(run.role, run.style));
    }
    out.truncate(out.trim_end().len());
    out
}
