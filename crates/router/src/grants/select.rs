//! Which of several grants a request is sent with: a pure function over what is given.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::grant::state::{LITTLE_LEFT, State};
use clawctl_wire::grant::GrantKey;
use clawctl_wire::policy::ENVIRONMENT_FALLBACK;

/// How a policy chooses among the grants for one provider.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Routing<'p> {
    pub(crate) strategy: Strategy,
    pub(crate) stickiness: Stickiness,
    /// Whether another grant is tried when one is refused.
    pub(crate) failover: bool,
    /// Whether a grant of whose limits nothing fresh is known stands back altogether.
    pub(crate) deny_stale: bool,
    pub(crate) stale_after: SignedDuration,
    /// The references that may be used, where not all may.
    pub(crate) eligible: Option<Vec<&'p str>>,
    /// Extension: without a grant that is enabled, the operator's own key is used.
    pub(crate) environment_fallback: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strategy {
    Priority,
    RoundRobin,
    LeastUsed,
    MostRemaining,
    WeightedRandom,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stickiness {
    None,
    Identity,
    Session,
}

impl<'p> Routing<'p> {
    /// Reads a policy's `grantRouting`. A word that is not known means the default.
    pub(crate) fn of(routing: &'p Value, provider: &str) -> Self {
        let word = |name: &str| routing.get(name).and_then(Value::as_str).unwrap_or("");
        let flag = |name: &str| routing.get(name).and_then(Value::as_bool);
        let listed = routing.get("eligibleGrants").and_then(|all| all.get(provider));
        Self {
            strategy: match word("strategy") {
                "priority" => Strategy::Priority,
                "round_robin" => Strategy::RoundRobin,
                "least_used" => Strategy::LeastUsed,
                "weighted_random" => Strategy::WeightedRandom,
                _ => Strategy::MostRemaining,
            },
            stickiness: match word("stickiness") {
                "identity" => Stickiness::Identity,
                "session" => Stickiness::Session,
                _ => Stickiness::None,
            },
            failover: flag("failover").unwrap_or(true),
            deny_stale: word("staleState") == "deny",
            stale_after: SignedDuration::from_secs(
                routing.get("staleAfterSeconds").and_then(Value::as_i64).unwrap_or(300),
            ),
            eligible: listed
                .and_then(Value::as_array)
                .map(|refs| refs.iter().filter_map(Value::as_str).collect()),
            environment_fallback: flag(ENVIRONMENT_FALLBACK).unwrap_or(false),
        }
    }
}

/// One grant for the provider, of the policy or of its tenant.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Candidate<'a> {
    pub(crate) key: &'a GrantKey,
    /// Enabled, with a secret that can be had.
    pub(crate) usable: bool,
    pub(crate) priority: u64,
    pub(crate) weight: f64,
    /// What was seen of it, of this revision.
    pub(crate) state: Option<&'a State>,
}

/// What a choice depends on beside the grants.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Circumstances<'a> {
    /// Those that were tried for this request.
    pub(crate) excluded: &'a [GrantKey],
    /// Whom the choice sticks to, where the policy wants that.
    pub(crate) sticky: Option<&'a str>,
    /// How many choices were made before this one.
    pub(crate) turn: u64,
    /// At least 0, and less than 1.
    pub(crate) random: f64,
    pub(crate) now: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Choice {
    /// The candidate at this place.
    Chosen(usize),
    /// There are grants, or only certain ones may be used, and none can be used now.
    NoneAvailable,
    /// Nothing was arranged for this provider: the operator's own key is meant.
    NoGrants,
}

/// Chooses one of the grants.
///
/// The contract's rules, with one difference: grants of which none is enabled are still grants, so
/// that revoking the last one does not turn requests over to the operator's own key without a
/// word.
pub(crate) fn select(
    routing: &Routing<'_>,
    candidates: &[Candidate<'_>],
    known: &Circumstances<'_>,
) -> Choice {
    let counts = |candidate: &Candidate<'_>| !routing.environment_fallback || candidate.usable;
    let arranged =
        routing.eligible.is_some() || routing.deny_stale || candidates.iter().any(counts);
    if !arranged {
        return Choice::NoGrants;
    }
    let ready = |candidate: &&Candidate<'_>| {
        let named = |refs: &Vec<&str>| refs.contains(&candidate.key.token_ref.as_str());
        let rests = candidate.state.is_some_and(|state| state.rests(known.now));
        let fresh_enough = !routing.deny_stale || is_fresh(candidate, routing, known.now);
        let eligible = routing.eligible.as_ref().is_none_or(named);
        let tried = known.excluded.contains(candidate.key);
        candidate.usable && !tried && !rests && eligible && fresh_enough
    };
    let mut tier: Vec<&Candidate<'_>> = candidates.iter().filter(ready).collect();
    let Some(first) = tier.iter().map(|candidate| candidate.priority).min() else {
        return Choice::NoneAvailable;
    };
    tier.retain(|candidate| candidate.priority == first);
    tier.sort_by(|a, b| a.key.cmp(b.key));
    let chosen = match known.sticky {
        Some(whom) => stick(routing, &tier, whom),
        None => spread(routing, &tier, known),
    };
    let place = chosen.and_then(|chosen| candidates.iter().position(|c| c.key == chosen.key));
    place.map_or(Choice::NoneAvailable, Choice::Chosen)
}

fn is_fresh(candidate: &Candidate<'_>, routing: &Routing<'_>, now: Timestamp) -> bool {
    let observed = candidate.state.and_then(|state| state.observed_at);
    observed.is_some_and(|at| now.duration_since(at) <= routing.stale_after)
}

/// Rendezvous hashing: everyone ranks the grants for themselves, so that one that drops out moves
/// only those who ranked it first.
fn stick<'c, 'a>(
    routing: &Routing<'_>,
    tier: &[&'c Candidate<'a>],
    whom: &str,
) -> Option<&'c Candidate<'a>> {
    let rank = |candidate: &Candidate<'_>| {
        let mut hash = Sha256::new();
        hash.update(whom.as_bytes());
        hash.update([0]);
        hash.update(candidate.key.to_string().as_bytes());
        let first =
            hash.finalize().first_chunk::<8>().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        // In (0, 1): 53 bits are what a float holds exactly.
        let share = ((first >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        let weight = match routing.strategy {
            Strategy::WeightedRandom => candidate.weight,
            _ => 1.0,
        };
        -weight / share.ln()
    };
    tier.iter().copied().max_by(|a, b| rank(a).total_cmp(&rank(b)))
}

fn spread<'c, 'a>(
    routing: &Routing<'_>,
    tier: &[&'c Candidate<'a>],
    known: &Circumstances<'_>,
) -> Option<&'c Candidate<'a>> {
    match routing.strategy {
        Strategy::Priority => tier.first().copied(),
        Strategy::RoundRobin => {
            let count = tier.len() as u64;
            let index = usize::try_from(known.turn.checked_rem(count)?).ok()?;
            tier.get(index).copied()
        }
        Strategy::LeastUsed => tier.iter().copied().min_by(|a, b| usage(a).cmp(&usage(b))),
        Strategy::MostRemaining => {
            let left = |candidate: &Candidate<'_>| remaining(candidate, routing, known.now);
            let better = |a: &&Candidate<'_>, b: &&Candidate<'_>| -> Ordering {
                left(b).total_cmp(&left(a)).then_with(|| usage(a).cmp(&usage(b)))
            };
            tier.iter().copied().min_by(better)
        }
        Strategy::WeightedRandom => {
            let total: f64 = tier.iter().map(|candidate| candidate.weight).sum();
            let mut point = known.random * total;
            let hit = tier.iter().copied().find(|candidate| {
                point -= candidate.weight;
                point < 0.0
            });
            // Rounding may leave the point a hair behind the last one.
            hit.or_else(|| tier.last().copied())
        }
    }
}

/// How often a grant was chosen, and when last.
fn usage(candidate: &Candidate<'_>) -> (u64, Option<Timestamp>) {
    let state = candidate.state;
    (state.map_or(0, |state| state.selected_count), state.and_then(|state| state.last_selected_at))
}

/// The part that is left of a grant's scarcest limit. One of which nothing fresh is known stands
/// behind those with plenty, and before those that have little left: it is worth a try by then.
fn remaining(candidate: &Candidate<'_>, routing: &Routing<'_>, now: Timestamp) -> f64 {
    let fresh = candidate.state.filter(|_| is_fresh(candidate, routing, now));
    fresh.and_then(|state| state.remaining(now)).unwrap_or(LITTLE_LEFT + f64::EPSILON)
}

#[cfg(test)]
mod tests;
