//! What a value of a body is, as far as the cost of a request depends on it.

use crate::decision::format::Format;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    /// Not in the body, or no text, if it is there at all.
    Kept,
    Messages,
    Message,
    /// A list of what a model reads, each part with its type.
    Parts,
    Part,
    PartType,
    /// The inside of a part, at any depth.
    Content,
    ContentType,
    /// The same in the format of Google.
    Contents,
    GeminiParts,
    GeminiPart,
    GeminiContent,
    Tools,
    Tool,
    ToolType,
    Execution,
    Environment,
    EnvironmentType,
    Generation,
    OutputLimit,
    GenerationLimit,
    Choices,
    CacheControl,
    CacheDuration,
    /// Has a price of its own, if it is there at all.
    Costly,
    /// The price list that is asked for.
    Tier,
    Modalities,
    /// Changes to the conversation that the provider makes.
    Edits,
    Edit,
    EditType,
    Elsewhere,
}

impl Place {
    /// Whether a refusal may have to name the member.
    pub(super) fn is_named_in_refusals(self) -> bool {
        let named = [Self::Costly, Self::Tier, Self::Modalities, Self::Edits, Self::Choices];
        named.contains(&self)
    }

    /// What the item of an array is, by what the array is.
    pub(super) fn item(self) -> Self {
        match self {
            Self::ContentType | Self::PartType => Self::Content,
            Self::Messages | Self::Message => Self::Message,
            Self::Parts | Self::Part => Self::Part,
            Self::GeminiParts | Self::GeminiPart => Self::GeminiPart,
            Self::Tools | Self::Tool => Self::Tool,
            Self::Content
            | Self::Contents
            | Self::GeminiContent
            | Self::Costly
            | Self::Modalities => self,
            Self::Edits | Self::Edit => Self::Edit,
            _ => Self::Elsewhere,
        }
    }

    /// What the member of an object is, by its name without case and underscores.
    pub(super) fn member(self, format: Format, name: &str) -> Self {
        match self {
            Self::Body => of_body(format, name),
            Self::Generation => match name {
                "candidatecount" => Self::Choices,
                "responsemodalities" => Self::Modalities,
                "speechconfig" => Self::Costly,
                _ => Self::Elsewhere,
            },
            Self::Messages | Self::Message => match name {
                "content" => Self::Parts,
                "audio" | "image" | "images" | "video" | "file" | "files" => Self::Kept,
                _ => Self::Elsewhere,
            },
            Self::Parts | Self::Part => match name {
                "type" => Self::PartType,
                "content" | "output" => Self::Parts,
                "tools" => Self::Tools,
                "image" | "video" | "audio" | "file" | "document" => Self::Kept,
                _ => of_content(name),
            },
            // A `type` that is no word is content like any other.
            Self::Content | Self::ContentType | Self::PartType => of_content(name),
            Self::Contents if name == "parts" => Self::GeminiParts,
            Self::GeminiParts | Self::GeminiPart => of_gemini_part(name),
            Self::Contents | Self::GeminiContent => match name {
                "filedata" | "inlinedata" => Self::Kept,
                _ => self,
            },
            Self::Tools | Self::Tool => of_tool(format, name),
            Self::Environment if name == "type" => Self::EnvironmentType,
            Self::CacheControl if name == "ttl" => Self::CacheDuration,
            Self::Edits if name == "edits" => Self::Edit,
            Self::Edits | Self::Edit if name == "type" => Self::EditType,
            _ => Self::Elsewhere,
        }
    }
}

fn of_body(format: Format, name: &str) -> Place {
    match name {
        // What a stored prompt holds, tools included, is the provider's knowledge alone.
        "prompt" if format == Format::Responses => Place::Costly,
        "previousresponseid" | "conversation" | "prompt" => Place::Kept,
        "input" | "instructions" | "system" => Place::Parts,
        "messages" => Place::Messages,
        "contents" | "systeminstruction" => Place::Contents,
        "tools" => Place::Tools,
        "generationconfig" => Place::Generation,
        "n" | "candidatecount" => Place::Choices,
        "cachedcontent" | "mcpservers" | "multiagent" | "searchparameters" | "websearchoptions" => {
            Place::Costly
        }
        "servicetier" | "speed" | "inferencegeo" => Place::Tier,
        "modalities" => Place::Modalities,
        "contextmanagement" => Place::Edits,
        _ => Place::Elsewhere,
    }
}

fn of_content(name: &str) -> Place {
    match name {
        "type" => Place::ContentType,
        "imageurl" | "videourl" | "audiourl" | "inputaudio" | "fileid" => Place::Kept,
        _ => Place::Content,
    }
}

fn of_gemini_part(name: &str) -> Place {
    match name {
        "text"
        | "thought"
        | "thoughtsignature"
        | "functioncall"
        | "functionresponse"
        | "executablecode"
        | "codeexecutionresult" => Place::GeminiContent,
        _ => Place::Kept,
    }
}

fn of_tool(format: Format, name: &str) -> Place {
    match name {
        "functiondeclarations" => Place::Elsewhere,
        // What the client does on a screen comes back as images.
        "computeruse" => Place::Kept,
        // Google's tools have no type, but a member each.
        _ if format == Format::Gemini => Place::Costly,
        "type" => Place::ToolType,
        "tools" => Place::Tools,
        "execution" => Place::Execution,
        "environment" => Place::Environment,
        _ => Place::Elsewhere,
    }
}
