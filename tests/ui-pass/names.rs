//! Raw identifiers, labels, shadowing in every form.
#![forbid(unsafe_code)]
#![deny(warnings)]
use pymp::prelude::*;

#[parallel]
fn raw(r#in: &[u64], r#out: &mut [u64]) -> u64 {
    let mut r#type = 0;
    #[parallel(reduction(+: r#type))]
    for r#loop in 0..r#in.len() {
        r#out[r#loop] = r#in[r#loop] + 1;
        r#type += r#in[r#loop];
    }
    r#type
}

fn labels(y: &mut [usize]) -> Option<usize> {
    parallel_for!('outer: for i in 0..y.len() {
        if i == 3 {
            continue 'outer;
        }
        'inner: for j in 0.. {
            if j > i {
                break 'inner;
            }
            y[i] += j;
        }
        let k = 'block: {
            if i > 4 {
                break 'block i;
            }
            loop {
                break 0;
            }
        };
        if k == 100 {
            break 'outer;
        }
        if k == 200 {
            return Some(k);
        }
    });
    None
}

fn shadowing(x: &[i64], y: &mut [i64]) -> i64 {
    let (s, t, v) = (1, 2, Some(3));
    let n = x.len();
    parallel_for!(for i in 0..n {
        let mut s = s;
        s += x[i];
        let n = s * 2;
        {
            let mut t = t;
            t += n;
            s += t;
        }
        if let Some(mut v) = v {
            v += 1;
            s += v;
        }
        while let Some(mut s) = None::<i64> {
            s += 1;
            let _ = s;
        }
        match v {
            Some(mut t) if t > 1 => {
                t += 1;
                s += t;
            }
            _ => {}
        }
        let add = |mut s: i64| {
            s += 1;
            s
        };
        for mut n in 0..2 {
            n += 1;
            s += n;
        }
        let Some(mut v) = v else { continue };
        v += add(s);
        let y = &mut y[i];
        *y = v;
        let i = i;
        let _ = i;
    });
    s + t
}

/// The variable outside has the name of the loop's, of a clause, of ours.
fn odd_names(parallel: &mut [usize]) -> usize {
    let i = 7;
    let mut reduction = 0;
    let __pymp_head = 1;
    let chunk = 2;
    parallel_for!(reduction(+: reduction), chunk = chunk, for i in 0..parallel.len() {
        parallel[i] = i + __pymp_head;
        reduction += parallel[i];
    });
    reduction + i
}

fn patterns(pairs: &[(usize, [u8; 2])], y: &mut [u8]) {
    parallel_for!(for (i, &(_, [a, b])) in pairs.iter().enumerate() {
        y[i] = a + b;
    });
    parallel_for!(for (i, (n, bytes @ [first, ..])) in pairs.iter().enumerate() {
        y[i] += first + bytes.len() as u8 + *n as u8;
    });
    parallel_for!(for _ in 0..3 {});
    parallel_for!(for () in [(); 3] {});
}

fn main() {
    let mut out = [0; 3];
    assert_eq!(raw(&[1, 2, 3], &mut out), 6);
    assert_eq!(out, [2, 3, 4]);
    let mut y = vec![0; 6];
    assert_eq!(labels(&mut y), None);
    assert_eq!(y, [0, 1, 3, 0, 10, 15]);
    let mut serial = [0; 2];
    assert_eq!(shadowing(&[1, 2], &mut serial), 3);
    assert!(serial[0] > 0);
    let mut p = [0; 4];
    assert_eq!(odd_names(&mut p), 1 + 2 + 3 + 4 + 7);
    let mut bytes = [0; 2];
    patterns(&[(1, [1, 2]), (2, [3, 4])], &mut bytes);
    assert_eq!(bytes, [3 + 1 + 2 + 1, 7 + 3 + 2 + 2]);
}
