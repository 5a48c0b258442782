//! The only home of hidden text.

use std::fmt;
use std::sync::Arc;

use super::store::Slice;
use crate::curtain::Region;

/// The text of one review that is behind curtains.
///
/// It has no `Display`, `Deref` or `Serialize`, and its `Debug` reveals nothing, not even the length. The only way to
/// the text is [`Visible`](super::Visible), which requires proof that the curtains are lifted.
#[derive(Default)]
pub struct Hidden {
    /// Shared by reviews that were read together.
    store: Arc<str>,
    /// Sorted by region.
    pieces: Box<[(Region, Slice)]>,
}

impl Hidden {
    /// Creates it from slices of a store and the regions that they belong to.
    pub(super) fn new(mut pieces: Vec<(Region, Slice)>) -> Self {
        pieces.sort_by_key(|(region, _)| *region);
        Hidden { store: Arc::default(), pieces: pieces.into() }
    }

    /// Sets the store.
    pub(super) fn bind(&mut self, store: &Arc<str>) {
        if !self.pieces.is_empty() {
            self.store = store.clone();
        }
    }

    /// The text of a region; empty if it has none.
    pub(super) fn text(&self, region: Region) -> &str {
        match self.find(region) {
            Some(found) => self.pieces[found].1.of(&self.store),
            None => "",
        }
    }

    /// Whether the text of this region is stored here, regardless of its curtain.
    pub(super) fn holds(&self, region: Region) -> bool {
        self.find(region).is_some()
    }

    fn find(&self, region: Region) -> Option<usize> {
        self.pieces.binary_search_by_key(&region, |(region, _)| *region).ok()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}
