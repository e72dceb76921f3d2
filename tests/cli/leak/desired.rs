//! Desired state, plans and locks; leaks that are looked for; clients that are told of a key.

use super::*;

pub(super) const UPSTREAM: &str = "sk-Upstream+Canary/5538201746";
const IN_FILE: &str = "sk-FileCanary-8802736451aa";
const TYPED: &str = "sk-TypedCanary-1177302984bb";

/// The environment of these commands holds one secret more.
pub(super) fn stage(sandbox: Sandbox) -> Stage {
    let stage = Stage::new(with_clipboard(sandbox.with("UPSTREAM", UPSTREAM)));
    for (name, secret) in [("the upstream key", UPSTREAM), ("the one in a file", IN_FILE)] {
        stage.hunter.borrow_mut().add(name, secret);
    }
    stage.hunter.borrow_mut().add("the one that was typed", TYPED);
    stage.holds("upstream.key", IN_FILE);
    stage
}

/// Runs the commands of one handling, each with the flags of all.
struct Handling<'a> {
    stage: &'a Stage,
    verbose: &'a [&'a str],
    tag: &'a str,
}

pub(super) fn handle(stage: &Stage, verbose: &[&str], tag: &str) {
    let handling = Handling { stage, verbose, tag };
    handling.refused();
    handling.applied();
    handling.exported();
    handling.leaked();
    handling.connected();
    handling.taken_back();
}

impl Handling<'_> {
    #[track_caller]
    fn exits(&self, code: i32, words: &[&str], input: &str) -> String {
        self.stage.exits(code, &[words, self.verbose].concat(), input)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.stage.sandbox.path(name), text).unwrap();
    }

    /// A file that will have a key in it.
    fn sink(&self, name: &str) -> String {
        let name = format!("{name}_{}", self.tag);
        self.stage.sinks.borrow_mut().push(self.stage.sandbox.path(&name));
        name
    }

    /// Gets to know the keys that were put into these files, and hunts them in what was said.
    #[track_caller]
    fn finds(&self, sinks: &[&str], said: &[String]) -> Vec<String> {
        let read = |sink: &&str| {
            let text = std::fs::read_to_string(self.stage.sandbox.path(sink)).unwrap();
            let keys = keys_in(&text);
            assert_eq!(keys.len(), 1, "{sink}: {}", keys.len());
            keys.into_iter().next().unwrap()
        };
        let keys: Vec<_> = sinks.iter().map(read).collect();
        keys.iter().for_each(|key| self.stage.knows(key));
        for text in said {
            self.stage.hunter.borrow().check("output", text);
        }
        keys
    }

    /// A secret where only the place of one may stand is not said again, in no format.
    fn refused(&self) {
        let key = stray_key("typed");
        self.stage.knows(&key);
        let file = self.sink("typed.yaml");
        for text in [
            format!("grants: {{ policies/team/x: {{ provider: openai, credential: '{TYPED}' }} }}"),
            format!("grants: {{ policies/team/x: {{ credentials: {{ a: '{TYPED}' }} }} }}"),
            format!("grants: {{ policies/team/x: {{ provider: openai, credential: [{TYPED}] }} }}"),
            format!("keys: {{ some_key: {{ policy: team, secret_sha256: {key} }} }}"),
            format!("keys: {{ some_key: {{ policy: team, to: '{key}' }} }}"),
            format!("keys: {{ '{key}': {{ policy: team }} }}"),
        ] {
            let path = self.stage.sandbox.path(&file);
            std::fs::write(&path, format!("version: 1\n{text}\n")).unwrap();
            narrow(&path);
            for command in ["validate", "diff", "apply"] {
                for format in [&[][..], &["-o", "json"], &["-o", "github"], &["-o", "junit"]] {
                    self.exits(2, &[&[command, "-f", &file], format].concat(), "");
                }
            }
        }
    }

    fn manifest(&self, more: &str) -> String {
        let (tag, name) = (self.tag, format!("wanted_{}.yaml", self.tag));
        let sinks = ["one", "two", "three"].map(|name| self.sink(name));
        let [one, two, three] = &sinks;
        let text = format!(
            "version: 1
vars: {{ BUDGET: $5 }}
policies: {{ made_{tag}: {{ providers: [openai], budget: '${{BUDGET}}' }} }}
keys:
  one_{tag}: {{ policy: made_{tag}, to: 'file:{one}' }}
  two_{tag}: {{ policy: made_{tag}, to: 'env-file:{two}:ROUTER_KEY' }}
  three_{tag}: {{ policy: made_{tag}, to: ['exec:umask 077; cat >{three}', clipboard] }}
grants:
  policies/made_{tag}/env: {{ provider: openai, kind: api_key, credential: env:UPSTREAM }}
  policies/made_{tag}/file: {{ provider: openai, kind: bearer, access_token: file:upstream.key }}
  policies/made_{tag}/exec:
    provider: aws-bedrock
    kind: api_key
    credentials: {{ accessKeyId: env:UPSTREAM, secretAccessKey: 'exec:cat upstream.key' }}
{more}"
        );
        self.write(&name, &text);
        name
    }

    fn applied(&self) {
        let file = self.manifest("");
        let formats = ["table", "json", "yaml", "github", "junit"];
        for format in formats {
            self.exits(10, &["diff", "-f", &file, "-o", format], "");
            self.exits(0, &["apply", "-f", &file, "--dry-run", "-o", format], "");
        }
        // What cannot be had stops it, and what a key was shown to before it failed holds it.
        let lacking = self.manifest(&format!(
            "  policies/made_{}/none: {{ provider: openai, kind: api_key, credential: env:NOT_SET }}\n",
            self.tag
        ));
        self.exits(2, &["apply", "-f", &lacking, "--yes"], "");
        let seen = self.sink("seen");
        let spoiled = format!("spoiled_{}.yaml", self.tag);
        self.write(
            &spoiled,
            &format!(
                "version: 1\nkeys: {{ spoiled_{}: {{ policy: team, to: 'exec:umask 077; cat >{seen}; \
                 exit 3' }} }}\n",
                self.tag
            ),
        );
        let failed = self.exits(1, &["apply", "-f", &spoiled, "--yes"], "");
        self.finds(&[&seen], &[failed]);
        let file = self.manifest("");
        let plan = format!("plan_{}.json", self.tag);
        self.exits(0, &["apply", "-f", &file, "--plan-out", &plan], "");
        let said = self.exits(0, &["apply", &plan, "--yes", "-o", "json"], "");
        let sinks = ["one", "two", "three"].map(|name| format!("{name}_{}", self.tag));
        self.finds(&sinks.each_ref().map(String::as_str), &[said]);
        for format in formats {
            self.exits(0, &["diff", "-f", &file, "-o", format], "");
            self.exits(0, &["apply", "-f", &file, "-o", format], "");
        }
        self.write(&file, "version: 1\n");
        self.exits(0, &["apply", "-f", &file, "--prune", "--yes", "-o", "json"], "");
    }

    fn exported(&self) {
        for format in ["yaml", "json"] {
            self.exits(0, &["export", "-o", format], "");
            self.exits(0, &["export", "--with-key-hashes", "-o", format], "");
        }
        let text = self.exits(0, &["export", "-q"], "");
        self.exits(0, &["diff", "-f", "-"], text.split("-- stderr --").next().unwrap());
    }

    fn leaked(&self) {
        let id = format!("leaked_{}", self.tag);
        let old = self.stage.reveals(&["key", "issue", &id, "--policy", "team"]);
        let log = self.stage.holds(&format!("build_{}.log", self.tag), &format!("at 7: {old};"));
        for format in [&[][..], &["-o", "json"], &["-o", "csv"], &["--sarif"]] {
            self.exits(1, &[&["leak", "scan", &log], format].concat(), "");
            self.exits(1, &[&["leak", "scan"], format].concat(), &old);
        }
        self.exits(1, &["leak", "respond", &log, "-o", "json"], "");
        let report = format!("incident_{}.md", self.tag);
        let new = self.sink("new_key");
        let to = format!("file:{new}");
        let rotate = ["leak", "respond", &log, "--rotate", "--to", &to, "--yes"];
        let said = self.exits(0, &[&rotate[..], &["--report", &report]].concat(), "");
        let new = self.finds(&[&new], &[said]).remove(0);
        let report = format!("revoked_{}.md", self.tag);
        let revoke = ["leak", "respond", "--revoke", "--yes", "--report", &report, "-o", "yaml"];
        self.exits(0, &revoke, &new);
    }

    fn connected(&self) {
        let id = format!("client_{}", self.tag);
        let key = self.stage.reveals(&["key", "issue", &id, "--policy", "team"]);
        let file = self.stage.holds(&format!("client_{}.key", self.tag), &key);
        for client in ["openclaw", "codex", "claude-code", "env", "curl", "python", "node"] {
            for format in ["table", "json", "yaml"] {
                let words = ["connect", client, "--key-file", &file, "-o", format];
                // Which of them the key has models for is no matter here.
                let _ = self.stage.run(&[&words[..], self.verbose].concat(), "", Shows::Nothing);
            }
            let target = self.sink(&format!("of_{client}"));
            let words = ["connect", client, "--key-file", &file, "--write", "--inline-key"];
            let words = [&words[..], &["--file", &target], self.verbose].concat();
            let _ = self.stage.run(&words, "", Shows::Nothing);
            self.stage.check_files();
            let undo = [&["connect", client, "--undo", "--file", &target], self.verbose].concat();
            let _ = self.stage.run(&undo, "", Shows::Nothing);
        }
        let _ = self.stage.run(&["connect", "check", "--key-file", &file], "", Shows::Nothing);
    }

    fn taken_back(&self) {
        self.exits(0, &["policy", "set", "team", "--request-cost", "$0.01", "--yes"], "");
        for format in ["table", "json", "jsonl", "csv", "yaml"] {
            self.exits(0, &["log", "-o", format], "");
        }
        let of = |command: &str| {
            let words =
                ["log", "--command", command, "-o", "csv", "--columns", "id", "--no-header"];
            let ids = self.stage.exits(0, &words, "");
            ids.lines().next().unwrap().to_owned()
        };
        self.exits(0, &["undo", &of("policy set"), "--yes", "-o", "json"], "");
        self.exits(5, &["undo", &of("leak respond"), "--dry-run"], "");
    }
}

/// Every family of routes is shown a throw-away key, which nobody else gets to see.
#[test]
fn no_verification_leaks_its_key() {
    let home = Sandbox::new().with("OPENAI_API_KEY", UPSTREAM).with("ANTHROPIC_API_KEY", UPSTREAM);
    let run = home.run_with_input(&["router", "token", "set", "--token-stdin"], ADMIN_TOKEN);
    assert_eq!(run.code, Some(0), "{run}");
    let dead = ["openai=http://127.0.0.1:9", "anthropic=http://127.0.0.1:9"];
    let served = home.serve_with(&["--upstream", dead[0], "--upstream", dead[1]]);
    let proxy = Proxy::start(&served.url);
    let sandbox = Sandbox::new()
        .with("CLAWROUTER_BASE_URL", &proxy.url)
        .with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN);
    let stage = Stage::new(sandbox);
    let mut said = Vec::new();
    for words in [
        &["verify", "enforcement", "-v"][..],
        &["verify", "enforcement", "-o", "json"],
        &["verify", "enforcement", "-o", "csv", "-v"],
    ] {
        said.push(stage.exits(0, words, ""));
    }
    let keys: Vec<_> =
        proxy.heard().iter().flat_map(|it| keys_in(&it.headers.join("\n"))).collect();
    assert!(keys.len() > 20, "{} requests had a key", keys.len());
    keys.iter().for_each(|key| stage.knows(key));
    for text in &said {
        stage.hunter.borrow().check("output", text);
    }
    for heard in proxy.heard() {
        stage.hunter.borrow().check("a request line", &heard.line);
        stage.hunter.borrow().check("a body", &String::from_utf8_lossy(&heard.body));
    }
    stage.check_files();
}
