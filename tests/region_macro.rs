//! `region!` and `#[parallel]` on a block: their clauses, what they bring back, and where they stand.

mod common;

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use common::{assert_says, panic_of, watchdog};
use pymp::prelude::*;
use pymp::shared;

/// How many threads a region that asks for `n` has in this build.
fn team(n: usize) -> usize {
    if cfg!(feature = "threads") { n } else { 1 }
}

#[test]
fn every_thread_runs_the_block() {
    watchdog(|| {
        let seen = Mutex::new(Vec::new());
        region!(num_threads = 4, |p| {
            seen.lock().unwrap().push((p.thread_num(), p.num_threads()));
        });
        let mut seen = seen.into_inner().unwrap();
        seen.sort();
        assert_eq!(seen, (0..team(4)).map(|thread| (thread, team(4))).collect::<Vec<_>>());
    });
}

#[test]
fn value_is_that_of_thread_0() {
    watchdog(|| {
        assert_eq!(region!(num_threads = 3, |p| { p.thread_num() + 10 }), 10);
        let text: String = region!(num_threads = 3, |p| format!("thread {}", p.thread_num()));
        assert_eq!(text, "thread 0");
        let mut sum = 0;
        let size = region!(num_threads = 3, reduction(+: sum), |p| {
            sum += 1;
            p.num_threads()
        });
        assert_eq!((size, sum), (team(3), team(3)));
    });
}

#[test]
fn if_is_evaluated_once() {
    watchdog(|| {
        let mut asked = 0;
        let mut ask = |answer| {
            asked += 1;
            answer
        };
        assert_eq!(region!(num_threads = 4, if = ask(false), |p| { p.num_threads() }), 1);
        assert_eq!(region!(num_threads(4), if(ask(true)), |p| { p.num_threads() }), team(4));
        assert_eq!(asked, 2);
    });
}

#[test]
fn reductions_count_the_initial_value_once() {
    watchdog(|| {
        for threads in [1, 2, 4] {
            let (mut sum, mut least, mut all) = (100_u64, 1000, true);
            region!(num_threads = threads, reduction(+: sum), reduction(min: least), reduction(&&: all), |p| {
                for i in p.range(0..=100_u64) {
                    sum += i;
                    least = least.min(i + 7);
                    all &= i < 101;
                }
            });
            assert_eq!((sum, least, all), (5150, 7, true));
        }
    });
}

#[test]
fn reductions_are_combined_in_thread_order() {
    watchdog(|| {
        let mut order = vec![99];
        let mut text = String::from(">");
        region!(num_threads = 4, reduction(append: order, text), |p| {
            order.push(p.thread_num());
            text.push_str(&p.thread_num().to_string());
        });
        let threads: Vec<_> = (0..team(4)).collect();
        assert_eq!(order, [&[99], &threads[..]].concat());
        assert_eq!(text, threads.iter().fold(String::from(">"), |text, thread| text + &thread.to_string()));
    });
}

/// Its parts are read and assigned as one likes: a region is not a loop that must mean the same serially.
#[test]
fn a_part_is_a_variable_of_its_own() {
    watchdog(|| {
        let mut sum = 1.0_f64;
        region!(num_threads = 2, reduction(+: sum), |p| {
            let mine: f64 = p.range(0..10).map(f64::from).sum();
            assert_eq!(sum, 0.0);
            sum = mine;
        });
        assert_eq!(sum, 46.0);
    });
}

struct Longest;

impl Reduction<String> for Longest {
    fn identity(&self, _: &String) -> String {
        String::new()
    }
    fn combine(&self, acc: &mut String, part: String) {
        if part.len() > acc.len() {
            *acc = part;
        }
    }
}

struct Totals {
    count: usize,
    word: String,
}

impl Totals {
    fn add(&mut self, words: &[&str]) {
        region!(num_threads = 3, reduction(+: self.count), reduction(Longest: self.word), |p| {
            for i in p.range(0..words.len()) {
                let word = words[i];
                self.count += 1;
                if word.len() > self.word.len() {
                    self.word = word.to_owned();
                }
            }
        });
    }
}

#[test]
fn reductions_of_fields_and_operators_of_ones_own() {
    watchdog(|| {
        let mut totals = Totals { count: 1, word: "a".to_owned() };
        totals.add(&["to", "three", "four"]);
        assert_eq!((totals.count, totals.word.as_str()), (4, "three"));
    });
}

#[test]
fn private_variables() {
    watchdog(|| {
        let (x, mut scratch, first) = (7_u32, vec![1, 2], vec![5]);
        let sizes = shared::list();
        region!(num_threads = 3, private(x, scratch = vec![0; 4]), firstprivate(first), shared(sizes), |p| {
            assert_eq!((x, scratch.len(), first.len()), (0, 4, 1));
            x += 1;
            scratch.push(p.thread_num());
            first.push(6);
            sizes.push(x as usize + scratch.len() + first.len());
        });
        assert_eq!(sizes.to_vec(), vec![8; team(3)]);
        scratch.clear();
        assert_eq!((x, scratch, first), (7, vec![], vec![5]));
    });
}

/// The expression is evaluated in the thread, so it may ask the handle.
#[test]
fn private_values_see_the_handle() {
    watchdog(|| {
        let mut total = 0;
        region!(num_threads = 4, private(mine = p.thread_num() * 10), reduction(+: total), |p| {
            total += mine + p.thread_num();
        });
        assert_eq!(total, (0..team(4)).sum::<usize>() * 11);
    });
}

#[test]
fn schedule_is_that_of_loops_that_do_not_say() {
    watchdog(|| {
        for n in [2_u32, 3] {
            let firsts = shared::list();
            region!(num_threads = 2, schedule(static, n), shared(firsts), |p| {
                p.loop_over(0..12).for_each(|i| {
                    if p.thread_num() == 0 {
                        firsts.push(i);
                    }
                });
            });
            let expected: Vec<_> = (0..12).filter(|i| team(2) == 1 || i / n % 2 == 0).collect();
            assert_eq!(firsts.to_vec(), expected);
        }
        region!(num_threads = 2, schedule = "dynamic,4", |p| { p.loop_over(0..10).for_each(drop) });
        region!(schedule = Schedule::guided(2), |p| p.loop_over(0..10).for_each(drop));
    });
}

#[test]
fn default_none_lists_what_is_captured() {
    watchdog(|| {
        let (hits, n, mut sum) = (AtomicUsize::new(0), 5, 0);
        region!(num_threads = 2, default(none), shared(hits, n), reduction(+: sum), |p| {
            for i in p.range(0..n) {
                hits.fetch_add(1, Relaxed);
                sum += i;
            }
        });
        assert_eq!((hits.into_inner(), sum), (5, 10));
    });
}

#[test]
fn any_pattern_is_a_handle() {
    watchdog(|| {
        let hits = AtomicUsize::new(0);
        region!(num_threads = 2, |_| { hits.fetch_add(1, Relaxed) });
        region!(num_threads = 2, |_p: &Region| {
            hits.fetch_add(1, Relaxed);
        });
        region!(|r#fn| assert!(r#fn.num_threads() >= 1));
        region! { if = hits.load(Relaxed) > 1 || hits.load(Relaxed) == 0, num_threads = 2, |team| { team.barrier() }, };
        assert_eq!(hits.into_inner(), 2 * team(2));
    });
}

#[test]
fn control_flow_of_its_own() {
    watchdog(|| {
        let found = region!(num_threads = 2, |p| {
            let parse = |text: &str| -> Result<i32, std::num::ParseIntError> { Ok(text.parse::<i32>()? + 1) };
            let mut last = 0;
            'outer: for i in p.range(0..10) {
                for j in 0.. {
                    if j == i {
                        continue 'outer;
                    }
                    if j > 3 {
                        break 'outer;
                    }
                }
                last = i;
            }
            let value = 'block: {
                if last > 100 {
                    break 'block 0;
                }
                parse("41").unwrap()
            };
            (0..value).find(|&i| {
                if i < 3 {
                    return false;
                }
                i < 4
            })
        });
        assert_eq!(found, Some(3));
    });
}

#[test]
fn a_panic_reaches_the_caller() {
    watchdog(|| {
        let said = panic_of(|| {
            let mut sum = 0;
            region!(num_threads = 2, reduction(+: sum), |p| {
                sum += 1;
                p.barrier();
                if p.thread_num() + 1 == p.num_threads() {
                    panic!("the last thread has had enough");
                }
                p.barrier();
            });
        });
        assert_says(&said, &["the last thread has had enough"]);
        assert_eq!(region!(num_threads = 2, |p| { p.num_threads() }), team(2));
        let threads = 0;
        assert_says(&panic_of(|| region!(num_threads = threads, |_| {})), &["num_threads", "at least 1"]);
    });
}

#[parallel(num_threads = 3)]
fn blocks(n: u64) -> (u64, Vec<usize>, usize) {
    let (mut sum, mut threads) = (0, Vec::new());
    #[parallel(reduction(+: sum), reduction(append: threads))]
    {
        threads.push(pymp::thread_num());
        let (thread, size) = (pymp::thread_num() as u64, pymp::num_threads() as u64);
        for i in (0..n).filter(|i| i % size == thread) {
            sum += i;
        }
    }
    let size = #[parallel(num_threads = 2)]
    {
        pymp::num_threads()
    };
    (sum, threads, size)
}

#[test]
fn a_block_is_a_region_without_a_handle() {
    watchdog(|| {
        assert_eq!(blocks(100), (4950, (0..team(3)).collect(), team(2)));
    });
}

/// `region!` in an annotated fn has its clauses as defaults, and the loops inside it are inner loops.
#[parallel(num_threads = 2, chunk = 3)]
fn mixed(y: &mut [usize]) -> (usize, usize) {
    let mut inner = 0;
    let size = region!(reduction(max: inner), |p| {
        let mut own = vec![0; 5];
        #[parallel(schedule = "dynamic")]
        for i in 0..own.len() {
            own[i] = i + 1;
        }
        let mut sum = 0;
        parallel_for!(reduction(+: sum), for i in 0..own.len() {
            sum += own[i];
        });
        assert_eq!(sum, 15);
        inner = inner.max(sum);
        p.num_threads()
    });
    #[parallel]
    for i in 0..y.len() {
        y[i] = i;
    }
    (size, inner)
}

#[test]
fn loops_beside_and_inside() {
    watchdog(|| {
        let mut y = [0; 4];
        assert_eq!(mixed(&mut y), (team(2), 15));
        assert_eq!(y, [0, 1, 2, 3]);
    });
}

#[test]
fn loops_inside_a_region_that_stands_alone() {
    watchdog(|| {
        let mut total = 0;
        region!(num_threads = 2, reduction(+: total), |p| {
            #[parallel(reduction(+: total))]
            for i in 0..10 {
                total += i + p.thread_num();
            }
        });
        assert_eq!(total, 45 * team(2) + 10 * (team(2) - 1));
    });
}

#[parallel]
fn in_a_loop(y: &mut [usize]) {
    #[parallel]
    for i in 0..y.len() {
        let mut hits = 0;
        region!(num_threads = 2, private(x = 1), reduction(+: hits), |p| {
            x += 1;
            hits += x / 2 + p.thread_num();
        });
        #[parallel(private(x = 3), reduction(+: hits))]
        {
            x += 1;
            hits += x / 4;
        }
        y[i] = i + hits;
    }
}

#[test]
fn regions_inside_a_loop() {
    watchdog(|| {
        let mut y = [0; 6];
        in_a_loop(&mut y);
        assert_eq!(y, [2, 3, 4, 5, 6, 7]);
    });
}

#[test]
fn nested_regions() {
    watchdog(|| {
        let mut sizes = Vec::new();
        region!(num_threads = 2, reduction(append: sizes), |p| {
            let outer = p.thread_num();
            let mut inner = 0;
            region!(num_threads = 2, reduction(+: inner), |p| inner += p.num_threads());
            sizes.push((outer, inner));
        });
        assert_eq!(sizes, (0..team(2)).map(|thread| (thread, 1)).collect::<Vec<_>>());
    });
}

macro_rules! on_a_team {
    ($n:expr, |$p:ident| $body:expr) => {
        region!(crate = ::pymp, num_threads = $n, |$p| $body)
    };
}

#[test]
fn inside_a_macro() {
    watchdog(|| {
        let sizes = on_a_team!(1 + 1, |p| { p.num_threads() });
        assert_eq!(sizes, team(2));
        println!("{}", region!(num_threads = 2, |p| { p.num_threads() }));
    });
}
