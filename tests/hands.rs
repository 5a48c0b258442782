//! Safe hands: nothing that a reader has done is lost, and nothing that happens to a terminal reveals anything or keeps
//! the program from ending. `UNSPOILED_ROUNDS` sets how often what depends on chance is tried.

mod support;

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;
use std::time::{Duration, SystemTime};

use support::pty::{Home, Pty, command, in_home};

fn rounds(usual: usize) -> usize {
    std::env::var("UNSPOILED_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(usual)
}

fn started(home: &Home) -> Pty {
    started_on(home, 40)
}

/// The program on a screen of so many rows.
fn started_on(home: &Home, rows: u16) -> Pty {
    let mut pty = Pty::start_in(home, &[], 120, rows);
    pty.until_text("1/17");
    pty
}

fn quit(mut pty: Pty) {
    pty.send("q");
    let (status, output) = pty.end();
    assert!(status.success(), "it ends well: {output}");
}

/// Marks the review in this row as read.
fn mark(pty: &mut Pty, row: usize) {
    pty.send(&"j".repeat(row));
    pty.send("m");
    pty.until("the mark", |screen| screen.contents().lines().any(|line| line.starts_with("▌  ")));
}

fn read_in(home: &Home) -> usize {
    let state: toml::Table = home.state().parse().expect("the state file is TOML");
    state["read"].as_array().map_or(0, Vec::len)
}

/// Waits until the state file is as wanted, without the program ending.
fn until_saved(home: &Home, wanted: impl Fn(&str) -> bool) {
    until("it is saved", || wanted(&home.state()));
}

#[test]
fn the_place_in_the_first_review_is_there_at_the_next_start_and_the_one_after() {
    let home = Home::new();
    let mut pty = started_on(&home, 17);
    pty.send("\r j");
    pty.settle();
    let here = pty.screen().lines().nth(4).unwrap_or_default().trim_end().to_owned();
    quit(pty);
    let left = home.state();
    assert!(left.contains("[places]"), "the place is saved: {left}");
    let mut again = started_on(&home, 17);
    again.send("\t");
    again.settle();
    assert_eq!(
        again.screen().lines().nth(4).map(str::trim_end),
        Some(&here[..]),
        "the reader is where they were"
    );
    quit(again);
    assert_eq!(home.state(), left, "and still is after a run in which nothing was done");
}

#[test]
fn readers_that_end_at_once_lose_nothing_of_each_other() {
    for round in 0..rounds(3) {
        let home = Home::new();
        let mut readers: Vec<_> = (0..6).map(|_| started(&home)).collect();
        readers.iter_mut().enumerate().for_each(|(row, pty)| mark(pty, row));
        readers.iter_mut().for_each(|pty| pty.send("q"));
        readers.iter_mut().for_each(|pty| assert!(pty.wait().success()));
        assert_eq!(read_in(&home), 6, "in round {round}");
    }
}

#[test]
fn what_one_reader_has_changed_is_not_undone_by_one_that_began_before() {
    let home = Home::new();
    let mut early = started(&home);
    mark(&mut early, 0);
    until("the mark is saved", || home.state().contains("kind-of-blue"));
    let mut late = started(&home);
    late.send("m");
    late.until("no mark", |screen| screen.contents().lines().any(|line| line.starts_with("▌● ")));
    quit(late);
    quit(early);
    assert_eq!(read_in(&home), 0, "the later change holds");
}

#[test]
fn a_kill_loses_no_more_than_the_place_in_the_review_on_the_screen() {
    let home = Home::new();
    let mut pty = started(&home);
    pty.send("\r  \t");
    until_saved(&home, |state| state.contains("[places]"));
    pty.send("j");
    pty.until_text("▌● In the Mood");
    let before = read_in(&home);
    pty.send("m");
    until("the mark is saved", || read_in(&home) == before + 1);
    pty.signal("-KILL");
    pty.wait();
    assert_eq!(read_in(&home), before + 1, "and stays so");
}

#[test]
fn killed_at_any_moment_the_state_file_is_whole_and_nothing_is_left_for_long() {
    let home = Home::new();
    for round in 0..rounds(8) {
        let mut pty = started(&home);
        for step in 0..round % 5 {
            pty.send(["m", "j", "\r", " ", "\u{1b}"][(round + step) % 5]);
        }
        std::thread::sleep(Duration::from_millis((round * 7 % 23) as u64));
        pty.signal("-KILL");
        pty.wait();
        let _: toml::Table = home.state().parse().expect("the state file is TOML");
    }
    // What a kill can leave behind, from yesterday and from this moment.
    fs::create_dir_all(home.state_folder()).expect("it can be made");
    let yesterday = SystemTime::now() - Duration::from_secs(86_400);
    for (name, modified) in [(".unspoiled-old", yesterday), (".unspoiled-new", SystemTime::now())] {
        let file = fs::File::create(home.state_folder().join(name)).expect("it can be made");
        file.set_modified(modified).expect("it can be dated");
    }
    let mut pty = started(&home);
    mark_any(&mut pty);
    quit(pty);
    assert!(!home.state_folder().join(".unspoiled-old").exists(), "old remains are cleared away");
    assert!(home.state_folder().join(".unspoiled-new").exists(), "somebody may be writing the new one");
}

fn mark_any(pty: &mut Pty) {
    pty.send("m");
    pty.settle();
}

#[test]
fn a_state_file_that_is_no_plain_file_is_refused_with_a_word_and_keeps_nothing_waiting() {
    for kind in ["pipe", "zero", "folder"] {
        let home = Home::new();
        fs::create_dir_all(home.state_folder()).expect("it can be made");
        let path = home.state_file();
        match kind {
            "pipe" => assert!(Command::new("mkfifo").arg(&path).status().expect("it is there").success()),
            "zero" => symlink("/dev/zero", &path).expect("it can be linked"),
            _ => fs::create_dir(&path).expect("it can be made"),
        }
        let mut pty = started(&home);
        pty.until_text("is not a plain file");
        mark_any(&mut pty);
        pty.send("q");
        let (status, output) = pty.end();
        assert_eq!(status.exit_code(), 1, "{kind}: {output}");
        assert!(fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()), "{kind} is left alone");
    }
}

#[test]
fn a_state_file_of_a_newer_version_is_left_alone_with_a_word() {
    let home = Home::new();
    let newer = "version = 99\nread = 5\n[bookmarks]\na = 1\n";
    home.write_state(newer);
    let mut pty = started(&home);
    pty.until_text("newer version");
    mark_any(&mut pty);
    pty.send("q");
    let (status, output) = pty.end();
    assert_eq!(status.exit_code(), 1, "it says that nothing is remembered: {output}");
    assert_eq!(home.state(), newer);
}

#[test]
fn what_a_state_file_holds_besides_is_kept() {
    let home = Home::new();
    home.write_state("version = 1\nlast = 'x'\n[bookmarks]\na = [1, 2]\n");
    let mut pty = started(&home);
    mark(&mut pty, 0);
    quit(pty);
    let state: toml::Table = home.state().parse().expect("it is TOML");
    assert_eq!(state["last"].as_str(), Some("x"));
    assert_eq!(state["bookmarks"]["a"].as_array().map(Vec::len), Some(2));
    assert_eq!(read_in(&home), 1);
}

#[test]
fn a_damaged_state_file_is_set_aside_with_a_word() {
    for damaged in [&b"read = 'Rosebud'"[..], b"[[[", b"\xff\xfe", b"version = 'x'"] {
        let home = Home::new();
        home.write_state(damaged);
        fs::write(home.state_folder().join("state.toml.damaged-1"), "an older one").expect("it is written");
        let mut pty = started(&home);
        let screen = pty.until_text("damaged");
        assert!(!screen.contains("Rosebud"), "it is not quoted: {screen}");
        mark(&mut pty, 0);
        quit(pty);
        assert_eq!(read_in(&home), 1, "a new one is begun");
        let aside = fs::read(home.state_folder().join("state.toml.damaged-2")).expect("it is set aside");
        assert_eq!(aside, damaged);
        let older = fs::read_to_string(home.state_folder().join("state.toml.damaged-1"));
        assert_eq!(older.expect("it is there"), "an older one", "none is written over");
    }
}

#[test]
fn ending_signals_are_obeyed_while_the_terminal_reads_nothing() {
    for (signal, code) in [("-TERM", 143), ("-INT", 130), ("-HUP", 129), ("-QUIT", 131)] {
        let home = Home::new();
        // As from a shell, which is there afterwards: with the last process of a terminal its output goes as well.
        let mut shell = portable_pty::CommandBuilder::new("sh");
        let script = "trap : INT QUIT; \"$1\"; echo ended $?; sleep 9";
        shell.args(["-c", script, "sh", env!("CARGO_BIN_EXE_unspoiled")]);
        in_home(&home, &mut shell);
        let mut pty = Pty::spawn(&home, shell, 120, 40);
        pty.until_text("1/17");
        let reader = pty.only_child();
        pty.read_nothing(true);
        // More than any terminal holds back.
        for _ in 0..100 {
            pty.send("\u{c}");
            std::thread::sleep(Duration::from_millis(4));
        }
        send(signal, reader);
        until(&format!("it ends by {signal}"), || !is_running(reader));
        pty.read_nothing(false);
        pty.until_text(&format!("ended {code}"));
        assert!(!pty.parser.screen().alternate_screen(), "the terminal is given back, with its first screen");
        assert!(!pty.settings().contains("-icanon"), "and with its settings");
        pty.signal("-KILL");
        pty.wait();
    }
}

fn send(signal: &str, process: u32) {
    let done = Command::new("kill").args([signal, &process.to_string()]).status().expect("kill is there");
    assert!(done.success(), "the signal was sent");
}

/// Whether a process is there that has not ended.
fn is_running(process: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn until(what: &str, is_so: impl Fn() -> bool) {
    let mut rounds = 0..2_000;
    while !is_so() {
        rounds.next().unwrap_or_else(|| panic!("gave up waiting until {what}"));
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn a_hang_up_ends_it_by_that_signal_every_time() {
    for round in 0..rounds(20) {
        let mut pty = started(&Home::new());
        pty.close();
        let status = pty.wait();
        assert!(status.signal().is_some_and(|name| name.starts_with("Hangup")), "round {round}: {status:?}");
    }
}

#[test]
fn stopped_and_continued_by_force_it_takes_the_terminal_again() {
    let home = Home::new();
    let mut pty = started(&home);
    assert!(pty.settings().contains("-icanon"), "the terminal is raw");
    pty.signal("-STOP");
    // What a shell does when its job has stopped.
    pty.stty(&["sane"]);
    pty.parser.process(b"\x1b[?1049l\x1b[2J");
    pty.signal("-CONT");
    pty.until_text("1/17");
    pty.until("the other screen", |screen| screen.alternate_screen());
    let settings = pty.settings();
    assert!(settings.contains("-icanon") && settings.contains("-echo "), "it is raw again: {settings}");
    pty.send("j");
    pty.until_text("▌● In the Mood");
    quit(pty);
}

#[test]
fn what_a_terminal_sends_unasked_is_no_key() {
    let mut pty = started(&Home::new());
    pty.send("Gkk\r]]");
    pty.until_text("▶ ░░ Spoiler: what the children are");
    pty.settle();
    let shown = |screen: &vt100::Screen| -> Vec<String> {
        screen.contents().lines().map(|line| line.trim_end().to_owned()).collect()
    };
    let before = shown(pty.parser.screen());
    let terminated = |body: &str| ["\u{7}", "\u{1b}\\"].map(|end| format!("\u{1b}{body}{end}"));
    let strings = [
        "]11;rgb:0000/ssss/SSSS",
        "]52;c;cyBT\rs",
        "P>|ghostty s\r",
        "P1$r0\rs",
        "_Gi=31;OK s\r",
        "^s\r",
        "Xs\r",
    ];
    let controls = [
        "\u{1b}[?1;2c",
        "\u{1b}[>0;276;0c",
        "\u{1b}[=00000000c",
        "\u{1b}[24;80R",
        "\u{1b}[?2026;2$y",
        "\u{1b}[?0u",
        "\u{1b}[I",
        "\u{1b}[O",
        "\u{1b}[8;40;120t",
        "\u{1b}[4;800;1200t",
        "\u{1b}[0n",
        "\u{1b}[>4;2m",
        "\u{1b}[1;1;1;128;128;1*y",
        "\u{1b}[48;40;120;800;1200t",
        "\u{1b}[<35;60;10M",
        "\u{1b}[115;1:3u",
        "\u{1b}[?997;1n",
        "\u{9b}0n",
        "\u{9d}11;s\r\u{9c}",
    ];
    let all = strings.iter().flat_map(|body| terminated(body)).chain(controls.map(str::to_owned));
    for sequence in all {
        pty.send(&sequence);
        pty.send("?");
        pty.until("the help page", |screen| shown(screen) != before);
        pty.send("?");
        pty.until(&format!("the screen as it was before {sequence:?}"), |screen| shown(screen) == before);
    }
    pty.send("\r");
    pty.until_text("▼ Spoiler: what the children are");
    quit(pty);
}

#[test]
fn a_screen_of_any_size_is_drawn_as_far_as_it_makes_sense() {
    let mut pty = started(&Home::new());
    pty.claim_size(65_535, 65_535);
    // The key comes after the size.
    pty.send("j");
    pty.until_text("▌● In the Mood");
    quit(pty);
}

#[test]
fn a_terminal_that_cannot_draw_is_given_a_plain_list() {
    for term in [None, Some(""), Some("dumb")] {
        let home = Home::new();
        let mut command = command(&home, &[]);
        match term {
            Some(term) => command.env("TERM", term),
            None => command.env_remove("TERM"),
        }
        let (status, output) = Pty::spawn(&home, command, 120, 40).end();
        assert!(status.success(), "{output}");
        assert!(output.contains("Never Let Me Go") && output.contains("cannot draw"), "{output}");
        assert!(!output.contains('\u{1b}'), "nothing is drawn: {output:?}");
    }
}

#[test]
fn a_locale_that_names_another_charset_is_refused_in_words() {
    let refused = "the reader needs UTF-8";
    for (variables, is_refused) in [
        (&[("LC_ALL", "de_DE.ISO-8859-1")][..], true),
        (&[("LC_ALL", ""), ("LC_CTYPE", "ja_JP.eucJP"), ("LANG", "C.UTF-8")], true),
        (&[("LC_ALL", ""), ("LC_CTYPE", ""), ("LANG", "de_DE@euro")], false),
        (&[("LC_ALL", "C")], false),
        (&[("LC_ALL", ""), ("LANG", "")], false),
        (&[("LC_ALL", "de_DE.utf8@euro")], false),
    ] {
        let home = Home::new();
        let mut command = command(&home, &[]);
        variables.iter().for_each(|(name, value)| command.env(name, value));
        let mut pty = Pty::spawn(&home, command, 120, 40);
        if is_refused {
            let (status, output) = pty.end();
            assert_eq!(status.exit_code(), 2, "{variables:?}: {output}");
            assert!(output.contains(refused) && !output.contains('\u{1b}'), "{variables:?}: {output:?}");
        } else {
            pty.until_text("1/17");
            quit(pty);
        }
    }
}

#[test]
fn a_megabyte_pasted_into_any_prompt_keeps_no_signal_waiting() {
    let megabyte = "spoilers S02E05 \u{1b}[A".repeat(50_000);
    for (prompt, is_bracketed) in
        [("/", true), ("f", true), ("\t/", true), ("p", true), ("/", false), ("p", false)]
    {
        let mut pty = started(&Home::new());
        pty.send(prompt);
        pty.settle();
        match is_bracketed {
            true => pty.send(&format!("\u{1b}[200~{megabyte}\u{1b}[201~")),
            false => pty.send(&"word 漢 ".repeat(100_000)),
        }
        pty.signal("-TERM");
        let status = pty.wait();
        assert!(status.signal().is_some_and(|name| name.starts_with("Term")), "{prompt:?}: {status:?}");
    }
}

#[test]
fn a_thousand_keys_a_second_are_all_taken() {
    let mut pty = started(&Home::new());
    for _ in 0..100 {
        pty.send("jjjjjkkkkk");
        std::thread::sleep(Duration::from_millis(10));
    }
    pty.send("j");
    pty.until_text("▌● In the Mood");
    quit(pty);
}

#[test]
fn what_is_typed_where_there_is_nothing_to_ask_is_no_command() {
    let home = Home::new();
    let library = home.path().join("empty");
    fs::create_dir_all(&library).expect("it can be made");
    fs::write(library.join("bad.toml"), "spoilr = 1\n").expect("it is written");
    let mut pty = Pty::start_in(&home, &["--library", &library.to_string_lossy()], 120, 40);
    pty.until_text("bad");
    pty.send("pS02E05SSq");
    let screen = pty.until_text("S02E05SSq");
    assert!(screen.contains("none is selected"), "it says why: {screen}");
    pty.send("\r");
    pty.until("the list again", |screen| !screen.contents().contains("none is selected"));
    assert!(!pty.screen().contains("every spoiler is shown"), "{}", pty.screen());
    quit(pty);
}
