//! The reader's own progress in a library that several people share.

use std::io;
use std::path::{Path, PathBuf};

use super::state::{self, Trouble};
use crate::files;
use crate::library::{SHARED, Source};
use crate::work::ProgressChanges;

/// The progress file of the reader with this name. A library is shared if it is a single folder with a `progress` folder.
#[must_use]
pub fn shared_file(sources: &[Source], reader: &str) -> Option<PathBuf> {
    let [Source::Folder(folder)] = sources else { return None };
    let folder = folder.join(SHARED);
    (!reader.is_empty() && folder.is_dir()).then(|| folder.join(format!("{reader}.toml")))
}

/// Makes changes to the file. A file that cannot be parsed is left as it is.
pub(super) fn save(path: &Path, changes: &ProgressChanges) -> io::Result<()> {
    let told =
        |trouble: &Trouble| state::told(path, &format!("{}; your progress is not shared", trouble.reason()));
    let mut file = state::load_progress(path).map_err(|trouble| told(&trouble))?.unwrap_or_default();
    let before = file.clone();
    file.apply(changes);
    if file == before {
        return Ok(());
    }
    files::replace(path, file.text().as_bytes()).map_err(|error| told(&Trouble::Unwritable(error)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::work::WorkId;

    #[test]
    fn progress_is_shared_where_there_is_a_place_for_it_and_a_name() {
        let folder = tempfile::tempdir().expect("there is room");
        let sources = [Source::Folder(folder.path().to_owned())];
        assert_eq!(shared_file(&sources, "ida"), None, "there is no place");
        fs::create_dir(folder.path().join(SHARED)).expect("it is made");
        assert_eq!(shared_file(&sources, ""), None, "there is no name");
        assert_eq!(
            shared_file(&[sources[0].clone(), Source::Bundled], "ida"),
            None,
            "nobody knows whose it would be"
        );
        let path = shared_file(&sources, "ida").expect("there are both");
        let nine: ProgressChanges = [(WorkId::read("Dune"), "chapter 9".parse().ok())].into();
        save(&path, &nine).expect("it is saved");
        let text = fs::read_to_string(&path).expect("it is there");
        assert!(text.contains("\"dune (?, ?)\" = \"chapter 9\""), "{text}");
        fs::write(&path, "progress = 3").expect("it is written");
        assert!(save(&path, &nine).is_err());
        assert_eq!(
            fs::read_to_string(&path).expect("it is there"),
            "progress = 3",
            "a damaged one is left alone"
        );
    }
}
