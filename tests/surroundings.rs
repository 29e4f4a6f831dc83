//! What may stand around a loop and in it: configurations, imports, names that look like ours, every form of a variable of one's own.

#![deny(warnings)]

use pymp::prelude::*;

mod common;

use common::watchdog;

/// What a `cfg` takes away is not judged: none of these loops is right, and one calls what is not there.
#[parallel]
fn under_a_cfg(y: &mut [usize]) {
    #[cfg(any())]
    #[parallel]
    for i in 0..y.len() {
        y[i + 1] += nowhere(i);
    }
    #[cfg(not(any()))]
    #[parallel]
    for i in 0..y.len() {
        y[i] += 1;
    }
    #[parallel(num_threads = 2)]
    #[cfg(not(any()))]
    for i in 0..y.len() {
        y[i] += 1;
    }
    #[cfg(any())]
    {
        #[parallel(shedule = "dynamc")]
        for i in 0..y.len() {
            y[i] += 1;
        }
        parallel_for!(for i in 0..y.len() {
            y[0] = i;
        });
        region!(|p| {
            y[0] = p.thread_num();
        });
    }
    // Serial: it carries a dependence.
    #[cfg_attr(any(), parallel)]
    for i in 1..y.len() {
        y[i] += y[i - 1];
    }
}

#[parallel]
mod a_module_under_a_cfg {
    #[cfg(any())]
    pub(crate) fn not_there(y: &mut [usize]) {
        #[parallel]
        for i in 0..y.len() {
            y[i + 1] += 1;
        }
    }
    #[cfg(not(any()))]
    pub(crate) fn there(y: &mut [usize]) {
        #[parallel]
        for i in 0..y.len() {
            y[i] += 1;
        }
    }
}

/// Attributes and configurations of statements, arms and fields in a body.
#[parallel]
fn attributes_in_a_body(y: &mut [usize]) {
    #[allow(clippy::needless_range_loop, reason = "the loop's own attribute")]
    #[parallel(num_threads = 3)]
    for i in 0..y.len() {
        #[allow(unused_mut, reason = "a statement's attribute")]
        let mut step = 2;
        #[cfg(debug_assertions)]
        {
            y[i] += step;
        }
        #[cfg(not(debug_assertions))]
        {
            y[i] += step;
        }
        match i {
            #[cfg(any())]
            0 => nowhere(),
            _ => {}
        }
        struct Pair {
            #[cfg(any())]
            missing: u8,
            there: usize,
        }
        y[i] += Pair { there: i }.there;
    }
}

/// Statements that are there under one configuration only, with variables that are there under it only.
#[parallel]
fn configured_statements(y: &mut [usize], x: &mut [usize]) -> usize {
    #[cfg(any())]
    let missing = std::sync::Mutex::new(0);
    let mut sum = 0;
    #[cfg(not(any()))]
    let seen = std::sync::Mutex::new(0);
    #[parallel(num_threads = 2, reduction(+: sum))]
    for i in 1..y.len() {
        #[cfg(any())]
        y[i] = y[i - 1] + *missing.lock().unwrap();
        #[cfg(not(any()))]
        y[i] = 2;
        #[cfg(any())]
        return x[i];
        #[cfg(any())]
        let step = nowhere(&x[i]);
        #[cfg(not(any()))]
        let step = match i {
            #[cfg(any())]
            0 => x[i + 1],
            _ => 1,
        };
        #[cfg(not(any()))]
        {
            x[i] = y[i] + step;
            #[cfg(not(any()))]
            (*seen.lock().unwrap() += i);
        }
        sum += step;
    }
    #[cfg(not(any()))]
    return sum + seen.into_inner().unwrap();
    #[cfg(any())]
    sum
}

#[test]
fn configurations() {
    watchdog(|| {
        let mut y = [0; 4];
        under_a_cfg(&mut y);
        assert_eq!(y, [2, 4, 6, 8]);
        a_module_under_a_cfg::there(&mut y);
        attributes_in_a_body(&mut y);
        assert_eq!(y, [5, 8, 11, 14]);
        let mut x = [0; 4];
        assert_eq!(configured_statements(&mut y, &mut x), 3 + 6);
        assert_eq!((y, x), ([5, 2, 2, 2], [0, 3, 3, 3]));
    });
}

/// The imports inside are used, though the attributes that they are for were taken by the outer one: `deny(warnings)` says so.
mod imports {
    #[pymp::parallel]
    pub(crate) mod a {
        use pymp::prelude::*;
        pub(crate) fn f(y: &mut [usize]) {
            #[parallel]
            for i in 0..y.len() {
                y[i] += 1;
            }
        }
        pub(crate) mod b {
            use pymp::{parallel, parallel_for};
            #[parallel]
            pub(crate) fn f(y: &mut [usize]) {
                parallel_for!(for i in 0..y.len() {
                    y[i] += 10;
                });
            }
        }
        pub(crate) mod c {
            pub(crate) fn f(y: &mut [usize]) {
                #[parallel]
                for i in 0..y.len() {
                    y[i] += 100;
                }
            }
        }
    }

    #[pymp::parallel]
    pub(crate) fn f(y: &mut [usize]) {
        use ::pymp::*;
        #[parallel]
        for i in 0..y.len() {
            y[i] += 1000;
        }
    }
}

#[test]
fn imports_are_used() {
    watchdog(|| {
        let mut y = [0; 4];
        imports::a::f(&mut y);
        imports::a::b::f(&mut y);
        imports::a::c::f(&mut y);
        imports::f(&mut y);
        assert_eq!(y, [1111; 4]);
    });
}

#[test]
fn names_that_look_like_ours() {
    watchdog(|| {
        let n = 9;
        let (mut chunk, mut pymp, mut share, mut __x, mut source) = (vec![0; n], vec![0; n], vec![0; n], vec![0; n], vec![0; n]);
        let (mut team, mut head, mut number, mut reduction, mut lastprivate) = (0, 0, 0, 0, 0);
        let (schedule, num_threads, parallel, mut private) = ("dynamic", 3, 1, vec![0; 2 * n]);
        parallel_for!(
            num_threads = num_threads, schedule = schedule, reduction(+: team, head, number, reduction), chunks(private, 2),
            lastprivate(lastprivate),
            for i in 0..n {
                chunk[i] = i;
                pymp[i] = i;
                share[i] = i;
                __x[i] = i;
                source[i] = i;
                team += i;
                head += 1;
                number += 1;
                reduction += parallel;
                private[i * 2] = i;
                lastprivate = i;
            }
        );
        assert_eq!((team, head, number, reduction, lastprivate), (36, 9, 9, 9, 8));
        assert_eq!((chunk[8], pymp[8], share[8], __x[8], source[8], private[16]), (8, 8, 8, 8, 8, 8));
        let (mut y, run, some) = (vec![0; n], |x: usize| x, 1);
        parallel_for!(
            num_threads = 2,
            for chunk in 0..n {
                y[chunk] = chunk;
            }
        );
        parallel_for!(
            num_threads = 2,
            for pymp in 0..n {
                y[pymp] += pymp;
            }
        );
        parallel_for!(
            num_threads = 2,
            for __pymp_head in 0..n {
                y[__pymp_head] += run(some);
            }
        );
        assert_eq!(y[8], 17);
    });
}

/// Every way to have a variable of one's own with the name of one from outside.
#[test]
fn variables_of_the_bodys_own() {
    watchdog(|| {
        let (x, mut y, mut sum) = (5, vec![0; 10], 0);
        let (some, result) = (vec![Some(1); 10], Ok::<i32, i32>(1));
        parallel_for!(num_threads = 3, reduction(+: sum), for i in 0..10 {
            let x = x + 1;
            let Some(z) = some[i] else { continue };
            if let Some(y) = some[i] {
                sum += y;
            }
            while let Some(sum) = None::<i32> {
                assert_eq!(sum, 0);
            }
            match some[i] {
                Some(y) if y > 100 => assert_eq!(y, 0),
                Some(sum) => assert_eq!(sum, 1),
                None => {}
            }
            let add = |y: i32, sum: i32| y + sum;
            fn next(y: i32) -> i32 {
                let mut sum = y;
                sum += 1;
                sum
            }
            let [first, .., last] = [1, 2, 3];
            'y: for y in 0..3 {
                if y == 1 {
                    break 'y;
                }
            }
            let block = {
                let mut y = [3; 2];
                y[0] += 1;
                y[0]
            };
            let (Ok(either) | Err(either)) = result;
            let whole @ (part, _) = (1, 2);
            macro_rules! doubled {
                ($e:expr) => {{
                    let y = $e;
                    2 * y
                }};
            }
            let mut grow = |k: i32| y[i] += k;
            grow(x + z + add(1, 2) + next(1));
            grow(first + last + block + either + part + whole.1 + doubled!(1));
            let y = [1];
            assert_eq!(y[0], 1);
        });
        assert_eq!((x, sum, y), (5, 10, vec![12 + 4 + 4 + 1 + 1 + 2 + 2; 10]));
    });
}

struct Table<const N: usize> {
    cells: [u32; N],
    weights: Vec<f64>,
}

trait Work {
    const TWICE: usize;
    fn work(&mut self) -> u32;
    fn fill(y: &mut [usize]) {
        // A default body of a trait's fn.
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                y[i] = Self::TWICE;
            }
        );
    }
}

#[parallel]
impl<const N: usize> Work for Table<N> {
    const TWICE: usize = 2 * N;

    fn work(&mut self) -> u32 {
        let mut sum = 0;
        #[parallel(num_threads = 2, reduction(+: sum))]
        for i in 0..N {
            self.cells[i] += 1;
            self.weights[i] = f64::from(self.cells[i]);
            sum += self.cells[i];
        }
        sum
    }
}

/// Everything a signature may have.
#[parallel]
pub(crate) fn generic<'a, T, F, const N: usize>([a, b]: [&'a [T; N]; 2], f: F, mut out: Vec<T>) -> (&'a T, Vec<T>)
where
    T: Copy + Send + Sync + 'a,
    F: Fn(T, T) -> T + Sync,
{
    #[parallel(num_threads = 2)]
    for i in 0..N {
        out[i] = f(a[i], b[i]);
    }
    (&a[0], out)
}

#[parallel]
async fn between_awaits(y: &mut [u32]) -> u32 {
    std::future::ready(()).await;
    #[parallel(num_threads = 2)]
    for i in 0..y.len() {
        y[i] += 1;
    }
    std::future::ready(()).await;
    let sum = async {
        let mut sum = 0;
        #[parallel(reduction(+: sum))]
        for v in y.iter() {
            sum += *v;
        }
        sum
    };
    sum.await
}

#[test]
fn signatures() {
    fn sent<T: Send>(future: T) -> T {
        future
    }
    watchdog(|| {
        let mut table = Table::<4> { cells: [0; 4], weights: vec![0.0; 4] };
        assert_eq!((table.work(), table.weights[3]), (4, 1.0));
        let mut y = [0; 3];
        Table::<4>::fill(&mut y);
        assert_eq!(y, [8; 3]);
        assert_eq!(generic([&[1, 2], &[3, 4]], |a, b| a * b, vec![0; 2]), (&1, vec![3, 8]));
        let mut y = vec![1; 4];
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        // A future that holds a parallel loop may still be sent.
        let mut future = Box::pin(sent(between_awaits(&mut y)));
        assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(8));
    });
}

macro_rules! annotated {
    ($(#[$attribute:meta])* block $name:ident($y:ident) $body:block) => { $(#[$attribute])* fn $name($y: &mut [usize]) $body };
    ($(#[$attribute:meta])* item $item:item) => { $(#[$attribute])* $item };
    ($(#[$attribute:meta])* tokens $($item:tt)*) => { $(#[$attribute])* $($item)* };
}

annotated! { #[parallel] block from_a_block(y) { #[parallel] for i in 0..y.len() { y[i] = i; } } }
annotated! { #[parallel(num_threads = 2)] item fn from_an_item(y: &mut [usize]) { for i in 0..y.len() { y[i] += i; } } }
annotated! { #[parallel] tokens mod from_tokens {
    use pymp::prelude::*;
    pub(crate) fn run(y: &mut [usize]) { #[parallel] for i in 0..y.len() { y[i] += i; } }
} }

// Here since rustfmt takes an attribute inside of a loop away.
annotated! { #[parallel] tokens fn an_attribute_inside(y: &mut [usize]) {
    #[parallel(num_threads = 2)]
    for i in 0..y.len() {
        #![allow(unused_variables)]
        let unused = 1;
        y[i] += 1;
    }
} }

#[test]
fn items_out_of_macros() {
    watchdog(|| {
        let mut y = [0; 3];
        from_a_block(&mut y);
        from_an_item(&mut y);
        from_tokens::run(&mut y);
        an_attribute_inside(&mut y);
        assert_eq!(y, [1, 4, 7]);
    });
}

/// Where lints are forbidden, nothing generated may allow them.
mod forbidding {
    #![forbid(dead_code, unsafe_code, unused_assignments, unused_imports, unused_mut, unused_variables)]

    use pymp::prelude::*;

    #[parallel]
    pub(super) fn run(x: &[usize], y: &mut [usize]) -> usize {
        let (mut sum, t, mut last) = (0, 0, 0);
        #[parallel(num_threads = 2, reduction(+: sum), private(t = 7), lastprivate(last))]
        for i in 0..x.len() {
            t = x[i];
            y[i] = t;
            sum += 1;
            last = i;
        }
        region!(num_threads = 2, reduction(+: sum), firstprivate(t), |p| {
            sum += p.num_threads() / p.num_threads() + t;
        });
        behind(&mut sum, x);
        sum + last + t
    }

    fn behind(sum: &mut usize, x: &[usize]) {
        parallel_for!(num_threads = 2, reduction(+: *sum), for x in x {
            *sum += x / 100;
        });
    }

    macro_rules! function {
        ($name:ident) => {
            fn $name() -> usize {
                3
            }
        };
    }
    macro_rules! constant {
        ($name:ident, $value:expr) => {
            #[allow(non_upper_case_globals, reason = "a variable may be called like it")]
            const $name: usize = $value;
        };
    }
    macro_rules! variable {
        ($name:ident, $value:expr) => {
            let $name = $value;
        };
    }
    macro_rules! import {
        ($name:ident) => {
            use std::$name;
        };
    }
    trait Named {
        fn name(&self) -> usize;
    }
    macro_rules! named {
        ($of:ident, $name:ident) => {
            impl Named for $of {
                fn name(&self) -> usize {
                    stringify!($name).len()
                }
            }
        };
    }
    macro_rules! grow {
        ($x:expr, $by:expr) => {
            $x += $by
        };
    }

    /// What macros of the user's make in the body is there once.
    pub(super) fn made_by_macros(y: &mut [usize], k: usize) {
        parallel_for!(
            num_threads = 2,
            for i in 0..y.len() {
                struct Acc;
                named!(Acc, acc);
                function!(three);
                constant!(four, 4);
                variable!(five, k);
                import!(cmp);
                let least = cmp::min(k, 1);
                grow!(y[i], five);
                y[i] += three() + four + five + least + Acc.name();
            }
        );
    }
}

#[test]
fn under_forbidden_lints() {
    watchdog(|| {
        let mut made = [0, 1];
        forbidding::made_by_macros(&mut made, 5);
        assert_eq!(made, [21, 22]);
        let mut y = [0; 3];
        let threads = if cfg!(feature = "threads") { 2 } else { 1 };
        assert_eq!((forbidding::run(&[4, 5, 6], &mut y), y), (3 + threads + 2, [4, 5, 6]));
    });
}

macro_rules! counted {
    ($sum:ident, $n:expr, $t:ty, $p:pat, $l:lifetime, $threads:literal, $skip:block) => {
        parallel_for!(reduction(+: $sum), num_threads = $threads, $l: for $p in 0..$n {
            for k in 0..2 {
                if k == 1 $skip
                $sum += 1 as $t;
                continue $l;
            }
        })
    };
}

/// A loop whose parts come from fragments of every kind.
#[test]
fn fragments() {
    watchdog(|| {
        let mut sum = 0_i64;
        counted!(sum, 5 + 5, i64, _q, 'each, 2, { unreachable!() });
        assert_eq!(sum, 10);
    });
}
