use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Map, Value};

use crate::client::{Answer, Error as CallError};
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::view::api::{Exchange, NotSent};
use clawctl_wire::BODY_BYTES_MAX;
use clawctl_wire::error::ErrorEnvelope;

/// Make any call to the router
///
/// The admin token of the router in force goes along by itself; with `--key-…` the call is made as
/// a key's holder instead, with `--anonymous` as nobody. The body is printed as it came. A call
/// that changes something is sent once and never repeated.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl api GET /v1/admin/overview
  clawctl api GET /v1/models --key-env CLAWROUTER_API_KEY
  clawctl api PUT /v1/admin/connections/xai -f enabled:=false --dry-run
  clawctl api POST /v1/admin/policies/team/revoke -i
  clawctl api PUT /v1/admin/policies/team --input policy.json -H 'if-match: \"3\"'

Exit codes: 0 for a success, 4 for 401 and 403, 3 for 404, 5 for 409 and 412, 6 for 502 to 504,
1 for other refusals")]
pub struct Api {
    /// GET, PUT, POST and so on
    #[arg(value_parser = parse_method)]
    method: Method,

    /// Path and query, such as `/v1/health`
    #[arg(value_parser = parse_path)]
    path: String,

    /// Member of the JSON body: `name=text`, or `name:=JSON`; of the query for GET
    #[arg(short, long = "field", value_name = "NAME=VALUE", conflicts_with = "input")]
    #[arg(value_parser = parse_field)]
    fields: Vec<(String, Value)>,

    /// Body from a file; `-` is standard input
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    input: Option<PathBuf>,

    /// Header to send; repeat it for more
    #[arg(short = 'H', long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,

    /// Print the status and the headers of the answer too
    #[arg(short, long)]
    include: bool,

    /// Send no admin token
    #[arg(long, conflicts_with = "key_source")]
    anonymous: bool,

    #[command(flatten)]
    key: KeySourceFlags,
}

fn parse_method(text: &str) -> Result<Method, String> {
    // A method that was never heard of is more likely a path in the wrong place.
    let known = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    let upper = text.to_ascii_uppercase();
    if !known.contains(&upper.as_str()) {
        return Err(format!("it is one of {}", known.join(", ")));
    }
    upper.parse().map_err(|_| "it is not a method".to_owned())
}

fn parse_path(text: &str) -> Result<String, String> {
    if text.contains("://") {
        return Err("give the path alone; `--url` or a context says which router".to_owned());
    }
    if !text.starts_with('/') {
        return Err(format!("a path starts with a slash: `/{text}`"));
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '#') {
        return Err("a path has no spaces and no `#`; write them as `%20` and `%23`".to_owned());
    }
    Ok(text.to_owned())
}

fn parse_field(text: &str) -> Result<(String, Value), String> {
    let (name, value) = text.split_once('=').ok_or("write `name=text` or `name:=JSON`")?;
    let (name, value) = match name.strip_suffix(':') {
        Some(name) => {
            let value =
                serde_json::from_str(value).map_err(|e| format!("this is not JSON: {e}"))?;
            (name, value)
        }
        None => (name, Value::from(value)),
    };
    if name.is_empty() {
        return Err("the name is missing".to_owned());
    }
    Ok((name.to_owned(), value))
}

/// A secret in an argument is seen by every user of the machine, and kept by the shell.
const SECRET_HEADERS: &[&str] = &[
    "authorization",
    "proxy-authorization",
    "cookie",
    "x-api-key",
    "x-goog-api-key",
    "cf-access-client-secret",
];

/// Not left to clap, which would repeat the value in its own words.
fn parse_header(text: &str) -> Result<(HeaderName, HeaderValue)> {
    let bad = |reason: &str| {
        Error::usage(format!("`-H` needs {reason}")).hint("write `-H 'name: value'`")
    };
    let (name, value) = text.split_once(':').ok_or_else(|| bad("a name and a value"))?;
    let name: HeaderName = name.trim().parse().map_err(|_| bad("the name of a header"))?;
    if SECRET_HEADERS.contains(&name.as_str()) {
        return Err(Error::usage(format!(
            "`{name}` carries a secret, and every user of this machine can see arguments"
        ))
        .hint("the admin token goes along by itself")
        .hint("a key comes by `--key-stdin`, `--key-file PATH` or `--key-env NAME`"));
    }
    let value = value.trim().parse().map_err(|_| bad("the value of a header"))?;
    Ok((name, value))
}

pub async fn run(ctx: &Ctx, args: Api) -> Result<Exit> {
    let mut headers: HeaderMap = HeaderMap::new();
    for header in &args.headers {
        let (name, value) = parse_header(header)?;
        headers.append(name, value);
    }
    let reads = matches!(args.method, Method::GET | Method::HEAD | Method::OPTIONS);
    let mut path = args.path.clone();
    let mut body = match &args.input {
        Some(input) => Some(read_input(input)?),
        None => None,
    };
    if reads {
        add_to_query(&mut path, &args.fields);
    } else if !args.fields.is_empty() {
        let members: Map<String, Value> = args.fields.iter().cloned().collect();
        body = Some(Value::Object(members).to_string().into_bytes());
    }
    if ctx.settings.dry_run && !reads {
        return ctx.show(NotSent { method: args.method, path, body: body.unwrap_or_default() });
    }
    if args.key.is_given() {
        headers.insert(http::header::AUTHORIZATION, args.key.bearer(ctx)?);
    }
    let as_admin = !args.anonymous && !args.key.is_given();
    let answer = ctx.client()?.raw(args.method, &path, headers, body, as_admin).await?;
    let refused = refusal(&answer);
    let pretty = ctx.ui.stdout_is_terminal();
    let Answer { status, headers, body } = answer;
    ctx.show(Exchange { status, headers, body, include: args.include, pretty })?;
    match refused {
        None => Ok(Exit::DONE),
        Some(error) => {
            ctx.ui.error(&error);
            Ok(error.exit)
        }
    }
}

/// What is said on stderr beside the body of a refusal.
fn refusal(answer: &Answer) -> Option<Error> {
    let status = answer.status;
    if (200..300).contains(&status) {
        return None;
    }
    let request_id = answer.request_id();
    if (300..400).contains(&status) {
        let location = answer.headers.get(http::header::LOCATION);
        let location =
            location.and_then(|value| value.to_str().ok()).unwrap_or("nowhere").to_owned();
        return Some(CallError::Redirected { location, request_id }.into());
    }
    Some(match ErrorEnvelope::read(&answer.body) {
        Some(problem) => CallError::Refused { status, problem, request_id }.into(),
        None => {
            let mut error =
                Error::new(Exit::of_status(status), format!("the router answered {status}"));
            error.request_id = request_id;
            error
        }
    })
}

fn read_input(input: &Path) -> Result<Vec<u8>> {
    let failed = |e| Error::usage(format!("cannot read `{}`", input.display())).cause(e);
    let reader: Box<dyn Read> = if input == Path::new("-") {
        Box::new(std::io::stdin())
    } else {
        Box::new(std::fs::File::open(input).map_err(failed)?)
    };
    let limit = u64::try_from(BODY_BYTES_MAX).unwrap_or(u64::MAX);
    let mut body = Vec::new();
    reader.take(limit + 1).read_to_end(&mut body).map_err(failed)?;
    if body.len() > BODY_BYTES_MAX {
        return Err(Error::usage(format!("`{}` is larger than 8 MiB", input.display())));
    }
    Ok(body)
}

fn add_to_query(path: &mut String, fields: &[(String, Value)]) {
    if fields.is_empty() {
        return;
    }
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        match value {
            Value::String(text) => query.append_pair(name, text),
            other => query.append_pair(name, &other.to_string()),
        };
    }
    path.push(if path.contains('?') { '&' } else { '?' });
    path.push_str(&query.finish());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_header_is_refused() {
        for bad in ["Authorization: Bearer canary", "COOKIE: canary", "x-api-key:canary"] {
            let error = parse_header(bad).unwrap_err();
            assert!(error.message.contains("carries a secret"), "{error}");
            assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        }
        let (name, value) = parse_header("If-Match:  \"3\" ").unwrap();
        assert_eq!((name.as_str(), value.as_bytes()), ("if-match", &b"\"3\""[..]));
    }

    #[test]
    fn a_path_is_a_path() {
        for bad in ["v1/health", "https://x.example/v1", "/a b", "/a#b", ""] {
            assert!(parse_path(bad).is_err(), "{bad}");
        }
        assert!(parse_path("/v1/admin/content?tenant=a&ref=b").is_ok());
        assert!(parse_method("/v1/health").is_err());
        assert_eq!(parse_method("get"), Ok(Method::GET));
    }

    #[test]
    fn fields_are_text_or_json() {
        let check = |text, name: &str, value: Value| {
            assert_eq!(parse_field(text), Ok((name.to_owned(), value)));
        };
        check("label=true", "label", "true".into());
        check("enabled:=true", "enabled", true.into());
        check("models:=[\"a=b\"]", "models", serde_json::json!(["a=b"]));
        check("label=", "label", "".into());
        for bad in ["label", "=x", "x:=nope"] {
            assert!(parse_field(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn fields_of_a_read_go_to_the_query() {
        let mut path = "/v1/x?a=1".to_owned();
        add_to_query(&mut path, &[("b".into(), "c d&e".into()), ("n".into(), 5.into())]);
        assert_eq!(path, "/v1/x?a=1&b=c+d%26e&n=5");
    }
}
