//! What the measured commands meet: homes, a router on its port, a database with many keys.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};

use tempfile::TempDir;

use crate::Failure;

/// The admin token of every router here.
pub(crate) const TOKEN: &str = "bench";
const TOKEN_SHA256: &str = "1b32c28cb38c05480eccc1bd60ff97029b57a05c96718b96dad7e9d84894f549";

/// A folder on the disk that the sources are on, with nothing in it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))? })
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// clawctl in this home, with no environment but ours.
    pub(crate) fn clawctl(&self, words: &[&str]) -> Command {
        let mut command = bare(env!("CARGO_BIN_EXE_clawctl"));
        command
            .args(words)
            .env("HOME", self.folder.path())
            .env("CLAWCTL_HOME", self.folder.path())
            .env("CLAWROUTER_ADMIN_TOKEN", TOKEN);
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Result<(), Failure> {
        let done = self.clawctl(words).stdin(Stdio::null()).output()?;
        if done.status.success() {
            return Ok(());
        }
        Err(format!("clawctl {words:?}: {}", String::from_utf8_lossy(&done.stderr)).into())
    }

    /// A database with one policy, `team`.
    pub(crate) fn with_policy() -> Result<Self, Failure> {
        let home = Self::new()?;
        home.run(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"])?;
        Ok(home)
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.path("router.db")
    }
}

/// A program with no environment but the path.
pub(crate) fn bare(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", search_path());
    command
}

#[expect(clippy::disallowed_methods, reason = "programs to compare with are looked for on it")]
fn search_path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

/// Where a program stands on the path, if it does.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path()).map(|dir| dir.join(program)).find(|path| path.is_file())
}

/// A process that is stopped when it is dropped.
pub(crate) struct Running {
    child: Child,
    /// Its end of a pipe that it ends with.
    _stdin: Option<ChildStdin>,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The fixed answers, as plain http and, where there is a certificate, as https.
pub(crate) struct Answers {
    _running: Running,
    pub http: String,
    pub https: Option<String>,
}

impl Answers {
    pub(crate) fn start(tls: Option<&Certificate>) -> Result<Self, Failure> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["as", "answers"]);
        if let Some(tls) = tls {
            command.args([&tls.certificate, &tls.key]);
        }
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no stdout")?).read_line(&mut line)?;
        let stdin = child.stdin.take();
        let running = Running { child, _stdin: stdin };
        let (plain, secure) = line.trim().split_once(' ').ok_or("the answers did not start")?;
        Ok(Self {
            _running: running,
            http: format!("http://127.0.0.1:{plain}"),
            https: tls.map(|_| format!("https://127.0.0.1:{secure}")),
        })
    }
}

/// The embedded router of a home, served on a free port.
pub(crate) struct Served {
    _running: Running,
    pub url: String,
}

impl Served {
    pub(crate) fn start(home: &Home) -> Result<Self, Failure> {
        let mut child = home
            .clawctl(&["router", "serve", "--listen", "127.0.0.1:0", "--log", "off"])
            .env("CLAWROUTER_ADMIN_TOKEN_SHA256", TOKEN_SHA256)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let stderr = BufReader::new(child.stderr.take().ok_or("no stderr")?);
        let running = Running { child, _stdin: None };
        let mut heard = String::new();
        let mut lines = stderr.lines();
        let url = loop {
            let Some(line) = lines.next().transpose()? else {
                return Err(format!("the router did not start: {heard}").into());
            };
            if let Some((_, url)) = line.split_once(" at http://") {
                break format!("http://{url}");
            }
            heard.push_str(&line);
        };
        // It goes on talking; nobody listens, and a full pipe must not stop it.
        std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
        Ok(Self { _running: running, url })
    }
}

/// A certificate for 127.0.0.1 and its key, made by the system's openssl.
pub(crate) struct Certificate {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

impl Certificate {
    pub(crate) fn make(home: &Home) -> Option<Self> {
        let (certificate, key) = (home.path("certificate.pem"), home.path("key.pem"));
        let made = bare(find("openssl")?)
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"])
            .args(["-nodes", "-days", "2", "-subj", "/CN=bench"])
            .args(["-addext", "subjectAltName=IP:127.0.0.1"])
            // Without the right to sign, as rustls wants it of a server's own certificate.
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .args(["-keyout".as_ref(), key.as_os_str(), "-out".as_ref(), certificate.as_os_str()])
            .stdin(Stdio::null())
            .output()
            .ok()?;
        made.status.success().then_some(Self { certificate, key })
    }
}

/// Puts keys under the policy `team`, all in one transaction.
pub(crate) fn fill(database: &Path, keys: usize) -> Result<(), Failure> {
    let db = rusqlite::Connection::open(database)?;
    db.execute(
        "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
         INSERT INTO credentials (id, secret_sha256, policy_id, generation, enabled, principal_id,
                label, expires_at, revision, created_at_ms, updated_at_ms, last_used_at_ms)
         SELECT printf('key_%06d', n), printf('%064x', n), p.id, p.generation, n % 9 != 0,
                printf('user%d@example.com', n),
                iif(n % 2 = 0, printf('laptop of user %d', n), NULL),
                iif(n % 3 = 0, '2027-02-18T12:00:00Z', NULL), 1, 1795176000123, 1795176000123,
                iif(n % 4 = 0, 1795253400500, NULL)
         FROM number, policies p WHERE p.id = 'team'",
        [i64::try_from(keys)? - 1],
    )?;
    Ok(())
}
