//! Assignments under a comparison that does not decide what they keep.
use pymp::prelude::*;

fn another_value(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for i in 0..x.len() {
        if x[i].abs() > m {
            m = x[i];
        }
    });
    parallel_for!(reduction(min: m), for i in 0..x.len() {
        if x[i] < m {
            m = x[i];
        } else {
            m = 100;
        }
    });
    m
}

fn changed_on_the_way(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m {
            let v = v - 100;
            m = v;
        }
    });
    m
}

fn beside_another_condition(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m || v == 7 {
            m = v;
        }
    });
    m
}

fn another_element(x: &[i64]) -> [i64; 2] {
    let mut m = [1; 2];
    parallel_for!(reduction(max: m), for &v in x {
        if v > m[0] {
            m[1] = v;
        }
    });
    m
}

fn an_update(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(reduction(max: m), for &v in x {
        if v > m {
            m = m.max(3);
        }
    });
    m
}

fn by_halves(x: &[i64]) -> (i64, i64) {
    let mut m = (1, 0);
    parallel_for!(reduction(max: m), for &v in x {
        m = m.max((v, 3));
        m.1 = m.1.max(v);
    });
    m
}

fn without_a_clause(x: &[i64]) -> i64 {
    let mut m = 1;
    parallel_for!(for i in 0..x.len() {
        if x[i] > m {
            m = x[i + 1];
        }
    });
    m
}

fn in_a_region(x: &[i64]) -> i64 {
    let mut m = 1;
    region!(reduction(max: m), |p| {
        for i in p.range(0..x.len()) {
            if x[i] > m {
                m = x[i] - 5;
            }
        }
    });
    m
}

fn by_a_key(x: &[i64]) -> i64 {
    let mut m = 1_i64;
    parallel_for!(for i in 0..x.len() {
        if x[i].abs() > m.abs() {
            m = x[i];
        }
    });
    parallel_for!(reduction(max: m), for i in 0..x.len() {
        if x[i].abs() > m.abs() {
            m = x[i];
        }
    });
    m
}

fn members(x: &[i64]) -> (i64, usize) {
    let mut m = (1, 0);
    parallel_for!(reduction(max: m), for i in 0..x.len() {
        if x[i] > m.0 {
            m.0 = x[i];
            m.1 = i;
        }
    });
    m
}

fn of_equal_values(x: &[i64], y: &[i64]) -> (i64, usize, i64) {
    let (mut m, mut at, mut with) = (1, 0, 0);
    parallel_for!(for i in 0..x.len() {
        if x[i] >= m {
            m = x[i];
            at = i;
        }
    });
    parallel_for!(for i in (0..x.len()).rev() {
        if x[i] < m {
            m = x[i];
            at = i;
        }
    });
    parallel_for!(for i in 0..x.len() {
        if x[i] > m {
            (m, with) = (x[i], y[i]);
        }
    });
    parallel_for!(for (x, y) in x.iter().zip(y) {
        if *x > m {
            (m, with) = (*x, *y);
        }
    });
    (m, at, with)
}

fn appended(x: &[i64]) -> Vec<i64> {
    let mut list = vec![];
    parallel_for!(reduction(append: list), for &v in x {
        list.push(v);
        drop(std::mem::take(&mut list));
    });
    parallel_for!(reduction(append: list), for &v in x {
        let other = &mut list;
        other.push(v);
    });
    list
}

fn in_other_words(x: &[u64]) -> (u64, i64, String, bool) {
    let (mut h, mut s, mut t, mut any) = (0_u64, 0, String::new(), false);
    parallel_for!(for i in 0..x.len() {
        h = h.wrapping_add(x[i]);
        s = if x[i] > 3 { s + 2 } else { s - 1 };
        t = format!("{t}{i}, ");
    });
    parallel_for!(reduction(|: any), for &v in x {
        if v > 3 {
            any = true;
        }
    });
    (h, s, t, any)
}

fn in_a_match(x: &[i64]) -> i64 {
    let mut m = 0;
    parallel_for!(reduction(max: m), for &v in x {
        m = match v > m {
            true => v,
            false => m,
        };
    });
    m
}

fn one_behind_another(x: &[i64]) -> (i64, i64) {
    let (mut lo, mut hi) = (0, 0);
    parallel_for!(for &v in x {
        if v < lo {
            lo = v;
        } else if v > hi {
            hi = v;
        }
    });
    (lo, hi)
}

fn beside_other_conditions(x: &[i64], ok: &[bool]) -> (i64, usize) {
    let (mut m, mut at) = (0, 0);
    parallel_for!(for i in 0..x.len() {
        if ok[i] && x[i] > m {
            m = x[i];
            at = i;
        }
    });
    parallel_for!(for i in 0..x.len() {
        if x[i] < m || i == 0 {
            m = x[i];
            at = i;
        }
    });
    parallel_for!(reduction(max: m), for i in 0..x.len() {
        if x[i] > m && m < 4 {
            m = x[i];
        }
    });
    (m, at)
}

fn the_second_largest(x: &[i64]) -> (i64, i64) {
    let (mut m, mut second) = (0, 0);
    parallel_for!(for &v in x {
        if v > m {
            second = m;
            m = v;
        } else if v > second {
            second = v;
        }
    });
    (m, second)
}

fn in_two_loops(x: &[[i64; 8]]) -> (i64, usize, usize) {
    let (mut m, mut bi, mut bj) = (0, 0, 0);
    parallel_for!(for i in 0..x.len() {
        for j in 0..8 {
            if x[i][j] > m {
                m = x[i][j];
                bi = i;
                bj = j;
            }
        }
    });
    (m, bi, bj)
}

fn the_first_or_the_largest(x: &[i64]) -> Option<i64> {
    let mut best: Option<i64> = None;
    parallel_for!(for &v in x {
        if best.is_none() || v > best.unwrap() {
            best = Some(v);
        }
    });
    best
}

fn in_their_order(x: &[f64]) -> (f64, u64) {
    let (mut v, mut h) = (1.0, 5381_u64);
    parallel_for!(for i in 0..x.len() {
        v = 0.5 * (v + x[i] / v);
        h = h.wrapping_mul(33).wrapping_add(i as u64);
    });
    (v, h)
}

struct Turn(f64);

fn of_an_own_type(x: &[f64]) -> Turn {
    let mut turn = Turn(0.0);
    parallel_for!(reduction(+: turn), for &v in x {
        turn = Turn(turn.0 + v);
    });
    turn
}

#[derive(Clone, Copy)]
struct Best {
    v: f64,
    at: usize,
}

fn of_a_struct(x: &[f64]) -> Best {
    let mut best = Best { v: 0.0, at: 0 };
    parallel_for!(for (i, v) in x.iter().enumerate() {
        if *v > best.v {
            best = Best { v: *v, at: i };
        }
    });
    best
}

fn without_an_order(x: &[Best]) -> Option<Best> {
    let (mut m, mut best) = (f64::MAX, None);
    parallel_for!(for q in x {
        if q.v < m {
            m = q.v;
            best = Some(*q);
        }
    });
    best
}

fn main() {}
