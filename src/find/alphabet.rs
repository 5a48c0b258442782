//! The order of letters in the reader's language.
//!
//! Titles and names are sorted by the Unicode Collation Algorithm (UTS #10) in CLDR's root order, which suits most
//! languages: accents and case matter only between texts that are otherwise equal. Some languages sort letters of their
//! own after others, as Swedish sorts å, ä and ö after z. ICU's data for them takes about a megabyte, so those
//! letters are listed here, in CLDR's order.

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;

/// The additional letters of a language, each list with the letter that it follows.
type Letters = &'static [(&'static str, &'static [&'static str])];

/// The alphabet that titles and names are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Alphabet(Letters);

const DANISH: Letters = &[("z", &["æ", "ø", "å"])];
const SOUTH_SLAVIC: Letters =
    &[("c", &["č", "ć"]), ("d", &["dž", "đ"]), ("l", &["lj"]), ("n", &["nj"]), ("s", &["š"]), ("z", &["ž"])];
const SWEDISH: Letters = &[("z", &["å", "ä", "ö"])];
const TURKISH: Letters =
    &[("c", &["ç"]), ("g", &["ğ"]), ("h", &["ı"]), ("o", &["ö"]), ("s", &["ş"]), ("u", &["ü"])];

/// By the language's code (ISO 639).
const ALPHABETS: [(&str, Letters); 22] = [
    ("az", TURKISH),
    ("bs", SOUTH_SLAVIC),
    ("cs", &[("c", &["č"]), ("h", &["ch"]), ("r", &["ř"]), ("s", &["š"]), ("z", &["ž"])]),
    ("da", DANISH),
    ("es", &[("n", &["ñ"])]),
    ("et", &[("s", &["š", "z", "ž"]), ("w", &["õ", "ä", "ö", "ü"])]),
    ("fi", SWEDISH),
    ("hr", SOUTH_SLAVIC),
    ("hu", &[("c", &["cs"]), ("o", &["ö", "ő"]), ("s", &["sz"]), ("u", &["ü", "ű"]), ("z", &["zs"])]),
    (
        "is",
        &[
            ("a", &["á"]),
            ("d", &["ð"]),
            ("e", &["é"]),
            ("i", &["í"]),
            ("o", &["ó"]),
            ("u", &["ú"]),
            ("y", &["ý"]),
            ("z", &["þ", "æ", "ö", "å"]),
        ],
    ),
    ("lt", &[("c", &["č"]), ("s", &["š"]), ("z", &["ž"])]),
    (
        "lv",
        &[
            ("c", &["č"]),
            ("g", &["ģ"]),
            ("k", &["ķ"]),
            ("l", &["ļ"]),
            ("n", &["ņ"]),
            ("r", &["ŗ"]),
            ("s", &["š"]),
            ("z", &["ž"]),
        ],
    ),
    ("nb", DANISH),
    ("nn", DANISH),
    ("no", DANISH),
    (
        "pl",
        &[
            ("a", &["ą"]),
            ("c", &["ć"]),
            ("e", &["ę"]),
            ("l", &["ł"]),
            ("n", &["ń"]),
            ("o", &["ó"]),
            ("s", &["ś"]),
            ("z", &["ź", "ż"]),
        ],
    ),
    ("ro", &[("a", &["ă", "â"]), ("i", &["î"]), ("s", &["ș"]), ("t", &["ț"])]),
    ("sk", &[("a", &["ä"]), ("c", &["č"]), ("h", &["ch"]), ("o", &["ô"]), ("s", &["š"]), ("z", &["ž"])]),
    ("sl", &[("c", &["č", "ć"]), ("d", &["đ"]), ("s", &["š"]), ("z", &["ž"])]),
    ("sr", SOUTH_SLAVIC),
    ("sv", SWEDISH),
    ("tr", TURKISH),
];

/// Sorts after everything else: CLDR's root order gives U+FFFF the highest weight.
const LAST: char = '\u{ffff}';

impl Alphabet {
    /// The alphabet for a locale such as `sv_SE.UTF-8`.
    #[must_use]
    pub fn of(locale: &str) -> Self {
        let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
        let found = ALPHABETS.iter().find(|(code, _)| *code == language);
        Alphabet(found.map_or(&[], |(_, letters)| letters))
    }

    /// The key to sort a text by.
    #[must_use]
    pub(super) fn sort_key(self, text: &str) -> Vec<u8> {
        let collator = CollatorBorrowed::new_root(CollatorOptions::default());
        let mut key = Vec::new();
        // Writing to a vector cannot fail.
        let Ok(()) = collator.write_sort_key_to(&self.tailored(text), &mut key);
        key
    }

    /// Replaces each additional letter by the one that it follows and [`LAST`], so that it sorts after any continuation of
    /// that letter.
    fn tailored(self, text: &str) -> String {
        if self.0.is_empty() {
            return text.to_owned();
        }
        let lower = text.to_lowercase();
        let mut tailored = String::with_capacity(lower.len());
        let mut rest = lower.as_str();
        while let Some(c) = rest.chars().next() {
            let own = self.0.iter().find_map(|(base, letters)| {
                let place = letters.iter().position(|letter| rest.starts_with(letter))?;
                Some((base, letters[place], place))
            });
            match own {
                Some((base, letter, place)) => {
                    tailored.push_str(base);
                    tailored.extend(std::iter::repeat_n(LAST, place + 1));
                    rest = &rest[letter.len()..];
                }
                None => {
                    tailored.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        tailored
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_in_the_order_of_their_language() {
        for (locale, sorted) in [
            (
                "C",
                &[
                    "¡Three Amigos!",
                    "10",
                    "a",
                    "Á",
                    "ab",
                    "étude",
                    "Eve",
                    "Ōkami",
                    "Zorro",
                    "Сталкер",
                    "雪国",
                ][..],
            ),
            ("en_GB.UTF-8", &["Amelie", "Amélie", "Ameliorate", "Über", "Ubik", "Zola"]),
            ("de_DE", &["Apfel", "Äpfel", "Apfelsine", "Zebra"]),
            ("sv_SE.UTF-8", &["Apa", "Zebra", "Zz", "Å", "Åska", "Ära", "Öst"]),
            ("da", &["Zz", "Æble", "Ørsted", "Århus"]),
            ("es_ES", &["nube", "nz", "ñu", "oso"]),
            ("cs", &["cena", "čaj", "hz", "chata", "idea", "sz", "šest"]),
            ("pl_PL", &["la", "lz", "łza", "ma", "zz", "źle", "żaba"]),
            ("et", &["sz", "šž", "zoo", "žanr", "tee", "wz", "õun", "üks", "xi"]),
            ("tr", &["h", "ı", "i", "j"]),
        ] {
            let alphabet = Alphabet::of(locale);
            let mut words = sorted.to_vec();
            words.reverse();
            words.sort_by_key(|word| alphabet.sort_key(word));
            assert_eq!(words, sorted, "{locale}");
        }
    }
}
