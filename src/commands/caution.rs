//! What an operator is told, and asked, before a change comes true.

use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::{ChangeSet, Effect};
use clawctl_wire::money::Micros;

/// A new limit this many times the old one is more likely a slip than a plan.
const JUMP: u128 = 100;

/// Something to know about a new limit.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Caution {
    Jump { from: Micros, to: Micros },
    BelowSpent { spent: Micros, to: Micros },
}

impl Caution {
    fn words(&self) -> String {
        match self {
            Self::Jump { from, to } => {
                format!("{to} is a hundred times the old budget of {from}, or more")
            }
            Self::BelowSpent { spent, to } => format!(
                "{spent} is already spent this month, so a budget of {to} refuses requests \
                 until the month ends"
            ),
        }
    }

    fn is_asked(&self) -> bool {
        matches!(self, Self::Jump { .. })
    }
}

/// What there is to know about a new limit. Zero says for itself that it blocks.
pub(super) fn cautions(
    before: Option<Micros>,
    after: Option<Micros>,
    spent: Option<Micros>,
) -> Vec<Caution> {
    let mut found = Vec::new();
    let Some(to) = after.filter(|to| before != after && *to > Micros::ZERO) else { return found };
    if let Some(from) = before.filter(|from| *from > Micros::ZERO)
        && u128::from(to.0) >= u128::from(from.0) * JUMP
    {
        found.push(Caution::Jump { from, to });
    }
    if let Some(spent) = spent.filter(|spent| *spent >= to) {
        found.push(Caution::BelowSpent { spent, to });
    }
    found
}

/// Says what is dangerous in a change.
pub(super) fn say(ctx: &Ctx, cautions: &[Caution]) {
    for caution in cautions {
        ctx.ui.warning(caution.words());
    }
}

/// Asks where the answer could be no: by `verb`, or by what the change does.
pub(super) fn ask(
    ctx: &Ctx,
    change: &ChangeSet,
    cautions: &[Caution],
    verb: Option<&str>,
) -> Result<()> {
    let asked: Vec<_> = change.effects.iter().filter(|effect| effect.is_asked()).collect();
    for effect in &asked {
        ctx.ui.warning(effect.to_string());
    }
    let said = match asked.first().map(|effect| effect.kind) {
        Some(_) if change.noun == "key" => "Move",
        Some(_) if change.noun == "grant" => "Change",
        Some(Effect::Blocks) => "Block",
        Some(Effect::Disables) => "Disable",
        Some(Effect::Narrows) => "Narrow",
        Some(Effect::UnMeters) => "Take the limit off",
        Some(Effect::Widens) => "Widen",
        Some(_) => "Go on with the change of",
        None if cautions.iter().any(Caution::is_asked) => "Raise the budget of",
        None => return Ok(()),
    };
    ctx.confirm(&format!("{} {} {}?", verb.unwrap_or(said), change.noun, change.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_noticed() {
        let check =
            |before: Option<u64>, after: Option<u64>, spent: Option<u64>, words: &[&str]| {
                let found = cautions(before.map(Micros), after.map(Micros), spent.map(Micros));
                let found: Vec<_> = found
                    .iter()
                    .map(|caution| match caution {
                        Caution::Jump { .. } => "jump",
                        Caution::BelowSpent { .. } => "spent",
                    })
                    .collect();
                assert_eq!(found, words, "{before:?} to {after:?} with {spent:?}");
            };
        check(Some(5), Some(499), None, &[]);
        check(Some(5), Some(500), None, &["jump"]);
        check(Some(0), Some(500), None, &[]);
        check(None, Some(500), None, &[]);
        check(Some(5), None, Some(3), &[]);
        check(Some(50), Some(10), Some(9), &[]);
        check(Some(50), Some(10), Some(10), &["spent"]);
        check(None, Some(10), Some(12), &["spent"]);
        check(Some(50), Some(0), Some(12), &[]);
        check(Some(50), Some(50), Some(60), &[]);
        check(Some(5), Some(u64::MAX), Some(u64::MAX), &["jump", "spent"]);
    }
}
