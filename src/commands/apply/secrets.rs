//! The secrets of grants, fetched from where they are kept before anything is written.

use std::collections::BTreeMap;

use super::one::Fetched;
use crate::client::GrantSecrets;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lifecycle::sinks::withheld;
use crate::plan::Plan;
use crate::plan::action::{Operation, WriteGrant};
use clawctl_secret::Secret;
use clawctl_secret::reference::SecretRef;
use clawctl_secret::sink::Surroundings;

/// All of them, or the first that cannot be had.
pub(super) fn fetch(ctx: &Ctx, plan: &Plan) -> Result<Fetched> {
    let mut fetched = Fetched::new();
    for action in &plan.actions {
        let Operation::Grant(grant) = &action.operation else { continue };
        if !grant.secrets.is_empty() {
            fetched.insert(grant.key.to_string(), secrets(ctx, grant)?);
        }
    }
    Ok(fetched)
}

fn secrets(ctx: &Ctx, grant: &WriteGrant) -> Result<GrantSecrets> {
    let env = |name: &str| ctx.env.lookup(name).map(Into::into);
    let surroundings = Surroundings::new(&env, &withheld());
    let read = |reference: &SecretRef| -> Result<Secret> {
        let received = reference.read(&env, &surroundings).map_err(|e| {
            let message = format!("the secret of grant `{}` cannot be had", grant.key);
            let hint = e.hint();
            Error::usage(message).cause(e).hint_if(hint)
        })?;
        if let Some(warning) = received.warning {
            ctx.ui.warning(&warning);
            ctx.ui.hint(warning.hint());
        }
        Ok(received.secret)
    };
    let maybe = |reference: &Option<SecretRef>| reference.as_ref().map(read).transpose();
    let refs = &grant.secrets;
    let mut bundle = BTreeMap::new();
    for (name, reference) in &refs.bundle {
        bundle.insert(name.clone(), read(reference)?);
    }
    Ok(GrantSecrets {
        credential: maybe(&refs.credential)?,
        access_token: maybe(&refs.access_token)?,
        refresh_token: maybe(&refs.refresh_token)?,
        bundle,
    })
}
