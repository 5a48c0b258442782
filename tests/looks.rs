//! What the screen looks like in light, in dark, without colours and in ASCII, at four sizes; and the statistics.

mod support;

use support::Program;

const SIZES: [(u16, u16); 4] = [(200, 50), (120, 40), (80, 24), (40, 12)];

const LOOKS: [(&str, &str); 4] = [
    ("light", "[theme]\nname = 'solarized-light'"),
    ("dark", "[theme]\nname = 'gruvbox-dark'"),
    ("plain", "[screen]\ncolour = false"),
    ("ascii", "[screen]\nascii = true"),
];

/// At Never Let Me Go, of which a spoiler is revealed and the next one focused.
fn program(configuration: &str, columns: u16, rows: u16) -> Program {
    let mut program = Program::configured(configuration, columns, rows);
    program.keys("Gkk<enter>]<enter>]");
    program
}

#[test]
fn every_look_at_every_size() {
    for (name, configuration) in LOOKS {
        for (columns, rows) in SIZES {
            let mut program = program(configuration, columns, rows);
            insta::assert_snapshot!(format!("{name}_{columns}x{rows}"), program.screen_and_styles());
            program.keys("<esc>");
            if columns < 100 {
                insta::assert_snapshot!(format!("{name}_{columns}x{rows}_list"), program.screen_and_styles());
            }
        }
    }
}

#[test]
fn a_look_changes_no_word() {
    for (columns, rows) in SIZES {
        let screens: Vec<_> =
            LOOKS[..3].iter().map(|(_, look)| program(look, columns, rows).screen()).collect();
        assert!(screens.windows(2).all(|pair| pair[0] == pair[1]), "{columns}×{rows}");
    }
}

#[test]
fn statistics_count_what_is_in_the_list_and_can_be_seen() {
    for (columns, rows) in SIZES {
        let mut program = Program::bundled(columns, rows);
        program.keys("jmt");
        insta::assert_snapshot!(format!("statistics_{columns}x{rows}"), program.screen());
        program.keys("t");
        assert!(!program.screen().contains("Statistics"), "the same key leaves it: {}", program.screen());
    }
    let mut program = Program::bundled(120, 60);
    program.keys("/kind:film<enter>t");
    assert!(program.screen().contains("5 reviews of 5 works · kind:film"), "{}", program.screen());
    let (mut with, mut without) =
        (Program::bundled(120, 60), Program::configured("[reading]\nratings = 'hidden'", 120, 60));
    assert!(with.keys("t").screen().contains("★★★★★"), "{}", with.screen());
    assert!(
        !without.keys("t").screen().contains('★'),
        "ratings that are hidden are not counted: {}",
        without.screen()
    );
}

#[test]
fn statistics_count_no_spoiler_behind_another_until_it_can_be_seen() {
    let files = [(
        "a",
        "spoilers = true\n[work]\ntitle = 'W'\n[[passage]]\nspoiler = true\ntext = 'x ||y|| ||z||'\n",
    )];
    let mut program = Program::with(&files, 100, 40);
    let counted = |program: &Program| {
        let screen = program.screen();
        let count = |word: &str| {
            screen
                .lines()
                .find(|line| line.trim_start().starts_with(word))
                .and_then(|line| line.split_whitespace().nth(1)?.parse().ok())
        };
        (count("hidden"), count("revealed"))
    };
    program.keys("j<enter>");
    for (keys, hidden, revealed) in
        [("", 1, 0), ("]<enter>", 1, 1), ("]<enter>", 2, 2), ("s", 0, 4), ("s", 1, 0)]
    {
        program.keys(keys).keys("t");
        assert_eq!(counted(&program), (Some(hidden), Some(revealed)), "after {keys}: {}", program.screen());
        program.keys("t");
    }
}
