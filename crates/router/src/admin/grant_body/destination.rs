//! Where the secrets of a grant go: a write never sends one that is stored to another place.
//!
//! The admin token is not enough to read a stored secret. If a write could name another provider or
//! another token URL and keep the secrets, it would be: they would be sent there.

use super::{GrantBody, refuse};
use crate::grant::record::{GrantRecord, RefreshFacts};
use crate::manifest::Manifests;
use crate::refusal::Refusal;
use clawctl_wire::provider::Provider;

impl GrantBody {
    /// Refuses a write that would send a stored secret, or a value of the router's environment, to
    /// where it does not belong.
    pub(in crate::admin) fn check_destinations(
        &self,
        provider: &Provider,
        present: Option<&GrantRecord>,
        manifests: &Manifests,
    ) -> Result<(), Refusal> {
        let before = present.and_then(|record| record.facts.refresh.as_ref());
        let after = match &self.refresh {
            Some(given) => given.facts.as_ref(),
            None => before,
        };
        let moves = present.is_some_and(|record| record.provider != provider.id);
        // A row that is older than this rule can still be disabled, and is not used.
        if (self.refresh.is_some() || moves)
            && let Some(name) = after.and_then(|facts| facts.forbidden_name(provider))
        {
            return Err(refuse(format!(
                "`refresh` cannot name `{}`: a grant for {} may use only configuration names that \
                 its manifest lists as configKeys, and not those of the operator's own key",
                name.escape_debug(),
                provider.id
            )));
        }
        let Some(present) = present else { return Ok(()) };
        let kept = self.secrets.kept(&present.facts);
        if moves && let Some(name) = kept.first() {
            return Err(refuse(format!(
                "a change of `provider` needs new secrets in the same write: the stored `{name}` \
                 is for {}",
                present.provider.escape_debug()
            )));
        }
        let old_provider = manifests.get(&present.provider).map(|manifest| &manifest.provider);
        let url = token_url(after, Some(provider));
        if kept.contains(&"refreshToken") && url.is_some() && url != token_url(before, old_provider)
        {
            return Err(refuse(
                "a change of `refresh.tokenUrl` needs `refreshToken` in the same write: the stored \
                 one is for another address",
            ));
        }
        Ok(())
    }
}

/// Where a grant's token is renewed: where it says itself, or where its provider says.
fn token_url<'a>(
    facts: Option<&'a RefreshFacts>,
    provider: Option<&'a Provider>,
) -> Option<&'a str> {
    let usual = || provider?.auth.refresh.as_ref().map(|refresh| refresh.token_url.as_str());
    facts.map(|facts| facts.token_url.as_str()).or_else(usual)
}
