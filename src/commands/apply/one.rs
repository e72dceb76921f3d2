//! One change: read again what it is about, see that nobody else was there, write, read back.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::client::{self, Client, Console, GrantSecrets, IfMissing, Kept, NewCredential};
use crate::commands::key::deliver::Delivery;
use crate::commands::key::fresh::{self, NewKey};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lifecycle::sinks::{Claim, Force};
use crate::lifecycle::steps::unfinished;
use crate::plan::action::{
    Action, Beginning, IssueKey, KeyMembers, Operation, Step, WriteGrant, grant_body,
};
use crate::resource::{Offers, Resource};
use crate::view::issued::Holder;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::{Credential, PutCredential};
use clawctl_wire::grant::{Grant, PutGrant};
use clawctl_wire::health::Extension;
use clawctl_wire::key::Mode;
use clawctl_wire::policy::Policy;

pub(super) struct One<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) client: &'a Client,
    pub(super) refresh: bool,
    /// As they are by now, for what is shown of a key.
    pub(super) policies: RefCell<HashMap<String, Policy>>,
    /// Secrets of grants, fetched before anything was written.
    pub(super) secrets: RefCell<Fetched>,
}

/// Secrets by the name of their grant.
pub(super) type Fetched = HashMap<String, GrantSecrets>;

/// What came of it.
#[derive(Default)]
pub(super) struct Written {
    pub(super) delivered_to: Vec<String>,
}

/// Where a new key goes: to its sinks, or to the terminal.
pub(super) fn sinks(issue: &IssueKey) -> Vec<SinkSpec> {
    if issue.sinks.is_empty() { vec![SinkSpec::Stdout] } else { issue.sinks.clone() }
}

/// A new key takes the place of nothing.
pub(super) fn claim(id: &str) -> Claim<'_> {
    Claim::Key { id, force: Force::NotOffered }
}

impl One<'_> {
    pub(super) async fn carry_out(&self, action: &Action) -> Result<Written> {
        match &action.operation {
            Operation::Policy(step) => {
                let policy = match &step.before {
                    // The router's own verb touches nothing else.
                    Some(before) if step.is_pruned => self.disable_policy(before).await?,
                    _ => self.write(step).await?,
                };
                self.policies.borrow_mut().insert(policy.policy_id.clone(), policy);
            }
            Operation::Provider(step) => drop(self.write(step).await?),
            Operation::User(step) => drop(self.write(step).await?),
            Operation::Binding(step) => drop(self.write(step).await?),
            Operation::Rule(step) => drop(self.write(step).await?),
            Operation::Fusion(step) => drop(self.write(step).await?),
            Operation::Grant(grant) => self.write_grant(grant).await?,
            Operation::Deliver(issue) => return self.issue(issue).await,
            Operation::Carry { key, secret_sha256 } => self.carry_key(key, secret_sha256).await?,
            Operation::EditKey { before, edit, secret } => {
                let id = &before.credential_id;
                let read = self.client.read_credential(id).await?;
                self.check_drift("key", id, is_same(&read.credential, before))?;
                let mut put = PutCredential::unchanged(&read.credential, secret.clone());
                edit.apply(&mut put);
                self.client.edit_credential(&read, &put).await?;
            }
            Operation::Revoke(before) => {
                let id = &before.credential_id;
                let now = self.client.credential(id).await?;
                self.check_drift("key", id, is_same(&now, before))?;
                self.client.revoke_credential(id).await?;
            }
        }
        Ok(Written::default())
    }

    /// Edits what is there, or creates what is wished.
    async fn write<R: Kept>(&self, step: &Step<R>) -> Result<R> {
        let (noun, id) = (R::KIND.noun, step.after.id());
        let name = id.to_string();
        if step.before.is_none() && R::with_id(&id).is_none() {
            return self.create(&step.after).await;
        }
        let missing = if step.before.is_some() { IfMissing::Fail } else { IfMissing::Create };
        let mut planned =
            self.client.plan_put::<R>(&id, &step.edit, missing, Console::Guard).await?;
        let state = |it: &Option<R>| it.as_ref().map(|it| it.sent(Offers::ALL));
        self.check_drift_or_made(noun, &name, state(&step.before), state(&planned.before))?;
        if let Some(now) = &planned.before {
            planned.after.settle(now);
        }
        self.written(noun, &name, self.client.write(&planned).await)
    }

    /// Creates what has to be described as a whole.
    async fn create<R: Kept>(&self, wanted: &R) -> Result<R> {
        let (noun, id) = (R::KIND.noun, wanted.id());
        let name = id.to_string();
        match self.client.plan_new(wanted.clone()).await {
            Ok(planned) => self.written(noun, &name, self.client.write(&planned).await),
            Err(client::Error::Exists { .. }) => {
                let there = self.client.one::<R>(&id).await?;
                // Someone else made the same, or an earlier try of ours was heard.
                if there.is_like(wanted) { Ok(there) } else { Err(self.appeared(noun, &name)) }
            }
            Err(e) => Err(e.into()),
        }
    }

    async fn disable_policy(&self, before: &Policy) -> Result<Policy> {
        let id = &before.policy_id;
        let now = self.client.policy(id).await?;
        self.check_drift("policy", id, is_same(&now, before))?;
        Ok(self.client.disable_policy(id).await?)
    }

    async fn write_grant(&self, grant: &WriteGrant) -> Result<()> {
        let id = grant.key.to_string();
        let secrets = self.secrets.borrow_mut().remove(&id).unwrap_or_default();
        let edit = &grant.edit;
        let new = match (&edit.provider, &edit.kind) {
            (Some(provider), Some(kind)) => Some(PutGrant::with_defaults(provider, kind.clone())),
            _ => None,
        };
        let planned = self.client.plan_grant(&grant.key, edit, secrets, new).await?;
        let body = |it: &Option<Grant>| it.as_ref().map(grant_body);
        self.check_drift_or_made("grant", &id, body(&grant.before), body(&planned.before))?;
        self.written("grant", &id, self.client.write_grant(&planned).await)?;
        Ok(())
    }

    fn check_drift(&self, noun: &str, id: &str, same: bool) -> Result<()> {
        if same {
            return Ok(());
        }
        if self.refresh {
            self.ctx.ui.warning(format!(
                "{noun} {id} was changed by someone else meanwhile; the change is made to what is \
                 there now"
            ));
            return Ok(());
        }
        Err(Error::conflict(format!(
            "{noun} `{id}` was changed by someone else after the plan was made; it was left alone"
        ))
        .hint("look at it: `clawctl diff` with the same files")
        .hint("or go on from what is there now: `--refresh`"))
    }

    /// The same of a thing that may be new: then nobody may have made it meanwhile.
    fn check_drift_or_made(
        &self,
        noun: &str,
        id: &str,
        before: Option<Value>,
        now: Option<Value>,
    ) -> Result<()> {
        if before.is_none() && now.is_some() && !self.refresh {
            return Err(self.appeared(noun, id));
        }
        self.check_drift(noun, id, before == now)
    }

    fn appeared(&self, noun: &str, id: &str) -> Error {
        Error::conflict(format!(
            "{noun} `{id}` was made by someone else after the plan was made; it was left alone"
        ))
        .hint("look at it: `clawctl diff` with the same files")
    }

    /// What is new for us may have been made by somebody else just before the write.
    fn written<T>(&self, noun: &str, id: &str, written: client::Result<T>) -> Result<T> {
        match written {
            Err(client::Error::Exists { .. }) => Err(self.appeared(noun, id)),
            other => other.map_err(Into::into),
        }
    }

    async fn there(&self, id: &str) -> Result<Option<Credential>> {
        Ok(self.client.find_one(id).await?)
    }

    async fn carry_key(&self, key: &KeyMembers, secret_sha256: &str) -> Result<()> {
        self.client.learn_key_routes().await?;
        if self.there(&key.id).await?.is_some() {
            return Err(self.appeared("key", &key.id));
        }
        let put = new(key).put(secret_sha256, key.enabled);
        match self.client.create_credential(&key.id, &put).await {
            Ok(_) => Ok(()),
            Err(client::Error::Exists { .. }) => {
                // A repetition after a lost answer meets its own trace, and the hash tells whose
                // it is. Where no hash is shown, none of another may be written over.
                let there = self.there(&key.id).await?;
                let shows_hash = self.client.has(Extension::CredentialHash).await?;
                let is_ours = there.is_some_and(|there| has_shape(&there, key))
                    && shows_hash
                    && self.client.credential_hashes(|id| id == key.id).await?
                        == HashMap::from([(key.id.clone(), secret_sha256.to_owned())]);
                if is_ours { Ok(()) } else { Err(self.appeared("key", &key.id)) }
            }
            Err(e) => Err(e.into()),
        }
    }

    async fn issue(&self, issue: &IssueKey) -> Result<Written> {
        let IssueKey { key, test, how, .. } = issue;
        let id = key.id.as_str();
        let policy = match self.policies.borrow().get(&key.policy_id) {
            Some(policy) => policy.clone(),
            None => return Err(Error::failed(format!("policy `{}` is missing", key.policy_id))),
        };
        let entry = unfinished(self.ctx, id)?;
        let issued = match (how, entry) {
            (Beginning::Unfinished { delivered }, Some(entry)) => {
                let named = (!*delivered).then(|| sinks(issue));
                fresh::resume(self.ctx, &entry, named, claim(id)).await?
            }
            (how, _) => {
                self.client.learn_key_routes().await?;
                let there = self.there(id).await?;
                let expected = match how {
                    Beginning::Anew => there.is_none(),
                    _ => there.as_ref().is_none_or(|it| !it.enabled && has_shape(it, key)),
                };
                if !expected {
                    return Err(self.appeared("key", id));
                }
                let new = NewKey {
                    id: id.to_owned(),
                    mode: if *test { Mode::Test } else { Mode::Live },
                    policy,
                    holder: Holder {
                        principal_id: key.principal_id.clone(),
                        label: key.label.clone(),
                        expires_at: key.expires_at,
                    },
                    sinks: sinks(issue),
                };
                let default = issue.sinks.is_empty();
                let mut delivery = Delivery::check(self.ctx, sinks(issue), default, claim(id))?;
                fresh::issue(self.ctx, new, there.as_ref(), &mut delivery).await?
            }
        };
        if !key.enabled {
            self.client.revoke_credential(id).await?;
        }
        Ok(Written { delivered_to: issued.delivered_to })
    }
}

fn new(key: &KeyMembers) -> NewCredential {
    NewCredential {
        policy_id: key.policy_id.clone(),
        principal_id: key.principal_id.clone(),
        label: key.label.clone(),
        expires_at: key.expires_at,
    }
}

fn has_shape(there: &Credential, key: &KeyMembers) -> bool {
    there.policy_id == key.policy_id && there.principal_id == key.principal_id
}

/// Is what can be written of them the same? When it was last used is nobody's change.
fn is_same<R: Resource>(now: &R, before: &R) -> bool {
    now.sent(Offers::ALL) == before.sent(Offers::ALL)
}
