//! The binary in a real pseudo-terminal: it starts, is read, and gives the terminal back whatever ends it.

mod support;

use std::time::Duration;

use portable_pty::CommandBuilder;
use support::pty::{Home, Pty, command};

/// What gives a terminal back: no mouse reports, a cursor, the first screen.
const GIVEN_BACK: [&str; 3] = ["\x1b[?1002l", "\x1b[?25h", "\x1b[?1049l"];

fn assert_given_back(output: &str) {
    for sequence in GIVEN_BACK {
        let last = output.rfind(sequence);
        let taken = output.rfind(&sequence.replace('l', "h")).filter(|_| sequence.ends_with('l'));
        assert!(last.is_some() && last >= taken, "{sequence:?} is the last word on that");
    }
}

fn started() -> Pty {
    let mut pty = Pty::start(&[], 120, 40);
    pty.until_text("1/17");
    pty
}

#[test]
fn a_reader_finds_a_review_reads_it_lifts_a_curtain_hides_it_resizes_and_quits() {
    let mut pty = started();
    pty.send("Gkk");
    pty.until_text("The Quietest School in England");
    pty.send("\r]]");
    pty.until_text("▶ ░░ Spoiler: what the children are");
    assert!(!pty.screen().contains("donor"), "nothing is given away");
    pty.send("\r");
    pty.until_text("▼ Spoiler: what the children are");
    pty.send("\r");
    pty.until_text("▶ ░░ Spoiler: what the children are");
    pty.resize(80, 24);
    pty.until("one pane", |screen| !screen.contents().contains("Kind of Blue"));
    pty.send("q");
    let (status, output) = pty.end();
    assert!(status.success());
    assert_given_back(&output);
}

#[test]
fn no_key_is_lost_when_the_size_changes_at_the_same_time() {
    let mut pty = started();
    for round in 0..20 {
        pty.resize(120 - round % 2, 40);
        pty.send("j");
    }
    pty.send("jjjjjjjjjjjjjjjjj");
    pty.until_text("▌● 雪国");
    // More keys than the event reader takes in one gulp.
    pty.send(&"k".repeat(3_000));
    pty.until_text("▌● Kind of Blue");
    pty.send("q");
    assert!(pty.end().0.success());
}

#[test]
fn what_was_read_is_remembered_and_what_was_lifted_is_not() {
    let home = Home::new();
    let mut pty = Pty::start_in(&home, &[], 120, 40);
    pty.until_text("1/17");
    pty.send("Gkk\rs");
    pty.until_text("┌ Spoiler");
    pty.send("G");
    pty.until_text("100 %");
    pty.send("gq");
    assert!(pty.end().0.success());
    assert!(home.state().contains("films/never-let-me-go"), "it was saved: {}", home.state());

    let mut again = Pty::start_in(&home, &[], 120, 40);
    again.until_text("15/17");
    again.send("Gkk\r]]");
    again.until_text("▶ ░░ Spoiler: what the children are");
    let screen = again.screen();
    assert!(screen.contains("▏  Never"), "it is marked as read: {screen}");
    assert!(!screen.contains("┌ Spoiler"), "and every spoiler is hidden again: {screen}");
}

#[test]
fn what_changes_on_the_disk_is_on_the_screen_and_the_reader_stays_where_they_were() {
    let home = Home::new();
    let folder = home.path().join("reviews");
    std::fs::create_dir(&folder).expect("it is made");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("it is written");
    let review = |title: &str, end: &str, hidden: &str| {
        let lines: String = (0..60).map(|n| format!("Paragraph {n}.\n\n")).collect();
        format!(
            "[work]\ntitle = '{title}'\n[[passage]]\ntext = \"\"\"\n{lines}{end}\n\"\"\"\n\
             [[passage]]\nspoiler = true\ntext = '{hidden}'\n[[passage]]\nspoiler = true\ntext = 'the same'\n"
        )
    };
    write("a.toml", &review("Alpha", "The end.", "It was the gardener."));
    write("b.toml", &review("Beta", "The end.", "nothing"));
    let mut pty = Pty::start_in(&home, &["reviews"], 120, 40);
    pty.until_text("/2 ");
    pty.send("\rG]\r]\rG");
    pty.until("both are revealed", |screen| {
        screen.contents().contains("gardener") && screen.contents().contains("the same")
    });
    write("c.toml", &review("Gamma", "The end.", "nothing"));
    pty.until_text("/3 ");
    write("a.toml", &review("Alpha", "Quite another end.", "It was the butler."));
    let screen = pty.until_text("Quite another end.");
    assert!(!screen.contains("gardener") && !screen.contains("butler"), "what is new is hidden: {screen}");
    assert!(screen.contains("the same"), "what is the same stays revealed: {screen}");
    assert!(screen.contains("Paragraph 59."), "and the reader is where they were: {screen}");
    write("a.toml", "[work]\ntitle = 'Al");
    pty.until("the mark of a file that cannot be read", |screen| screen.contents().contains("✗ Alpha"));
    pty.send("g");
    let screen = pty.until_text("cannot be read as a review any more");
    assert!(screen.contains("line 2, column"), "it says why: {screen}");
    assert!(screen.contains("Paragraph 9."), "and shows what was there: {screen}");
    write("a.toml", &review("Alpha", "The last end.", "x"));
    pty.until("no mark", |screen| !screen.contents().contains('✗'));
    std::fs::remove_file(folder.join("a.toml")).expect("it is removed");
    pty.until_text("the file of this review is gone");
    pty.until_text("/2 ");
    pty.send("q");
    assert!(pty.end().0.success());
}

/// A script that stands in for an editor.
fn script(home: &Home, name: &str, text: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let path = home.path().join(name);
    std::fs::write(&path, format!("#!/bin/sh\n{text}")).expect("it is written");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it can be run");
    path
}

#[test]
fn an_editor_gets_every_key_and_the_reader_comes_back_to_the_place() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("reviews")).expect("it is made");
    let lines: String = (0..60).map(|n| format!("Paragraph {n}.\n\n")).collect();
    let review = format!(
        "[work]\ntitle = 'Alpha'\n[[passage]]\ntext = '''\n{lines}'''\n\n[[passage]]\nspoiler = true\ntext = 'x'\n"
    );
    let file = home.path().join("reviews/a.toml");
    std::fs::write(&file, &review).expect("it is written");
    let line = review.lines().count() - 2;
    // It is called as vim would be, reads three keys, and changes the file.
    let vim = script(
        &home,
        "vim",
        "echo \"EDITOR $1 $2\"\nstty raw -echo\nkeys=$(dd bs=1 count=3 2>/dev/null)\nstty sane\n\
         echo \"GOT $keys.\"\nsed -i 's/Alpha/Omega/' \"$2\"\nread line\n",
    );
    let mut start = command(&home, &["reviews"]);
    start.env("VISUAL", vim);
    let mut pty = Pty::spawn(&home, start, 120, 40);
    pty.until_text("1/1");
    pty.send("\rG]ee");
    let screen = pty.until_text("EDITOR");
    assert!(screen.contains(&format!("EDITOR +{line} ")), "it begins at the passage, line {line}: {screen}");
    pty.send("qjx");
    pty.until_text("GOT qjx.");
    pty.send("\n");
    let screen = pty.until_text("Omega");
    assert!(screen.contains("Paragraph 59."), "the place is the same: {screen}");
    pty.send("q");
    let (status, output) = pty.end();
    assert!(status.success());
    assert_given_back(&output);
}

#[test]
fn text_goes_to_a_command_and_the_clipboard_without_what_is_hidden() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("reviews")).expect("it is made");
    let review = "[work]\ntitle = 'Alpha'\n[[passage]]\ntext = 'It is open.'\n\
                  [[passage]]\nspoiler = true\ntext = 'rosebud'\n";
    std::fs::write(home.path().join("reviews/a.toml"), review).expect("it is written");
    let mut pty = Pty::start_in(&home, &["reviews"], 80, 24);
    pty.until_text("1/1");
    pty.send("|tr a-z A-Z\r");
    let screen = pty.until_text("Enter: back");
    assert!(screen.contains("IT IS OPEN.") && !screen.to_lowercase().contains("rosebud"), "{screen}");
    pty.send("\n");
    pty.until("the reader", |screen| screen.alternate_screen());
    pty.send("y");
    pty.until_text("copied the review");
    pty.send("q");
    let (status, output) = pty.end();
    assert!(status.success());
    assert!(output.contains("\x1b]52;c;"), "the clipboard was set");
    assert!(output.contains("\x1b]0;reviews/ · unspoiled"), "and the title");
    assert!(!output.contains("rosebud") && !output.contains("cm9zZWJ1Z"), "without what is hidden");
}

#[test]
fn a_bookmark_outlives_a_kill_and_a_move_of_the_library_unless_nothing_is_to_be_remembered() {
    let home = Home::new();
    let lines: String = (0..60).map(|n| format!("Paragraph {n}.\n\n")).collect();
    let review = format!("[work]\ntitle = 'Alpha'\n[[passage]]\ntext = \"\"\"\n{lines}\"\"\"\n");
    std::fs::create_dir(home.path().join("reviews")).expect("it is made");
    std::fs::write(home.path().join("reviews/a.toml"), review).expect("it is written");
    let mut pty = Pty::start_in(&home, &["--no-memory", "reviews"], 120, 40);
    pty.until_text("1/1");
    pty.send("\r  B");
    pty.until_text("bookmark set");
    pty.send("q");
    assert!(pty.end().0.success());
    assert_eq!(home.state(), "", "nothing was saved");
    let mut pty = Pty::start_in(&home, &["reviews"], 120, 40);
    pty.until_text("1/1");
    pty.send("\r  B");
    pty.until_text("bookmark set");
    for _ in 0..200 {
        if home.state().contains("bookmarks") {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    pty.signal("-KILL");
    pty.wait();
    std::fs::create_dir(home.path().join("elsewhere")).expect("it is made");
    std::fs::rename(home.path().join("reviews"), home.path().join("elsewhere/reviews")).expect("it is moved");
    let mut again = Pty::start_in(&home, &["elsewhere/reviews"], 80, 24);
    again.until_text("1/1");
    again.send("'");
    let screen = again.until_text("Paragraph 34.");
    assert!(!screen.contains("Paragraph 0."), "{screen}");
    again.send("q");
    assert!(again.end().0.success());
}

#[test]
fn signals_end_the_program_and_the_terminal_is_given_back() {
    for (signal, name) in
        [("-TERM", "Terminated"), ("-INT", "Interrupt"), ("-HUP", "Hangup"), ("-QUIT", "Quit")]
    {
        let mut pty = started();
        pty.signal(signal);
        let (status, output) = pty.end();
        let told = status.signal().unwrap_or_default();
        assert!(told.starts_with(name), "the parent sees that {signal} ended it: {status:?}");
        assert_given_back(&output);
    }
}

#[test]
fn control_c_ends_the_program() {
    let mut pty = started();
    pty.send("\x03");
    let (status, output) = pty.end();
    assert!(status.success());
    assert_given_back(&output);
}

#[test]
fn suspended_it_gives_the_terminal_back_and_takes_it_again() {
    for how in ["key", "signal"] {
        let mut pty = started();
        match how {
            "key" => pty.send("\x1a"),
            _ => pty.signal("-TSTP"),
        }
        pty.until("the first screen", |screen| !screen.alternate_screen());
        for _ in 0..200 {
            if pty.is_stopped() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert!(pty.is_stopped(), "the process stopped ({how})");
        pty.signal("-CONT");
        pty.until("the other screen", |screen| screen.alternate_screen());
        pty.until_text("Kind of Blue");
        pty.send("jq");
        let (status, output) = pty.end();
        assert!(status.success());
        assert_given_back(&output);
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_program() {
    let mut pty = started();
    pty.close();
    assert!(pty.wait().signal().is_some_and(|name| name.starts_with("Hangup")));
}

#[test]
fn nothing_is_written_and_no_time_is_taken_while_nothing_happens() {
    let home = Home::new();
    std::fs::create_dir(home.path().join("reviews")).expect("it is made");
    let review = "[work]\ntitle = 'Alpha'\n[[passage]]\ntext = 'x'\n";
    std::fs::write(home.path().join("reviews/a.toml"), review).expect("it is written");
    // A folder that is watched.
    let mut pty = Pty::start_in(&home, &["reviews"], 120, 40);
    pty.until_text("1/1");
    pty.settle();
    let (written, taken) = (pty.bytes.len(), pty.processor_time());
    std::thread::sleep(Duration::from_millis(600));
    pty.settle();
    assert_eq!(pty.bytes.len(), written, "not a byte is written");
    assert_eq!(pty.processor_time(), taken, "and the processor is not asked for");
    pty.send("q");
    assert!(pty.end().0.success());
}

/// Run by the next test as a process of its own: a panic with hidden text in it, while the terminal is taken.
#[test]
#[ignore = "started by another test"]
fn panic_with_the_terminal_taken() {
    unspoiled::shell::give_back_on_panic();
    let _session =
        unspoiled::shell::Session::start(unspoiled::shell::Wanted { mouse: true, appearance: true })
            .expect("a terminal");
    let hidden = "Rosebud is his sled";
    let _ = &hidden[usize::MAX / 2..];
}

#[test]
fn a_panic_gives_the_terminal_back_and_says_nothing_but_its_place() {
    let mut command = CommandBuilder::new(std::env::current_exe().expect("this test has a path"));
    command.args(["--exact", "panic_with_the_terminal_taken", "--ignored", "--nocapture"]);
    let mut pty = Pty::run(command, 80, 24);
    let (status, output) = pty.end();
    assert_eq!(status.exit_code(), 101);
    assert_given_back(&output);
    assert!(output.contains("stopped by a bug at tests/terminal.rs"), "{output}");
    assert!(!output.contains("Rosebud"), "{output}");
}
