//! Which keys of a router are rotated together, and where each goes.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;

use super::Rotate;
use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::Known;
use crate::journal::fleet::{FleetPlan, Planned};
use crate::lifecycle::family::is_lease;
use crate::lifecycle::overlap;
use crate::lifecycle::sinks::lasting;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::key::Mode;
use clawctl_wire::lineage::{Lineage, Successors};
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

/// What is known here of the ages of keys, if they matter.
pub(super) fn known_ages(ctx: &Ctx, args: &Rotate) -> Result<HashMap<String, Known>> {
    match args.fleet.older_than {
        Some(_) => Ok(ctx.journal().known(&ctx.journal_target())?),
        None => Ok(HashMap::new()),
    }
}

/// A key that the filters leave.
struct Candidate {
    id: Box<str>,
    /// Its age matters, and nobody knows it.
    is_ageless: bool,
    /// A successor would begin with an untouched budget.
    restarts: bool,
}

/// The keys to rotate, each with its sinks. Where one has none, nothing is begun.
pub(super) async fn choose(ctx: &Ctx, args: &Rotate) -> Result<Vec<Planned>> {
    let known = match args.sinks.is_default() {
        true => ctx.journal().known(&ctx.journal_target())?,
        false => known_ages(ctx, args)?,
    };
    let candidates = candidates(ctx, args, &known).await?;
    let ids = |some: fn(&Candidate) -> bool| {
        candidates.iter().filter(move |it| some(it)).map(|it| &*it.id)
    };
    let ageless: Vec<_> = ids(|it| it.is_ageless).collect();
    if !ageless.is_empty() {
        ctx.ui.warning(format!(
            "the age of {} is not known here, so {} left out",
            named(&ageless),
            if ageless.len() == 1 { "it is" } else { "they are" }
        ));
    }
    let mut homeless = Vec::new();
    let mut planned = Vec::new();
    for id in ids(|it| !it.is_ageless) {
        match sinks_of(args, id, known.get(id))? {
            sinks if sinks.is_empty() => homeless.push(id),
            sinks => planned.push(Planned { credential_id: id.into(), sinks }),
        }
    }
    if !homeless.is_empty() {
        return Err(Error::usage(format!(
            "nobody here knows where to deliver {}; nothing was sent",
            named(&homeless)
        ))
        .hint("say it for all: `--to 'file:/run/keys/{id}'`")
        .hint("or leave them out: `--id PATTERN`, `--policy PATTERN`, `--label PATTERN`"));
    }
    refuse_shared_sinks(&planned)?;
    let restarting = ids(|it| it.restarts && !it.is_ageless).next();
    if let Some(id) = restarting {
        let client = ctx.client()?;
        let key = client.credential(id).await?;
        overlap::guard_counter(&key, &client.policy(&key.policy_id).await?, false)?;
    }
    Ok(planned)
}

/// Every key that works and has no successor. Leases end by themselves. They stay in the order of the
/// router's list, so that a run is the same each time.
async fn candidates(
    ctx: &Ctx,
    args: &Rotate,
    known: &HashMap<String, Known>,
) -> Result<Vec<Candidate>> {
    let filter = Filter::of(ctx, args);
    let client = ctx.client()?;
    let counting = match args.overlap && !args.reset_counter {
        true => counting_by_principal(client).await?,
        false => HashSet::new(),
    };
    let mut successors = Successors::default();
    let mut found = Vec::new();
    let mut keys = client.credential_rows().await?;
    while let Some(key) = keys.next().await? {
        if !key.active || is_lease(&key.credential_id) {
            continue;
        }
        successors.add(&key.credential_id);
        let lets = filter.lets(&key, known.get(&key.credential_id));
        if lets != Some(false) {
            found.push(Candidate {
                id: key.credential_id.into(),
                is_ageless: lets.is_none(),
                restarts: key.principal_id.is_none() && counting.contains(&key.policy_id),
            });
        }
    }
    let successors = successors.sorted();
    found.retain(|it| successors.of(&it.id).is_none());
    Ok(found)
}

/// The policies whose budget is for each principal.
async fn counting_by_principal(client: &Client) -> Result<HashSet<String>> {
    let mut counting = HashSet::new();
    let mut policies = client.rows_of::<Policy>().await?;
    while let Some(policy) = policies.next().await? {
        if overlap::counts_by_principal(&policy) {
            counting.insert(policy.policy_id);
        }
    }
    Ok(counting)
}

/// Where `--to` says, or where it was delivered to from here before.
fn sinks_of(args: &Rotate, id: &str, known: Option<&Known>) -> Result<Vec<String>> {
    let specs = if args.sinks.is_default() {
        let texts = known.map(|known| known.sinks.clone()).unwrap_or_default();
        // One that cannot be read any more is one that is not known.
        let specs: Vec<SinkSpec> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        if specs.len() == texts.len() { specs } else { Vec::new() }
    } else {
        filled(args, id)?
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
fn refuse_shared_sinks(planned: &[Planned]) -> Result<()> {
    let mut places: Vec<(&str, usize)> = Vec::new();
    for (at, Planned { sinks, .. }) in planned.iter().enumerate() {
        let files = sinks.iter().filter(|sink| !sink.starts_with("exec:"));
        places.extend(files.map(|sink| (sink.as_str(), at)));
    }
    places.sort_unstable();
    let shared = places.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let Some(pair) = shared.min_by_key(|pair| pair[1].1) else { return Ok(()) };
    let [first, second] = [pair[0], pair[1]].map(|(_, at)| &planned[at].credential_id);
    Err(Error::usage(format!(
        "`{first}` and `{second}` would both go to the same sink; nothing was sent"
    ))
    .hint("let each have its own: put `{id}` into `--to`"))
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
