//! Links, hyphens and page steps.

use super::tests::{page_of, review, shown};
use super::*;
use crate::curtain::Curtains;

const LINKED: &str = r#"
link = "https://example.org/review"
[work]
title = "W"
[[passage]]
text = "Read [the interview](https://example.org/a) and <https://example.org/b>, then [home](page)."
[[passage]]
spoiler = true
text = "See [how it ends](https://example.org/end) and ||[this](https://example.org/this)||."
"#;

/// The texts that lead somewhere, with where they lead.
fn links_of(page: &Page) -> Vec<(String, String)> {
    let lines = page.lines_from(Cursor::default());
    let of_line = |line: &Line| {
        let link = |(range, address): &(std::ops::Range<usize>, String)| {
            (line.text[range.clone()].to_owned(), address.clone())
        };
        line.links.iter().map(link).collect::<Vec<_>>()
    };
    lines.flat_map(|(_, line)| of_line(line)).collect()
}

#[test]
fn text_leads_where_its_link_does_and_nothing_hidden_leads_anywhere() {
    let review = review(LINKED);
    let mut curtains = Curtains::default();
    let links = links_of(&page_of(&review, &curtains, 200));
    let known = [
        ("https://example.org/review", "https://example.org/review"),
        ("the interview <https://example.org/a>", "https://example.org/a"),
        ("https://example.org/b", "https://example.org/b"),
    ];
    let owned = |(text, address): (&str, &str)| (text.to_owned(), address.to_owned());
    assert_eq!(links, known.map(owned));
    let broken = links_of(&page_of(&review, &curtains, 24));
    assert!(broken.len() > links.len(), "a link that is broken leads there from every line: {broken:?}");
    curtains.toggle(review.curtain_list(), Region::passage(1));
    let links = links_of(&page_of(&review, &curtains, 200));
    assert_eq!(links.last().map(|(_, address)| &**address), Some("https://example.org/end"), "{links:?}");
    curtains.toggle(review.curtain_list(), Region::span(1, 0));
    let links = links_of(&page_of(&review, &curtains, 200));
    assert_eq!(links.last().map(|(_, address)| &**address), Some("https://example.org/this"), "{links:?}");
}

#[test]
fn addresses_are_numbered_below_their_paragraph_where_that_is_wanted() {
    let review = review(LINKED);
    let mut curtains = Curtains::default();
    curtains.toggle_all(review.curtain_list());
    let format = Format { measure: 60, links: Links::Numbered, ..Format::default() };
    let page = Page::review(Visible::new(&review, &curtains), format);
    insta::assert_snapshot!(shown(&page));
    let narrow = Format { measure: 24, ..format };
    let page = Page::review(Visible::new(&review, &curtains), narrow);
    assert!(
        links_of(&page)
            .iter()
            .any(|(text, address)| text.contains("[1]") && address == "https://example.org/a")
    );
}

#[test]
fn words_are_hyphenated_in_narrow_prose_and_nowhere_else() {
    let review = review(
        "[work]\ntitle = 'W'\n[[passage]]\ntext = \"Incomprehensible characteristics of understanding: `incomprehensible`, \
         undoubtedly [incomprehensible](https://example.org/incomprehensible), and ||incomprehensible|| understanding of \
         considerable consequence.\"\n",
    );
    let mut curtains = Curtains::default();
    curtains.toggle_all(review.curtain_list());
    let set = |measure, hyphenation| {
        let format = Format { measure, hyphenation, ..Format::default() };
        Page::review(Visible::new(&review, &curtains), format)
    };
    insta::assert_snapshot!(shown(&set(26, Some(Language::English))));
    let hyphens =
        |page: &Page| page.lines_from(Cursor::default()).filter(|(_, line)| line.is_hyphenated).count();
    assert_eq!(hyphens(&set(26, None)), 0, "none unless that is wanted");
    assert_eq!(hyphens(&set(60, Some(Language::English))), 0, "nor in wide lines");
    for measure in 20..60 {
        let page = set(measure, Some(Language::English));
        let joined = Joined::of(page.lines_from(Cursor::default()));
        let words = joined.text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("considerable consequence."), "joined again it is what it was: {words}");
        assert!(words.contains("▐incomprehensible▌ understanding"), "{words}");
        let at = joined.text().find("consequence").expect("it is there");
        let parts = joined.on_lines(at..at + "consequence".len());
        let lines: String = parts
            .iter()
            .map(|(cursor, range)| page.lines(cursor.block)[cursor.line].text[range.clone()].to_owned())
            .collect();
        assert_eq!(lines, "consequence", "and found on its lines");
        let (line, range) = parts.first().expect("it is on a line").clone();
        assert_eq!(
            page.paragraph(line)
                .offset(line, range.start)
                .map(|at| page.paragraph(line).text()[at..].is_empty()),
            Some(false),
            "and its place is known"
        );
    }
}

#[test]
fn page_steps_keep_a_line_and_begin_no_page_with_a_widow_or_a_blank_line() {
    let passages: String = (0..40)
        .map(|n| format!("[[passage]]\ntext = '{}'\n", "Some words that make lines. ".repeat(1 + n % 7)))
        .collect();
    let review = review(&format!("[work]\ntitle = 'W'\n{passages}"));
    let page = page_of(&review, &Curtains::default(), 40);
    let all: Vec<_> = page.lines_from(Cursor::default()).map(|(cursor, _)| cursor).collect();
    let number = |cursor: Cursor| all.iter().position(|line| *line == cursor).expect("it is a line");
    for height in [3, 5, 10, 24] {
        let mut top = Cursor::default();
        while number(top) + height < all.len() {
            let next = page.page_down(top, height);
            assert!(
                next > top && number(next) < number(top) + height,
                "a step goes on and keeps a line in sight"
            );
            assert!(number(next) + 4 > number(top) + height, "but not more than it must");
            if height > 5 {
                assert!(!page.is_bad_top(next), "a page of {height} begins well");
            }
            let back = page.page_up(next, height);
            assert!(back < next && number(back) + height > number(next), "and back");
            top = next;
        }
    }
}
