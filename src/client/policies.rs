//! Policies.

use http::{HeaderMap, HeaderValue, Method, header};

use super::edit::{Change, Planned, compare};
use super::error::{Error, Result};
use super::routing::RoutingEdit;
use super::rows::{List, Pages, Rows};
use super::{As, Client, condition};
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, ENVIRONMENT_FALLBACK, Policy, ProviderScope};

const NOUN: &str = "policy";
const LIST: List =
    List::new("/v1/admin/policies", "policy list", &["policies"]).by_pages(Pages::InProcess);

/// What is to become of a policy. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct PolicyEdit {
    pub scope: Option<ProviderScope>,
    pub models: Change<Vec<ModelPattern>>,
    pub budget: Change<Micros>,
    pub request_cost: Change<Micros>,
    pub budget_scope: Option<BudgetScope>,
    pub tenant: Option<String>,
    pub token_role: Option<String>,
    pub retain_content: Option<bool>,
    pub environment_fallback: Option<bool>,
    pub routing: RoutingEdit,
    pub enabled: Option<bool>,
}

impl PolicyEdit {
    /// The policy as it will be. Pure, so that it can be shown before anything is sent.
    pub fn apply(&self, policy: &Policy) -> Policy {
        let Self {
            scope,
            models,
            budget,
            request_cost,
            budget_scope,
            tenant,
            token_role,
            retain_content,
            environment_fallback,
            routing,
            enabled,
        } = self;
        let mut after = policy.clone();
        if let Some(scope) = scope {
            after.providers = match scope {
                ProviderScope::All => Vec::new(),
                ProviderScope::Only(ids) => ids.iter().cloned().collect(),
            };
        }
        models.apply(&mut after.models);
        budget.apply(&mut after.monthly_budget_micros);
        request_cost.apply(&mut after.request_cost_micros);
        if let Some(word) = budget_scope {
            after.budget_scope = word.clone();
        }
        if let Some(text) = tenant {
            after.tenant_id = text.trim().to_owned();
        }
        if let Some(text) = token_role {
            after.token_role = text.trim().to_owned();
        }
        if let Some(yes) = retain_content {
            after.retain_request_content = *yes;
        }
        after.grant_routing = routing.apply(&after.grant_routing);
        if let (Some(yes), Some(routing)) =
            (environment_fallback, after.grant_routing.as_object_mut())
        {
            // Without it, the members are those of the contract.
            match yes {
                true => drop(routing.insert(ENVIRONMENT_FALLBACK.to_owned(), true.into())),
                false => drop(routing.remove(ENVIRONMENT_FALLBACK)),
            }
        }
        if let Some(yes) = enabled {
            after.enabled = *yes;
        }
        after
    }
}

impl Client {
    pub async fn policies(&self) -> Result<Vec<Policy>> {
        self.list(&LIST).await
    }

    /// The same, one after the other.
    pub async fn policy_rows(&self) -> Result<Rows<'_, Policy>> {
        self.rows(&LIST).await
    }

    /// One policy. A router that cannot read one is asked for all.
    pub async fn policy(&self, id: &str) -> Result<Policy> {
        Ok(self.policy_with_etag(id).await?.0)
    }

    async fn policy_with_etag(&self, id: &str) -> Result<(Policy, Option<HeaderValue>)> {
        let missing = |said: Option<&Error>| Error::missing(NOUN, id, said);
        if !self.has(Extension::ReadOne).await? {
            let found = self.find(&LIST, NOUN, id, |policy: &Policy| policy.policy_id == id);
            return found.await?.map(|policy| (policy, None)).ok_or_else(|| missing(None));
        }
        let path = format!("/v1/admin/policies/{id}");
        match self.get_with_headers(&path, &As::Admin, "policy").await {
            Ok((policy, headers)) => Ok((policy, headers.get(header::ETAG).cloned())),
            Err(e) if e.code() == code::UNKNOWN_POLICY => Err(missing(Some(&e))),
            Err(e) => Err(e),
        }
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_policy_edit(&self, id: &str, edit: &PolicyEdit) -> Result<Planned<Policy>> {
        let (before, etag) = self.policy_with_etag(id).await?;
        let after = edit.apply(&before);
        Ok(Planned { before: Some(before), after, etag })
    }

    /// Plans a policy that must not exist yet.
    pub async fn plan_new_policy(&self, policy: Policy) -> Result<Planned<Policy>> {
        match self.policy(&policy.policy_id).await {
            Ok(_) => Err(Error::Exists { noun: NOUN, id: policy.policy_id }),
            Err(Error::Missing { .. }) => Ok(Planned { before: None, after: policy, etag: None }),
            Err(e) => Err(e),
        }
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_policy(&self, planned: &Planned<Policy>) -> Result<Policy> {
        let models_known = self.has(Extension::PolicyModels).await?;
        let id = planned.after.policy_id.as_str();
        if planned.after.models.is_some() && !models_known {
            let flag = "--model".to_owned();
            return Err(Error::NeedsExtension { extension: Extension::PolicyModels, flag });
        }
        let extension = Extension::PolicyEnvironmentFallback;
        if planned.after.falls_back_to_environment() && !self.has(extension).await? {
            let flag = "--environment-fallback".to_owned();
            return Err(Error::NeedsExtension { extension, flag });
        }
        let body = planned.after.put_body(models_known);
        let headers = self.guard(planned.before.is_none(), planned.etag.as_ref()).await?;
        let path = format!("/v1/admin/policies/{id}");
        let written = self.call(Method::PUT, &path, &As::Admin, headers, Some(&body)).await;
        let refused = match written {
            Ok(_) => None,
            Err(e) if e.code() == code::REVISION_MISMATCH => Some(e),
            Err(e) => return Err(e),
        };
        let read = match self.policy(id).await {
            Err(_) if refused.is_some() => return Err(changed(planned, id)),
            read => read?,
        };
        let same = compare(NOUN, id, &body, &read.put_body(models_known));
        match (refused, same) {
            // The write was carried out, its answer got lost, and the repetition met its own trace.
            (_, Ok(())) => Ok(read),
            (Some(_), Err(_)) => Err(changed(planned, id)),
            (None, Err(e)) => Err(e),
        }
    }

    /// Switches a policy off by the router's own verb, which touches nothing else.
    pub async fn disable_policy(&self, id: &str) -> Result<Policy> {
        let path = format!("/v1/admin/policies/{id}/revoke");
        match self.call(Method::POST, &path, &As::Admin, HeaderMap::new(), None).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => Err(Error::missing(NOUN, id, Some(&e))),
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.policy(id).await?;
                let sent = serde_json::json!({ "enabled": false });
                compare(NOUN, id, &sent, &serde_json::json!({ "enabled": read.enabled }))?;
                Ok(read)
            }
        }
    }

    /// The precondition of a write, on a router that understands one.
    pub(super) async fn guard(
        &self,
        creates: bool,
        etag: Option<&HeaderValue>,
    ) -> Result<HeaderMap> {
        if !self.has(Extension::Revision).await? {
            return Ok(HeaderMap::new());
        }
        if creates {
            let any = HeaderValue::from_static("*");
            return Ok(condition(header::IF_NONE_MATCH, Some(&any)));
        }
        Ok(condition(header::IF_MATCH, etag))
    }
}

fn changed(planned: &Planned<Policy>, id: &str) -> Error {
    if planned.before.is_none() {
        return Error::Exists { noun: NOUN, id: id.to_owned() };
    }
    Error::Changed { noun: NOUN, id: id.to_owned() }
}
