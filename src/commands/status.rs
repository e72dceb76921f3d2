use std::time::{Duration, Instant};

use clap::Args;

use crate::client::{Client, Error as CallError};
use crate::config;
use crate::credential::StoreChoice;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Exit, Inspection, Result};
use crate::journal::{Kind, Pending, Step};
use crate::settings::{Source, Target};
use crate::view::Tone;
use crate::view::status::{PendingOperation, RouterState, Setting, State, Status as Shown};

/// How long the router may take, whatever `--timeout` says: this is a look, not a job.
const PATIENCE: Duration = Duration::from_secs(5);

/// Say which router is in force, and where each setting came from
///
/// No secret is ever shown, only where it is. Exit code 6 if the router cannot be reached, 4 if
/// it refuses the admin token.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl status
  clawctl status --context prod -o json | jq .router.state")]
pub struct Status {}

pub async fn run(ctx: &Ctx, _: Status) -> Result<Exit> {
    let mut settings = target_settings(ctx);
    let found = credential_settings(ctx, &mut settings);
    place_settings(ctx, &mut settings);
    let (router, database) = match (&ctx.settings.target, found) {
        (_, Err(error)) => (failed(error), None),
        (Target::Embedded, Ok(())) if !ctx.settings.home.database().exists() => (not_made(), None),
        (target, Ok(())) => {
            let mut router = look_at_router(ctx).await;
            let is_open = *target == Target::Embedded && router.service.is_some();
            if is_open {
                // A call of a function, not over a network.
                router.latency_ms = None;
            }
            let database = if is_open { Some(ctx.open_router()?.info()?.into()) } else { None };
            (router, database)
        }
    };
    ctx.show(Shown {
        version: env!("CARGO_PKG_VERSION"),
        context: ctx.settings.target.context().map(str::to_owned),
        settings,
        router,
        database,
        pending: pending(ctx),
    })
}

fn target_settings(ctx: &Ctx) -> Vec<Setting> {
    let source = ctx.settings.target_source.to_string();
    let context = ctx.settings.target.context().unwrap_or("none");
    let (place, from) = match &ctx.settings.target {
        Target::Embedded => ("in this program".to_owned(), source.clone()),
        Target::Remote { url, context, .. } => {
            let from = match context {
                Some(name) => format!("context {name}"),
                None => source.clone(),
            };
            (config::shown(url).to_owned(), from)
        }
    };
    let mut settings =
        vec![Setting::new("context", context, source), Setting::new("router", place, from)];
    if let Target::Remote { insecure_http: true, .. } = ctx.settings.target {
        let from = if ctx.settings.insecure_http { "--insecure-http" } else { "its context" };
        settings.push(Setting::new("plainHttp", "allowed", from).toned(Tone::Warning));
    }
    settings
}

/// Where the token and the service token are; an error where they cannot be looked for.
fn credential_settings(ctx: &Ctx, settings: &mut Vec<Setting>) -> Result<()> {
    let choice = StoreChoice::of(&ctx.env)?;
    let source = match ctx.env.get(env::CREDENTIAL_STORE) {
        Some(_) => env::CREDENTIAL_STORE.name.to_owned(),
        None => Source::Default.to_string(),
    };
    let outcome = match &ctx.settings.target {
        Target::Embedded => {
            settings.push(Setting::new("adminToken", "none is needed", "it is your own file"));
            Ok(())
        }
        Target::Remote { .. } => ctx.tokens().map(|found| {
            let token = match &found.admin_token {
                Some((_, place)) => Setting::new("adminToken", "present", place.to_string()),
                None => Setting::new("adminToken", "none", "").toned(Tone::Warning),
            };
            settings.push(token);
            match &found.access {
                Some((_, place)) => {
                    settings.push(Setting::new("serviceToken", "present", place.to_string()));
                }
                None if ctx.settings.is_behind_access() => {
                    let from = "its context stands behind Cloudflare Access";
                    settings.push(Setting::new("serviceToken", "none", from).toned(Tone::Warning));
                }
                None => {}
            }
        }),
    };
    let store = match ctx.token_store().state(choice) {
        Ok(what) => Setting::new("credentialStore", what, &source),
        Err(why) => Setting::new("credentialStore", why, &source).toned(Tone::Warning),
    };
    if ctx.settings.target == Target::Embedded {
        settings.push(sealing_key(ctx, &source));
    }
    settings.push(store);
    outcome
}

/// Where the key for upstream secrets is. It is looked for, and not read.
fn sealing_key(ctx: &Ctx, source: &str) -> Setting {
    let place = ctx.key_places().map_err(|error| error.message).and_then(|keys| keys.place());
    match place {
        Ok(Some(place)) => Setting::new("sealingKey", place.to_string(), source),
        Ok(None) => Setting::new("sealingKey", "none yet; the first grant makes one", source),
        Err(why) => Setting::new("sealingKey", why, source).toned(Tone::Warning),
    }
}

fn place_settings(ctx: &Ctx, settings: &mut Vec<Setting>) {
    let home = &ctx.settings.home;
    let by = |variables: &[env::Variable]| {
        let set = variables.iter().find(|variable| ctx.env.get(**variable).is_some());
        set.map_or_else(|| Source::Default.to_string(), |variable| variable.name.to_owned())
    };
    let config_source = by(&[env::CONFIG, env::HOME]);
    let timeout = if ctx.settings.timeout == Duration::from_secs(30) {
        Source::Default.to_string()
    } else {
        "--timeout".to_owned()
    };
    settings.push(Setting::new("contextsFile", home.config.display().to_string(), &config_source));
    settings.push(Setting::new(
        "credentialsFile",
        home.credentials.display().to_string(),
        &config_source,
    ));
    settings.push(Setting::new("dataFolder", home.data.display().to_string(), by(&[env::HOME])));
    settings.push(Setting::new("timeout", format!("{:#}", span(ctx.settings.timeout)), timeout));
}

fn span(limit: Duration) -> jiff::SignedDuration {
    jiff::SignedDuration::try_from(limit).unwrap_or_default()
}

async fn look_at_router(ctx: &Ctx) -> RouterState {
    let client = match ctx.client() {
        Ok(client) => client,
        Err(error) => return failed(error),
    };
    let mut seen = not_made();
    let patience = PATIENCE.min(ctx.settings.timeout);
    if let Ok(outcome) = tokio::time::timeout(patience, ask(client, &mut seen)).await {
        if let Err(error) = outcome {
            let error = Error::from(error);
            note_failure(&mut seen, error);
        }
    } else {
        seen.state = State::Unreachable;
        seen.remedy = Some("clawctl doctor".to_owned());
        seen.reason = Some(format!("no answer within {:#}", span(patience)));
        seen.exit = Exit::UNREACHABLE;
    }
    seen
}

async fn ask(client: &Client, seen: &mut RouterState) -> Result<(), CallError> {
    let started = Instant::now();
    let health = client.health().await?;
    seen.latency_ms = u64::try_from(started.elapsed().as_millis()).ok();
    let said = |text: &String| (!text.is_empty()).then(|| text.clone());
    seen.service = Some(health.service.clone());
    seen.version.clone_from(&health.version);
    seen.runtime = said(&health.runtime);
    seen.environment = said(&health.environment);
    seen.extensions.clone_from(&health.extensions);
    if !client.has_admin_token() {
        seen.state = State::NoToken;
        return Ok(());
    }
    client.overview().await?;
    seen.state = State::Ready;
    Ok(())
}

fn failed(error: Error) -> RouterState {
    let mut seen = not_made();
    note_failure(&mut seen, error);
    seen
}

fn note_failure(seen: &mut RouterState, error: Error) {
    seen.state = match error.exit {
        Exit::UNREACHABLE => State::Unreachable,
        Exit::DENIED => State::Refused,
        _ => State::Failed,
    };
    seen.exit = error.exit;
    // The last hint is what to do; one before it says what happened.
    seen.remedy = error
        .hints
        .into_iter()
        .rfind(|hint| !hint.sends_to(Inspection::Status))
        .map(|hint| hint.to_string());
    let causes = error.causes.iter().map(ToString::to_string);
    seen.reason = Some(std::iter::once(error.message).chain(causes).collect::<Vec<_>>().join(": "));
}

fn not_made() -> RouterState {
    RouterState {
        state: State::NotMade,
        reason: None,
        remedy: None,
        latency_ms: None,
        service: None,
        version: None,
        runtime: None,
        environment: None,
        extensions: Vec::new(),
        exit: Exit::DONE,
    }
}

/// What the journal has left over for the router in force.
fn pending(ctx: &Ctx) -> Vec<PendingOperation> {
    let Pending { entries, unreadable } = match ctx.journal().pending(&ctx.journal_target()) {
        Ok(pending) => pending,
        Err(error) => {
            ctx.ui.warning(format!("the journal cannot be read: {error}"));
            return Vec::new();
        }
    };
    for file in unreadable {
        ctx.ui.warning(file);
    }
    entries
        .into_iter()
        .map(|entry| PendingOperation {
            kind: match entry.kind {
                Kind::Issue => "issue",
                Kind::Overlap => "overlap",
                Kind::Rotate => "rotate",
            },
            resume: entry.resume_command(),
            credential_id: entry.credential_id,
            step: match entry.step {
                Step::Prepared => "prepared",
                Step::Registered => "registered",
                Step::Delivered => "delivered",
                Step::Enabled => "enabled",
                Step::Replaced => "replaced",
            },
            began_at: entry.began_at,
        })
        .collect()
}
