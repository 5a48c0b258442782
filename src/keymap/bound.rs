//! The keys in force: those of the table, of a ready-made set, and the reader's own.

use super::{Action, BINDINGS, Binding, Hint, Key, Scope, Sequence};

/// The keys of each action in each scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of the table.
    keys: Vec<Vec<Sequence>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let of = |binding: &Binding| binding.keys.iter().copied().map(Sequence::from).collect();
        Keymap { keys: BINDINGS.iter().map(of).collect() }
    }
}

/// What a series of key presses means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An action.
    Action(Action),
    /// The beginning of longer sequences.
    Beginning,
    /// Nothing.
    Nothing,
}

/// A row of the table with the keys in force.
#[derive(Clone, Copy, Debug)]
pub struct Row<'k> {
    /// The row of the table.
    pub binding: &'static Binding,
    /// The keys, the usual one first. May be empty.
    pub keys: &'k [Sequence],
}

impl Row<'_> {
    /// The keys by name, separated by spaces, or by strokes if spaces would look like parts of a sequence.
    #[must_use]
    pub fn key_names(&self) -> String {
        let has_sequence = self.keys.iter().any(|keys| keys.keys().len() > 1);
        let between = if has_sequence { " / " } else { " " };
        self.keys.iter().map(Sequence::to_string).collect::<Vec<_>>().join(between)
    }
}

impl Keymap {
    /// All rows.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        BINDINGS.iter().zip(&self.keys).map(|(binding, keys)| Row { binding, keys })
    }

    /// The rows of a scope.
    pub fn rows_of(&self, scope: Scope) -> impl Iterator<Item = Row<'_>> {
        self.rows().filter(move |row| row.binding.scope == scope)
    }

    fn rows_in<'k>(&'k self, scopes: &'k [Scope]) -> impl Iterator<Item = Row<'k>> {
        scopes.iter().flat_map(|scope| self.rows_of(*scope))
    }

    /// What keys mean in these scopes. The first scope that knows them decides.
    #[must_use]
    pub fn meaning(&self, scopes: &[Scope], typed: &[Key]) -> Meaning {
        for scope in scopes {
            let is_it = |row: &Row<'_>| row.keys.iter().any(|keys| keys.keys() == typed);
            if let Some(row) = self.rows_of(*scope).find(is_it) {
                return Meaning::Action(row.binding.action);
            }
            let begins = |row: Row<'_>| row.keys.iter().any(|keys| keys.keys().starts_with(typed));
            if self.rows_of(*scope).any(begins) {
                return Meaning::Beginning;
            }
        }
        Meaning::Nothing
    }

    /// The ways to continue a sequence: its remaining keys, and what it does.
    #[must_use]
    pub fn following(&self, scopes: &[Scope], typed: &[Key]) -> Vec<(String, &'static Binding)> {
        let rest = |keys: &Sequence| {
            let rest = keys.keys().strip_prefix(typed).filter(|rest| !rest.is_empty())?;
            Some(rest.iter().map(Key::to_string).collect::<Vec<_>>().join(" "))
        };
        let mut found: Vec<(String, &Binding)> = Vec::new();
        for row in self.rows_in(scopes) {
            for rest in row.keys.iter().filter_map(rest) {
                if found.iter().all(|(known, _)| *known != rest) {
                    found.push((rest, row.binding));
                }
            }
        }
        found
    }

    /// The usual key of an action in these scopes.
    #[must_use]
    pub fn key_for(&self, scopes: &[Scope], action: Action) -> Option<String> {
        let mut rows = self.rows_in(scopes).filter(|row| row.binding.action == action);
        rows.find_map(|row| row.keys.first()).map(Sequence::to_string)
    }

    /// The footer's hints in these scopes.
    pub fn hints(&self, scopes: &'static [Scope]) -> impl Iterator<Item = Hint> {
        self.rows_in(scopes).filter_map(|row| {
            Some(Hint {
                key: row.keys.first()?.to_string(),
                word: row.binding.hint?,
                action: row.binding.action,
            })
        })
    }

    /// Replaces the keys of an action. Other actions lose these keys, and any key that conflicts with one of them.
    pub(super) fn rebind(&mut self, row: usize, sequences: Vec<Sequence>) {
        let scope = BINDINGS[row].scope;
        for (other, keys) in BINDINGS.iter().zip(&mut self.keys) {
            if other.scope == scope || (scope == Scope::Panes && other.scope.is_pane()) {
                keys.retain(|keys| !sequences.iter().any(|new| new.collides_with(keys)));
            }
        }
        self.keys[row] = sequences;
    }

    /// Whether an action has a key.
    pub(super) fn has_key(&self, row: usize) -> bool {
        !self.keys[row].is_empty()
    }
}
