//! A loop whose iterations use each other's elements, in every shape.
use pymp::prelude::*;

#[parallel]
fn before(y: &mut [f64]) {
    #[parallel]
    for i in 1..y.len() {
        y[i] = y[i - 1] + 1.0;
    }
}

#[parallel]
fn after(y: &mut [f64]) {
    for i in 0..y.len() - 1 {
        y[i] += y[i + 1];
    }
}

fn two_writes(y: &mut Vec<f64>) {
    parallel_for!(for i in 0..y.len() - 1 {
        y[i] = 1.0;
        y[i + 1] = 2.0;
    });
}

fn a_fixed_one(y: &mut [f64]) {
    parallel_for!(for i in 1..y.len() {
        y[i] /= y[0];
    });
}

fn through_another(y: &mut [usize], next: &[usize]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = y[next[i]];
    });
}

fn the_other_end(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        y[i] = y[y.len() - 1 - i];
    });
}

fn inside_a_macro(y: &mut [f64]) {
    parallel_for!(for i in 1..y.len() {
        println!("{}", y[i - 1]);
        y[i] = 0.0;
    });
}

fn in_an_inner_loop(y: &mut [f64]) {
    parallel_for!(for i in 0..y.len() {
        for j in 0..i {
            y[i] += y[j];
        }
    });
}

fn counted(y: &mut [f64], x: &[f64]) {
    parallel_for!(for (i, v) in x.iter().enumerate() {
        y[i] = v + y[(i + 1) % x.len()];
    });
}

fn by_a_window(y: &mut [f64], k: usize) {
    parallel_for!(for i in 2..y.len() {
        y[i] = y[i - 2..i].iter().sum();
        y[k] = 0.0;
    });
}

fn far_apart(y: &mut [f64], x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        let k = i + 1;
        let a = x[i];
        let b = a * a;
        y[k] = b;
        let c = a * b;
        let d = c * c;
        y[i] = d;
    });
}

struct Grid {
    cells: Vec<f64>,
}

#[parallel]
impl Grid {
    fn smooth(&mut self) {
        #[parallel]
        for i in 1..self.cells.len() {
            self.cells[i] = 0.5 * (self.cells[i] + self.cells[i - 1]);
        }
    }
}

fn both_sides(u: &mut [f64]) {
    parallel_for!(for i in 1..u.len() - 1 {
        u[i] = (u[i - 1] + u[i] + u[i + 1]) / 3.0;
    });
}

fn both_rows(u: &mut [Vec<f64>], n: usize) {
    parallel_for!(for i in 1..n - 1 {
        for j in 1..n - 1 {
            u[i][j] = 0.25 * (u[i - 1][j] + u[i + 1][j] + u[i][j - 1] + u[i][j + 1]);
        }
    });
}

fn red_and_black(u: &mut [f64], n: usize) {
    parallel_for!(for i in (1..n - 1).step_by(2) {
        u[i] = 0.5 * (u[i - 1] + u[i + 1]);
    });
}

fn in_steps(u: &mut [f64], n: usize, k: usize) {
    parallel_for!(for i in (4..n).step_by(2) {
        u[i] += u[i - 4];
    });
    parallel_for!(for i in (4..n).step_by(k) {
        u[i] += u[i - 1];
    });
}

fn elimination(a: &mut [Vec<f64>], n: usize) {
    for k in 0..n {
        parallel_for!(for i in k + 1..n {
            a[i][k] /= a[k][k];
            for j in k + 1..n {
                a[i][j] -= a[i][k] * a[k][j];
            }
        });
    }
}

fn elimination_in_one_array(a: &mut [f64], n: usize) {
    for k in 0..n {
        parallel_for!(for i in k + 1..n {
            a[i * n + k] /= a[k * n + k];
            for j in k + 1..n {
                a[i * n + j] -= a[i * n + k] * a[k * n + j];
            }
        });
    }
}

fn several_the_same_for_all(y: &mut [f64], first: usize, last: usize) {
    parallel_for!(for i in 0..10 {
        y[i] = y[first] + y[last];
    });
}

fn pairs(x: &[f64], force: &mut [f64]) {
    parallel_for!(for i in 0..x.len() {
        for j in i + 1..x.len() {
            force[i] += x[i] - x[j];
            force[j] -= x[i] - x[j];
        }
    });
}

fn fibonacci(n: u32) -> u64 {
    let (mut a, mut b) = (0, 1);
    parallel_for!(for _ in 0..n {
        (a, b) = (b, a + b);
    });
    a
}

fn read_before_it_is_made(x: &[f64], f: &mut [f64]) {
    let mut r = [0.0; 2];
    parallel_for!(for i in 0..x.len() {
        f[i] = r[1];
        r[0] = x[i];
        r[1] = r[0] * 2.0;
    });
}

fn one_colour(u: &mut [f64], n: usize, colour: usize) {
    parallel_for!(for i in 1..n - 1 {
        for j in 1..n - 1 {
            if (i + j) % 2 == colour {
                u[i * n + j] = 0.25 * (u[(i - 1) * n + j] + u[(i + 1) * n + j] + u[i * n + j - 1] + u[i * n + j + 1]);
            }
        }
    });
}

fn points_of_three(p: &mut [f64], n: usize) {
    parallel_for!(for i in 1..n {
        p[i * 3 + 2] = p[i * 3] - p[i * 3 - 1];
    });
}

fn first_hit(x: &[f64]) -> Option<usize> {
    let mut hit = None;
    parallel_for!(for i in 0..x.len() {
        if hit.is_none() && x[i] > 2.0 {
            hit = Some(i);
        }
    });
    hit
}

fn three_levels(u: &mut [Vec<f64>; 3], next: usize, now: usize, before: usize) {
    parallel_for!(for i in 1..10 {
        u[next][i] = 2.0 * u[now][i] - u[before][i] + u[now][i - 1];
    });
}

fn elements_of_the_head(v: &mut [f64], w: &mut [f64], last: usize) {
    parallel_for!(for x in v.iter_mut() {
        *x += v[last];
    });
    parallel_for!(for (i, x) in v.iter_mut().enumerate() {
        v[i] += *x;
    });
    parallel_for!(for (i, (y, x)) in w.iter().zip(&mut *v).enumerate() {
        *x += y / v.len() as f64;
        *x += v[i];
    });
    parallel_for!(for (i, row) in w.chunks_mut(8).enumerate() {
        row[0] = w[i];
    });
}

fn main() {}
