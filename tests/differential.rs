//! Libraries that differ only in what is hidden are the same to their reader: the same bytes on every output of the program
//! and of every command, whatever is pressed, as long as nothing is revealed.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use assert_cmd::cargo::CommandCargoExt;
use proptest::prelude::*;
use support::pty::Home;
use support::{HARMLESS, Program};
use unspoiled::app::Effect;

/// A library in which these words are hidden, in every way in which something can be.
fn library(hidden: [&str; 4]) -> Vec<(&'static str, String)> {
    let [span, passage, cover, label] = hidden;
    vec![
        (
            "a",
            format!(
                "date = 2020-01-01\n[work]\ntitle = 'First'\nkind = 'book'\nunit = 'chapter'\n[[passage]]\ntext = 'Open ||{span}|| text.'\n\
                 [[passage]]\nspoiler = 'the end'\nafter = 5\ntext = '''\n{passage} ||{span}||\n\n{passage}\n'''\n[[passage]]\ntext = 'Last.'\n"
            ),
        ),
        (
            "b",
            format!(
                "date = 2019-01-01\nspoilers = true\ntags = ['{cover}']\nlink = 'https://example.org/{}'\n[work]\ntitle = 'Second'\n\
                 [[passage]]\nspoiler = '{label}'\nafter = 7\ntext = '{cover} ||{span}||'\n[[passage]]\ntext = '{passage}'\n",
                cover.replace(' ', "-")
            ),
        ),
        ("c", format!("[work]\ntitle = 'Third'\n[[passage]]\ntext = '||{passage}'\nbroken\n")),
    ]
}

fn hidden() -> impl Strategy<Value = [String; 4]> {
    let words = || prop::collection::vec("[a-h]{1,8}", 1..12).prop_map(|words| words.join(" "));
    let label = "[a-h]{1,8}";
    (words(), words(), words(), label).prop_map(|(a, b, c, d)| [a, b, c, d])
}

/// Keys that reveal nothing.
const KEYS: &[&str] = &[
    "j",
    "k",
    "G",
    "g",
    "<tab>",
    "z",
    "m",
    "t",
    "r",
    "R",
    "w",
    " ",
    "b",
    "<ctrl-d>",
    "]",
    "[",
    "?<esc>",
    "<esc>",
    "n",
    "/has:spoilers<enter>",
    "/a<enter>",
    "fab<enter>",
    "/\"a b\" or -\"c\"<enter>",
    "p1<enter>",
    "p<esc>",
    "<esc><esc>",
    "12j",
    "3]",
    ":",
    ":next-sp<enter>",
    ":reveal-al<enter>",
    ":dracula<enter>",
    "W",
    "Wl",
    "<esc>Wj<enter>",
    "O",
    "/is:opened<enter>",
    "/is:started or progress:>=1 or at:1<enter>",
    "p<tab><tab><esc>",
];

/// Configurations that change what is shown of a review.
const CONFIGURATIONS: [&str; 3] = [
    "",
    "[reading]\nratings = 'numbers'\nhide_ratings_until_read = true\nhide_again = true\n[screen]\nascii = true",
    "[reading]\ndates = 'iso'\nalign = 'left'\n[list]\nlines = 2\nsort = '-rating'\ngroup = 'kind'\nfilter = 'not tag:b'",
];

const COMMANDS: &[&[&str]] = &[
    &[],
    &["list"],
    &["list", "--json"],
    &["list", "--format", "{id} {title} {tags} {link} {rating}"],
    &["list", "has:spoilers"],
    &["list", "\"a\""],
    &["list", "-\"a\""],
    &["list", "tag:a"],
    &["list", "is:opened or is:started or at:5"],
    &["show", "a"],
    &["show", "b"],
    &["show", "b", "--json"],
    &["show", "a", "--markdown"],
    &["show", "a", "--as-of", "4"],
    &["show", "c"],
    &["check"],
    &["check", "--json"],
    &["export", "--format", "html"],
    &["export", "--format", "markdown"],
    &["export", "--format", "json"],
    &["export", "--format", "goodreads"],
    &["export", "--format", "lemmy"],
    &["export", "--format", "mastodon"],
    &["export", "--format", "obsidian"],
];

fn screens(files: &[(&str, String)], config: &str, keys: &[&str], size: (u16, u16)) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut program = Program::configured_with(config, &files, size.0, size.1);
    let mut screens = vec![program.screen()];
    for key in keys {
        program.keys(key);
        if program.app.overlay().is_some() {
            program.keys("<esc>");
        }
        screens.push(program.screen());
    }
    screens.push(program.saved());
    let goes_out =
        |effect: &&Effect| !matches!(effect, Effect::Save(_) | Effect::Prepare(_) | Effect::Search(_));
    screens.extend(program.effects.iter().filter(goes_out).map(|effect| format!("{effect:?}")));
    screens
}

/// What a command says, on both of its ways out, and how it ends.
fn said(home: &Home, folder: &Path, command: &[&str]) -> (Option<i32>, String, String) {
    let mut process = Command::cargo_bin("unspoiled").expect("it is built");
    process
        .env_clear()
        .envs(home.variables())
        .current_dir(folder)
        .arg("--library")
        .arg("lib")
        .args(command)
        .stdin(Stdio::null());
    let output = process.output().expect("it runs");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn write(folder: &Path, files: &[(&str, String)]) {
    fs::create_dir_all(folder.join("lib")).expect("there is room");
    for (name, text) in files {
        fs::write(folder.join("lib").join(format!("{name}.toml")), text).expect("there is room");
    }
}

/// `UNSPOILED_ROUNDS` sets how many random runs there are, of up to thirty keys each.
fn cases() -> u32 {
    std::env::var("UNSPOILED_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_screen_tells_two_libraries_apart(
        one in hidden(), other in hidden(),
        keys in prop::collection::vec(prop::sample::select([KEYS, HARMLESS].concat()), 0..30),
        config in prop::sample::select(CONFIGURATIONS.to_vec()),
        size in prop::sample::select(vec![(200, 50), (120, 40), (80, 24), (40, 12)]),
    ) {
        let [one, other] = [one, other].map(|hidden| library(hidden.each_ref().map(String::as_str)));
        prop_assert_eq!(screens(&one, config, &keys, size), screens(&other, config, &keys, size));
    }
}

#[test]
fn no_command_tells_two_libraries_apart() {
    let home = Home::new();
    let folders = [tempfile::tempdir(), tempfile::tempdir()].map(|folder| folder.expect("there is room"));
    // The second one has doubtful marks in what is hidden, and a word of its open label.
    let hidden = [
        ["a", "b", "c", "d"],
        ["aa bb [spoiler] ee", "a b c ending [spoiler]d[/spoiler]", "c c c", "another"],
    ];
    for (folder, hidden) in folders.iter().zip(hidden) {
        write(folder.path(), &library(hidden));
    }
    for command in COMMANDS {
        let [one, other] = folders.each_ref().map(|folder| said(&home, folder.path(), command));
        let place = |said: &(Option<i32>, String, String), folder: &Path| {
            let real = fs::canonicalize(folder).expect("it is there");
            let plain = |text: &str| {
                text.replace(&*real.to_string_lossy(), "").replace(&*folder.to_string_lossy(), "")
            };
            (said.0, plain(&said.1), plain(&said.2))
        };
        let (one, other) = (place(&one, folders[0].path()), place(&other, folders[1].path()));
        assert_eq!(one, other, "{command:?} tells what is hidden");
    }
}
