//! All examples at a small size, in one table: what each gains here, and whether its result is right.
//!
//! ```text
//! cargo run --release --example tour
//! ```

mod support;

#[path = "kernels/elementwise.rs"]
mod elementwise;
#[path = "kernels/ep.rs"]
mod ep;
#[path = "kernels/heat.rs"]
mod heat;
#[path = "kernels/mandelbrot.rs"]
mod mandelbrot;
#[path = "kernels/nbody.rs"]
mod nbody;
#[path = "kernels/wordcount.rs"]
mod wordcount;

use std::process::ExitCode;

fn main() -> ExitCode {
    let texts = match wordcount::read_all(&wordcount::default_paths()) {
        Ok(texts) => texts,
        Err(problem) => {
            eprintln!("tour: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let class = "S".parse().expect("the smallest class");

    let mut trials = vec![elementwise::trial(1000), ep::trial(class), wordcount::trial(&texts).0];
    trials.extend(mandelbrot::trials(mandelbrot::Picture::new(600)).0);
    trials.push(nbody::trial(512, 50));
    trials.push(heat::trial(500, 100));
    support::report(&trials)
}
