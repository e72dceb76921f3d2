//! What the body of a policy write means: each member, and what becomes of it when it is left out.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fields::{Fields, whole};
use crate::refusal::Refusal;
use clawctl_wire::model::{ModelPattern, PATTERNS_MAX};
use clawctl_wire::policy::{
    BudgetScope, DEFAULT_TENANT, DEFAULT_TOKEN_ROLE, ENVIRONMENT_FALLBACK, GRANT_STALE_SECONDS,
    GRANT_STALE_STATES, GRANT_STICKINESS, GRANT_STRATEGIES, Policy, default_grant_routing,
};

/// How many grants a policy may name for one provider.
const ELIGIBLE_MAX: usize = 32;
const TOKEN_REF_CHARS_MAX: usize = 256;

/// What a body is read against.
pub(super) struct Ground<'a> {
    pub(super) id: &'a str,
    /// The policy as it is, if there is one.
    pub(super) present: Option<&'a Policy>,
    pub(super) is_provider: &'a dyn Fn(&str) -> bool,
    pub(super) retain_default: bool,
}

/// The policy that a write asks for. Most of what it leaves out falls to a default, and only some
/// is kept; the contract says which.
pub(super) fn read(fields: Fields<'_>, ground: &Ground<'_>) -> Result<Policy, Refusal> {
    let present = ground.present;
    let retain = present.map_or(ground.retain_default, |policy| policy.retain_request_content);
    Ok(Policy {
        policy_id: ground.id.to_owned(),
        providers: providers(fields, ground)?,
        enabled: fields.boolean("enabled")?.unwrap_or(true),
        tenant_id: fields.text("tenantId")?.unwrap_or_else(|| DEFAULT_TENANT.to_owned()),
        token_role: fields.text("tokenRole")?.unwrap_or_else(|| DEFAULT_TOKEN_ROLE.to_owned()),
        monthly_budget_micros: fields.micros("monthlyBudgetMicros")?.flatten(),
        request_cost_micros: fields.micros("requestCostMicros")?.flatten(),
        budget_scope: match budget_scope(fields)? {
            Some(scope) => scope,
            None => present.map_or(BudgetScope::Policy, |policy| policy.budget_scope.clone()),
        },
        retain_request_content: fields.boolean("retainRequestContent")?.unwrap_or(retain),
        grant_routing: match grant_routing(fields, ground)? {
            Some(routing) => routing,
            None => {
                present.map_or_else(default_grant_routing, |policy| policy.grant_routing.clone())
            }
        },
        models: match models(fields)? {
            Some(models) => models,
            None => present.and_then(|policy| policy.models.clone()),
        },
        unknown: serde_json::Map::new(),
    })
}

/// Sorted ids, or none for every provider. "None" is never understood as "all" by accident.
fn providers(fields: Fields<'_>, ground: &Ground<'_>) -> Result<Vec<String>, Refusal> {
    let all = fields.boolean("allProviders")?.unwrap_or(false);
    let named = fields.strings("providers")?;
    match (all, named) {
        (true, Some(named)) if !named.is_empty() => {
            Err(fields.refuse("`allProviders` and a list of providers exclude each other"))
        }
        (true, _) => Ok(Vec::new()),
        (false, None) => Err(fields.refuse("`providers` or `allProviders` is missing")),
        (false, Some(named)) if named.is_empty() => {
            Err(fields.refuse("no providers would mean all of them; say `allProviders` for that"))
        }
        (false, Some(named)) => {
            if let Some(unknown) = named.iter().find(|id| !(ground.is_provider)(id)) {
                let unknown = unknown.escape_debug();
                return Err(fields.refuse(format!("there is no provider `{unknown}`")));
            }
            let sorted: BTreeSet<_> = named.into_iter().collect();
            Ok(sorted.into_iter().map(str::to_owned).collect())
        }
    }
}

fn budget_scope(fields: Fields<'_>) -> Result<Option<BudgetScope>, Refusal> {
    match word(fields, "budgetScope", BudgetScope::WORDS)? {
        Some(word) => Ok(Some(BudgetScope::from(word))),
        None => Ok(None),
    }
}

/// Extension `policy.models`. Null clears the list; an empty one would let nothing through.
fn models(fields: Fields<'_>) -> Result<Option<Option<Vec<ModelPattern>>>, Refusal> {
    if fields.get("models").is_some_and(Value::is_null) {
        return Ok(Some(None));
    }
    let Some(texts) = fields.strings("models")? else { return Ok(None) };
    if texts.is_empty() {
        return Err(fields.refuse(
            "an empty `models` would let no model through; null lets all, and a disabled policy \
             none",
        ));
    }
    if texts.len() > PATTERNS_MAX {
        return Err(fields.refuse(format!("`models` has at most {PATTERNS_MAX} patterns")));
    }
    let mut patterns = Vec::with_capacity(texts.len());
    for text in texts {
        let pattern = ModelPattern::parse(text)
            .map_err(|error| fields.refuse(format!("`models`: {error}")))?;
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    Ok(Some(Some(patterns)))
}

/// A given object replaces the whole: what it leaves out returns to the defaults.
fn grant_routing(fields: Fields<'_>, ground: &Ground<'_>) -> Result<Option<Value>, Refusal> {
    let routing = match fields.get("grantRouting") {
        None => return Ok(None),
        Some(Value::Object(members)) => fields.inner(members),
        Some(_) => return Err(fields.refuse("`grantRouting` takes an object")),
    };
    let stale_after = match routing.given("staleAfterSeconds") {
        None => 300,
        Some(value) => {
            whole(value).filter(|seconds| GRANT_STALE_SECONDS.contains(seconds)).ok_or_else(
                || routing.refuse("`staleAfterSeconds` takes a whole number from 30 to 86400"),
            )?
        }
    };
    let mut read = json!({
        "strategy": word(routing, "strategy", &GRANT_STRATEGIES)?.unwrap_or("most_remaining"),
        "stickiness": word(routing, "stickiness", &GRANT_STICKINESS)?.unwrap_or("none"),
        "failover": routing.boolean("failover")?.unwrap_or(true),
        "staleState": word(routing, "staleState", &GRANT_STALE_STATES)?.unwrap_or("allow"),
        "staleAfterSeconds": stale_after,
        "eligibleGrants": eligible_grants(routing, ground)?,
    });
    // Extension `policy.environmentFallback`. Where it is off, the contract's members are all.
    if routing.boolean(ENVIRONMENT_FALLBACK)?.unwrap_or(false) {
        read[ENVIRONMENT_FALLBACK] = true.into();
    }
    Ok(Some(read))
}

fn eligible_grants(routing: Fields<'_>, ground: &Ground<'_>) -> Result<Value, Refusal> {
    let members = match routing.given("eligibleGrants") {
        None => return Ok(json!({})),
        Some(Value::Object(members)) => members,
        Some(_) => {
            return Err(routing.refuse("`eligibleGrants` takes lists of grants by provider"));
        }
    };
    let inner = routing.inner(members);
    let mut eligible = serde_json::Map::new();
    for provider in members.keys() {
        let refs = inner.strings(provider)?.unwrap_or_default();
        let fine = (ground.is_provider)(provider)
            && refs.len() <= ELIGIBLE_MAX
            && refs.iter().all(|text| is_token_ref(text));
        if !fine {
            return Err(routing.refuse(format!(
                "`eligibleGrants` names known providers, each with at most {ELIGIBLE_MAX} grants"
            )));
        }
        let sorted: BTreeSet<_> = refs.into_iter().collect();
        eligible.insert(provider.clone(), json!(sorted));
    }
    Ok(Value::Object(eligible))
}

fn is_token_ref(text: &str) -> bool {
    (1..=TOKEN_REF_CHARS_MAX).contains(&text.chars().count())
        && !text.chars().any(|c| c == '/' || c.is_control())
}

/// One of a few words. Null means the same as nothing.
fn word<'w>(fields: Fields<'_>, name: &str, words: &[&'w str]) -> Result<Option<&'w str>, Refusal> {
    let Some(value) = fields.given(name) else { return Ok(None) };
    let known = words.iter().find(|word| value.as_str() == Some(**word));
    match known {
        Some(word) => Ok(Some(word)),
        None => Err(fields.refuse(format!("`{name}` takes {}", words.join(" or ")))),
    }
}
