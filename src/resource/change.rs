//! What an edit does to a member.

use std::collections::BTreeSet;

/// What happens to one optional member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T> Change<T> {
    /// What a value and a wish to have none say, of which at most one is there.
    pub fn of(value: Option<T>, clear: bool) -> Self {
        match value {
            Some(value) => Self::Set(value),
            None if clear => Self::Clear,
            None => Self::Keep,
        }
    }
}

impl<T: Clone> Change<T> {
    pub(crate) fn apply(&self, to: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *to = None,
            Self::Set(value) => *to = Some(value.clone()),
        }
    }

    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

/// What happens to a list whose order means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetEdit {
    /// It becomes these first, where they are given.
    pub only: Option<BTreeSet<String>>,
    pub add: BTreeSet<String>,
    pub remove: BTreeSet<String>,
}

impl SetEdit {
    pub fn only(items: impl IntoIterator<Item = String>) -> Self {
        Self { only: Some(items.into_iter().collect()), ..Self::default() }
    }

    pub fn is_keep(&self) -> bool {
        *self == Self::default()
    }

    /// A list that is kept also keeps its order.
    pub(crate) fn apply(&self, to: &mut Vec<String>) {
        if self.is_keep() {
            return;
        }
        let mut items = self.only.clone().unwrap_or_else(|| to.drain(..).collect());
        items.extend(self.add.iter().cloned());
        items.retain(|item| !self.remove.contains(item));
        *to = items.into_iter().collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_changes_in_what_is_named() {
        let set = |items: &str| items.split_whitespace().map(str::to_owned).collect();
        let check = |only: Option<&str>, add: &str, remove: &str, expected: &str| {
            let edit = SetEdit { only: only.map(set), add: set(add), remove: set(remove) };
            let mut list = vec!["b".to_owned(), "a".to_owned()];
            edit.apply(&mut list);
            assert_eq!(list.join(" "), expected, "{edit:?}");
        };
        check(None, "", "", "b a");
        check(None, "c", "", "a b c");
        check(None, "a", "", "a b");
        check(None, "", "b x", "a");
        check(Some("z"), "", "", "z");
        check(Some(""), "", "", "");
        check(Some("z"), "y", "z", "y");
    }
}
