use std::path::PathBuf;

use clap::{ArgGroup, Args};
use http::{HeaderMap, HeaderValue, Method, header};
use zeroize::Zeroizing;

use super::probe::said;
use super::upstream;
use crate::client::{Answer, GrantEdit, GrantSecrets, sensitive};
use crate::commands::complete;
use crate::commands::key_source::read_secret;
use crate::commands::terms;
use crate::config::{parse_url, shown};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::view::upstream::{GrantStep, Upstream};
use clawctl_secret::Secret;
use clawctl_secret::source::SecretSource;
use clawctl_wire::grant::{GrantKey, GrantKind, GrantScope, PutGrant};

const PROVIDER: &str = "clawpool";
const USUAL: &str = "https://proxy.clawpool.ai";

/// What its keys begin with.
const PREFIX: &str = "sk-ant-oat-cpk-";

/// Connect a ClawPool key as an upstream of the router
///
/// The key is tried on the pool, then stored with the router as a grant of one policy or tenant,
/// and the provider `clawpool` is switched on. What the terms behind it may forbid is said before
/// anything changes. The router never presents itself as another program, so the pool may refuse
/// clients that do not do so themselves.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  pass show clawpool | clawctl connect clawpool --policy team_alpha --pool-key-stdin
  clawctl connect clawpool --tenant acme --pool-key-file pool.key --dry-run")]
#[command(group(ArgGroup::new("whose").args(["policy", "tenant"]).required(true)))]
pub struct Clawpool {
    /// The policy whose keys may use it
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// The tenant whose keys may use it
    #[arg(long, value_name = "NAME", add = complete::tenants())]
    tenant: Option<String>,

    /// Name of the grant
    #[arg(long, value_name = "NAME", default_value = PROVIDER)]
    name: String,

    /// Where the pool is
    #[arg(long, value_name = "URL", default_value = USUAL)]
    at: String,

    #[command(flatten)]
    key: PoolKeyFlags,
}

/// The ways to hand over the pool's key. At most one is used.
#[derive(Debug, Args)]
#[command(next_help_heading = "Where the pool's key comes from")]
#[group(id = "pool_key_source", multiple = false)]
struct PoolKeyFlags {
    /// Read the pool's key from standard input
    #[arg(long)]
    pool_key_stdin: bool,

    /// Read the pool's key from a file
    #[arg(long, value_name = "PATH")]
    pool_key_file: Option<PathBuf>,

    /// Read the pool's key from the environment variable of this name
    #[arg(long, value_name = "NAME")]
    pool_key_env: Option<String>,
}

impl PoolKeyFlags {
    fn read(&self, ctx: &Ctx) -> Result<Secret> {
        let source = match self {
            Self { pool_key_stdin: true, .. } => SecretSource::Stdin,
            Self { pool_key_file: Some(path), .. } => SecretSource::File(path.clone()),
            Self { pool_key_env: Some(name), .. } => SecretSource::Env(name.clone()),
            _ => SecretSource::Prompt("pool key (hidden)".to_owned()),
        };
        let flags = "`--pool-key-stdin`, `--pool-key-file PATH` or `--pool-key-env NAME`";
        let key = read_secret(ctx, &source, "pool's key", flags)?;
        if !key.expose().starts_with(PREFIX) {
            return Err(Error::usage("that is no key of ClawPool")
                .hint(format!("its keys begin with `{PREFIX}`")));
        }
        Ok(key)
    }
}

pub(super) async fn run(ctx: &Ctx, args: &Clawpool) -> Result<Upstream> {
    let holder = match (&args.policy, &args.tenant) {
        (Some(policy), _) => (GrantScope::Policies, policy),
        (None, Some(tenant)) => (GrantScope::Tenants, tenant),
        (None, None) => return Err(Error::usage("whose it is to be is missing")),
    };
    let grant =
        GrantKey::new(holder.0, holder.1, &args.name).map_err(|e| Error::of(Exit::USAGE, e))?;
    let url = parse_url(&args.at)?;
    upstream::known(ctx, PROVIDER).await?;
    if let Some(policy) = &args.policy {
        ctx.client()?.policy(policy).await?;
    }
    let key = args.key.read(ctx)?;
    let offers = try_key(ctx, &url, &key).await?;
    terms::agree(ctx, PROVIDER)?;
    let step = store(ctx, &grant, key).await?;
    let switched_on = upstream::switch_on(ctx, PROVIDER).await?;
    let mut notes = vec![
        "A client has to be one that the pool takes: `clawctl connect check --probe` tells."
            .to_owned(),
    ];
    if url != parse_url(USUAL)? {
        notes.push(format!(
            "The router sends the key to {USUAL} all the same, unless it is served with \
             `--upstream {PROVIDER}={}`.",
            shown(&url)
        ));
    }
    Ok(Upstream {
        provider: PROVIDER,
        place: shown(&url).to_owned(),
        offers,
        grant: Some(step),
        switched_on,
        models: upstream::models(ctx, PROVIDER).await?,
        dry_run: ctx.settings.dry_run,
        notes,
    })
}

/// Keeps the key with the router. One that is there under this name is replaced.
async fn store(ctx: &Ctx, grant: &GrantKey, key: Secret) -> Result<GrantStep> {
    let client = ctx.client()?;
    let edit = GrantEdit {
        provider: Some(PROVIDER.to_owned()),
        kind: Some(GrantKind::ApiKey),
        enabled: Some(true),
        ..GrantEdit::default()
    };
    let secrets = GrantSecrets { credential: Some(key), ..GrantSecrets::default() };
    let new = PutGrant::with_defaults(PROVIDER, GrantKind::ApiKey);
    let planned = client.plan_grant(grant, &edit, secrets, Some(new)).await?;
    let created = planned.before.is_none();
    let name = grant.to_string();
    if !ctx.settings.dry_run {
        if !created {
            ctx.confirm(&format!("Replace the key of grant {name}?"))?;
        }
        client.write_grant(&planned).await?;
    }
    Ok(GrantStep { name, created })
}

/// Shows the pool the key. What it says of itself besides the key is only worth a warning.
async fn try_key(ctx: &Ctx, url: &url::Url, key: &Secret) -> Result<Vec<String>> {
    let pool = ctx.dial(url, ctx.settings.insecure_http, None, None)?;
    let mut headers = HeaderMap::new();
    let bearer = Zeroizing::new(format!("Bearer {}", key.expose()));
    headers.insert(header::AUTHORIZATION, sensitive(&bearer)?);
    headers.insert("anthropic-version", HeaderValue::from_static("2023-06-01"));
    let answer = pool.raw(Method::GET, "/v1/models", headers, None, false).await;
    let hint = || format!("is {} the pool's address? `--at URL`", shown(url));
    let answer = answer.map_err(|e| upstream::silent(e, "the pool", hint()))?;
    match verdict(&answer) {
        Verdict::Taken(models) => Ok(models),
        Verdict::Unknown => Err(Error::new(Exit::DENIED, "the pool does not know this key")
            .cause(said(&answer))
            .hint("look it up on the pool's own page")),
        Verdict::Unsure(what) => {
            ctx.ui.warning(format!("{what}: {}", said(&answer)));
            Ok(Vec::new())
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    Taken(Vec<String>),
    /// The pool itself refuses the key.
    Unknown,
    /// The key may be right all the same.
    Unsure(&'static str),
}

fn verdict(answer: &Answer) -> Verdict {
    match answer.status {
        200..=299 => {
            let body: serde_json::Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            let rows = body["data"].as_array().into_iter().flatten();
            Verdict::Taken(rows.filter_map(|row| Some(row["id"].as_str()?.to_owned())).collect())
        }
        401 if said(answer) == "Invalid pool key" => Verdict::Unknown,
        401 | 403 => Verdict::Unsure("the account behind the pool refuses this program"),
        429 => Verdict::Unsure("the key's allowance is spent"),
        529 => Verdict::Unsure("nobody lends an account to the pool now"),
        _ => Verdict::Unsure("the pool is in trouble"),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[test]
    fn only_the_pool_itself_can_say_that_a_key_is_unknown() {
        let check = |status, body: &'static str, expected: Verdict| {
            let body = Bytes::from_static(body.as_bytes());
            let answer = Answer { status, headers: HeaderMap::new(), body };
            assert_eq!(verdict(&answer), expected, "{status}");
        };
        check(200, r#"{"data":[{"id":"a"}]}"#, Verdict::Taken(vec!["a".to_owned()]));
        check(401, r#"{"error":"Invalid pool key"}"#, Verdict::Unknown);
        let behind = r#"{"error":{"type":"authentication_error","message":"only for others"}}"#;
        check(401, behind, Verdict::Unsure("the account behind the pool refuses this program"));
        check(
            429,
            r#"{"error":"You've used all"}"#,
            Verdict::Unsure("the key's allowance is spent"),
        );
    }
}
