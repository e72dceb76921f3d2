-- What was spent and what happened: ledgers, usage events, and the last check of each provider.

CREATE TABLE ledgers (
    window_key TEXT PRIMARY KEY,
    spent_micros INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE usage_events (
    id TEXT PRIMARY KEY,
    occurred_at_ms INTEGER NOT NULL,
    tenant_id TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    -- The event as it is returned, in JSON.
    event TEXT NOT NULL
) STRICT;

CREATE INDEX usage_events_by_time ON usage_events (occurred_at_ms);
CREATE INDEX usage_events_by_policy ON usage_events (tenant_id, policy_id, occurred_at_ms);

-- The events of a day summed up, so that a report over a month does not read every event.
CREATE TABLE usage_days (
    day_start_ms INTEGER NOT NULL,
    tenant_id TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    requests INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    total_tokens INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, policy_id, day_start_ms, provider)
) STRICT, WITHOUT ROWID;

CREATE TABLE provider_health (
    provider_id TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    latency_ms REAL,
    status_code INTEGER,
    error TEXT
) STRICT, WITHOUT ROWID;
