//! What a reader's progress has opened of a review: how much, what since when, and where in the work its text is.

use super::{Visible, VisibleCurtain};
use crate::curtain::Region;
use crate::work::{Point, Progress};

/// A passage that progress has opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedPassage {
    /// Its number, from 0.
    pub number: u32,
    /// How far into the work it is: passages of several reviews of one work follow each other by this.
    pub rank: u32,
}

impl<'l> Visible<'l> {
    /// How many of the spoilers that can be seen are open, and how many there are.
    #[must_use]
    pub fn open_count(self) -> (usize, usize) {
        self.curtains().fold((0, 0), |(open, all), curtain| (open + usize::from(curtain.is_lifted), all + 1))
    }

    /// The passages that its reader's progress has opened since it was `before`. Without an earlier one, all that it has
    /// opened.
    pub fn opened_since(self, before: Option<&Progress>) -> impl Iterator<Item = OpenedPassage> {
        let (scale, cover) = (self.scale(), self.cover());
        let is_new = move |curtain: &VisibleCurtain<'_>| {
            let was_open = || before.is_some_and(|before| before.is_past(gate(curtain), scale));
            curtain.is_lifted_by_progress && !was_open()
        };
        self.passages().filter(|passage| passage.text.is_some()).filter_map(move |passage| {
            let over = || cover.iter().chain(&passage.curtain);
            let rank = || over().map(|curtain| scale.rank(gate(curtain)).unwrap_or(u32::MAX)).max();
            over().any(is_new).then(|| OpenedPassage { number: passage.number, rank: rank().unwrap_or(0) })
        })
    }

    /// The point from which on a passage is open; nothing if its curtain cannot be seen.
    #[must_use]
    pub fn gate_of(self, passage: u32) -> Option<&'l Point> {
        self.curtain(Region::passage(passage))?.gate
    }

    /// The passage furthest into the work that its reader's progress has opened; of several at one point, the first.
    #[must_use]
    pub fn reached_passage(self) -> Option<u32> {
        let opened = self.passages().filter_map(|passage| {
            let curtain = passage.curtain.filter(|curtain| curtain.is_lifted_by_progress)?;
            Some((self.rank(&curtain), passage.number))
        });
        opened.max_by_key(|(rank, number)| (*rank, std::cmp::Reverse(*number))).map(|(_, number)| number)
    }

    /// How far into the work its text is at a passage: at the furthest gate up to there that can be seen.
    #[must_use]
    pub fn rank_at(self, passage: u32) -> u32 {
        let here = self.passages().take_while(|one| one.number <= passage);
        here.filter_map(|one| self.scale().rank(one.curtain?.gate?)).max().unwrap_or(0)
    }

    /// The passage that is so far into the work, or the last one before; nothing if none says where it is.
    #[must_use]
    pub fn passage_at(self, rank: u32) -> Option<u32> {
        let ranked =
            self.passages().filter_map(|one| Some((self.scale().rank(one.curtain?.gate?)?, one.number)));
        let before = ranked.filter(|(of_passage, _)| *of_passage <= rank);
        before.max_by_key(|(rank, number)| (*rank, std::cmp::Reverse(*number))).map(|(_, number)| number)
    }

    fn rank(self, curtain: &VisibleCurtain<'_>) -> u32 {
        self.scale().rank(gate(curtain)).unwrap_or(u32::MAX)
    }
}

/// The gate of a curtain. One without may hide anything of the work, and waits for its end.
fn gate<'c>(curtain: &VisibleCurtain<'c>) -> &'c Point {
    curtain.gate.unwrap_or(&Point::Finished)
}
