//! Iterators that are pulled.

use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::__private::{cut, source};
use crate::{Indexed, Progression, Source};

/// Batches of the next so many items, until there are no more.
fn pull<S: Source>(source: &S, most: usize) -> Vec<(std::ops::Range<usize>, Vec<S::Item>)> {
    // SAFETY: of a source without a count only the length matters.
    let next = || unsafe { source.take(0..most) }.map(|(numbers, chunk)| (numbers, chunk.collect()));
    std::iter::from_fn(next).collect()
}

#[test]
fn items_come_in_order_and_in_batches() {
    let odd = source!((0..10).filter(|x| x % 2 == 1));
    assert_eq!(odd.count(), None);
    assert_eq!(pull(&odd, 2), [(0..2, vec![1, 3]), (2..4, vec![5, 7]), (4..5, vec![9])]);
    assert_eq!(pull(&odd, 2), []);
    let single = source!("ab".chars());
    assert_eq!(pull(&single, 1), [(0..1, vec!['a']), (1..2, vec!['b'])]);
    let all = source!(cut!("abc".bytes()).rev());
    assert_eq!(pull(&all, usize::MAX), [(0..3, b"cba".to_vec())]);
    assert_eq!(pull(&source!(std::iter::empty::<u8>()), 5), []);
}

#[test]
fn whatever_a_plain_loop_takes() {
    let map: BTreeMap<u8, u8> = (0..5).map(|k| (k, k * k)).collect();
    assert_eq!(pull(&source!(&map), 9).concat_items(), map.iter().collect::<Vec<_>>());
    let set: HashMap<u8, ()> = [(1, ())].into();
    assert_eq!(pull(&source!(set), 9).concat_items(), [(1, ())]);
    assert_eq!(pull(&source!(Some(3)), 9).concat_items(), [3]);
    let boxed: Box<dyn Iterator<Item = u8> + Send> = Box::new(0..3);
    assert_eq!(pull(&source!(boxed), 9).concat_items(), [0, 1, 2]);
    assert_eq!(pull(&source!('a'..='c'), 2).concat_items(), ['a', 'b', 'c']);
}

trait ConcatItems<T> {
    fn concat_items(self) -> Vec<T>;
}

impl<T> ConcatItems<T> for Vec<(std::ops::Range<usize>, Vec<T>)> {
    fn concat_items(self) -> Vec<T> {
        self.into_iter().flat_map(|(_, items)| items).collect()
    }
}

#[test]
fn the_counter_of_enumerate_is_an_index() {
    let words = source!("a b c".split(' ').enumerate());
    assert_eq!(words.progression(), Progression::COUNTER);
    for (numbers, items) in pull(&words, 2) {
        assert!(items.iter().map(|item| item.0).eq(numbers));
    }
}

#[test]
fn an_iterator_that_panics_has_ended() {
    for most in [1, 2, 4] {
        let source = source!((0..10).map(|k| if k == 3 { panic!("item {k}") } else { k }).inspect(|_| ()));
        let payload = catch_unwind(AssertUnwindSafe(|| pull(&source, most))).unwrap_err();
        assert_eq!(payload.downcast_ref::<String>().unwrap(), "item 3");
        assert_eq!(pull(&source, most), [], "and the others find no poison");
    }
}

#[test]
fn an_iterator_is_not_asked_again_when_it_has_ended() {
    let mut asked = 0;
    let source = source!(std::iter::from_fn(|| {
        asked += 1;
        (asked % 3 != 0).then_some(asked)
    }));
    assert_eq!(pull(&source, 1).len(), 2);
    assert_eq!(pull(&source, 5), []);
}

#[test]
fn several_threads_share_it() {
    let n = if cfg!(miri) { 20 } else { 10_000 };
    let source = source!((0..n).filter(|_| true));
    let mut all = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..4)
            .map(|most| {
                scope.spawn({
                    let source = &source;
                    move || pull(source, most)
                })
            })
            .collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
    });
    all.sort_by_key(|(numbers, _)| numbers.start);
    assert!(all.iter().flat_map(|(numbers, items)| numbers.clone().zip(items)).all(|(number, item)| number == *item));
    assert!(all.concat_items().into_iter().eq(0..n));
}
