//! Answers as the providers write them.

pub(super) const CHAT: &str = concat!(
    "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795195269,",
    "\"model\":\"gpt-5.6\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",",
    "\"content\":\"\"},\"finish_reason\":null}],\"usage\":null}\n\n",
    "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795195269,",
    "\"model\":\"gpt-5.6\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße: \\\"usage\\\"",
    " [DONE]\"},\"finish_reason\":null}],\"usage\":null}\n\n",
    "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795195269,",
    "\"model\":\"gpt-5.6\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}],",
    "\"usage\":null}\n\n",
    "data: {\"id\":\"chatcmpl-7\",\"object\":\"chat.completion.chunk\",\"created\":1795195269,",
    "\"model\":\"gpt-5.6\",\"choices\":[],\"usage\":{\"prompt_tokens\":1200,",
    "\"completion_tokens\":30,\"total_tokens\":1230,\"prompt_tokens_details\":{",
    "\"cached_tokens\":1024,\"cache_write_tokens\":100},\"completion_tokens_details\":{",
    "\"reasoning_tokens\":12}}}\n\n",
    "data: [DONE]\n\n",
);

pub(super) const RESPONSES: &str = concat!(
    "event: response.created\n",
    "data: {\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\",\"status\":",
    "\"in_progress\",\"error\":null,\"usage\":null}}\n\n",
    "event: response.output_text.delta\n",
    "data: {\"type\":\"response.output_text.delta\",\"delta\":\"Hello\"}\n\n",
    "event: response.completed\n",
    "data: {\"type\":\"response.completed\",\"response\":{\"id\":\"resp_1\",\"status\":",
    "\"completed\",\"error\":null,\"usage\":{\"input_tokens\":90,\"input_tokens_details\":{",
    "\"cached_tokens\":64},\"output_tokens\":40,\"output_tokens_details\":{",
    "\"reasoning_tokens\":32},\"total_tokens\":130}}}\n\n",
);

pub(super) const ANTHROPIC: &str = concat!(
    "event: message_start\n",
    "data: {\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",",
    "\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":20,",
    "\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":4000,",
    "\"cache_creation\":{\"ephemeral_5m_input_tokens\":250,\"ephemeral_1h_input_tokens\":50},",
    "\"output_tokens\":1}}}\n\n",
    "event: ping\ndata: {\"type\": \"ping\"}\n\n",
    "event: content_block_delta\n",
    "data: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",",
    "\"text\":\"Hello\"}}\n\n",
    "event: message_delta\n",
    "data: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},",
    "\"usage\":{\"output_tokens\":15}}\n\n",
    "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
);

pub(super) const GEMINI: &str = concat!(
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}],\"role\":\"model\"},",
    "\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":8,\"thoughtsTokenCount\":20,",
    "\"totalTokenCount\":28},\"modelVersion\":\"gemini-3.5-flash\"}\r\n\r\n",
    "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"lo\"}],\"role\":\"model\"},",
    "\"finishReason\":\"STOP\",\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":8,",
    "\"candidatesTokenCount\":3,\"thoughtsTokenCount\":20,\"cachedContentTokenCount\":4,",
    "\"toolUsePromptTokenCount\":5,\"totalTokenCount\":36}}\r\n\r\n",
);

pub(super) const COHERE: &str = concat!(
    "event: content-delta\ndata: {\"type\":\"content-delta\",\"delta\":{\"message\":{\"content\":",
    "{\"text\":\"Hi\"}}}}\n\n",
    "event: message-end\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\",",
    "\"usage\":{\"billed_units\":{\"input_tokens\":5,\"output_tokens\":2},\"tokens\":{",
    "\"input_tokens\":70,\"output_tokens\":4}}}}\n\n",
);
