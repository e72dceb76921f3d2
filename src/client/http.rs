//! The network: one HTTP client with a limit on everything.

use std::sync::Once;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use url::{Host, Url};

use super::error::{Error, Result};
use super::retry::Tries;
use super::tls;
use super::transport::{Answer, Outgoing};
use clawctl_wire::BODY_BYTES_MAX;

/// How the network may be used.
#[derive(Debug, Clone)]
pub struct HttpOptions {
    /// From the first byte sent to the last one received, all attempts together.
    pub timeout: Duration,
    /// Allows plain http to a machine other than this one.
    pub insecure_http: bool,
}

/// An HTTP client for one base URL.
pub struct Http {
    client: reqwest::Client,
    base: Url,
    place: String,
    timeout: Duration,
}

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const USER_AGENT: &str = concat!("clawctl/", env!("CARGO_PKG_VERSION"));

impl Http {
    pub fn new(base: &Url, options: &HttpOptions) -> Result<Self> {
        let loopback = is_loopback(base);
        let secure = base.scheme() == "https";
        if !secure && !loopback && !options.insecure_http {
            return Err(Error::PlainHttp { url: shown(base) });
        }
        install_crypto();
        let mut builder = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT.min(options.timeout))
            .tcp_nodelay(true)
            .referer(false);
        if !secure {
            // Loading the platform's roots takes longer than the whole call, and none is needed.
            builder = builder.tls_certs_only([]);
        }
        if loopback {
            // A proxy on the way to this very machine would only get to see the token.
            builder = builder.no_proxy();
        }
        let client = builder.build().map_err(|e| Error::Setup(chain(&e)))?;
        let mut base = base.clone();
        let path = base.path().trim_end_matches('/').to_owned();
        base.set_path(&path);
        Ok(Self { client, place: shown(&base), base, timeout: options.timeout })
    }

    pub(super) fn place(&self) -> &str {
        &self.place
    }

    pub(super) fn tries(&self, repeatable: bool) -> Tries {
        Tries::new(self.timeout, repeatable)
    }

    /// Sends, and sends again where that is safe: every admin write says the whole state it wants,
    /// so a repetition changes nothing.
    pub(super) async fn send(&self, outgoing: Outgoing) -> Result<Answer> {
        let mut tries = self.tries(outgoing.repeatable);
        loop {
            let outcome = self.once(&outgoing, &mut tries).await;
            if !tries.again(outcome.as_ref()).await {
                return outcome;
            }
        }
    }

    async fn once(&self, outgoing: &Outgoing, tries: &mut Tries) -> Result<Answer> {
        let mut response = self.head(outgoing, tries).await?;
        self.whole(&mut response, tries).await
    }

    /// Sends until there is an answer to read, or a refusal.
    pub(super) async fn open(
        &self,
        outgoing: &Outgoing,
        tries: &mut Tries,
    ) -> Result<Result<reqwest::Response, Answer>> {
        loop {
            let refused = match self.head(outgoing, tries).await {
                Ok(response) if response.status().is_success() => return Ok(Ok(response)),
                Ok(mut response) => self.whole(&mut response, tries).await,
                Err(e) => Err(e),
            };
            if !tries.again(refused.as_ref()).await {
                return refused.map(Err);
            }
        }
    }

    async fn head(&self, outgoing: &Outgoing, tries: &mut Tries) -> Result<reqwest::Response> {
        let url = format!("{}{}", self.base.as_str().trim_end_matches('/'), outgoing.path);
        let request = self
            .client
            .request(outgoing.method.clone(), url)
            .headers(outgoing.headers.clone())
            .body(outgoing.body.clone());
        self.within(request.send(), tries).await
    }

    /// The next piece of an answer.
    pub(super) async fn chunk(
        &self,
        response: &mut reqwest::Response,
        tries: &mut Tries,
    ) -> Result<Option<Bytes>> {
        self.within(response.chunk(), tries).await
    }

    async fn within<T>(
        &self,
        part: impl Future<Output = reqwest::Result<T>>,
        tries: &mut Tries,
    ) -> Result<T> {
        match tries.within(part).await {
            Some(outcome) => outcome.map_err(|e| self.failed(&e)),
            None => Err(Error::Timeout { place: self.place.clone(), after: self.timeout }),
        }
    }

    async fn whole(&self, response: &mut reqwest::Response, tries: &mut Tries) -> Result<Answer> {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let too_large = || Error::TooLarge { limit_bytes: BODY_BYTES_MAX };
        let announced = headers
            .get(http::header::CONTENT_LENGTH)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.parse::<usize>().ok());
        if announced.is_some_and(|length| length > BODY_BYTES_MAX) {
            return Err(too_large());
        }
        let mut body = BytesMut::with_capacity(announced.unwrap_or(0));
        while let Some(chunk) = self.chunk(response, tries).await? {
            if body.len() + chunk.len() > BODY_BYTES_MAX {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer { status, headers, body: body.freeze() })
    }

    fn failed(&self, e: &reqwest::Error) -> Error {
        let reason = chain(e);
        let place = self.place.clone();
        if e.is_timeout() {
            return Error::Timeout { place, after: CONNECT_TIMEOUT.min(self.timeout) };
        }
        match tls::Failure::among(e).filter(|_| e.is_connect()) {
            Some(failure) => Error::Tls { place, reason, cause: failure.into_cause() },
            None => Error::Unreachable { place, reason },
        }
    }
}

/// rustls asks for one process-wide provider, also where only plain http is spoken.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that a provider is already there, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}

/// The innermost causes say what really happened; reqwest's own outer words only repeat the URL.
fn chain(e: &dyn std::error::Error) -> String {
    let mut causes = Vec::new();
    let mut next = e.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    causes.dedup();
    match causes.len() {
        0 => "the connection broke".to_owned(),
        1 => causes.remove(0),
        n => causes.split_off(n - 2).join(": "),
    }
}

/// A URL as it may be shown: without user, password, query or fragment.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_query(None);
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// Does this URL stay on this machine?
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_on_this_machine() {
        let options = HttpOptions { timeout: Duration::from_secs(1), insecure_http: false };
        let check = |url: &str| Http::new(&url.parse().unwrap(), &options).map(|_| ());
        for fine in ["http://127.0.0.1:8787", "http://[::1]:1", "http://localhost:9/x"] {
            assert!(check(fine).is_ok(), "{fine}");
        }
        for refused in ["http://example.com", "http://10.0.0.1:8787", "http://127.0.0.1.nip.io"] {
            assert!(matches!(check(refused), Err(Error::PlainHttp { .. })), "{refused}");
        }
        let allowed = HttpOptions { insecure_http: true, ..options };
        assert!(Http::new(&"http://10.0.0.1:1".parse().unwrap(), &allowed).is_ok());
    }

    #[test]
    fn a_shown_url_holds_no_password() {
        let url = "https://ops:hunter2@router.example/base/?token=x#y".parse().unwrap();
        assert_eq!(shown(&url), "https://router.example/base");
    }
}
