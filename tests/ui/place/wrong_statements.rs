//! `#[parallel]` on what is no `for` loop, in an annotated function.
use pymp::prelude::*;

#[parallel]
fn statements(mut n: u32, k: Option<u32>) -> u32 {
    #[parallel]
    while n > 0 {
        n -= 1;
    }
    #[parallel]
    loop {
        break;
    }
    #[parallel]
    let mut m = 0;
    #[parallel]
    unsafe {
        m += 1;
    }
    #[parallel]
    if n > m {
        m += 1;
    }
    #[parallel]
    match k {
        #[parallel]
        Some(v) => m += v,
        None => {}
    }
    #[parallel]
    println!("{m}");
    #[parallel]
    (0..10).for_each(|_| {});
    #[parallel]
    drop(k);
    let f = #[parallel]
    || 1;
    #[parallel]
    for _ in 0..10 {}
    m + f()
}

#[parallel]
fn only_a_while(mut n: u32) {
    #[parallel]
    while n > 0 {
        n -= 1;
    }
}

fn main() {}
