//! Keys that have been pressed and have not done anything yet: a count, and the beginning of a sequence.

use crate::keymap::Key;

/// The largest count.
const LARGEST: u16 = 999;

/// The keys that wait for more.
#[derive(Debug, Default)]
pub struct Typed {
    keys: Vec<Key>,
    count: Option<u16>,
}

impl Typed {
    /// The beginning of a sequence.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// How often to repeat a movement, if a count was typed.
    #[must_use]
    pub fn count(&self) -> Option<u16> {
        self.count
    }

    /// Adds a digit to the count. A count does not begin with zero.
    pub(super) fn add_digit(&mut self, digit: u16) -> bool {
        let is_count = self.keys.is_empty() && (digit > 0 || self.count.is_some());
        if is_count {
            self.count = Some((self.count.unwrap_or(0) * 10 + digit).min(LARGEST));
        }
        is_count
    }

    /// Adds a key of a sequence.
    pub(super) fn push(&mut self, key: Key) {
        self.keys.push(key);
    }

    /// Takes everything.
    pub(super) fn take(&mut self) -> Typed {
        std::mem::take(self)
    }

    /// Whether nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.count.is_none()
    }
}
