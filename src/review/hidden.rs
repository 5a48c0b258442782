//! The only home of hidden text.

use std::fmt;
use std::sync::Arc;

use super::store::Slice;
use crate::curtain::Region;

/// The text of one review that stands behind curtains.
///
/// It has no `Display`, no `Deref` and no `Serialize`, and its `Debug` says nothing, not even how much there is. The one
/// way to the text is [`Visible`](super::Visible), which asks for the proof that its curtains are lifted.
#[derive(Default)]
pub struct Hidden {
    /// Shared with reviews that were read together.
    store: Arc<str>,
    /// Sorted by region.
    pieces: Box<[(Region, Slice)]>,
}

impl Hidden {
    /// Parts of a store, by the regions that they are the text of.
    pub(super) fn new(mut pieces: Vec<(Region, Slice)>) -> Self {
        pieces.sort_by_key(|(region, _)| *region);
        Hidden { store: Arc::default(), pieces: pieces.into() }
    }

    /// Takes the store.
    pub(super) fn bind(&mut self, store: &Arc<str>) {
        if !self.pieces.is_empty() {
            self.store = store.clone();
        }
    }

    /// The text of a region; empty where there is none.
    pub(super) fn text(&self, region: Region) -> &str {
        match self.find(region) {
            Some(found) => self.pieces[found].1.of(&self.store),
            None => "",
        }
    }

    /// Whether the text of this region is hidden text, whether its curtain is lifted or not.
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
