//! `unspoiled config`: every mistake in a configuration is told, with its line and what is near, and all else holds.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::pty::{Home, Pty};

fn program(home: &Home, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_unspoiled"));
    command.env_clear().envs(home.variables()).args(arguments);
    command
}

fn run(home: &Home, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = program(home, arguments).output().expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("it is text");
    (status.code(), text(stdout), text(stderr))
}

fn config_file(home: &Home) -> PathBuf {
    let (code, path, _) = run(home, &["config", "path"]);
    assert_eq!(code, Some(0));
    PathBuf::from(path.trim_end())
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

/// The files in `tests/config` say themselves what is wrong in them: `# ✗ words of the message`.
#[test]
fn every_mistake_is_told_with_its_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/config");
    for file in fs::read_dir(folder).expect("it is there").flatten() {
        let text = fs::read_to_string(file.path()).expect("it is text");
        let home = Home::new();
        let config = config_file(&home);
        write(&config, &text);
        let (code, told, _) = run(&home, &["config", "check"]);
        assert_eq!(code, Some(2), "{told}");
        let mut told: Vec<_> = told.lines().collect();
        for (line, expected) in text.lines().enumerate() {
            let Some((_, words)) = line_and_words(expected) else { continue };
            let place = format!("{}:{}:", config.display(), line + 1);
            let at = told.iter().position(|told| told.starts_with(&place) && told.contains(words));
            let at = at.unwrap_or_else(|| panic!("{place} {words:?} is not among {told:#?}"));
            told.remove(at);
        }
        assert!(told.is_empty(), "{} has more problems than it says: {told:#?}", file.path().display());
    }
}

fn line_and_words(line: &str) -> Option<(&str, &str)> {
    line.split_once("# ✗ ")
}

#[test]
fn a_default_file_is_begun_once_and_has_no_mistakes() {
    let home = Home::new();
    let (code, path, _) = run(&home, &["config", "init"]);
    assert_eq!(code, Some(0));
    let written = fs::read_to_string(path.trim_end()).expect("it is where it says");
    assert_eq!(run(&home, &["config", "check"]).0, Some(0));
    write(&config_file(&home), "[reading]\nmeasure = 60\n");
    let (code, _, error) = run(&home, &["config", "init"]);
    assert!(code == Some(1) && error.contains("exists already"), "{error}");
    let kept = fs::read_to_string(config_file(&home)).expect("it is there");
    assert!(kept != written && kept.contains("measure = 60"), "what was there stays: {kept}");
}

#[test]
fn each_value_is_shown_with_its_origin() {
    let home = Home::new();
    write(
        &config_file(&home),
        "[reading]\ndates = \"iso\"\nmeasure = 60\n[libraries]\nfilms = \"~/films\"\n",
    );
    let output = program(&home, &["config", "show", "--ascii"])
        .env("UNSPOILED_MEASURE", "64")
        .env("NO_COLOR", "1")
        .output()
        .expect("it runs");
    let shown = String::from_utf8(output.stdout).expect("it is text");
    for (value, origin) in [
        ("libraries.films = \"~/films\"", "file"),
        ("reading.measure = 64", "variable UNSPOILED_MEASURE"),
        ("reading.dates = \"iso\"", "file, line 2"),
        ("reading.align = \"centre\"", "default"),
        ("screen.colour = false", "variable NO_COLOR"),
        ("screen.ascii = true", "option --ascii"),
    ] {
        let is_shown = |line: &str| line.starts_with(value) && line.ends_with(&format!("# {origin}"));
        assert!(shown.lines().any(is_shown), "{value} from {origin}: {shown}");
    }
}

#[test]
fn folders_are_opened_by_their_names() {
    let home = Home::new();
    let config = config_file(&home);
    let films = config.parent().expect("it is in a folder").join("films");
    write(&films.join("kane.toml"), "[work]\ntitle = 'Citizen Kane'\n[[passage]]\ntext = 'x'\n");
    write(&config, "[libraries]\nfilms = \"films\"\ngone = \"nowhere\"\n");
    for arguments in [&["list", "--library", "films"][..], &["list"], &[]] {
        let (code, listed, error) = run(&home, arguments);
        assert!(code == Some(0) && listed.contains("Citizen Kane"), "{arguments:?}: {listed}{error}");
    }
    let (_, _, error) = run(&home, &["list"]);
    assert!(error.contains("nowhere"), "the folder that is not there is told: {error}");
}

#[test]
fn what_is_wrong_on_the_command_line_is_refused() {
    let home = Home::new();
    let (code, _, error) = run(&home, &["config", "show", "--theme", "\u{1b}[31m"]);
    assert!(code == Some(2) && !error.contains('\u{1b}'), "{error:?}");
    assert!(error.contains("--theme: there is no theme"), "{error}");
    let (code, _, error) = run(&home, &["--measure", "5", "config", "check"]);
    assert!(code == Some(2) && error.contains("--measure: it must be a number from 20 to 200"), "{error}");
}

#[test]
fn a_running_reader_takes_a_change_of_the_file_in() {
    let home = Home::new();
    write(&config_file(&home), "[reading]\nmeasure = 5\n");
    let mut pty = Pty::start_in(&home, &[], 120, 40);
    pty.until_text("`measure`: it must be a number from 20 to 200");
    write(&config_file(&home), "[reading]\ndates = \"iso\"\n");
    pty.until_text("2012-02-05");
    write(&config_file(&home).with_file_name("themes").join("mine.toml"), "[styles]\nspoiler = 'blue'\n");
    write(&config_file(&home), "[theme]\nname = \"mine\"\n");
    pty.until_text("5 Feb 2012");
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn doctor_tells_what_a_bug_report_needs_and_no_word_of_a_review() {
    let home = Home::new();
    let config = config_file(&home);
    let films = config.parent().expect("it is in a folder").join("films");
    write(&films.join("kane.toml"), "[work]\ntitle = 'Citizen Kane'\n[[passage]]\ntext = 'Rosebud'\n");
    write(&config, "[libraries]\nfilms = \"films\"\n[list]\nfilter = \"rosebud\"\n[screen]\nmouse = false\n");
    let output =
        program(&home, &["doctor"]).env("TERM", "xterm-\u{1b}[31m256color").output().expect("it runs");
    let told = String::from_utf8(output.stdout).expect("it is text");
    for words in [
        "version",
        "false (file, line 6)",
        "output is a terminal                     no",
        "was asked what it can do                 no",
        "256",
        &format!("{} (a file)", config.display()),
        &format!("{} (a folder)", films.display()),
        "state.toml (not there)",
    ] {
        assert!(told.contains(words), "{words} is not in {told}");
    }
    assert!(!told.to_lowercase().contains("rosebud") && !told.contains("Kane"), "{told}");
    assert!(!told.contains('\u{1b}'), "what steers a terminal is left out: {told}");
}

#[test]
fn the_schema_is_that_of_the_parser() {
    let home = Home::new();
    let (code, schema, _) = run(&home, &["schema", "config"]);
    assert_eq!(code, Some(0));
    for words in ["\"hide_ratings_until_read\"", "\"next-spoiler\"", "\"selected-row\"", "\"$schema\""] {
        assert!(schema.contains(words), "{words} is not in the schema");
    }
}

#[test]
fn the_manual_has_the_names_and_the_keys_of_all_actions() {
    let home = Home::new();
    write(&config_file(&home), "[keys.both]\nquit = \"x\"\n");
    let (_, manual, _) = run(&home, &["man"]);
    assert!(manual.contains("\\fBquit\\fR  x\n"), "{manual}");
    assert!(manual.contains("In the text ([keys.text])"), "{manual}");
    assert!(manual.contains("\\fBnext-spoiler\\fR  ]\n"), "{manual}");
}
