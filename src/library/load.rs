//! Loads a library: lists folders, reads files and delivers changes, many at a time.
//!
//! A file's name does not depend on thread timing. A folder that can be reached by several names gets the one that is
//! not a link, or else the one that sorts first.

use std::collections::{BTreeMap, HashSet};
use std::ffi::{CStr, CString, OsStr};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use rayon::{Scope, ThreadPoolBuilder};
use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::delivery::{Delivery, lock};
use super::{Change, Content, Loaded, SharedProgress, Source, bundled};
use crate::review::{Fault, MAX_BYTES, Parsed, Parser, clean_line, fingerprint};

/// Concurrent reads. On a cold disk, eight take half the time of two; a warm cache makes no difference.
const THREADS: usize = 8;

/// Files per job.
const CHUNK: usize = 64;

/// Reads all sources and delivers files as they arrive, in no particular order. It returns when all are read, or when
/// `deliver` returns `false`.
pub fn load(sources: &[Source], deliver: impl Fn(Vec<Change>) -> bool + Sync) {
    load_entering(sources, |_| {}, deliver);
}

/// Like [`load`], and reports every folder before it is listed.
pub(super) fn load_entering(
    sources: &[Source],
    entering: impl Fn(&Folder) + Sync,
    deliver: impl Fn(Vec<Change>) -> bool + Sync,
) {
    let loader = Loader {
        entering,
        delivery: Delivery::new(deliver),
        entered: Mutex::default(),
        links: Mutex::default(),
        scratch: Mutex::default(),
    };
    let mut folders = Vec::new();
    let mut first = Vec::new();
    for source in sources {
        match source {
            Source::Bundled => {
                let loaded = |(name, text): &(&str, &str)| Loaded::from_text(&source.name(), name, text);
                first.extend(bundled::REVIEWS.iter().map(loaded));
            }
            Source::Folder(path) => folders.push(path),
            Source::File(path) => first.push(single(path)),
        }
    }
    if loader.delivery.flush(first) {
        loader.read(&folders);
    }
}

/// A folder to be listed.
#[derive(Clone)]
pub(super) struct Folder {
    /// The library folder, as its files record it.
    root: Arc<str>,
    pub(super) path: PathBuf,
    /// The path below the library folder: empty, or with a slash at the end.
    below: String,
}

struct OpenFolder {
    handle: OwnedFd,
    folder: Folder,
}

/// Buffers that one job leaves for the next.
#[derive(Default)]
struct Scratch {
    parser: Parser,
    bytes: Vec<u8>,
}

struct Loader<E, D> {
    /// Is called with every folder before it is listed.
    entering: E,
    delivery: Delivery<D>,
    /// Folders already entered, by device and inode, since links can form a cycle or lead to the same files twice.
    entered: Mutex<HashSet<(rustix::fs::Dev, u64)>>,
    /// Links to folders, which are followed only after all real folders have been entered.
    links: Mutex<BTreeMap<PathBuf, Folder>>,
    scratch: Mutex<Vec<Scratch>>,
}

impl<E: Fn(&Folder) + Sync, D: Fn(Vec<Change>) -> bool + Sync> Loader<E, D> {
    fn read(&self, roots: &[&PathBuf]) {
        let Ok(pool) = ThreadPoolBuilder::new().num_threads(THREADS).build() else {
            let reason = "could not start the threads that read this folder".to_owned();
            let problem = |path: &&PathBuf| problem(&root(path), ".".to_owned(), path, reason.clone());
            self.delivery.flush(roots.iter().map(problem).collect());
            return;
        };
        for path in roots {
            let mut next = Some(root(path));
            while let Some(folder) = next.filter(|_| !self.delivery.is_stopped()) {
                pool.scope(|scope| self.list(folder, scope));
                next = lock(&self.links).pop_first().map(|(_, folder)| folder);
            }
        }
        if !self.delivery.is_stopped() {
            self.delivery.flush(Vec::new());
        }
    }

    fn list<'s>(&'s self, folder: Folder, scope: &Scope<'s>) {
        if self.delivery.is_stopped() {
            return;
        }
        if let Err(error) = self.try_list(&folder, scope) {
            let name = if folder.below.is_empty() { "." } else { folder.below.trim_end_matches('/') };
            let reason = format!("this folder could not be read: {}", error_words(error));
            self.delivery.add(vec![problem(&folder, name.to_owned(), &folder.path, reason)]);
        }
    }

    fn try_list<'s>(&'s self, folder: &Folder, scope: &Scope<'s>) -> rustix::io::Result<()> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let handle = openat(CWD, &folder.path, flags, Mode::empty())?;
        let stat = fstat(&handle)?;
        if !lock(&self.entered).insert((stat.st_dev, stat.st_ino)) {
            return Ok(());
        }
        (self.entering)(folder);
        let entries = Dir::read_from(&handle)?;
        let open = Arc::new(OpenFolder { handle, folder: folder.clone() });
        let mut names = Vec::with_capacity(CHUNK);
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_bytes().starts_with(b".") {
                continue;
            }
            match open.kind(name, entry.file_type()) {
                (FileType::Directory, is_link) => {
                    let below = open.folder(name);
                    if is_link {
                        lock(&self.links).insert(below.path.clone(), below);
                    } else {
                        scope.spawn(move |scope| self.list(below, scope));
                    }
                }
                _ if !name.to_bytes().ends_with(b".toml") => {}
                (FileType::RegularFile, _) => {
                    names.push(name.to_owned());
                    if names.len() == CHUNK {
                        let names = std::mem::replace(&mut names, Vec::with_capacity(CHUNK));
                        let open = open.clone();
                        scope.spawn(move |_| self.read_files(&open, &names));
                    }
                }
                _ => {
                    let reason = IRREGULAR.to_owned();
                    self.delivery.add(vec![problem(folder, open.name(name), &open.path(name), reason)]);
                }
            }
        }
        self.read_files(&open, &names);
        Ok(())
    }

    fn read_files(&self, folder: &OpenFolder, names: &[CString]) {
        if names.is_empty() || self.delivery.is_stopped() {
            return;
        }
        let mut scratch = lock(&self.scratch).pop().unwrap_or_default();
        self.delivery.add(read_files(folder, names, &mut scratch));
        lock(&self.scratch).push(scratch);
    }
}

fn problem(folder: &Folder, name: String, path: &Path, reason: String) -> Loaded {
    Loaded {
        folder: folder.root.clone(),
        name: name.into(),
        path: path.into(),
        fingerprint: fingerprint(&reason),
        content: Content::Problem([Fault::whole(reason)].into()),
    }
}

/// What is at a path where something has happened.
pub(super) enum Reread {
    /// A review file in its current form.
    File(Box<Loaded>),
    /// No file any more.
    Gone,
    /// A folder.
    Folder,
    /// Nothing that belongs to a library.
    Other,
}

/// Reads an entry of a folder again.
pub(super) fn reread(folder: &Folder, name: &CStr) -> Reread {
    let is_review = name.to_bytes().ends_with(b".toml");
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let Ok(handle) = openat(CWD, &folder.path, flags, Mode::empty()) else { return Reread::Folder };
    let open = OpenFolder { handle, folder: folder.clone() };
    let kind = match statat(&open.handle, name, AtFlags::empty()) {
        Ok(stat) => FileType::from_raw_mode(stat.st_mode),
        Err(_) if is_review => return Reread::Gone,
        Err(_) => return Reread::Other,
    };
    match kind {
        FileType::Directory => Reread::Folder,
        _ if !is_review => Reread::Other,
        FileType::RegularFile => {
            let mut files = read_files(&open, &[name.to_owned()], &mut Scratch::default());
            files.pop().map_or(Reread::Other, |file| Reread::File(Box::new(file)))
        }
        _ => Reread::File(Box::new(problem(folder, open.name(name), &open.path(name), IRREGULAR.to_owned()))),
    }
}

/// Why pipes and devices are not read: a pipe could block, and a device might do anything.
const IRREGULAR: &str = "not a regular file";

/// Reads some files of a folder; their reviews share one allocation.
fn read_files(folder: &OpenFolder, names: &[CString], scratch: &mut Scratch) -> Vec<Loaded> {
    let mut files = Vec::with_capacity(names.len());
    let mut unbound = Vec::with_capacity(names.len());
    for name in names {
        let file = |fingerprint, content| Loaded {
            folder: folder.folder.root.clone(),
            name: folder.name(name).into(),
            path: folder.path(name).into(),
            fingerprint,
            content,
        };
        match read(&folder.handle, name, &mut scratch.bytes) {
            Ok(length) => {
                let bytes = &scratch.bytes[..length];
                if let Some(shared) = SharedProgress::read(&folder.name(name), bytes) {
                    files.push(file(fingerprint(bytes), Content::Progress(shared)));
                    continue;
                }
                match scratch.parser.parse_unbound(bytes) {
                    Ok(Parsed::Review(review)) => {
                        unbound.push((file(fingerprint(bytes), Content::Problem([].into())), review))
                    }
                    Ok(Parsed::Work(work)) => files.push(file(fingerprint(bytes), Content::Work(work))),
                    Err(faults) => files.push(file(fingerprint(bytes), Content::Problem(faults.into()))),
                }
            }
            Err(error) => {
                let reason = format!("this file could not be read: {}", error_words(error));
                files.push(file(fingerprint(&reason), Content::Problem([Fault::whole(reason)].into())));
            }
        }
    }
    let (read, unbound): (Vec<_>, Vec<_>) = unbound.into_iter().unzip();
    let reviews = scratch.parser.finish(unbound);
    files.extend(
        read.into_iter()
            .zip(reviews)
            .map(|(file, review)| Loaded { content: Content::Review(review), ..file }),
    );
    files
}

impl OpenFolder {
    /// The type of an entry, or of the target if it is a link, and whether it is a link. Most file systems report the
    /// type in the listing.
    fn kind(&self, name: &CStr, listed: FileType) -> (FileType, bool) {
        let stat =
            |flags| statat(&self.handle, name, flags).map(|stat| FileType::from_raw_mode(stat.st_mode));
        let itself = match listed {
            FileType::Unknown => stat(AtFlags::SYMLINK_NOFOLLOW).unwrap_or(FileType::RegularFile),
            listed => listed,
        };
        match itself {
            FileType::Symlink => (stat(AtFlags::empty()).unwrap_or(FileType::RegularFile), true),
            itself => (itself, false),
        }
    }

    fn folder(&self, name: &CStr) -> Folder {
        let below = format!("{}{}/", self.folder.below, display_name(name));
        Folder { root: self.folder.root.clone(), path: self.path(name), below }
    }

    fn name(&self, name: &CStr) -> String {
        let name = name.to_string_lossy();
        let name = clean_line(&name);
        [&self.folder.below, name.strip_suffix(".toml").unwrap_or(&name)].concat()
    }

    fn path(&self, name: &CStr) -> PathBuf {
        self.folder.path.join(OsStr::from_bytes(name.to_bytes()))
    }
}

/// A file's name made safe to display: names are bytes and may contain control characters.
fn display_name(name: &CStr) -> String {
    clean_line(&name.to_string_lossy()).into_owned()
}

/// An error message of the system without its number.
pub(super) fn error_words(error: impl Into<std::io::Error>) -> String {
    let message = error.into().to_string();
    message.split(" (os error").next().unwrap_or_default().to_lowercase()
}

pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn root(path: &Path) -> Folder {
    let path = absolute(path);
    Folder { root: path.to_string_lossy().into(), path, below: String::new() }
}

pub(super) fn single(path: &Path) -> Loaded {
    let path = absolute(path);
    let name = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    let read = CString::new(path.as_os_str().as_bytes())
        .map_err(|_| Errno::INVAL)
        .and_then(|path| read(CWD, &path, &mut bytes));
    let content = match read {
        Ok(length) => Content::read("", &bytes[..length]),
        Err(error) => {
            let reason = format!("this file could not be read: {}", error_words(error));
            Content::Problem([Fault::whole(reason)].into())
        }
    };
    Loaded {
        folder: name(path.parent().map(Path::as_os_str)).into(),
        name: clean_line(&name(path.file_stem())).into(),
        fingerprint: fingerprint(&bytes[..read.unwrap_or(0)]),
        path: path.into(),
        content,
    }
}

/// Reads a file into the start of `bytes`, which never shrinks, and returns the file's length. Reading stops as soon as
/// the limit is exceeded.
fn read(folder: impl rustix::fd::AsFd, name: &CStr, bytes: &mut Vec<u8>) -> rustix::io::Result<usize> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOCTTY | OFlags::NONBLOCK;
    let file = openat(folder, name, flags, Mode::empty())?;
    let mut length = 0;
    loop {
        if length == bytes.len() {
            bytes.resize((length * 2).max(64 << 10), 0);
        }
        match rustix::io::read(&file, &mut bytes[length..]) {
            Ok(0) => return Ok(length),
            Ok(read) => length += read,
            Err(Errno::INTR) => {}
            Err(error) => return Err(error),
        }
        if length > MAX_BYTES {
            return Ok(length);
        }
    }
}
