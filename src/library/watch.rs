//! Keeps a library fresh: watches its folders and rereads whatever changes in them.
//!
//! A folder is watched before it is listed, so that no change is missed, and nothing is polled. A change to a file
//! rereads that file. A change to a folder rereads everything, and delivers what differs.

use std::collections::{BTreeSet, HashMap};
use std::ffi::CString;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use notify::{Config, ErrorKind, EventKindMask, RecommendedWatcher, RecursiveMode, Watcher};

use super::delivery::lock;
use super::load::{Folder, Reread, absolute, error_words, load_entering, reread, single};
use super::{Change, Source};

/// A burst of changes is over when nothing has happened for this long. The second constant limits how long a burst is
/// waited for.
const QUIET: Duration = Duration::from_millis(15);
const LONGEST_BURST: Duration = Duration::from_millis(50);

/// How long to wait for a file that vanished to come back: many editors save by replacing the file with another one.
const RETURN: Duration = Duration::from_millis(30);

/// News about a library.
#[derive(Debug)]
pub enum News {
    /// Files were added, changed or removed.
    Changed(Vec<Change>),
    /// Everything was read, either for the first time or again.
    Complete,
    /// Changes will not be noticed, for this reason. Everything can still be reread.
    Unwatched(String),
}

/// What wakes the thread that keeps a library fresh.
#[derive(Debug)]
enum Wake {
    /// Something happened at these paths.
    At(Vec<PathBuf>),
    /// Anything may have happened.
    Anywhere,
}

/// Has a library reread.
#[derive(Clone, Debug)]
pub struct Reload(Sender<Wake>);

impl Reload {
    /// Rereads everything, and watches what could not be watched before.
    pub fn begin(&self) {
        // If nobody is listening, the program is about to end.
        let _ = self.0.send(Wake::Anywhere);
    }
}

/// A library that is kept fresh.
#[derive(Debug)]
pub struct Live {
    wake: Sender<Wake>,
    woken: Receiver<Wake>,
}

impl Default for Live {
    fn default() -> Self {
        let (wake, woken) = channel();
        Live { wake, woken }
    }
}

impl Live {
    /// A handle to have everything reread.
    #[must_use]
    pub fn reload(&self) -> Reload {
        Reload(self.wake.clone())
    }

    /// Reads all sources and keeps them fresh until `tell` returns `false`.
    pub fn run(self, sources: &[Source], tell: impl Fn(News) -> bool + Sync) {
        let mut known = Known::default();
        let mut watches = known.read(sources, &self.wake, &tell);
        while watches.is_some() {
            let Ok(first) = self.woken.recv() else { return };
            match burst(first, &self.woken).and_then(|paths| known.look(sources, &paths)) {
                Some(changes) if changes.is_empty() => {}
                Some(changes) => {
                    if !tell(News::Changed(changes)) {
                        return;
                    }
                }
                None => {
                    // Watches follow a folder that is renamed, and would report it under its old name.
                    drop(watches);
                    watches = known.read(sources, &self.wake, &tell);
                }
            }
        }
    }
}

/// Collects a burst of changes: the paths, or `None` if anything may have changed.
fn burst(first: Wake, woken: &Receiver<Wake>) -> Option<BTreeSet<PathBuf>> {
    let end = Instant::now() + LONGEST_BURST;
    let (mut paths, mut is_anywhere, mut next) = (BTreeSet::new(), false, Some(first));
    while let Some(wake) = next {
        match wake {
            Wake::At(more) => paths.extend(more),
            Wake::Anywhere => is_anywhere = true,
        }
        let left = end.saturating_duration_since(Instant::now()).min(QUIET);
        next = if left.is_zero() { None } else { woken.recv_timeout(left).ok() };
    }
    (!is_anywhere).then_some(paths)
}

/// The watches on the folders of a library, which end when this is dropped.
struct Watches {
    watcher: Mutex<Option<RecommendedWatcher>>,
    /// Why something is not watched.
    failure: Mutex<Option<String>>,
}

impl Watches {
    fn new(sources: &[Source], wake: &Sender<Wake>) -> Self {
        let watches = Watches { watcher: Mutex::default(), failure: Mutex::default() };
        if sources.iter().all(|source| matches!(source, Source::Bundled)) {
            return watches;
        }
        let wake = wake.clone();
        let report = move |event: notify::Result<notify::Event>| {
            // If nobody is listening, the program is about to end.
            let _ = wake.send(match event {
                Ok(event) if !event.need_rescan() => Wake::At(event.paths),
                _ => Wake::Anywhere,
            });
        };
        // Files that are merely opened do not matter, and we open every one ourselves.
        let kinds = EventKindMask::CREATE
            | EventKindMask::REMOVE
            | EventKindMask::MODIFY_DATA
            | EventKindMask::MODIFY_NAME;
        match RecommendedWatcher::new(report, Config::default().with_event_kinds(kinds)) {
            Ok(watcher) => *lock(&watches.watcher) = Some(watcher),
            Err(error) => watches.fail(&error),
        }
        watches
    }

    fn add(&self, folder: &Path) {
        let added =
            lock(&self.watcher).as_mut().map(|watcher| watcher.watch(folder, RecursiveMode::NonRecursive));
        if let Some(Err(error)) = added {
            self.fail(&error);
        }
    }

    fn fail(&self, error: &notify::Error) {
        let reason = match &error.kind {
            // It is already gone, which the watch on its parent folder reports.
            ErrorKind::PathNotFound => return,
            ErrorKind::MaxFilesWatch => "the system cannot watch any more folders".to_owned(),
            ErrorKind::Io(error) => error_words(error.kind()),
            _ => "the system cannot watch folders".to_owned(),
        };
        lock(&self.failure).get_or_insert(reason);
    }
}

/// What has been read, to find out what has changed.
#[derive(Default)]
struct Known {
    folders: HashMap<PathBuf, Folder>,
    /// The fingerprint of each file, and the number of the last reading that found it.
    files: HashMap<Arc<Path>, (u64, u32)>,
    readings: u32,
}

impl Known {
    /// Reads everything and reports what has changed. Returns the watches, or `None` if nobody is listening.
    fn read(
        &mut self,
        sources: &[Source],
        wake: &Sender<Wake>,
        tell: &(impl Fn(News) -> bool + Sync),
    ) -> Option<Watches> {
        self.readings += 1;
        self.folders.clear();
        let watches = Watches::new(sources, wake);
        for source in sources {
            if let Source::File(path) = source {
                absolute(path).parent().into_iter().for_each(|folder| watches.add(folder));
            }
        }
        let known = Mutex::new(self);
        let entering = |folder: &Folder| {
            watches.add(&folder.path);
            lock(&known).folders.insert(folder.path.clone(), folder.clone());
        };
        load_entering(sources, entering, |mut changes| {
            lock(&known).retain_new(&mut changes);
            changes.is_empty() || tell(News::Changed(changes))
        });
        let gone = lock(&known).forget_unread();
        let failure = lock(&watches.failure).take();
        let is_heard = (gone.is_empty() || tell(News::Changed(gone)))
            && tell(News::Complete)
            && failure.is_none_or(|reason| tell(News::Unwatched(reason)));
        is_heard.then_some(watches)
    }

    /// Keeps the files that are new or have changed, and records them.
    fn retain_new(&mut self, changes: &mut Vec<Change>) {
        let reading = self.readings;
        changes.retain(|change| match change {
            Change::Upsert(file) => {
                let before = self.files.insert(file.path.clone(), (file.fingerprint, reading));
                before.is_none_or(|(fingerprint, _)| fingerprint != file.fingerprint)
            }
            Change::Remove(path) => self.files.remove(&**path).is_some(),
        });
    }

    /// Forgets the files that the last reading did not find.
    fn forget_unread(&mut self) -> Vec<Change> {
        let reading = self.readings;
        let gone = self.files.extract_if(|_, (_, last)| *last != reading);
        gone.map(|(path, _)| Change::Remove(path.to_path_buf())).collect()
    }

    /// Rereads these paths. Returns what has changed, or `None` if one of them is a folder.
    fn look(&mut self, sources: &[Source], paths: &BTreeSet<PathBuf>) -> Option<Vec<Change>> {
        if paths.iter().any(|path| self.files.contains_key(&**path) && !path.exists()) {
            thread::sleep(RETURN);
        }
        let mut changes = Vec::new();
        for path in paths.iter().filter(|path| !is_hidden(path)) {
            match self.look_at(sources, path) {
                Reread::File(file) => changes.push(Change::Upsert(*file)),
                Reread::Gone => changes.push(Change::Remove(path.clone())),
                Reread::Other => {}
                Reread::Folder => return None,
            }
        }
        self.retain_new(&mut changes);
        Some(changes)
    }

    fn look_at(&self, sources: &[Source], path: &Path) -> Reread {
        if self.folders.contains_key(path) {
            return Reread::Folder;
        }
        let is_source = |source: &Source| matches!(source, Source::File(file) if absolute(file) == path);
        if sources.iter().any(is_source) {
            return if path.exists() { Reread::File(Box::new(single(path))) } else { Reread::Gone };
        }
        let folder = path.parent().and_then(|folder| self.folders.get(folder));
        let name = path.file_name().and_then(|name| CString::new(name.as_bytes()).ok());
        match (folder, name) {
            (Some(folder), Some(name)) => reread(folder, &name),
            _ => Reread::Other,
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_bytes().starts_with(b"."))
}

#[cfg(test)]
#[path = "watch_tests.rs"]
mod tests;
