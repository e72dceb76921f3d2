//! Reports for CI services: workflow commands of GitHub Actions, and JUnit.

use std::fmt::Write as _;
use std::io;

use super::plan::{Done, PlanView, Step, Use};
use super::problems::Problems;
use super::{Machine, Page, View};
use crate::error::Exit;

/// Annotations on the lines of the manifests that are wrong.
pub struct GithubProblems(pub Problems);

/// The same as a test report.
pub struct JunitProblems(pub Problems);

/// An annotation for each change.
pub struct GithubPlan<'a>(pub &'a PlanView);

/// A test case for each change; one that differs, or that failed, is a failure.
pub struct JunitPlan<'a>(pub &'a PlanView);

/// The level of an annotation.
#[derive(Clone, Copy)]
enum Level {
    Error,
    Warning,
    Notice,
}

/// `::error file=…,line=…,title=…::message`, with what would end it escaped.
fn annotation(
    level: Level,
    place: (Option<&str>, Option<u32>, Option<u32>),
    title: &str,
    message: &str,
) -> String {
    let level = match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Notice => "notice",
    };
    let mut properties = Vec::new();
    let (file, line, column) = place;
    properties.extend(file.map(|file| format!("file={}", property(file))));
    properties.extend(line.map(|line| format!("line={line}")));
    properties.extend(column.map(|column| format!("col={column}")));
    properties.push(format!("title={}", property(title)));
    format!("::{level} {}::{}\n", properties.join(","), data(message))
}

fn data(text: &str) -> String {
    let text = text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    // What is left of them could steer a terminal.
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' => escaped.push_str("&#10;"),
            // XML has no way to say these.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A text that Markdown takes as it is, in a cell of a table too.
fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

fn effects(step: &Step) -> String {
    let said: Vec<_> = step.change.effects.iter().map(ToString::to_string).collect();
    said.join("; ")
}

fn fields(step: &Step) -> Vec<String> {
    let shown = |field: &crate::plan::FieldChange| match &field.before {
        Some(before) => format!("{}: {before} → {}", field.field, field.after),
        None => format!("{}: {}", field.field, field.after),
    };
    step.change.fields.iter().map(shown).collect()
}

fn title(step: &Step) -> String {
    format!("{} {} {}", step.verb.as_str(), step.change.noun, step.change.id)
}

impl View for GithubProblems {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        for row in &self.0.problems {
            let message = match &row.suggestion {
                Some(suggestion) => format!("{}\n{suggestion}", row.message),
                None => row.message.clone(),
            };
            let place = (Some(row.file.as_str()), row.line, row.column);
            let line = annotation(Level::Error, place, "manifest", &message);
            page.verbatim(line.as_bytes())?;
        }
        Ok(())
    }

    fn machine(&self, _: &mut Machine<'_>) -> io::Result<()> {
        Ok(())
    }

    fn exit(&self) -> Exit {
        self.0.exit()
    }
}

impl View for JunitProblems {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Problems { files, problems, .. } = &self.0;
        let mut cases = String::new();
        for file in files {
            let own: Vec<_> = problems.iter().filter(|row| row.file == *file).collect();
            if own.is_empty() {
                case(&mut cases, "clawctl.manifest", file, None);
            }
            for row in own {
                let name = row.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}"));
                let detail = row.suggestion.clone().unwrap_or_default();
                case(&mut cases, "clawctl.manifest", &name, Some((&row.message, &detail)));
            }
        }
        let count = files.len().max(problems.len());
        page.verbatim(suite("clawctl manifest", count, problems.len(), 0, &cases).as_bytes())
    }

    fn machine(&self, _: &mut Machine<'_>) -> io::Result<()> {
        Ok(())
    }

    fn exit(&self) -> Exit {
        self.0.exit()
    }
}

fn suite(name: &str, tests: usize, failures: usize, skipped: usize, cases: &str) -> String {
    let counts = format!("tests=\"{tests}\" failures=\"{failures}\" errors=\"0\"");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {counts}>\n  <testsuite \
         name=\"{}\" {counts} skipped=\"{skipped}\">\n{cases}  </testsuite>\n</testsuites>\n",
        xml(name)
    )
}

fn case(cases: &mut String, class: &str, name: &str, failure: Option<(&str, &str)>) {
    let head = format!("    <testcase classname=\"{class}\" name=\"{}\"", xml(name));
    let _ = match failure {
        None => writeln!(cases, "{head}/>"),
        Some((message, detail)) => writeln!(
            cases,
            "{head}>\n      <failure message=\"{}\">{}</failure>\n    </testcase>",
            xml(message),
            xml(detail)
        ),
    };
}

impl View for GithubPlan<'_> {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        for step in &self.0.changes {
            let outcome = step.outcome.as_ref();
            let failed = outcome.filter(|outcome| outcome.outcome == Done::Failed);
            let level = match (failed.is_some(), step.change.effects.is_empty()) {
                (true, _) => Level::Error,
                (false, false) => Level::Warning,
                (false, true) => Level::Notice,
            };
            let mut lines: Vec<String> = Vec::new();
            lines.extend(failed.and_then(|outcome| outcome.error.clone()));
            lines.extend(step.change.effects.iter().map(ToString::to_string));
            lines.extend(fields(step));
            let place = (step.file.as_deref(), step.line, step.column);
            let line = annotation(level, place, &title(step), &lines.join("\n"));
            page.verbatim(line.as_bytes())?;
        }
        for note in &self.0.notes {
            let line = annotation(Level::Notice, (None, None, None), "note", note);
            page.verbatim(line.as_bytes())?;
        }
        page.verbatim(format!("{}\n", data(&self.0.sentence())).as_bytes())
    }

    fn machine(&self, _: &mut Machine<'_>) -> io::Result<()> {
        Ok(())
    }

    fn exit(&self) -> Exit {
        self.0.exit()
    }
}

/// The summary of a job, in Markdown.
pub fn summary(plan: &PlanView) -> String {
    let heading = match plan.used {
        Use::Applied => "Applied",
        Use::Look | Use::Ask => "Plan",
    };
    let mut text =
        format!("### {heading} for {}\n\n{}\n", markdown(&plan.router), markdown(&plan.sentence()));
    if !plan.changes.is_empty() {
        text.push_str("\n| | thing | effect | fields |\n|---|---|---|---|\n");
    }
    for step in &plan.changes {
        let sign = match &step.outcome {
            Some(outcome) => match outcome.outcome {
                Done::Done => "✅",
                Done::Failed => "❌",
                Done::Skipped => "⏭️",
            },
            None => step.verb.as_str(),
        };
        let error = step.outcome.as_ref().and_then(|outcome| outcome.error.as_deref());
        let said = [effects(step), error.unwrap_or_default().to_owned()];
        let said: Vec<_> =
            said.iter().filter(|text| !text.is_empty()).map(|t| markdown(t)).collect();
        let fields: Vec<_> = fields(step).iter().map(|text| markdown(text)).collect();
        let _ = writeln!(
            text,
            "| {sign} | {} {} | {} | {} |",
            step.change.noun,
            markdown(&step.change.id),
            said.join("<br>"),
            fields.join("<br>")
        );
    }
    for note in &plan.notes {
        let _ = writeln!(text, "\n> {}", markdown(note));
    }
    text.push('\n');
    text
}

impl View for JunitPlan<'_> {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let mut cases = String::new();
        let (mut failures, mut skipped) = (0, 0);
        for step in &self.0.changes {
            let name = format!("{} {}", step.change.noun, step.change.id);
            let detail = [effects(step), fields(step).join("\n")].join("\n");
            let outcome = step.outcome.as_ref();
            match outcome.map(|outcome| outcome.outcome) {
                None => {
                    failures += 1;
                    let message = format!("it is to be {}d", step.verb.as_str());
                    case(&mut cases, "clawctl.plan", &name, Some((&message, detail.trim())));
                }
                Some(Done::Done) => case(&mut cases, "clawctl.apply", &name, None),
                Some(Done::Failed) => {
                    failures += 1;
                    let message = outcome.and_then(|o| o.error.clone()).unwrap_or_default();
                    case(&mut cases, "clawctl.apply", &name, Some((&message, detail.trim())));
                }
                Some(Done::Skipped) => {
                    skipped += 1;
                    let _ = writeln!(
                        cases,
                        "    <testcase classname=\"clawctl.apply\" name=\"{}\"><skipped/></testcase>",
                        xml(&name)
                    );
                }
            }
        }
        if self.0.changes.is_empty() {
            case(&mut cases, "clawctl.plan", &self.0.sentence(), None);
        }
        let tests = self.0.changes.len().max(1);
        page.verbatim(suite("clawctl", tests, failures, skipped, &cases).as_bytes())
    }

    fn machine(&self, _: &mut Machine<'_>) -> io::Result<()> {
        Ok(())
    }

    fn exit(&self) -> Exit {
        self.0.exit()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_value_says_ends_what_stands_around_it() {
        let place = (Some("a,b:c.yaml"), Some(3), Some(5));
        let line = annotation(Level::Warning, place, "x\n::error::y", "100%\n::error::z");
        assert_eq!(
            line,
            "::warning file=a%2Cb%3Ac.yaml,line=3,col=5,title=x%0A%3A%3Aerror%3A%3Ay::100%25%0A::error::z\n"
        );
        assert_eq!(xml("<a b=\"&\">\u{1b}"), "&lt;a b=&quot;&amp;&quot;&gt;\u{fffd}");
        assert_eq!(markdown("a|b<script>_\n"), "a\\|b\\<script\\>\\_ ");
    }
}
