//! The administrator's routes, all in one table.

mod assignment;
mod bindings;
mod checks;
mod connections;
mod content;
mod credential_body;
mod credentials;
mod fields;
mod fusion;
mod grant_body;
mod grant_target;
mod grants;
mod keys;
mod listing;
mod overview;
mod params;
mod policies;
mod policy_body;
mod rules;
mod target;
mod usage;
mod usage_query;
mod users;

use http::Method;

pub(crate) use self::checks::check_asked;
pub(crate) use self::grants::ask_provider;
use super::auth;
use super::exchange::Exchange;
use super::grants::Grants;
use super::refusal::Refusal;
use super::reply::Reply;
use clawctl_wire::error::code;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::usage_query::{EVENTS_PATH, GROUPS_PATH};

/// Answers what stands at `rest`, the path behind `/v1/admin/`.
pub(crate) fn answer(
    exchange: &Exchange<'_>,
    upstream: &Grants,
    rest: &str,
) -> Result<Reply, Refusal> {
    auth::admin(exchange)?;
    if exchange.method() == Method::PUT && ProxyKey::find_in(rest).is_some() {
        return Err(Refusal::bad(code::INVALID_POLICY, "the path holds the secret of a key"));
    }
    match (exchange.method().as_str(), rest) {
        ("GET", "bootstrap") => overview::bootstrap(exchange, upstream),
        ("GET", "overview") => overview::overview(exchange),
        ("GET", "tenants" | "users") => overview::tenants(exchange),
        ("GET", "usage") => usage::usage(exchange),
        ("GET", EVENTS_PATH) => usage_query::events(exchange),
        ("GET", GROUPS_PATH) => usage_query::groups(exchange),
        ("GET", "policies") => policies::list(exchange),
        ("GET", "credentials") => credentials::list(exchange),
        ("GET", "credential-hashes") => credentials::hashes(exchange),
        ("GET", "connections") => connections::list(exchange),
        ("GET", "keys") => keys::list(exchange),
        ("GET", "provider-status") => overview::provider_status(exchange),
        ("GET", "provider-health") => overview::provider_health(exchange),
        ("GET", "content") => content::lookup(exchange),
        ("GET", "access-users") => users::list(exchange),
        ("GET", "policy-bindings") => bindings::list(exchange),
        ("PUT", "policy-bindings") => bindings::put(exchange),
        ("GET", "upstream-grants") => grants::list(exchange, upstream),
        ("GET", "assignment-rules") => rules::list(exchange),
        ("POST", "assignment-rules/reconcile") => rules::reconcile(exchange),
        ("GET", "fusion") => fusion::get(exchange),
        ("PUT", "fusion") => fusion::put(exchange),
        ("POST", "fusion/preview") => fusion::preview_of(exchange),
        (method, _) => match rest.split_once('/') {
            Some(("policies", tail)) => policies::one(exchange, tail),
            Some(("credentials", tail)) => credentials::one(exchange, tail),
            Some(("keys", tail)) => keys::one(exchange, tail),
            Some(("connections", tail)) if method == "PUT" && !tail.contains('/') => {
                connections::put(exchange, tail)
            }
            Some(("access-users", tail)) if method == "PUT" => users::put(exchange, tail),
            Some(("access-user-grants", tail)) if method == "PUT" => {
                users::put_grants(exchange, tail)
            }
            Some(("assignment-rules", tail)) if method == "PUT" => rules::put(exchange, tail),
            Some(("upstream-grants", tail)) => grants::one(exchange, upstream, tail),
            _ => Err(Refusal::no_admin_route()),
        },
    }
}
