use super::*;

fn at(selection: &Selection<'_>) -> (String, Option<String>, Value) {
    let gist = gist(selection);
    let model = gist["model"].as_str().map(str::to_owned);
    (gist["at"].as_str().unwrap().to_owned(), model, gist["body"].clone())
}

#[test]
fn a_native_path_names_its_endpoint() {
    let manifests = Manifests::bundled();
    let check = |provider, path, expected: &str, params: Value| {
        let selection = post(&manifests, native(provider, path), &json!({})).unwrap();
        assert_eq!(at(&selection).0, format!("{provider}/{expected}"), "{path}");
        assert_eq!(json!(selection.path_params), params, "{path}");
    };
    check("openai", "/v1/responses", "responses", json!([]));
    let model = "/v1beta/models/gemini-3.5-flash:generateContent";
    check("google-gemini", model, "generate_content", json!([["model", "gemini-3.5-flash"]]));
    let stable = "/v1/models/gemini-3.5-flash:streamGenerateContent";
    check(
        "google-gemini",
        stable,
        "stream_generate_content",
        json!([["model", "gemini-3.5-flash"]]),
    );
    let nova = "/model/amazon.nova-lite-v1%3A0/invoke";
    check("aws-bedrock", nova, "invoke_model", json!([["model", "amazon.nova-lite-v1:0"]]));
    let azure = "/openai/deployments/x/chat/completions";
    check("azure-openai", azure, "chat_completions", json!([["deployment", "x"]]));
}

#[test]
fn a_native_path_must_fit() {
    let manifests = Manifests::bundled();
    let check = |method: &str, provider, path, body: &str, expected: &str| {
        let found = ask(&manifests, native(provider, path), method, None, body);
        assert_eq!(found.err().map_or("", |refusal| refusal.code), expected, "{method} {path}");
    };
    check("POST", "openai", "/v1/nothing", "{}", code::ROUTE_NOT_FOUND);
    check("POST", "openai", "/v1/responses/", "{}", code::ROUTE_NOT_FOUND);
    check("POST", "openai", "/v1/models/x:generateContent", "{}", code::ROUTE_NOT_FOUND);
    check("GET", "openai", "/v1/responses", "", code::METHOD_NOT_ALLOWED);
    check("POST", "replicate", "/v1/predictions/x", "{}", code::METHOD_NOT_ALLOWED);
    check("GET", "replicate", "/v1/predictions/x", "ignored", "");
    check("GET", "replicate", "/v1/predictions/%zz", "", code::INVALID_PATH_PARAM);
    check("POST", "openai", "/v1/responses", "[]", code::INVALID_REQUEST_BODY);
    check("POST", "openai", "/v1/responses", "", code::INVALID_JSON);
    check("POST", "nobody", "/v1/responses", "{}", code::PROVIDER_NOT_FOUND);
    check("POST", "google", "/v1/responses", "{}", code::PROVIDER_NOT_FOUND);
}

#[test]
fn an_endpoint_can_be_kept_from_native_requests() {
    let manifests = Manifests::bundled();
    let mut manifest = manifests.get("openai").unwrap().clone();
    manifest.provider.endpoints.iter_mut().for_each(|endpoint| endpoint.native_proxy = false);
    let manifests = Manifests::from_snapshot(clawctl_wire::provider::ProviderSnapshot {
        providers: vec![manifest.provider],
        ..manifests.snapshot()
    });
    let route = native("openai", "/v1/responses");
    assert_eq!(refused(&manifests, route, &json!({})), code::ROUTE_NOT_FOUND);
    assert!(post(&manifests, proxy("openai", "responses"), &json!({})).is_ok());
}

#[test]
fn a_query_passes_through() {
    let manifests = Manifests::bundled();
    let route = native("google-gemini", "/v1beta/models/m:streamGenerateContent");
    let selection = ask(&manifests, route, "POST", Some("alt=sse&x=a%20b&x=c+d&e"), "{}").unwrap();
    let expected = json!([["alt", "sse"], ["x", "a b"], ["x", "c d"], ["e", ""]]);
    assert_eq!(json!(selection.query), expected);
}

#[test]
fn a_model_may_be_qualified_or_not_or_absent() {
    let manifests = Manifests::bundled();
    let check = |model: Value, id: &str, priced, body: Value| {
        let asked = json!({ "model": model, "max_tokens": 1 });
        let selection = post(&manifests, ForwardRoute::Messages, &asked).unwrap();
        let gist = gist(&selection);
        assert_eq!((&gist["model"], &gist["priced"]), (&json!(id), &json!(priced)), "{model}");
        assert_eq!(gist["body"], body, "{model}");
    };
    let sent = |model: &str| json!({ "model": model, "max_tokens": 1 });
    let haiku = "anthropic/claude-haiku-4-5";
    check(json!(haiku), haiku, true, sent("claude-haiku-4-5"));
    check(json!("claude-haiku-4-5"), haiku, true, sent("claude-haiku-4-5"));
    check(json!("claude-x"), "anthropic/claude-x", false, sent("claude-x"));
    check(json!("anthropic/claude-x"), "anthropic/claude-x", false, sent("claude-x"));
    check(json!(null), "anthropic/claude-opus-4-8", true, json!({ "max_tokens": 1 }));
}

#[test]
fn messages_go_to_a_provider_that_speaks_them() {
    let manifests = Manifests::bundled();
    let check = |route, model: &str, expected: Result<&str, &str>| {
        let found = post(&manifests, route, &json!({ "model": model }));
        let found = found.map(|selection| at(&selection).0).map_err(|refusal| refusal.code);
        assert_eq!(found, expected.map(str::to_owned), "{model}");
    };
    use ForwardRoute::{CountTokens, Messages};
    check(Messages, "anthropic/claude-haiku-4-5", Ok("anthropic/messages"));
    check(Messages, "clawpool/claude-haiku-4-5", Ok("clawpool/messages"));
    check(CountTokens, "clawpool/anything", Ok("clawpool/count_tokens"));
    check(CountTokens, "claude-haiku-4-5", Ok("anthropic/count_tokens"));
    check(Messages, "openai/gpt-5.6", Err(code::MODEL_PROVIDER_MISMATCH));
    check(Messages, "groq/gpt-oss-120b", Err(code::MODEL_PROVIDER_MISMATCH));
}

#[test]
fn path_and_body_must_mean_the_same_model() {
    let manifests = Manifests::bundled();
    let path = "/v1beta/models/gemini-3.5-flash:generateContent";
    let check = |path, model: &str, expected: &str| {
        let body = json!({ "model": model });
        assert_eq!(refused(&manifests, native("google-gemini", path), &body), expected, "{model}");
    };
    check(path, "google/gemini-3.5-flash", "");
    check(path, "gemini-3.5-flash", "");
    check(path, "gemini-2", code::MODEL_PATH_MISMATCH);
    check(path, "openai/gpt-5.6", code::MODEL_PROVIDER_MISMATCH);
    let qualified = "/v1beta/models/google%2Fgemini-3.5-flash:generateContent";
    check(qualified, "gemini-3.5-flash", "");
    let route = native("google-gemini", qualified);
    let selection =
        post(&manifests, route, &json!({ "model": "gemini-3.5-flash", "a": 1 })).unwrap();
    assert_eq!(
        gist(&selection),
        json!({
            "at": "google-gemini/generate_content",
            "model": "google/gemini-3.5-flash",
            "priced": true,
            "params": [["model", "gemini-3.5-flash"]],
            "body": { "a": 1 },
        })
    );
}

#[test]
fn a_name_of_the_provider_itself_goes_before_that_of_another() {
    let manifests = Manifests::bundled();
    let upstream = &manifests.model("groq/gpt-oss-120b").unwrap().1.upstream;
    assert!(upstream.starts_with("openai/"), "{upstream}");
    let route = native("groq", "/v1/chat/completions");
    let body = json!({ "model": upstream });
    let selection = post(&manifests, route, &body).unwrap();
    assert_eq!(at(&selection).1.as_deref(), Some("groq/gpt-oss-120b"));
}

#[test]
fn an_envelope_says_what_goes_upstream() {
    let manifests = Manifests::bundled();
    let route = proxy("aws-bedrock", "invoke_model");
    let envelope = json!({
        "method": "post",
        "pathParams": { "model": "bedrock/amazon.nova-lite-v1:0", "other": "x" },
        "query": { "a": 1, "b": ["x", true], "c": null },
        "body": { "prompt": "hi" },
    });
    let selection = post(&manifests, route, &envelope).unwrap();
    assert_eq!(selection.capability, "llm.invoke");
    assert_eq!(json!(selection.path_params), json!([["model", "amazon.nova-lite-v1:0"]]));
    assert_eq!(json!(selection.query), json!([["a", "1"], ["b", "x"], ["b", "true"]]));
    assert_eq!(selection.body.unwrap(), r#"{"prompt":"hi"}"#);
    let empty = post(&manifests, proxy("tavily", "extract"), &json!({ "body": null })).unwrap();
    assert_eq!(empty.body.unwrap(), "{}");
    let named = json!({ "body": { "model": "bedrock/other" } });
    let named = post(&manifests, route, &named).unwrap();
    assert_eq!(json!(named.path_params), json!([["model", "other"]]));
}

#[test]
fn an_envelope_that_is_none_is_refused() {
    let manifests = Manifests::bundled();
    let check = |endpoint, envelope: Value, expected: &str| {
        assert_eq!(refused(&manifests, proxy("replicate", endpoint), &envelope), expected);
    };
    for envelope in [
        json!([]),
        json!({ "method": 5 }),
        json!({ "method": "a b" }),
        json!({ "pathParams": [] }),
        json!({ "pathParams": { "a": 1 } }),
        json!({ "query": "a=1" }),
        json!({ "query": { "a": {} } }),
        json!({ "body": [] }),
        json!({ "body": "text" }),
    ] {
        check("predictions", envelope, code::INVALID_REQUEST_BODY);
    }
    check("predictions", json!({ "method": "DELETE" }), code::METHOD_NOT_ALLOWED);
    check("prediction", json!({}), code::METHOD_NOT_ALLOWED);
    check("nothing", json!({}), code::ROUTE_NOT_FOUND);
}

#[test]
fn a_get_has_its_parameters_in_the_url() {
    let manifests = Manifests::bundled();
    let route = proxy("replicate", "prediction");
    let query = Some("prediction_id=a%2Fb&x=1");
    let selection = ask(&manifests, route, "GET", query, "").unwrap();
    assert_eq!(json!(selection.path_params), json!([["prediction_id", "a/b"]]));
    assert_eq!(json!(selection.query), json!([["x", "1"]]));
    assert_eq!((selection.body, selection.capability), (None, "media.prediction.read"));
    let envelope = json!({ "method": "GET", "pathParams": { "prediction_id": "p" }, "body": {} });
    let selection = post(&manifests, route, &envelope).unwrap();
    assert_eq!((selection.method, selection.body), (Method::GET, None));
}

#[test]
fn a_provider_in_the_path_is_known_before_anything_else() {
    let manifests = Manifests::bundled();
    let id = |route| provider_of(&manifests, route).map(|found| found.map(|m| &m.provider.id[..]));
    assert_eq!(id(ForwardRoute::Chat), Ok(None));
    assert_eq!(id(native("groq", "/x")), Ok(Some("groq")));
    assert_eq!(id(native("nobody", "/x")).unwrap_err().code, code::PROVIDER_NOT_FOUND);
    assert_eq!(id(proxy("nobody", "x")).unwrap_err().code, code::ROUTE_NOT_FOUND);
    let asked = post(&manifests, proxy("nobody", "x"), &json!({}));
    assert_eq!(asked.unwrap_err().code, code::ROUTE_NOT_FOUND);
}
