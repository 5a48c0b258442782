//! Reads `[keys]` in the configuration, and the ready-made sets, which are written the same way.

use toml::de::{DeTable, DeValue};

use super::{Action, BINDINGS, Key, Keymap, Scope, Sequence};
use crate::document::{Faults, Value, no_such};

/// The ready-made sets, as changes to the table. The table itself is `default`.
pub const SETS: [(&str, &str); 3] =
    [("default", ""), ("emacs", include_str!("emacs.toml")), ("less", include_str!("less.toml"))];

/// Actions that must have a key, and the one they get if no other is left.
const ESSENTIAL: [(Scope, Action, Key); 4] = [
    (Scope::Panes, Action::Quit, Key::control('c')),
    (Scope::Prompt, Action::Accept, Key::plain(crossterm::event::KeyCode::Enter)),
    (Scope::Prompt, Action::Cancel, Key::plain(crossterm::event::KeyCode::Esc)),
    (Scope::Help, Action::Back, Key::plain(crossterm::event::KeyCode::Esc)),
];

/// An action's keys in the reader's file.
struct Own {
    row: usize,
    /// The sequences, each with its position in the text.
    sequences: Vec<(Sequence, usize)>,
    /// Whether the action should have no keys. An action whose keys are wrong keeps its current ones.
    is_unbound: bool,
}

impl Keymap {
    /// The ready-made set with this name, if there is one.
    #[must_use]
    pub fn of_set(name: &str) -> Option<Self> {
        let (_, text) = SETS.iter().find(|(known, _)| *known == name)?;
        let (table, mut faults) = Faults::parse(text);
        Some(Keymap::default().with(table, &mut faults))
    }

    /// Reads a `[keys]` table: a set, and the keys of actions in each scope.
    pub(crate) fn read(mut table: DeTable<'_>, faults: &mut Faults<'_>) -> Self {
        let set = table.remove("set").and_then(|value| set(&value, faults));
        set.unwrap_or_default().with(table, faults)
    }

    /// These keys, changed as a table says.
    fn with(mut self, table: DeTable<'_>, faults: &mut Faults<'_>) -> Self {
        let mut own = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            match Scope::ALL.into_iter().find(|scope| scope.name() == name) {
                Some(scope) => read_scope(scope, value, &mut own, faults),
                None => {
                    let scopes = Scope::ALL.map(Scope::name);
                    let reason = no_such("table of keys", name, scopes.into_iter().chain(["set"]));
                    faults.add(key.span().start, reason);
                }
            }
        }
        own.sort_by_key(|own| own.sequences.first().map(|(_, at)| *at));
        drop_collisions(&mut own, faults);
        for Own { row, sequences, .. } in
            own.into_iter().filter(|own| own.is_unbound || !own.sequences.is_empty())
        {
            self.rebind(row, sequences.into_iter().map(|(keys, _)| keys).collect());
        }
        self.restore_essential(faults);
        self
    }

    /// Gives each essential action a key, if it has lost all of them.
    fn restore_essential(&mut self, faults: &mut Faults<'_>) {
        for (scope, action, key) in ESSENTIAL {
            let row = BINDINGS.iter().position(|row| (row.scope, row.action) == (scope, action));
            if let Some(row) = row.filter(|row| !self.has_key(*row)) {
                let name = action.name();
                faults.add_whole(format!(
                    "`{name}` in [keys.{}] must have a key, so it keeps `{key}`",
                    scope.name()
                ));
                self.rebind(row, vec![key.into()]);
            }
        }
    }
}

fn set(value: &Value<'_>, faults: &mut Faults<'_>) -> Option<Keymap> {
    let name = faults.text("set", value)?;
    let set = Keymap::of_set(&name);
    if set.is_none() {
        faults.add(value.span().start, no_such("set of keys", &name, SETS.map(|(name, _)| name)));
    }
    set
}

fn read_scope(scope: Scope, value: Value<'_>, own: &mut Vec<Own>, faults: &mut Faults<'_>) {
    let table = faults.table(&format!("keys.{}", scope.name()), value);
    for (key, value) in table.into_iter().flatten() {
        let name = key.get_ref().as_ref();
        let row = BINDINGS.iter().position(|row| row.scope == scope && row.action.name() == name);
        match row {
            Some(row) => {
                let is_unbound = value.get_ref().as_array().is_some_and(|array| array.is_empty());
                own.push(Own { row, sequences: sequences(scope, name, value, faults), is_unbound });
            }
            None => faults.add(key.span().start, no_such_action(scope, name)),
        }
    }
}

/// Reports that a scope has no such action, with the scope that has it or a similar name.
fn no_such_action(scope: Scope, name: &str) -> String {
    let of =
        |scope: Scope| BINDINGS.iter().filter(move |row| row.scope == scope).map(|row| row.action.name());
    match BINDINGS.iter().find(|row| row.action.name() == name) {
        Some(row) => format!("`{name}` is an action of [keys.{}]", row.scope.name()),
        None => no_such(&format!("action in [keys.{}]", scope.name()), name, of(scope)),
    }
}

/// The sequences of an action: one, or a list, which may be empty.
fn sequences(scope: Scope, name: &str, value: Value<'_>, faults: &mut Faults<'_>) -> Vec<(Sequence, usize)> {
    let at = value.span().start;
    let values = match value.into_inner() {
        DeValue::String(text) => vec![(text, at)],
        DeValue::Array(array) => {
            let mut texts = Vec::new();
            for value in array {
                let at = value.span().start;
                match value.into_inner() {
                    DeValue::String(text) => texts.push((text, at)),
                    _ => faults.add(at, format!("the keys of `{name}` must be in quotes")),
                }
            }
            texts
        }
        _ => {
            faults.add(at, format!("`{name}` must be a key in quotes, or a list of keys: [\"x\", \"g g\"]"));
            Vec::new()
        }
    };
    let mut sequences = Vec::new();
    for (text, at) in values {
        match text.parse::<Sequence>() {
            Ok(keys) if scope == Scope::Prompt && keys.keys()[0].is_typing() => {
                faults.add(
                    at,
                    format!("`{text}` types into the line; bind a key with ctrl or alt, or one with a name"),
                );
            }
            Ok(keys) => sequences.push((keys, at)),
            Err(reason) => faults.add(at, reason),
        }
    }
    sequences
}

/// Drops sequences that can never be typed, because an earlier line has the same sequence or the beginning of it.
fn drop_collisions(own: &mut [Own], faults: &mut Faults<'_>) {
    for later in 0..own.len() {
        let (before, rest) = own.split_at_mut(later);
        let Some(own) = rest.first_mut() else { continue };
        let scope = BINDINGS[own.row].scope;
        own.sequences.retain(|(keys, at)| {
            let others = before.iter().filter(|other| BINDINGS[other.row].scope == scope);
            let mut others = others.flat_map(|other| other.sequences.iter().map(move |(keys, at)| (other.row, keys, at)));
            let Some((row, other, other_at)) = others.find(|(_, other, _)| other.collides_with(keys)) else { return true };
            let (line, name) = (faults.line(*other_at), BINDINGS[row].action.name());
            let reason = match other == keys {
                true => format!("`{keys}` is bound to `{name}` on line {line}"),
                false => format!("`{keys}` and `{other}` on line {line} (`{name}`) begin with the same keys, so only one of them can be typed"),
            };
            faults.add(*at, reason);
            false
        });
    }
}
