//! How quickly exports become review files, without the disk.
//!
//! `cargo bench` compares with the previous run; figures from different machines cannot be compared.

use std::fmt::Write;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use unspoiled::import::folder::Folder;
use unspoiled::import::{Format, Options, read};

/// A Goodreads export with this many reviews of about two thousand bytes each: paragraphs, some with emphasis, every
/// fifth review with a spoiler or two.
fn export(reviews: usize) -> String {
    const WORDS: [&str; 16] = [
        "the",
        "camera",
        "waits",
        "while",
        "nobody",
        "says",
        "anything,",
        "and",
        "then",
        "slowly",
        "it",
        "turns.",
        "Towards",
        "window",
        "light",
        "again",
    ];
    let mut csv = "Book Id,Title,Author,My Rating,Date Read,Bookshelves,My Review,Spoiler\n".to_owned();
    let mut number = 7_usize;
    for row in 0..reviews {
        let _ = write!(csv, "{row},Work {row:06},A. N. Other,4,2020/05/06,\"read, slow\",\"");
        for paragraph in 0..5 {
            for place in 0..70 {
                number =
                    number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let word = WORDS[(number >> 33) % WORDS.len()];
                let _ = match place {
                    30 if row % 5 == 4 && paragraph % 3 == 1 => {
                        write!(csv, "<spoiler>{word} {word}</spoiler> ")
                    }
                    40 if paragraph == 2 => write!(csv, "<i>{word}</i> "),
                    _ => write!(csv, "{word} "),
                };
            }
            csv += "<br/><br/>";
        }
        csv += "\",\n";
    }
    csv
}

fn conversion(c: &mut Criterion) {
    let csv = export(1000);
    let mut group = c.benchmark_group("import");
    group.throughput(Throughput::Bytes(csv.len() as u64));
    let rows =
        || read(Format::Goodreads, "", black_box(csv.as_bytes()), Options::default()).expect("it is read");
    group.bench_function("the rows of 1,000 reviews", |b| b.iter(rows));
    let batch = rows();
    group.bench_function("1,000 reviews to files", |b| {
        b.iter(|| {
            batch.reviews.iter().map(|review| review.to_toml().expect("it is one")).collect::<Vec<_>>()
        });
    });
    group.finish();
}

/// Plain prose without marks, and texts that consist only of marks: the time per byte must not grow with their number.
fn marks(c: &mut Criterion) {
    let prose = "The camera waits while nobody says anything, and then slowly it turns towards the window.\n"
        .repeat(20_000);
    let mut group = c.benchmark_group("marks");
    let file = |text: &str| format!("---\ntitle: T\n---\n\n{text}");
    for (name, text) in [
        ("plain prose", prose.clone()),
        ("prose with a spoiler", format!("{prose}\n\n||so||\n")),
        ("elements", "<div class=\"spoiler\">".repeat(20_000)),
        ("announcements", "Spoilers ahead! ".repeat(20_000)),
    ] {
        group.throughput(Throughput::Bytes(text.len() as u64));
        let batch = read(Format::Text, "n", file(&text).as_bytes(), Options::default()).expect("it is read");
        group.bench_function(name, |b| b.iter(|| black_box(&batch.reviews[0]).to_toml().expect("it is one")));
    }
    group.finish();
}

/// An export into a folder, and the same files written plainly with one sync behind: what an import takes longer is not the
/// disk's. Both figures swing with whatever else the disk does; compare them within one run.
fn writing(c: &mut Criterion) {
    let batch =
        read(Format::Goodreads, "", export(10_000).as_bytes(), Options::default()).expect("it is read");
    let files: Vec<_> = batch
        .reviews
        .iter()
        .flat_map(|review| review.to_toml().expect("it is one"))
        .zip(0..)
        .map(|(made, number)| (format!("{number}.toml"), made.text))
        .collect();
    let folder = || tempfile::tempdir().expect("there is room");
    let mut group = c.benchmark_group("10,000 reviews to a folder");
    group.sample_size(10);
    group.bench_function("imported", |b| {
        b.iter_with_large_drop(|| {
            let into = folder();
            let mut target = Folder::open(into.path(), false).expect("it can be read");
            target.take(Format::Goodreads, &batch.reviews, &|_, _, _| {}).expect("it is written");
            target.finish().expect("it is noted");
            into
        });
    });
    group.bench_function("written plainly", |b| {
        b.iter_with_large_drop(|| {
            let into = folder();
            for (name, text) in &files {
                std::fs::write(into.path().join(name), text).expect("it is written");
            }
            std::fs::File::open(into.path()).and_then(|folder| folder.sync_all()).expect("it is synced");
            into
        });
    });
    group.finish();
}

criterion_group!(benches, conversion, marks, writing);
criterion_main!(benches);
