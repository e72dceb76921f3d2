//! Upstream grants.

mod secrets;

use http::Method;
use serde_json::{Map, Value, json};

pub use self::secrets::GrantSecrets;
use super::edit::compare;
use super::error::{Error, Result};
use super::rows::{List, Rows};
use super::transport::Answer;
use super::{As, Client};
use crate::resource::GrantEdit;
use clawctl_wire::error::code;
use clawctl_wire::grant::{Authorization, Grant, GrantKey, GrantKind, PATH, PutGrant, PutRefresh};

const NOUN: &str = "grant";
const LIST: List = List::new(PATH, "grant list", &["grants"]);

/// A write of a grant that has been thought through but not sent.
#[derive(Debug)]
pub struct PlannedGrant {
    pub key: GrantKey,
    /// What the router has now; `None` where it will be created.
    pub before: Option<Grant>,
    pub put: PutGrant,
    pub secrets: GrantSecrets,
}

impl PlannedGrant {
    /// The body that would be sent, with `[secret]` for each secret.
    pub fn shown_body(&self) -> Value {
        let mut body = self.put.body();
        body.extend(self.secrets.masked());
        Value::Object(body)
    }

    /// What must read back: which secrets there are, and where tokens are renewed.
    fn expected(&self) -> Map<String, Value> {
        let had = |has: fn(&Grant) -> bool| self.before.as_ref().is_some_and(has);
        let GrantSecrets { credential, access_token, refresh_token, bundle } = &self.secrets;
        let fields = match (bundle.is_empty(), &self.before) {
            (false, _) => bundle.keys().cloned().collect(),
            (true, Some(before)) => sorted(&before.credential_fields),
            (true, None) => Vec::new(),
        };
        let mut expected = self.put.body();
        expected.remove("refresh");
        let mut member = |name: &str, value: Value| expected.insert(name.to_owned(), value);
        member("hasCredential", (credential.is_some() || had(|g| g.has_credential)).into());
        member("hasAccessToken", (access_token.is_some() || had(|g| g.has_access_token)).into());
        member("hasRefreshToken", (refresh_token.is_some() || had(|g| g.has_refresh_token)).into());
        member("credentialFields", fields.into());
        match &self.put.refresh {
            PutRefresh::Keep => {}
            PutRefresh::Clear => drop(member("refreshConfigured", false.into())),
            PutRefresh::Set(refresh) => {
                member("refreshTokenUrl", refresh.token_url.as_str().into());
                member("clientIdConfig", refresh.client_id_config.as_deref().into());
                member("clientSecretConfig", refresh.client_secret_config.as_deref().into());
            }
        }
        expected
    }
}

/// What can be compared of a grant as it reads back.
fn found(grant: &Grant) -> Value {
    let put = PutGrant { keep_warm: grant.keeps_warm(), ..PutGrant::unchanged(grant) };
    let mut found = put.body();
    let mut member = |name: &str, value: Value| found.insert(name.to_owned(), value);
    member("hasCredential", grant.has_credential.into());
    member("hasAccessToken", grant.has_access_token.into());
    member("hasRefreshToken", grant.has_refresh_token.into());
    member("credentialFields", sorted(&grant.credential_fields).into());
    member("refreshConfigured", grant.refresh_configured.into());
    member("refreshTokenUrl", grant.refresh_token_url.as_deref().into());
    member("clientIdConfig", grant.client_id_config.as_deref().into());
    member("clientSecretConfig", grant.client_secret_config.as_deref().into());
    Value::Object(found)
}

fn sorted(names: &[String]) -> Vec<String> {
    let mut names = names.to_vec();
    names.sort_unstable();
    names
}

impl Client {
    pub async fn grants(&self) -> Result<Vec<Grant>> {
        self.list(&LIST).await
    }

    /// The same, one after the other.
    pub async fn grant_rows(&self) -> Result<Rows<'_, Grant>> {
        self.rows(&LIST).await
    }

    /// One grant. No router can read one, so it is looked up among all.
    pub async fn grant(&self, key: &GrantKey) -> Result<Grant> {
        let found = self.find_grant(key).await?;
        found.ok_or_else(|| Error::missing(NOUN, &key.to_string(), None))
    }

    async fn find_grant(&self, key: &GrantKey) -> Result<Option<Grant>> {
        let is_it = |grant: &Grant| grant.name().as_ref() == Some(key);
        self.find(&LIST, NOUN, &key.to_string(), is_it).await
    }

    /// Thinks an edit through without sending it. A secret that is not given stays. `new` is what
    /// the edit starts from where there is no such grant yet.
    pub async fn plan_grant(
        &self,
        key: &GrantKey,
        edit: &GrantEdit,
        secrets: GrantSecrets,
        new: Option<PutGrant>,
    ) -> Result<PlannedGrant> {
        let before = self.find_grant(key).await?;
        let unchanged = before.as_ref().map(PutGrant::unchanged);
        let Some(mut put) = unchanged.or(new) else {
            return Err(Error::missing(NOUN, &key.to_string(), None));
        };
        edit.apply(&mut put, secrets.access_token.is_some());
        if self.would_keep_warm(before.as_ref(), &put).await? {
            put.keep_warm = Some(false);
        }
        Ok(PlannedGrant { key: key.clone(), before, put, secrets })
    }

    /// Would this write have the router send requests of its own with a subscription, which nobody
    /// asked for? A router that does so names it in the provider's transports.
    async fn would_keep_warm(&self, before: Option<&Grant>, put: &PutGrant) -> Result<bool> {
        let is_subscription = |kind: &GrantKind| *kind == GrantKind::Subscription;
        let was_one =
            before.is_some_and(|it| is_subscription(&it.kind) || it.keeps_warm().is_some());
        if was_one || !is_subscription(&put.kind) {
            return Ok(false);
        }
        let providers = self.providers().await?.providers;
        let provider = providers.iter().find(|provider| provider.id == put.provider);
        let transport = provider.and_then(|it| it.auth.grant_transports.get(put.kind.as_str()));
        let keep_warm = transport.and_then(|it| it.get("maintenance")?.get("keepWarm"));
        Ok(keep_warm.is_some_and(|it| !it.is_null()))
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_grant(&self, planned: &PlannedGrant) -> Result<Grant> {
        let id = planned.key.to_string();
        // There is no precondition for grants, so the state is read once more instead.
        match (&planned.before, self.find_grant(&planned.key).await?) {
            (None, Some(_)) => return Err(Error::Exists { noun: NOUN, id }),
            (Some(_), None) => return Err(Error::missing(NOUN, &id, None)),
            (Some(before), Some(now)) if !is_as_it_was(before, &now) => {
                return Err(Error::Changed { noun: NOUN, id });
            }
            _ => {}
        }
        let mut outgoing = self.outgoing(Method::PUT, &planned.key.path(), &As::Admin, None);
        Self::give_body(&mut outgoing, planned.secrets.body(&planned.put.body()));
        let hidden = self.hidden(&outgoing).and(planned.secrets.all());
        hidden.hide_in_refusal(self.send(outgoing).await?).accepted()?;
        let read = self.grant(&planned.key).await?;
        compare(NOUN, &id, &Value::Object(planned.expected()), &found(&read))?;
        Ok(read)
    }

    /// Erases the secrets of a grant and switches it off.
    pub async fn revoke_grant(&self, key: &GrantKey) -> Result<Grant> {
        self.act_on_grant(key, "revoke", true, None).await?;
        let read = self.grant(key).await?;
        let revoked = |enabled: bool, secret: bool| json!({ "enabled": enabled, "secret": secret });
        let secret = read.has_credential
            || read.has_access_token
            || read.has_refresh_token
            || !read.credential_fields.is_empty();
        let (sent, read_back) = (revoked(false, false), revoked(read.enabled, secret));
        compare(NOUN, &key.to_string(), &sent, &read_back)?;
        Ok(read)
    }

    /// Has the router renew the access token of a grant now.
    pub async fn refresh_grant(&self, key: &GrantKey) -> Result<Grant> {
        // A token that was renewed without our hearing of it is not renewed once more.
        self.act_on_grant(key, "refresh", false, None).await?.read("grant")
    }

    /// Has the router ask the provider what is left of a grant's limits.
    pub async fn refresh_grant_quota(&self, key: &GrantKey) -> Result<Grant> {
        self.act_on_grant(key, "quota-refresh", false, None).await?.read("grant")
    }

    /// Asks where a browser could authorize a grant. An admin token alone may not.
    pub async fn authorize_grant(
        &self,
        key: &GrantKey,
        provider: &str,
        priority: Option<u64>,
        weight: Option<serde_json::Number>,
    ) -> Result<Authorization> {
        let mut body = json!({ "provider": provider });
        let members =
            [("priority", priority.map(Value::from)), ("weight", weight.map(Value::Number))];
        for (name, value) in members {
            if let Some(value) = value {
                body[name] = value;
            }
        }
        self.act_on_grant(key, "authorize", false, Some(&body)).await?.read("authorization")
    }

    async fn act_on_grant(
        &self,
        key: &GrantKey,
        verb: &str,
        repeatable: bool,
        body: Option<&Value>,
    ) -> Result<Answer> {
        let path = format!("{}/{verb}", key.path());
        let body = body.map(|body| body.to_string().into_bytes());
        let mut outgoing = self.outgoing(Method::POST, &path, &As::Admin, body);
        outgoing.repeatable = repeatable;
        let hidden = self.hidden(&outgoing);
        match hidden.hide_in_refusal(self.send(outgoing).await?).accepted() {
            Err(e) if e.code() == code::UNKNOWN_UPSTREAM_GRANT => {
                Err(Error::missing(NOUN, &key.to_string(), Some(&e)))
            }
            answer => answer,
        }
    }
}

/// Whether nobody wrote a grant between two looks at it. What is seen of it at its provider
/// changes all the time and is not meant.
fn is_as_it_was(before: &Grant, now: &Grant) -> bool {
    found(before) == found(now) && before.revoked_at == now.revoked_at
}

#[cfg(test)]
mod tests;
