//! Upstream grants, as a manifest says them.

use super::{Field, Kind, Shape};

pub static GRANT: Shape = Shape {
    noun: "grant",
    fields: &[
        &Field::new("provider", Kind::Text, "Provider that it is for. A new grant needs it."),
        &Field::new(
            "kind",
            Kind::Text,
            "What sort of secret it holds: `api_key`, `bearer`, `oauth`, `subscription`, or what \
             else the router has. A new grant needs it.",
        ),
        &Field::new("enabled", Kind::Flag, "Whether requests are sent with it."),
        &Field::new("label", Kind::TextOrNull, "Note that the router keeps with it."),
        &Field::new("priority", Kind::Whole { min: 0, max: 1_000_000 }, "Lower comes first."),
        &Field::new("weight", Kind::Share { max: 1_000_000.0 }, "Share among equals."),
        &Field::new("token_type", Kind::Text, "How the token is presented, such as `Bearer`."),
        &Field::new("expires", Kind::TimeOrNever, "When it ends, or `never`."),
        &Field::new("scopes", Kind::AnyTexts, "Scopes of the token."),
        &Field::new("account", Kind::TextOrNull, "Account at the provider."),
        &Field::new("subscription", Kind::Any, "What is known of the plan."),
        &Field::new("credential", Kind::Secret, "Where its secret is kept."),
        &Field::new("access_token", Kind::Secret, "Where its access token is kept."),
        &Field::new("refresh_token", Kind::Secret, "Where its refresh token is kept."),
        &Field::new("credentials", Kind::Secrets, "Where several secrets are kept, by name."),
        &Field::new(
            "refresh",
            Kind::Part(&GRANT_REFRESH),
            "Where tokens are renewed; it counts where the router has nothing of it, or another \
             address.",
        ),
    ],
};

static GRANT_REFRESH: Shape = Shape {
    noun: "grant's renewal",
    fields: &[
        &Field::needed("token_url", Kind::Text, "Address that the refresh token is sent to."),
        &Field::new("client_id", Kind::Text, "Id of the client."),
        &Field::new("client_id_config", Kind::Text, "Name of the router's setting with that id."),
        &Field::new(
            "client_secret_config",
            Kind::Text,
            "Name of the router's setting with its secret.",
        ),
        &Field::new("extra_params", Kind::TextMap, "What else is sent along."),
    ],
};
