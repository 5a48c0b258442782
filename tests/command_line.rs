//! The command line: what is printed where no terminal is there, exit codes, bad input.

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use assert_cmd::cargo::CommandCargoExt;

const GOOD: &str = "rating = 3.5\n[work]\ntitle = 'A work'\nkind = 'film'\nyear = 2010\n[[passage]]\nspoiler = true\ntext = 'Rosebud'\n";

fn program() -> Command {
    let mut command = Command::cargo_bin("unspoiled").expect("the binary is built");
    command.env_clear().envs(support::pty::Home::new().variables()).stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> (String, String, Option<i32>) {
    told(program().args(args).output().expect("it runs"))
}

fn told(output: Output) -> (String, String, Option<i32>) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("all output is text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
    }
    folder
}

fn path(folder: &Path) -> &str {
    folder.to_str().expect("a plain path")
}

/// A line of the list from its stars on.
fn row(facts: &str, work: &str, id: &str) -> String {
    format!("{facts} {work:40} {id}\n")
}

/// The line of the list for [`GOOD`], which has no date.
fn undated(id: &str) -> String {
    " ".repeat(11) + &row("★★★½  film   2010", "A work", id)
}

#[test]
fn without_a_terminal_the_list_is_printed() {
    let (out, err, code) = run(&[]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert_eq!(out.lines().count(), 17);
    assert!(out.contains(&row("★★★½  film   2010", "Never Let Me Go", "films/never-let-me-go")), "{out}");
    assert!(!out.contains('\u{1b}'), "no control codes");
}

#[test]
fn a_value_that_no_review_has_is_told_with_what_there_is() {
    let (out, err, code) = run(&["list", "kind:flim"]);
    assert_eq!((out.as_str(), code), ("", Some(0)));
    assert!(err.starts_with("unspoiled: no review has kind:flim; try film, "), "{err}");
    let (_, err, _) = run(&["list", "kind:film kind:book"]);
    assert_eq!(err, "", "both are there, only not together");
}

#[test]
fn a_query_may_be_several_words_and_begin_with_a_minus() {
    let count = |args: &[&str]| {
        let (out, err, code) = run(&[&["list"], args].concat());
        assert_eq!((err.as_str(), code), ("", Some(0)), "{args:?}");
        out.lines().count()
    };
    let (films, others) = (count(&["kind:film"]), count(&["-kind:film"]));
    assert_eq!(films + others, 17);
    assert_eq!(count(&["kind:film", "year:>2000"]), count(&["kind:film year:>2000"]));
    assert_eq!(count(&["-kind:film", "--sort", "title"]), others);
    assert_eq!(
        count(&["--sort", "title", "-kind:film", "year:>2000", "--json"]),
        count(&["-kind:film year:>2000"])
    );
    let (out, err, code) = run(&["list", "--jsn"]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("there is no option --jsn"), "{err}");
}

#[test]
fn titles_are_sorted_by_the_alphabet_of_the_readers_language() {
    let titled = |title| format!("[work]\ntitle = '{title}'\n[[passage]]\ntext = 'x'\n").into_bytes();
    let files = ["Zebra", "The Öst", "Ombra", "Åska"].map(|title| (format!("{title}.toml"), titled(title)));
    let library = folder(&files.each_ref().map(|(name, text)| (name.as_str(), &text[..])));
    for (variable, locale, sorted) in [
        ("LC_ALL", "sv_SE.UTF-8", ["Ombra", "Zebra", "Åska", "The Öst"]),
        ("LC_COLLATE", "sv_FI", ["Ombra", "Zebra", "Åska", "The Öst"]),
        ("LANG", "en_GB.UTF-8", ["Åska", "Ombra", "The Öst", "Zebra"]),
        ("LANG", "", ["Åska", "Ombra", "The Öst", "Zebra"]),
    ] {
        let mut command = program();
        command.env_remove("LC_ALL").env_remove("LC_COLLATE").env_remove("LANG").env(variable, locale);
        let args = ["--library", path(library.path()), "list", "--sort", "title", "--format", "{work}"];
        let (out, err, code) = told(command.args(args).output().expect("it runs"));
        assert_eq!(
            (out.lines().collect::<Vec<_>>(), err.as_str(), code),
            (sorted.to_vec(), "", Some(0)),
            "{locale}"
        );
    }
}

#[test]
fn folders_files_the_option_and_the_variable_name_the_reviews() {
    let library =
        folder(&[("films/a.toml", GOOD.as_bytes()), ("films/notes.txt", b"x"), (".hidden/b.toml", b"x")]);
    let expected = undated("films/a");
    assert_eq!(run(&[path(library.path())]).0, expected);
    assert_eq!(run(&["--library", path(library.path())]).0, expected);
    assert_eq!(run(&[path(&library.path().join("films/a.toml"))]).0, expected.replace("films/a", "a"));
    let output = program().env("UNSPOILED_LIBRARY", library.path()).output().expect("it runs");
    assert_eq!(told(output).0, expected);
}

#[test]
fn what_is_not_there_is_a_usage_error_with_words() {
    for args in [&["no/such/folder"][..], &["/dev/null"], &["--nonsense"], &["--measure", "7"]] {
        let (out, err, code) = run(args);
        assert_eq!((out.as_str(), code), ("", Some(2)), "{args:?}: {err}");
        assert!(!err.is_empty() && !err.contains("os error"), "{err}");
    }
    assert_eq!(
        run(&["no/such/folder"]).1,
        "unspoiled: no/such/folder: no such file or directory; name a folder of reviews or a review file\n"
    );
}

#[test]
fn a_folder_of_the_variable_that_is_missing_is_told_and_the_others_are_read() {
    let library = folder(&[("a.toml", GOOD.as_bytes())]);
    let with = |variable: String| {
        let mut command = program();
        told(
            command
                .env("UNSPOILED_LIBRARY", variable)
                .args(["list", "--format", "{id}"])
                .output()
                .expect("it runs"),
        )
    };
    let (out, err, code) = with(format!("/no/such/folder:{}", path(library.path())));
    assert_eq!((out.as_str(), code), ("a\n", Some(0)), "{err}");
    assert!(err.contains("/no/such/folder: no such file or directory"), "{err}");
    let (out, err, code) = with("/no/such/folder:/nor/this".to_owned());
    assert_eq!((out.as_str(), code), ("", Some(2)), "{err}");
}

#[test]
fn what_was_typed_is_told_without_what_steers_a_terminal() {
    let escape = "\u{1b}]0;x\u{7}\u{1b}[31m";
    let file = format!("./{escape}.toml");
    for args in [
        &["show", escape][..],
        &["show", &file],
        &["check", escape],
        &["list", "--sort", escape],
        &["list", escape],
        &["export", "--format", escape],
        &["--measure", escape],
        &[escape],
        &["--library", escape, "list"],
        &["new", escape],
        &[&format!("--{escape}")],
    ] {
        let (out, err, code) = run(args);
        let said = format!("{out}{err}");
        assert!(!said.contains(['\u{1b}', '\u{7}']), "{args:?} says {said:?}");
        assert_ne!(code, None, "{args:?}");
    }
}

#[test]
fn bad_files_are_told_and_every_other_is_read() {
    let library = folder(&[
        ("good.toml", GOOD.as_bytes()),
        ("bad.toml", b"[[passage]]\nspoilr = true\ntext = 'Rosebud'\n"),
        ("latin.toml", b"title = '\xff Rosebud'"),
        ("empty.toml", b""),
        ("nul.toml", &[0; 208]),
        ("evil\u{1b}[31m.toml", b"Rosebud"),
    ]);
    symlink(".", library.path().join("loop")).expect("a link");
    symlink("gone.toml", library.path().join("dangling.toml")).expect("a link");
    let made =
        Command::new("mkfifo").arg(library.path().join("pipe.toml")).status().expect("mkfifo is there");
    assert!(made.success());
    let (out, err, code) = run(&[path(library.path())]);
    assert_eq!((out, code), (undated("good"), Some(0)));
    assert!(!err.contains("Rosebud") && !err.contains('\u{1b}'), "no text and no control: {err}");
    for told in [
        "/bad.toml:2:1: unknown key in [[passage]]; the nearest known one is `spoiler`",
        "/latin.toml:1:10: not UTF-8 text; save the file as UTF-8",
        "/pipe.toml: not a regular file",
        "/dangling.toml: this file could not be read: no such file or directory",
        "/evil[31m.toml:1:8: ",
    ] {
        assert!(err.contains(told), "{told:?} is told: {err}");
    }
}

#[test]
fn a_folder_without_reviews_is_told_to_be_one() {
    let library = folder(&[("notes.txt", b"x")]);
    let name = library.path().file_name().expect("it has one").to_string_lossy().into_owned();
    for args in [
        &[path(library.path())][..],
        &["list", "--library", path(library.path())],
        &["check", path(library.path())],
    ] {
        let (out, err, code) = run(args);
        assert_eq!((out.as_str(), code), ("", Some(0)), "{args:?}");
        assert_eq!(err, format!("unspoiled: there are no reviews in {name}/\n"), "{args:?}");
    }
}

#[test]
fn two_thousand_files_of_which_half_are_broken_are_all_accounted_for() {
    let library = tempfile::tempdir().expect("a folder");
    for n in 0..2_000 {
        let text = if n % 2 == 0 { GOOD } else { "[[passage]]\ntext = '''Rosebud" };
        fs::write(library.path().join(format!("{n:05}.toml")), text).expect("it can be written");
    }
    let (out, err, _) = run(&[path(library.path())]);
    assert_eq!(
        (out.lines().count(), err.lines().filter(|l| l.contains("not valid TOML")).count()),
        (1_000, 1_000)
    );
    assert!(!err.contains("Rosebud"));
}

#[test]
fn a_closed_pipe_is_a_success() {
    let library = tempfile::tempdir().expect("a folder");
    for n in 0..3_000 {
        fs::write(library.path().join(format!("{n}.toml")), GOOD).expect("it can be written");
    }
    let mut child =
        program().arg(library.path()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    let (_, err, code) = told(output);
    assert_eq!((err.as_str(), code), ("", Some(0)));
}

#[test]
fn help_and_version_are_printed() {
    let (out, _, code) = run(&["--help"]);
    assert!(out.contains("UNSPOILED_LIBRARY") && code == Some(0));
    assert!(run(&["--version"]).0.starts_with("unspoiled 0."));
}

#[test]
fn what_is_remembered_is_told_and_forgotten() {
    let home = support::pty::Home::new();
    let state = |args: &[&str]| {
        let mut command = Command::cargo_bin("unspoiled").expect("the binary is built");
        command.env_clear().envs(home.variables()).stdin(Stdio::null()).arg("state").args(args);
        told(command.output().expect("it runs"))
    };
    let (out, err, code) = state(&[]);
    assert_eq!((out.lines().count(), err.as_str(), code), (1, "", Some(0)), "only where it would be: {out}");
    home.write_state(
        "version = 1\nread = ['reviews/films/a', 'reviews/b']\nfilters = ['dune']\n[turns]\n'reviews/b' = 7\n\
         [places]\n'reviews/films/a' = [2, 30]\n[bookmarks]\n'reviews/b' = [1, 1]\n[lists.'reviews/']\nselected = 'reviews/b'\n",
    );
    let (out, ..) = state(&[]);
    assert!(
        out.contains("reviews/films/a: read, place\n") && out.contains("reviews/b: read, bookmark\n"),
        "{out}"
    );
    assert!(out.contains("the list of reviews/") && out.contains("1 filters and searches"), "{out}");
    assert_eq!(state(&["--forget", "b"]).2, Some(0));
    let (out, ..) = state(&[]);
    assert!(!out.contains("reviews/b") && out.contains("reviews/films/a"), "{out}");
    assert!(!home.state().contains("reviews/b"), "nothing of it is left: {}", home.state());
    let (_, err, code) = state(&["--forget", "nothing"]);
    assert_eq!((err.as_str(), code), ("unspoiled: nothing is remembered about nothing\n", Some(1)));
    assert_eq!(state(&["--forget-all"]).2, Some(0));
    assert_eq!(state(&[]).0.lines().count(), 1);
    home.write_state("version = 99\n");
    let (_, err, code) = state(&["--forget-all"]);
    assert!(err.contains("newer version") && code == Some(1), "{err}");
    assert_eq!(home.state(), "version = 99\n", "what is newer is left alone");
}

#[test]
fn an_author_is_told_what_each_gate_opens_and_not_a_word_of_it() {
    let review = "[work]\ntitle = 'Series'\n[[passage]]\ntext = 'open ||zqx||'\n[[passage]]\nspoiler = 'end'\nafter = 'S01E03'\ntext = 'zqx'\n[[passage]]\nafter = 'S01E02'\ntext = 'zqx'\n";
    let hidden = format!("spoilers = true\n{review}");
    let folder =
        folder(&[("a.toml", review.as_bytes()), ("b.toml", hidden.as_bytes()), ("c.toml", GOOD.as_bytes())]);
    let (out, _, code) = run(&["check", "--gates", path(folder.path())]);
    let list = out.split_once("a.toml\n").map_or("", |(_, list)| list);
    assert_eq!(
        list.split_once("/").map(|(list, _)| list.trim_end()),
        Some(
            "    at once: passage 1 (line 3)\n    after S01E02: passage 3 (line 9)\n    \
             after S01E03: passage 2 (line 5) \"end\"\n    once finished: a spoiler inside passage 1 (line 3)"
        ),
        "{out}"
    );
    assert!(out.contains("once finished: the whole review, a spoiler inside"), "{out}");
    assert!(!out.contains("zqx") && code == Some(0), "{out}");
}
