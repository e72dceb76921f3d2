//! `clawctl export`: the state of a router as a manifest.

use std::io;

use clap::Args;
use serde_json::{Map, Value, json};

use super::desired::live;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::plan::export::export;
use crate::plan::manifest::emit::{Section, Things};
use crate::plan::manifest::{document, without_unknown_words};
use crate::view::machine::Format;
use crate::view::{Machine, Page, View};
use crate::wire::health::Extension;

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

/// The document as a value, for programs.
pub(super) fn value(sections: &[Section]) -> Value {
    let object = |members: &[(&'static str, Value)]| -> Map<String, Value> {
        members.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    };
    let mut root = Map::new();
    root.insert("version".to_owned(), json!(1));
    for section in sections {
        let value = match &section.things {
            Things::Named(things) if things.is_empty() => continue,
            Things::Listed(things) if things.is_empty() => continue,
            Things::Alone(members) if members.is_empty() => continue,
            Things::Named(things) => Value::Object(
                things.iter().map(|(id, it)| (id.clone(), object(it).into())).collect(),
            ),
            Things::Listed(things) => things.iter().map(|it| object(it)).collect(),
            Things::Alone(members) => object(members).into(),
        };
        root.insert(section.name.to_owned(), value);
    }
    Value::Object(root)
}

impl View for Exported {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(document(&self.0).as_bytes())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        match machine.format() {
            // The same text as for a person, whose comments tell editors what it is.
            Format::Yaml => machine.verbatim(document(&self.0).as_bytes()),
            _ => machine.one(&value(&self.0)),
        }
    }
}

pub async fn run(ctx: &Ctx, args: Export) -> Result<Exit> {
    let client = ctx.client()?;
    if args.with_key_hashes {
        client.require(Extension::CredentialHash, "--with-key-hashes").await?;
    }
    let live = live::read(client, args.with_key_hashes).await?;
    if args.with_key_hashes && !live.keys.is_empty() {
        ctx.ui.status(
            "The hashes let keys work elsewhere, and let nobody find a key out; keep them as you \
             keep the router's database.",
        );
    }
    if !live.lacks.is_empty() {
        let lacks = live.lacks.join(", ");
        ctx.ui.status(format!("The manifest leaves out what this router does not know: {lacks}"));
    }
    let (sections, unknown) = without_unknown_words(export(&live));
    for word in unknown {
        ctx.ui.warning(format!("left out, because this version does not know it: {word}"));
    }
    ctx.show(Exported(sections))
}
