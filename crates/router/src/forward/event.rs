//! The record of a request: its usage event, and its content where that is kept.

use serde::Serialize;
use serde_json::value::RawValue;

use super::{Admitted, Incoming};
use crate::auth::Holder;
use crate::decision::{Estimate, Selection};
use crate::headers::Attribution;
use crate::ids;
use crate::store::contents::{self, ContentRecord};
use clawctl_wire::usage_event::{EVENT_TYPE, EventStatus, UsageEvent};

/// What can be said of a request before it is answered.
pub(super) fn open(
    incoming: &Incoming<'_>,
    holder: &Holder,
    selection: &Selection<'_>,
    attribution: &Attribution,
    estimate: &Estimate,
) -> UsageEvent {
    let (policy, model) = (&holder.policy.policy, selection.model.as_deref());
    let credential = holder.credential.id.clone();
    UsageEvent {
        id: format!("usage_{:032x}", ids::fresh_at(incoming.now)),
        kind: EVENT_TYPE.to_owned(),
        occurred_at_ms: incoming.now.as_millisecond(),
        tenant_id: policy.tenant_id.clone(),
        policy_id: policy.policy_id.clone(),
        credential_id: Some(credential.clone()),
        principal_id: holder.credential.principal_id.clone(),
        auth_type: "proxy_key".to_owned(),
        session_id: attribution.session.clone(),
        agent_id: attribution.agent.clone(),
        parent_agent_id: attribution.parent_agent.clone(),
        project_id: attribution.project.clone(),
        client: attribution.client.clone(),
        key_id: Some(credential),
        request_id: incoming.request_id.to_str().unwrap_or_default().to_owned(),
        trace_id: attribution.trace.clone(),
        span_id: attribution.span.clone(),
        provider: selection.manifest.provider.id.clone(),
        capability: selection.capability.to_owned(),
        model: model.map(|model| model.id.clone()),
        reserved_input_tokens: estimate.input_tokens,
        reserved_output_tokens: estimate.output_tokens,
        pricing_ref: model.and_then(|model| model.pricing_ref.clone()),
        pricing_effective_at: model
            .and_then(|model| model.token_pricing())
            .map(|pricing| pricing.effective_at.clone()),
        cost_basis: estimate.basis.clone(),
        status: EventStatus::Success,
        ..UsageEvent::default()
    }
}

/// What is kept of a request that may be kept, as `GET /v1/admin/content` returns it. A body
/// that is too long for that is not kept.
pub(super) fn content(admitted: &Admitted<'_>) -> Option<ContentRecord> {
    let Admitted { incoming, holder, selection, .. } = admitted;
    let policy = &holder.policy.policy;
    let body = selection.body.as_deref().unwrap_or(b"null");
    let wanted = holder.keeps_contents() && selection.capability.starts_with("llm.");
    if !wanted || body.len() > contents::BODY_BYTES_MAX {
        return None;
    }
    let now = incoming.now;
    let (reference, expires_at) =
        (format!("content_{:032x}", ids::fresh()), now.checked_add(contents::KEPT_FOR).ok()?);
    let record = RetainedRequest {
        version: "clawrouter.retained-request.v1",
        content_ref: &reference,
        request_id: incoming.request_id.to_str().unwrap_or_default(),
        occurred_at_ms: now.as_millisecond(),
        expires_at_ms: expires_at.as_millisecond(),
        tenant_id: &policy.tenant_id,
        policy_id: &policy.policy_id,
        credential_id: &holder.credential.id,
        principal_id: holder.credential.principal_id.as_deref(),
        provider: &selection.manifest.provider.id,
        capability: selection.capability,
        model: selection.model.as_deref().map(|model| model.id.as_str()),
        body: serde_json::from_slice(body).ok()?,
    };
    let json = serde_json::to_string(&record).ok()?;
    Some(ContentRecord { reference, tenant: policy.tenant_id.clone(), expires_at, json })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RetainedRequest<'a> {
    version: &'static str,
    content_ref: &'a str,
    request_id: &'a str,
    occurred_at_ms: i64,
    expires_at_ms: i64,
    tenant_id: &'a str,
    policy_id: &'a str,
    credential_id: &'a str,
    principal_id: Option<&'a str>,
    provider: &'a str,
    capability: &'a str,
    model: Option<&'a str>,
    /// As it went upstream.
    body: &'a RawValue,
}
