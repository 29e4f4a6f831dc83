//! Two threads that come to some loops, which all belong to one work share, under very many interleavings: they agree where each
//! loop is met, and a work share that is open shows the loop that it is open for. A stale word would be a loop that the threads do not
//! agree on.

use super::*;
use loom::sync::Arc;
use std::sync::Mutex;

/// `counted`: of a loop that is opened without a look first.
fn what(number: u64, counted: bool) -> What {
    let schedule = if counted { Schedule::guided(1) } else { Schedule::Auto };
    What::Loop { units: number as usize, schedule, ordered: false }
}

/// Comes to so many loops, and is inside of `nested` at once. Whether each was met at the work share.
fn walk(work_shares: &WorkShares, thread: usize, loops: u64, nested: bool, counted: bool) -> Vec<bool> {
    let work_shares = Some(work_shares);
    let visitor = Visitor::new(&work_shares, thread);
    let mut inside = Vec::new();
    let mut met = Vec::new();
    for k in 1..=loops {
        let (number, meeting) = visitor.meet(what(k, counted)).expect("both come to the same loops");
        met.push(matches!(meeting, Meeting::Here(_)));
        inside.push(number);
        // The outer loop is left after the inner one.
        if !nested || inside.len() == 2 {
            inside.drain(..).rev().for_each(|number| visitor.leave(number));
        }
    }
    inside.into_iter().for_each(|number| visitor.leave(number));
    met
}

fn agree(loops: u64, nested: bool, counted: bool) {
    let seen = std::sync::Arc::new(Mutex::new([false; 2]));
    let record = seen.clone();
    // All interleavings of three loops are too many: those with so few switches in the middle of a thread's work find what there is to
    // be found.
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(move || {
        let work_shares = Arc::new(WorkShares::new(2));
        // Makes them: the model does not know of the cell that they lie in.
        work_shares.work_share(1);
        let others = work_shares.clone();
        let other = loom::thread::spawn(move || walk(&others, 1, loops, nested, counted));
        let own = walk(&work_shares, 0, loops, nested, counted);
        assert_eq!(own, other.join().unwrap());
        own.iter().for_each(|&here| record.lock().unwrap()[usize::from(here)] = true);
    });
    // The model has seen both: a thread that was far ahead, and one that was not.
    assert_eq!(*seen.lock().unwrap(), [true; 2]);
}

#[test]
fn loom_loops_one_after_the_other() {
    agree(3, false, false);
}

#[test]
fn loom_a_loop_inside_of_another() {
    agree(3, true, false);
}

#[test]
fn loom_counted_loops_one_after_the_other() {
    agree(3, false, true);
}

#[test]
fn loom_a_counted_loop_inside_of_another() {
    agree(3, true, true);
}
