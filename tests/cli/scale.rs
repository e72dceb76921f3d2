//! Many keys: more than a page of a list, and more than are drawn at once.

use std::io::Read as _;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use crate::harness::Sandbox;

const KEYS: usize = 2_345;

/// A router whose policy `team` has many keys, half of them with a successor.
fn crowded() -> Sandbox {
    crowded_by(KEYS)
}

fn crowded_by(keys: usize) -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    let database = rusqlite::Connection::open(sandbox.path("clawctl/router.db")).unwrap();
    let sql = "
        WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
        INSERT INTO credentials (id, secret_sha256, policy_id, generation, enabled, principal_id,
               label, expires_at, revision, created_at_ms, updated_at_ms, last_used_at_ms)
        SELECT printf('key_%06d', n / 2) || iif(n % 2 = 1, '_20260101T0000', ''),
               printf('%064x', n), p.id, p.generation, 1, printf('user%d@example.com', n), 'laptop',
               iif(n % 100 = 0, '2026-02-18T12:00:00Z', NULL), 1, 1795176000123, 1795176000123, NULL
        FROM number, policies p WHERE p.id = 'team'";
    database.execute(sql, [i64::try_from(keys).unwrap() - 1]).unwrap();
    sandbox
}

fn ids(rows: &Value) -> Vec<&str> {
    rows.as_array().unwrap().iter().map(|row| row["credentialId"].as_str().unwrap()).collect()
}

#[test]
fn a_long_list_is_whole_and_the_same_in_every_format_and_from_every_router() {
    let sandbox = crowded();
    let list = ["key", "list"];
    let rows = sandbox.json(&list);
    assert_eq!(ids(&rows).len(), KEYS);
    assert!(ids(&rows).is_sorted(), "each once and in order");
    let lines = sandbox.ok(&[&list[..], &["-o", "jsonl"]].concat());
    let read: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(read), rows);
    let csv = sandbox.ok(&[&list[..], &["-o", "csv", "--columns", "credentialId"]].concat());
    assert_eq!(csv.lines().skip(1).collect::<Vec<_>>(), ids(&rows));
    let table = sandbox.run(&list);
    assert_eq!(table.stdout.lines().count(), KEYS + 1, "{}", &table.stdout[..500]);
    let first: Vec<_> = table.stdout.lines().take(2).collect();
    assert!(first[0].starts_with("KEY") && first[1].starts_with("key_000000"), "{first:?}");
    let some = sandbox.json(&["key", "list", "--expiring", "1d"]);
    assert_eq!(ids(&some).len(), KEYS.div_ceil(100));

    sandbox.ok(&["router", "token", "rotate", "--to", "file:admin.token"]);
    let token = std::fs::read_to_string(sandbox.path("admin.token")).unwrap();
    let served = sandbox.serve();
    let over = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", token.trim());
    let there = over.json(&["key", "list", "--url", &served.url]);
    assert_eq!(there, rows, "over the network");
}

#[test]
fn successors_are_found_among_many_keys() {
    let sandbox = crowded();
    let reap = ["key", "reap", "--superseded", "--dry-run"];
    let rows = sandbox.json(&reap);
    let superseded = rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap());
    let superseded: Vec<_> = superseded.collect();
    assert_eq!(superseded.len(), KEYS / 2, "each that has a successor");
    assert!(superseded.iter().all(|id| !id.contains('T')));
    let doctor = sandbox.run(&["doctor", "-o", "json"]);
    let findings: Value = serde_json::from_str(&doctor.stdout).unwrap();
    let found = findings.as_array().unwrap().iter().find(|it| it["check"] == "key.superseded");
    assert_eq!(found.unwrap()["subjects"].as_array().unwrap().len(), KEYS / 2);
}

#[test]
fn many_keys_are_exported_as_what_they_are() {
    let sandbox = crowded();
    let json = sandbox.json(&["export", "--with-key-hashes"]);
    let keys = json["keys"].as_object().unwrap();
    assert_eq!(keys.len(), KEYS);
    assert_eq!(keys["key_000001"]["secret_sha256"], format!("{:064x}", 2));
    std::fs::write(sandbox.path("all.yaml"), sandbox.ok(&["export"])).unwrap();
    let diff = sandbox.run(&["diff", "-f", "all.yaml"]);
    assert_eq!(diff.code, Some(0), "what is exported is what is there\n{diff}");
}

/// The most memory that a command took, in KiB, and how much it printed.
fn peak(sandbox: &Sandbox, words: &[&str], code: i32) -> (u64, u64) {
    let mut command = sandbox.command(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    // The system keeps the highest mark, so that the last look is as good as one at every moment.
    let watch = std::thread::spawn(move || {
        let mut most = 0;
        while let Ok(text) = std::fs::read_to_string(&status)
            && let Some(line) = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))
        {
            most = line.trim().trim_end_matches(" kB").parse().unwrap();
            std::thread::sleep(Duration::from_millis(2));
        }
        most
    });
    let mut printed = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut printed).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(code), "{words:?}");
    (watch.join().unwrap(), printed.len() as u64 / 1024)
}

/// A key that is held whole takes some 500 bytes.
#[test]
fn what_a_command_holds_does_not_grow_with_the_keys_that_it_reads() {
    // More than a page, so that what is used again for each page does not count.
    const FEW: usize = 3_000;
    const MANY: usize = 20_000;
    const GROWTH_KIB_MAX: u64 = 5_000;
    let manifest =
        "version: 1\nkeys: { key_000007: { policy: team }, key_000008: { policy: team } }\n";
    let [few, many] = [FEW, MANY].map(|keys| {
        let sandbox = crowded_by(keys);
        std::fs::write(sandbox.path("few.yaml"), manifest).unwrap();
        sandbox
    });
    let commands: [(&[&str], i32); 11] = [
        (&["key", "list"], 0),
        (&["key", "list", "-o", "json"], 0),
        (&["key", "reap", "--dry-run"], 0),
        (&["key", "revoke", "key_000007", "--dry-run"], 0),
        (&["key", "rotate", "--all", "--id", "key_00000*", "--to", "file:{id}", "--dry-run"], 0),
        (&["key", "rotate", "--all", "--id", "key_00000*", "--finish", "--dry-run"], 0),
        (&["policy", "show", "team"], 0),
        (&["status"], 0),
        (&["diff", "-f", "few.yaml"], 0),
        (&["apply", "-f", "few.yaml", "--yes"], 0),
        (&["export"], 0),
    ];
    let mut grew = String::new();
    for (words, code) in commands {
        let (before, _) = peak(&few, words, code);
        let (after, printed) = peak(&many, words, code);
        if after > before + printed + GROWTH_KIB_MAX {
            grew += &format!("{words:?}: {before} KiB, then {after}, and {printed} printed\n");
        }
    }
    assert!(grew.is_empty(), "{grew}");
}
