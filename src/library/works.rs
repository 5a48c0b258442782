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

    /// Takes the work files out of changes. If a review has become a work file, the review is removed.
    pub(super) fn take_work_files(&mut self, changes: Vec<Change>) -> (Vec<Change>, bool) {
        let is_about_works = |change: &Change| match change {
            Change::Upsert(file) => matches!(file.content, Content::Work(_)) || !self.works.is_empty(),
            Change::Remove(_) => !self.works.is_empty(),
        };
        if !changes.iter().any(is_about_works) {
            return (changes, false);
        }
        let mut is_changed = false;
        let works = Arc::make_mut(&mut self.works);
        let rest = changes.into_iter().map(|change| match change {
            Change::Upsert(super::Loaded { content: Content::Work(work), path, .. }) => {
                works.insert(path.clone(), work);
                is_changed = true;
                Change::Remove(path.to_path_buf())
            }
            change => {
                let path = match &change {
                    Change::Upsert(file) => &*file.path,
                    Change::Remove(path) => path.as_path(),
                };
                is_changed |= works.remove(path).is_some();
                change
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
