use std::fs;
use std::os::unix::fs::symlink;

use super::*;
use crate::curtain::Region;
use crate::review::Review;

fn file(name: &str, text: &str) -> Loaded {
    Loaded::from_text("/library", name, text)
}

fn review(title: &str) -> String {
    format!("[work]\ntitle = '{title}'\n[[passage]]\nspoiler = true\ntext = '{title}'\n")
}

fn upsert(name: &str, title: &str) -> Change {
    Change::Upsert(file(name, &review(title)))
}

fn remove(name: &str) -> Change {
    Change::Remove(Path::new("/library").join(name).with_added_extension("toml"))
}

fn titles(library: &Library) -> Vec<String> {
    let title =
        |entry: &Arc<Entry>| format!("{} {}", entry.name(), entry.review().map_or("-", Review::work_title));
    library.entries().map(title).collect()
}

#[test]
fn a_file_keeps_its_id_until_it_is_removed_and_no_id_is_reused() {
    let mut library = Library::default();
    let first = library.apply(vec![upsert("a", "A"), upsert("b", "B")]);
    let [a, b] = first.added[..] else { panic!("two files are new: {first:?}") };
    let edited = library.apply(vec![upsert("b", "B2")]);
    assert_eq!(edited.replaced[0].review().map(Review::work_title), Some("B"), "what it was is told");
    assert!(edited.added.is_empty(), "an edited file is not a new one");
    assert_eq!(library.get(b).map(|entry| entry.id()), Some(b), "and keeps its id");
    assert_eq!(titles(&library), ["a A", "b B2"]);
    let gone = library.apply(vec![remove("a")]);
    assert_eq!(gone.removed.iter().map(|entry| entry.id()).collect::<Vec<_>>(), [a]);
    assert!(library.get(a).is_none(), "what is gone is not found");
    let back = library.apply(vec![upsert("a", "A")]);
    assert!(back.added.iter().all(|id| *id != a && *id != b), "what comes again is another one: {back:?}");
    assert_eq!(titles(&library), ["b B2", "a A"]);
    assert_eq!((library.len(), library.review_count(), library.problem_count()), (2, 2, 0));
}

#[test]
fn problems_are_counted_as_they_appear_and_disappear() {
    let mut library = Library::default();
    let steps = [
        (vec![upsert("a", "A"), Change::Upsert(file("b", "broken"))], (1, 1)),
        (vec![upsert("b", "B")], (2, 0)),
        // A broken file keeps its last good review.
        (vec![Change::Upsert(file("a", "broken"))], (2, 0)),
        (vec![Change::Upsert(file("a", "broken too"))], (2, 0)),
        (vec![remove("a"), remove("nothing")], (1, 0)),
        (vec![upsert("c", "C"), remove("c"), Change::Upsert(file("c", "broken"))], (1, 1)),
        (vec![upsert("d", "D"), Change::Upsert(file("d", "broken"))], (2, 1)),
    ];
    for (number, (changes, expected)) in steps.into_iter().enumerate() {
        library.apply(changes);
        let counts = (library.review_count(), library.problem_count());
        assert_eq!(counts, expected, "reviews and problems after step {number}");
    }
}

#[test]
fn derived_data_stays_valid_while_files_are_only_added() {
    let mut library = Library::default();
    library.apply(vec![upsert("a", "A")]);
    let before = library.revision();
    library.apply(vec![upsert("a", "A")]);
    assert_eq!(library.revision(), before, "a file that says what it said is no change");
    library.apply(vec![upsert("b", "B")]);
    assert!(
        library.revision() != before && library.revision().extends(before),
        "a new file adds to what was"
    );
    for change in [upsert("a", "A2"), remove("a")] {
        let before = library.revision();
        library.apply(vec![change]);
        assert!(!library.revision().extends(before), "what was edited or went makes the older state stale");
    }
}

#[test]
fn changes_to_a_library_do_not_affect_its_clones() {
    let mut library = Library::default();
    library.apply(vec![upsert("a", "A"), upsert("b", "B")]);
    let clone = library.clone();
    library.apply(vec![upsert("a", "A2"), remove("b"), upsert("c", "C")]);
    assert_eq!(titles(&clone), ["a A", "b B"]);
    assert_eq!(titles(&library), ["a A2", "c C"]);
}

#[test]
fn revealing_one_review_reveals_no_other() {
    let mut library = Library::default();
    let ids = library.apply(vec![upsert("a", "same"), upsert("b", "same")]).added;
    let mut curtains = Curtains::default();
    let of = |id| library.get(id).and_then(|entry| entry.review()).expect("it is a review");
    curtains.toggle(of(ids[0]).curtain_list(), Region::passage(0));
    let is_shown = |id| {
        let visible = library.visible(&curtains, id).expect("it is a review");
        visible.passages().any(|passage| passage.text.is_some())
    };
    assert!(is_shown(ids[0]), "the one that was revealed is shown");
    assert!(!is_shown(ids[1]), "its twin is not");
}

/// Loads a folder and returns the names of its files.
fn names(folders: &[&Path]) -> Vec<String> {
    let sources: Vec<_> = folders.iter().map(|path| Source::Folder((*path).to_owned())).collect();
    let names = std::sync::Mutex::new(Vec::new());
    load(&sources, |changes| {
        let files = changes.into_iter().filter_map(|change| match change {
            Change::Upsert(file) => Some(file.name.to_string()),
            Change::Remove(_) => None,
        });
        names.lock().expect("nobody panicked").extend(files);
        true
    });
    let mut names = names.into_inner().expect("nobody panicked");
    names.sort();
    names
}

#[test]
fn a_folder_with_several_names_gets_the_one_that_is_not_a_link() -> std::io::Result<()> {
    let temporary = tempfile::tempdir()?;
    let root = temporary.path();
    fs::create_dir_all(root.join("real/deep"))?;
    fs::create_dir(root.join("outside-links"))?;
    fs::write(root.join("real/deep/x.toml"), review("X"))?;
    symlink("real", root.join("a-link"))?;
    symlink("../real/deep", root.join("real/circle"))?;
    symlink("..", root.join("real/deep/up"))?;
    for _ in 0..20 {
        assert_eq!(names(&[root]), ["real/deep/x"], "the name does not depend on which thread was first");
    }
    let elsewhere = tempfile::tempdir()?;
    symlink(root.join("real"), elsewhere.path().join("b"))?;
    symlink(root.join("real"), elsewhere.path().join("a"))?;
    for _ in 0..20 {
        assert_eq!(
            names(&[elsewhere.path()]),
            ["a/deep/x"],
            "of several links the first one in order counts"
        );
    }
    Ok(())
}

#[test]
fn a_broken_file_keeps_its_last_good_text_and_says_why() {
    let mut library = Library::default();
    let id = library.apply(vec![upsert("a", "A")]).added[0];
    for broken in ["broken", "broken too"] {
        library.apply(vec![Change::Upsert(file("a", broken))]);
        let entry = library.get(id).expect("it is there");
        assert_eq!(entry.review().map(Review::work_title), Some("A"), "it is what it was");
        assert!(entry.is_outdated() && !entry.faults().is_empty(), "and says what is wrong");
    }
    library.apply(vec![upsert("a", "A2")]);
    let entry = library.get(id).expect("it is there");
    assert_eq!(entry.review().map(Review::work_title), Some("A2"));
    assert!(!entry.is_outdated() && entry.faults().is_empty(), "all is well again");
}
