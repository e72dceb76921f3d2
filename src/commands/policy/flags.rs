//! Flags that describe a policy, wherever one is made: `policy create`, `key issue`.

use std::collections::BTreeSet;

use clap::Args;

use crate::client::Client;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
pub use crate::plan::nearest::nearest;
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_id;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy, ProviderScope};
use clawctl_wire::provider::ProviderSnapshot;

/// What a new policy is to allow.
#[derive(Debug, Clone, Default, PartialEq, Args)]
#[command(next_help_heading = "Scope and budget")]
pub struct ScopeFlags {
    /// Provider that may be reached; repeat it for more
    #[arg(long = "provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    pub providers: Vec<String>,

    /// Every provider may be reached, also those added later
    #[arg(long, conflicts_with = "providers")]
    pub all_providers: bool,

    /// Model that may be used, `*` for any run of characters; repeat it for more
    #[arg(long = "model", value_name = "PATTERN", value_delimiter = ',')]
    #[arg(add = complete::models())]
    pub models: Vec<ModelPattern>,

    /// Accept a model pattern that matches no known model
    #[arg(long)]
    pub allow_unknown_model: bool,

    /// Budget per UTC month, such as `$50`; zero blocks
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub budget: Option<Micros>,

    /// No limit on what is spent
    #[arg(long, conflicts_with = "budget")]
    pub no_budget: bool,

    /// Each principal has the budget for itself
    #[arg(long)]
    pub per_principal: bool,

    /// Fixed price of every request, instead of the models' prices
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    pub request_cost: Option<Micros>,

    /// Tenant that the policy belongs to
    #[arg(long, value_name = "NAME")]
    pub tenant: Option<String>,

    /// Role that the router notes with the policy; a label, nothing is enforced by it
    #[arg(long, value_name = "WORD")]
    pub role: Option<String>,

    /// Let the router keep request contents for this policy
    #[arg(long)]
    pub retention: bool,

    /// Do not let the router keep request contents for this policy
    #[arg(long, conflicts_with = "retention")]
    pub no_retention: bool,
}

impl ScopeFlags {
    /// Was anything said about a policy?
    pub fn any(&self) -> bool {
        // This one only lets another flag pass.
        Self { allow_unknown_model: false, ..self.clone() } != Self::default()
    }

    /// The policy that the flags describe; what is missing is asked for on a terminal.
    pub async fn describe(&self, ctx: &Ctx, client: &Client, id: &str) -> Result<Policy> {
        check_id(id)?;
        let snapshot = client.providers().await?;
        let scope = self.scope(ctx, &snapshot)?;
        let mut policy = Policy::with_defaults(id, &scope);
        policy.monthly_budget_micros = self.budget(ctx)?;
        policy.request_cost_micros = self.request_cost;
        policy.retain_request_content = match either(self.retention, self.no_retention) {
            Some(yes) => yes,
            // Every member is written, so what the router would choose is written too.
            None => client.health().await?.observability.request_content_retention_default,
        };
        if self.per_principal {
            policy.budget_scope = BudgetScope::Principal;
        }
        if let Some(tenant) = &self.tenant {
            policy.tenant_id = words("--tenant", tenant)?;
        }
        if let Some(role) = &self.role {
            policy.token_role = words("--role", role)?;
        }
        if !self.models.is_empty() {
            client.require(Extension::PolicyModels, "--model").await?;
            policy.models = Some(sorted(&self.models));
            check_patterns(ctx, &snapshot, &scope, &self.models, self.allow_unknown_model)?;
        }
        Ok(policy)
    }

    fn scope(&self, ctx: &Ctx, snapshot: &ProviderSnapshot) -> Result<ProviderScope> {
        if self.all_providers {
            return Ok(ProviderScope::All);
        }
        if !self.providers.is_empty() {
            return Ok(ProviderScope::Only(known_providers(snapshot, &self.providers)?));
        }
        let ids: Vec<String> = snapshot.providers.iter().map(|p| p.id.clone()).collect();
        let chosen =
            ctx.ui.choose_many("the provider", "--provider ID` or `--all-providers", &ids)?;
        if chosen.is_empty() {
            return Err(Error::usage("a policy reaches at least one provider"));
        }
        Ok(ProviderScope::Only(chosen.into_iter().map(|index| ids[index].clone()).collect()))
    }

    /// Unlimited is never a default: it has to be said.
    fn budget(&self, ctx: &Ctx) -> Result<Option<Micros>> {
        if self.no_budget {
            return Ok(None);
        }
        if let Some(amount) = self.budget {
            return Ok(Some(amount));
        }
        let typed = ctx.ui.ask("the budget per month", "--budget '$50'` or `--no-budget")?;
        Ok(Some(Micros::parse(&typed)?))
    }
}

/// Every named provider, or an error with the nearest name.
pub fn known_providers(snapshot: &ProviderSnapshot, named: &[String]) -> Result<BTreeSet<String>> {
    let ids: Vec<&str> = snapshot.providers.iter().map(|p| p.id.as_str()).collect();
    for id in named {
        if !ids.contains(&id.as_str()) {
            return Err(unknown_provider(id, &ids));
        }
    }
    Ok(named.iter().cloned().collect())
}

pub fn unknown_provider(id: &str, known: &[&str]) -> Error {
    let error = Error::usage(format!("this router knows no provider `{id}`"));
    match nearest(id, known) {
        Some(near) => error.hint(format!("did you mean `{near}`?")),
        None => error.hint("`clawctl provider list` shows those it knows"),
    }
}

/// Refuses a pattern under which no model of the scope can be used, unless that is accepted.
pub fn check_patterns(
    ctx: &Ctx,
    snapshot: &ProviderSnapshot,
    scope: &ProviderScope,
    patterns: &[ModelPattern],
    accept: bool,
) -> Result<()> {
    for pattern in patterns {
        let models = snapshot
            .providers
            .iter()
            .flat_map(|p| p.models.iter().map(|m| (p.id.as_str(), m.id.as_str())));
        let matching: Vec<&str> =
            models.clone().filter(|(_, id)| pattern.matches(id)).map(|(p, _)| p).collect();
        if matching.iter().any(|provider| scope.contains(provider)) {
            continue;
        }
        let passed_on = passed_on_by_prefix(snapshot, scope, pattern);
        let idle = match (matching.first(), passed_on) {
            (None, true) if pattern.is_exact() => {
                ctx.ui.warning(format!(
                    "`{pattern}` is not in the catalog; it is passed on by its prefix, without a price"
                ));
                continue;
            }
            (None, _) => format!("`{pattern}` matches no model that this router knows"),
            (Some(_), _) => format!("`{pattern}` matches no model of the providers in scope"),
        };
        // A router that lists no models for its providers does not say what there is.
        let lists =
            snapshot.providers.iter().any(|p| scope.contains(&p.id) && !p.models.is_empty());
        if accept || passed_on || !lists {
            ctx.ui.warning(idle);
            continue;
        }
        let known: Vec<&str> =
            models.filter(|(p, _)| scope.contains(p)).map(|(_, id)| id).collect();
        let error = match (meant(pattern.as_str(), &known), matching.first()) {
            (_, Some(provider)) => Error::usage(idle)
                .hint(format!("to allow that provider as well: `--provider {provider}`")),
            (Some(meant), None) => Error::usage(idle).hint(format!("did you mean `{meant}`?")),
            (None, None) => Error::usage(idle).hint("run `clawctl catalog list` to see all models"),
        };
        return Err(error.hint("for a model to come: `--allow-unknown-model`"));
    }
    Ok(())
}

/// Do models reach a provider by a prefix of their names, whether they are in the catalog or not?
fn passed_on_by_prefix(
    snapshot: &ProviderSnapshot,
    scope: &ProviderScope,
    pattern: &ModelPattern,
) -> bool {
    let named = |prefix: &String| pattern.as_str().starts_with(prefix.as_str());
    let mut in_scope = snapshot.providers.iter().filter(|p| scope.contains(&p.id));
    in_scope.any(|p| p.routing.model_prefixes.iter().any(named))
}

/// The pattern that was most likely meant: the provider was left out, or it is the name of a family.
fn meant(typed: &str, models: &[&str]) -> Option<String> {
    let family = typed.trim_end_matches('*');
    let begins = |id: &str| id.strip_prefix(family).is_some() && !family.is_empty();
    if let Some(id) = models.iter().find(|id| id.rsplit('/').next().is_some_and(begins)) {
        let name = id.rsplit('/').next().unwrap_or(id);
        let provider = &id[..id.len() - name.len()];
        let exact = name == typed;
        return Some(format!("{provider}{family}{}", if exact { "" } else { "*" }));
    }
    if models.iter().any(|id| begins(id)) {
        return Some(format!("{family}*"));
    }
    nearest(typed, models).map(str::to_owned)
}

pub fn sorted(patterns: &[ModelPattern]) -> Vec<ModelPattern> {
    patterns.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect()
}

/// A label that the router would trim to nothing or refuse.
pub fn words(flag: &str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::usage(format!("`{flag}` is blank")));
    }
    Ok(text.to_owned())
}

/// What two flags say of which at most one is given.
pub fn either(yes: bool, no: bool) -> Option<bool> {
    (yes || no).then_some(yes)
}
