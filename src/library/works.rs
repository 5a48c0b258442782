//! The work files of a library, and what they and its reviews say about how works are divided.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::{Applied, Change, Content, Library};
use crate::review::{Review, WorkFile};
use crate::work::Spines;

/// Work files by path.
pub(super) type WorkFiles = Arc<BTreeMap<Arc<Path>, WorkFile>>;

impl Library {
    /// How the works of the library are divided. Curtains need this, or gates in other units stay shut.
    #[must_use]
    pub fn spines(&self) -> &Arc<Spines> {
        &self.spines
    }

    /// The work files.
    pub fn works(&self) -> impl Iterator<Item = (&Path, &WorkFile)> {
        self.works.iter().map(|(path, work)| (&**path, work))
    }

    /// Takes work files and shared progress out of changes, and returns whether a work file has changed. If a review has
    /// become such a file, the review is removed.
    pub(super) fn take_non_entries(&mut self, changes: Vec<Change>) -> (Vec<Change>, bool) {
        let has_some = !(self.works.is_empty() && self.shared.is_empty());
        let is_about_them = |change: &Change| match change {
            Change::Upsert(file) => {
                matches!(file.content, Content::Work(_) | Content::Progress(_)) || has_some
            }
            Change::Remove(_) => has_some,
        };
        if !changes.iter().any(is_about_them) {
            return (changes, false);
        }
        let mut is_changed = false;
        let (works, shared) = (Arc::make_mut(&mut self.works), Arc::make_mut(&mut self.shared));
        let rest = changes.into_iter().map(|change| {
            let path = match &change {
                Change::Upsert(file) => file.path.clone(),
                Change::Remove(path) => path.as_path().into(),
            };
            is_changed |= works.remove(&path).is_some();
            shared.remove(&path);
            match change {
                Change::Upsert(super::Loaded { content: Content::Work(work), .. }) => {
                    is_changed = true;
                    works.insert(path.clone(), work);
                    Change::Remove(path.to_path_buf())
                }
                Change::Upsert(super::Loaded { content: Content::Progress(progress), .. }) => {
                    shared.insert(path.clone(), progress);
                    Change::Remove(path.to_path_buf())
                }
                change => change,
            }
        });
        (rest.collect(), is_changed)
    }

    /// Rebuilds what the files say, if any of these says something.
    pub(super) fn settle_spines(&mut self, applied: &Applied, are_works_changed: bool) {
        let says = |review: Option<&Review>| review.is_some_and(|review| review.own_spine().is_some());
        let now = |id: &crate::curtain::ReviewId| says(self.get(*id).and_then(|entry| entry.review()));
        let replaced = applied.replaced.iter().any(|before| says(before.review()) || now(&before.id()));
        let removed = applied.removed.iter().any(|gone| says(gone.review()));
        if !(are_works_changed || replaced || removed || applied.added.iter().any(now)) {
            return;
        }
        let mut spines = Spines::default();
        for work in self.works.values() {
            work.spine.iter().for_each(|spine| spines.add_work_file(&work.id, spine));
        }
        for review in self.entries().filter_map(|entry| entry.review()) {
            review.own_spine().into_iter().for_each(|spine| spines.add_review(review.work_key(), spine));
        }
        if spines != *self.spines {
            self.spines = Arc::new(spines);
        }
    }
}
