use super::*;

#[test]
fn renames_keep_to_their_paths_and_models() {
    let manifests = Manifests::bundled();
    let check = |route, model: &str, body: Value, expected: Value| {
        let mut asked = body;
        asked["model"] = model.into();
        let selection = post(&manifests, route, &asked).unwrap();
        let mut sent = gist(&selection)["body"].clone();
        sent.as_object_mut().unwrap().remove("model");
        assert_eq!(sent, expected, "{route:?} {model}");
    };
    let old = || json!({ "max_tokens": 5 });
    let new = || json!({ "max_completion_tokens": 5 });
    use ForwardRoute::{Chat, Responses};
    check(Chat, "openai/gpt-5.6", old(), new());
    check(Chat, "openai/gpt-4.1-mini", old(), old());
    check(Responses, "openai/gpt-5.6", old(), old());
    check(native("openai", "/v1/chat/completions"), "gpt-5.6", old(), new());
    let both = json!({ "max_tokens": 5, "max_completion_tokens": 6 });
    check(Chat, "openai/gpt-5.6", both.clone(), both);
    check(Chat, "azure-openai/deployment", old(), new());
    check(Chat, "azure-openai/other", old(), old());
}

#[test]
fn a_quirk_sees_the_renamed_body_and_its_size_is_told_behind_it() {
    let manifests = Manifests::bundled();
    let body = br#"{"model":"openai/gpt-5.6","max_tokens":5,"user":"me","stream":true}"#;
    let route = ForwardRoute::Chat;
    let ask = Ask { route, method: &Method::POST, query: None, body };
    let quirk = |manifest: &Manifest, body: &mut Body<'_>| {
        assert_eq!(manifest.provider.id, "openai");
        assert!(body.get("max_completion_tokens").is_some());
        assert!(body.get("stream_options").is_none());
        body.remove("user");
        Ok(())
    };
    let selection = select(&manifests, &config, &ask, &quirk).unwrap();
    let measured = r#"{"model":"gpt-5.6","max_completion_tokens":5,"stream":true}"#;
    assert_eq!(selection.size.bytes, measured.len() as u64);
    let added = r#","stream_options":{"include_usage":true}}"#;
    let sent = measured.strip_suffix('}').unwrap().to_owned() + added;
    assert_eq!(selection.body.unwrap(), sent);
}

#[test]
fn usage_is_asked_of_streams_that_tell_it() {
    let manifests = Manifests::bundled();
    let check = |route, model: &str, stream: Value, streams, added| {
        let body = json!({ "model": model, "stream": stream });
        let selection = post(&manifests, route, &body).unwrap();
        assert_eq!(
            (selection.streams, selection.usage_added),
            (streams, added),
            "{model} {stream}"
        );
        let sent = String::from_utf8(selection.body.unwrap().to_vec()).unwrap();
        assert_eq!(sent.contains("include_usage"), added);
    };
    use ForwardRoute::{Chat, Messages, Responses};
    check(Chat, "openai/gpt-5.6", json!(true), true, true);
    check(Chat, "openai/gpt-5.6", json!(false), false, false);
    check(Chat, "openai/gpt-5.6", json!("true"), false, false);
    check(Chat, "local/llama", json!(true), true, true);
    check(Chat, "claude-max-proxy/claude-opus-4", json!(true), true, false);
    check(Responses, "openai/gpt-5.6", json!(true), true, false);
    check(Messages, "anthropic/claude-haiku-4-5", json!(true), true, false);
    check(Chat, "cohere/command-a-plus-05-2026", json!(true), true, false);
    check(native("groq", "/v1/chat/completions"), "x", json!(true), true, true);
}

#[test]
fn some_paths_always_stream() {
    let manifests = Manifests::bundled();
    let check = |provider, path, streams| {
        let selection = post(&manifests, native(provider, path), &json!({})).unwrap();
        assert_eq!(selection.streams, streams, "{path}");
    };
    check("google-gemini", "/v1beta/models/m:generateContent", false);
    check("google-gemini", "/v1beta/models/m:streamGenerateContent", true);
    check("aws-bedrock", "/model/m/invoke", false);
    check("aws-bedrock", "/model/m/invoke-with-response-stream", true);
    check("anthropic", "/v1/messages", false);
}
