//! On a nightly compiler `#[parallel]` stands on a loop or a block by itself, with nothing around it.
//!
//! `RUSTFLAGS="--cfg nightly" cargo +nightly test --test nightly`; without that `cfg` there is nothing here.

#![cfg(nightly)]
#![feature(stmt_expr_attributes, proc_macro_hygiene)]
#![deny(warnings)]

use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::prelude::*;

mod common;

use common::watchdog;

struct Stars {
    place: Vec<f64>,
    speed: Vec<f64>,
}

impl Stars {
    fn step(&mut self, dt: f64) {
        #[parallel(num_threads = 3)]
        for i in 0..self.place.len() {
            self.speed[i] *= 0.5;
            self.place[i] += self.speed[i] * dt;
        }
    }
}

#[test]
fn in_a_method() {
    watchdog(|| {
        let mut stars = Stars { place: vec![0.0; 8], speed: vec![4.0; 8] };
        stars.step(0.25);
        assert_eq!(stars.place, [0.5; 8]);
    });
}

#[test]
fn in_every_position() {
    fn tail(y: &mut [usize]) {
        #[parallel]
        for i in 0..y.len() {
            y[i] += 1;
        }
    }
    watchdog(|| {
        let mut y = vec![0; 9];
        tail(&mut y);
        let () = #[parallel(num_threads = 2)]
        for i in 0..9 {
            y[i] += 10;
        };
        match y[0] {
            11 =>
            {
                #[parallel]
                for i in 0..9 {
                    y[i] += 100;
                }
            }
            _ => unreachable!(),
        }
        let mut closure = || {
            #[parallel(num_threads = 3, schedule = "dynamic")]
            for i in 0..9 {
                y[i] += 1000;
            }
        };
        closure();
        #[cfg(any())]
        #[parallel]
        for i in 0..9 {
            y[i + 1] += nowhere();
        }
        #[parallel(num_threads = 3)]
        'outer: for i in 0..9 {
            for j in 0.. {
                if j == i {
                    continue 'outer;
                }
                y[i] += 10_000;
            }
        }
        assert_eq!(y, (0..9).map(|i| 1111 + 10_000 * i).collect::<Vec<_>>());
    });
}

#[test]
fn with_clauses() {
    watchdog(|| {
        let x: Vec<u64> = (0..100).collect();
        let (mut sum, mut last) = (0, 0);
        #[parallel(num_threads = 3, schedule(guided, 2), reduction(+: sum), lastprivate(last))]
        for i in 0..x.len() {
            sum += x[i];
            last = i;
        }
        assert_eq!((sum, last), (4950, 99));
        let (n, m) = (4, 5);
        let mut table = vec![0; n * m];
        #[parallel(collapse = 2, num_threads = 3)]
        for i in 0..n {
            for j in 0..m {
                table[i * m + j] = i * j;
            }
        }
        assert_eq!(table[3 * m + 4], 12);
    });
}

#[test]
fn with_ways_out() {
    fn parsed(texts: &[&str]) -> Result<i32, std::num::ParseIntError> {
        let mut sum = 0;
        #[parallel(num_threads = 3, reduction(+: sum))]
        for text in texts {
            sum += text.parse::<i32>()?;
        }
        Ok(sum)
    }
    watchdog(|| {
        assert_eq!(parsed(&["1", "2", "3"]), Ok(6));
        assert!(parsed(&["1", "x"]).is_err());
    });
}

#[test]
fn a_loop_in_a_loop() {
    watchdog(|| {
        let mut rows = vec![vec![0; 5]; 4];
        #[parallel(num_threads = 2)]
        for i in 0..4 {
            let row = &mut rows[i];
            #[parallel]
            for j in 0..5 {
                row[j] = i * j;
            }
        }
        assert_eq!(rows[3], [0, 3, 6, 9, 12]);
    });
}

#[test]
fn on_a_block() {
    watchdog(|| {
        let hits = AtomicUsize::new(0);
        let mut sum = 0;
        #[parallel(num_threads = 3, reduction(+: sum))]
        {
            hits.fetch_add(1, Ordering::Relaxed);
            sum += 1 + pymp::thread_num();
        }
        assert_eq!((hits.into_inner(), sum), (3, 6));
    });
}

/// The attribute around it still takes those inside.
#[parallel(num_threads = 2)]
fn annotated(y: &mut [usize]) {
    #[parallel]
    for i in 0..y.len() {
        y[i] = pymp::num_threads();
    }
}

#[test]
fn with_an_attribute_around_it() {
    watchdog(|| {
        let mut y = [0; 5];
        annotated(&mut y);
        assert_eq!(y, [if cfg!(feature = "threads") { 2 } else { 1 }; 5]);
    });
}
