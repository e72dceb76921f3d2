//! People who sign in, the policies that are bound to their addresses, and what rules give them.

use http::{HeaderMap, Method};
use serde_json::Value;

use super::console::Console;
use super::edit::{Planned, check_unmoved, compare};
use super::error::{Error, Result};
use super::write::IfMissing;
use super::{As, Client};
use crate::resource::{SetEdit, UserEdit};
use clawctl_wire::binding::Binding;
use clawctl_wire::error::code;
use clawctl_wire::rule::{Reconcile, Reconciled, ReconciledList, Rule};
use clawctl_wire::user::{AccessUser, UserGrants, grants_path};

const NOUN: &str = "user";

/// What is to become of a user and of the policies bound to the address.
#[derive(Debug, Clone, Default)]
pub struct GrantsEdit {
    pub policies: SetEdit,
    pub user: UserEdit,
}

impl GrantsEdit {
    pub fn apply(&self, grants: &UserGrants) -> UserGrants {
        let mut policy_ids = grants.policy_ids.iter().cloned().collect();
        self.policies.apply(&mut policy_ids);
        UserGrants {
            user: self.user.apply(&grants.user),
            policy_ids: policy_ids.into_iter().collect(),
        }
    }
}

impl Client {
    pub async fn users(&self) -> Result<Vec<AccessUser>> {
        self.all().await
    }

    pub async fn bindings(&self) -> Result<Vec<Binding>> {
        self.all().await
    }

    pub async fn rules(&self) -> Result<Vec<Rule>> {
        self.all().await
    }

    /// One user with the policies that are bound to the address.
    pub async fn user_grants(&self, email: &str) -> Result<UserGrants> {
        Ok(UserGrants::of(self.one(email).await?, &self.bindings().await?))
    }

    async fn find_user_grants(&self, email: &str) -> Result<Option<UserGrants>> {
        let Some(user) = self.find_one(email).await? else { return Ok(None) };
        Ok(Some(UserGrants::of(user, &self.bindings().await?)))
    }

    /// Thinks an edit of a user and of the policies bound to the address through.
    pub async fn plan_user_grants(
        &self,
        email: &str,
        edit: &GrantsEdit,
        missing: IfMissing,
        console: Console,
    ) -> Result<Planned<UserGrants>> {
        console.check_user(email)?;
        let before = self.find_user_grants(email).await?;
        let base = match (&before, missing) {
            (Some(grants), _) => grants.clone(),
            // Somebody may be bound to policies before there is a record of him.
            (None, IfMissing::Create) => {
                UserGrants::of(AccessUser::with_defaults(email), &self.bindings().await?)
            }
            (None, IfMissing::Fail) => return Err(Error::missing(NOUN, email, None)),
        };
        Ok(Planned { after: edit.apply(&base), before, etag: None })
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_user_grants(&self, planned: &Planned<UserGrants>) -> Result<UserGrants> {
        let email = planned.after.user.email.as_str();
        let now = self.find_user_grants(email).await?.map(|grants| grants.put_body());
        check_unmoved(NOUN, email, planned.before.as_ref().map(UserGrants::put_body), now)?;
        let body = planned.after.put_body();
        let path = grants_path(email);
        match self.call(Method::PUT, &path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                let ids = planned.after.policy_ids.iter().cloned().collect();
                return Err(self.which_policy_is_missing(ids, e).await);
            }
            done => done?,
        };
        let read = self.user_grants(email).await?;
        compare(NOUN, email, &body, &read.put_body())?;
        Ok(read)
    }

    /// Works out anew which groups the rules give, and says what came of it.
    pub async fn reconcile(&self, whom: &Reconcile, console: Console) -> Result<Vec<Reconciled>> {
        self.check_reconcile_for_console(whom, console).await?;
        let path = "/v1/admin/assignment-rules/reconcile";
        let body: Value = whom.body();
        let answer =
            self.call(Method::POST, path, &As::Admin, HeaderMap::new(), Some(&body)).await?;
        let list: ReconciledList = answer.read("reconciliation")?;
        Ok(list.results)
    }
}
