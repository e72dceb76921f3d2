//! The key of one command: taken, given back, and accounted for.

use jiff::Timestamp;

use super::Exec;
use crate::client::{self, Client, NewCredential};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::lifecycle::steps::{Holds, holds, make_key};
use crate::report::Event;
use crate::view::router::counted;
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_id;
use clawctl_wire::key::Mode;
use clawctl_wire::lineage;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};
use clawctl_wire::usage_query::UsageFilter;

/// What begins the id of a lease with a policy of its own.
const STEM: &str = "exec";

const UNIQUE_CHARS: usize = 6;

pub(super) struct Lease {
    key: IssuedKey,
    pub(super) until: Timestamp,
    pub(super) url: String,
    /// Was a policy made for it alone?
    own_policy: bool,
}

impl Lease {
    /// Issues the key. Whatever fails here leaves none behind that works.
    pub(super) async fn take(ctx: &Ctx, args: &Exec) -> Result<Self> {
        let client = ctx.client()?;
        let until = ctx
            .now()
            .checked_add(args.ttl)
            .map_err(|_| Error::usage("`--ttl` is longer than time is counted"))?;
        // Whole seconds, as the id says it.
        let until = Timestamp::from_second(until.as_second()).unwrap_or(until);
        let named = match &args.policy {
            Some(id) => {
                check_id(id)?;
                Some(client.policy(id).await?)
            }
            None => None,
        };
        let id = lease_id(named.as_ref().map_or(STEM, |policy| &policy.policy_id), until)?;
        let own_policy = named.is_none();
        let policy = match named {
            Some(policy) => policy,
            None => {
                let wanted = args.scope.describe(ctx, client, &id).await?;
                client.write(&client.plan_new(wanted).await?).await?
            }
        };
        refuse_unusable(&policy, args)?;
        let (key, hash) = make_key(Mode::Live.as_str(), &id)?;
        let (url, serve_first) = ctx.client_url();
        let lease = Self { key, until, url, own_policy };
        if let Err(error) = lease.register(ctx, client, args, &policy, &hash).await {
            // Nobody knows how far it got, so it is taken back.
            let _ = lease.give_up(client).await;
            return Err(error);
        }
        if serve_first {
            ctx.ui.hint("the embedded router answers clients while `clawctl router serve` runs");
        }
        ctx.ui.detail(format!("Lease {id} lives until {until}"));
        Ok(lease)
    }

    async fn register(
        &self,
        ctx: &Ctx,
        client: &Client,
        args: &Exec,
        policy: &Policy,
        hash: &str,
    ) -> Result<()> {
        let ends = client.has(Extension::CredentialExpiresAt).await?;
        let new = NewCredential {
            policy_id: policy.policy_id.clone(),
            principal_id: args.principal.as_ref().map(|text| text.trim().to_lowercase()),
            label: None,
            expires_at: ends.then_some(self.until),
        };
        match client.create_credential(self.id(), &new.put(hash, true)).await {
            // A repetition after a lost answer meets its own trace; whose it is the key tells.
            Ok(_) | Err(client::Error::Exists { .. } | client::Error::Changed { .. }) => {}
            Err(e) => return Err(e.into()),
        }
        if !ends {
            ctx.ui.detail("This router does not know expiry; the id of the lease says it.");
        }
        match holds(client, &self.key).await? {
            Holds::Working => Ok(()),
            _ => Err(Error::failed("the router does not accept the key of the lease")),
        }
    }

    pub(super) fn id(&self) -> &str {
        self.key.id()
    }

    pub(super) fn key(&self) -> &Secret {
        self.key.text()
    }

    /// Revokes the key, and says what it spent.
    pub(super) async fn give_back(self, ctx: &Ctx) -> Result<()> {
        let client = ctx.client()?;
        let revoked = self.give_up(client).await;
        // The account is worth saying also where the key could not be revoked.
        match spent(client, self.id()).await {
            Ok(text) => ctx.ui.status(format!("Lease {} {text}", self.id())),
            Err(e) => ctx.ui.warning(format!("what lease {} spent is not known: {e}", self.id())),
        }
        revoked.map_err(|e| {
            let id = self.id();
            let mut error = Error::from(e);
            error.message = format!("lease `{id}` could not be revoked: {}", error.message);
            error
                .hint(format!("revoke it: `clawctl key revoke {id}`"))
                .hint(format!("or `clawctl key reap --leases` after {}", self.until))
        })
    }

    /// Makes the key stop working, and its policy with it.
    pub(super) async fn give_up(&self, client: &Client) -> Result<(), client::Error> {
        let revoked = match client.revoke_credential(self.id()).await {
            // It was never there.
            Ok(_) | Err(client::Error::Missing { .. }) => Ok(()),
            Err(e) => Err(e),
        };
        if self.own_policy {
            match client.disable_policy(self.id()).await {
                Ok(_) | Err(client::Error::Missing { .. }) => {}
                Err(e) => return revoked.and(Err(e)),
            }
        }
        revoked
    }
}

/// Before a key is made: it would not work, or have more than it should.
fn refuse_unusable(policy: &Policy, args: &Exec) -> Result<()> {
    let id = &policy.policy_id;
    if !policy.enabled {
        return Err(Error::conflict(format!("policy `{id}` is disabled")));
    }
    let counts_by_id = policy.budget_scope == BudgetScope::Principal
        && policy.monthly_budget_micros.is_some()
        && args.principal.is_none()
        && args.policy.is_some();
    if counts_by_id && !args.reset_counter {
        return Err(Error::usage(format!(
            "policy `{id}` counts by principal, so every lease without one would have a whole budget"
        ))
        .hint("say whose it is: `--principal EMAIL`")
        .hint("or accept it: `--reset-counter`"));
    }
    Ok(())
}

fn lease_id(stem: &str, until: Timestamp) -> Result<String> {
    const KINDS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut bytes = [0_u8; UNIQUE_CHARS];
    getrandom::fill(&mut bytes)
        .map_err(|e| Error::failed("the system's random source failed").cause(e))?;
    let unique: String =
        bytes.iter().map(|byte| char::from(KINDS[usize::from(byte % 32)])).collect();
    lineage::lease(stem, &unique, until).ok_or_else(|| Error::usage("`--ttl` is too long"))
}

/// What a key spent so far, as a part of a sentence.
async fn spent(client: &Client, id: &str) -> Result<String, client::Error> {
    if client.has(Extension::UsageQuery).await? {
        let filter = UsageFilter { credential: Some(id.to_owned()), ..UsageFilter::default() };
        let page = client.usage_groups(&["credential"], &filter).await?;
        let requests: u64 = page.groups.iter().map(|group| group.request_count).sum();
        let tokens: u64 = page.groups.iter().map(|group| group.total_tokens).sum();
        let cost = page.groups.iter().map(|group| group.actual_cost_micros.0).sum();
        return Ok(said(requests, tokens, Micros(cost)));
    }
    let events = Event::all(client.admin_usage().await?.usage.events);
    let ours: Vec<&Event> =
        events.iter().filter(|event| event.text("credential_id") == Some(id)).collect();
    let tokens = ours.iter().filter_map(|event| event.number("total_tokens")).sum();
    let cost = ours.iter().filter_map(|event| event.cost()).map(|cost| cost.0).sum();
    let said = said(ours.len() as u64, tokens, Micros(cost));
    Ok(format!(
        "{said}, as far as the router's newest 100 events show; they come some seconds late"
    ))
}

fn said(requests: u64, tokens: u64, cost: Micros) -> String {
    let requests = counted(requests, "request", "requests");
    format!("spent {cost} in {requests}, {}", counted(tokens, "token", "tokens"))
}
