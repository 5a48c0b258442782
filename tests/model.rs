//! The covenant against a reference model: a small, obvious account of what may be seen runs beside the program. After any
//! keys, changes on disk, progress and restarts, the hidden words on every output are exactly those that the model says.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use clap::ValueEnum;
use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use support::Program;
use unspoiled::app::{App, Event, Pane};
use unspoiled::curtain::Region;
use unspoiled::export::{Exported, Format};
use unspoiled::find::{Arrangement, Standing, select};
use unspoiled::library::{Change, Loaded};
use unspoiled::typeset::Cursor;
use unspoiled::work::Work;

/// Something hidden: a word that is nowhere else, with what its curtain says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Secret {
    word: String,
    label: Option<&'static str>,
    gate: Option<Gate>,
}

/// What a passage waits for, as it stands in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Gate {
    /// In the unit of the file.
    Number(u32),
    /// Forty percent: with the twentieth that an estimate keeps clear, six of twelve chapters.
    Percent,
    /// A part that ends after eight chapters, where there is a work file to say so.
    Part,
    Finished,
    /// A unit that nobody knows.
    Canto,
}

impl Gate {
    fn toml(self) -> String {
        match self {
            Gate::Number(number) => format!("after = {number}\n"),
            Gate::Percent => "after = '40%'\n".to_owned(),
            Gate::Part => "after = 'part: Winter'\n".to_owned(),
            Gate::Finished => "after = 'finished'\n".to_owned(),
            Gate::Canto => "after = 'canto 1'\n".to_owned(),
        }
    }
}

/// How far the reader has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reached {
    At(&'static str, u32),
    Done,
}

/// The work file: twelve chapters, and a part.
const WORK: &str = "[work]\ntitle = 'A work'\nkind = 'book'\nunit = 'chapter'\nlength = 12\n\
                    [[work.part]]\nname = 'Winter'\nends = 8\n";

#[derive(Clone, Debug)]
struct Passage {
    /// A passage that is hidden as a whole; else it is open.
    secret: Option<Secret>,
    /// Words hidden inside it.
    spans: Vec<Secret>,
}

#[derive(Clone, Debug)]
struct File {
    name: String,
    unit: &'static str,
    /// Whether the whole review is hidden, and the secret that its tags are.
    cover: Option<Secret>,
    passages: Vec<Passage>,
    is_broken: bool,
    /// What else is in it: another number is another file to the eye, and hides the same.
    edition: u32,
}

impl File {
    fn toml(&self) -> String {
        let mut text = format!("rating = {}\n", self.edition % 5);
        if let Some(cover) = &self.cover {
            text += &format!("spoilers = true\ntags = ['{}']\n", cover.word);
        }
        text += &format!("[work]\ntitle = 'A work'\nkind = 'book'\nunit = '{}'\n", self.unit);
        for passage in &self.passages {
            text += "[[passage]]\n";
            if let Some(secret) = &passage.secret {
                text +=
                    &secret.label.map_or("spoiler = true\n".into(), |label| format!("spoiler = '{label}'\n"));
                text += &secret.gate.map(Gate::toml).unwrap_or_default();
            }
            let word = passage.secret.as_ref().map_or("open", |secret| &secret.word);
            let spans: String = passage.spans.iter().map(|span| format!(" and ||{}||", span.word)).collect();
            text += &format!("text = '''\nHere is {word}{spans} in a line.\n'''\n");
        }
        if self.is_broken { text + "broken = " } else { text }
    }

    /// Every curtain with what it hides, in the order of the text; what lies over each is what its region lies in.
    fn curtains(&self) -> Vec<(Region, &Secret)> {
        if self.is_broken {
            return Vec::new();
        }
        let mut curtains: Vec<_> = self.cover.iter().map(|cover| (Region::REVIEW, cover)).collect();
        for (passage, number) in self.passages.iter().zip(0..) {
            curtains.extend(passage.secret.iter().map(|secret| (Region::passage(number), secret)));
            curtains.extend(passage.spans.iter().zip(0..).map(|(span, n)| (Region::span(number, n), span)));
        }
        curtains
    }
}

/// What may be seen, and why.
#[derive(Clone, Debug)]
struct Model {
    files: Vec<File>,
    /// What each file was when it could last be read: that is what is shown of one that cannot be any more.
    good: BTreeMap<String, File>,
    /// What was revealed by hand: the file, and what was hidden there then. Of a cover, what the whole file said.
    revealed: BTreeSet<(String, String)>,
    /// What was hidden by hand.
    hidden: BTreeSet<(String, Region)>,
    always_show: bool,
    progress: Option<Reached>,
    has_work_file: bool,
    /// Whether the reader wants as little opened and told as can be: what has no gate stays shut at the end, too.
    is_strict: bool,
    /// The next word that nobody has seen.
    next: u32,
}

/// What a curtain hides, as a name.
fn content(file: &File, region: Region, secret: &Secret) -> String {
    if region == Region::REVIEW { file.toml() } else { format!("{secret:?}") }
}

impl Model {
    fn configuration(&self) -> &'static str {
        match self.is_strict {
            true => "[reading]\nopen_once_finished = false\nlabels = 'next'\n",
            false => "",
        }
    }

    fn is_lifted(&self, file: &File, region: Region, secret: &Secret) -> bool {
        if self.hidden.contains(&(file.name.clone(), region)) {
            return false;
        }
        let by_hand = self.revealed.contains(&(file.name.clone(), content(file, region, secret)));
        let gate = secret.gate.or((!self.is_strict).then_some(Gate::Finished));
        by_hand || self.always_show || gate.is_some_and(|gate| self.is_past(file, gate))
    }

    fn is_past(&self, file: &File, gate: Gate) -> bool {
        let (unit, reached) = match self.progress {
            None => return false,
            Some(Reached::Done) => return true,
            Some(Reached::At(unit, reached)) => (unit, reached),
        };
        // What it is in chapters, where a work file says so; an estimate counts for a twentieth less.
        let chapters = match unit {
            _ if !self.has_work_file => None,
            "chapter" => Some(reached),
            "percent" => Some(4),
            "part" => Some(8),
            _ => None,
        };
        let is_past = |chapter: u32| chapters.is_some_and(|chapters| chapters >= chapter);
        if is_past(12) {
            return true;
        }
        match gate {
            Gate::Number(number) if unit == file.unit => reached >= number,
            Gate::Number(number) => file.unit == "chapter" && is_past(number),
            Gate::Percent => unit == "percent" || is_past(6),
            Gate::Part => unit == "part" || is_past(8),
            Gate::Finished => false,
            Gate::Canto => unit == "canto",
        }
    }

    /// The hidden words of a file that may be seen.
    fn seen(&self, file: &File) -> BTreeSet<String> {
        let curtains = file.curtains();
        let lies_in = |inner: Region, outer: Region| {
            outer == Region::REVIEW
                || outer == inner
                || (inner.passage_number() == outer.passage_number() && !outer.is_span())
        };
        let is_seen = |region: Region| {
            let mut over = curtains.iter().filter(|(outer, _)| lies_in(region, *outer));
            over.all(|(outer, secret)| self.is_lifted(file, *outer, secret))
        };
        curtains
            .iter()
            .filter(|(region, _)| is_seen(*region))
            .map(|(_, secret)| secret.word.clone())
            .collect()
    }

    fn all_words(&self) -> BTreeSet<String> {
        let files = self.files.iter().chain(self.good.values());
        files.flat_map(|file| file.curtains()).map(|(_, secret)| secret.word.clone()).collect()
    }

    /// A file as it is shown.
    fn file(&self, name: &str) -> Option<&File> {
        self.good.get(name)
    }

    fn toggle(&mut self, name: &str, region: Region) {
        let Some(file) = self.file(name).cloned() else { return };
        let curtains = file.curtains();
        let Some((_, secret)) = curtains.iter().find(|(of, _)| *of == region) else { return };
        let key = (name.to_owned(), content(&file, region, secret));
        if self.is_lifted(&file, region, secret) {
            self.revealed.remove(&key);
            self.hidden.insert((name.to_owned(), region));
        } else {
            self.hidden.remove(&(name.to_owned(), region));
            self.revealed.insert(key);
        }
    }

    fn toggle_all(&mut self, name: &str) {
        let Some(file) = self.file(name).cloned() else { return };
        let curtains = file.curtains();
        let down: Vec<_> = curtains.iter().filter(|(r, secret)| !self.is_lifted(&file, *r, secret)).collect();
        let contents: Vec<_> =
            curtains.iter().map(|(r, s)| (name.to_owned(), content(&file, *r, s))).collect();
        if !down.is_empty() {
            for (region, secret) in down {
                self.hidden.remove(&(name.to_owned(), *region));
                self.revealed.insert((name.to_owned(), content(&file, *region, secret)));
            }
        } else if contents.iter().any(|key| self.revealed.contains(key)) {
            self.revealed.retain(|(of, _)| of != name);
        } else {
            self.hidden.extend(curtains.iter().map(|(region, _)| (name.to_owned(), *region)));
        }
    }

    /// What was revealed stays so only where it is what it was.
    fn settle(&mut self) {
        let there: BTreeSet<_> = self
            .good
            .values()
            .flat_map(|file| {
                file.curtains().into_iter().map(|(r, s)| (file.name.clone(), content(file, r, s)))
            })
            .collect();
        self.revealed.retain(|key| there.contains(key));
    }
}

/// A step that a reader, a file system or a machine takes.
#[derive(Clone, Debug)]
enum Step {
    /// Keys that reveal and hide nothing.
    Keys(&'static str),
    /// Enter in the text: reveals or hides the focused spoiler.
    Enter,
    RevealAll,
    AlwaysShow,
    Progress(u32),
    ForgetProgress,
    Done,
    Onward,
    /// The preview of an author, and back from it.
    Preview(usize),
    Backward,
    /// The work file comes, or goes.
    WorkFile(bool),
    Resize(u16, u16),
    Add(usize, File),
    Edit(usize, Edit),
    Remove(usize),
    /// The program ends and starts again.
    Restart,
}

/// What an editor does to a file.
#[derive(Clone, Copy, Debug)]
enum Edit {
    /// The hidden words of a passage are others now.
    Rewrite(usize),
    Relabel(usize),
    Gate(usize, Option<Gate>),
    /// A passage is put before all others.
    Insert,
    Delete(usize),
    Swap(usize),
    Break,
    Mend,
    /// Something that is not hidden.
    Rate,
}

const KEYS: &[&str] = &[
    "j",
    "k",
    "G",
    "g",
    "l",
    "h",
    "<tab>",
    "z",
    "m",
    "n",
    "N",
    "r",
    "R",
    "w",
    " ",
    "b",
    "<ctrl-d>",
    "]",
    "[",
    "]]",
    "J",
    "K",
    "?<esc>",
    "x",
    "12j",
    "2]",
    "9G",
    ":next-sp<enter>",
    ":reveal-al<enter>",
    ":dracula<enter>",
    ":q",
    "<esc>",
    "/has:spoilers<enter>",
    "/a<enter>",
    "/<ctrl-u><enter>",
    "fhere is<enter>",
    "/\"hid<enter>",
    "p<esc>",
    "W",
    "W ",
    "Wl<enter>",
    "Wlh<esc>",
    "O",
    "/is:opened<enter>",
    "/progress:>=3 or at:1<enter>",
    "<esc><esc><enter>",
    "<ctrl-l>",
];

const SIZES: [(u16, u16); 5] = [(200, 50), (120, 40), (80, 24), (40, 12), (23, 5)];

fn gate() -> impl Strategy<Value = Gate> {
    let others = vec![Gate::Percent, Gate::Part, Gate::Finished, Gate::Canto];
    prop_oneof![3 => (1u32..12).prop_map(Gate::Number), 1 => prop::sample::select(others)]
}

fn edit() -> impl Strategy<Value = Edit> {
    let gate = prop::option::of(gate());
    prop_oneof![
        3 => (0..3usize).prop_map(Edit::Rewrite),
        1 => (0..3usize).prop_map(Edit::Relabel),
        1 => (0..3usize, gate).prop_map(|(n, gate)| Edit::Gate(n, gate)),
        2 => Just(Edit::Insert),
        2 => (0..3usize).prop_map(Edit::Delete),
        1 => (0..3usize).prop_map(Edit::Swap),
        1 => Just(Edit::Break),
        1 => Just(Edit::Mend),
        1 => Just(Edit::Rate),
    ]
}

/// A file of up to three passages. Its words are given out when it joins the library.
fn file() -> impl Strategy<Value = File> {
    let secret = (prop::option::of(Just("a label")), prop::option::of(gate()))
        .prop_map(|(label, gate)| Secret { word: String::new(), label, gate });
    let span = Secret { word: String::new(), label: None, gate: None };
    let passage = (prop::option::of(secret), 0..3usize)
        .prop_map(move |(secret, spans)| Passage { secret, spans: vec![span.clone(); spans] });
    let cover = prop::option::weighted(0.2, Just(Secret { word: String::new(), label: None, gate: None }));
    let unit = prop::sample::select(vec!["chapter", "chapter", "page"]);
    (unit, cover, prop::collection::vec(passage, 1..4)).prop_map(|(unit, cover, passages)| File {
        name: String::new(),
        unit,
        cover,
        passages,
        is_broken: false,
        edition: 0,
    })
}

impl Model {
    fn word(&mut self) -> String {
        let mut number = self.next;
        self.next += 1;
        let mut word = "hid".to_owned();
        for _ in 0..4 {
            word.push(char::from(b'a' + u8::try_from(number % 25).expect("it is small")));
            number /= 25;
        }
        word
    }

    /// Puts a file into the library, each of its secrets with a word of its own.
    fn add(&mut self, at: usize, mut file: File) {
        file.name = format!("f{at}");
        if self.files.iter().any(|there| there.name == file.name) {
            return;
        }
        for passage in &mut file.passages {
            passage.secret.iter_mut().chain(&mut passage.spans).for_each(|secret| secret.word = self.word());
        }
        file.cover.iter_mut().for_each(|cover| cover.word = self.word());
        self.files.push(file);
    }

    fn edit(&mut self, at: usize, edit: Edit) {
        let new = [self.word(), self.word()];
        let Some(file) = self.files.iter_mut().find(|file| file.name == format!("f{at}")) else { return };
        let passage = |file: &File, n: usize| n % file.passages.len();
        file.edition += 1;
        match edit {
            Edit::Rewrite(n) => {
                let n = passage(file, n);
                let Passage { secret, spans } = &mut file.passages[n];
                let secrets = secret.iter_mut().chain(spans);
                secrets.zip(new).for_each(|(secret, word)| secret.word = word);
            }
            Edit::Relabel(n) => {
                let n = passage(file, n);
                file.passages[n].secret.iter_mut().for_each(|secret| secret.label = Some("another label"));
            }
            Edit::Gate(n, gate) => {
                let n = passage(file, n);
                file.passages[n].secret.iter_mut().for_each(|secret| secret.gate = gate);
            }
            Edit::Insert => {
                let secret = Secret { word: new[0].clone(), label: None, gate: None };
                file.passages.insert(0, Passage { secret: Some(secret), spans: Vec::new() });
            }
            Edit::Delete(n) if file.passages.len() > 1 => drop(file.passages.remove(passage(file, n))),
            Edit::Swap(n) => {
                let n = passage(file, n);
                file.passages.swap(0, n);
            }
            Edit::Break => file.is_broken = true,
            Edit::Mend => file.is_broken = false,
            Edit::Delete(_) | Edit::Rate => {}
        }
    }
}

impl ReferenceStateMachine for Model {
    type State = Model;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Model> {
        (prop::collection::vec(file(), 1..4), any::<bool>())
            .prop_map(|(files, is_strict)| {
                let mut model = Model {
                    files: Vec::new(),
                    good: BTreeMap::new(),
                    revealed: BTreeSet::new(),
                    hidden: BTreeSet::new(),
                    always_show: false,
                    progress: None,
                    has_work_file: false,
                    is_strict,
                    next: 0,
                };
                files.into_iter().enumerate().for_each(|(at, file)| model.add(at, file));
                model.read();
                model
            })
            .boxed()
    }

    fn transitions(_: &Model) -> BoxedStrategy<Step> {
        prop_oneof![
            6 => prop::sample::select(KEYS.to_vec()).prop_map(Step::Keys),
            5 => Just(Step::Enter),
            2 => Just(Step::RevealAll),
            1 => Just(Step::AlwaysShow),
            2 => (1u32..12).prop_map(Step::Progress),
            1 => Just(Step::ForgetProgress),
            1 => Just(Step::Done),
            2 => Just(Step::Onward),
            1 => (0..4usize).prop_map(Step::Preview),
            1 => Just(Step::Backward),
            1 => any::<bool>().prop_map(Step::WorkFile),
            1 => prop::sample::select(SIZES.to_vec()).prop_map(|(columns, rows)| Step::Resize(columns, rows)),
            1 => (0..4usize, file()).prop_map(|(at, file)| Step::Add(at, file)),
            4 => (0..4usize, edit()).prop_map(|(at, edit)| Step::Edit(at, edit)),
            1 => (0..4usize).prop_map(Step::Remove),
            1 => Just(Step::Restart),
        ]
        .boxed()
    }

    /// Only what happens to files; the rest is told when it is known what was selected.
    fn apply(mut model: Model, step: &Step) -> Model {
        model.apply_to_files(step);
        model
    }
}

impl Model {
    fn apply_to_files(&mut self, step: &Step) {
        match step {
            Step::Add(at, file) => self.add(*at, file.clone()),
            Step::Edit(at, edit) => self.edit(*at, *edit),
            Step::Remove(at) => self.files.retain(|file| file.name != format!("f{at}")),
            _ => {}
        }
        self.read();
    }

    /// What can be read is shown, and what is gone is not.
    fn read(&mut self) {
        self.good.retain(|name, _| self.files.iter().any(|file| file.name == *name));
        let readable = self.files.iter().filter(|file| !file.is_broken);
        self.good.extend(readable.map(|file| (file.name.clone(), file.clone())));
    }
}

/// The program, and the model that is told what was done to it. What a reader does goes to what is selected, and only the
/// program knows what that is, so that the model is told here and not in advance.
struct Pair {
    program: Program,
    model: Model,
}

fn selected(app: &App) -> String {
    app.selected().map(|entry| entry.name().to_owned()).unwrap_or_default()
}

/// The words of a model that stand in a text.
fn words_in(text: &str, all: &BTreeSet<String>) -> BTreeSet<String> {
    all.iter().filter(|word| text.contains(word.as_str())).cloned().collect()
}

impl Pair {
    fn take(&mut self, step: Step) {
        let before: Vec<_> = self.model.files.iter().map(|file| (file.name.clone(), file.toml())).collect();
        self.model.apply_to_files(&step);
        // What reveals in a text does nothing in the room of a work, where Enter opens a review.
        let is_in_room = self.program.app.room().is_some();
        let is_text =
            self.program.app.pane() == Pane::Text && self.program.app.overlay().is_none() && !is_in_room;
        let name = selected(&self.program.app);
        match step {
            Step::Keys(keys) => {
                self.program.keys(keys);
                // A line that was refused is still there, and would take the keys of the next step.
                if self.program.app.overlay().is_some() {
                    self.program.keys("<esc>");
                }
            }
            Step::Enter => {
                if let Some(region) = self.program.app.reader().focus().filter(|_| is_text) {
                    self.model.toggle(&name, region);
                }
                self.program.keys("<enter>");
                self.confirm("<enter>");
            }
            Step::RevealAll => {
                if is_text {
                    self.model.toggle_all(&name);
                }
                self.program.keys("s");
                self.confirm("s");
            }
            Step::AlwaysShow if is_in_room => drop(self.program.keys("SS")),
            Step::AlwaysShow => self.always_show(),
            // Without a review there is nothing to ask about, and Enter would be a key like any other.
            Step::Progress(_) | Step::ForgetProgress | Step::Done | Step::Onward | Step::Backward
                if self.model.file(&name).is_none() => {}
            Step::Progress(reached) => self.progress(&reached.to_string()),
            Step::ForgetProgress => self.progress("none"),
            Step::Done => self.progress("done"),
            Step::Onward => self.step("+"),
            Step::Preview(more) => self.preview(more),
            Step::Backward => self.step("-"),
            Step::WorkFile(is_there) => self.work_file(is_there),
            Step::Resize(columns, rows) => drop(self.program.resize(columns, rows)),
            Step::Add(..) | Step::Edit(..) | Step::Remove(_) => self.change(&before),
            Step::Restart => self.restart(),
        }
    }

    fn always_show(&mut self) {
        let model = &mut self.model;
        model.always_show = !model.always_show;
        if model.always_show {
            model.hidden.clear();
        }
        self.program.keys(if self.model.always_show { "SS" } else { "S" });
    }

    /// To reveal by hand what lies ahead is asked about once.
    fn confirm(&mut self, key: &str) {
        if self.program.app.notice().is_some_and(|notice| notice.contains(" again reveals ")) {
            self.program.keys(key);
        }
    }

    fn progress(&mut self, typed: &str) {
        let before = self.reached();
        self.program.keys(&format!("p<ctrl-u>{typed}<enter>"));
        // What opens all there is has to be confirmed, and what no gate is counted in is refused. The prompt says so, and the
        // model takes its word for it.
        if self.program.app.overlay().is_some() {
            self.program.keys("<enter>");
        }
        if self.program.app.overlay().is_some() {
            self.program.keys("<esc>");
            assert_eq!(self.reached(), before, "a refused answer changes nothing");
            let unit = self.model.file(&selected(&self.program.app)).map(|file| file.unit);
            let counts = |file: &&File| Some(file.unit) == unit && file.cover.is_none() && !file.is_broken;
            let secrets = self.model.files.iter().filter(counts).flat_map(File::curtains);
            let mut secrets = secrets.map(|(_, secret)| secret.gate);
            let is_measured = secrets.any(|gate| matches!(gate, Some(Gate::Number(_))));
            assert!(!is_measured, "{typed} can be measured and is taken");
        } else {
            self.follow();
        }
    }

    fn step(&mut self, key: &str) {
        let before = self.reached();
        self.program.keys(key);
        match key {
            "+" if self.reached() != before => self.follow(),
            _ => self.model.progress = self.reached(),
        }
    }

    /// An author looks at a review as of some of its gates. It is seen just so far, and afterwards all is as it was.
    fn preview(&mut self, more: usize) {
        let saved = self.program.saved();
        self.program.keys("VV");
        self.program.keys(&"V".repeat(more));
        if self.program.app.preview().is_some() {
            let mut as_of = self.model.clone();
            as_of.progress = self.reached();
            (as_of.always_show, as_of.revealed, as_of.hidden) = Default::default();
            let shown = std::mem::replace(&mut self.model, as_of);
            self.check();
            self.model = shown;
            self.program.keys("<esc>");
        }
        assert_eq!(self.program.saved(), saved, "nothing of a preview is remembered");
    }

    /// What the program takes the reader's progress to be.
    fn reached(&self) -> Option<Reached> {
        let work = Work { title: "A work", kind: Some("book"), year: None };
        let words = self.program.app.curtains().progress(work.id().key())?.to_string();
        let number = |number: &str| number.parse().expect("a number");
        Some(match words.split_once(' ') {
            Some(("chapter", reached)) => Reached::At("chapter", number(reached)),
            Some(("page", reached)) => Reached::At("page", number(reached)),
            Some(("canto", reached)) => Reached::At("canto", number(reached)),
            Some(("part:", _)) => Reached::At("part", 1),
            _ if words.ends_with('%') => Reached::At("percent", number(words.trim_end_matches('%'))),
            _ if words.starts_with("finished") => Reached::Done,
            _ => panic!("the model does not know {words:?}"),
        })
    }

    /// New progress: what was hidden by hand and has a gate follows it again, in all reviews of the work.
    fn follow(&mut self) {
        self.model.progress = self.reached();
        let gated: BTreeSet<_> = self
            .model
            .files
            .iter()
            .flat_map(|file| {
                file.curtains().into_iter().map(|(region, secret)| (file.name.clone(), region, secret.gate))
            })
            .filter(|(_, _, gate)| gate.is_some())
            .map(|(name, region, _)| (name, region))
            .collect();
        self.model.hidden.retain(|key| !gated.contains(key));
    }

    fn work_file(&mut self, is_there: bool) {
        self.model.has_work_file = is_there;
        let change = match is_there {
            true => Change::Upsert(Loaded::from_text("/library", "a-work", WORK)),
            false => Change::Remove("/library/a-work.toml".into()),
        };
        self.program.events([Event::Changed(vec![change])]);
    }

    /// Tells the program what has changed on the disk.
    fn change(&mut self, before: &[(String, String)]) {
        let model = &mut self.model;
        let mut changes = Vec::new();
        for (name, _) in before.iter().filter(|(name, _)| model.files.iter().all(|file| file.name != *name)) {
            changes.push(Change::Remove(format!("/library/{name}.toml").into()));
            model.hidden.retain(|(of, _)| of != name);
        }
        for file in &model.files {
            changes.push(Change::Upsert(Loaded::from_text("/library", &file.name, &file.toml())));
        }
        model.settle();
        self.program.events([Event::Changed(changes)]);
    }

    fn restart(&mut self) {
        let model = &mut self.model;
        let text = self.program.saved();
        (model.revealed, model.hidden, model.always_show, model.good) = Default::default();
        model.read();
        self.program = Program::set(support::settings(model.configuration()), 120, 40);
        self.program.recall(&text);
        let changes =
            model.files.iter().map(|f| Change::Upsert(Loaded::from_text("/library", &f.name, &f.toml())));
        let changes = changes.collect();
        self.program.events([Event::Changed(changes), Event::Complete]);
        self.work_file(self.model.has_work_file);
    }

    /// Holds every output against the model.
    fn check(&mut self) {
        let model = &self.model;
        let all = model.all_words();
        let app = &self.program.app;
        let seen_anywhere: BTreeSet<_> = model.good.values().flat_map(|file| model.seen(file)).collect();
        for entry in app.library().entries() {
            let expected = model.file(entry.name()).map(|file| model.seen(file)).unwrap_or_default();
            let Some(visible) = app.library().visible(app.curtains(), entry.id()) else { continue };
            let exported = Exported { visible, name: entry.name() };
            // Places without fields get no tags, one of which is a secret where the whole review is hidden.
            let cover = model.file(entry.name()).and_then(|file| file.cover.as_ref());
            let without_tags: BTreeSet<_> = expected
                .iter()
                .filter(|word| cover.is_none_or(|cover| cover.word != **word))
                .cloned()
                .collect();
            for format in Format::value_variants() {
                let one = words_in(&format.written(&[exported]), &all);
                let files = format.files(&[exported]).into_iter().map(|(_, text)| text).collect::<String>();
                let shown = words_in(&files, &all);
                assert!(
                    (shown == expected || shown == without_tags) && shown == one,
                    "of {} an export as {format:?} shows just what may be seen, {expected:?}, and not {shown:?}",
                    entry.name()
                );
            }
        }
        let file = model.file(&selected(app));
        let page: String = app
            .reader()
            .page()
            .lines_from(Cursor::default())
            .map(|(_, line)| line.text.clone() + " ")
            .collect();
        let expected = file.map(|file| model.seen(file)).unwrap_or_default();
        if app.layout().is_some() {
            assert_eq!(words_in(&page, &all), expected, "the page shows just what may be seen");
        }
        for (what, text) in [("the screen", self.program.screen()), ("a page", page)] {
            let shown = words_in(&text, &all);
            assert!(shown.is_subset(&seen_anywhere), "{what} shows what is hidden: {shown:?}");
        }
        for word in &all {
            let query = format!("\"{word}\"").parse().expect("it is a query");
            let (arrangement, standing) = (Arrangement::default(), Standing::default());
            let (found, _) = select(app.library(), app.curtains(), &query, arrangement, |_| 0, standing);
            assert_eq!(
                !found.is_empty(),
                seen_anywhere.contains(word),
                "a search finds {word} only where it may be seen"
            );
        }
        let debug = format!("{app:?}");
        assert!(
            words_in(&debug, &(&all - &seen_anywhere)).is_empty(),
            "the debug output shows what is hidden"
        );
        let saved = self.program.saved();
        assert!(words_in(&saved, &all).is_empty(), "the state file holds no word of a review");
    }
}

struct Covenant;

impl StateMachineTest for Covenant {
    type SystemUnderTest = Pair;
    type Reference = Model;

    fn init_test(model: &Model) -> Pair {
        let files: Vec<_> = model.files.iter().map(|file| (file.name.clone(), file.toml())).collect();
        let mut files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        // Somebody else, who shares the library, is through with the work. That opens nothing.
        files.push(("progress/ida", "[progress]\n'a work (book, ?)' = 'finished'\n"));
        let program = Program::configured_with(model.configuration(), &files, 120, 40);
        Pair { program, model: model.clone() }
    }

    fn apply(mut pair: Pair, _: &Model, step: Step) -> Pair {
        pair.take(step);
        pair.check();
        pair
    }
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_hidden_is_on_no_output_and_what_is_revealed_is(sequential 1..30 => Covenant);
}
