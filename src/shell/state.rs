//! The state file: read at the start, written whole or not at all at the end.
//!
//! It is `unspoiled/state.toml` in the user's state folder (XDG Base Directory Specification, `XDG_STATE_HOME`).

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::app::{Memory, Saved};
use crate::files;

fn path() -> io::Result<PathBuf> {
    let strategy =
        Xdg::new().map_err(|_| io::Error::other("there is no home folder to remember anything in"))?;
    let folder = strategy.state_dir().unwrap_or_else(|| strategy.home_dir().join(".local/state"));
    Ok(folder.join("unspoiled").join("state.toml"))
}

/// Reads what was remembered. Where there is no file, nothing was.
///
/// # Errors
/// If the file is there and cannot be read, in words for the reader.
pub(super) fn load() -> io::Result<Saved> {
    load_from(&path()?)
}

fn load_from(path: &Path) -> io::Result<Saved> {
    let told = |reason: &str| io::Error::other(format!("{} {reason}", path.display()));
    match fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).map_err(|_| {
            told("is not a state file of unspoiled; it is left alone and nothing is remembered")
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Saved::default()),
        Err(error) => Err(told(&format!("could not be read: {error}"))),
    }
}

/// Adds what this run has changed to what is in the file by now.
///
/// # Errors
/// If the file cannot be read or written, in words for the reader.
pub(super) fn save(memory: &Memory) -> io::Result<()> {
    match memory.is_changed() {
        true => save_to(&path()?, memory),
        false => Ok(()),
    }
}

fn save_to(path: &Path, memory: &Memory) -> io::Result<()> {
    let next = memory.to_save(load_from(path)?);
    write(path, &next).map_err(|error| {
        io::Error::other(format!(
            "{} could not be saved: {error}; what you read is not remembered",
            path.display()
        ))
    })
}

fn write(path: &Path, saved: &Saved) -> io::Result<()> {
    let text = toml::to_string(saved).map_err(io::Error::other)?;
    files::replace(path, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(name: &str) -> Memory {
        let mut memory = Memory::default();
        memory.set_read(name.into(), true);
        memory
    }

    #[test]
    fn what_is_saved_is_there_the_next_time_and_adds_up() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("new/state.toml");
        assert_eq!(load_from(&path)?, Saved::default(), "no file is no fault");
        save_to(&path, &memory("a"))?;
        save_to(&path, &memory("b"))?;
        let mut next = Memory::default();
        next.recall(load_from(&path)?);
        assert!(next.is_read("a") && next.is_read("b"));
        let files = fs::read_dir(path.parent().expect("it has one"))?.count();
        assert_eq!(files, 1, "nothing is left beside the file");
        Ok(())
    }

    #[test]
    fn a_file_that_is_something_else_is_left_alone() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("state.toml");
        fs::write(&path, "read = 'Rosebud'")?;
        let error = save_to(&path, &memory("a")).expect_err("it is not overwritten");
        assert!(!error.to_string().contains("Rosebud"), "nor quoted: {error}");
        assert_eq!(fs::read_to_string(&path)?, "read = 'Rosebud'");
        Ok(())
    }

    #[test]
    fn a_link_is_followed_and_kept() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("state.toml"));
        fs::write(&real, "")?;
        std::os::unix::fs::symlink(&real, &link)?;
        save_to(&link, &memory("a"))?;
        assert!(fs::symlink_metadata(&link)?.is_symlink());
        assert!(fs::read_to_string(&real)?.contains('a'));
        Ok(())
    }
}
