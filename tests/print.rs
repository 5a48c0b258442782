//! The commands that print: what they say, what they never say, and how they end.

mod support;

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};

use assert_cmd::Command;

const REVIEW: &str = "title = 'A headline'\ndate = 2012-02-05\nrating = 3.5\ntags = ['slow']\n[work]\ntitle = 'Emma'\nyear = 1815\n\
    [[passage]]\ntext = 'Open and ||zqx1|| here.'\n[[passage]]\nspoiler = 'who'\ntext = 'zqx2 ||zqx3||'\n";
const WHOLE: &str = "tags = ['zqx4']\nspoilers = true\n[work]\ntitle = 'Middlemarch'\n[[passage]]\nspoiler = 'zqx5'\ntext = 'zqx6'\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    for (name, text) in [("lib/books/emma.toml", REVIEW), ("lib/books/middlemarch.toml", WHOLE)] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
        fs::write(path, text).expect("it is written");
    }
    folder
}

fn program() -> Command {
    let mut command = Command::cargo_bin("unspoiled").expect("it is built");
    command.env_clear().envs(support::pty::Home::new().variables());
    command
}

fn unspoiled(arguments: &[&str], folder: &Path) -> Output {
    let mut command = program();
    let library = folder.join("lib");
    command.env("UNSPOILED_LIBRARY", library).current_dir(folder).args(arguments).output().expect("it runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn nothing_that_prints_says_what_is_hidden() {
    let folder = folder();
    for arguments in [
        &["show", "emma"][..],
        &["show", "emma", "--json"],
        &["show", "emma", "--markdown"],
        &["show", "middlemarch"],
        &["show", "middlemarch", "--json"],
        &["show", "middlemarch", "--markdown"],
        &["show", "middlemarch", "--reveal", "zqx5"],
        &["list"],
        &["list", "--json"],
        &["list", "--format", "{id} {title} {tags} {link}"],
        &["list", "zqx4"],
        &["check"],
        &["check", "--json"],
        &["export", "--to", "x.md", "--format", "markdown"],
        &["export", "--to", "x.html", "--format", "html"],
        &["export", "--to", "x.json", "--format", "json"],
        &["export", "--to", "each/", "--format", "markdown"],
    ] {
        let output = unspoiled(arguments, folder.path());
        let mut said = out(&output) + &String::from_utf8_lossy(&output.stderr);
        for file in ["x.md", "x.html", "x.json", "each/books/middlemarch.md"] {
            said += &fs::read_to_string(folder.path().join(file)).unwrap_or_default();
        }
        assert!(!said.contains("zqx"), "{arguments:?} said {said}");
        assert!(!said.contains('\u{1b}'), "{arguments:?} prints no control codes into a pipe");
    }
}

#[test]
fn json_of_a_hidden_review_is_the_same_whatever_it_holds() {
    let folder = folder();
    let shown = || out(&unspoiled(&["show", "middlemarch", "--json"], folder.path()));
    let before = shown();
    let longer = WHOLE.to_owned() + "[[passage]]\ntext = 'another ||one||'\n";
    fs::write(folder.path().join("lib/books/middlemarch.toml"), longer).expect("it is written");
    assert_eq!(shown(), before, "neither size nor number of what is hidden is in it");
}

#[test]
fn curtains_lift_when_they_are_asked_to() {
    let folder = folder();
    for (arguments, seen, unseen) in [
        (&["show", "emma", "--reveal"][..], &["zqx1", "zqx2", "zqx3"][..], &[][..]),
        (&["show", "emma", "--reveal", "WHO"], &["zqx2"], &["zqx1", "zqx3"]),
        (&["show", "emma", "--json", "--reveal"], &["zqx1", "zqx2", "zqx3"], &[]),
        (&["show", "middlemarch", "--reveal"], &["zqx4", "zqx5", "zqx6"], &[]),
    ] {
        let said = out(&unspoiled(arguments, folder.path()));
        assert!(seen.iter().all(|word| said.contains(word)), "{arguments:?} shows {seen:?}: {said}");
        assert!(
            !unseen.iter().any(|word| said.contains(word)),
            "{arguments:?} does not show {unseen:?}: {said}"
        );
    }
}

#[test]
fn exports_carry_what_is_hidden_folded_when_asked_in_so_many_words() {
    let folder = folder();
    for (name, format) in [("a.md", "markdown"), ("a.html", "html"), ("a.json", "json")] {
        let arguments = ["export", "emma", "--to", name, "--format", format, "--with-curtains"];
        assert_eq!(unspoiled(&arguments, folder.path()).status.code(), Some(0));
        let text = fs::read_to_string(folder.path().join(name)).expect("it is written");
        assert!(text.contains("zqx1") && text.contains("zqx2"), "{name}: {text}");
        assert!(!text.contains("<details open"), "{name} is folded");
    }
}

#[test]
fn list_prints_fields_and_json_lines_in_order() {
    let folder = folder();
    let list = |arguments: &[&str]| out(&unspoiled(&[&["list"], arguments].concat(), folder.path()));
    assert_eq!(
        list(&["--sort", "title", "--format", "{work}\\t{rating}"]),
        "Emma\t3.5/5\nMiddlemarch\t/\n".replace("\t/", "\t")
    );
    assert_eq!(list(&["HEADLINE", "--format", "{id} {date}"]), "books/emma 2012-02-05\n");
    for line in list(&["--json"]).lines() {
        let value: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
        for key in ["id", "title", "work", "rating", "date", "tags"] {
            assert!(value.get(key).is_some(), "{key} is in {line}");
        }
    }
}

/// Two libraries with a review of the same name, of which one has another review as well.
fn two_libraries() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    let review =
        |text: &str| format!("date = 2012-02-05\n[work]\ntitle = 'Heat'\n[[passage]]\ntext = '{text}'\n");
    for (name, text) in [
        ("one/reviews/films/heat.toml", "first"),
        ("two/reviews/films/heat.toml", "second"),
        ("two/reviews/films/ran.toml", "third"),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
        fs::write(path, review(text)).expect("it is written");
    }
    folder
}

#[test]
fn one_name_in_two_libraries_is_two_names_on_the_command_line() {
    let folder = two_libraries();
    let both = ["--library", "one/reviews", "--library", "two/reviews"];
    let run = |arguments: &[&str]| unspoiled(&[&both, arguments].concat(), folder.path());
    let listed = out(&run(&["list", "--format", "{id}"]));
    let names: Vec<_> = listed.lines().collect();
    assert_eq!(names.len(), 3, "{listed}");
    assert!(names.contains(&"films/ran"), "a name that is not shared stays short: {listed}");
    for (library, text) in [("one", "first"), ("two", "second")] {
        let ending = format!("{library}/reviews/films/heat");
        let name = names.iter().find(|name| name.ends_with(&ending)).expect("it is listed by its full name");
        assert!(out(&run(&["show", name])).contains(text), "{name} is the review that it is the name of");
        assert!(out(&run(&["show", &ending])).contains(text), "and so is as much of it as is unique");
        assert!(out(&run(&["show", name, "--json"])).contains(name), "JSON has the same name");
    }
    let ambiguous = String::from_utf8_lossy(&run(&["show", "films/heat"]).stderr).into_owned();
    for name in names.iter().filter(|name| name.ends_with("heat")) {
        assert!(ambiguous.contains(name), "what could be meant is told by names that work: {ambiguous}");
    }
}

#[test]
fn an_export_of_two_libraries_overwrites_nothing() {
    let folder = two_libraries();
    let arguments =
        ["--library", "one/reviews", "--library", "two/reviews", "export", "--format", "markdown"];
    let to = |to: &str| unspoiled(&[&arguments[..], &["--to", to]].concat(), folder.path());
    assert_eq!(to("out/").status.code(), Some(0));
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap_or_default();
    for (name, text) in
        [("reviews/films/heat.md", "first"), ("reviews-2/films/heat.md", "second"), ("films/ran.md", "third")]
    {
        assert!(read(name).contains(text), "{name} is of {text}: {:?}", read(name));
    }
    assert_eq!(to("out/").status.code(), Some(1), "and a second export nothing of the first");
    let all = out(&to("-"));
    assert!(["first", "second", "third"].iter().all(|text| all.contains(text)), "{all}");
}

#[test]
fn into_a_pipe_the_program_prints_its_list() {
    let folder = folder();
    let bare = unspoiled(&[], folder.path());
    assert_eq!(out(&bare), out(&unspoiled(&["list"], folder.path())));
    assert!(out(&bare).contains("books/emma"));
}

#[test]
fn check_tells_a_reader_of_a_gate_without_its_place_and_of_none_in_a_review_that_is_hidden() {
    let folder = tempfile::TempDir::new().expect("there is a folder for temporary files");
    let series = "[work]\ntitle = 'W'\nepisodes = [10]\n[[passage]]\nafter = 'S09E01'\ntext = 'a'\n";
    fs::write(folder.path().join("open.toml"), format!("reviewer = 'A'\n{series}")).expect("it is written");
    fs::write(folder.path().join("whole.toml"), format!("reviewer = 'B'\nspoilers = true\n{series}"))
        .expect("it is written");
    let check = |arguments: &[&str]| out(&unspoiled(&[&["check", "."], arguments].concat(), folder.path()));
    let reader = check(&[]);
    assert!(reader.contains("open.toml: warning: this lies past the end"), "{reader}");
    assert!(!reader.contains("whole.toml"), "what is in it is hidden, gates and all: {reader}");
    let author = check(&["--author"]);
    assert!(author.contains("open.toml:6:9: ") && author.contains("whole.toml:7:9: "), "{author}");
}

#[test]
fn check_names_the_place_and_quotes_only_when_asked() {
    let folder = folder();
    fs::write(
        folder.path().join("lib/bad.toml"),
        "spoilr = 'zqx'\n[work]\ntitle = 'B'\n[[passage]]\ntext = 'a'\n",
    )
    .expect("it is written");
    let output = unspoiled(&["check"], folder.path());
    assert_eq!(output.status.code(), Some(1), "an error is found");
    assert!(out(&output).contains("bad.toml:1:1: error: unknown key `spoilr`"), "{}", out(&output));
    assert!(!out(&output).contains("zqx"));
    let listed = unspoiled(&["list"], folder.path());
    let told = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(told.contains("/lib/bad.toml:1:1: unknown key `spoilr`"), "an editor can jump to it: {told}");
    let quoting = unspoiled(&["check", "--quote"], folder.path());
    assert!(out(&quoting).contains("spoilr = 'zqx'"));
}

#[test]
fn check_tells_faults_and_doubts_in_the_order_of_the_file_and_hangs_on_nothing() {
    let folder = folder();
    let lib = folder.path().join("lib");
    let faulty = "colour = 'x'\n[work]\ntitle = 'B'\ntags = []\n[[passage]]\nspoilr = 1\ntext = 'a'\n";
    let doubtful =
        "[work]\ntitle = 'C'\n[[passage]]\ntext = '''\n||zqx ||zqx|| zqx||\n<spoiler>zqx</spoiler>\n'''\n";
    fs::write(lib.join("faulty.toml"), faulty).expect("it is written");
    fs::write(lib.join("doubtful.toml"), doubtful).expect("it is written");
    let made = std::process::Command::new("mkfifo").arg(lib.join("pipe.toml")).status();
    assert!(made.expect("it runs").success());
    let readers = out(&unspoiled(&["check"], folder.path()));
    assert!(!readers.contains("closes the one before"), "what is hidden is the author's: {readers}");
    assert!(readers.contains("doubtful.toml: warning: this spoiler mark"), "and so is its length: {readers}");
    let said = out(&unspoiled(&["check", "--author"], folder.path()));
    assert!(!said.contains("zqx"), "{said}");
    let mut rest = &said[..];
    for expected in [
        "/lib/doubtful.toml:5:7: warning: this || mark closes the one before",
        "/lib/doubtful.toml:6:1: warning: this spoiler mark is from another format",
        "/lib/faulty.toml:1:1: error: unknown key `colour` here; the keys known here are title,",
        "/lib/faulty.toml:4:1: error: unknown key `tags` in [work]; it belongs at the top of the file, above [work]",
        "/lib/faulty.toml:6:1: error: unknown key in [[passage]]; the nearest known one is `spoiler`",
        "/lib/pipe.toml: error: not a regular file",
    ] {
        let at = rest.find(expected).unwrap_or_else(|| panic!("{expected:?} is told, in order: {said}"));
        rest = &rest[at + expected.len()..];
    }
}

#[test]
fn check_reads_files_whose_names_are_odd_and_prints_them_clean() {
    let folder = folder();
    let text = "[work]\ntitle = 'Odd'\n[[passage]]\ntext = 'a <spoiler>b</spoiler>'\n";
    for name in ["two  spaces", " around ", "bell\u{7}", "red\u{1b}[31m", "line\nend", "over\u{202e}ride"] {
        fs::write(folder.path().join(format!("lib/{name}.toml")), text).expect("it is written");
    }
    let output = unspoiled(&["check"], folder.path());
    let said = out(&output);
    assert_eq!(said.matches("4:11: warning: this spoiler mark").count(), 6, "each file is read: {said}");
    let is_clean = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
    assert!(said.chars().all(is_clean), "nothing of a name reaches the terminal as control: {said:?}");
}

#[test]
fn new_writes_a_file_that_can_be_read() {
    let folder = folder();
    let output = unspoiled(&["new", "Cold \"Comfort\" Farm"], folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(folder.path().join("lib/cold-comfort-farm.toml").is_file());
    assert_eq!(unspoiled(&["check"], folder.path()).status.code(), Some(0));
    unspoiled(&["new", "Cold Comfort Farm"], folder.path());
    assert!(folder.path().join("lib/cold-comfort-farm-2.toml").is_file(), "nothing is written over");
}

#[test]
fn completions_and_the_manual_come_from_the_same_definitions() {
    let folder = folder();
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(out(&unspoiled(&["completions", shell], folder.path())).contains("with-curtains"), "{shell}");
    }
    let manual = out(&unspoiled(&["man"], folder.path()));
    for expected in ["Exit codes", "unspoiled export", "\\-\\-with\\-curtains", "\\-\\-dry\\-run"] {
        assert!(manual.contains(expected), "{expected} is in the manual: {manual}");
    }
    assert!(!manual.contains("(1)"), "it sends nobody to pages that are not there");
}

#[test]
fn the_exit_code_says_how_it_went() {
    let folder = folder();
    fs::write(folder.path().join("lib/emma.toml"), REVIEW).expect("it is written");
    for (arguments, code) in [
        (&["list"][..], 0),
        (&["list", "nothing like this"], 0),
        (&["show", "books/emma"], 0),
        (&["show", "march"], 0),
        (&["check"], 0),
        (&["show", "nowhere"], 1),
        (&["show", "emma", "--reveal", "no such label"], 1),
        (&["show", "m"], 1),
        (&["show", "./nowhere.toml"], 1),
        (&["show", "lib/emma.toml"], 0),
        (&["show", "emma", "--as-of", "soon"], 2),
        (&["list", "./lib"], 0),
        (&["list", "./nowhere"], 0),
        (&["export", "nothing like this", "--to", "x", "--format", "json"], 1),
        (&["list", "--sort", "size"], 2),
        (&["list", "--format", "{size}"], 2),
        (&["show"], 2),
        (&["./lib", "list"], 2),
        (&["--library", "nowhere", "list"], 2),
        (&["completions", "sh"], 2),
    ] {
        let output = unspoiled(arguments, folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    }
    let ambiguous = unspoiled(&["show", "a"], folder.path());
    assert!(ambiguous.stdout.is_empty());
}

#[test]
fn a_closed_pipe_is_success() {
    let folder = folder();
    for n in 0..3000 {
        fs::write(folder.path().join(format!("lib/{n}.toml")), REVIEW).expect("it is written");
    }
    let mut child = std::process::Command::new(assert_cmd::cargo::cargo_bin("unspoiled"))
        .args(["--library", "lib", "list"])
        .current_dir(folder.path())
        .env_clear()
        .envs(support::pty::Home::new().variables())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(
        (output.status.code(), output.stderr.len()),
        (Some(0), 0),
        "head had enough, and that is fine"
    );
}

#[test]
fn list_takes_the_queries_of_the_reader_and_says_what_is_wrong_with_one() {
    let list = |args: &[&str]| {
        let output = program().arg("list").args(args).output().expect("it runs");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        (text(output.stdout), text(output.stderr), output.status.code())
    };
    let (out, _, code) = list(&["kind:film year:>2005", "--sort", "-date", "--format", "{id}"]);
    assert_eq!((out.as_str(), code), ("films/never-let-me-go\nfilms/arrival\n", Some(0)));
    let (out, _, _) = list(&["\"donations\"", "--format", "{id}"]);
    assert_eq!(out, "", "what is hidden is not found");
    let (out, err, code) = list(&["rating:>="]);
    assert_eq!((out.as_str(), code), ("", Some(2)));
    assert!(err.contains("rating:>=\n       ^^ "), "the caret stands under what is wrong: {err}");
}

const GATED: &str = "[work]\ntitle = 'Serial'\n[[passage]]\nafter = 9\ntext = 'zqx9'\n[[passage]]\nafter = 20\ntext = 'zqx20'\n";

#[test]
fn show_goes_by_the_progress_it_is_told_and_by_no_other() {
    let folder = folder();
    fs::write(folder.path().join("lib/serial.toml"), GATED).expect("it is written");
    let state = folder.path().join("state");
    fs::create_dir_all(state.join("unspoiled")).expect("it is made");
    fs::write(state.join("unspoiled/state.toml"), "version = 1\n[progress]\nSerial = '99'\n")
        .expect("it is written");
    for (arguments, seen) in [
        (&[][..], &[][..]),
        (&["--as-of", "8"], &[]),
        (&["--as-of", "9"], &["zqx9"]),
        (&["--as-of", "S03E01"], &[]),
        (&["--as-of", "20"], &["zqx9", "zqx20"]),
    ] {
        let mut command = program();
        command.env("XDG_STATE_HOME", &state).env("UNSPOILED_LIBRARY", folder.path().join("lib"));
        let output = command.args(["show", "serial"]).args(arguments).output().expect("it runs");
        let said = out(&output);
        let found: Vec<_> =
            ["zqx9", "zqx20"].into_iter().filter(|word| said.contains(&format!("{word}\n"))).collect();
        assert_eq!(found, seen, "{arguments:?}: {said}");
    }
    assert!(out(&unspoiled(&["show", "--help"], folder.path())).contains("Saved progress is not used"));
}

#[test]
fn a_path_is_listed_shown_and_exported_as_one() {
    let folder = folder();
    fs::write(folder.path().join("lib/bad.toml"), "nonsense").expect("it is written");
    let elsewhere = folder.path().join("imp");
    fs::create_dir(&elsewhere).expect("it is made");
    fs::write(elsewhere.join("silk.toml"), REVIEW.replace("Emma", "Silk")).expect("it is written");
    let says = |arguments: &[&str]| out(&unspoiled(arguments, folder.path()));
    for arguments in [
        &["list", "imp/", "--format", "{id}"][..],
        &["list", "./imp", "--format", "{id}"],
        &["list", "imp/silk.toml", "--format", "{id}"],
    ] {
        assert_eq!(says(arguments), "silk\n", "{arguments:?}");
    }
    assert!(says(&["show", "imp/silk.toml"]).contains("Silk"));
    assert!(says(&["export", "./imp", "--format", "json"]).contains("Silk"));
    let word = unspoiled(&["list", "imp"], folder.path());
    assert!(word.stdout.is_empty());
    let hint = String::from_utf8_lossy(&word.stderr).into_owned();
    assert!(hint.contains("./imp"), "what is meant for a word is told how to be a path: {hint}");
}

#[test]
fn show_tells_what_is_near_and_only_the_errors_of_its_own_file() {
    let folder = folder();
    fs::write(folder.path().join("lib/bad.toml"), "nonsense").expect("it is written");
    let err = |arguments: &[&str]| {
        String::from_utf8_lossy(&unspoiled(arguments, folder.path()).stderr).into_owned()
    };
    assert_eq!(err(&["show", "emma"]), "");
    assert!(err(&["show", "bad"]).contains("bad.toml:1:"), "{}", err(&["show", "bad"]));
    for near in ["emmma", "books/ema", "Emma", "middlemarsh"] {
        assert!(err(&["show", near]).contains("did you mean books/"), "{near}: {}", err(&["show", near]));
    }
    assert!(err(&["show", "zebra"]).contains("see unspoiled list"));
}

#[test]
fn exports_go_to_standard_output_and_replace_nothing_unasked() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let export = |arguments: &[&str]| {
        unspoiled(&[&["export", "emma", "--format", "json"], arguments].concat(), folder.path())
    };
    let text = out(&export(&[]));
    assert!(text.contains("Emma"), "standard output is the default");
    assert_eq!(out(&export(&["--to", "-"])), text);
    assert!(!at("-").exists());
    assert_eq!(out(&export(&["--to", "/dev/stdout"])), text);
    fs::write(at("there"), "mine").expect("it is written");
    fs::write(at("target"), "mine").expect("it is written");
    symlink("target", at("link")).expect("it is linked");
    for name in ["there", "link"] {
        let refused = export(&["--to", name]);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{told}");
        assert!(told.contains("--force"), "{told}");
        assert_eq!(fs::read_to_string(at(name)).expect("it is there"), "mine");
        assert_eq!(export(&["--to", name, "--force"]).status.code(), Some(0));
        assert_eq!(fs::read_to_string(at(name)).expect("it is there"), text);
    }
    assert!(at("link").is_symlink(), "the link is kept");
    symlink("later", at("dangling")).expect("it is linked");
    assert_eq!(export(&["--to", "dangling"]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(at("later")).expect("the target is written"), text);
    assert_eq!(export(&["--to", "/dev/null"]).status.code(), Some(0));
    assert!(!fs::metadata("/dev/null").expect("it is there").is_file());
    fs::create_dir_all(at("each/books")).expect("it is made");
    fs::write(at("each/books/middlemarch.json"), "mine").expect("it is written");
    let all = unspoiled(&["export", "--format", "json", "--to", "each/"], folder.path());
    assert_eq!(all.status.code(), Some(1));
    assert!(!at("each/books/emma.json").exists(), "nothing is written where one is there already");
}

#[test]
fn an_export_into_a_pipe_goes_through_it() {
    let folder = folder();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("it is there").success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).expect("it can be read")
    });
    let output = unspoiled(&["export", "emma", "--format", "json", "--to", "pipe"], folder.path());
    assert_eq!(output.status.code(), Some(0));
    assert!(reader.join().expect("it ends").contains("Emma"));
    assert!(!fs::metadata(&pipe).expect("it is there").is_file(), "it is a pipe still");
}

#[test]
fn a_site_has_an_index_and_a_page_for_each_review_that_loads_nothing() {
    let folder = folder();
    fs::write(
        folder.path().join("lib/index.toml"),
        "[work]\ntitle = 'A & B'\nunit = 'chapter'\n[[passage]]\nafter = 9\ntext = 'zqx3'\n[[passage]]\nafter = 2\ntext = 'zqx4'\n",
    )
    .expect("there is room");
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("it is written");
    for (to, arguments, has_hidden) in [("site/", &[][..], false), ("full/", &["--with-curtains"], true)] {
        let output =
            unspoiled(&[&["export", "--format", "html", "--to", to][..], arguments].concat(), folder.path());
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        let index = read(&format!("{to}index.html"));
        assert!(
            index.contains("<a href=\"books/emma.html\">") && index.contains("<h2>A &amp; B</h2>"),
            "{index}"
        );
        assert!(index.contains("<a href=\"index-2.html\">"), "a review may be called index: {index}");
        let emma = read(&format!("{to}books/emma.html"));
        assert!(emma.contains("<a href=\"../index.html\">"), "the way back is there: {emma}");
        let gated = read(&format!("{to}index-2.html"));
        let order = [gated.find(">after chapter 2</option>"), gated.find(">after chapter 9</option>")];
        assert_eq!(order.iter().all(Option::is_some) && order.is_sorted(), has_hidden, "{gated}");
        assert_eq!(gated.contains("<details data-gate=\"n1\">"), has_hidden, "{gated}");
        for page in [index, emma, gated] {
            assert!(has_hidden || !page.contains("zqx"), "{page}");
            assert!(
                !page.contains("src=") && !page.contains("<link") && !page.contains("<details open"),
                "{page}"
            );
        }
    }
    let again = unspoiled(&["export", "--format", "html", "--to", "site/"], folder.path());
    assert_eq!(again.status.code(), Some(1), "nothing is written over");
}

#[test]
fn the_schema_of_a_review_is_json() {
    let folder = folder();
    let schema: serde_json::Value =
        serde_json::from_str(&out(&unspoiled(&["schema", "review"], folder.path()))).expect("it is JSON");
    assert_eq!(schema["properties"]["passage"]["items"]["properties"]["text"]["type"], "string");
}

#[test]
fn in_ascii_what_is_printed_has_none_of_the_programs_signs() {
    let folder = folder();
    for arguments in
        [&["--ascii", "list"][..], &["--ascii", "show", "emma"], &["--ascii", "show", "emma", "--reveal"]]
    {
        let printed = out(&unspoiled(arguments, folder.path()));
        assert!(printed.contains("***+") && printed.is_ascii(), "{arguments:?}: {printed}");
    }
    let json = out(&unspoiled(&["--ascii", "list", "--json"], folder.path()));
    assert_eq!(
        json,
        out(&unspoiled(&["list", "--json"], folder.path())),
        "what other programs read stays what it is"
    );
}
