//! Where `#[parallel]` may stand, outside and inside.

#![allow(
    clippy::let_unit_value,
    clippy::unit_arg,
    clippy::never_loop,
    clippy::needless_range_loop,
    reason = "the positions are what is tested"
)]

use pymp::prelude::*;

mod common;

use common::watchdog;

const N: usize = 24;

/// Three threads that take turns: this golden says that the directive was heard.
fn golden() -> Vec<usize> {
    (0..N).map(|i| i % 3).collect()
}

#[parallel]
fn in_a_statement(y: &mut [usize]) {
    #[parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
    let _ = y.len();
}

#[parallel]
fn in_the_tail(y: &mut [usize]) {
    #[parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[parallel]
fn in_a_match_arm(y: &mut [usize], which: u8) {
    match which {
        0 => (),
        1 =>
        {
            #[parallel(num_threads = 3, schedule = "static,1")]
            for i in 0..y.len() {
                y[i] = pymp::thread_num();
            }
        }
        #[rustfmt::skip]
        2 => #[parallel(num_threads = 3, schedule = "static,1")] for i in 0..y.len() {
            y[i] = pymp::thread_num();
        },
        _ => unreachable!(),
    }
}

#[parallel]
fn in_a_let(y: &mut [usize]) {
    #[rustfmt::skip]
    let done = #[parallel(num_threads = 3, schedule = "static,1")] for i in 0..y.len() {
        y[i] = pymp::thread_num();
    };
    assert_eq!(done, ());
}

#[parallel]
fn in_an_argument(y: &mut [usize]) {
    fn takes<T: PartialEq<()>>(unit: T) -> bool {
        unit == ()
    }
    #[rustfmt::skip]
    let taken = takes(#[parallel(num_threads = 3, schedule = "static,1")] for i in 0..y.len() {
        y[i] = pymp::thread_num();
    });
    assert!(taken);
}

#[parallel]
fn in_a_closure(y: &mut [usize]) {
    let fill = |y: &mut [usize]| {
        #[parallel(num_threads = 3, schedule = "static,1")]
        for i in 0..y.len() {
            y[i] = pymp::thread_num();
        }
    };
    fill(y);
}

#[parallel]
fn in_blocks_and_branches(y: &mut [usize], deep: bool) {
    if deep {
        'search: loop {
            while y[0] == 99 {
                unsafe_free_block(y);
                break 'search;
            }
            return;
        }
    } else {
        {
            #[parallel(num_threads = 3, schedule = "static,1")]
            for i in 0..y.len() {
                y[i] = pymp::thread_num();
            }
        }
    }
}

#[parallel(num_threads = 3, schedule = "static,1")]
fn unsafe_free_block(y: &mut [usize]) {
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[parallel]
fn in_a_nested_function(y: &mut [usize]) {
    fn inner(y: &mut [usize]) {
        #[parallel(num_threads = 3, schedule = "static,1")]
        for i in 0..y.len() {
            y[i] = pymp::thread_num();
        }
    }
    inner(y);
}

#[parallel]
fn after_a_labelled_one(y: &mut [usize]) {
    #[parallel(num_threads = 3, schedule = "static,1")]
    'all: for i in 0..y.len() {
        if i > N {
            continue 'all;
        }
        y[i] = pymp::thread_num();
    }
}

#[pymp::parallel]
fn by_its_path(y: &mut [usize]) {
    #[pymp::parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[::pymp::parallel]
fn by_its_absolute_path(y: &mut [usize]) {
    #[::pymp::parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[cfg_attr(all(), parallel)]
fn by_cfg_attr_outside(y: &mut [usize]) {
    #[parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[parallel]
fn by_cfg_attr_inside(y: &mut [usize]) {
    #[cfg_attr(all(), parallel(num_threads = 3, schedule = "static,1"))]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
}

#[parallel]
#[allow(clippy::needless_range_loop, reason = "an attribute beside ours")]
fn beside_other_attributes(y: &mut [usize]) {
    #[allow(unused_variables)]
    #[parallel(num_threads = 3, schedule = "static,1")]
    #[allow(unused_mut)]
    for i in 0..y.len() {
        let mut unused = 0;
        y[i] = pymp::thread_num();
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn every_position() {
    watchdog(|| {
        type Fill = fn(&mut [usize]);
        let positions: [(&str, Fill); 16] = [
            ("a statement", in_a_statement),
            ("the tail", in_the_tail),
            ("a match arm's block", |y| in_a_match_arm(y, 1)),
            ("a match arm", |y| in_a_match_arm(y, 2)),
            ("a let", in_a_let),
            ("an argument", in_an_argument),
            ("a closure", in_a_closure),
            ("deep blocks", |y| in_blocks_and_branches(y, true)),
            ("blocks", |y| in_blocks_and_branches(y, false)),
            ("a nested fn", in_a_nested_function),
            ("a labelled loop", after_a_labelled_one),
            ("a path", by_its_path),
            ("an absolute path", by_its_absolute_path),
            ("cfg_attr on the fn", by_cfg_attr_outside),
            ("cfg_attr on the loop", by_cfg_attr_inside),
            ("other attributes", beside_other_attributes),
        ];
        for (position, fill) in positions {
            let mut y = vec![99; N];
            fill(&mut y);
            assert_eq!(y, golden(), "{position}");
        }
    });
}

/// `cfg_attr` with a condition that does not hold leaves a serial loop.
#[test]
fn cfg_attr_that_does_not_hold() {
    #[parallel]
    fn fill(y: &mut [usize]) {
        #[cfg_attr(any(), parallel(num_threads = 3, schedule = "static,1"))]
        for i in 0..y.len() {
            y[i] = 10 + pymp::thread_num();
        }
    }
    watchdog(|| {
        let mut y = vec![99; N];
        fill(&mut y);
        assert_eq!(y, [10; N]);
    });
}

struct Table {
    cells: Vec<usize>,
    calls: usize,
}

#[parallel]
impl Table {
    const THREADS: usize = 3;

    fn new() -> Self {
        Self { cells: vec![99; N], calls: 0 }
    }

    fn fill(&mut self) {
        self.calls += 1;
        #[parallel(num_threads = Self::THREADS, schedule = "static,1")]
        for i in 0..self.cells.len() {
            self.cells[i] = pymp::thread_num();
        }
    }

    #[parallel(num_threads = 3)]
    fn sum(&self) -> usize {
        let mut sum = 0;
        #[parallel(reduction(+: sum))]
        for cell in &self.cells {
            sum += cell;
        }
        sum
    }

    /// No directive in it: left as it is.
    fn serial_sum(&self) -> usize {
        let mut sum = 0;
        for cell in &self.cells {
            sum += cell;
        }
        sum
    }
}

trait Fill {
    fn fill_all(&mut self) -> usize;

    fn twice(&mut self) -> usize {
        self.fill_all() + self.fill_all()
    }
}

#[parallel]
impl Fill for Table {
    fn fill_all(&mut self) -> usize {
        let cells = &mut self.cells;
        #[parallel(num_threads = 3, schedule = "static,1")]
        for i in 0..cells.len() {
            cells[i] = pymp::thread_num();
        }
        self.sum()
    }
}

#[parallel]
impl<T: Copy + Send + Sync + Default, const M: usize> Generic<T, M> {
    fn filled(value: T) -> Self {
        let mut cells = [T::default(); M];
        #[parallel(num_threads = 3)]
        for i in 0..M {
            cells[i] = value;
        }
        Self { cells }
    }
}

struct Generic<T, const M: usize> {
    cells: [T; M],
}

#[parallel]
mod whole {
    //! Every function in it may hold directives.

    pub(super) fn fill(y: &mut [usize]) {
        #[parallel(num_threads = 3, schedule = "static,1")]
        for i in 0..y.len() {
            y[i] = pymp::thread_num();
        }
    }

    pub(super) mod inner {
        pub(crate) struct Sum;

        impl Sum {
            pub(crate) fn of(xs: &[usize]) -> usize {
                let mut sum = 0;
                #[parallel(num_threads = 3, reduction(+: sum))]
                for x in xs {
                    sum += x;
                }
                sum
            }
        }
    }
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn on_an_impl_a_trait_impl_and_a_module() {
    watchdog(|| {
        let mut table = Table::new();
        table.fill();
        assert_eq!((&table.cells, table.calls, table.sum(), table.serial_sum()), (&golden(), 1, N, N));
        table.cells.fill(99);
        assert_eq!(table.twice(), 2 * N);
        assert_eq!(table.cells, golden());
        assert_eq!(Generic::<_, 5>::filled('x').cells, ['x'; 5]);
        let mut y = vec![99; N];
        whole::fill(&mut y);
        assert_eq!((whole::inner::Sum::of(&y), y), (N, golden()));
    });
}

#[parallel]
fn generic<'a, T, F, const M: usize>(y: &'a mut [T; M], x: &[T], f: F) -> &'a T
where
    T: Copy + Send + Sync,
    F: Fn(T) -> T + Sync,
{
    #[parallel(num_threads = 3)]
    for i in 0..M {
        y[i] = f(x[i]);
    }
    &y[0]
}

#[parallel]
fn with_impl_trait(xs: impl Iterator<Item = u32> + Send, f: &(dyn Fn(u32) -> u32 + Sync)) -> impl Iterator<Item = u32> {
    let mut out = Vec::new();
    #[parallel(num_threads = 3, reduction(append: out))]
    for x in xs {
        out.push(f(x));
    }
    out.into_iter()
}

#[test]
fn generic_functions() {
    watchdog(|| {
        let mut y = [0.0; 7];
        assert_eq!(*generic(&mut y, &[1.5; 7], |x| x * 2.0), 3.0);
        assert_eq!(y, [3.0; 7]);
        let doubled: Vec<_> = with_impl_trait("1 2 3".split(' ').map(|x| x.parse().expect("a number")), &|x| 2 * x).collect();
        assert_eq!(doubled, [2, 4, 6]);
    });
}

#[parallel]
async fn without_await(y: &mut [usize]) -> usize {
    #[parallel(num_threads = 3, schedule = "static,1")]
    for i in 0..y.len() {
        y[i] = pymp::thread_num();
    }
    std::future::ready(y.len()).await
}

#[test]
#[cfg_attr(not(feature = "threads"), ignore = "every team has one thread")]
fn an_async_function_whose_loop_does_not_wait() {
    watchdog(|| {
        let mut y = vec![99; N];
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(Box::pin(without_await(&mut y)).as_mut().poll(&mut context), std::task::Poll::Ready(N));
        assert_eq!(y, golden());
    });
}

#[parallel]
fn loops_in_loops(y: &mut [usize]) -> usize {
    let mut inner_threads = 0;
    #[parallel(num_threads = 3, schedule = "static,1", reduction(max: inner_threads))]
    for i in 0..y.len() {
        let mut sum = 0;
        #[parallel(num_threads = 2, reduction(+: sum))]
        for j in 0..=i {
            sum += j;
        }
        parallel_for!(num_threads = 2, reduction(max: inner_threads), for _ in 0..2 {
            inner_threads = inner_threads.max(pymp::num_threads());
        });
        y[i] = sum;
    }
    inner_threads
}

#[test]
fn nested_loops() {
    watchdog(|| {
        let mut y = vec![0; N];
        assert_eq!(loops_in_loops(&mut y), 1);
        assert_eq!(y, (0..N).map(|i| i * (i + 1) / 2).collect::<Vec<_>>());
    });
}

/// The signature is the user's own.
#[test]
fn a_function_stays_what_it_was() {
    #[parallel]
    #[must_use]
    #[inline(never)]
    extern "C" fn sum(n: u64) -> u64 {
        let mut sum = 0;
        #[parallel(num_threads = 2, reduction(+: sum))]
        for i in 0..n {
            sum += i;
        }
        sum
    }
    watchdog(|| {
        let pointer: extern "C" fn(u64) -> u64 = sum;
        assert_eq!(pointer(10), 45);
    });
}
