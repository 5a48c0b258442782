//! The one writer of files: state, manifests, exports, new reviews.
//!
//! A file is written under a temporary name, synced and renamed, and then its folder is synced. Whenever the program or
//! the machine stops, the name leads to the complete new file, to the old one, or to nothing. This module does not know
//! what is in the files.

mod batch;

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub(crate) use batch::create_all;
use tempfile::NamedTempFile;

/// The prefix of temporary names. A program that is killed leaves such a file behind.
pub(crate) const TEMPORARY: &str = ".unspoiled-";

/// The maximum number of links to follow to a file, the same as on Linux.
const MAX_LINKS: usize = 40;

/// Writes a file, replacing any that is there. Missing folders are created. A link is kept and its target written, even
/// if the target does not exist yet.
///
/// # Errors
/// If the file cannot be written completely, or something other than a regular file is there: a pipe or a device is
/// never replaced.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path)?;
    if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
        return Err(io::Error::other("what is there is not a plain file"));
    }
    let file = beside(&path, bytes)?;
    file.persist(&path)?;
    sync_folder(&path)
}

/// Writes a new file. Missing folders are created.
///
/// # Errors
/// If something is there already ([`io::ErrorKind::AlreadyExists`]), or the file cannot be written completely.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = beside(path, bytes)?;
    file.persist_noclobber(path)?;
    sync_folder(path)
}

/// Writes a synced temporary file in the folder of `path`, with the permissions of any new file: the user's mask applies.
fn beside(path: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let folder = folder(path);
    fs::create_dir_all(folder)?;
    let mode = Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).permissions(mode).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Syncs the folder, so that a new name survives a power cut. Some file systems cannot do this, which is not an error.
fn sync_folder(path: &Path) -> io::Result<()> {
    let _ = File::open(folder(path))?.sync_all();
    Ok(())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Follows links to their target, which need not exist.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MAX_LINKS {
        match fs::read_link(&path) {
            Ok(next) => path = folder(&path).join(next),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("it is there").flatten();
        let mut names: Vec<_> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let temporary = tempfile::tempdir().expect("there is room");
        let path = temporary.path().join("a/b/x");
        create(&path, b"one").expect("it is written");
        let error = create(&path, b"two").expect_err("there is one");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&path).expect("it is there"), b"one", "the first one stays");
        replace(&path, b"three").expect("it is replaced");
        assert_eq!(fs::read(&path).expect("it is there"), b"three");
        assert_eq!(names(&temporary.path().join("a/b")), ["x"], "nothing is left beside it");
    }

    #[test]
    fn links_are_kept_also_where_they_lead_to_nothing_yet() {
        let temporary = tempfile::tempdir().expect("there is room");
        let folder = temporary.path();
        std::os::unix::fs::symlink("real", folder.join("link")).expect("it is linked");
        for text in ["one", "two"] {
            replace(&folder.join("link"), text.as_bytes()).expect("it is written");
            assert!(folder.join("link").is_symlink(), "the link is kept");
            assert_eq!(fs::read_to_string(folder.join("real")).expect("it is there"), text);
        }
        std::os::unix::fs::symlink("loop", folder.join("loop")).expect("it is linked");
        replace(&folder.join("loop"), b"x").expect_err("a circle leads nowhere");
    }

    #[test]
    fn what_is_no_plain_file_is_not_replaced() {
        let temporary = tempfile::tempdir().expect("there is room");
        fs::create_dir(temporary.path().join("folder")).expect("it is made");
        for path in [temporary.path().join("folder"), PathBuf::from("/dev/null")] {
            replace(&path, b"x").expect_err("it is no plain file");
        }
        assert_eq!(names(temporary.path()), ["folder"], "and nothing is left beside it");
    }
}
