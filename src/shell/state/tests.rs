use super::*;
use crate::app::Memory;
use crate::work::WorkId;

fn changes(name: &str) -> StateChanges {
    let mut memory = Memory::default();
    memory.set_read(name.into(), true);
    memory.take_changes()
}

fn recalled(path: &Path) -> Memory {
    let mut memory = Memory::default();
    memory.recall(load_all(path).0);
    memory
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("it is there").flatten();
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn what_is_saved_is_there_the_next_time_and_adds_up() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("new/state.toml");
    assert_eq!(load_from(&path).expect("no file is no fault"), Saved::default());
    for name in ["a", "b"] {
        save_to(&path, &changes(name)).expect("it is saved");
    }
    let next = recalled(&path);
    assert!(next.is_read("a") && next.is_read("b"));
    assert_eq!(names(&folder.path().join("new")), ["state.lock", "state.toml"], "nothing else is left");
}

fn with_progress(work: &str, point: &str) -> StateChanges {
    let progress = point.parse().expect("it is a point");
    StateChanges::of_progress([(WorkId::read(work), Some(progress))].into())
}

fn progress(path: &Path) -> Vec<String> {
    let line = |(work, progress)| format!("{work}: {progress}");
    recalled(path).recalled_progress().map(line).collect()
}

#[test]
fn progress_moves_from_the_state_file_into_its_own_and_stays_there() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("state.toml");
    fs::write(&path, "[progress]\n'old (?, ?)' = 'chapter 3'\n").expect("it is written");
    assert_eq!(progress(&path), ["old (?, ?): chapter 3"]);
    // Whatever is saved first takes it along.
    for (change, expected) in [
        (changes("a"), &["old (?, ?): chapter 3"][..]),
        (with_progress("new", "S01E02"), &["new (?, ?): S01E02", "old (?, ?): chapter 3"]),
    ] {
        save_to(&path, &change).expect("it is saved");
        assert_eq!(progress(&path), expected);
        let state = fs::read_to_string(&path).expect("it is there");
        assert!(!state.contains("[progress]"), "none is left behind: {state}");
    }
    fs::write(&path, "[progress]\n'old (?, ?)' = 'finished'\n").expect("it is written");
    assert_eq!(progress(&path).len(), 2, "an older program has no say any more");
    assert!(progress(&path).contains(&"old (?, ?): chapter 3".to_owned()));
}

#[test]
fn a_progress_file_that_cannot_be_used_opens_nothing_and_is_never_written_over() {
    for (text, is_kept) in [("version = 9\n[progress]\na = 3\n", true), ("progress = 3", false)] {
        let folder = tempfile::tempdir().expect("there is room");
        let path = folder.path().join("state.toml");
        let beside = progress_beside(&path);
        fs::write(&beside, text).expect("it is written");
        let (saved, troubles) = load_all(&path);
        assert_eq!(saved.progress().len(), 0);
        assert!(troubles.len() == 1 && troubles[0].contains("progress.toml"), "{troubles:?}");
        let both = [changes("a"), with_progress("new", "S01E02")];
        let outcomes = both.map(|change| save_to(&path, &change).is_ok());
        assert!(recalled(&path).is_read("a"), "the state file has no part in it");
        if is_kept {
            assert_eq!(outcomes, [false, false]);
            assert_eq!(fs::read_to_string(&beside).expect("it is there"), text);
        } else {
            assert_eq!(outcomes, [true, true]);
            let aside = fs::read_to_string(beside.with_added_extension("damaged-1"));
            assert_eq!(aside.expect("it is set aside"), text);
            assert_eq!(progress(&path), ["new (?, ?): S01E02"]);
        }
    }
}

#[test]
fn who_saves_at_the_same_time_waits() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("state.toml");
    thread::scope(|scope| {
        for n in 0..8 {
            let path = &path;
            scope.spawn(move || save_to(path, &changes(&n.to_string())).expect("it is saved"));
        }
    });
    let next = recalled(&path);
    assert!((0..8).all(|n| next.is_read(&n.to_string())), "nobody's change is lost");
}

#[test]
fn a_link_is_followed_and_kept_also_by_what_is_set_aside() {
    let folder = tempfile::tempdir().expect("there is room");
    let (real, link) = (folder.path().join("elsewhere/real.toml"), folder.path().join("state.toml"));
    fs::create_dir(folder.path().join("elsewhere")).expect("it is made");
    std::os::unix::fs::symlink(&real, &link).expect("it is linked");
    for before in [None, Some(""), Some("read = 'Rosebud'")] {
        before.into_iter().for_each(|text| fs::write(&real, text).expect("it is written"));
        save_to(&link, &changes("a")).expect("it is saved");
        assert!(link.is_symlink(), "the link is kept");
        assert!(recalled(&real).is_read("a"), "over {before:?}");
    }
    let damaged = fs::read_to_string(real.with_added_extension("damaged-1")).expect("it is set aside");
    assert_eq!(damaged, "read = 'Rosebud'");
}
