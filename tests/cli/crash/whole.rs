//! `apply` and `apply --prune` of everything that a manifest can say beside keys, cut off or doubled
//! at any request: run again, they finish, and the lock knows exactly what was made.

use std::path::PathBuf;
use std::time::Duration;

use serde_json::Value;

use super::strs;
use super::world::{Fault, Flavour, World, count_requests, killed_after, run_into};

/// The upstream secret that the manifests name by its variable.
const CANARY: &str = "sk-canary-upstream-5520871934";

/// A manifest of its own things, and the words that apply it.
struct Piece {
    name: String,
    path: PathBuf,
    words: Vec<String>,
}

/// What a lock has of it when it is finished: a policy, three grants, a user, two bindings, a rule.
const MADE: usize = 8;

impl Piece {
    fn new(world: &World, name: &str, number: usize) -> Self {
        let host = format!("{}.example", name.replace('_', "-"));
        let text = format!(
            "version: 1
policies:
  {name}: {{ providers: [openai], budget: $5 }}
providers: {{ xai: {{ budget: ${number}, label: {name} }} }}
grants:
  policies/{name}/main: {{ provider: openai, kind: api_key, credential: env:UPSTREAM, weight: 2.5 }}
  policies/team/{name}:
    provider: openai
    kind: oauth
    access_token: env:UPSTREAM
    refresh_token: env:UPSTREAM
    expires: 2031-02-03T04:05:06Z
    refresh: {{ token_url: 'http://127.0.0.1:9/token', client_id: ours }}
  tenants/acme/{name} x:
    provider: aws-bedrock
    kind: api_key
    credentials: {{ accessKeyId: env:UPSTREAM, secretAccessKey: env:UPSTREAM }}
users:
  ada@{host}: {{ groups: [dev], tenant: acme }}
bindings:
  - {{ group: dev_{name}, policy: {name}, priority: 5 }}
  - {{ user: ada@{host}, policy: team }}
rules:
  {name}: {{ kind: email_domain, subject: {host}, groups: [staff_{name}], policies: [{name}] }}
fusion: {{ advisers: [openai/gpt-5.6], adviser_timeout_ms: {} }}
",
            1_000 + number
        );
        let path = world.operator.path(&format!("{name}.yaml"));
        std::fs::write(&path, text).unwrap();
        let words = ["apply", "-f", path.to_str().unwrap(), "--yes", "-q", "--concurrency", "1"];
        let words = words.map(str::to_owned).to_vec();
        Self { name: name.to_owned(), path, words }
    }

    /// From now on the file names nothing any more; what it made is to be switched off.
    fn prune(&mut self) {
        std::fs::write(&self.path, "version: 1\n").unwrap();
        self.words.push("--prune".to_owned());
    }

    fn lock(&self) -> String {
        std::fs::read_to_string(self.path.with_extension("lock")).unwrap_or_default()
    }

    /// Runs it again, and looks at everything that was promised.
    #[track_caller]
    fn check_finished(&self, world: &World, when: &str) {
        let run = world.operator.run(&strs(&self.words));
        assert_eq!(run.code, Some(0), "{when}: again\n{run}");
        let diff = world.operator.run(&["diff", "-f", &self.words[2]]);
        assert_eq!(diff.code, Some(0), "{when}\n{diff}");
        let lock = self.lock();
        assert!(!lock.contains("making"), "{when}\n{lock}");
        assert_eq!(lock.matches("\"made\"").count(), MADE, "{when}\n{lock}");
        assert!(!lock.contains(CANARY), "{when}\n{lock}");
        for folder in ["clawctl/journal", "clawctl/changes"] {
            let Ok(files) = std::fs::read_dir(world.operator.path(folder)) else { continue };
            for file in files {
                let text = std::fs::read_to_string(file.unwrap().path()).unwrap_or_default();
                assert!(!text.contains(CANARY), "{when}: a secret in {folder}");
            }
        }
    }

    /// Everything that it made is switched off, and nothing else is.
    #[track_caller]
    fn check_pruned(&self, world: &World, when: &str) {
        let run = world.operator.run(&strs(&self.words));
        assert_eq!(run.code, Some(0), "{when}: again\n{run}");
        let host = self.name.replace('_', "-");
        let is_ours = |thing: &Value| {
            let text = thing.to_string();
            text.contains(&self.name) || text.contains(&host)
        };
        let (mut off, mut on) = (0, 0);
        for list in
            ["policies", "upstream-grants", "access-users", "policy-bindings", "assignment-rules"]
        {
            let all = world.admin(&format!("/v1/admin/{list}"));
            let things = all.as_object().unwrap().values().next().unwrap().as_array().unwrap();
            for thing in things.iter().filter(|thing| is_ours(thing)) {
                // What rules bind is theirs.
                let by_rule =
                    thing["principalId"].as_str().is_some_and(|id| id.starts_with("assignment."));
                match thing["enabled"] == true {
                    false => off += usize::from(!by_rule),
                    true => on += usize::from(!by_rule),
                }
            }
        }
        assert_eq!((off, on), (MADE, 0), "{when}");
        assert_eq!(world.policy("team")["enabled"], true, "{when}");
        let left = world.operator.run(&["diff", "-f", &self.words[2], "--prune"]);
        assert_eq!(left.code, Some(0), "{when}\n{left}");
    }
}

fn world(flavour: &str) -> World {
    let mut world = if flavour == "embedded" { World::embedded() } else { World::remote() };
    world.operator.set("UPSTREAM", CANARY);
    world
}

/// A manifest that each meets its fault while it is applied, and another while it is pruned.
fn interrupt(flavour: Flavour, faults: &[(Fault, usize)]) {
    let world = world("remote");
    let mut calm = Piece::new(&world, "calm", 1);
    let making = count_requests(&world, &strs(&calm.words), flavour);
    calm.prune();
    let pruning = count_requests(&world, &strs(&calm.words), flavour);
    assert!((40..70).contains(&making) && (25..50).contains(&pruning), "{making}, {pruning}");
    for (turn, (fault, every)) in faults.iter().enumerate() {
        for number in (1 + turn % every..=making).step_by(*every) {
            // Each with an end of its own, so that no name is the beginning of another.
            let name = format!("case_{turn}_{number}_end");
            let when = format!("{fault:?} at request {number} of {making} ({flavour:?})");
            let mut piece = Piece::new(&world, &name, 1 + turn * 100 + number);
            let run = run_into(&world, &strs(&piece.words), (*fault, number), flavour);
            assert!(!run.to_string().contains(CANARY), "{when}\n{run}");
            piece.check_finished(&world, &when);
            if number <= pruning {
                piece.prune();
                let when = format!("{fault:?} at request {number} of {pruning} of a prune");
                let _ = run_into(&world, &strs(&piece.words), (*fault, number), flavour);
                piece.check_pruned(&world, &when);
            }
        }
    }
}

#[test]
fn an_apply_of_everything_survives_a_kill_at_every_request() {
    interrupt(Flavour::Extended, &[(Fault::KilledBefore, 1)]);
}

#[test]
fn an_apply_of_everything_survives_late_lost_and_doubled_answers() {
    let faults = [Fault::KilledAfter, Fault::AnswerLost, Fault::Doubled, Fault::AnswerLate];
    interrupt(Flavour::Extended, &faults.map(|fault| (fault, 4)));
}

#[test]
fn an_apply_of_everything_on_a_plain_router_survives_faults() {
    let faults = [Fault::KilledAfter, Fault::AnswerLost, Fault::AnswerLate, Fault::Doubled];
    interrupt(Flavour::Plain, &faults.map(|fault| (fault, 4)));
}

#[test]
fn an_apply_of_everything_survives_kills_at_any_time() {
    let world = world("embedded");
    let calm = Piece::new(&world, "calm", 1);
    let began = std::time::Instant::now();
    assert_eq!(world.operator.run(&strs(&calm.words)).code, Some(0));
    let whole = began.elapsed() + Duration::from_millis(5);
    let (kills, mut killed) = (24, 0);
    let mut kill = |words: &[String], number: u32| {
        let run = killed_after(&world.operator, &strs(words), whole * number / kills);
        killed += u32::from(run.code.is_none());
    };
    for number in 0..kills {
        let when = format!("killed after {number}/{kills} of {whole:?}");
        let name = format!("case_{number}_end");
        let mut piece = Piece::new(&world, &name, 2 + number as usize);
        kill(&piece.words, number);
        piece.check_finished(&world, &when);
        piece.prune();
        kill(&piece.words, number);
        piece.check_pruned(&world, &when);
    }
    assert!(killed > 0, "every run was over before it was killed");
}
