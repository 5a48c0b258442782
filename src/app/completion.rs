//! What Tab puts into the line of the filter.

use super::{App, Overlay, Prompt, Purpose};
use crate::query::{Field, complete};
use crate::review::Visible;

impl App {
    /// Puts in place of the word that is being typed the next of those that it can become.
    pub(super) fn complete_line(&mut self) {
        let Some(Overlay::Prompt(Prompt { purpose: Purpose::Filter, line })) = &mut self.front.overlay else {
            return;
        };
        let (library, curtains) = (&self.library, &self.curtains);
        // Only what may be seen is offered: the tags of a review that is hidden as a whole are not.
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

/// What a review has in a field, as far as it may be seen.
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
