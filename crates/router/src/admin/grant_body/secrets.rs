//! What a write of a grant says of its secrets. They are taken out of the body rather than copied,
//! so that the memory in which they came is overwritten with them.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::grant::record::{GrantFacts, Secrets};
use crate::refusal::Refusal;
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::grant::BUNDLE_NAME_CHARS_MAX;

/// One secret in a write.
#[derive(Debug, Default)]
enum One {
    #[default]
    Kept,
    Erased,
    New(Secret),
}

/// All secrets in a write.
#[derive(Debug, Default)]
pub(super) struct Given {
    credential: One,
    access_token: One,
    refresh_token: One,
    /// A bundle is replaced as a whole.
    bundle: Option<BTreeMap<String, Secret>>,
}

impl Given {
    pub(super) fn take(members: &mut Map<String, Value>) -> Result<Self, Refusal> {
        Ok(Self {
            credential: one(members.remove("credential"))?,
            access_token: one(members.remove("accessToken"))?,
            refresh_token: one(members.remove("refreshToken"))?,
            bundle: bundle(members.remove("credentials"))?,
        })
    }

    pub(super) fn is_nothing(&self) -> bool {
        let Self { credential, access_token, refresh_token, bundle } = self;
        [credential, access_token, refresh_token].iter().all(|one| matches!(one, One::Kept))
            && bundle.is_none()
    }

    /// Those of the stored secrets that stay, by the names of their members.
    pub(super) fn kept(&self, stored: &GrantFacts) -> Vec<&'static str> {
        let Self { credential, access_token, refresh_token, bundle } = self;
        let has_bundle = !stored.credential_fields.is_empty();
        let stays = |one: &One| matches!(one, One::Kept);
        let all = [
            ("credential", stored.has_credential && stays(credential)),
            ("accessToken", stored.has_access_token && stays(access_token)),
            ("refreshToken", stored.has_refresh_token && stays(refresh_token)),
            ("credentials", has_bundle && bundle.is_none()),
        ];
        all.into_iter().filter_map(|(name, stays)| stays.then_some(name)).collect()
    }

    /// Whether a grant could live on these alone.
    pub(super) fn suffices(&self) -> bool {
        matches!(self.credential, One::New(_))
            || matches!(self.access_token, One::New(_))
            || self.bundle.is_some()
    }

    pub(super) fn apply(self, to: &mut Secrets) {
        let Self { credential, access_token, refresh_token, bundle } = self;
        let put = |one: One, place: &mut Option<Secret>| match one {
            One::Kept => {}
            One::Erased => *place = None,
            One::New(secret) => *place = Some(secret),
        };
        put(credential, &mut to.credential);
        put(access_token, &mut to.access_token);
        put(refresh_token, &mut to.refresh_token);
        if let Some(bundle) = bundle {
            to.bundle = bundle;
        }
    }
}

fn one(value: Option<Value>) -> Result<One, Refusal> {
    match value {
        None => Ok(One::Kept),
        Some(Value::Null) => Ok(One::Erased),
        Some(value) => secret(value).map(One::New),
    }
}

/// An empty bundle says nothing of the one that is there.
fn bundle(value: Option<Value>) -> Result<Option<BTreeMap<String, Secret>>, Refusal> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(members)) if members.is_empty() => Ok(None),
        Some(Value::Object(members)) => {
            let named = |(name, value): (String, Value)| match is_bundle_name(&name) {
                true => Ok((name, secret(value)?)),
                false => Err(no_secret()),
            };
            members.into_iter().map(named).collect::<Result<_, _>>().map(Some)
        }
        Some(_) => Err(no_secret()),
    }
}

/// A secret goes into a header, where a line break cannot go.
fn secret(value: Value) -> Result<Secret, Refusal> {
    let Value::String(text) = value else { return Err(no_secret()) };
    let secret = Secret::new(text);
    let text = secret.expose();
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err(no_secret());
    }
    Ok(secret)
}

fn is_bundle_name(name: &str) -> bool {
    (1..=BUNDLE_NAME_CHARS_MAX).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
}

fn no_secret() -> Refusal {
    Refusal::bad(
        code::INVALID_UPSTREAM_GRANT,
        "a grant's secrets are texts that are not blank and have no line breaks, and a name in a \
         bundle is of letters, digits, `_`, `.` and `-`",
    )
}
