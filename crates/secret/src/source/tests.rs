use std::os::unix::ffi::OsStringExt;

use super::*;

fn read_with(source: SecretSource, stdin: &[u8]) -> Result<Received, SourceError> {
    let mut stdin = stdin;
    let env = |name: &str| match name {
        "SET" => Some(OsString::from("from-env\n")),
        "EMPTY" => Some(OsString::new()),
        "BYTES" => Some(OsString::from_vec(b"canary\xff".to_vec())),
        _ => None,
    };
    source.read(&mut Inputs { stdin: &mut stdin, env: &env, prompt: None })
}

fn text(read: Result<Received, SourceError>) -> String {
    read.unwrap().secret.expose().to_owned()
}

#[test]
fn one_line_break_is_taken_off_and_no_more() {
    let check = |bytes: &[u8], want| assert_eq!(text(read_with(SecretSource::Stdin, bytes)), want);
    check(b"abc", "abc");
    check(b"abc\n", "abc");
    check(b"abc\r\n", "abc");
    check(b"abc\n\n", "abc\n");
    check(b" abc \n", " abc ");
    check(b"abc\r", "abc\r");
}

#[test]
fn what_is_no_secret_is_refused_without_repeating_it() {
    let long = vec![b'x'; SECRET_BYTES_MAX + 1];
    let cases: [(&[u8], &str); 6] = [
        (b"", "standard input holds no secret: it is empty"),
        (b"\n", "standard input holds no secret: it is empty"),
        (b"\r\n", "standard input holds no secret: it is empty"),
        (b"canary\0canary", "standard input holds a NUL byte, which no secret has"),
        (b"canary\xff", "standard input does not hold text in UTF-8"),
        (&long, "standard input holds more than 65536 bytes, too many for a secret"),
    ];
    for (bytes, want) in cases {
        let error = read_with(SecretSource::Stdin, bytes).unwrap_err();
        assert_eq!(error.to_string(), want);
        assert!(!format!("{error:?} {:?}", error.hint()).contains("canary"));
    }
}

#[test]
fn the_longest_secret_may_be_followed_by_a_line_break() {
    let mut bytes = vec![b'x'; SECRET_BYTES_MAX];
    bytes.extend_from_slice(b"\r\n");
    assert_eq!(text(read_with(SecretSource::Stdin, &bytes)).len(), SECRET_BYTES_MAX);
    bytes.push(b'\n');
    let error = read_with(SecretSource::Stdin, &bytes).unwrap_err();
    assert!(matches!(error, SourceError::TooLong { .. }), "{error}");
}

#[test]
fn an_endless_input_is_cut_off() {
    let env = |_: &str| None;
    let mut inputs = Inputs { stdin: &mut io::repeat(b'x'), env: &env, prompt: None };
    let error = SecretSource::Stdin.read(&mut inputs).unwrap_err();
    assert!(matches!(error, SourceError::TooLong { .. }));
}

#[test]
fn the_environment_is_asked_by_name() {
    assert_eq!(text(read_with(SecretSource::Env("SET".into()), b"")), "from-env");
    let error = read_with(SecretSource::Env("UNSET".into()), b"").unwrap_err();
    assert_eq!(error.to_string(), "the environment variable `UNSET` is not set");
    let error = read_with(SecretSource::Env("EMPTY".into()), b"").unwrap_err();
    assert!(matches!(error, SourceError::Empty { .. }));
    let error = read_with(SecretSource::Env("BYTES".into()), b"").unwrap_err();
    assert!(matches!(error, SourceError::NotText { .. }));
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn a_file_is_read_and_a_readable_one_is_warned_about() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("key");
    std::fs::write(&path, "in-file\n").unwrap();
    for (mode, warned) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true)] {
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        let received = read_with(SecretSource::File(path.clone()), b"").unwrap();
        assert_eq!(received.secret.expose(), "in-file");
        assert_eq!(received.warning.is_some(), warned, "{mode:o}");
        if let Some(warning) = received.warning {
            assert!(warning.to_string().contains(&format!("mode {mode:04o}")), "{warning}");
            assert!(warning.hint().starts_with("run `chmod 600 /"));
        }
    }
    let missing = read_with(SecretSource::File(dir.path().join("none")), b"").unwrap_err();
    assert!(missing.to_string().ends_with("No such file or directory (os error 2)"), "{missing}");
    let directory = read_with(SecretSource::File(dir.path().into()), b"").unwrap_err();
    assert!(matches!(directory, SourceError::Unreadable { .. }));
}

#[test]
fn a_file_called_dash_is_standard_input() {
    assert_eq!(text(read_with(SecretSource::File("-".into()), b"piped\n")), "piped");
}

#[test]
fn nobody_is_asked_where_prompts_are_not_allowed() {
    let error = read_with(SecretSource::Prompt("Admin token".into()), b"").unwrap_err();
    assert_eq!(
        error.to_string(),
        "a secret is needed (`Admin token`), and nobody can be asked for it here"
    );
    let ask = |prompt: &str| Ok(format!("answer to {prompt}"));
    let env = |_: &str| None;
    let mut inputs = Inputs { stdin: &mut io::empty(), env: &env, prompt: Some(&ask) };
    let answer = SecretSource::Prompt("Key".into()).read(&mut inputs);
    assert_eq!(text(answer), "answer to Key");
}
