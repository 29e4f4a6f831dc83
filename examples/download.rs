//! Many downloads at the same time: a map of futures, with a timeout, against a server that this program starts on the loopback address.
//!
//! ```text
//! cargo run --release --features async --example download
//! ```
//!
//! The server answers every request after 50 ms; one page never comes, and one is not there.

mod support;

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use pymp::map::{Engine, Map, TaskError};
use support::{Trial, report, timed};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const PAGES: usize = 40;
/// Never answered.
const STUCK: usize = 7;
/// Answered with 404.
const MISSING: usize = 11;
const DELAY: Duration = Duration::from_millis(50);
const LIMIT: Duration = Duration::from_secs(1);

/// The text of a page.
fn page(number: usize) -> String {
    format!("page {number}: {}\n", "all work and no play ".repeat(number))
}

/// A server of HTTP, as far as it goes here; a thread for each connection.
fn serve(listener: &TcpListener) {
    for stream in listener.incoming().flatten() {
        thread::spawn(move || -> io::Result<()> {
            let mut request = String::new();
            BufReader::new(&stream).read_line(&mut request)?;
            let number = request.split('/').nth(1).and_then(|rest| rest.split(' ').next()).and_then(|word| word.parse().ok());
            thread::sleep(DELAY);
            let (status, body) = match number {
                Some(STUCK) => {
                    thread::sleep(10 * LIMIT);
                    return Ok(());
                }
                Some(number) if number != MISSING && number < PAGES => ("200 OK", page(number)),
                _ => ("404 Not Found", String::new()),
            };
            write!(&stream, "HTTP/1.0 {status}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
        });
    }
}

async fn download(server: SocketAddr, number: usize) -> io::Result<String> {
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(format!("GET /{number} HTTP/1.0\r\n\r\n").as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    match answer.split_once("\r\n\r\n") {
        Some((head, body)) if head.starts_with("HTTP/1.0 200") => Ok(body.to_owned()),
        Some((head, _)) => Err(io::Error::other(head.lines().next().unwrap_or_default().to_owned())),
        None => Err(io::ErrorKind::UnexpectedEof.into()),
    }
}

fn check(pages: &[Result<String, TaskError<io::Error>>]) -> Result<String, String> {
    for (number, got) in pages.iter().enumerate() {
        let right = match (number, got) {
            (STUCK, Err(TaskError::TimedOut(LIMIT))) => true,
            (MISSING, Err(TaskError::Failed(error))) => error.to_string().contains("404"),
            (_, Ok(text)) => *text == page(number),
            _ => false,
        };
        if !right {
            return Err(format!("page {number} is {got:?}"));
        }
    }
    Ok(format!("{} pages, one missing, one timed out", pages.len() - 2))
}

fn main() -> ExitCode {
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, 0)) {
        Ok(listener) => listener,
        Err(problem) => {
            eprintln!("download: no loopback address: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let server = listener.local_addr().expect("a bound listener has an address");
    thread::spawn(move || serve(&listener));

    let map = |workers: usize| Map::new(|number| download(server, number)).engine(Engine::Async).timeout(LIMIT).workers(workers);
    let (pages, parallel) = timed(1, || map(PAGES).collect().try_run(0..PAGES));
    for (number, page) in pages.iter().enumerate().skip(5).take(8) {
        match page {
            Ok(text) => println!("{number:>3}  {} bytes", text.len()),
            Err(error) => println!("{number:>3}  {error}"),
        }
    }
    println!();
    let (one_by_one, serial) = timed(1, || map(1).collect().try_run(0..PAGES));
    let checked = check(&one_by_one).and_then(|_| check(&pages));
    report(&[Trial { what: format!("{PAGES} downloads"), serial, parallel, checked }])
}
