use proptest::prelude::*;

use super::*;
use crate::curtain::Curtains;
use crate::review::{Parser, Review};

pub(super) fn review(text: &str) -> Review {
    Parser::default().parse(text.as_bytes()).expect("the review is right")
}

pub(super) fn page_of(review: &Review, curtains: &Curtains, measure: usize) -> Page {
    Page::review(Visible::new(review, curtains), measure)
}

/// A page as text: on each line the mark at the edge, then the text.
pub(super) fn shown(page: &Page) -> String {
    let edge = |edge: Option<Edge>| match edge {
        None => ' ',
        Some(Edge::Down) => 'D',
        Some(Edge::Top(_)) => 'T',
        Some(Edge::Side(_)) => 'S',
        Some(Edge::Bottom(_)) => 'B',
    };
    let lines = page.lines_from(Cursor::default());
    let lines: Vec<_> = lines.map(|(_, line)| format!("{}|{}", edge(line.edge), line.text)).collect();
    lines.join("\n")
}

const MIDDLEMARCH: &str = r#"
title = "The Weight of Small Choices"
reviewer = "Ada"
date = 2012-02-05
rating = "85/100"
tags = ["slow", "classic"]
link = "https://example.org/m"
[work]
title = "Middlemarch"
kind = "book"
year = 1871
by = ["George Eliot"]
unit = "chapter"
[[passage]]
text = '''
The measure is narrow and ||Will|| is here.

- one
- two words that wrap
'''
[[passage]]
spoiler = "whom Dorothea marries"
after = 84
text = '''
She marries ||again||.

At last.
'''
[[passage]]
text = "The next paragraph goes on."
"#;

#[test]
fn a_page_shows_what_may_be_seen() {
    let review = review(MIDDLEMARCH);
    let mut curtains = Curtains::default();
    insta::assert_snapshot!(shown(&page_of(&review, &curtains, 34)), @r"
     |The Weight of Small Choices
     |Middlemarch (1871), a book by
     |George Eliot
     |
     |★★★★½   85/100   Ada   5 Feb 2012
     |1 min
     |slow · classic
     |https://example.org/m
     |
     |The measure is narrow and
     |▐spoiler▌ is here.
     |
     |• one
     |• two words that wrap
     |
    D|░ Spoiler: wh…  after chapter 84 ░
     |
     |The next paragraph goes on.
    ");
    curtains.toggle(review.curtain_list(), Region::passage(1));
    curtains.toggle(review.curtain_list(), Region::span(0, 0));
    insta::assert_snapshot!(shown(&page_of(&review, &curtains, 40)), @r"
     |The Weight of Small Choices
     |Middlemarch (1871), a book by George
     |Eliot
     |
     |★★★★½   85/100   Ada   5 Feb 2012
     |1 min
     |slow · classic
     |https://example.org/m
     |
     |The measure is narrow and ▐Will▌ is
     |here.
     |
     |• one
     |• two words that wrap
     |
    T|Spoiler: whom Doroth… · after chapter 84
    S|
    S|She marries ▐spoiler▌.
    S|
    B|At last.
     |
     |The next paragraph goes on.
    ");
}

#[test]
fn a_review_behind_one_curtain_shows_one_line() {
    let review = review(&MIDDLEMARCH.replace("reviewer =", "spoilers = true\nreviewer ="));
    let mut curtains = Curtains::default();
    insta::assert_snapshot!(shown(&page_of(&review, &curtains, 60)), @r"
     |The Weight of Small Choices
     |Middlemarch (1871), a book by George Eliot
     |
     |★★★★½   85/100   Ada   5 Feb 2012
     |
    D|░░ Spoiler: the whole review ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░
    ");
    curtains.toggle(review.curtain_list(), Region::REVIEW);
    insta::assert_snapshot!(shown(&page_of(&review, &curtains, 60)), @r"
     |The Weight of Small Choices
     |Middlemarch (1871), a book by George Eliot
     |
     |★★★★½   85/100   Ada   5 Feb 2012   1 min
     |
    T|Spoiler: the whole review
    S|
    S|slow · classic
    S|https://example.org/m
    S|
    S|The measure is narrow and ▐spoiler▌ is here.
    S|
    S|• one
    S|• two words that wrap
     |
    D|░░ Spoiler: whom Dorothea marries ░░░░░░ after chapter 84 ░░
    S|
    S|The next paragraph goes on.
    ");
}

#[test]
fn a_span_that_holds_paragraphs_unfolds_them() {
    let review =
        review("[work]\ntitle='W'\n[[passage]]\ntext='''\nOpen ||first\n\nsecond *em*\n\nthird'''\n");
    let mut curtains = Curtains::default();
    curtains.toggle(review.curtain_list(), Region::span(0, 0));
    insta::assert_snapshot!(shown(&page_of(&review, &curtains, 40)), @r"
     |W
     |
     |1 min
     |
     |Open ▐first
     |
     |second em
     |
     |third▌
    ");
}

#[test]
fn a_span_that_begins_with_a_list_keeps_its_first_bullet() {
    let review = review("[work]\ntitle='W'\n[[passage]]\ntext='''\nOpen ||- first\n- second|| end'''\n");
    let mut curtains = Curtains::default();
    curtains.toggle(review.curtain_list(), Region::span(0, 0));
    let page = shown(&page_of(&review, &curtains, 40));
    assert!(page.contains("Open ▐• first") && page.contains("\n |• second▌ end"), "{page}");
}

#[test]
fn a_table_stands_in_columns_if_they_fit_and_else_in_a_line_a_row() {
    let review = review(
        "[work]\ntitle='W'\n[[passage]]\ntext='''\nMy marks:\n\n| Part | Mark | Why |\n|:---|---:|:-:|\n| one | 4 | *slow* |\n\
         | the second | 10 | ||a twist|| |\n| | 3 |\n| four | 1 | x | and more |\n'''\n",
    );
    let page = |curtains: &Curtains, measure| shown(&page_of(&review, curtains, measure));
    insta::assert_snapshot!(page(&Curtains::default(), 50), @r"
     |W
     |
     |1 min
     |
     |My marks:
     |
     |Part         Mark      Why
     |────────────────────────────────────────
     |one             4     slow
     |the second     10   ▐spoiler▌
     |                3
     |four            1       x       and more
    ");
    insta::assert_snapshot!(page(&Curtains::default(), 24), @r"
     |W
     |
     |1 min
     |
     |My marks:
     |
     |Part · Mark · Why
     |• one · 4 · slow
     |• the second · 10 ·
     |  ▐spoiler▌
     |• 3
     |• four · 1 · x · and
     |  more
    ");
    let mut curtains = Curtains::default();
    curtains.toggle(review.curtain_list(), Region::span(0, 0));
    assert!(page(&curtains, 60).contains("\n |the second     10   ▐a twist▌\n"), "{}", page(&curtains, 60));
}

#[test]
fn the_size_of_a_curtain_says_nothing_of_what_is_behind_it() {
    let page = |hidden: &str| {
        let source = format!(
            "[work]\ntitle='W'\n[[passage]]\ntext='''\na ||{hidden}|| b'''\n[[passage]]\nspoiler=true\ntext='''\n{hidden}'''\n"
        );
        shown(&page_of(&review(&source), &Curtains::default(), 40))
    };
    assert_eq!(page("x"), page(&"long text with many words ".repeat(400)));
}

#[test]
fn the_work_is_told_in_words() {
    for (head, line) in [
        ("[work]\ntitle = 'W'\nkind = 'album'\nyear = 1959\nby = ['A', 'B']", "an album by A, B, 1959"),
        ("title = 'T'\n[work]\ntitle = 'W'\nkind = 'film'", "W, a film"),
        ("title = 'T'\n[work]\ntitle = 'W'\nyear = -19", "W (19 BC)"),
        ("title = 'T'\n[work]\ntitle = 'W'\nby = ['A']", "W, by A"),
    ] {
        let review = review(&format!("{head}\n[[passage]]\ntext = 'x'\n"));
        let page = page_of(&review, &Curtains::default(), 60);
        let second = page.lines_from(Cursor::default()).nth(1).map(|(_, line)| line.text.clone());
        assert_eq!(second.as_deref(), Some(line), "{head}");
    }
}

fn long_review(paragraphs: usize) -> Review {
    let words = "Some words that go on for a while, and then a few more of them to wrap. ".repeat(3);
    let text: Vec<_> = (0..paragraphs).map(|n| format!("{n} {words}")).collect();
    review(&format!("[work]\ntitle='W'\n[[passage]]\ntext='''\n{}'''\n", text.join("\n\n")))
}

#[test]
fn cursors_walk_a_page_and_stay_on_it() {
    let page = page_of(&long_review(20), &Curtains::default(), 50);
    let cursors: Vec<_> = page.lines_from(Cursor::default()).map(|(cursor, _)| cursor).collect();
    let last = cursors.len() - 1;
    for (from, by, expected) in
        [(0, 0, 0), (0, 1, 1), (0, 7, 7), (3, 40, 43), (last, 5, last), (0, 9999, last)]
    {
        assert_eq!(page.down(cursors[from], by), cursors[expected], "down {by} from {from}");
    }
    for (from, by, expected) in [(0, 3, 0), (7, 0, 7), (7, 7, 0), (43, 40, 3), (last, 9999, 0), (5, 1, 4)] {
        assert_eq!(page.up(cursors[from], by), cursors[expected], "up {by} from {from}");
    }
    assert_eq!(page.last_top(10), cursors[last - 9]);
    assert_eq!(page.last_top(9999), cursors[0]);
    assert!(page.fraction(cursors[0], 10) < 0.2);
    assert_eq!(page.fraction(page.last_top(10), 10), 1.0);
}

#[test]
fn a_long_text_is_set_only_where_it_is_looked_at() {
    let page = page_of(&long_review(5000), &Curtains::default(), 72);
    let _ = page.lines_from(Cursor::default()).take(40).count();
    let _ = page.last_top(40);
    let set = page.blocks.iter().filter(|block| block.lines.get().is_some()).count();
    assert!(set < 40, "of 5000 paragraphs, {set} were set for two screens");
}

#[test]
fn a_place_is_found_again_at_any_width() {
    let review = long_review(20);
    let wide = page_of(&review, &Curtains::default(), 70);
    let narrow = page_of(&review, &Curtains::default(), 23);
    for (cursor, line) in wide.lines_from(Cursor::default()) {
        if line.text.is_empty() || line.place == Place::default() {
            continue;
        }
        let found = narrow.locate(line.place);
        assert!(narrow.place(found) <= line.place, "the line found begins at the place or before it");
        let below = narrow.down(found, 1);
        assert!(below == found || narrow.place(below) > line.place, "and the next one after it");
        assert_eq!(wide.locate(line.place), cursor, "at the same width it is the same line");
    }
}

#[test]
fn a_curtain_is_found_on_its_line() {
    let review = review(MIDDLEMARCH);
    let page = page_of(&review, &Curtains::default(), 34);
    let text = |region| {
        page.find(region).and_then(|at| page.lines_from(at).next()).map(|(_, line)| line.text.clone())
    };
    assert_eq!(text(Region::span(0, 0)).as_deref(), Some("▐spoiler▌ is here."));
    assert!(text(Region::passage(1)).is_some_and(|text| text.contains("Spoiler: wh")));
    assert_eq!(text(Region::span(1, 0)), None, "what is behind a curtain is not on the page");
}

proptest! {
    #[test]
    fn no_line_is_wider_than_its_measure_and_no_word_is_lost(
        words in prop::collection::vec("[a-zäé—漢字한글]{1,40}|👨‍👩‍👧‍👦", 1..60), measure in 8usize..90,
    ) {
        let source = format!("[work]\ntitle='W'\n[[passage]]\ntext='''\n{}'''\n", words.join(" "));
        let review = review(&source);
        let page = page_of(&review, &Curtains::default(), measure);
        let mut text = String::new();
        for (_, line) in page.lines_from(Cursor::default()) {
            prop_assert!(columns(&line.text) <= measure, "{:?} in {measure}", line.text);
            prop_assert_eq!(line.runs.last().map_or(0, |run| run.end), line.text.len());
            if line.place.section == 1 {
                text += &line.text;
            }
        }
        prop_assert_eq!(text.replace(' ', ""), words.concat());
    }

    #[test]
    fn any_markup_is_set_within_the_measure_and_places_only_grow(
        text in "([a-z*_`>#|<\\[\\]() \n-]|- |> |\\|\\||1\\. |\n\\|-\\|:-:\\|\n){1,80}", measure in 8usize..60, lift in any::<bool>(),
    ) {
        let source = format!("[work]\ntitle='W'\n[[passage]]\ntext='''\nx{text}'''\n");
        let review = review(&source);
        let mut curtains = Curtains::default();
        if lift {
            curtains.toggle_all(review.curtain_list());
        }
        let page = page_of(&review, &curtains, measure);
        let mut before = Place::default();
        for (_, line) in page.lines_from(Cursor::default()) {
            prop_assert!(columns(&line.text) <= measure, "{:?} in {measure}", line.text);
            prop_assert!(before <= line.place, "{before:?} then {:?} in {:?}", line.place, line.text);
            before = line.place;
        }
        for curtain in review.curtain_list().iter() {
            prop_assert!(page.find(curtain.region).is_some(), "{:?} is on the page", curtain.region);
        }
    }
}
