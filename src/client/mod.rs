//! The router's routes as typed methods, over the network or in-process.
//!
//! One method per route. What a method returns has been checked for shape; what it writes has
//! been read back and compared. Retries, time limits and the mapping of refusals live below this
//! surface, so that a command reads like the sentence it carries out.

mod admin;
mod console;
mod credentials;
mod discovery;
mod edit;
pub mod error;
mod fusion;
mod grants;
mod hidden;
mod http;
pub(crate) mod patience;
mod people;
mod policies;
mod resource;
mod retry;
pub mod rows;
mod stray;
mod tls;
pub mod transport;
mod usage;
pub mod witness;
mod write;

use std::sync::{Mutex, PoisonError};

use ::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::OnceCell;

pub use self::console::Console;
pub use self::credentials::{NewCredential, ReadCredential};
pub use self::edit::Planned;
pub use self::error::{Error, Result, if_offered, if_there};
pub use self::grants::{GrantSecrets, PlannedGrant};
pub use self::http::HttpOptions;
pub use self::people::GrantsEdit;
pub use self::resource::ReadResource;
pub use self::transport::{Answer, Answering, Handler, Transport};
pub use self::usage::EventPages;
pub use self::write::{IfMissing, Kept};
pub use crate::resource::{
    BindingEdit, Change, ConnectionEdit, CredentialEdit, FusionEdit, GrantEdit, PolicyEdit,
    RoutingEdit, RuleEdit, SetEdit, UserEdit,
};

use self::hidden::Hidden;
use self::retry::Tries;
use self::rows::LeftOut;
use self::transport::{Opened, Outgoing};
use self::witness::{Witness, Witnessed};
use clawctl_wire::health::{Extension, Health};

/// Headers that identify the caller. Each value is marked sensitive, so `Debug` hides it.
#[derive(Default)]
pub struct Credentials {
    /// `Authorization` of admin calls. In-process needs none.
    pub admin: Option<HeaderValue>,
    /// Sent on every call, such as the two headers of a Cloudflare Access service token.
    pub every_call: HeaderMap,
}

/// A header value that no log and no `Debug` shows.
pub fn sensitive(text: &str) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Error::HeaderCharacter)?;
    value.set_sensitive(true);
    Ok(value)
}

/// As whom a call is made.
enum As<'a> {
    Nobody,
    Admin,
    Key(&'a HeaderValue),
}

/// A connection to one router.
pub struct Client {
    transport: Transport,
    credentials: Credentials,
    health: OnceCell<Health>,
    witnessed: Option<Witnessed>,
    left_out: LeftOut,
    key_routes: Remembered,
}

/// Whether a router has a route, once that is known.
#[derive(Default)]
struct Remembered(Mutex<Option<bool>>);

impl Remembered {
    fn get(&self) -> Option<bool> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set(&self, known: Option<bool>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = known;
    }
}

impl Client {
    pub fn new(transport: Transport, credentials: Credentials) -> Self {
        let (health, left_out) = (OnceCell::new(), LeftOut::default());
        let (witnessed, key_routes) = (None, Remembered::default());
        Self { transport, credentials, health, witnessed, left_out, key_routes }
    }

    /// Tells somebody of every change that it asks the router for.
    #[must_use]
    pub fn with_witness(self, witness: Box<dyn Witness>) -> Self {
        Self { witnessed: Some(Witnessed::by(witness)), ..self }
    }

    /// Where the router is, for messages.
    pub fn place(&self) -> &str {
        self.transport.place()
    }

    pub fn has_admin_token(&self) -> bool {
        self.credentials.admin.is_some() || self.transport.is_in_process()
    }

    /// What the router says of itself. Asked once, remembered.
    pub async fn health(&self) -> Result<&Health> {
        self.health
            .get_or_try_init(async || self.get("/v1/health", &As::Nobody, "health").await)
            .await
    }

    pub async fn has(&self, extension: Extension) -> Result<bool> {
        Ok(self.health().await?.has(extension))
    }

    /// Refuses what this router would drop without a word.
    pub async fn require(&self, extension: Extension, flag: &str) -> Result<()> {
        if self.has(extension).await? {
            return Ok(());
        }
        Err(Error::NeedsExtension { extension, flag: flag.to_owned() })
    }

    /// Any call at all, for `clawctl api`: the answer as it came, also when it is a refusal. Only
    /// our own secrets are hidden, should it repeat them.
    pub async fn raw(
        &self,
        method: Method,
        path: &str,
        headers: HeaderMap,
        body: Option<Vec<u8>>,
        as_admin: bool,
    ) -> Result<Answer> {
        let who = if as_admin { As::Admin } else { As::Nobody };
        // Nothing is known of such a call, so only a read is sent twice.
        let repeatable = method == Method::GET;
        let mut outgoing = self.outgoing(method, path, &who, body);
        outgoing.repeatable = repeatable;
        outgoing.headers.extend(headers);
        let hidden = self.hidden(&outgoing);
        Ok(hidden.hide(self.send(outgoing).await?))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str, who: &As<'_>, what: &str) -> Result<T> {
        Ok(self.get_with_headers(path, who, what).await?.0)
    }

    async fn get_with_headers<T: DeserializeOwned>(
        &self,
        path: &str,
        who: &As<'_>,
        what: &str,
    ) -> Result<(T, HeaderMap)> {
        let outgoing = self.outgoing(Method::GET, path, who, None);
        let hidden = self.hidden(&outgoing);
        let answer = self.send(outgoing).await?;
        let answer = hidden.hide_in_refusal(answer).accepted()?;
        match answer.read(what) {
            Ok(value) => Ok((value, answer.headers)),
            // The words about it are made of its text, so they come from one without secrets.
            Err(_) => Err(hidden.hide(answer).read::<T>(what).err().unwrap_or_else(|| {
                let reason = "it repeats a secret that it was sent".to_owned();
                Error::Shape { what: what.to_owned(), reason, request_id: None }
            })),
        }
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        who: &As<'_>,
        headers: HeaderMap,
        body: Option<&Value>,
    ) -> Result<Answer> {
        let body = body.map(|value| value.to_string().into_bytes());
        let mut outgoing = self.outgoing(method, path, who, body);
        outgoing.headers.extend(headers);
        let hidden = self.hidden(&outgoing);
        hidden.hide_in_refusal(self.send(outgoing).await?).accepted()
    }

    /// The one way out of here. Whatever changes something is told before and after.
    async fn send(&self, outgoing: Outgoing) -> Result<Answer> {
        stray::refuse(&outgoing)?;
        let Some(witnessed) = &self.witnessed else { return self.transport.send(outgoing).await };
        let change = witnessed.begins(&outgoing);
        let is_admin_read = outgoing.method == Method::GET && is_admin(&outgoing.path);
        let path = is_admin_read.then(|| outgoing.path.clone());
        let outcome = self.transport.send(outgoing).await;
        if let Some(change) = change {
            witnessed.ends(change, &outcome);
        }
        if let (Some(path), Ok(answer)) = (path, &outcome) {
            witnessed.reads(&path, answer);
        }
        outcome
    }

    /// The same for a read of which the answer is taken piece by piece.
    async fn open(
        &self,
        outgoing: Outgoing,
        tries: &mut Tries,
        hidden: &Hidden,
    ) -> Result<Opened<'_>> {
        let path = outgoing.path.clone();
        let refusal = match self.transport.open(outgoing, tries).await? {
            Ok(opened) => return Ok(opened),
            Err(refusal) => refusal,
        };
        if let Some(witnessed) = self.witnessed.as_ref().filter(|_| is_admin(&path)) {
            witnessed.reads(&path, &refusal);
        }
        Err(hidden.hide(refusal).refusal())
    }

    /// Does anybody want to know what was read there?
    fn witnesses(&self, path: &str) -> bool {
        self.witnessed.is_some() && is_admin(path)
    }

    /// Looks at a thing before it is changed by a verb, if somebody wants to know what it was and
    /// nothing read it so far: of a long list, nothing is remembered.
    async fn look_before(&self, path: &str) -> Result<()> {
        let unseen = self.witnessed.as_ref().is_some_and(|witnessed| !witnessed.has_seen(path));
        if unseen && self.has(Extension::ReadOne).await? {
            // What is wrong with it, the change will tell.
            let _ = self.get::<Value>(path, &As::Admin, "resource").await;
        }
        Ok(())
    }

    /// A list was read to its end. What is larger than an answer may be is not kept.
    fn saw(&self, path: &str, body: Option<Bytes>) {
        if let Some(witnessed) = self.witnessed.as_ref().filter(|_| is_admin(path)) {
            witnessed.saw(path, body);
        }
    }

    /// As [`Self::call`], for what must not be done twice.
    async fn call_once(
        &self,
        method: Method,
        path: &str,
        who: &As<'_>,
        body: &Value,
    ) -> Result<Answer> {
        let body = body.to_string().into_bytes();
        let outgoing =
            Outgoing { repeatable: false, ..self.outgoing(method, path, who, Some(body)) };
        let hidden = self.hidden(&outgoing);
        hidden.hide_in_refusal(self.send(outgoing).await?).accepted()
    }

    /// All that this client and this request identify themselves with.
    fn hidden(&self, outgoing: &Outgoing) -> Hidden {
        let Credentials { admin, every_call } = &self.credentials;
        Hidden::of(admin.iter().chain(every_call.values()).chain(outgoing.headers.values()))
    }

    fn outgoing(
        &self,
        method: Method,
        path: &str,
        who: &As<'_>,
        body: Option<Vec<u8>>,
    ) -> Outgoing {
        let mut headers = self.credentials.every_call.clone();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        let authorization = match who {
            As::Nobody => None,
            As::Admin => self.credentials.admin.as_ref(),
            As::Key(value) => Some(*value),
        };
        if let Some(value) = authorization {
            headers.insert(header::AUTHORIZATION, value.clone());
        }
        let path = path.to_owned();
        let (body_of, repeatable, changes_nothing) = (Bytes::new(), true, false);
        let mut outgoing =
            Outgoing { method, path, headers, body: body_of, repeatable, changes_nothing };
        if let Some(body) = body {
            Self::give_body(&mut outgoing, body.into());
        }
        outgoing
    }

    fn give_body(outgoing: &mut Outgoing, body: Bytes) {
        let json = HeaderValue::from_static("application/json");
        outgoing.headers.insert(header::CONTENT_TYPE, json);
        outgoing.body = body;
    }
}

fn is_admin(path: &str) -> bool {
    path.starts_with("/v1/admin/")
}

/// The condition under which a write is accepted (extension `revision`).
fn condition(name: HeaderName, etag: Option<&HeaderValue>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Some(etag) = etag {
        headers.insert(name, etag.clone());
    }
    headers
}
