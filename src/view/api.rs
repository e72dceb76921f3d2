//! What `clawctl api` shows: an answer as it came, or a call that a dry run held back.

use std::io;

use bytes::Bytes;
use http::{HeaderMap, Method};
use serde_json::{Value, json};

use super::machine::Format;
use super::{Machine, Page, View};

/// An answer, whatever its status.
pub struct Exchange {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Status and headers too?
    pub include: bool,
    /// Laid out for reading? Else byte for byte.
    pub pretty: bool,
}

impl View for Exchange {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.include {
            page.line(format!("HTTP {}", self.status))?;
            for (name, value) in &self.headers {
                page.line(format!("{name}: {}", String::from_utf8_lossy(value.as_bytes())))?;
            }
            page.blank()?;
        }
        if !self.pretty {
            return page.verbatim(&self.body);
        }
        let text = String::from_utf8_lossy(&self.body);
        let laid_out = lay_out(&text);
        for line in laid_out.as_deref().unwrap_or(&text).lines() {
            page.line(line)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        let body = &self.body;
        if self.include {
            let headers: serde_json::Map<String, Value> = self
                .headers
                .iter()
                .map(|(name, value)| {
                    (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into())
                })
                .collect();
            let body = serde_json::from_slice(body)
                .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(body)));
            let status = self.status;
            return machine.one(&json!({"status": status, "headers": headers, "body": body}));
        }
        match serde_json::from_slice::<Value>(body) {
            Ok(value) if machine.format() != Format::Json => machine.one(&value),
            _ => machine.verbatim(body),
        }
    }
}

/// A call that a dry run held back.
pub struct NotSent {
    pub method: Method,
    pub path: String,
    pub body: Vec<u8>,
}

impl View for NotSent {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.line(format!("{} {}", self.method, self.path))?;
        let text = String::from_utf8_lossy(&self.body);
        let laid_out = lay_out(&text);
        for line in laid_out.as_deref().unwrap_or(&text).lines() {
            page.line(line)?;
        }
        page.aside("Nothing was sent: this is a dry run.")
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        let body = serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(&self.body)));
        let method = self.method.as_str();
        let request = json!({"method": method, "path": self.path, "body": body});
        machine.one(&json!({"dryRun": true, "request": request}))
    }
}

/// Lays JSON out over lines. Its members keep their order and its numbers their digits, which they
/// would not on the way through a `Value`. Nothing for what is not JSON.
fn lay_out(text: &str) -> Option<String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok()?;
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    let mut chars = text.chars().filter(|c| !matches!(c, '\n' | '\r' | '\t')).peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            in_string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            continue;
        }
        match c {
            ' ' => {}
            '"' => {
                in_string = true;
                out.push(c);
            }
            '{' | '[' => {
                out.push(c);
                while chars.next_if_eq(&' ').is_some() {}
                let close = if c == '{' { '}' } else { ']' };
                if chars.next_if_eq(&close).is_some() {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn json_keeps_its_order_and_its_digits() {
        let text = r#"{"b": 1.50,"a":[], "c":{"x":"{\"\\,"} ,"d":[1,{}]}"#;
        let expected = "{\n  \"b\": 1.50,\n  \"a\": [],\n  \"c\": {\n    \"x\": \"{\\\"\\\\,\"\n  },\n  \"d\": [\n    1,\n    {}\n  ]\n}";
        assert_eq!(lay_out(text).unwrap(), expected);
        assert_eq!(lay_out("<html>"), None);
    }

    proptest! {
        #[test]
        fn laying_out_changes_no_value(text in "\\PC{0,12}", number in any::<i64>()) {
            let value = json!({ text.clone(): [text, number, null, {}], "z": true });
            let laid_out = lay_out(&value.to_string()).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&laid_out).unwrap(), value);
        }
    }
}
