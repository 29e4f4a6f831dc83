//! Elements of what is no array.
use pymp::prelude::*;

fn shared() {
    let a = pymp::shared::array::<f64>(10);
    parallel_for!(for i in 0..10 {
        a[i] = i as f64;
    });
}

struct Matrix {
    cells: Vec<f64>,
}

impl std::ops::Index<usize> for Matrix {
    type Output = f64;
    fn index(&self, i: usize) -> &f64 {
        &self.cells[i]
    }
}

impl std::ops::IndexMut<usize> for Matrix {
    fn index_mut(&mut self, i: usize) -> &mut f64 {
        &mut self.cells[i]
    }
}

fn of_ones_own(m: &mut Matrix) {
    parallel_for!(for i in 0..10 {
        m[i] = 1.0;
    });
}

struct Model {
    state: Matrix,
}

impl Model {
    fn in_a_field(&mut self) {
        parallel_for!(chunks(self.state, 2), for i in 0..5 {
            self.state[2 * i] += 1.0;
        });
    }
}

struct Rng(u64);

fn not_default(mut rng: Rng, y: &mut [u64]) {
    parallel_for!(private(rng), for i in 0..10 {
        rng.0 += 1;
        y[i] = rng.0;
    });
}

fn element(rngs: &mut [Rng]) {
    impl Rng {
        fn roll(&mut self) {}
    }
    parallel_for!(for i in 0..10 {
        rngs[i].roll();
    });
}

fn main() {}
