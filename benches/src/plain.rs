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
        }
    };
}

forms!(without);
forms!(with, pymp::parallel(num_threads = 1));

/// Arrays of one length, in one piece of memory: how they lie to one another decides how fast a cache is, and must not be chance.
struct Arrays {
    all: Vec<f64>,
    n: usize,
}

impl Arrays {
    fn new(n: usize) -> Self {
        Self { all: vec![0.5; 3 * n + 64], n }
    }

    /// Each begins with a cache line, so that no vector lies in two.
    fn split(&mut self) -> (&[f64], &[f64], &mut [f64]) {
        let start = self.all.as_ptr().align_offset(64);
        let (a, rest) = self.all[start..].split_at_mut(self.n);
        let (b, rest) = rest.split_at_mut(self.n);
        (a, b, &mut rest[..self.n])
    }
}

type Vecs = (Vec<f64>, Vec<f64>, Vec<f64>);

pub(crate) fn ours(sheet: &Sheet) {
    macro_rules! slices {
        ($form:literal, $n:ident, $function:ident) => {
            sheet.beside_serial(
                &row($form, $n),
                || Arrays::new($n),
                |arrays| call(with::$function, arrays),
                |arrays| call(without::$function, arrays),
            );
        };
    }
    fn call(function: fn(&[f64], &[f64], &mut [f64]), arrays: &mut Arrays) {
        let (a, b, c) = arrays.split();
        function(a, b, c);
    }
    for n in [4_000, 4_000_000] {
        slices!("slices", n, slices);
        slices!("slices cut to one length", n, cut);
        slices!("zip", n, zip);
        slices!("update", n, update);
        let vecs = || (vec![0.5; n], vec![0.5; n], vec![0.0; n]);
        sheet.beside_serial(
            &row("vecs", n),
            vecs,
            |(a, b, c): &mut Vecs| with::vecs(a, b, c),
            |(a, b, c): &mut Vecs| without::vecs(a, b, c),
        );
    }
}

fn row(form: &str, n: usize) -> String {
    format!("elementwise, {form}, {n}, 1 thread")
}
