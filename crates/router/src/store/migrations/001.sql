-- Who may do what: policies, the credentials under them, and the switches of providers.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policies (
    id TEXT PRIMARY KEY,
    -- Minted at the first write and never changed; each credential carries a copy.
    generation TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    -- A JSON array of ids; the empty one is every provider.
    providers TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    token_role TEXT NOT NULL,
    monthly_budget_micros INTEGER,
    request_cost_micros INTEGER,
    budget_scope TEXT NOT NULL,
    retain_request_content INTEGER NOT NULL,
    grant_routing TEXT NOT NULL,
    -- A JSON array of patterns, or null for every model.
    models TEXT,
    revision INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE credentials (
    id TEXT PRIMARY KEY,
    -- Of the secret part of the key alone, in lower-case hex.
    secret_sha256 TEXT NOT NULL,
    policy_id TEXT NOT NULL REFERENCES policies (id),
    generation TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    principal_id TEXT,
    label TEXT,
    -- As text, to the nanosecond: what is read back equals what was written.
    expires_at TEXT,
    revision INTEGER NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX credentials_by_policy ON credentials (policy_id);

-- A provider without a row is switched on, and nothing was ever said of its budget.
CREATE TABLE connections (
    provider_id TEXT PRIMARY KEY,
    enabled INTEGER NOT NULL,
    label TEXT,
    monthly_budget_micros INTEGER,
    updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
