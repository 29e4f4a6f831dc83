//! Kernels of real programs: serial, ours, rayon; the same in C in `c/kernels.c`.
//!
//! Each contender writes them as its users would. Before a row is timed, what it leaves is compared with what the serial loop leaves.

mod data;
mod ours;
mod placed;
mod rayon;
mod serial;

use std::hint::black_box;

use pymp::Schedule;

use self::data::{Bodies, Sparse, bytes, text, triangle_side};
use self::placed::Placed;
use crate::sheet::Sheet;

/// The kernels, one method each.
trait Kernels {
    fn combine(&self, a: &[f64], b: &[f64], c: &mut [f64]);
    fn axpy(&self, a: f64, x: &[f64], y: &mut [f64]);
    fn sum(&self, x: &[f64]) -> f64;
    fn dot(&self, x: &[f64], y: &[f64]) -> f64;
    /// One step: the pull of all on each, then the move.
    fn nbody(&self, bodies: &mut Bodies);
    /// Steps to escape, a picture of `width` columns.
    fn mandelbrot(&self, width: usize, steps: &mut [u32]);
    fn matmul(&self, n: usize, a: &[f64], b: &[f64], c: &mut [f64]);
    /// Row `i` of a lower triangle has `i + 1` elements.
    fn triangle(&self, x: &[f64], y: &mut [f64]);
    fn histogram_atomic(&self, bytes: &[u8]) -> [u64; 256];
    fn histogram_reduction(&self, bytes: &[u8]) -> [u64; 256];
    fn spmv(&self, m: &Sparse, x: &[f64], y: &mut [f64]);
    /// The same, with the rows zipped rather than indexed.
    fn spmv_zipped(&self, m: &Sparse, x: &[f64], y: &mut [f64]);
    /// The primes below `n`.
    fn sieve(&self, n: usize) -> usize;
    /// A sweep of the heat equation over a square of side `n`.
    fn heat(&self, n: usize, old: &[f64], new: &mut [f64]);
    /// How many different words there are.
    fn words(&self, lines: &[&str]) -> usize;

    /// Conjugate gradients, so many steps; returns the square of what is left.
    fn cg(&self, m: &Sparse, b: &[f64], steps: usize) -> f64 {
        let mut x = vec![0.0; b.len()];
        let mut q = x.clone();
        let (mut r, mut p) = (b.to_vec(), b.to_vec());
        let mut rho = self.dot(&r, &r);
        for _ in 0..steps {
            self.spmv(m, &p, &mut q);
            let alpha = rho / self.dot(&p, &q);
            self.axpy(alpha, &p, &mut x);
            self.axpy(-alpha, &q, &mut r);
            let next = self.dot(&r, &r);
            self.xpay(&r, next / rho, &mut p);
            rho = next;
        }
        rho
    }
    /// `p = r + beta p`.
    fn xpay(&self, r: &[f64], beta: f64, p: &mut [f64]);
}

pub(crate) fn serial(sheet: &Sheet) {
    for threads in [1, 2] {
        rows(sheet, threads, "serial", &serial::Serial);
    }
}

pub(crate) fn ours(sheet: &Sheet) {
    for threads in [1, 2] {
        rows(sheet, threads, "ours", &ours::Ours { threads, schedule: Schedule::Static });
    }
    let schedules = [
        ("ours, dynamic", Schedule::dynamic(1)),
        ("ours, static,16", Schedule::static_chunk(16)),
        ("ours, dynamic,16", Schedule::dynamic(16)),
        ("ours, guided", Schedule::guided(1)),
        ("ours, auto", Schedule::Auto),
    ];
    for (contender, schedule) in schedules {
        rows(sheet, 2, contender, &ours::Ours { threads: 2, schedule });
    }
}

pub(crate) fn rayon(sheet: &Sheet) {
    rows(sheet, 2, "rayon", &rayon::Rayon);
}

struct Rows<'a> {
    sheet: &'a Sheet,
    threads: usize,
    contender: &'a str,
    kernels: &'a dyn Kernels,
}

impl Rows<'_> {
    /// Compares what a kernel leaves, as one number, with what the serial one does, then times it. One set of data at a time, as in
    /// C: the largest would not find large pages twice.
    fn row<D, R>(
        &self,
        name: &str,
        data: impl Fn() -> D,
        kernel: impl Fn(&dyn Kernels, &mut D) -> R,
        left: impl Fn(&D, R) -> f64,
    ) {
        let row = format!("kernel {name}, {} thread{}", self.threads, if self.threads == 1 { "" } else { "s" });
        if !self.sheet.wants(&row) {
            return;
        }
        let run = |kernels| {
            let mut data = data();
            let result = kernel(kernels, &mut data);
            let left = left(&data, result);
            (data, left)
        };
        let (_, expected) = run(&serial::Serial);
        let (mut data, found) = run(self.kernels);
        let close = (found - expected).abs() <= 1e-9 * expected.abs();
        if !close {
            eprintln!("{row}: {} leaves {found} instead of {expected}", self.contender);
            return;
        }
        let ns = crate::sheet::per_call(|| {
            black_box(kernel(self.kernels, &mut data));
        });
        self.sheet.put_as(self.contender, &row, ns);
    }
}

/// An array as one number, to which each element adds by its place.
fn all<T: Copy + Into<f64>>(array: &[T]) -> f64 {
    array.iter().enumerate().map(|(at, &element)| (1 + at % 7) as f64 * element.into()).sum()
}

fn rows(sheet: &Sheet, threads: usize, contender: &str, kernels: &dyn Kernels) {
    let rows = Rows { sheet, threads, contender, kernels };
    let vectors = |n: usize| move || (Placed::filled(0, n, 0.5), Placed::filled(1, n, 1.5), Placed::filled(2, n, 0.0));
    rows.row("(a+b)*2+a*b, 2000 x 2000", vectors(4_000_000), |k, (a, b, c)| k.combine(a, b, c), |(_, _, c), ()| all(c));
    for n in [10_000, 10_000_000] {
        rows.row(&format!("axpy, {n}"), vectors(n), |k, (x, y, _)| k.axpy(1e-9, x, y), |(_, y, _), ()| all(y));
    }
    let large: &[usize] = if sheet.large() { &[10_000, 1_000_000, 100_000_000] } else { &[10_000, 1_000_000] };
    for &n in large {
        let name = |what: &str| format!("{what}, {n}");
        rows.row(&name("sum"), vectors(n), |k, (x, ..)| k.sum(x), |_, sum| sum);
        rows.row(&name("dot"), vectors(n), |k, (x, y, _)| k.dot(x, y), |_, dot| dot);
    }
    for n in [128, 512] {
        let left = |bodies: &Bodies, ()| all(bodies.vel.as_flattened());
        rows.row(&format!("n-body step, {n}"), || Bodies::new(n), |k, bodies| k.nbody(bodies), left);
    }
    let (width, height) = (400, 200);
    rows.row("mandelbrot, 400 x 200", || vec![0; width * height], |k, steps| k.mandelbrot(width, steps), |steps, ()| all(steps));
    let n = 512;
    rows.row("matmul, 512", vectors(n * n), |k, (a, b, c)| k.matmul(n, a, b, c), |(_, _, c), ()| all(c));
    rows.row(
        "triangle, 2000 rows",
        || (Placed::filled(0, triangle_side(2000), 0.5), Placed::filled(2, 2000, 0.0)),
        |k, (x, y)| k.triangle(x, y),
        |(_, y), ()| all(y),
    );
    let counts = |_: &Vec<u8>, counts: [u64; 256]| all(&counts.map(|count| count as f64));
    rows.row("histogram of 10^7 bytes, atomic", || bytes(10_000_000), |k, bytes| k.histogram_atomic(bytes), counts);
    rows.row("histogram of 10^7 bytes, reduction", || bytes(10_000_000), |k, bytes| k.histogram_reduction(bytes), counts);
    let sparse = || (Sparse::poisson(200), Placed::filled(3, 40_000, 1.0), Placed::filled(4, 40_000, 0.0));
    rows.row("SpMV, 40000 rows", sparse, |k, (m, x, y)| k.spmv(m, x, y), |(_, _, y), ()| all(y));
    rows.row("SpMV zipped, 40000 rows", sparse, |k, (m, x, y)| k.spmv_zipped(m, x, y), |(_, _, y), ()| all(y));
    rows.row("CG, 40000 rows, 20 steps", sparse, |k, (m, x, _)| k.cg(m, x, 20), |_, left| left);
    rows.row("sieve, 10^7", || 10_000_000, |k, n| k.sieve(*n), |_, primes| primes as f64);
    let n = 1000;
    let heat = || (Placed::filled(0, n * n, 1.0), Placed::filled(2, n * n, 0.0));
    rows.row("heat, 1000 x 1000", heat, |k, (old, new)| k.heat(n, old, new), |(_, new), ()| all(new));
    let text = text();
    let lines: Vec<&str> = text.lines().collect();
    rows.row("word count", || (), |k, ()| k.words(&lines), |(), words| words as f64);
}
