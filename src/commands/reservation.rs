//! What one request of a client reserves, set against what a budget has left.
//!
//! A router cannot know what an answer will cost, so it sets aside the most that it can. A budget may
//! be far above what a request costs, and far below what is set aside for it.

use super::policy::change::budget_of;
use crate::client::Client as Router;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::recipe::Client;
use crate::report::catalog::{CatalogRow, Known, compute};
use crate::report::transport::Transport;
use clawctl_router::manifest::Manifests;
use clawctl_router::why::{Request, RouteChoice, Sketch, reserves};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};
use clawctl_wire::provider::ProviderSnapshot;

/// A request for a model, and what is reserved for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reserved {
    pub(crate) model: String,
    pub(crate) client: Client,
    pub(crate) micros: Micros,
}

/// The requests of models, as a client makes them, or the client that each is mostly used by. Models
/// without a price are left out: a budget refuses them for that alone.
pub(crate) fn of_rows(
    snapshot: &ProviderSnapshot,
    rows: &[CatalogRow],
    client: Option<Client>,
    request_cost: Option<Micros>,
) -> Vec<Reserved> {
    let manifests = Manifests::from_snapshot(snapshot.clone());
    let reserved = |row: &CatalogRow| {
        let client = client.unwrap_or_else(|| Client::typical(row));
        let request = first_request(&manifests, row, client)?;
        let micros = reserves(&manifests, &request, request_cost)?;
        Some(Reserved { model: row.model.clone(), client, micros })
    };
    rows.iter().filter_map(reserved).collect()
}

fn first_request(manifests: &Manifests, row: &CatalogRow, client: Client) -> Option<Request> {
    let shape = client.shape(row);
    let native = |path: &str| RouteChoice::Path(format!("/v1/native/{}{path}", row.provider));
    let (route, model) = match client.transport(row)? {
        Transport::OpenaiResponses => (RouteChoice::Responses, &row.model),
        Transport::OpenaiCompletions => (RouteChoice::Chat, &row.model),
        Transport::AnthropicMessages => (native("/v1/messages"), &row.upstream),
        Transport::GoogleGenerativeAi => {
            let path = format!("/v1beta/models/{}:streamGenerateContent", row.upstream);
            (native(&path), &row.upstream)
        }
    };
    let sketch = Sketch {
        route: Some(route),
        model: Some(model),
        prompt_bytes: shape.prompt_bytes,
        output_tokens: shape.output_tokens,
        streams: true,
        ..Sketch::default()
    };
    Request::draw(manifests, &sketch).ok()
}

/// What does not fit into what is left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Shortfall {
    pub(crate) left: Micros,
    /// The request that reserves the most.
    pub(crate) dearest: Reserved,
    /// How many models do not fit.
    pub(crate) count: usize,
    /// The dearest model that fits.
    pub(crate) fitting: Option<String>,
}

impl Shortfall {
    pub(crate) fn of(reserved: &[Reserved], left: Micros) -> Option<Self> {
        let (over, fitting): (Vec<_>, Vec<_>) =
            reserved.iter().partition(|reserved| reserved.micros > left);
        let dearest = over.iter().max_by_key(|reserved| reserved.micros.0)?;
        let fitting = fitting.iter().max_by_key(|reserved| reserved.micros.0);
        Some(Self {
            left,
            dearest: (*dearest).clone(),
            count: over.len(),
            fitting: fitting.map(|reserved| reserved.model.clone()),
        })
    }

    /// What will happen, in one sentence.
    pub(crate) fn words(&self) -> String {
        let Self { left, dearest: Reserved { model, client, micros }, count, .. } = self;
        let others = match count - 1 {
            0 => String::new(),
            1 => " (and 1 other model does not fit either)".to_owned(),
            more => format!(" (and {more} other models do not fit either)"),
        };
        let client = client.display_name();
        format!(
            "one request of {client} to {model} reserves {micros}, and the budget has {left} left: \
             it is refused with 402{others}"
        )
    }

    /// The ways out, each with a command.
    pub(crate) fn ways_out(&self, policy: &str, has_list: bool) -> Vec<String> {
        let micros = self.dearest.micros;
        let mut ways =
            vec![format!("raise the budget above {micros}: `clawctl budget set {policy} AMOUNT`")];
        match &self.fitting {
            Some(model) if !has_list => ways.push(format!(
                "or allow only cheaper models: `clawctl policy scope {policy} --add-model {model}`"
            )),
            _ => {
                let model = &self.dearest.model;
                ways.push(format!(
                    "or remove the model: `clawctl policy scope {policy} --remove-model {model}`"
                ));
            }
        }
        ways.push(format!(
            "or set a fixed price per request: `clawctl policy set {policy} --request-cost AMOUNT`"
        ));
        ways
    }
}

/// Warns of a budget that is smaller than what a request of the policy's models reserves.
pub(crate) async fn warn(ctx: &Ctx, client: &Router, policy: &Policy, is_new: bool) -> Result<()> {
    if let Some(shortfall) = shortfall(client, policy, is_new).await? {
        ctx.ui.warning(shortfall.words());
        for way in shortfall.ways_out(&policy.policy_id, policy.models.is_some()) {
            ctx.ui.hint(way);
        }
    }
    Ok(())
}

async fn shortfall(client: &Router, policy: &Policy, is_new: bool) -> Result<Option<Shortfall>> {
    // Zero says for itself that it blocks.
    let limit = policy.monthly_budget_micros.filter(|limit| *limit > Micros::ZERO);
    let Some(limit) = limit.filter(|_| policy.enabled) else { return Ok(None) };
    let snapshot = client.providers().await?;
    let known = Known { providers: &snapshot.providers, ..Known::default() };
    let rows = compute(known, Some(policy));
    let reserved = of_rows(&snapshot, &rows, None, policy.request_cost_micros);
    let left = match is_new {
        true => limit,
        false => left(client, policy, limit).await,
    };
    Ok(Shortfall::of(&reserved, left))
}

/// What is left of a limit, where one budget is shared. Each principal may have spent another part
/// of its own.
async fn left(client: &Router, policy: &Policy, limit: Micros) -> Micros {
    if policy.budget_scope == BudgetScope::Principal {
        return limit;
    }
    let status = budget_of(client, &policy.policy_id).await;
    let spent = status.and_then(|status| status.spent_micros).unwrap_or(Micros::ZERO);
    limit.saturating_sub(spent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(client: Option<Client>, cost: Option<Micros>) -> Vec<Reserved> {
        let snapshot = Manifests::bundled().snapshot();
        let known = Known { providers: &snapshot.providers, ..Known::default() };
        of_rows(&snapshot, &compute(known, None), client, cost)
    }

    fn find(reserved: &[Reserved], model: &str) -> Micros {
        reserved.iter().find(|reserved| reserved.model == model).unwrap().micros
    }

    /// Codex names no limit, so everything that the model could write is set aside.
    #[test]
    fn a_request_without_a_limit_reserves_the_longest_answer() {
        let (manifests, codex) = (Manifests::bundled(), of(Some(Client::Codex), None));
        let (_, model) = manifests.model("openai/gpt-5.6").unwrap();
        let price = model.token_pricing().unwrap();
        let longest = price.default_max_output_tokens * price.output_micros_per_million / 1_000_000;
        let micros = find(&codex, "openai/gpt-5.6");
        assert!(micros.0 > longest && micros.0 < 2 * longest, "{micros}");
        assert!(codex.iter().all(|reserved| reserved.client == Client::Codex));
        let any = of(None, None);
        assert_eq!(find(&any, "openai/gpt-5.6"), micros, "it is the usual client there");
        for model in ["anthropic/claude-haiku-4-5", "google/gemini-3.5-flash", "groq/gpt-oss-120b"]
        {
            assert!(find(&any, model) > Micros::ZERO, "{model}");
        }
        assert!(any.iter().all(|reserved| reserved.model != "openrouter/auto"), "it has no price");
        let fixed = of(None, Some(Micros(7)));
        assert_eq!(find(&fixed, "openai/gpt-5.6"), Micros(7));
        assert_eq!(find(&fixed, "openrouter/auto"), Micros(7));
    }

    #[test]
    fn only_what_does_not_fit_is_told() {
        let one = |model: &str, micros| Reserved {
            model: model.to_owned(),
            client: Client::Codex,
            micros: Micros(micros),
        };
        let all = [one("a/cheap", 10), one("a/dear", 90), one("a/middle", 50)];
        let check = |left, expected: Option<(&str, usize, Option<&str>)>| {
            let found = Shortfall::of(&all, Micros(left));
            let found = found
                .as_ref()
                .map(|short| (short.dearest.model.as_str(), short.count, short.fitting.as_deref()));
            assert_eq!(found, expected, "{left} left");
        };
        check(90, None);
        check(89, Some(("a/dear", 1, Some("a/middle"))));
        check(10, Some(("a/dear", 2, Some("a/cheap"))));
        check(9, Some(("a/dear", 3, None)));
    }
}
