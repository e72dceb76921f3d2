//! Two routes that later routers have for what a PUT can do only with luck.
//!
//! A PUT creates or replaces, and says the whole state: between the look and the write somebody may
//! have made the same key, or revoked it, and the PUT undoes that. `POST …/credentials` refuses an id
//! that is taken, and `POST …/rotate` changes nothing but the hash and refuses a key that is revoked.
//!
//! No version and no list says whether a router has them, so it is asked, once, when the first key is
//! issued or rotated.

use http::{HeaderMap, Method};
use serde_json::{Value, json};

use super::{LIST, NOUN};
use crate::client::error::{Error, Result};
use crate::client::transport::Outgoing;
use crate::client::{As, Client};
use clawctl_wire::credential::{PutCredential, SecretHash};
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;

/// The shortest id that can be created; a PUT takes shorter ones.
const CREATED_ID_CHARS_MIN: usize = 4;

impl Client {
    /// Does the router create and rotate keys by routes of their own?
    ///
    /// The embedded router does not need them: its writes carry a condition.
    pub(super) async fn has_key_routes(&self) -> Result<bool> {
        if self.has(Extension::Revision).await? {
            return Ok(false);
        }
        if let Some(known) = self.key_routes.get() {
            return Ok(known);
        }
        let body = Some(json!({}).to_string().into_bytes());
        let outgoing = self.outgoing(Method::POST, LIST.path, &As::Admin, body);
        let hidden = self.hidden(&outgoing);
        // It names no key, so it changes nothing and nobody is told.
        let outgoing = Outgoing { changes_nothing: true, ..outgoing };
        let answer = hidden.hide_in_refusal(self.send(outgoing).await?);
        let refusal = answer.refusal();
        let has = match refusal.code() {
            code::INVALID_CREDENTIAL => true,
            // A token that is refused here is refused everywhere.
            _ if matches!(answer.status, 401 | 403) => return Err(refusal),
            _ => false,
        };
        self.key_routes.set(Some(has));
        Ok(has)
    }

    /// Asks for these routes before anything is looked at, so that the question does not stand
    /// between the look and the write, where somebody else may write.
    pub async fn learn_key_routes(&self) -> Result<()> {
        self.has_key_routes().await.map(drop)
    }

    /// Does the router refuse to rotate a key that does not work?
    pub async fn rotates_active_keys_only(&self) -> Result<bool> {
        self.has_key_routes().await
    }

    /// Creates a key, unless there is one. Nothing if the router has no such route.
    pub(super) async fn create_by_route(
        &self,
        id: &str,
        put: &PutCredential,
    ) -> Result<Option<()>> {
        let SecretHash::Sha256(secret_sha256) = &put.secret else { return Ok(None) };
        if id.chars().count() < CREATED_ID_CHARS_MIN || !self.has_key_routes().await? {
            return Ok(None);
        }
        let body = json!({
            "credentialId": id,
            "policyId": put.policy_id,
            "secretSha256": secret_sha256,
            "enabled": put.enabled,
            "principalId": put.principal_id,
        });
        match self.call_key_route(LIST.path, &body).await {
            // It may be what the first of two attempts made; the key itself shows whose it is.
            Err(e) if e.code() == code::CREDENTIAL_EXISTS => {
                Err(Error::Exists { noun: NOUN, id: id.to_owned() })
            }
            answer => answer,
        }
    }

    /// Gives an active key another hash. Nothing if the router has no such route.
    pub(super) async fn rotate_by_route(
        &self,
        id: &str,
        secret_sha256: &str,
    ) -> Result<Option<()>> {
        if !self.has_key_routes().await? {
            return Ok(None);
        }
        let path = format!("{}/{id}/rotate", LIST.path);
        match self.call_key_route(&path, &json!({ "secretSha256": secret_sha256 })).await {
            Err(e) if e.code() == code::UNKNOWN_CREDENTIAL => {
                Err(Error::missing(NOUN, id, Some(&e)))
            }
            answer => answer,
        }
    }

    /// Nothing if the route is gone; then the next operation asks again.
    async fn call_key_route(&self, path: &str, body: &Value) -> Result<Option<()>> {
        match self.call(Method::POST, path, &As::Admin, HeaderMap::new(), Some(body)).await {
            Ok(_) => Ok(Some(())),
            Err(e) if matches!(e.code(), code::ROUTE_NOT_FOUND | code::METHOD_NOT_ALLOWED) => {
                self.key_routes.set(None);
                Ok(None)
            }
            Err(e) => Err(e),
        }
    }
}
