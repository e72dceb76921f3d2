//! What a router is given. It reads no environment, no clock and no configuration of its own.

use std::path::PathBuf;

use jiff::Timestamp;
use url::Url;
use zeroize::Zeroizing;

/// The value of a configuration name, such as `OPENAI_API_KEY`. An empty one is none.
pub type Environment = Box<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// The key under which upstream secrets are sealed. It is asked for only when one has to be sealed
/// or opened; `true` allows to make one where there is none yet.
pub type SealingKey =
    Box<dyn Fn(bool) -> Result<Option<Zeroizing<[u8; 32]>>, String> + Send + Sync>;

/// How many requests are passed on at the same time where nobody says.
pub const IN_FLIGHT_DEFAULT: usize = 512;

/// How many of them one key may have, where nobody says: a quarter, but not so few that a small
/// router is of no use to its only key.
pub fn in_flight_per_key(in_flight_max: usize) -> usize {
    const ALWAYS: usize = 32;
    (in_flight_max / 4).max(ALWAYS).min(in_flight_max)
}

/// How long usage events are kept where nobody says.
pub const RETENTION_DAYS_DEFAULT: u32 = 90;

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
    pub sealing_key: SealingKey,
    /// How many days usage events are kept; the sums of the contract cover thirty of them.
    pub retention_days: u32,
    /// How many requests are passed on to providers at the same time.
    pub in_flight_max: usize,
    /// How many of them may be of one key.
    pub in_flight_per_key: usize,
    /// Whether another process that serves the database is the router that is meant, so that
    /// readiness is judged by what that one was started with.
    pub defers: bool,
}

impl Options {
    /// A router of the bundled providers, with nothing configured.
    pub fn new(database: PathBuf, clock: Clock) -> Self {
        Self {
            database,
            providers_dir: None,
            upstreams: Vec::new(),
            environment: Box::new(|_| None),
            admin_token_sha256: None,
            clock,
            retain_default: true,
            sealing_key: Box::new(|_| Err("no key was given".to_owned())),
            retention_days: RETENTION_DAYS_DEFAULT,
            in_flight_max: IN_FLIGHT_DEFAULT,
            in_flight_per_key: in_flight_per_key(IN_FLIGHT_DEFAULT),
            defers: false,
        }
    }
}
