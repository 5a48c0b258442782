//! Setting how far the reader has got in a work, and its consequences.

use super::undo::Done;
use super::{App, Line, Opening, Overlay, Prompt, Purpose};
use crate::curtain::{Curtains, ReviewId};
use crate::keymap::{Action, Scope};
use crate::review::{Review, Visible};
use crate::work::{Point, Progress, WorkKey};

impl App {
    pub(super) fn ask_progress(&mut self) {
        let current = self.current().and_then(|id| Some((id, self.library.visible(&self.curtains, id)?)));
        let Some((review, visible)) = current else {
            let purpose = Purpose::Nothing("progress belongs to a review, and none is selected");
            self.front.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new("", &[]) }));
            return;
        };
        let known = visible.progress().and_then(Progress::point).map(ToString::to_string).unwrap_or_default();
        let purpose = Purpose::Progress { review, confirms: None };
        self.front.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new(&known, &[]) }));
    }

    /// The review that the progress prompt is about, as far as it may be seen.
    #[must_use]
    pub fn asked_about(&self) -> Option<Visible<'_>> {
        match self.overlay() {
            Some(Overlay::Prompt(Prompt { purpose: Purpose::Progress { review, .. }, .. })) => {
                self.library.visible(&self.curtains, *review)
            }
            _ => None,
        }
    }

    /// What the answer being typed would do to the visible spoilers in all reviews of the work. Nothing is said about
    /// spoilers that are not visible.
    #[must_use]
    pub fn opening(&self) -> Option<Opening> {
        let Some(Overlay::Prompt(Prompt { line, .. })) = self.overlay() else { return None };
        let visible = self.asked_about()?;
        let progress = self.read(line.value(), visible).ok()?;
        Some(self.opened_by(visible.review().work_key(), progress))
    }

    /// The files of the reviews of a work.
    pub(super) fn reviews_of(&self, work: WorkKey) -> impl Iterator<Item = ReviewId> {
        let is_of = move |review: &Review| review.work_key() == work;
        self.library.entries().filter(move |entry| entry.review().is_some_and(is_of)).map(|entry| entry.id())
    }

    /// What progress would do to the visible spoilers of a work.
    fn opened_by(&self, work: WorkKey, progress: Option<Progress>) -> Opening {
        let mut then = self.curtains.clone();
        then.set_progress(work, progress);
        let mut opening = Opening::default();
        for id in self.reviews_of(work) {
            let is_lifted = |curtains: &Curtains, region| {
                self.library.visible(curtains, id)?.curtain(region).map(|curtain| curtain.is_lifted)
            };
            let seen = self.library.visible(&self.curtains, id).into_iter().flat_map(Visible::curtains);
            let (mut revealed, mut hidden) = (0, 0);
            for curtain in seen {
                match (curtain.is_lifted, is_lifted(&then, curtain.region)) {
                    (false, Some(true)) => revealed += 1,
                    (true, Some(false) | None) => hidden += 1,
                    _ => {}
                }
            }
            opening.revealed += revealed;
            opening.hidden += hidden;
            opening.reviews += usize::from(revealed + hidden > 0);
        }
        opening
    }

    /// Accepts the line that was typed. If it cannot be understood, that is reported and the line stays; so it does for
    /// a point that would open the last gate of the review, until it is confirmed.
    /// the last gate of the review, until it is confirmed.
    pub(super) fn accept_progress(&mut self, review: ReviewId, confirms: Option<Progress>) {
        let Some(Overlay::Prompt(Prompt { line, .. })) = &self.front.overlay else { return };
        let Some(visible) = self.library.visible(&self.curtains, review) else { return self.dismiss() };
        let progress = match self.read(line.value(), visible) {
            Ok(progress) => progress,
            Err(reason) => return self.notify(&reason),
        };
        if let Some(progress) = &progress
            && confirms.as_ref() != Some(progress)
            && progress.point() != Some(&Point::Finished)
            && self.opens_every_gate(review, progress)
        {
            if let Some(Overlay::Prompt(Prompt { purpose, .. })) = &mut self.front.overlay {
                *purpose = Purpose::Progress { review, confirms: Some(progress.clone()) };
            }
            let key = |action| self.settings.keys.key_for(&[Scope::Prompt], action);
            let take = key(Action::Accept).map(|key| format!(": {key} again")).unwrap_or_default();
            let leave = key(Action::Cancel).map(|key| format!(", or {key}")).unwrap_or_default();
            return self.notify(&format!("this reveals the last spoiler too{take}{leave}"));
        }
        self.set_progress(review, progress);
    }

    /// Whether progress is past all visible gates of a review, of which there is at least one.
    fn opens_every_gate(&self, review: ReviewId, progress: &Progress) -> bool {
        let Some(visible) = self.library.visible(&self.curtains, review) else { return false };
        let then = self.curtains.as_of(visible.review().work_key(), progress.clone());
        let Some(then) = self.library.visible(&then, review) else { return false };
        let is_open = |region| then.curtain(region).is_some_and(|curtain| curtain.is_lifted);
        let mut gated =
            visible.curtains().filter(|curtain| curtain.gate.is_some() || curtain.is_later).peekable();
        gated.peek().is_some() && gated.all(|curtain| is_open(curtain.region))
    }

    /// Records how far the reader has got in the work of a review. Gated spoilers that they hid by hand follow progress
    /// again.
    fn set_progress(&mut self, review: ReviewId, progress: Option<Progress>) {
        let Some(of) = self.library.get(review).and_then(|entry| entry.review()) else { return };
        let opening = self.opened_by(of.work_key(), progress.clone());
        for id in self.reviews_of(of.work_key()).collect::<Vec<_>>() {
            if let Some(other) = self.library.get(id).and_then(|entry| entry.review()) {
                self.curtains.follow_progress(other.curtain_list());
            }
        }
        let notice = match &progress {
            None => "your progress is forgotten".to_owned(),
            Some(progress) => [Some(format!("your progress: {progress}")), opening.words()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
        };
        let (work, before) = (of.work().id(), self.curtains.progress(of.work_key()).cloned());
        self.curtains.set_progress(of.work_key(), progress.clone());
        self.memory.set_progress(work.clone(), progress);
        self.undo.push(Done::Progress { work, before });
        self.dismiss();
        self.notify(&notice);
    }

    /// Moves progress one unit or episode forward in the work of the selected review, or back, which reveals nothing.
    pub(super) fn step_progress(&mut self, is_back: bool) {
        let current = self.current().and_then(|id| Some((id, self.library.visible(&self.curtains, id)?)));
        let Some((review, visible)) = current else {
            return self.notify("progress is set in a review: select one first");
        };
        match self.read(if is_back { "-1" } else { "+1" }, visible) {
            Err(reason) => self.notify(&reason),
            Ok(progress) if is_back => self.go_back(review, progress),
            Ok(progress) => self.set_progress(review, progress),
        }
    }

    fn go_back(&mut self, review: ReviewId, progress: Option<Progress>) {
        let Some(of) = self.library.get(review).and_then(|entry| entry.review()) else { return };
        let now = progress.as_ref().map_or_else(|| "nothing yet".to_owned(), ToString::to_string);
        let opening = self.opened_by(of.work_key(), progress.clone());
        let (work, before) = (of.work().id(), self.curtains.progress(of.work_key()).cloned());
        self.curtains.set_progress(of.work_key(), progress.clone());
        self.memory.set_progress(work.clone(), progress);
        self.undo.push(Done::Progress { work, before });
        let words = opening.words().map(|words| format!(" · {words}")).unwrap_or_default();
        self.notify(&format!("your progress: {now}{words}"));
    }

    /// Whether the reader may reveal what a gate still hides: they are asked once for each work.
    pub(super) fn may_cross(
        &mut self,
        question: Option<String>,
        action: Action,
        pending: Option<Action>,
    ) -> bool {
        let work = self.visible().map(|visible| visible.review().work_key());
        let (Some(question), Some(work)) = (question, work) else { return true };
        if pending == Some(action) {
            self.front.crossed.insert(work);
        }
        let may = self.front.crossed.contains(&work);
        if !may {
            self.front.pending = Some(action);
            self.notify(&question);
        }
        may
    }

    fn read(&self, typed: &str, visible: Visible<'_>) -> Result<Option<Progress>, String> {
        let own = visible.curtains().filter_map(|curtain| curtain.gate);
        let others = self.reviews_of(visible.review().work_key());
        let others = others.filter_map(|id| self.library.visible(&self.curtains, id));
        let gates: Vec<_> = own.chain(others.flat_map(Visible::curtains).filter_map(|c| c.gate)).collect();
        visible.scale().answer(typed, visible.progress(), &gates)
    }
}
