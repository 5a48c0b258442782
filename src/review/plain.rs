//! The fast path for reading review files.
//!
//! Nearly every file has the same plain form: top-level keys, `[work]`, then `[[passage]]` tables, with one known key
//! and value per line, and no escapes. This reader takes such a file line by line. It gives up on anything else (a
//! dotted key, an inline table, an escape, a carriage return, a repeated or unknown key, a value of another type, any
//! error) and leaves it to [`super::schema`], which reads all of TOML, reports errors and takes four times as long. A
//! property test checks that both agree on every file that this one reads.

use std::borrow::Cow;

use super::raw::{At, RawPassage, RawReview, RawWork, Scalar, Spoiler};

/// Reads a file in plain form.
pub(super) fn read(source: &str) -> Option<RawReview<'_>> {
    let (mut review, mut table, mut reader) = (RawReview::default(), Table::Top, Reader { source, at: 0 });
    while reader.at < source.len() {
        reader.skip_spaces();
        match reader.next() {
            None | Some(b'\n' | b'#') => {}
            Some(b'[') => table = header(&mut reader, &mut review)?,
            Some(_) => pair(&mut reader, table, &mut review)?,
        }
        reader.end_of_line()?;
    }
    Some(review)
}

/// The table that keys belong to.
#[derive(Clone, Copy)]
enum Table {
    Top,
    Work,
    Passage,
}

fn header(reader: &mut Reader<'_>, review: &mut RawReview<'_>) -> Option<Table> {
    let at = reader.at;
    if review.work.is_none() && reader.take("[work]").is_some() {
        review.work = Some(RawWork { at, ..RawWork::default() });
        return Some(Table::Work);
    }
    reader.take("[[passage]]")?;
    review.passages.push(RawPassage { at, ..RawPassage::default() });
    Some(Table::Passage)
}

fn pair<'s>(reader: &mut Reader<'s>, table: Table, review: &mut RawReview<'s>) -> Option<()> {
    let name = reader.take_while(|b| b.is_ascii_lowercase());
    reader.skip_spaces();
    reader.take("=")?;
    reader.skip_spaces();
    match table {
        Table::Top => match name {
            "title" => set(&mut review.title, reader.text()?),
            "reviewer" => set(&mut review.reviewer, reader.text()?),
            "date" => set(&mut review.date, reader.date()?),
            "rating" => set(&mut review.rating, reader.scalar()?),
            "tags" => set(&mut review.tags, reader.texts()?),
            "link" => set(&mut review.link, reader.text()?),
            "spoilers" => set(&mut review.spoilers, reader.flag()?),
            "seen" => set(&mut review.seen, reader.scalar()?),
            _ => None,
        },
        Table::Work => {
            let work = review.work.as_mut()?;
            match name {
                "title" => set(&mut work.title, reader.text()?),
                "kind" => set(&mut work.kind, reader.text()?),
                "year" => set(&mut work.year, reader.integer()?),
                "by" => set(&mut work.by, reader.texts()?),
                "unit" => set(&mut work.unit, reader.text()?),
                _ => None,
            }
        }
        Table::Passage => {
            let passage = review.passages.last_mut()?;
            match name {
                "spoiler" => set(&mut passage.spoiler, reader.spoiler()?),
                "after" => set(&mut passage.after, reader.scalar()?),
                "text" => set(&mut passage.text, reader.text()?),
                _ => None,
            }
        }
    }
}

/// Fills an empty slot. A repeated key is not plain form.
fn set<T>(slot: &mut Option<At<T>>, value: At<T>) -> Option<()> {
    slot.is_none().then(|| *slot = Some(value))
}

/// Parses a file from its start. Every step returns `None` if what comes next is not in plain form.
struct Reader<'s> {
    source: &'s str,
    /// The offset of the next byte.
    at: usize,
}

impl<'s> Reader<'s> {
    fn text(&mut self) -> Option<At<Cow<'s, str>>> {
        let at = self.at;
        Some(At { value: self.string()?.into(), at })
    }

    fn texts(&mut self) -> Option<At<Vec<Cow<'s, str>>>> {
        let at = self.at;
        let mut value = Vec::new();
        self.take("[")?;
        loop {
            self.skip_white_space();
            if self.take("]").is_some() {
                return Some(At { value, at });
            }
            value.push(self.string()?.into());
            self.skip_white_space();
            if self.next() != Some(b']') {
                self.take(",")?;
            }
        }
    }

    fn scalar(&mut self) -> Option<At<Scalar<'s>>> {
        let at = self.at;
        let value = match self.is_at_quote() {
            true => Scalar::Text(self.string()?.into()),
            false => Scalar::Number(number(self.word())?),
        };
        Some(At { value, at })
    }

    fn spoiler(&mut self) -> Option<At<Spoiler<'s>>> {
        let at = self.at;
        let value = match self.is_at_quote() {
            true => Spoiler::Label(self.string()?.into()),
            false => Spoiler::Flag(self.flag()?.value),
        };
        Some(At { value, at })
    }

    fn flag(&mut self) -> Option<At<bool>> {
        let at = self.at;
        Some(At { value: self.word().parse().ok()?, at })
    }

    fn integer(&mut self) -> Option<At<i64>> {
        let at = self.at;
        let word = self.word();
        number(word)?;
        Some(At { value: word.parse().ok()?, at })
    }

    fn date(&mut self) -> Option<At<toml::value::Datetime>> {
        let at = self.at;
        let word = self.word();
        let is_day = word.len() == "2012-02-05".len() && word.as_bytes()[4] == b'-';
        Some(At { value: is_day.then(|| word.parse().ok()).flatten()?, at })
    }

    /// A string in one of three forms: `"…"` without escapes, `'…'`, `'''…'''`.
    fn string(&mut self) -> Option<&'s str> {
        if self.take("'''").is_some() {
            return self.long_string();
        }
        let quote = self.next().filter(|_| self.is_at_quote())?;
        self.at += 1;
        let text = self.take_while(|b| b != quote && b != b'\\' && !is_control(b));
        self.take(if quote == b'"' { "\"" } else { "'" })?;
        // Three quotes begin a long string, and here one with escapes.
        (!text.is_empty() || !self.is_at_quote()).then_some(text)
    }

    /// The text before `'''`.
    fn long_string(&mut self) -> Option<&'s str> {
        let rest = &self.source[self.at..];
        let quotes = memchr::memchr_iter(b'\'', rest.as_bytes());
        let end = quotes.into_iter().find(|at| rest[*at..].starts_with("'''"))?;
        let text = &rest[..end];
        self.at += end + "'''".len();
        // Most of a library is such text, so it is checked many bytes at a time: the loop never exits early.
        let has_control = text.bytes().fold(false, |any, b| any | (is_control(b) & (b != b'\n')));
        // Up to five quotes in a row may end a string, of which the first two belong to it.
        (!has_control && self.next() != Some(b'\'')).then(|| text.strip_prefix('\n').unwrap_or(text))
    }

    fn word(&mut self) -> &'s str {
        self.take_while(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b))
    }

    fn next(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn is_at_quote(&self) -> bool {
        matches!(self.next(), Some(b'\'' | b'"'))
    }

    fn take(&mut self, expected: &str) -> Option<()> {
        self.source.as_bytes()[self.at..].starts_with(expected.as_bytes()).then(|| self.at += expected.len())
    }

    fn take_while(&mut self, is_part: impl Fn(u8) -> bool) -> &'s str {
        let rest = &self.source[self.at..];
        let length = rest.bytes().position(|b| !is_part(b)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    fn skip(&mut self, is_skipped: impl Fn(u8) -> bool) {
        self.at += self.source.as_bytes()[self.at..].iter().take_while(|b| is_skipped(**b)).count();
    }

    fn skip_spaces(&mut self) {
        self.skip(|b| matches!(b, b' ' | b'\t'));
    }

    fn skip_white_space(&mut self) {
        self.skip(|b| matches!(b, b' ' | b'\t' | b'\n'));
    }

    /// Consumes what may follow a value: spaces and a comment.
    fn end_of_line(&mut self) -> Option<()> {
        self.skip_spaces();
        if self.next() == Some(b'#') {
            self.skip(|b| !is_control(b));
        }
        if self.at < self.source.len() { self.take("\n") } else { Some(()) }
    }
}

/// A control character that TOML does not allow in a line.
fn is_control(byte: u8) -> bool {
    (byte < 0x20 && byte != b'\t') || byte == 0x7f
}

/// A number in the usual notation.
fn number(word: &str) -> Option<f64> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
    // A long number might be rounded differently here, or be out of range.
    (is_number(whole) && is_number(fraction) && !has_leading_zero && word.len() <= 15)
        .then(|| word.parse().ok())
        .flatten()
}
