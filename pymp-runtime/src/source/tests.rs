use super::*;
use crate::__private::{cut, join, source};

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
        Some(unsafe { self.source.take(part) }?.1)
    }
}

#[test]
fn an_integer_literal_keeps_its_type_open() {
    let mut v = vec![0u8; 10];
    let w = std::sync::Mutex::new(&mut v);
    match cut!(0..10) {
        head => drive(source!(head), |me| {
            while let Some(chunk) = me.next() {
                for i in chunk {
                    w.lock().unwrap()[i] += 1;
                }
            }
        }),
    }
    assert_eq!(v, [1; 10]);

    let seen = std::sync::Mutex::new(vec![]);
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

    match join!(cut!(0..=9), zip, 5..) {
        head => drive(source!(head), |me| {
            while let Some(chunk) = me.next() {
                for (i, j) in chunk {
                    let _: (u8, i64) = (i, j);
                }
            }
        }),
    }
    match join!(cut!(0..=9), zip, 5..7).enumerate() {
        head => drive(source!(head), |me| {
            assert_eq!(me.source.count(), Some(2));
            while let Some(chunk) = me.next() {
                for (k, (i, j)) in chunk {
                    let _: (usize, u8, i64) = (k, i, j);
                }
            }
        }),
    }
}
