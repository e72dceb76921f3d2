//! What a write of a grant says of where its token is renewed.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use url::Url;

use super::refuse;
use crate::address::is_safe_address;
use crate::grant::record::RefreshFacts;
use crate::refusal::Refusal;
use clawctl_secret::Secret;

const SHAPE: &str = "`refresh` takes an object with `tokenUrl`, and perhaps `clientId`, \
    `clientIdConfig`, `clientSecretConfig` and `extraParams`, all of them texts, or null";

/// What makes a refresh one. Anything else in their place would send another request.
const TAKEN: [&str; 2] = ["grant_type", "refresh_token"];

/// A place that was given, or null for none.
#[derive(Debug, Default)]
pub(super) struct GivenRefresh {
    pub(super) facts: Option<RefreshFacts>,
    /// What is sent there may be secret, so it is sealed with the secrets.
    pub(super) extra_params: BTreeMap<String, Secret>,
}

impl GivenRefresh {
    pub(super) fn take(members: &mut Map<String, Value>) -> Result<Option<Self>, Refusal> {
        let mut inner = match members.remove("refresh") {
            None => return Ok(None),
            Some(Value::Null) => return Ok(Some(Self::default())),
            Some(Value::Object(inner)) => inner,
            Some(_) => return Err(refuse(SHAPE)),
        };
        let extra_params = extra_params(inner.remove("extraParams"))?;
        let mut text = |name: &str| match inner.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) if !text.trim().is_empty() => {
                Ok(Some(text.trim().to_owned()))
            }
            Some(_) => Err(refuse(SHAPE)),
        };
        let token_url = text("tokenUrl")?.ok_or_else(|| refuse(SHAPE))?;
        if !Url::parse(&token_url).is_ok_and(|url| is_safe_address(&url)) {
            return Err(refuse(
                "`refresh.tokenUrl` must use https, or be on this machine: the refresh token is \
                 sent there",
            ));
        }
        let facts = RefreshFacts {
            token_url,
            client_id: text("clientId")?,
            client_id_config: text("clientIdConfig")?,
            client_secret_config: text("clientSecretConfig")?,
        };
        Ok(Some(Self { facts: Some(facts), extra_params }))
    }
}

fn extra_params(value: Option<Value>) -> Result<BTreeMap<String, Secret>, Refusal> {
    match value {
        None | Some(Value::Null) => Ok(BTreeMap::new()),
        Some(Value::Object(members)) => members
            .into_iter()
            .map(|(name, value)| match value {
                Value::String(_) if TAKEN.contains(&name.as_str()) => Err(refuse(
                    "`refresh.extraParams` cannot hold what the router sets itself: `grant_type` \
                     and `refresh_token`",
                )),
                Value::String(text) => Ok((name, Secret::new(text))),
                _ => Err(refuse(SHAPE)),
            })
            .collect(),
        Some(_) => Err(refuse(SHAPE)),
    }
}
