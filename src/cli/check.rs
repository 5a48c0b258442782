//! `unspoiled check`: reports problems in a collection to its author.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use serde::Serialize;

use super::{Failure, Outcome, gates, named, print, reviews, sources_at};
use crate::library::{Content, Entry};
use crate::review::{Audience, Date, Fault, MAX_BYTES, Review, clean_line, lint, lint_gates};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Folders of reviews, or single files; by default, those of --library
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Print one JSON object per problem (its schema is in docs/json.md)
    #[arg(long)]
    json: bool,
    /// Also report what would tell the reader of a review something about its hidden text
    #[arg(long)]
    author: bool,
    /// Quote the line of each problem, which may contain hidden text; implies --author
    #[arg(long)]
    quote: bool,
    /// Also list what opens at each gate of a review, with all labels; implies --author
    #[arg(long, conflicts_with = "json")]
    gates: bool,
}

#[derive(Serialize)]
struct Finding {
    version: u32,
    file: String,
    line: Option<usize>,
    column: Option<usize>,
    level: &'static str,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<String>,
}

const ERROR: &str = "error";
const WARNING: &str = "warning";

pub(super) fn run(args: &Args, all: &super::Args) -> Outcome {
    let paths = if args.paths.is_empty() { named(all) } else { args.paths.clone() };
    let library = reviews::load_all(&sources_at(&paths)?);
    let tomorrow = tomorrow();
    let audience = if args.author || args.quote || args.gates { Audience::Author } else { Audience::Reader };
    let mut findings = Vec::new();
    let mut works = HashMap::new();
    for entry in reviews::entries(&library) {
        let file = reviews::path(entry);
        let source = source(entry);
        let lines: Vec<_> = if args.quote { source.lines().collect() } else { Vec::new() };
        let mut add = |level, fault: Fault| {
            let quote = quoted(&lines, &fault);
            let (line, column) = fault.position.unzip();
            findings.push(Finding {
                version: 1,
                file: file.clone(),
                line,
                column,
                level,
                reason: fault.reason,
                quote,
            });
        };
        match entry.content() {
            Content::Work(_) | Content::Progress(_) => {}
            Content::Problem(faults) => faults.iter().for_each(|fault| add(ERROR, fault.clone())),
            Content::Review(review) => {
                let text = source.strip_prefix('\u{feff}').unwrap_or(&source);
                let gates = lint_gates(text, review.scale(library.spines()));
                let gates = gates.into_iter().filter_map(|fault| gate_fault_for(fault, review, audience));
                lint(text, audience).into_iter().chain(gates).for_each(|fault| add(WARNING, fault));
                if review.date().is_some_and(|date| tomorrow.is_some_and(|tomorrow| date > tomorrow)) {
                    add(WARNING, Fault::whole("its date is in the future"));
                }
                if let Some(other) = works.insert((review.work().id(), review.reviewer()), entry) {
                    let reason =
                        format!("{} is a review of the same work by the same reviewer", other.name());
                    add(WARNING, Fault::whole(reason));
                }
            }
        }
    }
    let gates = reviews::entries(&library).into_iter().filter(|entry| args.gates && has_hidden(entry));
    let gates: String = gates.map(|entry| gates::list(&library, entry, &source(entry))).collect();
    print((formatted(&findings, args.json) + &gates).as_bytes())?;
    if audience == Audience::Reader && library.entries().any(|entry| has_hidden(entry)) {
        let note = "hidden text was not checked; for your own reviews, add --author";
        let _ = writeln!(io::stderr(), "unspoiled: {note}");
    }
    let errors = findings.iter().filter(|finding| finding.level == ERROR).count();
    if errors > 0 { Err(Failure::Reported) } else { Ok(()) }
}

fn has_hidden(entry: &Entry) -> bool {
    entry.review().is_some_and(Review::has_spoilers)
}

/// Limits what a reader is told about a gate. Its position would show how much is hidden above it, and if the whole
/// review is hidden, even that there is a gate says too much.
fn gate_fault_for(fault: Fault, review: &Review, audience: Audience) -> Option<Fault> {
    match audience {
        Audience::Author => Some(fault),
        Audience::Reader => (!review.is_curtained()).then(|| Fault::whole(fault.reason)),
    }
}

fn formatted(findings: &[Finding], is_json: bool) -> String {
    let mut out = String::new();
    for finding in findings {
        if is_json {
            out += &serde_json::to_string(finding).expect("it holds text and numbers only");
        } else {
            out += &finding.file;
            if let Some((line, column)) = finding.line.zip(finding.column) {
                out += &format!(":{line}:{column}");
            }
            out += &format!(": {}: {}", finding.level, finding.reason);
            if let Some(quote) = &finding.quote {
                out += &format!("\n    {quote}");
            }
        }
        out.push('\n');
    }
    out
}

/// The text of a file, or nothing if it is not a regular file.
fn source(entry: &Entry) -> String {
    let path = entry.path();
    let is_plain = path.is_absolute()
        && fs::metadata(path).is_ok_and(|data| data.is_file() && data.len() <= MAX_BYTES as u64);
    if is_plain { fs::read_to_string(path).unwrap_or_default() } else { String::new() }
}

/// The line of a fault, or the part around it if the line is long.
fn quoted(lines: &[&str], fault: &Fault) -> Option<String> {
    const AROUND: usize = 100;
    let (line, column) = fault.position?;
    let line = lines.get(line - 1)?;
    let (start, mut around) = (column.saturating_sub(AROUND), line.chars());
    let before = if start > 0 && around.nth(start - 1).is_some() { "…" } else { "" };
    let kept: String = around.by_ref().take(2 * AROUND).collect();
    let after = if around.next().is_some() { "…" } else { "" };
    Some(format!("{before}{}{after}", clean_line(&kept)))
}

/// Tomorrow's date in UTC, since it is already tomorrow somewhere on Earth.
fn tomorrow() -> Option<Date> {
    let today = jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date();
    let tomorrow = today.tomorrow().ok()?;
    Date::from_toml(tomorrow.to_string().parse().ok()?)
}
