//! Questions to a person, and what stands for the answer where there is nobody to ask.

use std::fs::File;
use std::io::{self, BufRead, IsTerminal, Write};

use super::Ui;
use crate::error::{Error, Result};
use crate::view::cell::clean;

impl Ui {
    /// Can a question be asked? Only of a person who sees it and can type an answer.
    pub fn can_prompt(&self) -> bool {
        self.look.input && io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    /// Asks before something that cannot be taken back, or takes `--yes` for the answer.
    pub fn confirm(&self, question: &str) -> Result<()> {
        if self.look.yes {
            return Ok(());
        }
        if !self.can_prompt() {
            return Err(Error::stopped("not confirmed, because there is nobody to ask")
                .hint("repeat the command with `--yes`"));
        }
        let agreed = dialoguer::Confirm::new()
            .with_prompt(clean(question))
            .default(false)
            .interact()
            .map_err(interrupted)?;
        if agreed { Ok(()) } else { Err(Error::stopped("not confirmed; nothing was changed")) }
    }

    /// The same where standard input may be taken by data. A person at the terminal is asked there
    /// all the same: the answer is read from the terminal itself.
    pub fn confirm_aside(&self, question: &str) -> Result<()> {
        let terminal = self.look.input && io::stderr().is_terminal();
        if self.look.yes || io::stdin().is_terminal() || !terminal {
            return self.confirm(question);
        }
        let Ok(terminal) = File::open("/dev/tty") else { return self.confirm(question) };
        let _ = write!(io::stderr(), "{} [y/N] ", clean(question));
        let mut answer = String::new();
        io::BufReader::new(terminal).read_line(&mut answer)?;
        match answer.trim().to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Error::stopped("not confirmed; nothing was changed")),
        }
    }

    /// Asks for a value that is missing, or says which flag would give it.
    pub fn ask(&self, what: &str, flag: &str) -> Result<String> {
        if !self.can_prompt() {
            return Err(missing(what, flag));
        }
        dialoguer::Input::<String>::new()
            .with_prompt(clean(what))
            .interact_text()
            .map_err(interrupted)
    }

    /// Asks for a value that is missing, and offers one. `--yes` takes what is offered.
    pub fn ask_or(&self, what: &str, flag: &str, offer: &str) -> Result<String> {
        if self.look.yes {
            self.status(format!("{what}: {offer}"));
            return Ok(offer.to_owned());
        }
        if !self.can_prompt() {
            return Err(missing(what, flag).hint(format!("or take {offer} with `--yes`")));
        }
        dialoguer::Input::<String>::new()
            .with_prompt(clean(what))
            .default(offer.to_owned())
            .interact_text()
            .map_err(interrupted)
    }

    /// Asks for one of several, or says which flag would choose.
    pub fn choose(&self, what: &str, flag: &str, items: &[String]) -> Result<usize> {
        if !self.can_prompt() {
            return Err(missing(what, flag));
        }
        dialoguer::Select::new()
            .with_prompt(clean(what))
            .items(items)
            .default(0)
            .interact()
            .map_err(interrupted)
    }

    /// Asks for any number of several.
    pub fn choose_many(&self, what: &str, flag: &str, items: &[String]) -> Result<Vec<usize>> {
        if !self.can_prompt() {
            return Err(missing(what, flag));
        }
        dialoguer::MultiSelect::new()
            .with_prompt(clean(what))
            .items(items)
            .interact()
            .map_err(interrupted)
    }
}

fn missing(what: &str, flag: &str) -> Error {
    Error::usage(format!("{what} is missing")).hint(format!("give it with `{flag}`"))
}

fn interrupted(e: dialoguer::Error) -> Error {
    Error::stopped("interrupted; nothing was changed").cause(e)
}
