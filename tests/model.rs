//! The covenant against a reference model: a small, obvious account of what may be seen runs beside the program. After any
//! keys, changes on disk, progress and restarts, the hidden words on every output are exactly those that the model says.

mod support;

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use support::Program;
use unspoiled::app::{App, Event, Memory, Pane, Saved};
use unspoiled::curtain::Region;
use unspoiled::export::{self, Exported};
use unspoiled::find::{Arrangement, select};
use unspoiled::library::{Change, Loaded};
use unspoiled::typeset::Cursor;

/// Something hidden: a word that is nowhere else, with what its curtain says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Secret {
    word: String,
    label: Option<&'static str>,
    gate: Option<u32>,
}

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
                text += &secret.label.map_or("spoiler = true\n".into(), |label| format!("spoiler = '{label}'\n"));
                text += &secret.gate.map(|gate| format!("after = {gate}\n")).unwrap_or_default();
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
    /// What was revealed by hand: the file, and what was hidden there then. Of a cover, what the whole file said.
    revealed: BTreeSet<(String, String)>,
    /// What was hidden by hand.
    hidden: BTreeSet<(String, Region)>,
    always_show: bool,
    /// The unit and the number.
    progress: Option<(&'static str, u32)>,
    /// The next word that nobody has seen.
    next: u32,
}

/// What a curtain hides, as a name.
fn content(file: &File, region: Region, secret: &Secret) -> String {
    if region == Region::REVIEW { file.toml() } else { format!("{secret:?}") }
}

impl Model {
    fn is_lifted(&self, file: &File, region: Region, secret: &Secret) -> bool {
        if self.hidden.contains(&(file.name.clone(), region)) {
            return false;
        }
        let by_hand = self.revealed.contains(&(file.name.clone(), content(file, region, secret)));
        let is_past = matches!((self.progress, secret.gate), (Some((unit, reached)), Some(gate)) if unit == file.unit && reached >= gate);
        by_hand || self.always_show || is_past
    }

    /// The hidden words of a file that may be seen.
    fn seen(&self, file: &File) -> BTreeSet<String> {
        let curtains = file.curtains();
        let lies_in = |inner: Region, outer: Region| {
            outer == Region::REVIEW || outer == inner || (inner.passage_number() == outer.passage_number() && !outer.is_span())
        };
        let is_seen = |region: Region| {
            let mut over = curtains.iter().filter(|(outer, _)| lies_in(region, *outer));
            over.all(|(outer, secret)| self.is_lifted(file, *outer, secret))
        };
        curtains.iter().filter(|(region, _)| is_seen(*region)).map(|(_, secret)| secret.word.clone()).collect()
    }

    fn all_words(&self) -> BTreeSet<String> {
        self.files.iter().flat_map(|file| file.curtains()).map(|(_, secret)| secret.word.clone()).collect()
    }

    fn file(&self, name: &str) -> Option<&File> {
        self.files.iter().find(|file| file.name == name && !file.is_broken)
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
        let contents: Vec<_> = curtains.iter().map(|(r, s)| (name.to_owned(), content(&file, *r, s))).collect();
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
            .files
            .iter()
            .flat_map(|file| file.curtains().into_iter().map(|(r, s)| (file.name.clone(), content(file, r, s))))
            .collect();
        self.revealed.retain(|key| there.contains(key));
    }
}
