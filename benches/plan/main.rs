//! What a plan costs when the router's answers have arrived: 1 000 policies and 10 000 keys, read
//! from their JSON, compared with a manifest that names them all.
//!
//! `cargo bench --bench plan`. The whole command, with its reads, is measured beside it.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "the benches of whole commands use the rest")]
mod common;

use std::time::{Duration, Instant};

use clawctl::plan::export::export;
use clawctl::plan::live::Live;
use clawctl::plan::manifest::{Manifest, Source, document};
use clawctl::plan::{Known, diff};
use clawctl::resource::Offers;
use clawctl_wire::connection::ConnectionList;
use clawctl_wire::credential::CredentialList;
use clawctl_wire::health::Extension;
use clawctl_wire::policy::PolicyList;
use common::measure::{Program, in_turn, median};
use common::report::Report;
use common::{Failure, Home, Wanted};
use mimalloc::MiMalloc;
use serde_json::json;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const PARTS: [&str; 2] = ["plan", "command"];
const ROUNDS: usize = 15;
const POLICIES: usize = 1_000;
const KEYS: usize = 10_000;
const LIMIT: Duration = Duration::from_millis(300);

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let wanted = Wanted::read(&words, &PARTS, ROUNDS)?;
    let mut report = Report::begin()?;
    for part in &wanted.parts {
        match *part {
            "plan" => plan(&mut report, wanted.rounds)?,
            _ => command(&report, wanted.rounds)?,
        }
    }
    report.end()
}

/// The answers of a router as they arrive.
struct Answers {
    policies: Vec<u8>,
    keys: Vec<u8>,
    providers: Vec<u8>,
}

fn answers() -> Result<Answers, Failure> {
    let policies: Vec<_> = (0..POLICIES)
        .map(|n| {
            json!({"policyId": format!("team_{n:04}"), "enabled": n % 9 != 0, "providers":
                ["anthropic", "openai"], "tenantId": "acme", "tokenRole": "service",
                "monthlyBudgetMicros": n * 1_000_000, "requestCostMicros": null,
                "budgetScope": "policy", "retainRequestContent": true,
                "grantRouting": clawctl_wire::policy::default_grant_routing(),
                "models": ["openai/gpt-5*"]})
        })
        .collect();
    let keys: Vec<_> = (0..KEYS)
        .map(|n| {
            json!({"credentialId": format!("key_{n:05}"), "policyId": format!("team_{:04}", n % POLICIES),
                "enabled": n % 7 != 0, "policyEnabled": true, "generationMatches": true,
                "active": n % 7 != 0, "principalId": format!("user{n}@example.com"),
                "label": format!("laptop of user {n}"), "expiresAt": "2030-02-18T12:00:00Z",
                "createdAt": "2026-02-18T12:00:00Z", "lastUsedAt": "2026-11-18T12:00:00Z"})
        })
        .collect();
    let providers: Vec<_> = ["anthropic", "openai"]
        .iter()
        .map(|id| json!({"providerId": id, "enabled": true, "label": null}))
        .collect();
    Ok(Answers {
        policies: serde_json::to_vec(&json!({ "policies": policies }))?,
        keys: serde_json::to_vec(&json!({ "credentials": keys }))?,
        providers: serde_json::to_vec(&json!({ "connections": providers }))?,
    })
}

fn live(answers: &Answers) -> Result<Live, Failure> {
    let policies: PolicyList = serde_json::from_slice(&answers.policies)?;
    let keys: CredentialList = serde_json::from_slice(&answers.keys)?;
    let providers: ConnectionList = serde_json::from_slice(&answers.providers)?;
    let mut live = Live {
        policies: policies.policies.into_iter().map(|it| (it.policy_id.clone(), it)).collect(),
        providers: providers.connections,
        offers: Offers::ALL.without(Extension::PolicyEnvironmentFallback),
        ..Live::default()
    };
    keys.credentials.into_iter().for_each(|key| live.add_key(key, true));
    Ok(live)
}

fn plan(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let answers = answers()?;
    let text = document(&export(&live(&answers)?));
    let source = Source { name: "m.yaml".into(), folder: "/".into(), text };
    let changed =
        Source { text: source.text.replace("budget: $7\n", "budget: $8\n"), ..source.clone() };
    for (what, source, actions) in
        [("a plan that is empty", source, 0), ("a plan with one change", changed, 1)]
    {
        let mut took = Vec::new();
        for _ in 0..rounds {
            let began = Instant::now();
            let live = live(&answers)?;
            let manifest = Manifest::read(std::slice::from_ref(&source), &|_| None)
                .map_err(|e| format!("{:?}", e.problems))?;
            let plan = diff(&manifest, &live, &Known::default()).map_err(|e| format!("{e:?}"))?;
            took.push(began.elapsed());
            if plan.actions.len() != actions {
                return Err(format!("{} actions", plan.actions.len()).into());
            }
        }
        let took = median(took.into_iter());
        let what = format!("{what}: {POLICIES} policies, {KEYS} keys");
        let wanted = format!("≤ {} ms", LIMIT.as_millis());
        report.judge(&what, &wanted, &format!("{} ms", took.as_millis()), took <= LIMIT);
    }
    Ok(())
}

/// An `apply` that finds nothing to do, on the embedded router, with its reads.
fn command(report: &Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let answers = answers()?;
    let live = live(&answers)?;
    let text = document(&export(&live));
    // A hash for each, so that they can be made here.
    let mut number = 0_u32;
    let text: String = text
        .lines()
        .map(|line| {
            if line.trim_start().starts_with("principal:") {
                number += 1;
                format!("{line}\n    secret_sha256: \"{number:064x}\"\n")
            } else {
                format!("{line}\n")
            }
        })
        .collect();
    std::fs::write(home.path("m.yaml"), &text)?;
    let path = home.path("m.yaml").display().to_string();
    home.run(&["apply", "-f", &path, "--yes", "-q"])?;
    let program = Program::new("clawctl apply, nothing to do".to_owned(), |_| {
        home.clawctl(&["apply", "-f", &path, "-q"])
    });
    let figures = in_turn(&[program], rounds)?;
    report.figures(&format!("{POLICIES} policies and {KEYS} keys, embedded"), &figures);
    Ok(())
}
