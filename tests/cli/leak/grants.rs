//! Upstream secrets, by every way in and through every command that could say them again.

use super::Stage;

const CREDENTIAL: &str = "sk-canary-credential-6620417755";
const ACCESS: &str = "canary.access.token.8841/0092+17==";
const REFRESH: &str = "canary-refresh-token-2290467181";
const FIELD: &str = "CANARYSECRETACCESSKEY/99120+aa";

/// Puts, changes, lists, renews and revokes grants, well and badly.
pub(super) fn handle(stage: &Stage, verbose: &[&str], tag: &str) {
    for (name, secret) in [
        ("an upstream key", CREDENTIAL),
        ("an access token", ACCESS),
        ("a refresh token", REFRESH),
        ("a field of a bundle", FIELD),
    ] {
        stage.hunter.borrow_mut().add(name, secret);
    }
    let exits =
        |code, words: &[&str], input: &str| stage.exits(code, &[words, verbose].concat(), input);
    let file = |name: &str, secret: &str| stage.holds(&format!("{name}_{tag}"), secret);
    let name = |name: &str| format!("policies/team/{name}_{tag}");
    let (key, pair, bundle) = (name("key"), name("pair"), name("bundle"));
    let openai = ["--provider", "openai"];
    let put = |name: &str, more: &[&str]| -> Vec<String> {
        let words = ["grant", "put", name].into_iter().chain(openai).chain(more.iter().copied());
        words.map(str::to_owned).collect()
    };
    let refs = super::refs;

    exits(0, &refs(&put(&key, &["--credential-stdin"])), CREDENTIAL);
    let from_file = file("credential", CREDENTIAL);
    for format in ["table", "json", "jsonl", "csv", "yaml"] {
        exits(0, &refs(&put(&key, &["--credential-file", &from_file, "-o", format])), "");
        exits(0, &refs(&put(&key, &["--credential-stdin", "--dry-run", "-o", format])), CREDENTIAL);
        exits(0, &["grant", "list", "-o", format], "");
        exits(0, &["grant", "show", &key, "-o", format], "");
    }
    let (access, refresh) = (file("access", ACCESS), file("refresh", REFRESH));
    let tokens = ["--access-token-file", &access, "--refresh-token-file", &refresh];
    let renewed = ["--token-url", "http://127.0.0.1:9/token", "--client-id", "ours"];
    exits(0, &refs(&put(&pair, &[tokens.as_slice(), &renewed].concat())), "");
    exits(0, &refs(&put(&bundle, &["--field-stdin", "secretAccessKey"])), FIELD);

    // What fails, before and after somebody has seen the secret.
    exits(
        2,
        &["grant", "put", "nonsense", "--provider", "openai", "--credential-stdin"],
        CREDENTIAL,
    );
    exits(2, &["grant", "put", &key, "--provider", "opennai", "--credential-stdin"], CREDENTIAL);
    exits(2, &refs(&put(&key, &["--credential-stdin", "--priority", "9999999"])), CREDENTIAL);
    exits(2, &refs(&put(&key, &["--credential-stdin"])), &format!("{CREDENTIAL}\n{CREDENTIAL}"));
    exits(2, &refs(&put(&key, &["--credential-env", "NOT_SET"])), "");
    exits(1, &refs(&put(&key, &["--kind", "subscription", "--access-token-file", &access])), "");
    exits(
        1,
        &refs(&put(&key, &["--credential-stdin", "--token-url", "http://example.com/t"])),
        CREDENTIAL,
    );
    exits(2, &refs(&put(&key, &["--credential-stdin", "--access-token-stdin"])), CREDENTIAL);
    exits(6, &["grant", "refresh", &pair], "");
    exits(1, &["grant", "refresh", &key], "");
    exits(1, &["grant", "quota", &key], "");
    exits(4, &["grant", "authorize", &key, "--provider", "openai"], "");
    exits(3, &["grant", "show", "policies/team/none"], "");

    exits(0, &["grant", "set", &key, "--label", "main", "--priority", "7"], "");
    exits(0, &["grant", "set", &pair, "--disable", "--yes"], "");
    for words in [
        &["api", "GET", "/v1/admin/upstream-grants", "-i"][..],
        &["api", "GET", "/v1/admin/bootstrap"],
        &["api", "GET", "/v1/admin/provider-status"],
        &["status", "-o", "json"],
        &["provider", "show", "openai", "-o", "json"],
    ] {
        exits(0, words, "");
    }
    let body = format!(r#"{{"provider":"openai","credential":"{CREDENTIAL}","weight":0}}"#);
    let path = format!("/v1/admin/upstream-grants/{key}");
    exits(1, &["api", "PUT", &path, "--input", "-"], &body);
    exits(0, &["grant", "revoke", &bundle, "--yes"], "");
    exits(0, &["grant", "revoke", &key, "--yes", "-o", "json"], "");
}
