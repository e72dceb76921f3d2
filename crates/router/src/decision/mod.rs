//! What the router decides about a request, as pure functions over what is given: nothing here
//! reads a database, a clock, an environment or a socket. Forwarding, `why` and the catalog all
//! come here, so that they cannot disagree.
//!
//! A request is decided in two steps. [`select()`] finds out what it asks for: provider, endpoint,
//! model, and the body that goes upstream; what fails there leaves no trace in usage. [`admit()`]
//! then checks in the contract's order whether this policy may have that, and what has to be
//! reserved for it; what fails there is an event.

mod adapt;
mod admit;
mod body;
mod compact;
mod envelope;
mod fold;
mod format;
mod key;
mod native;
mod path;
mod price;
mod reach;
mod resolve;
mod scope;
mod select;
mod size;
mod step;
mod unified;
mod unpriced;

use std::borrow::Cow;

use http::Method;
use hyper::body::Bytes;

pub(crate) use self::admit::{Standing, admit, no_room};
pub(crate) use self::body::{Body, Name};
pub(crate) use self::key::{KeyFacts, PolicyFacts, check_key};
pub(crate) use self::path::fill_path;
pub(crate) use self::price::{Tariff, actual, estimate};
pub(crate) use self::reach::Reach;
pub(crate) use self::resolve::MODEL_PARAMS;
pub(crate) use self::scope::Scope;
pub(crate) use self::select::{Config, provider_of, select};
pub(crate) use self::step::{Check, Outcome, Step};
pub(crate) use self::unified::is_several;
pub(crate) use self::unpriced::Unpriced;
use super::account::Claim;
use super::manifest::Manifest;
use clawctl_wire::money::Micros;
use clawctl_wire::provider::{Endpoint, Model};
use clawctl_wire::usage_event::CostBasis;

/// A route on which requests are passed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForwardRoute<'p> {
    Chat,
    Responses,
    Embeddings,
    Messages,
    CountTokens,
    /// `/v1/native/<provider><path>`; the path starts with a slash.
    Native {
        provider: &'p str,
        path: &'p str,
    },
    /// `/v1/proxy/<provider>/<endpoint>`
    Proxy {
        provider: &'p str,
        endpoint: &'p str,
    },
}

/// What a client asks for, before any of it is understood.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub(crate) route: ForwardRoute<'a>,
    pub(crate) method: &'a Method,
    pub(crate) query: Option<&'a str>,
    pub(crate) body: &'a [u8],
}

/// What it turned out to ask for.
#[derive(Debug, Clone)]
pub(crate) struct Selection<'m> {
    pub(crate) manifest: &'m Manifest,
    pub(crate) endpoint: &'m Endpoint,
    pub(crate) model: Option<Cow<'m, Model>>,
    /// The capability's id, such as `llm.chat`, or the endpoint's where it is none.
    pub(crate) capability: &'m str,
    pub(crate) method: Method,
    /// For the endpoint's path, decoded.
    pub(crate) path_params: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    /// The body that goes upstream, with the upstream's name of the model and all renames.
    pub(crate) body: Option<Bytes>,
    /// Whether the client asked for a stream.
    pub(crate) streams: bool,
    /// Whether usage was asked of the stream although the client did not.
    pub(crate) usage_added: bool,
    /// What the body says about the size of the request, as far as prices depend on it.
    pub(crate) size: RequestSize,
    /// What in the body costs something that no price of the model covers.
    pub(crate) unpriced: Option<Unpriced>,
    /// Which other models the request may be answered by.
    pub(crate) reach: Reach,
}

impl Selection<'_> {
    /// Whether tokens and rates do not tell what it costs, although its model has a price.
    pub(crate) fn is_of_open_cost(&self) -> bool {
        self.unpriced.is_some() || !self.reach.is_plain()
    }
}

/// The facts of a body that its reservation follows from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct RequestSize {
    /// Length of the body as compact JSON in UTF-8, before usage was asked for in it.
    pub(crate) bytes: u64,
    /// Whether its input cannot be told from its length: images, files, earlier conversations.
    pub(crate) unbounded: bool,
    /// The limit on its output that the provider reads; none if it may read none.
    pub(crate) output_limit: Option<u64>,
    /// How many answers it asks for.
    pub(crate) choices: u64,
    pub(crate) cache_write: CacheWrite,
}

/// The dearest writing to a cache that a body asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum CacheWrite {
    #[default]
    None,
    FiveMinutes,
    OneHour,
}

/// What a request may cost at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Estimate {
    pub(crate) micros: Micros,
    pub(crate) basis: CostBasis,
    pub(crate) input_tokens: Option<u64>,
    pub(crate) output_tokens: Option<u64>,
    /// What a report of its provider is held against, where the model has a price.
    pub(crate) bounds: Option<Bounds>,
}

/// What can be true of a request's tokens, whatever its provider reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Input that was sent for certain.
    pub(crate) sent: u64,
    /// The most that the model reads, and the most that it writes for this request.
    pub(crate) window: u64,
    pub(crate) output: u64,
    /// What that much of both costs.
    pub(crate) micros: Micros,
}

/// How many bytes of text are taken for one token, where nobody counts them.
pub(crate) const BYTES_PER_TOKEN: u64 = 4;

/// Tokens that a provider reported. Input counts everything that was read, from a cache or not;
/// the parts of it that were read from or written to one are named apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tokens {
    pub(crate) input: Option<u64>,
    pub(crate) output: Option<u64>,
    pub(crate) total: Option<u64>,
    pub(crate) cached: Option<u64>,
    /// Written to a cache of unsaid duration.
    pub(crate) cache_write: Option<u64>,
    pub(crate) cache_write_5m: Option<u64>,
    pub(crate) cache_write_1h: Option<u64>,
}

/// What an admitted request takes: its cost at most, from each of these budgets. No claims means
/// that nothing counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Demand {
    pub(crate) estimate: Estimate,
    pub(crate) claims: Vec<Claim>,
}
