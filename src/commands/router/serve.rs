use std::net::SocketAddr;
use std::sync::Arc;

use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;
use url::Url;

use super::access_log::Log;
use super::descriptors::{self, Room};
use super::listen;
use super::reveal::Places;
use super::signals::Signals;
use crate::config::{parse_url, shown};
use crate::ctx::{Ctx, in_process};
use crate::env;
use crate::error::{Error, Exit, Result};
use crate::view::router::Problem;
use clawctl_router::serve::{Hosts, ServeOptions};
use clawctl_router::{self, Router, StoreError, Unwritten};
use clawctl_secret::sink::SinkSpec;

/// Serve the embedded router over HTTP
///
/// Clients can then use the keys, and other machines can administer it through a tunnel or a TLS
/// proxy. Commands without a context go on working on the same file meanwhile.
///
/// The first serve makes the admin token and writes it to stdout, once; all else goes to stderr.
/// SIGTERM and SIGINT finish what is in flight; a second one ends at once.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router serve
  clawctl router serve --listen 127.0.0.1:9000 --log json
  clawctl router serve --upstream openai=http://127.0.0.1:4000/v1
  clawctl router serve --allow-host host.docker.internal
  clawctl router serve --log off > admin-token.txt")]
pub struct Serve {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDRESS", value_parser = listen::parse)]
    #[arg(default_value = "127.0.0.1:8787")]
    listen: SocketAddr,

    /// Let other machines reach it, in plain http
    #[arg(long)]
    allow_remote: bool,

    /// Answer requests for this host name too (repeatable)
    ///
    /// On a loopback address, the router answers only for `localhost` and loopback addresses. List
    /// the names that containers and reverse proxies use.
    #[arg(long, value_name = "NAME", value_parser = listen::parse_host)]
    allow_host: Vec<String>,

    /// Reach a provider at another base URL; repeat it for more
    #[arg(long, value_name = "ID=URL")]
    upstream: Vec<String>,

    /// How many requests may be passed on to providers at the same time
    #[arg(long, value_name = "N", default_value_t = clawctl_router::IN_FLIGHT_DEFAULT)]
    #[arg(value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100_000))]
    max_in_flight: usize,

    /// How many of them may be of one key [default: a quarter, at least 32]
    #[arg(long, value_name = "N")]
    #[arg(value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..=100_000))]
    max_in_flight_per_key: Option<usize>,

    /// How to log requests
    #[arg(long, value_enum, default_value = "text", value_name = "HOW")]
    log: Log,
}

/// Not left to clap, which would repeat a password in a URL.
pub(super) fn parse_upstream(text: &str) -> Result<(String, Url)> {
    let (id, url) = text.split_once('=').filter(|(id, _)| !id.is_empty()).ok_or_else(|| {
        Error::usage("`--upstream` needs the id of a provider, `=` and a base URL")
            .hint("write `--upstream openai=http://127.0.0.1:4000`")
    })?;
    Ok((id.trim().to_owned(), parse_url(url)?))
}

pub(super) fn run(ctx: &Ctx, args: &Serve) -> Result<Exit> {
    listen::check(args.listen, args.allow_remote)?;
    let upstreams: Vec<_> =
        args.upstream.iter().map(|text| parse_upstream(text)).collect::<Result<_>>()?;
    let files = descriptors::raise();
    let room = descriptors::room(files, args.max_in_flight);
    let per_key = args.max_in_flight_per_key;
    let per_key = per_key.unwrap_or_else(|| clawctl_router::in_flight_per_key(room.in_flight));
    let opened = ctx.open_router_for_clients(upstreams.clone(), room.in_flight, per_key)?;
    // Before there is a token or an address that a client could take for a router that works.
    opened.check_writable().map_err(|e| unwritable(ctx, e))?;
    let router = Arc::new(opened);
    let cannot_start = |e: std::io::Error| Error::failed("cannot start").cause(e);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_name("router")
        .build()
        .map_err(cannot_start)?;
    let outcome = runtime.block_on(async {
        // The port comes before the token: what cannot serve makes none.
        let listener =
            TcpListener::bind(args.listen).await.map_err(|e| listen::refused(args.listen, e))?;
        let address = listener.local_addr().map_err(cannot_start)?;
        let signals = Signals::listen().map_err(cannot_start)?;
        let token = admin_token(ctx, &router)?;
        let notice = router.leave_notice(address);
        if let Err(error) = &notice {
            ctx.ui.warning(format!(
                "other commands on this machine cannot see that the router is served: {error}"
            ));
        }
        announce(ctx, args.log, &upstreams, &router, address, token).await?;
        if room.in_flight < args.max_in_flight && args.log != Log::Json {
            warn_of_few_files(ctx, files, room);
        }
        let options = ServeOptions { hosts: args.hosts(), connections_max: room.connections };
        until_stopped(ctx, router, listener, options, signals, args.log).await
    });
    // A request that hangs in a thread of its own does not keep the process.
    runtime.shutdown_background();
    outcome
}

fn unwritable(ctx: &Ctx, e: StoreError) -> Error {
    let hint = match e {
        StoreError::ReadOnly | StoreError::Other(_) => Some(format!(
            "a served router records budgets and usage: make `{}` and its folder writable",
            ctx.settings.home.database().display()
        )),
        StoreError::Full => Some("make room on that disk".to_owned()),
        StoreError::Busy | StoreError::Damaged(_) => None,
    };
    Error::failed("cannot serve the router").cause(e).hint_if(hint)
}

impl Serve {
    /// Who can be reached from elsewhere has names that nobody here knows.
    fn hosts(&self) -> Hosts {
        if self.allow_host.is_empty() && !self.listen.ip().is_loopback() {
            return Hosts::Any;
        }
        Hosts::LoopbackAnd(self.allow_host.clone())
    }
}

fn warn_of_few_files(ctx: &Ctx, files: u64, room: Room) {
    let Room { connections, in_flight } = room;
    ctx.ui.warning(format!(
        "this process may open {files} files: at most {connections} connections, and {in_flight} \
         requests in flight"
    ));
    ctx.ui.hint("raise the limit before the start: `ulimit -n 4096`");
}

/// Serves until a signal; a second signal does not wait for what is in flight.
async fn until_stopped(
    ctx: &Ctx,
    router: Arc<Router>,
    listener: TcpListener,
    options: ServeOptions,
    mut signals: Signals,
    log: Log,
) -> Result<Exit> {
    let (stop, told) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async move {
        // A sender that is gone means the same.
        let _ = told.await;
    };
    log.listen();
    let served = clawctl_router::serve::serve(router, listener, options, shutdown);
    tokio::pin!(served);
    tokio::select! {
        outcome = &mut served => return stopped(outcome),
        () = signals.next() => {}
    }
    match log {
        Log::Json => log.event(ctx, "stopping", json!({})),
        _ => ctx.ui.status("Stopping: requests in flight are finished first."),
    }
    drop(stop);
    tokio::select! {
        outcome = &mut served => stopped(outcome),
        () = signals.next() => Err(Error::failed("stopped before everything in flight was finished")),
    }
}

/// What is lost is a failure, although the router stopped as it was told.
fn stopped(outcome: std::io::Result<std::result::Result<(), Unwritten>>) -> Result<Exit> {
    match outcome {
        Ok(Ok(())) => Ok(Exit::DONE),
        Ok(Err(unwritten)) => Err(Error::of(Exit::FAILED, unwritten)
            .hint("usage and budgets miss these requests; compare them with the providers' bills")
            .hint("free some space on the disk before the next `clawctl router serve`")),
        Err(e) => Err(Error::failed("the router stopped").cause(e)),
    }
}

/// Makes an admin token where there is none. Says where it comes from.
fn admin_token(ctx: &Ctx, router: &Router) -> Result<&'static str> {
    if ctx.env.get(env::ADMIN_TOKEN_SHA256).is_some() {
        return Ok("its hash is from `CLAWROUTER_ADMIN_TOKEN_SHA256`");
    }
    if router.admin_token_hash_is_set()? {
        return Ok("made before; `clawctl router token rotate` makes a new one");
    }
    ctx.ui.status("This is the admin token. It is shown once, and only its hash is kept:");
    Places::check(ctx, &[SinkSpec::Stdout])?.reveal_new_token(ctx, router)?;
    Ok("made just now")
}

async fn announce(
    ctx: &Ctx,
    log: Log,
    upstreams: &[(String, Url)],
    router: &Arc<Router>,
    address: SocketAddr,
    token: &str,
) -> Result<()> {
    let database = ctx.settings.home.database().display().to_string();
    let client = in_process(Arc::clone(router), database.clone());
    let status = client.provider_status().await?;
    let ready: Vec<_> = status.iter().filter(|row| row.executable).map(|row| &*row.id).collect();
    let left_out: Vec<_> = router.problems().iter().map(Problem::from).collect();
    let remote = !address.ip().is_loopback();
    if log == Log::Json {
        // A collector of such lines wants no others among them.
        let upstreams = upstreams.iter().map(|(id, url)| (id.clone(), shown(url).into()));
        log.event(
            ctx,
            "serving",
            json!({
                "address": format!("http://{address}"),
                "database": database,
                "providersKnown": status.len(),
                "providersReady": ready,
                "upstreams": upstreams.collect::<serde_json::Map<_, serde_json::Value>>(),
                "manifestProblems": left_out,
                "adminToken": token,
                "plainHttpToOthers": remote,
            }),
        );
        return Ok(());
    }
    let ready = if ready.is_empty() { "none".to_owned() } else { ready.join(", ") };
    ctx.ui.status(format!("Serving the embedded router at http://{address}"));
    ctx.ui.status(format!("  database     {database}"));
    ctx.ui.status(format!("  providers    {} known; ready: {ready}", status.len()));
    for (id, url) in upstreams {
        ctx.ui.status(format!("  upstream     {id} at {}", shown(url)));
    }
    ctx.ui.status(format!("  admin token  {token}"));
    for problem in left_out {
        ctx.ui.warning(format!("left out: {}: {}", problem.place(), problem.reason));
    }
    if remote {
        ctx.ui.warning("this is plain http: keys and the admin token cross the network readably");
        ctx.ui.hint("put a TLS proxy in front, and listen on 127.0.0.1 behind it");
    }
    Ok(())
}
