//! What is no array, or has no elements to own.
use pymp::prelude::*;
use std::collections::{BTreeMap, HashMap};

fn map(m: &mut HashMap<usize, f64>) {
    parallel_for!(for i in 0..10 {
        *m.get_mut(&i).unwrap() = 1.0;
    });
}

fn tree(t: &mut BTreeMap<usize, f64>) {
    parallel_for!(for i in 0..10 {
        t.entry(i).or_insert(0.0);
    });
}

fn map_in_brackets(mut squares: HashMap<usize, usize>) {
    parallel_for!(for i in 0..10 {
        squares[i] = i * i;
    });
}

fn a_number(mut n: usize) {
    parallel_for!(for i in 0..10 {
        n[i] = 1;
    });
}

fn by_a_word(y: &mut [f64], names: &[usize]) {
    parallel_for!(for i in names.iter().copied() {
        y[i] = 1.0;
    });
}

fn read_only(y: &[f64]) {
    parallel_for!(for i in 0..10 {
        y[i] = 1.0;
    });
}

fn not_mutable() {
    let y = vec![0.0; 10];
    parallel_for!(for i in 0..10 {
        y[i] = 1.0;
    });
}

fn atomic_of_text(h: &mut [String]) {
    parallel_for!(atomic(h), for i in 0..10 {
        h[i] += "more";
    });
}

fn wrong_index(y: &mut [f64], n: i32) {
    parallel_for!(for i in 0..n {
        y[i] = 1.0;
    });
}

fn wrong_element(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = i;
    });
}

fn main() {}
