//! Odd but legal: raw names, labels, patterns, macros that make loops, shadowing.

#![allow(unused_parens, clippy::unused_unit, clippy::needless_return, reason = "odd is what is tested")]

use pymp::prelude::*;

mod common;

use common::{everywhere, watchdog};

#[test]
fn raw_identifiers() {
    struct Odd {
        r#type: Vec<usize>,
    }
    watchdog(|| {
        let r#match = vec![1; 9];
        let (mut r#fn, mut r#loop, mut r#struct, r#in) = (vec![0; 9], 0, 0, 7);
        let mut r#mod = vec![0; 18];
        let mut odd = Odd { r#type: vec![0; 9] };
        parallel_for!(
            num_threads = 3, reduction(+: r#loop), lastprivate(r#struct), private(r#in), chunks(r#mod, 2), owned(r#fn),
            for r#for in 0..9 {
                r#in = r#for * 2;
                r#fn[r#for] = r#in + r#match[r#for];
                odd.r#type[r#for] = r#for;
                r#mod[r#for * 2] = r#fn[r#for];
                r#loop += r#for;
                r#struct = r#for;
            }
        );
        assert_eq!((r#loop, r#struct, r#in), (36, 8, 7));
        assert!((0..9).all(|i| r#fn[i] == 2 * i + 1 && r#mod[2 * i] == r#fn[i] && odd.r#type[i] == i));
    });
}

/// A raw name and the plain one are the same variable.
#[test]
fn raw_and_plain_are_one_name() {
    watchdog(|| {
        let (mut total, mut y) = (0, vec![0; 9]);
        parallel_for!(num_threads = 3, reduction(+: total), for i in 0..9 {
            r#total += i;
            r#y[r#i] = i;
        });
        parallel_for!(num_threads = 3, reduction(+: r#total), for i in 0..9 { total += y[i]; });
        assert_eq!(total, 72);
    });
}

#[test]
fn names_of_other_scripts() {
    watchdog(|| {
        let größe = 12;
        let (mut сумма, mut 値) = (0, vec![0; größe]);
        parallel_for!(num_threads = 3, reduction(+: сумма), for ζ in 0..größe {
            値[ζ] = ζ * ζ;
            сумма += ζ;
        });
        assert_eq!((сумма, 値[11]), (66, 121));
    });
}

#[test]
fn labels() {
    watchdog(|| {
        let mut y = vec![0; 9];
        parallel_for!(
            num_threads = 3,
            'here: for i in 0..9 {
                'there: for j in 0.. {
                    if i % 2 == 1 {
                        continue 'here;
                    }
                    if j == i {
                        break 'there;
                    }
                }
                y[i] = 1;
            }
        );
        assert_eq!(y, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
        // The label of a loop around it may be taken again inside.
        'here: for round in 0..3 {
            let mut sum = 0;
            parallel_for!(num_threads = 2, reduction(+: sum), for i in 0..4 {
                'here: for j in 0..4 {
                    if j == i {
                        break 'here;
                    }
                    sum += 1;
                }
            });
            assert_eq!(sum, 6);
            if round == 1 {
                break 'here;
            }
        }
    });
}

macro_rules! sum_over {
    ($team:expr, $op:tt, $total:ident, $pat:pat in $head:expr => $value:expr) => {
        parallel_for!(num_threads = $team, reduction($op: $total), for $pat in $head { $total += $value; })
    };
}

macro_rules! fill {
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident($y:ident, $i:ident) $body:block) => {
        #[parallel]
        $visibility fn $name($y: &mut [usize]) {
            $(#[$attribute])*
            for $i in 0..$y.len() $body
        }
    };
}

fill! {
    #[parallel(num_threads = 3, schedule = "static,1")]
    pub(crate) fn filled_by_a_macro(y, i) { y[i] = pymp::thread_num() }
}

/// A variable of the macro's own beside the user's of the same name.
macro_rules! doubled {
    ($y:ident, $i:ident, $value:expr) => {{
        let factor = 2;
        parallel_for!(
            num_threads = 2,
            for $i in 0..$y.len() {
                $y[$i] = factor * $value;
            }
        );
    }};
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn macros_that_make_loops() {
    watchdog(|| {
        let mut total = 0;
        sum_over!(3, +, total, i in 0..10 => i);
        sum_over!(1 + 2, +, total, (i, x) in [5; 4].iter().enumerate() => i * x);
        assert_eq!(total, 45 + 30);

        let mut y = [9; 6];
        filled_by_a_macro(&mut y);
        assert_eq!(y, [0, 1, 2, 0, 1, 2]);

        let factor = 10;
        doubled!(y, i, factor + i);
        assert_eq!(y, [20, 22, 24, 26, 28, 30]);
    });
}

/// `2 * $x` is `2 * (a + b)`, in a body, in a clause, in a macro of the body and outside of the loop.
#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn an_expression_given_to_a_macro_is_one_operand() {
    macro_rules! sixfold {
        ($x:expr, $y:ident) => {{
            parallel_for!(num_threads = 2 * $x, schedule(static, 2 * $x), private(t = 2 * $x), for i in 0..$y.len() {
                assert_eq!(2 * $x, 6);
                $y[i] = (format!("{}", 2 * $x), 2 * $x, $x as u64 * 2, t, pymp::num_threads(), -$x);
            });
            $y[0].1
        }};
    }
    macro_rules! function {
        ($name:ident, $x:expr) => {
            #[parallel]
            fn $name(y: &mut [i32]) -> i32 {
                for i in 0..y.len() {
                    y[i] = 2 * $x;
                }
                2 * $x
            }
        };
    }
    function!(six, 1 + 2);
    watchdog(|| {
        let mut y = vec![(String::new(), 0, 0, 0, 0, 0); 4];
        assert_eq!(sixfold!(1 + 2, y), 6);
        assert_eq!(y, vec![("6".to_owned(), 6, 6, 6, 6, -3); 4]);
        let mut y = [0; 4];
        assert_eq!((six(&mut y), y), (6, [6; 4]));
    });
}

#[test]
fn macros_in_the_body() {
    macro_rules! square {
        ($x:expr) => {
            $x * $x
        };
    }
    watchdog(|| {
        let x = vec![1, 2, 3];
        let mut y = vec![String::new(); 3];
        parallel_for!(
            num_threads = 2,
            for i in 0..3 {
                assert!(i < 3, "{i} of {}", x.len());
                let parts = vec![square!(x[i]), i];
                y[i] = format!("{parts:?} {0} {x}", y.len(), x = x[i]);
                debug_assert_eq!(parts.len(), 2);
                if matches!(x[i], 2 | 3) {
                    y[i].push('!');
                }
            }
        );
        assert_eq!(y, ["[1, 0] 3 1", "[4, 1] 3 2!", "[9, 2] 3 3!"]);
    });
}

#[test]
fn patterns() {
    #[derive(Clone, Copy)]
    struct Point {
        x: i32,
        y: i32,
    }
    watchdog(|| {
        let points = [Point { x: 1, y: 2 }, Point { x: 3, y: 4 }];
        let nested = [((1, 2), [3, 4]), ((5, 6), [7, 8])];
        let mut sum = 0;
        parallel_for!(num_threads = 2, reduction(+: sum), for Point { x, y: height } in points { sum += x * height; });
        parallel_for!(num_threads = 2, reduction(+: sum), for &Point { x, .. } in &points { sum += x; });
        parallel_for!(num_threads = 2, reduction(+: sum), for Point { y, .. } in points.iter() { sum += y; });
        parallel_for!(num_threads = 2, reduction(+: sum), for ((a, _), [.., b]) in nested { sum += a * b; });
        parallel_for!(num_threads = 2, reduction(+: sum), for (i, ref pair @ (_, [a, _])) in nested.into_iter().enumerate() {
            sum += i as i32 * pair.0.0 * a;
        });
        parallel_for!(num_threads = 2, reduction(+: sum), for _ in 0..5 { sum += 1; });
        assert_eq!(sum, 14 + 4 + 6 + 44 + 35 + 5);
    });
}

#[test]
fn a_mutable_loop_variable() {
    watchdog(|| {
        let mut out = Vec::new();
        parallel_for!(num_threads = 3, reduction(append: out), for mut i in 0..5 {
            i += 10;
            while i % 3 != 0 {
                i += 1;
            }
            out.push(i);
        });
        assert_eq!(out, [12, 12, 12, 15, 15]);
    });
}

#[test]
fn shadowing() {
    watchdog(|| {
        everywhere(|schedule, team| {
            let (mut y, mut sum, x) = (vec![0; 20], 100, 5);
            parallel_for!(num_threads = team, schedule = schedule, reduction(+: sum), for x in 0..20 {
                y[x] = x;
                sum += 1;
                {
                    // From here on these are others.
                    let mut sum = 1000;
                    sum += x;
                    let mut y = [sum; 3];
                    y[0] += 1;
                    let x = y[0] + y[1];
                    assert!(x > 2000);
                }
                let grow = |sum: usize| sum + 1;
                for sum in 0..2 {
                    assert!(grow(sum) < 3);
                }
                if let Some(sum) = Some(x) {
                    assert_eq!(sum, x);
                }
            });
            assert_eq!((x, sum, y), (5, 120, (0..20).collect::<Vec<_>>()), "{schedule} on {team}");
        });
    });
}

/// The loop variable hides an array that the loop runs over.
#[test]
fn a_loop_variable_named_as_what_it_runs_over() {
    watchdog(|| {
        let (line, mut out) = ("a b c", String::new());
        parallel_for!(num_threads = 2, reduction(append: out), for line in line.split(' ') { out.push_str(line); });
        assert_eq!(out, "abc");
        let i = 5;
        let mut y = vec![0; i];
        parallel_for!(
            num_threads = 2,
            for i in 0..i {
                y[i] = i;
            }
        );
        assert_eq!(y, [0, 1, 2, 3, 4]);
    });
}

#[test]
fn bodies_that_are_hardly_there() {
    watchdog(|| {
        parallel_for!(for _ in 0..10 {});
        parallel_for!(
            num_threads = 3,
            for _i in 0..10 {
                ()
            }
        );
        parallel_for!(
            num_threads = 3,
            for i in 0..10 {
                let _ = i;
            }
        );
        parallel_for! { num_threads = 3, for i in 0..10 { let _ = i; } }
        parallel_for![
            num_threads = 3,
            for i in 0..10 {
                let _ = i;
            }
        ];
    });
}

#[test]
fn items_and_blocks_in_the_body() {
    watchdog(|| {
        let mut y = vec![0; 9];
        parallel_for!(
            num_threads = 3,
            for i in 0..9 {
                const OFFSET: usize = 3;
                #[derive(Clone, Copy)]
                struct Local(usize);
                impl Local {
                    fn get(self) -> usize {
                        self.0 + OFFSET
                    }
                }
                fn twice(x: usize) -> usize {
                    return 2 * x;
                }
                use std::cmp::max as larger;
                let value = 'block: {
                    if i == 4 {
                        break 'block 100;
                    }
                    twice(Local(i).get())
                };
                y[i] = larger(value, 8);
            }
        );
        assert_eq!(y, [8, 8, 10, 12, 100, 16, 18, 20, 22]);
    });
}

#[test]
fn heads_of_odd_shapes() {
    struct Bounds {
        end: usize,
    }
    watchdog(|| {
        let (bounds, v) = (Bounds { end: 4 }, vec![1, 2, 3, 4]);
        let mut sum = 0;
        parallel_for!(num_threads = 2, reduction(+: sum), for i in (0..bounds.end) { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for i in (Bounds { end: 2 }).end..4 { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for i in { let end = 3; 0..end } { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for i in if v.len() > 3 { 0..2 } else { 0..9 } { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for i in match v[0] { 1 => 5..6, _ => 0..0 } { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for i in (std::ops::Range { start: 1, end: 3 }) { sum += i; });
        parallel_for!(num_threads = 2, reduction(+: sum), for x in &v[1..=2] { sum += x; });
        parallel_for!(num_threads = 2, reduction(+: sum), for x in vec![1, 2] { sum += x; });
        parallel_for!(num_threads = 2, reduction(+: sum), for x in Some(7) { sum += x; });
        parallel_for!(num_threads = 2, reduction(+: sum), for x in v.first().into_iter().chain(v.last()) { sum += x; });
        assert_eq!(sum, 6 + 5 + 3 + 1 + 5 + 3 + 5 + 3 + 7 + 5);
    });
}

/// Elements without a size, and with a destructor.
#[test]
fn odd_elements() {
    watchdog(|| {
        let mut units = vec![(); 9];
        let mut runs = 0;
        parallel_for!(num_threads = 3, reduction(+: runs), for i in 0..9 {
            units[i] = ();
            runs += 1;
        });
        parallel_for!(num_threads = 3, reduction(+: runs), for _unit in &units { runs += 1; });
        parallel_for!(num_threads = 3, reduction(+: runs), for _unit in units { runs += 1; });
        assert_eq!(runs, 27);

        let mut boxes: Vec<Box<dyn Fn() -> usize + Send>> = Vec::new();
        boxes.resize_with(9, || Box::new(|| 0));
        parallel_for!(
            num_threads = 3,
            for i in 0..9 {
                boxes[i] = Box::new(move || i);
            }
        );
        assert!((0..9).all(|i| boxes[i]() == i));
    });
}

#[test]
fn structs_made_of_others() {
    #[derive(Clone, Copy, PartialEq, Debug)]
    struct Body {
        mass: u32,
        place: u32,
        speed: u32,
    }
    watchdog(|| {
        let still = Body { mass: 1, place: 0, speed: 0 };
        let mut all = [still; 9];
        parallel_for!(
            num_threads = 3,
            for i in 0..9 {
                let here = all[i];
                all[i] = Body { place: i as u32, ..here };
                let fast = Body {
                    #[cfg(all())]
                    speed: 2,
                    #[cfg(any())]
                    speed: 3,
                    ..all[i]
                };
                all[i] = Body { mass: 5, ..fast };
            }
        );
        assert!((0..9).all(|i| all[i as usize] == Body { mass: 5, place: i, speed: 2 }));
    });
}

#[test]
fn a_captured_reference_is_not_moved() {
    watchdog(|| {
        let text = String::from("abc");
        let list = &mut vec![1, 2, 3];
        parallel_for!(
            num_threads = 2,
            for i in 0..3 {
                list[i] += text.len();
            }
        );
        list.push(9);
        assert_eq!((text.as_str(), &list[..]), ("abc", &[4, 5, 6, 9][..]));
    });
}

/// A field of it has no reference.
#[repr(C, packed)]
struct Packed {
    _tag: u8,
    x: f64,
}

struct Counted {
    v: Vec<f64>,
    // Not `Sync`, and no loop touches it.
    seen: std::cell::Cell<u32>,
}

macro_rules! make {
    ($name:ident, $value:expr) => {
        let $name = vec![$value; 3];
    };
}

fn widened<T: Copy + Into<f64>>(x: T) -> f64 {
    x.into()
}

/// What the loop is asked about, whether all threads may use it, is asked of what it uses and no more.
#[test]
fn what_all_threads_see_is_only_what_they_use() {
    watchdog(|| {
        let packed = Packed { _tag: 1, x: 2.0 };
        let mut counted = Counted { v: vec![1.0; 8], seen: std::cell::Cell::new(1) };
        let (mut y, small) = ([0.0; 8], [1_u8, 2]);
        parallel_for!(
            num_threads = 2,
            for i in 0..8 {
                make!(made, i as f64);
                y[i] = packed.x + made.len() as f64 + made[0] + counted.v[i] + small.iter().copied().map(widened).sum::<f64>();
            }
        );
        assert_eq!(y, [9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0]);
        let behind = &mut counted;
        parallel_for!(
            num_threads = 2,
            for i in 0..8 {
                behind.v[i] += packed.x;
            }
        );
        behind.seen.set(2);
        assert_eq!(counted.v, [3.0; 8]);
    });
}

/// Statements of which only rustc knows what they do to a variable are asked whether they change what is shared; these do not.
#[test]
fn statements_with_macros_and_calls() {
    macro_rules! make {
        ($x:ident, $v:expr) => {
            let mut $x = $v;
        };
    }
    macro_rules! grow {
        ($x:expr, $by:expr) => {
            $x += $by
        };
    }
    macro_rules! eat {
        ($x:ident) => {
            drop($x)
        };
    }
    macro_rules! set {
        ($x:ident, $v:expr) => {
            $x = $v
        };
    }
    macro_rules! stop_at {
        ($i:expr, $n:expr) => {
            if $i == $n {
                break;
            }
        };
    }
    macro_rules! next_if {
        ($label:lifetime, $when:expr) => {
            if $when {
                continue $label;
            }
        };
    }
    macro_rules! parsed {
        ($text:expr) => {
            $text.parse().unwrap()
        };
    }
    fn put<T: Clone>(into: &mut T, value: &T) {
        into.clone_from(value);
    }
    fn fill(slots: &mut [usize], value: usize) {
        slots.fill(value);
    }
    fn nothing_of<T>(_: T) {}
    fn run(mut f: impl FnMut(usize)) {
        f(1);
    }
    struct Seen {
        count: usize,
    }

    let (by, n, text) = (3_usize, 8, String::from("4"));
    let (mut y, mut z, mut sum, mut last) = ([0; 10], [0; 10], 0_usize, 0);
    let mut seen = Seen { count: 0 };
    parallel_for!(num_threads = 2, reduction(+: sum, seen.count), lastprivate(last), private(own = vec![0; 2]), for i in 0..10 {
        stop_at!(i, n);
        make!(t, by);
        grow!(t, i);
        grow!(sum, t);
        last = i;
        grow!(last, 0);
        let shared = std::rc::Rc::new(std::cell::Cell::new(i));
        eat!(shared);
        let late;
        put(&mut y[i], &parsed!(text));
        put(&mut z[i], &by);
        let mut list = Vec::new();
        put(&mut list, &vec![i]);
        set!(late, list.len());
        fill(&mut own, late);
        let name = text.clone();
        nothing_of(name);
        nothing_of(|| own.len());
        let mut runs = 0;
        run(|k| runs += k);
        grow!(seen.count, runs);
    });
    'rows: for round in 0..2 {
        parallel_for!(
            num_threads = 2,
            'next: for i in 0..10 {
                fn made<T: Default>() -> T {
                    T::default()
                }
                #[allow(non_upper_case_globals, reason = "a variable cannot be called like it")]
                const ten: usize = 10;
                next_if!('next, i + round >= 9);
                grow!(z[i], made::<usize>() + ten);
                z[i] += 1;
            }
        );
        next_if!('rows, round == 0);
    }
    assert_eq!((y, z), ([4, 4, 4, 4, 4, 4, 4, 4, 0, 0], [25, 25, 25, 25, 25, 25, 25, 25, 11, 0]));
    assert_eq!((sum, last, seen.count), ((0..8).map(|i| i + 3).sum(), 7, 8));

    region!(num_threads = 2, reduction(+: sum), private(own = vec![0; 2]), |p| {
        for i in p.range(0..4_usize) {
            make!(t, i);
            grow!(t, by);
            grow!(sum, t);
            fill(&mut own, t);
        }
        p.barrier();
    });
    assert_eq!(sum, 52 + 6 + 12);
}

/// A symbol that a macro of the user's exports from the body is there once.
#[test]
fn a_symbol_made_by_a_macro() {
    macro_rules! exported {
        ($name:ident) => {
            #[unsafe(no_mangle)]
            extern "C" fn $name() -> usize {
                7
            }
        };
    }
    watchdog(|| {
        let mut y = [0; 9];
        parallel_for!(
            num_threads = 2,
            for i in 0..9 {
                exported!(pymp_symbol_of_a_test);
                y[i] = pymp_symbol_of_a_test();
            }
        );
        assert_eq!(y, [7; 9]);
    });
}

/// `get_mut` and `swap` by `&self` are no array's.
#[test]
fn methods_named_as_those_of_arrays() {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Mutex, MutexGuard};

    struct Map(Vec<(String, Mutex<usize>)>);
    impl Map {
        fn get_mut(&self, key: &str) -> Option<MutexGuard<'_, usize>> {
            self.0.iter().find(|(name, _)| name == key).map(|(_, value)| value.lock().unwrap())
        }
    }
    watchdog(|| {
        let keys: Vec<String> = (0..9).map(|k| k.to_string()).collect();
        let map = Map(keys.iter().map(|key| (key.clone(), Mutex::new(0))).collect());
        let (last, order, met) = (AtomicUsize::new(9), Ordering::SeqCst, AtomicUsize::new(0));
        parallel_for!(
            num_threads = 2,
            for k in &keys {
                if let Some(mut value) = map.get_mut(k) {
                    *value += 1;
                }
            }
        );
        parallel_for!(
            num_threads = 2,
            for i in 0..9 {
                met.fetch_add(last.swap(i, order), Ordering::Relaxed);
            }
        );
        assert!(map.0.iter().all(|(_, value)| *value.lock().unwrap() == 1));
        assert_eq!(met.into_inner() + last.into_inner(), 9 + 36);
    });
}
