//! `unspoiled schema`: the JSON Schema of a file format, for editors.

use super::{Outcome, print};
use crate::review;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Args {
    /// Of a review
    Review,
}

pub(super) fn run(args: &Args) -> Outcome {
    let schema = match args {
        Args::Review => review::json_schema(),
    };
    print(format!("{schema:#}\n").as_bytes())
}
