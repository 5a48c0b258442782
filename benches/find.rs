//! Measures queries in a library of ten thousand reviews, keys in one of a hundred thousand, and the alternatives for
//! scanning text.
//!
//! Run with `cargo bench --bench find`. Times grow with the library: a hundred thousand reviews take ten times as long.
#![expect(clippy::print_stdout, reason = "percentiles are not among what criterion prints")]

use std::collections::HashMap;
use std::hint::black_box;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use unspoiled::curtain::{Curtains, ReviewId};
use unspoiled::find::{Arrangement, Group, Job, Order, Searcher, Sort, Standing};
use unspoiled::library::{Change, Content, Library, Loaded};
use unspoiled::query::{Text, parse};
use unspoiled::review::{Parsed, Parser};

/// When each review was last read.
type Reads = Arc<HashMap<ReviewId, u32>>;

const REVIEWS: u32 = 10_000;

/// The largest library whose searches are measured.
const MANY: u32 = 100_000;

/// Words that are the same in every run, and distributed as in a language: only few are frequent.
struct Words(u32);

impl Words {
    fn number(&mut self, below: u32) -> u32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.0 >> 8) % below
    }

    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 12] =
            ["ka", "lo", "mi", "té", "ran", "sol", "ve", "nu", "the", "a", "of", "ing"];
        let limit = 1 + self.number(12);
        (0..=self.number(3)).map(|_| SYLLABLES[self.number(limit) as usize]).collect()
    }

    fn text(&mut self, words: u32) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

fn library(reviews: u32) -> (Library, u64) {
    let (mut words, mut library, mut parser, mut bytes) =
        (Words(1), Library::default(), Parser::default(), 0);
    let mut unbound = Vec::new();
    for number in 0..reviews {
        let (year, month, half) = (1950 + number % 70, 1 + number % 12, number % 11);
        let (title, by, tag) = (words.text(3), words.text(2), words.word());
        let text = [words.text(120), words.text(120)];
        let source = format!(
            "date = {}-{month:02}-05\nrating = '{half}/10'\nreviewer = 'Ada'\ntags = ['{tag}']\n\
             [work]\ntitle = '{title}'\nkind = 'film'\nyear = {year}\nby = ['{by}']\n\
             [[passage]]\ntext = '{}'\n[[passage]]\nspoiler = true\ntext = 'hidden'\n[[passage]]\ntext = '{}'\n",
            year + 5,
            text[0],
            text[1],
        );
        bytes += source.len() as u64;
        match parser.parse_unbound(source.as_bytes()) {
            Ok(Parsed::Review(review)) => unbound.push(review),
            _ => panic!("it is a review"),
        }
    }
    // As in a folder: reviews that are read together share the memory of their texts.
    let file = |(number, review): (u64, _)| {
        let name = number.to_string();
        Change::Upsert(Loaded {
            folder: "bench".into(),
            path: Path::new(&name).into(),
            name: name.into(),
            fingerprint: number,
            content: Content::Review(review),
        })
    };
    library.apply((0..).zip(parser.finish(unbound)).map(file).collect());
    library.complete();
    (library, bytes)
}

fn job(library: &Library, reads: &Reads, query: &str, arrangement: Arrangement) -> Job {
    Job {
        generation: 0,
        library: library.clone(),
        curtains: Curtains::default(),
        reads: reads.clone(),
        standing: Standing::default(),
        query: parse(query).query,
        arrangement,
    }
}

fn queries(criterion: &mut Criterion) {
    let (library, bytes) = library(REVIEWS);
    let reads = Reads::default();
    let mut group = criterion.benchmark_group("query over 10,000");
    group.throughput(Throughput::Bytes(bytes));
    let best = Arrangement { is_best_first: true, ..Arrangement::default() };
    for (name, query) in [
        ("a letter", "k"),
        ("two letters", "ka"),
        ("a word", "kalomi"),
        ("two words", "kal soln"),
        ("facts", "rating:>=4 year:1970s -tag:ran"),
        ("text, frequent", "\"ran\""),
        ("text, short words", "\"the of a\""),
        ("text, rare", "\"solte mika lo\""),
    ] {
        let mut searcher = Searcher::default();
        // Another query in between, so that no query starts from the hits of the one before.
        let (other, job) = (job(&library, &reads, "is:problem", best), job(&library, &reads, query, best));
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                black_box(searcher.run(&other, || true));
                black_box(searcher.run(&job, || true))
            });
        });
    }
    let mut searcher = Searcher::default();
    let (wide, narrow) = (job(&library, &reads, "kalo", best), job(&library, &reads, "kalom", best));
    group.bench_function("a word, letter by letter", |bencher| {
        bencher.iter(|| (searcher.run(&wide, || true), searcher.run(&narrow, || true)));
    });
    let kept = u64::try_from(searcher.bytes()).expect("memory is counted in 64 bits");
    assert!(kept * 100 <= bytes * 15, "finding keeps {kept} bytes of {bytes} bytes of text");
    group.finish();
}

fn orders(criterion: &mut Criterion) {
    let (library, _) = library(REVIEWS);
    let reads = Reads::default();
    let mut group = criterion.benchmark_group("order of 10,000");
    for (name, sort) in Sort::ALL {
        let order = Order { sort, is_reversed: false };
        let job = job(&library, &reads, "", Arrangement { order, ..Arrangement::default() });
        group.bench_function(name, |bencher| bencher.iter(|| Searcher::default().run(&job, || true)));
    }
    let gathered = Arrangement { group: Some(Group::Work), ..Arrangement::default() };
    let job = job(&library, &reads, "", gathered);
    let mut searcher = Searcher::default();
    group.bench_function("by work", |bencher| bencher.iter(|| searcher.run(&job, || true)));
    group.finish();
}

/// The time that a key takes while a query is typed over a hundred thousand reviews: the median, and the 99th
/// percentile, which must stay under 20 ms for words and facts and under 33 ms for quoted text.
///
/// Each query is typed from its first letter into a prepared searcher that has seen no other query.
fn typing(criterion: &mut Criterion) {
    let (library, _) = library(MANY);
    let reads = Reads::default();
    let best = Arrangement { is_best_first: true, ..Arrangement::default() };
    let mut group = criterion.benchmark_group("a key over 100,000");
    group.sample_size(10);
    for (name, queries) in [
        ("words", &["kalomi", "solve ran", "the ka of", "té nu", "zzz", "ingran milo"][..]),
        (
            "facts",
            &["rating:>=4 year:1970s", "year:1999 -tag:ran", "kind:flim", "by:kalomi is:unread", "date:2001"],
        ),
        (
            "quoted",
            &["\"the of a\"", "\"solte mika lo\"", "\"té ran\"", "\"ran'so\"", "\"zebra", "\"ing of the ka"],
        ),
    ] {
        let mut times = Vec::new();
        let mut type_all = || {
            let start = times.len();
            for query in queries {
                let mut searcher = Searcher::default();
                searcher.prepare(&job(&library, &reads, "", best));
                for (at, letter) in query.char_indices() {
                    let job = job(&library, &reads, &query[..at + letter.len_utf8()], best);
                    let pressed = Instant::now();
                    black_box(searcher.run(&job, || true));
                    times.push(pressed.elapsed());
                }
            }
            times[start..].iter().sum::<Duration>()
        };
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| (0..rounds).map(|_| type_all()).sum());
        });
        times.sort_unstable();
        if let Some(last) = times.len().checked_sub(1) {
            println!(
                "{name}: {:.1?} at the median, {:.1?} at the 99th percentile",
                times[last / 2],
                times[last * 99 / 100]
            );
        }
    }
    group.finish();
}

/// A regular expression searches the text itself; a search for bytes needs a lowercase copy.
fn scanners(criterion: &mut Criterion) {
    let (library, _) = library(REVIEWS);
    let curtains = Curtains::default();
    let passages: Vec<&str> = library
        .entries()
        .filter_map(|entry| library.visible(&curtains, entry.id()))
        .filter_map(|visible| visible.passages().next()?.text.map(|text| text.veiled()))
        .collect();
    let small: Vec<String> = passages.iter().map(|text| text.to_lowercase()).collect();
    let mut group = criterion.benchmark_group("scan for a rare phrase");
    group.throughput(Throughput::Bytes(passages.iter().map(|text| text.len() as u64).sum()));
    let text = Text::new("solte mika lo").expect("it is text");
    let pattern = unspoiled::find::Pattern::new(&text).expect("it is short");
    group.bench_function("regex, any case", |bencher| {
        bencher.iter(|| passages.iter().filter(|text| pattern.find_in(text).next().is_some()).count());
    });
    let finder = memchr::memmem::Finder::new("solte mika lo");
    group.bench_function("memmem over a copy", |bencher| {
        bencher.iter(|| small.iter().filter(|text| finder.find(text.as_bytes()).is_some()).count());
    });
    group.finish();
}

/// Nucleo fills a table for every name that has the letters. Compare this with `two letters` above, which is a whole
/// query, with its order and on all cores.
fn matchers(criterion: &mut Criterion) {
    let (library, _) = library(REVIEWS);
    let reviews = || library.entries().filter_map(|entry| entry.review());
    let names: Vec<String> = reviews()
        .flat_map(|review| review.by().chain([review.work_title()]).map(str::to_lowercase))
        .collect();
    let mut config = Config::DEFAULT;
    (config.normalize, config.ignore_case) = (false, false);
    let mut matcher = Matcher::new(config);
    criterion.bench_function("two letters in titles and makers, by nucleo", |bencher| {
        let mut chars = Vec::new();
        bencher.iter(|| {
            let needle = Utf32Str::Ascii(b"ka");
            let points = |name: &String| matcher.fuzzy_match(Utf32Str::new(name, &mut chars), needle);
            names.iter().filter_map(points).map(u64::from).sum::<u64>()
        });
    });
}

criterion_group!(benches, queries, typing, orders, scanners, matchers);
criterion_main!(benches);
