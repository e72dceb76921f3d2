use proptest::prelude::*;
use serde_json::value::to_raw_value;
use serde_json::{Map, Value, json};

use super::*;

fn text(body: &Body<'_>) -> String {
    String::from_utf8(body.to_bytes().to_vec()).unwrap()
}

#[test]
fn what_is_no_object_is_told_apart_from_what_is_no_json() {
    let check = |bytes: &[u8], expected: Option<&str>| {
        let found = Body::parse(bytes).err().map(|refusal| refusal.code);
        assert_eq!(found, expected, "{}", String::from_utf8_lossy(bytes));
    };
    check(b"{}", None);
    check(b" {\"a\":1}\n", None);
    check(b"\xef\xbb\xbf{}", None);
    for broken in ["", " ", "{", "{\"a\":}", "{} x", "[1,", "{\"a\":1,}", "{'a':1}", "{\"a\":01}"] {
        check(broken.as_bytes(), Some(code::INVALID_JSON));
    }
    check(b"{\"a\":\"\xff\"}", Some(code::INVALID_JSON));
    for other in ["[]", "null", "1", "\"x\"", "[{\"a\":1}]"] {
        check(other.as_bytes(), Some(code::INVALID_REQUEST_BODY));
    }
}

#[test]
fn edits_leave_the_rest_as_it_was() {
    let came =
        br#"{ "z": 1.50, "model": "a", "tools": [ {"b":1, "a":"\u00e9 x"} ], "max": 1e400 }"#;
    let mut body = Body::parse(came).unwrap();
    assert_eq!(body.read::<Cow<'_, str>>("model").as_deref(), Some("a"));
    body.set_text("model", "up\"stream");
    assert!(body.rename("max", "limit"));
    body.set("stream", to_raw_value(&true).unwrap());
    assert_eq!(
        text(&body),
        r#"{"z":1.50,"model":"up\"stream","tools":[{"b":1,"a":"\u00e9 x"}],"limit":1e400,"stream":true}"#
    );
    assert!(body.remove("z") && !body.remove("z"));
    assert!(!body.rename("model", "tools") && !body.rename("none", "other"));
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    let check = |came: &str, expected| {
        assert_eq!(text(&Body::parse(came.as_bytes()).unwrap()), expected, "{came}");
    };
    check(r#"{"a":1,"b":2,"a":3}"#, r#"{"a":3,"b":2}"#);
    check(r#"{"a":1,"a":2,"a":3}"#, r#"{"a":3}"#);
    check(r#"{"model":"x","\u006dodel":"y"}"#, r#"{"model":"y"}"#);
}

#[test]
fn half_of_a_surrogate_pair_in_a_value_is_passed_on() {
    let came = r#"{"text":"cut \ud83d"}"#;
    assert_eq!(text(&Body::parse(came.as_bytes()).unwrap()), came);
}

#[test]
fn many_members_and_much_depth_are_no_burden() {
    let names: Vec<_> = (0..100_000).map(|n| format!("\"m{}\":{n}", n % 50_000)).collect();
    let wide = format!("{{{}}}", names.join(","));
    assert_eq!(Body::parse(wide.as_bytes()).unwrap().iter().count(), 50_000);
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(text(&Body::parse(deep.as_bytes()).unwrap()), deep);
}

/// One edit, on a body and on a map of values.
#[derive(Debug, Clone)]
enum Edit {
    Set(&'static str, i64),
    Remove(&'static str),
    Rename(&'static str, &'static str),
}

const NAMES: &[&str] = &["a", "b", "ä", "with \"quote\"", "model"];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let name = || prop::sample::select(NAMES);
    let edit = prop_oneof![
        (name(), any::<i64>()).prop_map(|(name, n)| Edit::Set(name, n)),
        name().prop_map(Edit::Remove),
        (name(), name()).prop_map(|(from, to)| Edit::Rename(from, to)),
    ];
    prop::collection::vec(edit, 0..8)
}

/// The slow and obvious way, which forgets the order.
fn apply(value: &mut Map<String, Value>, edit: &Edit) {
    match edit {
        Edit::Set(name, n) => {
            value.insert((*name).to_owned(), json!(n));
        }
        Edit::Remove(name) => {
            value.remove(*name);
        }
        Edit::Rename(from, to) => {
            if !value.contains_key(*to)
                && let Some(moved) = value.remove(*from)
            {
                value.insert((*to).to_owned(), moved);
            }
        }
    }
}

proptest! {
    #[test]
    fn edits_mean_the_same_as_on_values(
        members in prop::collection::vec((prop::sample::select(NAMES), "\\PC{0,6}"), 0..8),
        edits in edits(),
    ) {
        let written: Vec<_> = members
            .iter()
            .map(|(name, text)| format!("{} : {} ", json!(name), json!([text, 1.0])))
            .collect();
        let came = format!("{{ {} }}", written.join(", "));
        let mut value: Map<String, Value> = serde_json::from_str(&came).unwrap();
        let mut body = Body::parse(came.as_bytes()).unwrap();
        for edit in &edits {
            match edit {
                Edit::Set(name, n) => body.set(name, to_raw_value(n).unwrap()),
                Edit::Remove(name) => drop(body.remove(name)),
                Edit::Rename(from, to) => drop(body.rename(from, to)),
            }
            apply(&mut value, edit);
        }
        let edited: Map<String, Value> = serde_json::from_slice(&body.to_bytes()).unwrap();
        prop_assert_eq!(edited, value);
    }

    #[test]
    fn what_is_not_edited_keeps_its_bytes_and_its_place(
        names in prop::collection::btree_set("[a-z]{1,3}", 1..8),
        numbers in prop::collection::vec("-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,3})?", 8),
        picked in any::<prop::sample::Index>(),
    ) {
        let names: Vec<_> = names.into_iter().rev().collect();
        let member = |(name, number): (&String, &String)| format!("\"{name}\":{number}");
        let came: Vec<_> = names.iter().zip(&numbers).map(member).collect();
        let came_text = format!("{{{}}}", came.join(","));
        let name = &names[picked.index(names.len())];
        let mut body = Body::parse(came_text.as_bytes()).unwrap();
        body.set_text(name, "x");
        let mut expected = came.clone();
        expected[picked.index(names.len())] = format!("\"{name}\":\"x\"");
        prop_assert_eq!(text(&body), format!("{{{}}}", expected.join(",")));
        prop_assert!(body.remove(name));
        expected.remove(picked.index(names.len()));
        prop_assert_eq!(text(&body), format!("{{{}}}", expected.join(",")));
    }
}
