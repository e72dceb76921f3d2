//! One step of a plan: what it changes, in words and in the router's own terms.

use std::path::PathBuf;

use serde::Serialize;
use serde_json::{Value, json};

use super::change::ChangeSet;
use super::desired::GrantRefs;
use super::lock::fingerprint;
use super::made;
use super::manifest::Place;
use crate::resource::{CredentialEdit, GrantEdit, Offers, Resource};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::Binding;
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::{Credential, SecretHash};
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
    pub operation: Operation,
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

/// What is done. Keys and grants, whose secrets are somewhere else, have operations of their own.
#[derive(Debug)]
pub enum Operation {
    Policy(Box<Step<Policy>>),
    Provider(Box<Step<Connection>>),
    User(Box<Step<AccessUser>>),
    Binding(Box<Step<Binding>>),
    Rule(Box<Step<Rule>>),
    Fusion(Box<Step<FusionConfig>>),
    /// A key that gets a secret, and is delivered.
    Deliver(Box<IssueKey>),
    /// A key that somebody holds already, by the hash of its secret.
    Carry {
        key: Box<KeyMembers>,
        secret_sha256: String,
    },
    EditKey {
        before: Box<Credential>,
        edit: Box<CredentialEdit>,
        secret: SecretHash,
    },
    Revoke(Box<Credential>),
    Grant(Box<WriteGrant>),
}

/// A step of something that is written as a whole.
#[derive(Debug)]
pub struct Step<R: Resource> {
    /// What is there; `None` where it is created.
    pub before: Option<R>,
    pub edit: R::Edit,
    pub after: R,
    /// Is it only disabled, because the manifest no longer names it?
    pub is_pruned: bool,
}

impl<R: Resource> Step<R> {
    /// Brings about what is wished of a thing.
    pub fn write(before: Option<&R>, edit: R::Edit, after: R) -> Box<Self> {
        Box::new(Self { before: before.cloned(), edit, after, is_pruned: false })
    }

    /// Disables a thing and does nothing else.
    pub fn prune(before: &R) -> Box<Self> {
        let edit = R::switched(false);
        let after = R::apply(&edit, before);
        Box::new(Self { before: Some(before.clone()), edit, after, is_pruned: true })
    }
}

/// What is asked of a step, whatever it is about.
trait AnyStep {
    fn start(&self) -> Option<Value>;
    fn makes(&self) -> Option<Value>;
    fn is_pruned(&self) -> bool;
}

impl<R: Resource> AnyStep for Step<R> {
    fn start(&self) -> Option<Value> {
        Some(self.before.as_ref()?.sent(Offers::ALL))
    }

    fn makes(&self) -> Option<Value> {
        self.before.is_none().then(|| self.after.made())
    }

    fn is_pruned(&self) -> bool {
        self.is_pruned
    }
}

/// A grant that is made or changed. Its secrets are fetched when it is carried out.
#[derive(Debug)]
pub struct WriteGrant {
    pub key: GrantKey,
    pub before: Option<Grant>,
    pub edit: GrantEdit,
    /// Those that the router lacks.
    pub secrets: GrantRefs,
    /// Is it only disabled, because the manifest no longer names it?
    pub is_pruned: bool,
}

impl WriteGrant {
    /// As it will be where there is none yet. Nothing if too little is said of it.
    fn put_anew(&self) -> Option<PutGrant> {
        let GrantEdit { provider, kind, .. } = &self.edit;
        let mut put = PutGrant::with_defaults(provider.as_deref()?, kind.clone()?);
        self.edit.apply(&mut put, false);
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

impl Action {
    pub fn verb(&self) -> Verb {
        match (self.operation.prunes(), self.change.created) {
            (true, _) => Verb::Disable,
            (false, true) => Verb::Create,
            (false, false) => Verb::Change,
        }
    }

    /// What a lock says of a thing that this makes: its noun, its id, its fingerprint.
    pub fn makes(&self) -> Option<(String, String, String)> {
        let body = match &self.operation {
            Operation::Deliver(issue) => issue.key.body(),
            Operation::Carry { key, .. } => key.body(),
            Operation::Grant(grant) if grant.before.is_none() => made::of_grant(&grant.put_anew()?),
            operation => operation.step()?.makes()?,
        };
        Some((self.change.noun.to_owned(), self.change.id.clone(), fingerprint(&body)))
    }

    /// A short name for the state that it starts from; `None` where nothing is there.
    pub fn before(&self) -> Option<String> {
        let body = match &self.operation {
            Operation::EditKey { before, .. } | Operation::Revoke(before) => {
                before.sent(Offers::ALL)
            }
            Operation::Grant(grant) => grant_body(grant.before.as_ref()?),
            operation => operation.step()?.start()?,
        };
        Some(fingerprint(&body))
    }

    /// Does a router change other things with it? With every write of a rule it looks at all users.
    pub fn has_consequences(&self) -> bool {
        matches!(self.operation, Operation::Rule(_))
    }

    /// Can it be what the write of a rule brought about?
    pub fn is_consequence(&self) -> bool {
        let is_held = matches!(self.operation, Operation::User(_) | Operation::Binding(_));
        is_held && self.verb() == Verb::Change
    }

    /// What it is about, as in `policy/team`.
    pub fn thing(&self) -> String {
        format!("{}/{}", self.change.noun, self.change.id)
    }

    /// When it is its turn. What only takes away comes first, then what others stand on, and what
    /// the manifest no longer names comes last, its keys before its policies.
    pub fn turn(&self) -> Turn {
        match (&self.operation, self.operation.prunes()) {
            (Operation::Policy(_), true) => Turn::PrunePolicies,
            (Operation::Rule(_), true) => Turn::PruneRules,
            (_, true) => Turn::PruneRest,
            // A write of a rule touches users and bindings, so that theirs come before it.
            (Operation::Rule(_), false) => Turn::Rules,
            _ if self.change.only_closes() => Turn::Close,
            (operation, false) => operation.turn(),
        }
    }
}

impl Operation {
    fn step(&self) -> Option<&dyn AnyStep> {
        match self {
            Self::Policy(step) => Some(&**step),
            Self::Provider(step) => Some(&**step),
            Self::User(step) => Some(&**step),
            Self::Binding(step) => Some(&**step),
            Self::Rule(step) => Some(&**step),
            Self::Fusion(step) => Some(&**step),
            _ => None,
        }
    }

    fn prunes(&self) -> bool {
        match self {
            Self::Revoke(_) => true,
            Self::Grant(grant) => grant.is_pruned,
            operation => operation.step().is_some_and(AnyStep::is_pruned),
        }
    }

    /// Where nothing else is to be considered.
    fn turn(&self) -> Turn {
        match self {
            Self::Policy(_) | Self::Provider(_) | Self::User(_) => Turn::Stand,
            Self::Rule(_) => Turn::Rules,
            Self::Deliver(_) => Turn::Issue,
            Self::Fusion(_) => Turn::Fusion,
            _ => Turn::Rest,
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
