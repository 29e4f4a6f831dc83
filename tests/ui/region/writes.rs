//! What a region captures, and every thread of it would write.
use std::fmt::Write;

use pymp::prelude::*;

fn captured(text: &mut String) {
    let (mut sum, mut x, mut v, mut y) = (0, 1, vec![1], [0; 4]);
    region!(num_threads = 2, |p| {
        for i in p.range(0..4) {
            sum += i;
            x = i;
            v.push(i);
            y[i] = i;
            write!(text, "{i}").unwrap();
        }
    });
    region!(|p| {
        p.critical(|| sum <<= 1);
        v.sort();
        std::mem::swap(&mut x, &mut y[0]);
    });
    println!("{sum} {x} {v:?} {y:?}");
}

struct Counter {
    hits: u32,
}

#[parallel]
impl Counter {
    fn count(&mut self) {
        #[parallel(num_threads = 2)]
        {
            self.hits += 1;
        }
        region!(|p| {
            self.hits = p.thread_num() as u32;
        });
    }
}

#[parallel]
fn loop_inside(y: &mut [u32]) {
    #[parallel]
    {
        #[parallel]
        for i in 0..y.len() {
            y[i] += 1;
        }
    }
}

fn main() {}
