//! Folded texts, each kept once: a work has many reviews, and a tag thousands. What is asked of a text is asked once for
//! all files that have it.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::parallel::share;

/// A dictionary is kept in so many parts, by the hashes of its texts, each of which one thread fills.
const PARTS: usize = 8;

/// Numbers of texts that are asked together.
pub(super) const CHUNK: usize = PARTS * 1024;

/// Texts, by their numbers.
#[derive(Debug)]
pub(super) struct Dictionary {
    parts: Vec<Part>,
    hasher: DefaultHashBuilder,
}

/// The number of a text: that of its part is in the lowest bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry(u32);

/// Texts that are yet to be added.
#[derive(Debug, Default)]
pub(super) struct List {
    texts: Texts,
    hashes: Vec<u32>,
}

#[derive(Debug, Default)]
struct Part {
    texts: Texts,
    letters: Vec<Letters>,
    /// Hashes and numbers of the texts. All of the hash is there, so that a table that grows does not look at the texts.
    known: HashTable<(u32, u32)>,
}

/// Texts one behind the other.
#[derive(Debug, Default)]
struct Texts {
    text: String,
    ends: Vec<u32>,
}

/// Which bytes a text has, so that most texts are passed without a look at them: several bytes share one of 32 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letters(u32);

impl Entry {
    /// The numbers are below this.
    pub(super) const END: u32 = 1 << 29;

    fn new(part: usize, of_part: usize) -> Option<Self> {
        u32::try_from(of_part.checked_mul(PARTS)? + part)
            .ok()
            .filter(|number| *number < Entry::END)
            .map(Entry)
    }

    /// As [`Entry::number`] gave it.
    pub(super) fn from_number(number: u32) -> Self {
        Entry(number)
    }

    /// Its number.
    pub(super) fn number(self) -> u32 {
        self.0
    }
}

impl Letters {
    /// Those of a text.
    pub(super) fn of(text: &str) -> Self {
        Letters(text.bytes().fold(0, |letters, byte| letters | (1 << (byte % 32))))
    }

    /// Whether a text with these letters may have others.
    pub(super) fn may_have(self, others: Letters) -> bool {
        self.0 & others.0 == others.0
    }
}

impl Default for Dictionary {
    fn default() -> Self {
        let parts = std::iter::repeat_with(Part::default).take(PARTS).collect();
        Dictionary { parts, hasher: DefaultHashBuilder::default() }
    }
}

impl Dictionary {
    /// Puts a text that is written to its end on a list of those that are to be added; false if there is no room on it.
    pub(super) fn list(&self, list: &mut List, write: impl FnOnce(&mut String)) -> bool {
        let is_there = list.texts.push(write).is_some();
        if is_there {
            #[expect(clippy::cast_possible_truncation, reason = "half of a hash is one too")]
            list.hashes.push(self.hasher.hash_one(list.texts.get(list.hashes.len())) as u32);
        }
        is_there
    }

    /// Adds what is on some lists, and returns the numbers of these texts, list by list. There is none for a text that finds
    /// no room.
    pub(super) fn add(&mut self, lists: &[List]) -> Vec<Vec<Option<Entry>>> {
        let parts: Vec<_> = self.parts.iter_mut().map(Mutex::new).collect();
        let added = share(
            PARTS,
            || (),
            |(), number| {
                let mut part = parts[number].lock().unwrap_or_else(PoisonError::into_inner);
                let mut entries = Vec::new();
                for list in lists {
                    let of_part =
                        list.hashes.iter().enumerate().filter(|(_, hash)| part_of(**hash) == number);
                    entries.extend(
                        of_part.map(|(at, hash)| Entry::new(number, part.add(list.texts.get(at), *hash)?)),
                    );
                }
                Some(entries.into_iter())
            },
        );
        let mut added = added.unwrap_or_default();
        let mut entry = |hash: &u32| added[part_of(*hash)].next().flatten();
        lists.iter().map(|list| list.hashes.iter().map(&mut entry).collect()).collect()
    }

    /// The text with this number.
    #[must_use]
    pub(super) fn get(&self, entry: Entry) -> &str {
        let number = entry.0 as usize;
        self.parts[number % PARTS].texts.get(number / PARTS)
    }

    /// How many texts there are.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.parts.iter().map(|part| part.letters.len()).sum()
    }

    /// All numbers together are in so many chunks of [`CHUNK`] numbers, one behind the other.
    #[must_use]
    pub(super) fn chunks(&self) -> usize {
        let longest = self.parts.iter().map(|part| part.letters.len()).max().unwrap_or(0);
        longest.div_ceil(CHUNK / PARTS)
    }

    /// The numbers in a chunk, with the letters of their texts.
    pub(super) fn chunk(&self, chunk: usize) -> impl Iterator<Item = (Entry, Letters)> {
        let start = chunk * (CHUNK / PARTS);
        self.parts.iter().enumerate().flat_map(move |(part, of_part)| {
            let letters = of_part.letters.iter().enumerate().skip(start).take(CHUNK / PARTS);
            letters.filter_map(move |(number, letters)| Some((Entry::new(part, number)?, *letters)))
        })
    }

    /// Bytes that it takes.
    #[must_use]
    pub(super) fn bytes(&self) -> usize {
        let part = |part: &Part| {
            let numbers = part.texts.ends.capacity() + part.letters.capacity();
            part.texts.text.capacity() + numbers * size_of::<u32>() + part.known.allocation_size()
        };
        self.parts.iter().map(part).sum()
    }
}

fn part_of(hash: u32) -> usize {
    hash as usize % PARTS
}

impl Part {
    /// The number of a text, which is added unless it is known.
    fn add(&mut self, text: &str, hash: u32) -> Option<usize> {
        let Part { texts, letters, known } = self;
        let is_same =
            |(its_hash, number): &(u32, u32)| *its_hash == hash && texts.get(*number as usize) == text;
        if let Some((_, number)) = known.find(spread(hash), is_same) {
            return Some(*number as usize);
        }
        let number = letters.len();
        texts.push(|all| all.push_str(text))?;
        letters.push(Letters::of(text));
        known.insert_unique(spread(hash), (hash, u32::try_from(number).ok()?), |(hash, _)| spread(*hash));
        Some(number)
    }
}

/// A hash as a table wants it, which goes by the first bits and the last ones.
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

impl Texts {
    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[number] as usize]
    }

    /// Adds a text, unless there are more than 4 GiB then.
    fn push(&mut self, write: impl FnOnce(&mut String)) -> Option<()> {
        let start = self.text.len();
        write(&mut self.text);
        match u32::try_from(self.text.len()) {
            Ok(end) => self.ends.push(end),
            Err(_) => {
                self.text.truncate(start);
                return None;
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_kept_once_and_found_by_its_number() {
        let mut dictionary = Dictionary::default();
        let texts: Vec<_> = (0..3000).map(|n| format!("text {}", n % 700)).collect();
        let list = |texts: &[String]| {
            let mut list = List::default();
            texts.iter().for_each(|text| assert!(dictionary.list(&mut list, |all| all.push_str(text))));
            list
        };
        let lists: Vec<_> = texts.chunks(1000).map(list).collect();
        let mut entries = dictionary.add(&lists[..1]);
        entries.extend(dictionary.add(&lists[1..]));
        let entries: Vec<_> = entries.into_iter().flatten().flatten().collect();
        assert_eq!(entries.len(), texts.len(), "there is room for all");
        for (text, entry) in texts.iter().zip(&entries) {
            assert_eq!(dictionary.get(*entry), text, "a text is found by its number");
        }
        let chunks: Vec<_> = (0..dictionary.chunks()).flat_map(|chunk| dictionary.chunk(chunk)).collect();
        assert_eq!((chunks.len(), dictionary.len()), (700, 700), "each text is kept once");
        for (entry, letters) in chunks {
            assert!(entries.contains(&entry), "a chunk numbers its texts as they were added");
            assert_eq!(letters, Letters::of(dictionary.get(entry)), "letters are those of their text");
        }
    }

    #[test]
    fn what_has_a_text_has_its_letters() {
        for (text, part) in [("a clockwork orange", "work o"), ("雪国", "国"), ("abc", ""), ("1984", "84")]
        {
            assert!(Letters::of(text).may_have(Letters::of(part)), "{part} is in {text}");
        }
        assert!(!Letters::of("a clockwork orange").may_have(Letters::of("mind")), "there is no m");
    }
}
