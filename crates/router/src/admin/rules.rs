//! Assignment rules. A write of one reconciles every user, in the same transaction.

use serde_json::Value;

use super::assignment::{self, Outcome};
use super::fields::Fields;
use super::target::decode;
use super::users::check_policies;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::users::UserRecord;
use crate::store::{Db, StoreError, bindings, rules, users};
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::error::code;
use clawctl_wire::id::check_id;
use clawctl_wire::rule::{GithubEvidence, Reconciled, ReconciledList, Rule, RuleKind, RuleList};
use clawctl_wire::user;

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    Reply::private(&RuleList { rules: exchange.core.store.read(rules::all)? })
}

/// What a body leaves out falls to a default; only when the rule was made is kept.
pub(super) fn put(exchange: &Exchange<'_>, encoded: &str) -> Result<Reply, Refusal> {
    let decoded = decode(encoded)?;
    let id = decoded.trim();
    let bad_id = |error| Refusal::bad(code::INVALID_ASSIGNMENT_RULE, format!("{error}"));
    check_id(id).map_err(bad_id)?;
    let body = exchange.json()?;
    let wanted = read(id, Fields::of(&body, code::INVALID_ASSIGNMENT_RULE)?)?;
    let written = exchange.core.store.write(|db| {
        check_policies(db, &wanted.policy_ids, "a policy of the rule does not exist")?;
        let present = rules::find(db, id)?;
        rules::put(db, &wanted, exchange.now)?;
        bind(exchange, db, present.as_ref(), &wanted)?;
        let all = rules::all(db)?;
        for record in users::all(db)? {
            reconcile_one(exchange, db, &record, &all, None)?;
        }
        let written = rules::find(db, id)?;
        written.ok_or_else(|| Refusal::internal("the rule was written, and is not there"))
    })?;
    Reply::private(&written)
}

fn read(id: &str, fields: Fields<'_>) -> Result<Rule, Refusal> {
    let kind = match fields.get("kind") {
        None => RuleKind::ExactEmail,
        Some(Value::String(word)) if RuleKind::WORDS.contains(&word.as_str()) => {
            RuleKind::from(word.as_str())
        }
        Some(_) => {
            return Err(fields.refuse(format!("`kind` takes {}", RuleKind::WORDS.join(" or "))));
        }
    };
    let Some(subject) = fields.text("subject")? else {
        return Err(fields.refuse("`subject` is missing"));
    };
    let mut rule = Rule::with_defaults(id, kind, &subject);
    rule.groups = user::groups(fields.strings("groups")?.unwrap_or_default());
    for policy in fields.strings("policyIds")?.unwrap_or_default() {
        if !rule.policy_ids.iter().any(|known| known == policy) {
            rule.policy_ids.push(policy.to_owned());
        }
    }
    rule.priority = fields.priority()?.unwrap_or(rule.priority);
    rule.enabled = fields.boolean("enabled")?.unwrap_or(rule.enabled);
    rule.revoke_on_loss = fields.boolean("revokeOnLoss")?.unwrap_or(rule.revoke_on_loss);
    if fields.get("provenance").is_some() {
        let named = fields.text("provenance")?;
        rule.provenance =
            named.ok_or_else(|| fields.refuse("`provenance` takes a text that is not blank"))?;
    }
    Ok(rule)
}

/// The policies of a rule are bound to the group that it makes; those that it had are unbound.
fn bind(
    exchange: &Exchange<'_>,
    db: &Db,
    before: Option<&Rule>,
    after: &Rule,
) -> Result<(), StoreError> {
    let former = before.map(|rule| rule.policy_ids.as_slice()).unwrap_or_default();
    for policy in former.iter().chain(&after.policy_ids) {
        let Some(key) = BindingKey::of_group(&after.generated_group, policy) else { continue };
        let binding = Binding {
            enabled: after.enabled && after.policy_ids.contains(policy),
            priority: after.priority,
            ..Binding::with_defaults(&key)
        };
        bindings::put(db, &binding, exchange.now)?;
    }
    Ok(())
}

/// An address that nobody knows is no error: nothing comes of it.
pub(super) fn reconcile(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_ASSIGNMENT_RECONCILE)?;
    let all = fields.boolean("all")?.unwrap_or(false);
    let named = match fields.get("email") {
        None => None,
        Some(Value::String(text)) => Some(text),
        Some(_) => return Err(fields.refuse("`email` takes a text")),
    };
    if all && named.is_some() {
        return Err(fields.refuse("`email` and `all` exclude each other"));
    }
    if all && fields.get("evidence").is_some() {
        return Err(fields.refuse("evidence is about one person, not about all"));
    }
    let evidence = fields.given("evidence").map(read_evidence).transpose()?;
    let email = named.and_then(|text| user::email(text));
    if !all && email.is_none() {
        return Err(fields.refuse("`email` takes an address, or `all` takes true"));
    }
    let results = exchange.core.store.write(|db| {
        let rules = rules::all(db)?;
        let whom = match &email {
            Some(email) => users::find(db, email)?.into_iter().collect(),
            None => users::all(db)?,
        };
        let results = whom
            .iter()
            .map(|record| reconcile_one(exchange, db, record, &rules, evidence.as_ref()));
        results.collect::<Result<Vec<_>, StoreError>>()
    })?;
    Reply::private(&ReconciledList { results })
}

fn reconcile_one(
    exchange: &Exchange<'_>,
    db: &Db,
    record: &UserRecord,
    rules: &[Rule],
    evidence: Option<&GithubEvidence>,
) -> Result<Reconciled, StoreError> {
    let Outcome { record: after, matched, retained } =
        assignment::evaluate(record, rules, evidence);
    if after != *record {
        users::put(db, &after, exchange.now)?;
    }
    Ok(Reconciled {
        email: after.user.email,
        matched_rule_ids: matched,
        retained_rule_ids: retained,
        groups: after.user.groups,
        unknown: serde_json::Map::new(),
    })
}

/// Only what is said to be proved is believed, and only of GitHub.
fn read_evidence(value: &Value) -> Result<GithubEvidence, Refusal> {
    let code = code::INVALID_ASSIGNMENT_EVIDENCE;
    let Ok(fields) = Fields::of(value, code) else {
        return Err(Refusal::bad(code, "`evidence` takes an object"));
    };
    let source = fields.get("source").and_then(Value::as_str).unwrap_or("");
    let is_verified = fields.get("verified") == Some(&Value::Bool(true));
    if source.trim().to_lowercase() != "github" || !is_verified {
        return Err(fields.refuse("evidence is from github, and explicitly verified"));
    }
    // Null means none here.
    let list = |name: &str| -> Result<Vec<String>, Refusal> {
        match fields.given(name) {
            None => Ok(Vec::new()),
            Some(_) => Ok(user::groups(fields.strings(name)?.unwrap_or_default())),
        }
    };
    Ok(GithubEvidence { orgs: list("githubOrgs")?, teams: list("githubTeams")? })
}
