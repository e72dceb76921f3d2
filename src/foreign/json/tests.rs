use proptest::prelude::*;
use serde_json::json;

use super::*;

const PRIMARY: [&str; 4] = ["agents", "defaults", "model", "primary"];

fn set(text: &str, path: &Path<'_>, value: &Value) -> Result<String, BadFile> {
    let mut document = Document::parse(text)?;
    document.set(path, value)?;
    assert_eq!(document.get(path)?.as_ref(), Some(value));
    Ok(document.text().to_owned())
}

#[test]
fn a_member_is_written_as_its_neighbours_are() {
    let check = |before: &str, path: &[&str], after: &str| {
        assert_eq!(set(before, path, &json!(2)).unwrap(), after, "{before:?}");
    };
    check("", &["a"], "{\n  \"a\": 2\n}\n");
    check("{}", &["a"], "{\n  \"a\": 2\n}");
    check("{ \"a\": 1 }", &["a"], "{ \"a\": 2 }");
    check("{ \"b\": 1 }", &["a"], "{ \"b\": 1, \"a\": 2 }");
    check("{\n\t\"b\": 1\n}\n", &["a"], "{\n\t\"b\": 1,\n\t\"a\": 2\n}\n");
    check("{\r\n  \"b\": 1\r\n}\r\n", &["a"], "{\r\n  \"b\": 1,\r\n  \"a\": 2\r\n}\r\n");
    check("{\n  b: 1, // mine\n}\n", &["a"], "{\n  b: 1, // mine\n  a: 2,\n}\n");
    check("{\n  b: 1 // mine\n}\n", &["a"], "{\n  b: 1, // mine\n  a: 2\n}\n");
    check("{b: 1 /* , */}", &["a"], "{b: 1, /* , */ a: 2}");
    check("{\n  // none yet\n}\n", &["a"], "{\n  // none yet\n  \"a\": 2\n}\n");
    check(
        "{\n    x: {\n        y: 1,\n    },\n}\n",
        &["x", "z"],
        "{\n    x: {\n        y: 1,\n        z: 2,\n    },\n}\n",
    );
    check(
        "{\n  \"x\": 1\n}\n",
        &["p", "q", "r"],
        "{\n  \"x\": 1,\n  \"p\": {\n    \"q\": {\n      \"r\": 2\n    }\n  }\n}\n",
    );
    check("{'a': \"it's\" /*x*/, }", &["a"], "{'a': 2 /*x*/, }");
    check("{ a: { b: 1 // one\n } }", &["a", "c"], "{ a: { b: 1, // one\n  c: 2\n } }");
}

#[test]
fn a_list_gets_one_more() {
    let check = |before: &str, after: &str, changed| {
        let mut document = Document::parse(before).unwrap();
        assert_eq!(document.add_to_list(&["allow"], &json!("new")), Ok(changed), "{before:?}");
        assert_eq!(document.text(), after);
    };
    check("{allow: []}", "{allow: [\"new\"]}", true);
    check("{allow: ['old']}", "{allow: ['old', \"new\"]}", true);
    check("{allow: [\n  'old', // x\n]}", "{allow: [\n  'old', // x\n  \"new\",\n]}", true);
    check("{allow: ['new']}", "{allow: ['new']}", false);
    check("{}", "{}", false);
}

#[test]
fn a_member_goes_and_comments_stay() {
    let check = |before: &str, after: &str| {
        let mut document = Document::parse(before).unwrap();
        assert_eq!(document.remove(&["a"]), Ok(before != after), "{before:?}");
        assert_eq!(document.text(), after, "{before:?}");
    };
    check("{}", "{}");
    check("{ \"b\": 1 }", "{ \"b\": 1 }");
    check("{ \"a\": 1 }", "{ }");
    check("{ \"a\": 1, \"b\": 2 }", "{ \"b\": 2 }");
    check("{\n  b: 2,\n  a: 1\n}\n", "{\n  b: 2\n}\n");
    check("{\n  b: 2, // two\n  a: 1, // one\n}\n", "{\n  b: 2, // two\n  // one\n}\n");
    check("{\r\n  a: {\r\n  },\r\n  b: 2\r\n}", "{\r\n  b: 2\r\n}");
    check("{a: 1 /* , */, b: 2}", "{/* , */ b: 2}");
}

#[test]
fn what_is_so_already_is_not_written_anew() {
    let text = "{ a: 'it\\x27s', b: +1, }";
    let mut document = Document::parse(text).unwrap();
    assert_eq!(document.set(&["a"], &json!("it's")), Ok(false));
    assert_eq!(document.text(), text);
}

#[test]
fn what_is_not_clear_is_left_alone() {
    let check = |text: &str, path: &[&str], expected: &str| {
        let error = set(text, path, &json!(2)).unwrap_err().to_string();
        assert!(error.contains(expected), "{text:?}: {error}");
    };
    check("{a: 1, 'a': 2}", &["a"], "`a` is set twice");
    check("{a: 1}", &["a", "b"], "`a` is there, and is not an object");
    check("[1]", &["a"], "not an object");
    check("{a: 1} x", &["a"], "line 1, column 8");
    check("{\n a: \"x\n}", &["a"], "line 2, column 5");
    check("{a 1}", &["a"], "`:`");
    check("{a: }", &["a"], "a value is missing");
    check("{a: 1 b: 2}", &["a"], "`,` or `}`");
    check("{a: 1 /* x", &["a"], "comment has no end");
    check(&format!("{}1{}", "{a:".repeat(200), "}".repeat(200)), &["a"], "nested too deeply");
}

#[test]
fn texts_mean_what_json5_says() {
    let check = |text: &str, meaning: &str| {
        let document = Document::parse(&format!("{{a: {text}}}")).unwrap();
        assert_eq!(document.get(&["a"]).unwrap(), Some(json!(meaning)), "{text}");
    };
    check(r#""\u00e9\n""#, "é\n");
    check(r#"'\uD83E\uDD9E'"#, "🦞");
    check(r#"'\uD83E!'"#, "\u{fffd}!");
    check("'a\\\nb'", "ab");
    check("'say \"it\"'", "say \"it\"");
    check("Infinity", "Infinity");
    check("0xFF", "0xFF");
}

/// A document with comments where they may stand.
fn document() -> impl Strategy<Value = String> {
    let comment = prop_oneof![
        Just(String::new()),
        Just(" ".to_owned()),
        Just(" // note, {\n".to_owned()),
        Just("/* a: 1 */".to_owned()),
        Just("\n    ".to_owned()),
        Just("\r\n\t".to_owned()),
    ];
    let scalar =
        prop_oneof!["[0-9]{1,3}", "'[a-z,:}]{0,4}'", "\"[a-z]{0,4}\"", Just("null".into())];
    scalar.prop_recursive(3, 24, 3, move |inner| {
        let names = prop::collection::btree_set("[agm]|agents|defaults|model", 0..3);
        let parts = (names, prop::collection::vec((inner, comment.clone(), comment.clone()), 3));
        (parts, comment.clone(), any::<bool>(), any::<bool>()).prop_map(
            |((names, parts), open, quoted, trailing)| {
                let count = names.len();
                let mut text = format!("{{{open}");
                for (index, (name, (value, before, after))) in names.iter().zip(parts).enumerate() {
                    let name = if quoted { format!("\"{name}\"") } else { name.clone() };
                    text.push_str(&format!("{before}{name}:{before}{value}{after}"));
                    if index + 1 < count || trailing {
                        text.push_str(&format!(",{after}"));
                    }
                }
                text + "}"
            },
        )
    })
}

/// With one stretch of new text taken out, and the comma that it may need, it is the old text.
fn is_the_old_text(before: &str, after: &str, replaced: Option<Range<usize>>) -> bool {
    let (old, new) = (before.as_bytes(), after.as_bytes());
    let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let same_end = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    if let Some(span) = replaced {
        return same >= span.start && same_end >= before.len() - span.end;
    }
    if same + same_end >= old.len() {
        return true;
    }
    // Else the comma came first, and comments between it and the rest.
    new[same] == b',' && {
        let (old, new) = (&old[same..], &new[same + 1..]);
        let same = old.iter().zip(new).take_while(|(a, b)| a == b).count();
        same + same_end >= old.len()
    }
}

proptest! {
    #[test]
    fn every_other_byte_stays(text in document()) {
        prop_assume!(text.starts_with('{'));
        for path in [&["a"][..], &["agents", "m"][..], &PRIMARY[..]] {
            let before = Document::parse(&text).unwrap();
            let old = span(&before.root, path);
            let mut after = before.clone();
            match after.set(path, &json!({"new": ["x", 1]})) {
                Ok(_) => {}
                Err(BadFile::OtherShape { .. }) => continue,
                Err(other) => panic!("{text:?}: {other}"),
            }
            prop_assert!(is_the_old_text(&text, after.text(), old), "{text:?} -> {:?}", after.text());
            // It means the same but for the one value.
            let mut expected = meaning(&before.root);
            let mut place = &mut expected;
            for name in path {
                if !place.is_object() { *place = json!({}); }
                place = &mut place[*name];
            }
            *place = json!({"new": ["x", 1]});
            prop_assert_eq!(meaning(&after.root), expected, "{} -> {}", text, after.text());
        }
    }

    /// What was set is gone again, and the rest means what it did; no comment is lost.
    #[test]
    fn every_other_member_stays_when_one_goes(text in document()) {
        prop_assume!(text.starts_with('{'));
        let before = Document::parse(&text).unwrap();
        let mut after = before.clone();
        after.remove(&["a"]).unwrap();
        let mut expected = meaning(&before.root);
        if let Value::Object(members) = &mut expected {
            members.remove("a");
        }
        prop_assert_eq!(meaning(&after.root), expected, "{} -> {}", text, after.text());
        if span(&before.root, &["a"]).is_none() {
            prop_assert_eq!(after.text(), text);
        }
    }

    #[test]
    fn nothing_that_is_typed_ends_in_a_panic(text in "[{}\\[\\]a:1,'\"/* \n\\\\u]{0,40}") {
        if let Ok(mut document) = Document::parse(&text) {
            let _ = document.set(&["a", "b"], &json!(1));
        }
    }
}

fn span(node: &Node, path: &[&str]) -> Option<Range<usize>> {
    let Some((name, rest)) = path.split_first() else { return Some(node.span.clone()) };
    let Kind::Object(members) = &node.kind else { return None };
    members.iter().find(|member| member.name == *name).and_then(|m| span(&m.value, rest))
}
