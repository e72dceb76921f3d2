//! What a router is given. It reads no environment, no clock and no configuration of its own.

use std::path::PathBuf;

use jiff::Timestamp;
use url::Url;

/// Says whether a configuration name, such as `OPENAI_API_KEY`, has a value.
pub type Environment = Box<dyn Fn(&str) -> bool + Send + Sync>;

/// Says what time it is.
pub type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// How a router is opened.
pub struct Options {
    /// The file that holds everything. It is made if it is not there.
    pub database: PathBuf,
    /// The user's own provider manifests, which add to the bundled ones or override them.
    pub providers_dir: Option<PathBuf>,
    /// Base URLs in place of those of the manifests, by provider.
    pub upstreams: Vec<(String, Url)>,
    pub environment: Environment,
    /// The hash of the admin token, in hex, in place of the one that is stored.
    pub admin_token_sha256: Option<String>,
    pub clock: Clock,
    /// Whether a new policy keeps the content of requests, where it does not say.
    pub retain_default: bool,
}

impl Options {
    /// A router of the bundled providers, with nothing configured.
    pub fn new(database: PathBuf, clock: Clock) -> Self {
        Self {
            database,
            providers_dir: None,
            upstreams: Vec::new(),
            environment: Box::new(|_| false),
            admin_token_sha256: None,
            clock,
            retain_default: true,
        }
    }
}
