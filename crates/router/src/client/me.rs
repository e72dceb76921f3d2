//! `GET /v1/me`: whose key this is.

use serde::Serialize;

use crate::auth;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Me<'a> {
    authenticated: bool,
    auth: &'a str,
    role: &'a str,
    email: Option<&'a str>,
    /// Known of those who sign in with a browser, and of nobody else.
    subject: Option<&'a str>,
    tenant_id: &'a str,
    groups: [&'a str; 0],
}

pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let holder = exchange.core.store.read(|db| auth::key(exchange, db))?;
    auth::note_use(exchange, &holder);
    Reply::private(&Me {
        authenticated: true,
        auth: "proxy_key",
        role: "user",
        email: holder.credential.principal_id.as_deref(),
        subject: None,
        tenant_id: &holder.policy.policy.tenant_id,
        groups: [],
    })
}
