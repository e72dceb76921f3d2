use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::ui::Look;

/// A store in a folder of its own, with tokens in a file, and a context `prod`.
struct House {
    env: Environment,
    file: PathBuf,
    ui: Ui,
    prod: Context,
    _dir: TempDir,
}

impl House {
    fn new(more: &[(&str, &str)], access: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let pairs = [("CLAWCTL_CREDENTIAL_STORE", "file")];
        Self {
            env: Environment::given(pairs.iter().chain(more).copied()),
            file: dir.path().join("credentials.json"),
            ui: Ui::new(Look { silent: true, ..Look::default() }),
            prod: Context { url: url(), insecure_http: false, access },
            _dir: dir,
        }
    }

    fn store(&self) -> TokenStore<'_> {
        TokenStore { env: &self.env, file: &self.file, ui: &self.ui }
    }

    fn find(&self) -> Result<Found> {
        self.store().find(Some(("prod", &self.prod)))
    }

    /// The same with another address in its contexts file.
    fn find_at(&self, url: &str) -> Result<Found> {
        let prod = Context { url: url.parse().unwrap(), ..self.prod.clone() };
        self.store().find(Some(("prod", &prod)))
    }
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
    let house = House::new(&[], false);
    let store = house.store();
    assert!(house.find().unwrap().admin_token.is_none());
    assert_eq!(store.save("prod", &url(), stored("canary")).unwrap(), Place::File);
    store.save("other", &url(), stored("elsewhere")).unwrap();
    assert_eq!(token(&house.find().unwrap()), Some(("canary", &Place::File)));
    let mode = std::fs::metadata(&house.file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(store.forget("prod").unwrap(), [Place::File]);
    assert_eq!(store.forget("prod").unwrap(), []);
    assert!(house.find().unwrap().admin_token.is_none());
    assert!(store.load("other").unwrap().is_some());
}

#[test]
fn a_router_without_a_context_gets_no_stored_token() {
    let house = House::new(&[], false);
    house.store().save("prod", &url(), stored("canary")).unwrap();
    assert!(house.store().find(None).unwrap().admin_token.is_none());
}

#[test]
fn the_environment_comes_first() {
    let house = House::new(&[("CLAWROUTER_ADMIN_TOKEN", "of-the-environment")], false);
    house.store().save("prod", &url(), stored("of-the-file")).unwrap();
    let place = Place::Environment("CLAWROUTER_ADMIN_TOKEN");
    assert_eq!(token(&house.find().unwrap()), Some(("of-the-environment", &place)));
}

#[test]
fn a_service_token_has_two_halves() {
    let half = House::new(&[("CF_ACCESS_CLIENT_ID", "id.access")], false);
    let error = half.find().unwrap_err();
    assert!(error.message.contains("CF_ACCESS_CLIENT_SECRET"), "{error}");
    let whole = House::new(&[], true);
    let access =
        AccessToken { client_id: "id.access".into(), client_secret: Secret::new("s".into()) };
    whole.store().save("prod", &url(), stored("t").with_access(Some(access))).unwrap();
    let (access, place) = whole.find().unwrap().access.unwrap();
    assert_eq!((access.client_id.as_str(), access.client_secret.expose()), ("id.access", "s"));
    assert_eq!(place, Place::File);
}

#[test]
fn a_damaged_file_is_told_without_its_contents() {
    let house = House::new(&[], false);
    std::fs::write(&house.file, "{\n  \"prod\": {\"admin_token\": canary}\n}").unwrap();
    let error = house.find().unwrap_err();
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
    let mut house = House::new(&[], false);
    house.env = Environment::given([("CLAWCTL_CREDENTIAL_STORE", "vault")]);
    assert_eq!(house.find().unwrap_err().exit, crate::error::Exit::USAGE);
}

#[test]
fn a_token_is_used_for_the_origin_that_it_was_stored_for_alone() {
    let house = House::new(&[], false);
    house.store().save("prod", &url(), stored("canary")).unwrap();
    for url in ["https://p.example/behind/a/path", "https://p.example:443"] {
        assert!(token(&house.find_at(url).unwrap()).is_some(), "{url}");
    }
    for url in ["https://q.example", "https://p.example:8443", "http://p.example"] {
        let error = house.find_at(url).unwrap_err();
        assert!(error.message.contains("was stored for https://p.example"), "{error}");
        assert!(error.hints[0].to_string().contains("clawctl context login prod"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}

#[test]
fn a_token_of_an_older_version_is_bound_to_the_origin_of_its_first_use() {
    let house = House::new(&[], false);
    let old = "{\"prod\": {\"admin_token\": \"canary\"}}";
    std::fs::write(&house.file, old).unwrap();
    // Everybody on the way could read it, so nobody is taken for the router.
    assert!(house.find_at("http://p.example").is_err());
    assert!(token(&house.find_at("https://p.example").unwrap()).is_some());
    assert!(house.find_at("https://q.example").is_err());
    std::fs::write(&house.file, old).unwrap();
    assert!(token(&house.find_at("http://127.0.0.1:8787").unwrap()).is_some());
    assert!(house.find_at("http://127.0.0.1:9999").is_err());
}
