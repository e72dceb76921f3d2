//! Assignment rules, and the reconciliation of users with them.

use http::{HeaderMap, Method};

use super::console::Console;
use super::edit::{Planned, SetEdit, check_unmoved, compare};
use super::error::{Error, Result};
use super::rows::{List, Rows};
use super::{As, Client};
use clawctl_wire::error::code;
use clawctl_wire::rule::{Reconcile, Reconciled, ReconciledList, Rule, RuleKind};
use clawctl_wire::user::groups;

const NOUN: &str = "rule";
const LIST: List = List::new("/v1/admin/assignment-rules", "rule list", &["rules"]);

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

impl RuleEdit {
    pub fn apply(&self, rule: &Rule) -> Rule {
        let Self {
            kind,
            subject,
            groups: edit,
            policies,
            priority,
            revoke_on_loss,
            provenance,
            enabled,
        } = self;
        let mut after = rule.clone();
        if let Some(word) = kind {
            after.kind = word.clone();
        }
        if let Some(text) = subject {
            after.subject = text.trim().to_lowercase();
        }
        if !edit.is_keep() {
            edit.apply(&mut after.groups);
            after.groups = groups(after.groups.iter().map(String::as_str));
        }
        policies.apply(&mut after.policy_ids);
        if let Some(number) = priority {
            after.priority = *number;
        }
        if let Some(yes) = revoke_on_loss {
            after.revoke_on_loss = *yes;
        }
        if let Some(text) = provenance {
            after.provenance = text.trim().to_owned();
        }
        if let Some(yes) = enabled {
            after.enabled = *yes;
        }
        after
    }
}

impl Client {
    pub async fn rules(&self) -> Result<Vec<Rule>> {
        self.list(&LIST).await
    }

    /// The same, one after the other.
    pub async fn rule_rows(&self) -> Result<Rows<'_, Rule>> {
        self.rows(&LIST).await
    }

    /// One rule. No router can be asked for one.
    pub async fn rule(&self, id: &str) -> Result<Rule> {
        self.find_rule(id).await?.ok_or_else(|| Error::missing(NOUN, id, None))
    }

    async fn find_rule(&self, id: &str) -> Result<Option<Rule>> {
        self.find(&LIST, NOUN, id, |rule: &Rule| rule.rule_id == id).await
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_rule_edit(
        &self,
        id: &str,
        edit: &RuleEdit,
        console: Console,
    ) -> Result<Planned<Rule>> {
        let before = self.rule(id).await?;
        let after = edit.apply(&before);
        self.check_rule_for_console(&after, console).await?;
        Ok(Planned { before: Some(before), after, etag: None })
    }

    /// Plans a rule that must not exist yet.
    pub async fn plan_new_rule(&self, rule: Rule, console: Console) -> Result<Planned<Rule>> {
        if self.find_rule(&rule.rule_id).await?.is_some() {
            return Err(Error::Exists { noun: NOUN, id: rule.rule_id });
        }
        self.check_rule_for_console(&rule, console).await?;
        Ok(Planned { before: None, after: rule, etag: None })
    }

    /// Writes what was planned, reads it back and compares. The router then reconciles every user.
    pub async fn write_rule(&self, planned: &Planned<Rule>) -> Result<Rule> {
        let id = planned.after.rule_id.as_str();
        let now = self.find_rule(id).await?.map(|rule| rule.put_body());
        check_unmoved(NOUN, id, planned.before.as_ref().map(Rule::put_body), now)?;
        let body = planned.after.put_body();
        let path = format!("/v1/admin/assignment-rules/{id}");
        match self.call(Method::PUT, &path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                Err(self.which_policy_is_missing(planned.after.policy_ids.clone(), e).await)
            }
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.rule(id).await?;
                compare(NOUN, id, &body, &read.put_body())?;
                Ok(read)
            }
        }
    }

    /// Works out anew which groups the rules give, and says what came of it.
    pub async fn reconcile(&self, whom: &Reconcile, console: Console) -> Result<Vec<Reconciled>> {
        self.check_reconcile_for_console(whom, console).await?;
        let path = "/v1/admin/assignment-rules/reconcile";
        let body = whom.body();
        let answer =
            self.call(Method::POST, path, &As::Admin, HeaderMap::new(), Some(&body)).await?;
        let list: ReconciledList = answer.read("reconciliation")?;
        Ok(list.results)
    }
}
