//! Everything that can be iterated: each item once, with its own value, whoever runs it.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use pymp::prelude::*;
use rayon::prelude::*;

mod common;

use common::{TEAMS, assert_says, everywhere, watchdog};

/// The items of a loop in iteration order, on every schedule and team.
macro_rules! assert_items {
    ($head:expr, $expected:expr) => {
        everywhere(|schedule, team| {
            let mut seen = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, reduction(append: seen), for item in $head {
                seen.push(item);
            });
            assert_eq!(seen, $expected, "{schedule} on {team}");
        })
    };
}

/// As above, for items that come without an order or without a count.
macro_rules! assert_pulled {
    ($head:expr, $expected:expr) => {
        for (team, schedule) in TEAMS.into_iter().flat_map(|team| ["dynamic", "dynamic,3", "guided", "auto"].map(|s| (team, s))) {
            let mut seen = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, reduction(append: seen), for item in $head {
                seen.push(item);
            });
            assert_eq!(seen, $expected, "{schedule} on {team}");
        }
    };
}

macro_rules! ranges_of_every_integer {
    ($($test:ident: $int:ident,)*) => {$(
        #[test]
        fn $test() {
            watchdog(|| {
                const MIN: $int = $int::MIN;
                const MAX: $int = $int::MAX;
                for (start, end) in [(MIN, MIN + 9), (MAX - 9, MAX), (3, 40), (5, 6), (7, 7), (9, 2), (MAX, MIN)] {
                    for team in [1, 2, 3, 5] {
                        let serial: Vec<$int> = (start..end).collect();
                        let mut seen = Vec::new();
                        parallel_for!(num_threads = team, reduction(append: seen), for i in start..end { seen.push(i); });
                        assert_eq!(seen, serial, "{start}..{end} on {team}");

                        let serial: Vec<$int> = (start..=end).collect();
                        let mut seen = Vec::new();
                        parallel_for!(num_threads = team, reduction(append: seen), for i in start..=end { seen.push(i); });
                        assert_eq!(seen, serial, "{start}..={end} on {team}");

                        let serial: Vec<$int> = (start..end).rev().collect();
                        let mut seen = Vec::new();
                        parallel_for!(num_threads = team, reduction(append: seen), for i in (start..end).rev() { seen.push(i); });
                        assert_eq!(seen, serial, "({start}..{end}).rev() on {team}");

                        let serial: Vec<$int> = (start..=end).rev().collect();
                        let mut seen = Vec::new();
                        parallel_for!(num_threads = team, reduction(append: seen), for i in (start..=end).rev() { seen.push(i); });
                        assert_eq!(seen, serial, "({start}..={end}).rev() on {team}");

                        for step in [1, 2, 3, 7, 100, 1000] {
                            let serial: Vec<$int> = (start..end).step_by(step).collect();
                            let mut seen = Vec::new();
                            parallel_for!(num_threads = team, reduction(append: seen), for i in (start..end).step_by(step) {
                                seen.push(i);
                            });
                            assert_eq!(seen, serial, "({start}..{end}).step_by({step}) on {team}");

                            let serial: Vec<$int> = (start..=end).step_by(step).collect();
                            let mut seen = Vec::new();
                            parallel_for!(num_threads = team, reduction(append: seen), for i in (start..=end).step_by(step) {
                                seen.push(i);
                            });
                            assert_eq!(seen, serial, "({start}..={end}).step_by({step}) on {team}");

                            let serial: Vec<$int> = (start..end).rev().step_by(step).collect();
                            let mut seen = Vec::new();
                            parallel_for!(num_threads = team, reduction(append: seen), for i in (start..end).rev().step_by(step) {
                                seen.push(i);
                            });
                            assert_eq!(seen, serial, "({start}..{end}).rev().step_by({step}) on {team}");
                        }
                    }
                }
            });
        }
    )*};
}

ranges_of_every_integer! {
    ranges_of_i8: i8,
    ranges_of_i16: i16,
    ranges_of_i32: i32,
    ranges_of_i64: i64,
    ranges_of_i128: i128,
    ranges_of_isize: isize,
    ranges_of_u8: u8,
    ranges_of_u16: u16,
    ranges_of_u32: u32,
    ranges_of_u64: u64,
    ranges_of_u128: u128,
    ranges_of_usize: usize,
}

/// Only ranges that std knows the length of can be stepped and then turned round.
#[test]
fn stepped_ranges_turned_round() {
    macro_rules! assert_turned {
        ($($int:ident)*) => {$(
            for (start, end) in [($int::MIN, $int::MIN + 9), ($int::MAX - 9, $int::MAX), (3, 40), (7, 7), (9, 2)] {
                for step in [1, 2, 3, 7, 100] {
                    let serial: Vec<$int> = (start..end).step_by(step).rev().collect();
                    assert_items!((start..end).step_by(step).rev(), serial);
                }
            }
        )*};
    }
    watchdog(|| {
        assert_turned! { i8 i16 i32 isize u8 u16 u32 usize };
    });
}

#[test]
fn a_whole_type_is_a_range() {
    watchdog(|| {
        assert_items!(i8::MIN..=i8::MAX, (i8::MIN..=i8::MAX).collect::<Vec<_>>());
        assert_items!(u8::MIN..=u8::MAX, (u8::MIN..=u8::MAX).collect::<Vec<_>>());
        assert_items!((u8::MIN..=u8::MAX).rev().step_by(5), (u8::MIN..=u8::MAX).rev().step_by(5).collect::<Vec<_>>());
    });
}

#[test]
fn negative_ranges() {
    watchdog(|| {
        assert_items!(-7..8, (-7..8).collect::<Vec<i32>>());
        assert_items!((-7..=-3).rev(), [-3, -4, -5, -6, -7]);
        assert_items!((-10_i64..10).step_by(4), [-10, -6, -2, 2, 6]);
    });
}

#[test]
fn empty_and_reversed_ranges_run_nothing() {
    watchdog(|| {
        #[expect(clippy::reversed_empty_ranges, reason = "this is what is tested")]
        everywhere(|schedule, team| {
            let runs = AtomicUsize::new(0);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in 5..5 {
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in 5..0 {
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in 0..-3 {
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in 5..=4 {
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for _ in (5..5).rev().step_by(2) {
                    runs.fetch_add(1, Ordering::Relaxed);
                }
            );
            assert_eq!(runs.into_inner(), 0, "{schedule} on {team}");
        });
    });
}

/// The stepped ranges of prange: (start, stop, step) with the index's last value.
#[test]
fn stepped_ranges_of_prange() {
    watchdog(|| {
        assert_items!((0..8).step_by(3), [0, 3, 6]);
        assert_items!((0..9).step_by(3), [0, 3, 6]);
        assert_items!((0..10).step_by(3), [0, 3, 6, 9]);
        assert_items!((-9..=0).rev().step_by(3), [0, -3, -6, -9]);
        assert_items!((-9..=3).rev().step_by(3), [3, 0, -3, -6, -9]);
        assert_items!((-4..=5).rev().step_by(2), [5, 3, 1, -1, -3]);
        let mut sum = 0;
        parallel_for!(num_threads = 3, schedule = "dynamic", reduction(+: sum), for i in (-4..=5).rev().step_by(2) { sum += i; });
        assert_eq!(sum, 5);
    });
}

#[test]
fn a_step_of_zero_is_the_panic_of_serial_rust() {
    watchdog(|| {
        let step = std::hint::black_box(0);
        let serial = common::panic_of(|| for _ in (0..10).step_by(step) {});
        let parallel = common::panic_of(|| parallel_for!(num_threads = 2, for _ in (0..10).step_by(step) {}));
        assert_eq!(parallel, serial);
    });
}

/// Longer than any counter: right, or refused in words.
#[test]
fn ranges_whose_length_does_not_fit() {
    macro_rules! first_ten {
        ($($range:expr),*) => {$(
            for schedule in ["static", "dynamic,64", "guided"] {
                let run = || {
                    let mut seen = Vec::new();
                    parallel_for!(num_threads = 2, schedule = schedule, reduction(append: seen), for i in $range {
                        if i >= 10 {
                            break;
                        }
                        seen.push(i);
                    });
                    seen
                };
                match std::panic::catch_unwind(run) {
                    Ok(seen) => assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "{schedule}"),
                    Err(payload) => assert_says(&common::text_of(payload.as_ref()), &["iterations"]),
                }
            }
        )*};
    }
    watchdog(|| {
        first_ten!(0..u64::MAX, 0..=u64::MAX, 0..usize::MAX, 0..=usize::MAX, 0..u128::MAX, 0..=u128::MAX, 0..i128::MAX);
    });
}

#[test]
fn the_type_of_a_literal_range_follows_from_the_body() {
    fn takes_a_byte(byte: u8) -> u8 {
        byte
    }
    watchdog(|| {
        let mut y = [0; 10];
        parallel_for!(
            num_threads = 3,
            for i in 0..10 {
                y[i] = i * i;
            }
        );
        assert_eq!(y, [0, 1, 4, 9, 16, 25, 36, 49, 64, 81]);

        let mut floats = [0.0; 10];
        parallel_for!(
            num_threads = 3,
            for i in 0..10 {
                floats[i] = i as f64;
            }
        );
        assert_eq!(floats[9], 9.0);

        let mut text = String::new();
        parallel_for!(num_threads = 3, reduction(append: text), for i in 0..10 { text.push_str(&format!("{i} ")); });
        assert_eq!(text, "0 1 2 3 4 5 6 7 8 9 ");

        let mut sum: u64 = 0;
        parallel_for!(num_threads = 3, reduction(+: sum), for i in 0..10 { sum += i; });
        assert_eq!(sum, 45);

        let mut bytes = Vec::new();
        parallel_for!(num_threads = 3, reduction(append: bytes), for i in 0..4 { bytes.push(takes_a_byte(i)); });
        assert_eq!(bytes, [0_u8, 1, 2, 3]);

        // Nothing says what `i` is: an `i32`, as in every Rust.
        let bits = AtomicUsize::new(0);
        parallel_for!(
            num_threads = 3,
            for i in 0..10 {
                println!("{i}");
                bits.fetch_max(8 * size_of_val(&i), Ordering::Relaxed);
            }
        );
        assert_eq!(bits.into_inner(), 32);
    });
}

#[test]
fn ranges_held_in_variables() {
    watchdog(|| {
        let range = 3..9;
        assert_items!(range.clone(), [3, 4, 5, 6, 7, 8]);
        let bounds = (2, 5);
        assert_items!(bounds.0..=bounds.1, [2, 3, 4, 5]);
        assert_items!(
            {
                let n = 3;
                0..n
            },
            [0, 1, 2]
        );
    });
}

#[test]
fn slices_and_vectors_by_reference() {
    watchdog(|| {
        let v: Vec<u32> = (0..41).collect();
        let refs: Vec<&u32> = v.iter().collect();
        let slice = &v[..];
        assert_items!(&v, refs);
        assert_items!(slice, refs);
        assert_items!(v.iter(), refs);
        assert_items!(&v[3..20], refs[3..20]);
        assert_items!(v.iter().copied(), v);
        assert_items!(v.iter().cloned(), v);
        assert_items!(v.iter().map(|x| x * 2), (0..41).map(|x| x * 2).collect::<Vec<_>>());
        assert_items!(&[1, 2, 3], [&1, &2, &3]);
    });
}

#[test]
fn slices_and_vectors_by_mutable_reference() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut v: Vec<usize> = (0..41).collect();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for x in &mut v {
                    *x += 1;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for x in v.iter_mut() {
                    *x *= 2;
                }
            );
            let slice = &mut v[..];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for x in slice {
                    *x += 1;
                }
            );
            let mut array = [1, 2, 3];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for x in &mut array {
                    *x = -*x;
                }
            );
            assert_eq!(v, (0..41).map(|x| (x + 1) * 2 + 1).collect::<Vec<_>>(), "{schedule} on {team}");
            assert_eq!(array, [-1, -2, -3], "{schedule} on {team}");
        });
    });
}

#[test]
fn chunks_and_windows() {
    watchdog(|| {
        let v: Vec<u32> = (0..41).collect();
        for size in [1, 2, 3, 40, 41, 50] {
            assert_items!(v.chunks(size), v.chunks(size).collect::<Vec<_>>());
            assert_items!(v.chunks_exact(size), v.chunks_exact(size).collect::<Vec<_>>());
            assert_items!(v.windows(size), v.windows(size).collect::<Vec<_>>());
        }
        assert_items!(v.chunks(4).enumerate(), v.chunks(4).enumerate().collect::<Vec<_>>());
        assert_items!(v.windows(2).rev(), v.windows(2).rev().collect::<Vec<_>>());
    });
}

/// The head reaches the macro in parentheses, or as one operand of the user's own macro.
#[test]
fn mutable_chunks_in_wrapping() {
    macro_rules! ones {
        ($chunks:expr) => {
            parallel_for!(
                num_threads = 3,
                for part in $chunks {
                    part[0] += 1;
                }
            )
        };
    }
    watchdog(|| {
        let mut v = vec![0; 7];
        ones!(v.chunks_mut(3));
        ones!(v.chunks_mut(3).rev());
        #[allow(unused_parens, reason = "what is tested")]
        {
            parallel_for!(
                num_threads = 3,
                for part in (v.chunks_exact_mut(3)) {
                    part[1] = 5;
                }
            );
            parallel_for!(
                num_threads = 3,
                for (part, k) in (v.chunks_mut(3).zip(1..4)) {
                    part[0] += k;
                }
            );
        }
        assert_eq!(v, [3, 5, 0, 4, 5, 0, 5]);
    });
}

#[test]
fn mutable_chunks() {
    watchdog(|| {
        for size in [1, 2, 3, 40, 41, 50] {
            everywhere(|schedule, team| {
                let (mut v, mut serial) = (vec![0; 41], vec![0; 41]);
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for (k, part) in v.chunks_mut(size).enumerate() {
                        part.fill(k + 1);
                    }
                );
                serial.chunks_mut(size).enumerate().for_each(|(k, part)| part.fill(k + 1));
                assert_eq!(v, serial, "chunks_mut({size}), {schedule} on {team}");

                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for part in v.chunks_exact_mut(size) {
                        part[size - 1] += 100;
                    }
                );
                serial.chunks_exact_mut(size).for_each(|part| part[size - 1] += 100);
                assert_eq!(v, serial, "chunks_exact_mut({size}), {schedule} on {team}");
            });
        }
    });
}

#[test]
fn enumerate_zip_rev_take_and_skip() {
    watchdog(|| {
        let v: Vec<u32> = (0..41).collect();
        let w: Vec<u32> = (100..130).collect();
        assert_items!(v.iter().enumerate(), v.iter().enumerate().collect::<Vec<_>>());
        assert_items!(v.iter().zip(&w), v.iter().zip(&w).collect::<Vec<_>>());
        assert_items!(v.iter().zip(w.iter()).enumerate(), v.iter().zip(w.iter()).enumerate().collect::<Vec<_>>());
        assert_items!(v.iter().rev(), v.iter().rev().collect::<Vec<_>>());
        assert_items!(v.iter().enumerate().rev(), v.iter().enumerate().rev().collect::<Vec<_>>());
        assert_items!(v.iter().rev().enumerate(), v.iter().rev().enumerate().collect::<Vec<_>>());
        for n in [0, 1, 5, 40, 41, 42, 100] {
            assert_items!(v.iter().take(n), v.iter().take(n).collect::<Vec<_>>());
            assert_items!(v.iter().skip(n), v.iter().skip(n).collect::<Vec<_>>());
        }
        assert_items!(v.iter().skip(3).take(7).enumerate(), v.iter().skip(3).take(7).enumerate().collect::<Vec<_>>());
        assert_items!(v.iter().enumerate().skip(3).step_by(4), v.iter().enumerate().skip(3).step_by(4).collect::<Vec<_>>());
        assert_items!((0..10).zip(5..12), (0..10).zip(5..12).collect::<Vec<_>>());
        assert_items!((v.iter().zip(&w)).rev(), v[..30].iter().zip(&w).rev().collect::<Vec<_>>());
        assert_items!((0..10).chain(20..23), (0..10).chain(20..23).collect::<Vec<_>>());
    });
}

#[test]
fn mutable_items_beside_others() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let b: Vec<usize> = (0..41).collect();
            let mut a = vec![1; 41];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (a, b) in a.iter_mut().zip(&b) {
                    *a += b;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (i, (a, b)) in a.iter_mut().zip(b.iter()).enumerate() {
                    *a += i * b;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (i, a) in a.iter_mut().enumerate().rev() {
                    *a += i;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for a in a.iter_mut().skip(40) {
                    *a = 0;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for a in a.iter_mut().take(1) {
                    *a = 7;
                }
            );
            let mut expected: Vec<usize> = (0..41).map(|i| 1 + i + i * i + i).collect();
            (expected[0], expected[40]) = (7, 0);
            assert_eq!(a, expected, "{schedule} on {team}");
        });
    });
}

/// Counts its drops.
struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn an_owned_vector_gives_its_items_away() {
    watchdog(|| {
        let names = || (0..30).map(|i| i.to_string()).collect::<Vec<_>>();
        assert_items!(names(), names());
        assert_items!([String::from("a"), String::from("b")], ["a", "b"]);
    });
}

#[test]
fn owned_items_are_dropped_once_whatever_happens() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let drops = Arc::new(AtomicUsize::new(0));
            let items = || (0..30).map(|_| Counted(Arc::clone(&drops))).collect::<Vec<_>>();

            let whole = items();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for item in whole {
                    drop(item);
                }
            );
            assert_eq!(drops.swap(0, Ordering::Relaxed), 30, "{schedule} on {team}");

            let left = items();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (i, _item) in left.into_iter().enumerate() {
                    if i == 5 {
                        break;
                    }
                }
            );
            assert_eq!(drops.swap(0, Ordering::Relaxed), 30, "left by break, {schedule} on {team}");

            let broken = items();
            common::panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for (i, _item) in broken.into_iter().enumerate() {
                        assert_ne!(i, 5);
                    }
                );
            });
            assert_eq!(drops.swap(0, Ordering::Relaxed), 30, "left by a panic, {schedule} on {team}");
        });
    });
}

#[test]
fn indexed_parallel_iterators_of_rayon() {
    watchdog(|| {
        let v: Vec<u32> = (0..41).collect();
        assert_items!(v.par_iter().map(|x| x + 1), (1..42).collect::<Vec<_>>());
        assert_items!(v.par_iter().enumerate().rev(), v.iter().enumerate().rev().collect::<Vec<_>>());
        assert_items!((0..41_u32).into_par_iter(), v);
        assert_items!(v.clone().into_par_iter(), v);
        everywhere(|schedule, team| {
            let mut w = v.clone();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for x in w.par_iter_mut() {
                    *x += 1;
                }
            );
            assert_eq!(w, (1..42).collect::<Vec<_>>(), "{schedule} on {team}");
        });
        // Beside one of rayon's, what rayon takes there.
        assert_items!(v.par_iter().zip(5..46), v.iter().zip(5..46).collect::<Vec<_>>());
        assert_items!(v.par_iter().zip(&v), v.iter().zip(&v).collect::<Vec<_>>());
        assert_items!(v.par_iter().chain(&v[3..]).rev(), v.iter().chain(&v[3..]).rev().collect::<Vec<_>>());
    });
}

#[test]
fn ranges_without_an_end() {
    watchdog(|| {
        let v: Vec<u32> = (0..41).collect();
        assert_items!(v.iter().zip(1..), v.iter().zip(1..).collect::<Vec<_>>());
        assert_items!((1..).zip(&v), (1..).zip(&v).collect::<Vec<_>>());
        assert_items!((1u8..).step_by(3).zip(v.iter().rev()), (1u8..).step_by(3).zip(v.iter().rev()).collect::<Vec<_>>());
        assert_items!((5u64..).take(30), (5..35).collect::<Vec<_>>());
        everywhere(|schedule, team| {
            let mut y = vec![0; 41];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (y, n) in y.iter_mut().zip(100..) {
                    *y = n;
                }
            );
            assert_eq!(y, (100..141).collect::<Vec<_>>(), "{schedule} on {team}");
        });
        // Alone they end with a `break`.
        let mut first = 0;
        parallel_for!(num_threads = 3, reduction(max: first), for n in 2_u64.. {
            if n * n > 1000 {
                break;
            }
            first = first.max(n);
        });
        assert_eq!(first, 31);
    });
}

#[test]
#[should_panic(expected = "the loop goes on past the last u8 of a range without an end")]
fn a_range_without_an_end_whose_type_ends() {
    watchdog(|| {
        parallel_for!(
            num_threads = 2,
            for (a, b) in (200_u8..).zip(0..100) {
                assert!(usize::from(a) > b);
            }
        );
    });
}

#[test]
fn iterators_without_a_count_are_pulled_in_order() {
    watchdog(|| {
        let text = (0..50).map(|i| format!("line {i}\n")).collect::<String>();
        assert_pulled!(text.lines(), text.lines().collect::<Vec<_>>());
        assert_pulled!(text.split_whitespace(), text.split_whitespace().collect::<Vec<_>>());
        assert_pulled!(text.chars(), text.chars().collect::<Vec<_>>());
        assert_pulled!(text.lines().enumerate(), text.lines().enumerate().collect::<Vec<_>>());
        assert_pulled!((0..90).filter(|x| x % 3 == 0), (0..90).step_by(3).collect::<Vec<i32>>());
        assert_pulled!(std::iter::successors(Some(1_u32), |x| x.checked_mul(2)), (0..32).map(|i| 1 << i).collect::<Vec<u32>>());
        let tree: BTreeMap<_, _> = (0..30).map(|i| (i, i * i)).collect();
        assert_pulled!(&tree, tree.iter().collect::<Vec<_>>());
        let boxed = || Box::new(0..17_u8) as Box<dyn Iterator<Item = u8> + Send>;
        assert_pulled!(boxed(), (0..17).collect::<Vec<u8>>());
        assert_pulled!(std::iter::empty::<u8>(), Vec::<u8>::new());
    });
}

#[test]
fn a_pulled_iterator_needs_no_schedule_clause() {
    watchdog(|| {
        let mut lengths = Vec::new();
        parallel_for!(num_threads = 3, reduction(append: lengths), for line in "a\nbb\n\nccc".lines() { lengths.push(line.len()); });
        assert_eq!(lengths, [1, 2, 0, 3]);
    });
}

#[test]
fn maps_and_sets() {
    watchdog(|| {
        let squares: HashMap<u64, u64> = (0..100).map(|i| (i, i * i)).collect();
        let odd: HashSet<u64> = (0..100).filter(|i| i % 2 == 1).collect();
        for team in TEAMS {
            let (mut keys, mut values, mut odds, mut both) = (0, 0, 0, 0);
            parallel_for!(num_threads = team, reduction(+: keys, values), for (key, value) in squares.iter() {
                keys += key;
                values += value;
            });
            parallel_for!(num_threads = team, reduction(+: odds), for i in &odd { odds += i; });
            parallel_for!(num_threads = team, reduction(+: both), for (k, v) in squares.clone() { both += k + v; });
            assert_eq!((keys, values, odds, both), (4950, 328_350, 2500, 333_300), "{team}");

            let mut doubled = squares.clone();
            parallel_for!(
                num_threads = team,
                for value in doubled.values_mut() {
                    *value *= 2;
                }
            );
            assert!(doubled.iter().all(|(k, v)| *v == 2 * k * k), "{team}");
        }
    });
}

#[test]
fn a_receiver_is_pulled_until_its_senders_are_gone() {
    watchdog(|| {
        for team in TEAMS {
            let (sender, receiver) = mpsc::channel();
            let feeder = std::thread::spawn(move || (0..100_u64).for_each(|i| sender.send(i).expect("the loop listens")));
            let mut sum = 0;
            parallel_for!(num_threads = team, reduction(+: sum), for i in receiver { sum += i; });
            feeder.join().expect("the feeder has no reason to panic");
            assert_eq!(sum, 4950, "{team}");
        }
    });
}

fn total(numbers: impl Iterator<Item = u64> + Send, team: usize) -> u64 {
    let mut sum = 0;
    parallel_for!(num_threads = team, schedule = "dynamic,4", reduction(+: sum), for x in numbers { sum += x; });
    sum
}

#[parallel]
fn total_of<I>(numbers: I) -> u64
where
    I: IntoIterator<Item = u64>,
    I::IntoIter: Send,
{
    let mut sum = 0;
    #[parallel(num_threads = 3, reduction(+: sum))]
    for x in numbers.into_iter() {
        sum += x;
    }
    sum
}

#[test]
fn generic_iterators() {
    watchdog(|| {
        for team in TEAMS {
            assert_eq!(total(0..100, team), 4950);
            assert_eq!(total([1, 2, 3].into_iter().chain(std::iter::once(4)), team), 10);
            assert_eq!(total(std::iter::empty(), team), 0);
        }
        assert_eq!(total_of(0..100), 4950);
        assert_eq!(total_of(vec![1, 2, 3]), 6);
    });
}

#[test]
fn an_iterator_that_panics_ends_the_loop_with_its_own_words() {
    watchdog(|| {
        for team in TEAMS {
            let source = || (0..100).map(|i| if i == 20 { panic!("no number {i}") } else { i }).filter(|_| true);
            let sum = AtomicUsize::new(0);
            let text = common::panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    for i in source() {
                        sum.fetch_add(i, Ordering::Relaxed);
                    }
                );
            });
            assert_eq!(text, "no number 20", "{team}");
            assert!(sum.into_inner() <= 190, "nothing comes after the item that failed");
        }
    });
}

#[test]
fn the_head_is_evaluated_once() {
    watchdog(|| {
        let calls = AtomicUsize::new(0);
        let numbers = || {
            calls.fetch_add(1, Ordering::Relaxed);
            0..20
        };
        let mut sum = 0;
        parallel_for!(num_threads = 4, reduction(+: sum), for i in numbers() { sum += i; });
        assert_eq!((sum, calls.into_inner()), (190, 1));
    });
}

/// Changing what the head was made of, inside the body, changes no trip count.
#[test]
fn the_trip_count_is_fixed_before_the_loop() {
    watchdog(|| {
        let (n, mut sum, mut trips) = (20, 0, 0);
        parallel_for!(num_threads = 3, firstprivate(n), reduction(+: sum, trips), for i in 0..n {
            n = 3;
            sum += n;
            trips += 1;
            let _ = i;
        });
        assert_eq!((n, sum, trips), (20, 60, 20));
    });
}

#[test]
fn what_programs_run_over_every_day() {
    watchdog(|| {
        let (mut v, mut w) = (vec![1, 2, 3], vec![4, 5, 6]);
        parallel_for!(
            num_threads = 2,
            for (a, b) in v.iter_mut().zip(w.iter_mut()) {
                std::mem::swap(a, b);
            }
        );
        assert_eq!((&v[..], &w[..]), (&[4, 5, 6][..], &[1, 2, 3][..]));
        parallel_for!(
            num_threads = 2,
            for (a, b) in v.iter_mut().zip(&mut w) {
                std::mem::swap(a, b);
            }
        );
        assert_eq!((&v[..], &w[..]), (&[1, 2, 3][..], &[4, 5, 6][..]));

        let slice = &mut v[..];
        parallel_for!(
            num_threads = 2,
            for a in &mut *slice {
                *a += 1;
            }
        );
        parallel_for!(
            num_threads = 2,
            for a in slice.iter_mut().rev() {
                *a *= 2;
            }
        );
        assert_eq!(v, [4, 6, 8]);

        let mut grid = vec![vec![0; 4]; 3];
        parallel_for!(
            num_threads = 2,
            for (i, row) in grid.iter_mut().enumerate() {
                for (j, cell) in row.iter_mut().enumerate() {
                    *cell = i * j;
                }
            }
        );
        assert_eq!(grid[2], [0, 2, 4, 6]);

        let mut queue = std::collections::VecDeque::from(vec![1, 2, 3]);
        parallel_for!(
            num_threads = 2,
            for x in queue.iter_mut() {
                *x += 1;
            }
        );
        assert_eq!(queue, [2, 3, 4]);

        let (mut letters, mut total) = (0, 0_u64);
        parallel_for!(num_threads = 2, reduction(+: letters), for line in std::io::BufRead::lines(&b"a\nbc\n"[..]) {
            letters += line.expect("text").len();
        });
        parallel_for!(num_threads = 2, reduction(+: total), for x in (0..10).filter(|x| x % 2 == 0).map(|x| x * x) { total += x; });
        assert_eq!((letters, total), (3, 120));

        let shared = Arc::new(vec![1.0, 2.0]);
        let mut sum = 0.0;
        parallel_for!(num_threads = 2, reduction(+: sum), for i in 0..shared.len() { sum += shared[i]; });
        assert_eq!(sum, 3.0);

        let lock = std::sync::Mutex::new(vec![0; 4]);
        let mut guard = lock.lock().expect("no panics");
        let inner: &mut Vec<_> = &mut guard;
        parallel_for!(
            num_threads = 2,
            for i in 0..4 {
                inner[i] += i;
            }
        );
        assert_eq!(*guard, [0, 1, 2, 3]);
    });
}

/// What an iteration keeps of an array that it only reads lives as long as the array.
#[test]
fn references_to_elements_go_on() {
    fn texts<'a>(names: &'a [String], at: &[usize], out: &mut [Option<&'a str>]) -> Vec<&'a str> {
        let mut list = Vec::new();
        parallel_for!(num_threads = 2, reduction(append: list), for i in 0..out.len() {
            out[i] = Some(&names[i][..]);
            let name = &names[at[i]];
            list.push(name);
        });
        parallel_for!(
            num_threads = 2,
            for (i, o) in out.iter_mut().enumerate() {
                if i > 3 {
                    *o = if names[i].is_empty() { None } else { Some(names[at[i]].as_str()) };
                }
            }
        );
        list.into_iter().map(String::as_str).collect()
    }
    watchdog(|| {
        let names: Vec<String> = (0..8).map(|i| i.to_string()).collect();
        let mut out = vec![None; 8];
        let list = texts(&names, &[7, 6, 5, 4, 3, 2, 1, 0], &mut out);
        assert_eq!(list, ["7", "6", "5", "4", "3", "2", "1", "0"]);
        assert_eq!(out.into_iter().flatten().collect::<String>(), "01233210");
        let mut first = [""; 8];
        parallel_for!(
            num_threads = 2,
            for i in 0..8 {
                first[i] = &names[i];
            }
        );
        assert_eq!(first.concat(), "01234567");
    });
}
