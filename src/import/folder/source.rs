//! Distinguishes text files with the same name: by their paths from the folder that they are imported into.

use std::path::{Component, Path, PathBuf};

/// The path from a folder to a file, which stays the same wherever the program is run, and even if both are moved
/// together.
pub(super) fn relative(folder: &Path, file: &Path) -> String {
    let (folder, file) = (settled(folder), settled(file));
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), file.components().collect());
    let same = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = from[same..].iter().map(|_| Component::ParentDir);
    let below: PathBuf = up.chain(to[same..].iter().copied()).collect();
    let below = match below.to_str() {
        Some(path) => path.to_owned(),
        None => below.as_os_str().as_encoded_bytes().escape_ascii().to_string(),
    };
    // Older versions identified a file by its bare name, wherever it was.
    if below.contains('/') { below } else { format!("./{below}") }
}

/// Whether an id comes from an older version.
pub(super) fn is_bare(id: &str) -> bool {
    !id.contains('/')
}

/// The name of a file without its folder, in an id of any version.
pub(super) fn base_name(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Whether the file of an id still exists.
pub(super) fn is_there(folder: &Path, id: &str) -> bool {
    // After a `#` comes the number of a review in its file.
    let file = id.rsplit_once('#').map_or(id, |(file, _)| file);
    settled(folder).join(id).exists() || settled(folder).join(file).exists()
}

/// A path without links, as far as it exists.
fn settled(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut missing = Vec::new();
    let mut there = &*path;
    loop {
        if let Ok(real) = there.canonicalize() {
            return missing.iter().rev().fold(real, |path, name| path.join(name));
        }
        match (there.parent(), there.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name);
                there = parent;
            }
            _ => return path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_known_by_its_way_from_the_folder() {
        let temporary = tempfile::tempdir().expect("there is room");
        let at = |path: &str| temporary.path().join(path);
        std::fs::create_dir_all(at("blog/2012")).expect("it is made");
        for path in ["blog/x.md", "blog/2012/x.md", "y.md"] {
            std::fs::write(at(path), "x").expect("it is written");
        }
        for (file, id) in [
            ("blog/x.md", "../../blog/x.md"),
            ("blog/2012/../2012/x.md", "../../blog/2012/x.md"),
            ("y.md", "../../y.md"),
        ] {
            assert_eq!(relative(&at("lib/new"), &at(file)), id, "also while there is no folder yet");
        }
        std::fs::create_dir_all(at("lib/new")).expect("it is made");
        assert_eq!(relative(&at("lib/new"), &at("blog/x.md")), "../../blog/x.md", "and when there is one");
        assert_eq!(relative(&at("blog"), &at("blog/x.md")), "./x.md");
        assert!(
            is_there(&at("lib/new"), "../../blog/x.md#2") && !is_there(&at("lib/new"), "../../blog/z.md")
        );
    }
}
