//! Asking a router again and again for what is new.

use crate::client::{self, Client};
use crate::error::Result;
use crate::report::Event;
use crate::report::tail::{Start, Step, Tail};
use clawctl_wire::health::Extension;
use clawctl_wire::usage_query::{EventQuery, PAGE_DEFAULT, UsageFilter};

/// A router that is followed.
pub(super) struct Followed<'c> {
    client: &'c Client,
    start: Start,
    tail: Tail,
    way: Way,
}

enum Way {
    /// What was stored after a cursor.
    Query(EventQuery),
    /// The newest hundred, chosen from here.
    Snapshots(UsageFilter),
}

/// What one look brought.
pub(super) struct Look {
    pub(super) step: Step,
    /// Is it known already that there is more?
    pub(super) more: bool,
}

impl<'c> Followed<'c> {
    /// Asks the router what it offers, and where its present is.
    pub(super) async fn open(
        client: &'c Client,
        filter: UsageFilter,
        start: Start,
    ) -> Result<Self> {
        let tail = Tail::new(start);
        if !client.has(Extension::UsageQuery).await? {
            return Ok(Self { client, start, tail, way: Way::Snapshots(filter) });
        }
        let since = match start {
            Start::Since(ms) => Some(ms),
            Start::Beginning => None,
            Start::Now => Some(router_now(client).await?),
        };
        let filter = UsageFilter { since, ..filter };
        let order = Some("asc".to_owned());
        let query = EventQuery { filter, order, limit: Some(PAGE_DEFAULT), cursor: None };
        Ok(Self { client, start, tail, way: Way::Query(query) })
    }

    /// Looks once. After a failure it is as if it had not been tried.
    pub(super) async fn look(&mut self) -> client::Result<Look> {
        match &mut self.way {
            Way::Query(query) => {
                let page = self.client.usage_events(query).await?;
                let more = page.events.len() as u64 >= u64::from(PAGE_DEFAULT)
                    && page.next_cursor != query.cursor;
                if page.next_cursor.is_some() {
                    query.cursor = page.next_cursor;
                    if self.start == Start::Now {
                        // All that was stored before is behind the cursor. What is stored later
                        // may have begun before, and is news all the same.
                        query.filter.since = None;
                    }
                }
                let step = self.tail.page(Event::all(page.events), &page.window);
                Ok(Look { step, more })
            }
            Way::Snapshots(filter) => {
                let usage = self.client.admin_usage().await?.usage;
                let requests = usage.summary.request_count;
                let mut step = self.tail.snapshot(Event::all(usage.events), requests);
                step.events.retain(|event| event.matches(filter));
                Ok(Look { step, more: false })
            }
        }
    }
}

/// The router's clock, which may be another one than ours.
async fn router_now(client: &Client) -> client::Result<i64> {
    let query = EventQuery { limit: Some(1), ..EventQuery::default() };
    Ok(client.usage_events(&query).await?.window.until_ms)
}
