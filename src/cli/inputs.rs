//! Where an import reads from: files, standard input, and folders of texts.
//!
//! A file with a record on each line is read in parts, so it may be larger than memory. This module knows neither
//! reviews nor the folder they are imported to.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::error_words;
use crate::import;

/// An input named on the command line.
pub(super) enum Input {
    /// A file, or standard input.
    Stream(Stream),
    /// The texts below a folder, in the order of their names.
    Texts(Vec<PathBuf>),
}

/// Opens an input: `-` is standard input.
pub(super) fn open(path: &Path) -> Result<Input, String> {
    if path == Path::new("-") {
        return Ok(Input::Stream(Stream::of(Box::new(io::stdin().lock()))));
    }
    let metadata = fs::metadata(path).map_err(|error| error_words(&error))?;
    if metadata.is_dir() {
        let mut texts = Vec::new();
        below(path, &mut texts).map_err(|error| error_words(&error))?;
        texts.sort();
        return if texts.is_empty() {
            Err("there are no texts in this folder".to_owned())
        } else {
            Ok(Input::Texts(texts))
        };
    }
    if !metadata.is_file() {
        return Err("not a file".to_owned());
    }
    let file = File::open(path).map_err(|error| error_words(&error))?;
    Ok(Input::Stream(Stream::of(Box::new(file))))
}

/// Adds the texts below a folder. Names that begin with a dot are skipped, as in a library: `.obsidian`, `.git`. So are
/// links, and Hugo's pages that only list others.
fn below(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    const ENDINGS: [&str; 4] = ["md", "markdown", "mdx", "txt"];
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, kind) = (entry.path(), entry.file_type()?);
        let is_hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        let is_text = ending.is_some_and(|ending| ENDINGS.contains(&&*ending));
        if is_hidden {
            continue;
        } else if kind.is_dir() {
            below(&path, found)?;
        } else if kind.is_file() && is_text && !entry.file_name().as_encoded_bytes().starts_with(b"_index.") {
            found.push(path);
        }
    }
    Ok(())
}

/// The bytes of a file, in parts that end with a line.
pub(super) struct Stream {
    reader: Box<dyn Read>,
    /// The beginning of a line that is not complete yet.
    rest: Vec<u8>,
}

/// How much is read at a time from a file with a record on each line.
const PART: u64 = 4 << 20;

impl Stream {
    fn of(reader: Box<dyn Read>) -> Self {
        Stream { reader, rest: Vec::new() }
    }

    /// The next lines; empty at the end.
    pub(super) fn part(&mut self) -> Result<Vec<u8>, String> {
        let mut part = std::mem::take(&mut self.rest);
        let read = self.read(PART, &mut part)?;
        if read as u64 == PART {
            let end = memchr::memrchr(b'\n', &part).map_or(part.len(), |end| end + 1);
            self.rest = part.split_off(end);
        }
        if part.len() as u64 > import::MAX_BYTES { Err(TOO_LARGE.to_owned()) } else { Ok(part) }
    }

    /// Everything that is left, after a part that was read already.
    pub(super) fn whole(&mut self, mut part: Vec<u8>) -> Result<Vec<u8>, String> {
        part.append(&mut self.rest);
        self.read(import::MAX_BYTES + 1 - (part.len() as u64).min(import::MAX_BYTES), &mut part)?;
        if part.len() as u64 > import::MAX_BYTES { Err(TOO_LARGE.to_owned()) } else { Ok(part) }
    }

    fn read(&mut self, most: u64, part: &mut Vec<u8>) -> Result<usize, String> {
        self.reader.by_ref().take(most).read_to_end(part).map_err(|error| error_words(&error))
    }
}

const TOO_LARGE: &str = "larger than any export";
