use std::collections::BTreeSet;

use clap::Args;
use http::{HeaderMap, Method, header};

use super::throwaway::{ID, Throwaway};
use crate::client::{Change, Client};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::probe::{Family, Probe, probe};
use crate::view::verify::{Claim, Enforced, Row, Verdict};
use clawctl_wire::error::Problem;
use clawctl_wire::health::Extension;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::policy::ProviderScope;
use clawctl_wire::provider::Provider;

/// A header with which a router says that a provider was asked.
const ASKED: &str = "x-clawrouter-upstream-provider";

/// Prove that scopes and budgets stop requests on the live router
///
/// Makes a policy with a budget of zero and a key, both called `clawctl_verify`, and sends one
/// tiny request on every family of routes, each of which has to be refused: for the budget, for a
/// provider outside the scope, for a model outside it where the router knows model scopes, and
/// once more after the key is revoked. Then both are switched off again. Run it after every
/// upgrade of a router. Where one is not enforced, its probe reaches a provider and may cost a few
/// micros there.
///
/// A family of which no provider is ready cannot prove the budget, because the router finds that
/// out first; it is named as not tested. Exit code 1: something was not enforced. 7: nothing
/// could be proved of the budget.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl verify enforcement
  clawctl --context prod verify enforcement -o json")]
pub struct Enforcement {}

pub(super) async fn run(ctx: &Ctx, Enforcement {}: Enforcement) -> Result<Enforced> {
    let client = ctx.client()?;
    let providers = client.providers().await?.providers;
    let model_scopes = client.has(Extension::PolicyModels).await?;
    if ctx.settings.dry_run {
        return Ok(Enforced { rows: planned(&providers, model_scopes), dry_run: true });
    }
    let throwaway = Throwaway::make(client).await?;
    let trial = Trial { client, throwaway: &throwaway, providers: &providers };
    let tried = tokio::select! {
        tried = trial.run(model_scopes) => tried,
        _ = tokio::signal::ctrl_c() => Err(Error::stopped("stopped before everything was tried")),
    };
    // Whatever happened, nothing may stay switched on.
    let revoked = throwaway.revoke_key().await;
    let after = match &revoked {
        Ok(()) => trial.after_revocation().await,
        Err(_) => None,
    };
    let disabled = throwaway.disable_policy().await;
    for left in [revoked.err(), disabled.err()].into_iter().flatten() {
        ctx.ui.failure(&left);
        ctx.ui.warning(format!(
            "`{ID}` may still be switched on; its budget is zero. `clawctl key revoke {ID}`, \
             `clawctl policy disable {ID}`"
        ));
    }
    let mut rows = tried?;
    rows.extend(after);
    Ok(Enforced { rows, dry_run: false })
}

/// What would be tried, where everything is ready.
fn planned(providers: &[Provider], model_scopes: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    for claim in [Claim::Budget, Claim::ProviderScope, Claim::ModelScope] {
        if claim == Claim::ModelScope && !model_scopes {
            continue;
        }
        for family in Family::ALL.into_iter().filter(|family| claim.is_made_of(*family)) {
            let probe = probe(family, providers.iter());
            rows.push(Row::new(claim, family, probe.as_ref(), Verdict::Planned));
        }
    }
    rows
}

struct Trial<'a> {
    client: &'a Client,
    throwaway: &'a Throwaway<'a>,
    providers: &'a [Provider],
}

impl Trial<'_> {
    async fn run(&self, model_scopes: bool) -> Result<Vec<Row>> {
        let mut rows = Vec::new();
        self.throwaway.reach(ProviderScope::All, Change::Keep).await?;
        let ready = self.ready().await?;
        let is_ready = |provider: &&Provider| ready.contains(&provider.id);
        for family in Family::ALL.into_iter().filter(|family| Claim::Budget.is_made_of(*family)) {
            let probe = probe(family, self.providers.iter().filter(is_ready));
            rows.push(self.row(Claim::Budget, family, probe, "no provider of it is ready").await);
        }
        let inside = self.least_missed();
        self.throwaway.reach(only(&inside), Change::Keep).await?;
        for family in Family::ALL {
            let outside = self.providers.iter().filter(|provider| provider.id != inside);
            let probe = probe(family, outside);
            rows.push(self.row(Claim::ProviderScope, family, probe, "no provider has it").await);
        }
        if model_scopes {
            // A pattern that no model has.
            let nothing = ModelPattern::parse("clawctl-verify/none")
                .map_err(|e| Error::failed("cannot name no model").cause(e))?;
            self.throwaway.reach(ProviderScope::All, Change::Set(vec![nothing])).await?;
            for family in Family::ALL {
                let probe = probe(family, self.providers.iter());
                rows.push(self.row(Claim::ModelScope, family, probe, "no provider has it").await);
            }
            self.throwaway.reach(ProviderScope::All, Change::Clear).await?;
        }
        Ok(rows)
    }

    /// The revoked key once more.
    async fn after_revocation(&self) -> Option<Row> {
        let (family, probe) = Family::ALL
            .into_iter()
            .find_map(|family| Some((family, probe(family, self.providers.iter())?)))?;
        Some(self.row(Claim::Revocation, family, Some(probe), "").await)
    }

    /// The providers that would be asked, as the key sees them.
    async fn ready(&self) -> Result<BTreeSet<String>> {
        let catalog = self.client.catalog(self.throwaway.bearer()).await?;
        let ready = catalog.providers.into_iter().filter(|provider| provider.executable);
        Ok(ready.map(|provider| provider.id).collect())
    }

    /// The provider without which the most families are left.
    fn least_missed(&self) -> String {
        let left = |without: &Provider| {
            let others = || self.providers.iter().filter(|other| other.id != without.id);
            Family::ALL.into_iter().filter(|family| probe(*family, others()).is_some()).count()
        };
        let best = self.providers.iter().rev().max_by_key(|provider| left(provider));
        best.map(|provider| provider.id.clone()).unwrap_or_default()
    }

    async fn row(&self, claim: Claim, family: Family, probe: Option<Probe>, why: &str) -> Row {
        let Some(probe) = probe else {
            return Row::new(claim, family, None, Verdict::NotTested { why: why.to_owned() });
        };
        let verdict = self.judge(claim, &probe).await;
        Row::new(claim, family, Some(&probe), verdict)
    }

    async fn judge(&self, claim: Claim, probe: &Probe) -> Verdict {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, self.throwaway.bearer().clone());
        let body = probe.body.to_string().into_bytes();
        let sent = self.client.raw(Method::POST, &probe.path, headers, Some(body), false);
        let answer = match sent.await {
            Ok(answer) => answer,
            Err(e) => return Verdict::NotTested { why: e.to_string() },
        };
        let status = answer.status;
        let problem = answer.problem();
        let code = problem.as_ref().map_or("", Problem::code);
        let got = format!("{status} {code}").trim().to_owned();
        let asked = answer.headers.contains_key(ASKED);
        let (wanted_status, wanted_code) = claim.refusal();
        if (status, code) == (wanted_status, wanted_code) {
            Verdict::Held
        } else if asked || status < 400 || claim.is_broken_by(code) {
            Verdict::Broken { got }
        } else {
            Verdict::NotTested { why: format!("the router answered {got}") }
        }
    }
}

fn only(provider: &str) -> ProviderScope {
    ProviderScope::Only([provider.to_owned()].into())
}
