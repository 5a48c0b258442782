use super::*;

fn rail(spots: &[(Spot, Option<Point>)]) -> Rail {
    Rail::new(spots.iter().map(|&(spot, gate)| Curtain { spot, gate }).collect())
}

fn hung(rail: &Rail) -> Hung<'_> {
    Hung { review: ReviewKey(0), work: ["Middlemarch", "", ""], rail }
}

#[test]
fn points_are_read_as_people_write_them() {
    for (text, expected) in [
        ("9", Ok(Point::Number(9))),
        (" 12 ", Ok(Point::Number(12))),
        ("S02E05", Ok(Point::Episode { season: 2, episode: 5 })),
        ("s2e5", Ok(Point::Episode { season: 2, episode: 5 })),
        ("2x05", Ok(Point::Episode { season: 2, episode: 5 })),
        ("", Err(NotAPoint)),
        ("-1", Err(NotAPoint)),
        ("+1", Err(NotAPoint)),
        ("S02", Err(NotAPoint)),
        ("SxE", Err(NotAPoint)),
        ("chapter 9", Err(NotAPoint)),
        ("99999999999", Err(NotAPoint)),
    ] {
        assert_eq!(text.parse::<Point>(), expected, "{text:?} is read as the point it names");
    }
}

#[test]
fn a_gate_opens_only_to_a_point_counted_the_same_way() {
    let episode = |season, episode| Point::Episode { season, episode };
    for (reached, gate, past) in [
        (Point::Number(9), Point::Number(9), true),
        (Point::Number(8), Point::Number(9), false),
        (episode(3, 1), episode(2, 5), true),
        (episode(2, 4), episode(2, 5), false),
        (Point::Number(900), episode(2, 5), false),
        (episode(9, 9), Point::Number(1), false),
    ] {
        assert_eq!(reached.is_past(gate), past, "{reached} past {gate}");
    }
}

#[test]
fn a_span_is_seen_only_when_every_curtain_over_it_is_lifted() {
    let (passage, span) = (Spot::passage(3), Spot::span(3, 0));
    let rail = rail(&[(Spot::REVIEW, None), (passage, None), (span, None)]);
    let mut curtains = Curtains::default();
    for spot in [span, passage] {
        curtains.flip(hung(&rail), spot);
        assert!(
            curtains.lifted(hung(&rail), span).is_none(),
            "the span stays hidden while a curtain over it is down"
        );
    }
    curtains.flip(hung(&rail), Spot::REVIEW);
    assert!(curtains.lifted(hung(&rail), span).is_some(), "the span is seen once all are lifted");
    curtains.flip(hung(&rail), passage);
    assert!(curtains.lifted(hung(&rail), span).is_none(), "and hidden when one of them drops");
}

#[test]
fn progress_lifts_gates_that_are_passed_and_a_hand_drops_them_again() {
    let spot = Spot::passage(0);
    let rail = rail(&[(spot, Some(Point::Number(9))), (Spot::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.set_progress("Middlemarch", Some(Point::Number(9)));
    assert!(curtains.lifted(hung(&rail), spot).is_some(), "a passed gate lifts its curtain");
    assert!(
        curtains.lifted(hung(&rail), Spot::passage(1)).is_none(),
        "a curtain without a gate does not follow progress"
    );
    curtains.flip(hung(&rail), spot);
    assert!(curtains.lifted(hung(&rail), spot).is_none(), "the reader's own hand comes first");
}

#[test]
fn all_curtains_lift_together_and_drop_together() {
    let rail = rail(&[(Spot::passage(0), None), (Spot::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.flip(hung(&rail), Spot::passage(0));
    curtains.flip_all(hung(&rail));
    assert!(
        rail.iter().all(|c| curtains.lifted(hung(&rail), c.spot).is_some()),
        "with some down, all are lifted"
    );
    curtains.flip_all(hung(&rail));
    assert!(
        rail.iter().all(|c| curtains.lifted(hung(&rail), c.spot).is_none()),
        "with all lifted, all are dropped"
    );
}

#[test]
fn always_show_lifts_what_no_hand_has_dropped() {
    let rail = rail(&[(Spot::passage(0), None), (Spot::passage(1), None)]);
    let mut curtains = Curtains::default();
    curtains.flip(hung(&rail), Spot::passage(0));
    curtains.flip(hung(&rail), Spot::passage(0));
    curtains.flip_always_show();
    assert!(curtains.lifted(hung(&rail), Spot::passage(0)).is_some(), "dropped before, it is shown now");
    curtains.flip(hung(&rail), Spot::passage(0));
    assert!(curtains.lifted(hung(&rail), Spot::passage(0)).is_none(), "dropped by hand, it stays down");
    assert!(curtains.lifted(hung(&rail), Spot::passage(1)).is_some(), "untouched, it is shown");
    curtains.flip_always_show();
    assert!(curtains.lifted(hung(&rail), Spot::passage(1)).is_none(), "off again, it is down again");
}
