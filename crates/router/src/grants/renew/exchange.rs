//! The exchange of a refresh token for a new access token, as RFC 6749 describes it.

use std::collections::BTreeMap;
use std::time::Duration;

use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE};
use jiff::SignedDuration;
use serde::Deserialize;
use tokio::time::timeout;
use url::Url;
use zeroize::Zeroizing;

use super::RefreshFacts;
use crate::address::is_safe_address;
use crate::core::Core;
use crate::refusal::Refusal;
use clawctl_secret::Secret;
use clawctl_wire::error::code;

/// For the whole exchange; a client's request waits for it.
const LIMIT: Duration = Duration::from_secs(20);

/// No answer of this kind is longer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// What a token is exchanged for.
pub(super) struct Renewed {
    pub(super) access_token: Secret,
    /// The next refresh token, where the old one is no good any more.
    pub(super) refresh_token: Option<Secret>,
    pub(super) lasts: Option<SignedDuration>,
    pub(super) scopes: Option<Vec<String>>,
}

pub(super) async fn ask(
    core: &Core,
    at: &RefreshFacts,
    refresh_token: &Secret,
    extra_params: &BTreeMap<String, Secret>,
    provider: &str,
) -> Result<Renewed, Refusal> {
    let failed = |how: String| {
        let message = format!("the token for {provider} could not be renewed: {how}");
        Refusal::new(StatusCode::BAD_GATEWAY, code::GRANT_REFRESH_FAILED, message)
    };
    let url = Url::parse(&at.token_url)
        .ok()
        .filter(is_safe_address)
        .ok_or_else(|| failed("its token URL is neither https nor on this machine".to_owned()))?;
    let config = |name: &str| (core.environment)(name).filter(|value| !value.trim().is_empty());
    let missing = |name: &str| {
        let message = format!("the token for {provider} cannot be renewed: `{name}` is not set");
        Refusal::unavailable(code::PROVIDER_NOT_CONFIGURED, message)
    };
    let mut form: BTreeMap<&str, Secret> = BTreeMap::new();
    if let Some(id) = &at.client_id {
        form.insert("client_id", Secret::new(id.clone()));
    } else if let Some(name) = &at.client_id_config {
        form.insert("client_id", Secret::new(config(name).ok_or_else(|| missing(name))?));
    }
    if let Some(name) = &at.client_secret_config {
        form.insert("client_secret", Secret::new(config(name).ok_or_else(|| missing(name))?));
    }
    for (name, value) in extra_params {
        form.insert(name, value.duplicate());
    }
    form.insert("grant_type", Secret::new("refresh_token".to_owned()));
    form.insert("refresh_token", refresh_token.duplicate());
    let clients = core.clients()?;
    let request = clients
        .for_url(&url)
        .post(url)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(ACCEPT, "application/json")
        .body(bytes::Bytes::from_owner(encoded(&form)));
    let exchange = async {
        // The errors of the library could repeat an address; of that there is no need.
        let mut response =
            request.send().await.map_err(|_| failed("nothing answered there".to_owned()))?;
        let status = response.status();
        let mut body = Zeroizing::new(Vec::new());
        while let Some(piece) =
            response.chunk().await.map_err(|_| failed("the answer broke off".to_owned()))?
        {
            if body.len() + piece.len() > ANSWER_BYTES_MAX {
                return Err(failed("the answer is too long".to_owned()));
            }
            body.extend_from_slice(&piece);
        }
        Ok((status, body))
    };
    let answered = timeout(LIMIT, exchange).await;
    let (status, body) =
        answered.unwrap_or_else(|_| Err(failed("nothing answered in time".to_owned())))?;
    if !status.is_success() {
        return Err(failed(match error_word(&body) {
            Some(word) => format!("it was refused with {} {word}", status.as_u16()),
            None => format!("it was refused with {}", status.as_u16()),
        }));
    }
    read(&body).ok_or_else(|| failed("the answer holds no token".to_owned()))
}

fn encoded(form: &BTreeMap<&str, Secret>) -> Zeroizing<Vec<u8>> {
    // Three bytes for each, at most; text that moves would leave a copy behind.
    let room: usize =
        form.iter().map(|(name, value)| 3 * (name.len() + value.expose().len()) + 2).sum();
    let mut text = Zeroizing::new(Vec::with_capacity(room));
    for (name, value) in form {
        if !text.is_empty() {
            text.push(b'&');
        }
        for part in url::form_urlencoded::byte_serialize(name.as_bytes()) {
            text.extend_from_slice(part.as_bytes());
        }
        text.push(b'=');
        for part in url::form_urlencoded::byte_serialize(value.expose().as_bytes()) {
            text.extend_from_slice(part.as_bytes());
        }
    }
    text
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    refresh_token: Option<String>,
    /// A number of seconds, which some write as text.
    expires_in: Option<serde_json::Value>,
    scope: Option<String>,
}

fn read(body: &[u8]) -> Option<Renewed> {
    let Answer { access_token, refresh_token, expires_in, scope } =
        serde_json::from_slice(body).ok()?;
    let secret = |text: String| {
        let secret = Secret::new(text);
        let fine =
            !secret.expose().trim().is_empty() && !secret.expose().contains(char::is_control);
        fine.then_some(secret)
    };
    let seconds = expires_in.and_then(|value| match value {
        serde_json::Value::String(text) => text.trim().parse::<f64>().ok(),
        other => other.as_f64(),
    });
    Some(Renewed {
        access_token: secret(access_token)?,
        refresh_token: refresh_token.and_then(secret),
        lasts: seconds
            .filter(|seconds| *seconds >= 0.0)
            .and_then(|seconds| SignedDuration::try_from_secs_f64(seconds).ok()),
        scopes: scope.map(|scope| scope.split_whitespace().map(str::to_owned).collect()),
    })
}

/// The code of RFC 6749, such as `invalid_grant`. Nothing else of an answer is repeated: it could
/// hold what was sent.
fn error_word(body: &[u8]) -> Option<String> {
    #[derive(Deserialize)]
    struct Refused {
        error: String,
    }
    let Refused { error } = serde_json::from_slice(body).ok()?;
    let known = [
        "invalid_request",
        "invalid_client",
        "invalid_grant",
        "unauthorized_client",
        "unsupported_grant_type",
        "invalid_scope",
    ];
    known.contains(&error.as_str()).then_some(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_providers_write_it() {
        let read = |text: &str| read(text.as_bytes());
        let renewed =
            read(r#"{"access_token":"a","token_type":"Bearer","expires_in":3600}"#).unwrap();
        assert_eq!(renewed.access_token.expose(), "a");
        assert!(renewed.refresh_token.is_none() && renewed.scopes.is_none());
        assert_eq!(renewed.lasts, Some(SignedDuration::from_secs(3600)));
        let renewed = read(
            r#"{"access_token":"a","refresh_token":"r","expires_in":"60","scope":"openid profile"}"#,
        )
        .unwrap();
        assert_eq!(renewed.refresh_token.unwrap().expose(), "r");
        assert_eq!(renewed.lasts, Some(SignedDuration::from_secs(60)));
        assert_eq!(renewed.scopes.unwrap(), ["openid", "profile"]);
        for odd in [
            r#"{"access_token":"a","expires_in":-1}"#,
            r#"{"access_token":"a","expires_in":1e300}"#,
        ] {
            assert_eq!(read(odd).unwrap().lasts, None, "{odd}");
        }
        for nothing in ["", "{}", r#"{"access_token":""}"#, r#"{"access_token":"a\nb"}"#, "[]"] {
            assert!(read(nothing).is_none(), "{nothing}");
        }
    }

    #[test]
    fn of_a_refusal_only_a_known_word_is_repeated() {
        let check = |body: &str, word: Option<&str>| {
            assert_eq!(error_word(body.as_bytes()).as_deref(), word, "{body}");
        };
        check(
            r#"{"error":"invalid_grant","error_description":"rt-1 is no good"}"#,
            Some("invalid_grant"),
        );
        check(r#"{"error":"rt-1 is no good"}"#, None);
        check(r#"{"error":{"message":"no"}}"#, None);
        check("<html>", None);
    }

    #[test]
    fn a_form_is_written_without_moving() {
        let form: BTreeMap<&str, Secret> =
            [("refresh_token", Secret::new("a b&c=é".into())), ("scope", Secret::new("x".into()))]
                .into();
        let text = encoded(&form);
        assert_eq!(&text[..], b"refresh_token=a+b%26c%3D%C3%A9&scope=x");
    }
}
