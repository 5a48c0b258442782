//! Builds a [`Review`] from the contents of a file, enforcing every rule of the format beyond TOML itself.

use std::borrow::Cow;
use std::fmt::Display;
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use super::fault::{Fault, Faults};
use super::hidden::Hidden;
use super::marks::{self, Piece};
use super::raw::{At, RawDivision, RawPassage, RawReview, RawWork, Scalar, Spoiler, Text};
use super::store::{self, Slice};
use super::{
    Date, MAX_LINES, Passage, Rating, Review, TAGS_END, VEIL, WorkFile, WorkSlices, clean, division,
};
use crate::curtain::{Curtain, CurtainList, OwnScale, Region};
use crate::work::{Point, Spine, unit_name};

/// The limit for a title, name, label or tag, in bytes.
const MAX_LINE: usize = 4096;

/// The fault of a review without passages.
pub(super) const NOTHING_TO_READ: &str = "there is nothing to read: add a [[passage]] with text";

/// Ends each passage in the store, so that no match can span two passages. Text from a file never contains it.
const PASSAGE_END: char = '\0';

/// The texts of several reviews: one string for open text and one for hidden text, so that a review takes little more
/// memory than its text.
#[derive(Default)]
pub(super) struct Stores {
    open: String,
    hidden: String,
}

impl Stores {
    /// Hands the texts over to the reviews built on them, and starts over.
    pub(super) fn bind(&mut self, reviews: &mut [&mut Review]) {
        let (open, hidden): (Arc<str>, Arc<str>) = (self.open.as_str().into(), self.hidden.as_str().into());
        for review in reviews {
            review.open = open.clone();
            review.hidden.bind(&hidden);
        }
        self.open.clear();
        self.hidden.clear();
    }
}

/// Builds a review, or reports everything that is wrong with it. Its texts are appended to the stores, and it must be
/// bound to them before use.
pub(super) fn build(source: &str, raw: RawReview<'_>, stores: &mut Stores) -> Result<Review, Vec<Fault>> {
    let before = (stores.open.len(), stores.hidden.len());
    let mut build = Build::new(source, stores);
    let review = build.review(raw);
    let Build { stores, pieces, curtains, spine, seen, faults, .. } = build;
    let review = faults.or(review).map(|review| {
        let open = &stores.open;
        let unit = review.work.unit.some_of(open).map(unit_name);
        let has_own = unit.is_some() || spine.is_some() || seen.is_some();
        let own = has_own.then_some(OwnScale { unit, spine, seen });
        let curtains = CurtainList::new(curtains, review.work.of(open).id().key(), own);
        Review { hidden: Hidden::new(pieces), curtains, ..review }
    });
    if review.is_err() {
        stores.open.truncate(before.0);
        stores.hidden.truncate(before.1);
    }
    review
}

/// Builds what a work file says about its work, or reports everything that is wrong with it.
pub(super) fn build_work(source: &str, raw: RawReview<'_>) -> Result<WorkFile, Vec<Fault>> {
    let mut stores = Stores::default();
    let mut build = Build::new(source, &mut stores);
    let work = build.work(raw.work);
    let Build { spine, faults, .. } = build;
    let id = work.of(&stores.open).id();
    faults.or(()).map(|()| WorkFile { id, spine })
}

struct Build<'b> {
    source: &'b str,
    stores: &'b mut Stores,
    pieces: Vec<(Region, Slice)>,
    curtains: Vec<Curtain>,
    spine: Option<Arc<Spine>>,
    seen: Option<Point>,
    faults: Faults,
}

impl<'b> Build<'b> {
    fn new(source: &'b str, stores: &'b mut Stores) -> Self {
        let (pieces, curtains) = (Vec::new(), Vec::new());
        Build { source, stores, pieces, curtains, spine: None, seen: None, faults: Faults::default() }
    }
}

impl Build<'_> {
    fn review(&mut self, raw: RawReview<'_>) -> Review {
        let whole = raw.spoilers.is_some_and(|spoilers| spoilers.value);
        if whole {
            // The curtain hides the whole file, so any change to the file is a change to what it hides.
            let fingerprint = fingerprint(&self.source);
            self.curtains.push(Curtain { region: Region::REVIEW, gate: None, fingerprint });
        }
        let work = self.work(raw.work);
        let title = self.line("title", &raw.title);
        let reviewer = self.line("reviewer", &raw.reviewer);
        self.check_link(&raw.link);
        let tags = self.lines("tags", raw.tags.as_ref());
        let (tags, link) = self.about(whole, &tags, raw.link.as_ref().map(|link| &*link.value));
        let date = raw.date.and_then(|date| {
            let day = Date::from_toml(date.value);
            self.accept(date.at, day.ok_or("`date` must have a day, as in 2012-02-05"))
        });
        let rating = raw.rating.and_then(|rating| {
            let value = match &rating.value {
                Scalar::Number(points) => Rating::out_of_five(*points),
                Scalar::Text(text) => Rating::parse(text),
            };
            self.accept(rating.at, value)
        });
        self.seen = raw.seen.and_then(|seen| self.point("seen", &seen));
        if raw.passages.is_empty() {
            self.faults.add(self.source, None, NOTHING_TO_READ);
        }
        self.check_length(&raw.passages);
        let passages = raw.passages.into_iter().zip(0..);
        let passages: Box<[Passage]> =
            passages.map(|(raw, number)| self.passage(raw, number, whole)).collect();
        let readable = Slice::around(passages.iter().map(|passage| passage.text));
        Review {
            title,
            reviewer,
            tags,
            link,
            rating,
            date,
            work,
            passages,
            readable,
            open: Arc::default(),
            hidden: Hidden::default(),
            curtains: CurtainList::default(),
        }
    }

    fn check_length(&mut self, passages: &[RawPassage<'_>]) {
        if self.source.len() < MAX_LINES {
            return;
        }
        let texts = passages.iter().filter_map(|passage| passage.text.as_ref());
        let lines: usize = texts.map(|text| memchr::memchr_iter(b'\n', text.value.as_bytes()).count()).sum();
        if lines > MAX_LINES {
            let reason = format!("more than {MAX_LINES} lines of text, the limit for a review");
            self.faults.add(self.source, None, reason);
        }
    }

    fn work(&mut self, raw: Option<RawWork<'_>>) -> WorkSlices {
        let Some(raw) = raw else {
            self.faults.add(self.source, None, "the work is missing: add [work] with a title");
            return WorkSlices::default();
        };
        let title = self.line("title", &raw.title);
        if title.of(&self.stores.open).is_empty() {
            self.fault(raw.at, "[work] needs a title");
        }
        match division::spine(&raw) {
            Ok(spine) => self.spine = spine.map(Arc::new),
            Err((at, reason)) => self.fault(at, reason),
        }
        self.check_names(&raw.division);
        let year = raw.year.and_then(|year| {
            let value = i16::try_from(year.value).ok().filter(|year| (-5000..=9999).contains(year));
            self.accept(year.at, value.ok_or("`year` must be a year from -5000 to 9999"))
        });
        let by = self.lines("by", raw.by.as_ref());
        WorkSlices {
            title,
            kind: self.line("kind", &raw.kind),
            year,
            by: store::add_lines(&mut self.stores.open, by.iter().map(|name| &**name)),
            unit: self.line("unit", &raw.unit),
        }
    }

    /// The names of parts, numberings and editions appear in gates and questions, which are always shown.
    fn check_names(&mut self, division: &RawDivision<'_>) {
        let parts = division.parts.iter().map(|part| &part.name);
        let numberings = division.numberings.iter().map(|numbering| &numbering.name);
        let editions = division.editions.iter().map(|edition| &edition.name);
        for name in parts.chain(numberings).chain(editions).flatten() {
            self.check_line("name", &clean::line(&name.value), name.at);
        }
    }

    /// Adds tags and link. They say what a review is about, so a curtain over the whole review hides them too.
    fn about(&mut self, whole: bool, tags: &[Cow<'_, str>], link: Option<&str>) -> (Slice, Slice) {
        let tags = tags.iter().map(|tag| &**tag);
        if !whole {
            let tags = store::add_lines(&mut self.stores.open, tags);
            return (tags, store::add(&mut self.stores.open, link.unwrap_or_default()));
        }
        let tags = tags.collect::<Vec<_>>().join("\n");
        let text = format!("{tags}{TAGS_END}{}", link.unwrap_or_default());
        self.pieces.push((Region::REVIEW, store::add(&mut self.stores.hidden, &text)));
        Default::default()
    }

    fn passage(&mut self, raw: RawPassage<'_>, number: u32, whole: bool) -> Passage {
        let gate = raw.after.as_ref().and_then(|after| self.point("after", after));
        let is_marked = raw.spoiler.as_ref().is_some_and(|spoiler| spoiler.value != Spoiler::Flag(false));
        let label = match &raw.spoiler {
            Some(At { value: Spoiler::Label(label), at }) => self.one_line("spoiler", label, *at),
            _ => Slice::default(),
        };
        let curtained = is_marked || raw.after.is_some();
        let text = raw.text.map(|text| clean::text(text.value)).unwrap_or_default();
        let text = text.trim();
        if text.is_empty() {
            self.fault(raw.at, "this passage needs a `text` that is not empty");
        }
        if curtained {
            let fingerprint = fingerprint(&(label.of(&self.stores.open), &gate, text));
            let gate = gate.map(Box::new);
            self.curtains.push(Curtain { region: Region::passage(number), gate, fingerprint });
        }
        let text = self.passage_text(text, number, curtained || whole);
        Passage { label, text }
    }

    /// Stores a passage's text with a veil in place of each hidden span, and puts the spans behind curtains.
    fn passage_text(&mut self, text: &str, number: u32, hidden: bool) -> Slice {
        if !marks::any(text) {
            return self.keep(text, number, hidden);
        }
        let mut veiled = String::with_capacity(text.len());
        let mut spans = 0;
        for piece in marks::cut(text) {
            match piece {
                Piece::Open(text) => veiled.push_str(text),
                Piece::Hidden(text) => {
                    let region = Region::span(number, spans);
                    self.pieces.push((region, store::add(&mut self.stores.hidden, text)));
                    self.curtains.push(Curtain { region, gate: None, fingerprint: fingerprint(&text) });
                    veiled.push(VEIL);
                    spans += 1;
                }
            }
        }
        self.keep(&veiled, number, hidden)
    }

    fn keep(&mut self, text: &str, number: u32, hidden: bool) -> Slice {
        if hidden {
            self.pieces.push((Region::passage(number), store::add(&mut self.stores.hidden, text)));
            return store::add(&mut self.stores.open, "");
        }
        let text = store::add(&mut self.stores.open, text);
        self.stores.open.push(PASSAGE_END);
        text
    }

    fn line(&mut self, key: &str, text: &Text<'_>) -> Slice {
        match text {
            Some(text) => self.one_line(key, &text.value, text.at),
            None => Slice::default(),
        }
    }

    fn one_line(&mut self, key: &str, text: &str, at: usize) -> Slice {
        let line = clean::line(text);
        self.check_line(key, &line, at);
        store::add(&mut self.stores.open, &line)
    }

    fn lines<'t>(&mut self, key: &str, texts: Option<&'t At<Vec<Cow<'_, str>>>>) -> Vec<Cow<'t, str>> {
        let Some(At { value, at }) = texts else {
            return Vec::new();
        };
        let lines: Vec<_> = value.iter().map(|t| clean::line(t)).filter(|t| !t.is_empty()).collect();
        for line in &lines {
            self.check_line(key, line, *at);
        }
        lines
    }

    /// Limits a line that is always shown: it is drawn on every frame, even if all of it is zero-width marks.
    fn check_line(&mut self, key: &str, line: &str, at: usize) {
        if line.len() > MAX_LINE {
            self.fault(
                at,
                &format!("`{key}` is longer than {MAX_LINE} bytes: long text belongs in a passage"),
            );
        }
        self.check_unmarked(key, line, at);
    }

    /// Rejects spoiler marks outside passages, where they would be shown along with what they mark.
    fn check_unmarked(&mut self, key: &str, line: &str, at: usize) {
        if marks::any(line) {
            self.fault(at, &format!("`{key}` is always shown: spoiler marks belong in a passage"));
        }
    }

    /// A point in the work, which is always shown.
    fn point(&mut self, key: &str, value: &At<Scalar<'_>>) -> Option<Point> {
        if let Scalar::Text(text) = &value.value {
            self.check_line(key, &clean::line(text), value.at);
        }
        let form = "must be 9, \"S02E05\", \"40%\", \"p. 212\", \"part: NAME\" or \"finished\"";
        self.accept(value.at, gate(&value.value).ok_or_else(|| format!("`{key}` {form}")))
    }

    fn check_link(&mut self, link: &Text<'_>) {
        let Some(At { value, at }) = link else { return };
        let address = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
        let is_plain = |c: char| c.is_ascii_graphic() || (!c.is_ascii() && c.is_alphanumeric());
        if !address.is_some_and(|rest| !rest.is_empty() && rest.chars().all(is_plain)) {
            self.fault(*at, "`link` must be an address that begins with http:// or https://");
        }
        self.check_unmarked("link", value, *at);
    }

    fn accept<T, E: Display>(&mut self, at: usize, value: Result<T, E>) -> Option<T> {
        value.map_err(|error| self.fault(at, &error.to_string())).ok()
    }

    fn fault(&mut self, at: usize, reason: &str) {
        self.faults.add(self.source, Some(at), reason);
    }
}

/// A hash that tells texts apart within one run.
pub(crate) fn fingerprint(text: &(impl Hash + ?Sized)) -> u64 {
    foldhash::quality::FixedState::default().hash_one(text)
}

/// The point that a gate or the end of a part names.
pub(super) fn gate(value: &Scalar<'_>) -> Option<Point> {
    match value {
        Scalar::Text(text) => clean::line(text).parse().ok(),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "checked in the same line"
        )]
        Scalar::Number(n) => {
            let is_whole = n.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(n);
            is_whole.then(|| Point::number(*n as u32, ""))
        }
    }
}
