//! Renewing the access token of a grant: one at a time for each, in all processes on a file.
//!
//! A provider that hands out a new refresh token takes the old one back, so that a renewal that is
//! made twice, or whose outcome is lost, can lock the operator out. So it is made under a claim
//! that the other processes respect, by a task that nobody's leaving stops, and its outcome is on
//! disk before the new token is used.

mod exchange;

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::RwLock;
use tokio::time::{Instant, sleep};

use self::exchange::{Renewed, ask};
use super::{Grants, OpenGrant};
use crate::grant::record::{GrantRecord, RefreshFacts, Secrets};
use crate::grant::seal::SealError;
use crate::refusal::Refusal;
use crate::store::grants;
use clawctl_secret::Secret;
use clawctl_wire::error::code;
use clawctl_wire::grant::GrantKey;
use clawctl_wire::provider::Provider;

/// How long one process waits for another to finish its renewal.
const CLAIM_PATIENCE: Duration = Duration::from_secs(30);
const CLAIM_LOOK: Duration = Duration::from_millis(20);

/// How long a token that still holds is used, after its renewal failed, before that is tried again.
const TRIED_AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(15);

/// Why a token is renewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// A request needs it, and has seen the grant as it was then.
    Due { seen: Timestamp },
    /// The administrator asked for it.
    Asked,
}

/// Who is renewing what in this process.
#[derive(Default)]
pub(super) struct Renewals {
    turns: Mutex<HashMap<GrantKey, Arc<tokio::sync::Mutex<()>>>>,
    failed: Mutex<HashMap<GrantKey, Timestamp>>,
    /// Held for reading by each that is under way.
    running: Arc<RwLock<()>>,
}

impl Renewals {
    fn turn(&self, key: &GrantKey) -> Arc<tokio::sync::Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(turns.entry(key.clone()).or_default())
    }

    pub(super) async fn finish(&self) {
        drop(self.running.write().await);
    }

    pub(super) fn failed_lately(&self, key: &GrantKey, now: Timestamp) -> bool {
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.get(key).is_some_and(|at| now.duration_since(*at).abs() < TRIED_AGAIN_AFTER)
    }

    fn ended(&self, key: &GrantKey, now: Timestamp, well: bool) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        if well {
            failed.remove(key);
        } else {
            failed.insert(key.clone(), now);
        }
    }
}

/// What a renewal starts from.
struct Due {
    provider: String,
    at: RefreshFacts,
    refresh_token: Secret,
    extra_params: std::collections::BTreeMap<String, Secret>,
}

enum Found {
    /// Somebody was faster.
    Renewed(Arc<OpenGrant>),
    Due(Box<Due>),
}

impl Grants {
    /// Renews the token of a grant, unless somebody else just did.
    pub(crate) async fn renew(
        self: &Arc<Self>,
        key: &GrantKey,
        occasion: Occasion,
    ) -> Result<Arc<OpenGrant>, Refusal> {
        let running = Arc::clone(&self.renewals.running).read_owned().await;
        let task = {
            let (grants, key) = (Arc::clone(self), key.clone());
            async move {
                let renewed = grants.renew_in_turn(&key, occasion).await;
                drop(running);
                renewed
            }
        };
        // A task of its own goes on when the request that waits for it is gone.
        tokio::spawn(task)
            .await
            .unwrap_or_else(|_stopped| Err(Refusal::internal("the router failed")))
    }

    async fn renew_in_turn(
        self: &Arc<Self>,
        key: &GrantKey,
        occasion: Occasion,
    ) -> Result<Arc<OpenGrant>, Refusal> {
        let turn = self.renewals.turn(key);
        let _turn = turn.lock().await;
        let _claim = Claim::take(self.core.store.path(), key).await?;
        let now = (self.core.clock)();
        let due = {
            let (grants, key) = (Arc::clone(self), key.clone());
            blocking(move || grants.read(&key, occasion)).await?
        };
        let due = match due {
            Found::Renewed(open) => return Ok(open),
            Found::Due(due) => due,
        };
        let asked =
            ask(&self.core, &due.at, &due.refresh_token, &due.extra_params, &due.provider).await;
        self.renewals.ended(key, now, asked.is_ok());
        let renewed = asked?;
        let (grants, used) = (Arc::clone(self), due.refresh_token);
        let key = key.clone();
        blocking(move || grants.write(&key, &used, renewed)).await
    }

    fn read(&self, key: &GrantKey, occasion: Occasion) -> Result<Found, Refusal> {
        let record = self.core.store.read(|db| known(db, key))?;
        let provider = self.provider_of(&record)?;
        let mut secrets = record.secrets(&self.sealer).map_err(SealError::refusal)?;
        if let Occasion::Due { seen } = occasion
            && record.updated_at != seen
        {
            // It was changed since. Whether it was renewed with that is seen by its end.
            let now = (self.core.clock)();
            let usable = record.is_usable(now);
            let open = record.opened(secrets, provider);
            match (usable, open.has_ended(now)) {
                (true, false) => return Ok(Found::Renewed(Arc::new(open))),
                (true, true) => {
                    secrets = record.secrets(&self.sealer).map_err(SealError::refusal)?;
                }
                (false, _) => return Err(unavailable(&record.provider)),
            }
        }
        let Secrets { refresh_token, extra_params, .. } = secrets;
        let impossible = |why: &'static str| Refusal::bad(code::GRANT_REFRESH_UNAVAILABLE, why);
        let refresh_token =
            refresh_token.ok_or_else(|| impossible("the grant has no refresh token"))?;
        let (at, extra_params) = match (record.facts.refresh, &provider.auth.refresh) {
            // The row may be older than the rule about these names.
            (Some(at), _) if at.forbidden_name(provider).is_some() => {
                return Err(impossible(
                    "the grant names a setting of the router that must not be sent to its token URL; \
                     write the grant again without it",
                ));
            }
            (Some(at), _) => (at, extra_params),
            (None, Some(refresh)) => {
                let params = refresh.extra_params.iter();
                let params = params.map(|(name, value)| (name.clone(), Secret::new(value.clone())));
                let at = RefreshFacts {
                    token_url: refresh.token_url.clone(),
                    client_id: refresh.client_id.clone(),
                    client_id_config: refresh.client_id_config.clone(),
                    client_secret_config: refresh.client_secret_config.clone(),
                };
                (at, params.collect())
            }
            (None, None) => {
                return Err(impossible("nothing says where the token of this grant is renewed"));
            }
        };
        let provider = record.provider;
        Ok(Found::Due(Box::new(Due { provider, at, refresh_token, extra_params })))
    }

    /// Puts the outcome on disk. A grant that was revoked meanwhile, or given other secrets, stays as
    /// somebody wanted it.
    fn write(
        &self,
        key: &GrantKey,
        used: &Secret,
        renewed: Renewed,
    ) -> Result<Arc<OpenGrant>, Refusal> {
        let now = (self.core.clock)();
        let (record, secrets) = self.core.store.write(|db| {
            let mut record = known(db, key)?;
            let sealer = &self.sealer;
            let mut secrets = record.secrets(sealer).map_err(SealError::refusal)?;
            if secrets.refresh_token.as_ref() != Some(used) {
                return Err(unavailable(&record.provider));
            }
            secrets.access_token = Some(renewed.access_token);
            if let Some(rotated) = renewed.refresh_token {
                secrets.refresh_token = Some(rotated);
            }
            let lasts = renewed.lasts.and_then(|lasts| now.checked_add(lasts).ok());
            record.facts.expires_at = lasts.map(|end| format!("{end:.3}"));
            if let Some(scopes) = renewed.scopes {
                record.facts.scopes = scopes;
            }
            record.updated_at = grants::time_after(Some(record.updated_at), now)?;
            record.seal(&secrets, sealer).map_err(SealError::refusal)?;
            grants::put(db, &record)?;
            Ok((record, secrets))
        })?;
        self.note_renewal(&record);
        let provider = self.provider_of(&record)?;
        Ok(Arc::new(record.opened(secrets, provider)))
    }

    fn provider_of(&self, record: &GrantRecord) -> Result<&Provider, Refusal> {
        let manifest = self.core.manifests().get(&record.provider).ok_or_else(|| {
            let message =
                format!("the grant is for `{}`, which is no provider here", record.provider);
            Refusal::bad(code::UNKNOWN_PROVIDER, message)
        })?;
        Ok(&manifest.provider)
    }
}

fn known(db: &crate::store::Db, key: &GrantKey) -> Result<GrantRecord, Refusal> {
    grants::find(db, key)?.ok_or_else(|| unknown(key))
}

pub(crate) fn unknown(key: &GrantKey) -> Refusal {
    Refusal::missing(code::UNKNOWN_UPSTREAM_GRANT, format!("there is no grant `{key}`"))
}

fn unavailable(provider: &str) -> Refusal {
    let message = format!("the grant for `{provider}` was changed while its token was renewed");
    let status = StatusCode::SERVICE_UNAVAILABLE;
    Refusal::new(status, code::UPSTREAM_GRANT_POOL_UNAVAILABLE, message)
}

/// The disk and the keychain keep a thread waiting.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_panicked| Err(Refusal::internal("the router failed")))
}

/// A lock on a file beside the database, for one grant. The system lifts it when the process ends,
/// however it ends; the file itself means nothing.
struct Claim {
    _held: File,
}

impl Claim {
    async fn take(database: &Path, key: &GrantKey) -> Result<Self, Refusal> {
        let cannot = |error: io::Error| {
            Refusal::internal(format!("the lock for renewing a token cannot be had: {error}"))
        };
        let file = open(&beside(database, key)).map_err(cannot)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _held: file }),
                Err(TryLockError::Error(error)) => return Err(cannot(error)),
                Err(TryLockError::WouldBlock) if started.elapsed() < CLAIM_PATIENCE => {
                    sleep(CLAIM_LOOK).await;
                }
                Err(TryLockError::WouldBlock) => {
                    let message = "another process has been renewing this token for too long";
                    let status = StatusCode::BAD_GATEWAY;
                    return Err(Refusal::new(status, code::GRANT_REFRESH_FAILED, message));
                }
            }
        }
    }
}

/// There are not more of these files than there are grants with tokens: the names of grants can be
/// of any characters and any length, so a digest stands for them.
fn beside(database: &Path, key: &GrantKey) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(format!(".renewing-{}", &clawctl_wire::key::sha256_hex(&key.to_string())[..16]));
    PathBuf::from(name)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
