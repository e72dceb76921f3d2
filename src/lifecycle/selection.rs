//! Which keys of a router are rotated together, and where each goes.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::family::is_lease;
use super::overlap;
use super::sinks::lasting;
use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::journal::Known;
use crate::journal::fleet::Planned;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::lineage::{Lineage, Successors};
use clawctl_wire::model::ModelPattern;
use clawctl_wire::policy::Policy;

/// How many keys are named where something is said of several.
const NAMED_MAX: usize = 5;

/// Stands in a template for the id without the time of a rotation.
const ID_HERE: &str = "{id}";

/// What a key has to be.
pub(crate) struct Filter<'a> {
    pub(crate) policy: Option<&'a ModelPattern>,
    pub(crate) id: Option<&'a ModelPattern>,
    pub(crate) label: Option<&'a ModelPattern>,
    /// Its secret was made before this.
    pub(crate) made_before: Option<Timestamp>,
}

/// Keys that are rotated together.
pub(crate) struct Selection<'a> {
    pub(crate) filter: Filter<'a>,
    /// Where they go, if it is said; `{id}` stands for the id.
    pub(crate) to: Option<&'a [SinkSpec]>,
    /// Each gets a successor.
    pub(crate) overlap: bool,
    /// Successors may begin with an untouched budget.
    pub(crate) reset_counter: bool,
}

impl Filter<'_> {
    /// What is known here of the ages of keys, if they matter.
    pub(crate) fn known_ages(&self, ctx: &Ctx) -> Result<HashMap<String, Known>> {
        match self.made_before {
            Some(_) => Ok(ctx.journal().known(&ctx.journal_target())?),
            None => Ok(HashMap::new()),
        }
    }

    /// Is it one of them? Unknown where the age matters and nobody knows it.
    pub(crate) fn lets(&self, key: &Credential, known: Option<&Known>) -> Option<bool> {
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

/// A key that the filters leave.
struct Candidate {
    id: Box<str>,
    /// Its age matters, and nobody knows it.
    is_ageless: bool,
    /// A successor would begin with an untouched budget.
    restarts: bool,
}

/// The keys to rotate, each with its sinks. Where one has none, nothing is begun.
pub(crate) async fn choose(ctx: &Ctx, selection: &Selection<'_>) -> Result<Vec<Planned>> {
    let known = match selection.to {
        None => ctx.journal().known(&ctx.journal_target())?,
        Some(_) => selection.filter.known_ages(ctx)?,
    };
    let candidates = candidates(ctx, selection, &known).await?;
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
        match sinks_of(selection.to, id, known.get(id))? {
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
    selection: &Selection<'_>,
    known: &HashMap<String, Known>,
) -> Result<Vec<Candidate>> {
    let client = ctx.client()?;
    let counting = match selection.overlap && !selection.reset_counter {
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
        let lets = selection.filter.lets(&key, known.get(&key.credential_id));
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
fn sinks_of(to: Option<&[SinkSpec]>, id: &str, known: Option<&Known>) -> Result<Vec<String>> {
    let specs = if let Some(to) = to {
        filled(to, id)?
    } else {
        let texts = known.map(|known| known.sinks.clone()).unwrap_or_default();
        // One that cannot be read any more is one that is not known.
        let specs: Vec<SinkSpec> = texts.iter().filter_map(|text| text.parse().ok()).collect();
        if specs.len() == texts.len() { specs } else { Vec::new() }
    };
    // What was shown once cannot be written again for many.
    if specs.iter().any(|spec| !keeps(spec)) {
        return Ok(Vec::new());
    }
    Ok(specs.iter().map(lasting).collect())
}

/// Where sinks with `{id}` in them lead for this key.
pub(crate) fn filled(to: &[SinkSpec], id: &str) -> Result<Vec<SinkSpec>> {
    let base = Lineage::of(id).base;
    let fill = |spec: &SinkSpec| {
        let text = spec.as_typed().replace(ID_HERE, base);
        text.parse::<SinkSpec>().map_err(|e| Error::of(Exit::USAGE, e))
    };
    to.iter().map(fill).collect()
}

/// Can a fleet be delivered there, with nobody looking?
fn keeps(spec: &SinkSpec) -> bool {
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
