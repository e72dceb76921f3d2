//! One step of a plan: what it changes, in words and in the router's own terms.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};

use super::change::ChangeSet;
use super::desired::{GrantFacts, GrantRefs, Routing};
use super::lock::fingerprint;
use super::made;
use super::manifest::Place;
use crate::client::{
    BindingEdit, ConnectionEdit, CredentialEdit, FusionEdit, GrantSecrets, PolicyEdit, RuleEdit,
    UserEdit,
};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::{Grant, GrantKey, PutGrant};
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

/// What is done to one thing.
#[derive(Debug)]
pub struct Action {
    pub change: ChangeSet,
    /// Where the manifest asks for it; `None` for what it no longer names.
    pub place: Option<Place>,
    pub deed: Deed,
}

/// The kind of a step, as it is counted and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    Create,
    Change,
    Disable,
}

impl Verb {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
            Self::Disable => "disable",
        }
    }
}

#[derive(Debug)]
pub enum Deed {
    CreatePolicy(Box<Policy>),
    EditPolicy {
        before: Box<Policy>,
        edit: Box<PolicyEdit>,
        routing: Option<Routing>,
    },
    EditProvider {
        before: Box<Connection>,
        edit: ConnectionEdit,
    },
    IssueKey(Box<IssueKey>),
    /// A key that somebody holds already, by the hash of its secret.
    CarryKey {
        key: Box<KeyMembers>,
        secret_sha256: String,
    },
    EditKey {
        before: Box<Credential>,
        edit: Box<CredentialEdit>,
        secret: SecretHash,
    },
    WriteGrant(Box<WriteGrant>),
    WriteUser {
        before: Option<Box<AccessUser>>,
        email: String,
        edit: UserEdit,
    },
    WriteBinding {
        before: Option<Binding>,
        key: BindingKey,
        edit: BindingEdit,
    },
    CreateRule(Box<Rule>),
    EditRule {
        before: Box<Rule>,
        edit: Box<RuleEdit>,
    },
    EditFusion {
        before: Box<FusionConfig>,
        edit: Box<FusionEdit>,
    },
    DisableGrant {
        before: Box<Grant>,
        key: GrantKey,
    },
    DisableUser {
        before: Box<AccessUser>,
    },
    DisableBinding {
        before: Binding,
    },
    DisableRule {
        before: Box<Rule>,
    },
    DisablePolicy {
        before: Box<Policy>,
    },
    RevokeKey {
        before: Box<Credential>,
    },
}

/// A grant that is made or changed. Its secrets are fetched when it is carried out.
#[derive(Debug)]
pub struct WriteGrant {
    pub key: GrantKey,
    pub before: Option<Grant>,
    pub facts: GrantFacts,
    /// Is where tokens are renewed written too?
    pub refresh: bool,
    /// Those that the router lacks.
    pub secrets: GrantRefs,
}

impl WriteGrant {
    /// As it will be where there is none yet. Nothing if too little is said of it.
    fn put_anew(&self) -> Option<PutGrant> {
        let GrantFacts { provider, kind, .. } = &self.facts;
        let mut put = PutGrant::with_defaults(provider.as_deref()?, kind.clone()?);
        self.facts.edit(false, GrantSecrets::default()).apply(&mut put);
        Some(put)
    }
}

/// A key that gets a new secret.
#[derive(Debug, Clone)]
pub struct IssueKey {
    pub key: KeyMembers,
    /// Empty where the terminal shows it.
    pub sinks: Vec<SinkSpec>,
    pub folder: PathBuf,
    pub test: bool,
    pub how: Beginning,
}

/// Where an issue begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Nothing is there yet.
    Anew,
    /// The journal knows of an issue that was cut off.
    Unfinished { delivered: bool },
    /// An earlier run registered it from elsewhere, switched off, and nobody was given it.
    Registered,
}

/// What a new credential says.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyMembers {
    pub id: String,
    pub policy_id: String,
    pub enabled: bool,
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<jiff::Timestamp>,
}

impl KeyMembers {
    /// Those that a fingerprint is made of. Whether it is enabled changes while it is issued.
    fn body(&self) -> Value {
        json!({
            "policyId": self.policy_id,
            "principalId": self.principal_id,
            "label": self.label,
            "expiresAt": self.expires_at,
        })
    }
}

/// What a grant is, without what is seen of it at its provider.
pub fn grant_body(grant: &Grant) -> Value {
    let mut body = PutGrant::unchanged(grant).body();
    body.insert("revokedAt".into(), json!(grant.revoked_at));
    body.insert("refreshTokenUrl".into(), json!(grant.refresh_token_url));
    let has = [grant.has_credential, grant.has_access_token, grant.has_refresh_token];
    body.insert("has".into(), json!((has, &grant.credential_fields)));
    Value::Object(body)
}

/// The same of one that is there.
pub fn key_body(key: &Credential) -> Value {
    json!({
        "policyId": key.policy_id,
        "principalId": key.principal_id,
        "label": key.label,
        "expiresAt": key.expires_at,
    })
}

impl Action {
    pub fn verb(&self) -> Verb {
        match &self.deed {
            Deed::DisablePolicy { .. }
            | Deed::RevokeKey { .. }
            | Deed::DisableGrant { .. }
            | Deed::DisableUser { .. }
            | Deed::DisableBinding { .. }
            | Deed::DisableRule { .. } => Verb::Disable,
            _ if self.change.created => Verb::Create,
            _ => Verb::Change,
        }
    }

    /// What a lock says of a thing that this makes: its noun, its id, its fingerprint.
    pub fn makes(&self) -> Option<(String, String, String)> {
        let body = match &self.deed {
            Deed::CreatePolicy(policy) => policy.put_body(true),
            Deed::IssueKey(issue) => issue.key.body(),
            Deed::CarryKey { key, .. } => key.body(),
            Deed::WriteGrant(grant) if grant.before.is_none() => made::of_grant(&grant.put_anew()?),
            Deed::WriteUser { before: None, email, edit } => {
                made::of_user(&edit.apply(&AccessUser::with_defaults(email)))
            }
            Deed::WriteBinding { before: None, key, edit } => {
                made::of_binding(&edit.apply(&Binding::with_defaults(key)))
            }
            Deed::CreateRule(rule) => made::of_rule(rule),
            _ => return None,
        };
        Some((self.change.noun.to_owned(), self.change.id.clone(), fingerprint(&body)))
    }

    /// A short name for the state that it starts from; `None` where nothing is there.
    pub fn before(&self) -> Option<String> {
        let body = match &self.deed {
            Deed::EditPolicy { before, .. } | Deed::DisablePolicy { before } => {
                before.put_body(true)
            }
            Deed::EditProvider { before, .. } => before.put_body(),
            Deed::EditKey { before, .. } | Deed::RevokeKey { before } => {
                PutCredential::unchanged(before, SecretHash::Keep).body(true, true)
            }
            Deed::WriteGrant(grant) => grant_body(grant.before.as_ref()?),
            Deed::DisableGrant { before, .. } => grant_body(before),
            Deed::WriteUser { before, .. } => before.as_ref()?.put_body(),
            Deed::DisableUser { before } => before.put_body(),
            Deed::WriteBinding { before, .. } => before.as_ref()?.put_body(),
            Deed::DisableBinding { before } => before.put_body(),
            Deed::EditRule { before, .. } | Deed::DisableRule { before } => before.put_body(),
            Deed::EditFusion { before, .. } => before.put_body(),
            Deed::CreatePolicy(_)
            | Deed::IssueKey(_)
            | Deed::CarryKey { .. }
            | Deed::CreateRule(_) => return None,
        };
        Some(fingerprint(&body))
    }

    /// Does a router change other things with it? With every write of a rule it looks at all users.
    pub fn has_consequences(&self) -> bool {
        matches!(self.deed, Deed::CreateRule(_) | Deed::EditRule { .. } | Deed::DisableRule { .. })
    }

    /// Can it be what the write of a rule brought about?
    pub fn is_consequence(&self) -> bool {
        matches!(
            self.deed,
            Deed::WriteUser { before: Some(_), .. } | Deed::WriteBinding { before: Some(_), .. }
        )
    }

    /// What it is about, as in `policy/team`.
    pub fn thing(&self) -> String {
        format!("{}/{}", self.change.noun, self.change.id)
    }

    /// When it is its turn. What only takes away comes first, then what others stand on, and what
    /// the manifest no longer names comes last, its keys before its policies.
    pub fn turn(&self) -> Turn {
        match &self.deed {
            Deed::DisablePolicy { .. } => Turn::PrunePolicies,
            Deed::DisableRule { .. } => Turn::PruneRules,
            _ if self.verb() == Verb::Disable => Turn::PruneRest,
            // A write of a rule touches users and bindings, so that theirs come before it.
            Deed::CreateRule(_) | Deed::EditRule { .. } => Turn::Rules,
            _ if self.change.only_closes() => Turn::Close,
            Deed::CreatePolicy(_) | Deed::EditPolicy { .. } | Deed::EditProvider { .. } => {
                Turn::Stand
            }
            Deed::WriteUser { .. } => Turn::Stand,
            Deed::CarryKey { .. }
            | Deed::EditKey { .. }
            | Deed::WriteGrant(_)
            | Deed::WriteBinding { .. } => Turn::Rest,
            Deed::IssueKey(_) => Turn::Issue,
            Deed::EditFusion { .. } => Turn::Fusion,
            // What disables was seen above.
            _ => Turn::PruneRest,
        }
    }
}

/// All actions of a turn may go on at the same time; the next begins when they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    Close,
    Stand,
    Rest,
    Rules,
    Issue,
    Fusion,
    PruneRest,
    PruneRules,
    PrunePolicies,
}
