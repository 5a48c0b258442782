use proptest::prelude::*;

use super::*;
use crate::library::{Change, Loaded};
use crate::query::parse;

fn file(name: &str, source: &str) -> Change {
    Change::Upsert(Loaded::from_text("f", name, source))
}

fn review(head: &str, work: &str, passages: &str) -> String {
    format!("{head}\n[work]\n{work}\n{passages}")
}

fn library() -> Library {
    let mut library = Library::default();
    let text = "[[passage]]\ntext = '''\nIt is the *quiet* ones\nwho don’t go. ||Rosebud|| is a sled.\n'''\n";
    let hidden = "[[passage]]\ntext = 'A start.'\n[[passage]]\nspoiler = 'the end'\ntext = 'They all perish, ||quickly||.'";
    let _ = library.apply(vec![
        file(
            "0",
            &review(
                "date = 2012-02-05\nrating = 5\ntags = ['science fiction', 'slow']",
                "title = 'The Dispossessed'\nkind = 'book'\nyear = 1974\nby = ['Ursula K. Le Guin']",
                text,
            ),
        ),
        file(
            "1",
            &review(
                "date = 2020-01-01\nrating = '7/10'\nreviewer = 'Ada'",
                "title = 'Amélie'\nkind = 'film'\nyear = 2001",
                hidden,
            ),
        ),
        file(
            "2",
            &review(
                "spoilers = true\ntags = ['twist', 'time']\nrating = '10/10'",
                "title = 'Arrival'\nkind = 'film'\nyear = 2016",
                "[[passage]]\nspoiler = 'a label'\ntext = 'All is behind.'",
            ),
        ),
        file("3", "not a review"),
        file(
            "4",
            &review("date = 2012-03-01", "title = 'an Autumn'\nkind = 'film'", "[[passage]]\ntext = 'Open.'"),
        ),
    ]);
    library
}

fn found(library: &Library, curtains: &Curtains, query: &str, order: &str) -> Vec<u32> {
    let query = query.parse().unwrap_or_else(|error| panic!("{query}: {error}"));
    let order = order.parse().unwrap_or_else(|error| panic!("{order}: {error}"));
    let read = |entry: &Entry| u32::from(entry.name() == "1");
    select(
        library,
        curtains,
        &query,
        Arrangement { order, ..Arrangement::default() },
        read,
        Standing::default(),
    )
    .0
    .into_iter()
    .map(|id| u32::try_from(id.index()).expect("few files"))
    .collect()
}

#[test]
fn queries_match_what_they_say() {
    let (library, curtains) = (library(), Curtains::default());
    for (query, keys) in [
        ("", &[1, 4, 0, 2, 3][..]),
        ("amelie", &[1]),
        ("dispo", &[0]),
        ("le guin", &[0]),
        ("kind:film", &[1, 4, 2]),
        ("kind:film -amelie", &[4, 2]),
        ("kind:book or rating:>=4", &[0, 2]),
        ("by:guin", &[0]),
        ("by:uin", &[]),
        ("tag:\"science fiction\" year:1970s rating:5 is:unread", &[0]),
        ("rating:3.5", &[1]),
        ("rating:5", &[0, 2]),
        ("date:2012", &[4, 0]),
        ("date:2012-03..", &[1, 4]),
        ("is:read", &[1]),
        ("is:problem", &[3]),
        ("has:spoilers", &[1, 0, 2]),
        ("-has:spoilers", &[4, 3]),
        ("reviewer:ada", &[1]),
        ("\"quiet ones who don't\"", &[0]),
        ("\"ones who don't go\"", &[0]),
        ("\"go is a sled\"", &[]),
        ("\"go. is a sled\"", &[]),
        ("\"A START\"", &[1]),
        ("\"amelie\"", &[1]),
        ("-\"open\"", &[1, 0, 2, 3]),
    ] {
        assert_eq!(found(&library, &curtains, query, "date"), keys, "{query}");
    }
}

#[test]
fn every_order_is_total_and_can_be_reversed() {
    let (library, curtains) = (library(), Curtains::default());
    for (order, keys) in [
        ("date", [1, 4, 0, 2, 3]),
        ("-date", [0, 4, 1, 2, 3]),
        ("rating", [0, 2, 1, 4, 3]),
        ("-rating", [1, 0, 2, 4, 3]),
        ("title", [1, 2, 4, 0, 3]),
        ("-title", [0, 4, 2, 1, 3]),
        ("year", [2, 1, 0, 4, 3]),
        ("reviewer", [1, 4, 0, 2, 3]),
        ("read", [1, 4, 0, 2, 3]),
    ] {
        assert_eq!(found(&library, &curtains, "", order), keys, "{order}");
    }
}

#[test]
fn hidden_text_is_found_only_while_its_curtain_is_lifted() {
    let library = library();
    let list = |key: u32| {
        let entry = library.get(ReviewId::new(key)).expect("it is there");
        entry.review().expect("it is a review").curtain_list()
    };
    for (query, key, regions) in [
        ("\"rosebud\"", 0, &[crate::curtain::Region::span(0, 0)][..]),
        ("\"go. rosebud is\"", 0, &[crate::curtain::Region::span(0, 0)]),
        ("\"go rosebud is\"", 0, &[crate::curtain::Region::span(0, 0)]),
        ("\"they all perish\"", 1, &[crate::curtain::Region::passage(1)]),
        ("\"quickly\"", 1, &[crate::curtain::Region::passage(1), crate::curtain::Region::span(1, 0)]),
        ("\"twist\"", 2, &[crate::curtain::Region::REVIEW]),
        ("tag:twist", 2, &[crate::curtain::Region::REVIEW]),
        ("twist", 2, &[crate::curtain::Region::REVIEW]),
        ("\"all is behind\"", 2, &[crate::curtain::Region::REVIEW, crate::curtain::Region::passage(0)]),
    ] {
        let mut curtains = Curtains::default();
        for region in regions {
            assert_eq!(found(&library, &curtains, query, "date"), [0; 0], "{query} is hidden");
            curtains.toggle(list(key), *region);
        }
        assert_eq!(found(&library, &curtains, query, "date"), [key], "{query} is lifted");
        curtains.toggle(list(key), regions[0]);
        assert_eq!(found(&library, &curtains, query, "date"), [0; 0], "{query} is hidden again");
    }
}

#[test]
fn a_search_for_a_tag_does_not_span_two_tags() {
    let library = library();
    let review = library.get(ReviewId::new(2)).and_then(|entry| entry.review()).expect("it is a review");
    let mut curtains = Curtains::default();
    curtains.toggle(review.curtain_list(), crate::curtain::Region::REVIEW);
    for (query, keys) in
        [("time", &[2][..]), ("tag:time", &[2]), ("twtime", &[]), ("tag:\"twist · time\"", &[])]
    {
        assert_eq!(found(&library, &curtains, query, "date"), keys, "{query}");
    }
}

#[test]
fn hits_have_a_place_and_context() {
    let library = library();
    let review = library.get(ReviewId::new(0)).and_then(|item| item.review()).expect("it is there");
    let mut curtains = Curtains::default();
    let hit = |curtains: &Curtains, query: &str| {
        first_hit(&parse(query).query, library.visible(curtains, ReviewId::new(0))?)
    };
    let sled = hit(&curtains, "\"sled\"").expect("it is open");
    assert_eq!(sled.before, "It is the quiet ones who don’t go. ▐spoiler▌ is a ");
    curtains.toggle(review.curtain_list(), crate::curtain::Region::span(0, 0));
    let lifted = hit(&curtains, "\"sled\"").expect("it is open");
    assert_eq!(lifted.place, sled.place, "the place is that in the review, whatever is lifted before it");
    assert_eq!(lifted.before, "It is the quiet ones who don’t go. Rosebud is a ");
    let within = hit(&curtains, "\"bud\"").expect("it is lifted");
    assert_eq!(within.place.within, 4);
}

#[test]
fn groups_keep_works_together_and_average_their_ratings() {
    let mut library = Library::default();
    let dune = |name: &str, rating: &str, kind: &str| {
        let work = format!("title = 'Dune'\nkind = '{kind}'");
        file(name, &review(rating, &work, "[[passage]]\ntext = 'x'"))
    };
    let _ = library.apply(vec![
        dune("1", "rating = 5", "book"),
        dune("2", "rating = '2/10'", "film"),
        dune("3", "rating = 4", "book"),
        file("p", ""),
    ]);
    let keys: Vec<_> = library.entries().map(|entry| entry.id()).collect();
    let groups = group::gather(&library, &keys, Group::Work, Arrangement::default());
    let shown: Vec<_> = groups
        .iter()
        .map(|g| (g.heading.as_str(), g.keys.len(), g.rating.map(|rating| rating.stars())))
        .collect();
    assert_eq!(shown, [("Dune", 2, Some("★★★★½")), ("Dune", 1, Some("★")), ("no work", 1, None)]);
}

/// A searcher that keeps results from earlier queries finds the same as one that starts from nothing.
fn assert_found_as_anew(typed_one_after_another: &[&str]) {
    let library = library();
    let mut kept = Searcher::default();
    for text in typed_one_after_another {
        let job = Job {
            generation: 0,
            library: library.clone(),
            curtains: Curtains::default(),
            reads: Arc::default(),
            standing: Standing::default(),
            query: parse(text).query,
            arrangement: Arrangement { is_best_first: true, ..Arrangement::default() },
        };
        let fresh = Searcher::default().run(&Job { reads: Arc::default(), ..job.clone() }, || true);
        assert_eq!(kept.run(&job, || true), fresh, "{text} of {typed_one_after_another:?}");
        assert_eq!(kept.run(&job, || false), None, "what nobody wants is given up");
    }
}

#[test]
fn a_narrower_query_finds_the_same_among_older_hits_as_among_all() {
    let texts = "a|am|ame|ame -x|ame -x kind:film|\"o|\"op|\"op\" kind:film||k|kind:|kind:f|kind:film|\
        -kind:film|am|amu|am a|ama am|am or ku|amé or ku|tag:s|tag:s or s|s|-s";
    assert_found_as_anew(&texts.split('|').collect::<Vec<_>>());
}

fn token() -> impl Strategy<Value = String> {
    let fixed = [
        "(",
        ")",
        "or",
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
        "..",
        ">=",
        "<",
        ">",
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

proptest! {
    #[test]
    fn letter_by_letter_finds_the_same_as_at_once(
        texts in prop::collection::vec("(tag:|kind:|title:|-|\")?[a-eé]{1,3}\"?( or | )?-?[a-e]{0,2}", 1..4),
    ) {
        let typed = |text: &String| {
            text.char_indices().map(|(at, c)| text[..at + c.len_utf8()].to_owned()).collect::<Vec<_>>()
        };
        let typed: Vec<_> = texts.iter().flat_map(typed).collect();
        assert_found_as_anew(&typed.iter().map(String::as_str).collect::<Vec<_>>());
    }

    #[test]
    fn any_query_can_be_asked(text in "\\PC{0,60}") {
        found_by(&library(), &parse(&text).query);
    }

    /// A query and a review file read the same rating alike.
    #[test]
    fn a_rating_is_found_as_it_is_written(points in 0u32..=1000, decimals in 0u32..3, scale in 1u32..=100) {
        let points = f64::from(points) / f64::from(10u32.pow(decimals));
        let rating = format!("{points}/{scale}");
        prop_assume!(points <= f64::from(scale));
        let mut library = Library::default();
        let source = review(&format!("rating = '{rating}'"), "title = 'A'", "[[passage]]\ntext = 'x'");
        let _ = library.apply(vec![file("0", &source)]);
        let query = format!("rating:{rating}").parse::<Query>().expect("it is a rating");
        prop_assert_eq!(found_by(&library, &query).len(), 1, "{}", rating);
    }

    /// The covenant: two libraries that differ only behind curtains answer every query alike, in the same order.
    #[test]
    fn what_is_hidden_changes_no_answer(
        tokens in prop::collection::vec(token(), 0..8),
        words in prop::collection::vec("[a-d]{1,3}", 1..6),
        secrets in prop::collection::vec("[a-d]{1,3}( [a-d]{1,3}){0,3}", 2),
        order in proptest::sample::select(Sort::ALL.to_vec()),
    ) {
        let library = |secret: &str| {
            let mut library = Library::default();
            let passages = format!(
                "[[passage]]\ntext = 'open ||{secret}|| a b'\n[[passage]]\nspoiler = true\ntext = '{secret} ||{secret}||'"
            );
            let whole = format!("spoilers = true\ntags = ['{secret}']\nlink = 'https://e.org/{}'", secret.replace(' ', "-"));
            let _ = library.apply(vec![
                file("0", &review("tags = ['b']", "title = 'Abc'", &passages)),
                file("1", &review(&whole, "title = 'Bcd'", &format!("[[passage]]\ntext = '{secret}'"))),
            ]);
            library
        };
        let quoted = format!("\"{}\"", words.join(" "));
        let text = format!("{} {}", tokens.concat().replace('"', ""), words.join(" or "));
        for text in [&text, &quoted, &words[0], &format!("-{quoted}"), &format!("tag:{quoted}")] {
            let query = parse(text).query;
            let arrangement = Arrangement { order: Order { sort: order.1, is_reversed: false }, ..Arrangement::default() };
            let answers: Vec<_> = secrets
                .iter()
                .map(|secret| {
                    let library = library(secret);
                    let curtains = Curtains::default();
                    let hits: Vec<_> = library
                        .entries()
                        .map(|entry| first_hit(&query, library.visible(&curtains, entry.id())?))
                        .collect();
                    (select(&library, &Curtains::default(), &query, arrangement, |_| 0, Standing::default()).0, hits)
                })
                .collect();
            prop_assert_eq!(&answers[0], &answers[1], "{}", text);
        }
    }
}

fn found_by(library: &Library, query: &Query) -> Vec<ReviewId> {
    select(library, &Curtains::default(), query, Arrangement::default(), |_| 0, Standing::default()).0
}
