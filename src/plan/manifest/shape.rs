//! What a manifest may say: every member with its kind, in one table. The reader refuses what is
//! not here, and the JSON Schema for editors is made from it, so that the two cannot disagree.

use clawctl_wire::fusion::{
    ADVISER_TIMEOUT_MS, MAX_INPUT_CHARS, MAX_OUTPUT_TOKENS, MAX_PROPOSAL_CHARS, TEMPERATURE_MAX,
};
use clawctl_wire::money::MICROS_MAX;

/// A mapping with known members.
pub(super) struct Shape {
    /// What its entries are called in messages.
    pub(super) noun: &'static str,
    pub(super) members: &'static [Member],
}

pub(super) struct Member {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) needed: bool,
    /// For the schema, where an editor shows it.
    pub(super) doc: &'static str,
}

/// What may stand behind a name.
pub(super) enum Kind {
    Flag,
    Text,
    TextOrNull,
    /// An amount, or `none`.
    MoneyOrNone,
    Word(&'static [&'static str]),
    Whole {
        min: u64,
        max: u64,
    },
    /// Any number in these bounds.
    Number {
        min: f64,
        max: f64,
    },
    /// Any number above nothing.
    Share {
        max: f64,
    },
    /// `all`, or a list of ids.
    Providers,
    /// `all`, or a list of patterns.
    Models,
    Texts,
    /// Texts as they are, also blank ones.
    AnyTexts,
    /// One sink or several.
    Sinks,
    /// Where a secret is kept.
    Secret,
    /// Several secrets by name.
    Secrets,
    Hash,
    /// A time, or `never`.
    TimeOrNever,
    Id,
    EmailOrNull,
    /// Texts by name.
    TextMap,
    /// Anything, as the router takes it.
    Any,
    /// A list of ids of policies.
    Policies,
    Email,
    /// Lists of texts by name.
    TextLists,
    Part(&'static Shape),
    /// The word `default`, or its members.
    PartOrDefault(&'static Shape),
    Each(Named, &'static Shape),
    Items(&'static Shape),
    /// Texts or nothing by name: defaults of variables.
    Variables,
    Version,
}

/// What the entries of a section are named by.
#[derive(Clone, Copy)]
pub(super) enum Named {
    Policy,
    Key,
    Provider,
    Grant,
    User,
    Rule,
}

const fn member(name: &'static str, kind: Kind, doc: &'static str) -> Member {
    Member { name, kind, needed: false, doc }
}

const fn needed(name: &'static str, kind: Kind, doc: &'static str) -> Member {
    Member { name, kind, needed: true, doc }
}

pub(super) static ROOT: Shape = Shape {
    noun: "manifest",
    members: &[
        needed("version", Kind::Version, "The version of this format: 1."),
        member(
            "vars",
            Kind::Variables,
            "Variables that `${NAME}` stands for in this file, each with its default. The \
             environment comes first; one without a default has to be set there.",
        ),
        member(
            "policies",
            Kind::Each(Named::Policy, &POLICY),
            "What keys may reach and spend, by id.",
        ),
        member("keys", Kind::Each(Named::Key, &KEY), "Issued keys, by id."),
        member(
            "providers",
            Kind::Each(Named::Provider, &PROVIDER),
            "The switch and the budget of whole providers, by id.",
        ),
        member(
            "grants",
            Kind::Each(Named::Grant, &GRANT),
            "Upstream credentials, by `policies/ID/NAME` or `tenants/ID/NAME`.",
        ),
        member("users", Kind::Each(Named::User, &USER), "People who sign in, by address."),
        member("bindings", Kind::Items(&BINDING), "Which policies people and groups hold."),
        member("rules", Kind::Each(Named::Rule, &RULE), "Assignment rules, by id."),
        member("fusion", Kind::Part(&FUSION), "The model that asks several others."),
    ],
};

static POLICY: Shape = Shape {
    noun: "policy",
    members: &[
        member("enabled", Kind::Flag, "Whether its keys work."),
        member(
            "providers",
            Kind::Providers,
            "Providers that may be reached, or `all`, also those added later. A new policy needs it.",
        ),
        member(
            "models",
            Kind::Models,
            "Models that may be used, `*` for any run of characters, or `all` of its providers.",
        ),
        member(
            "budget",
            Kind::MoneyOrNone,
            "Budget per UTC month, such as `$50`; `0` blocks, `none` is no limit. A new policy \
             needs it.",
        ),
        member(
            "budget_scope",
            Kind::Word(&["policy", "principal"]),
            "Who shares the budget: all keys of the policy, or each principal has it alone.",
        ),
        member(
            "request_cost",
            Kind::MoneyOrNone,
            "Fixed price of every request, or `none`: the models' prices.",
        ),
        member(
            "tenant",
            Kind::Text,
            "Tenant that the policy belongs to. A change moves the ledger.",
        ),
        member("role", Kind::Text, "A label; nothing is enforced by it."),
        member("retain_content", Kind::Flag, "Whether the router keeps request contents."),
        member(
            "grant_routing",
            Kind::PartOrDefault(&GRANT_ROUTING),
            "How upstream grants are chosen, or `default`.",
        ),
    ],
};

static GRANT_ROUTING: Shape = Shape {
    noun: "grant routing",
    members: &[
        member(
            "strategy",
            Kind::Word(&[
                "priority",
                "round_robin",
                "least_used",
                "most_remaining",
                "weighted_random",
            ]),
            "Which of several grants is taken.",
        ),
        member(
            "stickiness",
            Kind::Word(&["none", "identity", "session"]),
            "What keeps to the grant that it had.",
        ),
        member("failover", Kind::Flag, "Whether another grant is tried after a refusal."),
        member(
            "environment_fallback",
            Kind::Flag,
            "Whether the operator's own key is used where no grant can be (an extension).",
        ),
        member(
            "stale_state",
            Kind::Word(&["allow", "deny"]),
            "Whether a grant may be used whose quota was not seen lately.",
        ),
        member(
            "stale_after_seconds",
            Kind::Whole { min: 30, max: 86_400 },
            "After how long what was seen of a quota is old.",
        ),
        member(
            "eligible_grants",
            Kind::TextLists,
            "By provider, the only grants that may be chosen.",
        ),
    ],
};

static KEY: Shape = Shape {
    noun: "key",
    members: &[
        member("policy", Kind::Id, "Policy of the key. A new key needs it."),
        member("enabled", Kind::Flag, "Whether it works. Left out, a revoked key stays revoked."),
        member(
            "principal",
            Kind::EmailOrNull,
            "Person or service that it belongs to, as an e-mail address.",
        ),
        member("label", Kind::TextOrNull, "Note that the router keeps with it."),
        member(
            "expires",
            Kind::TimeOrNever,
            "When it ends: `2027-01-31` (its end, UTC), a full time, or `never`.",
        ),
        member(
            "to",
            Kind::Sinks,
            "Where a new key is delivered; `{id}` stands for its id, paths start at this file.",
        ),
        member("test", Kind::Flag, "Whether a new key is marked as one for tests."),
        member(
            "secret_sha256",
            Kind::Hash,
            "Hash of the secret, from `export --with-key-hashes`: the key goes on working here.",
        ),
    ],
};

static PROVIDER: Shape = Shape {
    noun: "provider",
    members: &[
        member("enabled", Kind::Flag, "Whether anything reaches it, under any policy."),
        member("label", Kind::TextOrNull, "Note that the router keeps with it."),
        member(
            "budget",
            Kind::MoneyOrNone,
            "Budget of everybody together per UTC month; `0` blocks, `none` is no limit.",
        ),
    ],
};

static GRANT: Shape = Shape {
    noun: "grant",
    members: &[
        member("provider", Kind::Text, "Provider that it is for. A new grant needs it."),
        member(
            "kind",
            Kind::Text,
            "What sort of secret it holds: `api_key`, `bearer`, `oauth`, `subscription`, or what \
             else the router has. A new grant needs it.",
        ),
        member("enabled", Kind::Flag, "Whether requests are sent with it."),
        member("label", Kind::TextOrNull, "Note that the router keeps with it."),
        member("priority", Kind::Whole { min: 0, max: 1_000_000 }, "Lower comes first."),
        member("weight", Kind::Share { max: 1_000_000.0 }, "Share among equals."),
        member("token_type", Kind::Text, "How the token is presented, such as `Bearer`."),
        member("expires", Kind::TimeOrNever, "When it ends, or `never`."),
        member("scopes", Kind::AnyTexts, "Scopes of the token."),
        member("account", Kind::TextOrNull, "Account at the provider."),
        member("subscription", Kind::Any, "What is known of the plan."),
        member("credential", Kind::Secret, "Where its secret is kept."),
        member("access_token", Kind::Secret, "Where its access token is kept."),
        member("refresh_token", Kind::Secret, "Where its refresh token is kept."),
        member("credentials", Kind::Secrets, "Where several secrets are kept, by name."),
        member(
            "refresh",
            Kind::Part(&GRANT_REFRESH),
            "Where tokens are renewed; it counts where the router has nothing of it, or another \
             address.",
        ),
    ],
};

static GRANT_REFRESH: Shape = Shape {
    noun: "grant's renewal",
    members: &[
        needed("token_url", Kind::Text, "Address that the refresh token is sent to."),
        member("client_id", Kind::Text, "Id of the client."),
        member("client_id_config", Kind::Text, "Name of the router's setting with that id."),
        member("client_secret_config", Kind::Text, "Name of the router's setting with its secret."),
        member("extra_params", Kind::TextMap, "What else is sent along."),
    ],
};

static USER: Shape = Shape {
    noun: "user",
    members: &[
        member("enabled", Kind::Flag, "Whether signing in works."),
        member("tenant", Kind::Text, "Tenant of the user."),
        member("groups", Kind::Texts, "Groups, all of them; those that rules give are theirs."),
        member(
            "retain_content",
            Kind::Flag,
            "`false`: contents of requests with keys of this principal are never kept.",
        ),
    ],
};

static BINDING: Shape = Shape {
    noun: "binding",
    members: &[
        needed("policy", Kind::Id, "Policy that is held."),
        member("user", Kind::Email, "Address of who holds it; this or `group`."),
        member("group", Kind::Text, "Group that holds it; this or `user`."),
        member("priority", Kind::Whole { min: 0, max: MICROS_MAX }, "Lower comes first."),
        member("enabled", Kind::Flag, "Whether it counts."),
    ],
};

static RULE: Shape = Shape {
    noun: "rule",
    members: &[
        member("enabled", Kind::Flag, "Whether it counts."),
        member(
            "kind",
            Kind::Word(&["exact_email", "email_domain", "github_org", "github_team"]),
            "What it looks at, with `subject`; or one of the next four.",
        ),
        member("subject", Kind::Text, "What that has to be."),
        member("domain", Kind::Text, "Matches every address of this domain, as `example.com`."),
        member("email", Kind::Email, "Matches this address."),
        member("github_org", Kind::Text, "Matches members of this GitHub organization."),
        member("github_team", Kind::Text, "Matches members of this GitHub team, as `org/team`."),
        member("groups", Kind::Texts, "Groups that it gives."),
        member("policies", Kind::Policies, "Policies that it gives."),
        member("priority", Kind::Whole { min: 0, max: MICROS_MAX }, "Lower comes first."),
        member("revoke_on_loss", Kind::Flag, "Whether who no longer matches loses them."),
        member("provenance", Kind::Text, "Where the router believes it to come from."),
    ],
};

static FUSION: Shape = Shape {
    noun: "fusion",
    members: &[
        member("enabled", Kind::Flag, "Whether the model is offered."),
        member("advisers", Kind::Texts, "Models that are asked for advice, at most four."),
        member("aggregator", Kind::Text, "Model that answers."),
        member(
            "adviser_timeout_ms",
            Kind::Whole { min: ADVISER_TIMEOUT_MS.min, max: ADVISER_TIMEOUT_MS.max },
            "How long an adviser may take.",
        ),
        member(
            "max_output_tokens",
            Kind::Whole { min: MAX_OUTPUT_TOKENS.min, max: MAX_OUTPUT_TOKENS.max },
            "The most that an adviser may write.",
        ),
        member(
            "max_input_chars",
            Kind::Whole { min: MAX_INPUT_CHARS.min, max: MAX_INPUT_CHARS.max },
            "How much of the conversation advisers see.",
        ),
        member(
            "max_proposal_chars",
            Kind::Whole { min: MAX_PROPOSAL_CHARS.min, max: MAX_PROPOSAL_CHARS.max },
            "How much of a proposal the aggregator sees.",
        ),
        member("temperature", Kind::Number { min: 0.0, max: TEMPERATURE_MAX }, "Of the advisers."),
    ],
};
