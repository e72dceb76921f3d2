//! `clawctl export`: the state of a router as a manifest.

use std::io;

use clap::Args;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

use super::desired::live;
use crate::client::Client;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::plan::export::{Keys, export_with};
use crate::plan::manifest::emit::{Members, Section, Things, write_document};
use crate::plan::manifest::without_unknown_words;
use crate::view::machine::Format;
use crate::view::{Machine, Page, View};
use clawctl_wire::health::Extension;

/// Write the state of the router as a manifest
///
/// Every member is written out, so that applying it elsewhere leaves nothing to what is there.
/// Secrets are never in it. With `--with-key-hashes` the keys go on working where it is applied,
/// because a router knows a key by the hash of its secret; without, a key that is new there gets a
/// new secret, and needs a sink.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl export > clawrouter.yaml
  clawctl export --with-key-hashes | clawctl --context prod apply -f - --yes
  clawctl export -o json | jq '.policies | keys'")]
pub struct Export {
    /// Add the hash of each key's secret, so that it works elsewhere too
    #[arg(long)]
    with_key_hashes: bool,
}

struct Exported(Vec<Section>);

/// The document for programs. It is made while it is written.
pub(super) struct Document<'a>(pub(super) &'a [Section]);

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        // As the members of any object, in the order of their names.
        let filled = self.0.iter().filter(|section| !section.things.is_empty());
        let mut sections: Vec<_> = filled.collect();
        sections.sort_by_key(|section| section.name);
        let mut map = serializer.serialize_map(None)?;
        for Section { name, things } in sections {
            map.serialize_entry(name, &Written(things))?;
        }
        map.serialize_entry("version", &1)?;
        map.end()
    }
}

struct Written<'a>(&'a Things);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self.0 {
            Things::Named(things) => {
                let mut things: Vec<_> = things.iter().collect();
                things.sort_by_key(|(id, _)| id);
                serializer.collect_map(things.into_iter().map(|(id, it)| (id, object(it))))
            }
            Things::Made { count, make } => {
                let object = |(id, members): (String, _)| (id, object(&members));
                serializer.collect_map((0..*count).map(make).map(object))
            }
            Things::Listed(things) => serializer.collect_seq(things.iter().map(object)),
            Things::Alone(members) => object(members).serialize(serializer),
        }
    }
}

fn object(members: &Members) -> Map<String, Value> {
    members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
}

impl View for Exported {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        write_document(&self.0, |piece| page.verbatim(piece.as_bytes()))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        match machine.format() {
            // The same text as for a person, whose comments tell editors what it is.
            Format::Yaml => write_document(&self.0, |piece| machine.verbatim(piece.as_bytes())),
            _ => machine.one(&Document(&self.0)),
        }
    }
}

pub async fn run(ctx: &Ctx, args: Export) -> Result<Exit> {
    let client = ctx.client()?;
    if args.with_key_hashes {
        client.require(Extension::CredentialHash, "--with-key-hashes").await?;
    }
    let live = live::read_without_keys(client).await?;
    let keys = keys(client, args.with_key_hashes).await?;
    if args.with_key_hashes && !keys.is_empty() {
        ctx.ui.status(
            "The hashes let keys work elsewhere, and let nobody find a key out; keep them as you \
             keep the router's database.",
        );
    }
    if !live.lacks.is_empty() {
        let lacks = live.lacks.join(", ");
        ctx.ui.status(format!("The manifest leaves out what this router does not know: {lacks}"));
    }
    let (sections, unknown) = without_unknown_words(export_with(&live, keys));
    for word in unknown {
        ctx.ui.warning(format!("left out, because this version does not know it: {word}"));
    }
    ctx.show(Exported(sections))
}

/// All keys, and the hashes of their secrets, each list read one row after the other.
async fn keys(client: &Client, with_hashes: bool) -> Result<Keys> {
    let mut keys = Keys::default();
    let mut rows = client.credential_rows().await?;
    while let Some(row) = rows.next().await? {
        keys.add(&row);
    }
    let mut keys = keys.sorted();
    if with_hashes {
        let mut rows = client.credential_hash_rows().await?;
        while let Some(row) = rows.next().await? {
            keys.set_hash(&row.credential_id, row.secret_sha256);
        }
    }
    Ok(keys)
}
