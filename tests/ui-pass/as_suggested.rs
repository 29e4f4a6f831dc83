//! What the messages suggest to write: the programs of `ui/body` as their errors would have them.
#![forbid(unsafe_code)]
#![deny(warnings)]
use pymp::prelude::*;

struct Account {
    balance: i64,
    pair: (i64, i64),
    last: i64,
    lines: Vec<String>,
}

#[parallel]
impl Account {
    fn pay(&mut self, bills: &[i64]) {
        let mut last = self.last;
        #[parallel(
            reduction(-: self.balance),
            reduction(+: self.pair.0),
            reduction(append: self.lines),
            lastprivate(last)
        )]
        for bill in bills {
            self.balance -= bill;
            self.pair.0 += bill;
            self.lines.push(bill.to_string());
            last = *bill;
        }
        self.last = last;
    }
}

fn behind_a_reference(x: &[i64], sum: &mut i64) {
    let mut value = *sum;
    parallel_for!(reduction(+: value), for v in x {
        value += v;
    });
    *sum = value;
}

fn divided(x: &[f64]) -> f64 {
    let (d, mut p) = (64.0, 1.0);
    parallel_for!(reduction(*: p), for v in x {
        p *= v;
    });
    d / p
}

fn found(x: &[f64]) -> bool {
    let mut found = false;
    parallel_for!(lastprivate(found), for v in x {
        if *v > 3.0 {
            found = true;
        }
    });
    found
}

fn elements(k: &[usize]) -> (Vec<u64>, Vec<u64>, Vec<usize>, Vec<u64>) {
    let (mut h, mut most, mut y, mut c) = (vec![0; 4], vec![0; 4], vec![0; 4], vec![0; 8]);
    parallel_for!(atomic(h), for i in 0..k.len() {
        h[k[i]] += 1;
    });
    parallel_for!(reduction(max: most), for i in 0..k.len() {
        most[k[i]] = most[k[i]].max(i as u64);
    });
    parallel_for!(scatter(y), for i in 0..k.len() {
        y[k[i]] = i;
    });
    parallel_for!(chunks(c, 2), for i in 0..4 {
        c[2 * i] = 1;
        c[2 * i + 1] = 2;
    });
    (h, most, y, c)
}

fn text(x: &[u32]) -> String {
    use std::fmt::Write;
    let mut s = String::new();
    parallel_for!(reduction(append: s), for e in x {
        write!(s, "{e} ").unwrap();
    });
    s
}

/// LU: the rows and the one array.
fn eliminated(mut rows: Vec<Vec<f64>>) -> (Vec<f64>, Vec<f64>) {
    let n = rows.len();
    let mut a = rows.concat();
    for k in 0..n {
        let row = rows[k].clone();
        parallel_for!(for i in k + 1..n {
            rows[i][k] /= row[k];
            for j in k + 1..n {
                rows[i][j] -= rows[i][k] * row[j];
            }
        });
        let row = a[k * n..][..n].to_vec();
        parallel_for!(chunks(a, n), for i in 0..n {
            if i <= k {
                continue;
            }
            a[i * n + k] /= row[k];
            for j in k + 1..n {
                a[i * n + j] -= a[i * n + k] * row[j];
            }
        });
    }
    (rows.concat(), a)
}

fn smallest(x: &[f64]) -> (f64, usize) {
    let (mut best, mut at) = (f64::INFINITY, 0);
    let mut both = (best, at);
    parallel_for!(reduction(min: both), for i in 0..x.len() {
        if (x[i], i) < both {
            both = (x[i], i);
        }
    });
    (best, at) = both;
    (best, at)
}

fn products(a: &[f64], n: usize) -> Vec<f64> {
    let mut c = vec![0.0; a.len() * n];
    parallel_for!(chunks(c, n), for i in 0..a.len() {
        let row = &mut c[i * n..i * n + n];
        parallel_for!(for j in 0..n {
            row[j] = a[i] * a[j];
        });
    });
    c
}

fn red_and_black(u: &[f64]) -> Vec<f64> {
    let n = u.len();
    let u = pymp::shared::Array::from(u.to_vec());
    parallel_for!(for i in (1..n - 1).step_by(2) {
        u.set(i, 0.5 * (u.get(i - 1) + u.get(i + 1)));
    });
    u.into_vec()
}

/// The same sums, a copy of them per thread and in place.
fn forces(x: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let (mut copied, mut in_place) = (vec![0.0; x.len()], vec![0.0; x.len()]);
    parallel_for!(reduction(+: copied), atomic(in_place), for i in 0..x.len() {
        for j in i + 1..x.len() {
            copied[i] += x[i] - x[j];
            copied[j] -= x[i] - x[j];
            in_place[i] += x[i] - x[j];
            in_place[j] -= x[i] - x[j];
        }
    });
    (copied, in_place)
}

fn scratch(buffer: &mut [f64]) -> Vec<f64> {
    let mut y = vec![0.0; 5];
    parallel_for!(private(buffer = buffer.to_vec()), for i in 0..5 {
        for j in 0..buffer.len() {
            buffer[j] = (i * j) as f64;
        }
        y[i] = buffer[1];
    });
    y
}

fn rising(x: &[f64]) -> bool {
    let mut rising = false;
    parallel_for!(lastprivate(rising), for i in 1..x.len() {
        if x[i] > x[i - 1] {
            rising = true;
        } else {
            rising = false;
        }
    });
    rising
}

fn reversed(mut y: Vec<u32>) -> Vec<u32> {
    let middle = y.len() / 2;
    let (left, right) = y.split_at_mut(middle);
    parallel_for!(for (a, b) in left.iter_mut().zip(right.iter_mut().rev()) {
        std::mem::swap(a, b);
    });
    y
}

fn main() {
    let mut account = Account { balance: 10, pair: (0, 0), last: 0, lines: Vec::new() };
    account.pay(&[1, 2]);
    assert_eq!((account.balance, account.pair, account.last), (7, (3, 0), 2));
    assert_eq!(account.lines, ["1", "2"]);
    let mut sum = 1;
    behind_a_reference(&[2, 3], &mut sum);
    assert_eq!(sum, 6);
    assert_eq!(divided(&[4.0, 8.0]), 2.0);
    assert!(found(&[1.0, 4.0, 2.0]) && !found(&[1.0]));
    assert_eq!(elements(&[3, 1, 0, 2]), (vec![1; 4], vec![2, 1, 3, 0], vec![2, 1, 3, 0], [1, 2].repeat(4)));
    assert_eq!(text(&[1, 2]), "1 2 ");
    let (rows, a) = eliminated(vec![vec![4.0, 2.0, 1.0], vec![2.0, 4.0, 2.0], vec![1.0, 2.0, 4.0]]);
    assert_eq!(rows, a);
    assert_eq!(rows, [4.0, 2.0, 1.0, 0.5, 3.0, 1.5, 0.25, 0.5, 3.0]);
    assert_eq!(smallest(&[3.0, 1.0, 1.0, 2.0]), (1.0, 1));
    assert_eq!(products(&[1.0, 2.0], 2), [1.0, 2.0, 2.0, 4.0]);
    assert_eq!(red_and_black(&[1.0, 0.0, 3.0, 0.0, 5.0]), [1.0, 2.0, 3.0, 4.0, 5.0]);
    let whole = vec![-9.0, -1.0, 3.0, 7.0];
    assert_eq!(forces(&[1.0, 3.0, 4.0, 5.0]), (whole.clone(), whole));
    assert_eq!(scratch(&mut [0.0; 2]), [0.0, 1.0, 2.0, 3.0, 4.0]);
    assert!(rising(&[1.0, 0.0, 2.0]) && !rising(&[1.0, 2.0, 0.0]));
    assert_eq!(reversed(vec![1, 2, 3, 4, 5]), [5, 4, 3, 2, 1]);
}
