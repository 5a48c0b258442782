//! `unspoiled state`: shows what is remembered from earlier runs, and forgets it.

use std::fmt::Write as _;

use super::{Failure, Outcome, display_path, print};
use crate::app::StateChanges;
use crate::review::clean_line;
use crate::shell;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Forget that a review was read, the place in it and its bookmark; may be repeated
    #[arg(long, value_name = "ID")]
    forget: Vec<String>,
    /// Forget everything
    #[arg(long, conflicts_with = "forget")]
    forget_all: bool,
}

pub(super) fn run(args: &Args) -> Outcome {
    if args.forget_all {
        return shell::forget_everything().map_err(failed);
    }
    let (path, kept) = shell::kept().map_err(failed)?;
    let reviews = kept.reviews();
    if args.forget.is_empty() {
        let mut text = format!("{}\n", display_path(&path));
        match kept.progress().len() {
            0 => {}
            1 => text += "progress in 1 work: see unspoiled progress\n",
            count => drop(writeln!(text, "progress in {count} works: see unspoiled progress")),
        }
        for (name, what) in &reviews {
            let _ = writeln!(text, "{}: {}", clean_line(name), what.join(", "));
        }
        for library in kept.libraries() {
            let _ = writeln!(text, "the list of {}: selected review, order, filter", clean_line(library));
        }
        if kept.line_count() > 0 {
            let _ = writeln!(text, "{} filters and searches in the history", kept.line_count());
        }
        return print(text.as_bytes());
    }
    let mut names = Vec::new();
    for id in &args.forget {
        let id = id.strip_suffix(".toml").unwrap_or(id);
        let part = format!("/{id}");
        let before = names.len();
        let is_it = |name: &&&str| **name == id || name.ends_with(&part);
        names.extend(reviews.keys().filter(is_it).map(|name| (*name).to_owned()));
        if names.len() == before {
            return Err(Failure::Failed(format!("nothing is remembered about {}", clean_line(id))));
        }
    }
    shell::forget(&StateChanges::forgetting(names)).map_err(failed)
}

/// The state file's own message, which includes the path.
fn failed(error: std::io::Error) -> Failure {
    Failure::Failed(error.to_string())
}
