//! Where the reader was before each jump, to go back there and forward again, as in a browser.

use super::{App, Pane};
use crate::curtain::ReviewId;
use crate::typeset::Place;

/// How many places are kept.
const MOST: usize = 100;

/// A place in a review.
pub(super) type Spot = (ReviewId, Place);

/// Where the reader was.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    behind: Vec<Spot>,
    ahead: Vec<Spot>,
}

impl Jumps {
    /// Records where a jump begins, and drops the places ahead.
    pub(super) fn leave(&mut self, from: Option<Spot>) {
        self.ahead.clear();
        if let Some(from) = from.filter(|from| self.behind.last() != Some(from)) {
            self.behind.push(from);
            let surplus = self.behind.len().saturating_sub(MOST);
            self.behind.drain(..surplus);
        }
    }

    /// The place before the last jump, or with `forward` the one that the reader last came back from.
    fn turn(&mut self, here: Option<Spot>, forward: bool) -> Option<Spot> {
        let (from, to) = match forward {
            true => (&mut self.ahead, &mut self.behind),
            false => (&mut self.behind, &mut self.ahead),
        };
        let spot = from.pop()?;
        to.extend(here);
        Some(spot)
    }
}

impl App {
    /// The open review, and the reader's place in it.
    pub(super) fn here(&self) -> Option<Spot> {
        self.list.selected().map(|id| (id, self.reader.top_place()))
    }

    /// Goes back to where the reader was before the last jump, or forward again. Reviews that are gone or filtered out
    /// are skipped.
    pub(super) fn jump(&mut self, forward: bool) {
        let here = self.here();
        let mut next = self.jumps.turn(here, forward);
        while let Some((id, place)) = next {
            if self.list.return_to(id) {
                self.screen.pane = Pane::Text;
                return self.reader.go_to_place(id, place);
            }
            next = self.jumps.turn(None, forward);
        }
        self.notify(if forward {
            "there is nowhere to go forward to"
        } else {
            "there is nowhere to go back to"
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(number: u32) -> Spot {
        (ReviewId::new(number), Place::default())
    }

    #[test]
    fn back_and_forward_lead_the_same_way() {
        let mut jumps = Jumps::default();
        jumps.leave(Some(spot(1)));
        jumps.leave(Some(spot(2)));
        assert_eq!(jumps.turn(Some(spot(3)), false), Some(spot(2)));
        assert_eq!(jumps.turn(Some(spot(2)), false), Some(spot(1)));
        assert_eq!(jumps.turn(Some(spot(1)), false), None, "there is nothing before the first");
        assert_eq!(jumps.turn(Some(spot(1)), true), Some(spot(2)));
        assert_eq!(jumps.turn(Some(spot(2)), true), Some(spot(3)));
        jumps.turn(Some(spot(3)), false);
        jumps.leave(Some(spot(2)));
        assert_eq!(jumps.turn(Some(spot(9)), true), None, "a new way leaves the old one");
    }

    #[test]
    fn the_oldest_places_are_given_up() {
        let mut jumps = Jumps::default();
        (0..300).for_each(|number| jumps.leave(Some(spot(number))));
        assert_eq!(jumps.behind.len(), MOST);
        assert_eq!(jumps.behind.last(), Some(&spot(299)));
    }
}
