//! The fast path for reading review files.
//!
//! Nearly every file has the same plain form: top-level keys, `[work]`, then `[[passage]]` tables, with one known key
//! and value per line. This reader takes such a file from the parser's events, without building a tree, at half the
//! cost. It gives up on anything else (a dotted key, an inline table, a repeated or unknown key, a value of another
//! type, any error) and leaves it to [`super::schema`], which reads all of TOML and reports errors. A property test
//! checks that both agree on every file that both can read.

use std::borrow::Cow;

use toml_parser::Source;
use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::lexer::Token;
use toml_parser::parser::{EventReceiver, ValidateWhitespace, parse_document};
use toml_parser::{ErrorSink, ParseError, Raw, Span};

use super::raw::{At, RawPassage, RawReview, RawWork, Scalar, Spoiler, Text};

/// Reads a file in plain form. `tokens` is a buffer that is kept from file to file.
pub(super) fn read<'s>(source: &'s str, tokens: &mut Vec<Token>) -> Option<RawReview<'s>> {
    let source = Source::new(source);
    tokens.clear();
    tokens.extend(source.lex());
    let mut reader = Reader { source, review: RawReview::default(), table: Table::Top, state: State::Ready };
    let mut failed = Failed(false);
    parse_document(tokens, &mut ValidateWhitespace::new(&mut reader, source), &mut failed);
    (!failed.0 && reader.state == State::Ready).then_some(reader.review)
}

/// The table that keys belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Top,
    Work,
    Passage,
}

/// Where in a line the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Between key and value pairs.
    Ready,
    /// Inside `[…]`, which opened at `at`, before the name.
    Header { list: bool, at: usize },
    /// Inside `[…]`, after the name.
    HeaderNamed,
    /// After a key, before its value.
    Key(Key),
    /// Inside the array of this key.
    List(Key),
    /// The file is not in plain form.
    GaveUp,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Title,
    Reviewer,
    Date,
    Rating,
    Tags,
    Link,
    Spoilers,
    WorkTitle,
    WorkKind,
    WorkYear,
    WorkBy,
    WorkUnit,
    Spoiler,
    After,
    PassageText,
}

impl Key {
    fn named(table: Table, name: &str) -> Option<Key> {
        Some(match (table, name) {
            (Table::Top, "title") => Key::Title,
            (Table::Top, "reviewer") => Key::Reviewer,
            (Table::Top, "date") => Key::Date,
            (Table::Top, "rating") => Key::Rating,
            (Table::Top, "tags") => Key::Tags,
            (Table::Top, "link") => Key::Link,
            (Table::Top, "spoilers") => Key::Spoilers,
            (Table::Work, "title") => Key::WorkTitle,
            (Table::Work, "kind") => Key::WorkKind,
            (Table::Work, "year") => Key::WorkYear,
            (Table::Work, "by") => Key::WorkBy,
            (Table::Work, "unit") => Key::WorkUnit,
            (Table::Passage, "spoiler") => Key::Spoiler,
            (Table::Passage, "after") => Key::After,
            (Table::Passage, "text") => Key::PassageText,
            _ => return None,
        })
    }
}

struct Failed(bool);

impl ErrorSink for Failed {
    fn report_error(&mut self, _: ParseError) {
        self.0 = true;
    }
}

struct Reader<'s> {
    source: Source<'s>,
    review: RawReview<'s>,
    table: Table,
    state: State,
}

impl<'s> Reader<'s> {
    /// Takes a step that returns `None` if the file is not in plain form, in which case it gives up.
    fn step(&mut self, step: impl FnOnce(&mut Self) -> Option<State>) {
        if self.state != State::GaveUp {
            self.state = step(self).unwrap_or(State::GaveUp);
        }
    }

    fn open_table(&mut self, list: bool, at: usize, name: &str) -> Option<State> {
        self.table = match (list, name) {
            (false, "work") if self.review.work.is_none() => {
                self.review.work = Some(RawWork { at, ..RawWork::default() });
                Table::Work
            }
            (true, "passage") => {
                self.review.passages.push(RawPassage { at, ..RawPassage::default() });
                Table::Passage
            }
            _ => return None,
        };
        Some(State::HeaderNamed)
    }

    fn text_slot(&mut self, key: Key) -> Option<&mut Text<'s>> {
        let review = &mut self.review;
        Some(match key {
            Key::Title => &mut review.title,
            Key::Reviewer => &mut review.reviewer,
            Key::Link => &mut review.link,
            Key::WorkTitle => &mut review.work.as_mut()?.title,
            Key::WorkKind => &mut review.work.as_mut()?.kind,
            Key::WorkUnit => &mut review.work.as_mut()?.unit,
            Key::PassageText => &mut review.passages.last_mut()?.text,
            _ => return None,
        })
    }

    fn list_slot(&mut self, key: Key) -> Option<&mut Option<At<Vec<Cow<'s, str>>>>> {
        match key {
            Key::Tags => Some(&mut self.review.tags),
            Key::WorkBy => Some(&mut self.review.work.as_mut()?.by),
            _ => None,
        }
    }

    fn value(&mut self, key: Key, span: Span, encoding: Option<Encoding>) -> Option<State> {
        let (at, kind, text) = self.decode(span, encoding)?;
        if let ScalarKind::String = kind {
            return self.text_value(key, at, text);
        }
        let passage = self.review.passages.last_mut();
        match (key, kind) {
            (Key::Date, ScalarKind::DateTime) => set(&mut self.review.date, at, text.parse().ok()?),
            (Key::Rating, _) => set(&mut self.review.rating, at, Scalar::Number(number(kind, &text)?)),
            (Key::Spoilers, ScalarKind::Boolean(flag)) => set(&mut self.review.spoilers, at, flag),
            (Key::WorkYear, ScalarKind::Integer(_)) => {
                set(&mut self.review.work.as_mut()?.year, at, integer(kind, &text)?)
            }
            (Key::Spoiler, ScalarKind::Boolean(flag)) => set(&mut passage?.spoiler, at, Spoiler::Flag(flag)),
            (Key::After, _) => set(&mut passage?.after, at, Scalar::Number(number(kind, &text)?)),
            _ => None,
        }
    }

    fn text_value(&mut self, key: Key, at: usize, text: Cow<'s, str>) -> Option<State> {
        match key {
            Key::Rating => set(&mut self.review.rating, at, Scalar::Text(text)),
            Key::Spoiler => set(&mut self.review.passages.last_mut()?.spoiler, at, Spoiler::Label(text)),
            Key::After => set(&mut self.review.passages.last_mut()?.after, at, Scalar::Text(text)),
            _ => set(self.text_slot(key)?, at, text),
        }
    }

    fn item(&mut self, key: Key, span: Span, encoding: Option<Encoding>) -> Option<State> {
        let (_, kind, text) = self.decode(span, encoding)?;
        let ScalarKind::String = kind else {
            return None;
        };
        self.list_slot(key)?.as_mut()?.value.push(text);
        Some(State::List(key))
    }

    fn decode(&self, span: Span, encoding: Option<Encoding>) -> Option<(usize, ScalarKind, Cow<'s, str>)> {
        let text = self.source.get(span)?.as_str();
        if let Some(Encoding::MlLiteralString) = encoding {
            return Some((span.start(), ScalarKind::String, Cow::Borrowed(long_literal(text)?)));
        }
        let raw = Raw::new_unchecked(text, encoding, span);
        let (mut text, mut failed) = (Cow::Borrowed(""), Failed(false));
        let kind = raw.decode_scalar(&mut text, &mut failed);
        (!failed.0).then_some((span.start(), kind, text))
    }
}

/// The text between `'''` and `'''`, unchanged. Most of a library is such text, so it is scanned many bytes at a time,
/// while the parser takes them one by one. Control characters, including carriage returns, are left to the full reader.
fn long_literal(raw: &str) -> Option<&str> {
    let text = raw.strip_prefix("'''")?.strip_suffix("'''")?;
    let is_control = |b: &u8| (*b < 0x20 && *b != b'\n' && *b != b'\t') || *b == 0x7f;
    let has_control = text.as_bytes().iter().fold(false, |found, b| found | is_control(b));
    (!has_control).then(|| text.strip_prefix('\n').unwrap_or(text))
}

/// Fills an empty slot. A repeated key is not plain form.
fn set<T>(slot: &mut Option<At<T>>, at: usize, value: T) -> Option<State> {
    slot.is_none().then(|| *slot = Some(At { value, at }))?;
    Some(State::Ready)
}

fn integer(kind: ScalarKind, text: &str) -> Option<i64> {
    match kind {
        ScalarKind::Integer(radix) => i64::from_str_radix(text, radix.value()).ok(),
        _ => None,
    }
}

fn number(kind: ScalarKind, text: &str) -> Option<f64> {
    match kind {
        ScalarKind::Float => text.parse().ok(),
        #[expect(clippy::cast_precision_loss, reason = "no rating or gate is that large")]
        _ => integer(kind, text).map(|integer| integer as f64),
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.step(|_| Some(State::Header { list: false, at: span.start() }));
    }

    fn std_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.step(|reader| (reader.state == State::HeaderNamed).then_some(State::Ready));
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.step(|_| Some(State::Header { list: true, at: span.start() }));
    }

    fn array_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.step(|reader| (reader.state == State::HeaderNamed).then_some(State::Ready));
    }

    fn inline_table_open(&mut self, _: Span, _: &mut dyn ErrorSink) -> bool {
        self.step(|_| None);
        false
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.step(|reader| {
            let State::Key(key) = reader.state else {
                return None;
            };
            set(reader.list_slot(key)?, span.start(), Vec::new())?;
            Some(State::List(key))
        });
        // An array that is not entered is not parsed, which saves the stack from a thousand nested brackets.
        self.state != State::GaveUp
    }

    fn array_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.step(|reader| matches!(reader.state, State::List(_)).then_some(State::Ready));
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        self.step(|reader| {
            let name = reader.source.get(span).filter(|_| encoding.is_none())?.as_str();
            match reader.state {
                State::Header { list, at } => reader.open_table(list, at, name),
                State::Ready => Key::named(reader.table, name).map(State::Key),
                _ => None,
            }
        });
    }

    fn key_sep(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.step(|_| None);
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, _: &mut dyn ErrorSink) {
        self.step(|reader| match reader.state {
            State::Key(key) => reader.value(key, span, encoding),
            State::List(key) => reader.item(key, span, encoding),
            _ => None,
        });
    }

    fn error(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.step(|_| None);
    }
}
