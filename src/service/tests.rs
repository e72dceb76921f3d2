use super::*;

fn service() -> Service {
    Service {
        name: "clawctl-router".into(),
        description: "The router of clawctl, 100% local".into(),
        command: ["/opt/my tools/clawctl", "router", "serve", "--upstream", "x=$y\"%&<"]
            .map(str::to_owned)
            .to_vec(),
        directory: Some("/home/a b/50%".into()),
        environment: vec![("CLAWCTL_HOME".into(), "/home/a b/%h".into())],
        environment_file: Some("/home/a b/router.env".into()),
        logs_stdout: false,
        log: "/home/a/router.log".into(),
    }
}

fn folders() -> Folders<'static> {
    Folders { home: Path::new("/home/a"), config: Path::new("/home/a/.config"), user_id: 501 }
}

#[test]
fn systemd_reads_every_word_as_itself() {
    let text = Keeper::Systemd.text(&service());
    assert!(text.starts_with("# Written by clawctl.\n[Unit]\n"), "{text}");
    let line = |start: &str| text.lines().find(|line| line.starts_with(start)).unwrap().to_owned();
    assert_eq!(
        line("ExecStart"),
        r#"ExecStart="/opt/my tools/clawctl" "router" "serve" "--upstream" "x=$$y\"%%&<""#
    );
    assert_eq!(line("WorkingDirectory="), "WorkingDirectory=/home/a b/50%%");
    assert_eq!(line("Environment="), "Environment=\"CLAWCTL_HOME=/home/a b/%%h\"");
    assert_eq!(line("EnvironmentFile"), "EnvironmentFile=-/home/a b/router.env");
    assert_eq!(line("StandardOutput"), "StandardOutput=null", "a token may come there");
    assert_eq!(line("Restart="), "Restart=on-failure");
}

#[test]
fn launchd_reads_every_word_as_itself() {
    let text = Keeper::Launchd.text(&service());
    assert!(text.contains("<string>x=$y\"%&amp;&lt;</string>"), "{text}");
    assert!(text.contains("<string>/home/a b/%h</string>"), "{text}");
    let folder = "<key>WorkingDirectory</key>\n  <string>/home/a b/50%</string>";
    assert!(text.contains(folder), "{text}");
    assert!(text.contains("<key>StandardOutPath</key>\n  <string>/dev/null</string>"), "{text}");
    assert!(text.contains(". '/home/a b/router.env'"), "{text}");
    assert!(text.contains(MARK), "{text}");
    let open = text.matches("<dict>").count();
    assert_eq!(open, text.matches("</dict>").count());
}

#[test]
fn a_program_that_speaks_on_stdout_is_heard() {
    let service = Service { logs_stdout: true, ..service() };
    let text = Keeper::Systemd.text(&service);
    assert!(text.contains("\nStandardOutput=journal\nStandardError=journal\n"), "{text}");
    let text = Keeper::Launchd.text(&service);
    for stream in ["StandardOutPath", "StandardErrorPath"] {
        let entry = format!("<key>{stream}</key>\n  <string>/home/a/router.log</string>");
        assert!(text.contains(&entry), "{text}");
    }
}

/// A shell carries out what the LaunchAgent says.
#[test]
fn the_shell_of_the_launch_agent_reads_the_file_and_runs_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("it's.env");
    std::fs::write(&file, "OPENAI_API_KEY=from-the-file\n").unwrap();
    let service = Service {
        command: ["/bin/sh", "-c", "printf '%s %s' \"$OPENAI_API_KEY\" \"$0\"", "a b"]
            .map(str::to_owned)
            .to_vec(),
        environment_file: Some(file),
        ..service()
    };
    let words = launchd::command(&service);
    let output = std::process::Command::new(&words[0]).args(&words[1..]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "from-the-file a b");
}

#[test]
fn places_and_commands_are_those_of_the_keeper() {
    let path = |keeper: Keeper| keeper.path("clawctl-router", folders()).display().to_string();
    assert_eq!(path(Keeper::Systemd), "/home/a/.config/systemd/user/clawctl-router.service");
    let plist = "/home/a/Library/LaunchAgents/org.clawctl.clawctl-router.plist";
    assert_eq!(path(Keeper::Launchd), plist);
    let said = |commands: Vec<Vec<String>>| {
        commands.iter().map(|command| command.join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(
        said(Keeper::Launchd.start("clawctl-router", folders())),
        [format!("launchctl bootstrap gui/501 {plist}")]
    );
    assert_eq!(
        said(Keeper::Systemd.stop("clawctl-router", folders())),
        ["systemctl --user disable --now clawctl-router.service"]
    );
}
