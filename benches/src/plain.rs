//! What `#[parallel]` costs an ordinary loop: the same loop with and without it.

use crate::sheet::Sheet;

/// The same three functions, with a directive or without. Not inlined: each is a loop as it stands in a program of its own.
macro_rules! forms {
    ($name:ident $(, $directive:meta)?) => {
        mod $name {
            #![allow(clippy::needless_range_loop, clippy::ptr_arg, reason = "the forms are what is measured")]

            $(#[$directive])?
            #[inline(never)]
            pub(super) fn slices(a: &[f64], b: &[f64], c: &mut [f64]) {
                for i in 0..c.len() {
                    c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
                }
            }

            /// The lengths are known to be equal.
            $(#[$directive])?
            #[inline(never)]
            pub(super) fn cut(a: &[f64], b: &[f64], c: &mut [f64]) {
                let n = c.len();
                let (a, b) = (&a[..n], &b[..n]);
                for i in 0..n {
                    c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
                }
            }

            $(#[$directive])?
            #[inline(never)]
            pub(super) fn vecs(a: &Vec<f64>, b: &Vec<f64>, c: &mut Vec<f64>) {
                for i in 0..c.len() {
                    c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
                }
            }

            $(#[$directive])?
            #[inline(never)]
            pub(super) fn zip(a: &[f64], b: &[f64], c: &mut [f64]) {
                for (c, (a, b)) in c.iter_mut().zip(a.iter().zip(b)) {
                    *c = (a + b) * 2.0 + a * b;
                }
            }

            $(#[$directive])?
            #[inline(never)]
            pub(super) fn update(a: &[f64], _: &[f64], c: &mut [f64]) {
                for i in 0..c.len() {
                    c[i] += 0.5 * a[i];
                }
            }

            pub(super) fn rows(sheet: &crate::sheet::Sheet) {
                for n in super::SIZES {
                    let data = || (vec![1.5; n], vec![0.5; n], vec![0.0; n]);
                    sheet.with(&super::row("slices", n), data, |(a, b, c)| slices(a, b, c));
                    sheet.with(&super::row("slices cut to one length", n), data, |(a, b, c)| cut(a, b, c));
                    sheet.with(&super::row("vecs", n), data, |(a, b, c)| vecs(a, b, c));
                    sheet.with(&super::row("zip", n), data, |(a, b, c)| zip(a, b, c));
                    sheet.with(&super::row("update", n), data, |(a, b, c)| update(a, b, c));
                }
            }
        }
    };
}

forms!(without);
forms!(with, pymp::parallel(num_threads = 1));

const SIZES: [usize; 2] = [4_000, 4_000_000];

fn row(form: &str, n: usize) -> String {
    format!("elementwise, {form}, {n}, 1 thread")
}

pub(crate) fn serial(sheet: &Sheet) {
    without::rows(sheet);
}

pub(crate) fn ours(sheet: &Sheet) {
    with::rows(sheet);
}
