//! What the tests of several sinks need: a small world of their own, and a second process.

use std::fs::{self, File};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::surroundings::Surroundings;
use crate::Secret;
use crate::keychain::{Keychain, fake::Fake};

pub(super) const KEY: &str = "clawrouter-live-alice-Canary0Canary1Canary2";

pub(super) fn key() -> Secret {
    Secret::new(KEY.into())
}

pub(super) fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

pub(super) fn write(path: &Path, text: impl AsRef<[u8]>, mode: u32) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// The names in a directory, so that a test sees that nothing was left behind.
pub(super) fn names(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A directory with programs, a keychain, and a place for what commands print.
pub(super) struct World {
    pub(super) dir: TempDir,
    pub(super) keychain: Arc<Fake>,
}

impl World {
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("bin")).unwrap();
        for program in ["sh", "cat", "head", "sleep"] {
            let real = ["/bin", "/usr/bin"].map(|d| PathBuf::from(d).join(program));
            let real = real.iter().find(|file| file.exists()).unwrap();
            symlink(real, dir.path().join("bin").join(program)).unwrap();
        }
        File::create(dir.path().join("output")).unwrap();
        Self { dir, keychain: Arc::default() }
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(super) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Adds a program to the PATH of this world.
    ///
    /// Another process writes it. A test that forks at this moment would inherit a handle of ours,
    /// and a file that somebody can write is one that the system does not run.
    pub(super) fn program(&self, name: &str, script: &str) {
        let status = Command::new("sh")
            .args(["-c", "printf '#!/bin/sh\\n%s\\n' \"$1\" >\"$0\" && chmod 755 \"$0\""])
            .arg(self.path("bin").join(name))
            .arg(script)
            .status()
            .unwrap();
        assert!(status.success());
    }

    pub(super) fn surroundings(&self) -> Surroundings {
        Surroundings {
            path: self.path("bin").into_os_string(),
            wayland: false,
            x11: false,
            withheld: Vec::new(),
            terminal: self.path("no-terminal"),
            command_limit: Duration::from_secs(20),
            keychain: Keychain::over(
                Arc::clone(&self.keychain) as Arc<_>,
                Duration::from_millis(200),
            ),
            keychain_lock: None,
            command_output: Some(File::create(self.path("output")).unwrap()),
        }
    }
}

/// The file that tells a test for a second process that it runs in one.
pub(super) const MARKER: &str = "second-process";

/// Runs one ignored test of this binary in another process, in `dir`, after a line of shell: a
/// umask or a limit cannot be set for one test alone, nor without `unsafe` from here.
pub(super) fn in_second_process(before: &str, test: &str, dir: &Path) {
    write(&dir.join(MARKER), "", 0o600);
    let (_, module) = test.split_once("::").unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("{before}; exec \"$0\" \"$@\"")])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", module, "--ignored", "--nocapture", "--test-threads=1"])
        .current_dir(dir)
        .output()
        .unwrap();
    fs::remove_file(dir.join(MARKER)).unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{before}: {text}");
}
