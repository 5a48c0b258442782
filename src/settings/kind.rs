//! The kinds of settings, and their values.

use std::fmt;

use toml::de::DeValue;

use crate::document::no_such;

/// The kind of a setting, which limits its values.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// True or false.
    Flag,
    /// A number in a range.
    Number(u16, u16),
    /// A number in a range, or this word.
    NumberOr(u16, u16, &'static str),
    /// One of these words.
    OneOf(fn() -> Vec<String>),
    /// Some of these words, in any order.
    SomeOf(fn() -> Vec<String>),
    /// A query for the list.
    Query,
    /// A name that a file can have, or nothing.
    Name,
    /// The name of a theme. Which themes exist is not known here.
    Theme,
}

/// A value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Of a flag.
    Flag(bool),
    /// Of a number.
    Number(u16),
    /// A word or a text.
    Word(String),
    /// Several words.
    Words(Vec<String>),
}

impl Kind {
    /// Reads a value from a file.
    ///
    /// # Errors
    /// What the value must be instead.
    pub(super) fn read(self, value: &DeValue<'_>) -> Result<Value, String> {
        let value = match value {
            DeValue::Boolean(flag) => Some(Value::Flag(*flag)),
            DeValue::Integer(number) => {
                let number = i64::from_str_radix(number.as_str(), number.radix()).ok();
                number.and_then(|number| u16::try_from(number).ok()).map(Value::Number)
            }
            DeValue::String(text) => Some(Value::Word(text.clone().into_owned())),
            DeValue::Array(values) => {
                let word = |value: &toml::Spanned<DeValue<'_>>| value.get_ref().as_str().map(str::to_owned);
                values.iter().map(word).collect::<Option<_>>().map(Value::Words)
            }
            _ => None,
        };
        value.ok_or_else(|| self.expected()).and_then(|value| self.check(value))
    }

    /// Reads a value from a variable or the command line.
    ///
    /// # Errors
    /// What the value must be instead.
    pub(super) fn parse(self, text: &str) -> Result<Value, String> {
        let word = || Value::Word(text.to_owned());
        self.check(match self {
            Kind::Flag => text.parse().map_or_else(|_| word(), Value::Flag),
            Kind::Number(..) | Kind::NumberOr(..) => text.parse().map_or_else(|_| word(), Value::Number),
            Kind::SomeOf(_) => Value::Words(text.split(',').map(|word| word.trim().to_owned()).collect()),
            Kind::OneOf(_) | Kind::Query | Kind::Name | Kind::Theme => word(),
        })
    }

    fn check(self, value: Value) -> Result<Value, String> {
        match (self, &value) {
            (Kind::Flag, Value::Flag(_)) | (Kind::Theme, Value::Word(_)) => Ok(value),
            (Kind::Number(least, most) | Kind::NumberOr(least, most, _), Value::Number(number))
                if (least..=most).contains(number) =>
            {
                Ok(value)
            }
            (Kind::NumberOr(_, _, word), Value::Word(found)) if found == word => Ok(value),
            (Kind::OneOf(names), Value::Word(word)) => known(word, &names()).map(|()| value),
            (Kind::SomeOf(names), Value::Words(words)) => {
                let names = names();
                words.iter().try_for_each(|word| known(word, &names)).map(|()| value)
            }
            (Kind::Name, Value::Word(name)) if is_name(name) => Ok(value),
            (Kind::Query, Value::Word(query)) => match query.parse::<crate::query::Query>() {
                Ok(_) => Ok(value),
                Err(error) => Err(format!("the query cannot be understood: {}", error.reason)),
            },
            _ => Err(self.expected()),
        }
    }

    /// What a value must be, in words.
    #[must_use]
    pub fn expected(self) -> String {
        match self {
            Kind::Flag => "it must be true or false".to_owned(),
            Kind::Number(least, most) => format!("it must be a number from {least} to {most}"),
            Kind::NumberOr(least, most, word) => {
                format!("it must be \"{word}\" or a number from {least} to {most}")
            }
            Kind::OneOf(names) => format!("it must be one of {}", quoted(&names())),
            Kind::SomeOf(names) => format!("it must be a list of some of {}", quoted(&names())),
            Kind::Query => "it must be a query in quotes, as in the filter".to_owned(),
            Kind::Name => "it must be letters, digits, spaces, - and _ in quotes".to_owned(),
            Kind::Theme => "it must be the name of a theme in quotes".to_owned(),
        }
    }
}

/// Whether a name makes a file name that leads nowhere else.
fn is_name(name: &str) -> bool {
    name.len() <= 64 && name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
}

fn known(word: &str, names: &[String]) -> Result<(), String> {
    let names = names.iter().map(String::as_str);
    if names.clone().any(|name| name == word) { Ok(()) } else { Err(no_such("value", word, names)) }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// Formatted as in a file.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |word: &String| toml::Value::String(word.clone()).to_string();
        match self {
            Value::Flag(flag) => write!(f, "{flag}"),
            Value::Number(number) => write!(f, "{number}"),
            Value::Word(text) => f.write_str(&word(text)),
            Value::Words(words) => write!(f, "[{}]", words.iter().map(word).collect::<Vec<_>>().join(", ")),
        }
    }
}
