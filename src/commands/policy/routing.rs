//! Flags that say how a policy chooses among upstream grants.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::Value;

use super::flags::{either, known_providers};
use crate::client::{Client, RoutingEdit, SetEdit};
use crate::commands::complete;
use crate::error::{Error, Result};
use clawctl_wire::grant::is_segment;
use clawctl_wire::policy::{
    GRANT_STALE_SECONDS, GRANT_STALE_STATES, GRANT_STICKINESS, GRANT_STRATEGIES, Policy,
};

#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Choice among upstream grants")]
pub(super) struct RoutingFlags {
    /// Which of the grants that can be used is taken
    #[arg(long, value_name = "WORD", value_parser = GRANT_STRATEGIES)]
    grant_strategy: Option<String>,

    /// Who stays with the grant that was taken first
    #[arg(long, value_name = "WORD", value_parser = GRANT_STICKINESS)]
    grant_stickiness: Option<String>,

    /// Try once more with another grant where a provider turns one down
    #[arg(long)]
    grant_failover: bool,

    /// Pass on what a provider says of the first grant
    #[arg(long, conflicts_with = "grant_failover")]
    no_grant_failover: bool,

    /// Whether a grant may be used of whose limits nothing recent is known
    #[arg(long, value_name = "WORD", value_parser = GRANT_STALE_STATES)]
    grant_stale: Option<String>,

    /// After how many seconds what is known of limits is no longer recent, from 30 to 86400
    #[arg(long, value_name = "SECONDS")]
    #[arg(value_parser = clap::value_parser!(u64).range(GRANT_STALE_SECONDS))]
    grant_stale_after: Option<u64>,

    /// Let a grant be used; of a provider for which one is named, no other is
    #[arg(long, value_name = "PROVIDER/REF", value_delimiter = ',')]
    eligible_grant: Vec<String>,

    /// Do not let a grant be used that was named
    #[arg(long, value_name = "PROVIDER/REF", value_delimiter = ',')]
    remove_eligible_grant: Vec<String>,

    /// Let every grant of a provider be used again
    #[arg(long = "any-grant-of", value_name = "PROVIDER", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    any_grant_of: Vec<String>,

    /// Choose as a new policy does, but for what else is named
    #[arg(long)]
    default_grant_routing: bool,
}

impl RoutingFlags {
    /// What the flags ask for, without looking at any policy.
    pub(super) fn edit(&self) -> Result<RoutingEdit> {
        let mut eligible: BTreeMap<String, SetEdit> = BTreeMap::new();
        for named in &self.eligible_grant {
            let (provider, token_ref) = split(named)?;
            eligible.entry(provider).or_default().add.insert(token_ref);
        }
        for named in &self.remove_eligible_grant {
            let (provider, token_ref) = split(named)?;
            eligible.entry(provider).or_default().remove.insert(token_ref);
        }
        Ok(RoutingEdit {
            reset: self.default_grant_routing,
            strategy: self.grant_strategy.clone(),
            stickiness: self.grant_stickiness.clone(),
            failover: either(self.grant_failover, self.no_grant_failover),
            stale_state: self.grant_stale.clone(),
            stale_after_seconds: self.grant_stale_after,
            eligible,
            only_eligible: false,
            any_of: self.any_grant_of.iter().cloned().collect(),
        })
    }
}

/// Refuses providers that there are not, and a list that would become empty: it would let no grant
/// be used, and nobody who takes the last one away means all of them.
pub(super) async fn check(client: &Client, edit: &RoutingEdit, policy: &Policy) -> Result<()> {
    let named: Vec<String> = edit.eligible.keys().chain(&edit.any_of).cloned().collect();
    if named.is_empty() {
        return Ok(());
    }
    known_providers(&client.providers().await?, &named)?;
    let after = edit.apply(&policy.grant_routing);
    for provider in edit.eligible.keys() {
        let list = after["eligibleGrants"].get(provider).and_then(Value::as_array);
        if list.is_some_and(Vec::is_empty) {
            return Err(Error::usage(format!(
                "that would let no grant of {provider} be used by `{}`",
                policy.policy_id
            ))
            .hint(format!("to let every one be used, say `--any-grant-of {provider}`"))
            .hint("to keep the policy from a provider, use `clawctl policy scope`"));
        }
    }
    Ok(())
}

fn split(named: &str) -> Result<(String, String)> {
    match named.split_once('/') {
        Some((provider, token_ref)) if !provider.is_empty() && is_segment(token_ref) => {
            Ok((provider.to_owned(), token_ref.to_owned()))
        }
        _ => Err(Error::usage(format!("`{named}` names no grant of a provider"))
            .hint("write the provider, a slash, and the grant's reference: `openai/main`")),
    }
}
