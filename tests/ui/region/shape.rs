//! What `region!` cannot take.
use pymp::prelude::*;

fn no_block() {
    region!();
    region!(num_threads = 4);
    region!(num_threads = 4, { println!("hello") });
    region!(num_threads = 4 |p| { p.barrier() });
}

fn no_handle() {
    region!(|| {});
    region!(|p, q| {});
    region!(move |p| { p.barrier() });
    region!(|p| -> usize { p.thread_num() });
}

fn too_much() {
    region!(|p| { p.barrier() }, num_threads = 4);
    region!(|p| { p.barrier() } println!("done"));
    region!(|p| { p. });
}

#[parallel]
fn in_an_annotated_fn() -> usize {
    region!(num_threads = 4);
    region!(threads = 4, |p| { p.thread_num() })
}

fn main() {
    in_an_annotated_fn();
}
