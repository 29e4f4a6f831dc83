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
}
