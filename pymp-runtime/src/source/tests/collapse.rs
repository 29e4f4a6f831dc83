//! Collapsed loops.

use super::{Dice, parts};
use crate::__private::{cut, flat, nest, source};
use crate::{Indexed, Progression, Source};

/// The pairs of every chunk, row by row.
fn pairs(rows: usize, width: usize, seed: u64) -> Vec<(usize, usize)> {
    let source = source!(nest(cut!(0..rows), cut!(0..width)));
    assert_eq!(source.count(), Some(rows * width));
    let mut found = vec![];
    for part in parts(rows * width, &mut Dice(seed)) {
        // SAFETY: the parts are disjoint.
        let (numbers, chunk) = unsafe { source.take(part) }.unwrap();
        let mut number = numbers.start;
        for (i, row) in chunk {
            for j in row {
                found.push((number, (i, j)));
                number += 1;
            }
        }
        assert_eq!(number, numbers.end);
    }
    found.sort_unstable();
    assert!(found.iter().map(|(number, _)| *number).eq(0..rows * width));
    found.into_iter().map(|(_, pair)| pair).collect()
}

#[test]
fn two_loops() {
    let most = if cfg!(miri) { 3 } else { 7 };
    for rows in 0..most {
        for width in 0..most {
            let plain: Vec<_> = (0..rows).flat_map(|i| (0..width).map(move |j| (i, j))).collect();
            for seed in 0..super::ROUNDS {
                assert_eq!(pairs(rows, width, seed), plain);
            }
        }
    }
}

#[test]
fn three_loops() {
    let v = [10, 20, 30];
    let three = || source!(nest(cut!(v.iter()).rev(), nest(cut!(1..=2u8), cut!(0..4).step_by(2))));
    let plain: Vec<_> =
        v.iter().rev().flat_map(|i| (1..=2u8).flat_map(move |j| (0..4).step_by(2).map(move |k| (i, (j, k))))).collect();
    let (mut found, source) = (vec![], three());
    for part in [0..5, 5..6, 6..12] {
        // SAFETY: the parts are disjoint.
        for (i, rows) in unsafe { source.take(part) }.unwrap().1 {
            for (j, row) in rows {
                for k in row {
                    found.push((i, (j, k)));
                }
            }
        }
    }
    assert_eq!(found, plain);
    // SAFETY: a source of its own.
    let (_, rows) = unsafe { three().take(3..9) }.unwrap();
    assert!(flat(rows, |rows| flat(rows, |row| row)).eq(plain[3..9].iter().copied()));
}

#[test]
fn four_loops() {
    let source = source!(nest(cut!(0..2), nest(cut!(0..3), nest(cut!(0..4), cut!(0..5)))));
    let mut found = 0;
    for part in [60..120, 0..7, 7..60] {
        // SAFETY: the parts are disjoint.
        let (numbers, rows) = unsafe { source.take(part) }.unwrap();
        let all = flat(rows, |rows| flat(rows, |rows| flat(rows, |row| row)));
        for (number, (i, (j, (k, l)))) in numbers.zip(all) {
            assert_eq!(number, ((i * 3 + j) * 4 + k) * 5 + l);
            found += 1;
        }
    }
    assert_eq!(found, 120);
}

#[test]
fn the_index_is_the_flat_number_from_the_first_row() {
    let progression = |i: std::ops::Range<i32>, j: std::ops::Range<u8>| source!(nest(cut!(i), cut!(j))).progression();
    assert_eq!(progression(0..5, 0..7), Progression { first: 0, step: 1 });
    assert_eq!(progression(2..5, 0..7), Progression { first: 14, step: 1 });
    assert_eq!(progression(-1..5, 0..7).index(7), Some(0));
    let deep = source!(nest(cut!(1..5), nest(cut!(0..3), cut!(0..4))));
    assert_eq!(deep.progression(), Progression { first: 12, step: 1 });
}

#[test]
#[should_panic(expected = "under `collapse` an iteration owns `a[[i, j]]` and `y[i * n + j]` when `j` runs over `0..n`")]
fn the_index_of_an_inner_loop_from_1() {
    source!(nest(cut!(0..5), cut!(1..5))).progression();
}

#[test]
#[should_panic(expected = "the collapsed loops have 4294967296 * 4294967296 iterations, more than usize::MAX")]
fn too_many() {
    nest(cut!(0..1u64 << 32), cut!(0..1u64 << 32));
}

#[test]
fn as_many_as_usize_holds() {
    let source = source!(nest(cut!(0..1u64 << 32), cut!(0..(1u64 << 32) - 1)));
    let n = source.count().unwrap();
    // SAFETY: the only part asked for.
    let (_, chunk) = unsafe { source.take(n - 2..n) }.unwrap();
    let last = (1 << 32) - 1;
    assert!(flat(chunk, |row| row).eq([(last, last - 2), (last, last - 1)]));
}
