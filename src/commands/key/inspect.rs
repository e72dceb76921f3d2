use clap::Args;

use crate::client::{self, sensitive};
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::inspect::{Fault, Inspected};
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::key::ProxyKey;

/// Say what is wrong with a key, or what it may do
///
/// The key is taken apart here first, then the router is asked. It comes from a hidden prompt,
/// from stdin, a file or an environment variable, and is never shown.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key inspect
  pass show router/alice | clawctl key inspect --key-stdin
  clawctl key inspect --key-env CLAWROUTER_API_KEY -o json

Exit codes: 0 it works, 30 not a key, 31 unknown, 32 wrong secret, 33 revoked or expired,
34 its policy is disabled, 35 stale, 36 its policy is missing, 37 its owner is disabled")]
pub struct Inspect {
    #[command(flatten)]
    key_source: KeySourceFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Inspect) -> Result<Inspected> {
    judge(ctx, &args.key_source.read(ctx)?).await
}

/// What this router says of a key, wherever it was found.
pub(in crate::commands) async fn judge(ctx: &Ctx, secret: &Secret) -> Result<Inspected> {
    let text = secret.expose().trim();
    let key = match ProxyKey::parse(text) {
        Ok(key) => key,
        Err(why) => {
            return Ok(Inspected::faulty(None, Fault::Malformed, why.to_string()));
        }
    };
    let id = Some(key.id.to_owned());
    let header = sensitive(&format!("Bearer {text}"))?;
    match ctx.client()?.inspect_key(&header).await {
        Ok(inspection) => Ok(Inspected::working(key.id, inspection)),
        Err(e) => match fault(&e) {
            Some(fault) => {
                let said = match &e {
                    client::Error::Refused { problem, .. } => problem.message.clone(),
                    other => other.to_string(),
                };
                Ok(Inspected::faulty(id, fault, said))
            }
            None => Err(e.into()),
        },
    }
}

/// What a refusal says of the key. Other refusals are failures of the call, not of the key.
pub fn fault(e: &client::Error) -> Option<Fault> {
    Some(match e.code() {
        // The text was parsed here already, so only the secret can be meant.
        code::INVALID_PROXY_KEY => Fault::WrongSecret,
        code::UNKNOWN_PROXY_KEY => Fault::Unknown,
        code::PROXY_KEY_REVOKED => Fault::Revoked,
        code::PROXY_KEY_EXPIRED => Fault::Expired,
        code::POLICY_REVOKED => Fault::PolicyDisabled,
        code::CREDENTIAL_POLICY_STALE => Fault::Stale,
        code::CREDENTIAL_POLICY_MISSING => Fault::PolicyMissing,
        code::PRINCIPAL_DISABLED => Fault::OwnerDisabled,
        _ => return None,
    })
}

impl Fault {
    pub fn exit(self) -> Exit {
        match self {
            Self::Malformed => Exit::KEY_MALFORMED,
            Self::Unknown => Exit::KEY_UNKNOWN,
            Self::WrongSecret => Exit::KEY_WRONG_SECRET,
            Self::Revoked | Self::Expired => Exit::KEY_REVOKED,
            Self::PolicyDisabled => Exit::KEY_POLICY_DISABLED,
            Self::Stale => Exit::KEY_STALE,
            Self::PolicyMissing => Exit::KEY_POLICY_MISSING,
            Self::OwnerDisabled => Exit::KEY_OWNER_DISABLED,
        }
    }
}
