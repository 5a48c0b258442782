//! Warns the author of a review about gates that wait for a point that the work does not have.

use super::build::gate;
use super::fault::Fault;
use super::schema;
use crate::work::{Knowledge, Scale};

/// What is wrong with the gates of a file that parses as a review, given what is known about its work. Nothing is
/// quoted from the file.
#[must_use]
pub fn lint_gates(source: &str, scale: Scale<'_>) -> Vec<Fault> {
    let Ok(raw) = schema::read(source) else { return Vec::new() };
    let mut warnings = Vec::new();
    let mut furthest = 0;
    for after in raw.passages.iter().filter_map(|passage| passage.after.as_ref()) {
        let Some(gate) = gate(&after.value) else { continue };
        let mut warn = |reason| warnings.push(Fault::at(source, after.at, reason));
        match scale.knows(&gate) {
            Knowledge::Known => {}
            Knowledge::PastTheEnd => {
                warn(
                    "this lies past the end of the work or its season: it opens only once the work is finished",
                );
            }
            Knowledge::UnknownPart => {
                warn("no part of the work has this name: it opens only once the work is finished");
            }
            Knowledge::UnknownUnit => {
                warn(
                    "the work is not divided in this way: it opens only to progress counted in the same way",
                );
            }
        }
        match scale.rank(&gate) {
            Some(rank) if rank < furthest => warn("this opens before the one above it"),
            Some(rank) => furthest = rank,
            None => {}
        }
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::work::{PartEnd, Spine, SpineFacts};

    #[test]
    fn gates_are_held_against_the_work() {
        let facts = SpineFacts {
            unit: Some("chapter".into()),
            length: Some(20),
            parts: vec![("Winter".into(), PartEnd::Number(9))],
            ..SpineFacts::default()
        };
        let spine = Spine::new(facts).expect("it is right").expect("it is one");
        let scale = Scale { unit: Some("chapter"), spine: Some(&spine) };
        for (gates, warnings) in [
            (&["3", "'ch 9'", "'part: winter'", "'40%'", "20", "'finished'"][..], &[][..]),
            (&["21"], &["5:9 this lies past the end"]),
            (&["9", "3"], &["8:9 this opens before"]),
            (&["'part: zqx'"], &["5:9 no part"]),
            (&["'S01E02'"], &["5:9 the work is not divided"]),
            (&["'p. 200'"], &["5:9 the work is not divided"]),
        ] {
            let passages = gates.iter().map(|gate| format!("[[passage]]\nafter = {gate}\ntext = 'zqx'\n"));
            let source = format!("[work]\ntitle = 'W'\nunit = 'chapter'\n{}", passages.collect::<String>());
            let found = lint_gates(&source, scale);
            let said: Vec<_> = found
                .iter()
                .map(|fault| {
                    let (line, column) = fault.position.expect("it is at a place");
                    format!("{line}:{column} {}", fault.reason)
                })
                .collect();
            assert_eq!(said.len(), warnings.len(), "{gates:?}: {said:?}");
            assert!(said.iter().zip(warnings).all(|(said, start)| said.starts_with(start)), "{said:?}");
            assert!(!said.concat().contains("zqx"), "nothing is quoted: {said:?}");
        }
    }
}
