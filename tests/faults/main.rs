//! Routers that lie, stall, redirect and answer garbage: what the client makes of each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod access;
#[path = "../cli/harness.rs"]
#[expect(dead_code, reason = "this runner needs a part of the harness")]
mod harness;
mod lists;
mod losses;
mod older;
mod server;
mod unused;

use std::sync::atomic::{AtomicU32, Ordering};

use harness::{Run, Sandbox};
use server::{Act, Server, answer, health, json};

const TOKEN: &str = "canary-admin-token-7391";

fn against(server: &Server, words: &[&str]) -> Run {
    let sandbox = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", TOKEN);
    let timeout: &[&str] = if words.contains(&"--timeout") { &[] } else { &["--timeout", "2s"] };
    let run = sandbox.run(&[words, timeout, &["--url", &server.url]].concat());
    assert!(!run.stderr.contains(TOKEN) && !run.stdout.contains(TOKEN), "{run}");
    run
}

#[track_caller]
fn check(run: &Run, code: i32, says: &[&str]) {
    assert_eq!(run.code, Some(code), "{run}");
    for text in says {
        assert!(run.stderr.contains(text), "`{text}` is not said in\n{run}");
    }
}

#[test]
fn a_refused_connection_is_unreachable() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let sandbox = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", TOKEN);
    let run = sandbox.run(&["policy", "list", "--url", &format!("http://{closed}")]);
    check(&run, 6, &["cannot reach the router at http://127.0.0.1", "refused", "hint:"]);
}

#[test]
fn a_router_that_stalls_is_given_up_in_time() {
    let server = Server::start(|_| Act::Stall);
    let started = std::time::Instant::now();
    let run = against(&server, &["policy", "list"]);
    check(&run, 6, &["did not answer within 2 s", "--timeout"]);
    assert!(started.elapsed() < std::time::Duration::from_secs(20));
}

#[test]
fn a_redirect_is_not_followed() {
    let server = Server::start(|_| {
        Act::Raw(
            b"HTTP/1.1 302 Found\r\nlocation: https://team.cloudflareaccess.com/cdn-cgi/access/login\r\n\
              x-request-id: req_r\r\ncontent-length: 0\r\n\r\n"
                .to_vec(),
        )
    });
    let run = against(&server, &["policy", "list"]);
    check(&run, 4, &["redirect to https://team.cloudflareaccess.com", "service token", "req_r"]);
    assert_eq!(server.heard().len(), 1);
}

#[test]
fn an_answer_that_is_not_json_is_shown_as_such() {
    let html = "<!doctype html>\n<title>502 Bad Gateway</title>";
    let server = Server::start(move |_| answer("200 OK", "text/html", html));
    let run = against(&server, &["policy", "list"]);
    check(&run, 1, &["200", "not JSON", "`<!doctype html>`", "req_test"]);
    let empty = Server::start(|_| json("200 OK", ""));
    check(&against(&empty, &["policy", "list"]), 1, &["not JSON", "an empty body"]);
}

#[test]
fn json_of_another_shape_is_told_apart() {
    let server = Server::start(|_| json("200 OK", r#"{"items":[]}"#));
    let run = against(&server, &["policy", "list"]);
    check(&run, 1, &["policy list is not of the expected shape", "policies"]);
}

#[test]
fn an_answer_that_is_cut_off_is_not_taken_for_whole() {
    let server = Server::start(|_| Act::Cut);
    check(&against(&server, &["policy", "list"]), 6, &["cannot reach"]);
}

#[test]
fn an_endless_answer_is_not_read_to_its_end() {
    let server = Server::start(|_| {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
        let mut bytes = head.as_bytes().to_vec();
        for _ in 0..9 {
            bytes.extend_from_slice(b"100000\r\n");
            bytes.extend(std::iter::repeat_n(b' ', 0x10_0000));
            bytes.extend_from_slice(b"\r\n");
        }
        Act::Raw(bytes)
    });
    // Eight MiB take their time on a machine that is busy.
    let run = against(&server, &["policy", "list", "--timeout", "30s"]);
    check(&run, 1, &["larger than 8388608 bytes"]);
}

#[test]
fn a_refusal_keeps_its_code_and_request_id() {
    let body = r#"{"error":{"code":"admin_unauthorized","message":"no"}}"#;
    let server = Server::start(move |_| json("401 Unauthorized", body));
    let run = against(&server, &["policy", "list"]);
    check(&run, 4, &["401 admin_unauthorized", "req_test", "clawctl context login"]);
}

#[test]
fn odd_error_codes_are_read() {
    for body in [
        r#"{"error":{"code":429,"message":"slow down"}}"#,
        r#"{"error":{"code":null,"message":"slow down"}}"#,
        r#"{"error":"slow down"}"#,
    ] {
        let server = Server::start(move |_| json("400 Bad Request", body));
        check(&against(&server, &["policy", "list"]), 1, &["slow down"]);
    }
}

#[test]
fn a_busy_router_is_asked_again_when_it_says_so() {
    let count = AtomicU32::new(0);
    let server = Server::start(move |_| {
        if count.fetch_add(1, Ordering::SeqCst) == 0 {
            return Act::Raw(
                b"HTTP/1.1 503 Busy\r\nretry-after: 0\r\ncontent-length: 2\r\n\r\n{}".to_vec(),
            );
        }
        json("200 OK", r#"{"policies":[]}"#)
    });
    check(&against(&server, &["policy", "list"]), 0, &[]);
    assert_eq!(server.heard().len(), 2);
}

#[test]
fn a_dropped_answer_to_a_read_is_asked_for_again() {
    let count = AtomicU32::new(0);
    let server = Server::start(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Act::Hang,
        _ => json("200 OK", r#"{"policies":[]}"#),
    });
    check(&against(&server, &["policy", "list"]), 0, &[]);
}

#[test]
fn a_call_of_unknown_effect_is_not_repeated() {
    let server = Server::start(|_| Act::Hang);
    let run = against(&server, &["api", "POST", "/v1/chat/completions", "--input", "-"]);
    assert_eq!(run.code, Some(6), "{run}");
    assert_eq!(server.heard().len(), 1);
}

/// A plain router that stores something else than it was sent.
fn lying(field: &'static str, value: &'static str) -> Server {
    let written = std::sync::Mutex::new(false);
    Server::start(move |line| {
        let policy = |budget: &str, enabled: &str| {
            format!(
                r#"{{"policyId":"team","enabled":{enabled},"providers":["openai"],"tenantId":"default","tokenRole":"service","monthlyBudgetMicros":{budget},"requestCostMicros":null,"budgetScope":"policy","retainRequestContent":true,"grantRouting":{{}}}}"#
            )
        };
        let mut written = written.lock().unwrap();
        if line.starts_with("GET /v1/health") {
            return health();
        }
        if line.starts_with("PUT") {
            *written = true;
            return json("200 OK", &policy("9000000", "true"));
        }
        if line.starts_with("GET /v1/admin/credentials") {
            return json("200 OK", r#"{"credentials":[]}"#);
        }
        let now = match (*written, field) {
            (true, "budget") => policy(value, "true"),
            (true, "enabled") => policy("9000000", value),
            _ => policy("5000000", "true"),
        };
        json("200 OK", &format!(r#"{{"policies":[{now}]}}"#))
    })
}

#[test]
fn a_router_that_stores_something_else_is_caught() {
    for (field, value, said) in [
        ("budget", "null", "monthlyBudgetMicros = null instead of 9000000"),
        ("enabled", "false", "enabled = false instead of true"),
    ] {
        let server = lying(field, value);
        let run = against(&server, &["policy", "set", "team", "--budget", "$9"]);
        check(&run, 1, &["reads back with", said]);
    }
}

#[test]
fn what_a_router_would_drop_is_refused_before_anything_is_sent() {
    let server = lying("none", "");
    let words = ["policy", "scope", "team", "--add-model", "openai/gpt-5*"];
    check(&against(&server, &words), 2, &["policy.models", "does not offer", "nothing was sent"]);
    assert!(
        server.heard().iter().all(|heard| heard.line.starts_with("GET")),
        "{:?}",
        server.heard()
    );
}

#[test]
fn a_router_cannot_steer_the_terminal() {
    let server = Server::start(|line| {
        if line.starts_with("GET /v1/health") {
            return health();
        }
        json(
            "200 OK",
            r#"{"policies":[{"policyId":"a\u001b]0;owned\u0007","enabled":true,"providers":[],"tenantId":"\u202eevil","tokenRole":"s","monthlyBudgetMicros":null,"requestCostMicros":null,"budgetScope":"policy","retainRequestContent":true,"grantRouting":{}}]}"#,
        )
    });
    let run = against(&server, &["policy", "list"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!run.stdout.contains(['\x1b', '\x07', '\u{202e}']), "{:?}", run.stdout);
    let refusing = Server::start(|_| {
        json("400 Bad Request", r#"{"error":{"code":"x","message":"\u001b[2Jgone"}}"#)
    });
    let run = against(&refusing, &["policy", "list"]);
    assert!(!run.stderr.contains('\x1b'), "{:?}", run.stderr);
}

#[test]
fn plain_http_to_another_machine_is_refused() {
    let sandbox = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", TOKEN);
    let run = sandbox.run(&["policy", "list", "--url", "http://router.invalid:8787"]);
    check(&run, 2, &["plain http", "--insecure-http"]);
}

#[test]
fn the_token_goes_where_it_belongs_and_nowhere_else() {
    let server = Server::start(|_| json("200 OK", r#"{"policies":[]}"#));
    let run = against(&server, &["policy", "list", "-v"]);
    check(&run, 0, &[]);
    for heard in server.heard() {
        let carrying: Vec<_> = heard.headers.iter().filter(|h| h.contains(TOKEN)).collect();
        assert_eq!(carrying, [&format!("authorization: Bearer {TOKEN}")]);
        assert!(!heard.line.contains(TOKEN) && !heard.body.contains(TOKEN));
        assert!(heard.headers.iter().any(|h| h.starts_with("user-agent: clawctl/")));
    }
}

/// The whole text of every class of error, as an operator reads it at three in the morning.
#[test]
fn every_class_of_error_reads_well() {
    let refusing = |status: &'static str, code: &'static str| {
        let body = format!(r#"{{"error":{{"code":"{code}","message":"said the router"}}}}"#);
        Server::start(move |line| match line.starts_with("GET /v1/health") {
            true => health(),
            false => json(status, &body),
        })
    };
    let redirecting = |location: &'static str| {
        Server::start(move |_| {
            let head = format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\n");
            Act::Raw(
                format!("{head}x-request-id: req_test\r\ncontent-length: 0\r\n\r\n").into_bytes(),
            )
        })
    };
    let classes: Vec<(&str, Server)> = vec![
        ("unreachable", Server::start(|_| Act::Hang)),
        ("too slow", Server::start(|_| Act::Stall)),
        ("no admin", refusing("401 Unauthorized", "admin_unauthorized")),
        ("forbidden", refusing("403 Forbidden", "access_admin_required")),
        ("bad request", refusing("400 Bad Request", "invalid_policy")),
        ("conflict", refusing("409 Conflict", "combined_policy_secret_rotation")),
        ("internal", refusing("500 Oops", "internal_error")),
        ("access login", redirecting("https://t.cloudflareaccess.com/cdn-cgi/access/login/x")),
        ("other redirect", redirecting("https://elsewhere.example/")),
        ("html", Server::start(|_| answer("200 OK", "text/html", "<html>\nhello"))),
        ("empty", Server::start(|_| json("200 OK", ""))),
        ("another shape", Server::start(|_| json("200 OK", "{}"))),
        ("a bare string", Server::start(|_| json("429 Slow", r#"{"error":"Invalid pool key"}"#))),
    ];
    let mut told = String::new();
    for (class, server) in classes {
        let run = against(&server, &["policy", "list", "--timeout", "1s"]);
        let text = run.to_string().replace(&server.url, "ROUTER");
        told.push_str(&format!("# {class}\n{text}\n"));
    }
    insta::assert_snapshot!("classes_of_error", told);
}
