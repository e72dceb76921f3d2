//! Candidates that a shell offers for ids and names.
//!
//! They come from the router in force, within a short time limit and in silence: a completion
//! that hangs or prints is worse than none.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use clap::Parser;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter, CompletionCandidate};

use crate::changes::{Outcome, Record};
use crate::client::Client;
use crate::config::{EMBEDDED, shown};
use crate::ctx::Ctx;
use crate::env::Environment;
use crate::resource::words::subject_text;
use crate::settings::{Globals, Settings, Target};
use crate::ui::{Look, Ui};
use clawctl_router::manifest::Manifests;
use clawctl_wire::binding::PrincipalType;
use clawctl_wire::provider::Provider;
use clawctl_wire::rule::Rule;

/// How long a shell is kept waiting.
const PATIENCE: Duration = Duration::from_millis(300);

/// More words than these are no help to anybody.
const CANDIDATES_MAX: usize = 1000;

/// Nothing but the global flags: the router in force decides what is offered.
#[derive(Parser)]
struct Words {
    #[command(flatten)]
    globals: Globals,
}

/// A word, and what a shell may show beside it.
type Candidate = (String, Option<String>);

pub fn contexts() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(ctx) = ctx() else { return Vec::new() };
        let embedded = (EMBEDDED.to_owned(), Some("the router in this program".to_owned()));
        let named = ctx.settings.config.contexts.iter();
        let named =
            named.map(|(name, context)| (name.clone(), Some(shown(&context.url).to_owned())));
        [embedded].into_iter().chain(named).map(candidate).collect()
    })
}

pub fn policies() -> ArgValueCandidates {
    from_router(async |ctx| {
        let policies = existing(ctx)?.policies().await.ok()?;
        let note = |enabled: bool| (!enabled).then(|| "disabled".to_owned());
        Some(policies.into_iter().map(|policy| (policy.policy_id, note(policy.enabled))).collect())
    })
}

pub fn keys() -> ArgValueCompleter {
    matching(async |ctx, typed| {
        let mut keys = existing(ctx)?.credential_rows().await.ok()?;
        let mut found = Vec::new();
        while found.len() < CANDIDATES_MAX
            && let Some(key) = keys.next().await.ok()?
        {
            if key.credential_id.starts_with(typed) {
                found.push((key.credential_id, Some(format!("policy {}", key.policy_id))));
            }
        }
        Some(found)
    })
}

pub fn grants() -> ArgValueCandidates {
    from_router(async |ctx| {
        let grants = existing(ctx)?.grants().await.ok()?;
        let named = grants.into_iter().filter_map(|grant| Some((grant.name()?.to_string(), grant)));
        Some(named.map(|(name, grant)| (name, Some(grant.provider))).collect())
    })
}

/// Changes that were made from here, and are not taken back.
pub fn changes() -> ArgValueCandidates {
    ArgValueCandidates::new(|| {
        let Some(records) = ctx().and_then(|ctx| ctx.changes().read().ok()) else {
            return Vec::new();
        };
        let open = records
            .into_iter()
            .rev()
            .filter(|record| record.outcome == Outcome::Done && record.undone_by.is_none());
        let note = |record: Record| {
            let Record { id, command, name, .. } = record;
            (id, Some(format!("{command} {}", name.unwrap_or_default()).trim_end().to_owned()))
        };
        open.map(note).map(candidate).collect()
    })
}

pub fn providers() -> ArgValueCandidates {
    from_router(async |ctx| {
        let providers = known_providers(ctx).await?.into_iter();
        Some(providers.map(|provider| (provider.id, Some(provider.display_name))).collect())
    })
}

pub fn models() -> ArgValueCandidates {
    from_router(async |ctx| {
        let providers = known_providers(ctx).await?.into_iter();
        let models = providers.flat_map(|provider| provider.models);
        Some(models.map(|model| (model.id, None)).collect())
    })
}

pub fn users() -> ArgValueCandidates {
    from_router(async |ctx| {
        let users = existing(ctx)?.users().await.ok()?;
        let note = |tenant: String| Some(format!("tenant {tenant}"));
        Some(users.into_iter().map(|user| (user.email, note(user.tenant_id))).collect())
    })
}

/// Those whom keys belong to, and those who are users of the router.
pub fn principals() -> ArgValueCompleter {
    matching(async |ctx, typed| {
        let client = existing(ctx)?;
        // A router may do without users.
        let users = client.users().await.unwrap_or_default().into_iter();
        let is_match = |name: &String| name.starts_with(typed);
        let mut names: BTreeSet<_> = users.map(|user| user.email).filter(is_match).collect();
        let mut keys = client.credential_rows().await.ok()?;
        while names.len() < CANDIDATES_MAX
            && let Some(key) = keys.next().await.ok()?
        {
            names.extend(key.principal_id.filter(is_match));
        }
        Some(names.into_iter().map(|name| (name, None)).collect())
    })
}

/// Groups that somebody is in, or that something is bound to.
pub fn groups() -> ArgValueCandidates {
    from_router(async |ctx| {
        let client = existing(ctx)?;
        let members = client.users().await.ok()?.into_iter().flat_map(|user| user.groups);
        let bindings = client.bindings().await.ok()?.into_iter();
        let bound = bindings.filter(|binding| binding.principal_type == PrincipalType::Group);
        let names: BTreeSet<_> = members.chain(bound.map(|b| b.principal_id)).collect();
        Some(names.into_iter().map(|name| (name, None)).collect())
    })
}

pub fn rules() -> ArgValueCandidates {
    from_router(async |ctx| {
        let rules = existing(ctx)?.rules().await.ok()?;
        let note = |rule: &Rule| Some(subject_text(rule));
        Some(rules.into_iter().map(|rule| (rule.rule_id.clone(), note(&rule))).collect())
    })
}

pub fn tenants() -> ArgValueCandidates {
    from_router(async |ctx| {
        let tenants = existing(ctx)?.tenants().await.ok()?;
        Some(tenants.into_iter().map(|tenant| (tenant.tenant_id, None)).collect())
    })
}

/// What was kept of the newest requests.
pub fn contents() -> ArgValueCandidates {
    from_router(async |ctx| {
        let events = existing(ctx)?.admin_usage().await.ok()?.usage.events.into_iter();
        let kept = events.filter_map(|event| {
            let word = |name: &str| event[name].as_str().map(str::to_owned);
            let note = word("tenant_id").map(|tenant| format!("tenant {tenant}"));
            Some((word("content_ref")?, note))
        });
        Some(kept.collect())
    })
}

/// The router in force, unless it would have to be made: a key that is pressed makes no database.
fn existing(ctx: &Ctx) -> Option<&Client> {
    let there = ctx.settings.target != Target::Embedded || ctx.settings.home.database().exists();
    if there { ctx.client().ok() } else { None }
}

/// The embedded router's are in this program, whether it has a database or not.
async fn known_providers(ctx: &Ctx) -> Option<Vec<Provider>> {
    if ctx.settings.target == Target::Embedded {
        let manifests = Manifests::load(Some(&ctx.settings.home.providers()));
        return Some(manifests.providers().cloned().collect());
    }
    Some(ctx.client().ok()?.providers().await.ok()?.providers)
}

fn from_router(
    list: impl AsyncFn(&Ctx) -> Option<Vec<Candidate>> + Clone + Send + Sync + 'static,
) -> ArgValueCandidates {
    ArgValueCandidates::new(move || {
        let list = list.clone();
        ask(async move |ctx| list(ctx).await)
    })
}

/// The same for lists that can be long: only what begins as the word that is typed is of use.
fn matching(
    list: impl AsyncFn(&Ctx, &str) -> Option<Vec<Candidate>> + Clone + Send + Sync + 'static,
) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let Some(typed) = typed.to_str().map(str::to_owned) else { return Vec::new() };
        let list = list.clone();
        ask(async move |ctx| list(ctx, &typed).await)
    })
}

/// A thread that is given up ends with the process. It may hang in a keychain, where no time
/// limit of a runtime reaches.
fn ask(
    list: impl AsyncFnOnce(&Ctx) -> Option<Vec<Candidate>> + Send + 'static,
) -> Vec<CompletionCandidate> {
    let found = within(PATIENCE, move || {
        // Of a context that there is not, nothing can be offered.
        let ctx = ctx().filter(|ctx| ctx.settings.trouble.is_none())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
        runtime.block_on(list(&ctx))
    });
    found.unwrap_or_default().into_iter().map(candidate).collect()
}

fn within<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce() -> Option<T> + Send + 'static,
) -> Option<T> {
    let (done, waiting) = mpsc::sync_channel(1);
    // Nobody listens any more if the time is over.
    let worker = move || drop(done.send(work()));
    thread::Builder::new().name("candidates".to_owned()).spawn(worker).ok()?;
    waiting.recv_timeout(patience).ok()?
}

fn candidate((word, note): Candidate) -> CompletionCandidate {
    CompletionCandidate::new(word).help(note.map(Into::into))
}

/// What a command would be given, without a word to anybody.
fn ctx() -> Option<Ctx> {
    let env = Environment::of_process();
    let typed = chosen_router(std::env::args_os());
    let words = [OsString::from("clawctl")].into_iter().chain(typed);
    let globals = Words::try_parse_from(words).ok()?.globals;
    let settings = Settings::resolve_for_repair(&globals, &env).ok()?;
    let look = Look { silent: true, ..Look::default() };
    Some(Ctx::new(settings, Ui::new(look), env))
}

/// The flags among the words so far that say which router is meant. The shell hands the line over
/// behind a `--` of its own.
fn chosen_router(args: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut line = args.skip_while(|word| word != "--").skip(1).peekable();
    let mut chosen = Vec::new();
    while let Some(word) = line.next() {
        let Some(text) = word.to_str() else { continue };
        match text {
            "--" => break,
            "--context" | "--url" => {
                // The value that is being typed just now is not a choice yet.
                if let Some(value) = line.next_if(|value| !value.is_empty() && value != "--") {
                    chosen.extend([word, value]);
                }
            }
            _ if text.starts_with("--context=") || text.starts_with("--url=") => chosen.push(word),
            "--insecure-http" => chosen.push(word),
            _ => {}
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn the_line_may_choose_the_router() {
        let check = |line: &str, expected: &[&str]| {
            let args = line.split(' ').map(OsString::from);
            assert_eq!(chosen_router(args), expected, "{line}");
        };
        check("clawctl -- clawctl key show", &[]);
        check("clawctl -- clawctl --context prod key show a", &["--context", "prod"]);
        check("clawctl -- clawctl key show --url=https://x.example", &["--url=https://x.example"]);
        check("clawctl -- clawctl key exec -- env --context prod", &[]);
        check("clawctl -- clawctl key show --context", &[]);
        check("clawctl --context other -- clawctl key show", &[]);
    }

    #[test]
    fn a_shell_is_not_kept_waiting() {
        let started = Instant::now();
        let slow = within(Duration::from_millis(20), || {
            thread::sleep(Duration::from_secs(60));
            Some(())
        });
        assert_eq!(slow, None);
        assert!(started.elapsed() < Duration::from_secs(5));
        assert_eq!(within(Duration::from_secs(5), || Some(7)), Some(7));
    }
}
