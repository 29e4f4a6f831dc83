//! Loops in generic functions, with const generics, in trait methods, async functions, closures, matches, macros and modules.
#![forbid(unsafe_code)]
#![deny(warnings)]
use pymp::prelude::*;
use std::ops::{AddAssign, Mul};

#[parallel]
fn axpy<T>(a: T, x: &[T], y: &mut [T])
where
    T: Copy + Send + Sync + AddAssign + Mul<Output = T>,
{
    #[parallel(schedule = "guided")]
    for i in 0..x.len() {
        y[i] += a * x[i];
    }
}

#[parallel]
fn filled<const N: usize, const V: u8>() -> [u8; N] {
    let mut y = [0; N];
    for i in 0..N {
        y[i] = V;
    }
    y
}

trait Shift {
    const BY: i32;
    fn items(&mut self) -> &mut [i32];
    #[parallel]
    fn shift(&mut self) {
        let items = self.items();
        for i in 0..items.len() {
            items[i] += Self::BY;
        }
    }
    fn total(&self) -> i32;
}

struct Numbers<'a, T> {
    items: &'a mut Vec<T>,
}

#[parallel(num_threads = 2)]
impl<'a> Shift for Numbers<'a, i32> {
    const BY: i32 = 3;
    fn items(&mut self) -> &mut [i32] {
        self.items
    }
    fn total(&self) -> i32 {
        let mut total = 0;
        #[parallel(reduction(+: total))]
        for v in self.items.iter() {
            total += v;
        }
        total
    }
}

#[parallel]
async fn later(y: &mut [u32]) -> u32 {
    let extra = async { 1 }.await;
    #[parallel]
    for i in 0..y.len() {
        y[i] += extra;
    }
    async { y[0] }.await
}

#[parallel]
fn positions(kind: u32, y: &mut [u32]) -> usize {
    let double = |y: &mut [u32]| {
        #[parallel]
        for i in 0..y.len() {
            y[i] *= 2;
        }
    };
    double(y);
    match kind {
        0 =>
        {
            #[parallel]
            for i in 0..y.len() {
                y[i] += 1;
            }
        }
        _ => parallel_for!(for i in 0..y.len() {
            y[i] += 2;
        }),
    }
    let unit = {
        #[parallel]
        for i in 0..y.len() {
            y[i] += 1;
        }
    };
    let () = unit;
    #[allow(clippy::all)]
    #[parallel]
    for i in 0..y.len() {
        y[i] += 1;
    }
    y.len()
}

macro_rules! fill {
    ($array:ident, $index:ident, $range:expr, $value:expr) => {
        parallel_for!(num_threads = 2, for $index in $range {
            $array[$index] = $value;
        })
    };
    (whole $each:expr) => {
        parallel_for!($each)
    };
}

macro_rules! summing {
    ($name:ident, $s:ident, $op:tt, $clauses:tt) => {
        #[parallel]
        fn $name(x: &[i64]) -> i64 {
            let mut $s = 1;
            #[parallel $clauses]
            for v in x {
                $s $op v;
            }
            $s
        }
    };
}

summing!(sum, s, +=, (reduction(+: s)));
summing!(product, s, *=, (reduction(*: s)));

#[parallel(schedule = "dynamic")]
mod inside {
    pub mod deeper {
        pub fn count(n: u64) -> u64 {
            let mut k = 0;
            #[parallel(reduction(+: k))]
            for i in 0..n {
                k += i % 2;
            }
            k
        }
    }
}

/// Nested closures, which read and own.
fn closures(y: &mut [usize]) {
    let scale = 3;
    parallel_for!(for i in 0..y.len() {
        let twice = |x: usize| {
            let once = |x: usize| x * scale;
            once(once(x))
        };
        let all: Vec<usize> = (0..i).map(|j| twice(j)).filter(|v| *v > 0).collect();
        y[i] = all.iter().sum::<usize>() + all.len();
    });
}

/// A chunk that does not fit a schedule of the loop itself is left behind with the other defaults.
#[parallel(chunk = 4)]
fn defaults(n: usize) -> usize {
    let mut k = 0;
    #[parallel(schedule = "auto", reduction(+: k))]
    for _ in 0..n {
        k += 1;
    }
    #[parallel(reduction(+: k))]
    for _ in 0..n {
        k += 1;
    }
    k
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

fn main() {
    let mut y = [1.0, 1.0];
    axpy(2.0, &[3.0, 4.0], &mut y);
    assert_eq!(y, [7.0, 9.0]);
    assert_eq!(filled::<3, 7>(), [7; 3]);
    let mut items = vec![1, 2];
    let mut numbers = Numbers { items: &mut items };
    numbers.shift();
    assert_eq!(numbers.total(), 9);
    assert_eq!(block_on(later(&mut [1, 2])), 2);
    let mut u = [1, 2];
    assert_eq!(positions(0, &mut u) + positions(1, &mut u), 4);
    assert_eq!(u, [14, 18]);
    let mut a = [0; 4];
    fill!(a, i, 0..4, i * 2);
    assert_eq!(a, [0, 2, 4, 6]);
    fill!(whole for i in 0..4 { a[i] += 1 });
    assert_eq!(a, [1, 3, 5, 7]);
    assert_eq!((sum(&[1, 2]), product(&[3, 4])), (4, 12));
    assert_eq!(inside::deeper::count(10), 5);
    let mut c = [0; 4];
    closures(&mut c);
    assert_eq!(c, [0, 0, 10, 29]);
    assert_eq!(defaults(10), 20);
}
