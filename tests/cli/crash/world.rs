//! A router, somebody who administers it, and the question whether any key was lost.

use std::cell::RefCell;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::harness::{Run, Sandbox, Served, finish};
use crate::later::{Later, Version};
use crate::proxy::{Act, Heard, Proxy, ask};

/// How long an event may take before a test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// What a router of the plain contract says of itself: it lists no extensions.
pub(crate) const PLAIN_HEALTH: &str = r#"{"ok":true,"service":"clawrouter-edge","runtime":"typescript","environment":"production","observability":{"mode":"metadata_only","requestContentRetentionDefault":true}}"#;

/// A served router, and an operator who reaches it through a proxy or in-process.
pub(crate) struct World {
    pub(crate) served: Served,
    pub(crate) proxy: Proxy,
    pub(crate) operator: Sandbox,
    token: String,
    /// The router's home, where it is not the operator's own.
    _home: Option<Sandbox>,
    /// What makes a later router of it.
    _later: Option<Later>,
}

impl World {
    pub(crate) fn remote() -> Self {
        let home = Sandbox::new();
        let (token, served) = serve(&home);
        let proxy = Proxy::start(&served.url);
        let operator = Sandbox::new()
            .with("CLAWROUTER_BASE_URL", &proxy.url)
            .with("CLAWROUTER_ADMIN_TOKEN", &token);
        Self { served, proxy, operator, token, _home: Some(home), _later: None }
    }

    pub(crate) fn of(flavour: Flavour) -> Self {
        match flavour {
            Flavour::Extended | Flavour::Plain => Self::remote(),
            Flavour::Later => Self::later(),
        }
    }

    /// The same on a router that creates and rotates keys by routes of their own.
    pub(crate) fn later() -> Self {
        let home = Sandbox::new();
        let (token, served) = serve(&home);
        let later = Later::start(&served.url, Version::Next);
        let proxy = Proxy::start(later.url());
        let operator = Sandbox::new()
            .with("CLAWROUTER_BASE_URL", &proxy.url)
            .with("CLAWROUTER_ADMIN_TOKEN", &token);
        Self { served, proxy, operator, token, _home: Some(home), _later: Some(later) }
    }

    /// The operator's commands work in-process; the router is served on the same file as well, so
    /// that the test can ask it.
    pub(crate) fn embedded() -> Self {
        let operator = Sandbox::new();
        let (token, served) = serve(&operator);
        let proxy = Proxy::start(&served.url);
        Self { served, proxy, operator, token, _home: None, _later: None }
    }

    /// Somebody else at another machine, who reaches the router past the proxy.
    pub(crate) fn colleague(&self) -> Sandbox {
        Sandbox::new()
            .with("CLAWROUTER_BASE_URL", &self.served.url)
            .with("CLAWROUTER_ADMIN_TOKEN", &self.token)
    }

    pub(crate) fn credential(&self, id: &str) -> Option<Value> {
        let path = format!("/v1/admin/credentials/{id}");
        match ask(&self.served.url, "GET", &path, Some(&self.token), None) {
            (200, credential) => Some(credential),
            (404, _) => None,
            (status, body) => panic!("{path}: {status} {body}"),
        }
    }

    /// The ids of all keys that are switched on.
    pub(crate) fn enabled_ids(&self) -> Vec<String> {
        let (_, list) =
            ask(&self.served.url, "GET", "/v1/admin/credentials", Some(&self.token), None);
        let keys = list["credentials"].as_array().unwrap().iter();
        let enabled = keys.filter(|key| key["enabled"] == true);
        enabled.map(|key| key["credentialId"].as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn policy(&self, id: &str) -> Value {
        self.admin(&format!("/v1/admin/policies/{id}"))
    }

    /// What an admin route answers.
    pub(crate) fn admin(&self, path: &str) -> Value {
        ask(&self.served.url, "GET", path, Some(&self.token), None).1
    }

    /// Somebody else who writes past the proxy, and looks at a list right after.
    pub(crate) fn stranger(&self) -> impl Fn(&str, &Value, &str) -> Value + Send + Sync + use<> {
        let (url, token) = (self.served.url.clone(), self.token.clone());
        move |path, body, list| {
            let (status, said) = ask(&url, "PUT", path, Some(&token), Some(body));
            assert_eq!(status, 200, "{path}: {said}");
            ask(&url, "GET", list, Some(&token), None).1
        }
    }

    /// Does the router still take the admin token that it had at first?
    pub(crate) fn takes_the_token(&self) -> bool {
        ask(&self.served.url, "GET", "/v1/admin/overview", Some(&self.token), None).0 == 200
    }

    pub(crate) fn is_enabled(&self, id: &str) -> bool {
        self.credential(id).is_some_and(|credential| credential["enabled"] == true)
    }

    /// Does the router accept this key?
    pub(crate) fn works(&self, key: &str) -> bool {
        ask(&self.served.url, "GET", "/v1/key/inspect", Some(key), None).0 == 200
    }

    /// Registers a key that somebody holds since long.
    pub(crate) fn has_key(&self, case: &Case) {
        let key = case.old.as_ref().expect("a case with an old key");
        let secret = key.rsplit('-').next().unwrap();
        let body = json!({"secretSha256": hash(secret), "policyId": "team", "enabled": true});
        let path = format!("/v1/admin/credentials/{}", case.id);
        let (status, body) = ask(&self.served.url, "PUT", &path, Some(&self.token), Some(&body));
        assert_eq!(status, 200, "{body}");
        case.put_into_sink(key);
        assert!(self.works(key));
    }

    pub(crate) fn start(&self, words: &[&str]) -> Child {
        start(&self.operator, words)
    }

    /// The operations that the journal still has.
    pub(crate) fn pending(&self) -> Vec<String> {
        let status = self.operator.json(&["status"]);
        let pending = status["pending"].as_array().unwrap();
        pending.iter().map(|entry| entry["credentialId"].as_str().unwrap().to_owned()).collect()
    }

    /// Whatever the moment: nobody's key is switched on, and the journal holds no secret.
    #[track_caller]
    pub(crate) fn check_interrupted(&self, case: &Case, when: &str) {
        let held = case.held();
        let held_works = held.as_ref().is_some_and(|key| self.works(key));
        match &case.old {
            None if self.is_enabled(&case.id) => {
                assert!(held_works, "{when}: {case:?} is switched on, and the sink has {held:?}");
            }
            None => {}
            Some(old) => {
                assert!(self.is_enabled(&case.id), "{when}: {case:?} is switched off");
                // What was sent before the end may arrive between two looks, so the new one gets another.
                let works = || held.as_ref().is_some_and(|key| self.works(key));
                assert!(
                    held_works || self.works(old) || works(),
                    "{when}: neither the old key of {case:?} works nor {held:?}"
                );
            }
        }
        self.check_journal(when, &[held.as_deref(), case.old.as_deref()]);
    }

    /// `--resume` brings it to its end, or says that nothing was begun; then it can be begun again.
    #[track_caller]
    pub(crate) fn check_resumed(&self, case: &Case, verb: &str, again: &[&str], when: &str) {
        let resume = ["key", verb, case.id.as_str(), "--resume", "--yes"];
        let run = case.hears(self.operator.run(&resume));
        match run.code {
            Some(0) => {}
            Some(3) if case.old.is_none() && !self.is_enabled(&case.id) => {
                let run = case.hears(self.operator.run(again));
                assert_eq!(run.code, Some(0), "{when}: begun again\n{run}");
            }
            Some(3) => {}
            _ => panic!("{when}: {resume:?}\n{run}"),
        }
        self.check_finished(case, verb, when);
        if run.code == Some(0)
            && let (Some(old), Some(held)) = (&case.old, case.held())
        {
            assert!(old == &held || !self.works(old), "{when}: the old key still works");
        }
    }

    /// One enabled credential, whose working key is where it was to go, and nothing left to do.
    #[track_caller]
    pub(crate) fn check_finished(&self, case: &Case, verb: &str, when: &str) {
        assert!(self.is_enabled(&case.id), "{when}: {case:?} is not switched on");
        let held = case.held();
        let works = held.as_ref().or(case.old.as_ref()).is_some_and(|key| self.works(key));
        assert!(works, "{when}: {case:?} holds {held:?}, which does not work");
        let run = self.operator.run(&["key", verb, &case.id, "--resume"]);
        assert_eq!(run.code, Some(3), "{when}: something is left to resume\n{run}");
        assert_eq!(run.stdout, "", "{when}: {run}");
        self.check_journal(when, &[held.as_deref(), case.old.as_deref()]);
    }

    /// Neither the journal nor the record of changes holds a key of this case.
    #[track_caller]
    pub(crate) fn check_secrets(&self, case: &Case, when: &str) {
        let held = case.held();
        self.check_journal(when, &[held.as_deref(), case.old.as_deref()]);
    }

    /// No file of the journal holds one of these keys, nor anything that could be another.
    #[track_caller]
    fn check_journal(&self, when: &str, keys: &[Option<&str>]) {
        let folders = ["clawctl/journal", "clawctl/changes"];
        let folders = folders.map(|folder| std::fs::read_dir(self.operator.path(folder)));
        for file in folders.into_iter().flatten().flatten() {
            let path = file.unwrap().path();
            // Another process may have finished with it meanwhile.
            let Ok(text) = std::fs::read_to_string(&path) else { continue };
            let shown = path.display();
            for key in keys.iter().flatten() {
                let secret = key.rsplit('-').next().unwrap();
                assert!(!text.contains(secret), "{when}: {shown} holds a secret");
            }
            assert!(!text.contains("clawrouter-"), "{when}: {shown} holds a key\n{text}");
            for run in text.split(|c: char| !c.is_ascii_alphanumeric()) {
                let is_hash = run.len() == 64 && run.bytes().all(|b| b.is_ascii_hexdigit());
                assert!(run.len() < 40 || is_hash, "{when}: {shown} holds `{run}`");
            }
        }
    }
}

pub(crate) fn start(operator: &Sandbox, words: &[&str]) -> Child {
    let mut command = operator.command(words);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Runs a command and kills it after so long. The moment is the thing under test here; nothing is
/// waited for.
pub(crate) fn killed_after(operator: &Sandbox, words: &[&str], time: Duration) -> Run {
    let mut child = start(operator, words);
    std::thread::sleep(time);
    child.kill().unwrap();
    finish(child)
}

/// A router with an admin token and one policy.
fn serve(home: &Sandbox) -> (String, Served) {
    let token = home.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
    let _ = home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    (token, home.serve())
}

fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sink {
    File,
    EnvFile,
    Stdout,
}

impl Sink {
    pub(crate) const ALL: [Self; 3] = [Self::File, Self::EnvFile, Self::Stdout];
}

/// One key on its way to one sink.
#[derive(Debug)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) sink: Sink,
    pub(crate) path: PathBuf,
    /// The key that works before a rotation.
    pub(crate) old: Option<String>,
    /// What all runs about it have written to stdout.
    heard: RefCell<String>,
}

impl Case {
    pub(crate) fn new(world: &World, id: &str, sink: Sink) -> Self {
        let path = world.operator.path(&format!("{id}.{sink:?}"));
        Self { id: id.to_owned(), sink, path, old: None, heard: RefCell::default() }
    }

    /// A key that is there and is to be rotated.
    pub(crate) fn old(world: &World, id: &str, sink: Sink) -> Self {
        let old = format!("clawrouter-live-{id}-{:Z<43}", id.replace('_', ""));
        let case = Self { old: Some(old), ..Self::new(world, id, sink) };
        world.has_key(&case);
        case
    }

    /// As it is named on the command line.
    pub(crate) fn to(&self) -> String {
        let path = self.path.display();
        match self.sink {
            Sink::File => format!("file:{path}"),
            Sink::EnvFile => format!("env-file:{path}:ROUTER_KEY"),
            Sink::Stdout => "stdout".to_owned(),
        }
    }

    fn put_into_sink(&self, key: &str) {
        use std::os::unix::fs::PermissionsExt;
        let text = match self.sink {
            Sink::File => key.to_owned(),
            Sink::EnvFile => format!("OTHER=1\nROUTER_KEY={key}\n"),
            Sink::Stdout => return,
        };
        std::fs::write(&self.path, text).unwrap();
        std::fs::set_permissions(&self.path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// Takes note of what a run wrote to stdout.
    pub(crate) fn hears(&self, run: Run) -> Run {
        self.heard.borrow_mut().push_str(&run.stdout);
        run
    }

    /// The key that its user has, as far as the sink tells.
    pub(crate) fn held(&self) -> Option<String> {
        let read = || std::fs::read_to_string(&self.path).ok();
        match self.sink {
            Sink::File => read(),
            Sink::EnvFile => {
                let text = read()?;
                let value = text.lines().find_map(|line| line.strip_prefix("ROUTER_KEY="))?;
                Some(value.trim_matches(['"', '\'']).to_owned())
            }
            Sink::Stdout => {
                let heard = self.heard.borrow();
                heard.lines().rfind(|line| line.starts_with("clawrouter-")).map(str::to_owned)
            }
        }
    }
}

/// What befalls one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    KilledBefore,
    KilledAfter,
    AnswerLost,
    AnswerLate,
    Doubled,
}

impl Fault {
    pub(crate) const ALL: [Self; 5] =
        [Self::KilledBefore, Self::KilledAfter, Self::AnswerLost, Self::AnswerLate, Self::Doubled];

    fn act(self) -> Act {
        match self {
            Self::KilledBefore => Act::HoldRequest,
            Self::KilledAfter | Self::AnswerLate => Act::HoldAnswer,
            Self::AnswerLost => Act::DropAnswer,
            Self::Doubled => Act::Twice,
        }
    }

    pub(crate) fn kills(self) -> bool {
        matches!(self, Self::KilledBefore | Self::KilledAfter)
    }
}

/// What the operator's router is able to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flavour {
    /// It offers every extension.
    Extended,
    /// It says that it offers none.
    Plain,
    /// The same, and it has the routes of later routers.
    Later,
}

impl Flavour {
    pub(crate) fn answer(self, heard: &Heard) -> Act {
        if self == Self::Plain && heard.line.starts_with("GET /v1/health ") {
            let length = PLAIN_HEALTH.len();
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
            return Act::Answer(format!("{head} {length}\r\n\r\n{PLAIN_HEALTH}").into_bytes());
        }
        Act::Forward
    }
}

/// Runs a command, and lets the fault befall its request of this number.
pub(crate) fn run_into(
    world: &World,
    words: &[&str],
    (fault, number): (Fault, usize),
    flavour: Flavour,
) -> Run {
    let run = run_towards(world, words, (fault, number), flavour);
    assert!(!fault.kills() || run.code.is_none(), "request {number} was not made\n{run}");
    run
}

/// The same for a command that makes requests side by side, which are not always as many: it may
/// be over before the request that was meant.
pub(crate) fn run_towards(
    world: &World,
    words: &[&str],
    (fault, number): (Fault, usize),
    flavour: Flavour,
) -> Run {
    let held = world.proxy.follow(move |n, heard| match flavour.answer(heard) {
        Act::Forward if n == number => fault.act(),
        // A lost health answer of a plain router is as good as a lost one of the other.
        Act::Answer(_) if n == number && fault != Fault::Doubled => fault.act(),
        act => act,
    });
    let limit = if fault == Fault::AnswerLate { "400ms" } else { "30s" };
    let mut child = world.start(&[words, &["--timeout", limit]].concat());
    if fault.kills() {
        let given_up = std::time::Instant::now() + PATIENCE;
        while held.recv_timeout(Duration::from_millis(10)).is_err() {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            assert!(std::time::Instant::now() < given_up, "neither heard nor over");
        }
        // One that is over is past being killed.
        let _ = child.kill();
    }
    let run = finish(child);
    let _ = world.proxy.follow(move |_, heard| flavour.answer(heard));
    run
}

/// How many requests an undisturbed run makes.
pub(crate) fn count_requests(world: &World, words: &[&str], flavour: Flavour) -> usize {
    let _ = world.proxy.follow(move |_, heard| flavour.answer(heard));
    let run = world.operator.run(words);
    assert_eq!(run.code, Some(0), "{run}");
    world.proxy.heard().len()
}
