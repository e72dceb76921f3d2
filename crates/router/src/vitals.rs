//! How a provider says it is: small questions that cost nothing and carry no secret, at the paths
//! that its manifest names for that.

use std::time::{Duration, Instant};

use serde_json::Value;

use super::forward::base_url;
use super::manifest::Manifest;
use super::outbound::Clients;
use clawctl_wire::vital::VitalSign;

/// How long a provider may take for each of its answers.
const PATIENCE: Duration = Duration::from_secs(3);

/// How much of an answer is looked at.
const SAID_BYTES_MAX: usize = 256 * 1024;

/// The longest word of a provider's that is repeated.
const WORD_CHARS_MAX: usize = 60;

/// Asks a provider at each of its paths, one after the other.
pub async fn ask(manifest: &Manifest, config: &dyn Fn(&str) -> Option<String>) -> Vec<VitalSign> {
    let mut signs = Vec::new();
    for path in &manifest.health_paths {
        let started = Instant::now();
        let (status, detail) = match get(manifest, path, config).await {
            Ok((status, said)) => (Some(status), words(&said)),
            Err(why) => (None, why),
        };
        signs.push(VitalSign {
            path: path.clone(),
            ok: status.is_some_and(|status| (200..300).contains(&status)),
            status,
            latency_ms: u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            detail,
        });
    }
    signs
}

async fn get(
    manifest: &Manifest,
    path: &str,
    config: &dyn Fn(&str) -> Option<String>,
) -> Result<(u16, Vec<u8>), String> {
    let base = base_url(&manifest.provider, config).ok_or("its address is not configured")?;
    let url = format!("{}{path}", base.trim_end_matches('/'));
    let url: url::Url = url.parse().map_err(|_| "its address is none".to_owned())?;
    let clients = Clients::new().map_err(|_| "no connection can be set up".to_owned())?;
    let asking = clients.for_url(&url).get(url).timeout(PATIENCE).send();
    let why = |error: reqwest::Error| {
        let silent = "it did not answer in time";
        let gone = "nobody answers there";
        if error.is_timeout() { silent.to_owned() } else { gone.to_owned() }
    };
    let mut answer = asking.await.map_err(why)?;
    let mut said = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(why)? {
        said.extend_from_slice(&piece);
        if said.len() > SAID_BYTES_MAX {
            break;
        }
    }
    Ok((answer.status().as_u16(), said))
}

/// What an answer says, in short.
fn words(said: &[u8]) -> String {
    let body: Value = serde_json::from_slice(said).unwrap_or_default();
    if let Some(models) = body.get("data").and_then(Value::as_array) {
        return match models.len() {
            1 => "1 model".to_owned(),
            count => format!("{count} models"),
        };
    }
    let word = body.get("status").and_then(Value::as_str).unwrap_or_default();
    word.chars().filter(|c| !c.is_control()).take(WORD_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_put_into_a_few_words() {
        let check = |said: &str, expected: &str| assert_eq!(words(said.as_bytes()), expected);
        check(r#"{"status":"ok","provider":"x"}"#, "ok");
        check(r#"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#, "2 models");
        check(r#"{"data":[{"id":"a"}]}"#, "1 model");
        check(r#"{"status":"a\u001b[2Jb"}"#, "a[2Jb");
        check("<html>", "");
        assert_eq!(words(format!(r#"{{"status":"{}"}}"#, "x".repeat(99)).as_bytes()).len(), 60);
    }
}
