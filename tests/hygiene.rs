//! Generated code among hostile names and under strict lints.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![deny(clippy::pedantic)]
#![deny(unused_qualifications, unused_parens, unused_braces, unreachable_code, let_underscore_drop, elided_lifetimes_in_paths)]

#[allow(clippy::pedantic, reason = "shared with tests that are not about lints")]
mod common;

use common::watchdog;

/// Every name that generated code could mean is taken by something else.
mod hostile {
    #![allow(
        dead_code,
        unused_macros,
        unused_imports,
        non_camel_case_types,
        reason = "these names are only here to be in the way"
    )]
    #![deny(unused_variables, unused_mut, unused_assignments)]

    #[deny(unused_imports)]
    use ::pymp::{Reduction, Schedule, ordered, parallel, parallel_for};

    pub(crate) struct Option;
    pub(crate) struct Some;
    pub(crate) struct None;
    pub(crate) struct Result;
    pub(crate) struct Ok;
    pub(crate) struct Err;
    pub(crate) struct Vec;
    pub(crate) struct String;
    pub(crate) struct Box;
    pub(crate) struct Loop;
    pub(crate) struct Exit;
    pub(crate) struct Share;
    pub(crate) struct Range;
    pub(crate) struct Break;
    pub(crate) struct Continue;
    pub(crate) struct usize;
    pub(crate) struct bool;
    pub(crate) struct str;
    pub(crate) trait Iterator {}
    pub(crate) trait IntoIterator {}
    pub(crate) trait Clone {}
    pub(crate) trait Default {}
    pub(crate) trait Send {}
    pub(crate) trait Sync {}
    pub(crate) trait Fn {}
    pub(crate) trait From {}
    pub(crate) trait Into {}
    pub(crate) trait Drop {}
    pub(crate) trait Disjoint {}
    pub(crate) mod std {}
    pub(crate) mod core {}
    pub(crate) mod alloc {}
    pub(crate) mod rayon {}
    pub(crate) mod pymp {}
    pub(crate) mod pymp_runtime {}
    pub(crate) mod pymp_macros {}
    pub(crate) mod prelude {}
    pub(crate) mod __private {}
    pub(crate) mod op {}
    pub(crate) mod schedule {}

    pub(crate) fn cut() {}
    pub(crate) fn source() {}
    pub(crate) fn reader() {}
    pub(crate) fn branch() {}
    pub(crate) fn nest() {}
    pub(crate) fn flat() {}
    pub(crate) fn counted() {}
    pub(crate) fn drop() {}

    /// In the way of macros, too.
    macro_rules! vec {
        ($($anything:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! panic {
        ($($anything:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! matches {
        ($($anything:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! cut {
        ($($anything:tt)*) => {
            compile_error!("not this one")
        };
    }
    macro_rules! source {
        ($($anything:tt)*) => {
            compile_error!("not this one")
        };
    }
    use {matches, panic, vec};

    /// Methods of the names that generated code calls, on every type there is.
    pub(crate) trait Clash {
        fn run(&self) {}
        fn next(&mut self) {}
        fn take(&mut self) {}
        fn put(&mut self) {}
        fn numbered(&self) {}
        fn named(&self) {}
        fn window(&mut self) {}
        fn schedule(&self) {}
        fn num_threads(&self) {}
        fn reduces(&self) {}
        fn leaves(&self) {}
        fn identity(&self) {}
        fn seat(&self) {}
        fn cancel(&self) {}
        fn leave(&self) {}
    }
    impl<T: ?Sized> Clash for T {}

    pub(crate) struct Most;

    impl Reduction<u64> for Most {
        fn identity(&self, _like: &u64) -> u64 {
            0
        }
        fn combine(&self, acc: &mut u64, part: u64) {
            *acc = (*acc).max(part);
        }
    }

    #[parallel]
    pub(crate) fn everything(x: &[u64], y: &mut [u64], h: &mut [u64], c: &mut [u64]) -> ([u64; 4], ::std::string::String) {
        let mut text = ::std::string::String::new();
        let (mut sum, mut most, mut last, scratch, first) = (0, 0, 0, 0, 1);
        #[parallel(
            num_threads = 3, schedule = "dynamic,2", if = !x.is_empty(), reduction(+: sum), reduction(Most: most), reduction(append: text),
            private(scratch), private(buffer = [0; 2]), firstprivate(first), lastprivate(last), chunks(c, 2), atomic(h), reproducible, ordered
        )]
        for (i, x) in x.iter().enumerate() {
            if *x == 100 {
                continue;
            }
            if *x == 200 {
                break;
            }
            scratch = x + 1;
            buffer[0] = scratch;
            first += 1;
            y[i] = buffer[0] + x + first / 1000;
            c[2 * i + 1] = y[i];
            h[i % 2] += 1;
            sum += x;
            most = most.max(*x);
            last = *x;
            text.push('x');
            ordered!({
                ::std::hint::black_box(&i);
            });
        }
        ([sum, most, last, scratch + first], text)
    }

    #[parallel]
    pub(crate) fn leaving(x: &[u64]) -> ::std::result::Result<u64, ::std::string::String> {
        let mut sum = 0;
        #[parallel(num_threads = 3, reduction(+: sum))]
        for x in x {
            if *x == 200 {
                return ::std::result::Result::Ok(*x);
            }
            sum += x.checked_sub(1).ok_or("zero")?;
        }
        ::std::result::Result::Ok(sum)
    }

    pub(crate) fn by_macro(n: u64, schedule: Schedule) -> u64 {
        let mut sum = 0;
        parallel_for!(num_threads = 2, schedule = schedule, collapse = 2, reduction(+: sum), for i in 0..n {
            for j in 0..3 {
                sum += i * j;
            }
        });
        parallel_for!(num_threads = 2, reduction(+: sum), for word in "1 2 3".split(' ') { sum += word.len() as u64; });
        sum
    }
}

#[test]
fn in_a_module_that_takes_every_name() {
    watchdog(|| {
        let (mut y, mut h, mut c) = ([0; 4], [0; 2], [0; 8]);
        assert_eq!(hostile::everything(&[1, 2, 3, 4], &mut y, &mut h, &mut c), ([10, 4, 4, 1], "xxxx".to_owned()));
        assert_eq!((y, h, c), ([3, 5, 7, 9], [2, 2], [0, 3, 0, 5, 0, 7, 0, 9]));
        assert_eq!(hostile::leaving(&[1, 2, 3]), Ok(3));
        assert_eq!(hostile::leaving(&[1, 0, 200]), Err("zero".to_owned()));
        assert_eq!(hostile::leaving(&[1, 200, 0]), Ok(200));
        assert_eq!(hostile::by_macro(4, pymp::Schedule::Auto), 21);
    });
}

/// Variables that are called what generated code could call its own.
#[test]
fn among_variables_of_every_name() {
    use pymp::prelude::*;

    watchdog(|| {
        let (chunk, pymp, team, me, __x, k, head, share) = (1, 2, 3, 4, 5, 6, 7, 8);
        let (out, ops, exit, result, row, seat, part, last) = (1, 2, 3, 4, 5, 6, 7, 8);
        let (left, right, value, number, items, source, thread, span) = (1, 2, 3, 4, 5, 6, 7, 8);
        let (mut y, mut sum) = (vec![0; 30], 0);
        parallel_for!(num_threads = team, schedule = "dynamic", chunk = chunk, reduction(+: sum), for i in 0..30 {
            y[i] = chunk + pymp + team + me + __x + k + head + share;
            y[i] += out + ops + exit + result + row + seat + part + last;
            y[i] += left + right + value + number + items + source + thread + span;
            if y[i] == 0 {
                break;
            }
            sum += 1;
        });
        assert_eq!((y, sum), (vec![108; 30], 30));

        // The same names as loop variables, arrays and results.
        let (mut me, mut chunk, mut out, mut share) = ([0; 9], 0, 0, vec![0; 9]);
        parallel_for!(num_threads = 3, reduction(+: chunk), lastprivate(out), for (k, head) in [5; 9].iter().enumerate() {
            me[k] = *head;
            share[k] = me[k];
            chunk += head;
            out = k;
        });
        assert_eq!((me, chunk, out, share), ([5; 9], 45, 8, vec![5; 9]));
    });
}

/// A crate that is told where the facade is.
#[test]
fn under_another_path() {
    mod vendored {
        pub(super) extern crate pymp as omp;
    }
    use vendored::omp::parallel_for;

    watchdog(|| {
        let mut sum = 0;
        parallel_for!(crate = ::pymp, num_threads = 2, reduction(+: sum), for i in 0..10 { sum += i; });
        assert_eq!(sum, 45);
    });
}

/// Ordinary code under `deny(warnings)` and `clippy::pedantic`: nothing generated shows.
mod strict {
    use pymp::prelude::*;

    #[derive(Debug, Clone, Default)]
    pub(crate) struct Body {
        pub(crate) speed: f64,
        pub(crate) place: f64,
    }

    #[parallel]
    impl Body {
        pub(crate) fn step(bodies: &mut [Self], force: &[f64]) -> f64 {
            let mut energy = 0.0;
            #[parallel(num_threads = 2, reduction(+: energy))]
            for (body, force) in bodies.iter_mut().zip(force) {
                body.speed += force;
                body.place += body.speed;
                energy += body.speed * body.speed;
            }
            energy
        }
    }

    #[parallel]
    pub(crate) fn first_negative(xs: &[f64]) -> Option<usize> {
        #[parallel(num_threads = 2, schedule = "guided")]
        for (i, x) in xs.iter().enumerate() {
            if *x < 0.0 {
                return Some(i);
            }
        }
        None
    }

    #[parallel]
    pub(crate) fn parse(words: &[&str]) -> Result<Vec<i32>, std::num::ParseIntError> {
        let mut numbers = Vec::new();
        #[parallel(num_threads = 2, reduction(append: numbers))]
        for word in words {
            numbers.push(word.parse()?);
        }
        Ok(numbers)
    }

    #[parallel]
    pub(crate) fn rows(grid: &mut [f64], width: usize) -> (f64, usize) {
        let (mut most, mut last) = (f64::MIN, 0);
        let scratch = 0.0;
        #[parallel(num_threads = 2, chunks(grid, width), reduction(max: most), lastprivate(last), private(scratch))]
        for row in 0..grid.len() / width {
            for column in 0..width {
                scratch = grid[row * width + column] + 1.0;
                grid[row * width + column] = scratch;
                most = most.max(scratch);
            }
            last = row;
        }
        (most + scratch, last)
    }

    pub(crate) fn count(words: &[usize], bins: &mut [u32]) {
        parallel_for!(
            num_threads = 2,
            atomic(bins),
            for word in words {
                bins[*word] += 1;
            }
        );
    }
}

#[test]
fn under_strict_lints() {
    watchdog(|| {
        let mut bodies = vec![strict::Body::default(); 3];
        let energy = strict::Body::step(&mut bodies, &[1.0, 2.0, 3.0]);
        assert!((energy - 14.0).abs() < 1e-12 && bodies.iter().all(|body| (body.place - body.speed).abs() < 1e-12));
        assert_eq!(strict::first_negative(&[1.0, -2.0, -3.0]), Some(1));
        assert_eq!(strict::first_negative(&[1.0]), None);
        assert_eq!(strict::parse(&["1", "2"]), Ok(vec![1, 2]));
        assert!(strict::parse(&["1", "x"]).is_err());
        let mut grid = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(strict::rows(&mut grid, 2), (5.0, 1));
        let mut bins = [0; 3];
        strict::count(&[0, 2, 2], &mut bins);
        assert_eq!(bins, [1, 0, 2]);
    });
}
