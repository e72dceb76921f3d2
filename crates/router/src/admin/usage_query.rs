//! Extension `usage.query`: `GET /v1/admin/usage/events` and `GET /v1/admin/usage/groups`.

use super::params::Params;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::events::{self, Dimension, Start};
use clawctl_wire::error::code;
use clawctl_wire::usage_query::{
    DIMENSIONS, EventPage, GroupPage, PAGE_DEFAULT, PAGE_MAX, QueryWindow, UsageFilter,
};

/// More groups than these are no overview any more.
const GROUPS_MAX: usize = 100_000;

pub(super) fn events(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let mut params = Params::of(exchange, code::INVALID_USAGE_QUERY)?;
    let filter = filter(&mut params)?;
    let start = start(&mut params)?;
    let limit = params.number("limit")?.unwrap_or(PAGE_DEFAULT);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(params.refused("limit", &format!("takes a number from 1 to {PAGE_MAX}")));
    }
    params.end()?;
    let window = window(exchange, &filter);
    exchange.core.store.flush()?;
    let (events, next) = exchange
        .core
        .store
        .read(|db| events::page(db, &filter, window.retained_since_ms, start, limit))?;
    Reply::private(&EventPage { events, next_cursor: next.map(cursor), window })
}

pub(super) fn groups(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let mut params = Params::of(exchange, code::INVALID_USAGE_QUERY)?;
    let filter = filter(&mut params)?;
    let by = params.take("by").unwrap_or_default();
    let by = dimensions(&params, &by)?;
    params.end()?;
    let window = window(exchange, &filter);
    exchange.core.store.flush()?;
    let groups = exchange
        .core
        .store
        .read(|db| events::groups(db, &filter, window.retained_since_ms, &by, GROUPS_MAX + 1))?;
    if groups.len() > GROUPS_MAX {
        let message = format!("`by` makes more than {GROUPS_MAX} groups; ask for fewer, or filter");
        return Err(Refusal::bad(code::INVALID_USAGE_QUERY, message));
    }
    let by = by.into_iter().map(|by| by.name.to_owned()).collect();
    Reply::private(&GroupPage { by, groups, window })
}

fn filter(params: &mut Params<'_>) -> Result<UsageFilter, Refusal> {
    Ok(UsageFilter {
        since: params.number("since")?,
        until: params.number("until")?,
        tenant: params.text("tenant")?,
        policy: params.text("policy")?,
        credential: params.text("credential")?,
        principal: params.text("principal")?,
        provider: params.text("provider")?,
        model: params.text("model")?,
        capability: params.text("capability")?,
        project: params.text("project")?,
        session: params.text("session")?,
        agent: params.text("agent")?,
        client: params.text("client")?,
        status: params.text("status")?,
        request: params.text("request")?,
    })
}

fn start(params: &mut Params<'_>) -> Result<Start, Refusal> {
    let first = match params.take("order").as_deref() {
        None | Some("desc") => Start::Newest,
        Some("asc") => Start::Oldest,
        Some(_) => return Err(params.refused("order", "takes `asc` or `desc`")),
    };
    let Some(text) = params.take("cursor") else { return Ok(first) };
    let given = from_cursor(&text);
    let goes_on = match (first, given) {
        (Start::Newest, Some(start @ Start::Before { .. })) => Some(start),
        (Start::Oldest, Some(start @ Start::After { .. })) => Some(start),
        _ => None,
    };
    goes_on.ok_or_else(|| params.refused("cursor", "is none that a page of this order gave"))
}

fn cursor(start: Start) -> String {
    match start {
        Start::Before { occurred_at_ms, seq } => format!("b{occurred_at_ms}.{seq}"),
        Start::After { seq } => format!("a{seq}"),
        Start::Newest | Start::Oldest => String::new(),
    }
}

fn from_cursor(text: &str) -> Option<Start> {
    if let Some(seq) = text.strip_prefix('a') {
        return Some(Start::After { seq: seq.parse().ok()? });
    }
    let (occurred_at_ms, seq) = text.strip_prefix('b')?.split_once('.')?;
    Some(Start::Before { occurred_at_ms: occurred_at_ms.parse().ok()?, seq: seq.parse().ok()? })
}

fn dimensions(params: &Params<'_>, text: &str) -> Result<Vec<Dimension>, Refusal> {
    let mut by: Vec<Dimension> = Vec::new();
    for name in text.split(',').filter(|_| !text.is_empty()) {
        let Some(dimension) = Dimension::named(name) else {
            return Err(params.refused("by", &format!("takes some of {}", DIMENSIONS.join(", "))));
        };
        if by.contains(&dimension) {
            return Err(params.refused("by", "takes each dimension once"));
        }
        by.push(dimension);
    }
    Ok(by)
}

fn window(exchange: &Exchange<'_>, filter: &UsageFilter) -> QueryWindow {
    let retained_since_ms = events::retained_since(exchange.now, exchange.core.retention_days);
    QueryWindow {
        since_ms: filter.since.unwrap_or(retained_since_ms).max(retained_since_ms),
        // Half-open: what happens in this millisecond is included.
        until_ms: filter.until.unwrap_or(exchange.now.as_millisecond() + 1),
        retained_since_ms,
    }
}
