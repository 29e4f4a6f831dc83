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
