//! `y[i] = ..`: each iteration owns its element, whatever the array is and however the index is said.

#![allow(clippy::useless_vec, reason = "a Vec is one of the arrays that are tested")]
#![allow(clippy::needless_range_loop, reason = "indexing is what is tested")]

use pymp::prelude::*;

mod common;

use common::{TEAMS, assert_says, everywhere, panic_of, watchdog};

const N: usize = 41;

fn squares() -> Vec<usize> {
    (0..N).map(|i| i * i).collect()
}

/// Every array that can be written, in the loop as anyone would write it.
#[test]
fn every_kind_of_array() {
    fn through_a_parameter(y: &mut [usize], team: usize, schedule: Schedule) {
        parallel_for!(
            num_threads = team,
            schedule = schedule,
            for i in 0..y.len() {
                y[i] = i * i;
            }
        );
    }
    fn through_a_mut_parameter(mut y: Vec<usize>, team: usize) -> Vec<usize> {
        parallel_for!(
            num_threads = team,
            for i in 0..y.len() {
                y[i] = i * i;
            }
        );
        y
    }
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut vector = vec![0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    vector[i] = i * i;
                }
            );
            assert_eq!(vector, squares(), "a Vec, {schedule} on {team}");

            let mut array = [0; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    array[i] = i * i;
                }
            );
            assert_eq!(array.to_vec(), squares(), "an array, {schedule} on {team}");

            let mut boxed = vec![0; N].into_boxed_slice();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    boxed[i] = i * i;
                }
            );
            assert_eq!(boxed.to_vec(), squares(), "a Box<[T]>, {schedule} on {team}");

            let mut storage = vec![0; N];
            through_a_parameter(&mut storage, team, schedule);
            assert_eq!(storage, squares(), "a &mut [T], {schedule} on {team}");

            let mut storage = vec![0; N];
            let vector = &mut storage;
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    vector[i] = i * i;
                }
            );
            assert_eq!(storage, squares(), "a &mut Vec, {schedule} on {team}");

            let mut storage = [0; N];
            let array = &mut storage;
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    array[i] = i * i;
                }
            );
            assert_eq!(storage.to_vec(), squares(), "a &mut [T; N], {schedule} on {team}");

            let mut storage = Box::new([0; N]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    storage[i] = i * i;
                }
            );
            assert_eq!(storage.to_vec(), squares(), "a Box<[T; N]>, {schedule} on {team}");

            let mut storage = vec![0; N + 5];
            let (left, right) = storage.split_at_mut(5);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    right[i] = i * i;
                }
            );
            assert_eq!((left.len(), right.to_vec()), (5, squares()), "a half of a slice, {schedule} on {team}");
        });
        assert_eq!(through_a_mut_parameter(vec![0; N], 3), squares());
    });
}

/// No `mut` on the binding: what it points to is written, not it.
#[test]
fn a_mutable_slice_needs_no_mut_binding() {
    #[parallel(num_threads = 3)]
    fn fill(y: &mut [usize]) {
        for i in 0..y.len() {
            y[i] = i * i;
        }
    }
    watchdog(|| {
        let mut y = vec![0; N];
        fill(&mut y);
        assert_eq!(y, squares());
        // The array is whole again after the loop.
        y.push(7);
        assert_eq!(y.len(), N + 1);
    });
}

#[derive(Clone, Default, PartialEq, Debug)]
struct Particle {
    pos: [f64; 2],
    speed: f64,
    trail: Vec<usize>,
}

impl Particle {
    /// Not a name that std knows.
    fn advance(&mut self, by: f64) {
        self.pos[0] += by;
    }
}

#[test]
fn every_way_to_write_an_element() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = vec![1_usize; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    y[i] += i;
                    y[i] *= 2;
                    y[i] -= 1;
                    y[i] <<= 1;
                    y[i] = y[i] + y[i] / 2;
                    let element = &mut y[i];
                    *element += 1;
                    *element = 0;
                    if y[i] == 0 {
                        y[i] = (1 + i) * 4
                    };
                }
            );
            assert_eq!(y, (0..N).map(|i| (1 + i) * 4).collect::<Vec<_>>(), "{schedule} on {team}");

            let mut particles = vec![Particle::default(); N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    particles[i].speed = i as f64;
                    particles[i].pos[1] += particles[i].speed;
                    particles[i].trail.push(i);
                    particles[i].trail.extend([i + 1, i + 2]);
                    particles[i].trail[0] += 10;
                }
            );
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                owned(particles),
                for i in 0..N {
                    particles[i].advance(2.5);
                }
            );
            for (i, particle) in particles.iter().enumerate() {
                let x = i as f64;
                let expected = Particle { pos: [2.5, x], speed: x, trail: vec![i + 10, i + 1, i + 2] };
                assert_eq!(*particle, expected, "{schedule} on {team}");
            }

            let mut rows = vec![vec![0; 3]; N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    for j in 0..3 {
                        rows[i][j] = i * 10 + j;
                    }
                }
            );
            assert!(rows.iter().enumerate().all(|(i, row)| *row == [i * 10, i * 10 + 1, i * 10 + 2]), "{schedule} on {team}");

            let mut texts = vec![String::new(); N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    texts[i].push_str("number ");
                    texts[i] += &i.to_string();
                }
            );
            assert!(texts.iter().enumerate().all(|(i, text)| *text == format!("number {i}")), "{schedule} on {team}");

            let mut pairs = vec![(0, 0); N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    pairs[i].0 = i;
                    (pairs[i].1,) = (2 * i,);
                }
            );
            assert!(pairs.iter().enumerate().all(|(i, pair)| *pair == (i, 2 * i)), "{schedule} on {team}");

            let mut found = vec![Some((1, 0)); N];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    if let Some((ref mut first, _)) = found[i] {
                        *first += i;
                    }
                    match found[i] {
                        Some((_, ref mut second)) if *second == 0 => *second = 2 * i,
                        _ => found[i] = None,
                    }
                    let Some(ref mut pair) = found[i] else { continue };
                    pair.1 += 1;
                }
            );
            assert!(found.iter().enumerate().all(|(i, pair)| *pair == Some((1 + i, 2 * i + 1))), "{schedule} on {team}");
        });
    });
}

#[test]
fn several_arrays_at_once() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut x, mut y, z) = (vec![1; N], [2; N], squares());
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    std::mem::swap(&mut x[i], &mut y[i]);
                    x[i] += z[i] + z[N - 1 - i] + y.len();
                }
            );
            assert_eq!(y, [1; N]);
            assert!((0..N).all(|i| x[i] == 2 + i * i + (N - 1 - i) * (N - 1 - i) + N), "{schedule} on {team}");
        });
    });
}

/// The element that iteration `i` owns is `y[i]` for every shape of loop.
#[test]
fn every_way_to_say_the_index() {
    macro_rules! assert_written {
        ($($expected:expr, $pat:pat in $head:expr, $index:expr;)*) => {
            everywhere(|schedule, team| {$(
                let mut y = vec![0; N];
                let mut serial = vec![0; N];
                for i in $expected { serial[i] += 1; }
                parallel_for!(num_threads = team, schedule = schedule, for $pat in $head { y[$index] += 1; });
                assert_eq!(y, serial, "{} on {team}, {schedule}", stringify!($pat in $head));
            )*})
        };
    }
    watchdog(|| {
        let v = vec![0_u8; N];
        assert_written! {
            0..N, i in 0..N, i;
            0..N, i in 0..=N - 1, i;
            3..20, i in 3..20, i;
            0..N, i in (0..N).rev(), i;
            5..30, i in (5..30).rev(), i;
            (0..N).step_by(3), i in (0..N).step_by(3), i;
            (2..N).step_by(7), i in (2..N).step_by(7), i;
            (1..30).rev().step_by(4), i in (1..30).rev().step_by(4), i;
            (1..30).step_by(4), i in (1..30).step_by(4).rev(), i;
            0..N, i in 0..N as u8, i as usize;
            0..N, i in 0..N as i32, i as usize;
            0..N, i in 0..N as i64, i as usize;
            4..9, i in 4..9_u128, i as usize;
            0..N, i in (0..N as u16).rev(), i as usize;
            0..N, (i, _) in v.iter().enumerate(), i;
            0..N, (i, &_x) in v.iter().enumerate(), i;
            0..N, (i, _) in v.iter().enumerate().rev(), i;
            0..N, (i, _) in v.iter().rev().enumerate(), i;
            5..N, (i, _) in v.iter().enumerate().skip(5), i;
            0..N - 5, (i, _) in v.iter().skip(5).enumerate(), i;
            0..7, (i, _) in v.iter().enumerate().take(7), i;
            0..N, (i, (_, _)) in v.iter().zip(&v).enumerate(), i;
            0..11, (i, _) in v.chunks(4).enumerate(), i;
            0..40, (i, _) in v.windows(2).enumerate(), i;
        }
    });
}

/// The counter of a mutable iterator owns elements of other arrays.
#[test]
fn the_counter_beside_mutable_items() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut x, mut y) = (squares(), vec![0; N]);
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for (i, x) in x.iter_mut().enumerate() {
                    y[i] = *x;
                    *x = 0;
                }
            );
            assert_eq!((x, y), (vec![0; N], squares()), "{schedule} on {team}");
        });
    });
}

#[test]
fn negative_indices_are_the_users_to_sort_out() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = vec![0; 5];
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in -7_isize..5 {
                    if i >= 0 {
                        y[i as usize] = i;
                    }
                }
            );
            assert_eq!(y, [0, 1, 2, 3, 4], "{schedule} on {team}");
        });
    });
}

/// Each part of every cut, for every start and step: nothing beside what is meant is written.
#[test]
fn views_at_every_boundary() {
    watchdog(|| {
        for team in [1, 2, 3, 5, 9] {
            for schedule in common::schedules() {
                for len in 0..=12 {
                    for start in 0..=len {
                        let mut y = vec![0; len];
                        parallel_for!(
                            num_threads = team,
                            schedule = schedule,
                            for i in start..len {
                                y[i] += i + 1;
                            }
                        );
                        let expected: Vec<_> = (0..len).map(|i| if i < start { 0 } else { i + 1 }).collect();
                        assert_eq!(y, expected, "{start}..{len}, {schedule} on {team}");
                        for step in 1..=4 {
                            let (mut up, mut down, mut serial) = (vec![0; len], vec![0; len], vec![0; len]);
                            (start..len).step_by(step).for_each(|i| serial[i] += i + 1);
                            parallel_for!(
                                num_threads = team,
                                schedule = schedule,
                                for i in (start..len).step_by(step) {
                                    up[i] += i + 1;
                                }
                            );
                            parallel_for!(
                                num_threads = team,
                                schedule = schedule,
                                for i in (start..len).step_by(step).rev() {
                                    down[i] += i + 1;
                                }
                            );
                            assert_eq!((&up, &down), (&serial, &serial), "{start}..{len} by {step}, {schedule} on {team}");
                        }
                    }
                }
            }
        }
    });
}

struct Grid3 {
    cells: Vec<f64>,
}

struct State {
    x: Vec<f64>,
    y: Vec<f64>,
    grid: Grid3,
    parts: ([f64; 9], Vec<f64>),
    scale: f64,
}

#[parallel]
impl State {
    fn new() -> Self {
        let grid = Grid3 { cells: vec![0.0; 9] };
        Self { x: (0..9).map(f64::from).collect(), y: vec![1.0; 9], grid, parts: ([0.0; 9], vec![0.0; 9]), scale: 2.0 }
    }

    fn step(&mut self, team: usize, schedule: Schedule) {
        #[parallel(num_threads = team, schedule = schedule)]
        for i in 0..self.x.len() {
            self.y[i] += self.scale * self.x[i];
            self.grid.cells[i] = self.y[i];
            self.parts.0[i] = 3.0;
            self.parts.1[i] -= self.x[i];
        }
    }
}

#[test]
fn field_paths() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut state = State::new();
            state.step(team, schedule);
            let expected: Vec<_> = (0..9).map(|i| 1.0 + 2.0 * f64::from(i)).collect();
            assert_eq!(state.y, expected, "{schedule} on {team}");
            assert_eq!(state.grid.cells, expected, "{schedule} on {team}");
            assert_eq!(state.parts.0, [3.0; 9], "{schedule} on {team}");
            assert_eq!(state.parts.1, (0..9).map(|i| -f64::from(i)).collect::<Vec<_>>(), "{schedule} on {team}");

            let other = &mut state;
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..9 {
                    other.y[i] = other.x[i] * other.scale;
                }
            );
            assert_eq!(state.y[8], 16.0, "{schedule} on {team}");
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..9 {
                    state.grid.cells[i] = state.x[i];
                }
            );
            assert_eq!(state.grid.cells, state.x, "{schedule} on {team}");
        });
    });
}

struct Signal<T> {
    samples: Vec<T>,
}

impl<T: Send> Disjoint for Signal<T> {
    type Whole<'a>
        = <[T] as Disjoint>::Whole<'a>
    where
        T: 'a;

    fn as_disjoint(&mut self) -> Self::Whole<'_> {
        self.samples.as_disjoint()
    }
}

struct Trace(Vec<f32>);

impl Disjoint for Trace {
    type Whole<'a> = pymp::disjoint::Elements<'a, f32>;

    fn as_disjoint(&mut self) -> pymp::disjoint::Elements<'_, f32> {
        self.0.as_disjoint()
    }
}

#[test]
fn a_disjoint_type_by_the_facade_alone() {
    watchdog(|| {
        let mut trace = Trace(vec![0.0; 4]);
        parallel_for!(
            num_threads = 2,
            for i in 0..4 {
                trace[i] = i as f32;
            }
        );
        assert_eq!(trace.0, [0.0, 1.0, 2.0, 3.0]);
    });
}

#[test]
fn a_disjoint_type_of_ones_own() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut signal = Signal { samples: vec![0; N] };
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..N {
                    signal[i] = i * i;
                }
            );
            assert_eq!(signal.samples, squares(), "{schedule} on {team}");
        });
    });
}

#[test]
fn elements_that_are_not_sync() {
    watchdog(|| {
        let mut cells = vec![std::cell::Cell::new(0); N];
        parallel_for!(
            num_threads = 3,
            for i in 0..N {
                cells[i] = std::cell::Cell::new(i * i);
            }
        );
        assert_eq!(cells.into_iter().map(std::cell::Cell::into_inner).collect::<Vec<_>>(), squares());
    });
}

#[test]
fn an_index_out_of_bounds_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| {
            let mut y = vec![0; 10];
            for i in std::hint::black_box(0..11) {
                y[i] = i;
            }
        });
        everywhere(|schedule, team| {
            let text = panic_of(|| {
                let mut y = vec![0; 10];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in 0..11 {
                        y[i] = i;
                    }
                );
            });
            assert_eq!(text, serial, "{schedule} on {team}");
            let text = panic_of(|| {
                let mut y = [0; 10];
                parallel_for!(
                    num_threads = team,
                    schedule = schedule,
                    for i in (10..11).rev() {
                        y[i] += i;
                    }
                );
            });
            assert_eq!(text, serial, "{schedule} on {team}");
        });
    });
}

#[test]
fn a_negative_index_panics_as_serial_rust_does() {
    watchdog(|| {
        let serial = panic_of(|| {
            let mut y = vec![0; 10];
            for i in std::hint::black_box(-1..3_i64) {
                y[i as usize] = i;
            }
        });
        for team in TEAMS {
            let text = panic_of(|| {
                let mut y = vec![0; 10];
                parallel_for!(
                    num_threads = team,
                    for i in -1..3_i64 {
                        y[i as usize] = i;
                    }
                );
            });
            assert_eq!(text, serial, "{team}");
        }
    });
}

/// The source shows an own element, the values say otherwise: the body has made another `i` of it.
#[test]
fn what_was_written_before_a_panic_stays() {
    watchdog(|| {
        let mut y = vec![0; N];
        let text = panic_of(|| {
            parallel_for!(
                num_threads = 1,
                for i in 0..N {
                    assert!(i < 20, "enough");
                    y[i] = i * i;
                }
            );
        });
        assert_says(&text, &["enough"]);
        assert_eq!(y[..20], squares()[..20]);
        assert_eq!(y[20..], [0; N - 20]);
    });
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Vector {
    x: f64,
}

impl std::ops::AddAssign for Vector {
    fn add_assign(&mut self, other: Vector) {
        self.x += other.x;
    }
}

impl std::ops::Mul<f64> for Vector {
    type Output = Vector;
    fn mul(self, by: f64) -> Vector {
        Vector { x: self.x * by }
    }
}

/// For an operator of one's own the plain loop over a slice takes the place before the value.
#[test]
fn updates_from_the_element_itself_by_operators_of_ones_own() {
    watchdog(|| {
        fn step(y: &mut [Vector], v: &mut [(Vector, Vector)], by: f64) {
            parallel_for!(
                num_threads = 3,
                for i in 0..y.len() {
                    y[i] += y[i] * by;
                    v[i].0 += v[i].1 * by;
                }
            );
        }
        let mut y = [Vector { x: 2.0 }; 10];
        let mut v = [(Vector { x: 1.0 }, Vector { x: 4.0 }); 10];
        step(&mut y, &mut v, 0.5);
        assert_eq!(y, [Vector { x: 3.0 }; 10]);
        assert_eq!(v, [(Vector { x: 3.0 }, Vector { x: 4.0 }); 10]);
    });
}

#[test]
fn another_name_of_the_loop_variable() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let mut y = vec![0; N];
            let x = squares();
            let n = i32::try_from(N).unwrap();
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                for i in 0..n {
                    let k = i as usize;
                    let l: usize = k;
                    y[l] = x[k] + 1;
                    y[k] -= 1;
                }
            );
            assert_eq!(y, squares(), "{schedule} on {team}");
            let mut table = vec![0; 5 * 7];
            let m = 7;
            parallel_for!(
                num_threads = team,
                schedule = schedule,
                collapse = 2,
                for i in 0..5 {
                    for j in 0..m {
                        let at = i * m + j;
                        table[at] = at;
                    }
                }
            );
            assert!(table.iter().enumerate().all(|(at, value)| at == *value), "{schedule} on {team}");
        });
    });
}

/// Sixteen arrays, and sixteen results.
macro_rules! many {
    ($($y:ident $sum:ident)*) => {
        #[test]
        fn many_arrays_and_many_results() {
            watchdog(|| {
                everywhere(|schedule, team| {
                    $(let mut $y = vec![0; N];)*
                    $(let mut $sum = 0;)*
                    parallel_for!(num_threads = team, schedule = schedule, reduction(+: $($sum),*), for i in 0..N {
                        $($y[i] = i;)*
                        $($sum += i;)*
                    });
                    $(assert_eq!($y, (0..N).collect::<Vec<_>>());)*
                    $(assert_eq!($sum, N * (N - 1) / 2);)*
                });
            });
        }
    };
}

many! { a sa b sb c sc d sd e se f sf g sg h sh i_ si j sj k sk l sl m sm n sn o so p sp }

#[test]
fn a_deque_is_owned_element_by_element() {
    watchdog(|| {
        let mut deque: std::collections::VecDeque<usize> = (0..10).collect();
        deque.rotate_left(3);
        deque.push_front(40);
        parallel_for!(
            num_threads = 3,
            schedule = "dynamic",
            for i in 0..deque.len() {
                deque[i] += i;
            }
        );
        assert_eq!(deque, [40, 4, 6, 8, 10, 12, 14, 16, 8, 10, 12]);
    });
}
