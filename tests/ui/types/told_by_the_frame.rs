//! Changes that no statement shows by itself: in a `let`, a condition or the value of a block, by a macro that is handed a type or a name that
//! is used later, and in what leads to the value of a region. Asked of all that a thread runs, and told where it stands.
use pymp::prelude::*;

struct Rng(u64);

impl Rng {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1);
        self.0
    }
}

macro_rules! next {
    ($x:expr) => {{
        $x += 1;
        $x
    }};
}

macro_rules! length {
    ($x:expr) => {{
        let taken = $x;
        taken.len()
    }};
}

macro_rules! count {
    ($t:ty, $x:ident) => {
        $x += std::mem::size_of::<$t>()
    };
}

macro_rules! mark {
    ($x:ident) => {
        $x += 1
    };
}

fn in_a_let(y: &mut [u32]) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        let x = next!(n);
        y[i] = x;
    });
}

fn taken_in_a_let(text: String, y: &mut [usize]) {
    parallel_for!(for i in 0..y.len() {
        let x = length!(text);
        y[i] = x;
    });
}

fn in_a_branch(y: &mut [u32], c: bool) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        y[i] = if c { next!(n) } else { 0 };
    });
}

fn in_an_arm(y: &mut [u32]) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        y[i] = match y[i] {
            0 => next!(n),
            other => other,
        };
    });
}

fn in_a_condition(y: &mut [u32]) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        while next!(n) < 3 {
            y[i] += 1;
        }
    });
}

fn printed() {
    let mut n = 0;
    parallel_for!(for i in 0..10 {
        println!("{} {}", i, next!(n));
    });
}

fn in_a_function_of_the_body(y: &mut [u32]) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        let mut raise = || next!(n);
        y[i] = raise();
    });
}

#[parallel]
fn left_by(y: &mut [u32]) -> Option<u32> {
    let mut n = 0_u32;
    #[parallel]
    for i in 0..y.len() {
        let x = next!(n).checked_add(1)?;
        y[i] = x;
    }
    None
}

fn handed_a_type() {
    let mut n = 0;
    parallel_for!(for _ in 0..10 {
        count!(Vec<f64>, n);
    });
}

fn used_later(y: &mut [u32]) {
    let mut k = 0;
    parallel_for!(for i in 0..y.len() {
        mark!(k);
        y[i] = k;
    });
}

fn beside_others(y: &mut [u32], a: u32) {
    let mut n = 0;
    parallel_for!(for i in 0..y.len() {
        let x = next!(n);
        let z = std::convert::identity(i);
        println!("{a} {z}");
        y[i] = x;
    });
}

fn value_of_a_region() -> u64 {
    let mut rng = Rng(1);
    region!(|p| {
        p.barrier();
        let x = rng.roll();
        x + 1
    })
}

fn taken_in_a_region(text: String) -> usize {
    region!(|p| text.into_bytes().len() + p.thread_num())
}

fn given_away(text: String) -> (String, usize) {
    region!(|p| (text, p.thread_num()))
}

fn called_in_a_region(mut roll: impl FnMut() -> u64 + Sync) -> u64 {
    region!(|_| roll())
}

fn beside_a_reduction() -> u32 {
    let (mut sum, mut n) = (0, 0);
    region!(reduction(+: sum), |p| {
        sum += next!(n);
        p.barrier();
    });
    sum
}

fn main() {}
