//! `atomic(h)`: `h[e] op= v` for any `e`, on ordinary numbers.

use pymp::prelude::*;

mod common;

use common::{Random, TEAMS, everywhere, panic_of, watchdog};

const N: usize = 400;

fn places() -> Vec<usize> {
    let mut random = Random::new(5);
    (0..N).map(|_| random.below(7) as usize).collect()
}

#[test]
fn a_histogram_equals_the_serial_one() {
    watchdog(|| {
        let places = places();
        let mut serial = vec![0_u32; 7];
        places.iter().for_each(|&place| serial[place] += 1);
        everywhere(|schedule, team| {
            let mut h = vec![0_u32; 7];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                atomic(h),
                for i in 0..N {
                    h[places[i]] += 1;
                }
            );
            assert_eq!(h, serial, "{schedule} on {team}");
        });
    });
}

/// All threads on one element, so that a lost update shows.
#[test]
fn no_update_is_lost() {
    watchdog(|| {
        let (mut counts, mut sums) = ([0_u64; 1], [0.0; 1]);
        parallel_for!(
            num_threads = 4,
            schedule = "dynamic,64",
            atomic(counts),
            atomic(sums),
            for i in 0..100_000 {
                counts[i / 100_000] += 1;
                sums[0] += 1.0;
            }
        );
        assert_eq!((counts, sums), ([100_000], [100_000.0]));
    });
}

macro_rules! integers {
    ($($int:ident)*) => {$(
        #[test]
        fn $int() {
            watchdog(|| {
                let places = places();
                for team in TEAMS {
                    let run = |parallel: bool| {
                        let (mut added, mut less, mut product) = ([0 as $int; 7], [100 as $int; 7], [1 as $int; 7]);
                        let (mut and, mut or, mut xor) = ([$int::MAX; 7], [0 as $int; 7], [0 as $int; 7]);
                        parallel_for!(
                            num_threads = team, if = parallel, schedule = "dynamic,3",
                            atomic(added), atomic(less), atomic(product), atomic(and), atomic(or), atomic(xor),
                            for i in 0..N {
                                let (place, small) = (places[i], (i % 120) as $int);
                                if i < 100 {
                                    added[place] += 1;
                                    less[place] -= 1;
                                }
                                if i < 7 {
                                    product[i * 3 % 7] *= small;
                                }
                                and[place] &= !(1 << (small % 7));
                                or[place] |= small;
                                xor[place] ^= small;
                            }
                        );
                        [added, less, product, and, or, xor]
                    };
                    assert_eq!(run(true), run(false), "{team}");
                    assert_eq!(run(true)[0].iter().map(|&x| x as u64).sum::<u64>(), 100, "{team}");
                }
            });
        }
    )*};
}

integers! { i8 i16 i32 i64 isize u8 u16 u32 u64 usize }

macro_rules! floats {
    ($($float:ident)*) => {$(
        #[test]
        fn $float() {
            watchdog(|| {
                let places = places();
                for team in TEAMS {
                    let (mut added, mut less, mut product) = (vec![0.0 as $float; 7], [0.0 as $float; 7], [1.0 as $float; 7]);
                    parallel_for!(num_threads = team, atomic(added), atomic(less), atomic(product), for i in 0..N {
                        added[places[i]] += 0.5;
                        less[places[i]] -= 0.25;
                        product[i % 7] *= if i < 70 { 2.0 } else { 1.0 };
                        product[i % 7] /= if i < 7 { 4.0 } else { 1.0 };
                    });
                    for place in 0..7 {
                        let times = places.iter().filter(|&&other| other == place).count() as $float;
                        assert_eq!(added[place], 0.5 * times, "{team}");
                        assert_eq!(less[place], -0.25 * times, "{team}");
                        assert_eq!(product[place], 256.0, "{team}");
                    }
                }
            });
        }
    )*};
}

floats! { f32 f64 }

#[test]
fn every_kind_of_array() {
    struct Statistics {
        bins: Vec<u32>,
    }
    watchdog(|| {
        let mut statistics = Statistics { bins: vec![0; 3] };
        parallel_for!(
            num_threads = 3,
            atomic(statistics.bins),
            for i in 0..30 {
                statistics.bins[i % 3] += 1;
            }
        );
        assert_eq!(statistics.bins, [10, 10, 10]);

        let mut boxed = vec![0_u8; 3].into_boxed_slice();
        let slice = &mut boxed[..2];
        parallel_for!(
            num_threads = 3,
            atomic(slice),
            for i in 0..30 {
                slice[i % 2] += 1;
            }
        );
        assert_eq!(*boxed, [15, 15, 0]);
    });
}

#[test]
fn an_index_may_be_any_expression_and_is_evaluated_once() {
    watchdog(|| {
        let text = "the quick brown fox jumps over the lazy dog";
        let mut letters = [0; 26];
        parallel_for!(
            num_threads = 3,
            atomic(letters),
            for byte in text.bytes() {
                if byte.is_ascii_lowercase() {
                    letters[usize::from(byte - b'a')] += 1;
                }
            }
        );
        assert_eq!(letters.iter().sum::<i32>(), 35);
        assert_eq!(letters[usize::from(b'o' - b'a')], 4);

        let calls = std::sync::atomic::AtomicUsize::new(0);
        let mut h = [0; 2];
        parallel_for!(
            num_threads = 3,
            atomic(h),
            for _ in 0..50 {
                h[calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2] += 1;
            }
        );
        assert_eq!((h, calls.into_inner()), ([25, 25], 50));
    });
}

#[test]
fn neighbours_may_be_updated_too() {
    watchdog(|| {
        let mut degrees = [0; 12];
        parallel_for!(
            num_threads = 4,
            atomic(degrees),
            for i in 0..12 {
                degrees[i] += 1;
                degrees[(i + 1) % 12] += 1;
                degrees[(i + 11) % 12] += degrees.len();
            }
        );
        assert_eq!(degrees, [14; 12]);
    });
}

#[test]
fn an_index_out_of_bounds_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| std::hint::black_box(vec![0; 5])[std::hint::black_box(5)]);
        for team in TEAMS {
            let mut h = vec![0; 5];
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    atomic(h),
                    for i in 0..6 {
                        h[i] += 1;
                    }
                )
            });
            assert_eq!(text, serial, "{team}");
        }
    });
}
