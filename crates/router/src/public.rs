//! What anyone may ask: that the router is there, and what it could reach.

use serde::Serialize;
use serde_json::{Value, json};

use super::core::Core;
use super::refusal::Refusal;
use super::reply::{self, Reply};
use clawctl_wire::health::{Extension, Health, Observability};

/// The word by which programs know a router of this contract.
const SERVICE: &str = "clawrouter-edge";

#[derive(Serialize)]
struct Index {
    #[serde(flatten)]
    health: Health,
    contract: &'static str,
    /// The pages of a web console, which this router does not have.
    interface: Value,
    endpoints: Value,
}

pub(crate) fn health(core: &Core) -> Result<Reply, Refusal> {
    Reply::public(&state(core))
}

pub(crate) fn index(core: &Core) -> Result<Reply, Refusal> {
    Reply::public(&Index {
        health: state(core),
        contract: "clawrouter.openai-compatible.v1",
        interface: json!({}),
        endpoints: json!({
            "health": "/v1/health",
            "providers": "/v1/providers",
            "routes": "/v1/routes",
            "me": "/v1/me",
            "usage": "/v1/usage",
            "models": "/v1/models",
            "catalog": "/v1/catalog",
            "anthropicMessages": "/v1/messages",
            "anthropicCountTokens": "/v1/messages/count_tokens",
            "keyInspect": "/v1/key/inspect",
            "adminBootstrap": "/v1/admin/bootstrap",
            "adminOverview": "/v1/admin/overview",
            "adminUsers": "/v1/admin/users",
            "adminUsage": "/v1/admin/usage",
            "adminPolicies": "/v1/admin/policies",
            "adminCredentials": "/v1/admin/credentials",
            "adminConnections": "/v1/admin/connections",
            "adminAccessUsers": "/v1/admin/access-users",
            "adminAssignmentRules": "/v1/admin/assignment-rules",
            "openaiCompatible": ["/v1/chat/completions", "/v1/responses", "/v1/embeddings"],
            "manifestProxy": "/v1/proxy/{provider}/{endpoint}",
            "nativeProxy": "/v1/native/{provider}/{provider-native-path}",
        }),
    })
}

/// The manifests do not change while a router runs, so this is written once.
pub(crate) fn providers(core: &Core) -> Result<Reply, Refusal> {
    if let Some(written) = core.providers_body.get() {
        return Ok(Reply::public_bytes(written.clone()));
    }
    let body = reply::json(&core.manifests().snapshot())?;
    Ok(Reply::public_bytes(core.providers_body.get_or_init(|| body).clone()))
}

pub(crate) fn routes(core: &Core) -> Result<Reply, Refusal> {
    Reply::public(&core.manifests().routes())
}

fn state(core: &Core) -> Health {
    Health {
        version: None,
        ok: true,
        service: SERVICE.to_owned(),
        runtime: "rust".to_owned(),
        environment: "embedded".to_owned(),
        observability: Observability {
            mode: "metadata_only".to_owned(),
            request_content_retention_default: core.retain_default,
        },
        extensions: Extension::ALL.map(|extension| extension.as_str().to_owned()).to_vec(),
    }
}
