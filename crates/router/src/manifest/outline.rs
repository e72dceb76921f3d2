//! The outline of a manifest file: which members it has, and where each of them stands.
//!
//! Only a user's file is read this way, beside its reading into types: the outline gives a line to
//! a fault that is found later, and tells of members that are missing or unknown in plain words.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

/// A YAML value with nothing kept but its shape and its place.
#[derive(Debug)]
pub(super) enum Outline {
    Map(Vec<(Spanned<String>, Spanned<Self>)>),
    List(Vec<Spanned<Self>>),
    Negative,
    Scalar,
}

impl Outline {
    /// The place of a value, or of the nearest thing around it that exists.
    pub(super) fn locate(root: &Spanned<Self>, pointer: &str) -> Location {
        let mut node = root;
        for step in pointer.split('/').filter(|step| !step.is_empty()) {
            let next = match &node.value {
                Self::Map(members) => {
                    members.iter().find(|(name, _)| name.value == step).map(|(_, value)| value)
                }
                Self::List(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
                Self::Negative | Self::Scalar => None,
            };
            let Some(next) = next else { break };
            node = next;
        }
        node.referenced
    }

    /// Members that the format does not have or cannot do without, and numbers below zero, which it
    /// never has.
    pub(super) fn faults(root: &Spanned<Self>) -> Vec<(Location, String)> {
        let mut faults = Vec::new();
        walk(root, "", "", &mut faults);
        faults
    }
}

fn walk(node: &Spanned<Outline>, name: &str, place: &str, faults: &mut Vec<(Location, String)>) {
    match &node.value {
        Outline::Map(members) => {
            let known = MEMBERS.iter().find(|(at, _)| *at == place).map(|(_, known)| *known);
            for needed in
                known.into_iter().flat_map(names).filter_map(|(name, must)| must.then_some(name))
            {
                if !members.iter().any(|(name, _)| name.value == needed) {
                    faults.push((node.referenced, format!("`{needed}` is missing here")));
                }
            }
            for (name, value) in members {
                let step = known.map_or("*", |_| name.value.as_str());
                match known {
                    Some(known) if !names(known).any(|(member, _)| member == step) => {
                        faults.push((name.referenced, unknown_member(step, known)));
                    }
                    _ => walk(value, &name.value, &join(place, step), faults),
                }
            }
        }
        Outline::List(items) => {
            for item in items {
                walk(item, name, &join(place, "*"), faults);
            }
        }
        Outline::Negative => {
            faults.push((node.referenced, format!("`{}` is negative", name.escape_debug())));
        }
        Outline::Scalar => {}
    }
}

fn join(pointer: &str, step: &str) -> String {
    if pointer.is_empty() { step.to_owned() } else { format!("{pointer}/{step}") }
}

fn unknown_member(name: &str, known: &str) -> String {
    let plain = |text: &str| text.replace(['_', '-'], "").to_lowercase();
    let shown = name.escape_debug();
    match names(known).find(|(member, _)| plain(member) == plain(name)) {
        Some((member, _)) => format!("`{shown}` is spelled `{member}` in a manifest"),
        None => {
            let known: Vec<_> = names(known).map(|(member, _)| member).collect();
            format!("`{shown}` is not known here; known are {}", known.join(", "))
        }
    }
}

/// The names in an entry of [`MEMBERS`], each with whether it is needed.
fn names(known: &str) -> impl Iterator<Item = (&str, bool)> {
    known.split_whitespace().map(|name| match name.strip_suffix('!') {
        Some(name) => (name, true),
        None => (name, false),
    })
}

/// The members of the format by the place of their map, where `*` stands for any name or number.
/// One with `!` behind it is needed. A map that is not here may have any members.
const MEMBERS: &[(&str, &str)] = &[
    (
        "",
        "schema id! displayName! description tags status class service notice refusedTokens \
         baseUrls! auth! routing adapter bodyQuirks patience health endpoints! capabilities! \
         models billing quota tests",
    ),
    ("service", "platform kind upstreamService oauthProvider configKeys optionalConfigKeys"),
    ("auth", "schemes! authorization refresh grantTransports"),
    (
        "auth/schemes/*",
        "type! header format secretKind required param provider scopes tokenRef service \
         regionParam",
    ),
    ("auth/refresh", "tokenUrl! clientId clientIdConfig clientSecretConfig extraParams"),
    ("routing", "nativePrefixes modelPrefixes listedModelsOnly baseUrlParam serviceParam"),
    (
        "adapter",
        "request response stream error passthroughHeaders injectHeaders injectQuery \
         requestTransforms",
    ),
    ("adapter/requestTransforms", "renameFields"),
    ("adapter/requestTransforms/renameFields/*", "from! to! paths upstreams upstreamConfig"),
    (
        "bodyQuirks",
        "dropFields outputLimit flattenText plainRoles emptyIsFailure bareErrors noStreamUsage",
    ),
    ("patience", "firstDataMs idleMs totalMs"),
    ("health", "paths!"),
    ("capabilities/*", "id! endpoint! methods"),
    (
        "endpoints/*",
        "path! method nativeProxy auth headers requestHeaders responseHeaders query \
         pathParams pathParamStyles requestFormat! responseFormat! streaming timeoutMs",
    ),
    ("models", "entries"),
    ("models/entries/*", "id! upstream! capabilities supportedReasoningEfforts pricingRef pricing"),
    (
        "models/entries/*/pricing",
        "effectiveAt! source! inputMicrosPerMillion! outputMicrosPerMillion! \
         cachedInputMicrosPerMillion cacheWriteInputMicrosPerMillion \
         cacheWrite5mInputMicrosPerMillion cacheWrite1hInputMicrosPerMillion maxInputTokens! \
         maxRequestInputTokens defaultMaxOutputTokens! inputTokenOverhead longContext",
    ),
    (
        "models/entries/*/pricing/longContext",
        "thresholdInputTokens! inputMicrosPerMillion! outputMicrosPerMillion! \
         cachedInputMicrosPerMillion cacheWriteInputMicrosPerMillion \
         cacheWrite5mInputMicrosPerMillion cacheWrite1hInputMicrosPerMillion",
    ),
    ("billing", "meter dimensions counters"),
    ("billing/counters/*", "name! source! unit"),
    ("quota", "responseHeaders probes"),
    (
        "quota/responseHeaders/*",
        "id! kind! unit window fixedLimit limitHeaders remainingHeaders usedHeaders \
         resetHeaders",
    ),
    ("quota/probes/*", "grantKinds! url! method headers windows!"),
    (
        "quota/probes/*/windows/*",
        "id! kind! unit window fixedLimit limitPointer remainingPointer usedPointer \
         resetPointer",
    ),
];

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OutlineVisitor)
    }
}

struct OutlineVisitor;

impl<'de> Visitor<'de> for OutlineVisitor {
    type Value = Outline;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Outline::Map(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Outline, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Outline::List(items))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Outline, E> {
        Ok(if number < 0 { Outline::Negative } else { Outline::Scalar })
    }

    fn visit_f64<E>(self, number: f64) -> Result<Outline, E> {
        Ok(if number < 0.0 { Outline::Negative } else { Outline::Scalar })
    }

    fn visit_u64<E>(self, _: u64) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_i128<E>(self, number: i128) -> Result<Outline, E> {
        Ok(if number < 0 { Outline::Negative } else { Outline::Scalar })
    }

    fn visit_u128<E>(self, _: u128) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_none<E>(self) -> Result<Outline, E> {
        Ok(Outline::Scalar)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outline, D::Error> {
        Outline::deserialize(deserializer)
    }
}
