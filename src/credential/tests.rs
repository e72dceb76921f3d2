use clap::Parser;

use super::*;
use crate::env::Environment;
use crate::settings::{Globals, Settings};
use crate::ui::{Look, Ui};

#[derive(Parser)]
struct Words {
    #[command(flatten)]
    globals: Globals,
}

/// A context `prod` in a folder of its own, with tokens in a file.
fn ctx(home: &tempfile::TempDir, more: &[(&str, &str)], access: bool) -> Ctx {
    let config = home.path().join("config.toml");
    std::fs::write(
        &config,
        format!(
            "current = \"prod\"\n[contexts.prod]\nurl = \"https://p.example\"\naccess = {access}\n"
        ),
    )
    .unwrap();
    let path = home.path().to_str().unwrap();
    let pairs = [("CLAWCTL_HOME", path), ("CLAWCTL_CREDENTIAL_STORE", "file")];
    let env = Environment::given(pairs.iter().chain(more).copied());
    let words = Words::parse_from(["x"]);
    let settings = Settings::resolve(&words.globals, &env).unwrap();
    Ctx::new(settings, Ui::new(Look { silent: true, ..Look::default() }), env)
}

fn url() -> Url {
    "https://p.example".parse().unwrap()
}

fn stored(token: &str) -> Stored {
    Stored { admin_token: Some(Secret::new(token.to_owned())), ..Stored::default() }
}

fn token(found: &Found) -> Option<(&str, &Place)> {
    found.admin_token.as_ref().map(|(token, place)| (token.expose(), place))
}

#[test]
fn what_is_saved_is_found_until_it_is_forgotten() {
    let home = tempfile::tempdir().unwrap();
    let ctx = ctx(&home, &[], false);
    assert!(find(&ctx).unwrap().admin_token.is_none());
    assert_eq!(save(&ctx, "prod", &url(), stored("canary")).unwrap(), Place::File);
    save(&ctx, "other", &url(), stored("elsewhere")).unwrap();
    assert_eq!(token(&find(&ctx).unwrap()), Some(("canary", &Place::File)));
    let mode = std::fs::metadata(&ctx.settings.home.credentials).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(forget(&ctx, "prod").unwrap(), [Place::File]);
    assert_eq!(forget(&ctx, "prod").unwrap(), []);
    assert!(find(&ctx).unwrap().admin_token.is_none());
    assert!(load(&ctx, "other").unwrap().is_some());
}

#[test]
fn the_environment_comes_first() {
    let home = tempfile::tempdir().unwrap();
    let ctx = ctx(&home, &[("CLAWROUTER_ADMIN_TOKEN", "of-the-environment")], false);
    save(&ctx, "prod", &url(), stored("of-the-file")).unwrap();
    let place = Place::Environment("CLAWROUTER_ADMIN_TOKEN");
    assert_eq!(token(&find(&ctx).unwrap()), Some(("of-the-environment", &place)));
}

#[test]
fn a_service_token_has_two_halves() {
    let home = tempfile::tempdir().unwrap();
    let half = ctx(&home, &[("CF_ACCESS_CLIENT_ID", "id.access")], false);
    let error = find(&half).unwrap_err();
    assert!(error.message.contains("CF_ACCESS_CLIENT_SECRET"), "{error}");
    let whole = ctx(&home, &[], true);
    let access =
        AccessToken { client_id: "id.access".into(), client_secret: Secret::new("s".into()) };
    save(&whole, "prod", &url(), stored("t").with_access(Some(access))).unwrap();
    let (access, place) = find(&whole).unwrap().access.unwrap();
    assert_eq!((access.client_id.as_str(), access.client_secret.expose()), ("id.access", "s"));
    assert_eq!(place, Place::File);
}

#[test]
fn a_damaged_file_is_told_without_its_contents() {
    let home = tempfile::tempdir().unwrap();
    let ctx = ctx(&home, &[], false);
    let path = &ctx.settings.home.credentials;
    std::fs::write(path, "{\n  \"prod\": {\"admin_token\": canary}\n}").unwrap();
    let error = find(&ctx).unwrap_err();
    assert!(error.message.contains("damaged at line 2"), "{error}");
    assert!(!format!("{error:?}").contains("canary"), "{error:?}");
}

#[test]
fn nothing_stored_shows_itself() {
    let stored = stored("canary");
    assert!(!format!("{stored:?}").contains("canary"));
}

#[test]
fn an_unknown_store_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let mut ctx = ctx(&home, &[], false);
    ctx.env = Environment::given([("CLAWCTL_CREDENTIAL_STORE", "vault")]);
    assert_eq!(find(&ctx).unwrap_err().exit, crate::error::Exit::USAGE);
}

/// The same home with another address in its contexts file.
fn moved(home: &tempfile::TempDir, url: &str) -> Ctx {
    let ctx = ctx(home, &[], false);
    let text = format!("current = \"prod\"\n[contexts.prod]\nurl = \"{url}\"\n");
    std::fs::write(&ctx.settings.home.config, text).unwrap();
    let Ctx { env, .. } = ctx;
    let settings = Settings::resolve(&Words::parse_from(["x"]).globals, &env).unwrap();
    Ctx::new(settings, Ui::new(Look { silent: true, ..Look::default() }), env)
}

#[test]
fn a_token_is_used_for_the_origin_that_it_was_stored_for_alone() {
    let home = tempfile::tempdir().unwrap();
    save(&ctx(&home, &[], false), "prod", &url(), stored("canary")).unwrap();
    for url in ["https://p.example/behind/a/path", "https://p.example:443"] {
        assert!(token(&find(&moved(&home, url)).unwrap()).is_some(), "{url}");
    }
    for url in ["https://q.example", "https://p.example:8443", "http://p.example"] {
        let error = find(&moved(&home, url)).unwrap_err();
        assert!(error.message.contains("was stored for https://p.example"), "{error}");
        assert!(error.hints[0].contains("clawctl context login prod"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}

#[test]
fn a_token_of_an_older_version_is_bound_to_the_origin_of_its_first_use() {
    let home = tempfile::tempdir().unwrap();
    let old = "{\"prod\": {\"admin_token\": \"canary\"}}";
    let path = ctx(&home, &[], false).settings.home.credentials;
    std::fs::write(&path, old).unwrap();
    // Everybody on the way could read it, so nobody is taken for the router.
    assert!(find(&moved(&home, "http://p.example")).is_err());
    assert!(token(&find(&moved(&home, "https://p.example")).unwrap()).is_some());
    assert!(find(&moved(&home, "https://q.example")).is_err());
    std::fs::write(&path, old).unwrap();
    assert!(token(&find(&moved(&home, "http://127.0.0.1:8787")).unwrap()).is_some());
    assert!(find(&moved(&home, "http://127.0.0.1:9999")).is_err());
}
