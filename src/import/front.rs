//! Front matter: facts above a text, in YAML, in TOML, or as `key: value` lines.
//!
//! YAML is read as the events of its parser, so that no alias is ever expanded: front matter never takes more memory
//! than its length.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser};

use super::exported;
use super::fields::{self, Flag};

/// The maximum length of front matter in bytes, and how deeply it may be nested.
const MOST: usize = 64 << 10;
const DEEPEST: usize = 32;

/// The keys above a text with their values in order, and the text below.
pub(super) struct Front<'t> {
    pairs: Vec<Pair>,
    /// Whether it was meant as front matter but cannot be parsed. Whatever looks like a key and its value was used.
    pub(super) is_broken: bool,
    /// Whether anything in it mentions spoilers.
    mentions_spoilers: bool,
    pub(super) text: &'t str,
}

/// A value with its keys, the outermost first. It has no `Debug`: it may be hidden text.
struct Pair {
    keys: Vec<String>,
    value: String,
}

/// Separates front matter from a text; `None` if there is none.
pub(super) fn split(text: &str) -> Option<Front<'_>> {
    for (fence, is_toml) in [("---", false), ("+++", true)] {
        let first = text.split_inclusive('\n').next().unwrap_or_default();
        if first.trim_end() == fence && first.len() < text.len() {
            return fenced(&text[first.len()..], fence, is_toml);
        }
    }
    // Without fences: at least two such lines, up to a blank one.
    let end = text.find("\n\n").unwrap_or(text.len());
    let head = &text[..end];
    let is_front = head.lines().count() >= 2 && head.lines().all(is_pair);
    let pairs = |head: &str| (head.len() <= MOST).then(|| lines(head, ':'));
    is_front.then(|| Front::new(head, pairs(head), &text[end..]))
}

fn fenced<'t>(rest: &'t str, fence: &str, is_toml: bool) -> Option<Front<'t>> {
    let is_end = |line: &str| line.trim_end() == fence || (!is_toml && line.trim_end() == "...");
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        if is_end(line) {
            let (head, text) = (&rest[..at], &rest[at + line.len()..]);
            let pairs = if is_toml { toml_pairs(head) } else { yaml_pairs(head) };
            // Between two rules there may be prose.
            let is_front = pairs.as_ref().is_some_and(|pairs| !pairs.is_empty()) || begins_with_a_key(head);
            return (is_front || head.trim().is_empty()).then(|| Front::new(head, pairs, text));
        }
        at += line.len();
    }
    // The end is missing: whatever looks like front matter is taken for it, up to a blank line.
    let end = rest.find("\n\n").unwrap_or(rest.len());
    begins_with_a_key(rest).then(|| Front::new(&rest[..end], None, &rest[end..]))
}

fn begins_with_a_key(head: &str) -> bool {
    let first = head.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    first.is_some_and(|line| is_pair(line) || line.trim_start().starts_with('[') || key(line, '=').is_some())
}

/// `key: value` with a short key, as people write it without fences.
fn is_pair(line: &str) -> bool {
    key(line, ':').is_some_and(|(_, value)| value.is_empty() || value.starts_with(' '))
}

fn key(line: &str, sign: char) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(sign)?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '"' | '\'' | '.');
    let is_short = key.chars().count() <= 24 && key.chars().all(is_key) && !key.trim().is_empty();
    is_short.then_some((key, value))
}

impl<'t> Front<'t> {
    fn new(head: &str, pairs: Option<Vec<Pair>>, text: &'t str) -> Self {
        let is_broken = pairs.is_none();
        let sign = if head.lines().any(is_pair) { ':' } else { '=' };
        // Of a longer one, only whether it mentions spoilers is known.
        let pairs = pairs.unwrap_or_else(|| lines(&head[..head.floor_char_boundary(MOST)], sign));
        Front { pairs, is_broken, mentions_spoilers: fields::mentions_spoilers(head), text }
    }

    /// The first value of any of these keys.
    pub(super) fn first(&self, keys: &[&str]) -> Option<&str> {
        self.all(keys).into_iter().next()
    }

    /// All values of any of these keys, key by key: those at the top, or else those below another key.
    pub(super) fn all(&self, keys: &[&str]) -> Vec<&str> {
        let is_filled = |pair: &&Pair| !pair.value.is_empty() && !matches!(&*pair.value, "~" | "null");
        let of = |is_at: fn(&Pair) -> bool| -> Vec<&str> {
            let of_key = |key: &&str| {
                let key = (*key).to_owned();
                let is_it = move |pair: &&Pair| is_at(pair) && pair.keys.last() == Some(&key);
                self.pairs.iter().filter(is_filled).filter(is_it).map(|pair| &*pair.value)
            };
            keys.iter().flat_map(of_key).collect()
        };
        let top = of(|pair| pair.keys.len() == 1);
        if top.is_empty() { of(|pair| pair.keys.len() > 1) } else { top }
    }

    /// The value of a key below another one.
    pub(super) fn below(&self, outer: &str, keys: &[&str]) -> Option<&str> {
        let is_it = |pair: &&Pair| match &pair.keys[..] {
            [first, .., last] => first == outer && keys.contains(&&**last),
            _ => false,
        };
        self.pairs.iter().find(is_it).map(|pair| &*pair.value)
    }

    /// The items of a list below another key.
    pub(super) fn list<'f>(&'f self, outer: &'f str, name: &'f str) -> impl Iterator<Item = &'f str> {
        let is_item =
            move |pair: &&Pair| pair.keys.len() == 2 && pair.keys[0] == outer && pair.keys[1] == name;
        // The list itself comes first, and has no value.
        self.pairs.iter().filter(is_item).map(|pair| &*pair.value).skip(1)
    }

    /// Whether anything in it, at any depth, says that the review has spoilers, or it cannot be parsed and mentions
    /// them.
    pub(super) fn has_spoilers(&self) -> bool {
        let is_own = |pair: &Pair| pair.keys.first().is_some_and(|key| key == exported::KEY);
        let says = |pair: &Pair| !is_own(pair) && says_spoilers(pair);
        (self.is_broken && self.mentions_spoilers) || self.pairs.iter().any(says)
    }
}

fn says_spoilers(pair: &Pair) -> bool {
    pair.keys.iter().any(|key| fields::flag(key, &pair.value) == Some(Flag::Spoilers))
        || fields::says_spoilers(&pair.value)
}

fn named(key: &str) -> String {
    key.trim().trim_matches(['"', '\'']).to_lowercase().replace(['-', ' '], "_")
}

/// Lines of a key and a value, for text that looks like YAML but is not.
fn lines(head: &str, sign: char) -> Vec<Pair> {
    let pairs = head.lines().filter_map(|line| {
        let (name, value) = key(line, sign)?;
        let value = value.trim();
        let inner = |quote| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        let value = inner('"').or_else(|| inner('\'')).unwrap_or(value);
        Some(Pair { keys: vec![named(name)], value: value.to_owned() })
    });
    pairs.collect()
}

/// An open structure while parsing YAML.
enum Open {
    /// A mapping, and the key whose value comes next.
    Mapping(Option<String>),
    Sequence,
}

/// Every scalar of a mapping with its keys; `None` if it is not a mapping, or not YAML.
fn yaml_pairs(head: &str) -> Option<Vec<Pair>> {
    if head.len() > MOST {
        return None;
    }
    let (mut pairs, mut open, mut anchors) = (Vec::new(), Vec::<Open>::new(), HashMap::new());
    for event in Parser::new_from_str(head) {
        let (value, is_empty_list) = match event.ok()?.0 {
            Event::Scalar(text, _, anchor, _) => {
                let text = text.into_owned();
                if anchor > 0 {
                    anchors.insert(anchor, text.clone());
                }
                (text, false)
            }
            Event::Alias(anchor) => (anchors.get(&anchor).cloned().unwrap_or_else(|| "*".to_owned()), false),
            Event::MappingStart(..) | Event::SequenceStart(..) if open.len() >= DEEPEST => return None,
            Event::MappingStart(..) => {
                is_value(&open).then_some(())?;
                open.push(Open::Mapping(None));
                continue;
            }
            Event::SequenceStart(..) => {
                is_value(&open).then_some(())?;
                open.push(Open::Sequence);
                (String::new(), true)
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                if let Some(Open::Mapping(key)) = open.last_mut() {
                    *key = None;
                }
                continue;
            }
            _ => continue,
        };
        match open.last_mut() {
            // The presence of a list says something: its key may be a flag.
            Some(Open::Sequence) => pairs.push(Pair { keys: keys(&open), value }),
            Some(Open::Mapping(key @ None)) => *key = Some(named(&value)),
            Some(Open::Mapping(Some(_))) => {
                pairs.push(Pair { keys: keys(&open), value });
                if let Some(Open::Mapping(key)) = open.last_mut() {
                    *key = None;
                }
            }
            // A single scalar is prose, and a list at the top has no keys.
            None => return None,
        }
        if is_empty_list && matches!(open.first(), Some(Open::Sequence)) {
            return None;
        }
    }
    Some(pairs)
}

/// Whether a mapping or a list can begin here: nobody uses one as a key.
fn is_value(open: &[Open]) -> bool {
    !matches!(open.last(), Some(Open::Mapping(None)))
}

fn keys(open: &[Open]) -> Vec<String> {
    let of = |open: &Open| match open {
        Open::Mapping(key) => key.clone(),
        Open::Sequence => None,
    };
    open.iter().filter_map(of).collect()
}

fn toml_pairs(head: &str) -> Option<Vec<Pair>> {
    let table: toml::Table = Some(head).filter(|head| head.len() <= MOST)?.parse().ok()?;
    let mut pairs = Vec::new();
    flatten(&toml::Value::Table(table), &mut Vec::new(), &mut pairs);
    Some(pairs)
}

/// As deep as the parser can read, which has its own limit.
fn flatten(value: &toml::Value, keys: &mut Vec<String>, pairs: &mut Vec<Pair>) {
    let mut add = |value: String| pairs.push(Pair { keys: keys.clone(), value });
    match value {
        toml::Value::String(text) => add(text.clone()),
        toml::Value::Array(items) => {
            add(String::new());
            items.iter().for_each(|item| flatten(item, keys, pairs));
        }
        toml::Value::Table(table) => {
            for (key, value) in table {
                keys.push(named(key));
                flatten(value, keys, pairs);
                keys.pop();
            }
        }
        value => add(value.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_is_seen_wherever_it_stands() {
        for (head, has_spoilers) in [
            ("---\nspoilers: true\n---\n", true),
            ("---\n\"spoilers\": \"true\"\n---\n", true),
            ("---\nparams:\n  review:\n    'contains-spoilers': yes\n---\n", true),
            ("---\na: {b: [{spoiler: 1}]}\n---\n", true),
            ("---\nx: &on true\nspoilers: *on\n---\n", true),
            ("---\nspoilers: the ending\n---\n", true),
            ("---\nspoilers: [ending]\n---\n", true),
            ("---\nspoilers: []\n---\n", true),
            ("---\nspoilers:\n---\n", true),
            ("---\nspoilers:\n  level: high\n---\n", true),
            ("---\nnote: contains spoilers\n---\n", true),
            ("---\ntitle: \"T\nspoilers: true\n---\n", true),
            ("---\ntitle: T\n\tspoilers: no\n---\n", true),
            ("---\ntitle: T\nspoilers: true\n\ntext\n", true),
            ("+++\n[params]\nspoiler = 'true'\n+++\n", true),
            ("+++\na = \nspoiler = true\n+++\n", true),
            ("+++\nextra.has_spoilers = 1\n+++\n", true),
            ("title: T\nspoilers: yes\n\ntext", true),
            ("title: T\nspoilers: yes", true),
            ("---\nspoilers: no\n---\n", false),
            ("---\nspoilers: \"False\"\n---\n", false),
            ("---\ntitle: a spoiler-free review\n---\n", false),
            ("---\ntitle: T\n# spoilers: true\n---\n", false),
            ("+++\nspoilers = false\n+++\n", false),
        ] {
            let front = split(head).unwrap_or_else(|| panic!("{head:?} is front matter"));
            assert_eq!(front.has_spoilers(), has_spoilers, "{head:?}");
        }
    }

    #[test]
    fn values_are_found_nested_and_quoted() {
        let front = split(
            "---\n\"Title\": \"Emma: a novel\"\ntags: [a, b]\nbook:\n  title: Emma\n  author: >\n    Jane\n    Austen\n---\ntext",
        )
        .expect("it is front matter");
        assert_eq!(
            front.first(&["title"]),
            Some("Emma: a novel"),
            "what is at the top goes before what is nested"
        );
        assert_eq!(front.below("book", &["title"]), Some("Emma"));
        assert_eq!(front.first(&["author"]).map(str::trim), Some("Jane Austen"));
        assert_eq!(front.all(&["tags"]), ["a", "b"]);
        assert_eq!(front.text, "text");
        assert!(!front.is_broken);
    }

    #[test]
    fn prose_between_rules_is_no_front_matter() {
        for text in
            ["---\n\nI liked it.\n\n---\n\nMore.", "---\nI liked it.\n", "Emma\nis: good\n", "a: b\n\nc"]
        {
            assert!(split(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn what_is_deep_long_or_refers_to_itself_ends_at_a_limit() {
        let aliases: String = (1..40).map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1)).collect();
        for head in [
            "a: ".to_owned() + &"[".repeat(500),
            "- ".repeat(30_000),
            format!("a: b\nc: {}", "x".repeat(MOST)),
            format!("a0: &a0 [x]\n{aliases}spoilers: true"),
        ] {
            let text = format!("---\nt: T\n{head}\n---\ntext");
            let front = split(&text).expect("it is front matter");
            assert_eq!(front.text, "text");
        }
        let front =
            split(&("k: v\n".repeat(MOST) + "spoilers: yes\n\ntext")).map(|front| front.has_spoilers());
        assert_eq!(front, Some(true), "what stands behind the limit hides too");
    }
}
