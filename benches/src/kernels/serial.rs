//! The plain loops.

use std::collections::HashSet;

use super::Kernels;
use super::data::{Bodies, DT, PIECE, Sparse, escape, fused, heat_row, primes_in, pull, small_primes, sparse_row, triangle_row};

pub(super) struct Serial;

#[allow(clippy::needless_range_loop, reason = "the loops are written as on paper")]
impl Kernels for Serial {
    fn combine(&self, a: &[f64], b: &[f64], c: &mut [f64]) {
        for i in 0..c.len() {
            c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
        }
    }

    fn axpy(&self, a: f64, x: &[f64], y: &mut [f64]) {
        for i in 0..y.len() {
            y[i] = fused(a, x[i], y[i]);
        }
    }

    fn sum(&self, x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for x in x {
            sum += x;
        }
        sum
    }

    fn dot(&self, x: &[f64], y: &[f64]) -> f64 {
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += x[i] * y[i];
        }
        sum
    }

    fn nbody(&self, bodies: &mut Bodies) {
        let Bodies { pos, vel } = bodies;
        for i in 0..vel.len() {
            let acc = pull(pos, i);
            for k in 0..3 {
                vel[i][k] += acc[k] * DT;
            }
        }
        for i in 0..pos.len() {
            for k in 0..3 {
                pos[i][k] += vel[i][k] * DT;
            }
        }
    }

    fn mandelbrot(&self, width: usize, steps: &mut [u32]) {
        let height = steps.len() / width;
        for row in 0..height {
            for col in 0..width {
                steps[row * width + col] = escape(width, height, row, col);
            }
        }
    }

    fn matmul(&self, n: usize, a: &[f64], b: &[f64], c: &mut [f64]) {
        for i in 0..n {
            let row = &mut c[i * n..(i + 1) * n];
            for k in 0..n {
                let aik = a[i * n + k];
                for (c, b) in row.iter_mut().zip(&b[k * n..(k + 1) * n]) {
                    *c = fused(aik, *b, *c);
                }
            }
        }
    }

    fn triangle(&self, x: &[f64], y: &mut [f64]) {
        for i in 0..y.len() {
            y[i] = triangle_row(x, i);
        }
    }

    fn histogram_atomic(&self, bytes: &[u8]) -> [u64; 256] {
        self.histogram_reduction(bytes)
    }

    fn histogram_reduction(&self, bytes: &[u8]) -> [u64; 256] {
        let mut counts = [0; 256];
        for &byte in bytes {
            counts[usize::from(byte)] += 1;
        }
        counts
    }

    fn spmv(&self, m: &Sparse, x: &[f64], y: &mut [f64]) {
        let (starts, columns, values) = m.parts();
        for i in 0..y.len() {
            y[i] = sparse_row(starts, columns, values, i, x);
        }
    }

    fn spmv_zipped(&self, m: &Sparse, x: &[f64], y: &mut [f64]) {
        let (starts, columns, values) = m.parts();
        for (y, row) in y.iter_mut().zip(starts.windows(2)) {
            let row = row[0]..row[1];
            let elements = columns[row.clone()].iter().zip(&values[row]);
            *y = elements.fold(0.0, |sum, (&column, &value)| fused(value, x[column as usize], sum));
        }
    }

    fn xpay(&self, r: &[f64], beta: f64, p: &mut [f64]) {
        for i in 0..p.len() {
            p[i] = fused(beta, p[i], r[i]);
        }
    }

    fn sieve(&self, n: usize) -> usize {
        let small = small_primes(n);
        (0..n.div_ceil(PIECE)).map(|piece| primes_in(piece, n, &small)).sum()
    }

    fn heat(&self, n: usize, old: &[f64], new: &mut [f64]) {
        for i in 1..n - 1 {
            heat_row(n, i, old, &mut new[i * n..(i + 1) * n]);
        }
    }

    fn words(&self, lines: &[&str]) -> usize {
        let mut words = HashSet::new();
        for line in lines {
            words.extend(line.split_whitespace());
        }
        words.len()
    }
}
