use super::*;

#[test]
fn a_model_leads_to_its_provider() {
    let manifests = Manifests::bundled();
    let check = |route, model: &str, at: &str, upstream: &str, priced| {
        let selection = post(&manifests, route, &json!({ "model": model })).unwrap();
        assert_eq!(
            gist(&selection),
            json!({
                "at": at,
                "model": model,
                "priced": priced,
                "params": [],
                "body": { "model": upstream },
            })
        );
    };
    use ForwardRoute::{Chat, Embeddings, Responses};
    check(Chat, "openai/gpt-5.6", "openai/chat_completions", "gpt-5.6", true);
    check(Responses, "openai/gpt-5.6", "openai/responses", "gpt-5.6", true);
    check(Chat, "openai/gpt-9", "openai/chat_completions", "gpt-9", false);
    check(Chat, "local/llama", "local-openai/chat_completions", "llama", true);
    check(Embeddings, "mistral/mistral-embed", "mistral/embeddings", "mistral-embed", true);
}

#[test]
fn a_deployment_is_named_by_the_configuration() {
    let manifests = Manifests::bundled();
    let body = json!({ "model": "azure-openai/deployment", "max_tokens": 5 });
    let selection = post(&manifests, ForwardRoute::Chat, &body).unwrap();
    assert_eq!(
        gist(&selection),
        json!({
            "at": "azure-openai/chat_completions",
            "model": "azure-openai/deployment",
            "priced": false,
            "params": [["deployment", "prod"]],
            "body": { "model": "prod", "max_completion_tokens": 5 },
        })
    );
}

#[test]
fn what_no_provider_can_answer_is_refused() {
    let manifests = Manifests::bundled();
    let check = |route, body: Value, expected: &str| {
        assert_eq!(refused(&manifests, route, &body), expected, "{body}");
    };
    use ForwardRoute::{Chat, Embeddings, Responses};
    for body in [json!({}), json!({ "model": "" }), json!({ "model": 5 }), json!({ "model": null })]
    {
        check(Chat, body, code::MODEL_REQUIRED);
    }
    check(Chat, json!([]), code::INVALID_REQUEST_BODY);
    check(Chat, json!({ "model": "gpt-5.6" }), code::MODEL_NOT_FOUND);
    check(Chat, json!({ "model": "openai/" }), code::MODEL_NOT_FOUND);
    check(Embeddings, json!({ "model": "openai/gpt-5.6" }), code::MODEL_CAPABILITY_UNSUPPORTED);
    check(Responses, json!({ "model": "groq/gpt-oss-120b" }), code::MODEL_CAPABILITY_UNSUPPORTED);
    check(Chat, json!({ "model": "clawrouter/fusion" }), code::FUSION_DISABLED);
    let fusion = json!({ "model": "clawrouter/fusion" });
    check(Responses, fusion.clone(), code::FUSION_CAPABILITY_UNSUPPORTED);
    check(Embeddings, fusion, code::FUSION_CAPABILITY_UNSUPPORTED);
    let broken = ask(&manifests, Chat, "POST", None, "{").unwrap_err();
    assert_eq!(broken.code, code::INVALID_JSON);
}

#[test]
fn a_name_that_no_model_has_is_refused() {
    let manifests = Manifests::bundled();
    let longest = format!("openai/{}", "x".repeat(249));
    for name in [longest.as_str(), "openai/ü", "openai/a:b@c"] {
        let named = post(&manifests, ForwardRoute::Chat, &json!({ "model": name })).unwrap();
        assert_eq!(named.model.unwrap().id, name);
    }
    let too_long = format!("{longest}x");
    let huge = format!("openai/{}", "x".repeat(1_000_000));
    for name in [&too_long, &huge, "openai/a b", "openai/a\u{a0}b", "openai/a\n", "openai/\u{7f}"] {
        let body = json!({ "model": name });
        for route in [
            ForwardRoute::Chat,
            ForwardRoute::Responses,
            ForwardRoute::Embeddings,
            ForwardRoute::Messages,
            ForwardRoute::CountTokens,
            native("openai", "/v1/chat/completions"),
        ] {
            assert_eq!(refused(&manifests, route, &body), code::INVALID_REQUEST_BODY, "{route:?}");
        }
        let enveloped = json!({ "body": body });
        let route = proxy("openai", "chat_completions");
        assert_eq!(refused(&manifests, route, &enveloped), code::INVALID_REQUEST_BODY);
        let enveloped = json!({ "pathParams": { "model": name }, "body": {} });
        let route = proxy("google-gemini", "generate_content");
        assert_eq!(refused(&manifests, route, &enveloped), code::INVALID_PATH_PARAM);
    }
    let path = format!("/v1beta/models/{too_long}:generateContent").replace("openai/", "openai%2F");
    let route = native("google-gemini", &path);
    assert_eq!(refused(&manifests, route, &json!({})), code::INVALID_PATH_PARAM);
}

#[test]
fn a_second_model_in_the_body_is_not_smuggled_past() {
    let manifests = Manifests::bundled();
    let body = r#"{"model":"openai/gpt-4.1-mini","messages":[],"mod\u0065l":"openai/gpt-5.6"}"#;
    let selection = ask(&manifests, ForwardRoute::Chat, "POST", None, body).unwrap();
    assert_eq!(selection.model.unwrap().id, "openai/gpt-5.6");
    assert_eq!(selection.body.unwrap(), r#"{"model":"gpt-5.6","messages":[]}"#);
}
