//! Which models a key can really use, and which of them a client begins with.

use clap::Args;
use http::HeaderValue;

use crate::client::Client as Router;
use crate::commands::catalog::from::{Found, of_key, of_policy};
use crate::commands::complete;
use crate::commands::key_source::{HeldKey, KeySourceFlags};
use crate::commands::policy::change::budget_of;
use crate::commands::policy::flags::nearest;
use crate::commands::reservation::{self, Shortfall};
use crate::config::parse_url;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::recipe::{Client, plain};
use crate::report::catalog::{CatalogRow, Use};
use crate::settings::Target;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Whose models are meant.
#[derive(Debug, Args)]
pub(super) struct KeyFlags {
    /// The models of this key, by its id
    #[arg(long, value_name = "ID", conflicts_with = "key_source", add = complete::keys())]
    key_id: Option<String>,

    #[command(flatten)]
    pub(super) source: KeySourceFlags,
}

/// The models with the key that they belong to, if it was given.
pub(super) struct Reach {
    found: Found,
    /// Was the router in this program asked?
    embedded: bool,
    /// The budget that the requests of the client count against, as far as it was seen.
    budget: Option<Budget>,
    pub(super) held: Option<HeldKey>,
}

/// What there is to spend.
struct Budget {
    policy: String,
    left: Micros,
    request_cost: Option<Micros>,
    has_list: bool,
}

impl KeyFlags {
    /// Asks the router. The key itself is read only where it was named, or is needed anyway.
    ///
    /// `url` is where the client will find it. A served router is asked there, because it knows the
    /// keys of providers that it was started with, and this process may know others.
    pub(super) async fn reach(&self, ctx: &Ctx, url: &str, key_needed: bool) -> Result<Reach> {
        ctx.say_judge();
        let mut budget = None;
        let held = match self.source.is_given() || key_needed {
            true => Some(self.source.held(ctx)?),
            false => None,
        };
        let found = match (&self.key_id, &held) {
            (Some(id), _) => {
                let key = ctx.client()?.credential(id).await?;
                if !key.active {
                    ctx.ui.warning(format!("key {id} does not work at present"));
                    ctx.ui.hint(format!("`clawctl key show {id}` says why"));
                }
                let policy = ctx.client()?.policy(&key.policy_id).await?;
                budget = Budget::of_policy(ctx, &policy).await;
                of_policy(ctx, Some(&policy)).await?
            }
            (None, Some(held)) => match of_served(ctx, url, held).await {
                Some((found, left)) => {
                    budget = left;
                    found
                }
                None => {
                    let (client, bearer) = (ctx.client()?, held.bearer()?);
                    budget = Budget::of_key(client, &bearer).await;
                    of_key(client, &bearer).await?
                }
            },
            (None, None) => {
                ctx.ui.hint("`--key-id ID` narrows it to what one key can use");
                of_policy(ctx, None).await?
            }
        };
        Ok(Reach { found, embedded: ctx.settings.target == Target::Embedded, budget, held })
    }

    /// The variable that the key was read from, if it was one.
    pub(super) fn variable(&self) -> Option<&str> {
        self.source.key_env.as_deref()
    }
}

/// What the router in this program says where it is served, if it is.
async fn of_served(ctx: &Ctx, url: &str, held: &HeldKey) -> Option<(Found, Option<Budget>)> {
    if ctx.settings.target != Target::Embedded {
        return None;
    }
    let served = ctx.dial(&parse_url(url).ok()?, ctx.settings.insecure_http, None, None).ok()?;
    let bearer = held.bearer().ok()?;
    let found = of_key(&served, &bearer).await.ok()?;
    Some((found, Budget::of_key(&served, &bearer).await))
}

impl Budget {
    async fn of_policy(ctx: &Ctx, policy: &Policy) -> Option<Self> {
        policy.monthly_budget_micros?;
        let status = budget_of(ctx.client().ok()?, &policy.policy_id).await?;
        Some(Self {
            policy: policy.policy_id.clone(),
            left: status.remaining_micros?,
            request_cost: policy.request_cost_micros,
            has_list: policy.models.is_some(),
        })
    }

    /// As the key itself sees it. A router that does not tell is asked for nothing else.
    async fn of_key(client: &Router, bearer: &HeaderValue) -> Option<Self> {
        let inspection = client.inspect_key(bearer).await.ok()?;
        inspection.monthly_budget_micros?;
        let usage = client.key_usage(bearer).await.ok()?;
        Some(Self {
            policy: usage.policy_id,
            left: usage.budget.remaining_micros?,
            request_cost: inspection.request_cost_micros,
            has_list: inspection.models.is_some(),
        })
    }
}

impl Reach {
    /// The models that this client can use now. Where it cannot be seen of any, those of which
    /// nothing is known against it.
    pub(super) fn usable(&self, client: Client) -> Vec<CatalogRow> {
        let of = |state: Use| {
            let fits = |row: &&CatalogRow| row.state == state && client.transport(row).is_some();
            self.found.rows.iter().filter(fits).cloned().collect::<Vec<_>>()
        };
        let ready = of(Use::Ready);
        if ready.is_empty() { of(Use::Unknown) } else { ready }
    }

    /// Does a budget count the requests by their price?
    pub(super) fn is_metered(&self) -> bool {
        self.budget.as_ref().is_some_and(|budget| budget.request_cost.is_none())
    }

    /// Warns of a budget in which no request of the client for this model has room.
    pub(super) fn warn_of_budget(&self, ctx: &Ctx, client: Client, model: &CatalogRow) {
        let Some(budget) = &self.budget else { return };
        let (snapshot, row) = (&self.found.snapshot, std::slice::from_ref(model));
        let reserved = reservation::of_rows(snapshot, row, Some(client), budget.request_cost);
        if let Some(shortfall) = Shortfall::of(&reserved, budget.left) {
            ctx.ui.warning(shortfall.words());
            for way in shortfall.ways_out(&budget.policy, budget.has_list) {
                ctx.ui.hint(way);
            }
        }
    }

    /// The model that was named, or the usual one; a person is asked where it will be written.
    pub(super) fn choose(
        &self,
        ctx: &Ctx,
        client: Client,
        usable: &[CatalogRow],
        named: Option<&str>,
        ask: bool,
    ) -> Result<CatalogRow> {
        if let Some(named) = named {
            return self.named(client, usable, named);
        }
        let usual = client.usual(usable).ok_or_else(|| self.none(client))?;
        if usable.len() > 1 && ask && ctx.ui.can_prompt() {
            let models: Vec<_> = usable.iter().map(|row| row.model.clone()).collect();
            let chosen = ctx.ui.choose("model to begin with", "--model REF", &models)?;
            return Ok(usable[chosen].clone());
        }
        // Of the variables none names a model.
        if usable.len() > 1 && client != Client::Env {
            let (model, count) = (&usual.model, usable.len());
            ctx.ui.status(format!("Model {model}, of {count}: `--model REF` names another."));
        }
        Ok(usual.clone())
    }

    fn named(&self, client: Client, usable: &[CatalogRow], named: &str) -> Result<CatalogRow> {
        let plain = plain(named);
        let is_it = |row: &&CatalogRow| client.means(named, row);
        if let Some(row) = usable.iter().find(is_it) {
            return Ok(row.clone());
        }
        if let Some(row) = self.found.rows.iter().find(is_it) {
            if row.state == Use::Unknown && client.transport(row).is_some() {
                return Ok(row.clone());
            }
            let error = Error::not_found(format!("model `{plain}` cannot be used here"));
            return Err(match &row.reason {
                Some(reason) if !row.is_ready() => error.cause(reason.as_str()),
                _ => error.cause(format!("it does not offer {}", client.wants())),
            });
        }
        let error = Error::not_found(format!("model `{plain}` is not in reach"));
        let ids: Vec<&str> = usable.iter().map(|row| row.model.as_str()).collect();
        Err(match nearest(plain, &ids) {
            Some(near) => error.hint(format!("did you mean `{near}`?")),
            None => error.hint("`clawctl catalog list --ready` shows those that can be used"),
        })
    }

    fn none(&self, client: Client) -> Error {
        let name = client.display_name();
        let error = Error::not_found(format!("there is no model that {name} could use"));
        let close = self.found.rows.iter().find(|row| client.transport(row).is_some());
        let error = match close {
            Some(row) => {
                let reason = row.reason.as_deref().unwrap_or("it is not ready");
                error.cause(format!("{}: {reason}", row.model))
            }
            None => error.cause(format!("none offers {}", client.wants())),
        };
        let error = error.hint("`clawctl catalog list` shows what is missing");
        if self.embedded {
            error.hint("a served router may have it: it is asked where the key itself is given")
        } else {
            error.hint("it is set where the router runs, or given with `clawctl grant put`")
        }
    }
}

/// What to know of a model of which it cannot be seen whether the policy reaches it.
pub(super) fn unsure(row: &CatalogRow) -> Option<String> {
    let reason = row.reason.as_deref().filter(|_| row.state == Use::Unknown)?;
    Some(format!(
        "Not checked: {}: {reason}. Give the key itself with `--key-file PATH` to check.",
        row.model
    ))
}
