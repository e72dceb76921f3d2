//! Issued keys, as a manifest says them.

use super::{Field, Kind, Shape};

pub static KEY: Shape = Shape {
    noun: "key",
    fields: &[
        &Field::new("policy", Kind::Id, "Policy of the key. A new key needs it."),
        &Field::new(
            "enabled",
            Kind::Flag,
            "Whether it works. Left out, a revoked key stays revoked.",
        ),
        &Field::new(
            "principal",
            Kind::EmailOrNull,
            "Person or service that it belongs to, as an e-mail address.",
        ),
        &Field::new("label", Kind::TextOrNull, "Note that the router keeps with it."),
        &Field::new(
            "expires",
            Kind::TimeOrNever,
            "When it ends: `2027-01-31` (its end, UTC), a full time, or `never`.",
        ),
        &Field::new(
            "to",
            Kind::Sinks,
            "Where a new key is delivered; `{id}` stands for its id, paths start at this file.",
        ),
        &Field::new("test", Kind::Flag, "Whether a new key is marked as one for tests."),
        &Field::new(
            "secret_sha256",
            Kind::Hash,
            "Hash of the secret, from `export --with-key-hashes`: the key goes on working here.",
        ),
    ],
};
