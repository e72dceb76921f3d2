//! The real binary in a home of its own: no environment but ours, a fixed width, no colour.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// How long any one command may take before the test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// An empty home with nothing configured.
pub(crate) struct Sandbox {
    home: tempfile::TempDir,
    variables: Vec<(String, String)>,
    /// What a shell does before it becomes a command.
    prelude: Option<&'static str>,
    /// Whether that shell sees mounts of its own.
    unshares: bool,
}

/// What a command did.
#[derive(Debug)]
#[must_use]
pub(crate) struct Run {
    pub stdout: String,
    pub stderr: String,
    pub code: Option<i32>,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self {
            // A path of one length everywhere: tables are as wide as what is in them.
            home: tempfile::Builder::new().prefix("clawctl-").tempdir_in("/tmp").unwrap(),
            variables: Vec::new(),
            prelude: None,
            unshares: false,
        }
    }

    /// The same, with one more environment variable.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The same, where a shell does this before every command.
    pub(crate) fn after(self, prelude: &'static str) -> Self {
        Self { prelude: Some(prelude), ..self }
    }

    /// The same, with mounts that nobody else sees.
    pub(crate) fn after_unsharing(self, prelude: &'static str) -> Self {
        Self { unshares: true, ..self.after(prelude) }
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_owned()));
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.home.path().join(inside)
    }

    pub(crate) fn root(&self) -> &Path {
        self.home.path()
    }

    #[expect(clippy::disallowed_methods, reason = "the PATH is all that a command inherits")]
    pub(crate) fn command(&self, words: &[&str]) -> Command {
        const PROGRAM: &str = env!("CARGO_BIN_EXE_clawctl");
        let mut command = match self.prelude {
            None => Command::new(PROGRAM),
            Some(prelude) => {
                let mut shell = Command::new(if self.unshares { "unshare" } else { "sh" });
                shell.args(if self.unshares { &["-m", "sh"][..] } else { &[] });
                shell.args(["-c", &format!("{prelude}; exec \"$@\""), "sh", PROGRAM]);
                shell
            }
        };
        command
            .args(words)
            .current_dir(self.home.path())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.home.path())
            .env("CLAWCTL_HOME", self.home.path().join("clawctl"))
            .env("CLAWCTL_CREDENTIAL_STORE", "file")
            .env("COLUMNS", "100")
            .env("NO_COLOR", "1");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Run {
        self.run_with_input(words, "")
    }

    pub(crate) fn run_with_input(&self, words: &[&str], input: &str) -> Run {
        let mut command = self.command(words);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A command that reads nothing closes its end; that is its right.
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        finish(child)
    }

    /// Runs a command that must succeed, and gives its stdout.
    pub(crate) fn ok(&self, words: &[&str]) -> String {
        let run = self.run(words);
        assert_eq!(run.code, Some(0), "{words:?}\n{run}");
        run.stdout
    }

    /// Runs a command that must succeed, and reads its JSON.
    pub(crate) fn json(&self, words: &[&str]) -> serde_json::Value {
        let text = self.ok(&[words, &["-o", "json"]].concat());
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{words:?}: {e}\n{text}"))
    }

    /// Serves this home's router on a free port, with the token of its first start.
    pub(crate) fn serve(&self) -> Served {
        self.serve_with(&[])
    }

    pub(crate) fn serve_with(&self, more: &[&str]) -> Served {
        self.serve_logging("off", more)
    }

    pub(crate) fn serve_logging(&self, log: &str, more: &[&str]) -> Served {
        let words = [&["router", "serve", "--listen", "127.0.0.1:0", "--log", log], more].concat();
        let mut child = self
            .command(&words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = None;
        let mut heard = String::new();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while url.is_none() && stderr.read_line(&mut line).unwrap() > 0 {
            // A person reads it in a sentence, a program in JSON.
            url = line.find("http://127.0.0.1:").map(|at| {
                let rest = &line[at..];
                let ends = |c: char| c.is_whitespace() || matches!(c, '"' | ',');
                let end = rest.find(ends).unwrap_or(rest.len());
                rest[..end].trim_end_matches(['.', '/']).to_owned()
            });
            heard.push_str(&line);
            line.clear();
        }
        let url =
            url.unwrap_or_else(|| panic!("the router did not say where it listens:\n{heard}"));
        // What it says later must not fill the pipe.
        let said = std::thread::spawn(move || {
            let mut rest = String::new();
            let _ = stderr.read_to_string(&mut rest);
            heard + &rest
        });
        Served { child, url, said: Some(said) }
    }
}

/// A router in a process of its own, stopped when it goes out of scope.
pub(crate) struct Served {
    child: Child,
    pub url: String,
    said: Option<std::thread::JoinHandle<String>>,
}

impl Served {
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, and gives its exit code, its stdout and its stderr.
    pub(crate) fn stop(mut self) -> (Option<i32>, String, String) {
        signal(self.child.id(), "TERM");
        let deadline = Instant::now() + PATIENCE;
        while self.child.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the router does not stop");
            std::thread::sleep(Duration::from_millis(5));
        }
        let mut stdout = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, stdout, self.said.take().unwrap().join().unwrap())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn signal(pid: u32, name: &str) {
    let status = Command::new("kill").args([&format!("-{name}"), &pid.to_string()]).status();
    assert!(status.unwrap().success());
}

/// Waits for the end of a command, but not for ever.
pub(crate) fn finish(mut child: Child) -> Run {
    let drain = |stream: Option<Box<dyn Read + Send>>| {
        std::thread::spawn(move || {
            let mut text = Vec::new();
            if let Some(mut stream) = stream {
                let _ = stream.read_to_end(&mut text);
            }
            String::from_utf8_lossy(&text).into_owned()
        })
    };
    let stdout = drain(child.stdout.take().map(|s| Box::new(s) as Box<dyn Read + Send>));
    let stderr = drain(child.stderr.take().map(|s| Box::new(s) as Box<dyn Read + Send>));
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if Instant::now() > deadline {
            let _ = child.kill();
            panic!("the command does not end: {}", stderr.join().unwrap());
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    Run { stdout: stdout.join().unwrap(), stderr: stderr.join().unwrap(), code: status.code() }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
            code: output.status.code(),
        }
    }
}

/// As one text, for a snapshot.
impl std::fmt::Display for Run {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "-- stderr --\n{}", self.stderr)?;
        }
        match self.code {
            Some(0) => Ok(()),
            Some(code) => writeln!(f, "-- exit {code} --"),
            None => writeln!(f, "-- killed --"),
        }
    }
}
