//! The modules use only those above them, as the table in `lib.rs` has it.

use std::fs;
use std::path::{Path, PathBuf};

/// Each uses only those above it.
const ORDER: &[&str] = &[
    "parallel", "files", "work", "curtain", "review", "markup", "library", "import", "typeset", "export",
    "query", "find", "document", "theme", "keymap", "settings", "app", "view", "shell", "cli",
];

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("src is there").flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => files(&path, found),
            false => found.push(path),
        }
    }
}

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    files(&root, &mut found);
    found
        .into_iter()
        .map(|path| {
            let below = path.strip_prefix(&root).expect("it is below").to_string_lossy().into_owned();
            (below, fs::read_to_string(&path).expect("it is text"))
        })
        .collect()
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap_or_default()
}

#[test]
fn every_module_uses_only_those_above_it() {
    for (file, text) in sources() {
        let own = module(&file);
        // Tests may look at anything.
        if matches!(own, "lib" | "main") || file.ends_with("tests.rs") {
            continue;
        }
        let place = ORDER.iter().position(|name| *name == own);
        let place = place.unwrap_or_else(|| panic!("{own} is not in the table of modules"));
        // Links in the documentation may lead anywhere.
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for (at, _) in code.match_indices("crate::") {
            let used =
                code[at + 7..].split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            let used_place = ORDER.iter().position(|name| *name == used);
            assert!(
                used_place.is_some_and(|used| used <= place),
                "{file} uses {used}, which is not above {own}"
            );
        }
    }
}

#[test]
fn only_the_edge_touches_the_world() {
    let edges = ["shell", "cli", "library", "files", "main"];
    let worldly = [
        "std::fs",
        "std::thread",
        "std::time",
        "std::env::",
        "io::stdout",
        "std::process",
        "rayon::",
        "rustix::",
    ];
    for (file, text) in sources() {
        let tested = text.split("#[cfg(test)]").next().unwrap_or_default();
        let tests_only = file.ends_with("tests.rs");
        for word in worldly {
            // Work that other threads end before the function that shared it does is nobody else's business.
            let is_fork_and_join = file == "parallel.rs" && ["rayon::", "std::thread"].contains(&word);
            // What an import does to a folder is an edge inside a module that is none.
            let is_folder = file.starts_with("import/folder/");
            let is_clean = is_fork_and_join
                || is_folder
                || edges.contains(&module(&file))
                || tests_only
                || !tested.contains(word);
            assert!(is_clean, "{file} touches the world: {word}");
        }
    }
}

#[test]
fn there_is_one_door_to_hidden_text() {
    // What stands in the code, and the only files where it may.
    let doors: &[(&str, &[&str])] = &[
        ("Lifted {", &["curtain/region.rs"]),
        ("Lifted::new(", &["curtain/mod.rs"]),
        ("Visible::new(", &["library/mod.rs"]),
        ("hidden.text(", &["review/visible.rs"]),
        (".curtain_list()", &["app/", "review/", "cli/show.rs"]),
    ];
    for (file, text) in sources() {
        let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let tested = code.split("#[cfg(test)]").next().unwrap_or_default();
        for (word, places) in doors.iter().filter(|_| !file.ends_with("tests.rs")) {
            let is_allowed = places.iter().any(|place| file.starts_with(place));
            assert!(is_allowed || !tested.contains(word), "{file} has a door of its own: {word}");
        }
    }
}
