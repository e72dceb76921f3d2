use std::collections::BTreeSet;

use clap::Args;

use super::change::carry_out;
use super::flags::{check_patterns, known_providers, sorted};
use crate::client::{Change, Client, PolicyEdit};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_id;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::policy::{Policy, ProviderScope};

/// Change which providers and models a policy reaches
///
/// Only what is named is added or taken away. Taking away the last provider never widens to all:
/// that is refused, and `--all-providers` has to be said. A change that narrows, or widens to all, is
/// confirmed first, and names the keys that lose by it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy scope team_alpha --add-provider anthropic
  clawctl policy scope team_alpha --remove-provider openai --dry-run
  clawctl policy scope ci --add-model 'openai/gpt-5*' --remove-model openai/gpt-4.1-mini
  clawctl policy scope ops --all-providers --all-models")]
pub struct Scope {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,

    /// Provider to add
    #[arg(long = "add-provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    add_providers: Vec<String>,

    /// Provider to take away
    #[arg(long = "remove-provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    remove_providers: Vec<String>,

    /// Every provider, also those added later
    #[arg(long, conflicts_with_all = ["add_providers", "remove_providers"])]
    all_providers: bool,

    /// Model or pattern to add to the allow list
    #[arg(long = "add-model", value_name = "PATTERN", value_delimiter = ',')]
    #[arg(add = complete::models())]
    add_models: Vec<ModelPattern>,

    /// Model or pattern to take from the allow list
    #[arg(long = "remove-model", value_name = "PATTERN", value_delimiter = ',')]
    remove_models: Vec<ModelPattern>,

    /// Accept a model pattern that matches no known model
    #[arg(long, requires = "add_models")]
    allow_unknown_model: bool,

    /// Every model of the providers in scope
    #[arg(long, conflicts_with_all = ["add_models", "remove_models"])]
    all_models: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Scope) -> Result<impl View + use<>> {
    check_id(&args.id)?;
    let models_named = !args.add_models.is_empty() || !args.remove_models.is_empty();
    let providers_named = !args.add_providers.is_empty() || !args.remove_providers.is_empty();
    if !models_named && !providers_named && !args.all_providers && !args.all_models {
        return Err(Error::usage("nothing to add or take away was named")
            .hint("`clawctl policy scope --help` lists the ways"));
    }
    let client = ctx.client()?;
    if models_named {
        client.require(Extension::PolicyModels, "--add-model").await?;
    }
    let policy = client.policy(&args.id).await?;
    let edit = PolicyEdit {
        scope: new_scope(client, &args, &policy).await?,
        models: new_models(&args, &policy)?,
        ..PolicyEdit::default()
    };
    if !args.add_models.is_empty() {
        let snapshot = client.providers().await?;
        let scope = edit.scope.clone().unwrap_or_else(|| policy.scope());
        check_patterns(ctx, &snapshot, &scope, &args.add_models, args.allow_unknown_model)?;
    }
    let planned = client.plan_edit::<Policy>(&args.id, &edit).await?;
    carry_out(ctx, client, planned).await
}

async fn new_scope(
    client: &Client,
    args: &Scope,
    policy: &Policy,
) -> Result<Option<ProviderScope>> {
    if args.all_providers {
        return Ok(Some(ProviderScope::All));
    }
    if args.add_providers.is_empty() && args.remove_providers.is_empty() {
        return Ok(None);
    }
    let snapshot = client.providers().await?;
    let added = known_providers(&snapshot, &args.add_providers)?;
    let mut ids = match policy.scope() {
        ProviderScope::Only(ids) => ids,
        // From "all", a provider can be taken away only by naming those that remain.
        ProviderScope::All if args.add_providers.is_empty() => {
            snapshot.providers.iter().map(|p| p.id.clone()).collect()
        }
        ProviderScope::All => {
            return Err(Error::usage(format!(
                "policy `{}` reaches ALL providers already, so none can be added",
                args.id
            ))
            .hint("take some away with `--remove-provider`, which lists the rest by name"));
        }
    };
    for id in &args.remove_providers {
        if !ids.remove(id) {
            let names: Vec<_> = ids.iter().map(String::as_str).collect();
            return Err(Error::usage(format!("policy `{}` does not reach `{id}`", args.id))
                .hint(format!("it reaches {}", names.join(", "))));
        }
    }
    ids.extend(added);
    if ids.is_empty() {
        return Err(Error::usage("that would take away the last provider")
            .run("a policy that is to reach nothing is switched off", "clawctl policy disable")
            .hint("to reach everything, say `--all-providers`"));
    }
    Ok(Some(ProviderScope::Only(ids)))
}

fn new_models(args: &Scope, policy: &Policy) -> Result<Change<Vec<ModelPattern>>> {
    if args.all_models {
        return Ok(Change::Clear);
    }
    if args.add_models.is_empty() && args.remove_models.is_empty() {
        return Ok(Change::Keep);
    }
    let Some(present) = &policy.models else {
        if !args.remove_models.is_empty() {
            return Err(Error::usage(format!(
                "policy `{}` has no allow list of models, so there is nothing to take away",
                args.id
            ))
            .hint("an allow list begins with `--add-model`, and then holds nothing else"));
        }
        return Ok(Change::Set(sorted(&args.add_models)));
    };
    let mut list: BTreeSet<ModelPattern> = present.iter().cloned().collect();
    for pattern in &args.remove_models {
        if !list.remove(pattern) {
            let shown: Vec<_> = list.iter().map(ModelPattern::as_str).collect();
            return Err(Error::usage(format!("`{pattern}` is not in the list of `{}`", args.id))
                .hint(format!("the list is {}", shown.join(", "))));
        }
    }
    list.extend(args.add_models.iter().cloned());
    if list.is_empty() {
        return Err(Error::usage("that would empty the list, and an empty list allows no model")
            .hint("to allow all models, say `--all-models`"));
    }
    Ok(Change::Set(list.into_iter().collect()))
}
