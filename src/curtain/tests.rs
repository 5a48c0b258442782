use super::*;
use crate::work::{Point, Work};

/// A curtain with the given fingerprint.
fn curtain(region: Region, gate: Option<Point>, fingerprint: u64) -> Curtain {
    Curtain { region, gate: gate.map(Box::new), fingerprint }
}

fn middlemarch() -> WorkKey {
    Work { title: "Middlemarch", kind: None, year: None }.id().key()
}

fn list(curtains: Vec<Curtain>) -> CurtainList {
    let own = OwnScale { unit: Some("chapter".into()), spine: None, seen: None };
    CurtainList::new(curtains, middlemarch(), Some(own))
}

fn of_regions(regions: &[(Region, Option<Point>)]) -> CurtainList {
    list(regions.iter().zip(0..).map(|((region, gate), n)| curtain(*region, gate.clone(), n)).collect())
}

fn is_seen(curtains: &Curtains, list: &CurtainList, region: Region) -> bool {
    curtains.lifted(list, region).is_some()
}

fn chapter(number: u32) -> Option<Progress> {
    Some(Progress::new(Point::number(number, ""), Some("chapter")))
}

#[test]
fn a_span_is_seen_only_when_every_curtain_over_it_is_lifted() {
    let (passage, span) = (Region::passage(3), Region::span(3, 0));
    let list = of_regions(&[(Region::REVIEW, None), (passage, None), (span, None)]);
    let mut curtains = Curtains::default();
    for region in [span, passage] {
        curtains.toggle(&list, region);
        assert!(!is_seen(&curtains, &list, span), "the span stays hidden while a curtain over it is down");
    }
    curtains.toggle(&list, Region::REVIEW);
    assert!(is_seen(&curtains, &list, span), "the span is seen once all are lifted");
    curtains.toggle(&list, passage);
    assert!(!is_seen(&curtains, &list, span), "and hidden when one of them drops");
}

#[test]
fn progress_lifts_passed_gates_and_the_reader_can_drop_them_again() {
    let region = Region::passage(0);
    let list = of_regions(&[(region, Some(Point::number(9, ""))), (Region::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.set_progress(middlemarch(), chapter(9));
    assert!(is_seen(&curtains, &list, region), "a passed gate lifts its curtain");
    assert!(
        !is_seen(&curtains, &list, Region::passage(1)),
        "a curtain without a gate does not follow progress"
    );
    curtains.toggle(&list, region);
    assert!(!is_seen(&curtains, &list, region), "the reader's own hand comes first");
}

#[test]
fn progress_in_another_unit_or_another_work_opens_nothing() {
    let region = Region::passage(0);
    let list = of_regions(&[(region, Some(Point::number(9, "")))]);
    let other = Work { title: "Middlemarch", kind: None, year: Some(1994) }.id();
    for (work, progress) in [
        (middlemarch(), Progress::new(Point::number(300, ""), Some("page"))),
        (middlemarch(), Progress::new(Point::number(300, ""), None)),
        (middlemarch(), Progress::new(Point::episode(9, 9), None)),
        (other.key(), Progress::new(Point::number(300, ""), Some("chapter"))),
    ] {
        let mut curtains = Curtains::default();
        curtains.set_progress(work, Some(progress.clone()));
        assert!(!is_seen(&curtains, &list, region), "{progress} of {work:?} is not past chapter 9");
    }
}

#[test]
fn all_curtains_lift_together_and_drop_together() {
    let list = of_regions(&[(Region::passage(0), None), (Region::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.toggle(&list, Region::passage(0));
    curtains.toggle_all(&list);
    assert!(list.iter().all(|c| is_seen(&curtains, &list, c.region)), "with some down, all are lifted");
    curtains.toggle_all(&list);
    assert!(list.iter().all(|c| !is_seen(&curtains, &list, c.region)), "with all lifted, all are dropped");
}

#[test]
fn hiding_all_leaves_open_what_progress_has_opened() {
    let (gated, other) = (Region::passage(0), Region::passage(1));
    let list = of_regions(&[(gated, Some(Point::number(9, ""))), (other, None)]);
    let mut curtains = Curtains::default();
    curtains.set_progress(middlemarch(), chapter(9));
    for (presses, expected) in [(1, (true, true)), (2, (true, false)), (3, (true, true))] {
        curtains.toggle_all(&list);
        let seen = (is_seen(&curtains, &list, gated), is_seen(&curtains, &list, other));
        assert_eq!(seen, expected, "after {presses} presses");
    }
    let gated_alone = of_regions(&[(gated, Some(Point::number(9, "")))]);
    let mut curtains = Curtains::default();
    curtains.set_progress(middlemarch(), chapter(9));
    curtains.toggle_all(&gated_alone);
    assert!(!is_seen(&curtains, &gated_alone, gated), "where progress opened all there is, it can be hidden");
}

#[test]
fn always_show_lifts_whatever_the_reader_has_not_dropped() {
    let list = of_regions(&[(Region::passage(0), None), (Region::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.toggle(&list, Region::passage(0));
    curtains.toggle(&list, Region::passage(0));
    curtains.toggle_always_show();
    assert!(is_seen(&curtains, &list, Region::passage(0)), "dropped before, it is shown now");
    curtains.toggle(&list, Region::passage(0));
    assert!(!is_seen(&curtains, &list, Region::passage(0)), "dropped by hand, it stays down");
    assert!(is_seen(&curtains, &list, Region::passage(1)), "untouched, it is shown");
    curtains.toggle_always_show();
    assert!(!is_seen(&curtains, &list, Region::passage(1)), "off again, it is down again");
}

/// The curtains of a review whose passages have these fingerprints.
fn hiding(fingerprints: &[u64]) -> CurtainList {
    let curtains =
        fingerprints.iter().zip(0..).map(|(fingerprint, n)| curtain(Region::passage(n), None, *fingerprint));
    list(curtains.collect())
}

#[test]
fn a_change_drops_exactly_the_curtains_it_touches() {
    // Fingerprints before, the passage that was revealed, fingerprints after, and the passages still revealed.
    type Case = (&'static [u64], u32, &'static [u64], &'static [u32]);
    let cases: &[Case] = &[
        (&[1, 2, 3], 1, &[1, 2, 3], &[1]),
        (&[1, 2, 3], 1, &[1, 9, 3], &[]),
        (&[1, 2, 3], 1, &[9, 1, 2, 3], &[2]),
        (&[1, 2, 3], 1, &[2, 3], &[0]),
        (&[1, 2, 3], 1, &[1, 3], &[]),
        (&[1, 2, 3], 1, &[3, 1, 9], &[]),
        (&[1, 2, 2], 1, &[2, 1, 2], &[0]),
        (&[1, 2, 2], 1, &[1, 2], &[]),
        (&[1, 2], 1, &[1, 2, 2], &[]),
        (&[1, 2], 1, &[], &[]),
    ];
    for (before, revealed, after, expected) in cases {
        let (old, new) = (hiding(before), hiding(after));
        let mut curtains = Curtains::default();
        curtains.toggle(&old, Region::passage(*revealed));
        curtains.replace(&old, &new);
        let seen: Vec<_> = new
            .iter()
            .filter(|c| is_seen(&curtains, &new, c.region))
            .filter_map(|c| c.region.passage_number())
            .collect();
        assert_eq!(seen, *expected, "{before:?} with {revealed} revealed, then {after:?}");
    }
}

#[test]
fn changed_text_is_hidden_even_before_the_change_is_announced() {
    let mut curtains = Curtains::default();
    curtains.toggle(&hiding(&[1]), Region::passage(0));
    assert!(!is_seen(&curtains, &hiding(&[2]), Region::passage(0)), "it hides another text");
}

#[test]
fn a_proof_is_invalid_for_any_other_review() {
    let (one, other) = (hiding(&[1]), hiding(&[1]));
    let mut curtains = Curtains::default();
    curtains.toggle(&one, Region::passage(0));
    let proof = curtains.lifted(&one, Region::passage(0)).expect("it is lifted");
    assert_eq!(proof.region_of(&one), Some(Region::passage(0)));
    assert_eq!(proof.region_of(&other), None, "the other review's curtain is another one");
}
