//! A user unit of systemd.

use std::fmt::Write;

use super::{MARK, Service};

pub(super) fn text(service: &Service) -> String {
    let mut text = format!("# {MARK}\n[Unit]\nDescription={}\n", plain(&service.description));
    // Five starts a minute: what fails at once is not tried for ever.
    text.push_str("StartLimitIntervalSec=60\nStartLimitBurst=5\n\n[Service]\nType=exec\n");
    let command: Vec<_> = service.command.iter().map(|word| argument(word)).collect();
    let _ = writeln!(text, "ExecStart={}", command.join(" "));
    if let Some(folder) = &service.directory {
        let _ = writeln!(text, "WorkingDirectory={}", plain(&folder.display().to_string()));
    }
    for (name, value) in &service.environment {
        let _ = writeln!(text, "Environment={}", quoted(&format!("{name}={value}")));
    }
    if let Some(path) = &service.environment_file {
        // The dash says that it may be missing.
        let _ = writeln!(text, "EnvironmentFile=-{}", plain(&path.display().to_string()));
    }
    let stdout = if service.logs_stdout { "journal" } else { "null" };
    let _ = writeln!(text, "StandardOutput={stdout}\nStandardError=journal");
    text.push_str("Restart=on-failure\nRestartSec=2\nTimeoutStopSec=30\n");
    text.push_str("UMask=0077\nLimitCORE=0\nNoNewPrivileges=yes\n\n");
    text.push_str("[Install]\nWantedBy=default.target\n");
    text
}

/// One word of a command. A dollar would begin a variable there.
fn argument(text: &str) -> String {
    quoted(text).replace('$', "$$")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '%' => quoted.push_str("%%"),
            '\n' => quoted.push_str("\\n"),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Where no quotes are read.
fn plain(text: &str) -> String {
    text.replace('%', "%%").replace('\n', " ")
}
