//! Which keys of a router are rotated together, and where each goes.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;

use super::{Rotate, is_lease, overlap};
use crate::commands::sinks::lasting;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::Known;
use crate::journal::fleet::{FleetPlan, Planned};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::key::Mode;
use clawctl_wire::lineage::{Lineage, by_age};
use clawctl_wire::model::ModelPattern;
use clawctl_wire::policy::Policy;

/// How many keys are named where something is said of several.
const NAMED_MAX: usize = 5;

/// Stands in a template for the id without the time of a rotation.
const ID_HERE: &str = "{id}";

/// What a key has to be.
pub(super) struct Filter<'a> {
    policy: Option<&'a ModelPattern>,
    id: Option<&'a ModelPattern>,
    label: Option<&'a ModelPattern>,
    /// Its secret was made before this.
    made_before: Option<Timestamp>,
}

impl<'a> Filter<'a> {
    pub(super) fn of(ctx: &Ctx, args: &'a Rotate) -> Self {
        let super::fleet::FleetFlags { policy, ids, label, older_than, .. } = &args.fleet;
        let before = |age: Duration| ctx.now().checked_sub(age).unwrap_or(Timestamp::MIN);
        Self {
            policy: policy.as_ref(),
            id: ids.as_ref(),
            label: label.as_ref(),
            made_before: older_than.map(before),
        }
    }

    /// Is it one of them? Unknown where the age matters and nobody knows it.
    pub(super) fn lets(&self, key: &Credential, known: Option<&Known>) -> Option<bool> {
        let matches = self.policy.is_none_or(|pattern| pattern.matches(&key.policy_id))
            && self.id.is_none_or(|pattern| pattern.matches(&key.credential_id))
            && self.label.is_none_or(|pattern| {
                key.label.as_deref().is_some_and(|label| pattern.matches(label))
            });
        match self.made_before {
            Some(before) if matches => made_at(key, known).map(|at| at <= before),
            _ => Some(matches),
        }
    }
}

/// Since when a key has its secret: as far as its id, this machine or the router knows.
fn made_at(key: &Credential, known: Option<&Known>) -> Option<Timestamp> {
    let here = known.map(|known| known.at);
    here.max(Lineage::of(&key.credential_id).since).max(key.created_at)
}

/// The keys to rotate, each with its sinks. Where one has none, nothing is begun.
pub(super) fn choose(
    ctx: &Ctx,
    args: &Rotate,
    all: &[Credential],
    known: &HashMap<String, Known>,
) -> Result<Vec<Planned>> {
    let filter = Filter::of(ctx, args);
    let mut chosen = Vec::new();
    let mut ageless = Vec::new();
    for key in newest_of_each(all) {
        match filter.lets(key, known.get(&key.credential_id)) {
            Some(true) => chosen.push(key),
            Some(false) => {}
            None => ageless.push(key.credential_id.as_str()),
        }
    }
    if !ageless.is_empty() {
        ctx.ui.warning(format!(
            "the age of {} is not known here, so {} left out",
            named(&ageless),
            if ageless.len() == 1 { "it is" } else { "they are" }
        ));
    }
    let mut homeless = Vec::new();
    let mut planned = Vec::new();
    for key in chosen {
        match sinks_of(args, key, known.get(&key.credential_id))? {
            sinks if sinks.is_empty() => homeless.push(key.credential_id.as_str()),
            sinks => planned.push(Planned { credential_id: key.credential_id.clone(), sinks }),
        }
    }
    if homeless.is_empty() {
        return Ok(planned);
    }
    Err(Error::usage(format!(
        "nobody here knows where to deliver {}; nothing was sent",
        named(&homeless)
    ))
    .hint("say it for all: `--to 'file:/run/keys/{id}'`")
    .hint("or leave them out: `--id PATTERN`, `--policy PATTERN`, `--label PATTERN`"))
}

/// Every key that works and has no successor. Leases end by themselves.
fn newest_of_each(all: &[Credential]) -> Vec<&Credential> {
    let mut newest: HashMap<&str, &Credential> = HashMap::new();
    for key in all.iter().filter(|key| key.active && !is_lease(&key.credential_id)) {
        let base = Lineage::of(&key.credential_id).base;
        let there = newest.entry(base).or_insert(key);
        if by_age(&there.credential_id, &key.credential_id).is_lt() {
            *there = key;
        }
    }
    // In the order of the router's list, so that a run is the same each time.
    let is_newest = |key: &&Credential| {
        let base = Lineage::of(&key.credential_id).base;
        newest.get(base).is_some_and(|there| there.credential_id == key.credential_id)
    };
    all.iter().filter(is_newest).collect()
}

/// Where `--to` says, or where it was delivered to from here before.
fn sinks_of(args: &Rotate, key: &Credential, known: Option<&Known>) -> Result<Vec<String>> {
    let specs = if args.sinks.is_default() {
        let texts = known.map(|known| known.sinks.clone()).unwrap_or_default();
        // One that cannot be read any more is one that is not known.
        let specs: Vec<SinkSpec> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        if specs.len() == texts.len() { specs } else { Vec::new() }
    } else {
        filled(args, &key.credential_id)?
    };
    // What was shown once cannot be written again for many.
    if specs.iter().any(|spec| !keeps(spec)) {
        return Ok(Vec::new());
    }
    Ok(specs.iter().map(lasting).collect())
}

/// Where `--to` says that this key goes.
fn filled(args: &Rotate, id: &str) -> Result<Vec<SinkSpec>> {
    let base = Lineage::of(id).base;
    let fill = |spec: &SinkSpec| {
        let text = spec.as_typed().replace(ID_HERE, base);
        text.parse::<SinkSpec>().map_err(|e| Error::usage(e.to_string()))
    };
    args.sinks.specs().iter().map(fill).collect()
}

/// What an earlier run began is gone on with as it was begun. Other words than its own would be
/// passed over in silence, so they are refused.
pub(super) fn refuse_other_words(args: &Rotate, plan: &FleetPlan) -> Result<()> {
    let refuse = |message: String| {
        Err(Error::conflict(message)
            .hint("go on with it as it was begun: `clawctl key rotate --all --resume`")
            .hint("or give up what is left of it: `clawctl key rotate --all --forget`"))
    };
    if args.test && plan.key_mode != Mode::Test.as_str() {
        return refuse("the rotation that was begun does not make keys for tests".to_owned());
    }
    if args.sinks.is_default() {
        return Ok(());
    }
    for Planned { credential_id, sinks } in &plan.members {
        let named = filled(args, credential_id)?;
        let shown: Vec<_> = named.iter().map(SinkSpec::to_string).collect();
        if !named.iter().map(lasting).eq(sinks.iter().cloned()) {
            // An `exec:` command may say more than everybody should see.
            let begun = sinks.iter().filter_map(|text| text.parse::<SinkSpec>().ok());
            let begun: Vec<_> = begun.map(|spec| spec.to_string()).collect();
            return refuse(format!(
                "the rotation that was begun delivers key `{credential_id}` to {}, not to {}",
                begun.join(" and "),
                shown.join(" and ")
            ));
        }
    }
    Ok(())
}

/// Can a fleet be delivered there, with nobody looking?
pub(super) fn keeps(spec: &SinkSpec) -> bool {
    !matches!(spec, SinkSpec::Stdout | SinkSpec::Tty | SinkSpec::Clipboard)
}

/// Two keys in one file would leave one of them nowhere.
pub(super) fn refuse_shared_sinks(planned: &[Planned]) -> Result<()> {
    let mut taken: HashMap<&str, &str> = HashMap::new();
    for Planned { credential_id, sinks } in planned {
        for sink in sinks.iter().filter(|sink| !sink.starts_with("exec:")) {
            if let Some(other) = taken.insert(sink, credential_id) {
                return Err(Error::usage(format!(
                    "`{other}` and `{credential_id}` would both go to the same sink; nothing was sent"
                ))
                .hint("let each have its own: put `{id}` into `--to`"));
            }
        }
    }
    Ok(())
}

/// The keys whose successors would begin with an untouched budget.
pub(super) fn guard_counters(
    args: &Rotate,
    planned: &[Planned],
    all: &[Credential],
    policies: &[Policy],
) -> Result<()> {
    if !args.overlap {
        return Ok(());
    }
    for one in planned {
        let key = all.iter().find(|key| key.credential_id == one.credential_id);
        let policy =
            key.and_then(|key| policies.iter().find(|policy| policy.policy_id == key.policy_id));
        if let (Some(key), Some(policy)) = (key, policy) {
            overlap::guard_counter(key, policy, args.reset_counter)?;
        }
    }
    Ok(())
}

fn named(ids: &[&str]) -> String {
    match ids {
        [one] => format!("key `{one}`"),
        few if few.len() <= NAMED_MAX => format!("the keys `{}`", few.join("`, `")),
        many => {
            format!("{} keys (`{}`, …)", many.len(), many[..NAMED_MAX].join("`, `"))
        }
    }
}
