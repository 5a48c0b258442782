//! Builds a [`Spine`] from what a file says about how a work is divided.

use super::build::gate;
use super::raw::{At, RawDivision, RawWork};
use crate::work::{EditionFacts, NumberingFacts, PartEnd, Point, Spine, SpineFacts};

/// The spine of a work; `None` if the file says nothing about its division.
///
/// # Errors
/// Everything that is wrong with it, and where.
pub(super) fn spine(work: &RawWork<'_>) -> Result<Option<Spine>, (usize, &'static str)> {
    let division = &work.division;
    let facts = SpineFacts {
        unit: work.unit.as_ref().map(|unit| unit.value.clone().into_owned()),
        episodes: division.episodes.as_ref().map(|episodes| episodes.value.clone()).unwrap_or_default(),
        length: division.length.as_ref().map(|length| length.value),
        parts: parts(division)?,
        numberings: division
            .numberings
            .iter()
            .map(|numbering| NumberingFacts {
                name: name(numbering.name.as_ref()),
                episodes: list(numbering.episodes.as_ref()),
                order: list(numbering.order.as_ref()),
            })
            .collect(),
        editions: division
            .editions
            .iter()
            .map(|edition| EditionFacts {
                name: name(edition.name.as_ref()),
                pages: edition.pages.as_ref().map_or(0, |pages| pages.value),
                starts: list(edition.starts.as_ref()),
            })
            .collect(),
    };
    Spine::new(facts).map_err(|(key, reason)| (place(work, key), reason))
}

fn parts(division: &RawDivision<'_>) -> Result<Vec<(String, PartEnd)>, (usize, &'static str)> {
    let end = |point| match point {
        Point::Number { unit, number } if unit.is_empty() => Some(PartEnd::Number(number)),
        Point::Episode { numbering, season, episode } if numbering.is_empty() => {
            Some(PartEnd::Episode(season, episode))
        }
        _ => None,
    };
    let part = |part: &super::raw::RawPart<'_>| {
        let ends = part.ends.as_ref().and_then(|ends| end(gate(&ends.value)?));
        let reason = "a part `ends` with a whole number, or an episode such as \"S02E05\"";
        Ok((name(part.name.as_ref()), ends.ok_or((part.at, reason))?))
    };
    division.parts.iter().map(part).collect()
}

fn name(name: Option<&At<std::borrow::Cow<'_, str>>>) -> String {
    name.map(|name| super::clean::line(&name.value).into_owned()).unwrap_or_default()
}

fn list(numbers: Option<&At<Vec<u32>>>) -> Vec<u32> {
    numbers.map(|numbers| numbers.value.clone()).unwrap_or_default()
}

/// The position of a key, or of the table that lacks it.
fn place(work: &RawWork<'_>, key: &str) -> usize {
    let division = &work.division;
    let found = match key {
        "episodes" => division.episodes.as_ref().map(|at| at.at),
        "length" => division.length.as_ref().map(|at| at.at),
        "part" => division.parts.first().map(|part| part.at),
        "numbering" => division.numberings.first().map(|numbering| numbering.at),
        "edition" => division.editions.first().map(|edition| edition.at),
        _ => None,
    };
    found.unwrap_or(work.at)
}
