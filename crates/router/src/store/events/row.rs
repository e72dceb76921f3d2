//! One event as a row.

use std::borrow::Cow;
use std::sync::LazyLock;

use rusqlite::{CachedStatement, Row, params};
use serde_json::{Map, Value};

use crate::account::COST_MAX;
use crate::store::{Db, StoreError, from_json, prepared, signed, to_json, unsigned};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::{CostBasis, CostNote, EventStatus, UsageEvent};

/// In the order in which [`insert`] and [`read`] take them.
const COLUMNS: &str = "id, occurred_at_ms, tenant_id, policy_id, credential_id, principal_id, \
     provider, model, capability, status, project_id, session_id, agent_id, client, request_id, \
     input_tokens, output_tokens, total_tokens, cached_input_tokens, cache_write_input_tokens, \
     actual_cost_micros, type, auth_type, parent_agent_id, key_id, trace_id, span_id, \
     reserved_cost_micros, reserved_input_tokens, reserved_output_tokens, pricing_ref, \
     pricing_effective_at, cost_basis, status_code, duration_ms, content_retained, content_ref, \
     extra";

/// More tokens than any request has. A provider may report anything, and a sum over rows must not
/// leave SQLite's integers for it.
const TOKENS_MAX: u64 = 1_000_000_000_000;

/// The longest text that is kept of an event. Clients choose some of them, and a list of events
/// holds a hundred.
const TEXT_BYTES_MAX: usize = 512;

/// The same for all members without a column together.
const EXTRA_BYTES_MAX: usize = 2_048;

static INSERT: LazyLock<String> = LazyLock::new(|| {
    let places = vec!["?"; COLUMNS.split(',').count()].join(", ");
    format!("INSERT INTO usage_events ({COLUMNS}) VALUES ({places}) ON CONFLICT (id) DO NOTHING")
});

/// Whether there was no event of this id before.
pub(super) fn insert<'db>(
    db: &'db Db,
    inserting: &mut Option<CachedStatement<'db>>,
    event: &UsageEvent,
) -> Result<bool, StoreError> {
    let count = |tokens: Option<u64>| tokens.map(|_| signed(counted(tokens)));
    let extra = extra(event)?;
    let added = prepared(db, inserting, &INSERT)?.execute(params![
        bounded(&event.id),
        event.occurred_at_ms,
        bounded(&event.tenant_id),
        bounded(&event.policy_id),
        text(&event.credential_id),
        text(&event.principal_id),
        bounded(&event.provider),
        text(&event.model),
        bounded(&event.capability),
        bounded(event.status.as_str()),
        text(&event.project_id),
        text(&event.session_id),
        text(&event.agent_id),
        text(&event.client),
        bounded(&event.request_id),
        count(event.input_tokens),
        count(event.output_tokens),
        count(event.total_tokens),
        count(event.cached_input_tokens),
        count(event.cache_write_input_tokens),
        signed(costing(event.actual_cost_micros)),
        bounded(&event.kind),
        bounded(&event.auth_type),
        text(&event.parent_agent_id),
        text(&event.key_id),
        text(&event.trace_id),
        text(&event.span_id),
        signed(costing(event.reserved_cost_micros)),
        count(event.reserved_input_tokens),
        count(event.reserved_output_tokens),
        text(&event.pricing_ref),
        text(&event.pricing_effective_at),
        bounded(event.cost_basis.as_str()),
        event.status_code,
        count(event.duration_ms),
        event.content_retained,
        text(&event.content_ref),
        extra,
    ])?;
    Ok(added == 1)
}

/// Reads a row of `SELECT seq, <columns>`; see [`select`].
pub(super) fn read(row: &Row<'_>) -> Result<UsageEvent, StoreError> {
    let mut column = 0;
    macro_rules! next {
        ($kind:ty) => {{
            column += 1;
            row.get::<_, $kind>(column)?
        }};
    }
    macro_rules! count {
        () => {
            next!(Option<i64>).map(unsigned)
        };
    }
    let mut event = UsageEvent {
        id: next!(String),
        occurred_at_ms: next!(i64),
        tenant_id: next!(String),
        policy_id: next!(String),
        credential_id: next!(Option<String>),
        principal_id: next!(Option<String>),
        provider: next!(String),
        model: next!(Option<String>),
        capability: next!(String),
        status: EventStatus::from(next!(String).as_str()),
        project_id: next!(Option<String>),
        session_id: next!(Option<String>),
        agent_id: next!(Option<String>),
        client: next!(Option<String>),
        request_id: next!(String),
        input_tokens: count!(),
        output_tokens: count!(),
        total_tokens: count!(),
        cached_input_tokens: count!(),
        cache_write_input_tokens: count!(),
        actual_cost_micros: Micros(unsigned(next!(i64))),
        kind: next!(String),
        auth_type: next!(String),
        parent_agent_id: next!(Option<String>),
        key_id: next!(Option<String>),
        trace_id: next!(Option<String>),
        span_id: next!(Option<String>),
        reserved_cost_micros: Micros(unsigned(next!(i64))),
        reserved_input_tokens: count!(),
        reserved_output_tokens: count!(),
        pricing_ref: next!(Option<String>),
        pricing_effective_at: next!(Option<String>),
        cost_basis: CostBasis::from(next!(String).as_str()),
        status_code: next!(Option<u16>),
        duration_ms: count!(),
        content_retained: next!(bool),
        content_ref: next!(Option<String>),
        cost_note: None,
        compound_request_id: None,
        compound_request_stage: None,
        compound_request_index: None,
        compound_request_size: None,
        compound_request_started_at_ms: None,
        unknown: Map::new(),
    };
    if let Some(text) = next!(Option<String>) {
        add_extra(&mut event, from_json(&text, "usage_events.extra")?);
    }
    Ok(event)
}

/// The beginning of a query whose rows [`read`] understands.
pub(super) fn select() -> String {
    format!("SELECT seq, {COLUMNS} FROM usage_events")
}

/// A text as it is stored: its beginning, if it is too long.
fn bounded(text: &str) -> Cow<'_, str> {
    if text.len() <= TEXT_BYTES_MAX {
        return Cow::Borrowed(text);
    }
    const CUT: &str = "…";
    let ends = text.char_indices().map(|(end, _)| end);
    let end = ends.take_while(|end| *end <= TEXT_BYTES_MAX - CUT.len()).last().unwrap_or(0);
    Cow::Owned(format!("{}{CUT}", &text[..end]))
}

fn text(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(bounded)
}

/// A number of tokens as it is stored; none where it was not reported.
pub(super) fn counted(tokens: Option<u64>) -> u64 {
    tokens.unwrap_or(0).min(TOKENS_MAX)
}

/// An amount of money as it is stored.
pub(super) fn costing(cost: Micros) -> u64 {
    cost.min(COST_MAX).0
}

/// Members without a column: those of requests made of others, what is unusual about a cost, and
/// those that this version does not know.
fn extra(event: &UsageEvent) -> Result<Option<String>, StoreError> {
    let mut extra = event.unknown.clone();
    if !extra.is_empty() && to_json(&extra)?.len() > EXTRA_BYTES_MAX {
        extra.clear();
    }
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            extra.insert(name.to_owned(), value);
        }
    };
    let text = |text: &str| Value::from(bounded(text));
    add("compound_request_id", event.compound_request_id.as_deref().map(text));
    add("compound_request_stage", event.compound_request_stage.as_deref().map(text));
    add("compound_request_index", event.compound_request_index.map(Value::from));
    add("compound_request_size", event.compound_request_size.map(Value::from));
    add("compound_request_started_at_ms", event.compound_request_started_at_ms.map(Value::from));
    add("cost_note", event.cost_note.as_ref().map(|note| text(note.as_str())));
    if extra.is_empty() { Ok(None) } else { to_json(&extra).map(Some) }
}

fn add_extra(event: &mut UsageEvent, mut extra: Map<String, Value>) {
    let mut take = |name: &str| extra.remove(name);
    let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
    event.compound_request_id = text(take("compound_request_id"));
    event.compound_request_stage = text(take("compound_request_stage"));
    event.compound_request_index = take("compound_request_index").and_then(|n| n.as_u64());
    event.compound_request_size = take("compound_request_size").and_then(|n| n.as_u64());
    event.compound_request_started_at_ms =
        take("compound_request_started_at_ms").and_then(|n| n.as_i64());
    event.cost_note = text(take("cost_note")).map(|note| CostNote::from(note.as_str()));
    event.unknown = extra;
}
