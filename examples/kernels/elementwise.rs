//! `(a + b) * 2 + a * b` on two square matrices: one iteration per element, each writing its own.

#![allow(clippy::needless_range_loop, reason = "the loops are written as on paper")]

use pymp::prelude::*;

use crate::support::{Trial, bit_for_bit, timed};

#[parallel]
fn combine(a: &[f64], b: &[f64], c: &mut [f64]) {
    for i in 0..c.len() {
        c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
    }
}

fn combine_serial(a: &[f64], b: &[f64], c: &mut [f64]) {
    for i in 0..c.len() {
        c[i] = (a[i] + b[i]) * 2.0 + a[i] * b[i];
    }
}

pub(crate) fn trial(side: usize) -> Trial {
    let cells = side * side;
    let a: Vec<f64> = (0..cells).map(|i| (i as f64).sin()).collect();
    let b: Vec<f64> = (0..cells).map(|i| (i as f64).cos()).collect();
    let mut expected = vec![0.0; cells];
    let mut c = vec![0.0; cells];

    let ((), serial) = timed(5, || combine_serial(&a, &b, &mut expected));
    let ((), parallel) = timed(5, || combine(&a, &b, &mut c));

    let checked = bit_for_bit(&c, &expected);
    Trial { what: format!("elementwise, {side} x {side}"), serial, parallel, checked }
}
