//! A variable from outside that is changed through a borrow or a method.
use pymp::prelude::*;

fn push(x: &[f64]) -> Vec<f64> {
    let mut v = Vec::new();
    parallel_for!(for e in x {
        v.push(*e);
    });
    v
}

fn strings(x: &[&str]) -> String {
    let mut s = String::new();
    parallel_for!(for e in x {
        s.push_str(e);
        s += e;
    });
    s
}

fn extended(x: &[Vec<u8>]) -> Vec<u8> {
    let mut all = vec![];
    parallel_for!(for e in x {
        all.extend_from_slice(e);
    });
    all
}

fn written(x: &[f64]) -> String {
    use std::fmt::Write;
    let mut s = String::new();
    parallel_for!(for e in x {
        write!(s, "{e} ").unwrap();
    });
    s
}

fn inserted(x: &[u32]) -> std::collections::HashMap<u32, u32> {
    let mut map = std::collections::HashMap::new();
    parallel_for!(for e in x {
        map.insert(*e, 1);
    });
    map
}

fn counted(words: &[String]) -> std::collections::HashMap<&str, u32> {
    let mut map = std::collections::HashMap::new();
    parallel_for!(for word in words {
        *map.entry(word.as_str()).or_insert(0) += 1;
    });
    map
}

fn in_order(x: &[u32]) -> Vec<u32> {
    let mut lines = Vec::new();
    parallel_for!(ordered, for v in x {
        ordered!({ lines.push(*v) });
    });
    lines
}

fn fill(x: &mut u32) {
    *x += 1;
}

fn borrowed() -> u32 {
    let mut n = 0;
    parallel_for!(for _ in 0..10 {
        fill(&mut n);
    });
    n
}

fn sorted(v: &mut Vec<u32>) {
    parallel_for!(for _ in 0..10 {
        v.sort();
    });
}

struct Log {
    lines: Vec<String>,
}

#[parallel]
impl Log {
    fn add(&mut self) {
        #[parallel]
        for i in 0..10 {
            self.lines.push(i.to_string());
        }
    }
}

fn by_get_mut(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() - 1 {
        if let Some(v) = y.get_mut(i + 1) {
            *v = 1.0;
        }
    });
}

fn reversed(y: &mut [f64]) {
    let n = y.len();
    parallel_for!(for i in 0..n / 2 {
        y.swap(i, n - 1 - i);
    });
}

fn main() {}
