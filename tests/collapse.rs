//! `collapse = k`: perfectly nested loops as one iteration space.

#![allow(clippy::needless_range_loop, reason = "indexing is what is tested")]

use pymp::Grid;
use pymp::prelude::*;

mod common;

use common::{assert_says, everywhere, panic_of, watchdog};

#[test]
fn the_nest_is_one_space_in_order() {
    watchdog(|| {
        for (n, m) in [(0, 0), (0, 5), (5, 0), (1, 1), (1, 7), (7, 1), (4, 6), (13, 3)] {
            let serial: Vec<_> = (0..n).flat_map(|i| (0..m).map(move |j| (i, j))).collect();
            everywhere(|schedule, team| {
                let mut seen = Vec::new();
                parallel_for!(num_threads = team, schedule = schedule, collapse = 2, reduction(append: seen), for i in 0..n {
                    for j in 0..m {
                        seen.push((i, j));
                    }
                });
                assert_eq!(seen, serial, "{n} x {m}, {schedule} on {team}");
            });
        }
    });
}

#[test]
fn three_loops() {
    watchdog(|| {
        let serial: Vec<_> = (0..3).flat_map(|i| (0..4).flat_map(move |j| (0..5).map(move |k| (i, j, k)))).collect();
        everywhere(|schedule, team| {
            let mut seen = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, collapse = 3, reduction(append: seen), for i in 0..3 {
                for j in 0..4 {
                    for k in 0..5 {
                        seen.push((i, j, k));
                    }
                }
            });
            assert_eq!(seen, serial, "{schedule} on {team}");
        });
    });
}

#[test]
fn heads_of_every_kind() {
    watchdog(|| {
        let (names, numbers) = (["a", "b", "c"], [1, 2]);
        everywhere(|schedule, team| {
            let mut seen = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, collapse(2), reduction(append: seen), for i in (-3..=3).rev().step_by(2) {
                for j in 5..8_u8 {
                    seen.push((i, j));
                }
            });
            let serial: Vec<_> = (-3..=3).rev().step_by(2).flat_map(|i| (5..8_u8).map(move |j| (i, j))).collect();
            assert_eq!(seen, serial, "{schedule} on {team}");

            let mut text = String::new();
            parallel_for!(num_threads = team, schedule = schedule, collapse = 2, reduction(append: text), for name in &names {
                for (k, number) in numbers.iter().enumerate() {
                    text.push_str(&format!("{name}{k}{number} "));
                }
            });
            assert_eq!(text, "a01 a12 b01 b12 c01 c12 ", "{schedule} on {team}");
        });
    });
}

/// The schedule deals out pairs, not rows: 2 x 5 over 3 threads is the static golden of 10.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn the_schedule_sees_all_iterations() {
    watchdog(|| {
        let mut who = [[9; 5]; 2].concat();
        parallel_for!(
            num_threads = 3,
            collapse = 2,
            for i in 0..2 {
                for j in 0..5 {
                    who[i * 5 + j] = pymp::thread_num();
                }
            }
        );
        assert_eq!(who, [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]);
    });
}

#[test]
fn flat_indices_are_owned() {
    watchdog(|| {
        for (n, m) in [(0, 3), (3, 0), (1, 9), (9, 1), (6, 7)] {
            everywhere(|schedule, team| {
                let (mut c, mut serial) = (vec![0; n * m], vec![0; n * m]);
                for i in 0..n {
                    for j in 0..m {
                        serial[i * m + j] = 100 * i + j;
                    }
                }
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    collapse = 2,
                    for i in 0..n {
                        for j in 0..m {
                            c[i * m + j] += 100 * i + j;
                        }
                    }
                );
                assert_eq!(c, serial, "{n} x {m}, {schedule} on {team}");
            });
        }
    });
}

#[test]
fn the_ways_to_write_a_flat_index() {
    watchdog(|| {
        let (n, m) = (5, 7);
        let (mut a, mut b, mut c) = (vec![0; 35], vec![0; 35], vec![0; 35]);
        parallel_for!(
            num_threads = 3,
            collapse = 2,
            for i in 0..n {
                for j in 0..m {
                    a[i * m + j] = i;
                    b[j + i * m] = j;
                    c[m * i + j] = a[i * m + j] + b[j + i * m];
                }
            }
        );
        assert!((0..35).all(|k| (a[k], b[k], c[k]) == (k / 7, k % 7, k / 7 + k % 7)));
    });
}

#[test]
fn grids_by_array_and_by_tuple() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut cells, mut tuples) = (vec![0; 6 * 7], vec![0; 6 * 7]);
            let (mut a, mut b) = (Grid::new(&mut cells, [6, 7]), Grid::new(&mut tuples, [6, 7]));
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                collapse = 2,
                for i in 0..6 {
                    for j in 0..7 {
                        a[[i, j]] = 10 * i + j;
                        b[(i, j)] += a[[i, j]];
                    }
                }
            );
            let expected: Vec<_> = (0..42).map(|k| k / 7 * 10 + k % 7).collect();
            assert_eq!((&cells, &tuples), (&expected, &expected), "{schedule} on {team}");
        });
    });
}

#[test]
fn without_collapse_an_iteration_owns_a_row_of_a_grid() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut cells = vec![0; 6 * 7];
            let mut a = Grid::new(&mut cells, [6, 7]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..6 {
                    for j in 0..7 {
                        a[[i, j]] = 10 * i + j;
                    }
                }
            );
            assert_eq!(cells, (0..42).map(|k| k / 7 * 10 + k % 7).collect::<Vec<_>>(), "{schedule} on {team}");
        });
    });
}

#[test]
fn reductions_of_a_nest() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut sum, mut most) = (0, i32::MIN);
            parallel_for!(num_threads = team, schedule = schedule, collapse = 2, reduction(+: sum), reduction(max: most), for i in 0..30 {
                for j in -5..5 {
                    sum += i * j;
                    most = most.max(i * j);
                }
            });
            assert_eq!((sum, most), (-2175, 116), "{schedule} on {team}");
        });
    });
}

/// As a nest of prange: both loops' sums come out, 9 by 9 and once more around.
#[test]
fn nested_reductions_propagate() {
    watchdog(|| {
        let (mut inner, mut outer) = (0, 0);
        parallel_for!(num_threads = 3, reduction(+: inner, outer), for i in 0..10 {
            for j in 0..10 {
                inner += j;
            }
            outer += i;
        });
        assert_eq!((inner, outer), (450, 45));
    });
}

#[test]
fn continue_and_inner_labels_in_a_nest() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut seen = Vec::new();
            parallel_for!(num_threads = team, schedule = schedule, collapse = 2, reduction(append: seen), for i in 0..4 {
                for j in 0..4 {
                    if (i + j) % 2 == 0 {
                        continue;
                    }
                    'inner: for k in 0..3 {
                        if k == 1 {
                            break 'inner;
                        }
                        seen.push((i, j, k));
                    }
                }
            });
            let serial: Vec<_> =
                (0..4).flat_map(|i| (0..4).map(move |j| (i, j, 0))).filter(|(i, j, _)| (i + j) % 2 == 1).collect();
            assert_eq!(seen, serial, "{schedule} on {team}");
        });
    });
}

#[parallel]
fn find(grid: &[Vec<u32>], wanted: u32, team: usize, schedule: Schedule) -> Option<(usize, usize)> {
    #[parallel(num_threads = team, schedule = schedule, collapse = 2)]
    for i in 0..grid.len() {
        for j in 0..5 {
            if grid[i][j] == wanted {
                return Some((i, j));
            }
        }
    }
    None
}

#[test]
fn return_from_a_nest_is_the_first_in_order() {
    watchdog(|| {
        let mut grid = vec![vec![0; 5]; 40];
        for (i, j) in [(7, 3), (7, 4), (8, 0), (30, 2)] {
            grid[i][j] = 1;
        }
        everywhere(|schedule, team| {
            assert_eq!(find(&grid, 1, team, schedule), Some((7, 3)), "{schedule} on {team}");
            assert_eq!(find(&grid, 2, team, schedule), None, "{schedule} on {team}");
        });
    });
}

#[test]
fn an_index_outside_the_array_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| std::hint::black_box(vec![0; 11])[std::hint::black_box(11)]);
        let (n, m) = (3, 4);
        let text = panic_of(|| {
            let mut c = vec![0; 11];
            parallel_for!(
                num_threads = 2,
                collapse = 2,
                for i in 0..n {
                    for j in 0..m {
                        c[i * m + j] = 1;
                    }
                }
            );
        });
        assert_eq!(text, serial);
    });
}

#[parallel]
fn transpose(a: &[f64], b: &mut [f64], n: usize, m: usize) {
    #[parallel(num_threads = 3, schedule = "guided", collapse = 2)]
    for j in 0..m {
        for i in 0..n {
            b[j * n + i] = a[i * m + j];
        }
    }
}

#[test]
fn a_transposition() {
    watchdog(|| {
        let a: Vec<_> = (0..35).map(f64::from).collect();
        let mut b = vec![0.0; 35];
        transpose(&a, &mut b, 5, 7);
        assert!((0..5).all(|i| (0..7).all(|j| b[j * 5 + i] == a[i * 7 + j])));
    });
}

#[test]
fn a_grid_without_its_edges_is_refused_at_the_users_loop() {
    watchdog(|| {
        let place = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let seen = std::sync::Arc::clone(&place);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let file = info.location().map(|at| at.file().to_owned()).unwrap_or_default();
            if info.to_string().contains("under `collapse`") {
                *seen.lock().unwrap() = file;
            }
        }));
        let said = panic_of(|| {
            let mut cells = vec![0; 42];
            let mut a = Grid::new(&mut cells, [6, 7]);
            parallel_for!(
                collapse = 2,
                for i in 1..5 {
                    for j in 1..6 {
                        a[[i, j]] = 1;
                    }
                }
            );
        });
        std::panic::set_hook(before);
        assert_says(&said, &["let `j` run over `0..n` and put an `if` in the body", "leave out `collapse`"]);
        assert!(place.lock().unwrap().ends_with("collapse.rs"), "{}", place.lock().unwrap());
    });
}

#[parallel]
fn added(a: &[[f64; 8]], b: &[[f64; 8]], sum: &mut [[f64; 8]], largest: &mut f64) {
    #[parallel(collapse = 2, num_threads = 3, schedule = "dynamic,5", reduction(max: largest))]
    for i in 0..a.len() {
        for j in 0..8 {
            sum[i][j] = a[i][j] + b[i][j];
            *largest = largest.max(sum[i][j]);
            assert!(sum[i][j] >= 0.0, "{}", sum[i][j]);
        }
    }
}

struct Table {
    cells: Vec<[(u32, [u8; 2]); 5]>,
}

#[parallel]
impl Table {
    fn fill(&mut self, rows: u8) {
        #[parallel(collapse(2), num_threads = 4)]
        for i in 0..rows {
            for j in 0..5_u16 {
                self.cells[i as usize][usize::from(j)].0 += u32::from(i) * 10 + u32::from(j);
                self.cells[i as usize][usize::from(j)].1[1] = 7;
            }
        }
    }
}

#[test]
fn an_array_of_arrays_is_owned_element_by_element() {
    watchdog(|| {
        let rows = |k: f64| -> [[f64; 8]; 6] { std::array::from_fn(|i| std::array::from_fn(|j| k * (i * 8 + j) as f64)) };
        let (mut sum, mut largest) = (vec![[0.0; 8]; 6], 0.0);
        added(&rows(1.0), &rows(2.0), &mut sum, &mut largest);
        assert_eq!((&sum[..], largest), (&rows(3.0)[..], 141.0));

        let mut table = Table { cells: vec![[(1, [0; 2]); 5]; 4] };
        table.fill(4);
        assert_eq!((table.cells[3][4], table.cells[0][0]), ((35, [0, 7]), (1, [0, 7])));

        let mut empty: [[u8; 0]; 3] = [[]; 3];
        parallel_for!(
            collapse = 2,
            for i in 0..3 {
                for j in 0..0 {
                    empty[i][j] = 1;
                }
            }
        );
        let mut cube = [[[0_usize; 2]; 3]; 4];
        parallel_for!(
            collapse = 2,
            for i in 0..cube.len() {
                for j in 0..3 {
                    for k in 0..2 {
                        cube[i][j][k] = i * 100 + j * 10 + k;
                    }
                    cube[i][j].swap(0, 1);
                }
            }
        );
        assert_eq!(cube[3][2], [321, 320]);
    });
}

#[test]
fn a_part_of_the_columns_is_refused_in_words() {
    watchdog(|| {
        let mut cells = [[0; 5]; 3];
        let message = panic_of(|| {
            parallel_for!(
                collapse = 2,
                for i in 0..3 {
                    for j in 1..4 {
                        cells[i][j] = 1;
                    }
                }
            );
        });
        assert_says(&message, &["collapse", "0..n"]);
    });
}
