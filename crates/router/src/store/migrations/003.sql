-- Real traffic: reservations of open requests, usage that can be queried, the upstream secrets of
-- policies and tenants, and requests that were kept.

-- Money that an open request may still spend. It counts as spent until it is settled, or until its
-- time is over because whoever made it is gone. A number is never given twice, so that whoever
-- settles late does not settle another's.
CREATE TABLE reservations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    window_key TEXT NOT NULL,
    micros INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX reservations_by_end ON reservations (expires_at_ms);

-- What was settled in each window, and the sum of its reservations. Nothing was passed on to a
-- provider before this version, so there is nothing to carry over. The key says whose budget it is,
-- so that a policy of a tenant called `provider` has no share in a provider's:
-- `policy:<tenant>/<policy>[/<principal>]/<month>` or `provider:<id>/<month>`, with the slashes and
-- percent signs inside a name escaped.
DROP TABLE ledgers;
CREATE TABLE ledgers (
    window_key TEXT PRIMARY KEY,
    spent_micros INTEGER NOT NULL,
    reserved_micros INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One column for each member of an event, so that it can be asked for by any of them. No version
-- before this one wrote an event, so there is nothing to carry over here either.
DROP TABLE usage_events;
CREATE TABLE usage_events (
    -- In the order in which the events were stored. Whoever follows them remembers it, so the row
    -- with the highest is never deleted and its number never given again.
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    occurred_at_ms INTEGER NOT NULL,
    tenant_id TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    credential_id TEXT,
    principal_id TEXT,
    provider TEXT NOT NULL,
    model TEXT,
    capability TEXT NOT NULL,
    status TEXT NOT NULL,
    project_id TEXT,
    session_id TEXT,
    agent_id TEXT,
    client TEXT,
    request_id TEXT NOT NULL,
    input_tokens INTEGER,
    output_tokens INTEGER,
    total_tokens INTEGER,
    cached_input_tokens INTEGER,
    cache_write_input_tokens INTEGER,
    actual_cost_micros INTEGER NOT NULL,
    type TEXT NOT NULL,
    auth_type TEXT NOT NULL,
    parent_agent_id TEXT,
    key_id TEXT,
    trace_id TEXT,
    span_id TEXT,
    reserved_cost_micros INTEGER NOT NULL,
    reserved_input_tokens INTEGER,
    reserved_output_tokens INTEGER,
    pricing_ref TEXT,
    pricing_effective_at TEXT,
    cost_basis TEXT NOT NULL,
    status_code INTEGER,
    duration_ms INTEGER,
    content_retained INTEGER NOT NULL,
    content_ref TEXT,
    -- Members without a column, as a JSON object; null where there are none.
    extra TEXT
) STRICT;

CREATE INDEX usage_events_by_time ON usage_events (occurred_at_ms);
-- Whether the policy belonged to the tenant is seen in the index itself.
CREATE INDEX usage_events_by_policy ON usage_events (policy_id, occurred_at_ms, tenant_id);

-- The events of each UTC day and of each hour summed up, so that a report over a month does not
-- read every event.
DROP TABLE usage_days;
CREATE TABLE usage_sums (
    -- How long the time is: a day or an hour, in milliseconds.
    span_ms INTEGER NOT NULL,
    start_ms INTEGER NOT NULL,
    policy_id TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    requests INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    total_tokens INTEGER NOT NULL,
    cached_input_tokens INTEGER NOT NULL,
    cost_micros INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    PRIMARY KEY (span_ms, start_ms, policy_id, tenant_id, provider)
) STRICT, WITHOUT ROWID;

-- Upstream credentials. What is secret in one is sealed under a key that is not in this file.
CREATE TABLE grants (
    -- `policies` or `tenants`
    scope TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    token_ref TEXT NOT NULL,
    provider TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    -- What is not secret, in JSON.
    record TEXT NOT NULL,
    -- Nonce and sealed JSON; null once it is revoked.
    sealed BLOB,
    updated_at_ms INTEGER NOT NULL,
    PRIMARY KEY (scope, scope_id, token_ref)
) STRICT, WITHOUT ROWID;

CREATE INDEX grants_by_provider ON grants (provider, scope, scope_id);

-- What was last seen of a grant at its provider: quota, cooldown, and how often it was chosen.
CREATE TABLE grant_states (
    scope TEXT NOT NULL,
    scope_id TEXT NOT NULL,
    token_ref TEXT NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (scope, scope_id, token_ref)
) STRICT, WITHOUT ROWID;

-- Bodies of requests, for policies that keep them, in the order in which they were kept.
CREATE TABLE contents (
    seq INTEGER PRIMARY KEY,
    ref TEXT NOT NULL UNIQUE,
    tenant_id TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    -- As it is returned, in JSON.
    record TEXT NOT NULL
) STRICT;

CREATE INDEX contents_by_end ON contents (expires_at_ms);

-- How much all of them take, so that nobody has to add them up.
CREATE TABLE contents_size (bytes INTEGER NOT NULL) STRICT;
INSERT INTO contents_size (bytes) VALUES (0);
CREATE TRIGGER contents_kept AFTER INSERT ON contents
    BEGIN UPDATE contents_size SET bytes = bytes + new.bytes; END;
CREATE TRIGGER contents_dropped AFTER DELETE ON contents
    BEGIN UPDATE contents_size SET bytes = bytes - old.bytes; END;

-- Counts every change that decides about requests, so that what was read of them need not be read
-- again until one is made, by whatever process. It starts anywhere, so that a database which is put
-- in the place of another does not continue the other's count.
CREATE TABLE authority (version INTEGER NOT NULL) STRICT;
INSERT INTO authority (version) VALUES (abs(random() / 4));
CREATE TRIGGER policies_made AFTER INSERT ON policies
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER policies_changed AFTER UPDATE ON policies
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER credentials_made AFTER INSERT ON credentials
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER credentials_changed AFTER UPDATE OF secret_sha256, policy_id, generation, enabled,
    principal_id, expires_at ON credentials
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER connections_made AFTER INSERT ON connections
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER connections_changed AFTER UPDATE ON connections
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER grants_made AFTER INSERT ON grants
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER grants_changed AFTER UPDATE ON grants
    BEGIN UPDATE authority SET version = version + 1; END;
