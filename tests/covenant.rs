//! The covenant over the whole path: for any review, any size and any keys that lift nothing, no hidden word is in any
//! cell of the screen, in any list, message or file that the program makes.

mod support;

use proptest::prelude::*;
use support::{HARMLESS, Program};
use unspoiled::app::{Effect, Event};

/// A word that stands behind curtains and nowhere else.
const SECRET: &str = "zqxjv";

/// Keys that lift nothing. `]` and `[` only focus; Enter opens, and is pressed in the list only.
const READING: &[&str] = &[
    "j",
    "k",
    "<down>",
    "<up>",
    " ",
    "t",
    "b",
    "<pagedown>",
    "<pageup>",
    "<ctrl-d>",
    "<ctrl-u>",
    "g",
    "G",
    "<home>",
    "<end>",
    "<tab>",
    "h",
    "l",
    "z",
    "?",
    "<esc>",
    "]",
    "[",
    "m",
    "<ctrl-l>",
    "x",
    "3j",
    "2]",
    ":reveal-al<enter><esc>",
    ":always<enter><esc>",
    ":next-sp<enter>",
    "p<ctrl-u>1<enter>",
    "p<esc>",
    "<esc>/zq<enter>",
    "<esc>/a<enter>",
    "<esc>/\"zqxj<enter>",
    "<esc>fzqxj<enter>",
    "<esc>fa<enter>",
    "<esc>/has:spoilers<enter>",
    "r",
    "R",
    "w",
    "n",
    "N",
    "<esc>/<ctrl-u><enter>",
];

fn keys_that_lift_nothing() -> Vec<&'static str> {
    [READING, HARMLESS].concat()
}

fn word() -> impl Strategy<Value = String> {
    "[a-y]{1,9}|[*_`>#-]{1,3}|漢字|e\u{301}|&#27;|\\[a\\]\\(b\\)|<b>"
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..most).prop_map(|words| words.join(" "))
}

/// Hidden text of any shape: in the middle of markup, over paragraphs, in a link.
fn hidden() -> impl Strategy<Value = String> {
    (words(6), words(6), prop::sample::select(vec![" ", "*", "\n\n", "\n", "](", "`", "**", "> ", "- "]))
        .prop_map(|(before, after, joint)| {
            format!("{before}{joint}{SECRET}{joint}{after}").replace("||", " ")
        })
}

fn passage() -> impl Strategy<Value = String> {
    let open = words(30).prop_map(|text| text.replace(['|', '\''], "")).boxed();
    let hidden = hidden().prop_map(|text| text.replace(['|', '\''], "")).boxed();
    prop_oneof![
        2 => open.clone().prop_map(|open| format!("text = '''\n{open}\n'''")),
        2 => (open.clone(), hidden.clone(), open.clone()).prop_map(|(a, h, b)| format!("text = '''\n{a} ||{h}|| {b}\n'''")),
        1 => (open.clone(), hidden.clone()).prop_map(|(a, h)| format!("text = '''\n{a} ||{h}\n'''")),
        1 => (open.clone(), hidden.clone()).prop_map(|(a, h)| format!("text = '''\n[{a}](||{h}||) [{a}]: ||{h}||\n'''")),
        2 => hidden.clone().prop_map(|h| format!("spoiler = true\ntext = '''\n{h}\n'''")),
        1 => hidden.clone().prop_map(|h| format!("spoiler = 'a label'\nafter = 3\ntext = '''\n{h} ||{h}|| {h}\n'''")),
        1 => hidden.prop_map(|h| format!("after = 'S01E02'\ntext = '''\n{h}\n'''")),
    ]
}

/// Files: right ones, ones that are one spoiler, and ones that are broken in some way.
fn file() -> impl Strategy<Value = String> {
    let head = prop::sample::select(vec![
        "",
        "",
        "",
        "rating = 4\ndate = 2020-01-01\n",
        "spoilers = true\ntags = ['zqxjv']\nlink = 'https://e.org/zqxjv'\n",
        "rating = 'zqxjv'\n",
        "zqxjv is = 1\n",
        "date = 'zqxjv'\n",
        "spoiler = 'zqxjv'\n",
    ]);
    let passages = prop::collection::vec(passage(), 1..4);
    let tail = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "text = 'zqxjv'",
        "'''zqxjv",
        "[passage]",
        "[[passage]]\nspoiler = zqxjv",
    ]);
    (head, passages, tail).prop_map(|(head, passages, tail)| {
        let passages: String = passages.iter().map(|p| format!("\n[[passage]]\n{p}\n")).collect();
        format!("{head}[work]\ntitle = 'A work'\nkind = 'book'\n{passages}{tail}\n")
    })
}

fn event() -> impl Strategy<Value = (u8, usize)> {
    prop_oneof![8 => (Just(0u8), 0..keys_that_lift_nothing().len()), 1 => (Just(1u8), 0usize..9), 1 => (Just(2u8), 0usize..9)]
}

const SIZES: [(u16, u16); 9] =
    [(200, 50), (120, 40), (100, 30), (99, 24), (80, 24), (40, 12), (24, 6), (23, 5), (130, 8)];

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_hidden_word_is_ever_on_the_screen(
        files in prop::collection::vec(file(), 1..4), events in prop::collection::vec(event(), 0..40), start in 0usize..9,
    ) {
        let names: Vec<_> = (0..files.len()).map(|n| format!("f{n}")).collect();
        let files: Vec<_> = names.iter().map(String::as_str).zip(files.iter().map(String::as_str)).collect();
        let (columns, rows) = SIZES[start];
        let mut program = Program::with(&files, columns, rows);
        prop_assert!(!program.screen().contains(SECRET), "{}", program.screen());
        for (what, which) in events {
            match what {
                // The first gate lifts after 3, and the progress told is 1.
                0 => { program.keys(keys_that_lift_nothing()[which]); }
                1 => { let (columns, rows) = SIZES[which]; program.resize(columns, rows); }
                _ => program.events([Event::Wheel(10 + 10 * which as u16, 3, 3)]),
            }
            prop_assert!(!program.screen().contains(SECRET), "{}", program.screen());
            prop_assert!(!program.drawn().contains(SECRET), "a hyperlink leads there");
        }
        let debug = format!("{:?}", program.app);
        prop_assert!(!debug.contains(SECRET), "the debug output holds it");
        let saved = program.saved();
        prop_assert!(!saved.contains(SECRET), "the state file holds it: {saved}");
        let goes_out = |effect: &&Effect| !matches!(effect, Effect::Prepare(_) | Effect::Search(_));
        for effect in program.effects.iter().filter(goes_out) {
            prop_assert!(!format!("{effect:?}").contains(SECRET), "it goes out of the program: {effect:?}");
        }
    }

    #[test]
    fn what_is_lifted_and_dropped_leaves_no_trace(file in file(), keys in prop::collection::vec(prop::sample::select(keys_that_lift_nothing()), 0..12)) {
        let mut program = Program::with(&[("f", &file)], 120, 40);
        program.keys("<enter>").keys("SjkS");
        prop_assert!(!program.screen().contains(SECRET), "{}", program.screen());
        program.keys("s");
        // What lies ahead of the reader is asked about once.
        if program.app.notice().is_some_and(|notice| notice.contains("s again")) {
            program.keys("s");
        }
        program.keys("s");
        for key in keys {
            program.keys(key);
            prop_assert!(!program.screen().contains(SECRET), "{}", program.screen());
        }
        let debug = format!("{:?}", program.app);
        prop_assert!(!debug.contains(SECRET), "the debug output holds it");
    }

    #[test]
    fn the_screen_does_not_tell_how_much_is_hidden(short in hidden(), times in 2usize..40, size in 0usize..9) {
        let short = short.replace(['|', '\''], "");
        let shown = |hidden: &str| {
            let file = format!(
                "[work]\ntitle='W'\n[[passage]]\ntext='''\na ||{hidden}|| b'''\n[[passage]]\nspoiler=true\ntext='''\n{hidden}'''\n[[passage]]\ntext='''\nc ||{hidden}'''\n"
            );
            let (columns, rows) = SIZES[size];
            let mut program = Program::with(&[("f", &file)], columns, rows);
            program.keys("<enter>");
            let top = program.screen();
            program.keys("G]");
            (top, program.screen())
        };
        prop_assert_eq!(shown(&short), shown(&format!("{short} ").repeat(times)));
    }
}

/// What a review hides as a whole is hidden with its gates: neither the question how far one has got nor what is said to
/// the answer tells of them.
#[test]
fn the_gates_inside_a_hidden_review_are_hidden_too() {
    let screens = ["", "spoiler = true\n", "after = 9\n", "after = 'S02E05'\n"].map(|gate| {
        let file = format!("spoilers = true\n[work]\ntitle = 'W'\n[[passage]]\n{gate}text = 'x'\n");
        let mut program = Program::with(&[("f", &file)], 120, 40);
        let mut screens = vec![program.keys("p").screen()];
        screens.push(program.keys("9<enter>").screen());
        screens.push(program.keys("p<ctrl-u>S01E01<enter>").screen());
        screens
    });
    assert!(screens.iter().all(|one| *one == screens[0]), "{screens:#?}");
}
