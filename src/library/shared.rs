//! How far others have got who share a library: a progress file for each of them in its folder `progress`. It is there to be
//! seen, and opens nothing.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use super::Library;
use crate::work::{Progress, ProgressFile, WorkKey};

/// The folder of a library that the files are in.
pub const SHARED: &str = "progress";

/// Such files by path.
pub(super) type SharedFiles = Arc<BTreeMap<Arc<Path>, SharedProgress>>;

/// How far somebody has got.
#[derive(Clone, Debug)]
pub struct SharedProgress {
    /// The name of the file, which is that of its reader; safe to display.
    pub name: Box<str>,
    works: HashMap<WorkKey, Progress>,
}

impl SharedProgress {
    /// Reads a file of a library; nothing if it is no shared progress. A review may be in a folder of that name too.
    pub(super) fn read(name: &str, bytes: &[u8]) -> Option<Self> {
        let name = name.strip_prefix(SHARED)?.strip_prefix('/').filter(|name| !name.contains('/'))?;
        let file = ProgressFile::parse(str::from_utf8(bytes).ok()?).ok().filter(ProgressFile::has_table)?;
        let works = file.lines().map(|(work, progress)| (work.key(), progress.clone())).collect();
        Some(SharedProgress { name: name.into(), works })
    }
}

impl Library {
    /// How far those have got who share it, by name.
    pub fn shared_progress(&self, work: WorkKey) -> impl Iterator<Item = (&str, &Progress)> {
        self.shared.values().filter_map(move |one| Some((&*one.name, one.works.get(&work)?)))
    }
}
