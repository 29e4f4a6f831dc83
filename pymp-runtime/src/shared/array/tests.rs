use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::*;
use crate::testing::watchdog;

/// Fewer steps under Miri.
const N: usize = if cfg!(miri) { 40 } else { 10_000 };

fn message<R>(call: impl FnOnce() -> R) -> String {
    let Err(payload) = catch_unwind(AssertUnwindSafe(call)) else { panic!("no panic") };
    payload.downcast_ref::<&str>().map(ToString::to_string).or_else(|| payload.downcast_ref::<String>().cloned()).unwrap()
}

#[test]
fn every_number_type() {
    macro_rules! numbers {
        ($($number:ty)*) => {$(
            let mut a = array::<$number>([2, 3]);
            assert_eq!(a.to_vec(), [<$number>::default(); 6]);
            a.fetch_add([1, 2], 5 as $number);
            a.fetch_sub([1, 2], 2 as $number);
            assert_eq!(a.swap([1, 2], 7 as $number), 3 as $number);
            assert_eq!(a.compare_exchange([1, 2], 1 as $number, 2 as $number), Err(7 as $number));
            assert_eq!(a.fetch_min([1, 2], 4 as $number), 7 as $number);
            assert_eq!(a.fetch_max([1, 2], 3 as $number), 4 as $number);
            assert_eq!(a.update([1, 2], |x| x + x), 4 as $number);
            a.as_mut_slice()[0] = 1 as $number;
            assert_eq!(a.into_vec(), [1 as $number, 0 as $number, 0 as $number, 0 as $number, 0 as $number, 8 as $number]);
        )*};
    }
    numbers!(u8 i8 u16 i16 u32 i32 u64 i64 usize isize f32 f64);

    let mut flags = array::<bool>(3);
    flags.fetch_or(0, true);
    flags.fetch_xor(1, true);
    flags.fetch_and(1, false);
    assert_eq!(flags.as_mut_slice(), [true, false, false]);
    assert_eq!(flags.into_vec(), [true, false, false]);
}

#[test]
fn shapes() {
    assert_eq!(array::<u8>([0]).len(), 0);
    assert_eq!(array::<u8>([usize::MAX, 0, 2]).len(), 0);
    assert_eq!(array::<u8>(&[2, 3][..]).shape(), [2, 3]);
    let number = array::<f64>([]);
    number.set([], 1.5);
    assert_eq!((number.len(), number.get([])), (1, 1.5));
    assert!(message(|| array::<u8>([usize::MAX, 2])).ends_with("x 2 elements does not fit into memory"));
    assert!(Array::<i32>::default().is_empty());
    assert_eq!((0..3).collect::<Array<i32>>().shape(), [3]);
}

#[test]
fn reshape_keeps_the_number_of_elements() {
    let a = Array::from((0..9).collect::<Vec<i32>>()).reshape([3, 3]).unwrap();
    let deep = a.clone().reshape([1, 3, 3]).unwrap();
    assert_eq!((deep.shape(), deep.get([0, 2, 1])), (&[1, 3, 3][..], 7));
    let error = a.clone().reshape([4, 4]).unwrap_err();
    assert_eq!(error.to_string(), "an array of 3 x 3 elements cannot become one of 4 x 4");
    assert!(a.clone().reshape([usize::MAX, usize::MAX]).is_err());
    assert!(a.clone().reshape([]).is_err());
    assert_eq!(array::<u8>(1).reshape([]).unwrap().len(), 1);
}

#[test]
fn indices_out_of_bounds_panic_as_in_a_slice() {
    let (line, grid) = (array::<i32>(5), array::<i32>([4, 5]));
    assert_eq!(message(|| line.get(5)), "index out of bounds: the len is 5 but the index is 5");
    assert_eq!(message(|| grid.get([3, 5])), "index out of bounds: the len of dimension 1 is 5 but the index is 5");
    assert_eq!(message(|| grid.set([4, 0], 1)), "index out of bounds: the len of dimension 0 is 4 but the index is 4");
    assert_eq!(message(|| grid.get(3)), "an index of 1 number into an array of 2 dimensions");
    assert_eq!(message(|| line.get([0, 3])), "an index of 2 numbers into an array of 1 dimension");
    assert_eq!(grid.iter().len(), 20);
}

#[test]
fn a_slice_only_when_alone() {
    let mut a = array::<u64>(100);
    let b = a.clone();
    b.set(3, 4);
    assert!(message(|| a.as_mut_slice().len()).contains("that has clones"));
    assert_eq!(a.clone().into_vec()[3], 4);
    // What another thread wrote before it let go is there.
    thread::scope(|scope| {
        scope.spawn(move || b.set(4, 5));
    });
    assert_eq!(a.as_mut_slice()[3..5], [4, 5]);
    a.fill(1);
    assert_eq!(a.into_vec(), [1; 100]);
}

#[test]
fn into_vec_moves() {
    let numbers = vec![1.0; 1000];
    let place = numbers.as_ptr();
    let numbers = Array::from(numbers).into_vec();
    assert_eq!(numbers.as_ptr(), place);
}

#[test]
fn prints_as_nested_lists() {
    let a = Array::from(vec![1, 2, 3, 4]);
    assert_eq!(format!("{a:?}"), "[1, 2, 3, 4]");
    assert_eq!(format!("{:?}", a.clone().reshape([2, 2]).unwrap()), "[[1, 2], [3, 4]]");
    assert_eq!(format!("{:?}", array::<bool>([1, 2, 0])), "[[[], []]]");
    assert_eq!(format!("{:?}", array::<i8>([])), "0");
}

#[test]
fn eight_threads_lose_nothing() {
    watchdog(|| {
        let (counts, sums, bits) = (array::<u64>(7), array::<f64>([2, 2]), array::<u8>(1));
        let (least, greatest) = (Array::from(vec![usize::MAX]), array::<usize>(1));
        thread::scope(|scope| {
            for thread in 0..8_usize {
                let (counts, sums, bits) = (counts.clone(), sums.clone(), bits.clone());
                let (least, greatest) = (&least, &greatest);
                scope.spawn(move || {
                    for i in 0..N {
                        counts.fetch_add(i % 7, 1);
                        sums.fetch_add([thread % 2, 1], 0.5);
                        bits.fetch_or(0, 1 << thread);
                        least.fetch_min(0, 10 + thread * N + i);
                        greatest.fetch_max(0, thread * N + i);
                    }
                });
            }
        });
        assert_eq!(counts.iter().sum::<u64>(), 8 * N as u64);
        assert_eq!(sums.into_vec(), [0.0, 2.0 * N as f64, 0.0, 2.0 * N as f64]);
        assert_eq!((bits.get(0), least.get(0), greatest.get(0)), (255, 10, 8 * N - 1));
    });
}

#[test]
fn a_number_publishes_what_was_done_before() {
    watchdog(|| {
        let (flag, data) = (array::<bool>(1), array::<usize>(1));
        thread::scope(|scope| {
            scope.spawn(|| {
                data.set(0, 42);
                flag.set(0, true);
            });
            while !flag.get(0) {
                thread::yield_now();
            }
            assert_eq!(data.get(0), 42);
        });
    });
}

#[test]
#[cfg(debug_assertions)]
fn an_update_that_overflows_panics_in_a_debug_build() {
    assert_eq!(message(|| Array::from(vec![255_u8]).fetch_add(0, 1)), "attempt to add with overflow");
    assert_eq!(message(|| array::<u8>(1).fetch_sub(0, 1)), "attempt to subtract with overflow");
}
