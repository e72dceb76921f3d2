//! One client: what it needs is printed, or merged into its own file.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::models::{KeyFlags, Reach};
use super::{backups, merge};
use crate::commands::complete;
use crate::config::{parse_url, shown as shown_url};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::recipe::shell::is_variable;
use crate::recipe::{Client, KEY_VARIABLE, Needs};
use crate::report::catalog::CatalogRow;
use crate::settings::Target;
use crate::view::connect::Sample;

/// What is asked of every client.
#[derive(Debug, Args)]
pub struct Shown {
    #[command(flatten)]
    key: KeyFlags,

    /// Model to begin with; else a usual one of the key's
    #[arg(long, value_name = "REF", add = complete::models())]
    model: Option<String>,

    /// Address at which the client reaches the router, where it is another than ours
    #[arg(long, value_name = "URL")]
    client_url: Option<String>,
}

/// A client with a configuration file of its own.
#[derive(Debug, Args)]
pub struct InFile {
    #[command(flatten)]
    shown: Shown,

    /// Merge it into the client's own file; everything else in there stays as it is
    #[arg(long, help_heading = "The client's file")]
    write: bool,

    /// Put the key itself into the file, which only you can read then
    #[arg(long, requires = "write", help_heading = "The client's file")]
    inline_key: bool,

    /// The file, where it is not the usual one
    #[arg(long, value_name = "PATH", value_hint = ValueHint::FilePath)]
    #[arg(help_heading = "The client's file")]
    file: Option<PathBuf>,

    /// Put back what stood in the file before the last `--write`
    #[arg(long, help_heading = "The client's file")]
    #[arg(conflicts_with_all = ["write", "key_source", "key_id", "model", "client_url"])]
    undo: bool,
}

/// All that a recipe is made of, found out.
pub(super) struct Gathered {
    pub(super) url: String,
    pub(super) variable: String,
    pub(super) models: Vec<CatalogRow>,
    pub(super) model: CatalogRow,
    pub(super) reach: Reach,
    /// Where the router stands, and what that means for the client.
    notes: Vec<String>,
}

impl Gathered {
    pub(super) fn needs(&self) -> Needs<'_> {
        let Self { url, variable, models, model, .. } = self;
        Needs { url, variable, models, model }
    }
}

pub(super) async fn in_file(ctx: &Ctx, client: Client, args: InFile) -> Result<Exit> {
    if args.undo {
        return ctx.show(backups::undo(ctx, client, args.file.as_deref())?);
    }
    if !args.write {
        return ctx.show(shown(ctx, client, &args.shown).await?);
    }
    let gathered = args.shown.gather(ctx, client, true, args.inline_key).await?;
    let merged = merge::run(ctx, client, args.file.as_deref(), &gathered, args.inline_key)?;
    for note in &gathered.notes {
        ctx.ui.status(note);
    }
    ctx.show(merged)
}

pub(super) async fn shown(ctx: &Ctx, client: Client, args: &Shown) -> Result<Sample> {
    let gathered = args.gather(ctx, client, false, false).await?;
    let needs = gathered.needs();
    let text = client.sample(&needs).map_err(|e| Error::failed(e.to_string()))?;
    let mut notes = client.notes(&needs);
    notes.extend(gathered.notes.iter().cloned());
    Ok(Sample {
        client: client.as_str(),
        base_url: needs.url.to_owned(),
        key_variable: needs.variable.to_owned(),
        model: client.reference(needs.model),
        models: needs.models.iter().map(|row| client.reference(row)).collect(),
        text,
        notes,
    })
}

impl Shown {
    async fn gather(
        &self,
        ctx: &Ctx,
        client: Client,
        ask: bool,
        key_needed: bool,
    ) -> Result<Gathered> {
        let variable = self.key.variable().unwrap_or(KEY_VARIABLE);
        if !is_variable(variable) {
            return Err(Error::usage(format!("`{variable}` is not the name of a variable")));
        }
        let (url, notes) = self.place(ctx)?;
        let reach = self.key.reach(ctx, &url, key_needed).await?;
        let models = reach.usable(client);
        let model = reach.choose(ctx, client, &models, self.model.as_deref(), ask)?;
        Ok(Gathered { url, variable: variable.to_owned(), models, model, reach, notes })
    }

    /// The address for the client, and what to know of it.
    fn place(&self, ctx: &Ctx) -> Result<(String, Vec<String>)> {
        let (url, serve_first) = match &self.client_url {
            Some(text) => (shown_url(&parse_url(text)?).to_owned(), false),
            None => ctx.client_url(),
        };
        let mut notes = Vec::new();
        if serve_first {
            notes.push(
                "It works while `clawctl router serve` runs; `clawctl router service install` \
                 keeps it running."
                    .to_owned(),
            );
        }
        if behind_access(ctx) {
            notes.push(
                "The router stands behind Cloudflare Access, which the client has to pass too."
                    .to_owned(),
            );
        }
        Ok((url, notes))
    }
}

fn behind_access(ctx: &Ctx) -> bool {
    let Target::Remote { context: Some(name), .. } = &ctx.settings.target else { return false };
    ctx.settings.config.contexts.get(name).is_some_and(|context| context.access)
}
