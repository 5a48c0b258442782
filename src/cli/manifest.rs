//! What has been imported into a folder: which file came from where, and what it was like when it was written. It is a
//! file of its own with a dot before its name, which a library leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::files;

const NAME: &str = ".unspoiled-import.toml";

/// What is known of one folder, by source and id.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u32,
    #[serde(default)]
    files: BTreeMap<String, BTreeMap<String, Known>>,
    /// Whether more is known than was saved.
    #[serde(skip)]
    is_news: bool,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Known {
    /// Its path below the folder.
    pub(super) name: String,
    /// The hash of what was written.
    pub(super) hash: String,
}

impl Manifest {
    /// Reads what is known of a folder. A manifest that is something else is an error: without it, nobody could tell which
    /// files may be written over.
    pub(super) fn load(folder: &Path) -> io::Result<Self> {
        let other =
            || io::Error::other(format!("{NAME} in it is not what this program wrote; it is left alone"));
        match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => {
                toml::from_str(&text).ok().filter(|known: &Self| known.version == 1).ok_or_else(other)
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Ok(Manifest { version: 1, ..Manifest::default() })
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn save(&mut self, folder: &Path) -> io::Result<()> {
        if self.is_news {
            let text = toml::to_string(self).map_err(io::Error::other)?;
            files::replace(&folder.join(NAME), text.as_bytes())?;
            self.is_news = false;
        }
        Ok(())
    }

    pub(super) fn find(&self, source: &str, id: &str) -> Option<&Known> {
        self.files.get(source)?.get(id)
    }

    pub(super) fn set(&mut self, source: &str, id: &str, known: Known) {
        self.is_news |= self.find(source, id) != Some(&known);
        self.files.entry(source.to_owned()).or_default().insert(id.to_owned(), known);
    }

    /// The files that came from somewhere.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.values().flat_map(|of_source| of_source.values().map(|known| &*known.name))
    }
}

/// A hash that is the same for every version of the program: FNV-1a, 64 bits. It tells edits, and guards against nothing.
pub(super) fn hash(bytes: &[u8]) -> String {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
}
