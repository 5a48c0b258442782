//! `unspoiled schema`: the JSON Schema of a file format, for editors.

use super::{Outcome, print};
use crate::review;
use crate::settings;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Args {
    /// For reviews
    Review,
    /// For work files, which say how a work is divided
    Work,
    /// For the configuration
    Config,
}

pub(super) fn run(args: &Args) -> Outcome {
    let schema = match args {
        Args::Review => review::json_schema(),
        Args::Work => review::work_schema(),
        Args::Config => settings::schema(),
    };
    print(format!("{schema:#}\n").as_bytes())
}
