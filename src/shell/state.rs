//! The state file and the progress file: read at startup, changed under a lock, and replaced atomically.
//!
//! They are `unspoiled/state.toml` and `unspoiled/progress.toml` in the user's state folder (XDG Base Directory Specification,
//! `XDG_STATE_HOME`). A file that cannot be used is never overwritten.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use etcetera::base_strategy::{BaseStrategy, Xdg};
use rustix::fs::OFlags;

use crate::app::{Saved, StateChanges};
use crate::files;
use crate::review::clean_line;
use crate::work::{ProgressFile, Unusable};

/// More than the state of a million reviews takes. A larger file is not a state file.
const MAX_BYTES: u64 = 256 << 20;

/// How often to try the lock before assuming that another program hangs while holding it, and the pause in between.
const LOCK_ATTEMPTS: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The age after which a temporary file is considered abandoned.
const ABANDONED: Duration = Duration::from_secs(600);

/// Where the file is.
pub(super) fn path() -> io::Result<PathBuf> {
    let strategy = Xdg::new().map_err(|_| io::Error::other("there is no home folder to save anything in"))?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.home_dir().join(".local/state"));
    Ok(folder.join("unspoiled").join("state.toml"))
}

/// The name of the file with the reader's progress, beside the state file.
pub(super) fn progress_beside(path: &Path) -> PathBuf {
    path.with_file_name("progress.toml")
}

/// Reads the saved state with the progress, both empty where there are no files, and in words for the reader which of them
/// cannot be used.
pub(super) fn load() -> (Saved, Vec<String>) {
    match path() {
        Ok(path) => load_all(&path),
        Err(error) => (Saved::default(), vec![error.to_string()]),
    }
}

fn load_all(path: &Path) -> (Saved, Vec<String>) {
    let mut troubles = Vec::new();
    let mut tell = |path: &Path, trouble: Trouble| {
        let reason = match trouble {
            Trouble::Damaged => {
                "is damaged: nothing in it is remembered, and the next save sets it aside".to_owned()
            }
            other => format!("{}; nothing is remembered", other.reason()),
        };
        troubles.push(told(path, &reason).to_string());
    };
    let saved = load_from(path).unwrap_or_else(|trouble| {
        tell(path, trouble);
        Saved::default()
    });
    let beside = progress_beside(path);
    let saved = match load_progress(&beside) {
        Ok(None) => saved,
        Ok(Some(progress)) => saved.with_progress(&progress),
        Err(trouble) => {
            tell(&beside, trouble);
            saved.with_progress(&ProgressFile::default())
        }
    };
    (saved, troubles)
}

/// Forgets everything. A file that cannot be used is set aside, as at any other time.
///
/// # Errors
/// If this fails, in words for the reader.
pub(super) fn clear() -> io::Result<()> {
    let path = path()?;
    if !path.parent().is_some_and(Path::exists) {
        return Ok(());
    }
    let failed =
        |path: &Path, trouble: Trouble| told(path, &format!("{}; nothing is forgotten", trouble.reason()));
    let _lock = lock(path.parent().unwrap_or(Path::new(".")))
        .map_err(|error| failed(&path, Trouble::Unwritable(error)))?;
    let beside = progress_beside(&path);
    clear_one(&path, load_from(&path).map(drop)).map_err(|trouble| failed(&path, trouble))?;
    clear_one(&beside, load_progress(&beside).map(drop)).map_err(|trouble| failed(&beside, trouble))
}

fn clear_one(path: &Path, loaded: Result<(), Trouble>) -> Result<(), Trouble> {
    match loaded {
        Err(trouble @ (Trouble::Newer | Trouble::Unreadable(_))) => Err(trouble),
        Err(Trouble::Damaged) => set_aside(path).map_err(Trouble::Unwritable),
        _ if path.exists() => files::replace(path, b"").map_err(Trouble::Unwritable),
        _ => Ok(()),
    }
}

/// Applies changes to the current contents of the files.
///
/// # Errors
/// If this fails, in words for the reader.
pub(super) fn save(changes: &StateChanges) -> io::Result<()> {
    save_to(&path()?, changes)
}

pub(super) fn told(path: &Path, reason: &str) -> io::Error {
    io::Error::other(format!("{} {reason}", clean_line(&path.to_string_lossy())))
}

/// Why the file cannot be used.
#[derive(Debug)]
pub(super) enum Trouble {
    Newer,
    Damaged,
    Unreadable(io::Error),
    Unwritable(io::Error),
}

impl Trouble {
    pub(super) fn reason(&self) -> String {
        match self {
            Trouble::Newer => "is from a newer version of unspoiled and was left unchanged".to_owned(),
            Trouble::Damaged => "is damaged".to_owned(),
            Trouble::Unreadable(error) if error.kind() == ErrorKind::Other => error.to_string(),
            Trouble::Unreadable(error) => format!("could not be read: {error}"),
            Trouble::Unwritable(error) => format!("could not be saved: {error}"),
        }
    }
}

fn load_from(path: &Path) -> Result<Saved, Trouble> {
    Ok(load_as(path, Saved::parse)?.unwrap_or_default())
}

pub(super) fn load_progress(path: &Path) -> Result<Option<ProgressFile>, Trouble> {
    load_as(path, ProgressFile::parse)
}

/// Reads a file of some form; nothing if there is none.
fn load_as<T>(path: &Path, parse: fn(&str) -> Result<T, Unusable>) -> Result<Option<T>, Trouble> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Trouble::Unreadable(error)),
    };
    let text = str::from_utf8(&bytes).map_err(|_| Trouble::Damaged)?;
    parse(text).map(Some).map_err(|unusable| match unusable {
        Unusable::Newer => Trouble::Newer,
        Unusable::Damaged => Trouble::Damaged,
    })
}

/// Reads a regular file. Reading a pipe could block, and a device may never end.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let flags = (OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed();
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("is not a plain file"));
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    match bytes.len() as u64 > MAX_BYTES {
        true => Err(io::Error::other("is too large for a state file")),
        false => Ok(bytes),
    }
}

fn save_to(path: &Path, changes: &StateChanges) -> io::Result<()> {
    let failed = |path: &Path, trouble: Trouble| {
        told(path, &format!("{}; what you read is not remembered", trouble.reason()))
    };
    let folder = path.parent().unwrap_or(Path::new("."));
    let prepared = fs::create_dir_all(folder).and_then(|()| lock(folder));
    // Released when dropped, or when the process ends.
    let _lock = prepared.map_err(|error| failed(path, Trouble::Unwritable(error)))?;
    clear_remains(folder);
    let saved = or_set_aside(path, load_from(path)).map(Option::unwrap_or_default);
    let beside = progress_beside(path);
    // Progress that the state file still holds leaves it only once it is in its own.
    let progress = save_progress(&beside, saved.as_ref().ok(), changes);
    let state = saved.and_then(|saved| save_state(path, saved, changes, beside.exists()));
    state.map_err(|trouble| failed(path, trouble))?;
    progress.map_err(|trouble| failed(&beside, trouble))
}

fn save_state(
    path: &Path,
    before: Saved,
    changes: &StateChanges,
    has_progress_file: bool,
) -> Result<(), Trouble> {
    let mut saved = before.clone();
    changes.apply(&mut saved);
    if has_progress_file {
        saved = saved.with_progress(&ProgressFile::default());
    }
    if saved == before {
        return Ok(());
    }
    let text = toml::to_string(&saved).map_err(|error| Trouble::Unwritable(io::Error::other(error)))?;
    files::replace(path, text.as_bytes()).map_err(Trouble::Unwritable)
}

/// Saves progress. The first time it takes over what the state file holds, which must be known for that.
fn save_progress(path: &Path, saved: Option<&Saved>, changes: &StateChanges) -> Result<(), Trouble> {
    let before = or_set_aside(path, load_progress(path))?.flatten();
    let mut file = match (before, saved) {
        (Some(file), _) => file,
        (None, Some(saved)) => {
            let mut file = ProgressFile::default();
            file.apply(&saved.progress());
            if file == ProgressFile::default() && changes.progress().is_empty() {
                return Ok(());
            }
            file
        }
        (None, None) => return Ok(()),
    };
    if path.exists() && changes.progress().is_empty() {
        return Ok(());
    }
    file.apply(changes.progress());
    files::replace(path, file.text().as_bytes()).map_err(Trouble::Unwritable)
}

/// Sets a damaged file aside, after which there is none.
fn or_set_aside<T>(path: &Path, loaded: Result<T, Trouble>) -> Result<Option<T>, Trouble> {
    match loaded {
        Err(Trouble::Damaged) => set_aside(path).map(|()| None).map_err(Trouble::Unwritable),
        loaded => loaded.map(Some),
    }
}

/// Takes the lock on the state file. It is a file of its own, because every save replaces the state file.
fn lock(folder: &Path) -> io::Result<File> {
    let file = OpenOptions::new().create(true).append(true).open(folder.join("state.lock"))?;
    for _ in 0..LOCK_ATTEMPTS {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
            // Some network file systems do not support locks. Saving without one is better than not saving.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other("another unspoiled has been saving for too long"))
}

/// Renames a damaged file to the first free name. If it is a link, the target is renamed.
fn set_aside(path: &Path) -> io::Result<()> {
    let real = fs::canonicalize(path)?;
    let name = |n: u32| real.with_added_extension(format!("damaged-{n}"));
    match (1..1_000).map(name).find(|aside| fs::symlink_metadata(aside).is_err()) {
        Some(aside) => fs::rename(&real, aside),
        None => Err(io::Error::other("there are too many damaged ones beside it")),
    }
}

/// Removes temporary files of programs that were killed while saving.
fn clear_remains(folder: &Path) {
    let now = SystemTime::now();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_ours = entry.file_name().as_encoded_bytes().starts_with(files::TEMPORARY.as_bytes());
        let age = || now.duration_since(entry.metadata().ok()?.modified().ok()?).ok();
        if is_ours && age().is_some_and(|age| age > ABANDONED) {
            // If it stays, the next save tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests;
