//! Creates many files at once: as durable as one by one, but with a single sync for all.
//!
//! The files of a batch are written without names, then the file system is synced once, and only then are they named.
//! Whenever the program or the machine stops, a name leads to a complete file or to nothing.

use std::io;
use std::path::Path;

/// Writes new files to a folder, which is created if necessary, and returns the result for each. A file that exists
/// already is kept, and is an error.
pub(crate) fn create_all(folder: &Path, files: &[(String, String)]) -> Vec<io::Result<()>> {
    #[cfg(target_os = "linux")]
    if let Ok(unnamed) = unnamed::Folder::open(folder) {
        let mut results = Vec::with_capacity(files.len());
        for batch in files.chunks(unnamed::batch(files.len())) {
            results.extend(unnamed.create(batch));
        }
        if let Err(error) = unnamed.sync() {
            results.iter_mut().for_each(|result| *result = Err(error.kind().into()));
        }
        return results;
    }
    files.iter().map(|(name, text)| super::create(&folder.join(name), text.as_bytes())).collect()
}

#[cfg(target_os = "linux")]
mod unnamed {
    use std::fs::{self, File};
    use std::io::{self, Write};
    use std::os::fd::AsRawFd;
    use std::path::{Path, PathBuf};

    use rustix::fd::OwnedFd;
    use rustix::fs::{AtFlags, CWD, Mode, OFlags, fsync, linkat, open, openat, syncfs};
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    use crate::parallel::map_parts;

    /// The number of files to write between syncs: as many as the process may have open. A sync waits for the disk even
    /// if there is little to write, so the limit is raised as far as the system allows.
    pub(super) fn batch(files: usize) -> usize {
        const LARGEST: usize = 8192;
        const SMALLEST: usize = 64;
        /// Allowance for other files that the process has open.
        const OTHERS: u64 = 100;
        let wanted = files.min(LARGEST) as u64 + OTHERS;
        let limit = getrlimit(Resource::Nofile);
        let possible = limit.maximum.map_or(wanted, |maximum| maximum.min(wanted));
        let current = limit.current.unwrap_or(wanted);
        let is_raised = current < possible
            && setrlimit(Resource::Nofile, Rlimit { current: Some(possible), maximum: limit.maximum })
                .is_ok();
        let open = if is_raised { possible } else { current };
        usize::try_from(open.saturating_sub(OTHERS)).unwrap_or(LARGEST).clamp(SMALLEST, LARGEST)
    }

    /// A folder on a file system that supports files without names (`O_TMPFILE`).
    pub(super) struct Folder {
        path: PathBuf,
        handle: OwnedFd,
    }

    impl Folder {
        pub(super) fn open(path: &Path) -> io::Result<Self> {
            fs::create_dir_all(path)?;
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            Ok(Folder { path: path.to_owned(), handle: open(path, flags, Mode::empty())? })
        }

        /// Writes the files of a batch. Each is complete and on the disk before it is named.
        pub(super) fn create(&self, batch: &[(String, String)]) -> Vec<io::Result<()>> {
            let write = |(): &mut (), index: usize| Some(self.write(batch[index].1.as_bytes()));
            let files = map_parts(batch.len(), || (), write).unwrap_or_default();
            let synced = syncfs(&self.handle);
            let name = |(file, (name, text)): (io::Result<Option<File>>, &(String, String))| {
                let Some(file) = file? else {
                    return super::super::create(&self.path.join(name), text.as_bytes());
                };
                synced?;
                self.link(&file, name)
            };
            files.into_iter().zip(batch).map(name).collect()
        }

        /// Writes a file without a name; `None` if the file system does not support them.
        fn write(&self, text: &[u8]) -> io::Result<Option<File>> {
            let flags = OFlags::TMPFILE | OFlags::WRONLY | OFlags::CLOEXEC;
            let Ok(file) = openat(&self.handle, ".", flags, Mode::from_raw_mode(0o666)) else {
                return Ok(None);
            };
            let mut file = File::from(file);
            file.write_all(text)?;
            Ok(Some(file))
        }

        fn link(&self, file: &File, name: &str) -> io::Result<()> {
            let unnamed = format!("/proc/self/fd/{}", file.as_raw_fd());
            Ok(linkat(CWD, unnamed, &self.handle, name, AtFlags::SYMLINK_FOLLOW)?)
        }

        pub(super) fn sync(&self) -> io::Result<()> {
            Ok(fsync(&self.handle)?)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn new_files_are_whole_and_take_the_place_of_none() {
        let temporary = tempfile::tempdir().expect("there is room");
        let folder = temporary.path().join("a/b");
        let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
        let first: Vec<_> = (0..1300).map(|n| file(&format!("{n}.toml"), &n.to_string())).collect();
        assert!(create_all(&folder, &first).iter().all(Result::is_ok), "all are written");
        let results = create_all(&folder, &[file("7.toml", "other"), file("new.toml", "new")]);
        let error = results[0].as_ref().expect_err("there is one");
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert!(results[1].is_ok(), "what fails takes nothing with it");
        assert_eq!(fs::read(folder.join("7.toml")).expect("it is there"), b"7", "the first one stays");
        assert_eq!(fs::read(folder.join("1299.toml")).expect("it is there"), b"1299");
        assert_eq!(fs::read_dir(&folder).expect("it is there").count(), 1301, "nothing is left beside them");
    }
}
