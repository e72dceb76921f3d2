//! `key reap`: what has had its time is revoked, by what ids, expiry and lineage say. It keeps no
//! record of its own, so that it can run anywhere and as often as one likes.

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::settings::parse_duration;
use crate::view;
use crate::view::reap::{COLUMNS, Outcome, Reaped};
use clawctl_wire::credential::Credential;
use clawctl_wire::lineage::{self, Lineage, Successors, lease_end};
use clawctl_wire::policy::Policy;

/// Revoke keys whose time is over
///
/// Without a flag it looks for what expired and for leases of `key exec` that are over, with the
/// policies that were made for them. With `--superseded` also for keys that were given a successor
/// long enough ago. On a terminal it only says what it would do, until `--yes` is said.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key reap
  clawctl key reap --yes
  clawctl key reap --superseded --after 7d --yes -o jsonl

Exit codes: 0 done, or nothing to do; 1 at least one could not be revoked; 7 not confirmed")]
pub struct Reap {
    /// Keys that the router no longer accepts because they expired
    #[arg(long)]
    expired: bool,

    /// Keys that have a successor that works
    #[arg(long)]
    superseded: bool,

    /// How long the successor has been there at least
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = parse_duration)]
    #[arg(requires = "superseded")]
    after: Duration,

    /// Leases of `key exec` that are over, and their policies
    #[arg(long)]
    leases: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Reap) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let client = ctx.client()?;
    let named = args.expired || args.superseded || args.leases;
    let wanted = Wanted {
        now: ctx.now(),
        expired: args.expired || !named,
        leases: args.leases || !named,
        superseded_before: args
            .superseded
            .then(|| ctx.now().checked_sub(args.after).unwrap_or(Timestamp::MIN)),
    };
    let mut rows = wanted.keys(client).await?;
    if wanted.leases {
        let mut policies = client.rows_of::<Policy>().await?;
        while let Some(policy) = policies.next().await? {
            rows.extend(wanted.policy(&policy));
        }
    }
    let show =
        |rows| ctx.show(view::List { rows, columns: COLUMNS, empty: "Nothing has had its time." });
    let only_looks = ctx.settings.dry_run || !ctx.ui.look().yes;
    if rows.is_empty() || ctx.settings.dry_run {
        return show(rows);
    }
    if only_looks {
        let exit = show(rows)?;
        if !ctx.ui.can_prompt() {
            return Err(Error::stopped("nothing was revoked, because it was not confirmed")
                .hint("repeat the command with `--yes`"));
        }
        ctx.ui.hint("revoke them: repeat the command with `--yes`");
        return Ok(exit);
    }
    for row in &mut rows {
        match reap(client, row).await {
            Ok(()) => row.outcome = Outcome::Reaped,
            Err(error) => {
                row.outcome = Outcome::Failed;
                ctx.ui.failure(&error);
            }
        }
    }
    show(rows)
}

async fn reap(client: &Client, row: &Reaped) -> Result<()> {
    let id = row.id.as_str();
    let said = |e: crate::client::Error| {
        let mut error = Error::from(e);
        error.message = format!("{} `{id}`: {}", row.noun, error.message);
        error
    };
    match row.noun {
        "policy" => client.disable_policy(id).await.map(|_| ()).map_err(said),
        _ => client.revoke_credential(id).await.map(|_| ()).map_err(said),
    }
}

/// What has had its time.
struct Wanted {
    now: Timestamp,
    expired: bool,
    leases: bool,
    /// A key whose successor was made before this has had its time.
    superseded_before: Option<Timestamp>,
}

impl Wanted {
    /// Reads all keys, and twice where successors matter: a key can be judged only when all of them
    /// are known.
    async fn keys(&self, client: &Client) -> Result<Vec<Reaped>> {
        let mut successors = Successors::default();
        if self.superseded_before.is_some() {
            let mut keys = client.credential_rows().await?;
            while let Some(key) = keys.next().await? {
                if key.active {
                    successors.add(&key.credential_id);
                }
            }
        }
        let successors = successors.sorted();
        let mut rows = Vec::new();
        let mut keys = client.credential_rows().await?;
        while let Some(key) = keys.next().await? {
            rows.extend(self.row(&key, &successors));
        }
        Ok(rows)
    }

    fn row(&self, key: &Credential, successors: &Successors) -> Option<Reaped> {
        let why = || self.why(key).or_else(|| self.superseded(key, successors));
        let why = if key.enabled { why()? } else { return None };
        Some(Reaped::new("key", &key.credential_id, why))
    }

    fn policy(&self, policy: &Policy) -> Option<Reaped> {
        let id = policy.policy_id.as_str();
        let is_over = policy.enabled && lease_end(id).is_some_and(|end| end <= self.now);
        is_over.then(|| Reaped::new("policy", id, "of a lease that is over".to_owned()))
    }

    /// What a key says of itself.
    fn why(&self, key: &Credential) -> Option<String> {
        if self.leases
            && let Some(end) = lease_end(&key.credential_id).filter(|end| *end <= self.now)
        {
            return Some(format!("lease over since {end}"));
        }
        let ended = |end: &Timestamp| self.expired && *end <= self.now;
        key.expires_at.filter(ended).map(|end| format!("expired at {end:.0}"))
    }

    /// The first key that took the place of this one, of those that work, if it did so long ago.
    fn superseded(&self, key: &Credential, by: &Successors) -> Option<String> {
        let id = key.credential_id.as_str();
        let since = by.of(id).filter(|since| Some(*since) <= self.superseded_before)?;
        let successor = lineage::id_of(Lineage::of(id).base, since)?;
        Some(format!("succeeded by {successor} at {since:.0}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn key(id: &str, active: bool, expires_at: Option<&str>) -> Credential {
        Credential {
            credential_id: id.into(),
            policy_id: "team".into(),
            enabled: true,
            policy_enabled: true,
            generation_matches: true,
            principal_enabled: None,
            active,
            principal_id: None,
            label: None,
            expires_at: expires_at.map(at),
            created_at: None,
            last_used_at: None,
            unknown: serde_json::Map::new(),
        }
    }

    fn wanted(superseded_before: Option<&str>) -> Wanted {
        Wanted {
            now: at("2026-11-27T09:00:00Z"),
            expired: true,
            leases: true,
            superseded_before: superseded_before.map(at),
        }
    }

    #[test]
    fn only_what_has_had_its_time_is_reaped() {
        let keys = [
            key("alice", true, None),
            key("alice_20261120T0000", true, None),
            key("alice_20261127T0000", true, None),
            key("bob_20261120T0000", false, None),
            key("bob", true, None),
            key("ci_abcdef_until_20261127T085959", true, None),
            key("ci_abcdef_until_20261127T090001", true, None),
            key("trial", false, Some("2026-11-27T08:00:00Z")),
            key("later", true, Some("2026-11-28T08:00:00Z")),
        ];
        let mut successors = Successors::default();
        let active = keys.iter().filter(|key| key.active);
        active.for_each(|key| successors.add(&key.credential_id));
        let successors = successors.sorted();
        let ids = |wanted: Wanted| -> Vec<String> {
            keys.iter().filter_map(|key| wanted.row(key, &successors)).map(|row| row.id).collect()
        };
        let over = "ci_abcdef_until_20261127T085959";
        assert_eq!(ids(wanted(None)), [over, "trial"]);
        // The successor of `bob` does not work, and that of the second `alice` is too young.
        assert_eq!(ids(wanted(Some("2026-11-25T00:00:00Z"))), ["alice", over, "trial"]);
        assert_eq!(
            ids(wanted(Some("2026-11-27T00:00:00Z"))),
            ["alice", "alice_20261120T0000", over, "trial"]
        );
    }
}
