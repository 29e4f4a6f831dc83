//! The types of integer literals, and temporaries, are as in a plain loop.

#![allow(clippy::match_single_binding, reason = "a loop expands like this, so that the head's temporaries live on")]

use std::ops::Range;
use std::sync::Mutex;

use crate::__private::{counted, cut, join, source};
use crate::source::Source;

/// A stand-in for the loop driver with an external chunk loop, as the expansion has.
struct Driver<S: Source> {
    source: S,
    parts: Vec<Range<usize>>,
}

fn drive<S: Source, F: Fn(&mut Driver<S>)>(source: S, body: F) {
    let n = source.count().unwrap_or(100);
    body(&mut Driver { source, parts: vec![n / 2..n, 0..n / 2] });
}

impl<S: Source> Driver<S> {
    fn next(&mut self) -> Option<S::Chunk> {
        let part = self.parts.pop()?;
        // SAFETY: the parts are disjoint and within the count; of a pulled source only the length matters.
        Some(unsafe { self.source.take(part) }?.1)
    }
}

#[test]
fn an_index_makes_a_literal_usize() {
    let v = Mutex::new(vec![0u8; 10]);
    match cut!(0..10) {
        head => drive(source!(head), |me| {
            while let Some(chunk) = me.next() {
                for i in chunk {
                    v.lock().unwrap()[i] += 1;
                }
            }
        }),
    }
    match cut!((0..=8)).rev().step_by(2) {
        head => drive(counted(source!(head)), |me| {
            while let Some(chunk) = me.next() {
                for i in chunk {
                    v.lock().unwrap()[i] += 1;
                }
            }
        }),
    }
    assert_eq!(v.into_inner().unwrap(), [2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
}

#[test]
fn a_literal_that_nothing_decides_is_i32() {
    let seen = Mutex::new(vec![]);
    match cut!((0..10)).rev().step_by(3) {
        head => drive(source!(head), |me| {
            while let Some(chunk) = me.next() {
                for i in chunk {
                    seen.lock().unwrap().push((size_of_val(&i), i.to_string()));
                }
            }
        }),
    }
    assert_eq!(seen.into_inner().unwrap(), [9, 6, 3, 0].map(|i| (4, i.to_string())));
}

#[test]
fn the_body_decides_through_every_adapter() {
    match join!(cut!(0..=9), zip, 5..7).enumerate().skip(1).take(9) {
        head => drive(source!(head), |me| {
            assert_eq!(me.source.count(), Some(1));
            while let Some(chunk) = me.next() {
                for (k, (i, j)) in chunk {
                    let _: (usize, u8, i64) = (k, i, j);
                }
            }
        }),
    }
    // An open end is cut where the other side is.
    match join!(cut!(0..=9), zip, 5..) {
        head => drive(source!(head), |me| {
            assert_eq!(me.source.count(), Some(10));
            while let Some(chunk) = me.next() {
                for (i, j) in chunk {
                    let _: (u8, i64) = (i, j);
                }
            }
        }),
    }
    match crate::nest(cut!(0..3), cut!(0..4)) {
        head => drive(source!(head), |me| {
            while let Some(chunk) = me.next() {
                for (i, row) in chunk {
                    for j in row {
                        let _: (u16, i8) = (i, j);
                    }
                }
            }
        }),
    }
}

#[test]
fn temporaries_of_the_head_live_as_long_as_the_loop() {
    let v = Mutex::new(vec![1, 2, 3]);
    let sum = Mutex::new(0);
    match cut!(v.lock().unwrap().iter()).rev() {
        head => drive(source!(head), |me| {
            assert!(v.try_lock().is_err());
            while let Some(chunk) = me.next() {
                for x in chunk {
                    *sum.lock().unwrap() += x;
                }
            }
        }),
    }
    assert_eq!(sum.into_inner().unwrap(), 6);
}

/// In a generic function only its bounds count.
fn generic<T: Send, I: IntoIterator<Item = T, IntoIter: Send>>(pulled: I, cut: Vec<T>) -> (Option<usize>, Option<usize>) {
    (source!(pulled).count(), source!(cut).count())
}

#[test]
fn bounds_decide_in_a_generic_function() {
    assert_eq!(generic([1, 2], vec![3]), (None, Some(1)));
}

mod hostile {
    //! Names of the user's that must not be found instead of ours.
    #![allow(dead_code, reason = "it is there not to be used")]

    pub(super) trait Kind {
        fn cut(&self) {}
        fn source(&self) {}
        fn enumerate(&self) {}
    }
    impl<T> Kind for T {}
    pub(super) struct Option;
    pub(super) struct Some;
    pub(super) struct Probe;
}

#[test]
fn names_of_the_users_are_not_mistaken() {
    #[allow(unused_imports, reason = "they must not be used")]
    use hostile::{Kind as _, Option, Probe, Some};
    let v = [1u8, 2];
    match cut!(v.iter()).enumerate() {
        head => drive(source!(head), |me| assert_eq!(me.source.count(), core::option::Option::Some(2))),
    }
}
