//! What a manifest may say. The reader refuses what is not here, and the JSON Schema for editors is
//! made from it, so that the two cannot disagree.

use crate::resource::{
    BINDING, FUSION, Field, GRANT, KEY, Kind, Named, POLICY, PROVIDER, RULE, Shape, USER,
};

pub(super) static ROOT: Shape = Shape {
    noun: "manifest",
    fields: &[
        &Field::needed("version", Kind::Version, "The version of this format: 1."),
        &Field::new(
            "vars",
            Kind::Variables,
            "Variables that `${NAME}` stands for in this file, each with its default. The \
             environment comes first; one without a default has to be set there.",
        ),
        &Field::new(
            "policies",
            Kind::Each(Named::Policy, &POLICY),
            "What keys may reach and spend, by id.",
        ),
        &Field::new("keys", Kind::Each(Named::Key, &KEY), "Issued keys, by id."),
        &Field::new(
            "providers",
            Kind::Each(Named::Provider, &PROVIDER),
            "The switch and the budget of whole providers, by id.",
        ),
        &Field::new(
            "grants",
            Kind::Each(Named::Grant, &GRANT),
            "Upstream credentials, by `policies/ID/NAME` or `tenants/ID/NAME`.",
        ),
        &Field::new("users", Kind::Each(Named::User, &USER), "People who sign in, by address."),
        &Field::new("bindings", Kind::Items(&BINDING), "Which policies people and groups hold."),
        &Field::new("rules", Kind::Each(Named::Rule, &RULE), "Assignment rules, by id."),
        &Field::new("fusion", Kind::Part(&FUSION), "The model that asks several others."),
    ],
};
