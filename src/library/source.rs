//! Where reviews come from: a folder, a file, or the program itself. It does not know what is in them.

use std::path::{Path, PathBuf};

/// Where reviews come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// The reviews compiled into the program.
    Bundled,
    /// Every `.toml` file in a folder, at any depth.
    Folder(PathBuf),
    /// One file.
    File(PathBuf),
}

impl Source {
    /// The source at a path.
    ///
    /// # Errors
    /// If nothing is there, or it is neither a folder nor a file.
    pub fn at(path: &Path) -> std::io::Result<Self> {
        let metadata = std::fs::metadata(path)?;
        if metadata.is_dir() {
            Ok(Source::Folder(path.to_owned()))
        } else if metadata.is_file() {
            Ok(Source::File(path.to_owned()))
        } else {
            Err(std::io::Error::other("neither a folder nor a file"))
        }
    }

    /// The name to display: the last part of the path.
    #[must_use]
    pub fn name(&self) -> String {
        let last = |path: &Path| {
            let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            crate::review::clean_line(&name.unwrap_or_else(|| "/".to_owned())).into_owned()
        };
        match self {
            Source::Bundled => "bundled reviews".to_owned(),
            Source::Folder(path) => format!("{}/", last(path)),
            Source::File(path) => last(path),
        }
    }
}
