//! Elements that several iterations may change through `&self`, and methods that only share their name with one that changes.
#![forbid(unsafe_code)]
#![deny(warnings)]
use pymp::prelude::*;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, RwLock};

fn locks(k: &[usize], sums: &[RwLock<u64>], counts: &[Mutex<u64>]) {
    parallel_for!(for i in 0..k.len() {
        *sums[k[i]].write().unwrap() += i as u64;
        *counts[k[i]].lock().unwrap() += 1;
    });
}

fn atomics(k: &[usize], flags: &[AtomicU64]) -> u64 {
    let seen = AtomicU64::new(0);
    parallel_for!(for i in 0..k.len() {
        seen.fetch_add(flags[k[i]].swap(1, Ordering::Relaxed), Ordering::Relaxed);
    });
    seen.into_inner()
}

fn read_only(names: &[String], seeds: &[u64], out: &mut [(String, u64)]) {
    let key = 3u64;
    parallel_for!(for i in 0..names.len() {
        out[i] = (names[i].replace("a", "b"), seeds[i].rotate_left(1) ^ key.rotate_right(1));
    });
}

fn own_cells(y: &mut Vec<RefCell<u32>>) {
    parallel_for!(for i in 0..y.len() {
        *y[i].borrow_mut() += 1;
    });
}

fn main() {
    let sums: Vec<_> = (0..2).map(|_| RwLock::new(0)).collect();
    let counts: Vec<_> = (0..2).map(|_| Mutex::new(0)).collect();
    locks(&[0, 1, 0], &sums, &counts);
    assert_eq!((*sums[0].read().unwrap(), *counts[0].lock().unwrap()), (2, 2));
    assert_eq!(atomics(&[0, 1, 0], &[AtomicU64::new(0), AtomicU64::new(0)]), 1);
    let mut out = vec![(String::new(), 0)];
    read_only(&["banana".to_owned()], &[2], &mut out);
    assert_eq!(out[0].0, "bbnbnb");
    let mut cells = vec![RefCell::new(1)];
    own_cells(&mut cells);
    assert_eq!(cells[0].take(), 2);
}
