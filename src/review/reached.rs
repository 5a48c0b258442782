//! What a reader's progress has opened in a review: how much, since when, and which part of the work it is about.

use super::{Visible, VisibleCurtain};
use crate::curtain::Region;
use crate::work::{Point, Progress};

/// A passage that progress has opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenedPassage {
    /// Its number, from 0.
    pub number: u32,
    /// How far into the work it is, which puts passages from several reviews of a work in order.
    pub rank: u32,
}

impl<'l> Visible<'l> {
    /// The number of visible spoilers that are open, and of all visible ones.
    #[must_use]
    pub fn open_count(self) -> (usize, usize) {
        self.curtains().fold((0, 0), |(open, all), curtain| (open + usize::from(curtain.is_lifted), all + 1))
    }

    /// The passages that the reader's progress has opened since it was `before`, or all of them if there is no earlier
    /// progress.
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

    /// The point at which a passage opens; `None` if its curtain is not visible.
    #[must_use]
    pub fn gate_of(self, passage: u32) -> Option<&'l Point> {
        self.curtain(Region::passage(passage))?.gate
    }

    /// The passage furthest into the work that the reader's progress has opened; of several at the same point, the first.
    #[must_use]
    pub fn reached_passage(self) -> Option<u32> {
        let opened = self.passages().filter_map(|passage| {
            let curtain = passage.curtain.filter(|curtain| curtain.is_lifted_by_progress)?;
            Some((self.rank(&curtain), passage.number))
        });
        opened.max_by_key(|(rank, number)| (*rank, std::cmp::Reverse(*number))).map(|(_, number)| number)
    }

    /// How far into the work the text is at a passage: the furthest visible gate up to there.
    #[must_use]
    pub fn rank_at(self, passage: u32) -> u32 {
        let here = self.passages().take_while(|one| one.number <= passage);
        here.filter_map(|one| self.scale().rank(one.curtain?.gate?)).max().unwrap_or(0)
    }

    /// The passage at this rank, or the last one before it; `None` if no passage has a rank.
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
