//! A module that has names of its own for all that generated code could need.
#![forbid(unsafe_code)]
#![deny(warnings)]

mod odd {
    #![allow(dead_code, non_camel_case_types, unused_macros)]

    use ::pymp::prelude::*;

    pub struct Option;
    pub struct Some;
    pub struct None;
    pub struct Result;
    pub struct Ok;
    pub struct Err;
    pub struct Vec;
    pub struct String;
    pub struct Box;
    pub struct Loop;
    pub struct Exit;
    pub struct usize;
    pub struct bool;
    pub struct f64;
    pub trait Clone {}
    pub trait Default {}
    pub trait Iterator {}
    pub trait IntoIterator {}
    pub trait Send {}
    pub trait Sync {}
    pub trait Fn {}
    pub trait Drop {}
    pub mod rayon {}
    pub mod std {}
    pub mod core {}
    pub mod alloc {}
    pub mod pymp_runtime {}
    pub mod pymp {}
    pub mod __private {}

    macro_rules! vec { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! assert { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! panic { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! matches { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! cut { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! source { ($($t:tt)*) => { compile_error!("not this one") } }
    macro_rules! reader { ($($t:tt)*) => { compile_error!("not this one") } }

    #[parallel]
    pub fn all(x: &[i32], y: &mut [i32], h: &mut [u32], c: &mut [i32]) -> ::core::option::Option<i32> {
        let mut sum = 0;
        let mut list = ::std::vec::Vec::new();
        let mut last = 0;
        let own = 0;
        let first = ::std::vec::Vec::<i32>::new();
        #[parallel(
            reduction(+: sum),
            reduction(append: list),
            lastprivate(last),
            private(own),
            firstprivate(first),
            atomic(h),
            ordered,
            schedule = "dynamic",
            chunk = 1,
            if = true,
            num_threads = 2
        )]
        for i in 0..x.len() {
            own += 1;
            y[i] = x[i] + first.len() as i32;
            sum += x[i];
            list.push(own);
            h[i % 2] += 1;
            ordered!({ last = x[i] });
            if x[i] > 100 {
                return ::core::option::Option::Some(x[i]);
            }
        }
        #[parallel(collapse = 2)]
        for i in 0..2 {
            for j in 0..2 {
                c[i * 2 + j] = 1;
            }
        }
        #[parallel(chunks(c, 2))]
        for i in 0..2 {
            c[i * 2] += 1;
        }
        #[parallel(scatter(y))]
        for (i, v) in x.iter().enumerate().rev() {
            y[x.len() - 1 - i] = *v;
            if *v > 1000 {
                break;
            }
        }
        parallel_for!(for v in x.iter().zip(y.iter_mut()) {
            *v.1 = *v.0;
        });
        ::core::option::Option::Some(sum + last + list.len() as i32)
    }
}

fn main() {
    let (mut y, mut h, mut c) = ([0; 3], [0; 2], [0; 4]);
    assert_eq!(odd::all(&[1, 2, 3], &mut y, &mut h, &mut c), Some(6 + 3 + 3));
    assert_eq!((y, h, c), ([1, 2, 3], [2, 1], [2, 1, 2, 1]));
}
