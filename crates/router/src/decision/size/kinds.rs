//! The words by which formats call parts of a message, tools and price lists.

use crate::decision::format::Format;

/// Who runs a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Runner {
    Client,
    /// The client, with instructions for the model that are not in the body.
    ClientUntold,
    /// The client, if the tool says so.
    ClientIfSaid,
    Provider,
}

/// The tools of OpenAI that a client runs, besides its own.
const CLIENT_TOOLS: &[&str] = &[
    "function",
    "custom",
    "namespace",
    "shell",
    "local_shell",
    "apply_patch",
    "computer",
    "computer_use_preview",
];

/// The same of Anthropic, where a version follows.
const VERSIONED_CLIENT_TOOLS: &[&str] = &["bash_", "text_editor_", "computer_", "memory_"];

/// Who runs a tool of this type. What is not known here may cost anything.
pub(super) fn runner(format: Format, kind: &str) -> Runner {
    let is_versioned = VERSIONED_CLIENT_TOOLS.iter().any(|prefix| kind.starts_with(prefix));
    match kind {
        _ if CLIENT_TOOLS.contains(&kind) => Runner::Client,
        "tool_search" => Runner::ClientIfSaid,
        _ if is_versioned && matches!(format, Format::Messages | Format::Other) => {
            Runner::ClientUntold
        }
        _ => Runner::Provider,
    }
}

/// Parts whose tokens have nothing to do with the length of the body, wherever they are.
pub(super) fn is_media(kind: &str) -> bool {
    const MEDIA: &[&str] = &[
        "image",
        "image_url",
        "image_file",
        "input_image",
        "video",
        "video_url",
        "input_video",
        "audio",
        "audio_url",
        "input_audio",
        "document",
        "file",
        "input_file",
        "container_upload",
        "item_reference",
        "computer_screenshot",
    ];
    MEDIA.contains(&kind)
}

/// Parts and items that are all in the body. Of any other, nobody knows how much is read.
pub(super) fn is_text(kind: &str) -> bool {
    const TEXT: &[&str] = &[
        // Parts of a message.
        "text",
        "input_text",
        "output_text",
        "summary_text",
        "reasoning_text",
        "encrypted_content",
        "refusal",
        "thinking",
        "redacted_thinking",
        "tool_use",
        "tool_result",
        "tool_reference",
        "search_result",
        // Items of a conversation.
        "message",
        "agent_message",
        "reasoning",
        "function_call",
        "function_call_output",
        "custom_tool_call",
        "custom_tool_call_output",
        "local_shell_call",
        "local_shell_call_output",
        "shell_call",
        "shell_call_output",
        "apply_patch_call",
        "apply_patch_call_output",
        "computer_call",
        "computer_call_output",
        "tool_search_call",
        "tool_search_output",
        "additional_tools",
        "compaction",
        "compaction_trigger",
        "context_compaction",
    ];
    TEXT.contains(&kind)
}

/// Price lists that are no dearer than the usual one, by their names in lower case.
pub(super) fn is_usual_tier(tier: &str) -> bool {
    const USUAL: &[&str] = &[
        "auto",
        "default",
        "standard",
        "standard_only",
        "flex",
        "on_demand",
        "unspecified",
        "service_tier_unspecified",
        // Where an answer is computed.
        "global",
        "not_available",
    ];
    USUAL.contains(&tier)
}
