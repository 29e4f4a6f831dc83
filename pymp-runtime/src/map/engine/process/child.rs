//! A child, as the parent sees it.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::entry;
use super::wire::{Answer, Token, read_answer, write_task};
use super::worker::{ARGUMENT, Errand};

/// A child that has not come by then never will.
const ARRIVAL: Duration = Duration::from_secs(30);
/// One that is to go is killed after that.
const FAREWELL: Duration = Duration::from_secs(1);
/// Between two looks at a child.
const NAP: Duration = Duration::from_millis(1);

/// Why a task has no answer; the child is gone in both cases.
#[derive(Debug)]
pub(super) enum Broken {
    TimedOut(Duration),
    Lost(String),
}

/// A running child, connected, and idle between two tasks.
#[derive(Debug)]
pub(super) struct Child {
    process: std::process::Child,
    stream: TcpStream,
}

impl Child {
    /// Starts one, and waits until it is there.
    pub(super) fn start() -> Result<Self, String> {
        let told = |what: &str, error: &dyn std::fmt::Display| format!("{what}: {error}");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).map_err(|error| told("no loopback address", &error))?;
        listener.set_nonblocking(true).map_err(|error| told("no loopback address", &error))?;
        let address = listener.local_addr().map_err(|error| told("no loopback address", &error))?;
        let errand = Errand { address, token: token() };
        let program = program().map_err(|error| told("this program cannot be found", &error))?;
        let mut command = Command::new(program);
        command.arg(ARGUMENT).stdin(Stdio::piped());
        let mut process = command.spawn().map_err(|error| told("no child process can be started", &error))?;
        if let Some(mut input) = process.stdin.take() {
            // An error means that it has ended already, which is found out below. From here on its input is at the end.
            drop(input.write_all(errand.to_text().as_bytes()));
        }
        match arrived(&listener, &mut process, &errand.token) {
            Ok(stream) => Ok(Self { process, stream }),
            Err(error) => {
                end(&mut process, Duration::ZERO);
                Err(error)
            }
        }
    }

    /// Runs a task; the time counts from here.
    pub(super) fn run(mut self, function: i64, input: &[u8], timeout: Option<Duration>) -> Result<(Self, Answer), Broken> {
        let until = timeout.and_then(|limit| Instant::now().checked_add(limit));
        let mut timed = Timed { stream: &self.stream, until };
        let written = self.stream.set_write_timeout(timeout).and_then(|()| write_task(&mut &self.stream, function, input));
        let answer = written.map_err(too_late).and_then(|()| read_answer(&mut timed));
        match (answer, timeout) {
            (Ok(answer), _) => Ok((self, answer)),
            (Err(error), Some(limit)) if error.kind() == ErrorKind::TimedOut => {
                end(&mut self.process, Duration::ZERO);
                Err(Broken::TimedOut(limit))
            }
            (Err(error), _) => Err(Broken::Lost(match end(&mut self.process, FAREWELL) {
                Some(status) => status,
                None => format!("the connection broke: {error}"),
            })),
        }
    }
}

/// The error of a write that took too long, which systems call by two names.
fn too_late(error: io::Error) -> io::Error {
    if error.kind() == ErrorKind::WouldBlock { ErrorKind::TimedOut.into() } else { error }
}

/// It goes by itself when the connection is closed, with what it still has to print.
impl Drop for Child {
    fn drop(&mut self) {
        // An error means that it is closed.
        drop(self.stream.shutdown(Shutdown::Both));
        end(&mut self.process, FAREWELL);
    }
}

/// Waits for a process to end; kills it if it takes too long. How it ended by itself.
fn end(process: &mut std::process::Child, patience: Duration) -> Option<String> {
    let start = Instant::now();
    loop {
        match process.try_wait() {
            Ok(Some(status)) => return Some(status.to_string()),
            Ok(None) if start.elapsed() < patience => thread::sleep(NAP),
            // An error means that it is gone.
            _ => break,
        }
    }
    drop(process.kill());
    drop(process.wait());
    None
}

/// The connection of the child that was started, and of no other process.
fn arrived(listener: &TcpListener, process: &mut std::process::Child, token: &Token) -> Result<TcpStream, String> {
    let start = Instant::now();
    while start.elapsed() < ARRIVAL {
        match listener.accept() {
            Ok((stream, _)) => {
                if let Some(stream) = known(stream, token)? {
                    return Ok(stream);
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted) => {
                if let Ok(Some(status)) = process.try_wait() {
                    return Err(format!("it ended before it was ready ({status})"));
                }
                thread::sleep(NAP / 10);
            }
            Err(error) => return Err(format!("the loopback address fails: {error}")),
        }
    }
    Err("it did not come in time".to_owned())
}

/// The stream, if who is there knows the token. An error, if it is another program all the same.
fn known(stream: TcpStream, token: &Token) -> Result<Option<TcpStream>, String> {
    let mut greeting = [0; 24];
    let read = || -> io::Result<TcpStream> {
        stream.set_nonblocking(false)?;
        stream.set_nodelay(true)?;
        let mut timed = Timed { stream: &stream, until: Instant::now().checked_add(ARRIVAL) };
        timed.read_exact(&mut greeting)?;
        stream.set_read_timeout(None)?;
        stream.try_clone()
    };
    let Ok(stream) = { read }() else { return Ok(None) };
    if greeting[..16] != *token {
        return Ok(None);
    }
    if greeting[16..] != entry::likeness().to_le_bytes() {
        return Err("it is another build of this program".to_owned());
    }
    Ok(Some(stream))
}

/// What nobody else can guess: std's hash maps have keys from the system.
fn token() -> Token {
    let mut token = [0; 16];
    for half in token.chunks_exact_mut(8) {
        half.copy_from_slice(&RandomState::new().build_hasher().finish().to_le_bytes());
    }
    token
}

/// This program. On Linux the one that runs, whatever has become of its file.
fn program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") { Ok(PathBuf::from("/proc/self/exe")) } else { std::env::current_exe() }
}

/// Reads until a point in time.
struct Timed<'s> {
    stream: &'s TcpStream,
    until: Option<Instant>,
}

impl Read for Timed<'_> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            let left = self.until.map(|until| until.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(ErrorKind::TimedOut.into());
            }
            self.stream.set_read_timeout(left)?;
            match self.stream.read(bytes) {
                // The time is up, says the loop, or the clock of the system was early.
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                other => return other,
            }
        }
    }
}
