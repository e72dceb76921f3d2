//! A LaunchAgent of macOS.

use std::fmt::Write;

use super::{MARK, Service};
use crate::recipe::shell::{Shell, quoted};

pub(super) fn label(name: &str) -> String {
    format!("org.clawctl.{name}")
}

pub(super) fn file_name(name: &str) -> String {
    format!("{}.plist", label(name))
}

pub(super) fn text(service: &Service) -> String {
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- {MARK} -->\n\
         <!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n"
    );
    let mut entry = |name: &str, value: &str| {
        let _ = writeln!(text, "  <key>{name}</key>\n  {value}");
    };
    entry("Label", &string(&label(&service.name)));
    let command: String =
        command(service).iter().map(|word| format!("\n    {}", string(word))).collect();
    entry("ProgramArguments", &format!("<array>{command}\n  </array>"));
    if let Some(folder) = &service.directory {
        entry("WorkingDirectory", &string(&folder.display().to_string()));
    }
    if !service.environment.is_empty() {
        let pairs: String = service
            .environment
            .iter()
            .map(|(name, value)| {
                format!("\n    <key>{}</key>\n    {}", escaped(name), string(value))
            })
            .collect();
        entry("EnvironmentVariables", &format!("<dict>{pairs}\n  </dict>"));
    }
    entry("RunAtLoad", "<true/>");
    entry("KeepAlive", "<dict>\n    <key>SuccessfulExit</key>\n    <false/>\n  </dict>");
    entry("ThrottleInterval", "<integer>5</integer>");
    entry("Umask", "<integer>63</integer>");
    let log = string(&service.log.display().to_string());
    let stdout = if service.logs_stdout { log.clone() } else { string("/dev/null") };
    entry("StandardOutPath", &stdout);
    entry("StandardErrorPath", &log);
    text.push_str("</dict>\n</plist>\n");
    text
}

/// launchd reads no file of variables, so a shell does.
pub(super) fn command(service: &Service) -> Vec<String> {
    let Some(path) = &service.environment_file else { return service.command.clone() };
    let file = quoted(Shell::Sh, &path.display().to_string());
    let script = format!("if [ -r {file} ]; then set -a; . {file}; set +a; fi; exec \"$@\"");
    let shell = ["/bin/sh", "-c", &script, "sh"].map(str::to_owned);
    shell.into_iter().chain(service.command.iter().cloned()).collect()
}

fn string(text: &str) -> String {
    format!("<string>{}</string>", escaped(text))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
