//! What a reduction may be of: a variable, a field, or what a `&mut` leads to, a slice included.

mod common;

use common::watchdog;
use pymp::prelude::*;

#[parallel]
fn histogram(h: &mut [u64], keys: &[usize]) {
    #[parallel(num_threads = 3, reduction(+: h))]
    for &key in keys {
        h[key] += 1;
    }
}

#[test]
fn a_slice_is_reduced_element_by_element() {
    watchdog(|| {
        let mut h = vec![5; 4];
        histogram(&mut h, &[0, 1, 1, 3]);
        histogram(&mut h[1..], &[2]);
        histogram(&mut h, &[]);
        assert_eq!(h, [6, 7, 5, 7]);
    });
}

#[test]
fn a_slice_of_floats_is_reduced_alike_at_every_team_size() {
    fn sums(threads: usize, h: &mut [f64]) {
        parallel_for!(num_threads = threads, reduction(+: h), for i in 0..10_000_usize {
            h[i % 3] += 1.0 / (i + 1) as f64;
        });
    }
    watchdog(|| {
        let at = |threads| {
            let mut h = [0.5; 3];
            sums(threads, &mut h);
            h.map(f64::to_bits)
        };
        assert!((2..6).all(|threads| at(threads) == at(1)));
    });
}

struct Grid<'a> {
    cells: &'a mut [i32],
    largest: &'a mut i32,
    total: i64,
    boxed: Box<[u8]>,
}

#[parallel]
impl Grid<'_> {
    fn tally(&mut self, values: &[i32]) {
        #[parallel(num_threads = 2, reduction(+: self.cells, self.total, self.boxed), reduction(max: self.largest))]
        for i in 0..values.len() {
            self.cells[i % 2] += values[i];
            self.total += i64::from(values[i]);
            self.boxed[i % 3] += 1;
            *self.largest = (*self.largest).max(values[i]);
        }
    }
}

#[test]
fn fields_that_lead_elsewhere_are_reduced() {
    watchdog(|| {
        let (mut cells, mut largest) = ([0, 1], 3);
        let mut grid = Grid { cells: &mut cells, largest: &mut largest, total: 1, boxed: vec![0; 3].into() };
        grid.tally(&[1, 2, 9, 4]);
        assert_eq!((grid.total, &*grid.boxed), (17, &[2, 1, 1][..]));
        assert_eq!((cells, largest), ([10, 7], 9));
    });
}

#[parallel]
fn behind_references(
    sum: &mut f64,
    list: &mut Vec<usize>,
    text: &mut String,
    pair: &mut (u32, u32),
    table: &mut [u8; 2],
    x: &[f64],
) {
    #[parallel(num_threads = 2, reduction(+: sum, pair, table), reduction(append: list, text))]
    for (i, v) in x.iter().enumerate() {
        *sum += v;
        list.push(i);
        text.push_str("xx");
        pair.0 += 1;
        (*table)[i % 2] += 1;
    }
}

#[test]
fn what_lies_behind_a_reference_may_be_named_by_the_reference() {
    watchdog(|| {
        let (mut sum, mut list, mut text, mut pair, mut table) = (1.0, vec![7], "y".to_owned(), (0, 5), [0; 2]);
        behind_references(&mut sum, &mut list, &mut text, &mut pair, &mut table, &[1.0, 2.0, 3.0]);
        assert_eq!((sum, pair, table), (7.0, (3, 5), [2, 1]));
        assert_eq!((list, text.as_str()), (vec![7, 0, 1, 2], "yxxxxxx"));
    });
}

/// The shorter text, and the first of two that are equally long.
struct Shorter;

impl<'t> Reduction<&'t str> for Shorter {
    fn identity(&self, like: &&'t str) -> &'t str {
        like
    }
    fn combine(&self, acc: &mut &'t str, part: &'t str) {
        if part.len() < acc.len() {
            *acc = part;
        }
    }
}

#[test]
fn a_variable_that_is_a_reference_is_not_looked_through() {
    watchdog(|| {
        let mut best = "abcd";
        parallel_for!(num_threads = 2, reduction(Shorter: best), for word in ["xyz", "pq", "rs"] {
            if word.len() < best.len() {
                best = word;
            }
        });
        assert_eq!(best, "pq");
    });
}

#[test]
fn regions_reduce_slices_and_references_too() {
    fn count(seen: &mut [u32], total: &mut u32) {
        region!(num_threads = 3, reduction(+: seen, total), |p| {
            for i in p.range(0..10_usize) {
                seen[i % 2] += 1;
                *total += 1;
            }
        });
    }
    watchdog(|| {
        let (mut seen, mut total) = ([0, 1], 2);
        count(&mut seen, &mut total);
        assert_eq!((seen, total), ([5, 6], 12));
    });
}

/// The type comes from where the sum goes, as it does around a plain loop.
fn sum_of_yet_no_type(x: &[u32]) -> u32 {
    let mut sum = x.iter().copied().sum();
    parallel_for!(num_threads = 2, reduction(+: sum), for v in x {
        sum += v;
    });
    sum
}

#[test]
fn the_type_of_a_sum_may_come_later() {
    watchdog(|| assert_eq!(sum_of_yet_no_type(&[1, 2, 3]), 12));
}

/// The largest so many.
struct Top(usize);

impl<T: Ord> Reduction<Vec<T>> for Top {
    fn identity(&self, _like: &Vec<T>) -> Vec<T> {
        Vec::new()
    }
    fn combine(&self, acc: &mut Vec<T>, part: Vec<T>) {
        acc.extend(part);
        acc.sort_by(|a, b| b.cmp(a));
        acc.truncate(self.0);
    }
}

#[test]
fn an_operator_may_be_made_in_the_clause() {
    watchdog(|| {
        let (mut best, n) = (vec![50], 1);
        parallel_for!(num_threads = 3, reduction(Top(n + 2): best), for i in 0..100 {
            best.push(i * 7 % 100);
        });
        assert_eq!(best, [99, 98, 97]);
        let mut best = Vec::new();
        region!(num_threads = 2, reduction(Top(1): best), |p| best.push(p.thread_num()));
        assert_eq!(best, [1]);
    });
}
