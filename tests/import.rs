//! `unspoiled import` as a user runs it: files in, a folder of reviews out, and what happens the next time.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const CSV: &str = "Book Id,Title,Author,My Rating,My Review,Spoiler\n\
    11,Emma,Jane Austen,4,\"Open and <spoiler>zqx</spoiler>, then.\",\n\
    12,Emma,Jane Austen,4,Another copy,\n\
    13,Unread,Nobody,0,,\n";

fn unspoiled(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::cargo_bin("unspoiled").expect("it is built");
    command.env_remove("UNSPOILED_LIBRARY").current_dir(folder).args(arguments).output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[&output.stdout[..], &output.stderr[..]].concat()).into_owned()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("export.csv"), CSV).expect("it is written");
    folder
}

fn import(folder: &Path) -> Output {
    unspoiled(&["import", "export.csv", "--into", "lib"], folder)
}

#[test]
fn reviews_come_in_and_stay_as_they_are() {
    let folder = folder();
    let first = import(folder.path());
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert!(said(&first).contains("2 imported") && said(&first).contains("1 skipped"), "{}", said(&first));
    assert!(!said(&first).contains("zqx"), "the report quotes nothing");
    for name in ["emma.toml", "emma-2.toml"] {
        assert!(folder.path().join("lib").join(name).is_file(), "{name} is there");
    }
    let second = import(folder.path());
    assert!(said(&second).contains("2 unchanged"), "{}", said(&second));
    let names = fs::read_dir(folder.path().join("lib")).expect("it is there").count();
    assert_eq!(names, 3, "two reviews and what is known of them, and nothing left over");
}

#[test]
fn what_changed_is_updated_unless_its_file_was_edited() {
    let folder = folder();
    import(folder.path());
    let edited = folder.path().join("lib/emma-2.toml");
    let text = fs::read_to_string(&edited).expect("it is there") + "# mine\n";
    fs::write(&edited, &text).expect("it is written");
    let unmoved = import(folder.path());
    assert!(
        said(&unmoved).contains("2 unchanged"),
        "an edit alone is no reason to report: {}",
        said(&unmoved)
    );
    let changed = CSV.replace("then.", "now.").replace("Another", "Some other");
    fs::write(folder.path().join("export.csv"), changed).expect("it is written");
    let output = import(folder.path());
    assert!(said(&output).contains("1 updated") && said(&output).contains("1 kept"), "{}", said(&output));
    assert_eq!(
        fs::read_to_string(&edited).expect("it is there"),
        text,
        "the edited file is as its author left it"
    );
    let other = fs::read_to_string(folder.path().join("lib/emma.toml")).expect("it is there");
    assert!(other.contains("now."), "the other is new");
}

#[test]
fn an_interrupted_import_is_taken_up_again() {
    let folder = folder();
    import(folder.path());
    fs::remove_file(folder.path().join("lib/.unspoiled-import.toml")).expect("it is there");
    let again = import(folder.path());
    assert!(
        said(&again).contains("2 unchanged"),
        "files that are there already are not written twice: {}",
        said(&again)
    );
}

#[test]
fn files_that_were_known_and_never_written_are_written_now() {
    let folder = folder();
    import(folder.path());
    fs::remove_file(folder.path().join("lib/emma.toml")).expect("it is there");
    let again = import(folder.path());
    assert!(said(&again).contains("1 imported") && said(&again).contains("1 unchanged"), "{}", said(&again));
    assert!(folder.path().join("lib/emma.toml").is_file(), "under the name that it had");
}

#[test]
fn a_review_that_was_moved_or_renamed_is_found_again() {
    let folder = folder();
    import(folder.path());
    let at = |name: &str| folder.path().join("lib").join(name);
    fs::create_dir_all(at("austen/.hidden")).expect("it is made");
    fs::rename(at("emma.toml"), at("austen/clueless.toml")).expect("it is moved");
    fs::write(at("austen/own.toml"), "no review at all").expect("it is written");
    let moved = import(folder.path());
    assert!(said(&moved).contains("2 unchanged"), "{}", said(&moved));
    assert!(!at("emma.toml").exists(), "it is not there a second time");
    fs::write(folder.path().join("export.csv"), CSV.replace("then.", "now.")).expect("it is written");
    let changed = import(folder.path());
    assert!(said(&changed).contains("1 updated"), "{}", said(&changed));
    let text = fs::read_to_string(at("austen/clueless.toml")).expect("it is there");
    assert!(text.contains("now."), "what changed is updated where it is now");
    fs::remove_dir_all(at("austen")).expect("it is there");
    assert!(said(&import(folder.path())).contains("1 imported"), "what is gone with its folder comes back");
    assert!(at("emma.toml").is_file() && !at("austen").exists());
}

#[test]
fn a_review_that_was_moved_and_edited_is_known_by_its_work_and_day() {
    let folder = folder();
    let csv = CSV.replace("12,Emma", "12,Persuasion");
    fs::write(folder.path().join("export.csv"), &csv).expect("it is written");
    import(folder.path());
    let at = |name: &str| folder.path().join("lib").join(name);
    fs::create_dir_all(at("austen")).expect("it is made");
    let text = fs::read_to_string(at("emma.toml")).expect("it is there") + "# mine\n";
    fs::write(at("austen/emma.toml"), &text).expect("it is written");
    fs::remove_file(at("emma.toml")).expect("it is there");
    assert!(said(&import(folder.path())).contains("2 unchanged"));
    fs::write(folder.path().join("export.csv"), csv.replace("then.", "now.")).expect("it is written");
    let changed = import(folder.path());
    assert!(
        said(&changed).contains("1 kept") && said(&changed).contains("austen/emma.toml"),
        "{}",
        said(&changed)
    );
    assert_eq!(fs::read_to_string(at("austen/emma.toml")).expect("it is there"), text, "it stays as it is");
    assert!(!at("emma.toml").exists(), "it is not there a second time");
}

#[test]
fn a_dry_run_writes_nothing() {
    let folder = folder();
    let output = unspoiled(&["import", "export.csv", "--into", "lib", "--dry-run"], folder.path());
    assert!(said(&output).contains("2 would be imported"), "{}", said(&output));
    assert!(!folder.path().join("lib").exists(), "not even the folder");
}

#[test]
fn letterboxd_is_not_claimed_to_be_safe() {
    let folder = folder();
    fs::write(folder.path().join("r.csv"), "Name,Letterboxd URI,Review\nHeat,u,zqx\n")
        .expect("it is written");
    let output = unspoiled(&["import", "r.csv", "--into", "a"], folder.path());
    assert!(said(&output).contains("--curtain all"), "{}", said(&output));
    unspoiled(&["import", "r.csv", "--into", "b", "--curtain", "all"], folder.path());
    let shown = unspoiled(&["--library", "b", "show", "heat"], folder.path());
    assert!(!said(&shown).contains("zqx") && said(&shown).contains("the whole review"), "{}", said(&shown));
}

#[test]
fn an_ambiguous_date_is_asked_for() {
    let folder = folder();
    fs::write(folder.path().join("r.txt"), "Emma\n\n2/5/2012\n\nGood.\n").expect("it is written");
    let output = unspoiled(&["import", "r.txt", "--into", "a"], folder.path());
    assert!(said(&output).contains("--dates"), "{}", said(&output));
    unspoiled(&["import", "r.txt", "--into", "b", "--dates", "dmy"], folder.path());
    let listed = unspoiled(&["--library", "b", "list", "--format", "{date}"], folder.path());
    assert_eq!(said(&listed), "2012-05-02\n");
}

#[test]
fn the_exit_code_says_how_it_went() {
    let folder = folder();
    fs::write(folder.path().join("nul.csv"), [0; 20]).expect("it is written");
    fs::write(folder.path().join("taken"), "").expect("it is written");
    for (arguments, code) in [
        (&["import", "export.csv", "--into", "lib"][..], 0),
        (&["import", "nul.csv", "--into", "lib"], 1),
        (&["import", "nul.csv", "export.csv", "--into", "lib"], 1),
        (&["import", "missing.csv", "--into", "lib"], 1),
        (&["import", "export.csv", "--into", "taken"], 1),
        (&["import", "export.csv"], 2),
        (&["import", "--into", "lib"], 2),
        (&["import", "export.csv", "--into", "lib", "--from", "nowhere"], 2),
    ] {
        let output = unspoiled(arguments, folder.path());
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", said(&output));
    }
}
