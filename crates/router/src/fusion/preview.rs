//! What a configuration would do for the keys of one policy: which calls would be made, and what
//! would be reserved for them.

use std::collections::BTreeMap;

use super::{CAPABILITY, advice, messages, part};
use crate::decision::{self, Ask, Body, Config, ForwardRoute, RequestSize, Scope};
use crate::manifest::{Manifest, Manifests};
use crate::refusal::Refusal;
use clawctl_wire::budget::{BudgetStatus, Ledger};
use clawctl_wire::catalog::Readiness;
use clawctl_wire::fusion::{
    FusionCall, FusionCallStatus, FusionConfig, FusionPreview, FusionStage,
};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;
use clawctl_wire::usage_event::CostBasis;

/// A conversation of one message, which stands for one that is as long as it may be.
const CONVERSATION: &str = r#"{"messages":[{"role":"user","content":"?"}]}"#;

/// All that a preview depends on, of one moment.
pub(crate) struct Known<'a> {
    pub(crate) manifests: &'a Manifests,
    pub(crate) config: &'a Config<'a>,
    pub(crate) policy: &'a Policy,
    pub(crate) readiness: &'a dyn Fn(&Manifest) -> Readiness,
    pub(crate) budget: BudgetStatus,
    /// What the budgets of providers have left, where they have one.
    pub(crate) providers: BTreeMap<String, Micros>,
}

pub(crate) fn preview(fusion: &FusionConfig, known: &Known<'_>) -> Result<FusionPreview, Refusal> {
    let mut calls = Vec::new();
    for place in 0..fusion.adviser_models.len() {
        let size = adviser_size(fusion, place, known)?;
        let index = Some(place as u64 + 1);
        let model = &fusion.adviser_models[place];
        calls.push(call(FusionStage::Adviser, index, model, &size, known)?);
    }
    // What its request will be like is up to the client, so it is as long as the model allows.
    let longest = RequestSize { unbounded: true, choices: 1, ..RequestSize::default() };
    let model = &fusion.aggregator_model;
    let mut synthesizer = call(FusionStage::Synthesizer, None, model, &longest, known)?;
    apply_budgets(&mut calls, &mut synthesizer, known);
    let executable = synthesizer.executable;
    let ready = calls.iter().filter(|call| call.executable).count() as u64;
    calls.push(synthesizer);
    let made = calls.iter().filter(|call| executable && call.executable);
    let estimate =
        made.fold(Micros::ZERO, |sum, call| sum.saturating_add(call.estimated_reservation_micros));
    let left = known.budget.remaining_micros;
    let sufficient = left.map(|left| estimate <= left);
    if sufficient == Some(false) && executable {
        for call in calls.iter_mut().filter(|call| call.index.is_some() && call.executable) {
            call.reasons.push("The budget has room for some of the advisers, not for all.".into());
        }
    }
    let policy = known.policy;
    Ok(FusionPreview {
        policy_id: policy.policy_id.clone(),
        policy_enabled: policy.enabled,
        config_enabled: fusion.enabled,
        executable,
        advertisable: fusion.enabled && executable,
        ready_adviser_count: ready,
        adviser_count: fusion.adviser_models.len() as u64,
        call_count: calls.len() as u64,
        estimated_reservation_micros: estimate,
        budget_configured: known.budget.configured,
        budget_ledger: known.budget.ledger.clone(),
        remaining_budget_micros: left,
        budget_sufficient_for_all: sufficient,
        estimate_note: match policy.request_cost_micros {
            Some(_) => "Each call costs the policy's fixed price.",
            None => {
                "Advisers are taken at their limits, the synthesizer at its model's longest input \
                 and usual output; a request that asks for more output reserves more."
            }
        }
        .to_owned(),
        calls,
    })
}

/// The size of an adviser's request where the conversation is as long as an adviser may see.
fn adviser_size(
    fusion: &FusionConfig,
    place: usize,
    known: &Known<'_>,
) -> Result<RequestSize, Refusal> {
    let body = Body::parse(CONVERSATION.as_bytes())?;
    let request = advice::request(known.manifests, fusion, place, &messages(&body)?);
    let ask =
        Ask { route: ForwardRoute::Chat, method: &http::Method::POST, query: None, body: &request };
    let size = decision::select(known.manifests, known.config, &ask, &|_, _| Ok(()))?.size;
    let longest = fusion.max_input_chars * advice::CHAR_BYTES_MAX;
    Ok(RequestSize { bytes: size.bytes + longest, ..size })
}

fn call(
    stage: FusionStage,
    index: Option<u64>,
    model: &str,
    size: &RequestSize,
    known: &Known<'_>,
) -> Result<FusionCall, Refusal> {
    let Some((resolved, endpoint)) = part(known.manifests, model) else {
        // The configuration was checked before, and manifests do not change.
        return Err(Refusal::internal(format!("{model} cannot be part of fusion")));
    };
    let (policy, provider) = (known.policy, &resolved.manifest.provider);
    let (scope, readiness) = (Scope::of(policy), (known.readiness)(resolved.manifest));
    let in_scope = scope.has_provider(&provider.id) && scope.has_model(&resolved.model.id);
    let allowed = policy.enabled && in_scope;
    let executable = allowed && readiness.executable_endpoints.contains(&endpoint.id);
    let mut reasons = Vec::new();
    if !policy.enabled {
        reasons.push("The policy is disabled.".to_owned());
    } else if !scope.has_provider(&provider.id) {
        reasons.push(format!("The policy does not reach {}.", provider.display_name));
    } else if !in_scope {
        reasons.push("The policy does not reach this model.".to_owned());
    } else if !executable {
        reasons.clone_from(&readiness.reasons);
    } else if !readiness.verified {
        reasons.push("It can be called; no live check has confirmed it within a day.".to_owned());
    }
    let verified = executable && readiness.verified;
    let fixed = policy.request_cost_micros;
    let estimate = decision::estimate(Some(&resolved.model), fixed, CAPABILITY, size);
    Ok(FusionCall {
        stage,
        index,
        model: model.to_owned(),
        provider: provider.id.clone(),
        policy_allowed: allowed,
        executable,
        verified,
        status: match (executable, verified) {
            (false, _) => FusionCallStatus::Blocked,
            (true, false) => FusionCallStatus::Unverified,
            (true, true) => FusionCallStatus::Verified,
        },
        reasons,
        estimated_reservation_micros: estimate.micros,
        estimate_basis: estimate.basis,
    })
}

/// Blocks what the budgets have no room for. The synthesizer's share is set aside first, and
/// without it no adviser is asked.
fn apply_budgets(advisers: &mut [FusionCall], synthesizer: &mut FusionCall, known: &Known<'_>) {
    let budget = &known.budget;
    let budgeted =
        |call: &FusionCall| budget.configured || known.providers.contains_key(&call.provider);
    let unpriced =
        |call: &FusionCall| budgeted(call) && call.estimate_basis == CostBasis::FlatFallback;
    let beyond = |call: &FusionCall, taken: Micros, of: Option<Micros>| {
        of.is_some_and(|left| call.estimated_reservation_micros > left.saturating_sub(taken))
    };
    let own = |call: &FusionCall| known.providers.get(&call.provider).copied();
    if budget.ledger == Ledger::Blocked {
        block(synthesizer, "The policy's budget is zero.");
    }
    if unpriced(synthesizer) {
        block(synthesizer, NO_PRICE);
    }
    if beyond(synthesizer, Micros::ZERO, budget.remaining_micros) {
        block(synthesizer, "The budget has no room for the synthesizer.");
    }
    if beyond(synthesizer, Micros::ZERO, own(synthesizer)) {
        block(synthesizer, "The provider's budget has no room for the synthesizer.");
    }
    if !synthesizer.executable {
        for call in advisers.iter_mut().filter(|call| call.executable) {
            block(call, "No adviser is asked where the synthesizer cannot answer.");
        }
        return;
    }
    let taken = synthesizer.estimated_reservation_micros;
    for call in advisers.iter_mut().filter(|call| call.executable) {
        let of_provider = if call.provider == synthesizer.provider { taken } else { Micros::ZERO };
        if unpriced(call) {
            block(call, NO_PRICE);
        } else if beyond(call, taken, budget.remaining_micros) {
            block(call, "Beside the synthesizer, the budget has no room for this adviser.");
        } else if beyond(call, of_provider, own(call)) {
            block(call, "The provider's budget has no room for this adviser.");
        }
    }
}

const NO_PRICE: &str = "A budget counts what it costs, and nothing says what that is.";

fn block(call: &mut FusionCall, reason: &str) {
    call.executable = false;
    call.verified = false;
    call.status = FusionCallStatus::Blocked;
    call.reasons.push(reason.to_owned());
}
