//! Assignment rules.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::member::fields;
use super::value::{set, text};
use super::words::{listed, subject_text, yes_no};
use super::{Field, Kind, Member, Resource, SetEdit, Shape};
use clawctl_wire::money::MICROS_MAX;
use clawctl_wire::resource;
use clawctl_wire::rule::{Rule, RuleKind};
use clawctl_wire::user::groups;

/// What is to become of a rule. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct RuleEdit {
    pub kind: Option<RuleKind>,
    pub subject: Option<String>,
    pub groups: SetEdit,
    pub policies: SetEdit,
    pub priority: Option<u64>,
    pub revoke_on_loss: Option<bool>,
    pub provenance: Option<String>,
    pub enabled: Option<bool>,
}

pub static RULE: Shape = Shape { noun: "rule", fields: &FIELDS };
static FIELDS: [&Field; 12] = fields(&MEMBERS);

type Row = Member<Rule>;

static MEMBERS: [Row; 12] = [
    Row::new("enabled", Kind::Flag, "Whether it counts.")
        .wire("enabled")
        .words("enabled", |rule| yes_no(rule.enabled))
        .get(|rule| Some(rule.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new(
        "kind",
        Kind::Word(&["exact_email", "email_domain", "github_org", "github_team"]),
        "What it looks at, with `subject`; or one of the next four.",
    )
    .wire("kind")
    .words("matches", subject_text)
    .get(|rule| Some(json!(rule.kind)))
    .set(|edit, value| edit.kind = value.as_str().map(RuleKind::from)),
    Row::new("subject", Kind::Text, "What that has to be.")
        .wire("subject")
        .get(|rule| Some(json!(rule.subject)))
        .set(|edit, value| edit.subject = text(value)),
    Row::new("domain", Kind::Text, "Matches every address of this domain, as `example.com`.")
        .set(|edit, value| matches(edit, RuleKind::EmailDomain, value)),
    Row::new("email", Kind::Email, "Matches this address.")
        .set(|edit, value| matches(edit, RuleKind::ExactEmail, value)),
    Row::new("github_org", Kind::Text, "Matches members of this GitHub organization.")
        .set(|edit, value| matches(edit, RuleKind::GithubOrg, value)),
    Row::new("github_team", Kind::Text, "Matches members of this GitHub team, as `org/team`.")
        .set(|edit, value| matches(edit, RuleKind::GithubTeam, value)),
    Row::new("groups", Kind::Texts, "Groups that it gives.")
        .wire("groups")
        .words("groups", |rule| listed(&rule.groups))
        .get(|rule| Some(json!(rule.groups)))
        .set(|edit, value| edit.groups = set(value)),
    Row::new("policies", Kind::Policies, "Policies that it gives.")
        .wire("policyIds")
        .words("policies", |rule| listed(&rule.policy_ids))
        .get(|rule| Some(json!(rule.policy_ids)))
        .set(|edit, value| edit.policies = set(value)),
    Row::new("priority", Kind::Whole { min: 0, max: MICROS_MAX }, "Lower comes first.")
        .wire("priority")
        .words("priority", |rule| rule.priority.to_string())
        .get(|rule| Some(rule.priority.into()))
        .set(|edit, value| edit.priority = value.as_u64()),
    Row::new("revoke_on_loss", Kind::Flag, "Whether who no longer matches loses them.")
        .wire("revokeOnLoss")
        .words("revokes on loss", |rule| yes_no(rule.revoke_on_loss))
        .get(|rule| Some(rule.revoke_on_loss.into()))
        .set(|edit, value| edit.revoke_on_loss = value.as_bool()),
    Row::new("provenance", Kind::Text, "Where the router believes it to come from.")
        .wire("provenance")
        .words("provenance", |rule| rule.provenance.clone())
        .get(|rule| Some(json!(rule.provenance)))
        .set(|edit, value| edit.provenance = text(value)),
];

/// The names that say in one word what a rule matches; the flags of `rule put` have them too.
const SHORT: [&str; 4] = ["domain", "email", "github_org", "github_team"];

fn matches(edit: &mut RuleEdit, kind: RuleKind, subject: &Value) {
    let written = subject.as_str().unwrap_or_default();
    let plain = match kind {
        RuleKind::EmailDomain => written.strip_prefix("*@").or(written.strip_prefix('@')),
        _ => None,
    };
    edit.subject = Some(plain.unwrap_or(written).to_owned());
    edit.kind = Some(kind);
}

/// A rule matches one thing, however it is written. Gives the names that say more than one.
pub fn check_match(is_named: impl Fn(&str) -> bool) -> Result<(), Vec<&'static str>> {
    let named = |name: &&str| is_named(name);
    let mut names: Vec<_> = SHORT.into_iter().filter(named).collect();
    let short = names.len();
    names.extend(["kind", "subject"].into_iter().filter(named));
    let is_one = short == 0 || names.len() == 1;
    if is_one { Ok(()) } else { Err(names) }
}

impl RuleEdit {
    pub fn apply(&self, rule: &Rule) -> Rule {
        let mut after = rule.clone();
        if let Some(kind) = &self.kind {
            after.kind = kind.clone();
        }
        if let Some(text) = &self.subject {
            after.subject = text.trim().to_lowercase();
        }
        if !self.groups.is_keep() {
            self.groups.apply(&mut after.groups);
            after.groups = groups(after.groups.iter().map(String::as_str));
        }
        self.policies.apply(&mut after.policy_ids);
        after.priority = self.priority.unwrap_or(after.priority);
        after.revoke_on_loss = self.revoke_on_loss.unwrap_or(after.revoke_on_loss);
        if let Some(text) = &self.provenance {
            after.provenance = text.trim().to_owned();
        }
        after.enabled = self.enabled.unwrap_or(after.enabled);
        after
    }
}

impl Resource for Rule {
    type Id = str;
    type Edit = RuleEdit;
    const KIND: &'static resource::Kind = &resource::RULE;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.rule_id)
    }

    fn apply(edit: &RuleEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut RuleEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    fn settle(&mut self, before: &Self) {
        let set = |ids: &[String]| ids.iter().cloned().collect::<BTreeSet<_>>();
        if set(&before.policy_ids) == set(&self.policy_ids) {
            self.policy_ids.clone_from(&before.policy_ids);
        }
    }

    fn policies(&self) -> Vec<String> {
        self.policy_ids.clone()
    }

    fn made(&self) -> Value {
        Self { unknown: Map::new(), ..self.clone() }.put_body()
    }
}
