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

fn column_sums(rows: &[Vec<f64>], sums: &mut [f64]) {
    parallel_for!(for row in rows {
        for (sum, v) in sums.iter_mut().zip(row) {
            *sum += v;
        }
    });
}

fn through_another_name(y: &mut [f64]) {
    parallel_for!(for i in 0..9 {
        let z = &mut *y;
        z[i + 1] = 3.0;
    });
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

fn by_get_mut_of_its_own(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        *y.get_mut(i).unwrap() = 1.0;
    });
}

fn reversed(y: &mut [f64]) {
    let n = y.len();
    parallel_for!(for i in 0..n / 2 {
        y.swap(i, n - 1 - i);
    });
}

fn bump(h: &mut Vec<u32>, k: usize) {
    h[k] += 1;
}

fn histogram(x: &[usize]) -> Vec<u32> {
    let mut h = vec![0; 10];
    parallel_for!(for k in x {
        bump(&mut h, *k);
    });
    h
}

struct Rng(u64);

fn draw(rng: &mut Rng) -> f64 {
    rng.0 += 1;
    rng.0 as f64
}

fn noise(y: &mut [f64]) {
    let mut rng = Rng(1);
    parallel_for!(for i in 0..y.len() {
        y[i] += draw(&mut rng);
    });
}

fn worklist(n: usize) -> usize {
    let (mut stack, mut s): (Vec<usize>, _) = ((0..n).collect(), 0);
    parallel_for!(reduction(+: s), for _ in 0..n {
        if let Some(t) = stack.pop() {
            s += t;
        }
    });
    s
}

fn differences(x: &[f64], y: &mut [f64]) {
    let mut prev = 0.0;
    parallel_for!(for i in 0..x.len() {
        y[i] = x[i] - std::mem::replace(&mut prev, x[i]);
    });
}

fn scratch(x: &[f64], y: &mut [usize]) {
    let mut buf = Vec::new();
    parallel_for!(for i in 0..x.len() {
        buf.clear();
        buf.extend_from_slice(&x[..i]);
        y[i] = buf.len();
    });
}

fn tabulate(buf: &mut [f64], x: f64) {
    buf.fill(x);
}

fn scratch_by_a_function(x: &[f64], y: &mut [f64]) {
    let mut buf = [0.0; 4];
    parallel_for!(for i in 0..x.len() {
        tabulate(&mut buf, x[i]);
        y[i] = buf[1] + buf[2];
    });
}

struct Inner {
    cells: Vec<usize>,
}

struct Outer {
    inner: Box<Inner>,
}

fn borrowed_in_the_body(outer: &mut Outer) {
    parallel_for!(for i in 0..10 {
        let cells = &mut outer.inner.cells;
        cells[i] = i;
    });
}

fn taken_apart(o: &mut Option<Vec<f64>>) {
    parallel_for!(for i in 0..3 {
        if let Some(v) = o {
            v[i] += 1.0;
        }
    });
}

fn in_arms(o: &mut Option<Vec<f64>>) {
    parallel_for!(for i in 0..3 {
        match o {
            Some(v) => v[i] = 1.0,
            None => {}
        }
    });
}

fn by_let(pair: &mut (Vec<f64>, Vec<f64>)) {
    parallel_for!(for i in 0..3 {
        let (a, b) = pair;
        a[i] = b[i];
    });
}

fn main() {}
