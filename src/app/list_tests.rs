use super::*;
use crate::library::{Change, Loaded};

fn file(name: &str, date: &str) -> Change {
    let date = if date.is_empty() { String::new() } else { format!("date = {date}\n") };
    let source = format!("{date}[work]\ntitle = 'W'\n[[passage]]\ntext = 'x'\n");
    Change::Upsert(Loaded::from_text("f", name, &source))
}

fn change(library: &mut Library, list: &mut List, changes: Vec<Change>) {
    let applied = library.apply(changes);
    list.apply(library, &applied);
}

fn ids(list: &List, library: &Library) -> Vec<String> {
    let file = |row| match row {
        Row::File(key) => library.get(key),
        Row::Head(_) => None,
    };
    list.visible(99).filter_map(|(row, _)| file(row)).map(|entry| entry.name().to_owned()).collect()
}

fn filled(dates: &[&str]) -> (Library, List) {
    let (mut library, mut list) = (Library::default(), List::default());
    let files = dates.iter().enumerate().map(|(n, date)| file(&n.to_string(), date)).collect();
    change(&mut library, &mut list, files);
    (library, list)
}

#[test]
fn the_newest_come_first_and_problems_last() {
    let (library, list) =
        filled(&["2012-01-01", "'bad'", "", "2020-05-05", "2012-01-01", "2020-05-04", "2019-12-31"]);
    assert_eq!(ids(&list, &library), ["3", "5", "6", "0", "4", "2", "1"]);
}

#[test]
fn steps_keep_the_selection_in_the_list_and_in_sight() {
    let (_, list) = filled(&["2012-01-01"; 20]);
    for (steps, selected, top) in [
        (&[Step::Down][..], 1, 0),
        (&[Step::Up], 0, 0),
        (&[Step::PageDown], 4, 0),
        (&[Step::PageDown, Step::Down], 5, 1),
        (&[Step::End], 19, 15),
        (&[Step::End, Step::Down, Step::PageUp], 15, 15),
        (&[Step::End, Step::PageUp, Step::Up], 14, 14),
        (&[Step::HalfDown, Step::HalfDown, Step::HalfDown], 6, 2),
        (&[Step::End, Step::Start], 0, 0),
    ] {
        let mut list = List { all: list.all.clone(), ..List::default() };
        steps.iter().for_each(|step| list.go(*step, 5));
        assert_eq!((list.selected, list.top), (selected, top), "{steps:?}");
    }
}

#[test]
fn what_is_chosen_stays_put_while_more_arrive() {
    let (mut library, mut list) = filled(&["2012-01-01", "2011-01-01", "2010-01-01"]);
    list.go(Step::Down, 2);
    list.choose();
    let before: Vec<_> = list.visible(2).collect();
    change(&mut library, &mut list, vec![file("new", "2020-01-01"), file("old", "2000-01-01")]);
    list.settle(2);
    assert_eq!(list.visible(2).collect::<Vec<_>>(), before, "the same rows are on the screen");
}

#[test]
fn what_nobody_chose_is_the_newest() {
    let (mut library, mut list) = filled(&["2012-01-01", "2011-01-01"]);
    change(&mut library, &mut list, vec![file("new", "2020-01-01")]);
    list.settle(2);
    assert_eq!(list.selected().and_then(|key| library.get(key)).map(|entry| entry.name()), Some("new"));
}

#[test]
fn the_wheel_takes_the_selection_along_only_at_the_edge() {
    let (_, mut list) = filled(&["2012-01-01"; 20]);
    list.go(Step::Down, 5);
    list.scroll(3, 5);
    assert_eq!((list.selected, list.top), (3, 3));
    list.scroll(-1, 5);
    assert_eq!((list.selected, list.top), (3, 2));
    list.scroll(99, 5);
    assert_eq!((list.selected, list.top), (15, 15));
}
