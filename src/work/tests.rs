//! Whether progress is past a gate: tables of cases, and properties for all units.

use proptest::prelude::*;

use super::*;

fn spine() -> Spine {
    let facts = SpineFacts {
        unit: Some("chapter".into()),
        length: Some(20),
        parts: vec![("The Thaw".into(), PartEnd::Number(8)), ("The Long Winter".into(), PartEnd::Number(19))],
        editions: vec![
            EditionFacts {
                name: "Penguin".into(),
                pages: 400,
                starts: (0..20).map(|n| 1 + 19 * n).collect(),
            },
            EditionFacts { name: "Pocket".into(), pages: 600, starts: Vec::new() },
        ],
        ..SpineFacts::default()
    };
    Spine::new(facts).expect("it is consistent").expect("it says something")
}

fn series() -> Spine {
    let dvd = NumberingFacts { name: "DVD".into(), episodes: vec![4, 2], order: vec![2, 3, 1, 4, 6, 5] };
    let facts = SpineFacts {
        episodes: vec![3, 2, 4],
        parts: vec![("Siege".into(), PartEnd::Episode(2, 1))],
        numberings: vec![dvd],
        ..SpineFacts::default()
    };
    Spine::new(facts).expect("it is consistent").expect("it says something")
}

fn is_past(reached: &str, gate: &str, scale: Scale<'_>) -> bool {
    let progress: Progress = reached.parse().expect("it is progress");
    progress.is_past(&gate.parse().expect("it is a point"), scale)
}

#[test]
fn without_a_spine_only_what_is_counted_alike_is_compared() {
    for (reached, gate, unit, past) in [
        ("chapter 9", "9", "chapter", true),
        ("Chapter 9", "9", "chapter", true),
        ("ch. 9", "chapter 9", "", true),
        ("chapter 8", "9", "chapter", false),
        ("page 300", "9", "chapter", false),
        ("300", "9", "chapter", false),
        ("300", "9", "", true),
        ("S03E01", "S02E05", "", true),
        ("S03E01", "S02E05", "chapter", true),
        ("S02E04", "S02E05", "", false),
        ("900", "S02E05", "", false),
        ("S09E09", "1", "", false),
        ("S09E09", "S00E01", "", false),
        ("S01E01 + S00E01", "S00E01", "", true),
        ("dvd S02E01", "S01E01", "", false),
        ("40%", "40%", "chapter", true),
        ("99%", "1", "chapter", false),
        ("page 300", "p. 212 penguin", "", false),
        ("part: The Thaw", "part: the thaw", "", true),
        ("chapter 900", "part: The Thaw", "", false),
        ("chapter 900", "finished", "chapter", false),
        ("finished", "finished", "", true),
        ("finished", "part: The Thaw", "", true),
        ("finished", "S09E09", "", true),
        ("finished", "S00E01", "", false),
    ] {
        let scale = Scale { unit: Some(unit).filter(|unit| !unit.is_empty()), spine: None };
        assert_eq!(is_past(reached, gate, scale), past, "{reached} past {unit} {gate}");
    }
}

#[test]
fn with_a_spine_units_are_converted_against_the_reader() {
    let (book, series) = (spine(), series());
    let chapters = Scale { unit: Some("chapter"), spine: Some(&book) };
    let episodes = Scale { unit: None, spine: Some(&series) };
    for (reached, gate, scale, past) in [
        ("part: The Thaw", "8", chapters, true),
        ("part: The Thaw", "9", chapters, false),
        ("chapter 18", "part: The Long Winter", chapters, false),
        ("chapter 19", "part: The Long Winter", chapters, true),
        ("chapter 19", "part: The Spring", chapters, false),
        ("chapter 20", "part: The Spring", chapters, true),
        ("chapter 20", "finished", chapters, true),
        ("chapter 19", "finished", chapters, false),
        // Chapter 3 begins on page 39, where chapter 2 may have ended a line before.
        ("p. 38 penguin", "2", chapters, false),
        ("p. 39 penguin", "2", chapters, true),
        ("p. 400 penguin", "20", chapters, true),
        ("chapter 2", "p. 38 penguin", chapters, true),
        ("chapter 2", "p. 39 penguin", chapters, false),
        // A page without an edition opens only what it opens in every edition.
        ("page 39", "2", chapters, false),
        ("page 39", "page 39", chapters, false),
        ("p. 39 penguin", "p. 39 penguin", chapters, true),
        ("p. 500 penguin", "1", chapters, false),
        ("p. 300 hardcover", "1", chapters, false),
        // An estimate keeps a margin of a twentieth of the work.
        ("50%", "9", chapters, true),
        ("50%", "10", chapters, false),
        ("chapter 10", "50%", chapters, false),
        ("chapter 11", "50%", chapters, true),
        ("100%", "20", chapters, true),
        ("chapter 20", "100%", chapters, true),
        ("absolute 4", "S02E01", episodes, true),
        ("absolute 3", "S02E01", episodes, false),
        ("episode 5", "S02E02", episodes, true),
        ("S02E01", "part: Siege", episodes, true),
        ("S01E03", "part: Siege", episodes, false),
        ("S03E04", "finished", episodes, true),
        ("S03E04", "S00E01", episodes, false),
        // The first two on the disc are the second and the third, so that none is known up to a point.
        ("dvd S01E02", "S01E01", episodes, false),
        ("dvd S01E03", "S01E03", episodes, true),
        ("S01E02", "dvd S01E01", episodes, true),
        ("S02E02", "dvd S02E01", episodes, false),
        ("S03E01", "dvd S02E01", episodes, true),
    ] {
        assert_eq!(is_past(reached, gate, scale), past, "{reached} past {gate}");
    }
}

#[test]
fn a_work_that_has_grown_is_not_finished_any_more() {
    let facts = |episodes| SpineFacts { episodes, ..SpineFacts::default() };
    let before = Spine::new(facts(vec![3, 2])).expect("it is right").expect("it is one");
    let after = Spine::new(facts(vec![3, 2, 4])).expect("it is right").expect("it is one");
    let progress = Progress::finished(Some(&before));
    for (spine, gate, past) in [
        (&before, "finished", true),
        (&after, "finished", false),
        (&after, "S02E02", true),
        (&after, "S03E01", false),
    ] {
        let scale = Scale { unit: None, spine: Some(spine) };
        assert_eq!(progress.is_past(&gate.parse().expect("a point"), scale), past, "{gate}");
    }
}

#[test]
fn steps_lead_over_the_ends_of_seasons_and_back() {
    let (book, series) = (spine(), series());
    let chapters = Scale { unit: Some("chapter"), spine: Some(&book) };
    let episodes = Scale { unit: None, spine: Some(&series) };
    for (scale, path) in [
        (episodes, &["S01E01", "S01E02", "S01E03", "S02E01", "S02E02", "S03E01"][..]),
        (chapters, &["chapter 1", "chapter 2", "chapter 3"]),
        (Scale::default(), &["1", "2"]),
    ] {
        let mut now = None;
        for expected in path {
            now = scale.answer("+1", now.as_ref(), &[]).expect("there is more");
            assert_eq!(now.as_ref().map(ToString::to_string).as_deref(), Some(*expected));
        }
        for expected in path.iter().rev().skip(1).map(Some).chain([None]) {
            now = scale.answer("-1", now.as_ref(), &[]).expect("there is a way back");
            assert_eq!(now.as_ref().map(ToString::to_string).as_deref(), expected.copied());
        }
    }
    let end = "S03E04".parse().ok();
    assert!(episodes.answer("+1", end.as_ref(), &[]).is_err(), "nothing comes after the end");
    let done = episodes.answer("done", None, &[]).expect("it is an answer");
    let back = episodes.answer("-1", done.as_ref(), &[]).expect("the end is known");
    assert_eq!(back.map(|back| back.to_string()).as_deref(), Some("S03E03"));
}

#[test]
fn answers_are_taken_in_words_and_refused_in_words() {
    let (book, series) = (spine(), series());
    let chapters = Scale { unit: Some("chapter"), spine: Some(&book) };
    let episodes = Scale { unit: None, spine: Some(&series) };
    for (scale, typed, expected) in [
        (chapters, "12", Ok("chapter 12")),
        (chapters, "ch 12", Ok("chapter 12")),
        (chapters, "40%", Ok("40%")),
        (chapters, "p212 penguin", Ok("p. 212 penguin")),
        (chapters, "the long", Ok("part: The Long Winter")),
        (chapters, "THE THAW", Ok("part: The Thaw")),
        (chapters, "done", Ok("finished (chapter 20)")),
        (chapters, "the", Err("The Thaw or The Long Winter?")),
        (chapters, "21", Err("there are 20 chapters")),
        (chapters, "spring", Err("write a number, S02E05, 40%, p. 212, a part or done")),
        (episodes, "2x02", Ok("S02E02")),
        (episodes, "5", Ok("S02E02")),
        (episodes, "s0e1", Ok("S01E02 + S00E01")),
        (episodes, "S02E03", Err("season 2 has 2 episodes")),
        (episodes, "S04E01", Err("there are 3 seasons")),
    ] {
        let before = "S01E02".parse().ok().filter(|_| scale.unit.is_none());
        let answer = scale.answer(typed, before.as_ref(), &[]);
        let answer = answer.map(|progress| progress.map(|p| p.to_string()).unwrap_or_default());
        assert_eq!(answer.as_deref().map_err(|e| e.as_str()), expected, "{typed}");
    }
    assert_eq!(chapters.answer(" none ", None, &[]), Ok(None));
    let gate = "9".parse().expect("a point");
    let by_chapter = Scale { unit: Some("chapter"), spine: None };
    assert!(by_chapter.answer("S01E01", None, &[&gate]).is_err(), "no gate could be measured by it");
    let episode = "S01E01".parse().expect("a point");
    assert!(Scale::default().answer("12", None, &[&episode]).is_err(), "nor here");
}

#[test]
fn spines_that_contradict_themselves_are_refused() {
    let book = |facts: SpineFacts| SpineFacts { unit: Some("chapter".into()), length: Some(10), ..facts };
    let part = |name: &str, end| (name.to_owned(), PartEnd::Number(end));
    for (facts, key) in [
        (SpineFacts { episodes: vec![3, 0], ..SpineFacts::default() }, "episodes"),
        (SpineFacts { episodes: vec![3], length: Some(4), ..SpineFacts::default() }, "length"),
        (SpineFacts { length: Some(4), ..SpineFacts::default() }, "unit"),
        (book(SpineFacts { parts: vec![part("a", 5), part("b", 5)], ..SpineFacts::default() }), "part"),
        (book(SpineFacts { parts: vec![part("a", 11)], ..SpineFacts::default() }), "part"),
        (book(SpineFacts { parts: vec![part("a", 1), part("A", 2)], ..SpineFacts::default() }), "part"),
        (
            book(SpineFacts {
                editions: vec![EditionFacts { name: "x".into(), pages: 9, starts: vec![1, 2] }],
                ..SpineFacts::default()
            }),
            "edition",
        ),
        (
            book(SpineFacts {
                numberings: vec![NumberingFacts { name: "x".into(), episodes: vec![], order: vec![1, 1] }],
                ..SpineFacts::default()
            }),
            "numbering",
        ),
    ] {
        assert_eq!(Spine::new(facts.clone()).map_err(|(key, _)| key), Err(key), "{facts:?}");
    }
}

fn point() -> impl Strategy<Value = Point> {
    let unit = prop::sample::select(vec![
        "",
        "chapter",
        "page",
        "page penguin",
        "page pocket",
        "page hardcover",
        "percent",
        "absolute",
        "dvd",
        "canto",
    ]);
    prop_oneof![
        6 => (unit, 0u32..101).prop_map(|(unit, number)| Point::Number { unit: unit.into(), number }),
        2 => (0u16..4, 0u16..5).prop_map(|(season, episode)| Point::episode(season, episode)),
        1 => (0u16..3, 0u16..5).prop_map(|(season, episode)| Point::Episode { numbering: "dvd".into(), season, episode }),
        1 => prop::sample::select(vec!["The Thaw", "The Long Winter", "Siege", "Nowhere"]).prop_map(|name| Point::Part(name.into())),
        1 => Just(Point::Finished),
    ]
}

fn scale_of(which: usize) -> Scale<'static> {
    use std::sync::LazyLock;
    static BOOK: LazyLock<Spine> = LazyLock::new(spine);
    static SERIES: LazyLock<Spine> = LazyLock::new(series);
    match which {
        0 => Scale { unit: Some("chapter"), spine: Some(&BOOK) },
        1 => Scale { unit: None, spine: Some(&SERIES) },
        2 => Scale { unit: Some("chapter"), spine: None },
        _ => Scale { unit: None, spine: Some(&BOOK) },
    }
}

proptest! {
    #[test]
    fn one_step_on_never_shows_less(point in point(), gate in point(), which in 0usize..4) {
        let scale = scale_of(which);
        let before = Progress::new(point, scale.unit);
        if let Ok(Some(after)) = scale.answer("+1", Some(&before), &[]) {
            prop_assert!(!before.is_past(&gate, scale) || after.is_past(&gate, scale), "{before} to {after}: {gate}");
        }
        if let Ok(Some(after)) = scale.answer("done", Some(&before), &[]) {
            prop_assert!(!before.is_past(&gate, scale) || after.is_past(&gate, scale), "{before} to {after}: {gate}");
        }
    }

    #[test]
    fn one_step_back_never_shows_more(point in point(), gate in point(), which in 0usize..4) {
        let scale = scale_of(which);
        let before = Progress::new(point, scale.unit);
        if let Ok(after) = scale.answer("-1", Some(&before), &[]) {
            let after_shows = after.as_ref().is_some_and(|after| after.is_past(&gate, scale));
            prop_assert!(before.is_past(&gate, scale) || !after_shows, "{before} back: {gate}");
        }
    }

    #[test]
    fn to_be_past_is_transitive_where_one_scale_says_all(a in point(), b in point(), which in 0usize..4) {
        let scale = scale_of(which);
        // Against the reader: of two points, both may be ahead of each other, but a point that is past another in both ways
        // is the same place.
        let (one, other) = (Progress::new(a.clone(), scale.unit), Progress::new(b.clone(), scale.unit));
        if let (Some(a), Some(b)) = (scale.rank(&a), scale.rank(&b))
            && one.is_past(&other.point().cloned().unwrap_or(Point::Finished), scale)
            && b > a
        {
            prop_assert!(scale.spine.and_then(Spine::length).is_some_and(|all| a >= all), "{one} is before {other}");
        }
    }

    #[test]
    fn what_is_written_reads_back(point in point(), other in point()) {
        let progress = Progress::new(point, None).after(Some(&Progress::new(other, None)));
        prop_assert_eq!(progress.to_string().parse(), Ok(progress));
    }
}
