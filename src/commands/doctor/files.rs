//! Who else may read or write what is kept here.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use crate::ctx::Ctx;
use crate::view::doctor::{Finding, Level};

/// What others may do with a file at most.
#[derive(Clone, Copy)]
enum Others {
    Nothing,
    /// It holds no secret, but who writes to it can send the token elsewhere.
    Read,
}

pub(super) fn look(ctx: &Ctx) -> Vec<Finding> {
    let home = &ctx.settings.home;
    let database = home.database();
    let beside = |suffix: &str| {
        let mut name = database.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    };
    let files = [
        (home.config.clone(), Others::Read, "it says where the admin token is sent"),
        (home.credentials.clone(), Others::Nothing, "it holds admin tokens"),
        (home.data.clone(), Others::Read, "it holds the router's database"),
        (database.clone(), Others::Nothing, "it holds policies, usage and the hashes of keys"),
        (beside("-wal"), Others::Nothing, "it holds the newest of the database"),
        (home.journal(), Others::Nothing, "it says which keys were issued, and to where"),
        (home.providers(), Others::Read, "it says where requests and upstream keys are sent"),
    ];
    let mut findings: Vec<_> =
        files.iter().filter_map(|(path, others, why)| check(path, *others, why)).collect();
    if findings.is_empty() {
        findings.push(Finding::ok("files", "nobody else can read secrets or change settings"));
    }
    findings
}

fn check(path: &Path, others: Others, why: &str) -> Option<Finding> {
    let meta = match fs::metadata(path) {
        Ok(meta) => meta,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return None,
        Err(e) => {
            let what = format!("`{}` cannot be looked at: {e}", path.display());
            return Some(Finding::new(Level::Problem, "files", what).because(why));
        }
    };
    let mode = meta.permissions().mode() & 0o7777;
    let (too_much, did) = match others {
        Others::Nothing => (mode & 0o077, "other users can get at"),
        Others::Read => (mode & 0o022, "other users can change"),
    };
    if too_much == 0 {
        return None;
    }
    let wanted = match (others, meta.is_dir()) {
        (Others::Nothing, true) => "700",
        (Others::Nothing, false) => "600",
        (Others::Read, _) => "go-w",
    };
    let shown = path.display();
    Some(
        Finding::new(Level::Problem, "files", format!("{did} `{shown}` (mode {mode:04o})"))
            .because(why)
            .remedy(format!("chmod {wanted} '{shown}'")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_others_may_do_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        fs::write(&path, "x").unwrap();
        let check = |mode, others| {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            check(&path, others, "why").map(|finding| finding.remedy.unwrap())
        };
        assert!(check(0o600, Others::Nothing).is_none());
        assert!(check(0o640, Others::Nothing).unwrap().starts_with("chmod 600 "));
        assert!(check(0o644, Others::Read).is_none());
        assert!(check(0o664, Others::Read).unwrap().starts_with("chmod go-w "));
        let missing = super::check(&folder.path().join("none"), Others::Nothing, "why");
        assert!(missing.is_none());
    }
}
