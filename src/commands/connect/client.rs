//! One client: what it needs is printed, or merged into its own file.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::models::{KeyFlags, Reach, unsure};
use super::{backups, files, merge, patch};
use crate::commands::complete;
use crate::config::{parse_url, shown as shown_url};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::recipe::shell::is_variable;
use crate::recipe::{Client, KEY_VARIABLE, Needs, is_project};
use crate::report::catalog::CatalogRow;
use crate::view::connect::Sample;

/// What is asked of every client.
#[derive(Debug, Args)]
pub struct Shown {
    #[command(flatten)]
    key: KeyFlags,

    /// Model to begin with; else a usual one of the key's
    #[arg(long, value_name = "REF", add = complete::models())]
    model: Option<String>,

    /// Project that usage counts the client's requests for
    #[arg(long, value_name = "NAME", value_parser = parse_project)]
    project: Option<String>,

    /// Address at which the client reaches the router, where it is another than ours
    #[arg(long, value_name = "URL")]
    client_url: Option<String>,
}

fn parse_project(name: &str) -> Result<String, String> {
    match is_project(name) {
        true => Ok(name.to_owned()),
        false => Err("use 1 to 256 letters, digits and `._~:/+@=-`".to_owned()),
    }
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
    #[arg(conflicts_with_all = ["write", "key_source", "key_id", "model", "project", "client_url"])]
    undo: bool,
}

/// All that a recipe is made of, found out.
pub(super) struct Gathered {
    pub(super) url: String,
    pub(super) variable: String,
    pub(super) models: Vec<CatalogRow>,
    pub(super) model: CatalogRow,
    pub(super) reach: Reach,
    project: Option<String>,
    /// Where the router stands, and what that means for the client.
    notes: Vec<String>,
}

impl Gathered {
    pub(super) fn needs(&self) -> Needs<'_> {
        let Self { url, variable, models, model, project, .. } = self;
        let is_metered = self.reach.is_metered();
        Needs { url, variable, models, model, project: project.as_deref(), is_metered }
    }
}

pub(super) async fn in_file(ctx: &Ctx, client: Client, args: InFile) -> Result<Exit> {
    if args.undo {
        return ctx.show(backups::undo(ctx, client, args.file.as_deref())?);
    }
    if !args.write {
        return ctx.show(shown(ctx, client, &args.shown).await?);
    }
    let mut gathered = args.shown.gather(ctx, client, true, args.inline_key).await?;
    if client == Client::Openclaw {
        let file = files::file(ctx, client, args.file.as_deref())?;
        let patch = patch::of(&file, &gathered.needs())?;
        let checked = patch::check(ctx, &file, &patch, &gathered)?;
        gathered.notes.extend(checked);
    }
    let merged = merge::run(ctx, client, args.file.as_deref(), &gathered, args.inline_key)?;
    for note in &gathered.notes {
        ctx.ui.status(note);
    }
    ctx.show(merged)
}

pub(super) async fn shown(ctx: &Ctx, client: Client, args: &Shown) -> Result<Sample> {
    let gathered = args.gather(ctx, client, false, false).await?;
    let needs = gathered.needs();
    let mut notes = client.notes(&needs);
    notes.extend(gathered.notes.iter().cloned());
    let text = match client {
        Client::Openclaw => {
            let file = files::file(ctx, client, None)?;
            let patch = patch::of(&file, &needs)?;
            notes.extend(patch::check(ctx, &file, &patch, &gathered)?);
            patch
        }
        _ => client.sample(&needs).map_err(|e| Error::of(Exit::FAILED, e))?,
    };
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
        if client == Client::Env && self.project.is_some() {
            return Err(Error::usage("`--project` needs a client that sends headers")
                .hint("leave out `--project`: variables name no project"));
        }
        let (url, mut notes) = self.place(ctx)?;
        let reach = self.key.reach(ctx, &url, key_needed).await?;
        let models = reach.usable(client);
        let model = reach.choose(ctx, client, &models, self.model.as_deref(), ask)?;
        notes.extend(unsure(&model));
        reach.warn_of_budget(ctx, client, &model);
        let (variable, project) = (variable.to_owned(), self.project.clone());
        Ok(Gathered { url, variable, models, model, reach, project, notes })
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
        if ctx.settings.is_behind_access() {
            notes.push(
                "The router stands behind Cloudflare Access, which the client has to pass too."
                    .to_owned(),
            );
        }
        Ok((url, notes))
    }
}
