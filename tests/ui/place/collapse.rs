//! Loops that cannot be collapsed.
use pymp::prelude::*;

fn not_perfectly_nested(c: &mut [f64], n: usize, m: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        let row = i * m;
        for j in 0..m {
            c[row + j] = 1.0;
        }
        println!("{i}");
    });
}

fn two_inside_one(c: &mut [f64], n: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        for j in 0..n {
            c[i * n + j] = 1.0;
        }
        for j in 0..n {
            c[i * n + j] += 1.0;
        }
    });
}

fn too_few(c: &mut [f64], n: usize) {
    parallel_for!(collapse = 3, for i in 0..n {
        for j in 0..n {
            c[i * n + j] = 1.0;
        }
    });
}

fn triangle(c: &mut [f64], n: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        for j in i..n {
            c[i * n + j] = 1.0;
        }
    });
}

fn rows(c: &[Vec<f64>]) {
    parallel_for!(collapse = 2, for row in c {
        for v in row {
            println!("{v}");
        }
    });
}

fn an_if_between(c: &[f64], n: usize) {
    parallel_for!(collapse = 2, for i in 0..n {
        if i > 2 {
            for j in 0..n {
                println!("{}", c[i + j]);
            }
        }
    });
}

#[parallel]
fn labels_and_attributes(n: usize) {
    #[parallel(collapse = 3)]
    for _ in 0..n {
        'inner: for _ in 0..n {
            #[allow(unused)]
            for k in 0..n {
                if k == 1 {
                    continue 'inner;
                }
            }
        }
    }
}

#[parallel]
fn two_directives(n: usize) {
    #[parallel(collapse = 2)]
    for _ in 0..n {
        #[parallel]
        for _ in 0..n {}
    }
}

fn main() {}
