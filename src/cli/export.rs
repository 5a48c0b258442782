//! `unspoiled export`: reviews in other formats, without what is hidden.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::reviews;
use super::{Failure, Outcome, shown, told};
use crate::curtain::Curtains;
use crate::export::{self, Exported};
use crate::files;
use crate::find::Order;
use crate::library::{Entry, Source};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    query: reviews::Asked,
    /// A file for all reviews, or a folder (which is there already, or ends in /) for a file each
    #[arg(long, value_name = "PATH")]
    to: PathBuf,
    /// The format
    #[arg(long, value_name = "NAME")]
    format: Format,
    /// Carry what is hidden as well, folded. Who gets the file can read all of it
    #[arg(long)]
    with_curtains: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With front matter
    Markdown,
    /// A page of its own
    Html,
    /// A JSON object a line
    Json,
}

impl Format {
    fn written(self, reviews: &[Exported<'_>]) -> String {
        match self {
            Format::Markdown => {
                reviews.iter().map(|review| export::markdown(*review)).collect::<Vec<_>>().join("\n")
            }
            Format::Html => export::html(reviews.iter().copied()),
            Format::Json => reviews.iter().map(|review| export::json(*review) + "\n").collect(),
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Format::Markdown => "md",
            Format::Html => "html",
            Format::Json => "json",
        }
    }
}

pub(super) fn run(args: &Args, sources: &[Source]) -> Outcome {
    let library = reviews::load_all(sources);
    let chosen = reviews::chosen(&library, &args.query, Order::default())?;
    if chosen.is_empty() {
        return Err(Failure::Failed("no review is found, and nothing is written".to_owned()));
    }
    let mut curtains = Curtains::default();
    if args.with_curtains {
        curtains.toggle_always_show();
    }
    let visible = |entry: &Entry| library.visible(&curtains, entry.id());
    let exported: Vec<_> = chosen
        .into_iter()
        .filter_map(|entry| Some(Exported { visible: visible(entry)?, name: entry.name() }))
        .collect();
    let is_folder = args.to.is_dir() || args.to.as_os_str().as_encoded_bytes().ends_with(b"/");
    if !is_folder {
        return write(&args.to, &args.format.written(&exported));
    }
    for review in exported {
        let path = args.to.join(format!("{}.{}", review.name, args.format.ending()));
        write(&path, &args.format.written(&[review]))?;
    }
    Ok(())
}

fn write(path: &Path, text: &str) -> Outcome {
    files::replace(path, text.as_bytes())
        .map_err(|error| Failure::Failed(format!("{} could not be written: {}", shown(path), told(&error))))
}
