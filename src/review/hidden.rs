//! The only home of hidden text.

use std::fmt;
use std::sync::Arc;

use super::store::Slice;
use crate::curtain::{Lifted, Spot};

/// The text of one review that stands behind curtains.
///
/// It has no `Display`, no `Deref` and no `Serialize`, and its `Debug` says nothing, not even how much there is. The one
/// way to the text asks for [`Lifted`], which only [`Curtains`](crate::curtain::Curtains) can make.
#[derive(Default)]
pub struct Hidden {
    /// Shared with reviews that were read together.
    store: Arc<str>,
    /// Sorted by spot.
    pieces: Box<[(Spot, Slice)]>,
}

impl Hidden {
    /// Takes down which part of a store is at which spot.
    pub(super) fn new(mut pieces: Vec<(Spot, Slice)>) -> Self {
        pieces.sort_by_key(|(spot, _)| *spot);
        Hidden { store: Arc::default(), pieces: pieces.into() }
    }

    /// Takes the store.
    pub(super) fn bind(&mut self, store: &Arc<str>) {
        if !self.pieces.is_empty() {
            self.store = store.clone();
        }
    }

    /// The text at the spot whose curtains are lifted; empty where there is none.
    #[must_use]
    pub fn text(&self, lifted: &Lifted) -> &str {
        match self.pieces.binary_search_by_key(&lifted.spot(), |(spot, _)| *spot) {
            Ok(found) => self.pieces[found].1.of(&self.store),
            Err(_) => "",
        }
    }

    /// Whether the text at this spot is behind a curtain, whether that is lifted or not.
    #[must_use]
    pub fn holds(&self, spot: Spot) -> bool {
        self.pieces.binary_search_by_key(&spot, |(spot, _)| *spot).is_ok()
    }
}

impl fmt::Debug for Hidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Hidden")
    }
}
