//! The embedded router: the ClawRouter contract over one SQLite file.
//!
//! [`Router::handle`] turns a request into a response and is all that there is to it: the command
//! line calls it in-process, and [`serve::serve`] calls it for requests from a socket. It reads no
//! environment, no clock and no configuration of its own; [`Options`] gives it all that.
//!
//! A request passes [`headers`], then [`route`], then [`auth`]. What the router answers itself goes
//! through one function of [`public`], [`client`] or [`admin`], which asks [`store`] for what is and
//! [`decision`] and [`readiness`] for what follows from it. What a provider answers goes through
//! [`forward`]. What was read of the store is used again only while nobody has changed it.

mod account;
mod address;
mod admin;
mod aside;
mod auth;
mod budget;
mod capacity;
mod client;
mod decision;
mod delivery;
mod exchange;
mod forward;
mod fusion;
mod grant;
mod grants;
mod headers;
mod ids;
mod info;
pub mod manifest;
mod options;
mod outbound;
mod precondition;
mod providers;
mod public;
mod readiness;
mod refusal;
mod reply;
mod route;
mod sealed;
mod sender;
pub mod serve;
mod server;
mod store;
#[cfg(test)]
mod tests;
pub mod vitals;
pub mod why;

use std::cell::OnceCell;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use http::{HeaderValue, Method, Request, Response};
use hyper::body::Bytes;
use tokio::sync::Semaphore;

use self::capacity::Capacity;
use self::exchange::Exchange;
pub use self::exchange::{Caller, Identity};
pub use self::forward::AnswerBody;
use self::forward::Drains;
pub use self::info::RouterInfo;
use self::manifest::{ManifestProblem, Manifests};
pub use self::options::{
    Clock, Environment, IN_FLIGHT_DEFAULT, Options, RETENTION_DAYS_DEFAULT, SealingKey,
    in_flight_per_key,
};
use self::outbound::Clients;
use self::refusal::Refusal;
use self::reply::Reply;
use self::route::Route;
pub use self::sealed::Sealed;
pub use self::server::{Notice, Server};
use self::store::Store;
pub use self::store::{
    BackupError, OpenError, RestoreError, Revived, StoreError, Unwritten,
    preview as preview_restore, restore,
};
use clawctl_wire::catalog::ProviderHealth;
use clawctl_wire::error::code;
use clawctl_wire::key::is_sha256_hex;
#[cfg(test)]
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

/// How many bytes of large request bodies are in memory at the same time; a quarter of that for one
/// key.
const BODIES_BYTES_MAX: usize = 128 * 1024 * 1024;

/// Half of the processors, so that the other half is there for everyone else.
fn large_work_max() -> usize {
    std::thread::available_parallelism().map_or(1, |processors| processors.get().div_ceil(2))
}

/// A router on one database.
pub struct Router {
    store: Store,
    /// Read on first use: revoking a key needs no manifest.
    manifests: OnceLock<Manifests>,
    providers_dir: Option<std::path::PathBuf>,
    upstreams: Vec<(String, url::Url)>,
    defers: bool,
    /// The other process that serves the database, once that was asked.
    server: OnceLock<Option<Server>>,
    environment: Environment,
    admin_token_sha256: Option<String>,
    clock: Clock,
    retain_default: bool,
    grants: grants::Grants,
    retention_days: u32,
    providers_body: OnceLock<Bytes>,
    /// How many requests may be passed on at the same time, of all and of each key.
    in_flight: Arc<Capacity>,
    /// How many bytes of request bodies may be in memory.
    bodies: Arc<Capacity>,
    /// How much work on large bodies may be done at the same time.
    large_work: Semaphore,
    clients: OnceLock<Clients>,
    /// Answers that are read although their clients have left.
    drains: Drains,
}

impl Router {
    /// Opens the database, makes it if there is none, and brings its tables up to date.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let admin_token_sha256 = match options.admin_token_sha256 {
            Some(hex) if !is_sha256_hex(hex.trim()) => return Err(OpenError::AdminTokenHash),
            hex => hex.map(|hex| hex.trim().to_ascii_lowercase()),
        };
        let manifests = OnceLock::new();
        if !options.upstreams.is_empty() {
            let mut loaded = Manifests::load(options.providers_dir.as_deref());
            for (id, url) in &options.upstreams {
                loaded = loaded.with_base_url(id, url)?;
            }
            manifests.get_or_init(|| loaded);
        }
        Ok(Self {
            store: Store::open(&options.database, (options.clock)(), options.retention_days)?,
            manifests,
            providers_dir: options.providers_dir,
            upstreams: options.upstreams,
            defers: options.defers,
            server: OnceLock::new(),
            environment: options.environment,
            admin_token_sha256,
            clock: options.clock,
            retain_default: options.retain_default,
            grants: grants::Grants::new(options.sealing_key),
            retention_days: options.retention_days,
            providers_body: OnceLock::new(),
            in_flight: Capacity::new(options.in_flight_max, options.in_flight_per_key),
            bodies: Capacity::new(BODIES_BYTES_MAX, BODIES_BYTES_MAX / 4),
            large_work: Semaphore::new(large_work_max()),
            clients: OnceLock::new(),
            drains: Drains::default(),
        })
    }

    /// Answers one request, whatever it is. What a provider answers is passed on as it comes.
    pub async fn handle(
        self: &Arc<Self>,
        request: Request<Bytes>,
        caller: Caller,
    ) -> Response<AnswerBody> {
        let path = request.uri().path();
        let canonical = route::canonical(path);
        let found = route::find(request.method(), &canonical);
        let Some(route) = found.filter(|route| route.is_async()) else {
            return self.answer(request, caller).map(AnswerBody::from);
        };
        let given = headers::request_id(request.headers());
        let request_id = match &given {
            Ok(Some(id)) => id.clone(),
            _ => headers::fresh_request_id(),
        };
        let mut identity = None;
        let outcome = match given.and_then(|_| headers::check_attribution(request.headers())) {
            Ok(()) => {
                let now = (self.clock)();
                let (router, request_id, request) = (self, &request_id, &request);
                match route {
                    Route::Forward(route) => {
                        let incoming =
                            forward::Incoming { router, request, request_id, route, now };
                        forward::pass_on(&incoming, &mut identity).await
                    }
                    Route::Admin(rest) => {
                        let asked =
                            admin::ask_provider(router, request, caller, rest, &mut identity).await;
                        asked.map(|reply| reply.into_response().map(AnswerBody::from))
                    }
                    Route::Check(id) => {
                        match admin::check_asked(router, request, caller, now, &mut identity) {
                            Ok(model) => {
                                let model = model.as_deref();
                                let health =
                                    forward::check(router, request_id, now, id, model).await;
                                let reply = health.and_then(|health| Reply::private(&health));
                                reply.map(|reply| reply.into_response().map(AnswerBody::from))
                            }
                            Err(refusal) => Err(refusal),
                        }
                    }
                    _ => Err(Refusal::internal("nobody has to be asked for this")),
                }
            }
            Err(refusal) => Err(refusal),
        };
        let response = outcome
            .unwrap_or_else(|refusal| Reply::from(refusal).into_response().map(AnswerBody::from));
        sealed(response, request_id, path, identity)
    }

    /// Answers a request that no provider has to be asked for; one that does is refused.
    pub fn answer(&self, request: Request<Bytes>, caller: Caller) -> Response<Bytes> {
        let request = &request;
        let (now, identity) = ((self.clock)(), OnceCell::new());
        let exchange = Exchange { router: self, request, caller, now, identity };
        let path = request.uri().path();
        let (request_id, outcome) = match headers::request_id(request.headers()) {
            Ok(id) => (id, dispatch(&exchange, path)),
            Err(refusal) => (None, Err(refusal)),
        };
        let mut response = outcome.unwrap_or_else(Reply::from).into_response();
        if *request.method() == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        let request_id = request_id.unwrap_or_else(headers::fresh_request_id);
        sealed(response, request_id, path, exchange.identity.into_inner())
    }

    /// The providers that this router knows.
    pub fn manifests(&self) -> &Manifests {
        self.manifests.get_or_init(|| match self.server() {
            Some(server) => {
                let mut loaded = Manifests::load(server.providers_dir.as_deref());
                for (id, url) in &server.upstreams {
                    // A file may have changed since that process was started.
                    let moved = url.parse().ok().map(|url| loaded.clone().with_base_url(id, &url));
                    if let Some(Ok(moved)) = moved {
                        loaded = moved;
                    }
                }
                loaded
            }
            None => Manifests::load(self.providers_dir.as_deref()),
        })
    }

    /// Which of the user's manifests were left out, and why.
    pub fn problems(&self) -> &[ManifestProblem] {
        self.manifests().problems()
    }

    /// Whether the database can be written. A served router reserves budgets and records usage.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        // SQLite begins a write of a file that can only be read, and refuses what comes after.
        let is_read_only =
            self.store.read(|db| db.is_readonly("main").map_err(StoreError::from))?;
        if is_read_only { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    /// Whether anyone at the other end of a socket can be an administrator.
    pub fn admin_token_hash_is_set(&self) -> Result<bool, StoreError> {
        if self.admin_token_sha256.is_some() {
            return Ok(true);
        }
        Ok(self.store.read(store::meta::admin_token_sha256)?.is_some())
    }

    /// Replaces the hash of the admin token that is stored. The old token dies at once, unless a
    /// hash was given from outside: that one goes on counting.
    pub fn set_admin_token_sha256(&self, hex: &str) -> Result<(), OpenError> {
        if !is_sha256_hex(hex) {
            return Err(OpenError::AdminTokenHash);
        }
        let hex = hex.to_ascii_lowercase();
        let written = self.store.write(|db| store::meta::set_admin_token_sha256(db, &hex));
        written.map_err(|error: StoreError| OpenError::File {
            path: self.store.path().to_owned(),
            reason: error.to_string(),
        })
    }

    /// Writes a copy of the database to a new file, while it may be in use.
    pub fn backup(&self, to: &Path) -> Result<(), BackupError> {
        self.store.backup(to, (self.clock)())
    }

    /// Keeps a usage event, once: an id that is there already changes nothing.
    pub fn record_usage(&self, event: &UsageEvent) -> Result<(), StoreError> {
        self.store.write(|db| store::events::insert(db, event))
    }

    /// Adds to what was spent in a window, by the name that the ledger has for it.
    #[cfg(test)]
    fn record_spend(&self, window_key: &str, micros: Micros) -> Result<(), StoreError> {
        self.store.write(|db| store::ledger::add(db, window_key, micros))
    }

    /// Keeps the outcome of a live check of a provider.
    pub fn record_health(&self, health: &ProviderHealth) -> Result<(), StoreError> {
        self.store.write(|db| store::health::put(db, health))
    }

    /// Says that the requests which are open are still open.
    fn renew_leases(&self) {
        if let Ok(until) = (self.clock)().checked_add(forward::LEASE) {
            self.store.renew_leases(until);
        }
    }

    /// The connections to providers, made when the first is needed.
    fn clients(&self) -> Result<&Clients, Refusal> {
        if let Some(clients) = self.clients.get() {
            return Ok(clients);
        }
        let clients = Clients::new().map_err(|_| {
            Refusal::internal("the connections to providers cannot be set up on this machine")
        })?;
        Ok(self.clients.get_or_init(|| clients))
    }

    /// Whether a configuration name has a value.
    fn is_configured(&self, name: &str) -> bool {
        server::is_value(self.config(name))
    }
}

/// Puts on every answer what none goes without.
fn sealed<B>(
    mut response: Response<B>,
    request_id: HeaderValue,
    path: &str,
    identity: Option<Identity>,
) -> Response<B> {
    if route::is_shared(path) {
        headers::allow_origins(response.headers_mut());
    }
    response.headers_mut().insert(headers::X_REQUEST_ID, request_id);
    if let Some(identity) = identity {
        response.extensions_mut().insert(identity);
    }
    response
}

fn dispatch(exchange: &Exchange<'_>, path: &str) -> Result<Reply, Refusal> {
    headers::check_attribution(exchange.headers())?;
    let path = route::canonical(path);
    match route::find(exchange.method(), &path).ok_or_else(Refusal::no_route)? {
        Route::Preflight => Ok(Reply::empty()),
        Route::Health => public::health(exchange.router),
        Route::Index => public::index(exchange.router),
        Route::Providers => public::providers(exchange.router),
        Route::Routes => public::routes(exchange.router),
        Route::Inspect => client::inspect::answer(exchange),
        Route::Me => client::me::answer(exchange),
        Route::Usage => client::usage::answer(exchange),
        Route::Models => client::models::answer(exchange),
        Route::Catalog => client::catalog::answer(exchange),
        Route::Forward(_) | Route::Check(_) => {
            Err(Refusal::internal("a provider has to be asked for this"))
        }
        Route::Session => Err(Refusal::unauthorized(
            code::ACCESS_SESSION_REQUIRED,
            "this is for browser sessions, which this router does not have",
        )),
        Route::OauthCallback => Err(Refusal::forbidden(
            code::ACCESS_ADMIN_REQUIRED,
            "this is for administrators in a browser session, which this router does not have",
        )),
        Route::Admin(rest) => admin::answer(exchange, rest),
    }
}
