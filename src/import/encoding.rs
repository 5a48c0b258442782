//! Bytes to text: UTF-8, UTF-16, and the code page of Western Windows for what is neither.
//!
//! It knows nothing of what the text says.

use std::borrow::Cow;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// A file as UTF-8, where it is UTF-16 with or without a byte order mark; any other file as it is, without its mark.
pub(super) fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    let units = |read: fn([u8; 2]) -> u16, bytes: &[u8]| {
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| read(*pair));
        let text: String = char::decode_utf16(units).map(|c| c.unwrap_or('\u{fffd}')).collect();
        Cow::Owned(text.into_bytes())
    };
    match bytes {
        // The mark of UTF-32 begins like that of UTF-16, and nobody writes reviews in it.
        [0xff, 0xfe, 0, 0, ..] => bytes.into(),
        [0xff, 0xfe, rest @ ..] => units(u16::from_le_bytes, rest),
        [0xfe, 0xff, rest @ ..] => units(u16::from_be_bytes, rest),
        _ => match utf16_without_mark(bytes) {
            Some(Endian::Little) => units(u16::from_le_bytes, bytes),
            Some(Endian::Big) => units(u16::from_be_bytes, bytes),
            None => bytes.strip_prefix(UTF8_MARK).unwrap_or(bytes).into(),
        },
    }
}

enum Endian {
    Little,
    Big,
}

/// Text in Latin letters has a NUL in nearly every unit of UTF-16, and always on the same side.
fn utf16_without_mark(bytes: &[u8]) -> Option<Endian> {
    const LOOKED_AT: usize = 4000;
    let (pairs, _) = bytes[..bytes.len().min(LOOKED_AT)].as_chunks::<2>();
    let (mut first, mut second) = (0, 0);
    for pair in pairs {
        first += usize::from(pair[0] == 0);
        second += usize::from(pair[1] == 0);
    }
    let is_even = bytes.len().is_multiple_of(2) && pairs.len() >= 4;
    let is_most = |count: usize| is_even && count * 10 >= pairs.len() * 7;
    match (is_most(first), is_most(second)) {
        (false, true) if first == 0 => Some(Endian::Little),
        (true, false) if second == 0 => Some(Endian::Big),
        _ => None,
    }
}

/// Text that is not UTF-8 was written on Windows: each byte is a character of code page 1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => bytes
            .iter()
            .map(|byte| match byte {
                0x80..=0x9f => HIGH.chars().nth(usize::from(byte - 0x80)).unwrap_or('\u{fffd}'),
                byte => char::from(*byte),
            })
            .collect::<String>()
            .into(),
    }
}

/// Whether a text that is not UTF-8 can be one of the Western code page: there most letters are those of ASCII. In any other,
/// the marks of its language would not be seen.
pub(super) fn is_western(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    std::str::from_utf8(bytes).is_ok() || high * 5 < bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_the_encodings_that_people_have() {
        let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<_>>();
        let text = "Les Misérables, naïve — 👍";
        for (bytes, expected) in [
            (text.as_bytes().to_vec(), text),
            (format!("\u{feff}{text}").into_bytes(), text),
            (little(&format!("\u{feff}{text}")), text),
            (big(&format!("\u{feff}{text}")), text),
            (little(text), text),
            (big(text), text),
            (b"Mis\xe9rables \x96 ok".to_vec(), "Misérables – ok"),
            (Vec::new(), ""),
        ] {
            assert_eq!(decode(&utf8(&bytes)), expected, "{bytes:?}");
        }
    }

    #[test]
    fn only_western_text_is_taken_for_windows() {
        assert!(is_western(b"Mis\xe9rables, una ni\xf1a"), "a few letters are high");
        assert!(!is_western(b"\xcf\xf0\xe8\xe2\xe5\xf2 \xec\xe8\xf0"), "nearly all letters are high");
        assert!(is_western("Привет мир".as_bytes()), "UTF-8 is never in doubt");
    }
}
