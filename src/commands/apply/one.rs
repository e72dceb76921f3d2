//! One change: read again what it is about, see that nobody else was there, write, read back.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::client::{
    self, BindingEdit, Client, Console, GrantEdit, GrantSecrets, IfMissing, NewCredential,
    RuleEdit, UserEdit,
};
use crate::commands::key::deliver::Delivery;
use crate::commands::key::fresh::{self, NewKey};
use crate::commands::key::steps::unfinished;
use crate::commands::sinks::{Claim, Force};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::action::{Action, Beginning, Deed, IssueKey, KeyMembers, grant_body};
use crate::plan::diff::settle;
use crate::plan::policy_change;
use crate::view::issued::Holder;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::{Grant, PutGrant};
use clawctl_wire::health::Extension;
use clawctl_wire::key::Mode;
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

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
        let done = Written::default();
        match &action.deed {
            Deed::CreatePolicy(policy) => self.create_policy(policy).await?,
            Deed::EditPolicy { before, edit, routing } => {
                let mut planned = self.client.plan_policy_edit(&before.policy_id, edit).await?;
                let now = planned.before.clone();
                let same =
                    now.as_ref().is_some_and(|now| now.put_body(true) == before.put_body(true));
                self.check_drift("policy", &before.policy_id, same)?;
                if let Some(now) = &now {
                    if let Some(routing) = routing {
                        planned.after.grant_routing = routing.apply(&now.grant_routing);
                    }
                    settle(now, &mut planned.after);
                }
                self.keep(self.client.write_policy(&planned).await?);
            }
            Deed::EditProvider { before, edit } => {
                let id = &before.provider_id;
                let planned = self.client.plan_connection_edit(id, edit).await?;
                let put = |it: &Connection| it.put_body();
                let same = planned.before.as_ref().is_some_and(|now| put(now) == put(before));
                self.check_drift("provider", id, same)?;
                self.client.write_connection(&planned).await?;
            }
            Deed::IssueKey(issue) => return self.issue(issue).await,
            Deed::CarryKey { key, secret_sha256 } => self.carry_key(key, secret_sha256).await?,
            Deed::EditKey { before, edit, secret } => {
                let id = &before.credential_id;
                let read = self.client.read_credential(id).await?;
                self.check_drift("key", id, is_same(&read.credential, before))?;
                let mut put = PutCredential::unchanged(&read.credential, secret.clone());
                edit.apply(&mut put);
                self.client.edit_credential(&read, &put).await?;
            }
            Deed::WriteGrant(grant) => {
                let id = grant.key.to_string();
                let secrets = self.secrets.borrow_mut().remove(&id).unwrap_or_default();
                let edit = grant.facts.edit(grant.refresh, secrets);
                let new = match (&edit.provider, &edit.kind) {
                    (Some(provider), Some(kind)) => {
                        Some(PutGrant::with_defaults(provider, kind.clone()))
                    }
                    _ => None,
                };
                let planned = self.client.plan_grant(&grant.key, edit, new).await?;
                let body = |it: &Option<Grant>| it.as_ref().map(grant_body);
                self.check_drift_or_made("grant", &id, body(&grant.before), body(&planned.before))?;
                self.written("grant", &id, self.client.write_grant(&planned).await)?;
            }
            Deed::DisableGrant { before, key } => {
                let edit = GrantEdit { enabled: Some(false), ..GrantEdit::default() };
                let planned = self.client.plan_grant(key, edit, None).await?;
                let same = planned.before.as_ref().map(grant_body) == Some(grant_body(before));
                self.check_drift("grant", &key.to_string(), same)?;
                self.client.write_grant(&planned).await?;
            }
            Deed::WriteUser { before, email, edit } => {
                let before = before.as_deref().map(AccessUser::put_body);
                self.write_user(email, before, edit).await?;
            }
            Deed::DisableUser { before } => {
                let edit = UserEdit { enabled: Some(false), ..UserEdit::default() };
                self.write_user(&before.email, Some(before.put_body()), &edit).await?;
            }
            Deed::WriteBinding { before, key, edit } => {
                let before = before.as_ref().map(Binding::put_body);
                self.write_binding(key, before, edit).await?;
            }
            Deed::DisableBinding { before } => {
                let edit = BindingEdit { enabled: Some(false), priority: None };
                self.write_binding(&before.key(), Some(before.put_body()), &edit).await?;
            }
            Deed::CreateRule(rule) => {
                let id = rule.rule_id.as_str();
                let planned = self.client.plan_new_rule((**rule).clone(), Console::Guard).await;
                match planned {
                    Ok(planned) => {
                        self.written("rule", id, self.client.write_rule(&planned).await)?;
                    }
                    Err(client::Error::Exists { .. }) => {
                        // Someone else made the same, or an earlier try of ours was heard.
                        if self.client.rule(id).await?.put_body() != rule.put_body() {
                            return Err(self.appeared("rule", id));
                        }
                    }
                    Err(e) => return Err(e.into()),
                }
            }
            Deed::EditRule { before, edit } => self.edit_rule(before, edit).await?,
            Deed::DisableRule { before } => {
                let edit = RuleEdit { enabled: Some(false), ..RuleEdit::default() };
                self.edit_rule(before, &edit).await?;
            }
            Deed::EditFusion { before, edit } => {
                let planned = self.client.plan_fusion_edit(edit).await?;
                let now = planned.before.as_ref().map(FusionConfig::put_body);
                self.check_drift("fusion", "configuration", now == Some(before.put_body()))?;
                self.client.write_fusion(&planned).await?;
            }
            Deed::DisablePolicy { before } => {
                let id = &before.policy_id;
                let now = self.client.policy(id).await?;
                self.check_drift("policy", id, now.put_body(true) == before.put_body(true))?;
                self.client.disable_policy(id).await?;
            }
            Deed::RevokeKey { before } => {
                let id = &before.credential_id;
                let now = self.client.credential(id).await?;
                self.check_drift("key", id, is_same(&now, before))?;
                self.client.revoke_credential(id).await?;
            }
        }
        Ok(done)
    }

    async fn write_user(&self, email: &str, before: Option<Value>, edit: &UserEdit) -> Result<()> {
        let planned =
            self.client.plan_user_edit(email, edit, IfMissing::Create, Console::Guard).await?;
        let now = planned.before.as_ref().map(AccessUser::put_body);
        self.check_drift_or_made("user", email, before, now)?;
        self.written("user", email, self.client.write_user(&planned).await)
    }

    async fn write_binding(
        &self,
        key: &BindingKey,
        before: Option<Value>,
        edit: &BindingEdit,
    ) -> Result<()> {
        let planned = self.client.plan_binding_edit(key, edit, IfMissing::Create).await?;
        let now = planned.before.as_ref().map(Binding::put_body);
        self.check_drift_or_made("binding", &key.to_string(), before, now)?;
        self.written("binding", &key.to_string(), self.client.write_binding(&planned).await)
    }

    async fn edit_rule(&self, before: &Rule, edit: &RuleEdit) -> Result<()> {
        let id = before.rule_id.as_str();
        let planned = self.client.plan_rule_edit(id, edit, Console::Guard).await?;
        let now = planned.before.as_ref().map(Rule::put_body);
        self.check_drift("rule", id, now == Some(before.put_body()))?;
        self.client.write_rule(&planned).await?;
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
    fn written<T>(&self, noun: &str, id: &str, written: client::Result<T>) -> Result<()> {
        match written {
            Err(client::Error::Exists { .. }) => Err(self.appeared(noun, id)),
            other => other.map(drop).map_err(Into::into),
        }
    }

    fn keep(&self, policy: Policy) {
        self.policies.borrow_mut().insert(policy.policy_id.clone(), policy);
    }

    async fn create_policy(&self, policy: &Policy) -> Result<()> {
        let id = policy.policy_id.as_str();
        let created = match self.client.plan_new_policy(policy.clone()).await {
            Ok(planned) => match self.client.write_policy(&planned).await {
                Ok(now) => now,
                Err(client::Error::Exists { .. }) => return Err(self.appeared("policy", id)),
                Err(e) => return Err(e.into()),
            },
            Err(client::Error::Exists { .. }) => {
                let there = self.client.policy(id).await?;
                // Someone else made the same.
                if !policy_change(Some(&there), policy, None).is_empty() {
                    return Err(self.appeared("policy", id));
                }
                there
            }
            Err(e) => return Err(e.into()),
        };
        self.keep(created);
        Ok(())
    }

    async fn there(&self, id: &str) -> Result<Option<Credential>> {
        match self.client.credential(id).await {
            Ok(there) => Ok(Some(there)),
            Err(client::Error::Missing { .. }) => Ok(None),
            Err(e) => Err(e.into()),
        }
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
                fresh::issue_over(self.ctx, new, there.as_ref(), &mut delivery).await?
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
fn is_same(now: &Credential, before: &Credential) -> bool {
    let members = |key| PutCredential::unchanged(key, SecretHash::Keep);
    members(now) == members(before)
}
