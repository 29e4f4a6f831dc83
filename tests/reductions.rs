//! Reductions: every operator on every type, own operators, and results that are the same bit for bit.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::num::Wrapping;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pymp::prelude::*;

mod common;

use common::{Random, everywhere, watchdog};

const N: usize = 200;

/// The ten operators on one kind of integer, against the same lines run serially.
macro_rules! integers {
    ($($int:ident)*) => {$(
        #[test]
        fn $int() {
            watchdog(|| {
                let mut random = Random::new(17);
                let xs: Vec<$int> = (0..N).map(|_| random.next() as $int).collect();
                // Sums and products of these fit every type.
                let small: Vec<$int> = xs.iter().map(|x| x & 1).collect();
                everywhere(|schedule, team| {
                    let run = |parallel: bool| {
                        let (mut plus, mut minus, mut times): ($int, $int, $int) = (3, 120, 1);
                        let (mut and, mut or, mut xor): ($int, $int, $int) = ($int::MAX, 1, 5);
                        let (mut least, mut most): ($int, $int) = (50, 50);
                        parallel_for!(
                            if = parallel, num_threads = team, schedule = schedule,
                            reduction(+: plus), reduction(-: minus), reduction(*: times), reduction(&: and), reduction(|: or),
                            reduction(^: xor), reduction(min: least), reduction(max: most),
                            for i in 0..N {
                                let x = xs[i];
                                if i < 100 {
                                    plus += small[i];
                                    minus -= small[i];
                                }
                                if i % 40 == 0 {
                                    times *= 1 + small[i];
                                }
                                and &= x | 0x55;
                                or |= x & 0x2A;
                                xor ^= x;
                                least = least.min(x);
                                if x > most {
                                    most = x;
                                }
                            }
                        );
                        (plus, minus, times, and, or, xor, least, most)
                    };
                    let (mut plus, mut minus, mut times, mut and): ($int, $int, $int, $int) = (3, 120, 1, $int::MAX);
                    let (mut or, mut xor, mut least, mut most): ($int, $int, $int, $int) = (1, 5, 50, 50);
                    for i in 0..N {
                        let x = xs[i];
                        if i < 100 {
                            plus += small[i];
                            minus -= small[i];
                        }
                        if i % 40 == 0 {
                            times *= 1 + small[i];
                        }
                        and &= x | 0x55;
                        or |= x & 0x2A;
                        xor ^= x;
                        least = least.min(x);
                        most = most.max(x);
                    }
                    let serial = (plus, minus, times, and, or, xor, least, most);
                    assert_eq!(run(true), serial, "{schedule} on {team}");
                    assert_eq!(run(false), serial, "{schedule} alone");
                });
            });
        }
    )*};
}

integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

macro_rules! floats {
    ($($float:ident)*) => {$(
        #[test]
        fn $float() {
            watchdog(|| {
                everywhere(|schedule, team| {
                    // Numbers whose sums and products are exact in any order.
                    let (mut plus, mut minus, mut times): ($float, $float, $float) = (1.0, 1.0, 3.0);
                    let (mut least, mut most): ($float, $float) = (0.25, 0.25);
                    parallel_for!(
                        num_threads = team, schedule = schedule, reduction(+: plus), reduction(-: minus), reduction(*: times),
                        reduction(min: least), reduction(max: most),
                        for i in 0..N {
                            let x = i as $float * 0.5 - 20.0;
                            plus += x;
                            minus -= x;
                            times *= if i % 2 == 0 { 2.0 } else { 0.5 };
                            least = least.min(x);
                            most = most.max(x);
                        }
                    );
                    assert_eq!((plus, minus, times), (5951.0, -5949.0, 3.0), "{schedule} on {team}");
                    assert_eq!((least, most), (-20.0, 79.5), "{schedule} on {team}");
                });
            });
        }
    )*};
}

floats! { f32 f64 }

#[test]
fn booleans() {
    watchdog(|| {
        everywhere(|schedule, team| {
            for odd in [None, Some(0), Some(77), Some(N - 1)] {
                let (mut all, mut any, mut and, mut or, mut xor) = (true, false, true, false, true);
                parallel_for!(
                    num_threads = team, schedule = schedule, reduction(&&: all), reduction(||: any), reduction(&: and),
                    reduction(|: or), reduction(^: xor),
                    for i in 0..N {
                        let found = Some(i) == odd;
                        all = all && !found;
                        any = any || found;
                        and &= !found;
                        or |= found;
                        xor ^= found;
                    }
                );
                let found = odd.is_some();
                assert_eq!((all, any, and, or, xor), (!found, found, !found, found, !found), "{odd:?}, {schedule} on {team}");
            }
            let (mut all, mut any) = (false, true);
            parallel_for!(num_threads = team, schedule = schedule, reduction(&&: all), reduction(||: any), for _ in 0..N {
                all &= true;
                any |= false;
            });
            assert!(!all && any, "what was there before counts");
        });
    });
}

/// The probe of prange: one result for every team.
#[test]
fn the_probe_of_prange() {
    watchdog(|| {
        for team in [1, 2, 4] {
            let (mut add, mut sub, mut mul, mut and, mut or, mut xor) = (100, 100, 64_i64, 14, 14, 15);
            parallel_for!(
                num_threads = team, reduction(+: add), reduction(-: sub), reduction(*: mul), reduction(&: and), reduction(|: or),
                reduction(^: xor),
                for i in 0..10 {
                    add += i;
                    sub -= i;
                    mul *= 1;
                    and &= 14;
                    or |= i % 2;
                    xor ^= 15 * (i % 2);
                }
            );
            assert_eq!((add, sub, mul, and, or, xor), (145, 55, 64, 14, 15, 0), "{team}");
        }
    });
}

#[test]
fn sums_of_prange() {
    watchdog(|| {
        for schedule in ["static", "dynamic", "guided"] {
            let (mut up, mut down, mut all) = (0, 0, 0);
            parallel_for!(schedule = schedule, reduction(+: up), for i in (0..9).step_by(3) { up += i; });
            parallel_for!(schedule = schedule, reduction(+: down), for i in (0..9).rev().step_by(3) { down += i - 2; });
            parallel_for!(schedule = schedule, reduction(+: all), for i in 0..10 { all += i; });
            assert_eq!((up, down, all), (9, 9, 45), "{schedule}");
        }
    });
}

#[test]
fn durations() {
    watchdog(|| {
        let (mut sum, mut most) = (Duration::from_secs(1), Duration::ZERO);
        parallel_for!(num_threads = 3, reduction(+: sum), reduction(max: most), for i in 0..10 {
            sum += Duration::from_millis(i);
            most = most.max(Duration::from_millis(i));
        });
        assert_eq!((sum, most), (Duration::from_millis(1045), Duration::from_millis(9)));
    });
}

#[test]
fn numbers_that_wrap() {
    watchdog(|| {
        let (mut sum, mut product, mut bits) = (Wrapping(7_u8), Wrapping(3_i64), Wrapping(1_u16));
        parallel_for!(num_threads = 3, reduction(+: sum), reduction(*: product), reduction(^: bits), for i in 0..=255_u8 {
            sum += Wrapping(i);
            product *= Wrapping(i64::from(i) + 1_000_000_007);
            bits ^= Wrapping(u16::from(i) << 3);
        });
        let serial = (0..=255).fold(Wrapping(3_i64), |product, i: i64| product * Wrapping(i + 1_000_000_007));
        assert_eq!((sum, product, bits), (Wrapping(135), serial, Wrapping(1)));
    });
}

#[test]
fn one_clause_may_name_several_variables_and_be_repeated() {
    watchdog(|| {
        let (mut a, mut b, mut c, mut d) = (0, 0, 1_u64, i32::MAX);
        parallel_for!(num_threads = 3, reduction(+: a, b), reduction(*: c), reduction(min: d), for i in 1..=10 {
            a += i;
            b += i * i;
            c *= i as u64;
            d = d.min(i);
        });
        assert_eq!((a, b, c, d), (55, 385, 3_628_800, 1));
    });
}

#[test]
fn arrays_and_vectors_element_by_element() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut counts = [100; 7];
            let mut sums = vec![0.5; 7];
            let mut tables = vec![[0; 2]; 3];
            let mut most = [i32::MIN; 2];
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(+: counts, sums, tables), reduction(max: most),
                for i in 0..N {
                    counts[i * i % 7] += 1;
                    sums[i % 7] += i as f64;
                    tables[i % 3][i % 2] += i;
                    most[i % 2] = most[i % 2].max(i as i32);
                }
            );
            let (mut expected, mut expected_sums, mut expected_tables) = ([100; 7], [0.5; 7], [[0; 2]; 3]);
            for i in 0..N {
                expected[i * i % 7] += 1;
                expected_sums[i % 7] += i as f64;
                expected_tables[i % 3][i % 2] += i;
            }
            assert_eq!(counts, expected, "{schedule} on {team}");
            assert_eq!(sums, expected_sums, "{schedule} on {team}");
            assert_eq!(tables, expected_tables, "{schedule} on {team}");
            assert_eq!(most, [198, 199], "{schedule} on {team}");
        });
    });
}

#[test]
fn tuples() {
    watchdog(|| {
        let xs: Vec<i64> = (0..N as i64).map(|i| (i * 7919) % 211 - 100).collect();
        everywhere(|schedule, team| {
            let mut sums = (0, 10.0);
            let mut least = (i64::MAX, usize::MAX);
            let mut most = (i64::MIN, usize::MAX);
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(+: sums), reduction(min: least), reduction(max: most),
                for (i, x) in xs.iter().enumerate() {
                    sums.0 += x;
                    sums.1 += 0.5;
                    least = least.min((*x, i));
                    if (*x, i) > most {
                        most = (*x, i);
                    }
                }
            );
            assert_eq!(sums, (xs.iter().sum(), 10.0 + 0.5 * N as f64), "{schedule} on {team}");
            assert_eq!(Some(least), xs.iter().copied().zip(0..).min(), "{schedule} on {team}");
            assert_eq!(Some(most), xs.iter().copied().zip(0..).max(), "{schedule} on {team}");
        });
    });
}

#[test]
fn append_is_in_iteration_order_behind_what_was_there() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut numbers = vec![usize::MAX];
            let mut text = String::from("all: ");
            let mut nothing: Vec<u8> = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, reduction(append: numbers, text, nothing), for i in 0..N {
                if i % 3 == 0 {
                    numbers.push(i);
                    numbers.extend([i + 1, i + 2]);
                    text.push_str(&i.to_string());
                    text.push(' ');
                }
            });
            let serial: Vec<_> = std::iter::once(usize::MAX).chain(0..N + 1).collect();
            assert_eq!(numbers, serial, "{schedule} on {team}");
            assert_eq!(
                text,
                (0..N).step_by(3).fold(String::from("all: "), |text, i| text + &format!("{i} ")),
                "{schedule} on {team}"
            );
            assert!(nothing.is_empty());
        });
    });
}

#[test]
fn append_joins_every_collection_of_std() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let serial: Vec<usize> = (0..=N).map(|i| (i + N) % (N + 1)).collect();
            let (mut deque, mut linked) = (VecDeque::from([N]), LinkedList::from([N]));
            let (mut heap, mut tree, mut hashed) = (BinaryHeap::from([N]), BTreeSet::from([N]), HashSet::from([N]));
            let (mut sorted, mut last) = (BTreeMap::from([(N, N)]), HashMap::from([(1, N)]));
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                reduction(append: deque, linked, heap, tree, hashed, sorted, last),
                for i in 0..N {
                    deque.push_back(i);
                    linked.push_back(i);
                    heap.push(i);
                    tree.extend([i]);
                    hashed.extend([i]);
                    sorted.extend([(i, i)]);
                    last.extend([(i % 7, i)]);
                }
            );
            assert_eq!(deque, serial, "{schedule} on {team}");
            assert!(linked.iter().eq(&serial), "{schedule} on {team}");
            assert!(heap.into_sorted_vec().into_iter().eq(0..=N), "{schedule} on {team}");
            assert!(tree.into_iter().eq(0..=N), "{schedule} on {team}");
            assert_eq!(hashed, (0..=N).collect(), "{schedule} on {team}");
            assert!(sorted.into_iter().eq((0..=N).map(|i| (i, i))), "{schedule} on {team}");
            assert_eq!(last, (0..N).map(|i| (i % 7, i)).collect(), "{schedule} on {team}");
        });
    });
}

/// The longest word; of several, the first.
struct Longest;

impl Reduction<String> for Longest {
    fn identity(&self, _like: &String) -> String {
        String::new()
    }

    fn combine(&self, acc: &mut String, part: String) {
        if part.len() > acc.len() {
            *acc = part;
        }
    }
}

/// The largest few numbers, largest first: an operator with a value of its own.
struct Largest {
    keep: usize,
}

impl Reduction<Vec<u64>> for Largest {
    fn identity(&self, _like: &Vec<u64>) -> Vec<u64> {
        Vec::new()
    }

    fn combine(&self, acc: &mut Vec<u64>, part: Vec<u64>) {
        acc.extend(part);
        acc.sort_unstable_by(|a, b| b.cmp(a));
        acc.truncate(self.keep);
    }
}

/// A sum that counts the parts that are made, and says what it is told to say of itself.
struct Counted<'a> {
    parts: &'a AtomicUsize,
    exact: bool,
    weight: usize,
}

impl Reduction<u64> for Counted<'_> {
    fn identity(&self, _like: &u64) -> u64 {
        self.parts.fetch_add(1, Ordering::Relaxed);
        0
    }

    fn combine(&self, acc: &mut u64, part: u64) {
        *acc += part;
    }

    fn exact(&self) -> bool {
        self.exact
    }

    fn weight(&self, _like: &u64) -> usize {
        self.weight
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn what_is_exact_is_one_part_for_each_thread_and_what_is_heavy_few() {
    watchdog(|| {
        let parts = |threads: usize, exact: bool, weight: usize| {
            let parts = AtomicUsize::new(0);
            let op = Counted { parts: &parts, exact, weight };
            let mut sum = 1;
            parallel_for!(
                num_threads = threads,
                reduction(op: sum),
                for i in 0..1000_u64 {
                    sum += std::hint::black_box(i);
                }
            );
            assert_eq!(sum, 499_501);
            parts.into_inner()
        };
        for threads in 1..=3 {
            assert_eq!(parts(threads, true, 1), threads);
            assert_eq!(parts(threads, false, 1), 128);
            assert_eq!(parts(threads, false, 20), 50);
            assert_eq!(parts(threads, false, usize::MAX), 32);
        }
    });
}

#[test]
fn short_iterations_share_their_parts() {
    watchdog(|| {
        let parts = AtomicUsize::new(0);
        let op = Counted { parts: &parts, exact: false, weight: 1 };
        let mut sum = 0;
        parallel_for!(
            num_threads = 2,
            reduction(op: sum),
            for i in 0..1000_u64 {
                sum += i.pow(2);
            }
        );
        assert_eq!((sum, parts.into_inner()), (332_833_500, 1000_usize.div_ceil(64)));
    });
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn integers_keep_the_static_schedule() {
    watchdog(|| {
        let mut threads = vec![0; 10];
        let (mut sum, mut least) = (0_u32, u8::MAX);
        parallel_for!(
            num_threads = 3,
            reduction(+: sum),
            reduction(min: least),
            for i in 0..10_u32 {
                threads[i as usize] = pymp::thread_num();
                sum += i;
                least = least.min(i as u8 + 7);
            }
        );
        assert_eq!((threads, sum, least), (vec![0, 0, 0, 0, 1, 1, 1, 2, 2, 2], 45, 7));
    });
}

#[test]
fn sums_in_a_long_array_are_the_same_for_every_team() {
    watchdog(|| {
        let sums = |threads: usize| {
            let mut bins = vec![0.0_f32; 300];
            parallel_for!(
                num_threads = threads,
                reduction(+: bins),
                for i in 0..5000_usize {
                    bins[i * 7 % 300] += 1.0 / (i + 1) as f32;
                }
            );
            bins.into_iter().map(f32::to_bits).collect::<Vec<_>>()
        };
        let alone = sums(1);
        for threads in [2, 3, 5, 16] {
            assert_eq!(sums(threads), alone, "{threads} threads");
        }
    });
}

mod operators {
    /// The value of a function composition `x -> a x + b`, whose order matters.
    pub(crate) struct Compose;

    impl pymp::Reduction<(u32, u32)> for Compose {
        fn identity(&self, _like: &(u32, u32)) -> (u32, u32) {
            (1, 0)
        }

        fn combine(&self, first: &mut (u32, u32), then: (u32, u32)) {
            *first = (first.0.wrapping_mul(then.0), first.1.wrapping_mul(then.0).wrapping_add(then.1));
        }
    }

    /// A generic operator.
    pub(crate) struct Merge;

    impl<K: Ord, V: std::ops::AddAssign + Default> pymp::Reduction<super::BTreeMap<K, V>> for Merge {
        fn identity(&self, _like: &super::BTreeMap<K, V>) -> super::BTreeMap<K, V> {
            super::BTreeMap::new()
        }

        fn combine(&self, acc: &mut super::BTreeMap<K, V>, part: super::BTreeMap<K, V>) {
            for (key, value) in part {
                *acc.entry(key).or_default() += value;
            }
        }
    }
}

#[test]
fn operators_of_ones_own() {
    watchdog(|| {
        let words =
            "the cat sat upon a woven mat while eight other animals watched quietly without anything better to do elsewhere";
        let words: Vec<&str> = words.split(' ').collect();
        let mut random = Random::new(23);
        let xs: Vec<u64> = (0..N).map(|_| random.below(10_000)).collect();
        let mut sorted = xs.clone();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        everywhere(|schedule, team| {
            let mut longest = String::from("cat");
            parallel_for!(num_threads = team, schedule = schedule, reduction(Longest: longest), for word in &words {
                if word.len() > longest.len() {
                    longest = word.to_string();
                }
            });
            assert_eq!(longest, "anything".len().max(9).to_string().replace('9', "elsewhere"), "{schedule} on {team}");

            let top = Largest { keep: 5 };
            let mut largest = vec![20_000];
            parallel_for!(num_threads = team, schedule = schedule, reduction(top: largest), for x in &xs {
                top.combine(&mut largest, vec![*x]);
            });
            assert_eq!((largest[0], &largest[1..]), (20_000, &sorted[..4]), "{schedule} on {team}");

            let mut line = (3, 4);
            parallel_for!(num_threads = team, schedule = schedule, reduction(operators::Compose: line), for x in &xs {
                operators::Compose.combine(&mut line, (*x as u32 | 1, 7));
            });
            let mut serial = (3, 4);
            xs.iter().for_each(|x| operators::Compose.combine(&mut serial, (*x as u32 | 1, 7)));
            assert_eq!(line, serial, "in iteration order, {schedule} on {team}");

            let mut counts = BTreeMap::from([(0, 1000)]);
            parallel_for!(num_threads = team, schedule = schedule, reduction(operators::Merge: counts), for x in &xs {
                *counts.entry(x % 5).or_default() += 1;
            });
            assert_eq!(counts.values().sum::<u64>(), 1000 + N as u64, "{schedule} on {team}");
            assert!(counts[&0] > 1000, "{schedule} on {team}");
        });
    });
}

#[test]
fn an_empty_loop_leaves_everything_alone() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut zero, mut one, mut least, mut and) = (-0.0, 5.5_f32, f64::NAN, 7);
            let (mut list, mut text, mut longest) = (vec![1, 2], String::from("x"), String::from("kept"));
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(+: zero), reduction(*: one), reduction(min: least),
                reduction(&: and), reduction(append: list, text), reduction(Longest: longest),
                for i in 0..0 {
                    zero += 1.0;
                    one *= 2.0;
                    least = least.min(1.0);
                    and &= 1;
                    list.push(i);
                    text.push('y');
                    longest.push('y');
                }
            );
            assert!(zero == 0.0_f64 && zero.is_sign_negative() && one == 5.5 && least.is_nan() && and == 7);
            assert_eq!((list, text, longest), (vec![1, 2], String::from("x"), String::from("kept")), "{schedule} on {team}");
        });
    });
}

/// A loop whose iterations add nothing is no different: even the sign of a zero stays.
#[test]
fn adding_nothing_changes_nothing() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut zero, mut product) = (-0.0_f64, -0.0_f64);
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: zero), reduction(*: product), for i in 0..N {
                if i > N {
                    zero += 1.0;
                    product *= 2.0;
                }
            });
            assert_eq!((zero.to_bits(), product.to_bits()), ((-0.0_f64).to_bits(), (-0.0_f64).to_bits()), "{schedule} on {team}");
        });
    });
}

const BIT_TEAMS: [usize; 6] = [1, 2, 3, 4, 7, 16];
const LENGTHS: [usize; 11] = [1, 2, 3, 31, 127, 128, 129, 1000, 4096, 30_011, 140_000];

#[test]
fn sums_are_the_same_bit_for_bit_on_every_team_by_default() {
    watchdog(|| {
        let mut random = Random::new(29);
        let xs: Vec<f64> = (0..140_000).map(|_| random.float()).collect();
        for n in LENGTHS {
            let xs = &xs[..n];
            let mut alone = 0.1;
            parallel_for!(if = false, reduction(+: alone), for x in xs { alone += x; });
            for team in BIT_TEAMS {
                for _ in 0..3 {
                    let (mut sum, mut by_word, mut by_index) = (0.1, 0.1, 0.1);
                    parallel_for!(num_threads = team, reduction(+: sum), for x in xs { sum += x; });
                    parallel_for!(num_threads = team, schedule = "static", reduction(+: by_word), for x in xs { by_word += x; });
                    parallel_for!(num_threads = team, schedule = Schedule::Static, reduction(+: by_index), for i in 0..n {
                        by_index += xs[i];
                    });
                    for sum in [sum, by_word, by_index] {
                        assert_eq!(f64::to_bits(sum), f64::to_bits(alone), "{n} over {team}: {sum:e}, alone {alone:e}");
                    }
                }
            }
        }
    });
}

#[test]
fn sums_are_the_same_bit_for_bit_under_every_schedule_when_reproducible() {
    watchdog(|| {
        let mut random = Random::new(31);
        let xs: Vec<f64> = (0..30_011).map(|_| random.float()).collect();
        for schedule in common::schedules() {
            for n in [1, 3, 31, 127, 129, 1000, 30_011] {
                let xs = &xs[..n];
                let mut alone = 0.1;
                parallel_for!(if = false, schedule = schedule, reproducible, reduction(+: alone), for x in xs { alone += x; });
                for team in BIT_TEAMS {
                    let mut sum = 0.1;
                    parallel_for!(num_threads = team, schedule = schedule, reproducible, reduction(+: sum), for x in xs { sum += x; });
                    assert_eq!(f64::to_bits(sum), f64::to_bits(alone), "{n} over {team}, {schedule}: {sum:e}, alone {alone:e}");
                }
            }
        }
    });
}

#[test]
fn everything_made_of_floats_is_the_same_bit_for_bit() {
    watchdog(|| {
        let mut random = Random::new(37);
        let xs: Vec<f64> = (0..2000).map(|_| random.float()).collect();
        let run = |team: usize, pulled: bool| {
            let (mut less, mut product, mut narrow) = (0.1, 1.0, 0.1_f32);
            let (mut array, mut list, mut pair) = ([0.1; 5], vec![0.1; 3], (0.1, 0.1_f32));
            if pulled {
                let source = xs.iter().filter(|_| true);
                parallel_for!(num_threads = team, schedule = "dynamic,7", reproducible, reduction(-: less), reduction(+: narrow), for x in source {
                    less -= x;
                    narrow += *x as f32;
                });
            } else {
                parallel_for!(
                    num_threads = team, reduction(-: less), reduction(*: product), reduction(+: narrow, array, list, pair),
                    for (i, x) in xs.iter().enumerate() {
                        less -= x;
                        product *= 1.0 + x * 1e-7;
                        narrow += *x as f32;
                        array[i % 5] += x;
                        list[i % 3] += x;
                        pair.0 += x;
                        pair.1 += *x as f32;
                    }
                );
            }
            let mut bits =
                vec![less.to_bits(), f64::to_bits(product), u64::from(narrow.to_bits()), u64::from(f32::to_bits(pair.1))];
            bits.extend(array.iter().chain(&list).chain([&pair.0]).map(|x: &f64| x.to_bits()));
            bits
        };
        for pulled in [false, true] {
            let one = run(1, pulled);
            for team in BIT_TEAMS {
                assert_eq!(run(team, pulled), one, "{team}, pulled: {pulled}");
            }
        }
    });
}

/// Pairwise sums are more exact than those from left to right.
#[test]
fn the_sum_is_right_to_rounding() {
    watchdog(|| {
        let mut random = Random::new(41);
        let xs: Vec<f64> = (0..50_000).map(|_| random.float().abs()).collect();
        let serial: f64 = xs.iter().sum();
        everywhere(|schedule, team| {
            let mut sum = 0.0;
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: sum), for x in &xs { sum += x; });
            assert!(((sum - serial) / serial).abs() < 1e-12, "{sum:e} and {serial:e}, {schedule} on {team}");
        });
    });
}

struct Statistics {
    sum: f64,
    bins: Vec<u32>,
    names: Vec<String>,
    range: (i32, i32),
}

#[parallel]
impl Statistics {
    fn add(&mut self, xs: &[i32], team: usize, schedule: Schedule) {
        #[parallel(
            num_threads = team, schedule = schedule, reduction(+: self.sum, self.bins), reduction(append: self.names),
            reduction(min: self.range.0), reduction(max: self.range.1)
        )]
        for x in xs {
            self.sum += f64::from(*x);
            self.bins[x.rem_euclid(3) as usize] += 1;
            self.names.push(x.to_string());
            self.range.0 = self.range.0.min(*x);
            self.range.1 = self.range.1.max(*x);
        }
    }
}

#[test]
fn fields() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut all = Statistics { sum: 0.5, bins: vec![0; 3], names: vec!["first".to_owned()], range: (0, 0) };
            let xs: Vec<_> = (-20..30).collect();
            all.add(&xs, team, schedule);
            assert_eq!((all.sum, &all.bins[..], all.range), (225.5, &[16, 17, 17][..], (-20, 29)), "{schedule} on {team}");
            assert_eq!(all.names.len(), 51, "{schedule} on {team}");
            assert!(all.names[1..].iter().zip(&xs).all(|(name, x)| *name == x.to_string()), "{schedule} on {team}");
            let total = &mut all;
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: total.sum), for x in &xs { total.sum -= f64::from(*x); });
            assert_eq!(all.sum, 0.5, "{schedule} on {team}");
        });
    });
}

#[parallel]
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut sum = 0.0;
    #[parallel(num_threads = 3, reduction(+: sum))]
    for i in 0..a.len() {
        sum += a[i] * b[i];
    }
    sum
}

#[test]
fn on_an_attribute() {
    watchdog(|| assert_eq!(dot(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]), 32.0));
}

fn behind(x: &[f64], sum: &mut f64, kept: &mut Vec<usize>, best: &mut (f64, usize), team: usize, schedule: Schedule) {
    parallel_for!(
        num_threads = team,
        schedule = schedule,
        reduction(+: *sum),
        reduction = (append: *kept),
        reduction(max: *best),
        for i in 0..x.len() {
            *sum += x[i];
            if i % 3 == 0 {
                kept.push(i);
            }
            if (x[i], i) > *best {
                *best = (x[i], i);
            }
        }
    );
}

#[test]
fn what_lies_behind_a_reference() {
    watchdog(|| {
        let x: Vec<f64> = (0..N).map(|i| (i * 37 % N) as f64).collect();
        everywhere(|schedule, team| {
            let (mut sum, mut kept, mut best) = (0.5, vec![1000], (-1.0, 0));
            behind(&x, &mut sum, &mut kept, &mut best, team, schedule);
            assert_eq!(sum, 0.5 + x.iter().sum::<f64>());
            assert_eq!(kept, std::iter::once(1000).chain((0..N).step_by(3)).collect::<Vec<_>>());
            assert_eq!(best.0, (N - 1) as f64);
            assert_eq!(x[best.1], best.0);
        });
    });
}

#[test]
fn what_lies_behind_a_reference_in_a_region() {
    fn members(list: &mut Vec<usize>, team: usize) {
        region!(num_threads = team, reduction(append: *list), |p| list.push(p.thread_num()));
    }
    watchdog(|| {
        let mut list = vec![7];
        members(&mut list, 3);
        assert_eq!(list, if cfg!(feature = "threads") { vec![7, 0, 1, 2] } else { vec![7, 0] });
    });
}

#[test]
fn flags() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut found, mut all) = (false, true);
            parallel_for!(num_threads = team, schedule = schedule, reduction(||: found), reduction(&&: all), for i in 0..N {
                if i == 77 {
                    found = true;
                }
                if i > N {
                    all = false;
                }
            });
            assert!(found && all);
        });
    });
}

#[test]
fn reproducible_or_not() {
    watchdog(|| {
        let x: Vec<f64> = (0..N).map(|i| 1.0 / (i + 1) as f64).collect();
        let sum = |team: usize, reproducible: bool| {
            let mut sum = 0.0;
            parallel_for!(num_threads = team, schedule = "dynamic,3", reproducible = reproducible, reduction(+: sum), for v in &x {
                sum += v;
            });
            sum
        };
        assert!((1..5).all(|team| sum(team, true) == sum(1, true)));
        assert!((sum(3, false) - sum(3, true)).abs() < 1e-9);
        let mut count = 0;
        parallel_for!(reproducible(true), ordered = false, explain(false), reduction(+: count), for _ in 0..N {
            count += 1;
        });
        assert_eq!(count, N);
    });
}

/// What only a macro's definition shows to be a change.
#[test]
fn changed_in_a_macro() {
    macro_rules! add {
        ($sum:ident) => {
            $sum += 1
        };
        ($sum:expr, $more:expr) => {
            $sum += $more
        };
        ($sum:ident => $most:expr) => {
            $sum = $sum.max($most)
        };
    }
    struct Counts {
        even: usize,
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut n, mut bins, mut most, mut counts) = (0, [0; 3], 0, Counts { even: 0 });
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(+: n, bins, counts.even), reduction(max: most),
                for i in 0..N {
                    if i % 2 == 0 {
                        add!(n);
                        add!(counts.even, 1);
                    }
                    add!(bins[i % 3], i);
                    add!(most => i);
                }
            );
            let bin = |at: usize| (at..N).step_by(3).sum::<usize>();
            assert_eq!((n, counts.even, most), (N / 2, N / 2, N - 1), "{schedule} on {team}");
            assert_eq!(bins, [bin(0), bin(1), bin(2)], "{schedule} on {team}");
        });
    });
}

/// What is collected in order, and what an operator of the user's combines.
#[test]
fn collected_in_a_macro() {
    macro_rules! keep {
        ($list:ident, $value:expr) => {
            $list.push($value)
        };
        ($longest:ident => $text:expr) => {
            if $text.len() > $longest.len() {
                $longest = $text;
            }
        };
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut even, mut longest) = (Vec::new(), String::new());
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(append: even), reduction(Longest: longest),
                for i in 0..N {
                    if i % 2 == 0 {
                        keep!(even, i);
                    }
                    keep!(longest => "x".repeat(i));
                }
            );
            assert_eq!(even, (0..N).step_by(2).collect::<Vec<_>>(), "{schedule} on {team}");
            assert_eq!(longest.len(), N - 1, "{schedule} on {team}");
        });
    });
}

#[test]
fn the_first_place_of_the_greatest_value() {
    watchdog(|| {
        let x = [3.0, 7.0, 1.0, 7.0, 7.0, 2.0];
        let (mut last, mut first, mut least) = ((f64::MIN, 0), (f64::MIN, Reverse(0)), (Reverse(0), 0));
        parallel_for!(num_threads = 3, reduction(max: last, first), reduction(min: least), for i in 0..x.len() {
            if (x[i], i) > last {
                last = (x[i], i);
            }
            if (x[i], Reverse(i)) > first {
                first = (x[i], Reverse(i));
            }
            least = least.min((Reverse(i), i));
        });
        assert_eq!((last, first, least), ((7.0, 4), (7.0, Reverse(1)), (Reverse(5), 5)));
    });
}

/// An element that is kept whole is compared whole, as a variable is.
#[test]
fn the_place_of_the_greatest_value_in_each_bin() {
    fn in_a_slice(best: &mut [(usize, usize)], team: usize) {
        parallel_for!(num_threads = team, reduction(max: best), for i in 0..N {
            best[i % 3] = best[i % 3].max((N - i, i));
        });
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut best, mut table) = (vec![(0, 0); 3], [[(9.0, 0); 2]; 3]);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: best), reduction(min: table), for i in 0..N {
                if (N - i, i) > best[i % 3] {
                    best[i % 3] = (N - i, i);
                }
                if (0.5 * (i % 4) as f64, i) < table[i % 3][i % 2] {
                    table[i % 3][i % 2] = (0.5 * (i % 4) as f64, i);
                }
            });
            assert_eq!(best, [(N, 0), (N - 1, 1), (N - 2, 2)], "{schedule} on {team}");
            assert_eq!(table, [[(0.0, 0), (0.5, 9)], [(0.0, 4), (0.5, 1)], [(0.0, 8), (0.5, 5)]], "{schedule} on {team}");
            let mut slice = [(0, 0); 3];
            in_a_slice(&mut slice, team);
            assert_eq!(slice[..], best, "{schedule} on {team}");
        });
    });
}

/// A way out of what stands inside of the comparison leaves nothing else out.
#[test]
fn loops_under_a_comparison() {
    watchdog(|| {
        let (x, mut least) = ([3, 1, 2], i32::MAX);
        parallel_for!(num_threads = 2, reduction(min: least), for &v in &x {
            if v < least {
                least = v;
                for k in 0..v {
                    if k == 1 {
                        break;
                    }
                    assert_eq!(k, 0);
                }
            }
        });
        assert_eq!(least, 1);
    });
}

/// A way out under another comparison, at the end of an iteration, or in an arm of another variant leaves nothing out.
#[test]
fn what_an_extremum_does_not_decide() {
    enum Kind {
        A,
        B,
    }
    struct Limits {
        low: f64,
        step: f64,
    }
    #[parallel]
    impl Limits {
        fn lower(&mut self, v: &[f64], k: f64) {
            #[parallel(num_threads = 2, reduction(min: self.low))]
            for &x in v {
                if k * self.step > x {
                    continue;
                }
                if x < self.low {
                    self.low = x;
                }
            }
        }
    }
    watchdog(|| {
        let mut limits = Limits { low: 9.0, step: 1.0 };
        limits.lower(&[1.0, 3.0, 2.5], 2.0);
        assert_eq!(limits.low, 2.5);

        let v = [(Kind::A, 3.0), (Kind::B, 1.0), (Kind::A, 2.0)];
        let (mut low, mut high, mut others) = (9.0, 0.0, [0; 3]);
        parallel_for!(num_threads = 2, reduction(min: low), reduction(max: high), for i in 0..v.len() {
            match v[i] {
                (Kind::A, x) if x < low => low = x,
                (Kind::A, _) => {}
                (Kind::B, _) => others[i] += 1,
            }
            if v[i].1 > high {
                high = v[i].1;
            } else {
                continue;
            }
        });
        assert_eq!((low, high, others), (2.0, 3.0, [0, 1, 0]));
    });
}

/// No line of the user's leads to where the threads' parts are combined, so the message says what overflows.
#[test]
#[cfg(all(debug_assertions, feature = "threads"))]
fn an_overflow_of_the_parts_is_told_in_words() {
    let payload = watchdog(|| {
        std::panic::catch_unwind(|| {
            let mut sum = 0_u8;
            parallel_for!(num_threads = 2, schedule = "static,150", reduction(+: sum), for _ in 0..300 {
                sum += 1;
            });
        })
    });
    let payload = payload.expect_err("300 is no u8");
    let told = payload.downcast_ref::<String>().expect("a message");
    assert!(told.contains("a reduction of `u8` overflows") && told.contains("`Wrapping<u8>`"), "{told}");
}
