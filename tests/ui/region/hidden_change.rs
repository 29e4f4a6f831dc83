//! Changes, and types that cannot be shared, that only rustc sees in a region: told as they are in a loop.
use std::rc::Rc;

use pymp::prelude::*;

struct Rng(u64);

impl Rng {
    fn roll(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

fn draw(rng: &mut Rng) -> u64 {
    rng.roll()
}

fn by_a_method(rng: &mut Rng) {
    region!(num_threads = 2, |p| {
        for _ in p.range(0..10) {
            rng.roll();
        }
    });
}

fn by_a_function(rng: &mut Rng) {
    region!(num_threads = 2, |p| {
        for _ in p.range(0..10) {
            draw(rng);
        }
    });
}

#[parallel]
fn in_a_block(rng: &mut Rng) {
    #[parallel(num_threads = 2)]
    {
        rng.roll();
    }
}

fn taken(name: String) {
    region!(num_threads = 2, |_p| {
        let own = name;
        println!("{own}");
    });
}

#[parallel]
fn not_shared(count: Rc<i32>) {
    #[parallel(num_threads = 2)]
    {
        println!("{count}");
    }
}

fn printed(count: Rc<i32>) {
    region!(num_threads = 2, |p| {
        println!("{} {}", p.thread_num(), count);
    });
}

fn called(f: impl Fn(usize) -> f64, n: usize) -> f64 {
    let mut sum = 0.0;
    region!(reduction(+: sum), |p| {
        for i in p.range(0..n) {
            sum += f(i);
        }
    });
    sum
}

fn beside_a_value(rng: &mut Rng) -> usize {
    region!(num_threads = 2, |p| {
        rng.roll();
        p.thread_num()
    })
}

fn in_a_closure(rng: &mut Rng, y: &mut [u64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = (0..i).map(|_| rng.roll()).sum();
    });
}

fn given_in_a_closure(rng: &mut Rng) {
    region!(num_threads = 2, |p| {
        (0..p.num_threads()).for_each(|_| drop(draw(rng)));
    });
}

fn main() {}
