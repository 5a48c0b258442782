//! The progress of others who share a library: a file for each of them in its folder `progress`. It is only displayed, and
//! opens nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::Library;
use crate::work::{Progress, ProgressFile, WorkKey};

/// The folder of a library with the files.
pub const SHARED: &str = "progress";

/// The files by path.
pub(super) type SharedFiles = Arc<BTreeMap<Arc<Path>, SharedProgress>>;

/// The progress of one person.
#[derive(Clone, Debug)]
pub struct SharedProgress {
    /// The name of the person, taken from the file's; safe to display.
    pub name: Box<str>,
    works: HashMap<WorkKey, Progress>,
}

impl SharedProgress {
    /// Reads a file of a library; `None` if it is not shared progress, since reviews may be in a folder of that name too.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Option<Self> {
        let name = name.strip_prefix(SHARED)?.strip_prefix('/').filter(|name| !name.contains('/'))?;
        let file = ProgressFile::parse(str::from_utf8(bytes).ok()?).ok().filter(ProgressFile::has_table)?;
        let works = file.lines().map(|(work, progress)| (work.key(), progress.clone())).collect();
        Some(SharedProgress { name: name.into(), works })
    }
}

impl Library {
    /// The progress of everybody who shares the library, by name.
    pub fn shared_progress(&self, work: WorkKey) -> impl Iterator<Item = (&str, &Progress)> {
        self.shared.values().filter_map(move |one| Some((&*one.name, one.works.get(&work)?)))
    }
}
