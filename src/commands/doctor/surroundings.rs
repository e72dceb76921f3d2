//! The settings, the keychain, the journal and the user's own manifests.

use crate::config::{EMBEDDED, shown};
use crate::credential::StoreChoice;
use crate::ctx::Ctx;
use crate::env;
use crate::journal::Kind;
use crate::settings::Target;
use crate::view::doctor::{Finding, Level};
use crate::view::router::Problem;

pub(super) fn look(ctx: &Ctx) -> Vec<Finding> {
    let mut findings = vec![in_force(ctx)];
    findings.extend(contexts(ctx));
    findings.extend(keychain(ctx));
    findings.extend(journal(ctx));
    findings
}

fn in_force(ctx: &Ctx) -> Finding {
    if let Some(trouble) = &ctx.settings.trouble {
        let finding = Finding::new(Level::Problem, "context", &trouble.message)
            .because("no command can tell which router is meant");
        // The last hint is the one to act on; the one before lists what there is.
        let remedy = match (&ctx.settings.config.current, ctx.env.get(env::CONTEXT)) {
            (Some(_), None) => {
                "clawctl context use NAME, or clawctl context use embedded".to_owned()
            }
            _ => trouble.hints.last().map(ToString::to_string).unwrap_or_default(),
        };
        return finding.remedy(remedy);
    }
    let source = &ctx.settings.target_source;
    Finding::ok(
        "context",
        match &ctx.settings.target {
            Target::Embedded => format!("the embedded router is in force, by {source}"),
            Target::Remote { url, context: Some(name), .. } => {
                format!("context {name} is in force, by {source}: {}", shown(url))
            }
            Target::Remote { url, .. } => format!("{} is in force, by {source}", shown(url)),
        },
    )
}

fn contexts(ctx: &Ctx) -> Vec<Finding> {
    let config = &ctx.settings.config;
    let mut findings = Vec::new();
    if let Some(current) = &config.current
        && current != EMBEDDED
        && !config.contexts.contains_key(current)
        && ctx.settings.trouble.is_none()
    {
        let what = format!("the contexts file points to `{current}`, which it does not have");
        findings.push(
            Finding::new(Level::Warning, "context.current", what)
                .because("only a flag or a variable hides it just now")
                .remedy("clawctl context use NAME, or clawctl context use embedded"),
        );
    }
    let plain: Vec<String> = config
        .contexts
        .iter()
        .filter(|(_, context)| context.insecure_http)
        .map(|(name, _)| name.clone())
        .collect();
    if !plain.is_empty() {
        findings.push(
            Finding::new(Level::Warning, "context.plain_http", "contexts that allow plain http")
                .about(plain)
                .because("anyone on the network path can read the admin token")
                .remedy("serve the router over https, then add the context again"),
        );
    }
    findings
}

fn keychain(ctx: &Ctx) -> Vec<Finding> {
    let choice = match StoreChoice::of(&ctx.env) {
        Ok(choice) => choice,
        Err(error) => {
            let finding = Finding::new(Level::Problem, "keychain", error.message);
            return vec![finding.remedy(format!("unset {}", env::CREDENTIAL_STORE.name))];
        }
    };
    match ctx.token_store().state(choice) {
        Ok(store) => vec![Finding::ok("keychain", format!("tokens are kept in {store}"))],
        Err(why) => vec![
            Finding::new(Level::Problem, "keychain", why)
                .because("no stored token can be read")
                .remedy(format!("set {}=file, then log in again", env::CREDENTIAL_STORE.name)),
        ],
    }
}

/// What an issue or a rotation left behind when it was cut off.
fn journal(ctx: &Ctx) -> Vec<Finding> {
    let pending = match ctx.journal().pending(&ctx.journal_target()) {
        Ok(pending) => pending,
        Err(error) => {
            let finding = Finding::new(Level::Problem, "journal", error.to_string());
            return vec![finding.because("an operation that was cut off cannot be finished")];
        }
    };
    let unfinished = pending.entries.into_iter().map(|entry| {
        let verb = match entry.kind {
            Kind::Issue => "issue",
            Kind::Overlap | Kind::Rotate => "rotate",
        };
        let id = entry.before();
        Finding::new(Level::Warning, "journal", format!("`key {verb} {id}` was cut off"))
            .because("the key may be registered but not delivered, or not yet valid")
            .remedy(entry.resume_command())
    });
    let unreadable = pending.unreadable.into_iter().map(|file| {
        Finding::new(Level::Warning, "journal", file.to_string())
            .because("what it was about cannot be finished")
            .remedy(format!("rm {}", file.path.display()))
    });
    unfinished.chain(unreadable).collect()
}

/// By whose environment the readiness of providers is judged.
pub(super) fn judge(ctx: &Ctx) -> Finding {
    match ctx.server() {
        Some(server) => {
            let what = format!("the router is served at {}", server.url);
            Finding::ok("served", what).because("providers are judged by what it was started with")
        }
        None => Finding::new(Level::Info, "served", "no router is served from this database")
            .because("providers are judged by this shell's environment"),
    }
}

pub(super) fn manifests(ctx: &Ctx) -> Vec<Finding> {
    let router = match ctx.embedded() {
        Ok(router) => router,
        Err(error) => return vec![super::reach::failed("manifest", error)],
    };
    let known = router.manifests().iter().count();
    let problems = router.problems().iter().map(Problem::from);
    let mut findings: Vec<_> = problems
        .map(|problem| {
            let what = format!("{}: {}", problem.place(), problem.reason);
            Finding::new(Level::Problem, "manifest", what)
                .because("the provider is left out until the file is mended")
                .remedy("mend the file, then clawctl router provider check")
        })
        .collect();
    if findings.is_empty() {
        findings.push(Finding::ok("manifest", format!("{known} providers are known")));
    }
    findings
}

/// Opens every upstream secret, to find those that requests could not be sent with.
pub(super) fn sealed(ctx: &Ctx) -> Option<Finding> {
    let unopened = ctx.embedded().ok()?.unopened();
    let unopened = match unopened {
        Ok(unopened) => unopened,
        Err(error) => return Some(super::reach::failed("grant.sealed", error.into())),
    };
    let (_, reason) = unopened.first()?;
    let finding =
        Finding::new(Level::Problem, "grant.sealed", "grants whose secret cannot be opened")
            .because(reason.clone())
            .remedy("put the key back, or clawctl grant put GRANT");
    Some(finding.about(unopened.into_iter().map(|(name, _)| name).collect()))
}
