//! `undo`: what a change left is brought back to what was before it, if nobody has touched it since.

use clap::Args;
use serde_json::{Map, Value};

use crate::changes::{Outcome, Own, Record, Was};
use crate::client::{Client, ReadResource};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::view::undo::Undone;
use clawctl_wire::credential::SecretHash;
use clawctl_wire::health::Extension;
use clawctl_wire::resource::{Resource, say_secret};

/// Take back one change that was made from here
///
/// The thing is read again. Where it still is what the change left, it is written as it was before;
/// where somebody has changed it since, that is said, and nothing is written. What was created is
/// switched off, because nothing can be deleted on a router. A secret that was replaced, and the
/// secrets of a grant that was revoked, are gone: they cannot be brought back.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl log
  clawctl undo 6f3a9c12d0
  clawctl undo 6f3a9c12d0 --dry-run

Exit codes: 3 no such change, 5 it cannot be taken back any more")]
pub struct Undo {
    /// Id of the change, as `clawctl log` shows it, or enough of its beginning
    #[arg(add = complete::changes())]
    id: String,
}

pub(crate) async fn run(ctx: &Ctx, args: Undo) -> Result<Undone> {
    let record = find(ctx, &args.id)?;
    let here = ctx.journal_place();
    if record.router != here.place() {
        let hint = match &record.context {
            Some(name) => format!("say so: `clawctl --context {name} undo {}`", record.id),
            None => format!("say so: `clawctl --url {} undo {}`", record.router, record.id),
        };
        return Err(Error::usage("that change was made on another router").hint(hint));
    }
    let (resource, after, wanted) = reversal(&record)?;
    let client = ctx.client()?;
    let read = client.read_resource(&resource).await?;
    let now = read.state.clone().unwrap_or_default();
    if resource.differences(&now, &wanted).is_empty() {
        ctx.ui.status("It is already as it was before that change.");
        return Ok(Undone::new(&record, &resource, &now, &now, false));
    }
    refuse_moved(&record, &resource, &after, &now)?;
    let mut body = resource.body(&wanted, &now);
    if resource.kind.noun == "key" {
        say_secret(&mut body, &secret(ctx, client, &resource).await?);
    }
    let undone = Undone::new(&record, &resource, &now, &wanted, ctx.settings.dry_run);
    if ctx.settings.dry_run {
        ctx.ui.status("Nothing was sent: this is a dry run.");
        return Ok(undone);
    }
    ctx.confirm(&format!("Take back {}? {}", record.id, undone.in_words()))?;
    ctx.undoing(&record.id);
    write(client, &resource, &read, &body).await?;
    Ok(undone)
}

async fn write(
    client: &Client,
    resource: &Resource,
    read: &ReadResource,
    body: &Map<String, Value>,
) -> Result<()> {
    // A grant is put together from its members and secrets, which stay when they are not named.
    client.write_resource(resource, read, body).await.map(|_| ()).map_err(Into::into)
}

fn find(ctx: &Ctx, id: &str) -> Result<Record> {
    let records = ctx.changes().read().map_err(|e| Error::of(Exit::FAILED, e))?;
    let mut found: Vec<Record> =
        records.into_iter().filter(|record| record.id.starts_with(id)).collect();
    match (id.len() >= 4, found.len()) {
        (true, 1) => Ok(found.remove(0)),
        (true, 2..) => Err(Error::usage(format!("several changes begin with `{id}`"))
            .hint("`clawctl log` shows their whole ids")),
        _ => Err(Error::not_found(format!("no change `{id}` was made from here"))
            .hint("`clawctl log` shows those that were")),
    }
}

/// What is written, what the change left, and what is to be again.
fn reversal(record: &Record) -> Result<(Resource, Value, Value)> {
    let cannot =
        |why: &str| Err(Error::conflict(format!("`{}` cannot be taken back: {why}", record.id)));
    match record.outcome {
        Outcome::Done => {}
        Outcome::Refused => return cannot("the router refused it, so nothing was changed"),
        Outcome::Unknown => {
            return cannot("its answer got lost, so nobody knows whether it was carried out");
        }
    }
    match Own::of(record) {
        Some(Own::AdminToken) => {
            return cannot("the router kept a hash of the token before, and nobody the token")
                .map_err(|e| e.run("make another one", "clawctl router token rotate"));
        }
        Some(Own::Database) => {
            return cannot("it put another database in the place of the one that was there")
                .map_err(|e| e.run("put back what you saved", "clawctl router restore FILE"));
        }
        None => {}
    }
    let (Some(resource), Some(after)) = (record.resource(), record.after.clone()) else {
        return cannot("it is no change of one thing that could be written as it was");
    };
    let revokes_grant = resource.kind.noun == "grant" && resource.verb.as_deref() == Some("revoke");
    let before = match &record.before {
        _ if revokes_grant => {
            return cannot("the router erased the secrets of the grant, which nobody else has");
        }
        Was::Known(before) => before.clone(),
        Was::Absent if after.get("enabled").is_some() => {
            let mut off = after.clone();
            off["enabled"] = false.into();
            off
        }
        Was::Absent => return cannot("it created something that cannot be switched off"),
        Was::Unseen => return cannot("what was there before was not read"),
    };
    refuse_leaked(record, &resource, &before)?;
    let same = resource.differences(&before, &after).is_empty();
    if record.carries_secret
        && (same || resource.kind.noun == "grant")
        && record.before != Was::Absent
    {
        let (why, id) =
            ("it replaced a secret, and the old one is not kept anywhere", resource.name());
        let error = Error::conflict(format!("`{}` cannot be taken back: {why}", record.id));
        return Err(match resource.kind.noun {
            "key" => error.run("give it another one", format!("clawctl key rotate {id}")),
            _ => error.run("give it another one", format!("clawctl grant put {id}")),
        });
    }
    if same {
        return cannot("it changed nothing that could be brought back");
    }
    Ok((resource, after, before))
}

/// A key that was revoked because it leaked is known to strangers, who could use it again.
fn refuse_leaked(record: &Record, resource: &Resource, before: &Value) -> Result<()> {
    let comes_back = before.get("enabled") == Some(&Value::Bool(true));
    if resource.kind.noun != "key" || record.command != LEAK_COMMAND || !comes_back {
        return Ok(());
    }
    let (id, name) = (&record.id, resource.name());
    Err(Error::conflict(format!("`{id}` cannot be taken back: key `{name}` leaked"))
        .cause("`leak respond` revoked it, and anyone who found it could use it again")
        .hint(format!("give it a new secret: `clawctl key rotate {name}`, then enable it"))
        .run("if it did not leak", format!("clawctl key enable {name}")))
}

/// As the log names the command that revokes keys that were found.
const LEAK_COMMAND: &str = "leak respond";

/// Somebody has changed it since, or it is gone.
fn refuse_moved(record: &Record, resource: &Resource, after: &Value, now: &Value) -> Result<()> {
    let moved = resource.differences(after, now);
    if moved.is_empty() {
        return Ok(());
    }
    let (noun, name) = (resource.kind.noun, resource.name());
    let mut error = Error::conflict(format!(
        "{noun} `{name}` was changed since, so `{}` is not taken back",
        record.id
    ));
    for member in moved {
        let show =
            |state: &Value| state.get(&member).map_or("nothing".to_owned(), Value::to_string);
        error = error.cause(format!("{member} is {}, not {}", show(now), show(after)));
    }
    Err(error.run("see what happened", format!("clawctl log --noun {noun} --name {name}")))
}

/// The contract demands the hash with every write of a key.
async fn secret(ctx: &Ctx, client: &Client, resource: &Resource) -> Result<SecretHash> {
    if client.has(Extension::CredentialKeepSecret).await? {
        return Ok(SecretHash::Keep);
    }
    let id = resource.name();
    match ctx.journal().known_hash(&ctx.journal_target(), &id)? {
        Some(hash) => Ok(SecretHash::Sha256(hash)),
        None => Err(Error::conflict(format!(
            "this router wants the hash of the secret with every write, and that of `{id}` is not \
             known here"
        ))),
    }
}
