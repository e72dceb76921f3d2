//! Credentials: the router's side of issued keys.

mod routes;

use std::collections::HashMap;

use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::edit::compare;
use super::error::{Error, Result};
use super::rows::{List, Pages, Rows};
use super::{As, Client};
use clawctl_wire::credential::{Credential, CredentialHash, PutCredential, SecretHash};
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;

const NOUN: &str = "key";
const LIST: List =
    List::new("/v1/admin/credentials", "key list", &["credentials"]).by_pages(Pages::Everywhere);
const HASHES: List = List::new("/v1/admin/credential-hashes", "list of hashes", &["hashes"])
    .by_pages(Pages::Everywhere);

/// What a new credential is to be.
#[derive(Debug, Clone)]
pub struct NewCredential {
    pub policy_id: String,
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<Timestamp>,
}

impl NewCredential {
    pub fn put(&self, secret_sha256: &str, enabled: bool) -> PutCredential {
        PutCredential {
            secret: SecretHash::Sha256(secret_sha256.to_owned()),
            policy_id: self.policy_id.clone(),
            enabled,
            principal_id: self.principal_id.clone(),
            label: self.label.clone(),
            expires_at: self.expires_at,
            unknown: Map::new(),
        }
    }
}

/// A credential with the revision that it was read at.
#[derive(Debug, Clone)]
pub struct ReadCredential {
    pub credential: Credential,
    etag: Option<HeaderValue>,
}

impl Client {
    /// All credentials, one after the other. However many there are, only one is in memory.
    pub async fn credential_rows(&self) -> Result<Rows<'_, Credential>> {
        self.rows(&LIST).await
    }

    /// Those of all credentials that are wanted. The others are not kept.
    pub async fn credentials_where(
        &self,
        is_wanted: impl FnMut(&Credential) -> bool,
    ) -> Result<Vec<Credential>> {
        self.credential_rows().await?.filter(is_wanted).await
    }

    /// One credential. A router that cannot read one is asked for all.
    pub async fn credential(&self, id: &str) -> Result<Credential> {
        Ok(self.read_credential(id).await?.credential)
    }

    pub async fn read_credential(&self, id: &str) -> Result<ReadCredential> {
        let (credential, etag) = self.look_up(id).await?;
        Ok(ReadCredential { credential, etag })
    }

    /// Extension `credential.hash`: the hashes of the secrets of those keys whose ids are wanted, by
    /// the id.
    pub async fn credential_hashes(
        &self,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Result<HashMap<String, String>> {
        let rows = self.credential_hash_rows().await?;
        let hashes = rows.filter(|row| is_wanted(&row.credential_id)).await?.into_iter();
        Ok(hashes.map(|it| (it.credential_id, it.secret_sha256)).collect())
    }

    /// The hashes of all secrets, one after the other.
    pub async fn credential_hash_rows(&self) -> Result<Rows<'_, CredentialHash>> {
        self.require(Extension::CredentialHash, "--with-key-hashes").await?;
        self.rows(&HASHES).await
    }

    /// Registers a credential that must not exist yet.
    pub async fn create_credential(&self, id: &str, put: &PutCredential) -> Result<Credential> {
        let (label_known, expiry_known) = self.takes(put).await?;
        if self.create_by_route(id, put).await?.is_some() {
            return self.read_back(id, put, label_known, expiry_known).await;
        }
        let headers = self.guard(true, None).await?;
        match self.put_credential(id, put, headers).await {
            Err(Error::Changed { .. }) => Err(Error::Exists { noun: NOUN, id: id.to_owned() }),
            other => other,
        }
    }

    /// Writes over a credential as it was read; refused where the router knows that it moved on.
    pub async fn edit_credential(
        &self,
        read: &ReadCredential,
        put: &PutCredential,
    ) -> Result<Credential> {
        let headers = self.guard(false, read.etag.as_ref()).await?;
        self.put_credential(&read.credential.credential_id, put, headers).await
    }

    /// Gives a credential another hash and leaves all else as it is.
    ///
    /// A key that was read as revoked stays revoked: a router that refuses to rotate one is sent the
    /// whole record, which says so.
    pub async fn rotate_credential(&self, id: &str, secret_sha256: &str) -> Result<Credential> {
        self.learn_key_routes().await?;
        let read = self.read_credential(id).await?;
        if read.credential.enabled && self.rotate_by_route(id, secret_sha256).await?.is_some() {
            return self.credential(id).await;
        }
        let secret = SecretHash::Sha256(secret_sha256.to_owned());
        let put = PutCredential::unchanged(&read.credential, secret);
        self.edit_credential(&read, &put).await
    }

    /// Writes over a credential whatever its revision: for a step that may be repeated.
    pub async fn overwrite_credential(&self, id: &str, put: &PutCredential) -> Result<Credential> {
        self.put_credential(id, put, HeaderMap::new()).await
    }

    async fn put_credential(
        &self,
        id: &str,
        put: &PutCredential,
        headers: HeaderMap,
    ) -> Result<Credential> {
        let (label_known, expiry_known) = self.takes(put).await?;
        let body = put.body(label_known, expiry_known);
        let path = format!("/v1/admin/credentials/{id}");
        let refused = match self.call(Method::PUT, &path, &As::Admin, headers, Some(&body)).await {
            Ok(_) => false,
            Err(e) if e.code() == code::REVISION_MISMATCH => true,
            Err(e) => return Err(e),
        };
        match self.read_back(id, put, label_known, expiry_known).await {
            // A repetition after a lost answer meets its own trace. But the hash cannot be read
            // back: a stranger's credential of the same shape must not be taken for ours.
            Ok(_) | Err(Error::Mismatch { .. }) if refused => {
                Err(Error::Changed { noun: NOUN, id: id.to_owned() })
            }
            read => read,
        }
    }

    /// Whether the router knows labels and expiry. Refuses what it would drop.
    async fn takes(&self, put: &PutCredential) -> Result<(bool, bool)> {
        let label_known = self.has(Extension::CredentialMetadata).await?;
        let expiry_known = self.has(Extension::CredentialExpiresAt).await?;
        let needs = [
            (put.label.is_some() && !label_known, Extension::CredentialMetadata, "--label"),
            (
                put.expires_at.is_some() && !expiry_known,
                Extension::CredentialExpiresAt,
                "--expires",
            ),
        ];
        for (lacking, extension, flag) in needs {
            if lacking {
                return Err(Error::NeedsExtension { extension, flag: flag.to_owned() });
            }
        }
        Ok((label_known, expiry_known))
    }

    async fn read_back(
        &self,
        id: &str,
        put: &PutCredential,
        label_known: bool,
        expiry_known: bool,
    ) -> Result<Credential> {
        let read = self.credential(id).await?;
        compare(NOUN, id, &visible(put, label_known, expiry_known), &shown(&read))?;
        Ok(read)
    }

    /// Switches a credential off by the router's own verb, which touches nothing else.
    pub async fn revoke_credential(&self, id: &str) -> Result<Credential> {
        self.look_before(&format!("/v1/admin/credentials/{id}")).await?;
        let path = format!("/v1/admin/credentials/{id}/revoke");
        match self.call(Method::POST, &path, &As::Admin, HeaderMap::new(), None).await {
            Err(e) if e.code() == code::UNKNOWN_CREDENTIAL => {
                Err(Error::missing(NOUN, id, Some(&e)))
            }
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.credential(id).await?;
                let found = json!({ "enabled": read.enabled });
                compare(NOUN, id, &json!({ "enabled": false }), &found)?;
                Ok(read)
            }
        }
    }
}

/// The members of a write that can be read back.
fn visible(put: &PutCredential, label_known: bool, expiry_known: bool) -> Value {
    let mut body = put.body(label_known, expiry_known);
    if let Some(members) = body.as_object_mut() {
        members.remove("secretSha256");
        members.remove("keepSecret");
        // The router stores principals in lower case.
        let principal = put.principal_id.as_ref().map(|text| text.trim().to_lowercase());
        members.insert("principalId".into(), json!(principal));
    }
    body
}

fn shown(credential: &Credential) -> Value {
    serde_json::to_value(credential).unwrap_or(Value::Null)
}
