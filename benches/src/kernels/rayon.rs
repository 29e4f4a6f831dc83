//! The same as a user of rayon writes them.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::Kernels;
use super::data::{Bodies, DT, PIECE, Sparse, escape, fused, heat_row, primes_in, pull, small_primes, sparse_row, triangle_row};

pub(super) struct Rayon;

impl Kernels for Rayon {
    fn combine(&self, a: &[f64], b: &[f64], c: &mut [f64]) {
        c.par_iter_mut().zip(a).zip(b).for_each(|((c, a), b)| *c = (a + b) * 2.0 + a * b);
    }

    fn axpy(&self, a: f64, x: &[f64], y: &mut [f64]) {
        y.par_iter_mut().zip(x).for_each(|(y, x)| *y = fused(a, *x, *y));
    }

    fn sum(&self, x: &[f64]) -> f64 {
        x.par_iter().sum()
    }

    fn dot(&self, x: &[f64], y: &[f64]) -> f64 {
        x.par_iter().zip(y).map(|(x, y)| x * y).sum()
    }

    fn nbody(&self, bodies: &mut Bodies) {
        let Bodies { pos, vel } = bodies;
        vel.par_iter_mut().enumerate().for_each(|(i, vel)| {
            let acc = pull(pos, i);
            vel.iter_mut().zip(acc).for_each(|(vel, acc)| *vel += acc * DT);
        });
        pos.par_iter_mut().zip(&*vel).for_each(|(pos, vel)| pos.iter_mut().zip(vel).for_each(|(pos, vel)| *pos += vel * DT));
    }

    fn mandelbrot(&self, width: usize, steps: &mut [u32]) {
        let height = steps.len() / width;
        steps.par_chunks_mut(width).enumerate().for_each(|(row, steps)| {
            steps.iter_mut().enumerate().for_each(|(col, step)| *step = escape(width, height, row, col));
        });
    }

    fn matmul(&self, n: usize, a: &[f64], b: &[f64], c: &mut [f64]) {
        c.par_chunks_mut(n).zip(a.par_chunks(n)).for_each(|(c, a)| {
            for (a, b) in a.iter().zip(b.chunks(n)) {
                c.iter_mut().zip(b).for_each(|(c, b)| *c = fused(*a, *b, *c));
            }
        });
    }

    fn triangle(&self, x: &[f64], y: &mut [f64]) {
        y.par_iter_mut().enumerate().for_each(|(i, y)| *y = triangle_row(x, i));
    }

    fn histogram_atomic(&self, bytes: &[u8]) -> [u64; 256] {
        let counts = [const { AtomicU64::new(0) }; 256];
        bytes.par_iter().for_each(|&byte| {
            counts[usize::from(byte)].fetch_add(1, Ordering::Relaxed);
        });
        counts.map(AtomicU64::into_inner)
    }

    fn histogram_reduction(&self, bytes: &[u8]) -> [u64; 256] {
        let count = |mut counts: [u64; 256], &byte: &u8| {
            counts[usize::from(byte)] += 1;
            counts
        };
        let add = |mut one: [u64; 256], other: [u64; 256]| {
            one.iter_mut().zip(other).for_each(|(one, other)| *one += other);
            one
        };
        bytes.par_iter().fold(|| [0; 256], count).reduce(|| [0; 256], add)
    }

    fn spmv(&self, m: &Sparse, x: &[f64], y: &mut [f64]) {
        let (starts, columns, values) = m.parts();
        y.par_iter_mut().enumerate().for_each(|(i, y)| *y = sparse_row(starts, columns, values, i, x));
    }

    fn spmv_zipped(&self, m: &Sparse, x: &[f64], y: &mut [f64]) {
        let (starts, columns, values) = m.parts();
        y.par_iter_mut().zip(starts.par_windows(2)).for_each(|(y, row)| {
            let row = row[0]..row[1];
            let elements = columns[row.clone()].iter().zip(&values[row]);
            *y = elements.fold(0.0, |sum, (&column, &value)| fused(value, x[column as usize], sum));
        });
    }

    fn xpay(&self, r: &[f64], beta: f64, p: &mut [f64]) {
        p.par_iter_mut().zip(r).for_each(|(p, r)| *p = fused(beta, *p, *r));
    }

    fn sieve(&self, n: usize) -> usize {
        let small = small_primes(n);
        (0..n.div_ceil(PIECE)).into_par_iter().map(|piece| primes_in(piece, n, &small)).sum()
    }

    fn heat(&self, n: usize, old: &[f64], new: &mut [f64]) {
        new[n..(n - 1) * n].par_chunks_mut(n).enumerate().for_each(|(i, row)| heat_row(n, i + 1, old, row));
    }

    fn words(&self, lines: &[&str]) -> usize {
        let union = |one: HashSet<_>, other: HashSet<_>| {
            let (mut large, small) = if one.len() > other.len() { (one, other) } else { (other, one) };
            large.extend(small);
            large
        };
        let sets = lines.par_iter().fold(HashSet::new, |mut words, line| {
            words.extend(line.split_whitespace());
            words
        });
        sets.reduce(HashSet::new, union).len()
    }
}
