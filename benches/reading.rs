//! What the reader waits for: parsing a file, opening a page, the frame after a key, loading a library.
//!
//! `cargo bench` compares with the previous run; figures from different machines cannot be compared.
#![expect(clippy::print_stdout, reason = "bytes are not among what criterion prints")]

use std::cell::Cell;
use std::fmt::Write;
use std::hint::black_box;
use std::path::Path;
use std::rc::Rc;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;
use ratatui::{Terminal, TerminalOptions, Viewport};
use unspoiled::app::{App, Event};
use unspoiled::curtain::Curtains;
use unspoiled::library::{Change, Library, Loaded, Source, load};
use unspoiled::review::Parser;
use unspoiled::settings::Settings;
use unspoiled::typeset::{Cursor, Page};
use unspoiled::view::view;

/// A review of about this many bytes: prose in paragraphs, every fifth behind a curtain, with a hidden span here and
/// there.
fn source(seed: usize, bytes: usize) -> String {
    const WORDS: [&str; 16] = [
        "the", "camera", "waits", "while", "nobody", "says", "anything", "and", "then", "slowly", "it",
        "turns", "towards", "window", "light", "again",
    ];
    let mut text = format!(
        "date = {}-{:02}-{:02}\nrating = 3.5\ntags = [\"slow\", \"classic\"]\n\n[work]\ntitle = \"Work {seed:06}\"\nkind = \"film\"\nyear = {}\nby = [\"A. N. Other\"]\n",
        2000 + seed % 25,
        1 + seed % 12,
        1 + seed % 28,
        1920 + seed % 100,
    );
    let mut number = seed;
    while text.len() < bytes {
        text += "\n[[passage]]\n";
        if number % 5 == 4 {
            text += "spoiler = \"the ending\"\n";
        }
        text += "text = '''\n";
        for place in 0..70 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let mark = if place == 30 && number.is_multiple_of(11) { "||" } else { "" };
            let _ = write!(text, "{mark}{}{mark} ", WORDS[(number >> 33) % WORDS.len()]);
        }
        text += "\n'''\n";
    }
    text
}

fn parse(c: &mut Criterion) {
    let source = source(7, 2_400);
    let mut parser = Parser::default();
    let mut group = c.benchmark_group("parse");
    group.throughput(Throughput::Bytes(source.len() as u64));
    group.bench_function("2 KB", |b| b.iter(|| parser.parse(black_box(source.as_bytes()))));
    // A quoted key is enough to need the full parser.
    let other = source.replace("title =", "\"title\" =");
    group
        .bench_function("2 KB, by the full parser", |b| b.iter(|| parser.parse(black_box(other.as_bytes()))));
    group.finish();
}

fn open(c: &mut Criterion) {
    let curtains = Curtains::default();
    for (name, bytes) in [("2 KB", 2_400), ("30 KB", 30_000), ("1 MB", 1 << 20)] {
        let mut library = Library::default();
        let file = Change::Upsert(Loaded::from_text("bench", "one", &source(7, bytes)));
        let id = library.apply(vec![file]).added[0];
        c.bench_function(&format!("open a page of {name}"), |b| {
            b.iter(|| {
                let visible = library.visible(&curtains, id).expect("it is a review");
                let page = Page::review(visible, 72);
                page.lines_from(Cursor::default()).take(40).count()
                    + usize::from(page.last_top(40) > Cursor::default())
            });
        });
    }
}

fn app(reviews: usize, bytes: usize) -> App {
    let file = |seed: usize| {
        Change::Upsert(Loaded::from_text("/library", &format!("film/{seed:06}"), &source(seed, bytes)))
    };
    let mut app = App::new(Settings::new("films/"), (120, 40));
    let _ = app.handle(Event::Changed((0..reviews).map(file).collect()));
    let _ = app.handle(Event::Complete);
    app
}

fn press(app: &mut App, code: KeyCode, buffer: &mut Buffer) {
    let _ = app.handle(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    buffer.reset();
    view(app, app.theme(), buffer);
}

fn frames(c: &mut Criterion) {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    for (name, reviews, bytes, enter) in [
        ("j in a list of 10,000", 10_000, 2_400, false),
        ("j in a text of 2 KB", 1, 2_400, true),
        ("j in a text of 1 MB", 1, 1 << 20, true),
    ] {
        let mut app = app(reviews, bytes);
        if enter {
            press(&mut app, KeyCode::Enter, &mut buffer);
        }
        let mut presses = 0;
        c.bench_function(name, |b| {
            b.iter(|| {
                let key = if presses / 60 % 2 == 0 { 'j' } else { 'k' };
                presses += 1;
                press(&mut app, KeyCode::Char(key), &mut buffer);
            });
        });
    }
}

/// Counts the bytes written to it.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl std::io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn terminal(area: Rect, counter: &Counter) -> Terminal<CrosstermBackend<Counter>> {
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    Terminal::with_options(CrosstermBackend::new(counter.clone()), options).expect("nothing can fail")
}

/// A key in a list of 10,000, down to the last byte, compared with ratatui drawing the same text as one paragraph.
///
/// The number of cells that a key changes depends on the reviews: if two have nothing in common, nearly all of the text
/// is rewritten, and the comparison says more about the reviews than about the program. Here, they differ in one letter
/// per line, and both sides write the same lines. A comparison of the whole program with a bare ratatui program should
/// do the same.
fn key_against_ratatui(c: &mut Criterion) {
    let area = Rect::new(0, 0, 120, 40);
    let review = |seed: usize| {
        let line = format!("- {}: the camera waits while nobody says anything at all\n", seed % 7);
        format!(
            "date = 2012-02-05\n[work]\ntitle = 'Work {seed:06}'\n[[passage]]\ntext = '''\n{}'''\n",
            line.repeat(60)
        )
    };
    let file = |seed| Change::Upsert(Loaded::from_text("/library", &format!("{seed:06}"), &review(seed)));
    let mut app = App::new(Settings::new("films/"), (area.width, area.height));
    let _ = app.handle(Event::Changed((0..10_000).map(file).collect()));
    let _ = app.handle(Event::Complete);
    let mut buffer = Buffer::empty(area);
    let mut screens = Vec::new();
    for _ in 0..60 {
        press(&mut app, KeyCode::Char('j'), &mut buffer);
        let row = |y| (0..area.width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        screens.push((0..area.height).map(row).collect::<Vec<_>>().join("\n"));
    }
    let mut group = c.benchmark_group("j in a list of 10,000, down to the last byte");
    let (our_bytes, mut presses) = (Counter::default(), 0);
    let mut ours = terminal(area, &our_bytes);
    group.bench_function("unspoiled", |b| {
        b.iter(|| {
            let key = if presses / 59 % 2 == 0 { 'k' } else { 'j' };
            presses += 1;
            let _ = app.handle(Event::Key(KeyEvent::new(KeyCode::Char(key), KeyModifiers::NONE)));
            ours.draw(|frame| view(&app, app.theme(), frame.buffer_mut())).expect("nothing can fail");
        });
    });
    let (floor_bytes, mut draws) = (Counter::default(), 0);
    let mut floor = terminal(area, &floor_bytes);
    group.bench_function("ratatui, the same lines", |b| {
        b.iter(|| {
            draws += 1;
            let screen = Paragraph::new(screens[draws % screens.len()].as_str());
            floor.draw(|frame| frame.render_widget(screen, area)).expect("nothing can fail");
        });
    });
    group.finish();
    let bytes = |counter: &Counter, keys: usize| counter.0.get() / keys.max(1);
    println!("bytes per key: {}, with ratatui {}", bytes(&our_bytes, presses), bytes(&floor_bytes, draws));
}

fn write_library(folder: &Path, reviews: usize) {
    for seed in 0..reviews {
        std::fs::write(folder.join(format!("{seed:06}.toml")), source(seed, 2_400)).expect("there is room");
    }
}

fn loading(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    write_library(folder.path(), 5_000);
    let sources = [Source::Folder(folder.path().to_owned())];
    let mut group = c.benchmark_group("load");
    group.sample_size(10);
    group.bench_function("5,000 reviews", |b| {
        b.iter(|| load(&sources, |items| black_box(items).len() < usize::MAX))
    });
    group.bench_function("5,000 files, read one by one without parsing", |b| {
        b.iter(|| {
            let entries = std::fs::read_dir(folder.path()).expect("it is there").flatten();
            entries.map(|entry| std::fs::read(entry.path()).map_or(0, |bytes| bytes.len())).sum::<usize>()
        });
    });
    group.finish();
}

criterion_group!(benches, parse, open, frames, key_against_ratatui, loading);
criterion_main!(benches);
