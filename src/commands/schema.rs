//! `clawctl schema`: the JSON Schema of manifests.

use std::io;

use clap::Args;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::plan::manifest::schema;
use crate::view::{Machine, Page, View};

/// Print the JSON Schema of manifests, for editors
///
/// What `export` writes begins with a line that tells editors to look for it beside the manifest, in
/// `clawrouter.schema.json`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl schema > clawrouter.schema.json")]
pub struct Schema {}

struct Text(String);

impl View for Text {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(self.0.as_bytes())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&schema())
    }
}

/// As it is checked in.
pub fn text() -> String {
    format!("{:#}\n", schema())
}

pub fn run(ctx: &Ctx, _: &Schema) -> Result<Exit> {
    ctx.show(Text(text()))
}
