//! Many keys: more than a page of a list, and more than are drawn at once.

use serde_json::Value;

use crate::harness::Sandbox;

const KEYS: usize = 2_345;

/// A router whose policy `team` has many keys, half of them with a successor.
fn crowded() -> Sandbox {
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
    database.execute(sql, [i64::try_from(KEYS).unwrap() - 1]).unwrap();
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
