//! What is reported while things happen in a folder. Nothing is timed: each test waits for what it expects.

use std::fs;
use std::sync::mpsc::Receiver;

use super::*;
use crate::library::Library;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

struct Kept {
    folder: tempfile::TempDir,
    news: Receiver<News>,
    reload: Reload,
    library: Library,
    frames: usize,
}

fn review(title: &str) -> String {
    format!("[work]\ntitle = '{title}'\n[[passage]]\ntext = 'x'\n")
}

impl Kept {
    /// A library with one review in a folder, read and watched.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        fs::create_dir(folder.path().join("films")).expect("it is made");
        fs::write(folder.path().join("films/a.toml"), review("A")).expect("it is written");
        let sources = [Source::Folder(folder.path().to_owned())];
        let (sender, news) = channel();
        let live = Live::default();
        let reload = live.reload();
        thread::spawn(move || live.run(&sources, |news| sender.send(news).is_ok()));
        let mut kept = Kept { folder, news, reload, library: Library::default(), frames: 0 };
        kept.until_complete();
        kept
    }

    fn take(&mut self) -> bool {
        match self.news.recv_timeout(PATIENCE).expect("there is news") {
            News::Changed(changes) => {
                self.frames += 1;
                drop(self.library.apply(changes));
                false
            }
            News::Complete => true,
            News::Unwatched(reason) => panic!("the folder is not watched: {reason}"),
        }
    }

    fn until_complete(&mut self) {
        while !self.take() {}
    }

    /// Waits until the library holds exactly these, each given as its name and its title.
    fn until(&mut self, expected: &[&str]) {
        let titles = |library: &Library| {
            let title = |entry: &Arc<crate::library::Entry>| match entry.review() {
                Some(review) => format!("{}={}", entry.name(), review.work_title()),
                None => format!("{} ✗", entry.name()),
            };
            let mut titles: Vec<_> = library.entries().map(title).collect();
            titles.sort();
            titles
        };
        while titles(&self.library) != expected {
            self.take();
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("it is written");
    }
}

#[test]
fn files_are_added_changed_and_removed() {
    let mut kept = Kept::new();
    kept.until(&["films/a=A"]);
    let id = kept.library.at(&kept.path("films/a.toml")).map(|entry| entry.id());
    kept.write("films/a.toml", &review("A2"));
    kept.until(&["films/a=A2"]);
    kept.write("b.toml", &review("B"));
    kept.until(&["b=B", "films/a=A2"]);
    // Many editors save like this: they write the new text to another file, which then replaces the old one.
    kept.write("films/.a.toml.swp", &review("A3"));
    fs::rename(kept.path("films/.a.toml.swp"), kept.path("films/a.toml")).expect("it is renamed");
    kept.until(&["b=B", "films/a=A3"]);
    // Others move the old file aside first.
    fs::rename(kept.path("films/a.toml"), kept.path("films/a.toml~")).expect("it is renamed");
    kept.write("films/a.toml", &review("A4"));
    kept.until(&["b=B", "films/a=A4"]);
    let now = kept.library.at(&kept.path("films/a.toml")).map(|entry| entry.id());
    assert_eq!(now, id, "through all that it is the same file");
    fs::remove_file(kept.path("b.toml")).expect("it is removed");
    kept.until(&["films/a=A4"]);
    fs::rename(kept.path("films/a.toml"), kept.path("films/z.toml")).expect("it is renamed");
    kept.until(&["films/z=A4"]);
}

#[test]
fn folders_are_added_changed_and_removed() {
    let mut kept = Kept::new();
    fs::create_dir_all(kept.path("books/old")).expect("they are made");
    kept.write("books/old/c.toml", &review("C"));
    kept.until(&["books/old/c=C", "films/a=A"]);
    kept.write("books/old/c.toml", &review("C2"));
    kept.until(&["books/old/c=C2", "films/a=A"]);
    fs::rename(kept.path("books"), kept.path("novels")).expect("it is renamed");
    kept.until(&["films/a=A", "novels/old/c=C2"]);
    kept.write("novels/old/c.toml", &review("C3"));
    kept.until(&["films/a=A", "novels/old/c=C3"]);
    fs::remove_dir_all(kept.path("novels")).expect("it is removed");
    kept.until(&["films/a=A"]);
    fs::create_dir(kept.path("novels")).expect("it is made");
    kept.write("novels/d.toml", &review("D"));
    kept.until(&["films/a=A", "novels/d=D"]);
}

#[test]
fn a_half_written_file_keeps_its_last_good_review() {
    let mut kept = Kept::new();
    for half in ["", "[work]\ntit", "[work]\ntitle = 'A2'\n[[passage]]\ntext = '''\nx", "[work"] {
        kept.write("films/a.toml", half);
        while !kept.library.entries().all(|entry| entry.is_outdated()) {
            kept.take();
        }
        kept.until(&["films/a=A"]);
        kept.write("films/a.toml", &review("A"));
        while kept.library.entries().any(|entry| entry.is_outdated()) {
            kept.take();
        }
    }
    kept.write("films/a.toml", "");
    kept.write("films/a.toml", &review("A2"));
    kept.until(&["films/a=A2"]);
}

#[test]
fn a_burst_of_a_thousand_files_is_delivered_in_a_few_batches() {
    let mut kept = Kept::new();
    for n in 0..1000 {
        kept.write(&format!("films/{n}.toml"), &review("W"));
    }
    let all: Vec<_> = (0..1000).map(|n| format!("films/{n}=W")).chain(["films/a=A".to_owned()]).collect();
    let mut all: Vec<_> = all.iter().map(String::as_str).collect();
    all.sort_unstable();
    kept.frames = 0;
    kept.until(&all);
    // How long the burst takes depends on the machine; each part takes at least fifty milliseconds.
    assert!(kept.frames < 100, "the burst is joined: {} frames", kept.frames);
}

#[test]
fn reloading_delivers_only_what_has_changed() {
    let mut kept = Kept::new();
    kept.frames = 0;
    kept.reload.begin();
    kept.until_complete();
    assert_eq!(kept.frames, 0, "nothing has changed");
    kept.until(&["films/a=A"]);
}

#[test]
fn a_single_file_is_watched_too() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("a.toml");
    fs::write(&path, review("A")).expect("it is written");
    let (sender, news) = channel();
    let sources = [Source::File(path.clone())];
    thread::spawn(move || Live::default().run(&sources, |news| sender.send(news).is_ok()));
    let mut library = Library::default();
    let mut is_changed = false;
    loop {
        match news.recv_timeout(PATIENCE).expect("there is news") {
            News::Changed(changes) => drop(library.apply(changes)),
            News::Complete => {
                fs::write(folder.path().join("other.toml"), review("O")).expect("it is written");
                fs::write(&path, review("A2")).expect("it is written");
                is_changed = true;
            }
            News::Unwatched(reason) => panic!("it is not watched: {reason}"),
        }
        let titles: Vec<_> =
            library.entries().filter_map(|entry| Some(entry.review()?.work_title().to_owned())).collect();
        match titles[..] {
            [ref only] if is_changed && only == "A2" => return,
            [ref only] => assert_eq!(only, "A", "nothing but the file is read"),
            _ => panic!("there is one file: {titles:?}"),
        }
    }
}
