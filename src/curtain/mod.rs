//! Which curtains are lifted.
//!
//! Only [`Curtains`] decides whether a region of a review may be seen, and only it can make [`Lifted`], the proof. It
//! knows nothing of text, widths or terminals; all it sees of a review is its [`CurtainList`].

mod region;
mod rules;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use foldhash::fast::RandomState;

pub(crate) use region::OwnScale;
pub use region::{Curtain, CurtainList, Lifted, Region, ReviewId};
pub use rules::{Labels, Rules};

use crate::work::{Progress, Scale, Spines, WorkKey};

/// What the reader did to a curtain by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    /// Lifted it while the hidden text had this fingerprint. If the text has changed since, the curtain is down.
    Lifted(u64),
    /// Dropped it.
    Dropped,
}

impl Choice {
    fn is_lifted(self) -> bool {
        matches!(self, Choice::Lifted(_))
    }
}

/// Why a curtain is lifted, if it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lift {
    /// It is down.
    Down,
    /// The reader lifted it.
    ByHand,
    /// Always-show is on.
    ByAlwaysShow,
    /// The reader is past its gate.
    ByProgress,
}

/// Which curtains are lifted, across all reviews of this run.
#[derive(Clone, Debug, Default)]
pub struct Curtains {
    /// Increases with every change, to tell when derived data is stale.
    revision: u64,
    always_show: bool,
    choices: HashMap<ReviewId, BTreeMap<Region, Choice>>,
    /// Shared by clones, which are made for every search.
    progress: Arc<HashMap<WorkKey, Progress, RandomState>>,
    spines: Arc<Spines>,
    rules: Rules,
}

impl Curtains {
    /// A number that increases with every change.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether nothing has happened that could have lifted a curtain.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        !self.always_show && self.choices.is_empty() && self.progress.is_empty()
    }

    /// Whether anything has happened that may have lifted one of these curtains.
    #[must_use]
    pub fn may_be_lifted(&self, list: &CurtainList) -> bool {
        !list.is_empty()
            && (self.always_show || self.choices.contains_key(&list.review()) || self.reached(list).is_some())
    }

    /// Proves that a region may be seen, which takes every curtain over it to be lifted.
    #[must_use]
    pub fn lifted<'r>(&self, list: &'r CurtainList, region: Region) -> Option<Lifted<'r>> {
        let all = list.over(region).all(|curtain| self.is_lifted(list, curtain));
        all.then(|| Lifted::new(list, region))
    }

    /// Whether the curtain of this region can be seen, lifted or not. It cannot while an outer curtain is down.
    #[must_use]
    pub fn is_in_sight(&self, list: &CurtainList, region: Region) -> bool {
        list.over(region)
            .filter(|curtain| curtain.region != region)
            .all(|curtain| self.is_lifted(list, curtain))
    }

    /// Whether this curtain is lifted, regardless of the curtains around it.
    #[must_use]
    pub fn is_lifted(&self, list: &CurtainList, curtain: &Curtain) -> bool {
        self.lift(list, curtain) != Lift::Down
    }

    /// Why this curtain is lifted, regardless of the curtains around it. What the reader did by hand takes precedence over
    /// always-show, and always-show over progress.
    #[must_use]
    pub fn lift(&self, list: &CurtainList, curtain: &Curtain) -> Lift {
        match self.choices.get(&list.review()).and_then(|review| review.get(&curtain.region)) {
            Some(Choice::Dropped) => Lift::Down,
            Some(Choice::Lifted(fingerprint)) if *fingerprint == curtain.fingerprint => Lift::ByHand,
            _ if self.always_show => Lift::ByAlwaysShow,
            _ if self.is_past(list, curtain) => Lift::ByProgress,
            _ => Lift::Down,
        }
    }

    /// What the gates of a review are measured with.
    #[must_use]
    pub fn scale<'s>(&'s self, list: &'s CurtainList) -> Scale<'s> {
        list.scale(&self.spines)
    }

    /// How far the reader has got in the work of a review.
    #[must_use]
    pub fn reached(&self, list: &CurtainList) -> Option<&Progress> {
        // Skip the lookup in the usual case: most readers have recorded no progress.
        if self.progress.is_empty() { None } else { self.progress.get(&list.work()) }
    }

    /// Lifts the curtain of a region if it is down, and drops it if it is lifted. Does nothing if there is none.
    pub fn toggle(&mut self, list: &CurtainList, region: Region) {
        let Some(curtain) = list.at(region) else { return };
        let choice = match self.is_lifted(list, curtain) {
            true => Choice::Dropped,
            false => Choice::Lifted(curtain.fingerprint),
        };
        self.choices.entry(list.review()).or_default().insert(region, choice);
        self.revision += 1;
    }

    /// Lifts all curtains of a review. If all are lifted already, undoes what was lifted by hand, or drops everything
    /// if nothing was.
    pub fn toggle_all(&mut self, list: &CurtainList) {
        let down: Vec<_> = list.iter().filter(|curtain| !self.is_lifted(list, curtain)).collect();
        let review = self.choices.entry(list.review()).or_default();
        if !down.is_empty() {
            let lifted = down.iter().map(|curtain| (curtain.region, Choice::Lifted(curtain.fingerprint)));
            review.extend(lifted);
        } else if review.values().any(|choice| choice.is_lifted()) {
            review.retain(|_, choice| !choice.is_lifted());
        } else {
            review.extend(list.iter().map(|curtain| (curtain.region, Choice::Dropped)));
        }
        if review.is_empty() {
            self.choices.remove(&list.review());
        }
        self.revision += 1;
    }

    /// The fingerprints of the lifted curtains of a review.
    #[must_use]
    pub(crate) fn lifted_fingerprints(&self, list: &CurtainList) -> Vec<u64> {
        let lifted = list.iter().filter(|curtain| self.is_lifted(list, curtain));
        lifted.map(|curtain| curtain.fingerprint).collect()
    }

    /// Drops those of the curtains with these fingerprints that are lifted.
    pub(crate) fn hide(&mut self, list: &CurtainList, fingerprints: &[u64]) {
        for curtain in list.iter().filter(|curtain| fingerprints.contains(&curtain.fingerprint)) {
            if let Some(review) = self.choices.get_mut(&list.review()) {
                review.remove(&curtain.region);
            }
            if self.is_lifted(list, curtain) {
                self.choices.entry(list.review()).or_default().insert(curtain.region, Choice::Dropped);
            }
        }
        self.choices.retain(|_, review| !review.is_empty());
        self.revision += 1;
    }

    /// Carries manual changes over to a new version of a review. A curtain stays lifted only if its hidden text, label
    /// and gate are unchanged. If it moved, it must be clear where to.
    pub(crate) fn replace(&mut self, old: &CurtainList, new: &CurtainList) {
        let Some(before) = self.choices.remove(&old.review()) else { return };
        let mut after = BTreeMap::new();
        for (region, choice) in before {
            match choice {
                Choice::Dropped => after.insert(region, choice),
                Choice::Lifted(fingerprint) => match moved(old, new, region, fingerprint) {
                    Some(region) => after.insert(region, choice),
                    None => None,
                },
            };
        }
        if !after.is_empty() {
            self.choices.insert(new.review(), after);
        }
        self.revision += 1;
    }

    /// Forgets manual changes to a review that is gone.
    pub(crate) fn forget(&mut self, review: ReviewId) {
        if self.choices.remove(&review).is_some() {
            self.revision += 1;
        }
    }

    /// Whether always-show is on, which lifts every curtain that the reader has not dropped by hand.
    #[must_use]
    pub fn always_show(&self) -> bool {
        self.always_show
    }

    /// Whether the reader has lifted a curtain by hand.
    #[must_use]
    pub fn are_some_lifted_by_hand(&self) -> bool {
        self.choices.values().flat_map(BTreeMap::values).any(|choice| choice.is_lifted())
    }

    /// Turns always-show on or off. Turning it on also shows what was dropped by hand before; turning it off leaves
    /// what was lifted by hand.
    pub fn toggle_always_show(&mut self) {
        self.always_show = !self.always_show;
        if self.always_show {
            for review in self.choices.values_mut() {
                review.retain(|_, choice| choice.is_lifted());
            }
            self.choices.retain(|_, review| !review.is_empty());
        }
        self.revision += 1;
    }

    /// How far the reader has got in a work.
    #[must_use]
    pub fn progress(&self, work: WorkKey) -> Option<&Progress> {
        self.progress.get(&work)
    }

    /// Records how far the reader has got in a work, or forgets it if `progress` is `None`.
    pub fn set_progress(&mut self, work: WorkKey, progress: Option<Progress>) {
        let all = Arc::make_mut(&mut self.progress);
        match progress {
            Some(progress) => all.insert(work, progress),
            None => all.remove(&work),
        };
        self.revision += 1;
    }

    /// What somebody sees whose progress in one work is this, and who has done nothing else.
    #[must_use]
    pub(crate) fn as_of(&self, work: WorkKey, progress: Progress) -> Curtains {
        let progress = Arc::new(HashMap::from_iter([(work, progress)]));
        let (revision, spines, rules) = (self.revision + 1, self.spines.clone(), self.rules);
        Curtains { revision, progress, spines, rules, ..Curtains::default() }
    }

    /// Makes everything derived from the others stale.
    pub(crate) fn come_after(&mut self, others: &Curtains) {
        self.revision = self.revision.max(others.revision) + 1;
    }

    /// Whether the reader has recorded progress in any work.
    #[must_use]
    pub fn has_progress(&self) -> bool {
        !self.progress.is_empty()
    }

    /// Records how works are divided, which gates in other units are measured by. Without it, they stay shut.
    pub fn set_spines(&mut self, spines: &Arc<Spines>) {
        if !Arc::ptr_eq(&self.spines, spines) {
            self.spines = spines.clone();
            self.revision += 1;
        }
    }

    /// Makes gated curtains that the reader dropped by hand follow progress again.
    pub fn follow_progress(&mut self, list: &CurtainList) {
        if let Some(review) = self.choices.get_mut(&list.review()) {
            let has_gate = |region: Region| list.at(region).is_some_and(|curtain| curtain.gate.is_some());
            review.retain(|region, choice| choice.is_lifted() || !has_gate(*region));
            self.revision += 1;
        }
    }
}

/// Finds the region where a curtain is after a review has changed. If several curtains hide the same text, they can be
/// told apart only if none was added or removed.
fn moved(old: &CurtainList, new: &CurtainList, region: Region, fingerprint: u64) -> Option<Region> {
    let is_same = |curtain: &&Curtain| curtain.fingerprint == fingerprint;
    let regions = |list: &CurtainList| list.iter().filter(is_same).map(|c| c.region).collect::<Vec<_>>();
    let (before, after) = (regions(old), regions(new));
    let at = before.iter().position(|one| *one == region)?;
    if before.len() == after.len() { after.get(at).copied() } else { None }
}

#[cfg(test)]
mod tests;
