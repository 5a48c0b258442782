//! The JSON Schema of the configuration, from the tables that its parser reads.

use serde_json::{Map, Value, json};

use super::{Kind, SETTINGS, Settings};
use crate::keymap::{BINDINGS, SETS, Scope};
use crate::theme::Part;

/// The schema, as printed.
#[must_use]
pub fn schema() -> Value {
    let default = Settings::default();
    let mut tables = Map::new();
    for setting in SETTINGS {
        let table = tables.entry(setting.table).or_insert_with(|| object(Map::new()));
        let mut of_kind = kind(setting.kind);
        of_kind["description"] = json!(setting.help);
        // A value is written as in TOML, which for these values is the same as in JSON.
        of_kind["default"] = serde_json::from_str(&(setting.get)(&default).to_string()).unwrap_or_default();
        table["properties"][setting.key] = of_kind;
    }
    tables["theme"]["properties"]["palette"] = texts();
    tables["theme"]["properties"]["styles"] = styles();
    tables.insert("libraries".to_owned(), texts());
    tables.insert("keys".to_owned(), keys());
    let mut schema = object(tables);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("The configuration of unspoiled");
    schema
}

fn kind(kind: Kind) -> Value {
    let number = |least: u16, most: u16| json!({ "type": "integer", "minimum": least, "maximum": most });
    match kind {
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Number(least, most) => number(least, most),
        Kind::NumberOr(least, most, word) => json!({ "anyOf": [number(least, most), { "const": word }] }),
        Kind::OneOf(names) => json!({ "enum": names() }),
        Kind::SomeOf(names) => json!({ "type": "array", "items": { "enum": names() } }),
        Kind::Query | Kind::Name | Kind::Theme => json!({ "type": "string" }),
    }
}

/// An object with these properties and no others.
fn object(properties: Map<String, Value>) -> Value {
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

/// An object with text values under any names.
fn texts() -> Value {
    json!({ "type": "object", "additionalProperties": { "type": "string" } })
}

fn styles() -> Value {
    let part = |(name, ..): (&str, Part, Option<Part>)| (name.to_owned(), json!({ "type": "string" }));
    object(Part::ALL.into_iter().map(part).collect())
}

fn keys() -> Value {
    let sequences =
        json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let mut scopes = Map::new();
    scopes.insert("set".to_owned(), json!({ "enum": SETS.map(|(name, _)| name) }));
    for scope in Scope::ALL {
        let rows = BINDINGS.iter().filter(|row| row.scope == scope);
        let actions = rows.map(|row| {
            let mut keys = sequences.clone();
            keys["description"] = json!(row.help);
            (row.action.name().to_owned(), keys)
        });
        scopes.insert(scope.name().to_owned(), object(actions.collect()));
    }
    object(scopes)
}
