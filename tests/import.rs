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
    command.env_clear().env("HOME", folder.join("home")).env("LC_ALL", "C.UTF-8");
    command.current_dir(folder).args(arguments).output().expect("it runs")
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

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it has one")).expect("it is made");
    fs::write(path, text).expect("it is written");
}

fn files(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = names.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    names
}

#[test]
fn files_of_one_name_are_two_reviews() {
    let folder = folder();
    write(folder.path(), "a/emma.md", "Emma\n\nThe first.\n");
    write(folder.path(), "b/emma.md", "Emma\n\nThe second.\n");
    let lib = folder.path().join("lib");
    let read = |name: &str| fs::read_to_string(lib.join(name)).expect("it is there");
    let both = unspoiled(&["import", "a/emma.md", "b/emma.md", "--into", "lib"], folder.path());
    assert!(said(&both).contains("2 files in all\n  2 imported"), "{}", said(&both));
    assert!(read("emma.toml").contains("first") && read("emma-2.toml").contains("second"));
    for (run, file) in [(1, "a/emma.md"), (2, "b/emma.md"), (3, "a/emma.md")] {
        let path = folder.path().join(file);
        let output =
            unspoiled(&["import", "emma.md", "--into", "../lib"], path.parent().expect("it has one"));
        assert!(said(&output).contains("1 unchanged"), "run {run}, from another folder: {}", said(&output));
    }
    assert_eq!(files(&lib), ["emma-2.toml", "emma.toml"]);
    write(folder.path(), "c/emma.md", "Emma\n\nThe third.\n");
    unspoiled(&["import", "c/emma.md", "--into", "lib"], folder.path());
    assert_eq!(files(&lib).len(), 3, "nor in another command");
    assert!(read("emma.toml").contains("first") && read("emma-2.toml").contains("second"));
}

#[test]
fn a_text_that_was_moved_or_that_an_older_version_knew_is_not_imported_twice() {
    let folder = folder();
    write(folder.path(), "a/emma.md", "Emma\n\nThe first.\n");
    unspoiled(&["import", "a/emma.md", "--into", "lib"], folder.path());
    let manifest = folder.path().join("lib/.unspoiled-import.toml");
    let text = fs::read_to_string(&manifest).expect("it is there");
    assert!(text.contains("../a/emma.md"), "{text}");
    fs::write(&manifest, text.replace("../a/emma.md", "emma.md")).expect("it is written");
    let edited = folder.path().join("lib/emma.toml");
    let mine = fs::read_to_string(&edited).expect("it is there") + "# mine\n";
    fs::write(&edited, &mine).expect("it is written");
    let again = unspoiled(&["import", "a/emma.md", "--into", "lib"], folder.path());
    assert!(said(&again).contains("1 unchanged"), "{}", said(&again));
    fs::rename(folder.path().join("a"), folder.path().join("b")).expect("it is moved");
    let moved = unspoiled(&["import", "b/emma.md", "--into", "lib"], folder.path());
    assert!(said(&moved).contains("1 unchanged"), "{}", said(&moved));
    assert_eq!(files(&folder.path().join("lib")), ["emma.toml"]);
    assert_eq!(fs::read_to_string(&edited).expect("it is there"), mine, "it is as its author left it");
}

#[test]
fn a_manifest_that_names_a_file_elsewhere_is_refused() {
    for name in ["../victim.toml", "/tmp/unspoiled-victim.toml"] {
        let folder = folder();
        import(folder.path());
        write(folder.path(), "victim.toml", "mine");
        let manifest = folder.path().join("lib/.unspoiled-import.toml");
        let text = fs::read_to_string(&manifest).expect("it is there");
        fs::write(&manifest, text.replace("\"emma.toml\"", &format!("\"{name}\""))).expect("it is written");
        let output = import(folder.path());
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert_eq!(said(&output).lines().count(), 1, "{}", said(&output));
        assert_eq!(fs::read_to_string(folder.path().join("victim.toml")).expect("it is there"), "mine");
    }
}

#[test]
fn what_is_no_review_is_refused_in_one_line_and_nothing_is_written() {
    for (name, text) in [
        ("a.csv", "a,b\nzqx,open\n"),
        ("a.csv", "title,review,spoiler\nHeat,zqx,true\n"),
        ("a.txt", "Heat,\"zqx, as it is.\"\nEmma,zqx\n"),
        ("a.tsv", "film\ttext\nHeat\tzqx\n"),
        ("a.md", "title;review\nHeat;zqx\n"),
        ("comments.csv", "Date,Content,Comment\n2020-01-01,u,zqx\n"),
        ("likes.csv", "Date,Name,Year,Letterboxd URI\n2020-01-01,Heat,1995,u\n"),
        ("list.csv", "Letterboxd list export v7\nDate,Name,Tags,URL,Description\nx,y,,u,zqx\n"),
        ("a.json", "[{\"text\": \"zqx\", \"contains_spoiler\": true}]\n"),
        ("a.md", "{\"text\": \"zqx\"}\n{\"text\": \"zqx\"}\n"),
        ("a.xml", "<reviews><review spoiler=\"true\">zqx</review></reviews>\n"),
        ("a.html", "<!DOCTYPE html><html><body><p>zqx</p></body></html>\n"),
        ("feed.xml", "<opml><body><outline>zqx</outline></body></opml>\n"),
        ("a.pdf", "%PDF-1.7\nzqx\n"),
        ("a.bin", "zqx\0\u{1}\u{2}"),
        ("a.toml", "[work]\ntitle = 'x'\n[[passage]]\nspoiler = true\ntext = 'zqx'\n"),
        ("a.yaml", "- title: Heat\n  spoiler: true\n  text: zqx\n"),
        ("empty.txt", ""),
        ("blank.md", "\n \n"),
        ("front.md", "---\ntitle: T\n---\n"),
        ("reviews.zip", "PK\u{3}\u{4}broken"),
    ] {
        let folder = folder();
        write(folder.path(), name, text);
        for from in [&[][..], &["--from", "text"], &["--from", "goodreads"]] {
            let arguments = [&["import", name, "--into", "lib"], from].concat();
            let output = unspoiled(&arguments, folder.path());
            assert_eq!(output.status.code(), Some(1), "{text:?} with {from:?}: {}", said(&output));
            assert_eq!(said(&output).lines().count(), 1, "{text:?} with {from:?}: {}", said(&output));
            assert!(!said(&output).contains("zqx"), "{}", said(&output));
            assert!(!folder.path().join("lib").exists(), "{text:?} with {from:?} writes nothing");
        }
    }
}

#[test]
fn what_is_exported_with_its_curtains_comes_back_as_it_was() {
    let folder = folder();
    let review = r#"
[work]
title = "Emma"

[[passage]]
text = """
Open ||zqx|| and [spoiler] as a word.

```
a fence
"""

[[passage]]
spoiler = "the end"
text = """
# Heading

</details>

zqx <details>
"""

[[passage]]
text = """
Open again.
"""
"#;
    write(folder.path(), "own/review.toml", review);
    let export = |library: &str, to: &str| {
        let arguments =
            ["--library", library, "export", "--to", to, "--format", "markdown", "--with-curtains"];
        let output = unspoiled(&arguments, folder.path());
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        fs::read_to_string(folder.path().join(to)).expect("it is there")
    };
    let first = export("own", "out.md");
    let imported = unspoiled(&["import", "out.md", "--into", "again"], folder.path());
    assert!(said(&imported).contains("2 spoilers in 1 review"), "{}", said(&imported));
    let shown = said(&unspoiled(&["--library", "again", "show", "emma"], folder.path()));
    assert!(!shown.contains("zqx") && shown.contains("Open again."), "{shown}");
    assert_eq!(export("again", "twice.md"), first, "nothing is lost on the way");
}

#[test]
fn the_report_counts_like_a_person() {
    let folder = folder();
    write(folder.path(), "one.md", "Emma\n\nOpen [spoiler]zqx[/spoiler] and open.\n");
    write(folder.path(), "none.md", "Heat\n\nOpen.\n");
    let one = unspoiled(&["import", "one.md", "--into", "lib"], folder.path());
    assert!(said(&one).contains("1 spoiler in 1 review\n"), "{}", said(&one));
    assert!(!said(&one).contains("in all"), "{}", said(&one));
    let all = unspoiled(&["import", "one.md", "none.md", "export.csv", "--into", "other"], folder.path());
    assert!(
        said(&all).ends_with("3 files in all\n  4 imported\n  2 spoilers in 2 reviews\n"),
        "{}",
        said(&all)
    );
}

#[test]
fn the_exports_of_two_members_fit_into_one_folder() {
    let header = "Book Id,Title,Author,My Rating,Date Added,My Review\n";
    let short = "Book Id,Title,Author,My Rating,My Review\n";
    for (mine, theirs) in [
        // A day tells whose review it is, and without one the file does.
        (
            format!("{header}11,Emma,Jane Austen,4,2020/01/05,Mine"),
            format!("{header}11,Emma,Jane Austen,2,2021/02/06,Theirs"),
        ),
        (format!("{short}11,Emma,Jane Austen,4,Mine"), format!("{short}11,Emma,Jane Austen,2,Theirs")),
    ] {
        let folder = folder();
        let at = |name: &str| folder.path().join(name);
        let read = |name: &str| fs::read_to_string(at("lib").join(name)).expect("it is there");
        let import = |name: &str| said(&unspoiled(&["import", name, "--into", "lib"], folder.path()));
        fs::write(at("mine.csv"), &mine).expect("it is written");
        fs::write(at("theirs.csv"), &theirs).expect("it is written");
        import("mine.csv");
        assert!(import("theirs.csv").contains("1 imported"), "it is another review");
        assert!(read("emma.toml").contains("Mine") && read("emma-2.toml").contains("Theirs"));
        for name in ["mine.csv", "theirs.csv", "mine.csv"] {
            assert!(import(name).contains("1 unchanged"), "each finds its own again");
        }
        fs::write(at("theirs.csv"), theirs.replace("Theirs", "Theirs again")).expect("it is written");
        assert!(import("theirs.csv").contains("1 updated"));
        let both = read("emma.toml") + &read("emma-2.toml");
        assert!(both.contains("Mine") && both.contains("Theirs again"), "{both}");
    }
}

#[test]
fn a_review_that_an_older_version_knew_by_its_book_alone_is_known_again() {
    let folder = folder();
    import(folder.path());
    let manifest = folder.path().join("lib/.unspoiled-import.toml");
    let text = fs::read_to_string(&manifest).expect("it is there");
    fs::write(&manifest, text.replace("@../export.csv", "")).expect("it is written");
    assert!(said(&import(folder.path())).contains("2 unchanged"));
    assert_eq!(fs::read_to_string(&manifest).expect("it is there"), text);
}

#[test]
fn a_file_that_was_moved_and_edited_is_found_by_its_work() {
    let folder = folder();
    import(folder.path());
    let at = |name: &str| folder.path().join("lib").join(name);
    fs::remove_file(at("emma-2.toml")).expect("it is there");
    let text = fs::read_to_string(at("emma.toml")).expect("it is there");
    fs::remove_file(at("emma.toml")).expect("it is there");
    fs::write(at("mine.toml"), text.replace("\"Emma\"", "\"EMMA\"") + "# mine\n").expect("it is written");
    fs::write(folder.path().join("export.csv"), CSV.replace("12,Emma", "12,Persuasion"))
        .expect("it is written");
    let again = said(&import(folder.path()));
    assert!(!at("emma.toml").exists(), "a title in capitals is the same work: {again}");
}

#[test]
fn what_comes_in_on_standard_input_is_read_like_a_file() {
    let folder = folder();
    let piped = |text: &str| {
        let mut command = Command::cargo_bin("unspoiled").expect("it is built");
        command.env_clear().env("HOME", folder.path().join("home")).current_dir(folder.path());
        command.args(["import", "-", "--into", "lib"]).write_stdin(text).output().expect("it runs")
    };
    let first = piped(CSV);
    assert!(said(&first).contains("2 imported") && first.status.success(), "{}", said(&first));
    assert!(said(&import(folder.path())).contains("2 unchanged"), "the file itself holds the same reviews");
    let text = "Emma\n\nA text, [spoiler]zqx[/spoiler] and all.\n";
    assert!(said(&piped(text)).contains("1 imported"), "{}", said(&piped(text)));
    assert!(said(&piped(text)).contains("1 unchanged"), "the same text is the same review");
    let other = piped("Persuasion\n\nAnother text.\n");
    assert!(said(&other).contains("1 imported"), "another text is another review: {}", said(&other));
    let refused = piped("");
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
}

#[test]
fn a_folder_of_texts_is_imported_with_ids_from_paths() {
    let folder = folder();
    let path = folder.path();
    write(
        path,
        "vault/books/emma/index.md",
        "---\nrating: 4\n---\n\nBy [[Jane Austen|her]].\n\n> [!spoiler]- why\n> zqx\n",
    );
    write(path, "vault/books/_index.md", "---\ntitle: All books\n---\n\nA list.\n");
    write(
        path,
        "vault/films/Heat.md",
        "---\ntitle: Heat\ndirector: \"[[Michael Mann]]\"\n---\n\nLong, and good.\n",
    );
    write(path, "vault/films/Emma.md", "Emma\n\nThe film of it.\n");
    write(path, "vault/.obsidian/workspace.md", "zqx, which is nothing to read\n");
    write(path, "vault/films/poster.png", "zqx");
    write(path, "vault/films/table.txt", "a,b\n1,zqx\n");
    let run = || unspoiled(&["import", "vault", "--into", "lib"], path);
    let first = run();
    assert!(said(&first).contains("3 imported") && first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("films/table.txt: the file is a table"), "{}", said(&first));
    assert!(!said(&first).contains("zqx"), "{}", said(&first));
    let emma = fs::read_to_string(path.join("lib/emma.toml")).expect("it is there");
    assert!(
        emma.contains("title = \"emma\"") && emma.contains("By her.") && emma.contains("spoiler = \"why\""),
        "{emma}"
    );
    let heat = fs::read_to_string(path.join("lib/heat.toml")).expect("it is there");
    assert!(heat.contains("by = [\"Michael Mann\"]"), "{heat}");
    assert!(said(&run()).contains("3 unchanged"), "{}", said(&run()));
    let empty = path.join("empty");
    fs::create_dir(&empty).expect("there is room");
    let refused = unspoiled(&["import", "empty", "--into", "lib"], path);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
}

#[test]
fn a_file_with_a_record_on_each_line_may_be_larger_than_a_part() {
    let folder = folder();
    let record = |n: usize, text: &str| {
        format!(
            "{{\"user_id\":\"u\",\"review_sentences\":[[0,\"{text}\"],[1,\"zqx\"]],\"has_spoiler\":true,\"book_id\":\"7\",\"review_id\":\"{n}\"}}\n"
        )
    };
    let long = "A long open sentence. ".repeat(200_000);
    let text: String =
        (0..6).map(|n| record(n, &long)).chain(["broken\n".to_owned(), record(9, "open")]).collect();
    assert!(text.len() > 20 << 20, "it is read in several parts");
    write(folder.path(), "spoilers.json", &text);
    let output = unspoiled(&["import", "spoilers.json", "--into", "lib"], folder.path());
    assert!(said(&output).contains("7 imported"), "{}", said(&output));
    assert!(
        said(&output).contains("row 7: it could not be read"),
        "rows count on through the parts: {}",
        said(&output)
    );
    assert!(!said(&output).contains("zqx"));
}

#[test]
fn nothing_of_a_name_or_a_file_reaches_the_terminal_as_control() {
    let folder = folder();
    for (name, text) in [
        ("red\u{1b}[31m.md", "---\ntitle: \u{1b}]0;x\u{7}\nrating: \u{1b}[2J\n---\n\nA text.\n"),
        ("bell\u{7}.csv", "a\u{1b}[31m,b\n1,2\n"),
        ("over\u{202e}ride.json", "{\"\u{1b}[31m\": 1}"),
    ] {
        write(folder.path(), name, text);
        let output = unspoiled(&["import", name, "--into", "lib"], folder.path());
        let is_clean = |c: char| c == '\n' || !(c.is_control() || c == '\u{202e}');
        assert!(said(&output).chars().all(is_clean), "{:?}", said(&output));
    }
    let output = unspoiled(&["import", ".", "--into", "other"], folder.path());
    assert!(!said(&output).contains(['\u{1b}', '\u{7}', '\u{202e}']), "{:?}", said(&output));
}

#[test]
fn an_import_with_progress_takes_positions_too_and_a_list_of_them_needs_no_review() {
    let folder = folder();
    let export = "Book Id,Title,Author,My Rating,Exclusive Shelf,My Review\n\
                  1,Emma,Jane Austen,4,read,\"Who <spoiler>zqx</spoiler> marries\"\n\
                  2,Dracula,Bram Stoker,4,currently-reading,Not yet\n3,Persuasion,Jane Austen,4,read,\n";
    fs::write(folder.path().join("books.csv"), export).expect("it is written");
    fs::write(
        folder.path().join("anime.xml"),
        "<?xml version='1.0'?><myanimelist><anime><series_title>Emma</series_title>\
         <my_watched_episodes>12</my_watched_episodes><my_status>Watching</my_status></anime></myanimelist>",
    )
    .expect("it is written");
    let known = |arguments: &[&str]| said(&unspoiled(arguments, folder.path()));
    let list = ["--library", "lib", "progress"];
    known(&["import", "books.csv", "--into", "lib"]);
    assert_eq!(known(&list), "", "nothing is taken unless it is asked for");
    let output = unspoiled(
        &["--library", "lib", "import", "books.csv", "anime.xml", "--into", "lib", "--progress"],
        folder.path(),
    );
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("no reviews"), "a list of positions alone is read: {}", said(&output));
    let list = known(&list);
    assert!(list.contains("finished") && list.lines().count() == 1, "only Emma is finished: {list}");
    let refused = unspoiled(&["import", "anime.xml", "--into", "lib"], folder.path());
    assert_eq!(refused.status.code(), Some(1), "without --progress there is nothing in it");
}
