// What is read after the loop would be lost in a copy of each thread's own.
use pymp::prelude::*;

fn tabulate(table: &mut [f64], x: f64) {
    table.iter_mut().enumerate().for_each(|(k, entry)| *entry = x * k as f64);
}

#[parallel]
fn hit(x: &[usize]) -> usize {
    let mut hit = 0;
    #[parallel]
    for i in 0..x.len() {
        if x[i] == 12 {
            hit = i;
            break;
        }
    }
    hit
}

#[parallel]
fn scratch_elements(x: &[f64], y: &mut [f64]) -> Vec<f64> {
    let mut buf = vec![0.0; 3];
    #[parallel]
    for i in 0..x.len() {
        for k in 0..3 {
            buf[k] = x[i] * k as f64;
        }
        y[i] = buf.iter().sum();
    }
    buf
}

#[parallel]
fn scratch_by_name_in_a_text(x: &[f64], y: &mut [usize]) {
    let mut buf = Vec::new();
    parallel_for!(for i in 0..x.len() {
        buf.clear();
        buf.push(x[i]);
        y[i] = buf.len();
    });
    println!("{buf:?}");
}

#[parallel]
fn in_the_next_round_of_a_loop(x: &[f64], y: &mut [f64]) {
    let mut table = [0.0; 8];
    let mut t = 0.0;
    while table[1] < 10.0 {
        #[parallel]
        for i in 0..x.len() {
            tabulate(&mut table, x[i]);
            y[i] = table[7];
        }
        t = x[0];
        #[parallel]
        for i in 0..x.len() {
            t = x[i];
            y[i] = 2.0 * t;
        }
    }
}

#[parallel]
fn state_of_its_own(y: &mut [u64]) -> u64 {
    let mut state = 1;
    #[parallel]
    for i in 0..y.len() {
        state = state * 69069 % 65537;
        y[i] = state;
    }
    state
}

#[parallel]
fn written_before_it_is_read(x: &[f64], y: &mut [f64]) -> f64 {
    let mut t;
    #[parallel]
    for i in 0..x.len() {
        t = x[i];
        y[i] = t;
    }
    t = x[0];
    let other = t;
    let t = other;
    t
}

fn main() {}
