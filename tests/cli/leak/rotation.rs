//! Rotations with a successor and of many keys, leases, and the record of changes.

use super::*;

pub(super) fn rotate_and_lend(stage: &Stage, verbose: &[&str], tag: &str) {
    let with = |words: &[&str]| -> Vec<String> {
        words.iter().chain(verbose).map(|word| (*word).to_owned()).collect()
    };
    let reveals = |words: &[&str]| stage.reveals(&refs(&with(words)));
    let fills = |sink: &str, words: &[&str]| stage.fills(sink, &refs(&with(words)));
    let exits = |code, words: &[&str]| stage.exits(code, &refs(&with(words)), "");
    let file = |name: &str| stage.sandbox.path(name).display().to_string();

    // A successor, in every format of the reveal, and into a sink that holds the old key.
    for format in ["table", "json", "jsonl", "csv", "yaml"] {
        let id = format!("next_{format}_{tag}");
        let old = reveals(&["key", "issue", &id, "--policy", "team"]);
        let key_file = stage.holds(&format!("{id}.old"), &old);
        let given = ["--key-file", &key_file, "-o", format];
        reveals(&[&["key", "rotate", &id, "--overlap"], &given[..]].concat());
        exits(0, &["key", "rotate", &id, "--finish", "--yes", "-o", format]);
    }
    let id = format!("kept_{tag}");
    let to = format!("file:{}", file(&id));
    fills(&id, &["key", "issue", &id, "--policy", "team", "--to", &to]);
    fills(&id, &["key", "rotate", &id, "--overlap", "--to", &to]);
    let waits = ["--until-proven", "--within", "1ms", "--interval", "50ms"];
    exits(7, &[&["key", "rotate", &id], &waits[..]].concat());
    let spoils = "exec:cat >/dev/null; exit 3";
    let second = format!("halted_{tag}");
    reveals(&["key", "issue", &second, "--policy", "team"]);
    exits(1, &["key", "rotate", &second, "--overlap", "--to", spoils]);
    exits(1, &["key", "rotate", &second, "--overlap", "--resume"]);
    exits(0, &["status"]);
    reveals(&["key", "rotate", &second, "--overlap", "--resume", "--to", "stdout"]);

    // Many at once, of which one fails.
    let ids = [format!("many_{tag}_a"), format!("many_{tag}_b"), format!("many_{tag}_c")];
    for id in &ids {
        let to = format!("file:{}", file(id));
        fills(id, &["key", "issue", id, "--policy", "team", "--to", &to]);
    }
    let pattern = format!("many_{tag}_*");
    let all = ["key", "rotate", "--all", "--id", &pattern, "--yes", "-o", "json"];
    let know_all = || {
        for id in &ids {
            let text = std::fs::read_to_string(stage.sandbox.path(id)).unwrap_or_default();
            keys_in(&text).iter().for_each(|key| stage.knows(key));
        }
    };
    exits(0, &all);
    know_all();
    std::fs::remove_file(file(&ids[1])).unwrap();
    std::fs::create_dir(file(&ids[1])).unwrap();
    let failed = exits(1, &all);
    know_all();
    std::fs::remove_dir(file(&ids[1])).unwrap();
    let resumed = exits(0, &["key", "rotate", "--all", "--resume"]);
    know_all();
    for output in [failed, resumed] {
        stage.hunter.borrow().check("output", &output);
    }

    // A lease: the command alone gets to see its key.
    let got = format!("lease_{tag}");
    stage.sinks.borrow_mut().push(stage.sandbox.path(&got));
    let script = format!("umask 077; printf '%s' \"$CLAWROUTER_API_KEY\" >{}; exit 5", file(&got));
    let said = exits(5, &["key", "exec", "--policy", "team", "--", "sh", "-c", &script]);
    let key = keys_in(&std::fs::read_to_string(stage.sandbox.path(&got)).unwrap()).remove(0);
    stage.knows(&key);
    stage.hunter.borrow().check("output", &said);
    let set = ["--set", "NOTHING={url}"];
    exits(0, &[&["key", "exec", "--policy", "team"], &set[..], &["--", "true"]].concat());
    exits(0, &["key", "reap", "--superseded", "--after", "1s", "--yes", "-o", "csv"]);

    // What was changed, and taken back.
    for format in ["table", "json", "jsonl", "csv", "yaml"] {
        exits(0, &["log", "-o", format]);
    }
    let log = exits(
        0,
        &["log", "--command", "key rotate", "-o", "csv", "--columns", "id", "--no-header"],
    );
    let last = log.lines().next().unwrap();
    exits(5, &["undo", last, "--yes"]);
}
