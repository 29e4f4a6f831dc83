//! Elements of shared objects are not reached with brackets.
use pymp::prelude::*;
use pymp::shared;

fn main() {
    let (a, list, dict) = (shared::array::<f64>((4, 5)), shared::list::<u32>(), shared::dict::<u32, u32>());
    Parallel::new(2).run(|p| {
        for i in p.range(0..4) {
            a[(i, 0)] = 1.0;
            list[0] += 1;
        }
        dict[&1]
    });
    shared::array::<f64>(100_i32).get("first");
}
