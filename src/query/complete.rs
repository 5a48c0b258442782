//! Completes the word of a query that is being typed.

use super::tree::{Feature, Field, State, Term, Text};
use super::value::KEYS;

/// The maximum number of values offered.
const MOST: usize = 100;

/// Where the word that is being typed begins in a line, and its completions: a key, or one of the values that reviews
/// have. There are none inside quotation marks.
#[must_use]
pub fn complete(line: &str, values: impl FnOnce(Field) -> Vec<String>) -> (usize, Vec<String>) {
    let start = line.rfind(|c: char| c.is_whitespace() || c == '(').map_or(0, |at| at + 1);
    let start = start + usize::from(line[start..].starts_with('-'));
    if line[..start].matches('"').count() % 2 == 1 {
        return (start, Vec::new());
    }
    let offered = match line[start..].split_once(':') {
        None => of_table(KEYS.iter().copied(), &line[start..]).map(|key| format!("{key}:")).collect(),
        Some((key, part)) => of_key(&key.to_lowercase(), part, values),
    };
    (start, offered)
}

fn of_key(key: &str, part: &str, values: impl FnOnce(Field) -> Vec<String>) -> Vec<String> {
    let named = |name: &str| format!("{key}:{name}");
    if let Some((_, field)) = Field::ALL.iter().find(|(name, _)| *name == key) {
        let part = part.trim_start_matches('"').to_lowercase();
        let mut values: Vec<_> =
            values(*field).into_iter().filter(|value| value.to_lowercase().starts_with(&part)).collect();
        values.sort_unstable();
        values.dedup();
        values.truncate(MOST);
        let term = |value: &String| Some(Term::Field(*field, Text::new(value)?).to_string());
        return values.iter().filter_map(term).collect();
    }
    match key {
        "is" => of_table(State::ALL.iter().map(|(name, _)| *name), part).map(named).collect(),
        "has" => of_table(Feature::ALL.iter().map(|(name, _)| *name), part).map(named).collect(),
        _ => Vec::new(),
    }
}

/// The names in a table that begin like this.
fn of_table<'t>(names: impl Iterator<Item = &'t str>, part: &str) -> impl Iterator<Item = &'t str> {
    names.filter(move |name| name.starts_with(&part.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_becomes_a_key_or_a_value() {
        let values = |field| match field {
            Field::Tag => ["slow", "science fiction", "Slow", "classic"].map(str::to_owned).to_vec(),
            _ => Vec::new(),
        };
        for (line, start, offered) in [
            ("k", 0, &["kind:"][..]),
            ("(dune or -r", 10, &["reviewer:", "rating:"]),
            ("is:", 0, &["is:read", "is:unread", "is:problem", "is:opened", "is:started", "is:finished"]),
            ("dune has:S", 5, &["has:spoilers"]),
            ("tag:sl", 0, &["tag:Slow", "tag:slow"]),
            ("-tag:sc", 1, &["tag:\"science fiction\""]),
            ("by:x", 0, &[]),
            ("year:19", 0, &[]),
            ("\"a k", 3, &[]),
        ] {
            let expected: Vec<_> = offered.iter().map(|offer| (*offer).to_owned()).collect();
            assert_eq!(complete(line, values), (start, expected), "{line}");
        }
    }
}
