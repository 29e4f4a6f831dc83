use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use super::*;
use crate::testing::watchdog;

const N: usize = if cfg!(miri) { 40 } else { 10_000 };

fn sorted<T: Ord>(mut items: Vec<T>) -> Vec<T> {
    items.sort();
    items
}

#[test]
fn the_methods_of_a_dict() {
    let d = dict::<String, u32>();
    assert_eq!((d.insert("a".into(), 1), d.insert("a".into(), 2)), (None, Some(1)));
    assert_eq!((d.get("a"), d.get("b"), d.contains_key("a")), (Some(2), None, true));
    assert_eq!((d.get_or_insert("b".into(), 5), d.get_or_insert("b".into(), 6)), (5, 5));
    assert_eq!(d.get_or_insert_with("c".into(), || 7), 7);
    d.extend([("a".to_string(), 3), ("d".to_string(), 4)]);
    assert_eq!(sorted(d.keys()), ["a", "b", "c", "d"]);
    assert_eq!(sorted(d.values()), [3, 4, 5, 7]);
    assert_eq!(sorted(d.items())[0], ("a".to_string(), 3));
    assert_eq!((d.remove("d"), d.remove("d"), d.len()), (Some(4), None, 3));
    assert_eq!(d.to_map()["c"], 7);
    let (mut seen, mut left) = (0, 3);
    while let Some((_, value)) = d.pop() {
        (seen, left) = (seen + value, left - 1);
        assert_eq!(d.len(), left);
    }
    assert_eq!((seen, d.is_empty()), (15, true));
    d.insert("z".into(), 1);
    d.clear();
    assert_eq!(format!("{d:?}"), "{}");
    assert!(d.clone().into_map().is_empty());
    assert_eq!([(1, 2)].into_iter().collect::<Dict<_, _>>().into_map(), HashMap::from([(1, 2)]));
}

#[test]
fn a_value_changes_in_place() {
    let d = Dict::from([("a", vec![1])]);
    assert_eq!(d.update("a", |list| list.push(2)), Some(()));
    assert_eq!(d.update_or_insert("b", vec![], |list| list.len()), 0);
    assert_eq!((d.get("a"), d.len()), (Some(vec![1, 2]), 2));
}

#[test]
fn a_closure_that_uses_its_own_dict_panics_and_the_dict_lives_on() {
    watchdog(|| {
        let d = Dict::from([(1, 1)]);
        let payload = catch_unwind(AssertUnwindSafe(|| d.get_or_insert_with(2, || d.len()))).unwrap_err();
        assert!(payload.downcast_ref::<String>().unwrap().contains("inside a method of the dict already"));
        assert_eq!(d.with(|_| format!("{d:?}")), "<in use>");
        d.extend((5..7).map(|i| (i, d.len())));
        assert_eq!((d.len(), d.contains_key(&2)), (3, false));
    });
}

#[test]
fn eight_threads_lose_nothing() {
    watchdog(|| {
        let (own, counts, made) = (dict(), dict(), dict());
        let makes = crate::shared::array::<usize>(1);
        thread::scope(|scope| {
            for thread in 0..8 {
                let (own, counts, made, makes) = (own.clone(), &counts, &made, &makes);
                scope.spawn(move || {
                    for i in 0..N {
                        own.insert((thread, i), i);
                        counts.update_or_insert(i % 5, 0, |n| *n += 1);
                        made.get_or_insert_with(i % 11, || makes.fetch_add(0, 1));
                    }
                });
            }
        });
        assert_eq!(own.len(), 8 * N);
        assert_eq!(own.get(&(7, N - 1)), Some(N - 1));
        assert_eq!(counts.values().iter().sum::<usize>(), 8 * N);
        assert_eq!((makes.get(0), sorted(made.values())), (11, (0..11).collect()));
    });
}
