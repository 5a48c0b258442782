//! What the reader has decided about gates.

use super::{Curtain, CurtainList, Curtains};
use crate::work::{Point, Progress};

/// Which curtains show their labels and gates while they are down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// All.
    #[default]
    All,
    /// Those of the gates that the reader's next step opens, and of curtains without a gate.
    Next,
    /// None.
    None,
}

/// What the reader has decided about gates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Which labels are shown.
    pub labels: Labels,
    /// Whether a curtain without a gate opens once the work is finished.
    pub opens_once_finished: bool,
    /// Whether a curtain without a gate opens at the point that its reviewer had reached.
    pub goes_by_seen: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Rules { labels: Labels::All, opens_once_finished: true, goes_by_seen: false }
    }
}

impl Curtains {
    /// Sets what the reader has decided about gates.
    pub fn set_rules(&mut self, rules: Rules) {
        if self.rules != rules {
            self.rules = rules;
            self.revision += 1;
        }
    }

    /// The gate that a curtain has: its own, or, if the reader chose so, the point that the reviewer had
    /// reached: nobody can give away what they have not seen.
    #[must_use]
    pub fn gate<'c>(&self, list: &'c CurtainList, curtain: &'c Curtain) -> Option<&'c Point> {
        let seen = list.seen().filter(|_| self.rules.goes_by_seen);
        curtain.gate.as_deref().or(seen)
    }

    /// Whether the reader is past a curtain's gate. One without may hide anything of the work, and waits for its end.
    #[must_use]
    pub fn is_past(&self, list: &CurtainList, curtain: &Curtain) -> bool {
        let end = Some(&Point::Finished).filter(|_| self.rules.opens_once_finished);
        let Some(gate) = self.gate(list, curtain).or(end) else { return false };
        self.reached(list).is_some_and(|reached| reached.is_past(gate, self.scale(list)))
    }

    /// Whether the label and the gate of a curtain that is down may be shown.
    #[must_use]
    pub fn is_labelled(&self, list: &CurtainList, curtain: &Curtain) -> bool {
        match (self.rules.labels, self.gate(list, curtain)) {
            (Labels::All, _) | (Labels::Next, None) => true,
            (Labels::None, _) => false,
            (Labels::Next, Some(gate)) => {
                let (scale, reached) = (self.scale(list), self.reached(list));
                let next = scale.next(reached, Some(gate));
                let next = next.map(|next| Progress::new(next, scale.own_unit()).after(reached));
                let is_past = |progress: &Progress| progress.is_past(gate, scale);
                next.as_ref().is_some_and(is_past) || reached.is_some_and(is_past)
            }
        }
    }
}
