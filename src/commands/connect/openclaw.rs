//! What OpenClaw asks of a catalog beyond what every client does.

use serde_json::Value;

use crate::view::doctor::{Finding, Level};

/// OpenClaw waits no longer for the catalog.
const CATALOG_MS_MAX: u128 = 5_000;

/// OpenClaw reads no larger catalog.
const CATALOG_BYTES_MAX: usize = 4 * 1024 * 1024;

/// Members of a catalog that OpenClaw takes for the beginning of further pages.
const PAGING: &[&str] = &[
    "next",
    "links",
    "next_cursor",
    "last_id",
    "lastId",
    "nextPageToken",
    "next_page_token",
    "has_more",
];

/// What OpenClaw alone would stumble over.
pub(super) fn stumbles(body: &Value, bytes: usize, took_ms: u128) -> Vec<Finding> {
    let problem = |what: String| Finding::new(Level::Problem, "catalog.openclaw", what);
    let mut findings = Vec::new();
    if took_ms > CATALOG_MS_MAX {
        findings.push(
            problem(format!("the catalog took {took_ms} ms"))
                .because("OpenClaw gives up after 5 s, and lists no model then"),
        );
    }
    if bytes > CATALOG_BYTES_MAX {
        findings.push(
            problem(format!("the catalog has {bytes} bytes"))
                .because("OpenClaw reads no more than 4 MiB"),
        );
    }
    let paged: Vec<String> = PAGING
        .iter()
        .filter(|name| body.get(**name).is_some())
        .map(|name| (*name).to_owned())
        .collect();
    if !paged.is_empty() {
        findings.push(
            problem("the catalog looks as if there were more pages".to_owned())
                .about(paged)
                .because("OpenClaw follows such members, and fails where they lead nowhere"),
        );
    }
    let rows = body.get("providers").and_then(Value::as_array).into_iter().flatten();
    let dropped: Vec<String> = rows
        .filter(|row| {
            let base = row.get("nativeBaseUrl").and_then(Value::as_str).unwrap_or_default();
            // The row of compound models is one that it never lists.
            !base.starts_with("/v1/native/") && base != "/v1"
        })
        .filter_map(|row| row.get("id")?.as_str().map(str::to_owned))
        .collect();
    if !dropped.is_empty() {
        findings.push(
            Finding::new(Level::Warning, "catalog.openclaw", "OpenClaw drops these providers")
                .about(dropped)
                .because("their `nativeBaseUrl` does not begin with `/v1/native/`"),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_openclaw_stumbles_over_is_found() {
        let check = |body: Value, bytes, took, expected: Option<&str>| {
            let found = stumbles(&body, bytes, took);
            assert_eq!(found.first().map(|f| f.what.as_str()), expected, "{body}");
        };
        let fine = json!({"providers": [
            {"id": "openai", "nativeBaseUrl": "/v1/native/openai"},
            {"id": "clawrouter", "nativeBaseUrl": "/v1"},
        ]});
        check(fine.clone(), 10, 10, None);
        check(fine.clone(), 10, 5_001, Some("the catalog took 5001 ms"));
        check(fine, 5_000_000, 10, Some("the catalog has 5000000 bytes"));
        let paged = json!({"providers": [], "last_id": "x"});
        check(paged, 10, 10, Some("the catalog looks as if there were more pages"));
        let absolute =
            json!({"providers": [{"id": "x", "nativeBaseUrl": "https://x/v1/native/x"}]});
        check(absolute, 10, 10, Some("OpenClaw drops these providers"));
    }
}
