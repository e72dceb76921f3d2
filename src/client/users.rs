//! Access users, and the policies that are bound to their addresses.

use http::{HeaderMap, Method};

use super::console::Console;
use super::edit::{Planned, SetEdit, check_unmoved, compare};
use super::error::{Error, Result};
use super::rows::{List, Pages, Rows};
use super::{As, Client};
use clawctl_wire::error::code;
use clawctl_wire::user::{AccessUser, UserGrants, grants_path, groups, user_path};

const NOUN: &str = "user";
const LIST: List =
    List::new("/v1/admin/access-users", "user list", &["users"]).by_pages(Pages::InProcess);

/// What is to become of a user. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct UserEdit {
    pub tenant: Option<String>,
    pub enabled: Option<bool>,
    pub groups: SetEdit,
    pub retention_disabled: Option<bool>,
}

impl UserEdit {
    pub fn apply(&self, user: &AccessUser) -> AccessUser {
        let Self { tenant, enabled, groups: edit, retention_disabled } = self;
        let mut after = user.clone();
        if let Some(text) = tenant {
            after.tenant_id = text.trim().to_owned();
        }
        if let Some(yes) = enabled {
            after.enabled = *yes;
        }
        if !edit.is_keep() {
            edit.apply(&mut after.groups);
            after.groups = groups(after.groups.iter().map(String::as_str));
        }
        if let Some(yes) = retention_disabled {
            after.content_retention_disabled = *yes;
        }
        after
    }
}

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

/// What becomes of an address that the router does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IfMissing {
    Fail,
    Create,
}

impl Client {
    pub async fn users(&self) -> Result<Vec<AccessUser>> {
        self.list(&LIST).await
    }

    /// The same, one after the other.
    pub async fn user_rows(&self) -> Result<Rows<'_, AccessUser>> {
        self.rows(&LIST).await
    }

    /// One user, by the address in lower case. No router can be asked for one.
    pub async fn user(&self, email: &str) -> Result<AccessUser> {
        self.find_user(email).await?.ok_or_else(|| Error::missing(NOUN, email, None))
    }

    /// One user with the policies that are bound to the address.
    pub async fn user_grants(&self, email: &str) -> Result<UserGrants> {
        Ok(UserGrants::of(self.user(email).await?, &self.bindings().await?))
    }

    async fn find_user(&self, email: &str) -> Result<Option<AccessUser>> {
        self.find(&LIST, NOUN, email, |user: &AccessUser| user.email == email).await
    }

    async fn find_user_grants(&self, email: &str) -> Result<Option<UserGrants>> {
        let Some(user) = self.find_user(email).await? else { return Ok(None) };
        Ok(Some(UserGrants::of(user, &self.bindings().await?)))
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_user_edit(
        &self,
        email: &str,
        edit: &UserEdit,
        missing: IfMissing,
        console: Console,
    ) -> Result<Planned<AccessUser>> {
        console.check_user(email)?;
        let before = self.find_user(email).await?;
        let base = match (&before, missing) {
            (Some(user), _) => user.clone(),
            (None, IfMissing::Create) => AccessUser::with_defaults(email),
            (None, IfMissing::Fail) => return Err(Error::missing(NOUN, email, None)),
        };
        Ok(Planned { after: edit.apply(&base), before, etag: None })
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
    pub async fn write_user(&self, planned: &Planned<AccessUser>) -> Result<AccessUser> {
        let email = planned.after.email.as_str();
        let now = self.find_user(email).await?.map(|user| user.put_body());
        check_unmoved(NOUN, email, planned.before.as_ref().map(AccessUser::put_body), now)?;
        let body = planned.after.put_body();
        self.put_user(&user_path(email), &body).await?;
        let read = self.user(email).await?;
        compare(NOUN, email, &body, &read.put_body())?;
        Ok(read)
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_user_grants(&self, planned: &Planned<UserGrants>) -> Result<UserGrants> {
        let email = planned.after.user.email.as_str();
        let now = self.find_user_grants(email).await?.map(|grants| grants.put_body());
        check_unmoved(NOUN, email, planned.before.as_ref().map(UserGrants::put_body), now)?;
        let body = planned.after.put_body();
        self.put_user(&grants_path(email), &body).await?;
        let read = self.user_grants(email).await?;
        compare(NOUN, email, &body, &read.put_body())?;
        Ok(read)
    }

    async fn put_user(&self, path: &str, body: &serde_json::Value) -> Result<()> {
        match self.call(Method::PUT, path, &As::Admin, HeaderMap::new(), Some(body)).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                let policies = body["policyIds"].as_array().into_iter().flatten();
                let ids = policies.filter_map(|id| id.as_str()).map(str::to_owned).collect();
                Err(self.which_policy_is_missing(ids, e).await)
            }
            done => done.map(drop),
        }
    }

    /// A router says only that one of them does not exist.
    pub(super) async fn which_policy_is_missing(&self, ids: Vec<String>, said: Error) -> Error {
        let Ok(known) = self.policies().await else { return said };
        let missing = ids.iter().find(|id| !known.iter().any(|policy| policy.policy_id == **id));
        match missing {
            Some(id) => Error::missing("policy", id, Some(&said)),
            None => said,
        }
    }
}
