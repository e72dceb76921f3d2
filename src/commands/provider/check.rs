use std::time::Instant;

use clap::Args;
use http::HeaderValue;

use crate::client::{Answer, Client};
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::commands::policy::flags::unknown_provider;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::settings::Target;
use crate::view::provider_check::{COLUMNS, Checked, Outcome, ProviderCheck};
use clawctl_wire::catalog::Readiness;
use clawctl_wire::error::ErrorEnvelope;
use clawctl_wire::health::Extension;
use clawctl_wire::money::Micros;
use clawctl_wire::probe::Probe;
use clawctl_wire::provider::ProviderSnapshot;

/// Ask providers whether they answer, with the smallest request that there is
///
/// It is a real request to the provider's cheapest model: a few words in, sixteen tokens out at
/// most. What that can cost is said before it is sent. The embedded router asks with its own
/// upstream keys and remembers what came of it, so that `provider list` says `verified` or
/// `failed`. A router without that extension is asked with a key of yours, whose policy has to
/// reach the provider, and remembers nothing. Exit code 1 if a provider failed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider check
  clawctl provider check openai anthropic
  clawctl provider check local-openai --model local/qwen3:8b
  clawctl provider check openai --context prod --key-env CHECK_KEY
  clawctl provider check --dry-run")]
pub struct Check {
    /// Ids of the providers; without any, all that are ready
    #[arg(value_name = "ID", add = complete::providers())]
    ids: Vec<String>,

    /// Model to ask instead of the cheapest one
    #[arg(long, value_name = "MODEL", add = complete::models())]
    model: Option<String>,

    #[command(flatten)]
    key: KeySourceFlags,
}

/// How a provider is asked.
enum Way {
    /// By the router itself, which remembers what came of it.
    Router,
    /// With a key; nothing is remembered.
    Key(HeaderValue),
}

pub(super) async fn run(ctx: &Ctx, args: Check) -> Result<Checked> {
    ctx.check_columns(COLUMNS)?;
    if args.model.is_some() && args.ids.len() != 1 {
        return Err(Error::usage("`--model` is for one provider, which has to be named"));
    }
    let client = ctx.client()?;
    ctx.say_judge();
    let by_router = client.has(Extension::ProviderCheck).await? && !args.key.is_given();
    let status = client.provider_status().await?;
    let snapshot = client.providers().await?;
    let mut rows = Vec::new();
    for ready in wanted(&args.ids, &status)? {
        let row = planned(ready, &snapshot, args.model.as_deref());
        rows.push(if by_router { held_elsewhere(ctx, row)? } else { row });
    }
    let most = rows.iter().filter_map(|row| row.probe.as_ref()?.most);
    let most = most.fold(Micros::ZERO, Micros::saturating_add);
    let asked = rows.iter().filter(|row| row.probe.is_some()).count();
    let unpriced = rows.iter().filter_map(|row| row.probe.as_ref());
    let unpriced = unpriced.filter(|probe| probe.most.is_none()).count();
    if !by_router {
        ctx.ui.status("this is a request with a key, and no router remembers what comes of it");
    }
    if asked > 0 {
        let requests =
            if asked == 1 { "1 request".to_owned() } else { format!("{asked} requests") };
        let rest = match unpriced {
            0 => String::new(),
            n => format!(", and what {n} of them without a price cost"),
        };
        ctx.ui.status(format!("{requests}, {most} at most{rest}"));
    }
    if ctx.settings.dry_run || asked == 0 {
        return Ok(Checked { rows, dry_run: ctx.settings.dry_run });
    }
    let way = if by_router { Way::Router } else { Way::Key(args.key.bearer(ctx)?) };
    for row in &mut rows {
        let Some(probe) = row.probe.take() else { continue };
        ask(client, &way, &probe, args.model.as_deref(), row).await?;
    }
    Ok(Checked { rows, dry_run: false })
}

/// The providers that are named, or all that are ready.
fn wanted<'s>(ids: &[String], status: &'s [Readiness]) -> Result<Vec<&'s Readiness>> {
    if ids.is_empty() {
        return Ok(status.iter().filter(|ready| ready.executable).collect());
    }
    let known: Vec<&str> = status.iter().map(|ready| ready.id.as_str()).collect();
    let find = |id: &String| {
        let found = status.iter().find(|ready| ready.id == *id);
        found.ok_or_else(|| unknown_provider(id, &known))
    };
    ids.iter().map(find).collect()
}

/// What would be asked of a provider, or why nothing is.
fn planned(ready: &Readiness, snapshot: &ProviderSnapshot, model: Option<&str>) -> ProviderCheck {
    let provider = snapshot.providers.iter().find(|provider| provider.id == ready.id);
    let probe = provider.and_then(|provider| match model {
        None => Probe::of(provider),
        Some(model) => Probe::named(provider, model),
    });
    let skipped = if !ready.executable {
        let why = ready.reasons.join(" ");
        Some(if why.is_empty() { "It is not ready.".to_owned() } else { why })
    } else if probe.is_none() {
        Some(match model {
            None => "No small request is known that would show whether it answers.".to_owned(),
            Some(model) => format!("It has no model `{model}` that could be asked."),
        })
    } else {
        None
    };
    ProviderCheck::new(&ready.id, probe, skipped)
}

/// A router in this process asks with what this process has. Where the served router has more, that
/// says nothing of it.
fn held_elsewhere(ctx: &Ctx, row: ProviderCheck) -> Result<ProviderCheck> {
    if ctx.settings.target != Target::Embedded || row.probe.is_none() {
        return Ok(row);
    }
    let missing = ctx.embedded()?.missing_here(&row.provider_id);
    if missing.is_empty() {
        return Ok(row);
    }
    let missing = missing.join(", ");
    let why = format!(
        "Only the served router has {missing}: set it in this shell, or give a key with `--url`."
    );
    Ok(ProviderCheck::new(&row.provider_id, None, Some(why)))
}

/// Asks one provider, and notes what came of it.
async fn ask(
    client: &Client,
    way: &Way,
    probe: &Probe,
    model: Option<&str>,
    row: &mut ProviderCheck,
) -> Result<()> {
    match way {
        Way::Router => match client.check_provider(&row.provider_id, model).await {
            Ok(health) => {
                row.recorded = true;
                row.outcome =
                    if health.status == "verified" { Outcome::Verified } else { Outcome::Failed };
                row.latency_ms = health.latency_ms;
                row.status_code = health.status_code;
                row.checked_at = Some(health.checked_at);
                row.reason = health.error;
            }
            // A refusal of this one says nothing of the others.
            Err(e) if matches!(e.status(), Some(400..=599)) && !e.code().is_empty() => {
                if matches!(e.status(), Some(401 | 403)) {
                    return Err(e.into());
                }
                row.outcome = Outcome::Failed;
                row.reason = Some(e.to_string());
            }
            Err(e) => return Err(e.into()),
        },
        Way::Key(key) => {
            let started = Instant::now();
            let answer = client.probe(key, probe).await?;
            row.latency_ms = Some((started.elapsed().as_secs_f64() * 1e3).round());
            row.status_code = Some(answer.status);
            row.reason = trouble(&answer);
            row.outcome = if row.reason.is_none() { Outcome::Verified } else { Outcome::Failed };
        }
    }
    Ok(())
}

/// What is wrong with an answer, if anything.
fn trouble(answer: &Answer) -> Option<String> {
    if (200..300).contains(&answer.status) {
        let is_json = serde_json::from_slice::<serde_json::Value>(&answer.body)
            .is_ok_and(|body| body.is_object());
        return (!is_json).then(|| "its answer is not JSON".to_owned());
    }
    let said = ErrorEnvelope::read(&answer.body).map(|problem| problem.message);
    let said = said.filter(|message| !message.is_empty());
    Some(said.unwrap_or_else(|| format!("it answered {}", answer.status)))
}
