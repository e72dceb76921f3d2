//! What a failed call to a router is to a command.

use super::{Error, Exit, Hint};
use crate::client::{self, Error as E};
use clawctl_wire::error::code;

impl From<client::Error> for Error {
    fn from(e: client::Error) -> Self {
        let (exit, hints) = (exit_of(&e), hints_of(&e));
        let request_id = e.request_id().map(str::to_owned);
        Self { hints, request_id, ..Self::of(exit, e) }
    }
}

fn exit_of(e: &E) -> Exit {
    match e {
        E::Unreachable { .. } | E::Timeout { .. } | E::Tls { .. } => Exit::UNREACHABLE,
        E::Redirected { .. } => Exit::DENIED,
        E::TooLarge { .. }
        | E::Shape { .. }
        | E::Unread { .. }
        | E::Mismatch { .. }
        | E::Setup(_) => Exit::FAILED,
        // A success that is not JSON is a failure all the same.
        E::NotJson { status: 200..=299, .. } => Exit::FAILED,
        E::NotJson { status, .. } | E::Refused { status, .. } => Exit::of_status(*status),
        E::Missing { .. } => Exit::NOT_FOUND,
        E::Exists { .. } | E::Changed { .. } => Exit::CONFLICT,
        E::NeedsExtension { .. }
        | E::Fusion(_)
        | E::LocksOut { .. }
        | E::PlainHttp { .. }
        | E::StrayKey { .. }
        | E::HeaderCharacter => Exit::USAGE,
    }
}

/// What to do next, the last of it above all.
fn hints_of(e: &E) -> Vec<Hint> {
    let hint = |hint: Hint| vec![hint];
    match e {
        E::Unreachable { .. } => hint(Hint::Unreachable),
        E::Timeout { .. } => {
            hint("allow more time with `--timeout 60s`; a write may have been carried out".into())
        }
        E::Tls { .. } => {
            hint("for a private authority, set `SSL_CERT_FILE` to its certificate".into())
        }
        E::Redirected { location, .. } if is_access_login(location) => vec![
            "this is a Cloudflare Access login page, so the call needs a service token".into(),
            "set `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`, or run \
             `clawctl context login NAME --access`"
                .into(),
        ],
        E::Redirected { .. } => hint(
            "use the final address as the router's URL; behind Cloudflare Access, set \
             `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`"
                .into(),
        ),
        E::StrayKey { .. } => {
            hint("name the key by its id; if its secret was stored anywhere, rotate it".into())
        }
        E::Mismatch { .. } => hint(
            "somebody else wrote at the same time, or the router does not store what it was \
             sent: look at it again, then repeat the command"
                .into(),
        ),
        E::Unread { .. } => hint(Hint::NewerRouter),
        E::Exists { noun: "policy", id } => hint(
            format!("change it with `clawctl policy set {id}` or `clawctl policy scope {id}`")
                .into(),
        ),
        E::Changed { .. } => hint("look at it again, then repeat the command".into()),
        E::NeedsExtension { .. } => hint(Hint::Extensions),
        E::LocksOut { email, .. } => vec![
            format!(
                "give it policies with `clawctl binding put --user {email} --policy ID`, which \
                 leaves its record alone"
            )
            .into(),
            "do it all the same with `--lock-out-console`; the admin token goes on working".into(),
        ],
        E::PlainHttp { .. } => hint("use https, or allow it once with `--insecure-http`".into()),
        E::NotJson { status: 401 | 403, .. } => vec![
            "something in front of the router refused this, not the router itself".into(),
            "behind Cloudflare Access, check `CF_ACCESS_CLIENT_ID` and `CF_ACCESS_CLIENT_SECRET`, \
             or run `clawctl context login NAME --access`"
                .into(),
        ],
        E::NotJson { .. } => hint(Hint::RouterUrl),
        E::Refused { status, .. } => hints_of_refusal(*status, e.code()),
        E::Missing { noun: "user", .. } => hint(
            "somebody is known after signing in, or by `clawctl user set EMAIL --create`".into(),
        ),
        E::Missing { noun, .. } => list_of(noun).into_iter().collect(),
        _ => Vec::new(),
    }
}

fn hints_of_refusal(status: u16, said: &str) -> Vec<Hint> {
    match said {
        code::ROUTE_NOT_FOUND => vec![Hint::OtherVersion],
        code::PRINCIPAL_DISABLED => vec![
            "the owner of the key is disabled: `clawctl user enable EMAIL` enables it again".into(),
        ],
        code::CREDENTIAL_INACTIVE => vec![
            "the key, its policy or its owner is disabled, or the policy was recreated: \
             `clawctl key show ID` says which"
                .into(),
        ],
        code::ADMIN_UNAUTHORIZED => vec![Hint::AdminToken, Hint::Login],
        _ if status >= 500 => vec![
            "the router itself is in trouble: its log says more; a write may have been carried out"
                .into(),
        ],
        _ => Vec::new(),
    }
}

/// Where to look for what there is of a kind.
fn list_of(noun: &str) -> Option<Hint> {
    let known = ["policy", "key", "grant", "binding", "rule", "provider"];
    known.contains(&noun).then(|| format!("`clawctl {noun} list` shows those there are").into())
}

fn is_access_login(location: &str) -> bool {
    location.contains("cloudflareaccess.com") || location.contains("/cdn-cgi/access/")
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    #[test]
    fn the_failed_call_stays_the_source() {
        let id = "alice".to_owned();
        let error = Error::from(E::Missing { noun: "key", id, request_id: None });
        let source = error.source().and_then(|source| source.downcast_ref::<E>());
        assert!(matches!(source, Some(E::Missing { noun: "key", .. })), "{error:?}");
        assert_eq!(error.to_string(), "no key `alice` on this router");
        assert!(error.causes.is_empty(), "the message says it all: {:?}", error.causes);
    }

    #[test]
    fn without_a_lower_error_the_first_cause_is_the_source() {
        let full = std::io::Error::from(std::io::ErrorKind::StorageFull);
        let error = Error::failed("cannot write the plan").cause(full).cause("nothing was kept");
        let source = error.source().and_then(|source| source.downcast_ref::<std::io::Error>());
        assert_eq!(source.map(std::io::Error::kind), Some(std::io::ErrorKind::StorageFull));
        assert!(Error::failed("stopped").source().is_none());
    }
}
