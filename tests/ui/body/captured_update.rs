//! A variable from outside that every iteration updates.
use pymp::prelude::*;

fn sum(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    parallel_for!(for i in 0..x.len() {
        sum += x[i];
    });
    sum
}

fn spelled_out(x: &[u64]) -> u64 {
    let (mut s, mut p, mut n) = (0, 1, 0);
    parallel_for!(for v in x {
        s = s + v;
        p = v * p;
        n -= 1;
    });
    s + p + n
}

fn bits(x: &[u32]) -> u32 {
    let (mut a, mut o, mut e) = (!0, 0, 0);
    parallel_for!(for v in x {
        a &= v;
        o |= v;
        e ^= v;
    });
    a + o + e
}

fn logic(x: &[u32]) -> bool {
    let (mut all, mut any) = (true, false);
    parallel_for!(for v in x {
        all = all && *v > 0;
        any = any || *v > 9;
    });
    all && any
}

fn extremes(x: &[f64]) -> (f64, f64, f64) {
    let (mut low, mut high, mut top) = (f64::MAX, f64::MIN, f64::MIN);
    parallel_for!(for v in x {
        low = low.min(*v);
        high = f64::max(high, *v);
        if *v > top {
            top = *v;
        }
    });
    (low, high, top)
}

fn no_operator_for_it(x: &[f64]) -> f64 {
    let (mut d, mut r, mut s) = (1.0, 7, 1);
    parallel_for!(for v in x {
        d /= v;
        r %= 3;
        s <<= 1;
    });
    d + f64::from(r + s)
}

fn behind_a_reference(x: &[f64], sum: &mut f64) {
    parallel_for!(for v in x {
        *sum += v;
    });
}

struct Account {
    balance: i64,
    pair: (i64, i64),
}

#[parallel]
impl Account {
    fn pay(&mut self, bills: &[i64]) {
        #[parallel]
        for bill in bills {
            self.balance -= bill;
            self.pair.0 += bill;
        }
    }
}

fn best_with_place(x: &[f64]) -> (f64, usize) {
    let mut best = (0.0, 0);
    parallel_for!(for i in 0..x.len() {
        if x[i] > best.0 {
            best = (x[i], i);
        }
    });
    best
}

fn best_member_by_member(x: &[f64]) -> (f64, usize) {
    let mut best = (0.0, 0);
    parallel_for!(for i in 0..x.len() {
        if x[i] > best.0 {
            best.0 = x[i];
            best.1 = i;
        }
    });
    best
}

fn best_in_two_variables(x: &[f64]) -> (f64, usize) {
    let (mut least, mut at) = (f64::MAX, 0);
    parallel_for!(for i in 0..x.len() {
        if x[i] < least {
            least = x[i];
            at = i;
        }
    });
    (least, at)
}

fn flags(x: &[f64]) -> bool {
    let (mut found, mut all) = (false, true);
    parallel_for!(for v in x {
        if *v > 10.0 {
            found = true;
        } else {
            all = false;
        }
    });
    found && all
}

fn made_from_itself(x: &[u64]) -> u64 {
    let mut hash = 0u64;
    parallel_for!(for v in x {
        hash = hash.rotate_left(5) ^ v;
    });
    hash
}

fn reset_and_added(x: &[u64]) -> u64 {
    let mut s = 0;
    parallel_for!(for v in x {
        s = 0;
        s += v;
    });
    s
}

static mut COUNT: usize = 0;

fn a_static() {
    parallel_for!(for _ in 0..10 {
        unsafe { COUNT += 1 };
    });
}

fn texts(names: &[String]) -> String {
    let (mut a, mut b, mut c, mut d) = (String::new(), String::new(), String::new(), String::new());
    parallel_for!(for name in names {
        a += "x";
        b += &format!("{name}\n");
        c += name.as_str();
        d += &name;
    });
    a + &b + &c + &d
}

fn smallest_and_its_place(x: &[f64]) -> (f64, usize) {
    let (mut best, mut at) = (f64::INFINITY, 0);
    parallel_for!(for i in 0..x.len() {
        if x[i] < best {
            best = x[i];
            at = i;
        }
    });
    (best, at)
}

fn used_in_between(x: &[f64], y: &mut [f64]) {
    let (mut sum, mut limited, mut product, mut count) = (0.0, 0.0, 1.0, 0);
    parallel_for!(for i in 0..x.len() {
        sum += x[i];
        y[i] = sum;
    });
    parallel_for!(for i in 0..x.len() {
        limited += x[i];
        if limited > 3.0 {
            break;
        }
    });
    parallel_for!(for i in 0..x.len() {
        product *= x[i];
        product += 1.0;
    });
    parallel_for!(for i in 0..x.len() {
        count += 2;
        println!("{count}");
    });
}

fn a_generator(y: &mut [u64]) {
    let mut seed = 1_u64;
    parallel_for!(for i in 0..y.len() {
        seed = seed.wrapping_mul(3) + 1;
        y[i] = seed;
    });
}

fn place_of_the_smallest(x: &[f64]) -> usize {
    let mut best = 0;
    parallel_for!(for i in 0..x.len() {
        if x[i] < x[best] {
            best = i;
        }
    });
    best
}

fn main() {}
