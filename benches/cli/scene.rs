//! What the measured commands meet over the network: fixed answers, or a router on its port.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};

use crate::common::{Failure, Home, bare, search_path};

/// Of the token that every command here sends.
const TOKEN_SHA256: &str = "1b32c28cb38c05480eccc1bd60ff97029b57a05c96718b96dad7e9d84894f549";

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

/// Where a program stands on the path, if it does.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    std::env::split_paths(&search_path()).map(|dir| dir.join(program)).find(|path| path.is_file())
}
