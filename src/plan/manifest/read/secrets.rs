//! Grants, whose secrets are named by the places where they are kept.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::super::node::Node;
use super::members;
use crate::plan::desired::{GrantRefs, GrantWish};
use crate::resource::value::{clearable, moment, text, texts};
use crate::resource::{Change, GRANT, GrantEdit};
use clawctl_secret::reference::SecretRef;
use clawctl_wire::grant::{GrantKind, GrantRefresh, plain_number};

pub(super) fn grant(node: &Node, folder: &Path) -> GrantWish {
    let said = members(node, &GRANT);
    let own = |name: &str| said.get(name);
    let words = |name: &str| own(name).map_or(Change::Keep, clearable);
    let edit = GrantEdit {
        provider: own("provider").and_then(text),
        kind: own("kind").and_then(Value::as_str).map(GrantKind::from),
        enabled: own("enabled").and_then(Value::as_bool),
        label: words("label"),
        token_type: own("token_type").and_then(text),
        expires_at: match own("expires").and_then(Value::as_str) {
            None => Change::Keep,
            Some("never") => Change::Clear,
            // As it is written where it is a full time: some routers keep fractions.
            Some(at) if at.contains('T') => Change::Set(at.to_owned()),
            Some(day) => moment(day).map_or(Change::Keep, |at| Change::Set(at.to_string())),
        },
        scopes: own("scopes").and_then(texts),
        account_id: words("account"),
        subscription: match own("subscription") {
            None => Change::Keep,
            Some(Value::Null) => Change::Clear,
            Some(any) => Change::Set(any.clone()),
        },
        priority: own("priority").and_then(Value::as_u64),
        weight: own("weight").and_then(Value::as_f64).and_then(plain_number),
        refresh: own("refresh").map_or(Change::Keep, |it| Change::Set(refresh(it))),
    };
    let kept = |value: &Value| {
        let reference = value.as_str()?.trim().parse::<SecretRef>().ok()?;
        Some(reference.from_directory(folder))
    };
    let bundle = own("credentials").and_then(Value::as_object).into_iter().flatten();
    let secrets = GrantRefs {
        credential: own("credential").and_then(kept),
        access_token: own("access_token").and_then(kept),
        refresh_token: own("refresh_token").and_then(kept),
        bundle: bundle.filter_map(|(name, it)| Some((name.clone(), kept(it)?))).collect(),
    };
    GrantWish { edit, secrets }
}

fn refresh(said: &Value) -> GrantRefresh {
    let own = |name: &str| text(&said[name]);
    let extra = said["extra_params"].as_object().into_iter().flatten();
    let extra_params: BTreeMap<_, _> =
        extra.filter_map(|(name, value)| Some((name.clone(), text(value)?))).collect();
    GrantRefresh {
        token_url: own("token_url").unwrap_or_default(),
        client_id: own("client_id"),
        client_id_config: own("client_id_config"),
        client_secret_config: own("client_secret_config"),
        extra_params,
    }
}
