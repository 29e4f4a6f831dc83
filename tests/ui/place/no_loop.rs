//! Functions, blocks and modules that hold no loop which could be meant.
use pymp::prelude::*;

#[parallel]
fn empty() {}

#[parallel]
fn only_a_while(mut n: u32) {
    while n > 0 {
        n -= 1;
    }
}

struct S;

#[parallel]
impl S {
    fn run(&self) {
        for _ in 0..10 {}
    }
}

#[parallel]
mod inner {
    pub fn run() {
        for _ in 0..10 {}
    }
}

#[parallel]
fn handed_to_a_macro(y: &mut [i32]) {
    println!("{}", {
        #[parallel]
        for i in 0..y.len() {
            y[i] = 3;
        }
        y[0]
    });
}

fn main() {
    S.run();
    inner::run();
}
