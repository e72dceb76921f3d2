//! A router to be judged: in this process, behind a socket, or any one by its address.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

use clawctl_router::{Caller, Options, Router};
use http_body_util::BodyExt as _;
use serde_json::Value;

#[path = "../cli/harness.rs"]
#[expect(dead_code, reason = "this runner needs a part of the harness")]
mod harness;

use harness::{Sandbox, Served};

/// What a router answered.
#[derive(Debug)]
pub(crate) struct Reply {
    pub status: u16,
    pub headers: BTreeMap<String, String>,
    pub body: Value,
    pub text: String,
}

impl Reply {
    /// The code of the error envelope.
    pub(crate) fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or("")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

enum Way {
    InProcess { router: Arc<Router>, _folder: tempfile::TempDir },
    Network { url: String, _served: Option<(Served, Sandbox)> },
}

/// As whom a call is made.
#[derive(Debug, Clone, Copy)]
pub(crate) enum As<'a> {
    Nobody,
    Admin,
    /// The whole value of the authorization header.
    Header(&'a str),
    Key(&'a str),
}

pub(crate) struct Target {
    way: Way,
    token: String,
    runtime: tokio::runtime::Runtime,
    http: reqwest::Client,
    made: Mutex<Vec<String>>,
    run: String,
    count: AtomicU32,
}

impl Target {
    pub(crate) fn in_process() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options::new(folder.path().join("router.db"), Box::new(now));
        options.environment = Box::new(configured);
        options.sealing_key = Box::new(|_| Ok(Some(zeroize::Zeroizing::new([7; 32]))));
        let router = Router::open(options).unwrap();
        let token = "contract-suite-token".to_owned();
        router.set_admin_token_sha256(&clawctl_wire::key::sha256_hex(&token)).unwrap();
        Self::over(Way::InProcess { router: Arc::new(router), _folder: folder }, token)
    }

    pub(crate) fn served() -> Self {
        let sandbox = Sandbox::new()
            .with("OPENAI_API_KEY", "not-a-key")
            .with("ANTHROPIC_API_KEY", "not-a-key");
        let token = "contract-suite-token".to_owned();
        let hash = clawctl_wire::key::sha256_hex(&token);
        let sandbox = sandbox.with("CLAWROUTER_ADMIN_TOKEN_SHA256", &hash);
        let served = sandbox.serve();
        let url = served.url.clone();
        Self::over(Way::Network { url, _served: Some((served, sandbox)) }, token)
    }

    /// The router that the two variables name.
    #[expect(
        clippy::disallowed_methods,
        reason = "these are the tests' variables, not the program's"
    )]
    pub(crate) fn named() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("set {name}"));
        let url = variable("CLAWCTL_TEST_URL").trim_end_matches('/').to_owned();
        Self::over(Way::Network { url, _served: None }, variable("CLAWCTL_TEST_TOKEN"))
    }

    fn over(way: Way, token: String) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let nanos = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
        Self {
            way,
            token,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap(),
            http: reqwest::Client::builder()
                .no_proxy()
                .redirect(reqwest::redirect::Policy::none())
                .timeout(std::time::Duration::from_secs(30))
                .build()
                .unwrap(),
            made: Mutex::new(Vec::new()),
            run: format!("ct_{:x}", nanos % 0xffff_ffff_ffff),
            count: AtomicU32::new(0),
        }
    }

    /// An id that no other run and no other test has.
    pub(crate) fn unique(&self, stem: &str) -> String {
        let n = self.count.fetch_add(1, Ordering::SeqCst);
        format!("{}_{stem}_{n}", self.run)
    }

    pub(crate) fn extensions(&self) -> Vec<String> {
        let health = self.get("/v1/health", As::Nobody);
        let listed = health.body["extensions"].as_array().cloned().unwrap_or_default();
        listed.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
    }

    pub(crate) fn has(&self, extension: &str) -> bool {
        self.extensions().iter().any(|listed| listed == extension)
    }

    pub(crate) fn get(&self, path: &str, who: As<'_>) -> Reply {
        self.call("GET", path, who, &[], "")
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Reply {
        self.call("PUT", path, As::Admin, &[], &body.to_string())
    }

    pub(crate) fn post(&self, path: &str) -> Reply {
        self.call("POST", path, As::Admin, &[], "")
    }

    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        who: As<'_>,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Reply {
        if method == "PUT" {
            self.remember(path);
        }
        let mut all: Vec<(String, String)> =
            headers.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        let authorization = match who {
            As::Nobody => None,
            As::Admin => Some(format!("Bearer {}", self.token)),
            As::Header(text) => Some(text.replace("TOKEN", &self.token)),
            As::Key(key) => Some(format!("Bearer {key}")),
        };
        all.extend(authorization.map(|value| ("authorization".to_owned(), value)));
        match &self.way {
            Way::InProcess { router, .. } => {
                self.runtime.block_on(in_process(router, method, path, &all, body))
            }
            Way::Network { url, .. } => self.over_network(url, method, path, &all, body),
        }
    }

    fn over_network(
        &self,
        url: &str,
        method: &str,
        path: &str,
        headers: &[(String, String)],
        body: &str,
    ) -> Reply {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self.http.request(method, format!("{url}{path}")).body(body.to_owned());
        for (name, value) in headers {
            request = request.header(name, value);
        }
        self.runtime.block_on(async {
            let response = request.send().await.unwrap();
            let status = response.status().as_u16();
            let headers = flat(response.headers());
            reply(status, headers, &response.bytes().await.unwrap())
        })
    }

    /// Notes what was written, so that it can be switched off at the end.
    fn remember(&self, path: &str) {
        let revocable =
            ["/v1/admin/policies/", "/v1/admin/credentials/", "/v1/admin/upstream-grants/"];
        if revocable.iter().any(|prefix| path.starts_with(prefix)) && path.contains(&self.run) {
            self.made.lock().unwrap().push(path.to_owned());
        }
    }
}

/// Nothing can be deleted on a router; what was made is left switched off.
impl Drop for Target {
    fn drop(&mut self) {
        if !matches!(&self.way, Way::Network { _served: None, .. }) {
            return;
        }
        let made = std::mem::take(&mut *self.made.lock().unwrap());
        for path in made {
            let path = path.trim_end_matches("/revoke").to_owned();
            let _ = self.post(&format!("{path}/revoke"));
        }
    }
}

async fn in_process(
    router: &Arc<Router>,
    method: &str,
    path: &str,
    headers: &[(String, String)],
    body: &str,
) -> Reply {
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.body(bytes::Bytes::from(body.to_owned())).unwrap();
    // As from a socket: the suite is about the contract, tokens and all.
    let (head, body) = router.handle(request, Caller::Network).await.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    reply(head.status.as_u16(), flat(&head.headers), &body)
}

fn flat(headers: &http::HeaderMap) -> BTreeMap<String, String> {
    let text = |value: &http::HeaderValue| value.to_str().unwrap_or("").to_owned();
    headers.iter().map(|(name, value)| (name.to_string(), text(value))).collect()
}

fn reply(status: u16, headers: BTreeMap<String, String>, body: &[u8]) -> Reply {
    Reply {
        status,
        headers,
        body: serde_json::from_slice(body).unwrap_or(Value::Null),
        text: String::from_utf8_lossy(body).into_owned(),
    }
}

fn configured(name: &str) -> Option<String> {
    matches!(name, "OPENAI_API_KEY" | "ANTHROPIC_API_KEY").then(|| format!("value of {name}"))
}

fn now() -> jiff::Timestamp {
    let elapsed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    jiff::Timestamp::from_millisecond(i64::try_from(elapsed.as_millis()).unwrap()).unwrap()
}
