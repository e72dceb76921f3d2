//! Candidates that a shell offers for ids and names.
//!
//! They come from the router in force, within a short time limit and in silence: a completion
//! that hangs or prints is worse than none.

use std::time::Duration;

use clap::Parser;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};

use crate::config::EMBEDDED;
use crate::ctx::Ctx;
use crate::env::Environment;
use crate::settings::{Globals, Settings};
use crate::ui::{Look, Ui};

/// How long a shell is kept waiting.
const PATIENCE: Duration = Duration::from_millis(300);

/// Nothing but the global flags: the router in force decides what is offered.
#[derive(Parser)]
struct Words {
    #[command(flatten)]
    globals: Globals,
}

pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(ctx) = ctx() else { return Vec::new() };
        let named = ctx.settings.config.contexts.keys().map(String::as_str);
        [EMBEDDED].into_iter().chain(named).map(CompletionCandidate::new).collect()
    })
}

pub fn policies() -> ArgValueCandidates {
    from_router(async |ctx| {
        let policies = ctx.client().ok()?.policies().await.ok()?;
        Some(policies.into_iter().map(|policy| policy.policy_id).collect())
    })
}

pub fn keys() -> ArgValueCandidates {
    from_router(async |ctx| {
        let keys = ctx.client().ok()?.credentials().await.ok()?;
        Some(keys.into_iter().map(|key| key.credential_id).collect())
    })
}

pub fn providers() -> ArgValueCandidates {
    from_router(async |ctx| {
        let snapshot = ctx.client().ok()?.providers().await.ok()?;
        Some(snapshot.providers.into_iter().map(|provider| provider.id).collect())
    })
}

pub fn models() -> ArgValueCandidates {
    from_router(async |ctx| {
        let snapshot = ctx.client().ok()?.providers().await.ok()?;
        let models = snapshot.providers.into_iter().flat_map(|provider| provider.models);
        Some(models.map(|model| model.id).collect())
    })
}

fn from_router(
    list: impl AsyncFn(&Ctx) -> Option<Vec<String>> + Clone + Send + Sync + 'static,
) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let candidates = || {
            let ctx = ctx()?;
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(async { tokio::time::timeout(PATIENCE, list(&ctx)).await.ok()? })
        };
        candidates().unwrap_or_default().into_iter().map(CompletionCandidate::new).collect()
    })
}

fn ctx() -> Option<Ctx> {
    let env = Environment::of_process();
    let globals = Words::try_parse_from(["clawctl"]).ok()?.globals;
    let settings = Settings::resolve(&globals, &env).ok()?;
    Some(Ctx::new(settings, Ui::new(Look { quiet: true, ..Look::default() }), env))
}
