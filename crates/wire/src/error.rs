//! The one error envelope, and the codes in it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `{"error":{"code":"snake_case","message":"text"}}`
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ErrorEnvelope {
    pub error: Problem,
}

/// What a router says went wrong.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    /// A router's own codes are words; what an upstream said may be a number or nothing.
    #[serde(default)]
    pub code: Value,
    #[serde(default)]
    pub message: String,
}

impl ErrorEnvelope {
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Self { error: Problem { code: Value::from(code), message: message.into() } }
    }

    /// Reads an envelope leniently: `error` may also be a bare string, as some upstreams write.
    pub fn read(body: &[u8]) -> Option<Problem> {
        let value: Value = serde_json::from_slice(body).ok()?;
        match value.get("error")? {
            Value::String(message) => Some(Problem { code: Value::Null, message: message.clone() }),
            Value::Object(error) => Some(Problem {
                code: error.get("code").cloned().unwrap_or(Value::Null),
                message: error.get("message").and_then(Value::as_str).unwrap_or("").to_owned(),
            }),
            _ => None,
        }
    }
}

impl Problem {
    /// The code as a word, where it is one.
    pub fn code(&self) -> &str {
        self.code.as_str().unwrap_or("")
    }
}

/// The codes that the router and the commands name. A router may say others.
pub mod code {
    pub const ACCESS_ADMIN_REQUIRED: &str = "access_admin_required";
    pub const ACCESS_SESSION_REQUIRED: &str = "access_session_required";
    pub const ADMIN_UNAUTHORIZED: &str = "admin_unauthorized";
    pub const BUDGET_EXHAUSTED: &str = "budget_exhausted";
    pub const BUDGET_STORE_UNAVAILABLE: &str = "budget_store_unavailable";
    pub const CLIENT_AUTH_REQUIRED: &str = "client_auth_required";
    pub const COMBINED_POLICY_SECRET_ROTATION: &str = "combined_policy_secret_rotation";
    pub const CONTENT_NOT_FOUND: &str = "content_not_found";
    pub const CONTENT_RETENTION_UNAVAILABLE: &str = "content_retention_unavailable";
    pub const CREDENTIAL_EXISTS: &str = "credential_exists";
    pub const CREDENTIAL_INACTIVE: &str = "credential_inactive";
    pub const CREDENTIAL_POLICY_MISSING: &str = "credential_policy_missing";
    pub const CREDENTIAL_POLICY_STALE: &str = "credential_policy_stale";
    pub const FUSION_ADVISERS_REQUIRED: &str = "fusion_advisers_required";
    pub const FUSION_CAPABILITY_UNSUPPORTED: &str = "fusion_capability_unsupported";
    pub const FUSION_CONFIG_INVALID: &str = "fusion_config_invalid";
    pub const FUSION_DISABLED: &str = "fusion_disabled";
    pub const FUSION_MESSAGES_INVALID: &str = "fusion_messages_invalid";
    pub const FUSION_MODEL_INCOMPATIBLE: &str = "fusion_model_incompatible";
    pub const FUSION_MODEL_INVALID: &str = "fusion_model_invalid";
    pub const FUSION_MODEL_NOT_FOUND: &str = "fusion_model_not_found";
    pub const FUSION_POLICY_NOT_FOUND: &str = "fusion_policy_not_found";
    pub const FUSION_POLICY_REQUIRED: &str = "fusion_policy_required";
    pub const FUSION_PREVIEW_INVALID: &str = "fusion_preview_invalid";
    pub const FUSION_RECURSIVE_MODEL: &str = "fusion_recursive_model";
    pub const GRANT_QUOTA_PROBE_EMPTY: &str = "grant_quota_probe_empty";
    pub const GRANT_QUOTA_PROBE_FAILED: &str = "grant_quota_probe_failed";
    pub const GRANT_QUOTA_PROBE_INVALID: &str = "grant_quota_probe_invalid";
    pub const GRANT_QUOTA_PROBE_UNAVAILABLE: &str = "grant_quota_probe_unavailable";
    pub const GRANT_REFRESH_FAILED: &str = "grant_refresh_failed";
    pub const GRANT_REFRESH_UNAVAILABLE: &str = "grant_refresh_unavailable";
    pub const INTERNAL_ERROR: &str = "internal_error";
    pub const INVALID_ACCESS_USER: &str = "invalid_access_user";
    pub const INVALID_ASSIGNMENT_EVIDENCE: &str = "invalid_assignment_evidence";
    pub const INVALID_ASSIGNMENT_RECONCILE: &str = "invalid_assignment_reconcile";
    pub const INVALID_ASSIGNMENT_RULE: &str = "invalid_assignment_rule";
    pub const INVALID_ATTRIBUTION_ID: &str = "invalid_attribution_id";
    pub const INVALID_CONTENT_LOOKUP: &str = "invalid_content_lookup";
    pub const INVALID_CREDENTIAL: &str = "invalid_credential";
    pub const INVALID_JSON: &str = "invalid_json";
    pub const INVALID_PATH_PARAM: &str = "invalid_path_param";
    pub const INVALID_POLICY: &str = "invalid_policy";
    pub const INVALID_POLICY_BINDING: &str = "invalid_policy_binding";
    pub const INVALID_PROVIDER_CONNECTION: &str = "invalid_provider_connection";
    pub const INVALID_PROXY_KEY: &str = "invalid_proxy_key";
    pub const INVALID_REQUEST_BODY: &str = "invalid_request_body";
    pub const INVALID_REQUEST_ID: &str = "invalid_request_id";
    pub const INVALID_UPSTREAM_GRANT: &str = "invalid_upstream_grant";
    pub const INVALID_UPSTREAM_GRANT_ROUTE: &str = "invalid_upstream_grant_route";
    pub const METHOD_NOT_ALLOWED: &str = "method_not_allowed";
    pub const MISSING_PATH_PARAM: &str = "missing_path_param";
    pub const MODEL_CAPABILITY_UNSUPPORTED: &str = "model_capability_unsupported";
    pub const MODEL_NOT_FOUND: &str = "model_not_found";
    pub const MODEL_PATH_MISMATCH: &str = "model_path_mismatch";
    pub const MODEL_PROVIDER_MISMATCH: &str = "model_provider_mismatch";
    pub const MODEL_REQUIRED: &str = "model_required";
    pub const POLICY_REVOKED: &str = "policy_revoked";
    pub const PRINCIPAL_DISABLED: &str = "principal_disabled";
    pub const PRICING_REQUIRED: &str = "pricing_required";
    pub const PROVIDER_BUDGET_EXHAUSTED: &str = "provider_budget_exhausted";
    pub const PROVIDER_DISABLED: &str = "provider_disabled";
    pub const PROVIDER_NOT_ALLOWED: &str = "provider_not_allowed";
    pub const PROVIDER_NOT_CONFIGURED: &str = "provider_not_configured";
    pub const PROVIDER_NOT_FOUND: &str = "provider_not_found";
    pub const PROVIDER_REQUEST_INVALID: &str = "provider_request_invalid";
    pub const PROVIDER_UNAVAILABLE: &str = "provider_unavailable";
    pub const PROXY_KEY_REVOKED: &str = "proxy_key_revoked";
    pub const REQUEST_TOO_LARGE: &str = "request_too_large";
    pub const ROUTE_NOT_FOUND: &str = "route_not_found";
    pub const UNKNOWN_CREDENTIAL: &str = "unknown_credential";
    pub const UNKNOWN_POLICY: &str = "unknown_policy";
    pub const UNKNOWN_PROVIDER: &str = "unknown_provider";
    pub const UNKNOWN_PROXY_KEY: &str = "unknown_proxy_key";
    pub const UNKNOWN_UPSTREAM_GRANT: &str = "unknown_upstream_grant";
    pub const UPSTREAM_GRANT_POOL_UNAVAILABLE: &str = "upstream_grant_pool_unavailable";

    /// Extension `policy.models`: the policy does not name the model.
    pub const MODEL_NOT_ALLOWED: &str = "model_not_allowed";
    /// Extension `credential.expiresAt`: the key's time is over.
    pub const PROXY_KEY_EXPIRED: &str = "proxy_key_expired";
    /// Extension `list.pages`: a parameter that means nothing, or not what it should.
    pub const INVALID_PAGE: &str = "invalid_page";
    /// Extension `usage.query`: a parameter that means nothing, or not what it should.
    pub const INVALID_USAGE_QUERY: &str = "invalid_usage_query";
    /// Extension `provider.check`: no small request is known for the provider.
    pub const PROVIDER_CHECK_UNAVAILABLE: &str = "provider_check_unavailable";
    /// Extension `revision`: the resource changed since it was read.
    pub const REVISION_MISMATCH: &str = "revision_mismatch";
    /// The embedded router was asked under a name for which it does not answer.
    pub const HOST_NOT_ALLOWED: &str = "host_not_allowed";
    /// The embedded router has as many requests in flight, or as many bodies in memory, as it may.
    pub const ROUTER_BUSY: &str = "router_busy";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_error_is_read() {
        let check = |body: &str| ErrorEnvelope::read(body.as_bytes());
        let ours = check(r#"{"error":{"code":"unknown_policy","message":"no"}}"#).unwrap();
        assert_eq!((ours.code(), ours.message.as_str()), ("unknown_policy", "no"));
        assert_eq!(check(r#"{"error":{"code":429,"message":"slow"}}"#).unwrap().code, 429);
        assert_eq!(check(r#"{"error":{"code":null}}"#).unwrap().code(), "");
        assert_eq!(check(r#"{"error":"Invalid pool key"}"#).unwrap().message, "Invalid pool key");
        for nothing in ["", "<html>", "[]", "{}", r#"{"error":5}"#] {
            assert!(check(nothing).is_none(), "{nothing}");
        }
    }
}
