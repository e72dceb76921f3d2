//! Policy bindings.

use http::{HeaderMap, Method};

use super::edit::{Planned, check_unmoved, compare};
use super::error::{Error, Result};
use super::rows::{List, Rows};
use super::users::IfMissing;
use super::{As, Client};
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::error::code;

const NOUN: &str = "binding";
const LIST: List = List::new("/v1/admin/policy-bindings", "binding list", &["bindings"]);

/// What is to become of a binding. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct BindingEdit {
    pub enabled: Option<bool>,
    pub priority: Option<u64>,
}

impl BindingEdit {
    pub fn apply(&self, binding: &Binding) -> Binding {
        let Self { enabled, priority } = self;
        let mut after = binding.clone();
        if let Some(yes) = enabled {
            after.enabled = *yes;
        }
        if let Some(number) = priority {
            after.priority = *number;
        }
        after
    }
}

impl Client {
    pub async fn bindings(&self) -> Result<Vec<Binding>> {
        self.list(&LIST).await
    }

    /// The same, one after the other.
    pub async fn binding_rows(&self) -> Result<Rows<'_, Binding>> {
        self.rows(&LIST).await
    }

    pub async fn binding(&self, key: &BindingKey) -> Result<Binding> {
        self.find_binding(key).await?.ok_or_else(|| Error::missing(NOUN, &key.to_string(), None))
    }

    async fn find_binding(&self, key: &BindingKey) -> Result<Option<Binding>> {
        let is_it = |binding: &Binding| binding.key() == *key;
        let BindingKey { principal_type, principal_id, policy_id } = key;
        let id = format!("{principal_type}/{principal_id}/{policy_id}");
        self.find(&LIST, NOUN, &id, is_it).await
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_binding_edit(
        &self,
        key: &BindingKey,
        edit: &BindingEdit,
        missing: IfMissing,
    ) -> Result<Planned<Binding>> {
        let before = self.find_binding(key).await?;
        let base = match (&before, missing) {
            (Some(binding), _) => binding.clone(),
            (None, IfMissing::Create) => Binding::with_defaults(key),
            (None, IfMissing::Fail) => return Err(Error::missing(NOUN, &key.to_string(), None)),
        };
        Ok(Planned { after: edit.apply(&base), before, etag: None })
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_binding(&self, planned: &Planned<Binding>) -> Result<Binding> {
        let key = planned.after.key();
        let id = key.to_string();
        let now = self.find_binding(&key).await?.map(|binding| binding.put_body());
        check_unmoved(NOUN, &id, planned.before.as_ref().map(Binding::put_body), now)?;
        let body = planned.after.put_body();
        let path = "/v1/admin/policy-bindings";
        match self.call(Method::PUT, path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                Err(Error::missing("policy", &key.policy_id, Some(&e)))
            }
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.binding(&key).await?;
                compare(NOUN, &id, &body, &read.put_body())?;
                Ok(read)
            }
        }
    }
}
