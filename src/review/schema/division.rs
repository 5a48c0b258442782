//! The keys of `[work]` that say how it is divided.

use toml::de::{DeTable, DeValue};

use super::{Place, Spanned, Walk};
use crate::review::raw::{At, RawDivision, RawEdition, RawNumbering, RawPart};

impl<'s> Walk<'s> {
    /// Consumes a key of `[work]` if it is about the work's division, and returns it if not.
    pub(super) fn division(
        &mut self,
        key: &str,
        value: Spanned<'s>,
        division: &mut RawDivision<'s>,
    ) -> Option<Spanned<'s>> {
        match key {
            "episodes" => division.episodes = self.numbers("episodes", value),
            "length" => division.length = self.number("length", value),
            "part" => division.parts = self.tables("part", value, Self::part),
            "numbering" => division.numberings = self.tables("numbering", value, Self::numbering),
            "edition" => division.editions = self.tables("edition", value, Self::edition),
            _ => return Some(value),
        }
        None
    }

    fn part(&mut self, at: usize, table: DeTable<'s>) -> RawPart<'s> {
        let mut part = RawPart { at, ..RawPart::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => part.name = self.text("name", value),
                "ends" => part.ends = self.scalar("ends", "a number or an episode", value),
                _ => self.unknown(&key, Place::Part),
            }
        }
        part
    }

    fn numbering(&mut self, at: usize, table: DeTable<'s>) -> RawNumbering<'s> {
        let mut numbering = RawNumbering { at, ..RawNumbering::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => numbering.name = self.text("name", value),
                "episodes" => numbering.episodes = self.numbers("episodes", value),
                "order" => numbering.order = self.numbers("order", value),
                _ => self.unknown(&key, Place::Numbering),
            }
        }
        numbering
    }

    fn edition(&mut self, at: usize, table: DeTable<'s>) -> RawEdition<'s> {
        let mut edition = RawEdition { at, ..RawEdition::default() };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => edition.name = self.text("name", value),
                "pages" => edition.pages = self.number("pages", value),
                "starts" => edition.starts = self.numbers("starts", value),
                _ => self.unknown(&key, Place::Edition),
            }
        }
        edition
    }

    fn tables<T>(
        &mut self,
        key: &str,
        value: Spanned<'s>,
        read: fn(&mut Self, usize, DeTable<'s>) -> T,
    ) -> Vec<T> {
        let at = value.span().start;
        let expected = format!("a list of tables: write [[work.{key}]] above each");
        let DeValue::Array(array) = value.into_inner() else {
            self.wrong_type(key, &expected, at);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for value in array {
            let at = value.span().start;
            match value.into_inner() {
                DeValue::Table(table) => tables.push(read(self, at, table)),
                _ => self.wrong_type(key, &expected, at),
            }
        }
        tables
    }

    fn number(&mut self, key: &str, value: Spanned<'s>) -> Option<At<u32>> {
        let at = value.span().start;
        let number = whole(value.into_inner());
        if number.is_none() {
            self.wrong_type(key, "a whole number without quotes", at);
        }
        number.map(|value| At { value, at })
    }

    fn numbers(&mut self, key: &str, value: Spanned<'s>) -> Option<At<Vec<u32>>> {
        let at = value.span().start;
        let numbers = match value.into_inner() {
            DeValue::Array(array) => array.into_iter().map(|item| whole(item.into_inner())).collect(),
            _ => None,
        };
        if numbers.is_none() {
            self.wrong_type(key, "a list of whole numbers, as in [10, 13, 8]", at);
        }
        numbers.map(|value| At { value, at })
    }
}

fn whole(value: DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(number) => {
            u32::try_from(i64::from_str_radix(number.as_str(), number.radix()).ok()?).ok()
        }
        _ => None,
    }
}
