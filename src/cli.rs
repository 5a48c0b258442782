//! The command line: what was asked for, and the plain list where no terminal is there to draw on.

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::channel;

use clap::Parser;

use crate::app::{List, Row};
use crate::library::{Content, Item, Library, Source, load};
use crate::shell;
use crate::typeset::columns;

/// Read reviews in a terminal without having the ending ruined.
#[derive(Debug, Parser)]
#[command(
    version,
    after_help = "Without a path, the folders of --library or of UNSPOILED_LIBRARY are opened, and without those the \
                  reviews that come with the program. Press ? in the program for its keys."
)]
struct Args {
    /// Folders of reviews, or single files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A folder of reviews, where no path is given; may be repeated [env: UNSPOILED_LIBRARY, folders separated by colons]
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// The greatest width of text, in columns
    #[arg(long, value_name = "COLUMNS", env = "UNSPOILED_MEASURE", default_value_t = 72,
          value_parser = clap::value_parser!(u16).range(20..=200))]
    measure: u16,
}

/// The exit code for a command line that cannot be carried out.
const USAGE: u8 = 2;

/// Runs the program.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    shell::give_back_on_panic();
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            // Help and version go to standard output, and a closed pipe is no fault.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(USAGE));
        }
    };
    let sources = match sources(&args) {
        Ok(sources) => sources,
        Err(message) => return fail(&message, USAGE),
    };
    let name = sources.iter().map(Source::name).collect::<Vec<_>>().join(" ");
    let done = match io::stdout().is_terminal() {
        true => shell::read(sources, name, args.measure),
        false => print_list(&sources),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string(), 1),
    }
}

fn fail(message: &str, code: u8) -> ExitCode {
    let _ = writeln!(io::stderr(), "unspoiled: {message}");
    ExitCode::from(code)
}

fn sources(args: &Args) -> Result<Vec<Source>, String> {
    let named: Vec<PathBuf> =
        [&args.paths, &args.library].into_iter().find(|p| !p.is_empty()).cloned().unwrap_or_else(|| {
            let variable = std::env::var_os("UNSPOILED_LIBRARY").unwrap_or_default();
            std::env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty()).collect()
        });
    if named.is_empty() {
        return Ok(vec![Source::Bundled]);
    }
    let at = |path: &PathBuf| {
        Source::at(path).map_err(|error| {
            let words = error.to_string();
            let words = words.split(" (os error").next().unwrap_or_default().to_lowercase();
            let path = crate::review::clean_line(&path.to_string_lossy()).into_owned();
            format!("{path}: {words}; name a folder of reviews or a review file")
        })
    };
    named.iter().map(at).collect()
}

/// Prints a line for each review, and for each file that could not be read one to standard error.
fn print_list(sources: &[Source]) -> io::Result<()> {
    let (mut library, mut list) = (Library::default(), List::default());
    let (sender, loaded) = channel();
    load(sources, |items| sender.send(items).is_ok());
    drop(sender);
    for items in loaded {
        let keys = library.add(items);
        list.add(&library, keys);
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (row, _) in list.visible(usize::MAX) {
        let Row::File(key) = row else { continue };
        let Some(item) = library.get(key) else { continue };
        match &item.content {
            Content::Review(_) => writeln!(out, "{}", line(item))?,
            Content::Problem(faults) => {
                for fault in faults {
                    let _ = writeln!(io::stderr(), "unspoiled: {}: {fault}", item.id);
                }
            }
        }
    }
    out.flush()?;
    // The process ends here; giving back a hundred thousand reviews one by one would only keep it.
    std::mem::forget(library);
    Ok(())
}

/// Stars, kind, year, the work, and the id: what is of one width first, what is not last.
fn line(item: &Item) -> String {
    let Some(review) = item.review() else { return String::new() };
    let padded =
        |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))));
    let stars = review.rating().map(|rating| rating.stars()).unwrap_or_default();
    let year = review.year().map(|year| year.to_string()).unwrap_or_default();
    format!(
        "{} {} {} {}  {}",
        padded(&stars, 5),
        padded(review.kind().unwrap_or_default(), 6),
        padded(&year, 4),
        review.work_title(),
        item.id
    )
}
