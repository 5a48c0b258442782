//! What the tests share: the program without a terminal, driven by keys through the real loop.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test file uses a part of it")]

pub mod picture;
pub mod pty;

use std::collections::VecDeque;
use std::ops::ControlFlow;

use crossterm::event::KeyEvent;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unspoiled::app::{App, Effect, Event, Saved};
use unspoiled::keymap::Key;
use unspoiled::library::{Change, Loaded, Source, load};
use unspoiled::settings::{Given, Settings, configure};
use unspoiled::shell::{Events, drive};
use unspoiled::view::view;

/// Keys that go about, copy, open and mark, and reveal nothing wherever they are pressed.
pub const HARMLESS: &[&str] =
    &["J", "K", "U", "H", "Z", "}", "u", "y", "Y", "|cat<enter>", "oo", "ee", "B", "'", "<", ">"];

/// A list of events that are all waiting.
pub struct Script(VecDeque<Event>);

impl Events for Script {
    fn wait(&mut self) -> Option<Event> {
        self.0.pop_front()
    }

    /// Nothing is waiting while another event is handled, so every event is drawn.
    fn waiting(&mut self) -> Option<Event> {
        None
    }
}

/// The program and its screen.
pub struct Program {
    pub app: App,
    terminal: Terminal<TestBackend>,
    pub effects: Vec<Effect>,
    /// The contents of the state file.
    state: Saved,
}

impl Program {
    /// The program on an empty library.
    pub fn new(columns: u16, rows: u16) -> Self {
        Program::set(Settings::new("reviews/"), columns, rows)
    }

    /// The program on the bundled reviews, with this configuration.
    pub fn configured(file: &str, columns: u16, rows: u16) -> Self {
        let mut program = Program::set(settings(file), columns, rows);
        program.load(&[Source::Bundled]);
        program
    }

    /// The program with these settings, on an empty library.
    pub fn set(settings: Settings, columns: u16, rows: u16) -> Self {
        let app = App::new(settings, (columns, rows));
        let terminal = Terminal::new(TestBackend::new(columns, rows)).expect("a test terminal has no faults");
        Program { app, terminal, effects: Vec::new(), state: Saved::default() }
    }

    /// The program on the bundled reviews.
    pub fn bundled(columns: u16, rows: u16) -> Self {
        let mut program = Program::new(columns, rows);
        program.load(&[Source::Bundled]);
        program
    }

    /// The program on files, given as ids and texts.
    pub fn with(files: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        Program::configured_with("", files, columns, rows)
    }

    /// The same, with this configuration.
    pub fn configured_with(file: &str, files: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        let mut program = Program::set(settings(file), columns, rows);
        program.events([Event::Changed(changes(files)), Event::Complete]);
        program
    }

    pub fn load(&mut self, sources: &[Source]) {
        let (sender, loaded) = std::sync::mpsc::channel();
        load(sources, |changes| sender.send(changes).is_ok());
        drop(sender);
        let mut changes: Vec<_> = loaded.into_iter().flatten().collect();
        changes.sort_by_key(|change| match change {
            Change::Upsert(file) => file.name.clone(),
            Change::Remove(_) => Box::default(),
        });
        self.events([Event::Changed(changes), Event::Complete]);
    }

    pub fn events(&mut self, events: impl IntoIterator<Item = Event>) {
        let mut script = Script(events.into_iter().collect());
        let (effects, state) = (&mut self.effects, &mut self.state);
        let Ok(()) = drive(&mut self.app, &mut self.terminal, &mut script, &mut |effect, _| {
            let is_end = matches!(effect, Effect::Quit);
            if let Effect::Save(changes) = &effect {
                changes.apply(state);
            }
            effects.push(effect);
            Ok(if is_end { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
        });
    }

    /// Presses keys, written as they are typed: `jj<enter>]<ctrl-d>`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        self.events(keys(script).into_iter().map(Event::Key));
        self
    }

    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.terminal.backend_mut().resize(columns, rows);
        self.events([Event::Resize(columns, rows)]);
        self
    }

    /// Recalls a state file, as at startup.
    pub fn recall(&mut self, text: &str) {
        self.state = Saved::parse(text).expect("it is read again");
        self.events([Event::Recalled(self.state.clone())]);
    }

    /// The state file as it would be written on exit.
    pub fn saved(&mut self) -> String {
        self.app.remember().apply(&mut self.state);
        toml::to_string(&self.state).expect("it can be written")
    }

    /// The screen, redrawn completely: the test terminal keeps what a wide character has covered, unlike a real one.
    pub fn buffer(&self) -> Buffer {
        let mut buffer = Buffer::empty(self.terminal.backend().buffer().area);
        view(&self.app, self.app.theme(), &mut buffer);
        buffer
    }

    /// The bytes that the cells of the terminal hold, hyperlinks and all.
    pub fn drawn(&self) -> String {
        self.terminal.backend().buffer().content.iter().map(Cell::symbol).collect()
    }

    /// The text on the screen, row by row, without trailing space.
    pub fn screen(&self) -> String {
        let buffer = self.buffer();
        let row = |y| {
            let mut text = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                let symbol = buffer[(x, y)].symbol();
                if skip == 0 {
                    text += symbol;
                    skip = unspoiled::typeset::columns(symbol).max(1);
                }
                skip -= 1;
            }
            text.trim_end().to_owned()
        };
        (0..buffer.area.height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The screen, followed by the text that has a style, which shows what is selected, focused or revealed.
    pub fn screen_and_styles(&self) -> String {
        format!("{}\n\n{}", self.screen(), styled_runs(&self.buffer()).join("\n"))
    }
}

/// The styled text on a screen, one line for each run: `12 reversed magenta: Spoiler`. Dim text indicates no state and
/// is left out.
fn styled_runs(buffer: &Buffer) -> Vec<String> {
    let mut runs = Vec::new();
    let usual = usual_colours(buffer);
    for y in 0..buffer.area.height {
        let mut run = (String::new(), String::new());
        for x in 0..buffer.area.width {
            let cell = &buffer[(x, y)];
            let style = style_words(cell, usual);
            if style != run.0 {
                runs.push((y, std::mem::replace(&mut run, (style, String::new()))));
            }
            run.1 += cell.symbol();
        }
        runs.push((y, run));
    }
    let is_told = |(_, (style, text)): &(u16, (String, String))| !style.is_empty() && !text.trim().is_empty();
    let line = |(y, (style, text)): (u16, (String, String))| format!("{y:>2} {style}: {}", text.trim());
    runs.into_iter().filter(is_told).map(line).collect()
}

/// The colours that most cells have, of which there is nothing to tell.
fn usual_colours(buffer: &Buffer) -> (Color, Color) {
    let mut counts = std::collections::HashMap::new();
    buffer.content.iter().for_each(|cell| *counts.entry((cell.fg, cell.bg)).or_insert(0) += 1);
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map_or((Color::Reset, Color::Reset), |(colours, _)| colours)
}

fn style_words(cell: &Cell, usual: (Color, Color)) -> String {
    let modifiers = [
        (Modifier::BOLD, "bold"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::ITALIC, "italic"),
    ];
    let modifiers = modifiers.iter().filter(|(modifier, _)| cell.modifier.contains(*modifier));
    let mut words: Vec<String> = modifiers.map(|(_, word)| (*word).to_owned()).collect();
    if cell.fg != Color::Reset && cell.fg != usual.0 {
        words.push(format!("{:?}", cell.fg).to_lowercase());
    }
    if cell.bg != Color::Reset && cell.bg != usual.1 {
        words.push(format!("on {:?}", cell.bg).to_lowercase());
    }
    words.join(" ")
}

/// The settings of a configuration, which must be valid.
pub fn settings(file: &str) -> Settings {
    let configured = configure(&Given { file: Some(file.to_owned()), ..Given::default() });
    assert!(configured.problems.is_empty(), "{:?}", configured.problems);
    Settings { name: "reviews/".to_owned(), ..configured.settings }
}

/// Files as the loader delivers them.
pub fn changes(files: &[(&str, &str)]) -> Vec<Change> {
    files.iter().map(|(name, text)| Change::Upsert(Loaded::from_text("/library", name, text))).collect()
}

/// Keys as written in a script: characters, and names in angle brackets.
pub fn keys(script: &str) -> Vec<KeyEvent> {
    let mut keys = Vec::new();
    let mut rest = script;
    while let Some(first) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let key = name.and_then(|(name, _)| name.parse::<Key>().ok().filter(|_| name.len() > 1));
        let (key, length) = match (key, name) {
            (Some(key), Some((name, _))) => (key, name.len() + 2),
            _ => (Key::char(first), first.len_utf8()),
        };
        keys.push(key.into());
        rest = &rest[length..];
    }
    keys
}
