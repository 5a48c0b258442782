//! What has been imported into a folder: where each file came from, and its contents when it was written. The file's
//! name begins with a dot, so libraries ignore it.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::Error;
use crate::files;

const NAME: &str = ".unspoiled-import.toml";

/// What is known about one folder, by source and id.
#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u32,
    #[serde(default)]
    files: BTreeMap<String, BTreeMap<String, Record>>,
    /// How many changes have not been saved yet.
    #[serde(skip)]
    changes: usize,
}

/// A file that was imported.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Record {
    /// Its path below the folder.
    pub(super) name: String,
    /// The checksum of the written file.
    pub(super) hash: String,
}

impl Manifest {
    /// Reads what is known about a folder. Anything that is not a manifest is an error: without one, nobody could tell
    /// which files may be overwritten.
    pub(super) fn load(folder: &Path) -> Result<Self, Error> {
        let text = match fs::read_to_string(folder.join(NAME)) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Manifest { version: 1, ..Manifest::default() });
            }
            Err(error) => return Err(Error::Read(folder.join(NAME), error)),
        };
        let manifest = toml::from_str(&text).ok().filter(|manifest: &Self| manifest.version == 1);
        let manifest = manifest.ok_or_else(|| Error::Foreign(folder.join(NAME)))?;
        let is_safe = manifest.names().all(is_below);
        is_safe.then_some(manifest).ok_or_else(|| Error::Outside(folder.join(NAME)))
    }

    /// Saves the manifest once it has grown by half. All of it is written each time, so saving it every few reviews
    /// would take longer than writing a million of them. What has not been recorded when the power fails is recognised
    /// again by its text.
    pub(super) fn save_if_due(&mut self, folder: &Path) -> Result<(), Error> {
        let all: usize = self.files.values().map(BTreeMap::len).sum();
        if self.changes * 3 >= all { self.save(folder) } else { Ok(()) }
    }

    pub(super) fn save(&mut self, folder: &Path) -> Result<(), Error> {
        if self.changes > 0 {
            let noted = toml::to_string(self)
                .map_err(std::io::Error::other)
                .and_then(|text| files::replace(&folder.join(NAME), text.as_bytes()));
            noted.map_err(|error| Error::Note(folder.to_owned(), error))?;
            self.changes = 0;
        }
        Ok(())
    }

    pub(super) fn find(&self, source: &str, id: &str) -> Option<&Record> {
        self.files.get(source)?.get(id)
    }

    pub(super) fn set(&mut self, source: &str, id: &str, record: Record) {
        self.changes += usize::from(self.find(source, id) != Some(&record));
        self.files.entry(source.to_owned()).or_default().insert(id.to_owned(), record);
    }

    /// Takes a record out, to store it under another id.
    pub(super) fn take(&mut self, source: &str, id: &str) -> Option<Record> {
        let record = self.files.get_mut(source)?.remove(id);
        self.changes += usize::from(record.is_some());
        record
    }

    /// The ids of a source that are about one work: first its name, then the member.
    pub(super) fn ids_of(&self, source: &str, work: &str) -> impl Iterator<Item = &str> {
        let ids = self.files.get(source).map(|ids| ids.range(work.to_owned()..));
        let ids = ids.into_iter().flatten().map(|(id, _)| id.as_str());
        ids.take_while(move |id| id.starts_with(work))
            .filter(move |id| id.len() == work.len() || id[work.len()..].starts_with('@'))
    }

    /// What is known about a source.
    pub(super) fn ids(&self, source: &str) -> impl Iterator<Item = &str> {
        self.files.get(source).into_iter().flat_map(|ids| ids.keys().map(String::as_str))
    }

    /// The files that came from a source.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.files.values().flat_map(|of_source| of_source.values().map(|record| &*record.name))
    }
}

/// Whether a path leads to a review file below the folder, and nowhere else.
fn is_below(name: &str) -> bool {
    let is_normal = |part: Component<'_>| matches!(part, Component::Normal(_));
    name.ends_with(".toml") && name != NAME && Path::new(name).components().all(is_normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_files_below_its_folder_only() {
        for (name, is_fine) in [
            ("emma.toml", true),
            ("a/b/emma.toml", true),
            ("../emma.toml", false),
            ("a/../../emma.toml", false),
            ("/tmp/emma.toml", false),
            ("emma.txt", false),
            ("", false),
            (NAME, false),
        ] {
            let folder = tempfile::tempdir().expect("there is room");
            let text = format!("version = 1\n[files.text.'x']\nname = '{name}'\nhash = '0'\n");
            fs::write(folder.path().join(NAME), text).expect("it is written");
            assert_eq!(Manifest::load(folder.path()).is_ok(), is_fine, "{name:?}");
        }
    }
}
