//! What the body uses of what all threads share is copied, lent and called as in the plain loop: by its own type, for as long.

#[path = "common/mod.rs"]
mod common;

use std::collections::HashMap;
use std::fmt::Debug;

use common::watched;
use pymp::prelude::*;

#[derive(Clone, Copy, Debug)]
struct Value(f64);

impl Value {
    fn squared(self) -> f64 {
        self.0 * self.0
    }
    fn plus(&self, other: Value) -> Value {
        Value(self.0 + other.0)
    }
}

/// Generic functions are values of another type at each use.
fn length<T: AsRef<str>>(text: T) -> usize {
    text.as_ref().len()
}

fn same<'a: 'a>(text: &'a str) -> &'a str {
    text
}

fn apply<A, R>(f: impl Fn(A) -> R, argument: A) -> R {
    f(argument)
}

#[test]
fn values_are_copied_and_functions_are_values() {
    watched(|| {
        let (value, n, numbers, some, none) = (Value(2.0), 3, [1, 2, 3], Some(3), None::<String>);
        let (add, count): (_, fn(&str) -> usize) = (|x: usize| x + 1, str::len);
        let boxed: Box<dyn Fn(usize) -> usize + Sync> = Box::new(move |i| i * n);
        let mut y = vec![0; 50];
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                let local = format!("{i}");
                let functions = apply(length, local.as_str()) + apply(length, local.clone()) + apply(same, &local).len();
                let each: usize = ["a", local.as_str()].into_iter().map(length).sum();
                let copied = value;
                let Value(inner) = value;
                let ref borrowed = value;
                let squared = value.plus(copied).squared() + borrowed.squared() + inner;
                let chosen = match some {
                    Some(k) if k > n => k,
                    Some(_) => 1,
                    None => 0,
                };
                let otherwise = if let Some(text) = &none { text.len() } else { 7 };
                let pair = (n, numbers);
                let own = move || n + numbers.len();
                let called = apply(add, 3) + apply(count, "abc") + boxed(i) + own();
                y[i] = n;
                y[i] += functions
                    + each
                    + squared as usize
                    + chosen
                    + otherwise
                    + pair.0
                    + numbers.into_iter().sum::<usize>()
                    + called;
            }
        );
        let digits = |i: usize| i.to_string().len();
        let expected: Vec<usize> = (0..50).map(|i| 3 + digits(i) * 4 + 1 + 22 + 1 + 7 + 3 + 6 + 4 + 3 + i * 3 + 6).collect();
        assert_eq!(y, expected);
    });
}

macro_rules! make {
    ($name:ident = $value:expr) => {
        let $name = $value;
    };
}

struct Pair {
    left: String,
    right: String,
}

#[test]
fn variables_that_a_macro_makes_in_the_body_are_its_own() {
    watched(|| {
        let mut y = vec![String::new(); 4];
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                make!(text = i.to_string());
                make!(pair = Pair { left: text, right: String::new() });
                let moved = pair.left.into_boxed_str();
                let right = pair.right;
                y[i] = right + &moved;
                make!(whole = String::new());
                drop(whole);
            }
        );
        assert_eq!(y, ["0", "1", "2", "3"]);
    });
}

/// What the loop lends lives as long as the variable, or as what it refers to.
#[parallel]
fn found<'a>(words: &'a HashMap<usize, String>, prefix: &'a str) -> Option<&'a str> {
    let table = words;
    #[parallel(num_threads = 2)]
    for i in 0..10 {
        if let Some(rest) = table[&i].strip_prefix(prefix) {
            let all = table;
            return Some(if rest.is_empty() { prefix } else { all[&i].trim_start_matches('x') });
        }
    }
    None
}

#[test]
fn what_is_lent_lives_on() {
    watched(|| {
        let words = (0..10).map(|i| (i, format!("x{i}"))).collect();
        assert_eq!(found(&words, "x4"), Some("x4"));
        assert_eq!(found(&words, "x"), Some("0"));
    });
}

struct Model {
    names: Vec<String>,
    scale: Value,
    step: fn(usize) -> usize,
    boxed: Box<dyn Fn(usize) -> usize + Send + Sync>,
}

impl Model {
    fn look(&self, i: usize) -> usize {
        i + self.names.len()
    }

    #[parallel]
    fn run(&mut self, out: &mut [usize]) {
        #[parallel(num_threads = 2)]
        for i in 0..out.len() {
            out[i] = self.look(i) + self.names.concat().rfind('b').unwrap_or(9) + self.scale.squared() as usize;
            out[i] += (self.step)(i) + (self.boxed)(i) + self.names[1].repeat(2).len();
        }
    }
}

trait Speak {
    fn speak(&self) -> String;
}

impl<T: Debug> Speak for T {
    fn speak(&self) -> String {
        format!("{self:?}")
    }
}

fn spoken<T: Speak + Sync>(what: T, out: &mut [String]) {
    parallel_for!(
        num_threads = 2,
        for i in 0..out.len() {
            out[i] = what.speak();
        }
    );
}

#[repr(C, packed)]
struct Packed {
    tag: u8,
    scale: f64,
    count: u32,
}

#[test]
fn methods_of_fields_of_self_and_of_a_type_parameter() {
    watched(|| {
        let names = vec!["ab".to_owned(), "cd".to_owned()];
        let mut model = Model { names, scale: Value(2.0), step: |i| i * 10, boxed: Box::new(|i| i * 100) };
        let mut out = [0; 3];
        model.run(&mut out);
        assert_eq!(out, [0, 1, 2].map(|i| i + 2 + 1 + 4 + i * 110 + 4));
        let mut texts = vec![String::new(); 3];
        spoken(Value(1.0), &mut texts);
        assert_eq!(texts, ["Value(1.0)"; 3]);
        let packed = Packed { tag: 1, scale: -4.0, count: 6 };
        let mut y = [0.0; 3];
        parallel_for!(
            num_threads = 2,
            for i in 0..3 {
                y[i] = packed.scale.abs().sqrt() + f64::from(packed.count.wrapping_add(u32::from(packed.tag)).trailing_zeros());
            }
        );
        assert_eq!(y, [2.0; 3]);
    });
}

fn total(numbers: &[f64], i: usize) -> f64 {
    numbers.iter().sum::<f64>() + i as f64
}

fn spoken_by(who: &dyn Speak) -> usize {
    who.speak().len()
}

fn nth(of: usize, i: usize) -> usize {
    of + i
}

fn cube([a, b, c]: [usize; 3]) -> usize {
    a * b * c
}

#[allow(non_upper_case_globals, reason = "a constant that looks like a variable")]
const lower: Vec<usize> = Vec::new();

/// What a function of the user's is given is read, copied, coerced and typed by the call as in the plain loop.
#[test]
fn arguments() {
    watched(|| {
        let mut storage = vec![1.0, 2.0];
        let (slice, words): (&mut [f64], _) = (&mut storage, ["a".to_owned(), "b".to_owned()]);
        let (parsed, literal, numbers, shown) = ("7".parse().unwrap(), 3, [1, 2, 3], Some("abc"));
        let (text, kept): (Option<String>, _) = (Some("x".to_owned()), vec![1u8; 4]);
        let speaker: &(dyn Speak + Sync) = &5;
        let mut y = vec![0.0; 30];
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                y[i] = total(slice, i) + nth(parsed, literal) as f64 + cube(numbers) as f64;
                y[i] += (apply(length, "ab") + ["a"].into_iter().map(length).sum::<usize>() + Vec::len(&lower)) as f64;
                let said = format!("{}", spoken_by(&shown) + apply(str::len, same("abc")) + speaker.speak().len());
                let inside = match text {
                    Some(ref text) => text.len(),
                    None => 0,
                };
                let ref borrowed = kept;
                let longest = if let Some(ref text) = text { borrowed.len().max(text.len()) } else { 0 };
                for word in words.iter() {
                    y[i] += word.len() as f64;
                }
                y[i] += (literal + &parsed) as f64 - 10.0;
                y[i] += said.len() as f64 + (inside + longest) as f64 + vec![i].len() as f64;
            }
        );
        let expected: Vec<f64> = (0..30).map(|i| 3.0 + i as f64 + 10.0 + 6.0 + 3.0 + 2.0 + 2.0 + 5.0 + 1.0).collect();
        assert_eq!(y, expected);
    });
}

fn picked(words: &[String], i: usize) -> Option<&str> {
    words.get(i).map(String::as_str)
}

/// What is returned of an array behind a `&mut` lives as long as what it refers to.
#[parallel]
fn first_long(words: &mut [String]) -> Option<&str> {
    for i in 0..words.len() {
        if length(picked(words, i).unwrap_or_default()) > 1 {
            return picked(words, i);
        }
    }
    None
}

fn all(words: &mut [String]) -> Vec<&str> {
    let mut found = Vec::new();
    parallel_for!(reduction(append: found), for i in 0..words.len() {
        found.push(picked(words, i).unwrap_or_default());
    });
    found
}

fn last(words: &mut [String]) -> Option<&str> {
    let mut found = None;
    parallel_for!(
        lastprivate(found),
        for i in 0..words.len() {
            found = picked(words, i);
        }
    );
    found
}

#[test]
fn what_leaves_an_iteration_lives_on() {
    watched(|| {
        let mut words = ["a".to_owned(), "bc".to_owned()];
        assert_eq!(all(&mut words), ["a", "bc"]);
        assert_eq!(last(&mut words), Some("bc"));
    });
    watched(|| assert_eq!(first_long(&mut ["a".to_owned(), "bc".to_owned(), "def".to_owned()]), Some("bc")));
}

fn up(x: i32) -> i32 {
    x + 1
}

fn down(x: i32) -> i32 {
    x - 1
}

fn by_address(f: fn(i32) -> i32, x: i32) -> i32 {
    f(x)
}

struct Step {
    f: fn(i32) -> i32,
}

/// Different functions become one type of pointer wherever they do in the plain loop.
#[test]
fn functions_become_pointers() {
    watched(|| {
        let (mut y, double, n) = ([0; 4], |x: i32| x * 2, 5);
        parallel_for!(
            num_threads = 2,
            for i in 0..4 {
                let table = [up, down];
                let chosen = if i > 1 { up } else { down };
                let matched = match i {
                    0 => up,
                    _ => down,
                };
                let (step, typed): (Step, fn(i32) -> i32) = (Step { f: up }, double);
                y[i] = table[i % 2](n) + chosen(n) + matched(n) + (step.f)(n) + typed(n);
                y[i] += by_address(up, n) + by_address(double, n);
            }
        );
        assert_eq!(y, [6 + 4 + 6, 4 + 4 + 4, 6 + 6 + 4, 4 + 6 + 4].map(|sum| sum + 6 + 10 + 6 + 10));
    });
}
