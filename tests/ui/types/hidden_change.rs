//! Changes of captured variables that only their types show: rustc's to refuse.
use pymp::prelude::*;

struct Rng(u64);

impl Rng {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        self.0
    }
}

fn own_method(y: &mut [u64]) {
    let mut rng = Rng(1);
    parallel_for!(for i in 0..y.len() {
        y[i] = rng.roll();
    });
}

#[parallel]
fn own_method_under_the_attribute(y: &mut [u64]) {
    let mut rng = Rng(1);
    #[parallel]
    for i in 0..y.len() {
        y[i] = rng.roll();
    }
}

macro_rules! bump {
    ($x:ident) => {
        $x += 1
    };
}

fn in_a_macro() -> u32 {
    let mut n = 0;
    parallel_for!(for _ in 0..10 {
        bump!(n);
    });
    n
}

fn moved(x: String) {
    parallel_for!(for _ in 0..10 {
        drop(x);
    });
}

fn called_back(mut add: impl FnMut(usize)) {
    parallel_for!(for i in 0..10 {
        add(i);
    });
}

struct Walk {
    rng: Rng,
    steps: u64,
}

impl Walk {
    fn step(&mut self) {
        self.steps += self.rng.roll();
    }

    #[parallel]
    fn run(&mut self, y: &mut [u64]) {
        #[parallel]
        for i in 0..y.len() {
            y[i] = self.rng.roll();
        }
        #[parallel]
        for _ in 0..10 {
            self.step();
        }
    }
}

fn moved_into_elements(name: String, y: &mut [String]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = name;
    });
}

fn moved_by_a_method(text: String, y: &mut [usize]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = text.into_bytes().len();
    });
}

fn moved_by_a_pattern(text: Option<String>, y: &mut [usize]) {
    parallel_for!(for i in 0..y.len() {
        if let Some(text) = text {
            y[i] = text.len();
        }
    });
}

fn changed_by_a_pattern(mut text: Option<String>) {
    parallel_for!(for i in 0..10 {
        if let Some(ref mut text) = text {
            text.push('x');
        }
    });
}

fn an_element_that_only_its_method_changes(rngs: &mut [Rng], y: &mut [u64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = rngs[i].roll();
    });
}

struct Stats(f64);

impl Stats {
    fn note(&mut self, x: f64) {
        self.0 += x;
    }
}

fn a_result(stats: &mut Stats, x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        stats.note(x[i]);
    });
}

fn a_map(counts: &mut std::collections::HashMap<String, usize>, words: &[String]) {
    parallel_for!(for word in words {
        if let Some(count) = counts.get_mut(word.as_str()) {
            *count += 1;
        }
    });
}

fn main() {}
