//! The facts of a router elsewhere, as far as it shows them to its administrator.

use std::cell::RefCell;

use jiff::Timestamp;

use super::embedded::own;
use super::{Explanation, Facts, Fusion, Request, Seen, Sight, Who, explain};
use crate::account::Account;
use crate::decision::{KeyFacts, PolicyFacts, Selection};
use crate::forward::{self, Held};
use crate::grant::state::State;
use crate::grants::{self, Candidate, Choice, Circumstances, Routing, Stickiness};
use crate::manifest::{Manifest, Manifests};
use crate::refusal::Refusal;
use clawctl_wire::budget::BudgetStatus;
use clawctl_wire::credential::Credential;
use clawctl_wire::grant::{Grant, GrantKey};
use clawctl_wire::money::Micros;
use clawctl_wire::overview::Bootstrap;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::ProviderSnapshot;

/// In the place of a setting that has a value which is not shown.
const HIDDEN: &str = "set";

/// What is known of the secret of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    Given,
    Wrong,
    /// Only the id was given.
    Assumed,
}

/// As whom a request would come to a router elsewhere.
#[derive(Debug, Clone, Copy)]
pub enum Identified<'a> {
    /// What was given is no key.
    NoKey,
    Key {
        id: &'a str,
        proof: Proof,
    },
    Policy(&'a str),
}

/// What a router showed of itself.
pub struct Snapshot {
    pub state: Bootstrap,
    pub providers: ProviderSnapshot,
    /// Of the policy that is asked about, or of the key's share of it.
    pub budget: Option<BudgetStatus>,
    /// Whether the router adds nothing to the contract, and so differs from this one.
    pub is_plain: bool,
    pub now: Timestamp,
}

impl Snapshot {
    /// What that router would answer. Nothing where the policy that is asked about does not exist.
    pub fn why(
        &self,
        caller: Identified<'_>,
        request: &Request,
        session: Option<&str>,
    ) -> Option<Explanation> {
        let manifests = Manifests::from_snapshot(self.providers.clone());
        let manifests = if self.is_plain { manifests } else { manifests.with_bundled_quirks() };
        let config = |name: &str| self.setting(name);
        let credential = |id: &str| self.state.credentials.iter().find(|c| c.credential_id == id);
        let (who, policy, principal) = match caller {
            Identified::NoKey => (Who::NoKey, None, None),
            Identified::Policy(id) => (Who::SomeKey, Some(self.policy(id)?), None),
            Identified::Key { id, proof } => match credential(id) {
                None => (Who::UnknownKey, None, None),
                Some(credential) => {
                    let policy = self.policy(&credential.policy_id);
                    let principal = credential.principal_id.as_deref().unwrap_or(id);
                    let facts = facts(credential, policy);
                    (Who::Key { id, proof, facts }, policy, Some(principal))
                }
            },
        };
        let sight = There { snapshot: self, session, notes: RefCell::default() };
        let facts = Facts {
            now: self.now,
            who,
            policy,
            principal,
            manifests: &manifests,
            config: &config,
            sight: &sight,
        };
        let mut explanation = explain(&facts, request);
        for note in sight.notes.take() {
            if !explanation.unseen.contains(&note) {
                explanation.unseen.push(note);
            }
        }
        Some(explanation)
    }

    /// The policy of a key that the router shows.
    pub fn policy_of(&self, key: &str) -> Option<&Policy> {
        let mut credentials = self.state.credentials.iter();
        self.policy(&credentials.find(|known| known.credential_id == key)?.policy_id)
    }

    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.state.policies.iter().find(|policy| policy.policy_id == id)
    }

    /// Whether the router has a value for one of its settings. What it is, it does not say.
    fn setting(&self, name: &str) -> Option<String> {
        let needed = self.state.providers.iter().any(|ready| {
            let listed = |names: &[String]| names.iter().any(|known| known == name);
            listed(&ready.required_config) && !listed(&ready.missing_config)
        });
        needed.then(|| HIDDEN.to_owned())
    }
}

fn facts(credential: &Credential, policy: Option<&Policy>) -> KeyFacts {
    KeyFacts {
        enabled: credential.enabled,
        expires_at: credential.expires_at,
        policy: policy.map(|policy| PolicyFacts {
            enabled: policy.enabled,
            is_the_keys: credential.generation_matches,
        }),
    }
}

/// A snapshot that is looked at.
struct There<'a> {
    snapshot: &'a Snapshot,
    session: Option<&'a str>,
    notes: RefCell<Vec<String>>,
}

impl Sight for There<'_> {
    fn connection(&self, manifest: &Manifest) -> (bool, Option<Micros>) {
        let mut connections = self.snapshot.state.connections.iter();
        match connections.find(|connection| connection.provider_id == manifest.provider.id) {
            Some(connection) => (connection.enabled, connection.budget()),
            None => (true, None),
        }
    }

    fn upstream(
        &self,
        selection: &Selection<'_>,
        policy: &Policy,
        principal: &str,
    ) -> Result<Seen<String>, Refusal> {
        let (snapshot, provider) = (self.snapshot, &selection.manifest.provider);
        let config = |name: &str| snapshot.setting(name);
        if provider.models.iter().any(|model| model.upstream.contains("${")) {
            self.notes.borrow_mut().push(format!(
                "the router's settings name the model of {} upstream; the reservation may differ \
                 by the length of that name",
                provider.id
            ));
        }
        let grants = self.grants(&provider.id, policy);
        let mut routing = Routing::of(&policy.grant_routing, &provider.id);
        // A plain router turns to its environment where no grant is enabled, and says nothing.
        routing.environment_fallback |= snapshot.is_plain;
        match self.choose(&grants, &routing, principal) {
            Choice::Chosen(place) => {
                let grant = &grants[place].1;
                let fields: Vec<_> = grant.credential_fields.iter().map(String::as_str).collect();
                let alone = grant.has_credential || grant.has_access_token;
                let held = Held::Grant { has_secret: alone || !fields.is_empty(), fields: &fields };
                forward::check_held(selection, &held, &config)?;
                Ok(Seen::Known(format!("with grant {}, or another as good", grants[place].0)))
            }
            Choice::NoneAvailable => Err(grants::none_available(&provider.id, None)),
            Choice::NoGrants => self.of_environment(selection),
        }
    }

    fn taken(&self, account: &Account) -> Seen<Micros> {
        let spent = match account {
            Account::Provider { provider } => {
                let mut connections = self.snapshot.state.connections.iter();
                connections.find(|c| c.provider_id == *provider).and_then(|c| c.spent_micros)
            }
            Account::Policy { principal, .. } => self.snapshot.budget.as_ref().and_then(|budget| {
                match (&budget.breakdown, principal) {
                    (Some(shares), Some(principal)) => {
                        shares.iter().find(|share| share.principal == *principal)?.spent_micros
                    }
                    (Some(_), None) => None,
                    (None, _) => budget.spent_micros,
                }
            }),
        };
        let unseen = || Seen::Unseen("the router does not say what is spent of it".to_owned());
        spent.map_or_else(unseen, Seen::Known)
    }

    fn fusion(&self) -> Seen<Fusion> {
        let is_worded_here = !self.snapshot.is_plain;
        match self.snapshot.state.fusion.clone() {
            Some(config) => Seen::Known(Fusion { config, is_worded_here }),
            None => Seen::Unseen("the router does not say whether it runs fusion".to_owned()),
        }
    }

    fn is_of_another_make(&self) -> bool {
        self.snapshot.is_plain
    }
}

impl There<'_> {
    /// The grants that a policy may use at a provider.
    fn grants(&self, provider: &str, policy: &Policy) -> Vec<(GrantKey, Grant)> {
        let all = self.snapshot.state.grants.iter();
        let read = all.filter_map(|grant| Some((grant.name()?, grant.clone())));
        read.filter(|(name, grant)| grant.provider == provider && name.serves(policy)).collect()
    }

    fn choose(
        &self,
        grants: &[(GrantKey, Grant)],
        routing: &Routing<'_>,
        principal: &str,
    ) -> Choice {
        let states: Vec<_> = grants.iter().map(|(_, grant)| state(grant)).collect();
        let pairs = grants.iter().zip(&states);
        let candidates: Vec<_> = pairs
            .map(|((key, grant), state)| Candidate {
                key,
                usable: grant.enabled && grant.usable,
                priority: grant.priority,
                weight: grant.weight.as_f64().unwrap_or(1.0),
                state: Some(state),
            })
            .collect();
        let sticky = match routing.stickiness {
            Stickiness::None => None,
            Stickiness::Identity => Some(principal),
            Stickiness::Session => self.session,
        };
        let known =
            Circumstances { excluded: &[], sticky, turn: 0, random: 0.0, now: self.snapshot.now };
        grants::select(routing, &candidates, &known)
    }

    /// Whether the router's own settings are enough.
    fn of_environment(&self, selection: &Selection<'_>) -> Result<Seen<String>, Refusal> {
        let (snapshot, provider) = (self.snapshot, &selection.manifest.provider);
        let Some(ready) = snapshot.state.providers.iter().find(|ready| ready.id == provider.id)
        else {
            return Ok(Seen::Unseen("the router does not say whether it is configured".to_owned()));
        };
        // A grant of somebody else makes it look configured.
        if ready.missing_config.is_empty() && ready.upstream_grant_count > 0 {
            return Ok(Seen::Unseen(
                "there are grants of others for it, and so the router does not say whether it is \
                 configured without"
                    .to_owned(),
            ));
        }
        let config = |name: &str| snapshot.setting(name);
        forward::check_held(selection, &Held::Environment, &config)?;
        Ok(Seen::Known(own(provider, &config)))
    }
}

/// What the router shows of what it saw of a grant.
fn state(grant: &Grant) -> State {
    let time = |text: &Option<String>| text.as_ref().and_then(|text| text.parse().ok());
    State {
        selected_count: grant.selected_count,
        last_selected_at: time(&grant.last_selected_at),
        observed_at: time(&grant.quota_observed_at),
        cooldown_until: time(&grant.cooldown_until),
        windows: grant.quota_windows.clone(),
        ..State::default()
    }
}
