-- Real traffic: reservations of open requests, usage that can be queried, the upstream secrets of
-- policies and tenants, and requests that were kept.

-- Money that an open request may still spend. It counts as spent until it is settled, or until its
-- time is over because whoever made it is gone.
CREATE TABLE reservations (
    id INTEGER PRIMARY KEY,
    window_key TEXT NOT NULL,
    micros INTEGER NOT NULL,
    expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX reservations_by_window ON reservations (window_key);
CREATE INDEX reservations_by_end ON reservations (expires_at_ms);

-- What was settled in each window, and the sum of its reservations. Nothing was passed on to a
-- provider before this version, so there is nothing to carry over. The key says whose budget it is,
-- so that a policy of a tenant called `provider` has no share in a provider's:
-- `policy:<tenant>/<policy>[/<principal>]/<month>` or `provider:<id>/<month>`.
DROP TABLE ledgers;
CREATE TABLE ledgers (
    window_key TEXT PRIMARY KEY,
    spent_micros INTEGER NOT NULL,
    reserved_micros INTEGER NOT NULL DEFAULT 0
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

-- Bodies of requests, for policies that keep them.
CREATE TABLE contents (
    ref TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    record TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contents_by_end ON contents (expires_at_ms);

-- Counts every change that decides about requests, so that what was read of them need not be read
-- again until one is made, by whatever process.
CREATE TABLE authority (version INTEGER NOT NULL) STRICT;
INSERT INTO authority (version) VALUES (1);
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
