//! Reviews as JSON, in the schema of `docs/json.md`. No field contains hidden text or depends on its length.

use serde::Serialize;

use super::{Exported, marked};
use crate::review::{Rating, Review, VisiblePassage};

/// Increases when a field changes its meaning, but not when a field is added.
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

/// The always visible part of a review, on one line.
#[must_use]
pub fn facts(exported: Exported<'_>) -> String {
    written(&of(exported))
}

/// A review with its visible text, on one line.
#[must_use]
pub fn review(exported: Exported<'_>) -> String {
    let passages = exported.visible.passages().map(passage).collect();
    written(&Facts { passages: Some(passages), ..of(exported) })
}

fn of(exported: Exported<'_>) -> Facts<'_> {
    let Exported { visible, name } = exported;
    let review = visible.review();
    Facts {
        version: VERSION,
        id: name,
        title: review.headline(),
        work: work(review),
        reviewer: review.reviewer(),
        date: review.date().map(|date| date.iso()),
        rating: review.rating().map(|rating| rating.to_string()),
        stars: review.rating().map(stars),
        tags: visible.tags().collect(),
        link: visible.link(),
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

fn passage(passage: VisiblePassage<'_>) -> Passage<'_> {
    let curtain = passage.curtain.map(|curtain| Curtain {
        label: curtain.label,
        after: curtain.gate.map(|gate| gate.to_string()),
        lifted: curtain.is_lifted,
    });
    Passage { curtain, text: passage.text.map(marked) }
}

fn written(facts: &Facts<'_>) -> String {
    serde_json::to_string(facts).expect("it holds text, numbers and lists only")
}
