//! Adapters, alone and on top of each other.

use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

use super::{indexed, same};
use crate::__private::{cut, join, source};
use crate::{Cut, Indexed, IntoCut, Progression, Source};

const N: usize = if cfg!(miri) { 12 } else { 41 };

#[test]
fn each_alone() {
    let v: Vec<usize> = (100..100 + N).collect();
    same! {
        cut!(v.iter()).enumerate() => v.iter().enumerate();
        cut!(v.iter()).rev() => v.iter().rev();
        cut!(v.iter()).step_by(3) => v.iter().step_by(3);
        cut!(v.iter()).take(7) => v.iter().take(7);
        cut!(v.iter()).take(usize::MAX) => v.iter().take(usize::MAX);
        cut!(v.iter()).skip(7) => v.iter().skip(7);
        cut!(v.iter()).skip(usize::MAX) => v.iter().skip(usize::MAX);
        cut!(v.iter()).map(|x| x * 2) => v.iter().map(|x| x * 2);
        cut!(v.iter()).copied() => v.iter().copied();
        cut!(v.iter()).cloned() => v.iter().cloned();
        join!(cut!(v.iter()), zip, &v[3..]) => v.iter().zip(&v[3..]);
        join!(cut!(v.iter()), zip, 0..5u8) => v.iter().zip(0..5u8);
        join!(cut!(v.iter()), chain, &v[3..]) => v.iter().chain(&v[3..]);
        join!(cut!(0..5), chain, 20..=25u8) => (0..5).chain(20..=25u8);
    }
}

#[test]
fn on_top_of_each_other() {
    let v: Vec<usize> = (100..100 + N).collect();
    for step in [1, 2, 5, N, N + 1, usize::MAX] {
        same! {
            cut!(v.iter()).enumerate().rev().step_by(step) => v.iter().enumerate().rev().step_by(step);
            cut!(v.iter()).step_by(step).enumerate().rev() => v.iter().step_by(step).enumerate().rev();
            cut!(v.iter()).step_by(step).rev().skip(1).take(3) => v.iter().step_by(step).rev().skip(1).take(3);
            cut!(v.iter()).map(|x| x + 1).rev().step_by(step) => v.iter().map(|x| x + 1).rev().step_by(step);
            cut!(0..N).step_by(step).step_by(2) => (0..N).step_by(step).step_by(2);
            cut!(0..=200u8).skip(2).step_by(step).rev() => (0..=200u8).skip(2).step_by(step).rev();
            cut!(v.chunks(3)).enumerate().step_by(step) => v.chunks(3).enumerate().step_by(step);
            join!(join!(cut!(v.iter()), zip, cut!(v.iter()).rev()), chain, join!(cut!(v.iter()), zip, &v)).skip(3).step_by(step)
                => v.iter().zip(v.iter().rev()).chain(v.iter().zip(&v)).skip(3).step_by(step);
        }
    }
}

#[test]
fn without_an_end() {
    let v: Vec<usize> = (100..100 + N).collect();
    same! {
        join!(cut!(v.iter()), zip, cut!(1..)) => v.iter().zip(1..);
        join!(cut!(1..), zip, cut!(v.iter())) => (1..).zip(v.iter());
        join!(cut!((1u8..)).step_by(2), zip, &v) => (1u8..).step_by(2).zip(&v);
        join!(join!(cut!(1..), zip, cut!(7i8..).enumerate().skip(2)), zip, &v) => (1..).zip((7i8..).enumerate().skip(2)).zip(&v);
        cut!(250u8..).take(6) => 250..=255u8;
        cut!((1i64..)).map(|x| x * x).take(9) => (1i64..).map(|x| x * x).take(9);
        cut!(i128::MAX - 3..).take(4) => i128::MAX - 3..=i128::MAX;
    }
    // Alone, or at the end of a chain, they have no count.
    assert_eq!(source!(cut!(1..)).count(), None);
    assert_eq!(source!(cut!((1u8..)).enumerate().step_by(3)).count(), None);
    assert_eq!(source!(join!(cut!(1u8..), zip, cut!(2..))).count(), None);
    let chained = source!(join!(cut!(0..3), chain, cut!(10u8..)));
    // SAFETY: of a source without a count any range may be asked for.
    assert!(unsafe { chained.take(0..5) }.unwrap().1.eq([0, 1, 2, 10, 11]));
}

#[test]
#[should_panic(expected = "the loop goes on past the last u8 of a range without an end")]
fn an_open_range_that_is_too_short() {
    super::items(source!(join!(cut!(250u8..), zip, 0..7)), 1);
}

#[test]
#[should_panic(expected = "the loop goes on past the last i8 of a range without an end")]
fn an_open_range_that_is_pulled_to_its_end() {
    let source = source!(cut!(120i8..));
    // SAFETY: of a source without a count any range may be asked for.
    let _ = unsafe { source.take(0..9) };
}

#[test]
fn beside_rayons_they_are_what_they_were() {
    let (v, mut w): (Vec<usize>, _) = ((100..100 + N).collect(), vec![0; N]);
    let none = 0u16;
    same! {
        join!(cut!(v.par_iter()), zip, cut!(0..N)) => v.iter().zip(0..N);
        join!(cut!(v.par_iter()), zip, cut!(&v[1..])) => v.iter().zip(&v[1..]);
        join!(cut!(v.par_iter()), zip, cut!(vec![1; N])) => v.iter().zip(vec![1; N]);
        join!(cut!(v.par_iter().copied()), zip, cut!(1..=N as u16)) => v.iter().copied().zip(1..=N as u16);
        join!(cut!(v.par_iter().copied()), zip, cut!(1..=none)) => v.iter().copied().zip(1..=none);
        join!(cut!(v.par_iter()), chain, cut!(&v)) => v.iter().chain(&v);
        join!(cut!(v.par_iter()).rev(), zip, cut!(v.par_iter()).enumerate()) => v.iter().rev().zip(v.iter().enumerate());
    }
    for (x, y) in super::items(source!(join!(cut!(v.par_iter()), zip, cut!(&mut w))), 3) {
        *y = *x;
    }
    assert_eq!(v, w);
}

#[test]
fn with_what_cannot_be_cut_they_are_std_again() {
    let v = [1, 2, 3, 4];
    let odd = || v.iter().filter(|x| *x % 2 == 1);
    assert!(join!(cut!(v.iter()), zip, odd()).eq(v.iter().zip(odd())));
    assert!(join!(cut!(v.iter()).rev(), chain, odd()).eq(v.iter().rev().chain(odd())));
    assert!(join!(cut!(odd()), zip, v.iter()).eq(odd().zip(v.iter())));
    assert!(join!(cut!(odd()).enumerate(), zip, cut!(v.iter()).rev()).eq(odd().enumerate().zip(v.iter().rev())));
}

#[test]
fn mutable_items() {
    let mut v = vec![0; N];
    let w: Vec<usize> = (0..N).collect();
    for (number, (x, y)) in super::items(source!(join!(cut!(v.iter_mut()).rev(), zip, &w)), 3).into_iter().enumerate() {
        assert_eq!(number, *y);
        *x += 10 * y;
    }
    for ((k, x), y) in super::items(source!(join!(cut!(&mut v).enumerate().skip(1).step_by(2), zip, 1..=N)), 3) {
        *x += y;
        assert_eq!(k, 2 * y - 1);
    }
    let expected: Vec<_> = (0..N).map(|k| 10 * (N - 1 - k) + if k % 2 == 1 { k / 2 + 1 } else { 0 }).collect();
    assert_eq!(v, expected);
}

#[test]
fn indices() {
    let v = [0u8; N];
    indexed(source!(cut!(v.iter()).enumerate()), |item| item.0);
    indexed(source!(cut!(v.iter()).enumerate().rev()), |item| item.0);
    indexed(source!(cut!(v.iter()).rev().enumerate()), |item| item.0);
    indexed(source!(cut!(v.iter()).enumerate().rev().skip(2).step_by(3).rev()), |item| item.0);
    indexed(source!(cut!(v.iter()).skip(2).enumerate().take(5).rev()), |item| item.0);
    indexed(source!(cut!(5..N).rev().step_by(3)), |item| *item);
    indexed(source!(cut!(5..=N).step_by(3).rev()), |item| *item);
    indexed(source!(cut!(5..=5).rev()), |item| *item);
    // Adapters of std, as a variable holds them.
    let (range, inclusive) = ((5..N).rev().step_by(3), (2..=N).step_by(2).skip(1));
    indexed(source!(range), |item| *item);
    indexed(source!(inclusive), |item| *item);
    let mut begun = v.iter().enumerate();
    begun.next();
    indexed(source!(begun.step_by(2)), |item| item.0);
    // Before 0 there are no indices, but there are iterations.
    let progression = source!(cut!(-2..3i8)).progression();
    assert_eq!([0, 1, 2, 4].map(|number| progression.index(number)), [None, None, Some(0), Some(2)]);
    assert_eq!(source!(cut!(3..3)).progression(), Progression { first: 3, step: 1 });
}

#[test]
fn an_index_that_does_not_fit_is_none() {
    for far in [
        source!(cut!(u64::MAX - 5..u64::MAX)).progression(),
        source!(cut!(1u128 << 64..(1 << 64) + 9)).progression(),
        source!(cut!(i128::MIN..i128::MIN + 9)).progression(),
    ] {
        for number in [0, 1, 2, 8] {
            assert_eq!(far.index(number), None, "{far:?}");
        }
    }
    let huge = Progression { first: isize::MIN, step: isize::MIN };
    assert_eq!(huge.at(usize::MAX), i128::MIN);
}

#[test]
#[should_panic(expected = "assertion failed: step != 0")]
fn a_step_of_zero() {
    let _ = (0..10).into_cut().step_by(0);
}

#[test]
#[should_panic(expected = "the loop has 18446744073709551616 iterations, more than usize::MAX")]
fn a_chain_that_is_too_long() {
    let _ = join!(cut!(0..usize::MAX), chain, 0..1);
}

#[test]
fn a_cut_is_an_iterator_again() {
    let cut: Cut<_> = [1, 2, 3].into_cut().rev();
    assert_eq!(cut.into_iter().filter(|x| *x != 2).collect::<Vec<_>>(), [3, 1]);
}
