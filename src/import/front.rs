//! Front matter: what stands above a text, as YAML, as TOML, or as `key: value` lines.
//!
//! Of YAML, what people write above a text is understood: keys, values in quotes or without, lists of one level.

/// The keys above a text with their values, in order, and the text below.
pub(super) struct Front<'t> {
    pairs: Vec<(String, String)>,
    pub(super) text: &'t str,
}

/// Takes front matter off a text; nothing where there is none.
pub(super) fn split(text: &str) -> Option<Front<'_>> {
    for (fence, is_toml) in [("---", false), ("+++", true)] {
        if let Some(rest) =
            text.strip_prefix(fence).and_then(|rest| rest.trim_start_matches(' ').strip_prefix('\n'))
        {
            let mut at = 0;
            for line in rest.split_inclusive('\n') {
                if line.trim_end() == fence || (!is_toml && line.trim_end() == "...") {
                    let head = &rest[..at];
                    let pairs = if is_toml { toml_pairs(head)? } else { yaml_pairs(head) };
                    return Some(Front { pairs, text: &rest[at + line.len()..] });
                }
                at += line.len();
            }
            return None;
        }
    }
    // Without fences: two such lines at least, up to a blank one.
    let end = text.find("\n\n")?;
    let head = &text[..end];
    let is_pair = |line: &str| {
        line.split_once(':').is_some_and(|(key, value)| {
            let is_key =
                key.len() <= 24 && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"_- ".contains(&b));
            is_key && !key.trim().is_empty() && (value.is_empty() || value.starts_with(' '))
        })
    };
    let is_front = head.lines().count() >= 2 && head.lines().all(is_pair);
    is_front.then(|| Front { pairs: yaml_pairs(head), text: &text[end..] })
}

impl Front<'_> {
    /// The first value of any of these keys.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&str> {
        self.all(keys).into_iter().next()
    }

    /// All values of any of these keys, key by key.
    pub(super) fn all(&self, keys: &[&str]) -> Vec<&str> {
        let of_key = |key: &&str| {
            let key = (*key).to_owned();
            self.pairs
                .iter()
                .filter(move |(name, value)| *name == key && !value.is_empty())
                .map(|(_, value)| &**value)
        };
        keys.iter().flat_map(of_key).collect()
    }
}

fn yaml_pairs(head: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut key = String::new();
    for line in head.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        if let Some(item) = line.trim_start().strip_prefix("- ") {
            pairs.push((key.clone(), unquoted(item)));
            continue;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        key = name.trim().to_lowercase();
        match value.trim().strip_prefix('[').and_then(|list| list.strip_suffix(']')) {
            // A link's text is in brackets too, but has its address behind them.
            Some(list) => pairs.extend(list.split(',').map(|item| (key.clone(), unquoted(item)))),
            None => pairs.push((key.clone(), unquoted(value))),
        }
    }
    pairs
}

fn unquoted(value: &str) -> String {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    if let Some(inner) = inner('"') {
        let mut plain = String::with_capacity(inner.len());
        let mut is_escaped = false;
        for c in inner.chars() {
            is_escaped = c == '\\' && !is_escaped;
            if !is_escaped {
                plain.push(c);
            }
        }
        return plain;
    }
    match inner('\'') {
        Some(inner) => inner.replace("''", "'"),
        None => value.split(" #").next().unwrap_or_default().trim_end().to_owned(),
    }
}

fn toml_pairs(head: &str) -> Option<Vec<(String, String)>> {
    let table: toml::Table = head.parse().ok()?;
    let mut pairs = Vec::new();
    for (key, value) in table {
        let key = key.to_lowercase();
        match value {
            toml::Value::Array(items) => pairs.extend(items.iter().map(|item| (key.clone(), said(item)))),
            value => pairs.push((key, said(&value))),
        }
    }
    Some(pairs)
}

fn said(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}
