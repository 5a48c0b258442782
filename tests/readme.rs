//! The README is true: its key table is that of the program, its example is read, its picture is a screen of today.
//!
//! `UPDATE_DOCS=1 cargo test --test readme` writes the table and the picture anew.

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::{Program, picture};
use unspoiled::keymap::{Keymap, Scope};
use unspoiled::review::Parser;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn readme() -> String {
    fs::read_to_string(path("README.md")).expect("the README is there")
}

/// Holds a file to what it should be, or writes it.
fn hold(name: &str, wanted: &str) {
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(path(name), wanted).expect("it can be written");
    }
    let found = fs::read_to_string(path(name)).unwrap_or_default();
    assert!(found == wanted, "{name} is stale: run UPDATE_DOCS=1 cargo test --test readme");
}

fn key_table() -> String {
    let mut table = String::new();
    let keys = Keymap::default();
    for scope in Scope::ALL {
        table += &format!("\n| {} | |\n|---|---|\n", scope.heading());
        for row in keys.rows_of(scope) {
            let keys: Vec<_> = row.keys.iter().map(|key| format!("`{key}`")).collect();
            table += &format!("| {} | {} |\n", keys.join(" "), row.binding.help);
        }
    }
    table + "\n"
}

#[test]
fn the_table_of_keys_is_the_programs() {
    let readme = readme();
    let (before, rest) = readme.split_once("<!-- keys -->").expect("a place for the table");
    let (_, after) = rest.split_once("<!-- /keys -->").expect("its end");
    hold("README.md", &format!("{before}<!-- keys -->\n{}<!-- /keys -->{after}", key_table()));
}

#[test]
fn the_picture_is_a_screen_of_today() {
    let mut program = Program::bundled(120, 40);
    program.keys("Gkk<enter>]]");
    assert!(program.screen().contains("▶ ░░ Spoiler: what the children are"));
    hold("docs/screen.svg", &picture::svg(&program.buffer()));
}

#[test]
fn the_example_of_the_format_is_read() {
    let readme = readme();
    let example =
        readme.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).expect("an example");
    if let Err(faults) = Parser::default().parse(example.as_bytes()) {
        panic!("the example has faults: {faults:?}");
    }
}

#[test]
fn the_example_of_the_list_is_what_is_printed() {
    let readme = readme();
    let example =
        readme.split("```console\n$ unspoiled reviews\n").nth(1).and_then(|rest| rest.split("…\n").next());
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_unspoiled"))
        .arg(path("reviews"))
        .output()
        .expect("the program runs");
    let printed = String::from_utf8(output.stdout).expect("it is text");
    let example = example.expect("an example");
    assert!(printed.starts_with(example), "the example is {example}, and this is printed: {printed}");
}

#[test]
fn the_toolchain_is_the_one_that_the_package_names() {
    let version = env!("CARGO_PKG_RUST_VERSION");
    assert!(readme().contains(&format!("Rust toolchain ({version} or newer)")));
}
