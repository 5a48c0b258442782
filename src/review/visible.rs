//! A review as far as its reader may see it: the one door to hidden text.
//!
//! Every output (page, search, export, list) is a function of [`Visible`]. It obtains a proof from the curtains
//! whenever it returns text from behind one, so that no output decides for itself what may be seen.

use super::{Review, VEIL};
use crate::curtain::{Curtain, Curtains, Lift, Lifted, Region};
use crate::work::{Point, Progress, Scale, unit_name};

/// A review as far as its reader may see it.
///
/// Only [`Library::visible`](crate::library::Library::visible) makes one, from a review and the state of all curtains.
/// There is no other way from a review to its text:
///
/// ```compile_fail,E0624
/// # use unspoiled::{curtain::Curtains, library::{Library, Entry}, review::{Review, Visible}};
/// fn forged<'l>(review: &'l Review, curtains: &'l Curtains) -> Visible<'l> {
///     Visible::new(review, curtains)
/// }
/// ```
/// ```compile_fail,E0616
/// # use unspoiled::review::Review;
/// fn read(review: &Review) {
///     let _ = &review.hidden;
/// }
/// ```
/// ```compile_fail,E0277
/// # use unspoiled::review::Hidden;
/// fn print(hidden: &Hidden) {
///     println!("{hidden}");
/// }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Visible<'l> {
    review: &'l Review,
    curtains: &'l Curtains,
}

/// A passage as far as it may be seen.
#[derive(Clone, Copy, Debug)]
pub struct VisiblePassage<'l> {
    /// Its number, from 0.
    pub number: u32,
    /// Its curtain, if it has one.
    pub curtain: Option<VisibleCurtain<'l>>,
    /// Its text, if it may be seen.
    pub text: Option<VisibleText<'l>>,
}

/// A curtain that can be seen, lifted or down.
#[derive(Clone, Copy, Debug)]
pub struct VisibleCurtain<'l> {
    /// The region it covers.
    pub region: Region,
    /// The reviewer's label, which is safe to read.
    pub label: Option<&'l str>,
    /// The point in the work after which it lifts automatically, if the reader wants to know.
    pub gate: Option<&'l Point>,
    /// Whether there is such a point, and the reader does not want to know it yet.
    pub is_later: bool,
    /// Whether it is lifted.
    pub is_lifted: bool,
    /// Whether the reader's progress has lifted it, rather than the reader.
    pub is_lifted_by_progress: bool,
    unit: Option<&'l str>,
}

/// The text of a passage that may be seen; spans inside it may still be hidden.
#[derive(Clone, Copy, Debug)]
pub struct VisibleText<'l> {
    visible: Visible<'l>,
    passage: u32,
    veiled: &'l str,
}

/// A span inside a passage that may be seen.
#[derive(Clone, Copy, Debug)]
pub struct VisibleSpan<'l> {
    /// The region its curtain covers.
    pub region: Region,
    /// Its text, if its curtain is lifted.
    pub text: Option<&'l str>,
}

impl<'l> Visible<'l> {
    pub(crate) fn new(review: &'l Review, curtains: &'l Curtains) -> Self {
        Visible { review, curtains }
    }

    /// What everyone may know about the review.
    #[must_use]
    pub fn review(self) -> &'l Review {
        self.review
    }

    /// Whether any of its curtains may be lifted. If not, only open text may be seen.
    #[must_use]
    pub(crate) fn may_show_hidden(self) -> bool {
        self.curtains.may_be_lifted(&self.review.curtains)
    }

    /// Whether always-show is on and no curtain of the review was dropped by hand.
    #[must_use]
    pub(crate) fn shows_everything(self) -> bool {
        self.curtains.always_show() && self.curtains().all(|curtain| curtain.is_lifted)
    }

    /// The curtain over the whole review, if there is one.
    #[must_use]
    pub fn cover(self) -> Option<VisibleCurtain<'l>> {
        self.curtain(Region::REVIEW)
    }

    /// Whether its text may be seen: there is no curtain over the whole review, or it is lifted.
    #[must_use]
    pub fn is_open(self) -> bool {
        self.lifted(Region::REVIEW).is_some()
    }

    /// Its tags; none while the whole review is hidden.
    pub fn tags(self) -> impl Iterator<Item = &'l str> {
        let open = self.review.open_tags();
        open.lines().chain(self.about().map_or("", |(tags, _)| tags).lines())
    }

    /// Its web address; `None` while the whole review is hidden.
    #[must_use]
    pub fn link(self) -> Option<&'l str> {
        let hidden = || self.about().map(|(_, link)| link).filter(|link| !link.is_empty());
        self.review.open_link().or_else(hidden)
    }

    /// Tags and link of a review whose outer curtain is lifted.
    fn about(self) -> Option<(&'l str, &'l str)> {
        self.cover()?;
        self.behind(&self.lifted(Region::REVIEW)?).split_once(super::TAGS_END)
    }

    /// Its passages in order; none while the whole review is hidden.
    pub fn passages(self) -> impl Iterator<Item = VisiblePassage<'l>> {
        let count = if self.is_open() { self.review.passage_count() } else { 0 };
        (0..count).map(move |number| VisiblePassage {
            number,
            curtain: self.curtain(Region::passage(number)),
            text: self.text(number),
        })
    }

    fn text(self, number: u32) -> Option<VisibleText<'l>> {
        let region = Region::passage(number);
        let lifted = self.lifted(region)?;
        let veiled = match self.review.hidden.holds(region) {
            true => self.behind(&lifted),
            false => self.review.open_passage(number),
        };
        Some(VisibleText { visible: self, passage: number, veiled })
    }

    /// The curtains that can be seen, lifted or down, in reading order.
    pub fn curtains(self) -> impl DoubleEndedIterator<Item = VisibleCurtain<'l>> {
        self.review.curtains.iter().filter_map(move |curtain| self.curtain(curtain.region))
    }

    /// The curtain of a region, if it has one that can be seen.
    #[must_use]
    pub fn curtain(self, region: Region) -> Option<VisibleCurtain<'l>> {
        let list = &self.review.curtains;
        let curtain: &Curtain = list.at(region)?;
        let is_passage = !region.is_span();
        let label = region.passage_number().filter(|_| is_passage).and_then(|n| self.review.label(n));
        let lift = self.curtains.lift(list, curtain);
        let gate = self.curtains.gate(list, curtain);
        let is_labelled = lift != Lift::Down || self.curtains.is_labelled(list, curtain);
        self.curtains.is_in_sight(list, region).then(|| VisibleCurtain {
            region,
            label: label.filter(|_| is_labelled),
            gate: gate.filter(|_| is_labelled),
            is_later: gate.is_some() && !is_labelled,
            is_lifted: lift != Lift::Down,
            is_lifted_by_progress: lift == Lift::ByProgress,
            unit: self.review.unit(),
        })
    }

    /// Whether a curtain is down because its reader has not reached its gate.
    #[must_use]
    pub fn is_ahead(self, curtain: &VisibleCurtain<'_>) -> bool {
        let is_past = |gate| self.progress().is_some_and(|progress| progress.is_past(gate, self.scale()));
        let is_known = curtain.gate.is_some_and(|gate| !is_past(gate));
        !curtain.is_lifted && (is_known || curtain.is_later)
    }

    /// What its gates are measured with.
    #[must_use]
    pub fn scale(self) -> Scale<'l> {
        self.curtains.scale(&self.review.curtains)
    }

    /// How far the reader has got in the work.
    #[must_use]
    pub fn progress(self) -> Option<&'l Progress> {
        self.curtains.reached(&self.review.curtains)
    }

    fn lifted(self, region: Region) -> Option<Lifted<'l>> {
        self.curtains.lifted(&self.review.curtains, region)
    }

    /// The text behind a lifted curtain; empty if the proof is for another review.
    fn behind(self, lifted: &Lifted<'l>) -> &'l str {
        let region = lifted.region_of(&self.review.curtains);
        region.map_or("", |region| self.review.hidden.text(region))
    }
}

impl<'l> VisibleText<'l> {
    /// The text, with a [`VEIL`] in place of each span.
    #[must_use]
    pub fn veiled(self) -> &'l str {
        self.veiled
    }

    /// The spans, in the order of their veils.
    pub fn spans(self) -> impl Iterator<Item = VisibleSpan<'l>> {
        let veils = memchr::memmem::find_iter(self.veiled.as_bytes(), VEIL_BYTES);
        veils.zip(0..).map(move |(_, span)| {
            let region = Region::span(self.passage, span);
            let text = self.visible.lifted(region).map(|lifted| self.visible.behind(&lifted));
            VisibleSpan { region, text }
        })
    }
}

/// [`VEIL`] in UTF-8.
const VEIL_BYTES: &str = "\u{fffc}";
const _: () = assert!(VEIL == '\u{fffc}');

impl VisibleCurtain<'_> {
    /// Its label without the gate: `Spoiler: the ending`.
    #[must_use]
    pub fn title(&self) -> String {
        match (self.region, self.label) {
            (Region::REVIEW, _) => format!("Spoiler: {WHOLE_REVIEW}"),
            (_, Some(label)) => format!("Spoiler: {label}"),
            (_, None) => "Spoiler".to_owned(),
        }
    }

    /// When it lifts automatically: `after chapter 9`.
    #[must_use]
    pub fn condition(&self) -> Option<String> {
        if self.is_later {
            return Some("later".to_owned());
        }
        let gate = self.gate?;
        Some(match (gate, self.unit) {
            (Point::Finished, _) => "once finished".to_owned(),
            (Point::Part(name), _) => format!("after {name}"),
            (Point::Number { unit, number }, Some(own)) if unit.is_empty() => match &*unit_name(own) {
                "percent" => format!("after {number} %"),
                _ => format!("after {own} {number}"),
            },
            (Point::Number { unit, number }, _) if **unit == *"percent" => format!("after {number} %"),
            (gate, _) => format!("after {gate}"),
        })
    }

    /// Its full label: `Spoiler: the ending · after chapter 9`.
    #[must_use]
    pub fn words(&self) -> String {
        [Some(self.title()), self.condition()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }
}

/// The label of a curtain over a whole review.
pub(crate) const WHOLE_REVIEW: &str = "the whole review";
