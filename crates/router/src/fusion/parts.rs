//! A request for fusion, taken apart into the requests that it is. Forwarding, which sends them, and
//! `why`, which foretells them, both use this.

use hyper::body::Bytes;

use super::{Message, Proposal, advice, messages, synthesis};
use crate::decision::{Body, Selection};
use crate::ids;
use crate::manifest::Manifests;
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::fusion::FusionConfig;

pub(crate) struct Parts<'a> {
    manifests: &'a Manifests,
    pub(crate) config: &'a FusionConfig,
    body: &'a Body<'a>,
    conversation: Vec<Message<'a>>,
    /// Proposals stand between lines that begin with it.
    mark: String,
}

impl<'a> Parts<'a> {
    /// Nothing comes of a request where fusion is off, or which has no conversation.
    pub(crate) fn of(
        manifests: &'a Manifests,
        config: &'a FusionConfig,
        body: &'a Body<'a>,
    ) -> Result<Self, Refusal> {
        if !config.enabled {
            return Err(Refusal::missing(code::FUSION_DISABLED, "fusion is not switched on"));
        }
        let conversation = messages(body)?;
        Ok(Self { manifests, config, body, conversation, mark: format!("#{:032x}", ids::fresh()) })
    }

    /// How many requests this is, the one that answers included.
    pub(crate) fn count(&self) -> u64 {
        self.config.adviser_models.len() as u64 + 1
    }

    /// The request of the adviser at this place.
    pub(crate) fn advice(&self, place: usize) -> Vec<u8> {
        advice::request(self.manifests, self.config, place, &self.conversation)
    }

    /// The request of the model that answers.
    pub(crate) fn synthesis(&self, proposals: &[Proposal]) -> Result<Bytes, Refusal> {
        let Self { manifests, config, body, conversation, mark } = self;
        synthesis::request(manifests, config, body, conversation, proposals, mark)
    }

    /// The same before anybody proposed anything, as large as proposals can make it. It is admitted
    /// first and its money is set aside first, so that no adviser is paid for an answer that cannot
    /// come.
    pub(crate) fn largest_synthesis<'m>(
        &self,
        select: impl FnOnce(&[u8]) -> Result<Selection<'m>, Refusal>,
    ) -> Result<Selection<'m>, Refusal> {
        let advisers = &self.config.adviser_models;
        let empty = |model: &String| Proposal { model: model.clone(), text: String::new() };
        let proposals: Vec<_> = advisers.iter().map(empty).collect();
        let mut selection = select(&self.synthesis(&proposals)?)?;
        let longest = self.config.max_proposal_chars * advice::CHAR_BYTES_MAX;
        selection.size.bytes += longest * advisers.len() as u64;
        Ok(selection)
    }
}
