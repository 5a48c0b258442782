//! A folder that files are put into, each whole or not at all: whenever the program is killed, a name stands for the
//! whole file, for the one that was there before, or for nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::files;

/// A folder that is there.
pub(super) struct Folder {
    path: PathBuf,
    #[cfg(target_os = "linux")]
    handle: rustix::fd::OwnedFd,
}

impl Folder {
    /// Opens a folder, and makes it if need be.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::create_dir_all(path)?;
        Ok(Folder {
            path: path.to_owned(),
            #[cfg(target_os = "linux")]
            handle: {
                use rustix::fs::{Mode, OFlags};
                rustix::fs::open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?
            },
        })
    }

    /// Puts a new file into the folder. A file that is there already is an error, and stays.
    pub(super) fn create(&self, name: &str, text: &[u8]) -> io::Result<()> {
        #[cfg(target_os = "linux")]
        if let Some(done) = self.link(name, text) {
            return done;
        }
        files::create(&self.path.join(name), text)
    }

    /// Puts a file into the place of another.
    pub(super) fn replace(&self, name: &str, text: &[u8]) -> io::Result<()> {
        files::replace(&self.path.join(name), text)
    }

    /// Writes a file without a name, and then names it: half the work of a name beside it, and done by many threads at
    /// once. Nothing where the file system cannot do that.
    #[cfg(target_os = "linux")]
    fn link(&self, name: &str, text: &[u8]) -> Option<io::Result<()>> {
        use rustix::fs::{AtFlags, CWD, Mode, OFlags, linkat, openat};
        use rustix::io::Errno;
        use std::os::fd::AsRawFd;
        let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
        let mut file = fs::File::from(openat(&self.handle, ".", flags, Mode::from_raw_mode(0o666)).ok()?);
        if let Err(error) = file.write_all(text) {
            return Some(Err(error));
        }
        let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
        match linkat(CWD, unnamed, &self.handle, name, AtFlags::SYMLINK_FOLLOW) {
            Ok(()) => Some(Ok(())),
            Err(Errno::EXIST) => Some(Err(Errno::EXIST.into())),
            // No /proc to be asked, or no such links here: the longer way is open.
            Err(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_whole_and_takes_the_place_of_none() {
        let temporary = tempfile::tempdir().expect("there is room");
        let path = temporary.path().join("a/b");
        let folder = Folder::open(&path).expect("it is made");
        folder.create("x.toml", b"one").expect("it is written");
        let error = folder.create("x.toml", b"two").expect_err("there is one");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(path.join("x.toml")).expect("it is there"), b"one", "the first one stays");
        folder.replace("x.toml", b"three").expect("it is written");
        assert_eq!(fs::read(path.join("x.toml")).expect("it is there"), b"three");
        assert_eq!(fs::read_dir(&path).expect("it is there").count(), 1, "nothing is left beside it");
    }
}
