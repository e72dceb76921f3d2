//! The steps of an issue and of a rotation, each written down before the next is taken.

use super::noted::Noted;
use super::sinks::{self, lasting};
use crate::client::{self, Client};
use crate::ctx::Ctx;
use crate::error::{Error, Hint, Result};
use crate::journal::fleet::{Fleet, Member};
use crate::journal::{Entry, Intended, Kind, Plan, Step};
use clawctl_secret::Secret;
use clawctl_secret::issued::IssuedKey;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::error::code;
use clawctl_wire::key::sha256_hex;

/// How often a write is tried that others overtake.
const REPLACE_ATTEMPTS_MAX: u32 = 3;

/// An operation under way. Dropping it leaves it in the journal, as a crash does.
pub(crate) struct Steps<'a> {
    ctx: &'a Ctx,
    client: &'a Client,
    noted: Noted<'a>,
}

/// A rotation that came to its end.
pub(crate) struct Done {
    pub(crate) now: Credential,
    pub(crate) entry: Entry,
}

/// Whose credential the router has under an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Ours, and it works.
    Working,
    /// Ours, but something keeps it from working.
    Registered,
    /// It has another secret, or there is none.
    Another,
}

/// Presents a key to the router. It checks the secret before anything else, so that even the
/// refusal of a key that is switched off proves that the hash is ours.
pub(crate) async fn holds(client: &Client, key: &IssuedKey) -> Result<Holds, client::Error> {
    let header = client::sensitive(&format!("Bearer {}", key.text().expose()))?;
    match client.inspect_key(&header).await {
        Ok(_) => Ok(Holds::Working),
        Err(e) => match e.code() {
            code::PROXY_KEY_REVOKED
            | code::PROXY_KEY_EXPIRED
            | code::POLICY_REVOKED
            | code::CREDENTIAL_POLICY_STALE
            | code::CREDENTIAL_POLICY_MISSING
            | code::PRINCIPAL_DISABLED => Ok(Holds::Registered),
            code::INVALID_PROXY_KEY | code::UNKNOWN_PROXY_KEY => Ok(Holds::Another),
            _ => Err(e),
        },
    }
}

/// A fresh key of this id and mode.
pub(crate) fn make_key(mode: &str, id: &str) -> Result<(IssuedKey, String)> {
    let secret = Secret::generate()?;
    let hash = sha256_hex(secret.expose());
    Ok((IssuedKey::join(mode, id, secret), hash))
}

/// What an operation is about to do to a credential.
pub(crate) struct Purpose<'p> {
    pub(crate) kind: Kind,
    /// The credential whose place a new one is to take.
    pub(crate) predecessor: Option<&'p str>,
    pub(crate) mode: &'p str,
    /// What the router is to have in the end.
    pub(crate) put: &'p PutCredential,
    pub(crate) sinks: &'p [SinkSpec],
}

impl Purpose<'_> {
    fn plan(&self, ctx: &Ctx, key: &IssuedKey) -> Result<Plan> {
        let Self { kind, predecessor, mode, put, sinks } = *self;
        let SecretHash::Sha256(secret_sha256) = put.secret.clone() else {
            return Err(Error::failed("a new key has a hash"));
        };
        Ok(Plan {
            kind,
            target: ctx.journal_place(),
            credential_id: key.id().to_owned(),
            predecessor: predecessor.map(str::to_owned),
            key_mode: mode.to_owned(),
            secret_sha256,
            sinks: sinks.iter().map(lasting).collect(),
            put: Intended {
                policy_id: put.policy_id.clone(),
                enabled: put.enabled,
                principal_id: put.principal_id.clone(),
                label: put.label.clone(),
                expires_at: put.expires_at,
                unknown: put.unknown.clone(),
            },
        })
    }
}

impl<'a> Steps<'a> {
    /// Writes down what is going to be done: in the journal of many, or in one of its own.
    pub(super) async fn begin(
        ctx: &'a Ctx,
        fleet: Option<&'a Fleet>,
        key: &IssuedKey,
        purpose: &Purpose<'_>,
    ) -> Result<Self> {
        let plan = purpose.plan(ctx, key)?;
        let noted = match fleet {
            Some(fleet) => Noted::InFleet(fleet.prepare(plan, ctx.now()).await?),
            None => Noted::Alone(ctx.journal().begin(plan, ctx.now())?),
        };
        Ok(Self { ctx, client: ctx.client()?, noted })
    }

    /// Takes up what was cut off.
    pub(crate) fn resume(ctx: &'a Ctx, entry: &Entry) -> Result<Self> {
        let operation = ctx.journal().resume(entry)?;
        sinks::sweep(ctx, &operation.entry().sinks);
        Ok(Self { ctx, client: ctx.client()?, noted: Noted::Alone(operation) })
    }

    /// The same as one of many.
    pub(crate) fn of_member(ctx: &'a Ctx, member: Member<'a>) -> Result<Self> {
        Ok(Self { ctx, client: ctx.client()?, noted: Noted::InFleet(member) })
    }

    pub(crate) fn entry(&self) -> &Entry {
        self.noted.entry()
    }

    async fn advance(&mut self, step: Step) -> Result<()> {
        let noted = self.noted.advance(step, self.ctx.now()).await;
        noted.map_err(|e| self.resumable(e.into()))
    }

    /// Begins again with another secret, where the first was lost before it was delivered.
    pub(crate) async fn restart(&mut self, secret_sha256: String) -> Result<()> {
        Ok(self.noted.restart(secret_sha256, self.ctx.now()).await?)
    }

    pub(crate) fn finish(self) -> Result<()> {
        let resume = self.entry().resume_command();
        let finished = self.noted.finish(self.ctx.now());
        finished.map_err(|e| Error::from(e).hint(format!("finish it with `{resume}`")))
    }

    /// The last step was taken, and this is what the router has.
    pub(super) fn end(self, now: Credential) -> Result<Done> {
        let entry = self.entry().clone();
        self.finish()?;
        Ok(Done { now, entry })
    }

    /// What the router is to have in the end, with the hash of this operation.
    pub(crate) fn intended(&self, enabled: bool) -> PutCredential {
        let Intended { policy_id, principal_id, label, expires_at, unknown, .. } =
            self.entry().put.clone();
        PutCredential {
            secret: SecretHash::Sha256(self.entry().secret_sha256.clone()),
            policy_id,
            enabled,
            principal_id,
            label,
            expires_at,
            unknown,
        }
    }

    /// Registers the hash of a new key, switched off.
    pub(crate) async fn register(self, key: &IssuedKey) -> Result<Self> {
        let put = self.intended(false);
        let failed = self.client.create_credential(key.id(), &put).await.err();
        self.settle_registration(failed, key).await
    }

    /// The same over a record that an earlier run left behind.
    pub(crate) async fn register_again(
        self,
        key: &IssuedKey,
        there: Option<&Credential>,
    ) -> Result<Self> {
        let Some(there) = there else { return self.register(key).await };
        let intended = &self.entry().put;
        let ours = !there.enabled
            && there.policy_id == intended.policy_id
            && there.principal_id == intended.principal_id;
        if !ours {
            // Someone else enabled or moved it, and decides on it now. An entry about it would
            // only keep it from being rotated.
            self.abandon().await?;
            return Err(Error::conflict(format!(
                "key `{}` is no longer what the interrupted issue left behind, so it is left alone",
                key.id()
            ))
            .hint(format!("look at it: `clawctl key show {}`", key.id()))
            .hint(format!("if nobody holds it: `clawctl key rotate {}`", key.id())));
        }
        let put = self.intended(false);
        let failed = self.client.overwrite_credential(key.id(), &put).await.err();
        self.settle_registration(failed, key).await
    }

    async fn settle_registration(
        mut self,
        failed: Option<client::Error>,
        key: &IssuedKey,
    ) -> Result<Self> {
        let Some(e) = failed else {
            self.advance(Step::Registered).await?;
            return Ok(self);
        };
        // A repetition after a lost answer finds its own trace and takes it for a stranger's.
        if matches!(e, client::Error::Exists { .. } | client::Error::Changed { .. }) {
            return match holds(self.client, key).await {
                Ok(Holds::Working | Holds::Registered) => {
                    self.advance(Step::Registered).await?;
                    Ok(self)
                }
                Ok(Holds::Another) => {
                    self.abandon().await?;
                    Err(Error::conflict(format!(
                        "key `{}` was made by someone else meanwhile",
                        key.id()
                    ))
                    .hint("choose another id"))
                }
                Err(e) => Err(self.resumable(e.into())),
            };
        }
        if matches!(e, client::Error::Mismatch { .. }) {
            // What was written is not what is there: it must not be something that is switched on.
            let _ = self.client.revoke_credential(key.id()).await;
        }
        Err(self.resumable(e.into()))
    }

    /// Every sink has the key.
    pub(crate) async fn delivered(&mut self) -> Result<()> {
        self.advance(Step::Delivered).await
    }

    /// The router has enabled the key already.
    pub(crate) async fn enabled(&mut self) -> Result<()> {
        self.advance(Step::Enabled).await
    }

    /// Switches a delivered key on: the last step of an issue.
    pub(crate) async fn enable(&mut self, id: &str) -> Result<()> {
        let put = self.intended(true);
        match self.client.overwrite_credential(id, &put).await {
            Ok(_) => self.advance(Step::Enabled).await,
            Err(e) => {
                let mut error = self.resumable(e.into());
                error.message =
                    format!("the key was delivered, but not switched on: {}", error.message);
                Err(error)
            }
        }
    }

    /// Puts the new hash in the place of the old: the last step of a rotation.
    ///
    /// The members are read now and not taken from the journal: a move since then was meant.
    /// Gives the refusal where the router certainly kept the old hash.
    pub(crate) async fn replace(&mut self, key: &IssuedKey) -> Result<Replaced> {
        let e = match self.write_hash(key.id()).await {
            Ok(now) => return self.replaced(now).await,
            Err(e) => e,
        };
        if is_undecided(&e) {
            return Err(self.resumable(e.into()));
        }
        // The refusal may be that of a repetition: the first write was carried out, its answer
        // got lost, and the repetition met its own trace. Only the router knows.
        match holds(self.client, key).await {
            Ok(Holds::Another) => Ok(Replaced::Refused(Box::new(e.into()))),
            Ok(Holds::Working | Holds::Registered) => {
                let now = self.client.credential(key.id()).await;
                self.replaced(now.map_err(|e| self.resumable(e.into()))?).await
            }
            Err(_) => Err(self.resumable(e.into())),
        }
    }

    /// The same where an earlier run delivered the key, so that it cannot be shown to the router.
    /// The sinks have it, so the write is only repeated, and never given up.
    pub(crate) async fn replace_again(&mut self, id: &str) -> Result<Credential> {
        let mut written = self.write_hash(id).await;
        for _ in 1..REPLACE_ATTEMPTS_MAX {
            if !matches!(written, Err(client::Error::Changed { .. })) {
                break;
            }
            written = self.write_hash(id).await;
        }
        let now = written.map_err(|e| self.resumable(e.into()))?;
        self.advance(Step::Replaced).await?;
        Ok(now)
    }

    async fn write_hash(&self, id: &str) -> Result<Credential, client::Error> {
        self.client.rotate_credential(id, &self.entry().secret_sha256).await
    }

    async fn replaced(&mut self, now: Credential) -> Result<Replaced> {
        self.advance(Step::Replaced).await?;
        Ok(Replaced::Done(Box::new(now)))
    }

    /// Nothing of it is in force; the journal forgets it.
    pub(crate) async fn abandon(self) -> Result<()> {
        Ok(self.noted.abandon().await?)
    }

    /// Says how to go on after a failure that left something half done.
    pub(crate) fn resumable(&self, error: Error) -> Error {
        error.hint(format!("finish it with `{}`", self.entry().resume_command()))
    }
}

/// Is it open whether the router has the new hash or the old one?
fn is_undecided(e: &client::Error) -> bool {
    e.is_ambiguous() || matches!(e, client::Error::Mismatch { .. })
}

/// How the last step of a rotation went.
pub(crate) enum Replaced {
    Done(Box<Credential>),
    Refused(Box<Error>),
}

/// The unfinished operation on a key, if there is one.
pub(crate) fn unfinished(ctx: &Ctx, id: &str) -> Result<Option<Entry>> {
    Ok(ctx.journal().find(&ctx.journal_target(), id)?)
}

/// The unfinished operation that `--resume` is to finish.
pub(crate) fn to_resume(ctx: &Ctx, id: &str, kind: Kind) -> Result<Entry> {
    let entry = unfinished(ctx, id)?.ok_or_else(|| {
        Error::not_found(format!("nothing about key `{id}` is unfinished on this router"))
            .hint(Hint::Unfinished)
    })?;
    if entry.kind != kind || entry.in_fleet {
        return Err(Error::usage(format!("what is unfinished about `{id}` is another operation"))
            .hint(format!("use `{}`", entry.resume_command())));
    }
    Ok(entry)
}

/// Was the secret not delivered, and died with the process that knew it?
pub(crate) fn is_lost(entry: &Entry) -> bool {
    matches!(entry.step, Step::Prepared | Step::Registered)
}

/// The secret of a key that was delivered is gone, so no other sink can be given it.
pub(crate) fn refuse_other_sinks(entry: &Entry, named: Option<&[SinkSpec]>) -> Result<()> {
    if named.is_none() {
        return Ok(());
    }
    let id = &entry.credential_id;
    let places = entry.sinks.join(", ");
    Err(Error::usage(format!("key `{id}` was delivered already, to {places}"))
        .hint(format!("leave `--to` out: `{}`", entry.resume_command()))
        .hint(format!("then give it a new secret elsewhere: `clawctl key rotate {id} --to SINK`")))
}

/// The sinks of an entry, as they were named when it began.
pub(crate) fn sinks_of(entry: &Entry) -> Result<Vec<SinkSpec>> {
    let parse = |text: &String| {
        text.parse().map_err(|e: clawctl_secret::sink::BadSink| {
            Error::failed("the journal names a sink that cannot be read").cause(e)
        })
    };
    entry.sinks.iter().map(parse).collect()
}
