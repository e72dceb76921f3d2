use super::*;

/// What is found of tools, as members of a body and as items of its input.
fn of_tools(format: Format, tools: &Value) -> [Measured; 2] {
    let input = json!([{ "type": "additional_tools", "tools": tools }]);
    [json!({ "tools": tools }), json!({ "input": input })].map(|body| measured(&body, format))
}

#[test]
fn tools_that_the_client_runs_have_no_price() {
    let check = |format, unbounded, tool: Value| {
        for found in of_tools(format, &json!([tool])) {
            assert_eq!(found.unpriced, None, "{format:?} {tool}");
            assert_eq!(found.size.unbounded, unbounded, "{format:?} {tool}");
        }
    };
    let parameters = json!({ "type": "object", "properties": { "type": { "type": "string" } } });
    let function = json!({ "type": "function", "name": "web_search", "parameters": parameters });
    for format in [Format::Chat, Format::Responses] {
        check(format, false, function.clone());
        check(format, false, json!({ "type": "function", "function": function }));
        check(format, false, json!({ "type": "custom", "format": { "type": "grammar" } }));
        check(format, false, json!({ "type": "local_shell" }));
        check(format, false, json!({ "type": "apply_patch" }));
        check(format, false, json!({ "type": "shell" }));
        check(format, false, json!({ "type": "shell", "environment": { "type": "local" } }));
        check(format, false, json!({ "type": "computer_use_preview", "environment": "browser" }));
        check(format, false, json!({ "type": "tool_search", "execution": "client" }));
        check(format, false, json!({ "type": "namespace", "tools": [function] }));
    }
    let schema = json!({ "name": "Bash", "input_schema": parameters });
    check(Format::Messages, false, schema);
    check(Format::Messages, false, json!({ "type": "custom", "name": "Bash" }));
    // How a model is told of these is not in the body.
    for kind in ["bash_20250124", "text_editor_20250728", "computer_20250124", "memory_20250818"] {
        check(Format::Messages, true, json!({ "type": kind }));
    }
    let declared = json!({ "functionDeclarations": [{ "name": "f", "googleSearch": {} }] });
    let body = json!({ "tools": [declared] });
    assert_eq!(measured(&body, Format::Gemini).unpriced, None);
    let mixed = json!({ "tools": [{ "function_declarations": [], "googleSearch": null }] });
    assert_eq!(measured(&mixed, Format::Gemini).unpriced, None);
}

#[test]
fn tools_that_the_provider_runs_have_no_known_price() {
    let check = |format, kind: &str, tool: Value| {
        let own = json!({ "type": "function", "name": "f" });
        for tools in [json!([tool]), json!([own, tool]), tool.clone()] {
            for found in of_tools(format, &tools) {
                assert_eq!(found.unpriced, Some(Unpriced::tool(kind)), "{format:?} {tools}");
            }
        }
    };
    for kind in [
        "web_search",
        "web_search_preview",
        "file_search",
        "code_interpreter",
        "mcp",
        "image_generation",
        "invented_yesterday",
    ] {
        for format in [Format::Chat, Format::Responses] {
            check(format, kind, json!({ "type": kind }));
            check(format, kind, json!({ "Type": kind, "type": "function" }));
            check(format, kind, json!({ "type": "namespace", "tools": [{ "type": kind }] }));
        }
    }
    check(Format::Responses, "tool_search", json!({ "type": "tool_search" }));
    let twice = json!({ "type": "tool_search", "execution": "client", "Execution": "server" });
    check(Format::Responses, "tool_search", twice);
    let hosted = json!({ "type": "shell", "environment": { "type": "container_auto" } });
    check(Format::Responses, "shell", hosted);
    for kind in [
        "web_search_20250305",
        "web_fetch_20250910",
        "code_execution_20250825",
        "mcp_toolset",
        "advisor_20260301",
        "tool_search_tool_bm25",
    ] {
        check(Format::Messages, kind, json!({ "type": kind, "name": "x" }));
    }
    check(Format::Messages, "7", json!({ "type": 7 }));
    for name in [
        "googleSearch",
        "google_search",
        "googleSearchRetrieval",
        "urlContext",
        "codeExecution",
        "googleMaps",
        "inventedYesterday",
    ] {
        let body = json!({ "tools": [{ "functionDeclarations": [] }, { name: {} }] });
        let found = measured(&body, Format::Gemini).unpriced;
        assert_eq!(found, Some(Unpriced::member(name)), "{name}");
    }
}

#[test]
fn members_that_ask_for_more_than_tokens_have_no_known_price() {
    let check = |format, name: &str, asks: Value, idle: Value| {
        let unpriced = |value: &Value| measured(&json!({ name: value }), format).unpriced;
        assert_eq!(unpriced(&asks), Some(Unpriced::member(name)), "{asks}");
        assert_eq!(unpriced(&idle), None, "{idle}");
    };
    check(Format::Chat, "web_search_options", json!({}), json!(null));
    check(Format::Chat, "search_parameters", json!({ "mode": "on" }), json!(null));
    check(Format::Chat, "modalities", json!(["text", "audio"]), json!(["text"]));
    check(Format::Responses, "prompt", json!({ "id": "pmpt_1" }), json!(null));
    check(Format::Messages, "mcp_servers", json!([{ "url": "x" }]), json!([]));
    check(Format::Gemini, "cachedContent", json!("cachedContents/1"), json!(null));
    let edits =
        |kind: &str, keep: &str| json!({ "edits": [{ "type": kind, "keep": { "type": keep } }] });
    let clear = edits("clear_thinking_20251015", "thinking_turns");
    check(Format::Messages, "context_management", edits("compact_20260112", "x"), clear);
    check(Format::Responses, "context_management", json!([{ "type": "compaction" }]), json!([]));
    let found = |generation: Value| {
        measured(&json!({ "generationConfig": generation }), Format::Gemini).unpriced
    };
    assert_eq!(found(json!({ "responseModalities": ["TEXT"] })), None);
    let spoken = found(json!({ "responseModalities": ["TEXT", "AUDIO"] }));
    assert_eq!(spoken, Some(Unpriced::member("responseModalities")));
}

#[test]
fn a_price_list_is_the_usual_one_or_unknown() {
    let check = |name: &str, dearer: &[&str], usual: &[&str]| {
        for tier in dearer {
            let found = measured(&json!({ name: tier }), Format::Chat).unpriced;
            assert_eq!(found, Some(Unpriced::tier(name, tier)));
        }
        for tier in usual {
            assert_eq!(measured(&json!({ name: tier }), Format::Chat).unpriced, None, "{tier}");
        }
        assert_eq!(measured(&json!({ name: null }), Format::Chat).unpriced, None);
        let found = measured(&json!({ name: 7 }), Format::Chat).unpriced;
        assert_eq!(found, Some(Unpriced::tier(name, "7")));
    };
    let usual = ["auto", "default", "standard", "standard_only", "flex"];
    check("service_tier", &["priority", "fast", "scale", ""], &usual);
    check("serviceTier", &["PRIORITY"], &["STANDARD", "FLEX"]);
    check("speed", &["fast"], &["standard"]);
    check("inference_geo", &["us"], &["global"]);
}
