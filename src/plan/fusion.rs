//! What a change of fusion's configuration does.

use super::change::ChangeSet;
use super::effect::Effect;
use clawctl_wire::fusion::FusionConfig;

pub fn fusion_change(before: &FusionConfig, after: &FusionConfig) -> ChangeSet {
    let mut set = ChangeSet::new("fusion", "configuration", false);
    set.members(Some(before), after);
    effects(&mut set, before, after);
    set
}

fn effects(set: &mut ChangeSet, before: &FusionConfig, after: &FusionConfig) {
    let calls = after.adviser_models.len() + 1;
    match (before.enabled, after.enabled) {
        (true, false) => {
            set.effect(Effect::Disables, "requests for clawrouter/fusion are refused at once");
        }
        (false, true) => {
            set.effect(
                Effect::Opens,
                format!(
                    "clawrouter/fusion to every key whose policy reaches {}; a request makes {}",
                    after.aggregator_model,
                    calls_text(calls)
                ),
            );
        }
        _ => {}
    }
    if !after.enabled {
        return;
    }
    let known = |model: &&String| {
        before.enabled
            && (before.adviser_models.contains(model) || before.aggregator_model == **model)
    };
    let models = after.adviser_models.iter().chain([&after.aggregator_model]);
    let mut added: Vec<&str> = Vec::new();
    for model in models.filter(|model| !known(model)) {
        if !added.contains(&model.as_str()) {
            added.push(model);
        }
    }
    if !added.is_empty() {
        let text = format!("what is said in such requests to {}", added.join(", "));
        set.effect(Effect::Discloses, text);
    }
    let calls_before = before.adviser_models.len() + 1;
    if before.enabled && calls > calls_before {
        set.effect(
            Effect::Raises,
            format!("the calls of a request from {calls_before} to {calls}"),
        );
    }
}

fn calls_text(calls: usize) -> String {
    match calls {
        1 => "one call, counted and paid like any other".to_owned(),
        many => format!("up to {many} calls, each counted and paid like any other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_opens_and_who_is_told_is_said() {
        let base = FusionConfig {
            enabled: true,
            adviser_models: vec!["local/a".to_owned()],
            ..FusionConfig::default()
        };
        let off = FusionConfig { enabled: false, ..base.clone() };
        let check = |before: &FusionConfig, after: &FusionConfig, expected: &[&str]| {
            let set = fusion_change(before, after);
            let words: Vec<_> = set.effects.iter().map(|effect| effect.kind.word()).collect();
            assert_eq!(words, expected, "{set:?}");
        };
        check(&base, &base, &[]);
        check(&off, &base, &["OPENS", "DISCLOSES"]);
        check(&base, &off, &["DISABLES"]);
        let more = FusionConfig {
            adviser_models: vec!["local/a".to_owned(), "local/b".to_owned()],
            ..base.clone()
        };
        check(&base, &more, &["DISCLOSES", "RAISES"]);
        check(&more, &base, &[]);
        let off_with_more = FusionConfig { enabled: false, ..more };
        check(&off, &off_with_more, &[]);
        let cooler = FusionConfig { temperature: 0.0, ..base.clone() };
        check(&base, &cooler, &[]);
        assert_eq!(fusion_change(&base, &cooler).fields.len(), 1);
        let alone = FusionConfig { aggregator_model: "local/a".to_owned(), ..base.clone() };
        let off_alone = FusionConfig { enabled: false, ..alone.clone() };
        let said = &fusion_change(&off_alone, &alone).effects[1].text;
        assert_eq!(said, "what is said in such requests to local/a");
        let opens = |advisers: &[&str]| {
            let adviser_models = advisers.iter().map(|model| (*model).to_owned()).collect();
            let after = FusionConfig { adviser_models, ..base.clone() };
            fusion_change(&off, &after).effects.remove(0).text
        };
        assert!(opens(&[]).ends_with("makes one call, counted and paid like any other"));
        assert!(
            opens(&["local/a"]).ends_with("up to 2 calls, each counted and paid like any other")
        );
    }
}
