//! The JSON Schema of a manifest, for editors and for programs that write one.

use serde_json::{Map, Value, json};

use super::shape::ROOT;
use crate::resource::{Field, Kind, Named, Shape};

/// The name of the schema, and of the file that `clawctl schema` is written to.
const SCHEMA_ID: &str = "urn:clawctl:schema:clawrouter:1";
pub(super) const SCHEMA_FILE: &str = "clawrouter.schema.json";

pub fn schema() -> Value {
    let mut root = shape(&ROOT);
    let members = root.as_object_mut().expect("a shape makes an object");
    members.insert("$schema".into(), "https://json-schema.org/draft/2020-12/schema".into());
    members.insert("$id".into(), SCHEMA_ID.into());
    members.insert("title".into(), "clawctl manifest".into());
    members.insert("patternProperties".into(), json!({ "^x-": {} }));
    root
}

fn shape(shape: &Shape) -> Value {
    let mut properties = Map::new();
    for member in shape.fields {
        let mut value = kind(&member.kind);
        if let Some(object) = value.as_object_mut() {
            object.insert("description".into(), member.doc.into());
        }
        properties.insert(member.name.into(), value);
    }
    let needed = |field: &&&Field| field.needed;
    let needed: Vec<_> = shape.fields.iter().filter(needed).map(|field| field.name).collect();
    let mut value = json!({
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    });
    if !needed.is_empty() {
        value["required"] = json!(needed);
    }
    value
}

fn kind(of: &Kind) -> Value {
    let texts = || json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let all_or = |items: Value| {
        json!({ "anyOf": [
            { "const": "all" },
            { "type": "array", "items": items, "minItems": 1 },
        ] })
    };
    // What a variable stands for is known only when it is filled in.
    let or_variable = |schema: Value| json!({ "anyOf": [schema, { "type": "string", "pattern": "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" }] });
    match of {
        Kind::Flag => or_variable(json!({ "type": "boolean" })),
        Kind::Text => json!({ "type": "string", "minLength": 1 }),
        Kind::TextOrNull => json!({ "type": ["string", "null"], "minLength": 1 }),
        Kind::MoneyOrNone => or_variable(json!({ "anyOf": [
            { "const": "none" },
            { "type": "number", "minimum": 0, "maximum": 100_000 },
            { "type": "string", "pattern": MONEY },
        ] })),
        Kind::Word(words) => or_variable(json!({ "enum": words })),
        Kind::Whole { min, max } => {
            or_variable(json!({ "type": "integer", "minimum": min, "maximum": max }))
        }
        Kind::Number { min, max } => {
            or_variable(json!({ "type": "number", "minimum": min, "maximum": max }))
        }
        Kind::Share { max } => {
            or_variable(json!({ "type": "number", "exclusiveMinimum": 0, "maximum": max }))
        }
        Kind::Providers => all_or(json!({ "type": "string", "pattern": PROVIDER })),
        Kind::Models => all_or(json!({ "type": "string", "pattern": "^\\S+$", "maxLength": 256 })),
        Kind::Texts => texts(),
        Kind::AnyTexts => json!({ "type": "array", "items": { "type": "string" } }),
        Kind::Sinks => {
            let sink = json!({ "type": "string", "pattern": SINK });
            json!({ "anyOf": [sink, { "type": "array", "items": sink }] })
        }
        Kind::Secret => secret(),
        Kind::Secrets => json!({ "type": "object", "additionalProperties": secret() }),
        Kind::Hash => or_variable(json!({ "type": "string", "pattern": "^[0-9A-Fa-f]{64}$" })),
        Kind::TimeOrNever => json!({ "type": "string", "minLength": 5 }),
        Kind::Id => or_variable(json!({ "type": "string", "pattern": POLICY_ID })),
        Kind::Email => or_variable(json!({ "type": "string", "pattern": EMAIL })),
        Kind::Any => json!({}),
        Kind::Policies => {
            json!({ "type": "array", "items": { "type": "string", "pattern": POLICY_OR_VARIABLE } })
        }
        Kind::EmailOrNull => or_variable(json!({ "type": ["string", "null"], "pattern": EMAIL })),
        Kind::TextMap => json!({ "type": "object", "additionalProperties": { "type": "string" } }),
        Kind::TextLists => json!({ "type": "object", "additionalProperties": texts() }),
        Kind::Part(of) => shape(of),
        Kind::PartOrDefault(of) => json!({ "anyOf": [{ "const": "default" }, shape(of)] }),
        Kind::Each(named, of) => {
            let mut entry = shape(of);
            // `id:` alone names something without saying anything of it.
            entry["type"] = json!(["object", "null"]);
            json!({
                "type": ["object", "null"],
                "propertyNames": { "pattern": pattern(*named) },
                "additionalProperties": entry,
            })
        }
        Kind::Items(of) => json!({ "type": ["array", "null"], "items": shape(of) }),
        Kind::Variables => json!({
            "type": "object",
            "propertyNames": { "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" },
            "additionalProperties": { "type": ["string", "number", "boolean", "null"] },
        }),
        Kind::Version => json!({ "const": 1 }),
    }
}

const MONEY: &str = r"^\s*(\$\s*(\d+(\.\d+)?|\.\d+)|(\d+(\.\d+)?|\.\d+)(\s*[Uu][Ss][Dd])?)\s*$";
const PROVIDER: &str = r"^[A-Za-z0-9._-]+$|\$\{";
const POLICY_ID: &str = "^[A-Za-z0-9_]{1,128}$";
const POLICY_OR_VARIABLE: &str = r"^[A-Za-z0-9_]{1,128}$|\$\{";
const EMAIL: &str = r"^\s*[^\s@]+@[^\s@]+\s*$";
const SINK: &str = "^(stdout|tty|clipboard|file:.+|env-file:.+:.+|keyring:.+/.+|exec:.+)$";

fn secret() -> Value {
    json!({ "type": "string", "pattern": "^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+|keyring:.+/.+|exec:.+)$" })
}

fn pattern(of: Named) -> &'static str {
    match of {
        Named::Policy | Named::Key | Named::Rule => POLICY_OR_VARIABLE,
        Named::Provider => PROVIDER,
        Named::User => r"^\s*[^\s@]+@[^\s@]+\s*$|\$\{",
        Named::Grant => "^(policies|tenants)/[^/]+/[^/]+$",
    }
}
