//! What data clauses cannot name.
use pymp::prelude::*;

struct S {
    y: Vec<f64>,
}

#[parallel]
impl S {
    fn whole_self(&mut self) {
        #[parallel(owned(self))]
        for i in 0..10 {
            self.y[i] = 0.0;
        }
    }

    fn private_field(&mut self) {
        #[parallel(private(self.y))]
        for _ in 0..10 {
            self.y = Vec::new();
        }
    }
}

fn expressions(y: &mut [f64], n: usize) {
    parallel_for!(owned(&mut y), for i in 0..10 {});
    parallel_for!(shared(y[0]), for i in 0..10 {});
    parallel_for!(atomic(*y), for i in 0..10 {});
    parallel_for!(reduction(+: y.len()), for i in 0..10 {});
    parallel_for!(scatter(1 + 1), for i in 0..10 {});
    parallel_for!(private(n + 1), for i in 0..10 {});
    parallel_for!(chunks(y[..n], 2), for i in 0..10 {});
}

fn values(x: f64) {
    parallel_for!(firstprivate(x = 1.0), for i in 0..10 {});
    parallel_for!(lastprivate(x = 1.0), for i in 0..10 {});
    parallel_for!(shared(x = 1.0), for i in 0..10 {});
}

fn the_loops_own(x: &[f64]) {
    parallel_for!(private(i), for i in 0..10 {});
    parallel_for!(lastprivate(v), for (i, v) in x.iter().enumerate() {});
}

fn main() {}
