//! Reading a library: folders to files to items, with many reads in flight.

use std::collections::HashSet;
use std::ffi::{CStr, CString, OsStr};
use std::os::fd::OwnedFd;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rustix::fs::{AtFlags, CWD, Dir, FileType, Mode, OFlags, fstat, openat, statat};
use rustix::io::Errno;

use super::queue::{Either, Queue};
use super::{Content, Item, Source, bundled};
use crate::review::{Fault, MAX_BYTES, Parser, clean_line};

/// Reads under way at once. A cold disk answers eight in half the time of two; a warm cache does not mind.
const WORKERS: usize = 8;

/// Files that a worker takes at a time.
const CHUNK: usize = 64;

/// The first delivery comes soon, so that there is something to read; later ones grow, since each costs a frame.
const FIRST_DELIVERY: usize = 64;
const LARGEST_DELIVERY: usize = 16 << 10;

/// Reads all sources and delivers items as they come, in no order. It returns when all are read, or when `deliver` says
/// that nobody wants more.
pub fn load(sources: &[Source], deliver: impl Fn(Vec<Item>) -> bool + Sync) {
    let mut folders = Vec::new();
    let mut first = Vec::new();
    let mut parser = Parser::default();
    for source in sources {
        match source {
            Source::Bundled => first.extend(bundled::REVIEWS.iter().map(|(id, text)| Item {
                folder: source.name().into(),
                id: (*id).into(),
                content: content(parser.parse(text.as_bytes())),
            })),
            Source::Folder(path) => folders.push(Folder {
                root: absolute(path).to_string_lossy().into(),
                path: path.clone(),
                below: String::new(),
            }),
            Source::File(path) => first.push(single(path, &mut parser)),
        }
    }
    let delivery = Delivery {
        deliver,
        waiting: Mutex::new(Waiting { items: first, enough: FIRST_DELIVERY }),
        queue: Queue::new(folders),
    };
    if !delivery.flush() {
        return;
    }
    let seen = Mutex::new(HashSet::new());
    std::thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(|| Worker::new(&delivery, &seen).run());
        }
    });
    delivery.flush();
}

/// Items on their way out.
struct Delivery<D> {
    deliver: D,
    waiting: Mutex<Waiting>,
    queue: Queue<Files, Folder>,
}

struct Waiting {
    items: Vec<Item>,
    /// How many make a delivery.
    enough: usize,
}

impl<D: Fn(Vec<Item>) -> bool> Delivery<D> {
    fn add(&self, items: &mut Vec<Item>) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.items.append(items);
        if waiting.items.len() < waiting.enough {
            return;
        }
        waiting.enough = (waiting.enough * 4).min(LARGEST_DELIVERY);
        let ready = std::mem::take(&mut waiting.items);
        drop(waiting);
        if !(self.deliver)(ready) {
            self.queue.stop();
        }
    }

    fn flush(&self) -> bool {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let ready = std::mem::take(&mut waiting.items);
        ready.is_empty() || (self.deliver)(ready)
    }
}

/// A folder to be listed.
struct Folder {
    /// The library folder, for its items' names.
    root: Arc<str>,
    path: PathBuf,
    /// Where it is below the library folder, with a slash at the end unless it is that.
    below: String,
}

/// Files of one folder to be read.
struct Files {
    folder: Arc<OpenFolder>,
    names: Vec<CString>,
}

struct OpenFolder {
    handle: OwnedFd,
    root: Arc<str>,
    below: String,
}

/// Folders that have been entered, by device and inode: a link must not lead in a circle, nor to the same files twice.
type Seen = Mutex<HashSet<(u64, u64)>>;

struct Worker<'l, D> {
    delivery: &'l Delivery<D>,
    seen: &'l Seen,
    parser: Parser,
    bytes: Vec<u8>,
    items: Vec<Item>,
}

impl<'l, D: Fn(Vec<Item>) -> bool> Worker<'l, D> {
    fn new(delivery: &'l Delivery<D>, seen: &'l Seen) -> Self {
        Worker { delivery, seen, parser: Parser::default(), bytes: Vec::new(), items: Vec::new() }
    }

    fn run(&mut self) {
        self.delivery.queue.work(|job| {
            match job {
                Either::Urgent(files) => self.read_files(&files),
                Either::Rest(folder) => self.list(&folder),
            }
            if !self.items.is_empty() {
                self.delivery.add(&mut self.items);
            }
        });
    }

    fn list(&mut self, folder: &Folder) {
        if let Err(error) = self.try_list(folder) {
            let id = if folder.below.is_empty() { "." } else { folder.below.trim_end_matches('/') };
            let reason = format!("this folder could not be read: {}", told(error));
            self.problem(&folder.root, id.to_owned(), reason);
        }
    }

    fn try_list(&mut self, folder: &Folder) -> rustix::io::Result<()> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let handle = openat(CWD, &folder.path, flags, Mode::empty())?;
        let stat = fstat(&handle)?;
        let identity = (stat.st_dev as u64, stat.st_ino as u64);
        if !self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(identity) {
            return Ok(());
        }
        let entries = Dir::read_from(&handle)?;
        let open = Arc::new(OpenFolder { handle, root: folder.root.clone(), below: folder.below.clone() });
        let mut names = Vec::with_capacity(CHUNK);
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            if name.to_bytes().starts_with(b".") {
                continue;
            }
            match self.kind(&open, name, entry.file_type()) {
                FileType::Directory => self.delivery.queue.push(Folder {
                    root: folder.root.clone(),
                    path: folder.path.join(OsStr::from_bytes(name.to_bytes())),
                    below: format!("{}{}/", folder.below, shown(name)),
                }),
                _ if !name.to_bytes().ends_with(b".toml") => {}
                FileType::RegularFile => {
                    names.push(name.to_owned());
                    if names.len() == CHUNK {
                        let names = std::mem::replace(&mut names, Vec::with_capacity(CHUNK));
                        self.delivery.queue.push_urgent(Files { folder: open.clone(), names });
                    }
                }
                // A pipe would keep its reader waiting, a device might do anything.
                _ => self.problem(&open.root, open.id(name), "not a file with text in it".to_owned()),
            }
        }
        self.read_files(&Files { folder: open, names });
        Ok(())
    }

    /// What an entry is, or what its link leads to. Most file systems say so while listing.
    fn kind(&self, folder: &OpenFolder, name: &CStr, listed: FileType) -> FileType {
        match listed {
            FileType::Symlink | FileType::Unknown => statat(&folder.handle, name, AtFlags::empty())
                .map_or(FileType::RegularFile, |stat| FileType::from_raw_mode(stat.st_mode)),
            listed => listed,
        }
    }

    fn read_files(&mut self, files: &Files) {
        let folder = &files.folder;
        let (mut ids, mut drafts) = (Vec::new(), Vec::new());
        for name in &files.names {
            let faults = match read(&folder.handle, name, &mut self.bytes) {
                Ok(length) => match self.parser.draft(&self.bytes[..length]) {
                    Ok(draft) => {
                        ids.push(folder.id(name));
                        drafts.push(draft);
                        continue;
                    }
                    Err(faults) => faults,
                },
                Err(error) => vec![Fault::whole(format!("this file could not be read: {}", told(error)))],
            };
            let content = Content::Problem(faults.into());
            self.items.push(Item { folder: folder.root.clone(), id: folder.id(name).into(), content });
        }
        let item = |(id, review): (String, _)| Item {
            folder: folder.root.clone(),
            id: id.into(),
            content: Content::Review(review),
        };
        self.items.extend(ids.into_iter().zip(self.parser.finish(drafts)).map(item));
    }

    fn problem(&mut self, root: &Arc<str>, id: String, reason: String) {
        let content = Content::Problem([Fault::whole(reason)].into());
        self.items.push(Item { folder: root.clone(), id: id.into(), content });
    }
}

impl OpenFolder {
    fn id(&self, name: &CStr) -> String {
        let name = shown(name);
        format!("{}{}", self.below, name.strip_suffix(".toml").unwrap_or(&name))
    }
}

/// A file's name as it can be shown: names are bytes, and may hold control characters.
fn shown(name: &CStr) -> String {
    clean_line(&name.to_string_lossy()).into_owned()
}

/// A system's error in words, without its number.
fn told(error: Errno) -> String {
    let words = std::io::Error::from(error).to_string();
    words.split(" (os error").next().unwrap_or_default().to_lowercase()
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn content(parsed: Result<crate::review::Review, Vec<Fault>>) -> Content {
    match parsed {
        Ok(review) => Content::Review(review),
        Err(faults) => Content::Problem(faults.into()),
    }
}

fn single(path: &Path, parser: &mut Parser) -> Item {
    let full = absolute(path);
    let name = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
    let mut bytes = Vec::new();
    let content = match CString::new(path.as_os_str().as_bytes())
        .map_err(|_| Errno::INVAL)
        .and_then(|path| read(CWD, &path, &mut bytes))
    {
        Ok(length) => content(parser.parse(&bytes[..length])),
        Err(error) => {
            let reason = format!("this file could not be read: {}", told(error));
            Content::Problem([Fault::whole(reason)].into())
        }
    };
    Item {
        folder: name(full.parent().map(Path::as_os_str)).into(),
        id: clean_line(&name(full.file_stem())).into(),
        content,
    }
}

/// Reads a file to the start of `bytes`, which only ever grows, and returns how long it is; of a file that is larger than
/// any review may be, no more than it takes to see that.
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
