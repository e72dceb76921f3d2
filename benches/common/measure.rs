//! Programs in turn: one run of each a round, so that whatever else the machine does meets all.

use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4 as _;

use super::Failure;

/// Rounds at the start that are not counted: they read the files into memory.
const WARM_UP: usize = 2;

/// A program that is run again and again.
pub(crate) struct Program<'a> {
    pub name: String,
    /// Exits with this.
    pub code: i32,
    /// The command of a round; some need a fresh id each time.
    pub command: Box<dyn Fn(usize) -> Command + 'a>,
}

impl<'a> Program<'a> {
    pub(crate) fn new(name: impl Into<String>, command: impl Fn(usize) -> Command + 'a) -> Self {
        Self { name: name.into(), code: 0, command: Box::new(command) }
    }
}

/// What a program took, as medians over the rounds.
#[derive(Debug, Clone)]
pub(crate) struct Figures {
    pub name: String,
    pub wall: Duration,
    /// User and system time, of all threads.
    pub cpu: Duration,
    pub peak_bytes: u64,
}

/// Runs each program once a round, in an order that moves on by one every round.
pub(crate) fn in_turn(programs: &[Program<'_>], rounds: usize) -> Result<Vec<Figures>, Failure> {
    let mut samples: Vec<Vec<Figures>> = programs.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds + WARM_UP {
        for place in 0..programs.len() {
            let at = (place + round) % programs.len();
            let sample = once(&programs[at], round)?;
            if round >= WARM_UP {
                samples[at].push(sample);
            }
        }
    }
    let figures = programs.iter().zip(samples).map(|(program, samples)| Figures {
        name: program.name.clone(),
        wall: median(samples.iter().map(|sample| sample.wall)),
        cpu: median(samples.iter().map(|sample| sample.cpu)),
        peak_bytes: median(samples.iter().map(|sample| sample.peak_bytes)),
    });
    Ok(figures.collect())
}

/// The system counts for us: what a child took is known exactly when it is waited for.
pub(crate) fn once(program: &Program<'_>, round: usize) -> Result<Figures, Failure> {
    let mut complaints = tempfile::tempfile()?;
    let mut command = (program.command)(round);
    command.stdin(Stdio::null()).stdout(File::create("/dev/null")?).stderr(complaints.try_clone()?);
    let started = Instant::now();
    let mut child = command.spawn()?;
    let used = child.wait4()?;
    let wall = started.elapsed();
    if used.status.code() != Some(program.code) {
        let mut text = String::new();
        std::io::Seek::rewind(&mut complaints)?;
        std::io::Read::read_to_string(&mut complaints, &mut text)?;
        return Err(format!("{}: {}\n{text}", program.name, used.status).into());
    }
    let cpu = used.rusage.utime + used.rusage.stime;
    let name = program.name.clone();
    Ok(Figures { name, wall, cpu, peak_bytes: used.rusage.maxrss })
}

pub(crate) fn median<T: Ord + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}
