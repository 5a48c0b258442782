//! Reviews as JSON, in the schema of `docs/json.md`. No field holds or measures what is behind a curtain that is down.

use serde::Serialize;

use super::{Exported, is_shown, passage_text};
use crate::curtain::Spot;
use crate::review::{Rating, Review};

/// Grows when a field changes its meaning; a new field does not change it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Facts<'r> {
    version: u32,
    id: &'r str,
    title: &'r str,
    work: Work<'r>,
    reviewer: Option<&'r str>,
    date: Option<String>,
    rating: Option<String>,
    stars: Option<f32>,
    tags: Vec<&'r str>,
    link: Option<&'r str>,
    curtained: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    passages: Option<Vec<Passage<'r>>>,
}

#[derive(Serialize)]
struct Work<'r> {
    title: &'r str,
    kind: Option<&'r str>,
    year: Option<i16>,
    by: Vec<&'r str>,
}

#[derive(Serialize)]
struct Passage<'r> {
    curtain: Option<Curtain<'r>>,
    text: Option<String>,
}

#[derive(Serialize)]
struct Curtain<'r> {
    label: Option<&'r str>,
    after: Option<String>,
    lifted: bool,
}

/// What is always shown of a review, on one line.
#[must_use]
pub fn facts(exported: Exported<'_>) -> String {
    written(&of(exported))
}

/// A review on one line, with the text that may be seen.
#[must_use]
pub fn review(exported: Exported<'_>) -> String {
    let shown = if is_shown(exported) { exported.review.passage_count() } else { 0 };
    let passages = (0..shown).map(|number| passage(exported, number)).collect();
    written(&Facts { passages: Some(passages), ..of(exported) })
}

fn of(exported: Exported<'_>) -> Facts<'_> {
    let Exported { review, id, .. } = exported;
    Facts {
        version: VERSION,
        id,
        title: review.headline(),
        work: work(review),
        reviewer: review.reviewer(),
        date: review.date().map(|date| date.iso()),
        rating: review.rating().map(|rating| rating.to_string()),
        stars: review.rating().map(stars),
        tags: review.tags().collect(),
        link: review.link(),
        curtained: review.is_curtained(),
        passages: None,
    }
}

fn work(review: &Review) -> Work<'_> {
    Work { title: review.work_title(), kind: review.kind(), year: review.year(), by: review.by().collect() }
}

fn stars(rating: Rating) -> f32 {
    f32::from(rating.half_stars()) / 2.0
}

fn passage(exported: Exported<'_>, number: u32) -> Passage<'_> {
    let Exported { review, key, curtains, .. } = exported;
    let spot = Spot::passage(number);
    let curtain = review.rail().at(spot).map(|curtain| Curtain {
        label: review.label(number),
        after: curtain.gate.map(|gate| gate.to_string()),
        lifted: curtains.lifted(review.hung(key), spot).is_some(),
    });
    Passage { curtain, text: passage_text(exported, number) }
}

fn written(facts: &Facts<'_>) -> String {
    serde_json::to_string(facts).expect("it holds text, numbers and lists only")
}
