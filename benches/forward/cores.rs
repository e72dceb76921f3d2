//! Which program runs on which core: each gateway has one of its own, and all that is not measured
//! shares the other.

use std::process::{Child, Command};

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use crate::common::Failure;

/// The two cores, or one and the same where there is no second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cores {
    pub gateway: usize,
    pub others: usize,
}

impl Cores {
    /// The first two that this process may use.
    pub(crate) fn find() -> Result<Self, Failure> {
        let allowed = sched_getaffinity(None)?;
        let mut cores = (0..CpuSet::MAX_CPU).filter(|core| allowed.is_set(*core));
        let others = cores.next().ok_or("no core")?;
        Ok(Self { gateway: cores.next().unwrap_or(others), others })
    }

    /// One core for everything: what one program does while another sleeps is then not counted as
    /// the time that it takes to wake a core.
    pub(crate) fn alone(self) -> Self {
        Self { gateway: self.others, others: self.others }
    }

    pub(crate) fn spawn_gateway(self, command: &mut Command) -> Result<Child, Failure> {
        spawn_on(self.gateway, command)
    }

    pub(crate) fn spawn_other(self, command: &mut Command) -> Result<Child, Failure> {
        spawn_on(self.others, command)
    }
}

/// A child inherits where its parent may run; so it never runs anywhere else, and a runtime that
/// starts as many threads as there are cores starts one.
fn spawn_on(core: usize, command: &mut Command) -> Result<Child, Failure> {
    let before = sched_getaffinity(None)?;
    let mut only = CpuSet::new();
    only.set(core);
    sched_setaffinity(None, &only)?;
    let child = command.spawn();
    sched_setaffinity(None, &before)?;
    Ok(child?)
}
