use proptest::prelude::*;

use super::*;

#[test]
fn queries_are_parsed_as_meant() {
    for (text, printed) in [
        ("", ""),
        ("amelie", "amelie"),
        ("  two   words ", "two words"),
        ("a or b c", "a or b c"),
        ("(a or b) c", "(a or b) c"),
        ("((a b)) c", "a b c"),
        ("not a -b --c", "-a -b c"),
        ("-(a or b)", "-(a or b)"),
        ("Kind:film", "kind:film"),
        ("tag:\"science fiction\"", "tag:\"science fiction\""),
        ("tag:\"slow\"", "tag:slow"),
        ("year:1972", "year:1972"),
        ("year:1970s", "year:1970..1979"),
        ("year:70s", "year:1970..1979"),
        ("year:10s", "year:2010..2019"),
        ("year:>1990", "year:1991.."),
        ("year:<=-400", "year:..-400"),
        ("year:2010..2015", "year:2010..2015"),
        ("rating:>=4", "rating:4.."),
        ("rating:8/10", "rating:4"),
        ("rating:>3.5", "rating:3.51.."),
        ("date:2012-02..", "date:2012-02.."),
        ("date:2012", "date:2012..2012"),
        ("date:>2012-12", "date:2013.."),
        ("date:<2012-01-01", "date:..2011"),
        ("date:2012-02-05", "date:2012-02-05"),
        ("is:Unread has:spoilers", "is:unread has:spoilers"),
        ("\"a  half remembered\" x", "\"a half remembered\" x"),
        ("Mission: Impossible", "Mission: Impossible"),
        ("2001:a", "2001:a"),
        ("Mark - Anthony", "Mark Anthony"),
    ] {
        let query = text.parse::<Query>().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), printed, "{text}");
    }
}

#[test]
fn and_is_an_operator_beside_or_and_not() {
    for (text, same) in [
        ("kind:film and rating:5", "kind:film rating:5"),
        ("kind:film AND not tag:slow", "kind:film -tag:slow"),
        ("a and b or c and d", "a b or c d"),
        ("a or b and c", "a or (b c)"),
        ("(a or b) and (c)", "(a or b) c"),
        ("\"a b\"and\"c\"", "\"a b\" \"c\""),
        ("android and band", "android band"),
        ("kind:and", "kind:\"and\""),
    ] {
        let [query, same] = [text, same].map(|text| text.parse::<Query>());
        assert!(query.is_ok(), "{text}: {query:?}");
        assert_eq!(query, same, "{text}");
    }
    for (text, span, is_unfinished) in [
        ("and", 0..3, false),
        ("and a", 0..3, false),
        ("or a", 0..2, false),
        ("a or", 2..4, true),
        ("a and", 2..5, true),
        ("a or and b", 5..8, false),
        ("a and or b", 2..5, false),
        ("a and and b", 6..9, false),
        ("(a and) b", 3..6, false),
        ("not and b", 0..3, false),
        ("not", 0..3, true),
    ] {
        let parsed = parse(text);
        let objection = parsed.objection().unwrap_or_else(|| panic!("{text} is wrong"));
        assert_eq!(objection.span, span, "{text}: {objection}");
        assert_eq!(parsed.error().is_none(), is_unfinished, "whether typing more can make `{text}` right");
    }
}

#[test]
fn a_comparison_needs_no_colon() {
    for (text, printed) in [
        ("rating>=4", "rating:4.."),
        ("rating<3", "rating:..2.99"),
        ("rating=4", "rating:4"),
        ("rating:=4", "rating:4"),
        ("rating >= 4", "rating:4.."),
        ("Rating >3.5 a", "rating:3.51.. a"),
        ("rating:>= 4 a", "rating:4.. a"),
        ("year<1990", "year:..1989"),
        ("year=1970s", "year:1970..1979"),
        ("-date>2012", "-date:2013.."),
        ("kind=film", "kind:film"),
        ("tag=\"science fiction\"", "tag:\"science fiction\""),
        ("is=unread", "is:unread"),
        ("rating", "(rating)"),
        ("(rating) >=4", "(rating) >=4"),
        ("<3 you", "<3 you"),
        ("E=mc²", "E=mc²"),
        ("i>you", "i>you"),
    ] {
        let query = text.parse::<Query>().unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(query.to_string(), printed, "{text}");
    }
    for (text, part_of_reason) in [
        ("ratng>=4 x", "did you mean rating?"),
        ("kind>film x", "write kind: and a word"),
        ("rating>=six x", "8/10"),
        ("year>= x", "1970s"),
        ("has>spoilers x", "spoilers, rating"),
    ] {
        let parsed = parse(text);
        let error = parsed.error().unwrap_or_else(|| panic!("{text} is wrong"));
        assert!(error.reason.contains(part_of_reason), "{text}: {error}");
    }
}

#[test]
fn an_unfinished_query_is_never_an_error() {
    let text = "(kind:film or is:unread) and -tag:\"science fiction\" year:1970..1979 rating>=8/10 date:2012-02-05 not \"x y\"";
    for end in 0..=text.len() {
        assert_eq!(parse(&text[..end]).error(), None, "{}", &text[..end]);
    }
}

#[test]
fn a_term_is_an_error_as_soon_as_no_further_typing_can_fix_it() {
    for (text, is_wrong) in [
        ("rating:>>4", true),
        ("rating:>>", true),
        ("rating:>", false),
        ("rating:>=", false),
        ("rating:=>", true),
        ("rating>>", true),
        ("rating:x", true),
        ("rating:4..", false),
        ("rating:85", false),
        ("rating:-", true),
        ("year:19x", true),
        ("year:197", false),
        ("year:-", false),
        ("year:2015..201", false),
        ("year:2015..1", false),
        ("year:12345", true),
        ("date:2012-13", true),
        ("date:2012-1", false),
        ("date:2012/", true),
        ("date:20", false),
        ("is:un", false),
        ("is:ux", true),
        ("has:", false),
        ("has:no", true),
        ("kind:", false),
        ("tag:\"", false),
        ("knd:f", true),
    ] {
        assert_eq!(parse(text).error().is_some(), is_wrong, "{text}");
    }
}

#[test]
fn query_errors_name_the_part_and_the_fix() {
    for (text, span, part_of_reason) in [
        ("a knd:film b", 2..5, "did you mean kind:?"),
        ("year:soon x", 5..9, "1970s"),
        ("is:odd x", 3..6, "read, unread, problem"),
        ("x) y", 1..2, "no parenthesis is open"),
        ("year:2015..2010 x", 5..15, "range"),
        ("rating:6 x", 7..8, "8/10"),
    ] {
        let parsed = parse(text);
        let error = parsed.error().unwrap_or_else(|| panic!("{text} is wrong"));
        assert_eq!(error.span, span, "{text}");
        assert!(error.reason.contains(part_of_reason), "{text}: {error}");
    }
    let error = "a knd:film".parse::<Query>().expect_err("it is wrong");
    assert!(error.with_caret("a knd:film").starts_with("a knd:film\n  ^^^ there is no key"), "{error:?}");
    let wide = "雪国 knd:film";
    let error = wide.parse::<Query>().expect_err("it is wrong");
    assert!(error.with_caret(wide).contains("\n     ^^^ "), "the caret is under its column: {error:?}");
    for half in ["(a", "\"a", "a or", "a and", "-", "year:", "not", "()", "is:un"] {
        assert!(half.parse::<Query>().is_err(), "{half} is not finished, and nobody is typing");
    }
}

fn token() -> impl Strategy<Value = String> {
    let fixed = [
        "(",
        ")",
        "or",
        "and",
        "not",
        "-",
        "\"",
        " ",
        "  ",
        "kind:",
        "year:",
        "rating:",
        "date:",
        "is:",
        "has:",
        "tag:",
        "rating",
        "year",
        "kind",
        "..",
        ">=",
        "<",
        ">",
        "=",
        "1970s",
        "2010",
        "-4",
        "4.5",
        "8/10",
        "2012-02",
        "2012-02-31",
        "2012-01-01",
        "unread",
        "spoilers",
        "a:b",
        "title:",
        "x:",
        "\u{1}",
        "漢",
        "é",
        "\u{fffc}",
        ":",
    ];
    prop_oneof![
        4 => proptest::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => "[a-z]{1,5} ",
    ]
}

/// Values of every form for each key that has numbers.
fn right_term() -> impl Strategy<Value = String> {
    let year = prop_oneof!["[12][0-9]{3}", "-?[1-9][0-9]{0,3}", "[0-9]0s", "1[0-9]{2}0s"];
    let date =
        ("[0-9]{4}", prop::option::of((1..13, prop::option::of(1..32)))).prop_map(
            |(year, rest)| match rest {
                None => year,
                Some((month, None)) => format!("{year}-{month:02}"),
                Some((month, Some(day))) => format!("{year}-{month:02}-{day:02}"),
            },
        );
    let rating =
        prop_oneof!["[0-4](\\.[0-9]{1,2})?", "5", "[0-9]/10", "[0-9]{1,2}(\\.5)?/100", "[0-3]\\.[0-9]/4"];
    let value = |one: BoxedStrategy<String>| {
        let form = prop::sample::select(vec!["", ">", ">=", "<", "<=", "=", "a..b", "a..", "..b"]);
        (one.clone(), form, one).prop_map(|(a, form, b)| match form {
            "a..b" => format!("{a}..{b}"),
            "a.." => format!("{a}.."),
            "..b" => format!("..{b}"),
            sign => format!("{sign}{a}"),
        })
    };
    let term = prop_oneof![
        value(year.boxed()).prop_map(|value| format!("year:{value}")),
        value(date.boxed()).prop_map(|value| format!("date:{value}")),
        value(rating.boxed()).prop_map(|value| format!("rating:{value}")),
    ];
    term.prop_filter("a range may be the wrong way round", |text| text.parse::<Query>().is_ok())
}

proptest! {
    #[test]
    fn a_printed_query_reads_back_as_itself(tokens in prop::collection::vec(token(), 0..14)) {
        let text = tokens.concat();
        let query = parse(&text).query;
        let printed = query.to_string();
        let again = printed.parse::<Query>();
        prop_assert_eq!(again.as_ref(), Ok(&query), "{} printed as {}", text, printed);
    }

    #[test]
    fn whoever_types_a_right_value_is_never_told_that_it_is_wrong(text in right_term()) {
        for end in 0..=text.len() {
            prop_assert_eq!(parse(&text[..end]).error().cloned(), None, "{} of {}", &text[..end], text);
        }
    }

    #[test]
    fn no_query_panics(text in "\\PC{0,60}") {
        let parsed = parse(&text);
        if let Some(error) = parsed.error() {
            prop_assert!(error.with_caret(&text).contains('^'));
        }
    }
}
