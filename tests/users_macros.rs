//! Macros of the user's in a body, where only all that a thread runs can be asked about them: what is right stays right.

use std::fmt::Debug;

use pymp::prelude::*;

mod common;

use common::watchdog;

macro_rules! raised {
    ($x:expr) => {
        $x + 1
    };
}

macro_rules! first {
    ($v:expr) => {
        &$v[0]
    };
}

macro_rules! adder {
    ($n:expr) => {
        |x| x + $n
    };
}

macro_rules! boxed {
    ($v:expr) => {
        Box::new($v)
    };
}

macro_rules! nothing_yet {
    ($x:expr) => {{
        let _ = &$x;
        Default::default()
    }};
}

macro_rules! named {
    ($name:ident, $x:expr) => {
        let $name = $x;
    };
}

macro_rules! with_method {
    ($type:ident, $method:ident, $value:expr) => {
        impl $type {
            fn $method(&self) -> u32 {
                $value
            }
        }
    };
}

#[test]
fn types_come_from_what_follows() {
    watchdog(|| {
        let (half, n, words) = (0.5_f32, 3_u32, vec![String::from("ab")]);
        let (mut y, mut floats, mut bytes) = ([0; 9], [0.0_f32; 9], [0_u8; 9]);
        parallel_for!(for i in 0..9 {
            let add = adder!(half);
            let mut list = nothing_yet!(n);
            let shown: Box<dyn Debug> = boxed!(n);
            Vec::push(&mut list, format!("{shown:?}").len() as u8);
            floats[i] = add(1.0);
            bytes[i] = list[0];
            let word = first!(words);
            y[i] = word.len() as u32 + if i > 3 { raised!(n) } else { 0 };
        });
        assert_eq!(floats, [1.5; 9]);
        assert_eq!(bytes, [1; 9]);
        assert_eq!(y, [2, 2, 2, 2, 6, 6, 6, 6, 6]);
    });
}

#[test]
fn what_a_macro_makes() {
    watchdog(|| {
        let n = 3_u32;
        let mut y = [0; 9];
        parallel_for!(for i in 0..9 {
            struct Four;
            named!(more, raised!(n));
            with_method!(Four, four, 4);
            y[i] = more + Four.four();
        });
        assert_eq!(y, [8; 9]);
    });
}

fn sum_of(texts: &[String]) -> Result<u32, std::num::ParseIntError> {
    let mut sum = 0;
    parallel_for!(num_threads = 2, reduction(+: sum), for i in 0..texts.len() {
        let number = first!(texts[i..]).parse::<u32>()?;
        let mut grown = number;
        while grown < raised!(number) {
            grown += 1;
        }
        sum += grown;
    });
    Ok(sum)
}

/// Texts can be raised, too.
struct Text<'a>(&'a str);

impl std::ops::Add<i32> for Text<'_> {
    type Output = String;
    fn add(self, n: i32) -> String {
        format!("{}{n}", self.0)
    }
}

#[test]
fn ways_out_and_reductions() {
    fn of(text: &str, out: &mut [u32]) -> Option<u32> {
        parallel_for!(for i in 0..out.len() {
            let more = raised!(Text(text)).len() as u32;
            if i == 5 {
                return Some(raised!(more));
            }
            out[i] = more;
        });
        None
    }
    watchdog(|| {
        assert_eq!(sum_of(&["1".to_owned(), "2".to_owned()]), Ok(5));
        assert!(sum_of(&["1".to_owned(), "x".to_owned()]).is_err());
        let mut y = [0; 9];
        assert_eq!(of("abc", &mut y), Some(5));
        assert_eq!(y[..5], [4; 5]);
    });
}

fn longest(names: &[String], threads: usize) -> &str {
    region!(num_threads = threads, |p| {
        p.barrier();
        names.iter().max_by_key(|name| raised!(name.len())).map_or("", |name| name.as_str())
    })
}

#[test]
fn values_of_regions() {
    watchdog(|| {
        let names = [String::from("ann"), String::from("barbara")];
        assert_eq!(longest(&names, 2), "barbara");
        let n = 2;
        let (mut sum, add) = (0, region!(|_| adder!(n)));
        let boxed: Box<dyn Debug + Send> = region!(|_| boxed!(n));
        let all = region!(num_threads = 2, reduction(+: sum), private(k = 1), |p| {
            k += 1;
            sum += raised!(n) + k;
            p.barrier();
            raised!(n)
        });
        assert_eq!((add(3), format!("{boxed:?}"), all, sum), (5, "2".to_owned(), 3, 10));
    });
}
