//! Writes in a region that have a way out of their own: what one thread does, maps, and a block that has no handle.
use std::collections::HashMap;

use pymp::prelude::*;

struct Limits {
    low: usize,
}

fn by_one_thread(limits: &mut Limits, input: &[usize]) {
    let (mut a, mut b, mut c) = (0, 0, 0);
    region!(num_threads = 2, |team| {
        team.single(|| a = input.len());
        team.masked(|| {
            b = 2;
        });
        team.single(|| {
            println!("{}", input.len());
            c = 3;
        });
        team.single(|| limits.low = 4);
    });
    println!("{a}{b}{c}");
}

fn maps() -> HashMap<usize, usize> {
    let mut squares = HashMap::new();
    region!(num_threads = 2, |p| {
        for i in p.range(0..10) {
            squares.insert(i, i * i);
        }
    });
    squares
}

#[parallel]
fn without_a_handle(y: &mut [usize]) -> usize {
    let (mut n, mut last, mut list) = (0, 0, vec![]);
    #[parallel(num_threads = 2)]
    {
        n += 1;
        last = n;
        list.push(last);
        list.sort();
        y[0] = n;
    }
    last
}

#[rustfmt::skip]
#[parallel]
fn in_one_line(y: &mut [f64]) { #[parallel(num_threads = 2)] { #[parallel] for i in 0..y.len() { y[i] = 1.0; } } }

fn main() {}
