//! A loop in a region, and both reduce the same variable.
use pymp::prelude::*;

fn main() {
    let (mut sum, mut most) = (0, 0);
    region!(num_threads = 2, reduction(+: sum), |p| {
        parallel_for!(reduction(+: sum), for i in 0..10 {
            sum += i;
        });
    });
    annotated();
    // Not told: what differs from thread to thread, and what not every thread comes to.
    region!(reduction(max: most), reduction(+: sum), |p| {
        let mine = p.thread_num();
        parallel_for!(reduction(+: sum), for i in 0..10 {
            sum += i + mine;
        });
        for k in p.range(0..10) {
            parallel_for!(reduction(max: most), for i in 0..k {
                most = most.max(i);
            });
        }
        p.masked(|| parallel_for!(reduction(+: sum), for i in 0..10 { sum += i; }));
    });
}

#[parallel]
fn annotated() {
    let mut sum = 0;
    #[parallel(num_threads = 2, reduction(+: sum))]
    {
        #[parallel(reduction(+: sum))]
        for i in 0..10 {
            sum += i;
        }
    }
}
