//! ZIP archives: recognises the export, and reads the few files of it that matter. Nothing else is opened.

use std::io::{Cursor, Read};

use super::{Format, MAX_BYTES};

/// The maximum number of entries: an export has a file for each list and little else.
const MOST_ENTRIES: usize = 10_000;

const DAMAGED: &str = "the ZIP file is damaged";

pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Recognises an export by the names of its files.
///
/// # Errors
/// If it is not a known export, or could not be read.
pub(super) fn format(bytes: &[u8]) -> Result<Format, &'static str> {
    type IsIt = fn(&str) -> bool;
    const KNOWN: [(IsIt, Format); 4] = [
        (|name| name.ends_with("journal.ndjson"), Format::Neodb),
        (is_comments, Format::Trakt),
        (is_outbox, Format::Activitypub),
        (|name| name.ends_with(".csv"), Format::Letterboxd),
    ];
    let names = names(bytes)?;
    let found = KNOWN.iter().find(|(is_it, _)| names.iter().any(|name| is_it(name)));
    found.map(|(_, format)| *format).ok_or("the ZIP file is no export that is known")
}

/// `comments-….json` of Trakt, in any folder.
pub(super) fn is_comments(name: &str) -> bool {
    let base = base(name);
    base.starts_with("comments") && base.ends_with(".json")
}

/// `outbox.json` of Mastodon.
pub(super) fn is_outbox(name: &str) -> bool {
    base(name) == "outbox.json"
}

fn base(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// The names of all files.
pub(super) fn names(bytes: &[u8]) -> Result<Vec<String>, &'static str> {
    if entries(bytes).is_none_or(|count| count > MOST_ENTRIES) {
        return Err("the ZIP file is damaged, or holds more files than any export");
    }
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    Ok(archive.file_names().flatten().map(String::from).collect())
}

/// The number of entries that an archive claims to have, which is at its end, perhaps followed by a comment. Listing them
/// all before counting would take memory for each.
fn entries(bytes: &[u8]) -> Option<usize> {
    const END: &[u8] = b"PK\x05\x06";
    const COUNT: usize = 10;
    let last = &bytes[bytes.len().saturating_sub(22 + usize::from(u16::MAX))..];
    let end = &last[memchr::memmem::rfind(last, END)?..];
    let count = end.get(COUNT..COUNT + 2)?;
    Some(usize::from(u16::from_le_bytes([count[0], count[1]])))
}

/// The files with these names, in this order. Their total size has the same limit as a single imported file.
pub(super) fn read(bytes: &[u8], names: &[impl AsRef<str>]) -> Result<Vec<Vec<u8>>, &'static str> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DAMAGED)?;
    let (mut files, mut room) = (Vec::new(), MAX_BYTES);
    for name in names {
        let file = archive.by_name(name.as_ref()).map_err(|_| DAMAGED)?;
        let mut unpacked = Vec::new();
        let length = file.take(room + 1).read_to_end(&mut unpacked).map_err(|_| DAMAGED)? as u64;
        room = room.checked_sub(length).ok_or("what is in the ZIP file is larger than any real export")?;
        files.push(unpacked);
    }
    Ok(files)
}
