//! A child: runs one task after the other until the parent has gone.

use std::io::{self, Write};
use std::net::TcpStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;

use super::entry;
use super::wire::{Answer, Token, read_task, write_answer};
use crate::map::error::message;

/// The first argument of a child. The second is its errand.
pub(super) const ARGUMENT: &str = "--pymp-worker";

/// Whom a child works for: the parent's address, and the token that shows that it was started by it.
#[derive(Debug)]
pub(super) struct Errand {
    pub(super) address: String,
    pub(super) token: Token,
}

impl Errand {
    pub(super) fn to_text(&self) -> String {
        format!("{}/{:032x}", self.address, u128::from_le_bytes(self.token))
    }

    fn from_text(text: &str) -> Option<Self> {
        let (address, token) = text.split_once('/')?;
        Some(Self { address: address.to_owned(), token: u128::from_str_radix(token, 16).ok()?.to_le_bytes() })
    }
}

/// The errand of this process, if it is a child. An argument rather than a variable of the environment, which the programs that a task
/// starts would inherit.
pub(super) fn errand() -> Option<Errand> {
    let mut arguments = arguments().into_iter().skip(1);
    if arguments.next()? != ARGUMENT {
        return None;
    }
    Errand::from_text(&arguments.next()?)
}

fn arguments() -> Vec<String> {
    let known: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    if !known.is_empty() || !cfg!(target_os = "linux") {
        return known;
    }
    // Before main, std knows them with glibc, and not with every other library.
    let line = std::fs::read("/proc/self/cmdline").unwrap_or_default();
    line.split(|byte| *byte == 0).map(|argument| String::from_utf8_lossy(argument).into_owned()).collect()
}

/// Does what the parent asks, and ends the process.
pub(super) fn serve(errand: &Errand) -> ! {
    let ended = match catch_unwind(|| work(errand)) {
        Ok(Ok(())) => 0,
        Ok(Err(error)) => {
            // The parent is gone, or was never there; nobody else is interested.
            drop(writeln!(io::stderr(), "a worker of a map has lost its parent: {error}"));
            1
        }
        Err(_) => 1,
    };
    exit(ended)
}

fn work(errand: &Errand) -> io::Result<()> {
    let mut parent = TcpStream::connect(&errand.address)?;
    parent.set_nodelay(true)?;
    let mut greeting = errand.token.to_vec();
    greeting.extend(entry::likeness().to_le_bytes());
    parent.write_all(&greeting)?;
    while let Some((number, input)) = read_task(&mut parent)? {
        let answer = catch_unwind(AssertUnwindSafe(|| entry::run(number, &input)));
        let answer = answer.unwrap_or_else(|payload| Answer::Panicked(message(payload)));
        io::stdout().flush()?;
        write_answer(&mut parent, &answer)?;
    }
    Ok(())
}
