//! The only writer. Data goes to stdout; everything that is said about it goes to stderr.
//!
//! The rules of what is said: a status is a sentence with a full stop, but never right after an
//! id; an error is lower case without one; a hint is something to do; a value stands in backticks.

mod asking;
mod progress;

use std::borrow::Cow;
use std::cell::{Cell as Flag, RefCell};
use std::fmt::Display;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::os::fd::AsFd;

use anstyle::{AnsiColor, Style};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use serde::Serialize;

use crate::error::{Error, Exit, Result};
use crate::view::cell::clean;
use crate::view::machine::Format;
use crate::view::page::no_room;
use crate::view::table::Drawing;
use crate::view::{Feed, Machine, Page, View};
use clawctl_wire::key::masked;
use progress::Progress;

/// How output is wanted.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// `None` is for people.
    pub format: Option<Format>,
    /// What a CI service reads instead; `format` is `None` then.
    pub report: Option<Report>,
    pub columns: Vec<String>,
    pub no_header: bool,
    pub color: ColorChoice,
    pub quiet: bool,
    /// Is nothing to be said at all, because a shell is completing a word?
    pub silent: bool,
    pub verbose: u8,
    /// May questions be asked?
    pub input: bool,
    /// Are questions answered with yes?
    pub yes: bool,
    /// The width of tables where stdout is no terminal.
    pub width: Option<u16>,
}

/// A report that a CI service reads. Only some commands can write one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Github,
    Junit,
}

impl Report {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Junit => "junit",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum ColorChoice {
    #[default]
    Auto,
    Always,
    Never,
}

pub struct Ui {
    out: RefCell<io::BufWriter<io::Stdout>>,
    look: Look,
    out_is_terminal: bool,
    color_out: bool,
    color_err: bool,
    /// Did anything fail that did not stop the command?
    failures: Flag<u32>,
    progress: Progress,
}

impl Ui {
    pub fn new(look: Look) -> Self {
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let colored = |auto: anstream::ColorChoice| match look.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => auto != anstream::ColorChoice::Never,
        };
        let look_is_silent = look.silent || look.quiet;
        Self {
            out_is_terminal: stdout.is_terminal(),
            color_out: colored(anstream::AutoStream::choice(&stdout)),
            color_err: colored(anstream::AutoStream::choice(&stderr)),
            out: RefCell::new(io::BufWriter::with_capacity(64 * 1024, stdout)),
            look,
            failures: Flag::new(0),
            progress: Progress::new(!look_is_silent && stderr.is_terminal()),
        }
    }

    pub fn look(&self) -> &Look {
        &self.look
    }

    pub fn stdout_is_terminal(&self) -> bool {
        self.out_is_terminal
    }

    /// Renders a result as it was asked for, and says what exit code it stands for.
    pub fn show(&self, view: &dyn View) -> Result<Exit> {
        let mut out = self.out.borrow_mut();
        match self.look.format {
            Some(format) => {
                let header = !self.look.no_header;
                let columns = &self.look.columns;
                self.write_data(&mut *out, |out| {
                    view.machine(&mut Machine::new(out, format, header, columns))
                })?;
            }
            None => {
                let mut side: Box<dyn Write> =
                    if self.look.quiet { Box::new(io::sink()) } else { Box::new(io::stderr()) };
                let mut page = Page::new(&mut *out, &mut *side, self.drawing(), &self.look.columns);
                view.human(&mut page)?;
            }
        }
        out.flush()?;
        let exit = view.exit();
        Ok(if exit == Exit::DONE && self.failures.get() > 0 { Exit::FAILED } else { exit })
    }

    /// Writes the next rows of something that comes little by little, and sends them off.
    pub fn feed<R: Serialize>(&self, feed: &mut Feed<R>, rows: &[R]) -> Result<()> {
        self.write_feed(|out, drawing| {
            feed.rows(out, self.look.format, drawing, &self.look.columns, rows)
        })
    }

    /// Closes it. `foot` is what there is to know about all of it, for an object around the rows.
    pub fn end_feed<R: Serialize>(&self, feed: Feed<R>, foot: &impl Serialize) -> Result<()> {
        let left_out = feed.left_out().to_vec();
        self.write_feed(|out, drawing| {
            feed.end(out, self.look.format, drawing, &self.look.columns, foot)
        })?;
        if !left_out.is_empty() {
            self.status(no_room(&left_out));
        }
        Ok(())
    }

    fn write_feed(
        &self,
        write: impl FnOnce(&mut dyn Write, Drawing) -> io::Result<()>,
    ) -> Result<()> {
        let mut out = self.out.borrow_mut();
        let drawing = self.drawing();
        if self.look.format.is_some() {
            self.write_data(&mut *out, |out| write(out, drawing))?;
        } else {
            write(&mut *out, drawing)?;
        }
        Ok(out.flush()?)
    }

    /// A pipe gets the bytes as they are; on a terminal some of them could steer it.
    fn write_data(
        &self,
        out: &mut dyn Write,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        if !self.out_is_terminal {
            return write(out);
        }
        let mut text = Vec::new();
        write(&mut text)?;
        for line in String::from_utf8_lossy(&text).lines() {
            writeln!(out, "{}", clean(line))?;
        }
        Ok(())
    }

    /// Has the reader of stdout gone away? A command that waits for news would not notice before
    /// the next of them.
    pub fn stdout_is_closed(&self) -> bool {
        let stdout = io::stdout();
        let mut asked = [PollFd::new(&stdout, PollFlags::empty())];
        let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
        match poll(&mut asked, Some(&at_once)) {
            Ok(1..) => asked[0].revents().intersects(PollFlags::ERR | PollFlags::NVAL),
            _ => false,
        }
    }

    /// Writes bytes to stdout at once: a key that is revealed to a pipe. The caller has to know
    /// whether they were taken.
    ///
    /// This goes past every buffer. One would keep what stdout did not take, and try again when
    /// the process ends, after the key was given up.
    pub fn write_now(
        &self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        self.out.borrow_mut().flush()?;
        let mut stdout = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        write(&mut stdout)
    }

    /// The width that tables are drawn in, where there is a limit.
    pub fn width(&self) -> Option<u16> {
        self.drawing().width
    }

    fn drawing(&self) -> Drawing {
        let width = if self.out_is_terminal {
            terminal_size::terminal_size().map(|(width, _)| width.0)
        } else {
            None
        };
        Drawing {
            width: width.or(self.look.width),
            color: self.color_out,
            header: !self.look.no_header,
        }
    }

    /// What was done. Silenced by `--quiet`.
    pub fn status(&self, text: impl Display) {
        if !self.look.quiet {
            self.say(None, &text);
        }
    }

    /// Said only with `--verbose`.
    pub fn detail(&self, text: impl Display) {
        if self.look.verbose > 0 {
            self.say(None, &text);
        }
    }

    pub fn warning(&self, text: impl Display) {
        self.say(Some(("warning", AnsiColor::Yellow.on_default().bold())), &text);
    }

    pub fn hint(&self, text: impl Display) {
        if !self.look.quiet {
            self.say(Some(("hint", AnsiColor::Cyan.on_default())), &text);
        }
    }

    /// One of several items failed; the others go on. The exit code remembers it.
    pub fn failure(&self, error: &Error) {
        self.failures.set(self.failures.get() + 1);
        self.error(error);
    }

    /// The end of a command that failed.
    pub fn error(&self, error: &Error) {
        self.say(Some(("error", AnsiColor::Red.on_default().bold())), &error.message);
        for cause in &error.causes {
            self.say(None, &format!("  because {cause}"));
        }
        if let Some(id) = &error.request_id {
            self.say(None, &format!("  request id: {id}"));
        }
        for hint in &error.hints {
            self.say(Some(("hint", AnsiColor::Cyan.on_default())), hint);
        }
    }

    /// What is about to happen, before it is asked about: drawn on stderr, because it is no result.
    pub fn preview(&self, view: &dyn View) -> Result<()> {
        if self.look.quiet {
            return Ok(());
        }
        let (mut out, mut side) = (io::stderr(), io::stderr());
        let drawing = Drawing { color: self.color_err, ..self.drawing() };
        view.human(&mut Page::new(&mut out, &mut side, drawing, &[]))?;
        Ok(())
    }

    fn say(&self, label: Option<(&str, Style)>, text: &dyn Display) {
        if self.look.silent {
            return;
        }
        // Line by line, so that our own line breaks stay and foreign control characters do not.
        // What was typed may be repeated here, also a key in the wrong place.
        let text = text.to_string();
        let text = masked(&text);
        let text = text.lines().map(clean).collect::<Vec<_>>().join("\n");
        self.progress.clear();
        let mut err = io::stderr().lock();
        // There is nobody left to tell if stderr is gone.
        let _ = match label {
            Some((word, style)) if self.color_err => {
                writeln!(err, "{style}{word}:{style:#} {text}")
            }
            Some((word, _)) => writeln!(err, "{word}: {text}"),
            None => writeln!(err, "{text}"),
        };
    }

    /// How far something long has come, on a line that is overwritten. Only a terminal sees it.
    pub fn progress(&self, text: &str) {
        self.progress.show(text);
    }

    /// The same for a number of things.
    pub fn progress_of(&self, done: usize, of: usize, what: &str) {
        self.progress.bar(done, of, what);
    }

    /// Takes the line away.
    pub fn progress_done(&self) {
        self.progress.clear();
    }

    /// A line of a log, from any thread of a server.
    pub fn log(line: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", clean(line));
    }
}

/// Says what clap has to say: help on stdout, mistakes on stderr, and no key that was typed where
/// it does not belong.
pub fn say_of_words(e: &clap::Error) {
    let text = e.render().to_string();
    // There is nobody left to tell if the stream is gone.
    let _ = match masked(&text) {
        Cow::Owned(masked) if e.use_stderr() => write!(io::stderr(), "{masked}"),
        _ => e.print(),
    };
}
