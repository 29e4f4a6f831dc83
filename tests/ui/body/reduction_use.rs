//! A reduction variable that is used for something else than its reduction.
use pymp::prelude::*;

fn read(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    parallel_for!(reduction(+: sum), for v in x {
        sum += v;
        if sum > 100.0 {
            println!("{sum}");
        }
    });
    sum
}

fn printed(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    parallel_for!(reduction(+: sum), for v in x {
        sum += v;
        println!("{sum}");
    });
    sum
}

fn set(x: &[f64]) -> f64 {
    let mut s = 1.0;
    parallel_for!(reduction(+: s), for v in x {
        s = 0.0;
        s += v;
    });
    s
}

fn wrong_operators(x: &[u32]) -> u32 {
    let (mut a, mut b, mut c, mut d, mut e) = (0, 0, 0, 0, 0);
    parallel_for!(reduction(+: a), reduction(*: b), reduction(&: c), reduction(|: d), reduction(^: e), for v in x {
        a *= v;
        b += v;
        c |= v;
        d ^= v;
        e &= v;
    });
    a + b + c + d + e
}

fn wrong_logic(x: &[u32]) -> bool {
    let (mut a, mut o) = (true, false);
    parallel_for!(reduction(&&: a), reduction(||: o), for v in x {
        a = a || *v > 1;
        o &= *v > 1;
    });
    a || o
}

fn wrong_extremum(x: &[u32]) -> u32 {
    let (mut low, mut high) = (0, 0);
    parallel_for!(reduction(min: low), reduction(max: high), for v in x {
        low = low.max(*v);
        if *v < high {
            high = *v;
        }
    });
    low + high
}

fn minus(x: &[u32]) -> u32 {
    let mut a = 0;
    parallel_for!(reduction(-: a), for v in x {
        a *= v;
    });
    a
}

fn through_a_borrow(x: &[u32]) -> u32 {
    let mut a = 0;
    parallel_for!(reduction(+: a), for v in x {
        *std::hint::black_box(&mut a) += v;
    });
    a
}

fn not_at_the_end(x: &[u32]) -> Vec<u32> {
    let mut list = Vec::new();
    parallel_for!(reduction(append: list), for v in x {
        list.insert(0, *v);
    });
    list
}

fn inserted_in_a_set(x: &[u32]) -> std::collections::HashSet<u32> {
    let mut set = std::collections::HashSet::new();
    parallel_for!(reduction(append: set), for v in x {
        set.insert(*v);
    });
    set
}

fn column_sums(rows: &[Vec<f64>], sums: &mut [f64]) {
    parallel_for!(reduction(+: sums), for row in rows {
        for (sum, v) in sums.iter_mut().zip(row) {
            *sum += v;
        }
    });
}

fn length_of_a_part(x: &[u32]) -> Vec<usize> {
    let mut list = Vec::new();
    parallel_for!(reduction(append: list), for _ in x {
        list.push(list.len());
    });
    list
}

fn best_and_where(x: &[f64]) -> (f64, usize) {
    let (mut best, mut at) = (f64::MIN, 0);
    parallel_for!(reduction(max: best), lastprivate(at), for i in 0..x.len() {
        if x[i] > best {
            best = x[i];
            at = i;
        }
    });
    (best, at)
}

fn best_by_a_part(x: &[f64]) -> (f64, usize) {
    let mut best = (f64::MIN, 0);
    parallel_for!(reduction(max: best), for i in 0..x.len() {
        if x[i] > best.0 {
            best = (x[i], i);
        }
    });
    best
}

struct Stats {
    sum: f64,
}

#[parallel]
impl Stats {
    fn add(&mut self, x: &[f64]) {
        #[parallel(reduction(+: self.sum))]
        for v in x {
            self.sum += v;
            self.show();
        }
    }

    fn show(&self) {}
}

fn declared_in_the_body(x: &[f64]) {
    parallel_for!(reduction(+: sum), lastprivate(last), for i in 0..x.len() {
        let mut sum = 0.0;
        sum += x[i];
        let last = sum;
    });
}

fn left_under_a_comparison(x: &[i32]) -> (i32, u32) {
    let (mut least, mut others) = (i32::MAX, 0);
    parallel_for!(reduction(min: least), reduction(+: others), for &v in x {
        if v < least {
            least = v;
            continue;
        }
        others += 1;
    });
    parallel_for!(reduction(min: least), reduction(+: others), for &v in x {
        match v {
            v if v < least => least = v,
            _ => others += 1,
        }
    });
    (least, others)
}

fn one_of_two(x: &[f64]) -> (f64, f64) {
    let (mut s, mut p) = (0.0, 1.0);
    parallel_for!(reduction(+: s, p), for v in x {
        s -= v;
        p *= v;
    });
    (s, p)
}

fn divided(x: &[f64]) -> f64 {
    let mut s = 100.0;
    parallel_for!(reduction(*: s), for v in x {
        s /= v;
    });
    s
}

fn remainder(x: &[u32]) -> u32 {
    let mut s = 100;
    parallel_for!(reduction(+: s), for v in x {
        s %= v;
    });
    s
}

fn turned_round(x: &[f64]) -> f64 {
    let mut d = 0.0;
    parallel_for!(reduction(-: d), for v in x {
        d = v - d;
    });
    d
}

fn horner(x: &[f64]) -> f64 {
    let mut s = 0.0;
    parallel_for!(reduction(+: s), for v in x {
        s *= 2.0;
        s += v;
    });
    s
}

macro_rules! over {
    ($x:ident => percent) => {
        $x > 5
    };
}

fn read_by_a_macro(x: &[f64]) -> u32 {
    let mut n = 0;
    parallel_for!(reduction(+: n), for _ in x {
        if over!(n => percent) {
            n += 1;
        }
    });
    n
}

fn main() {}
