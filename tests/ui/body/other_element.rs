//! A write to an element that need not be the iteration's own.
use pymp::prelude::*;

fn histogram(x: &[usize]) -> [u64; 8] {
    let mut h = [0; 8];
    parallel_for!(for i in 0..x.len() {
        h[x[i] % 8] += 1;
    });
    h
}

fn biggest_of_each(x: &[usize], v: &[u64]) -> Vec<u64> {
    let mut h = vec![0; 8];
    parallel_for!(for i in 0..x.len() {
        h[x[i] % 8] = h[x[i] % 8].max(v[i]);
    });
    h
}

fn halved(x: &[usize], h: &mut [f64]) {
    parallel_for!(for i in 0..x.len() {
        h[x[i]] /= 2.0;
    });
}

fn permuted(y: &mut [f64], x: &[f64], k: &[usize]) {
    parallel_for!(for i in 0..x.len() {
        y[k[i]] = x[i];
    });
}

fn moved_along(y: &mut [f64], x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        y[i + 1] = x[i];
    });
}

fn doubled(y: &mut [f64], x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        y[2 * i] = x[i];
        y[2 * i + 1] = x[i];
    });
}

fn from_a_let(y: &mut [f64], x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        let j = i / 2;
        y[j] = x[i];
    });
}

fn counter_that_moves(y: &mut [f64]) {
    parallel_for!(for mut i in 0..y.len() {
        i += 1;
        y[i] = 0.0;
    });
}

fn values_are_no_counters(y: &mut [f64], x: &[usize]) {
    parallel_for!(for &i in x {
        y[i] = 0.0;
    });
}

fn rows(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(for i in 0..n {
        for j in 0..m {
            c[i * m + j] = 0.0;
        }
    });
}

fn rows_with_more(c: &mut [f64], s: &mut [f64], n: usize, m: usize) {
    parallel_for!(for i in 0..n {
        s[i] = 0.0;
        for j in 0..m {
            c[i * m + j] = 0.0;
        }
    });
}

fn transposed(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        for j in 0..m {
            c[j * n + i] = 1.0;
        }
    });
}

fn collapsed(y: &mut [f64], n: usize, m: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        for j in 0..m {
            y[i] += j as f64;
        }
    });
}

fn always_the_same(y: &mut [f64], x: &[f64]) {
    parallel_for!(for i in 0..x.len() {
        y[0] = x[i];
    });
}

fn column(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(for i in 0..n {
        for j in 0..m {
            c[j * n + i] = 1.0;
        }
    });
}

fn stencil(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(for i in 1..n - 1 {
        for j in 1..m - 1 {
            c[i * m + j] = 1.0;
        }
    });
}

fn collapsed_stencil(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(collapse = 2, for i in 1..n - 1 {
        for j in 1..m - 1 {
            c[i * m + j] = 1.0;
        }
    });
}

fn collapsed_rows(g: &mut [[f64; 4]; 3]) {
    parallel_for!(collapse = 2, for i in 0..3 {
        for j in 0..4 {
            g[i][3 - j] = 1.0;
        }
    });
}

fn inner_loop(m: &mut [Vec<usize>]) {
    for i in 0..4 {
        parallel_for!(for j in 0..4 {
            m[i][j] = i * j;
        });
    }
}

fn converted(y: &mut [f64], n: i32) {
    parallel_for!(for i in 0..n {
        y[usize::try_from(i).unwrap()] = 1.0;
    });
}

fn scratch_space(x: &mut [f64]) {
    let mut buf = [0.0; 10];
    parallel_for!(for i in 0..x.len() {
        for k in 0..10 {
            buf[k] = x[i];
        }
    });
}

fn a_part_of_all(c: &mut [f64], a: &[f64], m: usize, n: usize) {
    for i in 0..m {
        parallel_for!(for j in 0..n {
            c[i * n + j] = a[j];
        });
    }
}

#[parallel]
fn a_loop_in_a_loop(c: &mut [f64], a: &[f64], n: usize) {
    #[parallel(chunks(c, n))]
    for i in 0..n {
        #[parallel]
        for j in 0..n {
            c[i * n + j] = a[i] * a[j];
        }
    }
}

fn those_that_are_positive(x: &[f64], out: &mut [f64]) {
    let mut count = 0;
    parallel_for!(for i in 0..x.len() {
        if x[i] > 0.0 {
            out[count] = x[i];
            count += 1;
        }
    });
}

fn column_by_column(a: &mut [Vec<f64>], b: &[Vec<f64>], n: usize) {
    parallel_for!(for j in 0..n {
        for i in 0..n {
            a[i][j] = b[j][i];
        }
    });
    parallel_for!(for j in 0..n {
        for i in 0..n {
            a[i][j] += 1.0;
        }
    });
}

fn by_a_variable_of_c(n: usize, a: &mut [f64], h: &mut [u32], which: &[usize]) {
    let (mut tmp, mut j) = (0.0, 0);
    parallel_for!(private(tmp, j), for i in 0..n {
        tmp = i as f64;
        j = i;
        a[j] = tmp;
    });
    parallel_for!(for i in 0..n {
        j = which[i];
        h[j] += 1;
    });
}

struct Bin {
    count: u32,
    sums: [f64; 4],
}

fn inside_of_elements(bins: &mut [Bin], table: &mut [[u32; 4]; 4], x: &[usize]) {
    parallel_for!(for i in 0..x.len() {
        bins[x[i]].count += 1;
        table[x[i]][i % 4] += 1;
    });
}

fn remainders(h: &mut [u32], x: &[usize]) {
    parallel_for!(for i in 0..x.len() {
        h[x[i]] %= 7;
    });
}

fn scratch_by_number(x: &[f64], f: &mut [f64]) {
    let mut r = [0.0; 3];
    parallel_for!(for i in 0..x.len() {
        r[0] = x[i];
        r[1] = r[0] * 2.0;
        r[2] = 1.0;
        f[i] = r[1] + r[2];
    });
}

struct Work {
    scratch: Vec<f64>,
}

fn scratch_of_a_struct(work: &mut Work, x: &[f64], f: &mut [f64]) {
    parallel_for!(for i in 0..x.len() {
        for k in 0..3 {
            work.scratch[k] = x[i] * k as f64;
        }
        f[i] = work.scratch[1] + work.scratch[2];
    });
}

fn sieve(n: usize) -> Vec<bool> {
    let mut prime = vec![true; n];
    parallel_for!(for i in 2..n {
        let mut j = i * i;
        while j < n {
            prime[j] = false;
            j += i;
        }
    });
    prime
}

fn down_the_columns(a: &mut [Vec<f64>]) {
    let (n, m) = (a.len(), a[0].len());
    parallel_for!(for j in 0..m {
        for i in 1..n {
            a[i][j] += a[i - 1][j];
        }
    });
}

fn two_rows_above(a: &mut [Vec<f64>]) {
    let (n, m) = (a.len(), a[0].len());
    parallel_for!(for j in 0..m {
        for i in 2..n {
            a[i][j] = a[i - 1][j] + a[i - 2][j];
        }
    });
}

fn columns_from_the_second_row(a: &mut [Vec<f64>]) {
    let (n, m) = (a.len(), a[0].len());
    parallel_for!(for j in 0..m {
        for i in 1..n {
            a[i][j] *= 2.0;
        }
    });
}

fn main() {}
