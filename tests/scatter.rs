//! `scatter(y)`: `y[idx[i]] = ..`, each element by one iteration at the most.

use pymp::prelude::*;

mod common;

use common::{Random, TEAMS, assert_says, everywhere, panic_of, watchdog};

fn shuffled(n: usize) -> Vec<usize> {
    let mut random = Random::new(7);
    let mut order: Vec<_> = (0..n).collect();
    for i in (1..n).rev() {
        order.swap(i, random.below(i as u64 + 1) as usize);
    }
    order
}

#[test]
fn a_permutation_is_written_whole() {
    watchdog(|| {
        for n in [0, 1, 2, 41, 500] {
            let order = shuffled(n);
            everywhere(|schedule, team| {
                let mut y = vec![usize::MAX; n];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    scatter(y),
                    for i in 0..n {
                        y[order[i]] = i;
                    }
                );
                assert!((0..n).all(|i| y[order[i]] == i), "{n}, {schedule} on {team}");
            });
        }
    });
}

#[test]
fn an_iteration_may_use_its_elements_again_and_take_several() {
    watchdog(|| {
        let order = shuffled(20);
        everywhere(|schedule, team| {
            let mut y = vec![0; 40];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                scatter(y),
                for i in 0..20 {
                    y[order[i]] = i;
                    y[order[i]] += 1;
                    y[20 + order[i]] = 2 * y[order[i]];
                }
            );
            assert!((0..20).all(|i| y[order[i]] == i + 1 && y[20 + order[i]] == 2 * i + 2), "{schedule} on {team}");
        });
    });
}

#[test]
fn claims_end_with_the_loop() {
    watchdog(|| {
        let mut y = [0; 5];
        for round in 1..=10 {
            parallel_for!(
                num_threads = 3,
                scatter(y),
                for i in 0..5 {
                    y[4 - i] += round;
                }
            );
        }
        assert_eq!(y, [55; 5]);
    });
}

#[test]
fn the_second_writer_is_a_panic_that_names_both_iterations() {
    watchdog(|| {
        let mut order = shuffled(60);
        order[51] = order[8];
        everywhere(|schedule, team| {
            let mut places = vec![0; 60];
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    scatter(places),
                    for i in 0..60 {
                        places[order[i]] = i;
                    }
                );
            });
            assert_says(&text, &[&format!("`places[{}]`", order[8]), "iteration 8 ", "iteration 51"]);
        });
    });
}

/// Iterations are numbered from 0 in messages, or by their variable: here these agree.
#[test]
fn an_index_out_of_bounds_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| std::hint::black_box(vec![0; 10])[std::hint::black_box(12)]);
        for team in TEAMS {
            let mut y = vec![0; 10];
            let text = panic_of(|| {
                parallel_for!(
                    num_threads = team,
                    scatter(y),
                    for i in 0..5 {
                        y[3 * i] = i;
                    }
                )
            });
            assert_eq!(text, serial, "{team}");
        }
    });
}

#[test]
fn every_kind_of_array_and_element() {
    struct Table {
        names: Vec<String>,
    }
    watchdog(|| {
        let order = [2, 0, 1];
        let mut table = Table { names: vec![String::new(); 3] };
        parallel_for!(
            num_threads = 2,
            scatter(table.names),
            for i in 0..3 {
                table.names[order[i]] = format!("from {i}");
            }
        );
        assert_eq!(table.names, ["from 1", "from 2", "from 0"]);

        let mut storage = [(0, 0); 3];
        let slice = &mut storage[..];
        parallel_for!(
            num_threads = 2,
            scatter(slice),
            for (i, at) in order.iter().enumerate() {
                slice[*at].1 = i;
            }
        );
        assert_eq!(storage, [(0, 1), (0, 2), (0, 0)]);
    });
}

/// Counting sort: the places are computed, the loop scatters.
#[test]
fn a_stable_sort_by_key() {
    watchdog(|| {
        let mut random = Random::new(11);
        let keys: Vec<usize> = (0..300).map(|_| random.below(10) as usize).collect();
        let mut next = [0; 10];
        for key in &keys {
            next[*key] += 1;
        }
        let mut start = 0;
        for next in &mut next {
            start += std::mem::replace(next, start);
        }
        let place = |&key: &usize| {
            next[key] += 1;
            next[key] - 1
        };
        let places: Vec<usize> = keys.iter().map(place).collect();
        let mut sorted = vec![(0, 0); 300];
        parallel_for!(
            num_threads = 3,
            schedule = "dynamic,16",
            scatter(sorted),
            for (i, key) in keys.iter().enumerate() {
                sorted[places[i]] = (*key, i);
            }
        );
        assert!(sorted.is_sorted());
    });
}
