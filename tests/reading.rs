//! Going on, taking back, coming back: what a reader does with what they have read, through the keys.

mod support;

use proptest::prelude::*;
use support::Program;
use unspoiled::app::{EditStart, Effect, Pane};
use unspoiled::typeset::Cursor;

/// A review of a few paragraphs, with a spoiler at its end.
fn review(title: &str, hidden: &str) -> String {
    let lines: String = (0..40).map(|n| format!("{title} {n}.\n\n")).collect();
    format!(
        "link = 'https://example.org/{title}'\n[work]\ntitle = '{title}'\nkind = 'book'\nunit = 'chapter'\n\
         [[passage]]\ntext = '''\n{lines}'''\n[[passage]]\nspoiler = 'the end'\nafter = 5\ntext = '{hidden}'\n"
    )
}

fn program() -> Program {
    let files =
        [("a", review("Alpha", "rosebud")), ("b", review("Beta", "sled")), ("c", review("Gamma", "snow"))];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Program::with(&files, 120, 24)
}

fn title(program: &Program) -> String {
    let review = program.app.selected().and_then(|entry| entry.review());
    review.map(|review| review.work_title().to_owned()).unwrap_or_default()
}

/// All of the text as far as it may be seen.
fn page(program: &Program) -> String {
    program
        .app
        .reader()
        .page()
        .lines_from(Cursor::default())
        .map(|(_, line)| line.text.clone() + "\n")
        .collect()
}

fn notice(program: &Program) -> String {
    program.app.notice().unwrap_or_default().to_owned()
}

/// The last of the effects that go out of the program.
fn last(program: &Program) -> Option<&Effect> {
    let goes_out = |effect: &&Effect| {
        matches!(effect, Effect::Copy(_) | Effect::Pipe { .. } | Effect::Open(_) | Effect::Edit { .. })
    };
    program.effects.iter().rfind(goes_out)
}

#[test]
fn from_the_text_one_goes_on_to_the_next_review() {
    let mut program = program();
    program.keys("<enter>J");
    assert_eq!((title(&program), program.app.pane()), ("Beta".to_owned(), Pane::Text));
    program.keys("JJ");
    assert_eq!(
        (title(&program), notice(&program)),
        ("Gamma".to_owned(), "this is the last review".to_owned())
    );
    program.keys("KKK");
    assert_eq!(
        (title(&program), notice(&program)),
        ("Alpha".to_owned(), "this is the first review".to_owned())
    );
    program.keys("JmU");
    assert_eq!(title(&program), "Gamma", "what was read is passed over");
    program.keys("U");
    assert_eq!(title(&program), "Alpha", "and after the last comes the first");
}

#[test]
fn groups_are_gone_through_and_folded_all_at_once() {
    let mut program = program();
    program.keys("Z");
    assert!(notice(&program).contains("nothing to fold"));
    program.keys("w}");
    assert!(program.app.list().is_head_selected());
    program.keys("Z");
    assert_eq!(program.app.list().len(), 3, "every group is folded");
    program.keys("Z");
    assert_eq!(program.app.list().len(), 6, "and unfolded again");
    program.keys("}}}}");
    assert_eq!(notice(&program), "this is the last group");
}

#[test]
fn what_was_read_can_be_hidden_beside_any_filter() {
    let mut program = program();
    program.keys("mHG");
    assert_eq!((program.app.list().len(), title(&program)), (2, "Gamma".to_owned()));
    program.keys("H");
    assert_eq!(program.app.list().len(), 3);
    program.keys("/alpha or beta<enter>H");
    assert_eq!((program.app.list().len(), title(&program)), (1, "Beta".to_owned()));
    program.keys("H");
    assert_eq!(program.app.list().filter().text(), "alpha or beta", "the filter is what it was");
}

#[test]
fn what_was_done_is_taken_back_one_by_one() {
    let mut program = program();
    program.keys("u");
    assert_eq!(notice(&program), "nothing to undo");
    program.keys("m/beta<enter>/gamma<enter><enter>]<enter><enter>");
    assert!(page(&program).contains("snow"));
    program.keys("u");
    assert!(!page(&program).contains("snow"), "it is hidden again: {}", notice(&program));
    program.keys("u");
    assert_eq!(program.app.list().filter().text(), "beta");
    program.keys("u");
    assert_eq!((program.app.list().filter().text(), program.app.list().len()), ("", 3));
    assert!(program.app.memory().is_read("library/a"));
    program.keys("u");
    assert!(!program.app.memory().is_read("library/a"));
    program.keys("u");
    assert_eq!(notice(&program), "nothing to undo");
}

#[test]
fn progress_is_taken_back_but_never_so_that_something_is_revealed() {
    let mut program = program();
    let is_shown = |program: &mut Program| program.keys("<tab>G").screen().contains("rosebud");
    program.keys("p4<enter>p6<enter><enter>");
    assert!(is_shown(&mut program));
    program.keys("<esc>u");
    assert_eq!(notice(&program), "undone: your progress is chapter 4 again");
    assert!(!is_shown(&mut program));
    program.keys("<esc>p6<enter><enter>p2<enter>u");
    assert!(notice(&program).contains("would reveal spoilers"), "{}", notice(&program));
    assert!(!is_shown(&mut program));
}

#[test]
fn an_editor_is_opened_where_the_reader_is_and_shows_spoilers_only_to_who_asks_twice() {
    let mut program = program();
    program.keys("<enter>e");
    assert!(last(&program).is_none() && notice(&program).contains("shows the spoilers too"));
    program.keys(" e");
    assert!(last(&program).is_none(), "another key in between is no answer");
    program.keys("e");
    let at = |start| Effect::Edit { path: "/library/a.toml".into(), start };
    assert_eq!(last(&program), Some(&at(EditStart::Passage(0))));
    program.keys("]ee");
    assert_eq!(last(&program), Some(&at(EditStart::Passage(1))), "at the passage of the focused spoiler");
    program.keys("<enter><enter>ge");
    assert_eq!(last(&program), Some(&at(EditStart::Top)), "who has seen everything is not asked");
    let mut program = Program::bundled(120, 24);
    program.keys("ee");
    assert!(notice(&program).contains("no file to edit"));
}

#[test]
fn what_is_copied_and_piped_is_what_may_be_seen() {
    let mut program = program();
    program.keys("<enter>y");
    let Some(Effect::Copy(text)) = last(&program) else { panic!("it is copied") };
    assert!(text.contains("Alpha 39.") && text.contains("the end") && !text.contains("rosebud"), "{text}");
    program.keys("]y");
    assert!(notice(&program).contains("nothing was copied"), "a hidden spoiler is not copied");
    program.keys("<enter><enter>y");
    assert_eq!(last(&program), Some(&Effect::Copy("rosebud\n".to_owned())), "a revealed one by itself");
    program.keys("J|wc -l<enter>");
    let Some(Effect::Pipe { command, text }) = last(&program) else { panic!("it is handed on") };
    assert_eq!(command, "wc -l");
    assert!(text.contains("Beta 39.") && !text.contains("sled"), "{text}");
    program.keys("Y");
    assert_eq!(last(&program), Some(&Effect::Copy("https://example.org/Beta".to_owned())));
}

#[test]
fn a_link_is_shown_before_it_is_opened_and_a_hidden_one_is_not() {
    let mut program = program();
    program.keys("o");
    assert!(last(&program).is_none() && notice(&program).contains("https://example.org/Alpha"));
    program.keys("o");
    assert_eq!(last(&program), Some(&Effect::Open("https://example.org/Alpha".to_owned())));
    let hidden = review("Alpha", "x").replace("link", "spoilers = true\nlink");
    let mut program = Program::with(&[("a", hidden.as_str())], 120, 24);
    program.keys("oo");
    assert!(last(&program).is_none(), "the link of a review that is hidden is hidden too");
    program.keys("Y");
    assert_eq!(last(&program), Some(&Effect::Copy("a".to_owned())));
}

#[test]
fn the_window_is_called_after_the_library_and_the_review() {
    let mut program = program();
    program.keys("<enter>");
    let title = |program: &Program| {
        let mut titles = program.effects.iter().filter_map(|effect| match effect {
            Effect::Title(title) => Some(title.clone()),
            _ => None,
        });
        titles.next_back().unwrap_or_default()
    };
    assert_eq!(title(&program), "Alpha · reviews/ · unspoiled");
    program.keys("<esc>");
    assert_eq!(title(&program), "reviews/ · unspoiled");
}

#[test]
fn bookmarks_and_jumps_lead_back() {
    let mut program = program();
    let at = |program: &Program, line: &str| program.screen().contains(line);
    program.keys("'");
    assert!(notice(&program).contains("no bookmark"));
    program.keys("<enter>  B");
    // Without the mark at the edge that a page step leaves.
    let marked = program.screen().lines().nth(4).unwrap_or_default().replace('›', " ");
    program.keys("gJJ'");
    assert_eq!((title(&program), program.app.pane()), ("Alpha".to_owned(), Pane::Text));
    assert!(at(&program, &marked), "the same lines are on the screen");
    program.keys("<");
    assert_eq!(title(&program), "Gamma");
    program.keys("<<");
    assert_eq!(title(&program), "Alpha");
    program.keys(">>");
    assert_eq!(title(&program), "Gamma");
    program.keys("'B'");
    assert!(notice(&program).contains("no bookmark"), "one that is there is removed: {}", notice(&program));
}

#[test]
fn the_next_run_begins_where_the_last_one_ended() {
    let mut program = program();
    program.keys("rr/a<enter>w/eta<enter>jf39<enter><esc><esc>/a<enter>G<enter>/\"33\"<enter>B<esc>");
    let saved = program.saved();
    let mut next = Program::new(80, 24);
    next.recall(&saved);
    let files = [("a", review("Alpha", "x")), ("b", review("Beta", "x")), ("c", review("Gamma", "x"))];
    let files: Vec<_> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let changes = support::changes(&files);
    next.events([unspoiled::app::Event::Changed(changes), unspoiled::app::Event::Complete]);
    assert_eq!(title(&next), title(&program), "the same review is selected");
    let filter = |program: &Program| program.app.list().filter().text().to_owned();
    assert_eq!(filter(&next), filter(&program));
    assert_eq!(next.app.list().filter().arrangement(), program.app.list().filter().arrangement());
    next.keys("/<ctrl-p><ctrl-p>");
    assert_eq!(
        next.app.list().filter().text(),
        "\"39",
        "what was typed in the earlier run can be taken up again"
    );
}

#[test]
fn what_is_searched_for_is_shown_while_it_is_typed_and_esc_leads_back() {
    let mut program = program();
    let before = program.keys("<enter>").screen();
    program.keys("/alpha 3");
    assert!(program.screen().contains("1 of 11"), "the hits are counted: {}", program.screen());
    program.keys("5");
    assert!(program.screen().contains("Alpha 35."), "and the first of what is typed on is on the screen");
    program.keys("<esc>");
    assert_eq!(program.screen(), before, "everything is as it was");
    program.keys("/alpha 35<enter>");
    assert!(program.screen().contains("Alpha 35.") && program.app.overlay().is_none());
    program.keys("/rosebud");
    assert!(!program.screen().contains("1 of"), "what is hidden is not found");
}

#[test]
fn the_text_shows_the_hit_of_the_selected_review_while_a_filter_is_typed_and_no_place_is_lost() {
    let mut program = program();
    program.keys("f34.");
    assert!(program.screen().contains("Alpha 34."), "it is on the screen");
    program.keys("<down>");
    assert!(program.screen().contains("Beta 34."), "and of the next review too");
    program.keys("<esc>");
    assert!(program.screen().contains("Alpha 1.") && !program.screen().contains("Alpha 34."));
    assert!(!program.saved().contains("[places]\n\"library"), "no place was noted: {}", program.saved());
}

#[test]
fn tab_completes_keys_and_values_that_may_be_seen() {
    let mut program = program();
    program.keys("/ki<tab>b<tab>");
    assert_eq!(program.app.list().filter().text(), "kind:book");
    let hidden = "spoilers = true\ntags = ['rosebud']\n[work]\ntitle = 'W'\n[[passage]]\ntext = 'x'\n";
    let mut program = Program::with(&[("a", hidden)], 120, 24);
    program.keys("/tag:r<tab>");
    assert_eq!(program.app.list().filter().text(), "tag:r", "a tag that is hidden is not offered");
}

/// Keys that reveal, hide, and go about.
const KEYS: &[&str] = &[
    "<enter>",
    "]",
    "[",
    "s",
    "SS",
    "S",
    "u",
    "u",
    "u",
    "J",
    "K",
    "m",
    "<tab>",
    "<esc>",
    "H",
    "p1<enter>",
    "p6<enter><enter>",
    "p<ctrl-u><enter>",
    "G",
    "g",
    "/a<enter>",
    "U",
    "<",
    ">",
    "B",
    "'",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn taking_back_never_reveals(keys in prop::collection::vec(prop::sample::select(KEYS.to_vec()), 0..40)) {
        let seen = |program: &Program| -> Vec<String> {
            let app = &program.app;
            let visible = app.library().entries().filter_map(|entry| app.library().visible(app.curtains(), entry.id()));
            let text = visible.map(|visible| format!("{:?}", visible.passages().map(|passage| {
                passage.text.map(|text| text.masked().to_owned())
            }).collect::<Vec<_>>()));
            let text: String = text.collect();
            ["rosebud", "sled", "snow"].iter().filter(|word| text.contains(**word)).map(|word| (*word).to_owned()).collect()
        };
        let mut program = program();
        for key in keys {
            let before = seen(&program);
            program.keys(key);
            if program.app.overlay().is_some() {
                program.keys("<esc>");
            }
            if key == "u" {
                let after = seen(&program);
                prop_assert!(after.iter().all(|word| before.contains(word)), "{after:?} and not {before:?}");
            }
        }
    }
}
