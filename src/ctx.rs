//! What a command is given: the settings, the writer, the clock, and a client on first use.

use std::cell::OnceCell;
use std::sync::Arc;

use http::Response;
use http_body_util::BodyExt as _;
use jiff::Timestamp;

use crate::changes::{Changes, ChangesError, Own, Recorder, Scene};
use crate::client::{Client, Credentials, Handler, HttpOptions, Transport, sensitive};
use crate::credential::{AccessToken, Found, StoreChoice, TokenStore};
use crate::env::{self, Environment};
use crate::error::{Error, Exit, Result};
use crate::journal::{self, Journal};
use crate::sealing::KeyPlaces;
use crate::settings::{self, Settings, Target};
use crate::ui::Ui;
use crate::view::{Column, View};
use clawctl_router::{self, Caller, Router};
use clawctl_secret::Secret;
use clawctl_secret::keychain::Keychain;

pub struct Ctx {
    pub settings: Settings,
    pub ui: Ui,
    pub env: Environment,
    /// The words of the command, for the record of what it changes.
    words: String,
    client: OnceCell<Client>,
    embedded: OnceCell<Arc<Router>>,
    recorder: OnceCell<Arc<Recorder>>,
}

impl Ctx {
    pub fn new(settings: Settings, ui: Ui, env: Environment) -> Self {
        let (client, embedded, recorder) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Self { settings, ui, env, words: String::new(), client, embedded, recorder }
    }

    /// The same for a command of these words.
    #[must_use]
    pub fn with_words(self, words: String) -> Self {
        Self { words, ..self }
    }

    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    /// Shows a command's result.
    pub fn show(&self, view: impl View) -> Result<Exit> {
        self.ui.show(&view)
    }

    /// Refuses a column that a table does not have, before anything is asked of the router.
    pub fn check_columns<R>(&self, columns: &[Column<R>]) -> Result<()> {
        let unknown = |name: &&String| columns.iter().all(|column| column.name != **name);
        let Some(name) = self.ui.look().columns.iter().find(unknown) else { return Ok(()) };
        let known: Vec<_> = columns.iter().map(|column| column.name).collect();
        Err(Error::usage(format!("there is no column `{name}`"))
            .hint(format!("there are: {}", known.join(", "))))
    }

    /// The router in force. Nothing is opened before the first call of this.
    pub fn client(&self) -> Result<&Client> {
        if let Some(client) = self.client.get() {
            return Ok(client);
        }
        let mut client = self.connect()?;
        if self.records_changes() {
            client = client.with_witness(Box::new(Arc::clone(self.recorder())));
        }
        Ok(self.client.get_or_init(|| client))
    }

    /// Asks before a change on the router in force. Which one that is may have been settled by a
    /// variable or a context that was chosen long ago, so it is said.
    pub fn confirm(&self, question: &str) -> Result<()> {
        if let Target::Remote { url, context, .. } = &self.settings.target {
            let url = url.as_str().trim_end_matches('/');
            match context {
                Some(name) => self.ui.status(format!("The router is {name}, at {url}.")),
                None => self.ui.status(format!("The router is {url}.")),
            }
        }
        self.ui.confirm(question)
    }

    /// The changes that were made from this machine.
    pub fn changes(&self) -> Changes {
        Changes::at(&self.settings.home.changes())
    }

    /// What is changed from here on takes an earlier change back.
    pub fn undoing(&self, id: &str) {
        self.recorder().undoing(id);
    }

    /// Says once, at the end, which rows of the router's lists could not be read.
    pub fn say_unread_rows(&self) {
        for (list, unread) in self.client.get().map(Client::unread).unwrap_or_default() {
            self.ui.warning(format!("{list}: {unread}"));
        }
    }

    /// Says once, at the end, that changes could not be written down. They were made all the same.
    pub fn say_unrecorded(&self) {
        if let Some(error) = self.recorder.get().and_then(|recorder| recorder.trouble()) {
            self.say_trouble(&error);
        }
    }

    fn say_trouble(&self, error: &ChangesError) {
        self.ui.warning(format!("what was changed could not be written down: {error}"));
        self.ui.hint(format!("see to it, or set `{}=off`", env::JOURNAL.name));
    }

    /// Changes the embedded router's own file, which no request asks for, and notes it.
    pub fn changing<T, E>(
        &self,
        own: Own,
        change: impl FnOnce() -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        if !self.records_changes() {
            return change();
        }
        // It is this machine's router, whichever is in force.
        let scene = self.scene(self.embedded_place(), None);
        let recorder = Recorder::new(self.changes(), scene, clock);
        let id = recorder.own_begins(own);
        let changed = change();
        if let Some(id) = id {
            recorder.own_ends(&id, changed.is_ok());
        }
        if let Some(error) = recorder.trouble() {
            self.say_trouble(&error);
        }
        changed
    }

    fn records_changes(&self) -> bool {
        self.env.get(env::JOURNAL).is_none_or(|word| !word.eq_ignore_ascii_case("off"))
    }

    fn recorder(&self) -> &Arc<Recorder> {
        self.recorder.get_or_init(|| {
            let context = self.settings.target.context().map(str::to_owned);
            let scene = self.scene(self.journal_place().place().to_owned(), context);
            Arc::new(Recorder::new(self.changes(), scene, clock))
        })
    }

    fn scene(&self, router: String, context: Option<String>) -> Scene {
        let user = self.env.get(env::USER);
        let user = user.unwrap_or_else(|| rustix::process::getuid().as_raw().to_string());
        let system = rustix::system::uname();
        let host = system.nodename().to_string_lossy().into_owned();
        Scene { who: format!("{user}@{host}"), command: self.words.clone(), router, context }
    }

    fn connect(&self) -> Result<Client> {
        match &self.settings.target {
            Target::Embedded => {
                let router = Arc::clone(self.embedded()?);
                let place = self.settings.home.database().display().to_string();
                Ok(in_process(router, place))
            }
            Target::Remote { url, insecure_http, .. } => {
                let found = self.tokens()?;
                let token = found.admin_token.as_ref().map(|(token, _)| token);
                let access = found.access.as_ref().map(|(access, _)| access);
                self.dial(url, *insecure_http, token, access)
            }
        }
    }

    /// Where admin tokens are kept.
    pub fn token_store(&self) -> TokenStore<'_> {
        TokenStore { env: &self.env, file: &self.settings.home.credentials, ui: &self.ui }
    }

    /// What there is to identify with to the active router.
    pub fn tokens(&self) -> Result<Found> {
        self.token_store().find(self.settings.context())
    }

    /// A router by its address, with these credentials.
    pub fn dial(
        &self,
        url: &url::Url,
        insecure_http: bool,
        token: Option<&Secret>,
        access: Option<&AccessToken>,
    ) -> Result<Client> {
        let mut credentials = Credentials::default();
        if let Some(token) = token {
            credentials.admin = Some(sensitive(&format!("Bearer {}", token.expose()))?);
        }
        if let Some(access) = access {
            let headers = &mut credentials.every_call;
            headers.insert("cf-access-client-id", sensitive(&access.client_id)?);
            headers.insert("cf-access-client-secret", sensitive(access.client_secret.expose())?);
        }
        let options = HttpOptions { timeout: self.settings.timeout, insecure_http };
        Ok(Client::new(Transport::http(url, &options)?, credentials))
    }

    /// The embedded router, for commands beside one that may be served from the same database.
    pub fn embedded(&self) -> Result<&Arc<Router>> {
        if let Some(router) = self.embedded.get() {
            return Ok(router);
        }
        let router = Arc::new(self.open_router()?);
        Ok(self.embedded.get_or_init(|| router))
    }

    /// Opens the embedded router once more.
    pub fn open_router(&self) -> Result<Router> {
        let options = self.router_options()?;
        Ok(Router::open(clawctl_router::Options { defers: true, ..options })?)
    }

    /// Opens the embedded router to serve it, with limits on the requests that it passes on at the
    /// same time, of all keys and of each.
    pub fn open_router_for_clients(
        &self,
        upstreams: Vec<(String, url::Url)>,
        in_flight_max: usize,
        in_flight_per_key: usize,
    ) -> Result<Router> {
        let options = self.router_options()?;
        let limits = clawctl_router::Options { in_flight_max, in_flight_per_key, ..options };
        Ok(Router::open(clawctl_router::Options { upstreams, ..limits })?)
    }

    /// How the embedded router is opened, whatever for.
    fn router_options(&self) -> Result<clawctl_router::Options> {
        let environment = self.env.clone();
        let retain_default = self
            .env
            .get(env::RETENTION_DEFAULT)
            .is_some_and(|word| matches!(word.to_lowercase().as_str(), "1" | "true" | "on"));
        // Another process may read where this is, from another folder.
        let providers = self.settings.home.providers();
        Ok(clawctl_router::Options {
            providers_dir: Some(std::path::absolute(&providers).unwrap_or(providers)),
            environment: Box::new(move |name| environment.lookup(name)),
            admin_token_sha256: self.env.get(env::ADMIN_TOKEN_SHA256),
            retain_default,
            sealing_key: self.sealing_key(),
            retention_days: self.usage_days()?,
            ..clawctl_router::Options::new(self.settings.home.database(), Box::new(clock))
        })
    }

    /// The process that serves the active router, if that is the embedded one and it is served.
    pub fn server(&self) -> Option<&clawctl_router::Server> {
        if self.settings.target != Target::Embedded || !self.settings.home.database().exists() {
            return None;
        }
        self.embedded().ok()?.server()
    }

    /// Says whose environment the readiness of providers was judged by, which is none of ours where
    /// a router is served.
    pub fn say_judge(&self) {
        if self.settings.target != Target::Embedded {
            return;
        }
        match self.server() {
            Some(server) => self.ui.detail(format!(
                "Readiness is that of the router served at {} (process {}).",
                server.url, server.pid
            )),
            None => self.ui.status(
                "No router is served from this database: readiness is judged by this shell's \
                 environment.",
            ),
        }
    }

    /// Nothing is looked for before the router needs it.
    fn sealing_key(&self) -> clawctl_router::SealingKey {
        match self.key_places() {
            Ok(places) => Box::new(move |make| places.key(make)),
            Err(error) => Box::new(move |_| Err(error.message.clone())),
        }
    }

    /// Where the key for upstream secrets of the embedded router can be.
    pub fn key_places(&self) -> Result<KeyPlaces> {
        let choice = StoreChoice::of(&self.env)?;
        Ok(KeyPlaces::new(choice, &self.settings.home.database(), Keychain::system()))
    }

    /// How long the embedded router keeps usage events. The contract's sums need a month of them.
    fn usage_days(&self) -> Result<u32> {
        let Some(text) = self.env.get(env::USAGE_DAYS) else {
            return Ok(clawctl_router::RETENTION_DAYS_DEFAULT);
        };
        let days = text.trim().parse().ok().filter(|days| (31..=3650).contains(days));
        days.ok_or_else(|| {
            Error::usage(format!("`{}` is not a number of days", env::USAGE_DAYS.name))
                .hint("give a whole number from 31 to 3650")
        })
    }

    /// Where clients find the router, and whether it has to be served first.
    pub fn client_url(&self) -> (String, bool) {
        if let Some(server) = self.server() {
            return (server.url.clone(), false);
        }
        match &self.settings.target {
            Target::Embedded => (format!("http://{}", settings::LISTEN_DEFAULT), true),
            Target::Remote { url, .. } => (url.as_str().trim_end_matches('/').to_owned(), false),
        }
    }

    /// Where issue and rotate leave word of what they are about to do.
    pub fn journal(&self) -> Journal {
        Journal::at(&self.settings.home.journal())
    }

    /// The router in force, as an operation is noted for it.
    pub fn journal_place(&self) -> journal::Target {
        let context = self.settings.target.context().map(str::to_owned);
        journal::Target::new(&self.journal_target(), context)
    }

    fn embedded_place(&self) -> String {
        format!("embedded:{}", self.settings.home.database().display())
    }

    /// What the journal calls the router in force.
    pub fn journal_target(&self) -> String {
        match &self.settings.target {
            Target::Embedded => self.embedded_place(),
            Target::Remote { url, .. } => url.as_str().trim_end_matches('/').to_owned(),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the clock that the router is given")]
fn clock() -> Timestamp {
    Timestamp::now()
}

/// The methods of a client on a router in this process.
pub fn in_process(router: Arc<Router>, place: String) -> Client {
    let handler: Handler = Box::new(move |request| {
        let router = Arc::clone(&router);
        Box::pin(async move {
            let (head, body) = router.handle(request, Caller::InProcess).await.into_parts();
            let whole = body.collect().await.map_err(|e| e.to_string())?.to_bytes();
            Ok(Response::from_parts(head, whole))
        })
    });
    Client::new(Transport::InProcess { handler, place }, Credentials::default())
}
