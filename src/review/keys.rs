//! The keys of the format, in the one table that the parser's hints and the JSON Schema for editors are made from.

use serde_json::{Map, Value, json};

/// A table of a review file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Top,
    Work,
    Passage,
    Part,
    Numbering,
    Edition,
}

/// What a key may hold.
#[derive(Clone, Copy)]
enum Holds {
    /// One line of text.
    Line,
    /// Text of any length.
    Text,
    Lines,
    Date,
    Rating,
    Address,
    Flag,
    Year,
    /// A flag, or a label.
    Spoiler,
    /// A point in the work.
    Point,
    /// A whole number, or a list of them.
    Count,
    Counts,
    Table(Place),
    Tables(Place),
}

struct Key {
    name: &'static str,
    holds: Holds,
    about: &'static str,
    is_required: bool,
}

const fn key(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, holds, about, is_required: false }
}

const fn required(name: &'static str, holds: Holds, about: &'static str) -> Key {
    Key { name, holds, about, is_required: true }
}

const TOP: &[Key] = &[
    key("title", Holds::Line, "The headline; without one, the work's title"),
    key("reviewer", Holds::Line, "Who wrote the review"),
    key("date", Holds::Date, "When it was written: a date without quotes"),
    key("rating", Holds::Rating, "Out of 5, or in quotes with its scale: \"7/10\""),
    key("tags", Holds::Lines, "Words to find it by"),
    key("link", Holds::Address, "Where it was published"),
    key("spoilers", Holds::Flag, "Whether the whole review is a spoiler"),
    key("seen", Holds::Point, "How far the reviewer had got in the work: 9, \"S02E05\", \"40%\""),
    required("work", Holds::Table(Place::Work), "What the review is about"),
    required("passage", Holds::Tables(Place::Passage), "Paragraphs that share one curtain or none"),
];

const WORK: &[Key] = &[
    required("title", Holds::Line, "The title of the work"),
    key("kind", Holds::Line, "film, book, series, game, album, play: any word"),
    key("year", Holds::Year, "When it came out; negative for BCE"),
    key("by", Holds::Lines, "Who made it"),
    key(
        "unit",
        Holds::Line,
        "What `after` counts, unless it counts episodes: chapter, page, act, level, percent",
    ),
    key("episodes", Holds::Counts, "How many episodes each season has"),
    key("length", Holds::Count, "How many units there are"),
    key("part", Holds::Tables(Place::Part), "Parts with names, in order"),
    key("numbering", Holds::Tables(Place::Numbering), "Other numberings of the same units"),
    key("edition", Holds::Tables(Place::Edition), "Editions with pages"),
];

const PART: &[Key] = &[
    key("name", Holds::Line, "The name of the part"),
    key("ends", Holds::Point, "Its last unit, or its last episode: 19, or \"S02E05\""),
];

const NUMBERING: &[Key] = &[
    key("name", Holds::Line, "The name of the numbering: dvd, aired"),
    key("episodes", Holds::Counts, "How many episodes each of its seasons has"),
    key("order", Holds::Counts, "For each of its own units, which unit of the work it is"),
];

const EDITION: &[Key] = &[
    key("name", Holds::Line, "The name of the edition"),
    key("pages", Holds::Count, "Its last page"),
    key("starts", Holds::Counts, "The page on which each unit begins"),
];

const PASSAGE: &[Key] = &[
    key("spoiler", Holds::Spoiler, "true, or a label that is itself safe to read"),
    key(
        "after",
        Holds::Point,
        "Opens automatically once the reader is past it: 9, \"S02E05\", \"40%\", \"p. 212\", \"part: NAME\", \"finished\"",
    ),
    required("text", Holds::Text, "Markdown; ||hidden words|| are a spoiler inside a sentence"),
];

impl Place {
    pub(super) const ALL: [Place; 6] =
        [Place::Top, Place::Work, Place::Passage, Place::Part, Place::Numbering, Place::Edition];

    fn table(self) -> &'static [Key] {
        match self {
            Place::Top => TOP,
            Place::Work => WORK,
            Place::Passage => PASSAGE,
            Place::Part => PART,
            Place::Numbering => NUMBERING,
            Place::Edition => EDITION,
        }
    }

    /// The names of its keys.
    pub(super) fn keys(self) -> impl Iterator<Item = &'static str> {
        self.table().iter().map(|key| key.name)
    }

    fn schema(self) -> Value {
        let of_key = |key: &Key| {
            let mut schema = key.holds.schema();
            schema["description"] = key.about.into();
            (key.name.to_owned(), schema)
        };
        let properties: Map<_, _> = self.table().iter().map(of_key).collect();
        let required: Vec<_> =
            self.table().iter().filter(|key| key.is_required).map(|key| key.name).collect();
        json!({ "type": "object", "additionalProperties": false, "required": required, "properties": properties })
    }
}

impl Holds {
    fn schema(self) -> Value {
        match self {
            Holds::Line => json!({ "type": "string", "pattern": "^[^\\n]*$" }),
            Holds::Text => json!({ "type": "string" }),
            Holds::Lines => json!({ "type": "array", "items": { "type": "string" } }),
            Holds::Date => json!({ "type": "string", "format": "date" }),
            Holds::Rating => json!({ "anyOf": [
                { "type": "number", "minimum": 0, "maximum": 5 },
                { "type": "string", "pattern": "^\\s*[0-9.]+\\s*/\\s*[0-9.]+\\s*$" },
            ] }),
            Holds::Address => json!({ "type": "string", "pattern": "^https?://" }),
            Holds::Flag => json!({ "type": "boolean" }),
            Holds::Year => json!({ "type": "integer", "minimum": -5000, "maximum": 9999 }),
            Holds::Spoiler => json!({ "anyOf": [{ "type": "boolean" }, { "type": "string" }] }),
            Holds::Point => json!({ "anyOf": [
                { "type": "integer", "minimum": 0 },
                { "type": "string", "pattern": "[0-9]|^\\s*([pP]art:.*\\S|[fF]inished|[dD]one)\\s*$" },
            ] }),
            Holds::Count => json!({ "type": "integer", "minimum": 1 }),
            Holds::Counts => json!({ "type": "array", "items": { "type": "integer", "minimum": 1 } }),
            Holds::Table(place) => place.schema(),
            Holds::Tables(place) => json!({ "type": "array", "minItems": 1, "items": place.schema() }),
        }
    }
}

/// The JSON Schema of a review file.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = Place::Top.schema();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = "A review for unspoiled, version 1".into();
    schema
}

/// The JSON Schema of a work file.
#[must_use]
pub fn work_schema() -> Value {
    let mut work = Place::Work.schema();
    work["description"] = "The work, and how it is divided".into();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A work file for unspoiled, version 1",
        "type": "object",
        "additionalProperties": false,
        "required": ["work"],
        "properties": { "work": work },
    })
}

#[cfg(test)]
mod tests {
    use super::super::Parser;
    use super::*;

    /// A value that the parser takes for a key, as TOML.
    fn example(holds: Holds) -> &'static str {
        match holds {
            Holds::Line | Holds::Text => "'x'",
            Holds::Lines => "['x']",
            Holds::Date => "2012-02-05",
            Holds::Rating | Holds::Year | Holds::Point | Holds::Count => "4",
            Holds::Counts => "[4]",
            Holds::Address => "'https://example.org'",
            Holds::Flag | Holds::Spoiler => "true",
            Holds::Table(_) | Holds::Tables(_) => "",
        }
    }

    #[test]
    fn the_parser_takes_every_key_of_the_table_and_needs_those_that_are_required() {
        let file = |left_out: Option<(Place, &str)>| {
            let lines = |place: Place| {
                let is_in = |key: &&Key| {
                    !matches!(key.holds, Holds::Table(_) | Holds::Tables(_))
                        && left_out != Some((place, key.name))
                };
                let line = |key: &Key| format!("{} = {}\n", key.name, example(key.holds));
                place.table().iter().filter(is_in).map(line).collect::<String>()
            };
            let table = |place: Place, name: &str, header: &str| match left_out == Some((Place::Top, name)) {
                true => String::new(),
                false => format!("{header}\n{}", lines(place)),
            };
            let [top, work, passage] = [
                lines(Place::Top),
                table(Place::Work, "work", "[work]"),
                table(Place::Passage, "passage", "[[passage]]"),
            ];
            format!("{top}{work}{passage}")
        };
        let is_read = |text: &str| Parser::default().parse(text.as_bytes()).is_ok();
        assert!(is_read(&file(None)), "{:?}", Parser::default().parse(file(None).as_bytes()));
        for place in [Place::Top, Place::Work, Place::Passage] {
            for key in place.table() {
                let is_needed = !is_read(&file(Some((place, key.name))));
                assert_eq!(is_needed, key.is_required, "{} is needed", key.name);
            }
        }
    }

    #[test]
    fn a_work_file_is_a_work_and_nothing_else() {
        let (work, review) = (work_schema(), json_schema());
        let properties = |schema: &Value| schema.pointer("/properties/work/properties").cloned();
        assert_eq!(properties(&work), properties(&review));
        assert_eq!(work["properties"].as_object().map(Map::len), Some(1));
        assert_eq!(work["additionalProperties"], false);
    }

    #[test]
    fn the_schema_names_every_key_and_forbids_all_others() {
        let schema = json_schema();
        for (place, at) in [
            (Place::Top, ""),
            (Place::Work, "/properties/work"),
            (Place::Passage, "/properties/passage/items"),
            (Place::Part, "/properties/work/properties/part/items"),
            (Place::Numbering, "/properties/work/properties/numbering/items"),
            (Place::Edition, "/properties/work/properties/edition/items"),
        ] {
            let of_place = schema.pointer(at).expect("there is one");
            let names: Vec<_> =
                of_place["properties"].as_object().expect("it has keys").keys().cloned().collect();
            let mut wanted: Vec<_> = place.keys().map(str::to_owned).collect();
            wanted.sort();
            assert_eq!(names, wanted);
            assert_eq!(of_place["additionalProperties"], false);
        }
    }
}
