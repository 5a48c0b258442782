//! The tour: each lesson is over when what it says was done, and not before.

use super::support::Program;
use unspoiled::library::Source;
use unspoiled::settings::Settings;

#[test]
fn the_tour_leads_from_the_list_to_what_opens_and_waits_for_its_reader() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 12)] {
        let mut program =
            Program::set(Settings { is_tour: true, ..Settings::new("reviews/") }, columns, rows);
        program.load(&[Source::Bundled]);
        for (number, keys) in [
            "j",
            "/dark<enter>",
            "<enter>",
            "]",
            "<enter><enter>",
            "p<ctrl-u>s1e3<enter>",
            "+",
            "W",
            "<esc>",
            "?",
        ]
        .iter()
        .enumerate()
        {
            let told = format!("tour {}/10", number + 1);
            assert!(program.screen().starts_with(&format!(" {told}  ")), "{told}: {}", program.screen());
            program.keys("<ctrl-l>");
            assert!(program.screen().contains(&told), "another key is no progress: {}", program.screen());
            program.keys(keys);
        }
        assert!(program.screen().starts_with(" tour  that is all"), "{}", program.screen());
    }
    assert!(!Program::bundled(120, 40).screen().contains("tour"), "who takes none is not told");
}
