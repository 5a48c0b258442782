//! What has opened since, and what a query knows of one's progress.

use super::room::{on_screen, side_by_side};
use super::support::Program;
use super::{library, say};

/// The names of the reviews that a filter finds.
fn found(program: &mut Program, filter: &str) -> Vec<String> {
    program.keys(&format!("<esc><esc>/<ctrl-u>{filter}<enter>"));
    let rows = program.app.list().visible(99).filter_map(|(row, _)| match row {
        unspoiled::app::Row::File(id) => Some(program.app.library().get(id)?.name().to_owned()),
        unspoiled::app::Row::Head(_) => None,
    });
    let mut names: Vec<_> = rows.collect();
    names.sort();
    program.keys("/<ctrl-u><enter>g");
    names
}

#[test]
fn what_has_opened_since_is_known_until_it_is_read() {
    let mut program = side_by_side(80, 12);
    assert_eq!(found(&mut program, "is:opened"), [""; 0]);
    assert!(program.keys("O").app.notice().is_some_and(|notice| notice.contains("you have read everything")));
    say(&mut program, "a", "S01E02");
    assert_eq!(found(&mut program, "is:opened"), ["a", "b", "c"]);
    assert!(program.screen().contains('◆'), "{}", program.screen());
    // In the order of the work through all reviews.
    for expected in ["ada S01E01", "bob S01E02", "cleo S01E02"] {
        program.keys("O");
        assert!(on_screen(&program).contains(&expected.to_owned()), "{expected}: {}", program.screen());
        assert!(program.app.reader().focus().is_some(), "and is marked: {}", program.screen());
    }
    assert!(program.keys("O").app.notice().is_some_and(|notice| notice.contains("you have read everything")));
    assert_eq!(found(&mut program, "is:opened"), [""; 0], "what was read is not news");
    say(&mut program, "a", "S01E03");
    assert_eq!(found(&mut program, "is:opened"), ["a", "c"]);
    // It is remembered from run to run.
    let saved = program.saved();
    let mut next = side_by_side(80, 12);
    next.recall(&saved);
    assert_eq!(found(&mut next, "is:opened"), ["a", "c"]);
    next.keys("O<esc>");
    assert_eq!(found(&mut next, "is:opened"), ["c"]);
    say(&mut next, "a", "S01E01");
    say(&mut next, "a", "S01E03");
    assert_eq!(found(&mut next, "is:opened"), ["c"], "who goes back and on again has read it");
}

#[test]
fn a_step_on_is_not_yet_to_have_read_what_it_opened() {
    let mut program = side_by_side(80, 24);
    say(&mut program, "a", "S01E01");
    program.keys("<enter>++");
    let app = &program.app;
    let unread: Vec<_> = app.library().entries().map(|entry| app.opened_in(entry.id()).len()).collect();
    assert_eq!(unread, [2, 1, 2], "three points in a hurry");
}

#[test]
fn a_query_knows_how_far_one_is() {
    let mut program = library();
    say(&mut program, "a", "5");
    say(&mut program, "d", "S01E02");
    for (filter, names) in [
        ("is:started", &["a", "b", "c", "d"][..]),
        ("is:finished", &[]),
        ("progress:>=5", &["a", "b", "c"]),
        ("progress:2", &["d"]),
        ("at:S01E02", &["d"]),
        ("at:\"absolute 2\"", &["d"]),
        ("at:5", &["a", "b", "c"]),
        ("at:4", &[]),
        ("at:\"canto 1\"", &[]),
        ("not is:started", &[]),
    ] {
        assert_eq!(found(&mut program, filter), names, "{filter}");
    }
    say(&mut program, "d", "done");
    assert_eq!(found(&mut program, "is:finished"), ["d"]);
    say(&mut program, "d", "none");
    assert_eq!(found(&mut program, "not is:started"), ["d"]);
}
