//! The facts of this router: one reading of its database.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::snapshot::Proof;
use super::{Asker, Explanation, Facts, Fusion, Question, Seen, Sight, Who, explain};
use crate::account::Account;
use crate::core::Core;
use crate::decision::Selection;
use crate::grants::{Grants, Pools, UpstreamCredential, Wish};
use crate::manifest::Manifest;
use crate::refusal::Refusal;
use crate::router::Router;
use crate::store::authority::{self, Registered};
use crate::store::connections::{self, ConnectionRecord};
use crate::store::{Db, StoreError, ledger, policies};
use crate::{auth, forward, fusion};
use clawctl_wire::key::ProxyKey;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::Provider;
use clawctl_wire::window::Month;

impl Router {
    /// What this router would answer if it were asked now, by somebody it is not too busy for.
    /// Nothing where the policy that is asked about does not exist.
    pub fn why(&self, question: &Question<'_>) -> Result<Option<Explanation>, StoreError> {
        // What was settled in this process counts, too.
        let core = &self.core;
        core.store.flush()?;
        let now = (core.clock)();
        core.store.read(|db| {
            let (who, policy, principal);
            let registered;
            match question.asker {
                Asker::Policy(id) => {
                    let Some(found) = policies::find(db, id)? else { return Ok(None) };
                    (who, policy, principal) = (Who::SomeKey, Some(found.policy), None);
                }
                asker => {
                    registered = find(db, asker)?;
                    who = registered.who();
                    policy = registered.policy();
                    principal = registered.principal();
                }
            }
            let config = |name: &str| core.config(name);
            let sight = Here {
                core,
                grants: &self.forwarder.grants,
                db,
                now,
                connections: connections::all(db)?,
                pools: Pools::read(db)?,
                session: question.session,
            };
            let facts = Facts {
                now,
                who,
                policy: policy.as_ref(),
                principal: principal.as_deref(),
                manifests: core.manifests(),
                config: &config,
                sight: &sight,
            };
            Ok(Some(explain(&facts, question.request)))
        })
    }
}

/// What came of looking for a key.
enum Found {
    NoKey,
    Unknown,
    Key(Registered, Proof),
}

fn find(db: &Db, asker: Asker<'_>) -> Result<Found, StoreError> {
    let registered = |id| authority::registered(db, id);
    let found = match asker {
        Asker::Key(text) => {
            let Ok(key) = ProxyKey::parse(text.expose().trim()) else { return Ok(Found::NoKey) };
            registered(key.id)?.map(|found| {
                let proof = if auth::proves(&key, &found) { Proof::Given } else { Proof::Wrong };
                (found, proof)
            })
        }
        Asker::KeyId(id) | Asker::Policy(id) => {
            registered(id)?.map(|found| (found, Proof::Assumed))
        }
    };
    Ok(found.map_or(Found::Unknown, |(registered, proof)| Found::Key(registered, proof)))
}

impl Found {
    fn who(&self) -> Who<'_> {
        match self {
            Self::NoKey => Who::NoKey,
            Self::Unknown => Who::UnknownKey,
            Self::Key(registered, proof) => Who::Key {
                id: &registered.credential.id,
                proof: *proof,
                facts: auth::facts(registered),
            },
        }
    }

    /// Nobody learns of a policy through a key that is not his.
    fn policy(&self) -> Option<Policy> {
        match self {
            Self::Key(_, Proof::Wrong) | Self::NoKey | Self::Unknown => None,
            Self::Key(registered, _) => Some(registered.policy.as_ref()?.policy.clone()),
        }
    }

    fn principal(&self) -> Option<String> {
        match self {
            Self::Key(_, Proof::Wrong) | Self::NoKey | Self::Unknown => None,
            Self::Key(registered, _) => Some(auth::principal(&registered.credential).to_owned()),
        }
    }
}

/// The database, open.
struct Here<'a> {
    core: &'a Core,
    grants: &'a Grants,
    db: &'a Db,
    now: Timestamp,
    connections: BTreeMap<String, ConnectionRecord>,
    pools: Pools,
    session: Option<&'a str>,
}

impl Sight for Here<'_> {
    fn connection(&self, manifest: &Manifest) -> (bool, Option<Micros>) {
        let connection = self.connections.get(&manifest.provider.id);
        let is_on = manifest.is_on(connection.map(|connection| connection.enabled));
        (is_on, connection.and_then(|connection| connection.monthly_budget))
    }

    fn upstream(
        &self,
        selection: &Selection<'_>,
        policy: &Policy,
        principal: &str,
    ) -> Result<Seen<String>, Refusal> {
        let provider = &selection.manifest.provider;
        let config = |name: &str| self.core.config(name);
        let wish = Wish {
            provider,
            policy,
            principal,
            session: self.session,
            excluded: &[],
            now: self.now,
        };
        let chosen = self.grants.peek(&self.pools, &wish)?;
        let is_written = self.connections.contains_key(&provider.id);
        forward::check_upstream(selection, &chosen, is_written, &config)?;
        Ok(Seen::Known(match &chosen {
            UpstreamCredential::Grant(grant) => format!("with grant {}", grant.key),
            UpstreamCredential::Environment => own(provider, &config),
        }))
    }

    fn fusion(&self) -> Seen<Fusion> {
        match fusion::config::stored(self.db, self.core.manifests()) {
            Ok(config) => Seen::Known(Fusion { config, is_worded_here: true }),
            Err(error) => Seen::Unseen(format!("its configuration cannot be read: {error}")),
        }
    }

    fn is_of_another_make(&self) -> bool {
        false
    }

    fn taken(&self, account: &Account) -> Seen<Micros> {
        match ledger::spent(self.db, account, Month::of(self.now), self.now) {
            Ok(taken) => Seen::Known(taken),
            Err(error) => Seen::Unseen(format!("the ledger cannot be read: {error}")),
        }
    }
}

/// Which of the environment's names a request is sent with.
pub(super) fn own(provider: &Provider, config: &dyn Fn(&str) -> Option<String>) -> String {
    let is_set = |key: &&String| config(key).is_some_and(|value| !value.trim().is_empty());
    let names: Vec<_> = provider.config_keys.iter().filter(is_set).map(String::as_str).collect();
    match names.as_slice() {
        [] => "it takes nothing".to_owned(),
        names => format!("with {} of the environment", names.join(", ")),
    }
}
