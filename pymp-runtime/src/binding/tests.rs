//! The rules by themselves; what threads really run on is seen in `tests/binding.rs`.

use super::*;

fn places(rule: Rule, team: usize, len: usize, own: usize) -> Vec<usize> {
    let binding = Binding { rule, team, from: Stand { place: own, partition: Partition { first: 0, len } } };
    (0..team).map(|thread| binding.stand(thread).place).collect()
}

#[test]
fn openmp_says_which_thread_is_where() {
    assert_eq!(places(Rule::Primary, 3, 4, 2), [2, 2, 2]);
    assert_eq!(places(Rule::Close, 3, 4, 2), [2, 3, 0]);
    assert_eq!(places(Rule::Close, 4, 2, 1), [1, 1, 0, 0]);
    assert_eq!(places(Rule::Close, 5, 2, 0), [0, 0, 0, 1, 1]);
    assert_eq!(places(Rule::Spread, 2, 4, 0), [0, 2]);
    assert_eq!(places(Rule::Spread, 2, 4, 3), [3, 0]);
    assert_eq!(places(Rule::Spread, 3, 8, 0), [0, 2, 5]);
    assert_eq!(places(Rule::Spread, 4, 2, 0), [0, 0, 1, 1]);
}

#[test]
fn the_parts_of_spread_share_the_partition_out() {
    for (first, len) in [(0, 1), (0, 2), (3, 5), (1, 8), (0, 9)] {
        for (team, own) in (1..12).flat_map(|team| (first..first + len).map(move |own| (team, own))) {
            let binding = Binding { rule: Rule::Spread, team, from: Stand { place: own, partition: Partition { first, len } } };
            let stands: Vec<_> = (0..team).map(|thread| binding.stand(thread)).collect();
            assert_eq!(stands[0].place, own);
            let mut used = vec![0; first + len];
            for Stand { place, partition } in &stands {
                assert!((partition.first..partition.first + partition.len).contains(place), "{binding:?}");
                used[partition.first..partition.first + partition.len].iter_mut().for_each(|used| *used += 1);
            }
            assert!(used[..first].iter().all(|used| *used == 0), "{binding:?}");
            let (least, most) = if team <= len { (1, 1) } else { (team / len, team.div_ceil(len)) };
            assert!(used[first..].iter().all(|used| (least..=most).contains(used)), "{binding:?}: {used:?}");
        }
    }
}

#[test]
fn an_inner_team_begins_where_it_is_entered() {
    let outer = Binding { rule: Rule::Spread, team: 2, from: Stand { place: 0, partition: Partition { first: 0, len: 4 } } };
    let inner = |thread, rule| {
        let binding = Binding { rule, team: 2, from: outer.stand(thread) };
        [0, 1].map(|thread| binding.stand(thread).place)
    };
    assert_eq!((inner(0, Rule::Close), inner(1, Rule::Close)), ([0, 1], [2, 3]));
    assert_eq!((inner(0, Rule::Spread), inner(1, Rule::Primary)), ([0, 1], [2, 2]));
}
