//! The floors: programs that do the same as a command of clawctl, and nothing else.

use std::io::{self, BufWriter, Write};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::common::Failure;

/// What a credential has, for a program that only prints it again.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Row {
    credential_id: String,
    policy_id: String,
    enabled: bool,
    policy_enabled: bool,
    generation_matches: bool,
    active: bool,
    principal_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used_at: Option<String>,
}

#[derive(Deserialize)]
struct List {
    credentials: Vec<Row>,
}

/// One authenticated call with reqwest and ring: a GET, or a PUT where there is a body.
pub(crate) fn call(url: &str, body: Option<&str>) -> Result<(), Failure> {
    fetch(url, body).map(drop)
}

/// A list by the same call, printed again as JSON lines.
pub(crate) fn json_lines(url: &str) -> Result<(), Failure> {
    let list: List = serde_json::from_slice(&fetch(url, None)?)?;
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout());
    for row in &list.credentials {
        serde_json::to_writer(&mut out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

fn fetch(url: &str, body: Option<&str>) -> Result<Bytes, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = reqwest::Client::builder().tcp_nodelay(true).no_proxy();
        if url.starts_with("http://") {
            // Loading the platform's roots takes longer than the call.
            builder = builder.tls_certs_only([]);
        }
        let client = builder.build()?;
        let request = match body {
            Some(body) => client.put(url).body(body.to_owned()),
            None => client.get(url),
        };
        let answer = request.header("authorization", "Bearer bench").send().await?;
        let answer = answer.error_for_status()?;
        Ok(answer.bytes().await?)
    })
}
