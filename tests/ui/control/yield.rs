//! `yield` in an iteration: rustc has more to say of it, since it is unstable everywhere.
use pymp::prelude::*;

#[parallel]
fn yields() {
    for i in 0..10 {
        yield i;
    }
}

fn main() {}
