// Whose element it is: in rows and other elements that all iterations write to, in steps, and behind another variable of the name.
use pymp::prelude::*;

#[parallel]
fn two_rows(t: &mut [Vec<i32>; 2]) {
    #[parallel]
    for i in 0..t[0].len() {
        t[0][i] = i as i32;
        t[1][i] += 5;
    }
}

#[parallel]
fn rows_that_take_turns(u: &mut [Vec<f64>], before: usize, now: usize, next: usize) {
    #[parallel]
    for i in 1..u[0].len() - 1 {
        u[next][i] = 2.0 * u[now][i] - u[before][i] + u[now][i - 1] - 2.0 * u[now][i] + u[now][i + 1];
    }
}

#[parallel]
fn rows_by_what_is_computed(u: &mut [[f64; 8]; 2], step: usize) {
    #[parallel]
    for i in 0..8 {
        u[(step + 1) % 2][i] = 0.5 * u[step % 2][i];
    }
}

struct Layer {
    weights: Vec<Vec<f32>>,
    bias: Vec<f32>,
    delta: Vec<f32>,
}

struct Net {
    layers: Vec<Layer>,
    rate: f32,
}

#[parallel]
impl Net {
    fn one_layer(&mut self, k: usize, input: &[f32]) {
        let rate = self.rate;
        #[parallel]
        for i in 0..self.layers[k].bias.len() {
            self.layers[k].bias[i] -= rate * self.layers[k].delta[i];
            for j in 0..input.len() {
                self.layers[k].weights[i][j] -= rate * self.layers[k].delta[i] * input[j];
            }
        }
    }

    fn two_layers(&mut self, k: usize) {
        #[parallel]
        for i in 0..self.layers[k].delta.len() {
            let mut sum = 0.0;
            for j in 0..self.layers[k + 1].delta.len() {
                sum += self.layers[k + 1].delta[j] * self.layers[k + 1].weights[j][i];
            }
            self.layers[k].delta[i] = sum;
        }
    }
}

#[parallel]
fn one_beside(a: &mut [u64]) {
    #[parallel]
    for i in 1..a.len() {
        a[i - 1] += i as u64;
    }
}

#[parallel]
fn pairs(y: &mut [usize], n: usize) {
    #[parallel]
    for i in (0..n).step_by(2) {
        y[i] = i;
        y[i + 1] = 7;
    }
}

#[parallel]
fn triples(y: &mut [usize]) {
    #[parallel]
    for i in (1..50).step_by(3) {
        y[i + 1] += y[i - 1];
        y[i] += 1;
    }
}

#[parallel]
fn other_variables_of_its_name(y: &mut [i64], x: &[i64]) {
    #[parallel]
    for i in 1..y.len() {
        let i = i - 1;
        y[i + 1] = y[i] + 1;
    }
    #[parallel]
    for i in 0..y.len() - 1 {
        if let Some(i) = i.checked_add(1) {
            y[i] = y[i] + 1;
        }
        y[i] = 2 * y[i];
    }
    #[parallel]
    for mut i in 0..y.len() - 1 {
        i += 1;
        y[i] = x[i];
    }
}

#[parallel]
fn columns(g: &mut Vec<Vec<f64>>, x: &[f64]) {
    #[parallel]
    for i in 0..x.len() {
        for row in &mut *g {
            row[i] = x[i];
        }
    }
    #[parallel]
    for i in 0..x.len() {
        for (j, row) in g.iter_mut().enumerate() {
            row[i] *= x[j];
        }
    }
}

fn main() {}
