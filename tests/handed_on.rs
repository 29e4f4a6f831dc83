//! What the body hands on to functions, puts into values and computes with is copied, lent and turned into what is asked for, as in the
//! plain loop.

#[path = "common/mod.rs"]
mod common;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::{Debug, Display};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::watched;
use pymp::prelude::*;

fn total(x: &[f64]) -> f64 {
    x.iter().sum()
}

fn row_dot(values: &[f64], columns: &[usize], x: &[f64], row: usize) -> f64 {
    (row * 2..row * 2 + 2).map(|k| values[k] * x[columns[k]]).sum()
}

fn generic_sum<'a, I: IntoIterator<Item = &'a f64>>(x: I) -> f64 {
    x.into_iter().sum()
}

fn shown(x: &dyn Display) -> usize {
    x.to_string().len()
}

fn any_shown(x: impl Debug) -> usize {
    format!("{x:?}").len()
}

fn apply(f: &dyn Fn(f64) -> f64, x: f64) -> f64 {
    f(x)
}

fn apply_any<A, R>(f: impl Fn(A) -> R, x: A) -> R {
    f(x)
}

fn apply_pointer(f: fn(f64) -> f64, x: f64) -> f64 {
    f(x)
}

fn twice<T: Copy + std::ops::Add<Output = T>>(x: T) -> T {
    x + x
}

fn half(x: f64) -> f64 {
    x / 2.0
}

fn third(x: f64) -> f64 {
    x / 3.0
}

/// Both of one type.
fn longer<T: AsRef<str> + Copy>(a: T, b: T) -> T {
    if a.as_ref().len() >= b.as_ref().len() { a } else { b }
}

fn first_address(x: *const f64) -> bool {
    !x.is_null()
}

#[test]
fn references_are_turned_into_what_is_asked_for() {
    watched(|| {
        let (mut rows, mut columns, mut x) = (vec![1.0; 20], vec![0; 20], [2.0; 4]);
        // Mutable references that are only read through.
        let (values, columns, x): (&mut Vec<f64>, &mut Vec<usize>, &mut [f64; 4]) = (&mut rows, &mut columns, &mut x);
        let (boxed, shared): (Box<[f64]>, Arc<[f64]>) = (vec![3.0; 4].into(), vec![4.0; 4].into());
        let (array, of_box, of_arc) = (&[5.0; 3], &boxed, &shared);
        let mut y = vec![0.0; 10];
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                y[i] = row_dot(values, columns, x, i) + total(array) + total(of_box) + total(of_arc);
            }
        );
        assert_eq!(y, [4.0 + 15.0 + 12.0 + 16.0; 10]);
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                y[i] = generic_sum(array) + f64::from(u8::from(first_address(array.as_ptr())));
            }
        );
        assert_eq!(y, [16.0; 10]);
        let one = &2.5;
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                let found = first_address(one);
                y[i] = f64::from(u8::from(found)) + shown(one) as f64 + any_shown(one) as f64;
            }
        );
        assert_eq!(y, [7.0; 10]);
    });
}

fn with_any<F: Fn(f64) -> f64 + Sync>(f: &F, sharing: &(dyn Fn(f64) -> f64 + Sync), y: &mut [f64]) {
    parallel_for!(
        num_threads = 2,
        for i in 0..y.len() {
            y[i] = apply(f, i as f64) + apply(sharing, 1.0) + f(1.0) + sharing(2.0);
        }
    );
}

#[test]
fn functions_are_handed_on() {
    watched(|| {
        let mut y = vec![0.0; 10];
        let (scale, table) = (3.0, [half, third]);
        let (closure, captures) = (|x: f64| x + 1.0, |x: f64| x * scale);
        let owned: Box<dyn Fn(f64) -> f64 + Sync> = Box::new(move |x| x - scale);
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                let x = i as f64;
                let chosen = if i.is_multiple_of(2) { half } else { third };
                let picked = match i % 3 {
                    0 => table[0],
                    1 => third,
                    _ => half,
                };
                let f: fn(f64) -> f64 = half;
                let g: fn(f64) -> f64 = closure;
                let h: fn(f64) -> f64 = |x| half(x) + apply_any(twice, x);
                y[i] = apply_pointer(half, x) + apply_pointer(closure, x) + apply_any(closure, x) + apply_any(captures, x);
                y[i] += apply_any(twice, x) + apply_pointer(twice, 1.0) + Some(x).map_or(0.0, half) + owned(x);
                y[i] += chosen(6.0) + picked(6.0) + f(2.0) + g(2.0) + h(1.0);
            }
        );
        let plain = |i: usize| {
            let x = i as f64;
            let (chosen, picked) = (if i.is_multiple_of(2) { 3.0 } else { 2.0 }, if i % 3 == 1 { 2.0 } else { 3.0 });
            x / 2.0 + (x + 1.0) * 2.0 + x * 3.0 + 2.0 * x + 2.0 + x / 2.0 + x - 3.0 + chosen + picked + 1.0 + 3.0 + 2.5
        };
        for (i, y) in y.iter().enumerate() {
            assert!((y - plain(i)).abs() < 1e-12, "{i}");
        }
        with_any(&|x| x + 1.0, &|x| x * 2.0, &mut y);
        assert_eq!(y, (0..10).map(|i| f64::from(i) + 1.0 + 2.0 + 2.0 + 4.0).collect::<Vec<_>>());
    });
}

#[test]
fn types_that_are_inferred_stay_so() {
    watched(|| {
        let (start, step, nothing, empty) = (1, 2, None, []);
        let (text, other) = ("abc", "de");
        let mut y = vec![0_u16; 10];
        let mut z = vec![0_u64; 10];
        let mut all: Vec<Vec<i8>> = vec![Vec::new(); 10];
        parallel_for!(
            num_threads = 2,
            for i in 0..10 {
                y[i] = u16::wrapping_add(start, step).max(start);
                z[i] = nothing.unwrap_or(u64::MAX).min(7) + longer(text, other).len() as u64;
                all[i].extend(empty);
                all[i].extend_from_slice(&empty);
            }
        );
        assert_eq!(y, [3; 10]);
        assert_eq!(z, [10; 10]);
        assert!(all.iter().all(Vec::is_empty));
    });
}

#[derive(Clone, Copy, PartialEq, Debug)]
struct Point<'a> {
    name: &'a str,
    at: [f64; 2],
}

#[allow(non_upper_case_globals)]
const origin: [f64; 2] = [0.0; 2];
#[allow(non_upper_case_globals)]
static unit: [f64; 2] = [1.0; 2];

#[test]
fn values_are_put_together() {
    watched(|| {
        let name = String::from("here");
        let (name, at, more) = (name.as_str(), [1.0, 2.0], &[7, 8, 9]);
        let mut points = vec![None; 10];
        let mut pairs: Vec<(&str, [f64; 2], usize)> = vec![("", [0.0; 2], 0); 10];
        let mut texts: Vec<Cow<'_, str>> = vec![Cow::Borrowed(""); 10];
        let mut lists: Vec<Vec<i32>> = vec![Vec::new(); 10];
        parallel_for!(
            num_threads = 2,
            for i in 0..10 {
                points[i] = Some(Point { name, at });
                pairs[i] = (name, if i > 4 { unit } else { origin }, i);
                texts[i] = Cow::from(name);
                lists[i].extend(more);
                for j in more {
                    lists[i].push(*j);
                }
                lists[i].insert(0, more[i % 3]);
            }
        );
        assert!(points.iter().all(|point| *point == Some(Point { name: "here", at: [1.0, 2.0] })));
        assert_eq!(pairs[9], ("here", [1.0; 2], 9));
        assert_eq!(pairs[0], ("here", [0.0; 2], 0));
        assert!(texts.iter().all(|text| matches!(text, Cow::Borrowed("here"))));
        assert_eq!(lists[1], [8, 7, 8, 9, 7, 8, 9]);
    });
}

/// What is handed back lives as long as what it was made from.
fn longest<'a>(words: &'a [String], table: &'a HashMap<usize, String>, out: &mut [&'a str]) {
    fn of(words: &[String], i: usize) -> &str {
        &words[i % words.len()]
    }
    fn or(table: &HashMap<usize, String>, i: usize) -> Option<&str> {
        table.get(&i).map(String::as_str)
    }
    parallel_for!(
        num_threads = 2,
        for i in 0..out.len() {
            out[i] = or(table, i).unwrap_or(of(words, i));
        }
    );
}

#[test]
fn references_live_as_long_as_without_the_loop() {
    watched(|| {
        let words = ["a".to_owned(), "bc".to_owned()];
        let table = HashMap::from([(3, "def".to_owned())]);
        let mut out = vec![""; 6];
        longest(&words, &table, &mut out);
        assert_eq!(out, ["a", "bc", "a", "def", "a", "bc"]);
    });
}

struct Model<'a> {
    weights: &'a [f64],
    scale: f64,
    f: fn(f64) -> f64,
    out: Vec<f64>,
    seen: AtomicUsize,
}

fn note(seen: &AtomicUsize) {
    seen.fetch_add(1, Ordering::Relaxed);
}

#[parallel]
impl Model<'_> {
    fn run(&mut self) {
        #[parallel(num_threads = 2)]
        for i in 0..self.out.len() {
            note(&self.seen);
            self.out[i] = total(self.weights) + half(self.scale) + apply_pointer(self.f, i as f64) + (self.f)(1.0);
        }
    }
}

#[test]
fn fields_are_handed_on() {
    watched(|| {
        let weights = [1.0; 4];
        let mut model = Model { weights: &weights, scale: 2.0, f: third, out: vec![0.0; 6], seen: AtomicUsize::new(0) };
        model.run();
        assert_eq!(model.out[3], 4.0 + 1.0 + 1.0 + 1.0 / 3.0);
        assert_eq!(model.seen.into_inner(), 6);
    });
}

/// A type that threads must not share may be made in each of them, and a function of it handed on.
#[test]
fn what_is_each_threads_own_is_its_own() {
    watched(|| {
        fn spent(own: Rc<i32>, list: &mut Vec<i32>, i: i32) {
            list.push(*own + i);
        }
        let mut sums = vec![0; 8];
        parallel_for!(
            num_threads = 2,
            private(list = Vec::new()),
            for i in 0..8 {
                let own = Rc::new(1);
                list.clear();
                spent(own, &mut list, i as i32);
                let list = list.clone();
                let taken = list.into_iter().sum();
                sums[i] = taken;
            }
        );
        assert_eq!(sums, [1, 2, 3, 4, 5, 6, 7, 8]);
    });
}
