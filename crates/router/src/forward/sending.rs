//! The way to the provider and back to the head of its answer: with one grant, and where that is
//! turned down or cannot be renewed, with another.

use std::sync::Arc;
use std::time::Duration;

use http::Response;
use tokio::time::timeout;

use super::drain::{Call, Reading};
use super::meter::{Dialect, Plan};
use super::tab::{Ending, Tab};
use super::{Admitted, Incoming, unavailable, upstream};
use crate::grants::{self, Routing, UpstreamCredential, Wish};
use crate::manifest::Patience;
use crate::outbound::{Mask, Unanswered};
use crate::refusal::Refusal;
use clawctl_wire::grant::GrantKey;

/// How long a provider may take for the head of its answer, where its manifest does not say.
const HEAD_TIMEOUT_MS: u64 = 120_000;

/// What a provider answered, and whether another of its grants had to be used.
pub(super) struct Answer {
    pub(super) response: Response<reqwest::Body>,
    /// Hides what the provider was sent, should it say that back.
    pub(super) mask: Mask,
    pub(super) failed_over: bool,
}

impl Admitted<'_> {
    /// Asks the provider, and where it turns the grant down, once more with another.
    pub(super) async fn send(&mut self, tab: &mut Tab) -> Result<Answer, Refusal> {
        let failed_over = self.make_ready().await?;
        let first = self.attempt(&self.credential, tab).await?;
        let first = first.map_err(|failure| self.unanswered(tab, &failure))?;
        let first = Answer { failed_over, ..first };
        let UpstreamCredential::Grant(grant) = &self.credential else {
            return Ok(first);
        };
        let Incoming { forwarder, now, .. } = *self.incoming;
        let provider = &self.selection.manifest.provider;
        let status = first.response.status().as_u16();
        forwarder.grants.observe(grant, provider, status, first.response.headers(), now);
        let selection = &self.selection;
        let (method, capability) = (&selection.method, selection.capability);
        let may = grants::should_fail_over(status, method, capability, &self.routing());
        if failed_over || !may {
            return Ok(first);
        }
        // Where there is no other, or it does no better than silence, the first answer stands.
        tab.turned_down();
        if let Ok(credential) = self.another_than(&grant.key).await
            && let Ok(second) = self.attempt(&credential, tab).await
        {
            match (second, &credential) {
                (Ok(second), UpstreamCredential::Grant(other)) => {
                    let (status, headers) = (second.response.status(), second.response.headers());
                    forwarder.grants.observe(other, provider, status.as_u16(), headers, now);
                    return Ok(Answer { failed_over: true, ..second });
                }
                (Err(failure), _) if failure.is_sent => tab.lost(),
                _ => {}
            }
        }
        Ok(first)
    }

    fn routing(&self) -> Routing<'_> {
        let policy = &self.holder.policy.policy;
        Routing::of(&policy.grant_routing, &self.selection.manifest.provider.id)
    }

    /// Has the token of the grant renewed if its time is over. Another grant takes the place of one
    /// whose token cannot be renewed; whether that happened is returned.
    async fn make_ready(&mut self) -> Result<bool, Refusal> {
        let Incoming { forwarder, now, .. } = *self.incoming;
        match forwarder.grants.ready(self.credential.clone(), now).await {
            Ok(ready) => {
                self.credential = ready;
                Ok(false)
            }
            Err(refusal) => {
                let UpstreamCredential::Grant(grant) = &self.credential else {
                    return Err(refusal);
                };
                if !self.routing().failover {
                    return Err(refusal);
                }
                let another = self.another_than(&grant.key).await.map_err(|_| refusal)?;
                self.credential = another;
                Ok(true)
            }
        }
    }

    /// Another grant for the same provider, ready for use.
    async fn another_than(&self, tried: &GrantKey) -> Result<UpstreamCredential, Refusal> {
        let Incoming { forwarder, now, .. } = *self.incoming;
        let provider = &self.selection.manifest.provider;
        let wish = Wish {
            provider,
            policy: &self.holder.policy.policy,
            principal: self.holder.principal(),
            session: self.attribution.session.as_deref(),
            excluded: std::slice::from_ref(tried),
            now,
        };
        match forwarder.grants.choose(&self.pools, &wish)? {
            UpstreamCredential::Environment => {
                Err(Refusal::internal("grants are not replaced by the operator's own key"))
            }
            another => forwarder.grants.ready(another, now).await,
        }
    }

    /// One request to the provider, until the head of its answer.
    async fn attempt(
        &self,
        credential: &UpstreamCredential,
        tab: &mut Tab,
    ) -> Result<Result<Answer, Unanswered>, Refusal> {
        let Incoming { forwarder, request, now, .. } = *self.incoming;
        let core = &forwarder.core;
        let config = |name: &str| (core.environment)(name);
        let clients = core.clients()?;
        let parse = |address: String| clients.parsed(address);
        let (selection, headers) = (&self.selection, request.headers());
        let mut request = upstream::request(selection, credential, headers, &config, &parse, now)?;
        let mask = std::mem::take(&mut request.mask);
        let limit = self.selection.endpoint.timeout_ms.unwrap_or(HEAD_TIMEOUT_MS);
        let limit = Duration::from_millis(limit);
        let limit = self.left().map_or(limit, |left| left.min(limit));
        let core = Arc::clone(core);
        let sending = Box::pin(async move {
            let Ok(clients) = core.clients() else { return Err(Unanswered::unsent()) };
            let sending = timeout(limit, clients.send(request));
            let response = sending.await.unwrap_or(Err(Unanswered::LATE))?;
            Ok(Answer { response, mask, failed_over: false })
        });
        tab.sent();
        Ok(Call { sending: Some(sending), reading: self.reading(), tab }.head().await)
    }

    /// How its answer is to be read.
    pub(super) fn reading(&self) -> Reading {
        let selection = &self.selection;
        let plan = Plan {
            streams: selection.streams,
            drops_usage: selection.usage_added,
            wants_content: selection.manifest.body_quirks.empty_is_failure,
            choices: selection.size.choices.max(1),
            ..Plan::of(Dialect::of(selection.endpoint))
        };
        Reading { plan, patience: self.patience(), started: self.started }
    }

    /// How long its answer may still take, where that is limited.
    fn left(&self) -> Option<Duration> {
        self.limit.map(|limit| limit.saturating_sub(self.started.elapsed()))
    }

    /// How long the provider may be silent.
    fn patience(&self) -> Patience {
        let patience = self.selection.manifest.patience;
        let limit = self.limit.and_then(|limit| u64::try_from(limit.as_millis()).ok());
        let total_ms = limit.map_or(patience.total_ms, |limit| limit.min(patience.total_ms));
        Patience { total_ms, ..patience }
    }

    fn unanswered(&self, tab: &mut Tab, failure: &Unanswered) -> Refusal {
        let (timed_out, is_free) = (failure.timed_out, !failure.is_sent);
        tab.close(Ending::Unanswered { timed_out, is_free });
        unavailable(&self.selection.manifest.provider, failure)
    }
}
