//! One question through a client library that knows nothing of the router, and what the library
//! made of the answer, as JSON.
//!
//! `clients anthropic|gemini ask|stream|leave BASE MODEL TEXT`, with the key in `CLIENT_KEY`.

use futures_util::StreamExt as _;
use genai::adapter::AdapterKind;
use genai::chat::{ChatMessage, ChatOptions, ChatRequest, ChatStreamEvent, Usage};
use genai::resolver::{AuthData, Endpoint};
use genai::{Client, Error, ModelIden, ServiceTarget};
use serde_json::{Value, json};

/// After so many pieces, who leaves a stream has heard enough.
const ENOUGH: usize = 5;

struct Question {
    model: String,
    request: ChatRequest,
    options: ChatOptions,
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [library, manner, base, model, text] = words.as_slice() else {
        panic!("how it is called is written at the top of its source");
    };
    let client = client(library, base);
    let question = Question {
        model: model.clone(),
        request: ChatRequest::new(vec![ChatMessage::user(text)]),
        options: ChatOptions::default().with_max_tokens(500).with_capture_usage(true),
    };
    let heard = match manner.as_str() {
        "ask" => ask(&client, question).await,
        "stream" => stream(&client, question, usize::MAX).await,
        "leave" => stream(&client, question, ENOUGH).await,
        other => panic!("`{other}` is no manner of asking"),
    };
    println!("{}", heard.unwrap_or_else(refused));
}

fn client(library: &str, base: &str) -> Client {
    let adapter = match library {
        "anthropic" => AdapterKind::Anthropic,
        "gemini" => AdapterKind::Gemini,
        other => panic!("there is no library for `{other}` here"),
    };
    let endpoint = Endpoint::from_owned(base);
    let target = move |asked: ServiceTarget| -> Result<ServiceTarget, genai::resolver::Error> {
        Ok(ServiceTarget {
            endpoint: endpoint.clone(),
            auth: AuthData::from_env("CLIENT_KEY"),
            model: ModelIden::new(adapter, asked.model.model_name),
        })
    };
    let client = Client::builder().with_service_target_resolver_fn(target).build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

async fn ask(client: &Client, question: Question) -> Result<Value, Error> {
    let Question { model, request, options } = question;
    let answer = client.exec_chat(model, request, Some(&options)).await?;
    Ok(heard(&answer.texts().concat(), 1, Some(&answer.usage)))
}

/// Listens to a stream for at most so many pieces.
async fn stream(client: &Client, question: Question, enough: usize) -> Result<Value, Error> {
    let Question { model, request, options } = question;
    let mut stream = client.exec_chat_stream(model, request, Some(&options)).await?.stream;
    let (mut text, mut pieces, mut usage) = (String::new(), 0, None);
    while pieces < enough
        && let Some(event) = stream.next().await
    {
        match event? {
            ChatStreamEvent::Chunk(piece) => {
                text += &piece.content;
                pieces += 1;
            }
            ChatStreamEvent::End(end) => usage = end.captured_usage,
            _ => {}
        }
    }
    Ok(heard(&text, pieces, usage.as_ref()))
}

fn heard(text: &str, pieces: usize, usage: Option<&Usage>) -> Value {
    json!({
        "text": text,
        "pieces": pieces,
        "input": usage.and_then(|usage| usage.prompt_tokens),
        "output": usage.and_then(|usage| usage.completion_tokens),
    })
}

/// What the library says of a refusal to those who use it.
fn refused(error: Error) -> Value {
    json!({ "refused": error.to_string() })
}
