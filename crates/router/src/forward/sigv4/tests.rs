//! Against the examples that AWS publishes with its key for examples.

use super::*;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

fn signer() -> Signer<'static> {
    Signer {
        access_key: "AKIDEXAMPLE",
        secret_key: SECRET,
        session_token: None,
        region: "us-east-1",
        service: "service",
    }
}

struct Example {
    method: Method,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    payload: &'static [u8],
}

const VANILLA: Example = Example { method: Method::GET, path: "/", headers: &[], payload: b"" };

fn signed(signer: Signer<'_>, example: &Example) -> HeaderMap {
    signed_at("example.amazonaws.com", signer, example)
}

fn signed_at(host: &str, signer: Signer<'_>, example: &Example) -> HeaderMap {
    let url = format!("https://{host}{}", example.path).parse().unwrap();
    let mut headers = HeaderMap::new();
    for (name, value) in example.headers {
        headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    let (method, payload) = (&example.method, example.payload);
    let request = Unsigned { method, url: &url, headers: &headers, payload };
    signer.sign(request, "2015-08-30T12:36:00Z".parse().unwrap()).unwrap()
}

#[test]
fn the_published_examples_are_signed_as_published() {
    let check = |example: Example, names: &str, signature: &str| {
        let headers = signed(signer(), &example);
        let expected = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders={names}, Signature={signature}"
        );
        assert_eq!(headers[AUTHORIZATION], expected, "{}", example.path);
        assert_eq!(headers[X_AMZ_DATE], "20150830T123600Z");
        assert!(headers[AUTHORIZATION].is_sensitive());
    };
    let plain = "host;x-amz-date";
    check(VANILLA, plain, "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
    check(
        Example { method: Method::POST, ..VANILLA },
        plain,
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    );
    check(
        Example { path: "/?Param2=value2&Param1=value1", ..VANILLA },
        plain,
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    );
    check(
        Example {
            path: "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
            ..VANILLA
        },
        plain,
        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
    );
    check(
        Example {
            method: Method::POST,
            headers: &[("content-type", "application/x-www-form-urlencoded")],
            payload: b"Param1=value1",
            ..VANILLA
        },
        "content-type;host;x-amz-date",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a",
    );
}

#[test]
fn what_aws_own_library_signs_is_signed_alike() {
    let check = |signer: Signer<'_>, example: Example, host: &str, signature: &str| {
        let headers = signed_at(host, signer, &example);
        let authorization = headers[AUTHORIZATION].to_str().unwrap();
        assert!(authorization.ends_with(signature), "{} {authorization}", example.path);
    };
    check(
        signer(),
        Example { headers: &[("my-header1", " a   b   c  ")], ..VANILLA },
        "example.amazonaws.com",
        "SignedHeaders=host;my-header1;x-amz-date, \
         Signature=6ff6bc3cebca8811504dc903f3a072c310d9f48f8ee5c0b08115052209439e1b",
    );
    let bedrock = Signer {
        session_token: Some("token/1=="),
        region: "eu-west-1",
        service: "bedrock",
        ..signer()
    };
    let model = |path| Example {
        method: Method::POST,
        path,
        headers: &[("content-type", "application/json"), ("accept", "application/json")],
        payload: br#"{"a":1}"#,
    };
    let host = "bedrock-runtime.eu-west-1.amazonaws.com";
    check(
        bedrock,
        model("/model/amazon.nova-lite-v1%3A0/invoke"),
        host,
        "1175487605982f85ca1f3b313dcec84ee3cc7a3bf351eb811fb5139a513045b6",
    );
    check(
        bedrock,
        model("/model/amazon.nova-lite-v1:0/invoke"),
        host,
        "a64b7f82a7241e9929aa3f46e38c67f342ae0466b1e0fde79fe71567a82e6e01",
    );
}

#[test]
fn a_session_is_signed_along() {
    let headers = signed(Signer { session_token: Some("token/1=="), ..signer() }, &VANILLA);
    assert_eq!(headers[X_AMZ_SECURITY_TOKEN], "token/1==");
    let authorization = headers[AUTHORIZATION].to_str().unwrap();
    assert!(authorization.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"));
    let none = signed(Signer { session_token: Some(""), ..signer() }, &VANILLA);
    assert!(!none.contains_key(X_AMZ_SECURITY_TOKEN));
}

#[test]
fn a_path_is_encoded_once_more_than_on_the_wire() {
    let check = |path: &str, expected: &str| {
        let url = format!("https://bedrock-runtime.eu-west-1.amazonaws.com{path}").parse().unwrap();
        let headers = HeaderMap::new();
        let request =
            Unsigned { method: &Method::POST, url: &url, headers: &headers, payload: b"" };
        let (_, text) = canonical(request, &HeaderMap::new()).unwrap();
        assert_eq!(text.lines().nth(1).unwrap(), expected);
    };
    check("/model/amazon.nova-lite-v1:0/invoke", "/model/amazon.nova-lite-v1%3A0/invoke");
    check("/model/amazon.nova-lite-v1%3A0/invoke", "/model/amazon.nova-lite-v1%253A0/invoke");
}

#[test]
fn nothing_that_signs_is_shown() {
    let shown = format!("{:?}", Signer { session_token: Some("session"), ..signer() });
    assert!(!shown.contains(SECRET) && !shown.contains("session"), "{shown}");
    let broken = Signer { session_token: Some("a\nb"), ..signer() };
    let url = "https://example.amazonaws.com/".parse().unwrap();
    let headers = HeaderMap::new();
    let request = Unsigned { method: &Method::GET, url: &url, headers: &headers, payload: b"" };
    assert!(broken.sign(request, Timestamp::UNIX_EPOCH).is_none());
}
