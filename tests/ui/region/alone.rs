//! `#[parallel]` on a block, without one on the function.
use pymp::prelude::*;

fn main() {
    #[parallel(num_threads = 2)]
    {
        println!("{}", pymp::thread_num());
    }
}
