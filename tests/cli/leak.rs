//! Promise 4: no secret leaks. Every command that handles one runs with canaries for secrets, in
//! success and in failure, under a umask that takes nothing away; then they are hunted in all
//! that it wrote, sent and started. A place that may hold one is declared by the case.

mod desired;
mod grants;
mod hunter;
mod rotation;

use std::cell::RefCell;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::harness::{Run, Sandbox, Served, finish, signal};
use crate::proxy::{Act, Heard, Proxy, ask};
use hunter::{Hunter, keys_in};

/// How long an event may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

const ADMIN_TOKEN: &str = "Canary+Admin/Token=7391~0264";
const ACCESS_SECRET: &str = "canaryaccesssecret5508317746";
const ACCESS_ID: &str = "access-id.access";

/// What stdout may show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shows {
    Nothing,
    /// A fresh key, once.
    Key,
}

/// A home where secrets are handled, and all the secrets of it.
struct Stage {
    sandbox: Sandbox,
    hunter: RefCell<Hunter>,
    /// Files that may hold a secret.
    sinks: RefCell<Vec<PathBuf>>,
}

impl Stage {
    fn new(sandbox: Sandbox) -> Self {
        let mut hunter = Hunter::default();
        hunter.add("the admin token", ADMIN_TOKEN);
        hunter.add("the Access secret", ACCESS_SECRET);
        Self { sandbox, hunter: RefCell::new(hunter), sinks: RefCell::default() }
    }

    fn start(&self, words: &[&str], input: &str) -> Child {
        let plain = self.sandbox.command(words);
        let mut command = Command::new("sh");
        command.args(["-c", "umask 000; exec \"$@\"", "sh"]).arg(plain.get_program());
        command.args(plain.get_args()).env_clear().current_dir(self.sandbox.root());
        command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that reads nothing closes its end; that is its right.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child
    }

    /// Runs a command, and hunts in what it writes.
    #[track_caller]
    fn run(&self, words: &[&str], input: &str, shows: Shows) -> Run {
        let run = finish(self.start(words, input));
        let said = format!("{words:?}\n{run}");
        self.hunter.borrow().check("stderr", &run.stderr);
        assert_eq!(keys_in(&run.stderr), [""; 0], "{said}");
        self.hunter.borrow().check("stdout", &run.stdout);
        let keys = keys_in(&run.stdout);
        match shows {
            Shows::Nothing => assert_eq!(keys, [""; 0], "{said}"),
            Shows::Key => {
                assert_eq!(keys.len(), 1, "{said}");
                self.knows(&keys[0]);
            }
        }
        run
    }

    #[track_caller]
    fn exits(&self, code: i32, words: &[&str], input: &str) -> String {
        let run = self.run(words, input, Shows::Nothing);
        assert_eq!(run.code, Some(code), "{words:?}\n{run}");
        run.to_string()
    }

    /// Runs a command that shows a fresh key on stdout, and gives the key.
    #[track_caller]
    fn reveals(&self, words: &[&str]) -> String {
        let run = self.run(words, "", Shows::Key);
        assert_eq!(run.code, Some(0), "{words:?}\n{run}");
        keys_in(&run.stdout).remove(0)
    }

    /// Runs a command that puts a fresh key into a file, and gives the key.
    #[track_caller]
    fn fills(&self, sink: &str, words: &[&str]) -> String {
        let path = self.sandbox.path(sink);
        self.sinks.borrow_mut().push(path.clone());
        let run = self.run(words, "", Shows::Nothing);
        assert_eq!(run.code, Some(0), "{words:?}\n{run}");
        let key = keys_in(&std::fs::read_to_string(path).unwrap()).remove(0);
        self.knows(&key);
        // The output was made before the key was known.
        self.hunter.borrow().check("output", &run.to_string());
        key
    }

    fn knows(&self, key: &str) {
        self.hunter.borrow_mut().add("a fresh key", key);
    }

    /// A file that only the test wrote, to be read by a command.
    fn holds(&self, name: &str, secret: &str) -> String {
        let path = self.sandbox.path(name);
        std::fs::write(&path, format!("{secret}\n")).unwrap();
        narrow(&path);
        self.sinks.borrow_mut().push(path.clone());
        path.display().to_string()
    }

    #[track_caller]
    fn check_files(&self) {
        self.hunter.borrow().check_files(self.sandbox.root(), &self.sinks.borrow());
    }
}

fn narrow(path: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o600)).unwrap();
}

const QUIET_AND_VERBOSE: [&[&str]; 2] = [&[], &["-v"]];

/// A key that looks right, with a canary for its secret.
fn stray_key(id: &str) -> String {
    format!("clawrouter-live-{id}-{:z<43}", "StrayCanaryKey")
}

/// Issues, rotations and all that takes a key, on the router that the stage has.
fn handle_keys(stage: &Stage, verbose: &[&str], tag: &str) {
    let with = |words: &[&str]| -> Vec<String> {
        words.iter().chain(verbose).map(|word| (*word).to_owned()).collect()
    };
    let reveals = |words: &[&str]| stage.reveals(&refs(&with(words)));
    let fills = |sink: &str, words: &[&str]| stage.fills(sink, &refs(&with(words)));
    let exits = |code, words: &[&str], input: &str| stage.exits(code, &refs(&with(words)), input);
    let id = |name: &str| format!("{name}_{tag}");
    let issue = |name: &str, more: &[&str]| -> Vec<String> {
        let words = ["key", "issue", &id(name), "--policy", "team"].map(str::to_owned);
        words.into_iter().chain(more.iter().map(|word| (*word).to_owned())).collect()
    };

    // Every sink that can run here, and every format of the reveal.
    let key = reveals(&refs(&issue("bare", &[])));
    for format in ["json", "jsonl", "csv", "yaml"] {
        reveals(&refs(&issue(format, &["-o", format])));
        reveals(&["key", "rotate", &id(format), "--yes", "-o", format]);
    }
    let file = |name: &str| stage.sandbox.path(name).display().to_string();
    let to_file = format!("file:{}", file(&id("file")));
    fills(&id("file"), &refs(&issue("file", &["--to", &to_file])));
    fills(&id("file"), &["key", "rotate", &id("file"), "--yes", "--to", &to_file]);
    let to_env = format!("env-file:{}:ROUTER_KEY", file(&id("env")));
    fills(&id("env"), &refs(&issue("env", &["--to", &to_env, "-o", "json"])));
    fills(&id("env"), &["key", "rotate", &id("env"), "--yes", "--to", &to_env]);
    let got = file(&id("exec"));
    let to_exec = format!("exec:umask 077; cat >{got}");
    fills(&id("exec"), &refs(&issue("exec", &["--to", &to_exec])));
    fills(&id("exec"), &["key", "rotate", &id("exec"), "--yes", "--to", &to_exec]);
    fills(
        &id("clip"),
        &refs(&issue(
            "clip",
            &["--to", "clipboard", "--to", &format!("file:{}", file(&id("clip")))],
        )),
    );

    // Sinks that fail before, and after they have seen the key.
    exits(2, &refs(&issue("none", &["--to", "keyring:service/account"])), "");
    exits(2, &refs(&issue("none", &["--to", "tty"])), "");
    exits(2, &refs(&issue("none", &["--to", "file:/nowhere/at/all"])), "");
    let seen = file(&id("seen"));
    stage.sinks.borrow_mut().push(stage.sandbox.path(&id("seen")));
    let spoils = format!("exec:umask 077; cat >{seen}; exit 3");
    let to_file = format!("file:{}", file(&id("spoiled")));
    let to_env = format!("env-file:{}:ROUTER_KEY", file(&id("spoiled_env")));
    let spoiled = [
        exits(
            1,
            &refs(&issue("spoiled", &["--to", &to_file, "--to", &spoils, "--to", "stdout"])),
            "",
        ),
        exits(1, &["key", "rotate", &id("bare"), "--yes", "--to", &to_env, "--to", &spoils], ""),
    ];
    let lost = keys_in(&std::fs::read_to_string(&seen).unwrap()).remove(0);
    stage.knows(&lost);
    for output in spoiled {
        stage.hunter.borrow().check("output", &output);
    }
    exits(1, &["key", "issue", &id("spoiled"), "--resume"], "");
    reveals(&["key", "issue", &id("spoiled"), "--resume", "--to", "stdout"]);

    // Whoever holds a key hands it over.
    let key_file = stage.holds(&id("key_file"), &key);
    for (way, input) in [(&["--key-stdin"][..], key.as_str()), (&["--key-file", &key_file], "")] {
        for words in [
            &["key", "inspect"][..],
            &["key", "inspect", "-o", "json"],
            &["key", "enable", &id("bare")],
            &["key", "move", &id("bare"), "--policy", "team"],
            &["catalog", "list"],
            &["catalog", "list", "-o", "json"],
            &["usage", "summary"],
            &["api", "GET", "/v1/key/inspect", "-i"],
        ] {
            exits(0, &[words, way].concat(), input);
        }
        // No provider is configured here.
        for more in [&[][..], &["-o", "json"]] {
            exits(40, &[&["why", "--model", "openai/gpt-5.6"], more, way].concat(), input);
        }
    }
    exits(2, &["key", "inspect", "--key-env", "NOT_SET"], "");

    // Keys that are unknown, wrong, malformed or another's.
    let stray = stray_key(&id("bare"));
    let unknown = stray_key(&id("unknown"));
    for (code, text) in [(32, &stray), (31, &unknown)] {
        exits(code, &["key", "inspect", "--key-stdin"], text);
        exits(code, &["key", "inspect", "--key-stdin", "-o", "json"], text);
        exits(4, &["catalog", "list", "--key-stdin"], text);
        exits(4, &["usage", "summary", "--key-stdin"], text);
        exits(4, &["api", "GET", "/v1/models", "--key-stdin"], text);
        exits(40, &["why", "--model", "openai/gpt-5.6", "--key-stdin"], text);
    }
    exits(2, &["key", "enable", &id("json"), "--key-stdin"], &stray);
    exits(2, &["key", "move", &id("json"), "--policy", "team", "--key-stdin"], &stray);
    let malformed = [
        format!("\"{key}\""),
        key.replace("live", "dead"),
        format!("{key}\n{key}"),
        "x".repeat(70_000),
    ];
    for text in &malformed {
        let run = stage.run(&refs(&with(&["key", "inspect", "--key-stdin"])), text, Shows::Nothing);
        assert!(matches!(run.code, Some(2 | 30)), "{run}");
        let words = with(&["why", "--model", "openai/gpt-5.6", "--key-stdin", "-o", "json"]);
        let run = stage.run(&refs(&words), text, Shows::Nothing);
        assert!(matches!(run.code, Some(2 | 40)), "{run}");
        exits(2, &["catalog", "list", "--key-stdin"], text);
        exits(2, &["usage", "summary", "--key-stdin"], text);
        exits(2, &["key", "enable", &id("bare"), "--key-stdin"], text);
        exits(2, &["api", "GET", "/v1/models", "--key-stdin"], text);
    }

    // Looking around shows none of it.
    for words in [
        &["key", "list"][..],
        &["key", "list", "-o", "json"],
        &["key", "show", &id("bare")],
        &["policy", "list", "-o", "yaml"],
        &["status"],
        &["status", "-o", "json"],
        &["api", "GET", "/v1/admin/credentials"],
        &["api", "GET", "/v1/admin/bootstrap", "-i"],
        &["completions", "bash"],
        &["context", "list", "-o", "json"],
        &["log", "-o", "json"],
    ] {
        exits(0, words, "");
    }
    for words in [&["doctor"][..], &["doctor", "-o", "json"]] {
        // It may find something; that is no failure here.
        let _ = stage.run(&refs(&with(words)), "", Shows::Nothing);
    }
    exits(0, &["key", "revoke", &id("bare"), "--yes"], "");
    exits(33, &["key", "inspect", "--key-stdin"], &key);
}

fn refs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

/// A desktop whose clipboard is a file.
fn with_clipboard(sandbox: Sandbox) -> Sandbox {
    use std::os::unix::fs::PermissionsExt;
    let folder = sandbox.path("bin");
    std::fs::create_dir(&folder).unwrap();
    let tool = folder.join("xclip");
    std::fs::write(&tool, "#!/bin/sh\ncat >/dev/null\n").unwrap();
    std::fs::set_permissions(&tool, PermissionsExt::from_mode(0o755)).unwrap();
    let command = sandbox.command(&[]);
    let usual = command.get_envs().find_map(|(name, value)| value.filter(|_| name == "PATH"));
    let path = format!("{}:{}", folder.display(), usual.unwrap().to_str().unwrap());
    sandbox.with("PATH", &path).with("DISPLAY", ":9")
}

/// A served router with our admin token, in a home of its own.
struct Remote {
    proxy: Proxy,
    _served: Served,
    _home: Sandbox,
}

impl Remote {
    fn start() -> Self {
        let home = Sandbox::new();
        let run = home.run_with_input(&["router", "token", "set", "--token-stdin"], ADMIN_TOKEN);
        assert_eq!(run.code, Some(0), "{run}");
        let _ = home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
        let served = home.serve();
        let proxy = Proxy::start(&served.url);
        Self { proxy, _served: served, _home: home }
    }

    fn operator(&self) -> Sandbox {
        Sandbox::new()
            .with("CLAWROUTER_BASE_URL", &self.proxy.url)
            .with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN)
            .with("CF_ACCESS_CLIENT_ID", ACCESS_ID)
            .with("CF_ACCESS_CLIENT_SECRET", ACCESS_SECRET)
    }
}

#[test]
fn no_command_on_the_embedded_router_leaks_a_secret() {
    let stage =
        Stage::new(with_clipboard(Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN)));
    stage.exits(0, &["policy", "create", "team", "--provider", "openai", "--budget", "$5"], "");
    for (number, verbose) in QUIET_AND_VERBOSE.into_iter().enumerate() {
        handle_keys(&stage, verbose, &number.to_string());
        rotation::rotate_and_lend(&stage, verbose, &number.to_string());
    }
    stage.exits(0, &["router", "backup", "backup.db"], "");
    stage.exits(0, &["router", "info", "-o", "json"], "");
    stage.check_files();
}

#[test]
fn no_desired_state_leaks_a_secret_on_the_embedded_router() {
    let stage = desired::stage(Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN));
    stage.exits(0, &["policy", "create", "team", "--provider", "openai", "--budget", "$5"], "");
    for (number, verbose) in QUIET_AND_VERBOSE.into_iter().enumerate() {
        desired::handle(&stage, verbose, &number.to_string());
    }
    stage.check_files();
}

#[test]
fn no_desired_state_leaks_a_secret_on_its_way_to_a_remote_router() {
    let remote = Remote::start();
    let stage = desired::stage(remote.operator());
    desired::handle(&stage, &["-v"], "far");
    stage.check_files();
    let heard = remote.proxy.heard();
    assert!(heard.iter().filter(|heard| is_grant_put(heard)).count() >= 3);
    for heard in heard.iter().filter(|heard| !is_grant_put(heard)) {
        check_request(&stage.hunter.borrow(), heard);
    }
}

#[test]
fn no_upstream_secret_leaks_from_the_embedded_router() {
    let stage = Stage::new(Sandbox::new());
    stage.exits(0, &["policy", "create", "team", "--provider", "openai", "--no-budget"], "");
    for (number, verbose) in QUIET_AND_VERBOSE.into_iter().enumerate() {
        grants::handle(&stage, verbose, &number.to_string());
    }
    stage.exits(0, &["router", "backup", "backup.db"], "");
    let _ = stage.run(&["doctor"], "", Shows::Nothing);
    stage.check_files();
}

#[test]
fn no_upstream_secret_leaks_on_its_way_to_a_remote_router() {
    let remote = Remote::start();
    let stage = Stage::new(remote.operator());
    grants::handle(&stage, &["-v"], "far");
    stage.check_files();
    let heard = remote.proxy.heard();
    let puts = heard.iter().filter(|heard| is_grant_put(heard)).count();
    assert!(puts > 5, "{puts} writes");
    for heard in &heard {
        let hunter = stage.hunter.borrow();
        hunter.check("a request line", &heard.line);
        // A secret travels in the body of the one request that hands it over.
        if !is_grant_put(heard) {
            hunter.check("a body", &String::from_utf8_lossy(&heard.body));
        }
        for header in
            heard.headers.iter().filter(|h| !h.to_lowercase().starts_with("authorization"))
        {
            if !header.to_lowercase().starts_with("cf-access-client-secret") {
                hunter.check("a header", header);
            }
        }
    }
}

fn is_grant_put(heard: &Heard) -> bool {
    heard.line.starts_with("PUT /v1/admin/upstream-grants/")
}

#[test]
fn no_command_on_a_remote_router_leaks_a_secret() {
    let remote = Remote::start();
    let stage = Stage::new(with_clipboard(remote.operator()));
    for (number, verbose) in QUIET_AND_VERBOSE.into_iter().enumerate() {
        handle_keys(&stage, verbose, &number.to_string());
        rotation::rotate_and_lend(&stage, verbose, &number.to_string());
    }
    stage.check_files();
    let heard = remote.proxy.heard();
    assert!(heard.len() > 100, "{} requests", heard.len());
    for heard in &heard {
        check_request(&stage.hunter.borrow(), heard);
    }
    let called = |path: &str| heard.iter().any(|heard| heard.line.contains(path));
    for path in ["PUT /v1/admin/credentials/", "/v1/key/inspect", "/v1/catalog", "/v1/usage"] {
        assert!(called(path), "{path} was not called");
    }
}

/// The admin token goes to admin routes, a key to the routes of its holder, each in one header.
#[track_caller]
fn check_request(hunter: &Hunter, heard: &Heard) {
    hunter.check("a request line", &heard.line);
    hunter.check("a body", &String::from_utf8_lossy(&heard.body));
    assert_eq!(keys_in(&String::from_utf8_lossy(&heard.body)), [""; 0], "{}", heard.line);
    let path = heard.line.split(' ').nth(1).unwrap();
    for header in &heard.headers {
        let (name, value) = header.split_once(": ").unwrap();
        match name.to_lowercase().as_str() {
            "authorization" if path.starts_with("/v1/admin/") => {
                assert_eq!(value, format!("Bearer {ADMIN_TOKEN}"), "{path}");
            }
            "authorization" => {
                let key = value.strip_prefix("Bearer ").unwrap();
                let holders = ["/v1/key/inspect", "/v1/catalog", "/v1/usage", "/v1/models"];
                assert!(holders.contains(&path), "{path} was given a key");
                assert_eq!(keys_in(key), [key], "{path} was given something else than a key");
            }
            "cf-access-client-secret" => assert_eq!(value, ACCESS_SECRET),
            _ => hunter.check("a header", header),
        }
    }
}

#[test]
fn a_key_in_the_environment_is_read_and_not_passed_on() {
    let remote = Remote::start();
    let issuer = Stage::new(remote.operator());
    let key = issuer.reveals(&["key", "issue", "held", "--policy", "team"]);
    let stage = Stage::new(remote.operator().with("HELD_KEY", &key));
    stage.knows(&key);
    for words in [
        &["key", "inspect", "--key-env", "HELD_KEY", "-v"][..],
        &["key", "enable", "held", "--key-env", "HELD_KEY"],
        &["key", "move", "held", "--policy", "team", "--key-env", "HELD_KEY", "-o", "json"],
        &["catalog", "list", "--key-env", "HELD_KEY", "-o", "csv"],
        &["usage", "summary", "--key-env", "HELD_KEY", "-v"],
        &["api", "GET", "/v1/key/inspect", "--key-env", "HELD_KEY", "-i", "-v"],
        &["status", "-v"],
    ] {
        stage.exits(0, words, "");
    }
    stage.check_files();
}

#[test]
fn a_command_that_is_given_the_key_finds_no_other_secret_around_it() {
    let remote = Remote::start();
    let stage = Stage::new(remote.operator());
    for (verb, more) in [("issue", &["--policy", "team"][..]), ("rotate", &["--yes"])] {
        let path = |name: &str| stage.sandbox.path(&format!("{verb}.{name}")).display().to_string();
        let (all, own, environment, got) = (path("all"), path("own"), path("env"), path("got"));
        // clawctl waits for the command meanwhile, so what it looks at stands still.
        let exec = format!(
            "exec:cat /proc/$PPID/cmdline /proc/$$/cmdline >{own}; cat /proc/$$/environ \
             >{environment}; cat /proc/[0-9]*/cmdline >{all} 2>/dev/null; umask 077; cat >{got}"
        );
        let sink = format!("{verb}.got");
        let key = stage.fills(&sink, &[&["key", verb, "watched", "--to", &exec], more].concat());
        let read = |path: &str| {
            let bytes = std::fs::read(path).unwrap();
            String::from_utf8_lossy(&bytes).replace('\0', "\n")
        };
        let hunter = stage.hunter.borrow();
        for (name, place) in [("the arguments", &own), ("all arguments", &all)] {
            assert!(read(place).contains("clawctl"), "{place} is not what it should be");
            hunter.check(name, &read(place));
        }
        assert!(read(&environment).contains("PATH="));
        hunter.check("the command's environment", &read(&environment));
        for name in ["CLAWROUTER_ADMIN_TOKEN", "CF_ACCESS_CLIENT"] {
            assert!(!read(&environment).contains(name), "{name} was passed on");
        }
        assert!(hunter.found_in(&key).len() > 1, "the hunter knows the key");
    }
    stage.check_files();
}

#[test]
fn no_login_leaks_a_token() {
    let remote = Remote::start();
    let url = remote.proxy.url.clone();
    let sandbox = Sandbox::new()
        .with("ROUTER_TOKEN", ADMIN_TOKEN)
        .with("WRONG_TOKEN", &ADMIN_TOKEN.replace("7391", "1937"))
        .with("ACCESS_ID", ACCESS_ID)
        .with("ACCESS_SECRET", ACCESS_SECRET);
    let stage = Stage::new(sandbox);
    let wrong = ADMIN_TOKEN.replace("7391", "1937");
    stage.hunter.borrow_mut().add("the wrong token", &wrong);
    let token_file = stage.holds("token.txt", ADMIN_TOKEN);
    let access = ["--access-id-env", "ACCESS_ID", "--access-secret-env", "ACCESS_SECRET"];
    for (number, verbose) in QUIET_AND_VERBOSE.into_iter().enumerate() {
        let name = |way: &str| format!("{way}{number}");
        let env_name = name("env");
        let exits = |code, words: &[&str], input: &str| {
            stage.exits(code, &[words, verbose].concat(), input)
        };
        // Refused, unreachable and unfit tokens are not stored.
        exits(4, &["context", "add", &name("no"), &url, "--token-stdin"], &wrong);
        exits(4, &["context", "add", &name("no"), &url, "--token-env", "WRONG_TOKEN"], "");
        exits(
            6,
            &["context", "add", &name("no"), "http://127.0.0.1:9", "--token-stdin"],
            ADMIN_TOKEN,
        );
        for unfit in
            [format!("Bearer {ADMIN_TOKEN}"), stray_key("alice"), format!("{ADMIN_TOKEN}\n{wrong}")]
        {
            exits(2, &["context", "add", &name("no"), &url, "--token-stdin"], &unfit);
        }
        stage.hunter.borrow().check_files(stage.sandbox.root(), &stage.sinks.borrow());
        let _ = std::mem::replace(
            &mut *stage.sinks.borrow_mut(),
            vec![stage.sandbox.path("token.txt"), stage.sandbox.path("clawctl/credentials.json")],
        );
        exits(0, &["context", "add", &name("stdin"), &url, "--token-stdin", "--use"], ADMIN_TOKEN);
        exits(0, &["context", "add", &name("file"), &url, "--token-file", &token_file], "");
        let with_access =
            [&["context", "add", &env_name, &url, "--token-env", "ROUTER_TOKEN"][..], &access]
                .concat();
        exits(0, &with_access, "");
        exits(0, &["context", "login", &name("file"), "--token-stdin"], ADMIN_TOKEN);
        exits(4, &["context", "login", &name("file"), "--token-stdin"], &wrong);
        for words in [
            &["context", "list"][..],
            &["context", "list", "-o", "json"],
            &["context", "show", &name("env"), "-o", "yaml"],
            &["status", "-o", "json"],
            &["--context", &name("env"), "status"],
            &["key", "list"],
        ] {
            exits(0, words, "");
        }
        let _ = stage.run(&[&["doctor"][..], verbose].concat(), "", Shows::Nothing);
        stage.check_files();
        exits(0, &["context", "logout", &name("file")], "");
        exits(0, &["context", "remove", &name("file"), "--yes"], "");
        let stored = stage.sandbox.path("clawctl/credentials.json");
        let text = std::fs::read_to_string(&stored).unwrap();
        assert!(stage.hunter.borrow().found_in(&text).len() > 1, "the hunter sees the store");
        assert!(!text.contains("\"file"), "{text}");
        // A damaged store is not quoted.
        std::fs::write(&stored, format!("{{\"x\": {{\"admin_token\": {ADMIN_TOKEN}")).unwrap();
        exits(1, &["key", "list"], "");
        std::fs::remove_file(&stored).unwrap();
        stage.sinks.borrow_mut().retain(|path| *path != stored);
    }
    for heard in remote.proxy.heard() {
        let headers = heard.headers.iter().filter(|header| {
            let header = header.to_lowercase();
            !header.starts_with("authorization: ") && !header.starts_with("cf-access-")
        });
        let headers: Vec<_> = headers.cloned().collect();
        stage
            .hunter
            .borrow()
            .check("a request", &format!("{}\n{}", heard.line, headers.join("\n")));
    }
}

#[test]
fn a_refused_token_and_a_router_that_is_gone_leak_nothing() {
    let remote = Remote::start();
    let wrong = ADMIN_TOKEN.replace("7391", "1937");
    let refused = remote.operator().with("CLAWROUTER_ADMIN_TOKEN", &wrong);
    let gone = remote.operator().with("CLAWROUTER_BASE_URL", "http://127.0.0.1:9");
    let unfit = remote.operator().with("CLAWROUTER_ADMIN_TOKEN", &format!("{ADMIN_TOKEN}\nx"));
    for (sandbox, code) in [(refused, 4), (gone, 6), (unfit, 2)] {
        let stage = Stage::new(sandbox);
        stage.hunter.borrow_mut().add("the wrong token", &wrong);
        for verbose in QUIET_AND_VERBOSE {
            for words in [
                &["key", "issue", "none", "--policy", "team"][..],
                &["key", "rotate", "none", "--yes"],
                &["key", "list"],
                &["status"],
                &["status", "-o", "json"],
                &["api", "GET", "/v1/admin/overview", "-i"],
            ] {
                stage.exits(code, &[words, verbose].concat(), "");
            }
            let _ = stage.run(&[&["doctor"][..], verbose].concat(), "", Shows::Nothing);
            let words = [&["key", "inspect", "--key-stdin"][..], verbose].concat();
            let _ = stage.run(&words, &stray_key("alice"), Shows::Nothing);
        }
        stage.check_files();
    }
}

/// What a hostile or careless router says back.
fn says_back(way: &str, heard: &Heard) -> Vec<u8> {
    let value = |name: &str| {
        let found = heard.headers.iter().find_map(|header| {
            let (known, value) = header.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then(|| value.to_owned())
        });
        found.unwrap_or_default()
    };
    let (authorization, access) = (value("authorization"), value("cf-access-client-secret"));
    let echo = format!("{authorization} and {access}");
    let bare = authorization.strip_prefix("Bearer ").unwrap_or(&authorization).to_owned();
    let in_url: String = url::form_urlencoded::byte_serialize(bare.as_bytes()).collect();
    let in_json = serde_json::Value::from(echo.as_str());
    let html = "text/html";
    let json = "application/json";
    // A line that is cut at 120 characters, in the middle of the secret.
    let long = format!("{}{bare}", "x".repeat(108));
    let (status, kind, more, body) = match way {
        "message" => (
            "401 Unauthorized",
            json,
            String::new(),
            format!(r#"{{"error":{{"code":"admin_unauthorized","message":{in_json}}}}}"#),
        ),
        "code" => (
            "403 Forbidden",
            json,
            String::new(),
            format!(r#"{{"error":{{"code":{in_json},"message":"no"}}}}"#),
        ),
        "bare error" => {
            ("400 Bad Request", json, String::new(), format!(r#"{{"error":{in_json}}}"#))
        }
        "key error" => (
            "401 Unauthorized",
            json,
            String::new(),
            format!(r#"{{"error":{{"code":"invalid_proxy_key","message":{in_json}}}}}"#),
        ),
        "page" => ("502 Bad Gateway", html, String::new(), format!("<b>{echo}</b>")),
        "cut page" => ("500 Internal Server Error", html, String::new(), long),
        "page of success" => ("200 OK", html, String::new(), long),
        "shape" => (
            "200 OK",
            json,
            String::new(),
            format!(
                r#"{{"policies":{in_json},"credentials":{in_json},"tenants":{in_json},"keyId":{{"a":{in_json}}}}}"#
            ),
        ),
        "redirect" => (
            "302 Found",
            html,
            format!("location: https://sso.example/login?auth={in_url}&then={access}\r\n"),
            String::new(),
        ),
        "bare redirect" => {
            ("307 Temporary Redirect", html, format!("location: /{bare}\r\n"), String::new())
        }
        "request id" => (
            "401 Unauthorized",
            json,
            format!("x-request-id: {bare}\r\n"),
            r#"{"error":{"code":"admin_unauthorized","message":"no"}}"#.to_owned(),
        ),
        other => panic!("{other}"),
    };
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\n{more}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

#[test]
fn a_router_that_says_a_secret_back_is_not_quoted() {
    const HEALTH: &str = r#"{"ok":true,"service":"clawrouter-edge","runtime":"typescript","environment":"production","observability":{"mode":"metadata_only","requestContentRetentionDefault":true}}"#;
    let remote = Remote::start();
    let key = stray_key("alice");
    for way in [
        "message",
        "code",
        "bare error",
        "key error",
        "page",
        "cut page",
        "page of success",
        "shape",
        "redirect",
        "bare redirect",
        "request id",
    ] {
        for healthy in [true, false] {
            let _ = remote.proxy.follow(move |_, heard| {
                if healthy && heard.line.starts_with("GET /v1/health ") {
                    let head =
                        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
                    return Act::Answer(
                        format!("{head} {}\r\n\r\n{HEALTH}", HEALTH.len()).into_bytes(),
                    );
                }
                Act::Answer(says_back(way, heard))
            });
            let stage = Stage::new(remote.operator().with("HELD_KEY", &key));
            stage.knows(&key);
            let url = remote.proxy.url.as_str();
            for words in [
                &["policy", "list", "-v"][..],
                &["key", "show", "alice"],
                &["key", "issue", "alice", "--policy", "team", "-v"],
                &["key", "inspect", "--key-env", "HELD_KEY"],
                &["key", "inspect", "--key-env", "HELD_KEY", "-o", "json"],
                &["catalog", "list", "--key-env", "HELD_KEY"],
                &["api", "GET", "/v1/admin/policies", "-i"],
                &["api", "GET", "/v1/admin/policies", "-i", "-o", "json"],
                &["api", "PUT", "/v1/models", "--key-env", "HELD_KEY"],
                &["status", "-o", "json"],
                &["doctor", "-v"],
                &["context", "add", "x", url, "--token-env", "CLAWROUTER_ADMIN_TOKEN"],
            ] {
                let run = stage.run(words, "", Shows::Nothing);
                let asks = words[0] != "doctor" && words[0] != "status";
                assert!(
                    !asks || words[0] == "api" || run.code != Some(0),
                    "{way}: {words:?}\n{run}"
                );
                // A part of it would be enough to guess the rest.
                for part in ["anary+Admin", "StrayCanary", "canaryaccess"] {
                    let said = format!("{}{}", run.stdout, run.stderr);
                    assert!(!said.contains(part), "{way}: `{part}` of {words:?}\n{run}");
                }
            }
            stage.check_files();
        }
    }
}

/// Serves with a log until the router was used, and gives its stdout and its stderr.
fn serve_with_log(stage: &Stage, log: &str, use_it: impl FnOnce(&str)) -> (String, String) {
    let words = ["router", "serve", "--listen", "127.0.0.1:0", "--log", log];
    let mut server = Server(Some(stage.start(&words, "")));
    let stderr = BufReader::new(server.0.as_mut().unwrap().stderr.take().unwrap());
    let (tell, lines) = channel();
    std::thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            let _ = tell.send(line);
        }
    });
    let (mut said, mut url) = (String::new(), None);
    while url.is_none() {
        let line = lines.recv_timeout(PATIENCE).expect("it says where it listens");
        url = line.find("http://127.0.0.1:").map(|at| {
            let rest = &line[at + "http://".len()..];
            let end = rest.find(|c: char| c != '.' && c != ':' && !c.is_ascii_digit());
            format!("http://{}", rest[..end.unwrap_or(rest.len())].trim_end_matches('.'))
        });
        said.push_str(&line);
        said.push('\n');
    }
    use_it(&url.unwrap());
    signal(server.0.as_ref().unwrap().id(), "TERM");
    let run = finish(server.0.take().unwrap());
    assert_eq!(run.code, Some(0), "{run}");
    said.extend(lines.iter().map(|line| line + "\n"));
    (run.stdout, said)
}

/// Stopped also when the test fails.
struct Server(Option<Child>);

impl Drop for Server {
    fn drop(&mut self) {
        let Some(child) = &mut self.0 else { return };
        let _ = child.kill();
        let _ = child.wait();
    }
}

#[test]
fn no_log_of_the_router_holds_a_secret() {
    for log in ["json", "text"] {
        let stage = Stage::new(Sandbox::new());
        let mut token = String::new();
        let mut lines = 0;
        let (stdout, said) = serve_with_log(&stage, log, |url| {
            // Made in-process while it is served, on the same file.
            stage.exits(
                0,
                &["policy", "create", "team", "--provider", "openai", "--no-budget"],
                "",
            );
            let key = stage.reveals(&["key", "issue", "logged", "--policy", "team"]);
            stage.exits(0, &["router", "token", "set", "--token-stdin", "--yes"], ADMIN_TOKEN);
            let stray = stray_key("logged");
            let admin = |path: &str, bearer| ask(url, "GET", path, Some(bearer), None).0;
            assert_eq!(admin("/v1/admin/overview", ADMIN_TOKEN), 200);
            assert_eq!(admin("/v1/admin/overview", &key), 401);
            for bearer in [&key, &stray, ADMIN_TOKEN] {
                for path in ["/v1/key/inspect", "/v1/models", "/v1/nowhere", "/v1/chat/completions"]
                {
                    let _ = admin(path, bearer);
                    // Where people put keys by mistake.
                    let _ = admin(&format!("{path}?key={key}&token={stray}"), bearer);
                    let _ = admin(&format!("{path}/{key}"), bearer);
                    lines += 3;
                }
            }
            let body = serde_json::json!({ "secretSha256": key, "key": key, "policyId": "team" });
            let path = "/v1/admin/credentials/logged";
            assert_eq!(ask(url, "PUT", path, Some(ADMIN_TOKEN), Some(&body)).0, 400);
            token.push_str(&key);
        });
        let first_token = stdout.trim().to_owned();
        assert!(first_token.len() > 20 && !first_token.contains('\n'), "{stdout}");
        stage.hunter.borrow_mut().add("the first admin token", &first_token);
        assert!(said.lines().count() > lines, "{said}");
        stage.hunter.borrow().check("the log", &said);
        assert_eq!(keys_in(&said), [""; 0]);
        stage.check_files();
    }
}

#[test]
fn no_command_about_admin_tokens_leaks_one() {
    for verbose in QUIET_AND_VERBOSE {
        let stage = Stage::new(Sandbox::new());
        let run = |words: &[&str], input: &str| {
            stage.run(&[words, verbose].concat(), input, Shows::Nothing)
        };
        let mut tokens = vec![run(&["router", "token", "rotate", "--yes"], "").stdout];
        let file = stage.sandbox.path("token");
        stage.sinks.borrow_mut().push(file.clone());
        let to = format!("file:{}", file.display());
        let mut outputs = vec![run(&["router", "token", "rotate", "--yes", "--to", &to], "")];
        tokens.push(std::fs::read_to_string(&file).unwrap());
        for format in ["json", "yaml", "csv"] {
            let text = run(&["router", "token", "rotate", "--yes", "-o", format], "").stdout;
            let longest =
                text.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|word| word.len());
            tokens.push(longest.unwrap().to_owned());
        }
        let spoils = format!("exec:umask 077; cat >{}; exit 3", file.display());
        let failed = run(&["router", "token", "rotate", "--yes", "--to", &spoils], "");
        assert_eq!(failed.code, Some(1), "{failed}");
        tokens.push(std::fs::read_to_string(&file).unwrap());
        outputs.push(failed);
        outputs.push(run(&["router", "token", "set", "--token-stdin", "--yes"], ADMIN_TOKEN));
        outputs.push(run(&["router", "token", "set", "--token-stdin", "--yes"], "tooshortcanary"));
        outputs.push(run(&["router", "info", "-o", "json"], ""));
        for token in tokens {
            assert!(token.trim().len() > 20, "{token}");
            stage.hunter.borrow_mut().add("an admin token", token.trim());
        }
        for output in outputs {
            stage.hunter.borrow().check("output", &output.to_string());
            assert!(!output.to_string().contains("tooshortcanary"), "{output}");
        }
        stage.check_files();
    }
}
