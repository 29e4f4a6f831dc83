//! Which of 60 odd numbers behind a million millions are primes: a map of uneven tasks, since a number with a small divisor is found out
//! at once.
//!
//! ```text
//! cargo run --release --example primes
//! ```

mod support;

use std::process::ExitCode;

use pymp::prelude::*;
use support::{Trial, report, timed};

fn is_prime(n: u64) -> bool {
    n > 1 && (2..).take_while(|divisor| divisor * divisor <= n).all(|divisor| !n.is_multiple_of(divisor))
}

fn main() -> ExitCode {
    let numbers: Vec<u64> = (0..60).map(|i| 1_000_000_000_039 + 2 * i).collect();
    let (found, parallel) = timed(3, || parmap(is_prime, numbers.iter().copied()));
    let (expected, serial) = timed(3, || numbers.iter().map(|n| is_prime(*n)).collect::<Vec<_>>());

    let primes: Vec<u64> = numbers.iter().zip(&found).filter(|(_, prime)| **prime).map(|(n, _)| *n).collect();
    println!("{primes:?}\n");
    let checked = match found == expected && primes.len() == 5 {
        true => Ok(format!("{} primes, as in the serial loop", primes.len())),
        false => Err(format!("{} primes", primes.len())),
    };
    report(&[Trial { what: "is_prime of 60 numbers".to_owned(), serial, parallel, checked }])
}
