//! `clawctl import`: keys and budgets of another gateway as a manifest.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::plan::import::{BadImport, Gateway, Imported, import};
use crate::plan::manifest::{FILE_BYTES_MAX, document};
use crate::view::{Machine, Page, View};

/// Turn another gateway's exported keys and budgets into a manifest
///
/// FILE is the answer of the gateway's own list of keys. The manifest goes to stdout; every field
/// that could not be carried over is told on stderr, or in `lost` with `-o json`. Keys of another
/// gateway do not work here, so each gets a new secret, and goes where `to` or `apply --to` says.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl import --from litellm keys.json > clawrouter.yaml
  curl -s \"$LITELLM/key/list?return_full_object=true\" … | clawctl import --from litellm -
  clawctl import --from openrouter keys.json -o json | jq '.lost'
  clawctl apply -f clawrouter.yaml --to 'file:keys/{id}'")]
pub struct Import {
    /// Gateway that wrote the file
    #[arg(long, value_enum, value_name = "GATEWAY")]
    from: From,

    /// What it wrote; `-` for standard input
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum From {
    Litellm,
    Openrouter,
    Portkey,
}

struct Shown(Imported);

impl View for Shown {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(document(&self.0.sections).as_bytes())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        let manifest = super::export::Document(&self.0.sections);
        machine.one(&json!({ "manifest": manifest, "lost": self.0.lost }))
    }
}

pub fn run(ctx: &Ctx, args: &Import) -> Result<Exit> {
    let export = read(&args.file)?;
    let from = match args.from {
        From::Litellm => Gateway::LiteLlm,
        From::Openrouter => Gateway::OpenRouter,
        From::Portkey => Gateway::Portkey,
    };
    let imported = import(from, &export).map_err(|e| {
        let hint = match e {
            BadImport::NoList => "give the answer of the gateway's list of keys as it came",
            BadImport::NamesOnly => "ask for whole objects: `/key/list?return_full_object=true`",
            BadImport::Partial { .. } => "ask for all pages, and put their lists together",
        };
        Error::usage(format!("{} cannot be imported", args.file.display())).cause(e).hint(hint)
    })?;
    for lost in &imported.lost {
        ctx.ui.warning(format!("{}: {} is not carried over: {}", lost.thing, lost.field, lost.why));
    }
    ctx.show(Shown(imported))
}

fn read(path: &Path) -> Result<Value> {
    let bad = || Error::usage(format!("{} cannot be read", path.display()));
    let mut text = Vec::new();
    let limit = FILE_BYTES_MAX as u64 + 1;
    let read = match path == Path::new("-") {
        true => io::stdin().lock().take(limit).read_to_end(&mut text),
        false => fs::File::open(path).and_then(|file| file.take(limit).read_to_end(&mut text)),
    };
    read.map_err(|e| bad().cause(e))?;
    if text.len() > FILE_BYTES_MAX {
        return Err(bad().cause("it is too large"));
    }
    // The place is enough: what stands there may be a key.
    serde_json::from_slice(&text).map_err(|e| {
        bad().cause(format!("it is no JSON at line {}, column {}", e.line(), e.column()))
    })
}
