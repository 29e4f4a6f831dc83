//! More results and arrays than a loop has room for.
use pymp::prelude::*;

fn results() {
    let (mut a0, mut a1, mut a2, mut a3, mut a4, mut a5, mut a6, mut a7, mut a8, mut a9, mut a10, mut a11, mut a12, mut a13, mut a14, mut a15, mut a16, mut a17, mut a18, mut a19, mut a20, mut a21, mut a22, mut a23, mut a24) = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    parallel_for!(reduction(+: a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16, a17, a18, a19, a20, a21, a22, a23, a24), for i in 0..10 {
        a0 += i;
    });
}

fn arrays(n: usize) {
    let mut y0 = vec![0; n];
    let mut y1 = vec![0; n];
    let mut y2 = vec![0; n];
    let mut y3 = vec![0; n];
    let mut y4 = vec![0; n];
    let mut y5 = vec![0; n];
    let mut y6 = vec![0; n];
    let mut y7 = vec![0; n];
    let mut y8 = vec![0; n];
    let mut y9 = vec![0; n];
    let mut y10 = vec![0; n];
    let mut y11 = vec![0; n];
    let mut y12 = vec![0; n];
    let mut y13 = vec![0; n];
    let mut y14 = vec![0; n];
    let mut y15 = vec![0; n];
    let mut y16 = vec![0; n];
    let mut y17 = vec![0; n];
    let mut y18 = vec![0; n];
    let mut y19 = vec![0; n];
    let mut y20 = vec![0; n];
    let mut y21 = vec![0; n];
    let mut y22 = vec![0; n];
    let mut y23 = vec![0; n];
    let mut y24 = vec![0; n];
    parallel_for!(for i in 0..n {
        y0[i] = i;
        y1[i] = i;
        y2[i] = i;
        y3[i] = i;
        y4[i] = i;
        y5[i] = i;
        y6[i] = i;
        y7[i] = i;
        y8[i] = i;
        y9[i] = i;
        y10[i] = i;
        y11[i] = i;
        y12[i] = i;
        y13[i] = i;
        y14[i] = i;
        y15[i] = i;
        y16[i] = i;
        y17[i] = i;
        y18[i] = i;
        y19[i] = i;
        y20[i] = i;
        y21[i] = i;
        y22[i] = i;
        y23[i] = i;
        y24[i] = i;
    });
}

fn main() {}
