//! Every command on every kind of router: the embedded one, the same behind HTTP, one that knows
//! nothing but the plain contract, those after 0.2, and, where `CLAWCTL_TEST_URL` and `CLAWCTL_TEST_TOKEN` name one,
//! a real ClawRouter. `docs/compatibility.md` has the table that this list makes.

use std::path::Path;

use crate::crash::world::PLAIN_HEALTH;
use crate::harness::Sandbox;
use crate::later::{Later, Version};
use crate::proxy::{Act, Proxy};

/// What a command needs of a router beyond the plain contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// An extension that the router has to list.
    Extension(&'static str),
    /// The router's file, on this machine.
    File,
    /// A router that listens, as clients need one.
    Socket,
}
use Needs::{Extension, File, Nothing, Socket};

/// A command as it is run, with `ID` for what this run makes, and what it needs.
struct Step {
    words: &'static str,
    needs: Needs,
    /// What else than success is an answer: a warning, a difference, a verdict.
    also: &'static [i32],
}

const fn step(words: &'static str, needs: Needs) -> Step {
    Step { words, needs, also: &[] }
}

const fn or(words: &'static str, needs: Needs, also: &'static [i32]) -> Step {
    Step { words, needs, also }
}

/// In an order in which each finds what it works on. The last ones leave everything switched off.
const STEPS: &[Step] = &[
    step("status", Nothing),
    or("doctor", Nothing, &[1]),
    step("policy create ID --provider openai,anthropic --budget $5", Nothing),
    step(
        "policy create ID_m --provider openai --model openai/gpt-5* --budget $5",
        Extension("policy.models"),
    ),
    step("policy show ID", Nothing),
    step("router info", File),
    step("router backup ID.backup", File),
    step("policy list", Nothing),
    step("policy set ID --budget $6 --yes", Nothing),
    step("policy scope ID --add-provider groq", Nothing),
    step("policy scope ID --remove-provider groq --yes", Nothing),
    step("policy copy ID ID_copy", Nothing),
    step("policy disable ID_copy --yes", Nothing),
    step("policy enable ID_copy", Nothing),
    step("budget set ID $7", Nothing),
    step("budget list", Nothing),
    step("budget check --policy ID", Nothing),
    step("key issue ID --policy ID --principal ID@example.com --to file:ID.key", Nothing),
    step(
        "key issue ID_l --policy ID --label nightly --to file:ID_l.key",
        Extension("credential.metadata"),
    ),
    step(
        "key issue ID_e --policy ID --expires 90d --to file:ID_e.key",
        Extension("credential.expiresAt"),
    ),
    step("key list", Nothing),
    // A router that shows only its newest events cannot prove it.
    or("key list --unused 30d", Nothing, &[7]),
    step("key list --expiring 7d", Extension("credential.expiresAt")),
    step("key show ID", Nothing),
    step("key inspect --key-file ID.key", Nothing),
    step("key rotate ID --to file:ID.key --yes", Nothing),
    step("key move ID --policy ID_copy --key-file ID.key", Nothing),
    step("key revoke ID --yes", Nothing),
    step("key enable ID --key-file ID.key", Nothing),
    step("key rotate ID --overlap --to file:ID.key", Nothing),
    step("key rotate ID --finish --yes", Nothing),
    step("key exec --policy ID --ttl 1h -- true", Nothing),
    step("key reap --dry-run", Nothing),
    step("catalog list --policy ID", Nothing),
    step("catalog list --key-file ID.key", Nothing),
    step("catalog show openai/gpt-5.6", Nothing),
    or("why --policy ID --model openai/gpt-5.6 --in 4k --out 1k", Nothing, &[1]),
    step("usage summary", Nothing),
    step("usage by provider", Nothing),
    step("usage by model --since 24h", Nothing),
    step("usage events --limit 5", Nothing),
    step("provider list", Nothing),
    step("provider show openai", Nothing),
    step("provider set openai --budget $100 --dry-run", Nothing),
    step("provider check openai --dry-run", Nothing),
    step("grant put policies/ID/main --provider openai --credential-file ID.secret", Nothing),
    step("grant list", Nothing),
    step("grant show policies/ID/main", Nothing),
    step("grant set policies/ID/main --priority 10", Nothing),
    step("grant revoke policies/ID/main --yes", Nothing),
    step("user set ID@example.com --create --add-group ID", Nothing),
    step("user list", Nothing),
    step("user show ID@example.com", Nothing),
    step("user grant ID@example.com --policy ID", Nothing),
    step("user disable ID@example.com --yes", Nothing),
    step("user enable ID@example.com", Nothing),
    step("binding put --policy ID --group ID", Nothing),
    step("binding list", Nothing),
    step("binding disable --policy ID --group ID --yes", Nothing),
    step("rule put ID --domain ID.example.com --add-group ID", Nothing),
    step("rule list", Nothing),
    step("rule show ID", Nothing),
    step("rule reconcile ID@example.com", Nothing),
    step("rule disable ID --yes", Nothing),
    step("fusion show", Nothing),
    step("fusion preview --policy ID", Nothing),
    step("fusion set --max-output-tokens 700 --dry-run", Nothing),
    step("tenant list", Nothing),
    step("tenant show default", Nothing),
    step("connect openclaw --key-file ID.key", Nothing),
    step("connect codex --key-file ID.key", Nothing),
    // Without a provider that speaks its protocol, there is no model for it.
    or("connect claude-code --key-file ID.key", Nothing, &[3]),
    step("connect python --key-file ID.key", Nothing),
    step("connect node --key-file ID.key", Nothing),
    step("connect curl --key-file ID.key", Nothing),
    step("connect env --key-file ID.key", Nothing),
    step("connect check --key-file ID.key", Socket),
    step("export", Nothing),
    step("export --with-key-hashes", Extension("credential.hash")),
    or("diff -f ID.yaml", Nothing, &[10]),
    step("apply -f ID.yaml --yes", Nothing),
    step("diff -f ID.yaml", Nothing),
    step("validate -f ID.yaml", Nothing),
    or("verify enforcement", Nothing, &[7]),
    or("leak scan ID.key", Nothing, &[1]),
    or("leak respond ID.key --revoke --dry-run", Nothing, &[1]),
    step("log --since 1h", Nothing),
    step("api GET /v1/admin/overview", Nothing),
    // On a later router this stops the keys of the user.
    step("user disable ID@example.com --yes", Nothing),
    step("key revoke ID --yes", Nothing),
    step("policy disable ID_copy --yes", Nothing),
    step("policy disable ID_applied --yes", Nothing),
    step("policy disable ID --yes", Nothing),
];

/// A router, and somebody who administers it.
struct Scene {
    operator: Sandbox,
    id: String,
    extensions: Vec<String>,
    is_embedded: bool,
}

const TOKEN: &str = "admin-token-of-the-compatibility-list";

fn home() -> Sandbox {
    Sandbox::new()
        .with("OPENAI_API_KEY", "not-a-key")
        .with("CLAWROUTER_ADMIN_TOKEN_SHA256", &clawctl_wire::key::sha256_hex(TOKEN))
}

fn operator(url: &str, token: &str) -> Sandbox {
    Sandbox::new().with("CLAWROUTER_BASE_URL", url).with("CLAWROUTER_ADMIN_TOKEN", token)
}

impl Scene {
    fn new(operator: Sandbox, id: &str, is_embedded: bool) -> Self {
        let health = operator.json(&["api", "GET", "/v1/health"]);
        let listed = health["extensions"].as_array().cloned().unwrap_or_default();
        let extensions =
            listed.iter().filter_map(|name| name.as_str()).map(str::to_owned).collect();
        let scene = Self { operator, id: id.to_owned(), extensions, is_embedded };
        let manifest = format!(
            "version: 1\npolicies:\n  {id}_applied:\n    providers: [openai]\n    budget: $3\n"
        );
        std::fs::write(scene.operator.path(&format!("{id}.yaml")), manifest).unwrap();
        std::fs::write(scene.operator.path(&format!("{id}.secret")), "not-a-key\n").unwrap();
        scene
    }

    fn offers(&self, needs: Needs) -> bool {
        match needs {
            Nothing => true,
            Extension(name) => self.extensions.iter().any(|listed| listed == name),
            File => self.is_embedded,
            Socket => !self.is_embedded,
        }
    }

    /// Runs every command, and gives those that did otherwise than the list says.
    fn play(&self) {
        let mut wrong = Vec::new();
        for Step { words, needs, also } in STEPS {
            let words = words.replace("ID", &self.id);
            let words: Vec<_> = words.split(' ').collect();
            let run = self.operator.run(&words);
            let code = run.code.unwrap_or(-1);
            let as_listed = match (self.offers(*needs), needs) {
                (true, _) => code == 0 || also.contains(&code),
                // Refused before anything is sent, and by name.
                (false, Extension(name)) => code == 2 && run.stderr.contains(name),
                (false, File) => code == 2 || code == 3,
                (false, _) => code == 1,
            };
            if !as_listed {
                wrong.push(format!("$ clawctl {}\n{run}", words.join(" ")));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn on_the_embedded_router() {
    Scene::new(home(), "comp", true).play();
}

#[test]
fn on_a_served_router() {
    let home = home();
    let served = home.serve();
    Scene::new(operator(&served.url, TOKEN), "comp", false).play();
}

#[test]
fn on_a_router_of_the_plain_contract() {
    let home = home();
    let served = home.serve();
    let proxy = Proxy::start(&served.url);
    let _ = proxy.follow(|_, heard| match heard.line.starts_with("GET /v1/health ") {
        true => Act::Answer(plain_health()),
        false => Act::Forward,
    });
    let scene = Scene::new(operator(&proxy.url, TOKEN), "comp", false);
    assert_eq!(scene.extensions, Vec::<String>::new());
    scene.play();
}

#[test]
fn on_every_later_router() {
    for version in Version::ALL {
        let home = home();
        let served = home.serve();
        let later = Later::start(&served.url, version);
        let scene = Scene::new(operator(later.url(), TOKEN), "comp", false);
        assert_eq!(scene.extensions, Vec::<String>::new());
        scene.play();
    }
}

fn plain_health() -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{PLAIN_HEALTH}",
        PLAIN_HEALTH.len()
    )
    .into_bytes()
}

#[test]
#[ignore = "needs a router: set CLAWCTL_TEST_URL and CLAWCTL_TEST_TOKEN, add --ignored"]
#[expect(clippy::disallowed_methods, reason = "these are the tests' variables, not the program's")]
fn on_a_named_router() {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("set {name}"));
    let nanos = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap().as_nanos();
    let id = format!("comp{:x}", nanos % 0xffff_ffff);
    let operator = operator(&variable("CLAWCTL_TEST_URL"), &variable("CLAWCTL_TEST_TOKEN"));
    Scene::new(operator, &id, false).play();
}

/// The table in the page is the list above.
#[test]
fn the_page_is_current() {
    let mut table =
        String::from("| command | embedded, served | ClawRouter 0.2 |\n|---|---|---|\n");
    for Step { words, needs, .. } in STEPS {
        let (here, there) = match needs {
            Nothing => ("works", "works".to_owned()),
            Extension(name) => ("works", format!("refused: needs `{name}`")),
            File => ("embedded", "needs the file".to_owned()),
            Socket => ("served", "works".to_owned()),
        };
        let words = words.replace('|', "\\|");
        table.push_str(&format!("| `{words}` | {here} | {there} |\n"));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/compatibility.md");
    let found = std::fs::read_to_string(&path).unwrap();
    let opening = "<!-- commands: checked by tests/cli/compatibility.rs -->\n";
    let (before, rest) = found.split_once(opening).unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let expected = format!("{before}{opening}{table}<!-- end -->{after}");
    if regenerate() {
        std::fs::write(&path, expected).unwrap();
    } else {
        assert!(
            found == expected,
            "run `CLAWCTL_REGENERATE=1 cargo test --test cli page_is_current`"
        );
    }
}

#[expect(clippy::disallowed_methods, reason = "this variable is the test's, not the program's")]
fn regenerate() -> bool {
    std::env::var_os("CLAWCTL_REGENERATE").is_some()
}
