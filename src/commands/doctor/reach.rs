//! The way to the router: network, certificate, clock, contract and identity.

use std::time::Instant;

use http::{HeaderMap, Method};
use jiff::Timestamp;

use crate::client::{Answer, Client, Error as CallError};
use crate::ctx::Ctx;
use crate::error::{Error, Inspection};
use crate::settings::Target;
use crate::view::doctor::{Finding, Level};
use crate::view::router::counted;
use crate::view::status::milliseconds;
use clawctl_wire::error::code;
use clawctl_wire::health::Extension;
use clawctl_wire::page::{AFTER, LIMIT};

/// Clocks that are further apart than this spoil expiries and budget windows.
const SKEW_SECONDS_MAX: u64 = 60;

/// The contract that this program was written for.
const CONTRACT: &str = "clawrouter.openai-compatible.v1";

/// A failure as a finding, with its cause and its hints.
pub fn failed(check: &'static str, error: Error) -> Finding {
    let finding = Finding::new(Level::Problem, check, error.message);
    // The doctor is already at work.
    let mut hints = error.hints;
    hints.retain(|hint| !hint.sends_to(Inspection::Doctor));
    // The last hint is what to do; one before it says what happened.
    let remedy = hints.pop().map(|hint| hint.to_string());
    let cause = error.causes.first().map(ToString::to_string);
    let why = cause.or_else(|| hints.first().map(ToString::to_string));
    Finding { why, remedy, ..finding }
}

/// Can it be reached, over a connection that can be trusted, and does it know the time?
pub(super) async fn network(ctx: &Ctx, client: &Client) -> Vec<Finding> {
    let (asked_at, started) = (ctx.now(), Instant::now());
    let answer = client.raw(Method::GET, "/v1/health", HeaderMap::new(), None, false).await;
    let took = started.elapsed();
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return vec![unreached(error)],
    };
    let what = format!("{} answers in {}", client.place(), milliseconds(took.as_millis()));
    let mut findings = vec![Finding::ok("reach", what), secure(ctx)];
    findings.extend(clock(&answer, asked_at + took / 2));
    findings
}

fn unreached(error: CallError) -> Finding {
    let explained = match &error {
        CallError::Tls { cause: Some(cause), .. } => certificate(cause),
        _ => None,
    };
    let probe = match &error {
        CallError::Unreachable { place, .. } => Some(format!("curl -sS {place}/v1/health")),
        _ => None,
    };
    let mut finding = failed("reach", error.into());
    if let Some((why, remedy)) = explained {
        finding = finding.because(why).remedy(remedy);
    }
    finding.remedy = finding.remedy.or(probe);
    finding
}

/// What the most common failures of a certificate mean.
fn certificate(error: &rustls::Error) -> Option<(&'static str, &'static str)> {
    use rustls::CertificateError as E;
    let rustls::Error::InvalidCertificate(error) = error else { return None };
    Some(match error {
        E::Other(e) if matches!(e.0.downcast_ref(), Some(webpki::Error::CaUsedAsEndEntity)) => (
            "the router shows an authority's own certificate, which cannot be a server's too",
            "give the router a certificate that the authority signed (basicConstraints=CA:FALSE)",
        ),
        E::Expired | E::ExpiredContext { .. } => {
            ("the router's certificate is out of date", "renew it on the router's side")
        }
        E::NotValidYet | E::NotValidYetContext { .. } => (
            "the certificate is not valid yet, or the clock of this machine is slow",
            "compare `date -u` with another clock",
        ),
        E::UnknownIssuer => (
            "nobody that this machine trusts vouches for the certificate",
            "set SSL_CERT_FILE to the authority's certificate",
        ),
        E::NotValidForName | E::NotValidForNameContext { .. } => (
            "the certificate is for another host name",
            "use the router's own host name in the context's URL",
        ),
        _ => return None,
    })
}

fn secure(ctx: &Ctx) -> Finding {
    match &ctx.settings.target {
        Target::Remote { url, .. } if url.scheme() == "https" => {
            Finding::ok("tls", "its certificate is trusted")
        }
        Target::Remote { insecure_http: true, .. } => {
            Finding::new(Level::Warning, "tls", "the connection is plain http")
                .because("anyone on the network path can read the admin token")
                .remedy("put TLS in front of the router, and use its https address")
        }
        _ => Finding::ok("tls", "plain http stays on this machine"),
    }
}

/// Compares clocks by the `Date` of an answer, which counts in whole seconds.
fn clock(answer: &Answer, now: Timestamp) -> Option<Finding> {
    let date = answer.headers.get(http::header::DATE)?.to_str().ok()?;
    let theirs = jiff::fmt::rfc2822::parse(date).ok()?.timestamp();
    let apart = now.as_second().abs_diff(theirs.as_second());
    if apart <= SKEW_SECONDS_MAX {
        return Some(Finding::ok("clock", "its clock and this one agree"));
    }
    let which = if now > theirs { "ahead of" } else { "behind" };
    let what = format!("this machine's clock is {apart} s {which} the router's");
    Some(
        Finding::new(Level::Warning, "clock", what)
            .because("keys then expire, and budgets begin anew, at another time than is shown here")
            .remedy("timedatectl set-ntp true"),
    )
}

/// Does it speak the contract, and what does it add?
pub(super) async fn contract(client: &Client) -> Vec<Finding> {
    let health = match client.health().await {
        Ok(health) => health,
        Err(error) => return vec![failed("contract", error.into())],
    };
    let mut findings = Vec::new();
    let version = health.version.as_deref().map_or(String::new(), |v| format!(" ({v})"));
    let index = client.raw(Method::GET, "/v1", HeaderMap::new(), None, false).await;
    let said = index.ok().and_then(|answer| {
        let body: serde_json::Value = serde_json::from_slice(&answer.body).ok()?;
        Some(body.get("contract")?.as_str()?.to_owned())
    });
    match said.as_deref() {
        Some(CONTRACT) => {
            findings.push(Finding::ok(
                "contract",
                format!("{}{version} speaks {CONTRACT}", health.service),
            ));
        }
        Some(other) => findings.push(
            Finding::new(Level::Warning, "contract", format!("it speaks the contract `{other}`"))
                .because(format!("this program was written for {CONTRACT}"))
                .remedy("look for a newer clawctl"),
        ),
        None => findings.push(
            Finding::new(
                Level::Warning,
                "contract",
                format!("{}{version} does not say which contract it speaks", health.service),
            )
            .because(format!("this program was written for {CONTRACT}")),
        ),
    }
    let missing: Vec<Extension> =
        Extension::ALL.into_iter().filter(|extension| !health.has(*extension)).collect();
    if !missing.is_empty() {
        let names = missing.iter().map(|extension| extension.as_str().to_owned()).collect();
        let without: Vec<&str> = missing.into_iter().filter_map(without).collect();
        findings.push(
            Finding::new(Level::Info, "extensions", "it lacks extensions of the embedded router")
                .about(names)
                .because(format!(
                    "flags that need them are refused before anything is sent. On this router {}",
                    without.join("; ")
                )),
        );
    }
    findings
}

/// What a router without an extension cannot do.
fn without(extension: Extension) -> Option<&'static str> {
    Some(match extension {
        Extension::PolicyModels => "a policy cannot be limited to models",
        Extension::CredentialExpiresAt => "a key cannot end at a given time",
        Extension::CredentialMetadata => "a key has no label, and no last use is noted",
        Extension::CredentialKeepSecret => {
            "`key enable` and `key move` need the key itself, or the machine that issued it"
        }
        Extension::ProviderCheck => "`provider check` needs a key of yours",
        Extension::CredentialHash => "keys cannot be exported",
        // Whole lists do as well.
        Extension::ReadOne | Extension::ListPages => return None,
        Extension::Revision => "a write on top of somebody else's is noticed only afterwards",
        Extension::PolicyEnvironmentFallback => {
            "the operator's own key is used where no grant is left"
        }
        Extension::UsageQuery => "usage is seen by the newest hundred events and by sums",
    })
}

/// What the admin API of the contract has, and what goes without it.
const ROUTES: &[(&str, &str)] = &[
    ("policies", "every command"),
    ("credentials", "`key`"),
    ("connections", "`provider` and `budget`"),
    ("provider-status", "`provider`"),
    ("provider-health", "`provider show`"),
    ("tenants", "`tenant`"),
    ("usage", "`usage` and `budget`"),
    ("upstream-grants", "`grant`"),
    ("access-users", "`user`"),
    ("policy-bindings", "`binding`"),
    ("assignment-rules", "`rule`"),
    ("fusion", "`fusion`"),
];

/// Which of the contract's routes are not there. A router may be older than this program.
pub(super) async fn routes(client: &Client) -> Option<Finding> {
    let mut missing = Vec::new();
    // That a list is there is all that matters, so a router that has pages sends one row.
    let has_pages = client.has(Extension::ListPages).await.unwrap_or(false);
    let query = if has_pages { format!("?{AFTER}=&{LIMIT}=1") } else { String::new() };
    for (route, of) in ROUTES {
        let path = format!("/v1/admin/{route}{query}");
        let answer = client.raw(Method::GET, &path, HeaderMap::new(), None, true).await;
        let is_missing = |answer: &Answer| {
            answer.status == 404
                && answer.problem().is_some_and(|problem| problem.code() == code::ROUTE_NOT_FOUND)
        };
        if answer.is_ok_and(|answer| is_missing(&answer)) {
            missing.push(format!("{route} (of {of})"));
        }
    }
    (!missing.is_empty()).then(|| {
        Finding::new(Level::Warning, "routes", "it lacks a part of the admin API")
            .about(missing)
            .because("it is older or newer than this program; commands that need these fail")
    })
}

/// Is this program accepted as an admin?
pub(super) async fn identity(client: &Client) -> Finding {
    if !client.has_admin_token() {
        return Finding::new(Level::Problem, "identity", "there is no admin token")
            .because("nothing can be administered without one")
            .remedy("clawctl context login NAME, or set CLAWROUTER_ADMIN_TOKEN");
    }
    match client.overview().await {
        Ok(overview) => {
            let policies = counted(overview.policies_total, "policy", "policies");
            let keys = counted(overview.keys_total, "key", "keys");
            let what = format!("accepted as an admin: {policies}, {keys}");
            Finding::ok("identity", what)
        }
        Err(error) => failed("identity", error.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str, now: &str) -> Option<Finding> {
        let mut headers = HeaderMap::new();
        headers.insert("date", date.parse().unwrap());
        let answer = Answer { status: 200, headers, body: bytes::Bytes::new() };
        clock(&answer, now.parse().unwrap())
    }

    #[test]
    fn clocks_are_compared_to_the_minute() {
        let date = "Fri, 20 Nov 2026 19:00:00 GMT";
        let level = |now: &str| at(date, now).map(|finding| finding.level);
        assert_eq!(level("2026-11-20T19:00:59Z"), Some(Level::Ok));
        assert_eq!(level("2026-11-20T18:59:01Z"), Some(Level::Ok));
        let slow = at(date, "2026-11-20T18:50:00Z").unwrap();
        assert_eq!(slow.level, Level::Warning);
        assert!(slow.what.contains("600 s behind"), "{}", slow.what);
        assert!(at(date, "2026-11-20T20:00:00Z").unwrap().what.contains("3600 s ahead"));
        assert_eq!(at("yesterday", "2026-11-20T19:00:00Z"), None);
    }

    #[test]
    fn certificate_errors_are_explained() {
        use rustls::{CertificateError as E, Error, OtherError};
        let check = |error, word: &str| {
            let (why, remedy) = certificate(&Error::InvalidCertificate(error)).unwrap();
            assert!(format!("{why} {remedy}").contains(word), "{why}");
        };
        check(E::Expired, "out of date");
        check(E::UnknownIssuer, "SSL_CERT_FILE");
        check(E::NotValidForName, "host name");
        check(E::NotValidYet, "clock");
        let own = webpki::Error::CaUsedAsEndEntity;
        check(E::Other(OtherError(std::sync::Arc::new(own))), "authority's own");
        assert_eq!(certificate(&Error::HandshakeNotComplete), None);
    }
}
