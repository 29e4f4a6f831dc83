//! Extrema that are kept with their place: what the messages say to write gives what the serial loop gives, of equal values too.

mod common;

use common::{everywhere, watchdog};
use pymp::prelude::*;

const N: usize = 200;

fn floats() -> Vec<f64> {
    (0..N).map(|i| (i * 37 % 23) as f64 - 11.0).collect()
}

/// `if x[i] > m { m = x[i]; at = i; }` and the other three.
#[test]
fn a_value_and_its_place() {
    let x = floats();
    macro_rules! serial {
        ($head:expr, $compare:tt) => {{
            let (mut m, mut at) = (0.5, 0);
            for i in $head {
                if x[i] $compare m {
                    m = x[i];
                    at = i;
                }
            }
            (m, at)
        }};
    }
    let (greatest, greatest_last) = (serial!(0..N, >), serial!(0..N, >=));
    let (least, least_last) = (serial!(0..N, <), serial!(0..N, <=));
    let reversed = serial!((0..N).rev(), >);
    watchdog(move || {
        everywhere(|schedule, team| {
            let (mut m, mut at) = (0.5, 0);
            let mut both = (m, std::cmp::Reverse(at));
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..N {
                if (x[i], std::cmp::Reverse(i)) > both { both = (x[i], std::cmp::Reverse(i)); }
            });
            (m, std::cmp::Reverse(at)) = both;
            assert_eq!((m, at), greatest, "{schedule} on {team}");

            let (mut m, mut at) = (0.5, 0);
            let mut both = (m, at);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..N {
                if (x[i], i) > both { both = (x[i], i); }
            });
            (m, at) = both;
            assert_eq!((m, at), greatest_last, "{schedule} on {team}");

            let (mut m, mut at) = (0.5, 0);
            let mut both = (m, at);
            parallel_for!(num_threads = team, schedule = schedule, reduction(min: both), for i in 0..N {
                if (x[i], i) < both { both = (x[i], i); }
            });
            (m, at) = both;
            assert_eq!((m, at), least, "{schedule} on {team}");

            let (mut m, mut at) = (0.5, 0);
            let mut both = (m, std::cmp::Reverse(at));
            parallel_for!(num_threads = team, schedule = schedule, reduction(min: both), for i in 0..N {
                if (x[i], std::cmp::Reverse(i)) < both { both = (x[i], std::cmp::Reverse(i)); }
            });
            (m, std::cmp::Reverse(at)) = both;
            assert_eq!((m, at), least_last, "{schedule} on {team}");

            let (mut m, mut at) = (0.5, 0);
            let mut both = (m, at);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in (0..N).rev() {
                if (x[i], i) > both { both = (x[i], i); }
            });
            (m, at) = both;
            assert_eq!((m, at), reversed, "{schedule} on {team}");
        });
    });
}

/// `if x[i] > best.0 { best = (x[i], y[i]); }`, whose place nobody asks for.
#[test]
fn a_value_of_the_same_iteration() {
    let (x, y): (Vec<f64>, Vec<u64>) = (floats(), (0..N as u64).map(|i| i * 7919 % 101).collect());
    let mut serial = (0.5, 0);
    for i in 0..N {
        if x[i] > serial.0 {
            serial = (x[i], y[i]);
        }
    }
    watchdog(move || {
        everywhere(|schedule, team| {
            let mut best = (0.5, 0);
            let mut both = (best.0, std::cmp::Reverse(0), best.1);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..N {
                if (x[i], std::cmp::Reverse(i), y[i]) > both { both = (x[i], std::cmp::Reverse(i), y[i]); }
            });
            (best.0, _, best.1) = both;
            assert_eq!(best, serial, "{schedule} on {team}");
        });
    });
}

/// `if x[i] < x[best] { best = i; }`
#[test]
fn the_place_alone() {
    let x = floats();
    let mut serial = 3;
    for i in 0..N {
        if x[i] > x[serial] {
            serial = i;
        }
    }
    watchdog(move || {
        everywhere(|schedule, team| {
            let mut best = 3;
            let mut both = (x[best], std::cmp::Reverse(best));
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..N {
                if (x[i], std::cmp::Reverse(i)) > both { both = (x[i], std::cmp::Reverse(i)); }
            });
            (_, std::cmp::Reverse(best)) = both;
            assert_eq!(best, serial, "{schedule} on {team}");
        });
    });
}

/// `if x[i].abs() > m.abs() { m = x[i]; }`
#[test]
fn a_value_with_the_greatest_key() {
    let x = floats();
    let mut serial = 0.5_f64;
    for &value in &x {
        if value.abs() > serial.abs() {
            serial = value;
        }
    }
    watchdog(move || {
        everywhere(|schedule, team| {
            let mut m = 0.5_f64;
            let mut both = (m.abs(), std::cmp::Reverse(0), m);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..N {
                if (x[i].abs(), std::cmp::Reverse(i), x[i]) > both { both = (x[i].abs(), std::cmp::Reverse(i), x[i]); }
            });
            (_, _, m) = both;
            assert_eq!(m, serial, "{schedule} on {team}");
        });
    });
}

/// Updates whose messages say the words of the clause.
#[test]
fn updates_in_other_words() {
    let x: Vec<u8> = (0..N).map(|i| (i * 37 % 101) as u8).collect();
    let (mut h, mut s, mut t, mut lo, mut hi) = (7_u8, 5_i64, String::from("a"), 60, 60);
    for (i, &x) in x.iter().enumerate() {
        h = h.wrapping_add(x);
        s = if i % 3 == 0 { s + i as i64 } else { s - 1 };
        t = format!("{t}{i}, ");
        if x < lo {
            lo = x;
        } else if x > hi {
            hi = x;
        }
    }
    let serial = (h, s, t, lo, hi);
    watchdog(move || {
        everywhere(|schedule, team| {
            let (mut h, mut s, mut t, mut lo, mut hi) = (7_u8, 5_i64, String::from("a"), 60, 60);
            let mut wrapped = std::num::Wrapping(h);
            parallel_for!(
                num_threads = team, schedule = schedule, reduction(+: wrapped, s), reduction(append: t), reduction(min: lo), reduction(max: hi),
                for i in 0..N {
                    wrapped += std::num::Wrapping(x[i]);
                    s += if i % 3 == 0 { i as i64 } else { -1 };
                    t.push_str(&format!("{i}, "));
                    if x[i] < lo {
                        lo = x[i];
                    }
                    if x[i] > hi {
                        hi = x[i];
                    }
                }
            );
            h = wrapped.0;
            assert_eq!((h, s, &t, lo, hi), (serial.0, serial.1, &serial.2, serial.3, serial.4), "{schedule} on {team}");
        });
    });
}

#[test]
fn extrema_in_extrema() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut most, mut least) = (3, 90);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: most), reduction(min: least), for i in 0..N {
                most = std::cmp::max(i * 7 % 50, std::cmp::max(most, 2));
                least = (i * 7 % 50 + 5).min(least.min(80));
            });
            assert_eq!((most, least), (49, 5), "{schedule} on {team}");
        });
    });
}

/// `if x[i][j] > m && i != j { m = x[i][j]; bi = i; bj = j; }` in two loops.
#[test]
fn a_place_in_two_loops_beside_another_condition() {
    const M: usize = 30;
    let cell = |i: usize, j: usize| (i * j * 37 % 23) as f64;
    let mut serial = (0.5, 0, 0);
    for i in 0..M {
        for j in 0..M {
            if cell(i, j) > serial.0 && i != j {
                serial = (cell(i, j), i, j);
            }
        }
    }
    watchdog(move || {
        everywhere(|schedule, team| {
            use std::cmp::Reverse;
            let (mut m, mut bi, mut bj) = (0.5, 0, 0);
            let mut both = (m, Reverse(bi), Reverse(bj));
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: both), for i in 0..M {
                for j in 0..M {
                    if (cell(i, j), Reverse(i), Reverse(j)) > both && i != j { both = (cell(i, j), Reverse(i), Reverse(j)); }
                }
            });
            (m, Reverse(bi), Reverse(bj)) = both;
            assert_eq!((m, bi, bj), serial, "{schedule} on {team}");
        });
    });
}

/// What is known already is asked first.
#[test]
fn only_what_is_new() {
    let x = floats();
    watchdog(move || {
        everywhere(|schedule, team| {
            let (mut m, mut found, mut all) = (-3.0, false, true);
            parallel_for!(num_threads = team, schedule = schedule, reduction(max: m), for i in 0..N {
                if x[i] <= m {
                    continue;
                }
                m = x[i];
            });
            parallel_for!(num_threads = team, schedule = schedule, reduction(||: found), reduction(&&: all), for i in 0..N {
                if !found && x[i] == 11.0 {
                    found = true;
                }
                if all && x[i] == -11.0 {
                    all = false;
                }
            });
            assert_eq!((m, found, all), (11.0, true, false), "{schedule} on {team}");
        });
    });
}
