//! A live check of a provider: the smallest request that it answers, made by the administrator.
//!
//! It is a real one: it needs a place among those in flight, counts against the provider's budget
//! and leaves an event, which is nobody's key's. What came of it is what readiness says from then on.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::{HeaderValue, Method, Request, Response, StatusCode};
use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::fusion::whole;
use super::{Admitted, AnswerBody, Arrival, Forwarder, Incoming, event, refused, upstream};
use crate::auth::Holder;
use crate::core::Core;
use crate::decision::Selection;
use crate::grants::{self, UpstreamCredential};
use crate::headers::Attribution;
use crate::refusal::Refusal;
use crate::route;
use crate::sender::ADMINISTRATOR;
use crate::store::credentials::CredentialRecord;
use crate::store::health;
use crate::store::policies::PolicyRecord;
use clawctl_wire::catalog::ProviderHealth;
use clawctl_wire::error::{ErrorEnvelope, code};
use clawctl_wire::grant::GrantScope;
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::probe::Probe;
use clawctl_wire::usage_event::UsageEvent;

/// How long a provider may take. A client waits for a little longer than that.
const LIMIT: Duration = Duration::from_secs(20);

/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The longest word of an error that is kept. What is longer could be a secret said back.
const WORD_CHARS_MAX: usize = 48;

/// Checks a provider, and keeps what came of it. `model` is another than the cheapest one.
pub(crate) async fn check(
    forwarder: &Arc<Forwarder>,
    request_id: &HeaderValue,
    now: Timestamp,
    id: &str,
    model: Option<&str>,
) -> Result<ProviderHealth, Refusal> {
    let core = &forwarder.core;
    let Some(manifest) = core.manifests().get(id) else {
        let message = format!("there is no provider `{}`", id.escape_debug());
        return Err(Refusal::missing(code::UNKNOWN_PROVIDER, message));
    };
    let provider = &manifest.provider;
    let probe = match model {
        None => Probe::of(provider),
        Some(model) => Probe::named(provider, model),
    };
    let probe = probe.ok_or_else(|| {
        let message = format!("there is no small request that shows whether {id} answers");
        Refusal::bad(code::PROVIDER_CHECK_UNAVAILABLE, message)
    })?;
    let Some(route) = route::forwarded(&Method::POST, &probe.path) else {
        return Err(Refusal::internal("the request of the check has no route"));
    };
    let body = probe.body.to_string();
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = Method::POST;
    let incoming = Incoming { forwarder, request: &request, request_id, route, now };
    let in_flight = incoming.take_place(ADMINISTRATOR)?;
    let authority = core.store.authority()?;
    let pools = authority.cached(grants::Pools::read)?;
    let selection = incoming.select(body.as_bytes())?;
    let holder = nobody(&selection, core, &pools, now);
    let attribution = Attribution::default();
    let (incoming, holder, authority) = (&incoming, &holder, &*authority);
    let arrival = Arrival { incoming, holder, authority, attribution: &attribution };
    let (admitted, demand, mut tab) =
        Admitted::admit(&arrival, selection, of_the_admin, Some(LIMIT))?;
    let reserved = admitted.reserve(&demand, event::content(&admitted), &mut tab).await;
    reserved.map_err(|refusal| refused(&mut tab, refusal))?;
    let started = Instant::now();
    let (status_code, error) = match admitted.answer(tab, in_flight).await {
        Ok(answer) => {
            let status = answer.status();
            (Some(status.as_u16()), trouble(answer).await)
        }
        Err(refusal) => {
            incoming.note_failure(&refusal);
            (None, Some(refusal.message.into_owned()))
        }
    };
    let latency_ms = Some((started.elapsed().as_secs_f64() * 1e3).round());
    let status = if error.is_none() { "verified" } else { "failed" }.to_owned();
    let (provider_id, checked_at) = (id.to_owned(), now.to_string());
    let health = ProviderHealth { provider_id, status, checked_at, latency_ms, status_code, error };
    core.store.write(|db| health::put(db, &health))?;
    Ok(health)
}

/// What was wrong with an answer, if anything. A provider may say back what it was sent, so no more
/// than a plain word of it is repeated.
async fn trouble(answer: Response<AnswerBody>) -> Option<String> {
    let status: StatusCode = answer.status();
    let body = whole(answer.into_body(), ANSWER_BYTES_MAX).await;
    let Some(body) = body else { return Some("its answer broke off".to_owned()) };
    if status.is_success() {
        let is_json = serde_json::from_slice::<Value>(&body).is_ok_and(|body| body.is_object());
        return (!is_json).then(|| "its answer is not JSON".to_owned());
    }
    let problem = ErrorEnvelope::read(&body);
    let word = problem.as_ref().map_or("", |problem| problem.code());
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    if !word.is_empty() && word.len() <= WORD_CHARS_MAX && word.chars().all(plain) {
        return Some(format!("it answered {} {word}", status.as_u16()));
    }
    Some(format!("it answered {}", status.as_u16()))
}

/// The event of a check is the administrator's.
fn of_the_admin(event: &mut UsageEvent) {
    event.auth_type = "admin".to_owned();
    event.credential_id = None;
    event.key_id = None;
    event.policy_id = String::new();
    event.tenant_id = String::new();
}

/// Stands where requests have the holder of a key. It reaches this one provider; where the
/// operator's own configuration does not, it stands where a grant is that does.
fn nobody(selection: &Selection<'_>, core: &Core, pools: &grants::Pools, now: Timestamp) -> Holder {
    let provider = &selection.manifest.provider;
    let scope = ProviderScope::Only([provider.id.clone()].into());
    let mut policy = Policy {
        tenant_id: String::new(),
        retain_request_content: false,
        ..Policy::with_defaults("", &scope)
    };
    let config = |name: &str| (core.environment)(name);
    let own = upstream::check(selection, &UpstreamCredential::Environment, true, &config);
    let usable = pools.of(&provider.id).find(|member| member.record.is_usable(now));
    if let (Err(_), Some(member)) = (own, usable) {
        let key = &member.record.key;
        match key.scope {
            GrantScope::Policies => policy.policy_id.clone_from(&key.scope_id),
            GrantScope::Tenants => policy.tenant_id.clone_from(&key.scope_id),
        }
    }
    let credential = CredentialRecord {
        id: String::new(),
        secret_sha256: String::new(),
        policy_id: policy.policy_id.clone(),
        generation: String::new(),
        enabled: true,
        principal_id: None,
        label: None,
        expires_at: None,
        revision: 0,
        created_at: now,
        last_used_at: None,
    };
    let record = PolicyRecord { policy, generation: String::new(), revision: 0 };
    Holder::made_up(credential, record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::{self, Ask};
    use crate::manifest::Manifests;

    #[test]
    fn a_check_reserves_no_more_than_it_says_it_costs() {
        let manifests = Manifests::bundled();
        let config = |_: &str| Some("x".to_owned());
        let mut without = Vec::new();
        for manifest in &manifests {
            let Some(probe) = Probe::of(&manifest.provider) else {
                without.push(manifest.provider.id.as_str());
                continue;
            };
            let Some(route) = route::forwarded(&Method::POST, &probe.path) else {
                panic!("{} has no route", probe.path);
            };
            let body = probe.body.to_string();
            let ask = Ask { route, method: &Method::POST, query: None, body: body.as_bytes() };
            let selection = decision::select(&manifests, &config, &ask, &|_, _| Ok(())).unwrap();
            assert_eq!(selection.manifest.provider.id, manifest.provider.id);
            assert_eq!(selection.model.as_deref().map(|model| &model.id), Some(&probe.model));
            let model = selection.model.as_deref();
            let estimate = decision::estimate(model, None, selection.capability, &selection.size);
            if let Some(most) = probe.most {
                assert!(estimate.micros <= most, "{}: {estimate:?} {most:?}", probe.model);
                assert!(most.0 < 5_000, "{} would cost {most}", probe.model);
            }
        }
        assert_eq!(
            without,
            ["cloudflare-ai-gateway", "firecrawl", "replicate", "tavily"],
            "no small request is known for these"
        );
    }
}
