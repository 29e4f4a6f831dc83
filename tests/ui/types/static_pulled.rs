//! `schedule = "static"` on an iterator that does not know its length.
use pymp::prelude::*;

fn words(text: &str) {
    parallel_for!(schedule = "static", for word in text.split(' ') {
        println!("{word}");
    });
}

fn with_a_chunk(map: &std::collections::HashMap<u32, u32>) {
    parallel_for!(schedule = "static,8", for (k, v) in map {
        println!("{k} {v}");
    });
}

fn main() {}
