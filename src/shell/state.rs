//! The state file: read at startup, changed under a lock, and replaced atomically.
//!
//! It is `unspoiled/state.toml` in the user's state folder (XDG Base Directory Specification, `XDG_STATE_HOME`). A file
//! that cannot be used is never overwritten.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, SystemTime};

use etcetera::base_strategy::{BaseStrategy, Xdg};
use rustix::fs::OFlags;

use crate::app::{Saved, StateChanges, Unusable};
use crate::files;
use crate::review::clean_line;

/// More than the state of a million reviews takes. A larger file is not a state file.
const MAX_BYTES: u64 = 256 << 20;

/// How often to try the lock before assuming that another program hangs while holding it, and the pause in between.
const LOCK_ATTEMPTS: u32 = 500;
const LOCK_PAUSE: Duration = Duration::from_millis(10);

/// The age after which a temporary file is considered abandoned.
const ABANDONED: Duration = Duration::from_secs(600);

/// Where the file is.
pub(super) fn path() -> io::Result<PathBuf> {
    let strategy =
        Xdg::new().map_err(|_| io::Error::other("there is no home folder to remember anything in"))?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.home_dir().join(".local/state"));
    Ok(folder.join("unspoiled").join("state.toml"))
}

/// Reads the saved state; empty if there is no file.
///
/// # Errors
/// If the file exists but cannot be used, in words for the reader.
pub(super) fn load() -> io::Result<Saved> {
    let path = path()?;
    load_from(&path).map_err(|trouble| {
        told(
            &path,
            &match trouble {
                Trouble::Damaged => {
                    "is damaged: nothing in it is remembered, and the next save sets it aside".to_owned()
                }
                other => format!("{}; nothing is remembered", other.reason()),
            },
        )
    })
}

/// Forgets everything. A file that cannot be used is set aside, as at any other time.
///
/// # Errors
/// If this fails, in words for the reader.
pub(super) fn clear() -> io::Result<()> {
    let path = path()?;
    let clear = || {
        let _lock = lock(path.parent().unwrap_or(Path::new("."))).map_err(Trouble::Unwritable)?;
        match load_from(&path) {
            Err(trouble @ (Trouble::Newer | Trouble::Unreadable(_))) => Err(trouble),
            Err(Trouble::Damaged) => set_aside(&path).map_err(Trouble::Unwritable),
            _ if path.exists() => files::replace(&path, b"").map_err(Trouble::Unwritable),
            _ => Ok(()),
        }
    };
    match path.parent().is_some_and(Path::exists) {
        true => {
            clear().map_err(|trouble| told(&path, &format!("{}; nothing is forgotten", trouble.reason())))
        }
        false => Ok(()),
    }
}

/// Applies changes to the current contents of the file.
///
/// # Errors
/// If this fails, in words for the reader.
pub(super) fn save(changes: &StateChanges) -> io::Result<()> {
    let path = path()?;
    save_to(&path, changes)
        .map_err(|trouble| told(&path, &format!("{}; what you read is not remembered", trouble.reason())))
}

fn told(path: &Path, reason: &str) -> io::Error {
    io::Error::other(format!("{} {reason}", clean_line(&path.to_string_lossy())))
}

/// Why the file cannot be used.
#[derive(Debug)]
enum Trouble {
    Newer,
    Damaged,
    Unreadable(io::Error),
    Unwritable(io::Error),
}

impl Trouble {
    fn reason(&self) -> String {
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
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Saved::default()),
        Err(error) => return Err(Trouble::Unreadable(error)),
    };
    let text = str::from_utf8(&bytes).map_err(|_| Trouble::Damaged)?;
    Saved::parse(text).map_err(|unusable| match unusable {
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

fn save_to(path: &Path, changes: &StateChanges) -> Result<(), Trouble> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Trouble::Unwritable)?;
    // Released when dropped, or when the process ends.
    let _lock = lock(folder).map_err(Trouble::Unwritable)?;
    clear_remains(folder);
    let mut saved = match load_from(path) {
        Ok(saved) => saved,
        Err(Trouble::Damaged) => {
            set_aside(path).map_err(Trouble::Unwritable)?;
            Saved::default()
        }
        Err(trouble) => return Err(trouble),
    };
    changes.apply(&mut saved);
    let text = toml::to_string(&saved).map_err(|error| Trouble::Unwritable(io::Error::other(error)))?;
    files::replace(path, text.as_bytes()).map_err(Trouble::Unwritable)
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
mod tests {
    use super::*;
    use crate::app::Memory;

    fn changes(name: &str) -> StateChanges {
        let mut memory = Memory::default();
        memory.set_read(name.into(), true);
        memory.take_changes()
    }

    fn recalled(path: &Path) -> Memory {
        let mut memory = Memory::default();
        memory.recall(load_from(path).expect("it is there"));
        memory
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it is there").flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn what_is_saved_is_there_the_next_time_and_adds_up() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("new/state.toml");
        assert_eq!(load_from(&path).expect("no file is no fault"), Saved::default());
        for name in ["a", "b"] {
            save_to(&path, &changes(name)).expect("it is saved");
        }
        let next = recalled(&path);
        assert!(next.is_read("a") && next.is_read("b"));
        assert_eq!(names(&folder.path().join("new")), ["state.lock", "state.toml"], "nothing else is left");
    }

    #[test]
    fn who_saves_at_the_same_time_waits() {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("state.toml");
        thread::scope(|scope| {
            for n in 0..8 {
                let path = &path;
                scope.spawn(move || save_to(path, &changes(&n.to_string())).expect("it is saved"));
            }
        });
        let next = recalled(&path);
        assert!((0..8).all(|n| next.is_read(&n.to_string())), "nobody's change is lost");
    }

    #[test]
    fn a_link_is_followed_and_kept_also_by_what_is_set_aside() {
        let folder = tempfile::tempdir().expect("there is room");
        let (real, link) = (folder.path().join("elsewhere/real.toml"), folder.path().join("state.toml"));
        fs::create_dir(folder.path().join("elsewhere")).expect("it is made");
        std::os::unix::fs::symlink(&real, &link).expect("it is linked");
        for before in [None, Some(""), Some("read = 'Rosebud'")] {
            before.into_iter().for_each(|text| fs::write(&real, text).expect("it is written"));
            save_to(&link, &changes("a")).expect("it is saved");
            assert!(link.is_symlink(), "the link is kept");
            assert!(recalled(&real).is_read("a"), "over {before:?}");
        }
        let damaged = fs::read_to_string(real.with_added_extension("damaged-1")).expect("it is set aside");
        assert_eq!(damaged, "read = 'Rosebud'");
    }
}
