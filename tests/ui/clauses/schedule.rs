//! Schedules that there are not, and chunks beside those that take none.
use pymp::prelude::*;

fn words() {
    parallel_for!(schedule = "dinamic", for _ in 0..10 {});
    parallel_for!(schedule = "Guided", for _ in 0..10 {});
    parallel_for!(schedule = "fastest", for _ in 0..10 {});
    parallel_for!(schedule(dyn, 4), for _ in 0..10 {});
    parallel_for!(schedule("statik", 4), for _ in 0..10 {});
    parallel_for!(schedule = "", for _ in 0..10 {});
}

fn no_words() {
    parallel_for!(schedule = 4, for _ in 0..10 {});
    parallel_for!(schedule = true, for _ in 0..10 {});
    parallel_for!(schedule, for _ in 0..10 {});
    parallel_for!(schedule(), for _ in 0..10 {});
}

fn slips() {
    parallel_for!(schedule(static 4), for _ in 0..10 {});
    parallel_for!(schedule("dynamic" 4), for _ in 0..10 {});
    parallel_for!(schedule(dynamic: 4), for _ in 0..10 {});
    parallel_for!(schedule = dynamic, 4, for _ in 0..10 {});
    parallel_for!(schedule = static num_threads = 4, for _ in 0..10 {});
    parallel_for!(schedule = "dynamic;4", for _ in 0..10 {});
    parallel_for!(schedule = "static: 8", for _ in 0..10 {});
    parallel_for!(schedule(dynamic, chunk = 4), for _ in 0..10 {});
    parallel_for!(dynamic, for _ in 0..10 {});
}

fn chunks() {
    parallel_for!(schedule = "dynamic,", for _ in 0..10 {});
    parallel_for!(schedule = "dynamic,n", for _ in 0..10 {});
    parallel_for!(schedule = "dynamic,1.5", for _ in 0..10 {});
    parallel_for!(schedule = "dynamic,0", for _ in 0..10 {});
    parallel_for!(schedule = "static,-4", for _ in 0..10 {});
    parallel_for!(schedule(guided, 0), for _ in 0..10 {});
    parallel_for!(schedule("dynamic,4", 8), for _ in 0..10 {});
    parallel_for!(schedule(Schedule::Auto, 8), for _ in 0..10 {});
    parallel_for!(schedule = "auto,8", for _ in 0..10 {});
    parallel_for!(schedule = "auto", chunk = 8, for _ in 0..10 {});
    parallel_for!(schedule = "runtime", chunk = 8, for _ in 0..10 {});
    parallel_for!(schedule = "dynamic,4", chunk = 8, for _ in 0..10 {});
}

fn main() {}
