//! What the kernels work on, and the parts that all contenders share.

use super::placed::Placed;

pub(super) struct Bodies {
    pub(super) pos: Vec<[f64; 3]>,
    pub(super) vel: Vec<[f64; 3]>,
}

impl Bodies {
    pub(super) fn new(n: usize) -> Self {
        let pos = (0..n).map(|i| [(i as f64).sin(), (i as f64 * 1.7).cos(), (i as f64 * 0.3).sin()]).collect();
        Self { pos, vel: vec![[0.0; 3]; n] }
    }
}

pub(super) const DT: f64 = 1e-6;

/// `a * b + c`, rounded once where the processor can do that: C compilers write it so by themselves, and rustc when it is told.
#[inline]
pub(super) fn fused(a: f64, b: f64, c: f64) -> f64 {
    if cfg!(target_feature = "fma") { a.mul_add(b, c) } else { a * b + c }
}

/// What all others do to body `i`.
#[inline]
pub(super) fn pull(pos: &[[f64; 3]], i: usize) -> [f64; 3] {
    let mut acc = [0.0; 3];
    for other in pos {
        let d = [other[0] - pos[i][0], other[1] - pos[i][1], other[2] - pos[i][2]];
        let square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + 1e-3;
        let force = 1.0 / (square * square.sqrt());
        acc[0] += d[0] * force;
        acc[1] += d[1] * force;
        acc[2] += d[2] * force;
    }
    acc
}

/// A row-compressed matrix.
pub(super) struct Sparse {
    starts: Placed<usize>,
    columns: Placed<u32>,
    values: Placed<f64>,
}

impl Sparse {
    /// The five-point stencil on a square of side `n`.
    pub(super) fn poisson(n: usize) -> Self {
        let (mut starts, mut columns, mut values) = (vec![0], Vec::new(), Vec::new());
        for at in 0..n * n {
            let (row, col) = (at / n, at % n);
            let mut put = |there: bool, column: usize, value: f64| {
                if there {
                    columns.push(column as u32);
                    values.push(value);
                }
            };
            put(row > 0, at.wrapping_sub(n), -1.0);
            put(col > 0, at.wrapping_sub(1), -1.0);
            put(true, at, 4.0);
            put(col + 1 < n, at + 1, -1.0);
            put(row + 1 < n, at + n, -1.0);
            starts.push(columns.len());
        }
        Self { starts: Placed::new(0, &starts), columns: Placed::new(1, &columns), values: Placed::new(2, &values) }
    }

    /// Slices of their own: through a reference to the struct they would be fetched anew after each write.
    pub(super) fn parts(&self) -> (&[usize], &[u32], &[f64]) {
        (&self.starts, &self.columns, &self.values)
    }
}

/// The product of row `i` with `x`.
#[inline]
pub(super) fn sparse_row(starts: &[usize], columns: &[u32], values: &[f64], i: usize, x: &[f64]) -> f64 {
    let row = starts[i]..starts[i + 1];
    columns[row.clone()].iter().zip(&values[row]).fold(0.0, |sum, (&column, &value)| fused(value, x[column as usize], sum))
}

pub(super) const MANDELBROT: u32 = 500;

#[inline]
pub(super) fn escape(width: usize, height: usize, row: usize, col: usize) -> u32 {
    let re = col as f64 * 3.0 / width as f64 - 2.2;
    let im = row as f64 * 1.2 / height as f64;
    let (mut x, mut y) = (0.0, 0.0);
    for step in 0..MANDELBROT {
        let (xx, yy) = (x * x, y * y);
        if xx + yy > 4.0 {
            return step;
        }
        y = fused(2.0 * x, y, im);
        x = xx - yy + re;
    }
    MANDELBROT
}

/// The elements of a triangle of `rows` rows.
pub(super) fn triangle_side(rows: usize) -> usize {
    rows * (rows + 1) / 2
}

#[inline]
pub(super) fn triangle_row(x: &[f64], i: usize) -> f64 {
    x[triangle_side(i)..triangle_side(i + 1)].iter().map(|x| x * x).sum()
}

pub(super) fn bytes(n: usize) -> Vec<u8> {
    (0..n as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

/// Numbers that a piece of the sieve covers.
pub(super) const PIECE: usize = 1 << 16;

/// The primes below `n` in piece number `piece`; `small` are all primes up to the square root of `n`.
pub(super) fn primes_in(piece: usize, n: usize, small: &[usize]) -> usize {
    let (start, end) = (piece * PIECE, (piece * PIECE + PIECE).min(n));
    let mut composite = [false; PIECE];
    for &prime in small {
        let first = (start.div_ceil(prime) * prime).max(prime * prime);
        if first < end {
            let composite = &mut composite[first - start..end - start];
            let mut multiple = 0;
            while multiple < composite.len() {
                composite[multiple] = true;
                multiple += prime;
            }
        }
    }
    composite[start.max(2) - start..end - start].iter().filter(|&&composite| !composite).count()
}

pub(super) fn small_primes(n: usize) -> Vec<usize> {
    let root = (0..).find(|root| root * root >= n).unwrap_or(0);
    (2..=root).filter(|&number| (2..number).take_while(|d| d * d <= number).all(|d| !number.is_multiple_of(d))).collect()
}

/// Slices of one length, so that no index is left to check.
#[inline]
pub(super) fn heat_row(n: usize, i: usize, old: &[f64], row: &mut [f64]) {
    let inner = n - 2;
    let from = |start: usize| &old[start..start + inner];
    let (above, below) = (from((i - 1) * n + 1), from((i + 1) * n + 1));
    let (left, here, right) = (from(i * n), from(i * n + 1), from(i * n + 2));
    let row = &mut row[1..n - 1];
    for j in 0..inner {
        row[j] = fused(0.1, fused(-4.0, here[j], above[j] + below[j] + left[j] + right[j]), here[j]);
    }
}

/// Twenty thousand lines of ten words.
pub(super) fn text() -> String {
    let mut text = String::new();
    let mut state = 1_u32;
    for _ in 0..20_000 {
        for _ in 0..10 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text += &format!("word{} ", (state >> 16) % 5000);
        }
        text.push('\n');
    }
    text
}
