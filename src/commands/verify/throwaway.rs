//! A policy and a key that are good for nothing but to be refused.

use http::HeaderValue;
use zeroize::Zeroizing;

use crate::client::{Change, Client, NewCredential, PolicyEdit, sensitive};
use crate::error::Result;
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_wire::key::sha256_hex;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};

/// Nothing can be deleted from a router, so every run uses the same two, and leaves them off.
pub(super) const ID: &str = "clawctl_verify";

/// The two, switched on.
pub(super) struct Throwaway<'a> {
    client: &'a Client,
    bearer: HeaderValue,
}

impl<'a> Throwaway<'a> {
    /// Makes them, or takes up those of an earlier run. The budget is zero from the first moment.
    pub(super) async fn make(client: &'a Client) -> Result<Self> {
        let secret = Secret::generate()?;
        let hash = sha256_hex(secret.expose());
        let key = IssuedKey::join("live", ID, secret);
        let bearer = sensitive(&Zeroizing::new(format!("Bearer {}", key.text().expose())))?;
        let made = Self { client, bearer };
        made.reach(ProviderScope::All, Change::Keep).await?;
        let credential = NewCredential {
            policy_id: ID.to_owned(),
            principal_id: None,
            label: None,
            expires_at: None,
        };
        client.overwrite_credential(ID, &credential.put(&hash, true)).await?;
        Ok(made)
    }

    pub(super) fn bearer(&self) -> &HeaderValue {
        &self.bearer
    }

    /// Gives the policy another scope. It never has more than nothing to spend.
    pub(super) async fn reach(
        &self,
        scope: ProviderScope,
        models: Change<Vec<ModelPattern>>,
    ) -> Result<()> {
        let edit = PolicyEdit {
            scope: Some(scope.clone()),
            models,
            budget: Change::Set(Micros::ZERO),
            request_cost: Change::Clear,
            retain_content: Some(false),
            enabled: Some(true),
            ..PolicyEdit::default()
        };
        let planned = match self.client.plan_edit::<Policy>(ID, &edit).await {
            Err(crate::client::Error::Missing { .. }) => {
                let fresh = edit.apply(&Policy::with_defaults(ID, &scope));
                self.client.plan_new(fresh).await?
            }
            planned => planned?,
        };
        self.client.write(&planned).await?;
        Ok(())
    }

    pub(super) async fn revoke_key(&self) -> Result<()> {
        self.client.revoke_credential(ID).await?;
        Ok(())
    }

    pub(super) async fn disable_policy(&self) -> Result<()> {
        self.client.disable_policy(ID).await?;
        Ok(())
    }
}
