//! `chunks(c, n)`: iteration number k owns `c[k * n .. (k + 1) * n]`, under absolute indices.

use std::sync::atomic::{AtomicUsize, Ordering};

use pymp::prelude::*;

mod common;

use common::{TEAMS, assert_says, everywhere, panic_of, watchdog};

#[test]
fn an_iteration_owns_its_row() {
    watchdog(|| {
        for (rows, columns) in [(0, 3), (1, 1), (5, 1), (1, 5), (9, 4)] {
            everywhere(|schedule, team| {
                let mut c = vec![0; rows * columns];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    chunks(c, columns),
                    for i in 0..rows {
                        for j in 0..columns {
                            c[i * columns + j] = 10 * i + j;
                        }
                        let first = i * columns;
                        c[first] += 1000;
                    }
                );
                let mut serial = vec![0; rows * columns];
                for i in 0..rows {
                    for j in 0..columns {
                        serial[i * columns + j] = 10 * i + j + if j == 0 { 1000 } else { 0 };
                    }
                }
                assert_eq!(c, serial, "{rows} x {columns}, {schedule} on {team}");
            });
        }
    });
}

#[test]
fn every_kind_of_array() {
    struct Image {
        pixels: Vec<u8>,
    }
    watchdog(|| {
        let mut array = [0; 12];
        parallel_for!(
            num_threads = 3,
            chunks(array, 4),
            for i in 0..3 {
                array[i * 4 + 1] = i + 1;
            }
        );
        assert_eq!(array, [0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0]);

        let slice = &mut array[..8];
        parallel_for!(
            num_threads = 3,
            chunks(slice, 4),
            for i in 0..2 {
                slice[i * 4] = 9;
            }
        );
        assert_eq!(array, [9, 1, 0, 0, 9, 2, 0, 0, 0, 3, 0, 0]);

        let mut image = Image { pixels: vec![0; 6] };
        parallel_for!(
            num_threads = 2,
            chunks(image.pixels, 3),
            for row in 0..2 {
                image.pixels[row * 3 + 2] = 7;
            }
        );
        assert_eq!(image.pixels, [0, 0, 7, 0, 0, 7]);
    });
}

/// The last chunk may be short, and there may be more chunks than iterations.
#[test]
fn lengths_that_are_no_multiple() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut c = vec![0; 11];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, 4),
                for i in 0..3 {
                    for at in i * 4..(i * 4 + 4).min(11) {
                        c[at] = i + 1;
                    }
                }
            );
            assert_eq!(c, [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3], "{schedule} on {team}");
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, 4),
                for i in 0..2 {
                    c[4 * i] = 9;
                }
            );
            assert_eq!(c, [9, 1, 1, 1, 9, 2, 2, 2, 3, 3, 3], "{schedule} on {team}");
        });
    });
}

/// It is the number of the iteration that counts, from 0, not the value of its variable.
#[test]
fn ranges_that_do_not_start_at_zero() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut c = vec![0; 12];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, 3),
                for i in 5..9 {
                    c[(i - 5) * 3 + 1] = i;
                }
            );
            assert_eq!(c, [0, 5, 0, 0, 6, 0, 0, 7, 0, 0, 8, 0], "{schedule} on {team}");

            let mut c = vec![0; 6];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, 2),
                for i in (0..3).rev() {
                    c[(2 - i) * 2] = i;
                }
            );
            assert_eq!(c, [2, 0, 1, 0, 0, 0], "{schedule} on {team}");

            let names = ["a", "b", "c"];
            let mut c = vec![""; 6];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, 2),
                for (k, name) in names.iter().enumerate() {
                    c[2 * k + 1] = name;
                }
            );
            assert_eq!(c, ["", "a", "", "b", "", "c"], "{schedule} on {team}");
        });
    });
}

#[test]
fn several_arrays_of_several_sizes() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut a, mut b, mut y) = (vec![0; 12], vec![0; 6], vec![0; 6]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(a, 2),
                chunks(b, 1),
                for i in 0..6 {
                    a[2 * i + 1] = i;
                    b[i] = a[2 * i + 1] + a[2 * i];
                    y[i] = b[i];
                }
            );
            assert_eq!((b, a[11]), ((0..6).collect(), 5), "{schedule} on {team}");
            assert_eq!(y, [0, 1, 2, 3, 4, 5], "{schedule} on {team}");
        });
    });
}

#[test]
fn the_size_is_evaluated_once() {
    watchdog(|| {
        let calls = AtomicUsize::new(0);
        let size = || calls.fetch_add(1, Ordering::Relaxed) + 3;
        let mut c = vec![0; 30];
        parallel_for!(
            num_threads = 4,
            schedule = "dynamic",
            chunks(c, size()),
            for i in 0..10 {
                c[i * 3] = i;
            }
        );
        assert_eq!(calls.into_inner(), 1);
        assert!((0..10).all(|i| c[3 * i] == i));
    });
}

#[test]
fn an_index_of_another_iteration_is_a_panic_that_names_the_owner() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut heights = vec![0; 40];
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    chunks(heights, 4),
                    for i in 0..10 {
                        if i == 6 {
                            heights[i * 4 - 1] = 1;
                        }
                    }
                );
            });
            assert_says(&text, &["`heights[23]`", "iteration 5", "heights[24..28]"]);
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    chunks(heights, 4),
                    for i in 0..10 {
                        if i == 6 {
                            let _ = heights[i * 4 + 4];
                        }
                    }
                );
            });
            assert_says(&text, &["`heights[28]`", "iteration 7", "heights[24..28]"]);
        });
    });
}

#[test]
fn an_index_out_of_bounds_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| std::hint::black_box(vec![0; 11])[std::hint::black_box(11)]);
        for team in TEAMS {
            let text = panic_of(|| {
                let mut c = vec![0; 11];
                parallel_for!(
                    num_threads = team,
                    chunks(c, 4),
                    for i in 0..3 {
                        c[i * 4 + 3] = 1;
                    }
                );
            });
            assert_eq!(text, serial, "{team}");
        }
    });
}

#[test]
fn a_size_of_zero_or_below_is_a_panic_naming_the_clause() {
    watchdog(|| {
        for size in [0, -3] {
            let mut c = vec![0; 4];
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = 2,
                    chunks(c, size),
                    for i in 0..4 {
                        c[i] = 1;
                    }
                )
            });
            assert_says(&text, &["chunks", &size.to_string()]);
        }
    });
}

#[test]
fn a_stencil_equals_the_serial_one_bit_for_bit() {
    #[parallel]
    fn smooth(now: &[f64], next: &mut [f64], columns: usize, team: usize) {
        let rows = now.len() / columns;
        #[parallel(num_threads = team, chunks(next, columns))]
        for i in 0..rows {
            for j in 0..columns {
                let at = i * columns + j;
                let above = if i == 0 { 0.0 } else { now[at - columns] };
                let below = if i + 1 == rows { 0.0 } else { now[at + columns] };
                next[at] = 0.5 * now[at] + 0.25 * (above + below);
            }
        }
    }
    watchdog(|| {
        let mut random = common::Random::new(3);
        let now: Vec<f64> = (0..23 * 17).map(|_| random.float()).collect();
        let run = |team| {
            let mut next = vec![0.0; now.len()];
            smooth(&now, &mut next, 17, team);
            next.iter().map(|x| x.to_bits()).collect::<Vec<_>>()
        };
        let one = run(1);
        assert!(TEAMS.into_iter().all(|team| run(team) == one));
    });
}

/// A range of the iteration's own elements is a slice, with all that slices can do.
#[test]
fn an_iteration_takes_its_row_as_a_slice() {
    struct Image {
        rows: Vec<i32>,
    }
    watchdog(|| {
        let n = 4;
        everywhere(|schedule, team| {
            let mut image = Image { rows: (0..38).rev().collect() };
            let (mut c, mut sums) = (vec![1; 38], [0; 10]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(c, n),
                chunks(image.rows, n),
                for i in 0..10 {
                    let end = c.len().min((i + 1) * n);
                    let row = &mut c[i * n..end];
                    row[1] = i;
                    c[i * n..end].iter_mut().for_each(|x| *x += 1);
                    image.rows[i * n..end].sort_unstable();
                    sums[i] = c[i * n..end].iter().sum();
                    assert!(c[i * n + 1..i * n + 1].is_empty());
                }
            );
            assert!((0..9).all(|i| sums[i] == 7 + i), "{schedule} on {team}");
            assert!((0..9).all(|i| image.rows[4 * i..4 * i + 4].is_sorted()), "{schedule} on {team}");
            assert_eq!((sums[9], image.rows[36], c[37]), (12, 0, 10));
        });
    });
}

#[test]
fn a_range_that_reaches_beyond_the_row() {
    fn take(from: usize, to: usize) -> String {
        panic_of(|| {
            let mut c = vec![0; 12];
            parallel_for!(
                num_threads = 2,
                chunks(c, 3),
                for i in 0..4 {
                    if i == 1 {
                        c[from..to].fill(1);
                    }
                }
            );
        })
    }
    watchdog(|| {
        assert_says(&take(3, 7), &["`c[6]` belongs to iteration 2; the iterations that run here own `c[3..6]`"]);
        assert_says(&take(2, 6), &["`c[2]` belongs to iteration 0; the iterations that run here own `c[3..6]`"]);
        assert_says(&take(9, 11), &["`c[9]` belongs to iteration 3"]);
        assert_says(&take(3, 13), &["range end index 13 out of range for slice of length 12"]);
        let (from, to) = (5, 4);
        assert_says(&take(from, to), &["slice index starts at 5 but ends at 4"]);
    });
}

#[test]
fn a_stencil_that_starts_at_one() {
    watchdog(|| {
        let (n, m) = (6, 30);
        let said = panic_of(|| {
            let mut v = vec![0.0; n * m];
            parallel_for!(
                num_threads = 2,
                chunks(v, m),
                for i in 1..n - 1 {
                    for j in 1..m - 1 {
                        v[i * m + j] = 1.0;
                    }
                }
            );
        });
        assert_says(&said, &["belongs to iteration", "start the loop at 0 and `continue` at the edges", "a part of `v`"]);
    });
}

/// One phase of a sort by odd and even neighbours.
#[test]
fn an_iteration_swaps_within_its_chunk() {
    struct Numbers {
        all: Vec<u64>,
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut numbers = Numbers { all: (0..40).map(|i| i * 37 % 40).collect() };
            for phase in 0..40 {
                let pairs = &mut numbers.all[phase % 2..];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    chunks(pairs, 2),
                    for k in 0..pairs.len() / 2 {
                        if pairs[2 * k] > pairs[2 * k + 1] {
                            pairs.swap(2 * k + 1, 2 * k);
                        }
                    }
                );
            }
            assert!(numbers.all.iter().copied().eq(0..40), "{schedule} on {team}");
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                chunks(numbers.all, 4),
                for k in 0..10 {
                    numbers.all.swap(4 * k, 4 * k + 3);
                }
            );
            assert_eq!(numbers.all[..5], [3, 1, 2, 0, 7], "{schedule} on {team}");
        });
        let mut c = [0; 8];
        let outside = panic_of(|| {
            parallel_for!(
                chunks(c, 4),
                for k in 0..2 {
                    c.swap(4 * k, 4 * k + 4);
                }
            )
        });
        assert_says(&outside, &["c[", "iteration"]);
    });
}
