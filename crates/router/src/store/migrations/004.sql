-- People who sign in to a console, the policies that are bound to them and to their groups, and the
-- rules that give them groups. This router has no console; what it keeps of all this is for the
-- administrator, but for one thing that decides about keys.

CREATE TABLE access_users (
    -- In lower case.
    email TEXT PRIMARY KEY,
    tenant_id TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    -- A JSON list, sorted; those that rules gave are among them.
    group_names TEXT NOT NULL,
    -- Whether the contents of requests with keys of this principal are not kept.
    content_retention_disabled INTEGER NOT NULL,
    -- Which groups each rule gave, as a JSON object of lists by the ids of the rules.
    assignments TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE policy_bindings (
    -- `user` or `group`
    principal_type TEXT NOT NULL,
    principal_id TEXT NOT NULL,
    policy_id TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL,
    PRIMARY KEY (principal_type, principal_id, policy_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX policy_bindings_by_policy ON policy_bindings (policy_id);

CREATE TABLE assignment_rules (
    id TEXT PRIMARY KEY,
    enabled INTEGER NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    group_names TEXT NOT NULL,
    policy_ids TEXT NOT NULL,
    priority INTEGER NOT NULL,
    revoke_on_loss INTEGER NOT NULL,
    provenance TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    updated_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Of all this, only who is exempt from the keeping of contents decides about requests.
CREATE TRIGGER exemptions_made AFTER INSERT ON access_users WHEN new.content_retention_disabled
    BEGIN UPDATE authority SET version = version + 1; END;
CREATE TRIGGER exemptions_changed AFTER UPDATE OF content_retention_disabled ON access_users
    WHEN new.content_retention_disabled <> old.content_retention_disabled
    BEGIN UPDATE authority SET version = version + 1; END;
