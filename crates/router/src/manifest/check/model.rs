//! Models and what they cost.

use super::Faults;
use clawctl_wire::pricing::Pricing;
use clawctl_wire::provider::{Model, Provider};

const EFFORTS: &[&str] = &["none", "minimal", "low", "medium", "high", "xhigh", "max"];

pub(super) fn check(provider: &Provider, model: &Model, index: usize, faults: &mut Faults) {
    let at = format!("models/entries/{index}");
    let id = model.id.escape_debug();
    let fine = !model.id.is_empty() && model.id.bytes().all(|b| b.is_ascii_graphic());
    faults.unless(fine, format!("{at}/id"), format!("`{id}` is not a model id"));
    let twice = provider.models[..index].iter().any(|other| other.id == model.id);
    faults.unless(!twice, format!("{at}/id"), format!("model `{id}` stands here twice"));
    let upstream = !model.upstream.trim().is_empty();
    faults.unless(upstream, format!("{at}/upstream"), format!("model `{id}` has no upstream name"));
    let able = !model.capabilities.is_empty();
    faults.unless(able, &at, format!("model `{id}` has no capabilities, so nothing can use it"));
    for (index, name) in model.capabilities.iter().enumerate() {
        let known = provider.capabilities.iter().any(|capability| capability.id == *name);
        let name = name.escape_debug();
        let reason = format!("model `{id}` has capability `{name}`, which this provider has not");
        faults.unless(known, format!("{at}/capabilities/{index}"), reason);
    }
    if let Some(efforts) = &model.supported_reasoning_efforts {
        let at = format!("{at}/supportedReasoningEfforts");
        faults.unless(!efforts.is_empty(), &at, "leave it out when there are none");
        for (index, effort) in efforts.iter().enumerate() {
            faults.word(effort, EFFORTS, format!("{at}/{index}"));
            let twice = efforts[..index].contains(effort);
            faults.unless(!twice, format!("{at}/{index}"), format!("`{effort}` stands here twice"));
        }
    }
    if let Some(pricing) = model.token_pricing() {
        check_pricing(pricing, &format!("{at}/pricing"), faults);
    }
}

fn check_pricing(pricing: &Pricing, at: &str, faults: &mut Faults) {
    let https = pricing.source.starts_with("https://");
    faults.unless(https, format!("{at}/source"), "the source of a price must be an https URL");
    let dated = is_date(&pricing.effective_at);
    faults.unless(dated, format!("{at}/effectiveAt"), "this must be a date such as 2026-06-19");
    // A reservation is made for the longest request, so without a length there is nothing to
    // reserve.
    let limits = [
        ("maxInputTokens", Some(pricing.max_input_tokens)),
        ("maxRequestInputTokens", pricing.max_request_input_tokens),
        (
            "longContext/thresholdInputTokens",
            pricing.long_context.as_ref().map(|long| long.threshold_input_tokens),
        ),
    ];
    for (name, limit) in limits {
        faults.unless(limit != Some(0), format!("{at}/{name}"), "this must be at least 1");
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let digits = |part: &str, len| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    matches!(parts.as_slice(), [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2))
}
