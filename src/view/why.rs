//! How the chain of decisions about a request looks.

use std::io;

use super::machine::Format;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::wire::why::{Explanation, Mark, Step, Verdict};

pub const COLUMNS: &[Column<Step>] = &[
    Column::left("mark", "", |step| mark(step.mark)),
    Column::left("check", "CHECK", |step| {
        Cell::name(step.check.replace('_', " ")).plain(&step.check)
    }),
    Column::left("detail", "WHAT WAS FOUND", |step| Cell::new(&step.detail)),
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
        let (text, tone) = self.verdict();
        page.toned(text, tone)?;
        if told.verdict != Verdict::Refused {
            page.line(self.reserved())?;
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
    let limited = told.estimate.as_ref().is_some_and(|cost| cost.input_tokens.is_some());
    Some(match refused.check.as_str() {
        "key" => "`clawctl key list` shows the keys there are".to_owned(),
        "secret" => format!("it was rotated; `clawctl key rotate {key}` makes another"),
        "policy" => format!("give the key a policy: `clawctl key move {key} --policy ID`"),
        "key_enabled" => format!("`clawctl key enable {key}`"),
        "key_expiry" => "issue another key: its end cannot be moved by whoever holds it".to_owned(),
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
