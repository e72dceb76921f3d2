use std::path::PathBuf;

use super::shape::ROOT;
use super::*;
use crate::resource::{Kind, Shape};

fn source(name: &str, text: &str) -> Source {
    Source { name: name.to_owned(), folder: PathBuf::from("/m"), text: text.to_owned() }
}

fn read(text: &str) -> Result<Manifest, Rejected> {
    let env = |name: &str| (name == "SET").then(|| "from_env".to_owned());
    Manifest::read(&[source("m.yaml", text)], &env)
}

/// Every problem as `line:column message (suggestion)`.
fn problems(text: &str) -> Vec<String> {
    let rejected = read(text).expect_err(text);
    let told = rejected.problems.iter().map(|problem| {
        let Place { line, column, .. } = problem.place;
        let suggestion = problem.suggestion.as_deref().unwrap_or("-");
        format!("{line}:{column} {} ({suggestion})", problem.message)
    });
    told.collect()
}

#[test]
fn each_mistake_is_told_with_its_place_and_with_what_to_write() {
    let check = |text: &str, expected: &[&str]| assert_eq!(problems(text), expected, "{text}");
    check("policies: {}", &["1:1 the manifest has no `version` (add `version: …`)"]);
    check("version: 2", &["1:10 version 2 is not known; this clawctl knows 1 (-)"]);
    check(
        "version: 1\npolicies:\n  team:\n    provdiers: [openai]\n",
        &["4:5 a policy has no member `provdiers` (did you mean `providers`?)"],
    );
    check(
        "version: 1\npolicies:\n  team-a: { providers: openai, budget: }\n",
        &[
            "3:3 `team-a` contains `-`; an id is made of letters, digits and underscores (write `team_a`)",
            "3:24 `providers` is a list, and this is a text (write `[openai]`)",
            "3:38 `budget` is empty (write an amount, or `none` for no limit)",
        ],
    );
    check(
        "version: 1\nkeys:\n  alice: { policy: 12, enabled: yes, to: fil:x, secret_sha256: sk-oops }\n",
        &[
            "3:20 `policy` takes a text, and this is a number (put it in quotes: \"12\")",
            "3:33 `enabled` is a yes or no, and this is a text (write `true`)",
            "3:42 there is no sink `fil` (did you mean `file:PATH`?)",
            "3:64 `secret_sha256` takes the 64 hex digits of a SHA-256 (-)",
        ],
    );
    check(
        "version: 1\npolicies: { a: { providers: [], budget: 50000000 } }\n",
        &[
            "2:29 `providers` is empty, which is neither some nor all (name some, or write `all`)",
            "2:41 `50000000` looks like micros; write `$50` if you mean that, or `$50000000` (-)",
        ],
    );
    check(
        "version: 1\nvars: { UNSET: }\n",
        &["2:9 `UNSET` is not set, and has no default (export UNSET=…)"],
    );
    check(
        "version: 1\ngrants: { policies/a/b: { credential: sk-proj-secret } }\n",
        &[
            "2:39 a secret is not written here, only where it is kept (write `env:NAME`, `file:PATH`, \
           `keyring:SERVICE/ACCOUNT` or `exec:COMMAND`)",
        ],
    );
    check(
        "version: 1\nbindings:\n  - { policy: a }\n",
        &[
            "3:5 a binding is for a user or for a group, and for one (write `{ group: NAME, policy: ID }`)",
        ],
    );
}

#[test]
fn text_that_is_no_yaml_is_told_with_its_place() {
    let rejected = read("version: 1\npolicies: [}\n").unwrap_err();
    assert_eq!(rejected.problems.len(), 1);
    assert_eq!(rejected.problems[0].place.line, 2);
}

#[test]
fn a_thing_that_two_files_name_is_a_problem() {
    let files = [
        source("a.yaml", "version: 1\nproviders: { xai: { enabled: true } }\n"),
        source("b.yaml", "version: 1\nproviders:\n  openai: {}\n  xai: {}\n"),
    ];
    let rejected = Manifest::read(&files, &|_| None).unwrap_err();
    let problem = &rejected.problems[0];
    assert_eq!((problem.place.file, problem.place.line), (1, 4));
    assert!(problem.message.contains("named twice"), "{}", problem.message);
}

#[test]
fn only_declared_variables_are_filled_in() {
    let manifest = read(
        "version: 1\nvars: { SET: x, N: \"7\", ON: true }\nproviders:\n  xai:\n    label: \
         ${SET} ${HOME} $${SET}\n    enabled: ${ON}\n    budget: ${N}\n",
    )
    .unwrap();
    let wish = &manifest.desired.providers["xai"].wish;
    assert_eq!(wish.label, crate::client::Change::Set("from_env ${HOME} ${SET}".to_owned()));
    assert_eq!(wish.enabled, Some(true));
    assert_eq!(wish.budget, crate::client::Change::Set(clawctl_wire::money::Micros(7_000_000)));
    // What is written down for later is the same again, without the environment.
    let text = manifest.filled()[0].to_string();
    let again = Manifest::read(&[source("m", &text)], &|_| None).unwrap();
    assert_eq!(format!("{:?}", again.desired.providers["xai"].wish), format!("{wish:?}"));
}

/// Something that each kind of member takes, and that is not its default.
fn sample(kind: &Kind) -> Option<String> {
    Some(match kind {
        Kind::Flag => "false".to_owned(),
        Kind::Text | Kind::TextOrNull => "some_text".to_owned(),
        Kind::MoneyOrNone => "$12.50".to_owned(),
        Kind::Word(words) => words[words.len() - 1].to_owned(),
        Kind::Whole { max, .. } => (max - 1).to_string(),
        Kind::Number { .. } | Kind::Share { .. } => "0.5".to_owned(),
        Kind::Providers => "[openai]".to_owned(),
        Kind::Models => "[openai/gpt-5*]".to_owned(),
        Kind::Texts | Kind::AnyTexts | Kind::Policies => "[one, two]".to_owned(),
        Kind::Sinks => "[file:x]".to_owned(),
        Kind::Secret => "env:NAME".to_owned(),
        Kind::Secrets => "{ a: env:NAME }".to_owned(),
        Kind::Hash => "ab".repeat(32),
        Kind::TimeOrNever => "2030-01-31".to_owned(),
        Kind::Id => "some_id".to_owned(),
        Kind::Email | Kind::EmailOrNull => "ada@example.com".to_owned(),
        Kind::TextMap => "{ a: b }".to_owned(),
        Kind::TextLists => "{ openai: [a] }".to_owned(),
        Kind::Any => "{ plan: plus }".to_owned(),
        Kind::Part(shape) | Kind::PartOrDefault(shape) => {
            let first = shape.fields.iter().find(|m| m.needed).unwrap_or(&shape.fields[0]);
            format!("{{ {}: {} }}", first.name, sample(&first.kind)?)
        }
        Kind::Each(..) | Kind::Items(_) | Kind::Variables | Kind::Version => return None,
    })
}

/// What a thing needs so that it can stand alone.
fn needed(shape: &Shape, without: &str) -> String {
    let members = shape.fields.iter().filter(|m| m.needed && m.name != without);
    members.map(|m| format!("{}: {}, ", m.name, sample(&m.kind).unwrap())).collect()
}

/// A member that the table knows and the reader forgets would be dropped without a word.
#[test]
fn every_member_that_is_known_is_read() {
    let mut seen = 0;
    let mut check = |section: &str, around: &dyn Fn(&str) -> String, shape: &Shape| {
        for member in shape.fields {
            let Some(value) = sample(&member.kind) else { continue };
            // A key is none for tests where nothing is said.
            let value = if member.name == "test" { "true".to_owned() } else { value };
            let extra =
                if section == "bindings" && member.name != "user" { "group: g, " } else { "" };
            let extra = if member.name == "group" { "" } else { extra };
            let base = needed(shape, member.name);
            let with = around(&format!("{{ {extra}{base}{}: {value} }}", member.name));
            let manifest = read(&with).unwrap_or_else(|e| panic!("{with}: {:?}", e.problems));
            if member.needed {
                continue;
            }
            let without = around(&format!("{{ {extra}{base}}}"));
            let told = |manifest: &Manifest| format!("{:?}", manifest.desired);
            let Ok(bare) = read(&without) else { continue };
            assert_ne!(told(&manifest), told(&bare), "{section}: `{}` is not read", member.name);
            seen += 1;
        }
    };
    for member in ROOT.fields {
        let name = member.name;
        match &member.kind {
            Kind::Each(_, shape) => {
                let id = match name {
                    "grants" => "policies/team/main",
                    "users" => "ada@example.com",
                    _ => "some_id",
                };
                check(name, &|body| format!("version: 1\n{name}: {{ {id}: {body} }}\n"), shape);
            }
            Kind::Items(shape) => {
                check(name, &|body| format!("version: 1\n{name}: [ {body} ]\n"), shape);
            }
            Kind::Part(shape) => {
                check(name, &|body| format!("version: 1\n{name}: {body}\n"), shape);
            }
            _ => {}
        }
    }
    assert!(seen > 45, "only {seen} members were tried");
}

/// The members of an object that stands in another are read too.
#[test]
fn every_member_of_a_part_is_read() {
    for (section, id, part) in
        [("policies", "team", "grant_routing"), ("grants", "policies/a/b", "refresh")]
    {
        let Some(Kind::Each(_, shape)) =
            ROOT.fields.iter().find(|m| m.name == section).map(|m| &m.kind)
        else {
            panic!("{section}");
        };
        let member = shape.fields.iter().find(|m| m.name == part).unwrap();
        let (Kind::Part(inner) | Kind::PartOrDefault(inner)) = &member.kind else {
            panic!("{part}")
        };
        for member in inner.fields.iter().filter(|m| !m.needed) {
            let base = needed(inner, "");
            let value = sample(&member.kind).unwrap();
            let document = |members: &str| {
                let text =
                    format!("version: 1\n{section}: {{ {id}: {{ {part}: {{ {members} }} }} }}\n");
                format!("{:?}", read(&text).unwrap_or_else(|e| panic!("{text} {e:?}")).desired)
            };
            let with = document(&format!("{base}{}: {value}", member.name));
            assert_ne!(with, document(&base), "{part}.{}", member.name);
        }
    }
}

#[test]
fn the_schema_knows_what_the_reader_knows() {
    let schema = schema();
    let members: Vec<_> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    let mut known: Vec<_> = ROOT.fields.iter().map(|m| m.name.to_owned()).collect();
    known.sort();
    assert_eq!(members, known);
    assert_eq!(schema["additionalProperties"], false);
    assert_eq!(schema["required"], serde_json::json!(["version"]));
}
