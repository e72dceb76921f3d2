//! Which route a request means. Paths are compared byte by byte: no case folding, no decoding, no
//! forgiven slash.

use std::borrow::Cow;

use http::Method;

use super::decision::ForwardRoute;

/// Everything that this router has at a path, by who has to be asked for the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'p> {
    Local(Local<'p>),
    Upstream(Upstream<'p>),
}

/// What the router answers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Local<'p> {
    Preflight,
    Health,
    Index,
    Providers,
    Routes,
    Inspect,
    Me,
    Usage,
    Models,
    Catalog,
    /// What only a browser that has signed in may ask.
    Session,
    OauthCallback,
    /// All else behind `/v1/admin/`; what it is turns out after authentication.
    Admin(&'p str),
}

/// What waits for a provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Upstream<'p> {
    /// A request that is passed on.
    Forward(ForwardRoute<'p>),
    /// Extension `provider.check`: a provider is asked by the administrator.
    Check(&'p str),
    /// The administrator has a grant renewed, or asks for its limits. What is behind
    /// `/v1/admin/upstream-grants/`.
    Grant(&'p str),
}

impl Local<'_> {
    /// Whether the answer depends on what is stored.
    pub(crate) fn needs_store(self) -> bool {
        !matches!(
            self,
            Self::Preflight
                | Self::Health
                | Self::Index
                | Self::Providers
                | Self::Routes
                | Self::Session
                | Self::OauthCallback
        )
    }
}

/// What grants stand behind in the admin API.
const GRANTS: &str = "upstream-grants/";

/// What the ids of providers that are to be checked stand behind.
const CHECKS: &str = "provider-health/";

/// Is this path one that browsers of any origin may ask?
pub(crate) fn is_shared(path: &str) -> bool {
    path == "/v1" || path.starts_with("/v1/") || path.starts_with("/api/")
}

/// The path behind an alias.
pub(crate) fn canonical(path: &str) -> Cow<'_, str> {
    let Some(rest) = path.strip_prefix("/api/") else { return path.into() };
    match rest {
        "route" | "routes" => "/v1/routes".into(),
        "session" | "entitlements" | "me" | "usage" => format!("/v1/{rest}").into(),
        _ if rest.starts_with("admin/") => format!("/v1/{rest}").into(),
        _ => path.into(),
    }
}

/// The route of a canonical path. A wrong method is a wrong path.
pub(crate) fn find<'p>(method: &Method, path: &'p str) -> Option<Route<'p>> {
    if *method == Method::OPTIONS {
        return is_shared(path).then_some(Route::Local(Local::Preflight));
    }
    if let Some(rest) = path.strip_prefix("/v1/admin/") {
        return Some(admin(method, rest));
    }
    if let Some((provider, rest)) = behind(path, "/v1/native/") {
        let path = &path[path.len() - rest.len() - 1..];
        return Some(forward(ForwardRoute::Native { provider, path }));
    }
    if let Some((provider, endpoint)) = behind(path, "/v1/proxy/") {
        return Some(forward(ForwardRoute::Proxy { provider, endpoint }));
    }
    let local = match (method.as_str(), path) {
        ("GET", "/v1") => Local::Index,
        ("GET", "/v1/health") => Local::Health,
        ("GET", "/v1/providers") => Local::Providers,
        ("GET", "/v1/routes") => Local::Routes,
        ("GET", "/v1/key/inspect") => Local::Inspect,
        ("GET", "/v1/me") => Local::Me,
        ("GET", "/v1/usage") => Local::Usage,
        ("GET", "/v1/models") => Local::Models,
        ("GET", "/v1/catalog") => Local::Catalog,
        ("POST", "/v1/chat/completions") => return Some(forward(ForwardRoute::Chat)),
        ("POST", "/v1/responses") => return Some(forward(ForwardRoute::Responses)),
        ("POST", "/v1/embeddings") => return Some(forward(ForwardRoute::Embeddings)),
        ("POST", "/v1/messages") => return Some(forward(ForwardRoute::Messages)),
        ("POST", "/v1/messages/count_tokens") => return Some(forward(ForwardRoute::CountTokens)),
        ("GET", "/v1/session" | "/v1/entitlements" | "/v1/session/usage")
        | ("GET", "/v1/session/credentials" | "/v1/session/avatar") => Local::Session,
        ("GET", "/v1/oauth/callback") => Local::OauthCallback,
        ("PUT" | "POST", _) if path.starts_with("/v1/session/credentials/") => Local::Session,
        ("POST", _) if path.starts_with("/v1/playground/") => Local::Session,
        _ => return None,
    };
    Some(Route::Local(local))
}

/// The route of a request that would be passed on, if it is one.
pub(crate) fn forwarded<'p>(method: &Method, path: &'p str) -> Option<ForwardRoute<'p>> {
    match find(method, path)? {
        Route::Upstream(Upstream::Forward(route)) => Some(route),
        _ => None,
    }
}

fn forward(route: ForwardRoute<'_>) -> Route<'_> {
    Route::Upstream(Upstream::Forward(route))
}

/// What stands behind `/v1/admin/`.
fn admin<'p>(method: &Method, rest: &'p str) -> Route<'p> {
    let checked = rest.strip_prefix(CHECKS).filter(|id| !id.is_empty() && !id.contains('/'));
    let asks = rest.ends_with("/refresh") || rest.ends_with("/quota-refresh");
    match (checked, rest.strip_prefix(GRANTS).filter(|_| asks)) {
        (Some(id), _) if *method == Method::POST => Route::Upstream(Upstream::Check(id)),
        (_, Some(grant)) if *method == Method::POST => Route::Upstream(Upstream::Grant(grant)),
        _ => Route::Local(Local::Admin(rest)),
    }
}

/// A provider's id behind a prefix, and what follows the slash behind it.
fn behind<'p>(path: &'p str, prefix: &str) -> Option<(&'p str, &'p str)> {
    path.strip_prefix(prefix)?.split_once('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(method: &str, path: &str, expected: Option<Route<'_>>) {
        let method = method.parse().unwrap();
        assert_eq!(find(&method, &canonical(path)), expected, "{method} {path}");
    }

    #[test]
    fn paths_are_exact() {
        check("GET", "/v1/health", Some(Route::Local(Local::Health)));
        check("GET", "/v1/health/", None);
        check("GET", "/V1/health", None);
        check("GET", "/v1/%68ealth", None);
        check("POST", "/v1/health", None);
        check("DELETE", "/v1/health", None);
        check("HEAD", "/v1/health", None);
        check("GET", "/v1/chat/completions", None);
        check("GET", "/v1/models/openai%2Fgpt-5.5", None);
        check("GET", "/v1/admin", None);
        check("GET", "/", None);
        check("GET", "/dashboard", None);
    }

    #[test]
    fn the_aliases_and_no_others_live_under_api() {
        check("GET", "/api/route", Some(Route::Local(Local::Routes)));
        check("GET", "/api/routes", Some(Route::Local(Local::Routes)));
        check("GET", "/api/me", Some(Route::Local(Local::Me)));
        check("GET", "/api/usage", Some(Route::Local(Local::Usage)));
        check("GET", "/api/session", Some(Route::Local(Local::Session)));
        check("GET", "/api/admin/overview", Some(Route::Local(Local::Admin("overview"))));
        check("GET", "/api/health", None);
        check("GET", "/api/models", None);
        check("GET", "/api/admin", None);
    }

    #[test]
    fn any_method_reaches_a_provider() {
        let native = ForwardRoute::Native { provider: "openai", path: "/v1/models" };
        check("GET", "/v1/native/openai/v1/models", Some(forward(native)));
        let endpoint = "chat_completions";
        let proxy = ForwardRoute::Proxy { provider: "openai", endpoint };
        check("DELETE", "/v1/proxy/openai/chat_completions", Some(forward(proxy)));
        check("POST", "/v1/native/openai", None);
    }

    #[test]
    fn few_paths_of_grants_need_somebody_else() {
        let check = |rest, expected: Option<&str>| {
            let path = format!("/v1/admin/{rest}");
            let found = match find(&Method::POST, &path) {
                Some(Route::Upstream(Upstream::Grant(grant))) => Some(grant),
                _ => None,
            };
            assert_eq!(found, expected, "{rest}");
        };
        check("upstream-grants/policies/x/y/refresh", Some("policies/x/y/refresh"));
        check("upstream-grants/policies/x/y/quota-refresh", Some("policies/x/y/quota-refresh"));
        check("upstream-grants/policies/x/y/revoke", None);
        check("policies/refresh", None);
    }

    #[test]
    fn preflight_needs_a_shared_path() {
        check("OPTIONS", "/v1/anything", Some(Route::Local(Local::Preflight)));
        check("OPTIONS", "/v1/admin/overview", Some(Route::Local(Local::Preflight)));
        check("OPTIONS", "/api/anything", Some(Route::Local(Local::Preflight)));
        check("OPTIONS", "/v1", Some(Route::Local(Local::Preflight)));
        check("OPTIONS", "/nope", None);
        check("OPTIONS", "/v1x", None);
    }
}
