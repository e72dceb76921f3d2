//! A fresh key on a router that cannot reach its providers yet.

use crate::client::{Client, Error};
use crate::ctx::Ctx;
use crate::error::Result;
use clawctl_wire::catalog::Readiness;
use clawctl_wire::policy::{Policy, ProviderScope};

/// The providers of a policy that are not ready, each with what the router lacks for it.
pub(super) struct Unready {
    waiting: Vec<(String, Vec<String>)>,
    all_providers: bool,
}

impl Unready {
    /// Asks before anything is sent. A router that does not tell is no reason to issue no key.
    pub(super) async fn find(client: &Client, policy: &Policy) -> Result<Self> {
        let readiness = match client.provider_status().await {
            Err(e @ (Error::Unreachable { .. } | Error::Timeout { .. })) => return Err(e.into()),
            readiness => readiness.unwrap_or_default(),
        };
        let scope = policy.scope();
        let all_providers = scope == ProviderScope::All;
        let in_scope = |it: &&Readiness| scope.contains(&it.id);
        // With all providers allowed, one that is ready is enough.
        let enough = all_providers && readiness.iter().any(|it| it.executable);
        let waits = |it: &&Readiness| !enough && !it.executable && !it.missing_config.is_empty();
        let waiting = readiness.iter().filter(in_scope).filter(waits);
        let waiting = waiting.map(|it| (it.id.clone(), it.missing_config.clone())).collect();
        Ok(Self { waiting, all_providers })
    }

    pub(super) fn say(&self, ctx: &Ctx) {
        if self.all_providers && !self.waiting.is_empty() {
            ctx.ui.warning("no provider is ready, so the key cannot reach any of them yet");
            ctx.ui.hint("run `clawctl provider list` to see what each of them needs");
            return;
        }
        for (id, missing) in &self.waiting {
            let names: Vec<_> = missing.iter().map(|name| format!("`{name}`")).collect();
            ctx.ui.warning(format!("provider {id} is not ready, so the key cannot reach it yet"));
            ctx.ui.hint(format!("set {} for the router, then restart it", names.join(" and ")));
        }
    }
}
