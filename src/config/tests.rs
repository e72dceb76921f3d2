use super::*;

fn write(path: &Path, text: &str) {
    write_privately(&lock_privately(path).unwrap(), path, text.as_bytes()).unwrap();
}

fn load(text: &str) -> Result<Config> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, text).unwrap();
    Config::load(&path)
}

#[test]
fn an_unknown_key_is_refused_with_its_place() {
    let refused =
        load("current = \"a\"\n\n[contexts.a]\nurl = \"https://a.example\"\ntokn = \"x\"\n");
    let error = refused.unwrap_err();
    assert_eq!(error.exit, crate::error::Exit::USAGE);
    assert!(error.message.contains("config.toml:5:1"), "{}", error.message);
    assert!(error.message.contains("tokn"), "{}", error.message);
}

#[test]
fn comments_survive_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::fs::write(&path, "# ours\n[contexts.a] # the first\nurl = \"https://a.example/\"\n")
        .unwrap();
    let url = Url::parse("https://b.example").unwrap();
    let put = |config: &mut Config| {
        config.put("b", Context { url, insecure_http: false, access: false });
        config.set_current(Some("b"));
        Ok(())
    };
    Config::edit(&path, put).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("# ours") && text.contains("# the first"), "{text}");
    let again = Config::load(&path).unwrap();
    assert_eq!(again.current.as_deref(), Some("b"));
    assert_eq!(again.contexts.len(), 2);
}

#[test]
fn urls_with_secrets_are_refused() {
    for bad in ["https://u:p@x.example", "ftp://x", "https://x.example/?token=1", "not a url"] {
        assert!(parse_url(bad).is_err(), "{bad}");
    }
}

#[test]
fn a_bad_url_is_told_with_its_place() {
    let check = |text: &str, place: &str, reason: &str| {
        let message = load(text).unwrap_err().message;
        assert!(message.contains(place) && message.contains(reason), "{message}");
    };
    check("[contexts.a]\nurl = \"https://u:p@x.example\"\n", "config.toml:2:7", "no user");
    check("[contexts.a]\nurl = \"nowhere\"\n", "config.toml:2:7", "relative URL");
    check("contexts.a.url = \"ftp://x.example\"\n", "config.toml:1:18", "not an http");
    check("[contexts.embedded]\nurl = \"https://x.example\"\n", "config.toml:2:7", "embedded");
}

#[test]
fn a_password_in_a_url_is_not_repeated() {
    let error = parse_url("https://ops:hunter2@x.example").unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let error = load("[contexts.a]\nurl = \"ftp://ops:hunter2@x.example\"\n").unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn every_way_to_write_the_file_can_be_changed() {
    let shapes = [
        "",
        "contexts = { a = { url = \"https://a.example\", access = true } }\n",
        "contexts.a = { url = \"https://a.example\", access = true }\n",
        "contexts.a.url = \"https://a.example\"\n",
        "[contexts]\na = { url = \"https://a.example\" }\n",
        "[contexts.a]\nurl = \"https://a.example\"\naccess = true\n",
        "[contexts.\"a.b\"]\nurl = \"https://a.example\"\n",
    ];
    for shape in shapes {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/er/config.toml");
        write(&path, shape);
        let url: Url = "https://new.example".parse().unwrap();
        let put = |config: &mut Config| {
            for name in ["a", "b.c"] {
                let context = Context { url: url.clone(), insecure_http: true, access: false };
                config.put(name, context);
            }
            config.set_current(Some("a"));
            Ok(())
        };
        let (config, ()) = Config::edit(&path, put).unwrap();
        let again = Config::load(&path).unwrap();
        assert_eq!(again.contexts, config.contexts, "{shape}");
        assert!(!again.contexts["a"].access && again.contexts["b.c"].insecure_http, "{shape}");
        let remove = |config: &mut Config| {
            config.remove("a");
            Ok(())
        };
        Config::edit(&path, remove).unwrap();
        let again = Config::load(&path).unwrap();
        assert!(again.current.is_none() && !again.contexts.contains_key("a"), "{shape}");
    }
}

#[test]
fn a_link_to_the_file_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    let (real, link) = (folder.path().join("dotfiles.toml"), folder.path().join("config.toml"));
    std::fs::write(&real, "# mine\n").unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&link, "current = \"embedded\"\n");
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert_eq!(std::fs::read(&real).unwrap(), b"current = \"embedded\"\n");
}

#[test]
fn what_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b/file");
    write(&path, "x");
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&path), mode(path.parent().unwrap())), (0o600, 0o700));
}

#[test]
fn a_change_that_fails_leaves_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    write(&path, "current = \"embedded\"\n");
    let fail = |config: &mut Config| -> Result<()> {
        config.set_current(None);
        Err(Error::conflict("no"))
    };
    assert!(Config::edit(&path, fail).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), b"current = \"embedded\"\n");
}
