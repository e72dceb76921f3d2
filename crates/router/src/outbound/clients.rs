//! The connections to providers, kept and used again.

use std::collections::HashMap;
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Bytes;
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use reqwest::redirect::Policy;
use url::Url;

use super::mask::Mask;
use super::unanswered::Unanswered;
use crate::address::is_near;

/// How long a provider may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an unused connection is kept, and how many of them to one host.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);
const IDLE_MAX: usize = 128;

/// How many addresses are remembered. There are few, unless clients put names into their paths.
const ADDRESSES_MAX: usize = 256;

/// A request for a provider.
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    /// Hides its secrets, should the answer repeat them.
    pub(crate) mask: Mask,
}

/// The clients for what is on this machine, and for all else.
pub(crate) struct Clients {
    /// For plain HTTP on this machine. There is no proxy, no TLS and no redirect to think of, so it
    /// takes half of what a request costs with the others.
    plain: legacy::Client<HttpConnector, Full<Bytes>>,
    near: reqwest::Client,
    far: reqwest::Client,
    /// Addresses as they were read: reading one takes longer than most of what a request needs.
    addresses: Mutex<HashMap<String, Url>>,
}

impl Clients {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        install_crypto();
        let common = || {
            reqwest::Client::builder()
                // A redirect could carry an upstream secret elsewhere.
                .redirect(Policy::none())
                .referer(false)
                // What a provider compresses is passed on as it came.
                .no_gzip()
                .no_brotli()
                .no_zstd()
                .no_deflate()
                .tcp_nodelay(true)
                .connect_timeout(CONNECT_TIMEOUT)
                .pool_idle_timeout(IDLE_TIMEOUT)
                .pool_max_idle_per_host(IDLE_MAX)
        };
        // A proxy is for the way out; what is on this machine is reached directly.
        let (near, far) = (common().no_proxy().build()?, common().build()?);
        Ok(Self { plain: plain(), near, far, addresses: Mutex::default() })
    }

    /// Asks a provider, and waits for the head of its answer.
    pub(crate) async fn send(
        &self,
        request: Outgoing,
    ) -> Result<Response<reqwest::Body>, Unanswered> {
        let url = &request.url;
        let has_login = !url.username().is_empty() || url.password().is_some();
        if url.scheme() == "http" && is_near(url) && !has_login {
            let request = request.into_plain().ok_or_else(Unanswered::unsent)?;
            let answer = self.plain.request(request).await;
            let answer = answer.map_err(|error| Unanswered::of(&error, error.is_connect()))?;
            return Ok(answer.map(reqwest::Body::wrap));
        }
        let answer = self.for_url(url).execute(request.into_any()).await;
        let answer = answer.map_err(|error| Unanswered::of(&error, error.is_connect()))?;
        Ok(answer.into())
    }

    /// An address, if it is one.
    pub(crate) fn parsed(&self, address: String) -> Option<Url> {
        let mut known = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(url) = known.get(&address) {
            return Some(url.clone());
        }
        let url: Url = address.parse().ok()?;
        if known.len() >= ADDRESSES_MAX {
            known.clear();
        }
        known.insert(address, url.clone());
        Some(url)
    }

    pub(crate) fn for_url(&self, url: &Url) -> &reqwest::Client {
        if is_near(url) { &self.near } else { &self.far }
    }
}

impl Outgoing {
    fn into_any(self) -> reqwest::Request {
        let mut request = reqwest::Request::new(self.method, self.url);
        *request.headers_mut() = self.headers;
        *request.body_mut() = self.body.map(reqwest::Body::from);
        request
    }

    fn into_plain(self) -> Option<Request<Full<Bytes>>> {
        let mut request = Request::new(Full::new(self.body.unwrap_or_default()));
        *request.method_mut() = self.method;
        *request.uri_mut() = Uri::try_from(self.url.as_str()).ok()?;
        *request.headers_mut() = self.headers;
        // As the others say it, too.
        request.headers_mut().entry(ACCEPT).or_insert(HeaderValue::from_static("*/*"));
        Some(request)
    }
}

fn plain() -> legacy::Client<HttpConnector, Full<Bytes>> {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
    legacy::Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(IDLE_TIMEOUT)
        .pool_max_idle_per_host(IDLE_MAX)
        .build(connector)
}

/// rustls asks for one process-wide provider, also where only plain http is spoken.
pub(super) fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that a provider is already there, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
