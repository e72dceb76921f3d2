//! The keys that many were chosen from, each read when it is its turn.

use std::collections::HashMap;

use crate::client::{Client, Result};
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;

pub(crate) struct Members<'c> {
    client: &'c Client,
    /// The chosen keys of a router that only lists them: there, each look at one reads the list.
    listed: Option<HashMap<String, Credential>>,
}

impl<'c> Members<'c> {
    pub(crate) async fn of(
        client: &'c Client,
        is_member: impl Fn(&str) -> bool,
    ) -> Result<Members<'c>> {
        if client.has(Extension::ReadOne).await? {
            return Ok(Self { client, listed: None });
        }
        let keys = client.credentials_where(|key| is_member(&key.credential_id)).await?;
        let listed = keys.into_iter().map(|key| (key.credential_id.clone(), key)).collect();
        Ok(Self { client, listed: Some(listed) })
    }

    /// One of them, if the router has it.
    pub(crate) async fn read(&self, id: &str) -> Result<Option<Credential>> {
        if let Some(listed) = &self.listed {
            return Ok(listed.get(id).cloned());
        }
        self.client.find_one(id).await
    }
}
