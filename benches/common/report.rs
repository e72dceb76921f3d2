//! The tables at the end: what was measured, and whether it is as good as it should be.

use std::fmt::Write as _;
use std::time::Duration;

use super::Failure;
use super::measure::Figures;

/// A target with what became of it.
struct Verdict {
    what: String,
    wanted: String,
    measured: String,
    met: bool,
}

pub(crate) struct Report {
    verdicts: Vec<Verdict>,
}

impl Report {
    pub(crate) fn begin() -> Result<Self, Failure> {
        print(&format!("Before: {}\n", machine()?));
        Ok(Self { verdicts: Vec::new() })
    }

    /// Prints figures as they come, so that a long run is seen to go on.
    pub(crate) fn figures(&self, heading: &str, figures: &[Figures]) {
        let mut text = format!("\n### {heading}\n\n| program | wall ms | CPU ms | peak MiB |\n");
        text.push_str("|---|---:|---:|---:|\n");
        for Figures { name, wall, cpu, peak_bytes } in figures {
            let (wall, cpu, peak) = (ms(*wall), ms(*cpu), mib(*peak_bytes));
            let _ = writeln!(text, "| `{name}` | {wall} | {cpu} | {peak} |");
        }
        print(&text);
    }

    /// One duration beside another.
    pub(crate) fn ratio(
        &mut self,
        what: &str,
        took: Duration,
        floor: (&str, Duration),
        limit: f64,
    ) {
        let ratio = took.as_secs_f64() / floor.1.as_secs_f64();
        let wanted = format!("≤ {limit:.2} × {}", floor.0);
        self.judge(what, &wanted, &format!("{ratio:.2} ×"), ratio <= limit);
    }

    pub(crate) fn bytes(&mut self, what: &str, bytes: u64, limit: u64) {
        let wanted = format!("≤ {} MiB", mib(limit));
        self.judge(what, &wanted, &format!("{} MiB", mib(bytes)), bytes <= limit);
    }

    /// What was wanted, what came out, and whether that is good enough.
    pub(crate) fn judge(&mut self, what: &str, wanted: &str, measured: &str, met: bool) {
        let (what, wanted, measured) = (what.to_owned(), wanted.to_owned(), measured.to_owned());
        self.verdicts.push(Verdict { what, wanted, measured, met });
    }

    pub(crate) fn end(self) -> Result<(), Failure> {
        let mut text = "\n### Targets\n\n| what | target | measured | |\n".to_owned();
        text.push_str("|---|---|---:|---|\n");
        for Verdict { what, wanted, measured, met } in &self.verdicts {
            let word = if *met { "met" } else { "**missed**" };
            let _ = writeln!(text, "| {what} | {wanted} | {measured} | {word} |");
        }
        let missed = self.verdicts.iter().filter(|verdict| !verdict.met).count();
        let _ = writeln!(text, "\n{} targets, {missed} missed", self.verdicts.len());
        let _ = writeln!(text, "After: {}", machine()?);
        print(&text);
        Ok(())
    }
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
pub(crate) fn print(text: &str) {
    print!("{text}");
}

/// What it ran on, and how calm that was.
fn machine() -> Result<String, Failure> {
    let cores = std::thread::available_parallelism()?;
    let load = std::fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().unwrap_or_default();
    let kernel = std::fs::read_to_string("/proc/sys/kernel/osrelease")?;
    Ok(format!("{cores} cores, Linux {}, load {load}", kernel.trim()))
}

pub(crate) fn ms(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1000.0)
}

pub(crate) fn mib(bytes: u64) -> String {
    format!("{:.1}", bytes as f64 / (1024.0 * 1024.0))
}
