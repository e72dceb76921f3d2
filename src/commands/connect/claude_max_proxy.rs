use std::path::Path;

use clap::Args;
use http::{HeaderMap, Method};
use serde_json::Value;

use super::upstream;
use crate::client::Client;
use crate::commands::programs::find;
use crate::commands::router::service::Home;
use crate::commands::terms;
use crate::config::{parse_url, shown};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::service::{Keeper, Service};
use crate::settings::Target;
use crate::view::service::Unit;
use crate::view::upstream::Upstream;

const PROVIDER: &str = "claude-max-proxy";

/// Where it listens if it is not told otherwise.
const USUAL: &str = "http://localhost:3456";

/// Its program.
const PROGRAM: &str = "claude-max-api";

/// Connect a claude-max-api-proxy as an upstream of the router
///
/// That program answers OpenAI requests with Claude Code, on one person's Claude plan. It is
/// looked at first; then the router's provider `claude-max-proxy` is switched on. What the plan's
/// terms may forbid is said before anything changes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl connect claude-max-proxy
  clawctl connect claude-max-proxy --at http://127.0.0.1:4000 --dry-run
  clawctl connect claude-max-proxy --service > ~/.config/systemd/user/claude-max-api.service")]
pub struct ClaudeMaxProxy {
    /// Address of the proxy [default: where the router looks for it]
    #[arg(long, value_name = "URL")]
    at: Option<String>,

    /// Print a unit that keeps that program running, and connect nothing
    #[arg(long)]
    service: bool,

    /// The unit is for `systemd` or `launchd`; else for the one that this system has
    #[arg(long = "for", value_enum, value_name = "KEEPER", requires = "service")]
    keeper: Option<Keeper>,
}

pub(super) async fn run(ctx: &Ctx, args: &ClaudeMaxProxy) -> Result<Exit> {
    let expected = parse_url(&expected(ctx))?;
    let url = args.at.as_deref().map_or(Ok(expected.clone()), parse_url)?;
    if args.service {
        return ctx.show(unit(ctx, args, url.port_or_known_default().unwrap_or(3456))?);
    }
    upstream::known(ctx, PROVIDER).await?;
    let program = ctx.dial(&url, ctx.settings.insecure_http, None, None)?;
    let offers = look(&program).await?;
    terms::agree(ctx, PROVIDER)?;
    let switched_on = upstream::switch_on(ctx, PROVIDER).await?;
    let mut notes = Vec::new();
    let looked_for = shown(&expected);
    if url != expected {
        notes.push(match &ctx.settings.target {
            Target::Embedded => format!(
                "The router looks for it at {looked_for}: serve the router with \
                 `--upstream {PROVIDER}={}`.",
                shown(&url)
            ),
            Target::Remote { .. } => {
                format!("The router looks for it at {looked_for}, as seen from its own machine.")
            }
        });
    } else if matches!(ctx.settings.target, Target::Remote { .. }) {
        notes.push(format!(
            "{looked_for} is on the router's own machine, which may be another one."
        ));
    }
    ctx.show(Upstream {
        provider: PROVIDER,
        place: shown(&url).to_owned(),
        offers,
        grant: None,
        switched_on,
        models: upstream::models(ctx, PROVIDER).await?,
        dry_run: ctx.settings.dry_run,
        notes,
    })
}

/// Where the active router looks for it.
fn expected(ctx: &Ctx) -> String {
    let of_router = match &ctx.settings.target {
        Target::Embedded => ctx.embedded().ok().and_then(|r| r.manifests().base_url(PROVIDER)),
        Target::Remote { .. } => None,
    };
    of_router.unwrap_or(USUAL).to_owned()
}

/// Is it there, and what does it offer?
async fn look(program: &Client) -> Result<Vec<String>> {
    let place = program.place();
    let ask = async |path: &str| -> Result<Value> {
        let answer = program.raw(Method::GET, path, HeaderMap::new(), None, false).await;
        let hint = || format!("start it on this machine: `{PROGRAM}`");
        let answer = answer.map_err(|e| upstream::silent(e, "claude-max-api-proxy", hint()))?;
        match serde_json::from_slice(&answer.body) {
            Ok(body) if answer.status == 200 => Ok(body),
            _ => Err(another(place, path)),
        }
    };
    let health = ask("/health").await?;
    if health["status"] != "ok" || health["provider"] != "claude-code-cli" {
        return Err(another(place, "/health"));
    }
    let models = ask("/v1/models").await?;
    let rows = models["data"].as_array().ok_or_else(|| another(place, "/v1/models"))?;
    Ok(rows.iter().filter_map(|row| row["id"].as_str().map(str::to_owned)).collect())
}

fn another(place: &str, path: &str) -> Error {
    Error::failed(format!("what answers at {place} is no claude-max-api-proxy"))
        .cause(format!("its answer to {path} is another"))
        .hint("name its address with `--at URL`")
}

/// It has no secret of its own: it runs with the login of Claude Code.
fn unit(ctx: &Ctx, args: &ClaudeMaxProxy, port: u16) -> Result<Unit> {
    let home = Home::find()?;
    let keeper = args.keeper.unwrap_or_else(Keeper::of_this_system);
    let program = find(ctx, PROGRAM).ok_or_else(|| {
        Error::usage(format!("there is no `{PROGRAM}` in the PATH"))
            .run("install it", "npm install -g claude-max-api-proxy")
    })?;
    // Claude Code works on the files of its folder, so it gets an empty one.
    let directory = ctx.settings.home.data.join(PROGRAM);
    let directory = std::path::absolute(&directory).unwrap_or(directory);
    if !ctx.settings.dry_run {
        make_folder(&directory)?;
    }
    // It looks for `claude` in the PATH, and a service begins with a short one.
    let path = ctx.env.search_path().to_string_lossy().into_owned();
    let service = Service {
        name: PROGRAM.to_owned(),
        description: "claude-max-api-proxy".to_owned(),
        directory: Some(directory),
        command: vec![program.display().to_string(), port.to_string()],
        environment: vec![("PATH".to_owned(), path)],
        environment_file: None,
        logs_stdout: true,
        log: home.log(PROGRAM),
    };
    Ok(Unit {
        keeper: keeper.as_str(),
        path: keeper.path(PROGRAM, home.folders()).display().to_string(),
        text: keeper.text(&service),
    })
}

fn make_folder(path: &Path) -> Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path).map_err(|e| {
        Error::failed(format!("cannot create the folder `{}`", path.display())).cause(e)
    })
}
