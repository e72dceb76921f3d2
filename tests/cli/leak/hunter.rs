//! Looks for secrets in whatever a command leaves behind.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A secret, in every form that it could hide in.
struct Canary {
    name: String,
    forms: Vec<(&'static str, String)>,
}

#[derive(Default)]
pub(super) struct Hunter {
    canaries: Vec<Canary>,
}

impl Hunter {
    pub(super) fn add(&mut self, name: &str, secret: &str) {
        assert!(secret.len() >= 16, "a canary is long enough not to occur by chance");
        let mut forms = vec![("as it is", secret.to_owned())];
        let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
        forms.push(("in upper hex", hex.to_uppercase()));
        forms.push(("in hex", hex));
        forms.push((
            "encoded for a URL",
            url::form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
        ));
        let reversed = secret.chars().rev().collect();
        forms.push(("backwards", reversed));
        for shift in 0..3 {
            let encoded = base64(secret.as_bytes(), shift);
            forms.push(("in base64", encoded.replace('+', "-").replace('/', "_")));
            forms.push(("in base64", encoded));
        }
        // A text without odd characters reads in a URL as it is.
        let mut known = std::collections::HashSet::new();
        forms.retain(|(_, text)| known.insert(text.clone()));
        self.canaries.push(Canary { name: name.to_owned(), forms });
        // Of a key the part after the id is the secret.
        if secret.starts_with("clawrouter-") {
            let part = secret.splitn(4, '-').nth(3).unwrap();
            self.add(&format!("the secret of {name}"), part);
        }
    }

    /// The names of the secrets in a text, each with the form that it has.
    pub(super) fn found_in(&self, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for canary in &self.canaries {
            for (form, text_of_form) in &canary.forms {
                if text.contains(text_of_form.as_str()) {
                    found.push(format!("{} {form}", canary.name));
                }
            }
        }
        found
    }

    #[track_caller]
    pub(super) fn check(&self, place: &str, text: &str) {
        let found = self.found_in(text);
        assert!(found.is_empty(), "{found:?} in {place}:\n{text}");
    }

    /// Everything that is wrong with the files below a folder: secrets outside of the files that
    /// may hold them, and files and folders that others can open.
    pub(super) fn faults_of_files(&self, root: &Path, may_hold: &[PathBuf]) -> Vec<String> {
        let mut faults = Vec::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).unwrap() {
                let entry = entry.unwrap();
                let path = entry.path();
                let Ok(metadata) = std::fs::symlink_metadata(&path) else { continue };
                let mode = metadata.permissions().mode() & 0o777;
                let shown = path.display().to_string();
                faults.extend(
                    self.found_in(&shown).iter().map(|what| format!("{what} in the name {shown}")),
                );
                let ours = path.starts_with(root.join("clawctl"));
                if metadata.is_dir() {
                    if ours && mode != 0o700 {
                        faults.push(format!("the folder {shown} has mode {mode:04o}"));
                    }
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read(&path).unwrap_or_default();
                let found = self.found_in(&String::from_utf8_lossy(&text));
                let is_sink = may_hold.contains(&path);
                if !is_sink {
                    faults.extend(found.iter().map(|what| format!("{what} in {shown}")));
                }
                if (ours || !found.is_empty()) && mode & 0o177 != 0 {
                    faults.push(format!("the file {shown} has mode {mode:04o}"));
                }
            }
        }
        faults
    }

    #[track_caller]
    pub(super) fn check_files(&self, root: &Path, may_hold: &[PathBuf]) {
        let faults = self.faults_of_files(root, may_hold);
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}

/// The part of an encoding that does not depend on what stands around the text, which begins
/// `shift` bytes after a boundary.
fn base64(bytes: &[u8], shift: usize) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = std::iter::repeat_n(0, shift)
        .chain(bytes.iter().copied())
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1))
        .collect();
    let (whole, _) = bits.as_chunks::<6>();
    let letters = whole.iter().map(|six| six.iter().fold(0, |value, bit| value << 1 | bit));
    let own = (shift * 8).div_ceil(6);
    letters.skip(own).map(|value| char::from(LETTERS[usize::from(value)])).collect()
}

/// Whole keys in a text, known or not.
pub(super) fn keys_in(text: &str) -> Vec<String> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let words = text.split(|c| !is_key(c));
    let whole = |word: &&str| {
        let secret = word.strip_prefix("clawrouter-").and_then(|rest| rest.splitn(3, '-').nth(2));
        secret.is_some_and(|secret| secret.len() >= 16)
    };
    words.filter(whole).map(str::to_owned).collect()
}

#[test]
fn the_hunter_finds_a_canary_in_every_form() {
    let mut hunter = Hunter::default();
    let key = "clawrouter-live-alice-CanaryCanaryCanary0123456789";
    hunter.add("the key", key);
    hunter.add("the token", "canary+token/0123456789");
    let check = |text: &str, name: &str| {
        let found = hunter.found_in(text);
        assert!(found.iter().any(|what| what == name), "{name} is not in {found:?} of {text}");
    };
    check(&format!("<{key}>"), "the key as it is");
    check("x=CanaryCanaryCanary0123456789;", "the secret of the key as it is");
    check("?t=canary%2Btoken%2F0123456789", "the token encoded for a URL");
    check("Y2FuYXJ5K3Rva2VuLzAxMjM0NTY3ODk=", "the token in base64");
    check("QmVhcmVyIGNhbmFyeSt0b2tlbi8wMTIzNDU2Nzg5", "the token in base64");
    check("eGNhbmFyeSt0b2tlbi8wMTIzNDU2Nzg5", "the token in base64");
    check("63616e6172792b746f6b656e2f30313233343536373839", "the token in hex");
    assert_eq!(hunter.found_in("clawrouter-live-alice- Canary canary+token"), [""; 0]);
    assert_eq!(keys_in(&format!("a {key}\n\"{key}\" clawrouter-live-alice")), [key, key]);
}

#[test]
fn the_hunter_finds_a_canary_in_files_and_files_that_are_too_open() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path();
    let mut hunter = Hunter::default();
    hunter.add("the token", "canary-token-0123456789");
    let put = |name: &str, text: &str, mode: u32| {
        let path = root.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        std::fs::set_permissions(&path, PermissionsExt::from_mode(mode)).unwrap();
        path
    };
    let narrow = |name: &str| {
        std::fs::set_permissions(root.join(name), PermissionsExt::from_mode(0o700)).unwrap();
    };
    let sink = put("sink", "canary-token-0123456789", 0o600);
    put("clawctl/deep/journal.json", "{}", 0o600);
    narrow("clawctl");
    narrow("clawctl/deep");
    let faults = |may_hold: &[PathBuf]| hunter.faults_of_files(root, may_hold).len();
    assert_eq!(faults(&[]), 1);
    assert_eq!(faults(std::slice::from_ref(&sink)), 0);
    put("sink", "canary-token-0123456789", 0o640);
    assert_eq!(faults(std::slice::from_ref(&sink)), 1);
    put("sink", "nothing", 0o644);
    put("clawctl/deep/journal.json", "\u{0}canary-token-0123456789", 0o600);
    assert_eq!(faults(std::slice::from_ref(&sink)), 1);
    put("clawctl/deep/journal.json", "{}", 0o644);
    assert_eq!(faults(&[]), 1);
    put("clawctl/deep/canary-token-0123456789", "", 0o600);
    assert_eq!(faults(&[]), 2);
}
