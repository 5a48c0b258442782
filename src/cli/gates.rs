//! What each gate of a review opens, for its author: passages and their lines, without a hidden word.

use super::reviews;
use crate::curtain::Region;
use crate::library::{Entry, Library};
use crate::review::{Visible, VisibleCurtain, passage_line};

/// What opens at a point of the work.
struct Opened {
    /// How far into the work the point is.
    rank: u32,
    point: String,
    what: Vec<String>,
}

/// The gates of a review in the order of the work, each with what it opens.
pub(super) fn list(library: &Library, entry: &Entry, source: &str) -> String {
    // Nothing is hidden from its author.
    let mut curtains = reviews::curtains(library);
    curtains.toggle_always_show();
    let Some(visible) = library.visible(&curtains, entry.id()) else { return String::new() };
    let mut all = vec![Opened { rank: 0, point: "at once".to_owned(), what: open(visible, source) }];
    for curtain in visible.curtains() {
        let (rank, point) = point(visible, &curtain);
        let what = what(&curtain, source);
        match all.iter_mut().find(|opened| opened.point == point) {
            Some(opened) => opened.what.push(what),
            None => all.push(Opened { rank, point, what: vec![what] }),
        }
    }
    all.sort_by_key(|opened| opened.rank);
    let lines = all.iter().filter(|opened| !opened.what.is_empty());
    let lines = lines.map(|opened| format!("    {}: {}\n", opened.point, opened.what.join(", ")));
    format!("{}\n{}", reviews::path(entry), lines.collect::<String>())
}

/// The passages that are open to everyone.
fn open(visible: Visible<'_>, source: &str) -> Vec<String> {
    let is_open = |number: u32| visible.curtain(Region::passage(number)).is_none();
    let passages = visible.passages().filter(|_| visible.cover().is_none());
    passages.filter(|one| is_open(one.number)).map(|one| passage(one.number, source)).collect()
}

/// The point at which a curtain opens. One inside another waits for that one too.
fn point(visible: Visible<'_>, curtain: &VisibleCurtain<'_>) -> (u32, String) {
    let outer =
        curtain.region.passage_number().map(Region::passage).and_then(|region| visible.curtain(region));
    let all = [visible.cover(), outer, Some(*curtain)];
    let points = all.into_iter().flatten().map(|curtain| {
        let rank = curtain.gate.map_or(Some(u32::MAX), |gate| visible.scale().rank(gate));
        let words = curtain.condition().unwrap_or_else(|| "once finished".to_owned());
        (rank.unwrap_or(u32::MAX - 1), words)
    });
    points.max_by_key(|(rank, _)| *rank).unwrap_or_default()
}

fn what(curtain: &VisibleCurtain<'_>, source: &str) -> String {
    match (curtain.region.passage_number(), curtain.label) {
        (None, _) => "the whole review".to_owned(),
        (Some(number), _) if curtain.region.is_span() => {
            format!("a spoiler inside {}", passage(number, source))
        }
        (Some(number), Some(label)) => format!("{} \"{label}\"", passage(number, source)),
        (Some(number), None) => passage(number, source),
    }
}

fn passage(number: u32, source: &str) -> String {
    match passage_line(source, number) {
        Some(line) => format!("passage {} (line {line})", number + 1),
        None => format!("passage {}", number + 1),
    }
}
