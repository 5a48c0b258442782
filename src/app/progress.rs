//! How the reader says how far they have got in a work.

use super::undo::Done;
use super::{App, Line, Opening, Overlay, Prompt, Purpose};
use crate::curtain::ReviewId;
use crate::review::Visible;
use crate::work::{Point, Progress};

/// What an answer means.
enum Answer {
    /// Nothing is known of the reader's progress any more.
    Forget,
    /// The reader has got this far.
    Reached(Point),
}

impl App {
    pub(super) fn ask_progress(&mut self) {
        let Some(visible) = self.visible() else {
            let purpose = Purpose::Nothing("progress belongs to a review, and none is selected");
            self.front.overlay = Some(Overlay::Prompt(Prompt { purpose, line: Line::new("", &[]) }));
            return;
        };
        let known = self.curtains.progress(&visible.review().work().id());
        let known = known.map(|progress| progress.point().to_string()).unwrap_or_default();
        let Some(review) = self.list.selected() else { return };
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

    /// What the point that is being typed would do to the spoilers of the review that can be seen. Nothing is said of those
    /// that cannot.
    #[must_use]
    pub fn opening(&self) -> Option<Opening> {
        let Some(Overlay::Prompt(Prompt { line, .. })) = self.overlay() else { return None };
        let point = line.value().parse().ok()?;
        Some(opening(self.asked_about()?, point)).filter(|opening| opening.gates > 0)
    }

    /// Takes the line that was typed. What cannot be understood is told, and the line stays; so does a point that would
    /// open all there is, until it is confirmed.
    pub(super) fn accept_progress(&mut self, review: ReviewId, confirms: Option<Point>) {
        let Some(Overlay::Prompt(Prompt { line, .. })) = &self.front.overlay else { return };
        let Some(visible) = self.library.visible(&self.curtains, review) else { return self.dismiss() };
        let answer = match read(line.value(), visible) {
            Ok(answer) => answer,
            Err(reason) => return self.notify(&reason),
        };
        if let Answer::Reached(point) = answer
            && confirms != Some(point)
            && opening(visible, point).is_all()
        {
            if let Some(Overlay::Prompt(Prompt { purpose, .. })) = &mut self.front.overlay {
                *purpose = Purpose::Progress { review, confirms: Some(point) };
            }
            return self.notify("this reveals the last spoiler too: Enter again, or Esc");
        }
        self.set_progress(review, &answer);
    }

    fn set_progress(&mut self, review: ReviewId, answer: &Answer) {
        let Some(review) = self.library.get(review).and_then(|entry| entry.review()) else { return };
        let (notice, progress) = match *answer {
            Answer::Forget => ("your progress is forgotten".to_owned(), None),
            Answer::Reached(point) => {
                let progress = Progress::new(point, review.unit());
                (format!("your progress: {progress}"), Some(progress))
            }
        };
        let work = review.work().id();
        self.undo.push(Done::Progress { work: work.clone(), before: self.curtains.progress(&work).cloned() });
        self.curtains.follow_progress(review.curtain_list());
        self.curtains.set_progress(work.clone(), progress.clone());
        self.memory.set_progress(work, progress);
        self.dismiss();
        self.notify(&notice);
    }
}

/// Reads an answer. A point that is counted in another way than the spoilers that can be seen is refused: it would be past
/// none of them, and whoever typed it meant something else.
fn read(text: &str, visible: Visible<'_>) -> Result<Answer, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(Answer::Forget);
    }
    let point: Point = text.parse().map_err(|_| "type a number, or an episode such as S02E05".to_owned())?;
    let gates: Vec<_> = visible.curtains().filter_map(|curtain| curtain.gate).collect();
    match gates.first() {
        Some(gate) if !gates.iter().any(|gate| point.counts_like(*gate)) => Err(match gate {
            Point::Number(_) => {
                format!("this work is counted by {}", visible.review().unit().unwrap_or("number"))
            }
            Point::Episode { .. } => "this work is counted by episode: S02E05".to_owned(),
        }),
        _ => Ok(Answer::Reached(point)),
    }
}

fn opening(visible: Visible<'_>, point: Point) -> Opening {
    let unit = visible.review().unit();
    let progress = Progress::new(point, unit);
    let gates: Vec<_> = visible.curtains().filter_map(|curtain| curtain.gate).collect();
    let opened = gates.iter().filter(|gate| progress.is_past(**gate, unit)).count();
    Opening { opened, gates: gates.len() }
}
