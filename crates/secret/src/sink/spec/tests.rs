use super::*;

fn parse(text: &str) -> Result<SinkSpec, BadSink> {
    text.parse()
}

#[test]
fn every_form_is_read_and_written_back() {
    let env = |path: &str, name: &str| SinkSpec::EnvFile { path: path.into(), name: name.into() };
    let keyring = |service: &str, account: &str| SinkSpec::Keyring {
        service: service.into(),
        account: account.into(),
    };
    let cases = [
        ("stdout", SinkSpec::Stdout),
        ("tty", SinkSpec::Tty),
        ("clipboard", SinkSpec::Clipboard),
        ("file:key", SinkSpec::File("key".into())),
        ("file:/run/a:b/key", SinkSpec::File("/run/a:b/key".into())),
        ("file:-", SinkSpec::File("-".into())),
        ("env-file:.env:API_KEY", env(".env", "API_KEY")),
        ("env-file:a:b/.env:_k1", env("a:b/.env", "_k1")),
        ("keyring:clawctl/alice", keyring("clawctl", "alice")),
        ("keyring:https://x.example/alice", keyring("https://x.example", "alice")),
        ("exec:gh secret set A:B", SinkSpec::Exec("gh secret set A:B".into())),
    ];
    for (text, spec) in cases {
        assert_eq!(parse(text), Ok(spec.clone()), "{text}");
        assert_eq!(spec.as_typed(), text);
    }
}

#[test]
fn what_is_no_sink_is_refused_with_the_nearest() {
    let check = |text: &str, error: &str, hint: Option<&str>| {
        let bad = parse(text).unwrap_err();
        assert_eq!(bad.to_string(), error, "{text}");
        assert_eq!(bad.hint().as_deref(), hint, "{text}");
    };
    check("flie:x", "there is no sink `flie`", Some("did you mean `file:PATH`?"));
    check("stdot", "there is no sink `stdot`", Some("did you mean `stdout`?"));
    check(
        "env_file:x:Y",
        "there is no sink `env_file`",
        Some("did you mean `env-file:PATH:NAME`?"),
    );
    check(
        "keychain:a/b",
        "there is no sink `keychain`",
        Some("did you mean `keyring:SERVICE/ACCOUNT`?"),
    );
    check("-", "there is no sink `-`", Some("did you mean `stdout`?"));
    check("./key", "this names no sink", Some("did you mean `file:PATH`?"));
    check("stdout:x", "`stdout` takes nothing after it", None);
    check("file", "`file` needs more: write `file:PATH`", None);
    check("file:", "`file` needs more: write `file:PATH`", None);
    check("exec:  ", "`exec` needs more: write `exec:COMMAND`", None);
    check("env-file:.env", "`env-file` needs more: write `env-file:PATH:NAME`", None);
    check("env-file::X", "`env-file` needs more: write `env-file:PATH:NAME`", None);
    check("keyring:alice", "`keyring` needs more: write `keyring:SERVICE/ACCOUNT`", None);
    check(
        "env-file:.env:api-key",
        "`api-key` cannot be the name of an environment variable",
        Some("did you mean `API_KEY`?"),
    );
    check(
        "file:~/key",
        "`~/key` begins with a `~` that the shell did not replace",
        Some("write `\"$HOME\"/key`"),
    );
    for directory in ["file:/", "file:..", "file:.", "file:keys/", "file:keys/."] {
        assert!(matches!(parse(directory), Err(BadSink::NoFileName { .. })), "{directory}");
    }
    let hint = parse("carrier").unwrap_err().hint().unwrap();
    assert!(hint.starts_with("sinks are `stdout`, `tty`, `file:PATH`"), "{hint}");
}

#[test]
fn a_key_in_the_wrong_place_is_not_repeated() {
    let bad = parse("clawrouter-live-alice-canarycanary").unwrap_err();
    assert!(!format!("{bad} {bad:?} {:?}", bad.hint()).contains("canary"));
}

#[test]
fn of_a_command_only_the_program_is_shown() {
    let check = |command: &str, shown: &str| {
        let spec = SinkSpec::Exec(command.to_owned());
        assert_eq!(spec.to_string(), shown);
        assert_eq!(format!("{spec:?}"), format!("SinkSpec({shown})"));
    };
    check("gh secret set X", "exec:gh …");
    check("/usr/bin/tee", "exec:/usr/bin/tee");
    check("TOKEN=canary curl x", "exec:…");
    check("\"$HOME/x\"", "exec:…");
}

#[test]
fn a_relative_path_is_fixed_to_a_directory() {
    let at = |text: &str| parse(text).unwrap().from_directory(Path::new("/srv")).as_typed();
    assert_eq!(at("file:key"), "file:/srv/key");
    assert_eq!(at("file:/a/key"), "file:/a/key");
    assert_eq!(at("env-file:.env:K"), "env-file:/srv/.env:K");
    assert_eq!(at("exec:cat"), "exec:cat");
}
