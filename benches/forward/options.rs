//! What was asked for on the command line.

use crate::common::Failure;

pub(crate) const PARTS: [&str; 7] =
    ["whole", "streams", "alone", "start", "revocation", "memory", "reads"];

pub(crate) struct Options {
    pub parts: Vec<String>,
    pub rounds: usize,
    /// How long each measurement takes.
    pub seconds: f64,
    /// Whether the figures are told as JSON lines too.
    pub json: bool,
}

impl Options {
    /// `--only a,b`, `--rounds N`, `--seconds S`, `--json`; `soak` is never run unless it is named.
    pub(crate) fn read(words: &[&str]) -> Result<Self, Failure> {
        let parts = PARTS.map(str::to_owned).to_vec();
        let mut options = Self { parts, rounds: 3, seconds: 2.5, json: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("{word} what?"));
            match *word {
                // Cargo says so to every bench.
                "--bench" => {}
                "--rounds" => options.rounds = value()?.parse::<usize>()?.max(1),
                "--seconds" => options.seconds = value()?.parse()?,
                "--json" => options.json = true,
                "--only" => options.parts = value()?.split(',').map(str::to_owned).collect(),
                word => {
                    return Err(format!(
                        "{word}? There are --only, --rounds, --seconds and --json"
                    )
                    .into());
                }
            }
        }
        let known = |part: &String| PARTS.contains(&part.as_str()) || part == "soak";
        if let Some(part) = options.parts.iter().find(|part| !known(part)) {
            return Err(format!("{part}? The parts are {}, soak", PARTS.join(", ")).into());
        }
        Ok(options)
    }
}
