//! How the chain of decisions about a request looks.

use std::io;

use super::machine::Format;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use clawctl_wire::error::code;
use clawctl_wire::money::Micros;
use clawctl_wire::why::{Explanation, Mark, Part, Step, Verdict};

pub const COLUMNS: &[Column<Step>] = &[
    Column::left("mark", "", |step| mark(step.mark)),
    Column::left("check", "CHECK", |step| {
        Cell::name(step.check.replace('_', " ")).plain(&step.check)
    }),
    Column::left("detail", "WHAT WAS FOUND", |step| Cell::new(&step.detail)),
];

const PARTS: &[Column<Part>] = &[
    Column::left("stage", "PART", |part| match part.index {
        Some(index) => Cell::name(format!("{} {index}", part.stage)),
        None => Cell::name(part.stage.as_str()),
    }),
    Column::left("model", "MODEL", |part| Cell::new(&part.model)),
    Column::right("reservedMicros", "RESERVES", |part| match part.verdict {
        Verdict::Refused => Cell::none(),
        _ => Cell::new(part.reserved_micros.to_string()),
    }),
    Column::left("outcome", "OUTCOME", outcome),
];

/// What the router would do, and why.
pub struct Why {
    pub explanation: Explanation,
}

impl View for Why {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let told = &self.explanation;
        page.table(COLUMNS, &told.steps)?;
        page.blank()?;
        if !told.parts.is_empty() {
            page.part(PARTS, &told.parts)?;
            page.blank()?;
        }
        let (text, tone) = self.verdict();
        page.toned(text, tone)?;
        if told.verdict != Verdict::Refused {
            page.line(self.reserved())?;
        }
        let said = |note: &&String| told.steps.iter().any(|step| step.detail == **note);
        for note in told.unseen.iter().filter(|note| !said(note)) {
            page.aside(&format!("Note: {note}"))?;
        }
        if let Some(remedy) = remedy(told) {
            page.aside(&format!("Hint: {remedy}"))?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        match machine.format() {
            Format::Csv => machine.items(COLUMNS, &self.explanation.steps),
            _ => machine.one(&self.explanation),
        }
    }

    fn exit(&self) -> Exit {
        match self.explanation.verdict {
            Verdict::Passes => Exit::DONE,
            Verdict::Refused => Exit::WHY_REFUSED,
            Verdict::Unknown => Exit::WHY_UNKNOWN,
        }
    }
}

impl Why {
    fn verdict(&self) -> (String, Tone) {
        let told = &self.explanation;
        let whither = told.provider.as_deref().unwrap_or("its provider");
        match (told.verdict, told.status, &told.code) {
            (Verdict::Passes, ..) if !told.parts.is_empty() => {
                let advisers = || told.parts.iter().filter(|part| part.index.is_some());
                let asked = advisers().filter(|part| part.verdict != Verdict::Refused).count();
                let all = advisers().count();
                let tone = if asked == all { Tone::Good } else { Tone::Warning };
                let advisers = if all == 1 { "adviser" } else { "advisers" };
                let text = format!(
                    "{asked} of {all} {advisers} would be asked, and {whither} would answer."
                );
                (text, tone)
            }
            (Verdict::Passes, ..) => {
                (format!("It would go to {whither}, and be answered by it."), Tone::Good)
            }
            (Verdict::Unknown, ..) => (
                "Nothing that can be seen refuses it, and something cannot be seen.".to_owned(),
                Tone::Warning,
            ),
            (Verdict::Refused, Some(status), Some(code)) => {
                let message = told.message.as_deref().unwrap_or_default();
                (format!("It would be refused with {status} {code}: {message}."), Tone::Bad)
            }
            (Verdict::Refused, ..) => (
                "It would be refused; with which words depends on what cannot be seen.".to_owned(),
                Tone::Bad,
            ),
        }
    }

    fn reserved(&self) -> String {
        let told = &self.explanation;
        if !told.parts.is_empty() {
            return self.reserved_in_all();
        }
        let Some(cost) = &told.estimate else {
            return "Nothing can be said of its cost.".to_owned();
        };
        let tokens = match (cost.input_tokens, cost.output_tokens) {
            (Some(input), Some(output)) if output > 0 || input > 0 => {
                format!(", for at most {input} tokens in and {output} out")
            }
            _ => String::new(),
        };
        if told.budgets.is_empty() {
            return format!(
                "Nothing would be reserved, because no budget counts it; it would cost {} at most\
                 {tokens}.",
                cost.micros
            );
        }
        format!("{} would be reserved{tokens}.", told.reserved_micros)
    }

    /// Of a request that is several.
    fn reserved_in_all(&self) -> String {
        let told = &self.explanation;
        let asked = told.parts.iter().filter(|part| part.verdict != Verdict::Refused);
        let costs = asked.clone().filter_map(|part| Some(part.estimate.as_ref()?.micros));
        let most = costs.fold(Micros::ZERO, Micros::saturating_add);
        if asked.clone().all(|part| part.budgets.is_empty()) {
            return format!(
                "Nothing would be reserved, because no budget counts it; all of it would cost \
                 {most} at most."
            );
        }
        format!("{} would be reserved in all.", told.reserved_micros)
    }
}

/// What becomes of one of several requests.
fn outcome(part: &Part) -> Cell {
    match (part.verdict, part.status, &part.code) {
        (Verdict::Passes, ..) => Cell::toned("would be asked", Tone::Good).plain("passes"),
        (Verdict::Unknown, ..) => Cell::toned("cannot be told", Tone::Warning).plain("unknown"),
        (Verdict::Refused, Some(status), Some(code)) => {
            Cell::toned(format!("{status} {code}"), Tone::Bad)
        }
        (Verdict::Refused, ..) => Cell::toned("refused", Tone::Bad),
    }
}

fn mark(mark: Mark) -> Cell {
    let (text, tone) = match mark {
        Mark::Passed => ("ok", Tone::Good),
        Mark::Refused => ("NO", Tone::Bad),
        Mark::Skipped => ("–", Tone::Faint),
        Mark::Unknown => ("?", Tone::Warning),
    };
    let word = match mark {
        Mark::Passed => "passed",
        Mark::Refused => "refused",
        Mark::Skipped => "skipped",
        Mark::Unknown => "unknown",
    };
    Cell::toned(text, tone).plain(word)
}

/// What to do about a refusal.
fn remedy(told: &Explanation) -> Option<String> {
    let refused = told.steps.iter().find(|step| step.mark == Mark::Refused)?;
    let policy = told.policy_id.as_deref().unwrap_or("ID");
    let provider = told.provider.as_deref().unwrap_or("ID");
    let key = told.key_id.as_deref().unwrap_or("ID");
    if told.code.as_deref() == Some(code::FUSION_DISABLED) {
        return Some("`clawctl fusion enable`".to_owned());
    }
    let limited = told.estimate.as_ref().is_some_and(|cost| cost.input_tokens.is_some());
    Some(match refused.check.as_str() {
        "key" => "`clawctl key list` shows the keys there are".to_owned(),
        "secret" => format!("it was rotated; `clawctl key rotate {key}` makes another"),
        "policy" => format!("give the key a policy: `clawctl key move {key} --policy ID`"),
        "key_enabled" => format!("`clawctl key enable {key}`"),
        "key_expiry" => "issue another key: its holder cannot change its expiry".to_owned(),
        "policy_enabled" => format!("`clawctl policy enable {policy}`"),
        "generation" => format!("write the key anew: `clawctl key move {key} --policy {policy}`"),
        "provider_scope" => format!("`clawctl policy scope {policy} --add-provider {provider}`"),
        "model_scope" => format!("`clawctl policy scope {policy}` changes its list of models"),
        "connection" => format!("`clawctl provider enable {provider}`"),
        "upstream" => format!("`clawctl provider show {provider}` says what is missing"),
        "policy_budget" => format!("`clawctl budget set {policy} AMOUNT`"),
        "provider_budget" => format!("`clawctl budget set --provider {provider} AMOUNT`"),
        "price" => format!(
            "give every request a price: `clawctl policy set {policy} --request-cost AMOUNT`"
        ),
        "policy_ledger" | "provider_ledger" if limited => {
            "a lower limit on the answer (`--out`, `max_tokens`) reserves less; `clawctl budget \
             list` shows what is left"
                .to_owned()
        }
        "policy_ledger" | "provider_ledger" => {
            "`clawctl budget list` shows what is left".to_owned()
        }
        _ => return None,
    })
}
