//! Properties of any file, and of any text in one.

use std::borrow::Cow;

use proptest::prelude::*;

use super::tests::{parse, passage};
use super::*;
use crate::curtain::Curtains;

/// Files close to the plain form: valid ones, invalid ones, and ones that only the full reader accepts.
fn near_plain() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        Just("'text'".to_owned()),
        Just("\"a\\u00e9\\n\"".to_owned()),
        Just("'''\nlong\n\ntext '''".to_owned()),
        Just("\"\"\"\nlong \\\n  text\"\"\"".to_owned()),
        Just("['a', \"b\",]".to_owned()),
        Just("[]".to_owned()),
        Just("[['a']]".to_owned()),
        Just("{ title = 'x' }".to_owned()),
        Just("2012-02-05".to_owned()),
        Just("2012-02-05T10:00:00Z".to_owned()),
        Just("10:00:00".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        Just("inf".to_owned()),
        Just("0x1F".to_owned()),
        Just("1_000".to_owned()),
        Just("'S01E02'".to_owned()),
        Just("'it''s'".to_owned()),
        Just("\"\"".to_owned()),
        Just("''".to_owned()),
        Just("'''it''s'''".to_owned()),
        Just("'''two'''''".to_owned()),
        Just("'''control\u{1}'''".to_owned()),
        Just("[ 'a' , # one\n 'b' ]".to_owned()),
        Just("[\n'a',\n]".to_owned()),
        Just("['a' 'b']".to_owned()),
        "['\"#= a\u{7f}\\\\]{0,8}",
        "[-+]?0?[0-9._e-]{0,17}",
        "-?[0-9]{1,3}(\\.[0-9])?",
        "\\PC{0,6}",
    ];
    let key = prop::sample::select(vec![
        "title",
        "reviewer",
        "date",
        "rating",
        "tags",
        "link",
        "spoilers",
        "kind",
        "year",
        "by",
        "unit",
        "spoiler",
        "after",
        "text",
        "'title'",
        "work.title",
        "passage",
        "texts",
    ]);
    let line = prop_oneof![
        6 => (key, value.clone()).prop_map(|(key, value)| format!("{key} = {value}")),
        1 => value.prop_map(|value| format!("  text\t=\t{value} # comment")),
        1 => Just(" [work] ".to_owned()),
        1 => Just("[work]".to_owned()),
        1 => Just("[[passage]]".to_owned()),
        1 => Just("# comment".to_owned()),
        1 => Just("# control \u{1}".to_owned()),
        1 => Just(String::new()),
        1 => "\\PC{0,8}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn the_plain_reader_reads_as_the_whole_reader_does(source in near_plain()) {
        if let Some(mut plain) = plain::read(&source) {
            let mut whole = schema::read(&source);
            // The readers disagree about which end of its bracket a table header is at. Only error messages depend on
            // it.
            for raw in whole.as_mut().ok().into_iter().chain([&mut plain]) {
                raw.passages.iter_mut().for_each(|passage| passage.at = 0);
                raw.work.iter_mut().for_each(|work| work.at = 0);
            }
            prop_assert_eq!(Ok(plain), whole);
        }
    }

    #[test]
    fn no_bytes_make_the_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Parser::default().parse(&bytes);
    }

    #[test]
    fn no_marks_let_hidden_text_into_the_open(
        parts in prop::collection::vec((any::<bool>(), "[a-z |\\\\*_`\\[\\]\n]{0,6}"), 0..8)
    ) {
        // Every hidden part contains a word that occurs nowhere else.
        let mut text = String::from("start ");
        for (hidden, part) in &parts {
            match hidden {
                true => text += &format!("||SECRET{}||", part.replace('|', "")),
                false => text += &part.replace(['|', '\\'], ""),
            }
        }
        let source = format!("[work]\ntitle = 'W'\n[[passage]]\ntext = '''\n{text}\n'''\n");
        let review = parse(&source).expect("the file is right");
        let curtains = Curtains::default();
        let open = passage(&review, &curtains, 0).map(Cow::Borrowed);
        prop_assert!(!open.expect("the passage is open").contains("SECRET"));
        let debug = format!("{review:?}");
        prop_assert!(!debug.contains("SECRET"));
    }
}
