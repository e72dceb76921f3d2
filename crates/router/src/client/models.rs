//! `GET /v1/models`, in the shape of OpenAI and in that of Anthropic.

use serde::Serialize;

use crate::decision::Scope;
use crate::exchange::Exchange;
use crate::manifest::Manifest;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::{auth, fusion, providers};
use clawctl_wire::fusion::MODEL;
use clawctl_wire::provider::{Model, Provider};

#[derive(Serialize)]
struct OpenAiList {
    object: &'static str,
    data: Vec<OpenAiModel>,
}

#[derive(Serialize)]
struct OpenAiModel {
    id: String,
    object: &'static str,
    owned_by: String,
    display_name: String,
    capabilities: Vec<String>,
}

#[derive(Serialize)]
struct AnthropicList {
    data: Vec<AnthropicModel>,
    first_id: Option<String>,
    has_more: bool,
    last_id: Option<String>,
}

#[derive(Serialize)]
struct AnthropicModel {
    id: String,
    r#type: &'static str,
    display_name: String,
    created_at: &'static str,
    capabilities: Option<Vec<String>>,
    max_input_tokens: Option<u64>,
    max_tokens: Option<u64>,
}

/// A budget without a price for a model does not hide it here, as it does in the catalog.
pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let manifests = exchange.core.manifests();
    let (holder, known, fusion) = exchange.core.store.read(|db| {
        let holder = auth::client(exchange, db)?;
        let fusion = fusion::config::stored(db, manifests)?;
        Ok::<_, Refusal>((holder, providers::State::read(db)?, fusion))
    })?;
    auth::note_use(exchange, &holder);
    let policy = &holder.policy.policy;
    let scope = Scope::of(policy);
    let readiness = |manifest: &Manifest| known.readiness(exchange, manifest, Some(policy));
    let reachable = manifests.iter().filter(|manifest| {
        scope.has_provider(&manifest.provider.id) && readiness(manifest).executable
    });
    let reachable = reachable.map(|manifest| &manifest.provider);
    let models =
        reachable.flat_map(|provider| scope.models(provider).map(move |model| (provider, model)));
    if exchange.headers().contains_key("anthropic-version") {
        let speaks = |model: &Model| model.capabilities.iter().any(|id| id == "llm.messages");
        let data: Vec<_> =
            models.filter(|(_, model)| speaks(model)).map(|(p, m)| anthropic(p, m)).collect();
        return Reply::private(&AnthropicList {
            first_id: data.first().map(|model| model.id.clone()),
            last_id: data.last().map(|model| model.id.clone()),
            has_more: false,
            data,
        });
    }
    let fusion = fusion::shown::readiness(&fusion, manifests, &scope, &readiness);
    let fusion = fusion.filter(|readiness| readiness.executable).map(|_| compound());
    let listed = models.map(|(provider, model)| openai(provider, model));
    let data = fusion.into_iter().chain(listed).collect();
    Reply::private(&OpenAiList { object: "list", data })
}

fn compound() -> OpenAiModel {
    OpenAiModel {
        id: MODEL.to_owned(),
        object: "model",
        owned_by: fusion::shown::PROVIDER.to_owned(),
        display_name: "ClawRouter · Fusion".to_owned(),
        capabilities: vec![fusion::CAPABILITY.to_owned()],
    }
}

fn openai(provider: &Provider, model: &Model) -> OpenAiModel {
    OpenAiModel {
        id: model.id.clone(),
        object: "model",
        owned_by: provider.id.clone(),
        display_name: display_name(provider, model),
        capabilities: model.capabilities.clone(),
    }
}

fn anthropic(provider: &Provider, model: &Model) -> AnthropicModel {
    let pricing = model.token_pricing();
    AnthropicModel {
        id: model.id.clone(),
        r#type: "model",
        display_name: display_name(provider, model),
        created_at: "1970-01-01T00:00:00Z",
        capabilities: None,
        max_input_tokens: pricing.map(|pricing| pricing.max_input_tokens),
        max_tokens: pricing.map(|pricing| pricing.default_max_output_tokens),
    }
}

fn display_name(provider: &Provider, model: &Model) -> String {
    format!("{} · {}", provider.display_name, model.id)
}
