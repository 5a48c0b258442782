//! What a change of progress costs: from the key to the lines on the screen, and to what has opened since.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unspoiled::app::{App, Event};
use unspoiled::curtain::Curtains;
use unspoiled::find::{Arrangement, Job, Searcher, Standing};
use unspoiled::library::{Change, Loaded};
use unspoiled::query::parse;
use unspoiled::settings::Settings;
use unspoiled::theme::Theme;
use unspoiled::view::view;

/// This many reviews of a tenth as many works, each with four gates.
fn app(reviews: u32) -> App {
    let file = |number: u32| {
        let work = number % (reviews / 10);
        let gates: String = (1..5)
            .map(|gate| {
                format!("[[passage]]\nafter = {}\ntext = 'hidden for a while, and then not'\n", gate * 4)
            })
            .collect();
        let text = format!(
            "reviewer = 'Ada {number}'\n[work]\ntitle = 'Work {work}'\nkind = 'book'\nunit = 'chapter'\nlength = 20\n\
             [[passage]]\ntext = 'open to everyone'\n{gates}"
        );
        Change::Upsert(Loaded::from_text("bench", &number.to_string(), &text))
    };
    let mut app = App::new(Settings::new("bench"), (120, 40));
    let _ = app.handle(Event::Changed((0..reviews).map(file).collect()));
    let _ = app.handle(Event::Complete);
    app
}

fn press(app: &mut App, c: char) {
    let _ = app.handle(Event::Key(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE)));
}

fn positions(criterion: &mut Criterion) {
    let mut app = app(10_000);
    let theme = Theme::terminal();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    press(&mut app, 'l');
    criterion.bench_function("one step forward and back in 10,000 reviews", |bench| {
        bench.iter(|| {
            for key in ['+', '-'] {
                press(&mut app, key);
                view(&app, &theme, &mut buffer);
            }
            black_box(&buffer);
        });
    });
}

/// The room of a work opens, goes one step on and back, and closes.
fn room(criterion: &mut Criterion) {
    let mut app = app(10_000);
    let theme = Theme::terminal();
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    criterion.bench_function("the room of a work, at 10,000 reviews", |bench| {
        bench.iter(|| {
            for key in ['W', '+', '-', 'W'] {
                press(&mut app, key);
                view(&app, &theme, &mut buffer);
            }
            black_box(&buffer);
        });
    });
}

/// Which of 100,000 reviews have opened since, when their reader has got into every work.
fn opened(criterion: &mut Criterion) {
    let app = app(100_000);
    let mut curtains = app.curtains().clone();
    for review in app.library().entries().filter_map(|entry| entry.review()) {
        curtains.set_progress(review.work_key(), "chapter 9".parse().ok());
    }
    let job = Job {
        generation: 0,
        library: app.library().clone(),
        curtains: Curtains::default(),
        reads: Arc::default(),
        standing: Standing { curtains, caught_up: Arc::default() },
        query: parse("is:opened").query,
        arrangement: Arrangement::default(),
    };
    let mut searcher = Searcher::default();
    searcher.prepare(&job);
    criterion.bench_function("what has opened since, at 100,000 reviews", |bench| {
        bench.iter(|| black_box(searcher.run(&job, || true)));
    });
}

criterion_group!(benches, positions, room, opened);
criterion_main!(benches);
