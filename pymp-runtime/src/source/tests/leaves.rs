//! Everything that can be cut by itself.

use std::collections::VecDeque;
use std::ops::DerefMut;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::iter::{
    IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, IntoParallelRefMutIterator, ParallelIterator,
};
use rayon::slice::{ParallelSlice, ParallelSliceMut};

use super::{items, same};
use crate::__private::{SliceParts, cut, source};
use crate::Source;

const N: usize = if cfg!(miri) { 11 } else { 37 };

fn deque() -> VecDeque<String> {
    let mut deque: VecDeque<_> = (N / 2..N).map(|k| k.to_string()).collect();
    (0..N / 2).rev().for_each(|k| deque.push_front(k.to_string()));
    assert!(!deque.as_slices().1.is_empty());
    deque
}

#[test]
fn read() {
    let v: Vec<usize> = (0..N).collect();
    let (slice, boxed, array, deque) = (&v[..], v.clone().into_boxed_slice(), [7u8; N], deque());
    let mut begun = v.iter();
    begun.next();
    same! {
        cut!(&v) => &v;
        cut!(slice) => slice;
        cut!(&boxed) => &boxed;
        cut!(&array) => &array;
        cut!(&deque) => &deque;
        cut!(deque.iter()) => deque.iter();
        cut!(v.iter()) => v.iter();
        cut!(begun.clone()) => begun.clone();
        cut!(v.chunks(4)) => v.chunks(4);
        cut!(v.chunks_exact(4)) => v.chunks_exact(4);
        cut!(v.rchunks(4)) => v.rchunks(4);
        cut!(v.windows(4)) => v.windows(4);
        cut!(v.windows(N + 1)) => v.windows(N + 1);
        cut!([0u8; 0].iter()) => [0u8; 0].iter();
        // As a variable or a function gives them, without adapters to be seen.
        cut!(v.iter().rev()) => v.iter().rev();
        cut!(v.iter().copied().skip(2).step_by(3).enumerate().rev().take(4)) => v.iter().copied().skip(2).step_by(3).enumerate().rev().take(4);
        cut!(v.iter().zip(&v[2..])) => v.iter().zip(&v[2..]);
        cut!((0..N as u64).rev()) => (0..N as u64).rev();
    }
}

#[test]
fn written() {
    fn check<'a, S: Source<Item = &'a mut usize>>(source: S) {
        for (k, x) in items(source, 7).into_iter().enumerate() {
            *x = k;
        }
    }
    fn check_pieces<'a, S: Source<Item = &'a mut [usize]>>(source: S) {
        for (k, piece) in items(source, 7).into_iter().enumerate() {
            piece.fill(k);
        }
    }
    let expected: Vec<usize> = (0..N).collect();
    let mut v = vec![0; N];
    check(source!(cut!(&mut v)));
    assert_eq!(v, expected);
    v.fill(0);
    check(source!(cut!(&mut v[..])));
    assert_eq!(v, expected);
    v.fill(0);
    check(source!(cut!(v.iter_mut())));
    assert_eq!(v, expected);
    let mut boxed = vec![0; N].into_boxed_slice();
    check(source!(cut!(&mut boxed)));
    assert_eq!(*boxed, *expected);
    let mut array = [0; N];
    check(source!(cut!(&mut array)));
    assert_eq!(array, *expected);
    let mut deque: VecDeque<usize> = (0..5).collect();
    deque.push_front(9);
    check(source!(cut!(&mut deque)));
    assert_eq!(deque, [0, 1, 2, 3, 4, 5]);

    let pieces: Vec<usize> = (0..N).map(|k| k / 4).collect();
    check_pieces(source!(v.__pymp_chunks_mut(4)));
    assert_eq!(v, pieces);
    v.fill(0);
    check_pieces(source!(cut!(v.chunks_mut(4))));
    assert_eq!(v, pieces);
    let exact: Vec<usize> = (0..N).map(|k| if k / 4 < N / 4 { k / 4 } else { 77 }).collect();
    v.fill(77);
    check_pieces(source!(wrapped(&mut v).__pymp_chunks_exact_mut(4)));
    assert_eq!(v, exact);
    v.fill(77);
    check_pieces(source!(cut!(v.chunks_exact_mut(4))));
    assert_eq!(v, exact);
    assert_eq!(source!(v.__pymp_chunks_mut(usize::MAX)).count(), Some(1));
    assert_eq!(source!(v.__pymp_chunks_exact_mut(usize::MAX)).count(), Some(0));
}

/// Something that derefs twice to a slice.
fn wrapped(v: &mut Vec<usize>) -> impl DerefMut<Target = Vec<usize>> {
    v
}

#[test]
#[should_panic(expected = "chunk size must be non-zero")]
fn pieces_of_nothing() {
    let _ = [1, 2].__pymp_chunks_mut(0);
}

#[test]
fn owned() {
    let v: Vec<String> = (0..N).map(|k| k.to_string()).collect();
    same! {
        cut!(v.clone()) => v.clone();
        cut!(v.clone().into_boxed_slice()) => v.clone();
        cut!(v.clone().into_iter()) => v.clone();
        cut!(deque()) => deque();
        cut!([(); 5]) => [(); 5];
        cut!(["a".to_string(), "b".to_string()]) => ["a".to_string(), "b".to_string()];
        cut!(Vec::<String>::new()) => Vec::<String>::new();
        cut!(v.clone()).enumerate().rev().step_by(3) => v.clone().into_iter().enumerate().rev().step_by(3);
    }
}

/// Counts its drops.
struct Counted<'a>(&'a AtomicUsize);

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn every_owned_item_is_dropped_once() {
    let drops = AtomicUsize::new(0);
    let source = source!((0..10).map(|_| Counted(&drops)).collect::<Vec<_>>());
    // SAFETY: the parts are disjoint.
    let [mut some, none, later] = [2..5, 7..8, 8..10].map(|part| unsafe { source.take(part) }.unwrap().1);
    drop((some.next(), some.next_back()));
    assert_eq!(drops.load(Ordering::Relaxed), 2);
    drop((some, none));
    assert_eq!(drops.load(Ordering::Relaxed), 4);
    drop(source);
    assert_eq!(drops.load(Ordering::Relaxed), 4, "the buffer lives as long as a chunk");
    drop(later);
    assert_eq!(drops.load(Ordering::Relaxed), 10);
}

#[test]
#[should_panic(expected = "the items 1..3 were handed out twice")]
fn an_owned_item_is_not_given_twice() {
    let source = source!(vec![1, 2, 3]);
    // SAFETY: it is not, and the source says so.
    let _parts = [0..2, 1..3].map(|part| unsafe { source.take(part) });
}

#[test]
#[cfg_attr(miri, ignore = "rayon's pool")]
fn rayon() {
    let n = 1000;
    let v: Vec<usize> = (0..n).collect();
    let mut w = v.clone();
    same! {
        v.par_iter() => &v;
        v.par_iter().copied().rev().enumerate() => v.iter().copied().rev().enumerate();
        v.par_chunks(7).zip(v.par_windows(3)) => v.chunks(7).zip(v.windows(3));
        (0..n).into_par_iter().map(|x| x * 2).step_by(3) => (0..n).map(|x| x * 2).step_by(3);
        v.clone().into_par_iter() => v.clone();
        w.par_iter_mut().skip(3).map(|x| *x) => v.iter().skip(3).copied();
        w.par_chunks_mut(6).enumerate().map(|(k, piece)| (k, piece.len())) => v.chunks(6).enumerate().map(|(k, piece)| (k, piece.len()));
        (0..0u8).into_par_iter() => 0..0u8;
    }
    for x in items(source!(cut!(w.par_iter_mut())), 1) {
        *x += 1;
    }
    assert!(w.iter().copied().eq(1..=n));
    let squares = v.par_iter().map(|x| x * x);
    assert_eq!(items(source!(squares), 1).iter().sum::<usize>(), v.par_iter().map(|x| x * x).sum());
}
