//! The router as a whole: which handler answers which route, and what no answer goes without.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use http::{HeaderValue, Method, Request, Response};
use hyper::body::Bytes;

use super::capacity::Capacity;
use super::core::Core;
use super::exchange::{Caller, Exchange};
use super::forward::{AnswerBody, Forwarder, Incoming};
use super::grants::Grants;
use super::manifest::{ManifestProblem, Manifests};
use super::options::Options;
use super::refusal::Refusal;
use super::reply::Reply;
use super::route::{self, Local, Route, Upstream};
use super::server::Server;
use super::store::{self, BackupError, OpenError, StoreError};
use super::{admin, client, forward, headers, providers, public};
#[cfg(test)]
use clawctl_wire::catalog::ProviderHealth;
use clawctl_wire::error::code;
use clawctl_wire::key::is_sha256_hex;
#[cfg(test)]
use clawctl_wire::money::Micros;
#[cfg(test)]
use clawctl_wire::usage_event::UsageEvent;

/// How many bytes of large request bodies are in memory at the same time; a quarter of that for one
/// key.
const BODIES_BYTES_MAX: usize = 128 * 1024 * 1024;

/// A router on one database.
pub struct Router {
    pub(crate) core: Arc<Core>,
    pub(crate) forwarder: Arc<Forwarder>,
    /// How many bytes of request bodies may be in memory.
    pub(crate) bodies: Arc<Capacity>,
}

impl Router {
    /// Opens the database, makes it if there is none, and brings its tables up to date.
    pub fn open(options: Options) -> Result<Self, OpenError> {
        let in_flight = Capacity::new(options.in_flight_max, options.in_flight_per_key);
        let (core, sealing_key) = Core::open(options)?;
        let core = Arc::new(core);
        let grants = Arc::new(Grants::new(Arc::clone(&core), sealing_key));
        let forwarder = Arc::new(Forwarder::new(Arc::clone(&core), grants, in_flight));
        let bodies = Capacity::new(BODIES_BYTES_MAX, BODIES_BYTES_MAX / 4);
        Ok(Self { core, forwarder, bodies })
    }

    /// Answers one request, whatever it is. What a provider answers is passed on as it comes.
    pub async fn handle(&self, request: Request<Bytes>, caller: Caller) -> Response<AnswerBody> {
        let path = route::canonical(request.uri().path());
        let Some(Route::Upstream(route)) = route::find(request.method(), &path) else {
            return self.answer(request, caller).map(AnswerBody::from);
        };
        let exchange = Exchange::new(&self.core, &request, caller);
        let (request_id, checked) = headers::checked(request.headers());
        let answered = match checked {
            Ok(()) => self.pass_on(&exchange, &request_id, route).await,
            Err(refusal) => Err(refusal),
        };
        let refused = |refusal| whole(Reply::refused(refusal, caller, &request_id));
        let response = answered.unwrap_or_else(refused);
        sealed(response, request_id, exchange)
    }

    /// Answers a request that no provider has to be asked for; one that does is refused.
    pub fn answer(&self, request: Request<Bytes>, caller: Caller) -> Response<Bytes> {
        let path = route::canonical(request.uri().path());
        let exchange = Exchange::new(&self.core, &request, caller);
        let (request_id, checked) = headers::checked(request.headers());
        let answered = checked.and_then(|()| match route::find(request.method(), &path) {
            Some(Route::Local(route)) => self.reply(&exchange, route),
            Some(Route::Upstream(_)) => {
                Err(Refusal::internal("a provider has to be asked for this"))
            }
            None => Err(Refusal::no_route()),
        });
        let refused = |refusal| Reply::refused(refusal, caller, &request_id);
        let mut response = answered.unwrap_or_else(refused).into_response();
        if *request.method() == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        sealed(response, request_id, exchange)
    }

    /// What the router answers by itself.
    fn reply(&self, exchange: &Exchange<'_>, route: Local<'_>) -> Result<Reply, Refusal> {
        match route {
            Local::Preflight => Ok(Reply::empty()),
            Local::Health => public::health(&self.core),
            Local::Index => public::index(&self.core),
            Local::Providers => public::providers(&self.core),
            Local::Routes => public::routes(&self.core),
            Local::Inspect => client::inspect::answer(exchange),
            Local::Me => client::me::answer(exchange),
            Local::Usage => client::usage::answer(exchange),
            Local::Models => client::models::answer(exchange),
            Local::Catalog => client::catalog::answer(exchange),
            Local::Session => Err(Refusal::unauthorized(
                code::ACCESS_SESSION_REQUIRED,
                "this is for browser sessions, which this router does not have",
            )),
            Local::OauthCallback => Err(Refusal::forbidden(
                code::ACCESS_ADMIN_REQUIRED,
                "this is for administrators in a browser session, which this router does not have",
            )),
            Local::Admin(rest) => admin::answer(exchange, &self.forwarder.grants, rest),
        }
    }

    /// What is answered after a provider was asked.
    async fn pass_on(
        &self,
        exchange: &Exchange<'_>,
        request_id: &HeaderValue,
        route: Upstream<'_>,
    ) -> Result<Response<AnswerBody>, Refusal> {
        let forwarder = &self.forwarder;
        let Exchange { request, now, .. } = *exchange;
        match route {
            Upstream::Forward(route) => {
                let incoming = Incoming { forwarder, request, request_id, route, now };
                forward::pass_on(&incoming, |identity| exchange.is(identity)).await
            }
            Upstream::Grant(rest) => {
                // What is rare stands in memory of its own: every request has room for the largest
                // way that it might take.
                Box::pin(admin::ask_provider(exchange, &forwarder.grants, rest)).await.map(whole)
            }
            Upstream::Check(id) => {
                let model = admin::check_asked(exchange)?;
                let model = model.as_deref();
                let health = forward::check(forwarder, request_id, now, id, model);
                let health = Box::pin(health).await?;
                Reply::private(&health).map(whole)
            }
        }
    }

    /// The providers that this router knows.
    pub fn manifests(&self) -> &Manifests {
        self.core.manifests()
    }

    /// Which of the user's manifests were left out, and why.
    pub fn problems(&self) -> &[ManifestProblem] {
        self.manifests().problems()
    }

    /// The providers that could be called without any grant, were they switched on.
    pub fn configured_providers(&self) -> BTreeSet<String> {
        providers::configured(&self.core)
    }

    /// The process that serves the database, where this one is not it. Of several, the newest.
    pub fn server(&self) -> Option<&Server> {
        self.core.server()
    }

    /// The names that the serving process has for a provider and this one has not.
    pub fn missing_here(&self, provider: &str) -> Vec<&str> {
        self.core.missing_here(provider)
    }

    /// Whether the database can be written. A served router reserves budgets and records usage.
    pub fn check_writable(&self) -> Result<(), StoreError> {
        // SQLite begins a write of a file that can only be read, and refuses what comes after.
        let is_read_only = |db: &store::Db| db.is_readonly("main").map_err(StoreError::from);
        if self.core.store.read(is_read_only)? { Err(StoreError::ReadOnly) } else { Ok(()) }
    }

    /// Whether anyone at the other end of a socket can be an administrator.
    pub fn admin_token_hash_is_set(&self) -> Result<bool, StoreError> {
        Ok(self.core.admin_token_sha256()?.is_some())
    }

    /// Replaces the hash of the admin token that is stored. The old token dies at once, unless a
    /// hash was given from outside: that one goes on counting.
    pub fn set_admin_token_sha256(&self, hex: &str) -> Result<(), OpenError> {
        if !is_sha256_hex(hex) {
            return Err(OpenError::AdminTokenHash);
        }
        let (store, hex) = (&self.core.store, hex.to_ascii_lowercase());
        let written = store.write(|db| store::meta::set_admin_token_sha256(db, &hex));
        written.map_err(|error: StoreError| OpenError::File {
            path: store.path().to_owned(),
            reason: error.to_string(),
        })
    }

    /// Writes a copy of the database to a new file, while it may be in use.
    pub fn backup(&self, to: &Path) -> Result<(), BackupError> {
        self.core.store.backup(to, (self.core.clock)())
    }
}

/// What tests put into a database beside all requests.
#[cfg(test)]
impl Router {
    /// Keeps a usage event, once: an id that is there already changes nothing.
    pub(crate) fn record_usage(&self, event: &UsageEvent) -> Result<(), StoreError> {
        self.core.store.write(|db| store::events::insert(db, event))
    }

    /// Adds to what was spent in a window, by the name that the ledger has for it.
    pub(crate) fn record_spend(&self, window_key: &str, micros: Micros) -> Result<(), StoreError> {
        self.core.store.write(|db| store::ledger::add(db, window_key, micros))
    }

    /// Keeps the outcome of a live check of a provider.
    pub(crate) fn record_health(&self, health: &ProviderHealth) -> Result<(), StoreError> {
        self.core.store.write(|db| store::health::put(db, health))
    }
}

fn whole(reply: Reply) -> Response<AnswerBody> {
    reply.into_response().map(AnswerBody::from)
}

/// Puts on every answer what none goes without.
fn sealed<B>(
    mut response: Response<B>,
    request_id: HeaderValue,
    exchange: Exchange<'_>,
) -> Response<B> {
    if route::is_shared(exchange.request.uri().path()) {
        headers::allow_origins(response.headers_mut());
    }
    response.headers_mut().insert(headers::X_REQUEST_ID, request_id);
    if let Some(identity) = exchange.identity.into_inner() {
        response.extensions_mut().insert(identity);
    }
    response
}
