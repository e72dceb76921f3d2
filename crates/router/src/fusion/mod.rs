//! Fusion: the model `clawrouter/fusion`, which is several others.
//!
//! [`config`] says which, [`advice`] makes the requests of the advisers, [`synthesis`] that of the
//! model that answers, and [`Parts`] are all of them for one request of a client's. [`preview`] says
//! what would come of it for the keys of a policy, and [`shown`] what they see of it. Nothing here
//! sends anything; `forward` does, and treats each of the requests like any other.

pub(crate) mod advice;
mod chat;
pub(crate) mod config;
mod parts;
pub(crate) mod preview;
pub(crate) mod shown;
mod synthesis;

use self::chat::{Message, messages, text_of};
pub(crate) use self::parts::Parts;

use super::manifest::{Manifests, ResolvedModel};
use clawctl_wire::provider::{Endpoint, Provider};

/// What every model of fusion can do.
pub(crate) const CAPABILITY: &str = "llm.chat";

/// The format that every model of fusion is spoken to in.
const FORMAT: &str = "openai.chat_completions";

/// What one adviser had to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Proposal {
    pub(crate) model: String,
    pub(crate) text: String,
}

/// The endpoint on which a provider's models chat in the format of OpenAI, if there is one.
fn chat_endpoint(provider: &Provider) -> Option<&Endpoint> {
    let capability = provider.capabilities.iter().find(|offered| offered.id == CAPABILITY)?;
    let endpoint = provider.endpoints.iter().find(|endpoint| endpoint.id == capability.endpoint)?;
    (endpoint.request_format == FORMAT && endpoint.response_format == FORMAT).then_some(endpoint)
}

/// A model that can be part of fusion, and where it chats.
pub(crate) fn part<'m>(
    manifests: &'m Manifests,
    model: &str,
) -> Option<(ResolvedModel<'m>, &'m Endpoint)> {
    let resolved = manifests.resolve_model(model)?;
    let endpoint = chat_endpoint(&resolved.manifest.provider)?;
    Some((resolved, endpoint))
}

/// Whether a model may be told a temperature. One whose output limit has another name is one that
/// thinks first, and such a model refuses a request that says one.
fn takes_temperature(resolved: &ResolvedModel<'_>) -> bool {
    let rules = &resolved.manifest.provider.adapter.request_transforms.rename_fields;
    let upstream = &resolved.model.upstream;
    !rules.iter().any(|rule| {
        rule.from == "max_tokens" && rule.upstreams.iter().any(|listed| listed == upstream)
    })
}
