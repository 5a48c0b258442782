use super::*;
use crate::document::Faults;

/// The keys that a `[keys]` table results in, and what is wrong with it.
fn read(text: &str) -> (Keymap, Vec<String>) {
    let (table, mut faults) = Faults::parse(text);
    let keys = Keymap::read(table, &mut faults);
    (keys, faults.into_found().iter().map(ToString::to_string).collect())
}

fn typed(keys: &Keymap, scopes: &[Scope], sequence: &str) -> Meaning {
    let sequence: Sequence = sequence.parse().expect("it is a sequence");
    keys.meaning(scopes, sequence.keys())
}

const LIST: [Scope; 2] = [Scope::List, Scope::Panes];
const TEXT: [Scope; 2] = [Scope::Text, Scope::Panes];

#[test]
fn every_set_gives_each_action_its_own_keys() {
    for (set, _) in SETS {
        let keys = Keymap::of_set(set).expect("it is there");
        for scope in Scope::ALL {
            let mut seen: Vec<&Sequence> = Vec::new();
            for keys in keys.rows_of(scope).flat_map(|row| row.keys) {
                let other = seen.iter().find(|other| other.collides_with(keys));
                assert!(other.is_none(), "{keys} and {other:?} are both bound in {} of {set}", scope.name());
                seen.push(keys);
            }
        }
        let (_, faults) = read(&format!("set = '{set}'"));
        assert!(faults.is_empty(), "{set}: {faults:?}");
        let unbound = keys.rows().filter(|row| row.keys.is_empty()).map(|row| row.binding.action.name());
        let unbound: Vec<_> = unbound.filter(|name| !(set == "emacs" && name.starts_with("half-"))).collect();
        assert!(unbound.is_empty(), "{set} has no key for {unbound:?}");
    }
}

#[test]
fn each_action_has_one_row_per_scope_and_a_unique_name() {
    for (at, one) in BINDINGS.iter().enumerate() {
        assert!(!one.help.is_empty() && !one.keys.is_empty(), "{one:?} says what it does and has a key");
        for other in &BINDINGS[at + 1..] {
            let is_same = one.action == other.action;
            assert_eq!(is_same, one.action.name() == other.action.name(), "{one:?} and {other:?}");
            assert!(!is_same || one.scope != other.scope, "{other:?} is in the table twice");
        }
    }
}

#[test]
fn only_the_keys_of_the_covenant_reveal_a_spoiler() {
    for (set, _) in SETS {
        let keys = Keymap::of_set(set).expect("it is there");
        let revealing = keys.rows().filter(|row| row.binding.action.is_revealing());
        let names: Vec<_> = revealing.map(|row| row.key_names()).collect();
        assert_eq!(names, ["Enter", "s", "S", "p", "+", "V", "p", "+"], "{set}");
    }
}

#[test]
fn the_first_scope_that_knows_a_key_decides() {
    let keys = Keymap::default();
    assert_eq!(typed(&keys, &LIST, "enter"), Meaning::Action(Action::Open));
    assert_eq!(typed(&keys, &TEXT, "enter"), Meaning::Action(Action::ToggleCurtain));
    assert_eq!(typed(&keys, &[Scope::Help], "s"), Meaning::Nothing);
}

#[test]
fn new_bindings_replace_old_ones() {
    let (keys, faults) = read(
        "[both]\nstart = 'g g'\nquit = ['x', 'ctrl-x ctrl-c']\nmark-read = []\n[list]\nfold = 'space f'\n[text]\nsearch = 'j'\n",
    );
    assert_eq!(faults, [""; 0]);
    for (scopes, sequence, meaning) in [
        (LIST, "g", Meaning::Beginning),
        (LIST, "g g", Meaning::Action(Action::Move(Step::Start))),
        (LIST, "home", Meaning::Nothing),
        (LIST, "x", Meaning::Action(Action::Quit)),
        (LIST, "q", Meaning::Nothing),
        (LIST, "ctrl-x", Meaning::Beginning),
        (LIST, "ctrl-x ctrl-c", Meaning::Action(Action::Quit)),
        (LIST, "ctrl-x x", Meaning::Nothing),
        (LIST, "m", Meaning::Nothing),
        // In the list, the space bar begins a sequence; in the text, it still scrolls down a page.
        (LIST, "space", Meaning::Beginning),
        (LIST, "space f", Meaning::Action(Action::ToggleGroup)),
        (TEXT, "space", Meaning::Action(Action::Move(Step::PageDown))),
        (LIST, "h", Meaning::Nothing),
        (TEXT, "j", Meaning::Action(Action::Search)),
        (LIST, "j", Meaning::Action(Action::Move(Step::Down))),
    ] {
        assert_eq!(typed(&keys, &scopes, sequence), meaning, "{sequence} in {:?}", scopes[0]);
    }
    assert_eq!(keys.key_for(&LIST, Action::Quit).as_deref(), Some("x"));
    let space = ["space".parse().expect("it is a key")];
    let following = keys.following(&LIST, &space);
    let following: Vec<_> = following.iter().map(|(key, binding)| (key.as_str(), binding.action)).collect();
    assert_eq!(following, [("f", Action::ToggleGroup)]);
}

#[test]
fn a_key_bound_in_both_panes_overrides_one_bound_in_a_single_pane() {
    let (keys, faults) = read("[both]\ntoggle-list = 'h'\n");
    assert_eq!(faults, [""; 0]);
    for scopes in [LIST, TEXT] {
        assert_eq!(typed(&keys, &scopes, "h"), Meaning::Action(Action::ToggleList));
    }
}

#[test]
fn essential_actions_always_keep_a_key() {
    let (keys, faults) =
        read("[both]\nquit = []\nredraw = 'ctrl-c'\n[prompt]\ncancel = []\naccept = 'entr'\n");
    assert_eq!(typed(&keys, &LIST, "ctrl-c"), Meaning::Action(Action::Quit));
    assert_eq!(typed(&keys, &[Scope::Prompt], "esc"), Meaning::Action(Action::Cancel));
    assert_eq!(
        typed(&keys, &[Scope::Prompt], "enter"),
        Meaning::Action(Action::Accept),
        "a slip unbinds nothing"
    );
    let told: Vec<_> = faults.iter().filter(|fault| fault.contains("must have a key")).collect();
    assert_eq!(told.len(), 2, "{faults:?}");
}
