//! What the body hands on to functions, and what it calls: the macro sees a name, the types show the rest.
use pymp::prelude::*;
use std::cell::Cell;
use std::collections::HashMap;

trait Rng {
    fn next(&mut self) -> f64;
}

struct Lcg(u64);

fn fill(x: &mut [f64], i: usize) {
    x[i] = 1.0;
}

fn an_array_that_a_function_changes(x: &mut [f64]) {
    parallel_for!(for i in 0..10 {
        fill(x, i);
    });
}

fn consume(name: String) -> usize {
    name.len()
}

fn a_string_that_a_function_takes(name: String, y: &mut [usize]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = consume(name);
    });
}

fn count(words: &mut HashMap<usize, f64>, i: usize) {
    words.insert(i, 1.0);
}

fn a_map_that_a_function_changes(words: &mut HashMap<usize, f64>) {
    parallel_for!(for i in 0..10 {
        count(words, i);
    });
}

fn roll(rng: &mut Lcg) -> f64 {
    rng.0 += 1;
    rng.0 as f64
}

fn a_generator(rng: &mut Lcg, y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = roll(rng);
        println!("{}", roll(rng));
    });
}

fn draw<R: Rng>(rng: &mut R) -> f64 {
    rng.next()
}

fn a_generator_of_any_type<R: Rng>(rng: &mut R, y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = draw(rng);
    });
}

fn put(p: *mut f64, i: usize) {
    println!("{p:?} {i}");
}

fn a_raw_pointer(p: *mut f64, y: &mut [usize]) {
    parallel_for!(for i in 0..10 {
        put(p, i);
    });
    parallel_for!(for i in 0..y.len() {
        y[i] = p as usize;
    });
}

fn hit(hits: &Cell<u32>) {
    hits.set(hits.get() + 1);
}

fn a_cell(hits: &Cell<u32>) {
    parallel_for!(for _ in 0..10 {
        hit(hits);
    });
}

fn a_function_that_may_not_be_shared(f: impl Fn(f64) -> f64, n: u32) -> f64 {
    let mut sum = 0.0;
    parallel_for!(reduction(+: sum), for i in 0..n {
        sum += f(f64::from(i));
    });
    sum
}

fn a_dyn_function(f: &dyn Fn(usize) -> usize, y: &mut [usize]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = f(i);
    });
}

fn a_function_that_changes_what_it_holds(mut f: impl FnMut(usize) + Sync) {
    parallel_for!(for i in 0..10 {
        f(i);
    });
}

fn a_vec_that_an_inner_loop_takes(xs: Vec<f64>) {
    parallel_for!(for i in 0..10 {
        for x in xs {
            println!("{i} {x}");
        }
    });
}

fn a_string_that_a_sum_takes(name: String, y: &mut [String]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = name + "s";
    });
}

fn a_type_parameter<T: Copy + std::ops::MulAssign + Send>(a: T, y: &mut [T]) {
    parallel_for!(for i in 0..y.len() {
        y[i] *= a;
    });
}

fn a_pointer_in_a_let(p: *mut f64, y: &mut [usize]) {
    fn at(p: *mut f64, i: usize) -> usize {
        p as usize + i
    }
    parallel_for!(for i in 0..y.len() {
        let place = at(p, i);
        y[i] = place;
    });
}

struct Walk {
    name: String,
    steps: Vec<usize>,
}

#[parallel]
impl Walk {
    fn a_field_that_a_function_takes(&mut self) {
        #[parallel]
        for i in 0..self.steps.len() {
            self.steps[i] = consume(self.name);
        }
    }
}

struct Labelled {
    label: String,
    i: usize,
}

fn a_string_that_a_struct_takes(label: String, y: &mut [Labelled]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = Labelled { label, i };
    });
}

fn a_generator_that_a_closure_takes(rng: &mut Lcg, y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = (0..i).map(|_| roll(rng)).sum();
    });
}

fn main() {}
