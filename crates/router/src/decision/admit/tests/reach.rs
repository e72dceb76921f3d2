use super::*;

fn scoped(models: &[&str]) -> Policy {
    let patterns = models.iter().map(|pattern| pattern.parse().unwrap()).collect();
    Policy { models: Some(patterns), ..policy() }
}

#[test]
fn a_list_of_models_holds_for_every_model_that_may_answer() {
    let manifests = Manifests::bundled();
    let body = |members: Value| {
        let mut body = json!({ "model": "openrouter/auto", "messages": [] });
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        body
    };
    let decided = |members: Value, policy: &Policy| {
        asked(&manifests, ForwardRoute::Chat, &body(members), policy).err()
    };
    let certain = scoped(&["openrouter/auto", "openrouter/openai/*"]);
    let every = scoped(&["openrouter/*"]);
    let check = |members: Value, code: Option<&str>| {
        assert_eq!(decided(members.clone(), &certain), code, "{members}");
        assert_eq!(decided(members.clone(), &every), None, "{members}");
        assert_eq!(decided(members.clone(), &policy()), None, "{members}");
    };
    check(json!({}), None);
    check(json!({ "models": ["openai/gpt-5.6", "openrouter/auto"] }), None);
    check(json!({ "models": null, "plugins": [], "preset": null }), None);
    check(json!({ "provider": { "order": ["azure"] } }), None);
    let refused = Some(code::MODEL_NOT_ALLOWED);
    check(json!({ "models": ["openai/gpt-5.6", "anthropic/claude"] }), refused);
    check(json!({ "models": "openai/gpt-5.6" }), refused);
    check(json!({ "models": [7] }), refused);
    check(json!({ "Models": ["openai/gpt-5.6"] }), refused);
    check(json!({ "preset": "mine" }), refused);
    check(json!({ "plugins": [{ "id": "auto-router" }] }), refused);
    check(json!({ "route": "fallback" }), refused);
    check(json!({ "fallbacks": [{ "model": "x" }] }), refused);
    check(json!({ "model": "openrouter/openai/gpt-5.6@preset/mine" }), refused);
}

#[test]
fn a_member_that_may_be_the_model_is_refused_where_the_model_counts() {
    let manifests = Manifests::bundled();
    for twin in ["Model", "MODEL", "mo_del", "model"] {
        let body = format!(r#"{{"model":"openai/gpt-4.1-mini","{twin}":"openai/gpt-4.1-mini"}}"#);
        let route = ForwardRoute::Chat;
        let ask = Ask { route, method: &Method::POST, query: None, body: body.as_bytes() };
        let selection = select(&manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
        let scoped = scoped(&["openai/gpt-4.1-mini"]);
        for policy in [scoped, budgeted(None), budgeted(Some(7))] {
            let refused = decide(&selection, &policy, None).err();
            assert_eq!(refused, Some(code::INVALID_REQUEST_BODY), "{twin}");
        }
        assert!(decide(&selection, &policy(), None).is_ok(), "{twin}");
    }
}

#[test]
fn a_request_without_a_model_is_for_nobody_who_has_a_list_of_models() {
    let manifests = Manifests::bundled();
    let body = json!({ "max_tokens": 1, "messages": [] });
    let decided = |policy: &Policy| asked(&manifests, ForwardRoute::Messages, &body, policy).err();
    let first = manifests.get("anthropic").unwrap().provider.models[0].id.clone();
    assert_eq!(decided(&scoped(&[&first])), Some(code::MODEL_NOT_ALLOWED));
    assert_eq!(decided(&scoped(&["anthropic/*"])), None);
    assert_eq!(decided(&policy()), None);
}
