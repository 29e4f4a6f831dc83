//! A child: runs one task after the other until the parent has gone.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;

use super::entry;
use super::wire::{Answer, Token, read_task, write_answer};
use crate::map::error::message;

/// The first argument of a child.
pub(super) const ARGUMENT: &str = "--pymp-worker";

/// Whom a child works for: the parent's address on this machine, and the token that shows that it was started by it. The parent writes it
/// into the child's standard input: what stands among the arguments, every user of the machine can read.
#[derive(Debug)]
pub(super) struct Errand {
    pub(super) address: SocketAddr,
    pub(super) token: Token,
}

impl Errand {
    pub(super) fn to_text(&self) -> String {
        format!("{}/{:032x}\n", self.address, u128::from_le_bytes(self.token))
    }

    fn from_text(text: &str) -> Option<Self> {
        let (address, token) = text.trim_end().split_once('/')?;
        // A child does what it is told, so nobody on another machine may tell it.
        let address = address.parse().ok().filter(|address: &SocketAddr| address.ip().is_loopback())?;
        Some(Self { address, token: u128::from_str_radix(token, 16).ok()?.to_le_bytes() })
    }
}

/// The errand of this process, if it is a child. It is known as one by an argument rather than a variable of the environment, which the
/// programs that a task starts would inherit.
pub(super) fn errand() -> Option<Errand> {
    if arguments().get(1)? != ARGUMENT {
        return None;
    }
    let mut line = String::new();
    io::stdin().read_line(&mut line).ok()?;
    Errand::from_text(&line)
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
    let mut parent = TcpStream::connect(errand.address)?;
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
