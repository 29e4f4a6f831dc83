use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::*;
use crate::testing::watchdog;

const N: usize = if cfg!(miri) { 40 } else { 10_000 };

#[test]
fn the_methods_of_a_list() {
    let l = List::from(vec![3, 1, 2]);
    l.push(3);
    l.insert(0, 9);
    assert_eq!((l.len(), l.count(&3), l.index(&3), l.index(&7)), (5, 2, Some(1), None));
    assert!(l.contains(&9) && !l.contains(&7));
    l.sort();
    l.reverse();
    assert_eq!(l.to_vec(), [9, 3, 3, 2, 1]);
    assert_eq!((l.pop(), l.remove(1), l.remove_item(&3), l.remove_item(&3)), (Some(1), 3, Some(3), None));
    l.set(0, 8);
    assert_eq!((l.get(0), l.get(2)), (Some(8), None));
    l.extend([5, 6]);
    assert_eq!(format!("{l:?}"), "[8, 2, 5, 6]");
    assert_eq!(l.clone().into_vec(), l.clone().into_vec());
    assert_eq!(l.take(), [8, 2, 5, 6]);
    assert_eq!((l.pop(), l.is_empty()), (None, true));
    assert_eq!((0..3).collect::<List<i32>>().into_vec(), [0, 1, 2]);
}

#[test]
fn an_item_changes_in_place() {
    // In Python's pymp `l[0].append(1)` changes a copy that nobody sees.
    let l = List::from(vec![vec![0], vec![]]);
    assert_eq!(
        l.update(0, |item| {
            item.push(1);
            item.len()
        }),
        2
    );
    assert_eq!(l.get(0), Some(vec![0, 1]));
}

#[test]
fn items_need_no_clone() {
    struct Own(usize);
    let l = list();
    l.push(Own(3));
    assert_eq!(l.with(|items| items[0].0) + l.take().len(), 4);
    let l: List<Own> = List::default();
    assert_eq!(l.clone().len(), 0);
}

#[test]
fn into_vec_moves_when_alone() {
    let items = vec!["a".to_string(); 3];
    let place = items.as_ptr();
    let l = List::from(items);
    let (clones, items) = (l.clone().into_vec(), l.into_vec());
    assert_ne!(clones.as_ptr(), place);
    assert_eq!(items.as_ptr(), place);
}

#[test]
fn a_closure_that_uses_its_own_list_panics_instead_of_waiting_for_ever() {
    watchdog(|| {
        let l = List::from(vec![1]);
        let payload = catch_unwind(AssertUnwindSafe(|| l.update(0, |_| l.len()))).unwrap_err();
        assert!(payload.downcast_ref::<String>().unwrap().contains("inside a method of the list already"));
        assert_eq!(l.with(|_| format!("{l:?}")), "<in use>");
        // An iterator and a dropped item may use it.
        l.extend((0..2).map(|i| i + l.len()));
        assert_eq!(l.to_vec(), [1, 1, 2]);
    });
}

#[test]
fn dropped_items_may_use_the_list() {
    struct Last(Option<List<Last>>);
    impl Drop for Last {
        fn drop(&mut self) {
            self.0.iter().for_each(|list| list.push(Last(None)));
        }
    }
    watchdog(|| {
        let l = list();
        l.push(Last(Some(l.clone())));
        l.set(0, Last(Some(l.clone())));
        assert_eq!(l.len(), 2);
        l.clear();
        assert_eq!(l.len(), 1);
    });
}

#[test]
fn a_panic_in_a_closure_leaves_the_list_usable() {
    watchdog(|| {
        let l = List::from(vec![3, 1]);
        thread::scope(|scope| {
            let thread = scope.spawn(|| l.with(|_| panic!("with the whole list in hand")));
            assert!(thread.join().is_err());
        });
        assert!(catch_unwind(AssertUnwindSafe(|| l.set(2, 0))).is_err());
        assert!(catch_unwind(AssertUnwindSafe(|| l.remove(2))).is_err());
        l.push(2);
        assert_eq!(l.to_vec(), [3, 1, 2]);
    });
}

#[test]
fn eight_threads_lose_nothing() {
    watchdog(|| {
        let (l, tally) = (list(), List::from(vec![0; 3]));
        thread::scope(|scope| {
            for thread in 0..8 {
                let (l, tally) = (l.clone(), &tally);
                scope.spawn(move || {
                    for i in 0..N {
                        l.push((thread, i));
                        tally.update(i % 3, |n| *n += 1);
                    }
                });
            }
        });
        assert_eq!(tally.to_vec().iter().sum::<usize>(), 8 * N);
        // Each thread's own are in its order.
        let own = |thread| l.to_vec().into_iter().filter(move |item| item.0 == thread).map(|item| item.1);
        assert!((0..8).all(|thread| own(thread).eq(0..N)));
        l.sort();
        assert_eq!(l.len(), 8 * N);
    });
}
