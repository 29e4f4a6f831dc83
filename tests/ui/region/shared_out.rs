//! What the threads of a region cannot share out.
use pymp::prelude::*;

fn a_number() {
    Parallel::new(4).run(|p| p.range(10).count());
}

fn two_numbers() {
    Parallel::new(4).run(|p| p.range(0, 10).count());
}

fn by_value(v: Vec<i32>) {
    region!(|p| {
        for i in p.xrange(v) {
            drop(i);
        }
    });
}

fn by_value_in_parts(v: Vec<i32>) {
    region!(|p| p.range(v).sum::<i32>());
}

fn to_be_written(v: &mut Vec<i32>) {
    region!(|p| {
        for x in p.range(&mut *v) {
            *x += 1;
        }
    });
}

fn to_be_written_on_demand(v: &mut [i32]) {
    Parallel::new(2).run(|p| {
        for x in p.loop_over(v.iter_mut()).schedule("guided") {
            *x += 1;
        }
    });
}

fn main() {}
