//! The full reader of review files, which accepts all of TOML and reports every fault.
//!
//! Faults are our own text, with the key and the position but never a value, which may be hidden text. This is why it
//! walks the parsed tree instead of deriving `Deserialize`, whose messages quote values.

mod division;

use std::borrow::Cow;
use std::cell::OnceCell;

use toml::de::{DeArray, DeTable, DeValue};

use super::fault::{Fault, Faults};
use super::keys::Place;
use super::raw::{At, RawPassage, RawReview, RawWork, Scalar, Spoiler, Text};

/// Reads a file, or reports everything that is wrong with its form.
pub(super) fn read(source: &str) -> Result<RawReview<'_>, Vec<Fault>> {
    let table = DeTable::parse(source).map_err(|error| vec![not_toml(source, &error)])?;
    let mut walk = Walk { source, faults: Faults::default(), quotable: OnceCell::new() };
    let review = walk.review(table.into_inner());
    walk.faults.or(review)
}

/// The parser's descriptions are fixed phrases. Its `Display` quotes the line, so it is not used.
fn not_toml(source: &str, error: &toml::de::Error) -> Fault {
    let description = error.message().lines().next().unwrap_or_default();
    let reason = format!("not valid TOML: {description}");
    match error.span() {
        Some(span) => Fault::at(source, span.start, reason),
        None => Fault::whole(reason),
    }
}

type Spanned<'s> = toml::Spanned<DeValue<'s>>;

struct Walk<'s> {
    source: &'s str,
    faults: Faults,
    /// See [`quotable`](Self::quotable).
    quotable: OnceCell<usize>,
}

impl<'s> Walk<'s> {
    fn review(&mut self, table: DeTable<'s>) -> RawReview<'s> {
        let mut review = RawReview::default();
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "title" => review.title = self.text("title", value),
                "reviewer" => review.reviewer = self.text("reviewer", value),
                "date" => review.date = self.date(value),
                "rating" => review.rating = self.scalar("rating", "a number or text", value),
                "tags" => review.tags = self.texts("tags", value),
                "link" => review.link = self.text("link", value),
                "spoilers" => review.spoilers = self.flag("spoilers", value),
                "seen" => review.seen = self.scalar("seen", "a number or an episode", value),
                "work" => review.work = self.work(value),
                "passage" => review.passages = self.passages(value),
                _ => self.unknown(&key, Place::Top),
            }
        }
        review
    }

    fn work(&mut self, value: Spanned<'s>) -> Option<RawWork<'s>> {
        let at = value.span().start;
        let DeValue::Table(table) = value.into_inner() else {
            self.wrong_type("work", "a table: write [work] on a line of its own", at);
            return None;
        };
        let mut work = RawWork { at, ..RawWork::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "title" => work.title = self.text("title", value),
                "kind" => work.kind = self.text("kind", value),
                "year" => work.year = self.year(value),
                "by" => work.by = self.texts("by", value),
                "unit" => work.unit = self.text("unit", value),
                name => {
                    if self.division(name, value, &mut work.division).is_some() {
                        self.unknown(&key, Place::Work);
                    }
                }
            }
        }
        Some(work)
    }

    fn passages(&mut self, value: Spanned<'s>) -> Vec<RawPassage<'s>> {
        let at = value.span().start;
        let DeValue::Array(array) = value.into_inner() else {
            self.wrong_type("passage", "a list of tables: write [[passage]], with two brackets", at);
            return Vec::new();
        };
        array.into_iter().filter_map(|value| self.passage(value)).collect()
    }

    fn passage(&mut self, value: Spanned<'s>) -> Option<RawPassage<'s>> {
        let at = value.span().start;
        let DeValue::Table(table) = value.into_inner() else {
            self.wrong_type("passage", "a list of tables: write [[passage]] above each", at);
            return None;
        };
        let mut passage = RawPassage { at, ..RawPassage::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "spoiler" => passage.spoiler = self.spoiler(value),
                "after" => passage.after = self.scalar("after", "a number or an episode", value),
                "text" => passage.text = self.text("text", value),
                _ => self.unknown(&key, Place::Passage),
            }
        }
        Some(passage)
    }

    fn spoiler(&mut self, value: Spanned<'s>) -> Option<At<Spoiler<'s>>> {
        let at = value.span().start;
        let value = match value.into_inner() {
            DeValue::Boolean(flag) => Spoiler::Flag(flag),
            DeValue::String(label) => Spoiler::Label(label),
            _ => {
                self.wrong_type("spoiler", "true, or a label in quotes", at);
                return None;
            }
        };
        Some(At { value, at })
    }

    fn text(&mut self, key: &str, value: Spanned<'s>) -> Text<'s> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::String(value) => Some(At { value, at }),
            _ => {
                self.wrong_type(key, "text in quotes", at);
                None
            }
        }
    }

    fn texts(&mut self, key: &str, value: Spanned<'s>) -> Option<At<Vec<Cow<'s, str>>>> {
        let at = value.span().start;
        let texts = match value.into_inner() {
            DeValue::Array(array) => all_texts(array),
            _ => None,
        };
        if texts.is_none() {
            self.wrong_type(key, "a list of strings, as in [\"one\", \"two\"]", at);
        }
        texts.map(|value| At { value, at })
    }

    fn flag(&mut self, key: &str, value: Spanned<'s>) -> Option<At<bool>> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Boolean(value) => Some(At { value, at }),
            _ => {
                self.wrong_type(key, "true or false", at);
                None
            }
        }
    }

    fn date(&mut self, value: Spanned<'s>) -> Option<At<toml::value::Datetime>> {
        let at = value.span().start;
        match value.into_inner() {
            DeValue::Datetime(value) => Some(At { value, at }),
            _ => {
                self.wrong_type("date", "a date without quotes, as in 2012-02-05", at);
                None
            }
        }
    }

    fn year(&mut self, value: Spanned<'s>) -> Option<At<i64>> {
        let at = value.span().start;
        let year = match value.into_inner() {
            DeValue::Integer(year) => i64::from_str_radix(year.as_str(), year.radix()).ok(),
            _ => None,
        };
        if year.is_none() {
            self.wrong_type("year", "a whole number without quotes", at);
        }
        year.map(|value| At { value, at })
    }

    fn scalar(&mut self, key: &str, kind: &str, value: Spanned<'s>) -> Option<At<Scalar<'s>>> {
        let at = value.span().start;
        let scalar = match value.into_inner() {
            DeValue::String(text) => Some(Scalar::Text(text)),
            DeValue::Float(float) => float.as_str().parse().ok().map(Scalar::Number),
            #[expect(clippy::cast_precision_loss, reason = "no rating or gate is that large")]
            DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
                .ok()
                .map(|integer| Scalar::Number(integer as f64)),
            _ => None,
        };
        if scalar.is_none() {
            self.wrong_type(key, kind, at);
        }
        scalar.map(|value| At { value, at })
    }

    fn wrong_type(&mut self, key: &str, expected: &str, at: usize) {
        self.faults.add(self.source, Some(at), format!("`{key}` must be {expected}"));
    }

    /// The offset before which an unknown key may be quoted. A string that ends too early spills its text into keys,
    /// and no hidden text can come before this offset.
    fn quotable(&self) -> usize {
        *self.quotable.get_or_init(|| match self.source.contains("spoilers") {
            true => 0,
            false => self.source.find("passage").map_or(self.source.len(), |at| at + 1),
        })
    }

    fn unknown(&mut self, key: &toml::Spanned<Cow<'s, str>>, place: Place) {
        let name = key.get_ref();
        let is_name = key.span().start < self.quotable()
            && name.len() <= 24
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b));
        let quoted = if is_name { format!("unknown key `{name}`") } else { "unknown key".to_owned() };
        let reason = format!("{quoted} {}; {}", place.phrase(), place.help(name));
        self.faults.add(self.source, Some(key.span().start), reason);
    }
}

impl Place {
    fn phrase(self) -> &'static str {
        match self {
            Place::Top => "here",
            Place::Work => "in [work]",
            Place::Passage => "in [[passage]]",
            Place::Part => "in [[work.part]]",
            Place::Numbering => "in [[work.numbering]]",
            Place::Edition => "in [[work.edition]]",
        }
    }

    /// Suggests a fix for an unknown key: a similar key, the table that it belongs in, or the keys that are known here.
    fn help(self, name: &str) -> String {
        let likeness = |known: &str| strsim::normalized_damerau_levenshtein(known, start(name));
        let nearest = self.keys().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        let elsewhere =
            Place::ALL.into_iter().find(|place| *place != self && place.keys().any(|known| known == name));
        match (nearest.filter(|known| likeness(known) > 0.6), elsewhere) {
            (Some(known), _) => format!("the nearest known one is `{known}`"),
            (None, Some(Place::Top)) => "it belongs at the top of the file, above [work]".to_owned(),
            (None, Some(place)) => format!("it belongs {}", place.phrase()),
            (None, None) => format!("the keys known here are {}", self.keys().collect::<Vec<_>>().join(", ")),
        }
    }
}

/// The beginning of a name, just long enough to compare it with a key.
fn start(name: &str) -> &str {
    &name[..name.floor_char_boundary(32)]
}

fn all_texts(array: DeArray<'_>) -> Option<Vec<Cow<'_, str>>> {
    array
        .into_iter()
        .map(|item| match item.into_inner() {
            DeValue::String(text) => Some(text),
            _ => None,
        })
        .collect()
}
