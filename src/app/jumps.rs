//! Where the reader was before each jump, to go back there and forward again, as in a browser.

use super::{App, Pane};
use crate::curtain::ReviewId;
use crate::typeset::Place;

/// How many places are kept.
const MOST: usize = 100;

/// A place in a review.
pub(super) type Location = (ReviewId, Place);

/// Where the reader was.
#[derive(Debug, Default)]
pub(super) struct Jumps {
    behind: Vec<Location>,
    ahead: Vec<Location>,
}

impl Jumps {
    /// Records where a jump begins, and drops the places ahead.
    pub(super) fn leave(&mut self, from: Option<Location>) {
        self.ahead.clear();
        if let Some(from) = from.filter(|from| self.behind.last() != Some(from)) {
            self.behind.push(from);
            let surplus = self.behind.len().saturating_sub(MOST);
            self.behind.drain(..surplus);
        }
    }

    /// The place before the last jump, or with `forward` the one that the reader last came back from.
    fn turn(&mut self, here: Option<Location>, forward: bool) -> Option<Location> {
        let (from, to) = match forward {
            true => (&mut self.ahead, &mut self.behind),
            false => (&mut self.behind, &mut self.ahead),
        };
        let location = from.pop()?;
        to.extend(here);
        Some(location)
    }
}

impl App {
    /// The open review, and the reader's place in it.
    pub(super) fn here(&self) -> Option<Location> {
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

    fn location(number: u32) -> Location {
        (ReviewId::new(number), Place::default())
    }

    #[test]
    fn back_and_forward_lead_the_same_way() {
        let mut jumps = Jumps::default();
        jumps.leave(Some(location(1)));
        jumps.leave(Some(location(2)));
        assert_eq!(jumps.turn(Some(location(3)), false), Some(location(2)));
        assert_eq!(jumps.turn(Some(location(2)), false), Some(location(1)));
        assert_eq!(jumps.turn(Some(location(1)), false), None, "there is nothing before the first");
        assert_eq!(jumps.turn(Some(location(1)), true), Some(location(2)));
        assert_eq!(jumps.turn(Some(location(2)), true), Some(location(3)));
        jumps.turn(Some(location(3)), false);
        jumps.leave(Some(location(2)));
        assert_eq!(jumps.turn(Some(location(9)), true), None, "a new way leaves the old one");
    }

    #[test]
    fn the_oldest_places_are_given_up() {
        let mut jumps = Jumps::default();
        (0..300).for_each(|number| jumps.leave(Some(location(number))));
        assert_eq!(jumps.behind.len(), MOST);
        assert_eq!(jumps.behind.last(), Some(&location(299)));
    }
}
