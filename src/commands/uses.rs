//! The requests of this month, to say who loses by a change. Nothing fails for the lack of them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::client::{self, Client};
use crate::ctx::Ctx;
use crate::plan::ChangeSet;
use crate::plan::loss::{Extent, Subject, Use, Uses};
use clawctl_wire::health::Extension;
use clawctl_wire::usage_event::{EventStatus, UsageEvent};
use clawctl_wire::usage_query::{UsageFilter, UsageGroup};
use clawctl_wire::window::Month;

/// Says who loses by these changes. Usage is read only if something is taken away.
pub(super) async fn say_who_loses<'c>(
    ctx: &Ctx,
    client: &Client,
    changes: impl IntoIterator<Item = &'c mut ChangeSet>,
) {
    let mut taking: Vec<_> =
        changes.into_iter().filter(|change| change.losses().next().is_some()).collect();
    let subjects: Vec<_> =
        taking.iter().flat_map(|change| change.losses()).map(|loss| &loss.subject).collect();
    let Some(first) = subjects.first() else { return };
    let alone = subjects.iter().all(|subject| subject == first).then_some(*first);
    let uses = read(client, alone, ctx.now()).await;
    if let Err(e) = &uses {
        ctx.ui.detail(format!("usage cannot be read: {e}"));
    }
    let uses = uses.ok();
    taking.iter_mut().for_each(|change| change.say_who_loses(uses.as_ref()));
}

async fn read(client: &Client, of: Option<&Subject>, now: Timestamp) -> client::Result<Uses> {
    let since = Month::of(now).start();
    if !client.has(Extension::UsageQuery).await? {
        return newest(client, since).await;
    }
    let mut filter = UsageFilter { since: Some(since.as_millisecond()), ..UsageFilter::default() };
    match of {
        Some(Subject::Policy(id)) => filter.policy = Some(id.clone()),
        Some(Subject::Key(id)) => filter.credential = Some(id.clone()),
        Some(Subject::Provider(id)) => filter.provider = Some(id.clone()),
        None => {}
    }
    let by = ["policy", "credential", "provider", "model"];
    let page = client.usage_groups(&by, &filter).await?;
    let is_cut = page.window.retained_since_ms > since.as_millisecond();
    let extent = match Timestamp::from_millisecond(page.window.retained_since_ms) {
        Ok(kept) if is_cut => Extent::Since(kept.to_zoned(TimeZone::UTC).date()),
        _ => Extent::Month,
    };
    Ok(Uses { rows: page.groups.iter().map(of_group).collect(), extent })
}

/// What a router of the plain contract shows: its newest events.
async fn newest(client: &Client, since: Timestamp) -> client::Result<Uses> {
    let usage = client.admin_usage().await?.usage;
    let all = usage.events.len();
    let read = usage.events.into_iter().filter_map(|event| serde_json::from_value(event).ok());
    let events: Vec<UsageEvent> = read.collect();
    let since = since.as_millisecond();
    let is_whole = all as u64 >= usage.summary.request_count
        || events.iter().any(|it| it.occurred_at_ms < since);
    let answered =
        |event: &&UsageEvent| event.occurred_at_ms >= since && event.status == EventStatus::Success;
    let rows = events.iter().filter(answered).map(of_event).collect();
    Ok(Uses { rows, extent: if is_whole { Extent::Month } else { Extent::Newest(all) } })
}

fn of_group(group: &UsageGroup) -> Use {
    let word = |name: &str| group.key.get(name).cloned().flatten();
    Use {
        policy: word("policy"),
        key: word("credential"),
        provider: word("provider"),
        model: word("model"),
        requests: group.success_count,
    }
}

fn of_event(event: &UsageEvent) -> Use {
    Use {
        policy: Some(event.policy_id.clone()),
        key: event.credential_id.clone(),
        provider: Some(event.provider.clone()),
        model: event.model.clone(),
        requests: 1,
    }
}
