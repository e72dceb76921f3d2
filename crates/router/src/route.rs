//! Which route a request means. Paths are compared byte by byte: no case folding, no decoding, no
//! forgiven slash.

use std::borrow::Cow;

use http::Method;

use super::decision::ForwardRoute;

/// Everything that this router has at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Route<'p> {
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
    /// A request that is passed on to a provider.
    Forward(ForwardRoute<'p>),
    /// Extension `provider.check`: a provider is asked by the administrator.
    Check(&'p str),
    /// What only a browser that has signed in may ask.
    Session,
    OauthCallback,
    /// All behind `/v1/admin/`; what it is turns out after authentication.
    Admin(&'p str),
}

impl Route<'_> {
    /// Whether somebody else has to be asked before there is an answer.
    pub(crate) fn is_async(self) -> bool {
        match self {
            Self::Forward(_) | Self::Check(_) => true,
            Self::Admin(rest) => super::admin::asks_provider(rest),
            _ => false,
        }
    }

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
        return is_shared(path).then_some(Route::Preflight);
    }
    if let Some(rest) = path.strip_prefix("/v1/admin/") {
        let checked = rest.strip_prefix(CHECKS).filter(|id| !id.is_empty() && !id.contains('/'));
        if let (Some(id), &Method::POST) = (checked, method) {
            return Some(Route::Check(id));
        }
        return Some(Route::Admin(rest));
    }
    if let Some((provider, rest)) = behind(path, "/v1/native/") {
        let path = &path[path.len() - rest.len() - 1..];
        return Some(Route::Forward(ForwardRoute::Native { provider, path }));
    }
    if let Some((provider, endpoint)) = behind(path, "/v1/proxy/") {
        return Some(Route::Forward(ForwardRoute::Proxy { provider, endpoint }));
    }
    let forward = |route| Some(Route::Forward(route));
    match (method.as_str(), path) {
        ("GET", "/v1") => Some(Route::Index),
        ("GET", "/v1/health") => Some(Route::Health),
        ("GET", "/v1/providers") => Some(Route::Providers),
        ("GET", "/v1/routes") => Some(Route::Routes),
        ("GET", "/v1/key/inspect") => Some(Route::Inspect),
        ("GET", "/v1/me") => Some(Route::Me),
        ("GET", "/v1/usage") => Some(Route::Usage),
        ("GET", "/v1/models") => Some(Route::Models),
        ("GET", "/v1/catalog") => Some(Route::Catalog),
        ("POST", "/v1/chat/completions") => forward(ForwardRoute::Chat),
        ("POST", "/v1/responses") => forward(ForwardRoute::Responses),
        ("POST", "/v1/embeddings") => forward(ForwardRoute::Embeddings),
        ("POST", "/v1/messages") => forward(ForwardRoute::Messages),
        ("POST", "/v1/messages/count_tokens") => forward(ForwardRoute::CountTokens),
        ("GET", "/v1/session" | "/v1/entitlements" | "/v1/session/usage")
        | ("GET", "/v1/session/credentials" | "/v1/session/avatar") => Some(Route::Session),
        ("GET", "/v1/oauth/callback") => Some(Route::OauthCallback),
        ("PUT" | "POST", _) if path.starts_with("/v1/session/credentials/") => Some(Route::Session),
        ("POST", _) if path.starts_with("/v1/playground/") => Some(Route::Session),
        _ => None,
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
        check("GET", "/v1/health", Some(Route::Health));
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
        check("GET", "/api/route", Some(Route::Routes));
        check("GET", "/api/routes", Some(Route::Routes));
        check("GET", "/api/me", Some(Route::Me));
        check("GET", "/api/usage", Some(Route::Usage));
        check("GET", "/api/session", Some(Route::Session));
        check("GET", "/api/admin/overview", Some(Route::Admin("overview")));
        check("GET", "/api/health", None);
        check("GET", "/api/models", None);
        check("GET", "/api/admin", None);
    }

    #[test]
    fn any_method_reaches_a_provider() {
        let native = ForwardRoute::Native { provider: "openai", path: "/v1/models" };
        check("GET", "/v1/native/openai/v1/models", Some(Route::Forward(native)));
        let endpoint = "chat_completions";
        let proxy = ForwardRoute::Proxy { provider: "openai", endpoint };
        check("DELETE", "/v1/proxy/openai/chat_completions", Some(Route::Forward(proxy)));
        check("POST", "/v1/native/openai", None);
    }

    #[test]
    fn preflight_needs_a_shared_path() {
        check("OPTIONS", "/v1/anything", Some(Route::Preflight));
        check("OPTIONS", "/v1/admin/overview", Some(Route::Preflight));
        check("OPTIONS", "/api/anything", Some(Route::Preflight));
        check("OPTIONS", "/v1", Some(Route::Preflight));
        check("OPTIONS", "/nope", None);
        check("OPTIONS", "/v1x", None);
    }
}
