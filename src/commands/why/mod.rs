//! `clawctl why`: what the router would do with a request, and why.

mod elsewhere;
mod size;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Args;
use http::Method;

use self::size::{Size, parse_count};
use super::complete;
use super::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::settings::Target;
use crate::view::why::{COLUMNS, Why as Told};
use clawctl_router::manifest::Manifests;
use clawctl_router::why::{Asker, BadSketch, Question, Request, RouteChoice, Sketch, method};
use clawctl_secret::Secret;
use clawctl_wire::id::check_id;
use clawctl_wire::why::Explanation;

/// Say what the router would do with a request, and why
///
/// A request of the given size is drawn up and walked through every check that a real one passes,
/// in the same order and by the same code: the key, its policy, what is asked for, the scopes, the
/// provider's switch and its secret, prices and budgets. Nothing is sent to a provider, and nothing
/// is reserved. What is shown is each check, the status and code of the answer, and what would be
/// reserved.
///
/// A router takes a body's every byte for a token when it reserves, because it cannot count tokens
/// before the provider does. So a prompt of `--in 40k` tokens is drawn up as 160 000 bytes, four for
/// each token, as English text has. Without `--out`, the model's own limit is what is reserved for:
/// that is why small requests fail on small budgets.
///
/// A request for `clawrouter/fusion` is several. Whether the client gets an answer is decided by the
/// model that answers; each adviser is listed with what would become of it and what it would reserve.
///
/// If the embedded router is served, it is judged by what `clawctl router serve` was started with;
/// otherwise by the environment of this command. A router elsewhere is judged by what it
/// shows its administrator; what cannot be seen there is marked so, and never guessed. That the
/// router is too busy just then cannot be told beforehand.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl why --key-id alice --model openai/gpt-5.6 --in 40k --out 4k
  pass show router/alice | clawctl why --key-stdin --model anthropic/claude-haiku-4-5 --stream
  clawctl why --policy team_alpha --model google/gemini-3.5-flash -o json | jq .reservedMicros
  clawctl why --key-id ci_bot --route /v1/native/openai/v1/responses --body-file request.json

Exit codes: 0 it would go to the provider, 40 it would be refused, 41 nothing that can be seen
refuses it, and something cannot be seen")]
#[command(mut_group("key_source", |group| group.conflicts_with_all(["key_id", "policy"])))]
pub struct Why {
    /// Explain for the holder of the key with this id
    #[arg(long, value_name = "ID", conflicts_with = "policy", add = complete::keys())]
    key_id: Option<String>,

    /// Ask for any key of this policy
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    #[command(flatten)]
    key: KeySourceFlags,

    /// Model that is asked for
    #[arg(long, value_name = "ID", conflicts_with = "body_file", add = complete::models())]
    #[arg(help_heading = "The request")]
    model: Option<String>,

    /// Route that is asked on: chat, responses, embeddings, messages, count-tokens, or any path
    /// below `/v1/native/` or `/v1/proxy/` (the usual one of the model, unless given)
    #[arg(long, value_name = "ROUTE", help_heading = "The request")]
    route: Option<RouteChoice>,

    /// Method of the request, where the route is a path
    #[arg(long, value_name = "METHOD", help_heading = "The request", requires = "route")]
    #[arg(value_parser = parse_method)]
    method: Option<Method>,

    /// Length of the prompt in tokens such as `40k`, or in bytes such as `160kB`
    #[arg(long = "in", value_name = "SIZE", default_value = "1k", help_heading = "The request")]
    #[arg(conflicts_with = "body_file")]
    prompt: Size,

    /// Limit on the answer in tokens, such as `4k`
    #[arg(long = "out", value_name = "TOKENS", help_heading = "The request")]
    #[arg(conflicts_with = "body_file", value_parser = parse_count)]
    answer: Option<u64>,

    /// Ask for a stream
    #[arg(long, help_heading = "The request", conflicts_with = "body_file")]
    stream: bool,

    /// Take this body in place of one that is drawn up (`-` is stdin)
    #[arg(long, value_name = "PATH", help_heading = "The request", conflicts_with = "key_stdin")]
    body_file: Option<PathBuf>,

    /// Session that the request belongs to, where the policy's grants stick to one
    #[arg(long, value_name = "ID", help_heading = "The request")]
    session: Option<String>,
}

/// Who asks, with the key if there is one.
enum Whose {
    Key(Secret),
    KeyId(String),
    Policy(String),
}

pub async fn run(ctx: &Ctx, args: Why) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let explanation = explain(ctx, args).await?;
    ctx.show(Told { explanation })
}

async fn explain(ctx: &Ctx, args: Why) -> Result<Explanation> {
    let body = args.body_file.as_deref().map(read_body).transpose()?;
    let sketch = Sketch {
        route: args.route.clone(),
        method: args.method.clone(),
        model: args.model.as_deref(),
        prompt_bytes: args.prompt.bytes(),
        output_tokens: args.answer,
        streams: args.stream,
        body,
    };
    let whose = args.whose(ctx)?;
    let session = args.session.as_deref();
    if ctx.settings.target != Target::Embedded {
        let client = ctx.client()?;
        let providers = client.providers().await?;
        let request = draw(&Manifests::from_snapshot(providers.clone()), &sketch)?;
        return elsewhere::explain(client, ctx.now(), &whose, providers, &request, session).await;
    }
    ctx.say_judge();
    let router = ctx.embedded()?;
    let request = draw(router.manifests(), &sketch)?;
    let asker = match &whose {
        Whose::Key(secret) => Asker::Key(secret),
        Whose::KeyId(id) => Asker::KeyId(id),
        Whose::Policy(id) => Asker::Policy(id),
    };
    let told = router.why(&Question { asker, request: &request, session });
    let told = told.map_err(|error| Error::failed("the router cannot tell").cause(error))?;
    told.ok_or_else(|| whose.missing())
}

impl Why {
    fn whose(&self, ctx: &Ctx) -> Result<Whose> {
        if let Some(id) = &self.key_id {
            check_id(id)?;
            return Ok(Whose::KeyId(id.clone()));
        }
        if let Some(id) = &self.policy {
            check_id(id)?;
            return Ok(Whose::Policy(id.clone()));
        }
        Ok(Whose::Key(self.key.read(ctx)?))
    }
}

impl Whose {
    fn missing(&self) -> Error {
        let id = match self {
            Self::Policy(id) | Self::KeyId(id) => id.as_str(),
            Self::Key(_) => "of the key",
        };
        Error::not_found(format!("there is no policy `{id}`"))
            .hint("`clawctl policy list` shows those there are")
    }
}

fn draw(manifests: &Manifests, sketch: &Sketch<'_>) -> Result<Request> {
    Request::draw(manifests, sketch).map_err(|bad| {
        let hint = match bad {
            BadSketch::Nothing => "say which with `--model ID`, or with `--route PATH`",
            BadSketch::Route(_) => {
                "write a path such as `/v1/native/openai/v1/responses` or \
                 `/v1/proxy/google-gemini/generate_content`"
            }
            BadSketch::Size(_) => "routers of this contract take 8 MiB at most",
        };
        Error::of(Exit::USAGE, bad).hint(hint)
    })
}

fn parse_method(word: &str) -> Result<Method, String> {
    method(word).ok_or_else(|| format!("`{word}` is not a method"))
}

fn read_body(path: &Path) -> Result<Bytes> {
    let read = match path.to_str() {
        Some("-") => {
            let mut body = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut body).map(|_| body)
        }
        _ => std::fs::read(path),
    };
    let body = read.map_err(|e| {
        Error::usage(format!("cannot read the body from `{}`", path.display())).cause(e)
    })?;
    Ok(body.into())
}
