//! Upstream grants: which one a request is sent with, and what its answer says about it.
//!
//! [`Grants::choose`] is asked before a request goes upstream, [`Grants::observe`] is told how it went, and
//! [`should_fail_over`] says whether another grant is worth a try. None of them opens what was
//! opened before: secrets stay in memory until a grant changes.

pub(crate) mod attach;
mod pools;
mod probe;
mod renew;
mod select;
mod shown;
mod states;

use std::collections::BTreeMap;
use std::sync::Arc;

use http::{HeaderMap, Method, StatusCode};
use jiff::{SignedDuration, Timestamp};

pub(crate) use self::pools::Pools;
use self::renew::Renewals;
pub(crate) use self::renew::{Occasion, unknown};
use self::select::Strategy;
pub(crate) use self::select::{Candidate, Choice, Circumstances, Routing, Stickiness, select};
use self::states::States;
use super::core::Core;
use super::grant::record::GrantRecord;
use super::grant::seal::{SealError, Sealer};
use super::grant::state::State;
use super::options::SealingKey;
use super::refusal::Refusal;
use super::store;
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::grant::{Grant, GrantKey, QuotaWindow};
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::Provider;

/// A token is renewed this long before its end, so that it does not end on its way.
const RENEWED_BEFORE: SignedDuration = SignedDuration::from_secs(60);

/// What a router keeps of grants between two requests.
pub(crate) struct Grants {
    core: Arc<Core>,
    pub(crate) sealer: Sealer,
    states: States,
    renewals: Renewals,
}

/// Whose secret a request is sent with.
#[derive(Debug, Clone)]
pub(crate) enum UpstreamCredential {
    Grant(Arc<OpenGrant>),
    /// The operator's own, from the names that the manifest declares.
    Environment,
}

impl UpstreamCredential {
    /// The word before an access token; nothing for a key.
    pub(crate) fn token_type(&self) -> Option<&str> {
        match self {
            Self::Grant(grant) => grant.token_type.as_deref(),
            Self::Environment => None,
        }
    }
}

/// A grant with its secrets at hand.
#[derive(Debug)]
pub(crate) struct OpenGrant {
    pub(crate) key: GrantKey,
    pub(crate) revision: String,
    /// Which write of it, or which renewal, these secrets are of.
    pub(crate) updated_at: Timestamp,
    /// The word in front of [`OpenGrant::secret`] in a header, if that is an access token.
    pub(crate) token_type: Option<String>,
    pub(crate) account_id: Option<String>,
    /// What goes where the manifest's scheme puts a secret: a key or an access token.
    pub(crate) secret: Option<Secret>,
    /// Secrets with names, such as `accessKeyId`.
    pub(crate) bundle: BTreeMap<String, Secret>,
    pub(crate) expires_at: Option<Timestamp>,
    /// Whether [`OpenGrant::secret`] is a token that can be renewed.
    pub(crate) refreshable: bool,
}

impl OpenGrant {
    /// Whether its token should be renewed before it is sent.
    pub(crate) fn is_due(&self, now: Timestamp) -> bool {
        let ends = |end: Timestamp| end.duration_since(now) <= RENEWED_BEFORE;
        self.refreshable && self.expires_at.is_some_and(ends)
    }

    fn has_ended(&self, now: Timestamp) -> bool {
        self.token_type.is_some() && self.expires_at.is_some_and(|end| end <= now)
    }
}

/// What a grant is chosen for.
pub(crate) struct Wish<'a> {
    pub(crate) provider: &'a Provider,
    pub(crate) policy: &'a Policy,
    /// The principal of the key, or else its id.
    pub(crate) principal: &'a str,
    pub(crate) session: Option<&'a str>,
    /// Grants that were tried for this request.
    pub(crate) excluded: &'a [GrantKey],
    pub(crate) now: Timestamp,
}

impl Grants {
    pub(crate) fn new(core: Arc<Core>, source: SealingKey) -> Self {
        let (states, renewals) = (States::default(), Renewals::default());
        Self { core, sealer: Sealer::new(source), states, renewals }
    }

    /// Waits for the renewals that are under way.
    pub(crate) async fn finish(&self) {
        self.renewals.finish().await;
    }

    /// Writes down, soon, what was seen since the last time.
    pub(crate) fn save_states(&self) {
        self.states.save(&self.core.store);
    }

    /// A grant as the administrator sees it. `written` is what was last written down of it.
    pub(crate) fn shown(
        &self,
        record: &GrantRecord,
        written: Option<&State>,
        now: Timestamp,
    ) -> Grant {
        let revision = record.revision();
        let written = written.filter(|state| state.revision == revision);
        self.states.with(|noted| record.shown(noted.of(&record.key, &revision, written), now))
    }

    /// What a refused token was refused for is over with the next one.
    fn note_renewal(&self, record: &GrantRecord) {
        self.states.with(|noted| noted.renewed(&record.key, &record.revision(), record.updated_at));
    }

    /// Takes in, and writes down, what a provider said when it was asked.
    fn note_probe(
        &self,
        grant: &OpenGrant,
        windows: Vec<QuotaWindow>,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        self.core.store.write(|db| {
            let written = store::grants::state(db, &grant.key)?;
            let seen = self.states.with(|noted| {
                noted.probed(&grant.key, &grant.revision, written.as_ref(), windows, now)
            });
            if let Some(state) = seen {
                store::grants::put_state(db, &grant.key, &state)?;
                store::grants::announce(db)?;
            }
            Ok(())
        })
    }

    /// The same credential with a token that holds for as long as the request takes to arrive.
    pub(crate) async fn ready(
        self: &Arc<Self>,
        credential: UpstreamCredential,
        now: Timestamp,
    ) -> Result<UpstreamCredential, Refusal> {
        let UpstreamCredential::Grant(grant) = &credential else { return Ok(credential) };
        if !grant.is_due(now) {
            return Ok(credential);
        }
        let still_holds = !grant.has_ended(now);
        if still_holds && self.renewals.failed_lately(&grant.key, now) {
            return Ok(credential);
        }
        match self.renew(&grant.key, Occasion::Due { seen: grant.updated_at }).await {
            Ok(renewed) => Ok(UpstreamCredential::Grant(renewed)),
            Err(_) if still_holds => Ok(credential),
            Err(refusal) => {
                // So that the next requests do not all ask for what was just refused.
                let states = &self.states;
                states.with(|noted| noted.unrenewed(&grant.key, &grant.revision, now));
                self.save_states();
                Err(refusal)
            }
        }
    }

    /// The secret for a request. It reads no database: `pools` are those of the state of everything
    /// that the request was admitted under.
    pub(crate) fn choose(
        &self,
        pools: &Pools,
        wish: &Wish<'_>,
    ) -> Result<UpstreamCredential, Refusal> {
        self.pick(pools, wish, true)
    }

    /// The secret that a request would be sent with. It is not counted as a choice.
    pub(crate) fn peek(
        &self,
        pools: &Pools,
        wish: &Wish<'_>,
    ) -> Result<UpstreamCredential, Refusal> {
        self.pick(pools, wish, false)
    }

    fn pick(
        &self,
        pools: &Pools,
        wish: &Wish<'_>,
        counts: bool,
    ) -> Result<UpstreamCredential, Refusal> {
        let routing = Routing::of(&wish.policy.grant_routing, &wish.provider.id);
        let members: Vec<_> = pools.visible(&wish.provider.id, wish.policy).collect();
        let sticky = match routing.stickiness {
            Stickiness::None => None,
            Stickiness::Identity => Some(wish.principal),
            Stickiness::Session => wish.session,
        };
        let mut why_not = None;
        // Each turn rules a grant out that cannot be opened, so there are no more than there are grants.
        for _ in 0..=members.len() {
            let chosen = self.states.with(|states| {
                let candidates: Vec<_> =
                    members.iter().map(|member| member.candidate(states, wish.now)).collect();
                let choice = select(
                    &routing,
                    &candidates,
                    &Circumstances {
                        excluded: wish.excluded,
                        sticky,
                        turn: states.turn(&wish.policy.policy_id, &wish.provider.id),
                        random: match routing.strategy {
                            Strategy::WeightedRandom => random(),
                            _ => 0.0,
                        },
                        now: wish.now,
                    },
                );
                if let (Choice::Chosen(place), true) = (choice, counts) {
                    members[place].count_choice(states, wish.now);
                    states.next_turn(&wish.policy.policy_id, &wish.provider.id);
                }
                choice
            });
            match chosen {
                Choice::Chosen(place) => {
                    match members[place].open(&self.sealer, wish.provider, wish.now) {
                        Ok(open) => return Ok(UpstreamCredential::Grant(open)),
                        Err(error) => why_not = Some(error),
                    }
                }
                Choice::NoGrants => return Ok(UpstreamCredential::Environment),
                Choice::NoneAvailable => break,
            }
        }
        let why_not = why_not.or_else(|| members.iter().find_map(|member| member.trouble()));
        Err(none_available(&wish.provider.id, why_not.as_ref()))
    }

    /// Takes in what the answer to a request says about the grant that it was sent with.
    pub(crate) fn observe(
        &self,
        grant: &OpenGrant,
        provider: &Provider,
        status: u16,
        headers: &HeaderMap,
        now: Timestamp,
    ) {
        let due = self.states.with(|states| {
            states.observe(&grant.key, &grant.revision, now, |state| {
                let outdated = state.renewed_at.is_some_and(|at| at > grant.updated_at);
                // That an older token is refused says nothing about the one that there is now.
                !(outdated && matches!(status, 401 | 403))
                    && state.observe(provider, status, headers, now)
            })
        });
        if due {
            self.save_states();
        }
    }
}

pub(crate) fn none_available(provider: &str, why_not: Option<&SealError>) -> Refusal {
    let message = match why_not {
        None => format!("none of the grants for `{provider}` can be used now"),
        // The details are for the administrator, not for the holder of a key.
        Some(SealError::Unopened | SealError::OtherKey) => format!(
            "the upstream secret for `{provider}` cannot be opened: it was sealed under another \
             key, or is damaged"
        ),
        Some(_) => format!(
            "the upstream secret for `{provider}` cannot be opened: the router has no sealing key"
        ),
    };
    let status = StatusCode::SERVICE_UNAVAILABLE;
    Refusal::new(status, code::UPSTREAM_GRANT_POOL_UNAVAILABLE, message)
}

/// At least 0, and less than 1. Nothing secret depends on it.
fn random() -> f64 {
    let mut bytes = [0; 8];
    match getrandom::fill(&mut bytes) {
        Ok(()) => (u64::from_be_bytes(bytes) >> 11) as f64 / (1_u64 << 53) as f64,
        Err(_) => 0.0,
    }
}

/// Whether an answer is the grant's fault, and the request may be sent once more with another.
pub(crate) fn should_fail_over(
    status: u16,
    method: &Method,
    capability: &str,
    routing: &Routing<'_>,
) -> bool {
    let repeatable =
        matches!(*method, Method::GET | Method::HEAD) || capability.starts_with("llm.");
    routing.failover && matches!(status, 401 | 403 | 429) && repeatable
}
