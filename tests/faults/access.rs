//! A router behind Cloudflare Access: a server that sends to a login page whoever has no service
//! token, as the real one does.

use super::harness::Sandbox;
use super::server::{Act, Heard, Server, answer, health, json};
use super::{TOKEN, check};

const ID: &str = "canary-access-id-5510.access";
const SECRET: &str = "canary-access-secret-8823";

fn guarded() -> Server {
    Server::start_reading(|heard: &Heard| {
        let token = (heard.header("cf-access-client-id"), heard.header("cf-access-client-secret"));
        if token != (Some(ID), Some(SECRET)) {
            let head = "HTTP/1.1 302 Found\r\nlocation: https://team.cloudflareaccess.com/cdn-cgi/access/login/router.example?kid=1\r\n";
            return Act::Raw(format!("{head}content-length: 0\r\n\r\n").into_bytes());
        }
        match heard.line.split(' ').nth(1).unwrap() {
            "/v1/health" => health(),
            "/v1/admin/policies" => json("200 OK", r#"{"policies":[]}"#),
            "/v1/admin/overview" => json("200 OK", OVERVIEW),
            _ => json("404 Not Found", r#"{"error":{"code":"route_not_found","message":"no"}}"#),
        }
    })
}

const OVERVIEW: &str = r#"{"policiesTotal":0,"policiesActive":0,"keysTotal":0,"keysActive":0,
    "tenantsTotal":0,"providerCount":21,"openaiCompatibleProviders":13,"manifestRoutes":34,
    "monthlyBudgetMicros":0,"requestCostMicros":0}"#;

fn sandbox() -> Sandbox {
    Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", TOKEN)
}

#[test]
fn a_login_page_is_explained_and_gets_no_token_from_elsewhere() {
    let server = guarded();
    for words in [["policy", "list"], ["key", "list"], ["fusion", "show"], ["provider", "check"]] {
        let run = sandbox().run(&[words.as_slice(), &["--url", &server.url]].concat());
        check(&run, 4, &["team.cloudflareaccess.com", "service token", "CF_ACCESS_CLIENT_ID"]);
    }
    let run = sandbox().run(&["doctor", "--url", &server.url]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("CF_ACCESS_CLIENT_ID"), "{run}");
    for heard in server.heard() {
        assert!(heard.header("cf-access-client-id").is_none(), "{heard:?}");
    }
}

#[test]
fn a_token_of_the_environment_goes_with_every_call() {
    let server = guarded();
    let sandbox = sandbox().with("CF_ACCESS_CLIENT_ID", ID).with("CF_ACCESS_CLIENT_SECRET", SECRET);
    let run = sandbox.run(&["policy", "list", "--url", &server.url, "-v"]);
    check(&run, 0, &[]);
    assert!(!run.to_string().contains(SECRET), "{run}");
    let missing = sandbox.run(&["fusion", "show", "--url", &server.url]);
    check(&missing, 3, &["route_not_found", "clawctl doctor"]);
    assert!(server.heard().len() >= 2);
    for heard in server.heard() {
        assert_eq!(heard.header("cf-access-client-id"), Some(ID), "{heard:?}");
        assert_eq!(heard.header("cf-access-client-secret"), Some(SECRET), "{heard:?}");
    }
}

#[test]
fn a_token_of_a_context_goes_to_that_context_alone() {
    let (server, other) = (guarded(), Server::start(|_| json("200 OK", r#"{"policies":[]}"#)));
    let mut sandbox = Sandbox::new().with("ROUTER_TOKEN", TOKEN);
    sandbox.set("EDGE_ID", ID);
    sandbox.set("EDGE_SECRET", SECRET);
    let login = ["--token-env", "ROUTER_TOKEN"];
    let access = ["--access-id-env", "EDGE_ID", "--access-secret-env", "EDGE_SECRET"];
    sandbox.ok(&[["context", "add", "edge", &server.url].as_slice(), &login, &access].concat());
    sandbox
        .ok(&[["context", "add", "plain", &other.url, "--no-check"].as_slice(), &login].concat());
    sandbox.ok(&["policy", "list", "--context", "edge"]);
    sandbox.ok(&["policy", "list", "--context", "plain"]);
    for heard in server.heard() {
        assert_eq!(heard.header("cf-access-client-secret"), Some(SECRET), "{heard:?}");
    }
    assert!(!other.heard().is_empty());
    for heard in other.heard() {
        assert!(heard.header("cf-access-client-id").is_none(), "{heard:?}");
        assert!(heard.headers.iter().all(|header| !header.contains(SECRET)), "{heard:?}");
    }
}

#[test]
fn a_service_token_that_is_turned_down_is_not_taken_for_a_bad_url() {
    let page = "<!DOCTYPE html>\n<title>Forbidden</title>";
    let server = Server::start(move |_| answer("403 Forbidden", "text/html", page));
    let run = sandbox().run(&["policy", "list", "--url", &server.url]);
    check(&run, 4, &["403", "in front of the router", "CF_ACCESS_CLIENT_SECRET"]);
}
