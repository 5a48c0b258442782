//! Where the curtains of a review are, and the proof that a region may be seen.

use std::sync::Arc;

use crate::work::{Point, Scale, Spine, Spines, WorkKey};

/// Identifies a review within one run of the program. The library assigns it and never reuses one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReviewId(u32);

impl ReviewId {
    pub(crate) fn new(number: u32) -> Self {
        ReviewId(number)
    }

    /// How many were assigned before this one.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// The part of a review that a curtain covers, which is also the address of the text behind it.
///
/// Ordered as read: the whole review, then each passage followed by its spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Region {
    /// 0 for the whole review, otherwise the passage's number plus 1.
    section: u32,
    /// 0 for the whole section, otherwise the span's number plus 1.
    span: u32,
}

impl Region {
    /// The whole review.
    pub const REVIEW: Region = Region { section: 0, span: 0 };

    /// The passage with this number, counted from 0.
    #[must_use]
    pub fn passage(passage: u32) -> Region {
        Region { section: passage + 1, span: 0 }
    }

    /// A span inside a passage, both counted from 0.
    #[must_use]
    pub fn span(passage: u32, span: u32) -> Region {
        Region { section: passage + 1, span: span + 1 }
    }

    /// Whether this is a span inside a passage.
    #[must_use]
    pub fn is_span(self) -> bool {
        self.span > 0
    }

    /// The passage that this region is or lies in; `None` for the whole review.
    #[must_use]
    pub fn passage_number(self) -> Option<u32> {
        self.section.checked_sub(1)
    }

    /// The regions that contain this one, itself included, outermost first.
    fn around(self) -> impl Iterator<Item = Region> {
        let section = Region { section: self.section, span: 0 };
        let levels = [Some(Region::REVIEW), Some(section), Some(self)];
        let mut last = None;
        levels.into_iter().flatten().filter(move |region| last.replace(*region) != Some(*region))
    }
}

/// One curtain of a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curtain {
    /// The region it covers.
    pub region: Region,
    /// The point in the work after which it lifts automatically; if there is none, it lifts at the end of the work.
    /// Boxed, since most curtains have none.
    pub gate: Option<Box<Point>>,
    /// A hash of the hidden text, label and gate, to notice when any of them changes.
    pub(crate) fingerprint: u64,
}

/// All curtains of one review in reading order, with what decides whether they are lifted.
///
/// Only a review can make one, and only the library can say which review it belongs to.
#[derive(Debug, Default)]
pub struct CurtainList {
    review: ReviewId,
    work: WorkKey,
    /// Present only if the review says something about how its work is counted.
    own: Option<Box<OwnScale>>,
    curtains: Box<[Curtain]>,
}

/// What a review itself says about how its work is counted.
#[derive(Debug)]
pub(crate) struct OwnScale {
    /// What its gates count, unless they say so themselves.
    pub(crate) unit: Option<Box<str>>,
    /// How the work is divided.
    pub(crate) spine: Option<Arc<Spine>>,
    /// How far its reviewer had got.
    pub(crate) seen: Option<Point>,
}

impl CurtainList {
    /// Sorts curtains into reading order.
    pub(crate) fn new(mut curtains: Vec<Curtain>, work: WorkKey, own: Option<OwnScale>) -> Self {
        curtains.sort_by_key(|curtain| curtain.region);
        CurtainList { review: ReviewId::default(), work, own: own.map(Box::new), curtains: curtains.into() }
    }

    /// Sets which review the list belongs to.
    pub(crate) fn belong_to(&mut self, review: ReviewId) {
        self.review = review;
    }

    pub(super) fn review(&self) -> ReviewId {
        self.review
    }

    /// The work that the review is about.
    #[must_use]
    pub fn work(&self) -> WorkKey {
        self.work
    }

    /// What the review itself says about how its work is divided.
    pub(crate) fn own_spine(&self) -> Option<&Arc<Spine>> {
        self.own.as_ref()?.spine.as_ref()
    }

    /// How far its reviewer had got in the work.
    #[must_use]
    pub fn seen(&self) -> Option<&Point> {
        self.own.as_ref()?.seen.as_ref()
    }

    /// What its gates are measured with, given what the library knows about its work.
    pub(crate) fn scale<'s>(&'s self, spines: &'s Spines) -> Scale<'s> {
        let unit = self.own.as_ref().and_then(|own| own.unit.as_deref());
        Scale { unit, spine: spines.of(self.work, self.own_spine().map(|spine| &**spine)) }
    }

    /// Every curtain, in reading order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Curtain> {
        self.curtains.iter()
    }

    /// The curtain that covers exactly this region, if any.
    #[must_use]
    pub fn at(&self, region: Region) -> Option<&Curtain> {
        let found = self.curtains.binary_search_by_key(&region, |curtain| curtain.region).ok()?;
        Some(&self.curtains[found])
    }

    /// The curtains that cover this region or one that contains it, outermost first.
    pub(super) fn over(&self, region: Region) -> impl Iterator<Item = &Curtain> {
        region.around().filter_map(|around| self.at(around))
    }

    /// Whether there are no curtains.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.curtains.is_empty()
    }
}

/// Proof that a region of one review may be seen. Only [`Curtains`](super::Curtains) makes one. It borrows the curtains
/// of its review, and no other review accepts it.
///
/// It cannot be forged, since it has no public field or constructor.
///
/// ```compile_fail,E0451
/// use unspoiled::curtain::{CurtainList, Lifted, Region};
/// let list = CurtainList::default();
/// let forged = Lifted { list: &list, region: Region::REVIEW };
/// ```
///
/// Nor can other code make up a list of curtains, or assign a review another identity:
///
/// ```compile_fail,E0624
/// use unspoiled::curtain::CurtainList;
/// let none = CurtainList::new(Vec::new(), Default::default(), None);
/// ```
/// ```compile_fail,E0624
/// use unspoiled::curtain::ReviewId;
/// let other = ReviewId::new(7);
/// ```
#[derive(Debug)]
pub struct Lifted<'r> {
    list: &'r CurtainList,
    region: Region,
}

impl<'r> Lifted<'r> {
    pub(super) fn new(list: &'r CurtainList, region: Region) -> Self {
        Lifted { list, region }
    }

    /// The region that may be seen, if this proof is for the review with these curtains.
    pub(crate) fn region_of(&self, list: &CurtainList) -> Option<Region> {
        std::ptr::eq(self.list, list).then_some(self.region)
    }
}
