//! What Tab puts into the line of the filter, or into that of the reader's progress.

use super::{App, Overlay, Prompt, Purpose};
use crate::curtain::ReviewId;
use crate::query::{Field, complete};
use crate::review::Visible;
use crate::work::{Point, Spine, fold};

/// The words for the end of a work, and for nothing yet.
const DONE: &str = "done";
const NONE: &str = "none";

impl App {
    /// Puts in place of what is being typed the next thing that it can become.
    pub(super) fn complete_line(&mut self) {
        match &self.front.overlay {
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, .. })) => self.complete_filter(),
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Progress { review, .. }, .. })) => {
                self.complete_point(*review);
            }
            _ => {}
        }
    }

    /// Completes a point of a work. First come the gates ahead of the reader, the nearest first.
    fn complete_point(&mut self, review: ReviewId) {
        let points = self.points(review);
        let Some(Overlay::Prompt(Prompt { line, .. })) = &mut self.front.overlay else { return };
        // What was there before and is about to be replaced is not the beginning of anything.
        let is_untouched = line.selected().is_some();
        let is_offered = line.complete(|before| {
            let typed = if is_untouched { String::new() } else { fold(before.trim()) };
            (0, points.into_iter().filter(|point| fold(point).starts_with(&typed)).collect())
        });
        if !is_offered {
            self.notify("nothing to complete");
        }
    }

    /// The points of a work that somebody may name: those that its gates in sight wait for, and those of its division. Of
    /// gates that are not in sight nothing is said.
    fn points(&self, review: ReviewId) -> Vec<String> {
        let Some(visible) = self.library.visible(&self.curtains, review) else { return Vec::new() };
        let (scale, progress) = (visible.scale(), visible.progress());
        let others = self.reviews_of(visible.review().work_key());
        let others = others.filter_map(|id| self.library.visible(&self.curtains, id));
        let mut gates: Vec<_> =
            others.flat_map(Visible::curtains).filter_map(|curtain| curtain.gate).collect();
        let is_behind = |gate: &Point| progress.is_some_and(|progress| progress.is_past(gate, scale));
        gates.sort_by_key(|gate| (is_behind(gate), scale.rank(gate).unwrap_or(u32::MAX)));
        let gates = gates.into_iter().map(|gate| match gate {
            Point::Part(name) => name.to_string(),
            Point::Finished => DONE.to_owned(),
            gate => gate.to_string(),
        });
        let ways = scale.spine.into_iter().flat_map(Spine::ways);
        let mut points: Vec<String> = Vec::new();
        for point in gates.chain(ways).chain([DONE, NONE].map(str::to_owned)) {
            if !points.contains(&point) {
                points.push(point);
            }
        }
        points
    }

    fn complete_filter(&mut self) {
        let Some(Overlay::Prompt(Prompt { line, .. })) = &mut self.front.overlay else { return };
        let (library, curtains) = (&self.library, &self.curtains);
        // Only what may be seen is offered, so not the tags of a review that is hidden as a whole.
        let reviews = || library.entries().filter_map(|entry| library.visible(curtains, entry.id()));
        let is_offered = line.complete(|before| {
            complete(before, |field| reviews().flat_map(|review| values(review, field)).collect())
        });
        self.follow();
        if !is_offered {
            self.notify("nothing to complete");
        }
    }
}

/// The values of a field in a review, as far as they may be seen.
fn values(visible: Visible<'_>, field: Field) -> Vec<String> {
    let review = visible.review();
    match field {
        Field::Title => vec![review.work_title().to_owned()],
        Field::Kind => review.kind().map(str::to_owned).into_iter().collect(),
        Field::By => review.by().map(str::to_owned).collect(),
        Field::Tag => visible.tags().map(str::to_owned).collect(),
        Field::Reviewer => review.reviewer().map(str::to_owned).into_iter().collect(),
    }
}
