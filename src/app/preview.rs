//! A preview for authors: a review as it looks to somebody who has just reached one of its gates. It is not the
//! reader's progress, and nothing of it is saved.

use super::App;
use crate::curtain::{Curtains, ReviewId};
use crate::keymap::Action;
use crate::work::{Point, Progress, Scale};

/// The state of a preview.
#[derive(Debug)]
pub(super) struct Preview {
    /// The reader's own curtains.
    own: Curtains,
    review: ReviewId,
    /// The number of the gate.
    at: usize,
    /// The gate in words.
    point: String,
}

impl App {
    /// Goes to the next gate of the selected review, and after the last one back to the reader's own progress.
    pub(super) fn step_preview(&mut self, is_confirmed: bool) {
        let Some(entry) = self.selected().filter(|entry| entry.review().is_some()) else {
            return self.notify("select a review first");
        };
        let (id, before) = (entry.id(), self.front.preview.take());
        if before.is_none() && !is_confirmed {
            self.front.pending = Some(Action::Preview);
            let word = "for authors: this shows what is revealed at each gate";
            return self.tell_with_key(word, Action::Preview, "again begins");
        }
        let at = before.as_ref().map_or(0, |before| before.at + 1);
        let gate = self.library.get(id).and_then(|entry| {
            let list = entry.review()?.curtain_list();
            let scale = self.curtains.scale(list);
            let gates = list.iter().filter_map(|curtain| curtain.gate.as_deref());
            Some((
                gates_in_order(gates, scale).get(at)?.clone(),
                scale.own_unit().map(str::to_owned),
                list.work(),
            ))
        });
        let Some((gate, unit, work)) = gate else {
            self.front.preview = before;
            self.end_preview();
            return self.notify("the preview is over: this is as far as you are");
        };
        let progress = match gate {
            Point::Finished => Progress::finished(None),
            gate => Progress::new(gate, unit.as_deref()),
        };
        let point = progress.to_string();
        let shown = self.curtains.as_of(work, progress);
        let now = std::mem::replace(&mut self.curtains, shown);
        let own = before.map_or(now, |before| before.own);
        let (open, all) = self.visible().map(|visible| visible.open_count()).unwrap_or_default();
        let word = format!("as of {point}: {open} of {all} spoilers open");
        self.front.preview = Some(Preview { own, review: id, at, point });
        self.tell_with_key(&word, Action::Preview, "goes on");
    }

    /// The gate that the review on the screen is previewed at, if any.
    #[must_use]
    pub fn preview(&self) -> Option<&str> {
        self.front.preview.as_ref().map(|preview| &*preview.point)
    }

    /// Goes back to what the reader's own progress and hand have opened. Returns whether anything else was shown.
    pub(super) fn end_preview(&mut self) -> bool {
        let Some(Preview { own, .. }) = self.front.preview.take() else { return false };
        let shown = std::mem::replace(&mut self.curtains, own);
        self.curtains.come_after(&shown);
        true
    }

    /// Ends the preview before any action but looking around in its review.
    pub(super) fn end_preview_before(&mut self, action: Action) -> bool {
        let is_look = matches!(
            action,
            Action::Move(_)
                | Action::NextCurtain
                | Action::PreviousCurtain
                | Action::Preview
                | Action::Redraw
        );
        let is_here =
            self.front.preview.as_ref().is_some_and(|preview| self.list.selected() == Some(preview.review));
        let is_elsewhere = matches!(action, Action::Move(_)) && self.screen.pane == super::Pane::List;
        (!is_look || !is_here || is_elsewhere) && self.end_preview()
    }
}

/// The distinct gates of a review in the order of the work, and the end of the work.
fn gates_in_order<'g>(gates: impl Iterator<Item = &'g Point>, scale: Scale<'_>) -> Vec<Point> {
    let mut all: Vec<Point> = gates.cloned().chain([Point::Finished]).collect();
    all.sort_by_key(|gate| scale.rank(gate).unwrap_or(u32::MAX - 1));
    let mut once: Vec<Point> = Vec::new();
    for gate in all {
        if !once.contains(&gate) {
            once.push(gate);
        }
    }
    once
}
